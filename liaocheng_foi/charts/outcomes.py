"""Outcomes of requests: one bar each, count and share at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..changes import OUTCOMES, shares
from ..report import Report
from .style import COLOURS, TINY, bare, chart, empty, name, number, titled, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@chart(8, 3.6)
def outcomes(report: Report, ax: Axes, lang: str = "zh") -> None:
    """The six outcomes of the requests handled, counts and shares of all handled."""
    frame = shares(report.requests).query("applicant == 'total'").set_index("item")
    title = word("outcomes", lang)
    counts = frame["count"].reindex(OUTCOMES)
    if counts.isna().all():
        empty(ax, title, lang)
        return
    handled = report.value("requests", "outcome_total")
    top = max(float(counts.max() or 0), 1.0)
    for place, item in enumerate(OUTCOMES):
        count = counts[item]
        known = not _missing(count)
        length = float(count) if known else 0.0
        ax.barh(place, length, height=0.68, color=COLOURS[item])
        label = number(length, lang) if known else word("blank", lang)
        share = frame["share"].get(item)
        if known and share is not None and share == share and (handled or 0) >= TINY:
            label += f"  ·  {share:.2f}%"
        ax.annotate(label, (length, place), (5, 0), textcoords="offset points", va="center")
    ax.set_yticks(range(len(OUTCOMES)), [name("requests", item, lang, report.edition) for item in OUTCOMES])
    ax.invert_yaxis()
    ax.set_xlim(0, top * 1.22)
    ax.set_xticks([])
    bare(ax, left=True)
    titled(ax, title, word("handled", lang, n=number(handled, lang)))


def _missing(count: object) -> bool:
    import pandas as pd

    return bool(pd.isna(count))
