"""Two reports side by side: every cell, every indicator, the text.

Cells are compared over harmonised series and never by their position; what one form lacks is not comparable, and
says so. Text is compared without digits, punctuation and the form's own words, by a measure that is the same both
ways: copied reports stand out, a repeated sentence does not count twice.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from .codebook import TABLES, codebook
from .cube import Cube
from .indicator import evaluate
from .problems import SelectionError
from .report import Report
from .restated import continuity
from .series import Series, all_series
from .similarity import letters, own_texts, similarity
from .years import Pairs, figure_changes, indicator_changes


class Comparison:
    """What two reports have in common and where they differ; frames are computed when first asked for."""

    def __init__(self, base: Report, to: Report) -> None:
        self.base = base
        """The report compared from: the earlier year, or the first body."""
        self.to = to
        """The report compared to."""

    def __repr__(self) -> str:
        return f"<Comparison of {self.base.id} and {self.to.id}>"

    def _repr_html_(self) -> str:
        states = self.cells["state"].value_counts().rename("cells").to_frame()
        parts = [f"<h4>{self.base.id} → {self.to.id}</h4>", states.to_html(), self.equal.to_html(index=False)]
        if len(self.text):
            parts.append(self.text.to_html(index=False))
        return "".join(parts)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every series that stands on either form, one row each.

        Columns ``table, row, column, unit, base, value, difference, percent, log_change, base_status, status, note``
        as :func:`liaocheng_foi.years.change` gives them, and ``kind`` (``cell``, or ``sum`` where the figure is a
        group's), ``state``: ``compared``; ``appeared`` or ``vanished`` (a figure in one report only);
        ``not_comparable`` (not on both forms); ``no_figure`` (in neither).
        """
        chosen = list(all_series().values())
        frame = figure_changes(self._cube, self._pairs, chosen)
        of_form = {series.id for series in chosen if self._is_cell(series)}
        ids = frame["table"].astype("str") + "/" + frame["row"].astype("str") + "/" + frame["column"].astype("str")
        there = frame["base"].notna(), frame["value"].notna()
        lacking = frame["note"].str.contains("not_on_", regex=False)
        state = np.select(
            [lacking, there[0] & there[1], there[1], there[0]],
            ["not_comparable", "compared", "appeared", "vanished"],
            "no_figure",
        )
        kind = np.where(ids.isin(of_form), "cell", "sum")
        return frame.drop(columns=["organ", "scope", "base_year", "year"]).assign(kind=kind, state=state)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Every indicator of both: ``indicator, applicant, unit, base, value, difference, difference_unit, percent,
        low, high, note``; low and high are the 95 % process-variation interval of a difference of shares."""
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
        return continuity(self._figures)

    @cached_property
    def _figures(self) -> pd.DataFrame:
        # the names only keep two bodies apart; one body's years stay one body, so that the later finds the earlier
        one_body = self.base.organ == self.to.organ and self.base.year != self.to.year
        frames = [self.base.figures.assign(organ="a"), self.to.figures.assign(organ="a" if one_body else "b")]
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


def compare(base: Report, to: Report, *, mixed_scopes: bool = False) -> Comparison:
    """Two years of one body, or two bodies, side by side.

    Raises :class:`SelectionError` when one report covers a region and the other an organ, as their sums are not of
    the same things; ``mixed_scopes=True`` compares them all the same.
    """
    if base.scope and to.scope and base.scope != to.scope and not mixed_scopes:
        raise SelectionError(
            f"{base.id} is {base.scope} and {to.id} is {to.scope}: their figures count different things; "
            "pass mixed_scopes=True to compare them all the same."
        )
    return Comparison(base, to)
