"""The changes that one report states by itself, under the rules for zero, missing and small bases.

Nothing missing is turned into 0: a change over a cell without a number is null and its note says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import nan
from typing import TYPE_CHECKING

from .codebook import codebook
from .measures.rounding import exact, half_up
from .measures.steps import NOTES, steps
from .report import Report

if TYPE_CHECKING:
    import pandas as pd


def own_change(report: Report) -> pd.DataFrame:
    """The changes that one report states by itself.

    On the form of 2019, items of the year before → items of this year (``items_previous`` +
    ``items_change``); on every form, requests carried in → carried forward, per applicant. One row each:
    ``table, row, column, unit, base, value, difference, percent, base_share, value_share, points, note``.
    The shares are in percent: of the items of all kinds, or of the requests on hand (received and carried in);
    ``points`` is their difference in percentage points. ``note`` is empty or one of ``new`` (from 0 to
    something: no percentage), ``both_zero`` (0 %), ``missing`` (no change at all), ``small_base`` (base under 10:
    read the counts).
    """
    import pandas as pd

    numbers = ("base", "value", "whole_base", "whole_value")
    lines = [*_item_levels(report), *_carried(report)]
    frame = pd.DataFrame(lines, columns=["table", "row", "column", "unit", *numbers])
    frame = frame.astype(dict.fromkeys(numbers, "float64"))
    difference, growth, note = steps(frame["base"], frame["value"])
    before = [_share(n, whole) for n, whole in zip(frame["base"], frame.pop("whole_base"), strict=True)]
    after = [_share(n, whole) for n, whole in zip(frame["value"], frame.pop("whole_value"), strict=True)]
    points = [None if a is None or b is None else b - a for a, b in zip(before, after, strict=True)]
    return frame.assign(
        difference=difference,
        percent=_rounded(growth.tolist()),
        base_share=_rounded(before),
        value_share=_rounded(after),
        points=_rounded(points),
        note=[("", *NOTES)[code] for code in note],
    ).astype({"note": "str"})


def _share(numerator: float, denominator: float) -> Fraction | None:
    """The exact percentage; None where a figure is missing or the denominator is 0."""
    if numerator != numerator or denominator != denominator or denominator == 0:
        return None
    return 100 * exact(numerator) / exact(denominator)


def _rounded(values: Iterable[float | Fraction | None]) -> list[float]:
    return [nan if value is None or value != value else float(half_up(value)) for value in values]


_Level = tuple[str, str, str, str, float | None, float | None, float | None, float | None]


def _item_levels(report: Report) -> list[_Level]:
    book = codebook()
    levels = []
    for item in book.rows("proactive", report.edition):
        if any(c.code == "items_previous" for c in book.columns("proactive", report.edition, item.code)):
            base = report.value("proactive", item.code, "items_previous")
            step = report.value("proactive", item.code, "items_change")
            levels.append((item.code, base, None if base is None or step is None else base + step))
    whole_base, whole_value = _sum(base for _, base, _ in levels), _sum(value for _, _, value in levels)
    return [
        ("proactive", code, "items_previous", "项", base, value, whole_base, whole_value)
        for code, base, value in levels
    ]


def _carried(report: Report) -> list[_Level]:
    levels: list[_Level] = []
    for column in codebook().columns("requests", report.edition):
        base, value, received = (
            report.value("requests", row, column.code) for row in ("carried_in", "carried_forward", "received_new")
        )
        on_hand = _sum((base, received))
        levels.append(("requests", "carried_in", column.code, "件", base, value, on_hand, on_hand))
    return levels


def _sum(values: Iterable[float | None]) -> float | None:
    """The sum, or None when a part is missing."""
    parts = list(values)
    return None if any(part is None for part in parts) else sum(part for part in parts if part is not None)
