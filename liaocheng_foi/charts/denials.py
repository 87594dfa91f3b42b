"""Why information was denied: the grounds, and how far the regulations bind the organ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..codebook import codebook
from ..report import Report
from .chart import chart
from .figures import Figures
from .sheet import Mark, empty, heading, note
from .style import COLOURS, MUTED, bare, beside, pale, rows
from .words import SMALL, TINY, number, outcome, share, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: How the regulations (国务院令第711号) put each ground: arts 14-15 forbid disclosure, art. 16 allows to deny it,
#: art. 36(7) sends the applicant to a register.
KINDS = {
    "denied.state_secret": "mandatory",
    "denied.forbidden_by_law": "mandatory",
    "denied.security_stability": "mandatory",
    "denied.third_party_rights": "mandatory",
    "denied.internal_affairs": "discretionary",
    "denied.process_information": "discretionary",
    "denied.enforcement_file": "discretionary",
    "denied.administrative_query": "redirect",
}


def _grounds(report: Report) -> tuple[Figures, list[tuple[str, float | None]]]:
    """The grounds with their counts, most frequent first, blanks last."""
    figures = Figures(report)
    found = [(row.code, figures(row.code)) for row in codebook().children("requests", "denied", report.edition)]
    return figures, sorted(found, key=lambda pair: (pair[1] is None, -(pair[1] or 0)))


def table(report: Report, lang: str = "zh") -> pd.DataFrame:
    """One row per ground, most frequent first: its kind, count, share of all denials in percent."""
    import pandas as pd

    figures, found = _grounds(report)
    whole = figures("denied")
    lines = [
        (
            outcome(code, lang, report.edition),
            word(KINDS[code], lang),
            count,
            None if count is None or not whole else float(share(count, whole)[:-1]),
        )
        for code, count in found
    ]
    names = [word(name, lang) for name in ("reason", "kind", "count", "share")]
    return pd.DataFrame(lines, columns=names).astype({names[2]: "Int64", names[3]: "Float64"}).set_index(names[0])


def sentence(report: Report, lang: str = "zh") -> str:
    """How many denials rest on each kind of ground."""
    figures, found = _grounds(report)
    whole, label = figures("denied"), outcome("denied", lang, report.edition)
    if whole is None:
        zh, en = f"“{label}”各项数字不全。", "The figures on denials are incomplete."
        return zh if lang == "zh" else en
    if whole == 0:
        return f"本年没有“{label}”。" if lang == "zh" else "No request was denied this year."
    parts = []
    for kind in dict.fromkeys(KINDS.values()):
        count = sum(n or 0 for code, n in found if KINDS[code] == kind)
        rate = share(count, whole) if whole >= TINY else ""
        if lang == "zh":
            parts.append(f"{word(kind, lang)}{number(count)}件" + (f"，占{rate}" if rate else ""))
        else:
            parts.append(f"{word(kind, lang).lower()} {number(count)}" + (f", {rate}" if rate else ""))
    if lang == "zh":
        return f"{label}{number(whole)}件：" + "；".join(parts) + "。"
    return f"{number(whole)} denials: " + "; ".join(parts) + "."


@chart(8.6, 3, table, sentence)
def denials(report: Report, ax: Axes, lang: str = "zh") -> None:
    """The grounds of denial, most frequent first, coloured by how the regulations put them.

    Shares are of all denials, from ten denials on; under 30 the bars are pale.
    """
    figures, found = _grounds(report)
    whole = figures("denied")
    title = word("denials", lang, label=outcome("denied", lang, report.edition))
    if all(count is None for _, count in found):
        empty(ax, title, lang)
        return
    small = whole is not None and whole < SMALL
    for y, (code, count) in enumerate(found):
        if count is None:
            beside(ax, word("blank", lang), 0, y, 5, color=MUTED)
            continue
        ax.barh(y, count, 0.62, color=pale(COLOURS[KINDS[code]]) if small else COLOURS[KINDS[code]])
        star = "*" if figures.derived(code) else ""
        rate = f"  ·  {share(count, whole)}" if count and whole and whole >= TINY and count <= whole else ""
        beside(ax, f"{number(count)}{star}{rate}", count, y, 5, color=None if count else MUTED)
    rows(ax, [outcome(code, lang, report.edition) for code, _ in found])
    ax.set_xlim(0, max(*(count or 0 for _, count in found), 1))
    ax.set_xticks([])
    bare(ax, left=True)
    marks = [Mark(word(kind, lang), COLOURS[kind]) for kind in dict.fromkeys(KINDS.values())]
    heading(ax, title, word("pale_denials", lang) if small else "", marks)
    if any(figures.derived(code) for code, _ in found):
        note(ax, word("derived", lang))
