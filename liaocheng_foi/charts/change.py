"""Changes that one report states by itself: items of the year before, requests carried in and forward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..changes import own_change
from ..codebook import codebook
from ..report import Report
from .style import FAINT, INK, MUTED, PLAIN, bare, chart, empty, number, titled, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@chart(8.4, 3.8)
def change(report: Report, ax: Axes, lang: str = "zh") -> None:
    """Bars of the change in percent, with base, value and difference written at each.

    A base of 0 has no percentage and no bar; a base under 10 is drawn pale.
    """
    frame = own_change(report).query("column in ('items_previous', 'total')")
    title = word("change", lang)
    if frame["difference"].isna().all():
        empty(ax, title, lang)
        return
    limit = max(frame["percent"].abs().max(), 10) if frame["percent"].notna().any() else 10
    labels = []
    for y, line in enumerate(frame.itertuples()):
        labels.append(_label(line, report, lang))
        value = 0.0 if line.percent != line.percent else line.percent
        ax.barh(y, value, 0.6, color=FAINT if line.note == "small_base" else PLAIN)
        ax.annotate(
            _words(line, lang), (1, y), (10, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            va="center",
        )  # fmt: skip
    ax.axvline(0, color=INK, linewidth=0.8)
    low, high = min(frame["percent"].min(), 0), max(frame["percent"].max(), 0)
    ax.set_xlim((low if low == low else 0) - 0.03 * limit, (high if high == high else 0) + 0.03 * limit)
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.set_xticks([])
    bare(ax)
    titled(ax, title, word("percent_change", lang))
    ax.tick_params(axis="x", colors=MUTED)


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
    sign = "+" if line.difference > 0 else "−" if line.difference < 0 else ""
    return f"{arrow}  ({sign}{abs(line.percent):.2f}%)"
