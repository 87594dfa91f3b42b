"""What became of the requests of each type of applicant, as shares of a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..codebook import codebook
from ..composition import OUTCOMES
from ..report import Report
from ..rounding import percent
from .figures import Figures
from .outcome_applicant import sentence
from .style import COLOURS, DARK, HATCH, INK, MUTED, bare, beside, chart, empty, key, note, pale, rows, titled
from .words import SMALL, TINY, applicant, listed, number, outcome, share, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Segments below this share are too narrow for their figure.
_NARROW = 0.075


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
    """Shares in percent of the requests handled for each applicant type, with their number; under 10 no shares."""
    import pandas as pd

    lines = []
    for who, handled, counts in _rows(report):
        line: dict[str, object] = {word("applicant", lang): applicant(who, lang, report.edition)}
        line[word("count", lang)] = handled
        for item, count in counts.items():
            part = None if count is None or handled < TINY else percent(count, handled)
            line[outcome(item, lang, report.edition)] = None if part is None else float(part)
        lines.append(line)
    columns = [word("applicant", lang), word("count", lang), *(outcome(i, lang, report.edition) for i in OUTCOMES)]
    kinds = dict.fromkeys(columns[2:], "Float64") | {columns[1]: "Int64"}
    return pd.DataFrame(lines, columns=columns).astype(kinds).set_index(columns[0])


def _height(report: Report) -> float:
    return 2.0 + 0.46 * max(len(_rows(report)), 3)


@chart(8.6, _height, table, sentence)
def outcome_shares(report: Report, ax: Axes, lang: str = "zh") -> None:
    """100 % bars, one per applicant type, ordered by number of requests; shares written in the segments.

    Under 30 requests a bar is pale, under 10 there is none, only the counts. What the outcomes leave
    unexplained is hatched. Types without requests are left out.
    """
    found = _rows(report)
    title = word("outcome_shares", lang)
    if not found:
        empty(ax, title, lang)
        return
    for y, (_, handled, counts) in enumerate(found):
        if handled < TINY:
            parts = [f"{outcome(item, lang, report.edition)} {number(n)}" for item, n in counts.items() if n]
            beside(ax, listed(parts, lang) if parts else word("blank", lang), 0, y, 3, color=MUTED, fontsize=9)
            continue
        _bar(ax, y, handled, counts)
    rows(ax, [f"{applicant(who, lang, report.edition)}  {number(handled)}" for who, handled, _ in found], 3)
    ax.set_xlim(0, 1.005)
    ax.set_xticks([])
    bare(ax, left=True)
    columns = 6 if lang == "zh" else 3
    key(ax, [(outcome(item, lang, report.edition), COLOURS[item], None) for item in OUTCOMES], columns)
    titled(ax, title, above=18 * 6 / columns)
    note(ax, word("outcome_shares_note", lang), 4)


def _bar(ax: Axes, y: float, handled: float, counts: dict[str, float | None]) -> None:
    left = 0.0
    for item, count in counts.items():
        if not count:
            continue
        part = count / handled
        small = handled < SMALL
        ax.barh(y, part, 0.72, left, color=pale(COLOURS[item]) if small else COLOURS[item], edgecolor="white")
        if part >= _NARROW:
            colour = "white" if item in DARK and not small else INK
            ax.text(left + part / 2, y, share(count, handled, 1), ha="center", va="center", color=colour, fontsize=9)
        left += part
    if left < 1 - 1e-9:
        ax.barh(y, 1 - left, 0.72, left, color="white", edgecolor=MUTED, hatch=HATCH, linewidth=0.5)
