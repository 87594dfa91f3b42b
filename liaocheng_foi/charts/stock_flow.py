"""Normative documents and rules: what was in force, what came, what went, what is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ..codebook import codebook
from ..report import Report
from . import given
from .chart import chart
from .sheet import empty, heading
from .style import DOWN, MUTED, UNKNOWN, UP, bare, beside, rows
from .words import number, signed, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Stock, inflow and outflow on each edition of the form; that of 2019 has no outflow.
MEASURES = {2019: ("published_total", "published_new", None), 2021: ("in_force", "issued", "repealed")}
_STOCK, _FLOW = "stock", "flow"

Pair: TypeAlias = tuple[Report | None, Report]


def _steps(reports: Pair, row: str, lang: str) -> tuple[Report, list[tuple[str, str, float | None]]]:
    """(label, kind, value) from the stock before to the stock after; flows signed."""
    before, report = reports
    stock, inflow, outflow = MEASURES[report.edition]

    def label(column: str) -> str:
        return codebook().label("proactive", "column", column, lang, report.edition)

    def value(column: str) -> float | None:
        return report.value("proactive", row, column)

    # the stock of another edition is another quantity
    previous = None
    if before is not None and before.edition == report.edition and before.year == (report.year or 0) - 1:
        previous = before.value("proactive", row, stock)
    came, gone = value(inflow), value(outflow) if outflow else 0.0
    steps: list[tuple[str, str, float | None]] = [(label(inflow), _FLOW, came)]
    if outflow:
        steps.append((label(outflow), _FLOW, None if gone is None else -gone))
    after = value(stock)
    if previous is not None:
        steps.insert(0, (word("stock_before", lang), _STOCK, previous))
        if after is not None and came is not None and gone is not None:
            steps.append((word("residual", lang), _FLOW, after - previous - came + gone))
    return report, [*steps, (label(stock), _STOCK, after)]


def table(reports: Pair, lang: str = "zh", row: str = "normative_document") -> pd.DataFrame:
    """The steps from stock to stock, flows signed."""
    import pandas as pd

    _, steps = _steps(reports, row, lang)
    index = pd.Index([label for label, _, _ in steps], name=word("measure", lang))
    return pd.DataFrame({word("number", lang): pd.array([value for _, _, value in steps], "Int64")}, index=index)


def sentence(reports: Pair, lang: str = "zh", row: str = "normative_document") -> str:
    """The steps in words."""
    report, steps = _steps(reports, row, lang)
    name = codebook().name("proactive", row, lang, report.edition)
    if lang == "zh":
        return f"{name}：" + "，".join(f"{label}{_said(kind, value, lang)}" for label, kind, value in steps) + "。"
    return f"{name}: " + ", ".join(f"{label.lower()} {_said(kind, value, lang)}" for label, kind, value in steps) + "."


def _said(kind: str, value: float | None, lang: str) -> str:
    return number(value, lang) if value is None or kind == _STOCK else signed(value)


def _height(reports: Pair, row: str = "normative_document") -> float:
    return 0.2 + 0.38 * len(_steps(reports, row, "zh")[1])


@chart(8.6, _height, table, sentence, given.one_or_two_reports)
def stock_flow(reports: Pair, ax: Axes, lang: str = "zh", row: str = "normative_document") -> None:
    """A waterfall from the stock of the year before over what came and went to the stock of this year.

    ``reports`` is a report, or two of consecutive years; with one only, its flows and its stock stand each for itself.
    What the flows leave unexplained is hatched. ``row`` is ``normative_document`` or ``regulation``.
    """
    report, steps = _steps(reports, row, lang)
    title = word("stock_flow", lang, label=codebook().name("proactive", row, lang, report.edition))
    if all(value is None for _, _, value in steps):
        empty(ax, title, lang)
        return
    joined = steps[0][1] == _STOCK
    level, reached = 0.0, [0.0]
    for y, (label, kind, value) in enumerate(steps):
        if value is None:
            beside(ax, word("blank", lang), 0, y, color=MUTED)
            joined = False
            continue
        start = level if kind == _FLOW and joined else 0.0
        looks = {"color": MUTED if kind == _STOCK else UP if value >= 0 else DOWN}
        if value:
            ax.barh(y, value, 0.62, start, **(UNKNOWN if label == word("residual", lang) else looks))
        if joined and y:
            ax.plot([level, level], [y - 1, y], color=MUTED, linewidth=0.6, zorder=0)
        beside(ax, _said(kind, value, lang), max(start, start + value), y)
        level = start + value
        reached += [start, level]
    rows(ax, [label for label, _, _ in steps])
    ax.set_xlim(min(reached), max(*reached, 1))
    ax.axvline(0, color=MUTED, linewidth=0.8)
    ax.set_xticks([])
    bare(ax)
    heading(ax, title)
