"""Two reports side by side: every cell, every indicator, the text.

Cells are compared over harmonised series and never by their position; what one form lacks is not comparable, and
says so. Text is compared without digits, punctuation and the form's own words, by a measure that is the same both
ways: copied reports stand out, a repeated sentence does not count twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, overload

import numpy as np
import pandas as pd

from .codebook import TABLES, codebook
from .lookup import Asked, report_for, stored
from .measures.coded import records
from .measures.composition import OUTCOMES
from .measures.cube import Cube
from .measures.indicator import evaluate
from .measures.restated import continuity
from .measures.series import Series, all_series
from .measures.years import Pairs, figure_changes, indicator_changes
from .panel import Panel
from .peers import PeerComparison, same_scope
from .report import Report
from .sentences import of_two
from .show import labelled
from .similarity import letters, own_texts, similarity

#: Rows of the requests table that a first look needs, in the form's order.
_FLOWS = ("received_new", "carried_in", *OUTCOMES, "outcome_total", "carried_forward")


class Comparison:
    """What two reports have in common and where they differ; frames are computed when first asked for."""

    def __init__(self, base: Report, to: Report, panel: Panel | None = None) -> None:
        self.base = base
        """The report compared from: the earlier year, or the first body."""
        self.to = to
        """The report compared to."""
        self._panel = panel

    def __repr__(self) -> str:
        return f"<Comparison of {self.base.id} and {self.to.id}>"

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{text}</p>" for text in self.sentences("zh"))
        return f"<h4>{' · '.join(self.names('zh'))}</h4>{said}{self.table('headline').to_html()}"

    @cached_property
    def one_body(self) -> bool:
        """Whether these are two years of one body; else they are two bodies."""
        organs = [self._organ(report, "zh") for report in (self.base, self.to)]
        return organs[0] == organs[1] and self.base.year != self.to.year

    def names(self, lang: str = "zh") -> tuple[str, str]:
        """What to call the two: years of one body, or bodies (with the year where it differs)."""
        years = [str(report.year) + ("年" if lang == "zh" else "") for report in (self.base, self.to)]
        if self.one_body:
            return years[0], years[1]
        organs = [self._organ(report, lang) for report in (self.base, self.to)]
        if self.base.year != self.to.year or organs[0] == organs[1]:
            organs = [f"{o}{y}" if lang == "zh" else f"{o} {y}" for o, y in zip(organs, years, strict=True)]
        return organs[0], organs[1]

    def title(self, lang: str = "zh") -> str:
        """The two in one line."""
        first, second = self.names(lang)
        if self.one_body:
            organ = self._organ(self.to, lang)
            return f"{organ}：{first}与{second}" if lang == "zh" else f"{organ}: {first} and {second}"
        return f"{first}与{second}" if lang == "zh" else f"{first} and {second}"

    def _organ(self, report: Report, lang: str) -> str:
        name = report.organ or ("未具名机关" if lang == "zh" else "unnamed body")
        return name if self._panel is None else self._panel.organ_name(self._panel.organ_code(name) or name, lang)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every series that stands on either form, one row each.

        Columns ``table, row, column, unit, base, value, difference, percent, log_change, base_status, status, note``
        as :func:`liaocheng_foi.change` gives them, and ``kind`` (``cell``, or ``sum`` where the figure is a group's),
        ``state``: ``compared``; ``appeared`` or ``vanished`` (a figure in one report only);
        ``not_comparable`` (not on both forms, or summed in one row of one of them); ``no_figure`` (in neither).
        """
        chosen = list(all_series().values())
        frame = figure_changes(self._cube, self._pairs, chosen)
        of_form = {series.id for series in chosen if self._is_cell(series)}
        ids = frame["table"].astype("str") + "/" + frame["row"].astype("str") + "/" + frame["column"].astype("str")
        there = frame["base"].notna(), frame["value"].notna()
        lacking = frame["note"].str.contains("not_on_", regex=False) | frame["note"].str.contains("in_one_row")
        state = np.select(
            [lacking, there[0] & there[1], there[1], there[0]],
            ["not_comparable", "compared", "appeared", "vanished"],
            "no_figure",
        )
        kind = np.where(ids.isin(of_form), "cell", "sum")
        return frame.drop(columns=["organ", "scope", "base_year", "year"]).assign(kind=kind, state=state)

    @property
    def headline(self) -> pd.DataFrame:
        """The rows of :attr:`cells` that a first look needs: flows and outcomes, cases by route, proactive figures."""
        cells = self.cells
        total = cells["column"] == "total"
        requests = (cells["table"] == "requests") & total & cells["row"].isin(_FLOWS)
        chosen = cells[requests | (cells["table"] == "proactive") | ((cells["table"] == "reviews") & total)]
        order = {table: place for place, table in enumerate(("requests", "reviews", "proactive"))}
        flows = {row: place for place, row in enumerate(_FLOWS)}
        places = [
            (order[str(line.table)], flows.get(str(line.row), 0) if line.table == "requests" else 0, i)
            for i, line in enumerate(chosen.itertuples())
        ]
        return chosen.iloc[[place for *_, place in sorted(places)]].reset_index(drop=True)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Every indicator of both: ``indicator, applicant, unit, base, value, difference, difference_unit, percent,
        low, high``, numerator, denominator and status of both, ``note``; low and high are the 95 % process-variation
        interval of a difference of shares."""
        frame = indicator_changes(evaluate(self._cube), self._pairs, 0.95)
        return frame.drop(columns=["organ", "scope", "base_year", "year"])

    @cached_property
    def equal(self) -> pd.DataFrame:
        """How many cells hold the same figure, per table: ``table, cells, equal, share, nonzero, nonzero_equal,
        nonzero_share``. Shares in percent of the cells compared; ``nonzero`` leaves out cells that are 0 in both,
        which say nothing about copying."""
        cells = self.cells[(self.cells["kind"] == "cell") & (self.cells["state"] == "compared")]
        same = cells["difference"] == 0
        nonzero = (cells["base"] != 0) | (cells["value"] != 0)
        lines = []
        for table in TABLES:
            of_table = cells["table"] == table
            counts = [int(flag.sum()) for flag in (of_table, of_table & same)]
            counts += [int(flag.sum()) for flag in (of_table & nonzero, of_table & nonzero & same)]
            shares = [100 * part / whole if whole else np.nan for whole, part in (counts[:2], counts[2:])]
            lines.append((table, *counts[:2], shares[0], *counts[2:], shares[1]))
        columns = ["table", "cells", "equal", "share", "nonzero", "nonzero_equal", "nonzero_share"]
        return pd.DataFrame(lines, columns=columns)

    @cached_property
    def text(self) -> pd.DataFrame:
        """How alike the texts are, per section: ``section, base_length, length, similarity``.

        Lengths in characters that count; similarity from 0 to 100, the same both ways, null where either has no
        text of its own. Empty when both reports come without text.
        """
        texts = [own_texts(report.paragraphs) for report in (self.base, self.to)]
        lines = []
        for section in codebook().select("form", "section"):
            a, b = (text.get(section.code, "") for text in texts)
            if a or b:
                lines.append((section.code, len(letters(a)), len(letters(b)), similarity(a, b)))
        frame = pd.DataFrame(lines, columns=["section", "base_length", "length", "similarity"])
        return frame.astype({"similarity": "float64"})

    @cached_property
    def continuity(self) -> pd.DataFrame:
        """What the later report says again of the earlier; empty unless they are one body's consecutive years."""
        return continuity(self._figures).drop(columns=["organ", "scope", "year"])

    def sentences(self, lang: str = "zh") -> list[str]:
        """What the comparison shows, in words, the most important first."""
        return of_two(self, lang)

    def table(self, name: str, lang: str = "zh") -> pd.DataFrame:
        """One frame of :attr:`READ` for reading, labels and numbers as text."""
        names = {"base": self.names(lang)[0], "value": self.names(lang)[1]}
        return labelled(getattr(self, name)[list(self.READ[name])], lang, self.to.edition, names)

    def tables(self, lang: str = "zh") -> dict[str, pd.DataFrame]:
        """All frames for reading that are not empty."""
        return {name: self.table(name, lang) for name in self.READ if len(getattr(self, name))}

    def record(self) -> dict[str, Any]:
        """All of it as JSON holds it: ids, sentences, every frame."""
        said: dict[str, Any] = {"base": self.base.id, "to": self.to.id}
        said["sentences"] = {lang: self.sentences(lang) for lang in ("zh", "en")}
        return said | {name: records(getattr(self, name)) for name in self.READ if name != "headline"}

    #: frame -> the columns for reading, in the order of reading.
    READ = {
        "headline": ("row", "column", "unit", "base", "value", "difference", "percent", "note"),
        "indicators": (
            "indicator", "applicant", "base", "value", "unit", "difference", "difference_unit", "low", "high",
            "percent", "base_numerator", "base_denominator", "numerator", "denominator", "base_status", "status",
            "note",
        ),
        "cells": (
            "table", "row", "column", "unit", "base", "value", "difference", "percent", "state", "base_status",
            "status", "note",
        ),
        "equal": ("table", "cells", "equal", "share", "nonzero", "nonzero_equal", "nonzero_share"),
        "text": ("section", "base_length", "length", "similarity"),
        "continuity": ("row", "column", "kind", "expected", "found", "difference", "status"),
    }  # fmt: skip

    @cached_property
    def _figures(self) -> pd.DataFrame:
        # the names only keep two bodies apart; one body's years stay one body, so that the later finds the earlier
        frames = [self.base.figures.assign(organ="a"), self.to.figures.assign(organ="a" if self.one_body else "b")]
        return pd.concat([frame.assign(scope="") for frame in frames], ignore_index=True)

    @cached_property
    def _cube(self) -> Cube:
        return Cube(self._figures)

    @property
    def _pairs(self) -> Pairs:
        cube = self._cube
        swapped = cube.organ[0] == cube.organ[1] and cube.year[0] == (self.to.year or -1)
        base, to = (1, 0) if swapped else (0, 1)
        return Pairs(np.array([base]), np.array([to]), cube.year[[base]], cube.year[[to]])

    def _is_cell(self, series: Series) -> bool:
        return any(series.cell(report.edition) is not None for report in (self.base, self.to))


