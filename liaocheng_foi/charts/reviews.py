"""Reconsideration and litigation: results by route, what is pending hatched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..codebook import codebook
from ..report import Report
from .style import COLOURS, INK, MUTED, bare, chart, empty, name, number, titled, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RESULTS = ("upheld", "other", "corrected", "pending")


@chart(8, 3.2)
def reviews(report: Report, ax: Axes, lang: str = "zh") -> None:
    """Stacked bars, one per route; counts in the bars, the printed total at the end."""
    book = codebook()
    first, second = (
        book.label("reviews", axis, code, lang) for axis, code in (("row", "reconsideration"), ("group", "litigation"))
    )
    title = word("reviews", lang, first=first, second=second)
    routes = [row.code for row in book.rows("reviews", report.edition)]
    parts = {(route, result): report.value("reviews", route, result) for route in routes for result in RESULTS}
    if all(value is None for value in parts.values()):
        empty(ax, title, lang)
        return
    longest = max(sum(parts[route, result] or 0 for result in RESULTS) for route in routes) or 1
    for y, route in enumerate(routes):
        left = 0.0
        for result in RESULTS:
            value = parts[route, result]
            if value:
                hatch = "////" if result == "pending" else None
                ax.barh(y, value, 0.62, left, color=COLOURS[result], edgecolor="white", hatch=hatch)
                if value / longest > 0.022:
                    box = {"facecolor": COLOURS[result], "edgecolor": "none", "pad": 1.2}
                    colour = "white" if result in ("upheld", "corrected") else INK
                    ax.text(left + value / 2, y, number(value), ha="center", va="center", color=colour, bbox=box)
                left += value
        blank = all(parts[route, result] is None for result in RESULTS)
        total = word("blank", lang) if blank else f"= {number(report.value('reviews', route, 'total'), lang)}"
        ax.annotate(total, (left, y), (6, 0), textcoords="offset points", va="center", color=MUTED)
    ax.set_yticks(range(len(routes)), [name("reviews", route, lang, report.edition) for route in routes])
    ax.invert_yaxis()
    ax.set_xlim(0, longest * 1.12)
    ax.set_xticks([])
    bare(ax, left=True)
    titled(ax, title)
    _key(ax, lang, report.edition)


def _key(ax: Axes, lang: str, edition: int) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(
            facecolor=COLOURS[result],
            edgecolor="white",
            hatch="////" if result == "pending" else None,
            label=codebook().label("reviews", "column", result, lang, edition),
        )
        for result in RESULTS
    ]
    ax.legend(
        handles=handles, ncols=4, frameon=False, loc="upper left", bbox_to_anchor=(0, -0.02),
        handlelength=1.2, columnspacing=1.6, borderpad=0,
    )  # fmt: skip
