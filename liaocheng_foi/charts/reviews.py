"""Reconsideration and litigation: results by route, what is pending hatched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..codebook import codebook
from ..report import Report
from .chart import chart
from .lettering import width, wrapped
from .sheet import Mark, across, empty, heading, note
from .style import COLOURS, HATCH, MUTED, SMALL_PRINT, TEXT, bare, beside, ink_on, rows
from .words import listed, number, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

RESULTS = ("upheld", "other", "corrected", "pending")


def _label(result: str, lang: str, edition: int) -> str:
    return codebook().label("reviews", "column", result, lang, edition)


def _routes(report: Report, lang: str) -> dict[str, str]:
    return {row.code: row.label(lang, report.edition) for row in codebook().rows("reviews", report.edition)}


def table(report: Report, lang: str = "zh") -> pd.DataFrame:
    """Cases as printed, a row per route, a column per result."""
    import pandas as pd

    routes = _routes(report, lang)
    columns = {
        _label(result, lang, report.edition): pd.array([report.value("reviews", r, result) for r in routes], "Int64")
        for result in (*RESULTS, "total")
    }
    return pd.DataFrame(columns, index=pd.Index(routes.values(), name=word("route", lang)))


def sentence(report: Report, lang: str = "zh") -> str:
    """Per route: how many cases, how many corrected, how many pending."""
    said = []
    corrected_label, pending_label = (_label(result, lang, report.edition) for result in ("corrected", "pending"))
    for route, label in _routes(report, lang).items():
        total, corrected, pending = (report.value("reviews", route, c) for c in ("total", "corrected", "pending"))
        if total is None or corrected is None or pending is None:
            said.append(f"{label}：数字不全" if lang == "zh" else f"{label}: figures incomplete")
        elif total == 0:
            said.append(f"{label}：没有案件" if lang == "zh" else f"{label}: no cases")
        elif lang == "zh":
            counts = f"{corrected_label}{number(corrected)}件，{pending_label}{number(pending)}件"
            said.append(f"{label}{number(total)}件，其中{counts}")
        else:
            counts = f"{corrected_label.lower()} {number(corrected)}, {pending_label.lower()} {number(pending)}"
            said.append(f"{label} {number(total):case|cases}, of which {counts}")
    return "；".join(said) + "。" if lang == "zh" else "; ".join(said) + "."


@chart(8.6, 2.3, table, sentence)
def reviews(report: Report, ax: Axes, lang: str = "zh") -> None:
    """Stacked bars, one per route; counts in the bars, the printed total at the end.

    Counts that find no room in their segment are named below the bar, as are blanks.
    """
    book = codebook()
    a, b = (book.name("reviews", code, lang, report.edition) for code in ("reconsideration", "litigation"))
    title = word("reviews", lang, a=a, b=b)
    routes = _routes(report, lang)
    parts = {r: {result: report.value("reviews", r, result) for result in RESULTS} for r in routes}
    if all(value is None for part in parts.values() for value in part.values()):
        empty(ax, title, lang)
        return
    totals = {route: _total(report, route, part, lang) for route, part in parts.items()}
    room = across(ax, list(routes.values()), max(totals.values(), key=len))
    longest = max(*(sum(value or 0 for value in part.values()) for part in parts.values()), 1)
    for y, (route, part) in enumerate(parts.items()):
        left, below = 0.0, []
        for result, value in part.items():
            if value:
                ax.barh(
                    y, value, 0.56, left, color=COLOURS[result], edgecolor="white",
                    hatch=HATCH if result == "pending" else None,
                )  # fmt: skip
            if value and value / longest * room > width(number(value), TEXT) + 6:
                _figure(ax, left + value / 2, y, value, result)
            elif value or value is None:
                below.append(f"{_label(result, lang, report.edition)} {number(value, lang)}")
            left += value or 0
        beside(ax, totals[route], left, y, color=MUTED)
        text = wrapped(listed(below, lang), SMALL_PRINT, room) if below else ""
        ax.text(0, y + 0.32, text, color=MUTED, fontsize=SMALL_PRINT, va="top", linespacing=1.1)
    rows(ax, list(routes.values()))
    ax.set_ylim(len(routes) - 0.4, -0.4)
    ax.set_xlim(0, longest)
    ax.set_xticks([])
    bare(ax, left=True)
    marks = [Mark(_label(r, lang, report.edition), COLOURS[r], HATCH if r == "pending" else None) for r in RESULTS]
    heading(ax, title, "", marks)
    if any(total.startswith("≠") for total in totals.values()):
        note(ax, word("differs", lang))


def _total(report: Report, route: str, part: dict[str, float | None], lang: str) -> str:
    """The printed total, and whether it is the sum of its parts."""
    total = report.value("reviews", route, "total")
    if total is None:
        return word("blank", lang)
    known = [value for value in part.values() if value is not None]
    return f"{'≠' if len(known) == len(part) and sum(known) != total else '='} {number(total)}"


def _figure(ax: Axes, x: float, y: float, value: float, result: str) -> None:
    box = {"facecolor": COLOURS[result], "edgecolor": "none", "pad": 1.2}
    ax.text(x, y, number(value), ha="center", va="center", color=ink_on(COLOURS[result]), bbox=box)