@overload
def compare(base: Asked, to: Asked, *, panel: Panel | None = None, mixed_scopes: bool = False) -> Comparison: ...
@overload
def compare(
    base: Asked, to: Panel | Iterable[Report], *, panel: Panel | None = None, mixed_scopes: bool = False
) -> PeerComparison: ...


def compare(
    base: Asked,
    to: Asked | Panel | Iterable[Report],
    *,
    panel: Panel | None = None,
    mixed_scopes: bool = False,
) -> Comparison | PeerComparison:
    """Two years of one body, two bodies, or a body and its peers, side by side.

    Each side is a Report, a document, ``suqian-2024`` or ``suqian:2024`` of ``panel`` (by default data/processed);
    ``to`` may also be several reports or a Panel: those of the same year are the peers.
    Raises :class:`SelectionError` for a report that is not there, for peers without a report of that year, and when
    one report covers a region and another an organ, as their sums are not of the same things;
    ``mixed_scopes=True`` compares them all the same.
    """
    if panel is None:
        panel = to if isinstance(to, Panel) else stored()
    first = report_for(base, panel)
    if not isinstance(to, (Report, str, Path)):
        return PeerComparison(first, to, panel, mixed_scopes=mixed_scopes)
    second = report_for(to, panel)
    if not mixed_scopes:
        same_scope(first, second)
    return Comparison(first, second, panel)
