"""Outcomes of requests: one bar each, count and share at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..measures.composition import OUTCOMES
from ..measures.rounding import percent
from ..report import Report
from .chart import chart
from .figures import Figures
from .sheet import empty, heading, note
from .style import COLOURS, MUTED, bare, beside, pale, rows
from .words import SMALL, TINY, listed, number, outcome, share, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def table(report: Report, lang: str = "zh") -> pd.DataFrame:
    """One row per outcome: count, share of all requests handled in percent; the last row is all of them."""
    import pandas as pd

    figures = Figures(report)
    handled = figures("outcome_total")
    counts = [*(figures(item) for item in OUTCOMES), handled]
    shares = [None if count is None or not handled else percent(count, handled) for count in counts]
    labels = [*(outcome(item, lang, report.edition) for item in OUTCOMES), word("total", lang)]
    index = pd.Index(labels, name=word("outcome", lang))
    return pd.DataFrame(
        {
            word("count", lang): pd.array(counts, "Int64"),
            word("share", lang): pd.array([None if s is None else float(s) for s in shares], "Float64"),
        },
        index=index,
    )


def sentence(report: Report, lang: str = "zh") -> str:
    """The most frequent outcome, and what was disclosed in full or in part."""
    figures = Figures(report)
    handled = figures("outcome_total")
    known = {item: count for item in OUTCOMES if (count := figures(item)) is not None}
    if handled is None or len(known) < len(OUTCOMES):
        zh, en = "部分办理结果没有数字，无法概括。", "Some outcomes have no figure, so they cannot be summed up."
        return zh if lang == "zh" else en
    if handled == 0:
        return "本年没有办理申请。" if lang == "zh" else "No request was handled this year."
    top = max(known.values())
    leaders = listed([outcome(item, lang, report.edition) for item in OUTCOMES if known[item] == top], lang)
    disclosed = known["granted"] + known["partly_granted"]
    large = handled >= TINY and sum(known.values()) <= handled
    if lang == "zh":
        each = "各" if sum(count == top for count in known.values()) > 1 else ""
        first = f"办理的{number(handled)}件申请中，最多的是{leaders}（{each}{number(top)}件"
        first += f"，占{share(top, handled)}）。" if large else "）。"
        both = "和".join(outcome(item, lang, report.edition) for item in ("granted", "partly_granted"))
        return first + f"{both}合计{number(disclosed)}件" + (f"，占{share(disclosed, handled)}。" if large else "。")
    several = sum(count == top for count in known.values()) > 1
    verb, each = ("outcomes were", " each") if several else ("outcome was", "")
    rate = f", {share(top, handled)}" if large else ""
    text = f"Of {number(handled):request|requests} handled, the most frequent {verb} {leaders} "
    text += f"({number(top)}{each}{rate}); {number(disclosed)} were granted in full or in part"
    return text + (f" ({share(disclosed, handled)})." if large else ".")


@chart(8, 2.7, table, sentence)
def outcomes(report: Report, ax: Axes, lang: str = "zh") -> None:
    """The six outcomes of the requests handled, counts and shares of all handled.

    Under 30 requests the bars are pale, under ten no share is written. A total that is blank in the table is added
    up from its parts where these are certain, and starred.
    """
    figures = Figures(report)
    title = word("outcomes", lang)
    handled = figures("outcome_total")
    counts = [figures(item) for item in OUTCOMES]
    if all(count is None for count in counts):
        empty(ax, title, lang)
        return
    small = handled is not None and handled < SMALL
    for y, (item, count) in enumerate(zip(OUTCOMES, counts, strict=True)):
        if count is None:
            beside(ax, word("blank", lang), 0, y, 5, color=MUTED)
            continue
        ax.barh(y, count, 0.68, color=pale(COLOURS[item]) if small else COLOURS[item])
        star = "*" if figures.derived(item) else ""
        rate = f"  ·  {share(count, handled)}" if handled and handled >= TINY and count <= handled else ""
        beside(ax, f"{number(count)}{star}{rate}", count, y, 5)
    rows(ax, [outcome(item, lang, report.edition) for item in OUTCOMES])
    ax.set_xlim(0, max(*(count or 0 for count in counts), 1))
    ax.set_xticks([])
    bare(ax, left=True)
    remarks = [word("handled", lang, n=number(handled, lang)), *([word("pale", lang)] if small else [])]
    heading(ax, title, word("semicolon", lang).join(remarks))
    if any(figures.derived(item) for item in OUTCOMES):
        note(ax, word("derived", lang))
