"""The proactive table: documents, items and decisions, from one to hundreds of thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..codebook import codebook
from ..report import Report
from .style import FAINT, GRID, MUTED, PLAIN, bare, chart, empty, number, titled, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@chart(8.4, 6.2)
def proactive(report: Report, ax: Axes, lang: str = "zh") -> None:
    """One line per figure in the form's order, its size on a logarithmic scale, the figure written beside it.

    The unit stands with each figure; zeros stand at the left edge, blanks have no mark.
    """
    book = codebook()
    title = word("proactive", lang)
    lines = []
    for item in book.rows("proactive", report.edition):
        for column in book.columns("proactive", report.edition, item.code):
            if not column.signed:
                lines.append((item, column, report.value("proactive", item.code, column.code)))
    if all(value is None for _, _, value in lines):
        empty(ax, title, lang)
        return
    top = max(value for _, _, value in lines if value is not None)
    labels, places, y = [], [], 0.0
    block: tuple[str, ...] = ()
    for item, column, value in lines:
        if item.parents != block:
            y += 0.6 if block else 0
            block = item.parents
        unit = column.unit if lang == "zh" else {"件": "", "项": "items", "万元": "10,000 yuan"}[column.unit]
        labels.append(f"{item.label(lang, report.edition)} · {_short(column.label(lang, report.edition))}")
        places.append(y)
        if value is None:
            ax.annotate(word("blank", lang), (0, y), (4, 0), textcoords="offset points", va="center", color=MUTED)
        else:
            ax.plot([0, value], [y, y], color=FAINT, linewidth=1.6, zorder=1)
            ax.plot([value], [y], "o", color=PLAIN, markersize=6, zorder=2)
            text = f"{number(value, lang)} {unit}".strip()
            ax.annotate(text, (value, y), (8, 0), textcoords="offset points", va="center")
        y += 1
    ax.set_xscale("symlog", linthresh=1)
    ax.set_xlim(-0.08, max(top, 10) * 40)
    ax.set_yticks(places, labels)
    ax.invert_yaxis()
    ticks = [
        t for t in (0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000) if t <= max(top, 10)
    ]
    ax.set_xticks(ticks, [f"{t:,}" for t in ticks])
    ax.minorticks_off()
    ax.grid(axis="x", color=GRID, linewidth=0.8)
    ax.set_axisbelow(True)
    bare(ax)
    titled(ax, title, word("log", lang))


def _short(label: str) -> str:
    """A measure's label without the unit in brackets, which stands with the figure."""
    return label.split("（")[0]
