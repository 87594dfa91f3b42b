"""One chart in a page: the picture, what it shows in words, the table behind it, both as files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from .. import charts
from .downloads import Download, csv_file, svg_file
from .svg import compact, described, inline

#: A cell of a table that is no words.
NUMBER = re.compile(r"[+−-]?[\d,.]*%?")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a page prints it: every cell a text."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The first cell of each row is its label."""

    @property
    def words(self) -> frozenset[int]:
        """The columns that hold words, not numbers, by their places."""
        columns = enumerate(zip(*self.rows, strict=True))
        return frozenset(place for place, column in columns if not all(map(NUMBER.fullmatch, column)))


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One chart with its words and numbers."""

    id: str
    svg: Markup
    sentence: str
    table: Table
    files: tuple[Download, ...]
    empty: bool
    """Whether there is no number to show."""


def exhibit(kind: str, data: Any, lang: str, id: str, file: str, **options: Any) -> Exhibit:
    """The chart ``kind`` of :mod:`liaocheng_foi.charts` for a page; ``file`` is what its downloads are called."""
    chart = getattr(charts, kind)
    svg = compact(chart.render(data, "svg", lang, **options))
    sentence = described(svg)
    frame = chart.table(data, lang, **options)
    return Exhibit(
        id,
        inline(svg, id, sentence),
        sentence,
        tabulated(frame, sentence),
        (csv_file(file, frame.reset_index()), svg_file(file, svg)),
        bool(frame.select_dtypes("number").isna().all(axis=None)),
    )


def tabulated(frame: pd.DataFrame, caption: str = "") -> Table:
    """A frame as texts: its index first, counts with separators, other numbers to two decimals, gaps empty."""
    shown = frame.reset_index()
    # the row of a chart's table may be labelled in two columns
    columns = [[cell(value) for value in shown[column]] for column in shown]
    head = tuple(str(column) for column in shown.columns)
    return Table(caption, head, tuple(zip(*columns, strict=True)))


def cell(value: Any) -> str:
    """One value as text."""
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "✓" if value else ""
    return number(float(value))


def number(value: float) -> str:
    """1,064 or 60.13; a true minus."""
    return (f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}").replace("-", "−")
