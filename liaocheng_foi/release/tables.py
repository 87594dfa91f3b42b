"""What a release holds: the tidy tables, wide tables for a first look, and what the codes in them mean."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ..checks import Examination, examine, frame
from ..measures.indicator import indicators
from ..problems import SourceError
from ..quality import quality
from ..schemas import REGISTRY, Table, in_order
from .meanings import meanings
from .wide import wide_tables

if TYPE_CHECKING:
    import pandas as pd

    from ..panel import Panel

#: Tables that a panel in memory does not hold and that follow from its figures.
_COMPUTED = ("findings", "indicators")


class Release:
    """The tables of a panel by name, each with its declaration."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table: those of data/processed, one line per report, then what the codes mean."""
        return self._tidy | {table.name: frame for table, frame in self._others}

    @cached_property
    def declared(self) -> dict[str, Table]:
        """The declaration of each table."""
        tidy = {name: _narrowed(REGISTRY[name], frame) for name, frame in self._tidy.items()}
        return tidy | {table.name: table for table, _ in self._others}

    @cached_property
    def _tidy(self) -> dict[str, pd.DataFrame]:
        first = ("reports", "organs")
        return {name: in_order(self._table(name), name) for name in dict.fromkeys((*first, *REGISTRY))}

    @cached_property
    def _others(self) -> list[tuple[Table, pd.DataFrame]]:
        return [*wide_tables(self.panel.cube, self._tidy["indicators"]), *meanings()]

    def _table(self, name: str) -> pd.DataFrame:
        """A table of the panel, without lines of reports that it does not hold."""
        try:
            found = self.panel.table(name)
        except SourceError:
            if name not in _COMPUTED:
                raise
            return self._computed(name)
        if found.empty and name in _COMPUTED:
            return self._computed(name)
        if name != "reports" and "report" in found:
            found = found[found["report"].isin(self.panel.reports["report"])]
        return found

    def _computed(self, name: str) -> pd.DataFrame:
        if name == "indicators":
            return indicators(self.panel, external=quality(self._examined))
        return frame(finding for each in self._examined for finding in each.findings)

    @cached_property
    def _examined(self) -> list[Examination]:
        return examine(self.panel)


def _narrowed(table: Table, frame: pd.DataFrame) -> Table:
    """The declaration of the columns that are there: a panel in memory knows less of where its reports come from."""
    return replace(table, columns=tuple(column for column in table.columns if column in frame))
