"""One figure over the years of a body, broken where years are not comparable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..codebook import codebook
from ..cube import Cube
from ..report import Report
from ..sentences import series as sentence
from ..series import breaks, find, segment
from .figures import together
from .figures import years as in_order
from .style import FAINT, GRID, MUTED, PLAIN, bare, beside, chart, empty, note, titled
from .words import number, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Marks of breaks, explained under the plot.
_MARKS = "①②③④⑤⑥⑦⑧⑨"


def _values(reports: Sequence[Report], name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Years, values (nan where there is none) and the first year of the comparable stretch of each."""
    cube = Cube(together(in_order(reports)))
    series = find(name)
    return cube.year, series.read(cube).values, segment(series, cube.year)


def _label(name: str, lang: str, edition: int) -> str:
    series, book = find(name), codebook()
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


@chart(8.6, 4.2, table, sentence)
def series(reports: Sequence[Report], ax: Axes, lang: str = "zh", name: str = "requests/received_new") -> None:
    """A line over the years, from zero, broken at changes of the form or the law and where a year is missing.

    ``reports`` are those of one body; ``name`` is that of a series (:func:`liaocheng_foi.series.all_series`).
    Breaks are numbered at the line and explained below it. Raises :class:`SelectionError` for an unknown series,
    or when a year stands twice.
    """
    years, values, stretches = _values(reports, name)
    found = find(name)
    unit = "" if lang == "en" and found.unit == "件" else found.unit
    label = _label(name, lang, in_order(reports)[-1].edition)
    title = word("series", lang, label=label, unit=unit) if unit else label
    if np.isnan(values).all():
        empty(ax, title, lang)
        return
    top = max(float(np.nanmax(values)), 1)
    for i, (year, value) in enumerate(zip(years.tolist(), values.tolist(), strict=True)):
        if value != value:
            ax.text(year, 0.02 * top, word("blank", lang), ha="center", va="bottom", color=MUTED, fontsize=9)
            continue
        ax.plot([year], [value], "o", color=PLAIN, markersize=7, zorder=3)
        ax.annotate(number(value), (year, value), (0, 9), textcoords="offset points", ha="center", va="bottom")
        joined = i and years[i - 1] == year - 1 and stretches[i - 1] == stretches[i]
        if joined and values[i - 1] == values[i - 1]:
            ax.plot([year - 1, year], [values[i - 1], value], color=PLAIN, linewidth=2.2, zorder=2)
    first, last = int(years.min()), int(years.max())
    said: list[str] = []
    for one in breaks():
        if one.concerns(found) and first <= one.year <= last and (one.kind == "year" or one.year > first):
            mark = _MARKS[len(said)]
            said.append(f"{mark} {one.zh if lang == 'zh' else one.en}")
            _mark(ax, one.year - (0.5 if one.kind == "step" else 0), mark, one.kind, top * (1.33 - 0.085 * len(said)))
    ax.set_xlim(first - 0.6, last + 0.6)
    ax.set_xticks(range(first, last + 1))
    ax.set_ylim(0, top * (1.2 + 0.06 * bool(said) + 0.03 * len(said)))
    ax.set_yticks([])
    ax.grid(axis="y", color=GRID)
    bare(ax, bottom=True)
    titled(ax, title, word("series_note", lang) if said else "")
    if said:
        note(ax, "\n".join(said), 26)


def _mark(ax: Axes, x: float, mark: str, kind: str, y: float) -> None:
    if kind == "step":
        ax.axvline(x, color=FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    beside(ax, mark, x, y, 3, color=MUTED, fontsize=9)
