"""What became of the requests of each type of applicant, as shares of a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..codebook import codebook
from ..measures.composition import OUTCOMES
from ..measures.rounding import percent
from ..report import Report
from .chart import chart
from .figures import Figures
from .lettering import width, wrapped
from .sheet import Mark, across, empty, heading, note
from .style import COLOURS, HATCH, MUTED, PAPER, SMALL_PRINT, UNKNOWN, bare, beside, ink_on, pale, rows
from .words import SMALL, TINY, applicant, listed, number, outcome, share, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def _rows(report: Report) -> list[tuple[str, float, dict[str, float | None]]]:
    """(applicant, requests handled, count per outcome), the total first, then by number of requests."""
    figures = Figures(report)
    found = []
    for column in codebook().columns("requests", report.edition):
        handled = figures("outcome_total", column.code)
        if handled:
            found.append((column.code, handled, {item: figures(item, column.code) for item in OUTCOMES}))
    return sorted(found, key=lambda row: (row[0] != "total", -row[1]))


def table(report: Report, lang: str = "zh") -> pd.DataFrame:
    """Count of each outcome for each applicant type, and share in percent of all handled for it; under 10 none."""
    import pandas as pd

    lines = []
    for who, handled, counts in _rows(report):
        for item, count in counts.items():
            part = None if count is None or handled < TINY else percent(count, handled)
            label, named = applicant(who, lang, report.edition), outcome(item, lang, report.edition)
            lines.append((label, named, count, handled, None if part is None else float(part)))
    names = [word(name, lang) for name in ("applicant", "outcome", "count", "of", "share")]
    kinds = {names[2]: "Int64", names[3]: "Int64", names[4]: "Float64"}
    return pd.DataFrame(lines, columns=names).astype(kinds).set_index(names[0])


def sentence(report: Report, lang: str = "zh") -> str:
    """What part was granted in full: of all requests handled, and of each type of applicant with at least 30."""
    found = []
    for who, handled, counts in _rows(report):
        granted = counts["granted"]
        enough = handled >= (TINY if who == "total" else SMALL)
        if granted is not None and enough and sum(count or 0 for count in counts.values()) <= handled:
            rate, of = share(granted, handled), f"{number(granted)}/{number(handled)}"
            label = applicant(who, lang, report.edition)
            found.append(f"{label}{rate}（{of}）" if lang == "zh" else f"{label.lower()} {rate} ({of})")
    granted_label = outcome("granted", lang, report.edition)
    if not found:
        zh = f"没有可以计算“{granted_label}”占比的申请人。"
        return zh if lang == "zh" else f"No share of {granted_label.lower()} can be given."
    if lang == "zh":
        return f"“{granted_label}”占办理数的比例：" + "，".join(found) + "。"
    return f"{granted_label}, as a share of requests handled: " + ", ".join(found) + "."


def _height(report: Report) -> float:
    return 0.2 + 0.44 * max(len(_rows(report)), 1)


@chart(8.6, _height, table, sentence)
def outcome_shares(report: Report, ax: Axes, lang: str = "zh") -> None:
    """100 % bars, one per applicant type, ordered by number of requests; shares written in the segments.

    Under 30 requests a bar is pale, under 10 there is none, only the counts; nor where the outcomes exceed the
    total. What they leave unexplained is hatched. Types without requests are left out.
    """
    found = _rows(report)
    title = word("outcome_shares", lang)
    if not found:
        empty(ax, title, lang)
        return
    labels = [f"{applicant(who, lang, report.edition)}  {number(handled)}" for who, handled, _ in found]
    room = across(ax, labels)
    unexplained = False
    for y, (_, handled, counts) in enumerate(found):
        known = sum(count or 0 for count in counts.values())
        if handled < TINY or known > handled:
            _list(ax, y, counts, room, lang, report.edition)
        else:
            _bar(ax, y, handled, counts, room)
            unexplained |= known < handled
    rows(ax, labels)
    ax.set_xlim(0, 1.002)
    ax.set_xticks([])
    bare(ax, left=True)
    marks = [Mark(outcome(item, lang, report.edition), COLOURS[item]) for item in OUTCOMES]
    if unexplained:
        marks.append(Mark(word("unexplained", lang), PAPER, HATCH))
    heading(ax, title, "", marks)
    note(ax, word("outcome_shares_note", lang))


def _list(ax: Axes, y: float, counts: dict[str, float | None], room: float, lang: str, edition: int) -> None:
    """The counts in words, in the plot."""
    parts = [f"{outcome(item, lang, edition)} {number(n)}" for item, n in counts.items() if n]
    text = wrapped(listed(parts, lang) if parts else word("blank", lang), SMALL_PRINT, room)
    beside(ax, text, 0, y, 5, color=MUTED, fontsize=SMALL_PRINT, linespacing=1.1)


def _bar(ax: Axes, y: float, handled: float, counts: dict[str, float | None], room: float) -> None:
    left = 0.0
    for item, count in counts.items():
        if not count:
            continue
        part, text = count / handled, share(count, handled, 1)
        colour = pale(COLOURS[item]) if handled < SMALL else COLOURS[item]
        ax.barh(y, part, 0.72, left, color=colour, edgecolor="white")
        if part * room > width(text, SMALL_PRINT) + 4:
            ax.text(left + part / 2, y, text, ha="center", va="center", color=ink_on(colour), fontsize=SMALL_PRINT)
        left += part
    if left < 1 - 1e-9:
        ax.barh(y, 1 - left, 0.72, left, **UNKNOWN)
