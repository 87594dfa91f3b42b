"""Changes that one report states by itself: items of the year before, requests carried in and forward."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..changes import own_change
from ..codebook import codebook
from ..report import Report
from ..sentences import changes as sentence
from .chart import chart
from .sheet import empty, heading
from .style import FAINT, INK, PLAIN, bare, beside, rows
from .words import number, signed, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


@lru_cache(maxsize=1)
def _lines(report: Report) -> pd.DataFrame:
    return own_change(report).query("column in ('items_previous', 'total')")


def table(report: Report, lang: str = "zh") -> pd.DataFrame:
    """Base, value, difference and percentage of each change; a zero base has no percentage."""
    frame = _lines(report)
    labels = [_label(line, report, lang) for line in frame.itertuples()]
    wanted = ["base", "value", "difference", "percent"]
    shown = frame[wanted].set_axis(labels, axis="index").rename(columns={c: word(c, lang) for c in wanted})
    return shown.rename_axis(index=word("item", lang))


def _height(report: Report) -> float:
    return 0.2 + 0.4 * len(_lines(report))


@chart(8.6, _height, table, sentence)
def change(report: Report, ax: Axes, lang: str = "zh") -> None:
    """Bars of the change in percent, with base, value and difference written at each.

    A base of 0 has no percentage and no bar; a base under 10 is drawn pale.
    """
    frame = _lines(report)
    title = word("change", lang)
    if frame["difference"].isna().all():
        empty(ax, title, lang)
        return
    percents = frame["percent"].fillna(0)
    low, high = min(percents.min(), 0), max(percents.max(), 0)
    for y, line in enumerate(frame.itertuples()):
        ax.barh(y, percents.iloc[y], 0.6, color=FAINT if line.note == "small_base" else PLAIN)
        beside(ax, _words(line, lang), 1, y, 10, ax.get_yaxis_transform())
    ax.axvline(0, color=INK, linewidth=0.8)
    margin = 0.03 * max(high - low, 10)
    ax.set_xlim(low - margin, high + margin)
    rows(ax, [_label(line, report, lang) for line in frame.itertuples()])
    ax.set_xticks([])
    bare(ax)
    heading(ax, title, word("percent_change", lang))


def _label(line: Any, report: Report, lang: str) -> str:
    if line.table == "requests":
        return word("carried", lang)
    return word("items", lang, label=codebook().label("proactive", "row", line.row, lang, report.edition))


def _words(line: Any, lang: str) -> str:
    if line.note == "missing":
        return word("missing", lang)
    if line.note == "both_zero":
        return word("both_zero", lang)
    if line.note == "new":
        return word("new", lang, n=number(line.value, lang))
    arrow = f"{number(line.base, lang)} → {number(line.value, lang)}"
    return f"{arrow}  ({signed(line.percent, 2)}%)" if line.note != "small_base" else arrow
