"""One figure over the years of a body, broken where years are not comparable."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..codebook import codebook
from ..measures.cube import IN_ONE_ROW, NOT_FOUND, NOT_ON_FORM, Cube
from ..measures.series import breaks, find, segment
from ..report import Report
from ..sentences import series as sentence
from . import given
from .chart import chart
from .figures import together
from .sheet import empty, heading, note
from .style import BAND, FAINT, HALO, MUTED, PLAIN, SMALL_PRINT, bare
from .words import number, outcome, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.transforms import Transform

#: Marks of breaks, explained under the plot.
_MARKS = "①②③④⑤⑥⑦⑧⑨"


@lru_cache(maxsize=1)
def _cube(*reports: Report) -> Cube:
    """The figures of the reports in order of their years; the same for all that is drawn of one body."""
    return Cube(together(reports))


def _values(reports: Sequence[Report], name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Years, values (nan where there is none) and the first year of the comparable stretch of each."""
    cube, series = _cube(*reports), find(name)
    return cube.year, series.read(cube).values, segment(series, cube.year)


def _absent(reports: Sequence[Report], name: str, lang: str) -> list[str]:
    """What to write where a year has no figure."""
    words = {NOT_FOUND: "not_found", IN_ONE_ROW: "not_on_form", NOT_ON_FORM: "not_on_form"}
    return [word(words.get(state, "blank"), lang) for state in find(name).read(_cube(*reports)).states.tolist()]


def _label(name: str, lang: str, edition: int) -> str:
    series, book = find(name), codebook()
    if series.table == "requests":
        total = series.row == "outcome_total"
        label = word("outcome_total", lang) if total else outcome(series.row, lang, edition)
    else:
        label = book.name(series.table, series.row, lang, edition)
    if series.table == "proactive":
        label += " · " + book.label("proactive", "column", series.column, lang, edition)
    elif series.column != "total":
        axis = "group" if series.column == "legal_person" else "column"
        label += " · " + book.label(series.table, axis, series.column, lang, edition)
    return label.split("（")[0]


def table(reports: Sequence[Report], lang: str = "zh", name: str = "requests/received_new") -> pd.DataFrame:
    """One row per report: year, value, first year of the stretch it may be compared in."""
    import pandas as pd

    years, values, stretches = _values(reports, name)
    columns = {word("number", lang): pd.array([None if v != v else float(v) for v in values], "Float64")}
    first = [int(years[stretches == stretch].min()) for stretch in stretches]
    return pd.DataFrame(columns | {word("segment", lang): first}, index=pd.Index(years, name=word("year", lang)))


@chart(8.6, 3.4, table, sentence, given.reports)
def series(reports: Sequence[Report], ax: Axes, lang: str = "zh", name: str = "requests/received_new") -> None:
    """A line over the years, from zero, broken at changes of the form or the law and where a year is missing.

    ``reports`` are those of one body; ``name`` is that of a series (:func:`liaocheng_foi.measures.series.all_series`).
    Breaks are numbered at the line and explained below it. Raises :class:`SelectionError` for an unknown series,
    or when a year stands twice.
    """
    years, values, stretches = _values(reports, name)
    found = find(name)
    unit = "" if lang == "en" and found.unit == "件" else found.unit
    label = _label(name, lang, reports[-1].edition)
    title = word("series", lang, label=label, unit=unit) if unit else label
    if np.isnan(values).all():
        empty(ax, title, lang)
        return
    top = max(float(np.nanmax(values)), 1)
    absent = _absent(reports, name, lang)
    joined = (np.diff(years) == 1) & (np.diff(stretches) == 0) & ~np.isnan(np.diff(values))
    for i in np.flatnonzero(joined).tolist():
        ax.plot(years[i : i + 2], values[i : i + 2], color=PLAIN, linewidth=2.2, zorder=2)
    for i, (year, value) in enumerate(zip(years.tolist(), values.tolist(), strict=True)):
        if value != value:
            ax.text(year, 0.03 * top, absent[i], ha="center", va="bottom", color=MUTED, fontsize=SMALL_PRINT)
            continue
        ax.plot([year], [value], "o", color=PLAIN, markersize=7, zorder=4)
        low = value > 0.15 * top and _dips(values, joined, i)
        at, align = _above(ax, ax.transData, -9 if low else 9), "top" if low else "bottom"
        ax.text(year, value, number(value), transform=at, ha="center", va=align, bbox=HALO, zorder=3)
    first, last = int(years.min()), int(years.max())
    said: list[str] = []
    for one in breaks():
        if one.concerns(found) and first <= one.year <= last and (one.kind == "year" or one.year > first):
            said.append(f"{_MARKS[len(said)]} {one.zh if lang == 'zh' else one.en}")
            _break(ax, one.year, one.kind, _MARKS[len(said) - 1])
    ax.axhline(0, color=FAINT, linewidth=0.8, zorder=1)
    ax.set_xlim(first - 0.6, last + 0.6)
    ax.set_xticks(range(first, last + 1))
    ax.set_ylim(-0.02 * top, top * 1.16)
    ax.set_yticks([])
    bare(ax)
    heading(ax, title, word("series_note", lang) if said else "")
    if said:
        note(ax, "\n".join(said))


def _dips(values: np.ndarray, joined: np.ndarray, i: int) -> bool:
    """Whether the line comes down to a year and goes up from it, so that its figure stands better below."""
    before = i > 0 and joined[i - 1] and values[i - 1] > values[i]
    after = i < len(joined) and joined[i] and values[i + 1] > values[i]
    return bool(before and after)


def _break(ax: Axes, year: int, kind: str, mark: str) -> None:
    """A dashed line before a year that differs from those before, a band behind one that differs from all."""
    if kind == "step":
        ax.axvline(year - 0.5, color=MUTED, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
    else:
        ax.axvspan(year - 0.5, year + 0.5, color=BAND, zorder=0)
    # numbers stand above the plot, each in its own place
    x = year - (0.5 if kind == "step" else 0)
    same = sum(text.get_position()[0] == x for text in ax.texts if text.get_text() in _MARKS)
    at = _above(ax, ax.get_xaxis_transform(), 3, 13 * same)
    ax.text(x, 1, mark, transform=at, ha="center", va="bottom", color=MUTED, fontsize=SMALL_PRINT + 1)


def _above(ax: Axes, of: Transform, points: float, right: float = 0) -> Transform:
    """Coordinates that many points above others."""
    from matplotlib.transforms import offset_copy

    return offset_copy(of, ax.get_figure(root=True), right, points, "points")
