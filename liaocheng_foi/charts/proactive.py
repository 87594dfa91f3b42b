"""The proactive table: documents, items and decisions, from one to hundreds of thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..codebook import codebook
from ..report import Report
from .style import FAINT, GRID, MUTED, PLAIN, bare, chart, empty, number, titled, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@chart(8.4, 7.6)
def proactive(report: Report, ax: Axes, lang: str = "zh") -> None:
    """One line per figure in the form's order, its size on a logarithmic scale, the figure written beside it.

    The unit stands with each figure; zeros stand at the left edge, blanks have no mark.
    """
    book = codebook()
    title = word("proactive", lang)
    items = [
        (item, [column for column in book.columns("proactive", report.edition, item.code) if not column.signed])
        for item in book.rows("proactive", report.edition)
    ]
    values = {
        (item.code, column.code): report.value("proactive", item.code, column.code)
        for item, columns in items
        for column in columns
    }
    printed = [value for value in values.values() if value is not None]
    if not printed:
        empty(ax, title, lang)
        return
    top = max(*printed, 10)
    labels, places, y = [], [], 0.0
    for item, columns in items:
        ax.text(0, y, item.label(lang, report.edition), va="center", fontsize=10.5)
        for column in columns:
            y += 1
            places.append(y)
            labels.append(_short(column.label(lang, report.edition)))
            _line(ax, y, values[item.code, column.code], column.unit, lang)
        y += 1.3
    ax.set_xscale("symlog", linthresh=1)
    ax.set_xlim(-0.08, top * 60)
    ax.set_yticks(places, labels)
    ax.set_ylim(places[-1] + 0.7, -1.1)
    ticks = [t for t in (0, *(10**power for power in range(12))) if t <= top]
    ax.set_xticks(ticks, [_tick(t, lang) for t in ticks])
    ax.minorticks_off()
    ax.grid(axis="x", color=GRID, linewidth=0.8)
    ax.set_axisbelow(True)
    bare(ax)
    titled(ax, title, word("log", lang))


def _line(ax: Axes, y: float, value: float | None, unit: str, lang: str) -> None:
    if value is None:
        ax.annotate(word("blank", lang), (0, y), (4, 0), textcoords="offset points", va="center", color=MUTED)
        return
    ax.plot([0, value], [y, y], color=FAINT, linewidth=1.6, zorder=1)
    ax.plot([value], [y], "o", color=PLAIN, markersize=6, zorder=2)
    shown = unit if lang == "zh" else {"件": "", "项": "items", "万元": "×10,000 yuan"}[unit]
    text = f"{number(value, lang)} {shown}".strip()
    ax.annotate(text, (value, y), (8, 0), textcoords="offset points", va="center")


def _tick(value: int, lang: str) -> str:
    """Short enough that neighbours never touch."""
    for size, zh, en in ((10**8, "亿", None), (10**6, None, "m"), (10**4, "万", None), (10**3, None, "k")):
        suffix = zh if lang == "zh" else en
        if suffix and value >= size:
            return f"{value // size:,}{suffix}"
    return f"{value:,}"


def _short(label: str) -> str:
    """A measure's label without the unit in brackets, which stands with the figure."""
    return label.split("（")[0]
