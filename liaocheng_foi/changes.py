"""Shares with their denominators, group sums, and change under the rules for zero, missing and small bases.

Nothing missing is turned into 0: a share or sum over a cell without a number is null and its status says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import nan
from typing import TYPE_CHECKING

from .codebook import GROUPS, codebook
from .problems import SelectionError
from .report import Report
from .rounding import exact, half_up, percent
from .steps import NOTES, steps

if TYPE_CHECKING:
    import pandas as pd

#: The six outcomes of the closing identity: two single rows and the four groups.
OUTCOMES = ("granted", "partly_granted", *GROUPS)

_WHO = ["organ", "year", "edition", "scope"]


def outcomes(requests: pd.DataFrame) -> pd.DataFrame:
    """The six outcomes per applicant: ``requests`` with the rows of each group summed.

    Same columns as ``requests``; ``item`` is one of :data:`OUTCOMES`. A sum is null when one of its rows has no
    number; its ``status`` is then that of the first such row.
    """
    import pandas as pd

    items = requests["item"]
    group = items.where(items.isin(OUTCOMES), items.str.split(".").str[0])
    parts = requests.assign(item=group)[group.isin(OUTCOMES)]
    keys = [*_WHO, "item", "applicant"]
    grouped = parts.groupby(keys, sort=False, dropna=False)
    frame = grouped["count"].sum().reset_index()
    unknown = parts[parts["count"].isna()]
    reasons = unknown.groupby(keys, sort=False, dropna=False)["status"].first()
    frame = frame.merge(reasons.reset_index(), on=keys, how="left")
    frame["count"] = frame["count"].astype("Int64").mask(frame["status"].notna())
    frame["status"] = frame["status"].fillna("reported")
    order = pd.Categorical(frame["item"], OUTCOMES, ordered=True)
    return (
        frame.assign(_order=order)
        .sort_values([*_WHO, "_order"], kind="stable")
        .drop(columns="_order")
        .reset_index(drop=True)
    )


def shares(requests: pd.DataFrame, within: str = "applicant") -> pd.DataFrame:
    """Shares of the six outcomes, with the denominator each was divided by.

    ``within="applicant"``: of all requests handled for that applicant (``outcome_total`` of its column);
    ``within="item"``: of all applicants of that outcome (the ``total`` column);
    ``within="table"``: of all requests handled.
    Columns: the key of ``requests``, ``count``, ``denominator``, ``share`` in percent rounded half up to two
    decimals; null where count or denominator is missing or the denominator is 0. Raises
    :class:`SelectionError` for another ``within``.
    """
    if within not in ("applicant", "item", "table"):
        raise SelectionError(f"within is {within!r}; it must be applicant, item or table.")
    frame = outcomes(requests)
    totals = requests[requests["item"] == "outcome_total"]
    if within == "applicant":
        denominators = totals[[*_WHO, "applicant", "count"]].rename(columns={"count": "denominator"})
        frame = frame.merge(denominators, on=[*_WHO, "applicant"], how="left")
    elif within == "item":
        rows = frame[frame["applicant"] == "total"][[*_WHO, "item", "count"]].rename(columns={"count": "denominator"})
        frame = frame.merge(rows, on=[*_WHO, "item"], how="left")
    else:
        whole = totals[totals["applicant"] == "total"][[*_WHO, "count"]].rename(columns={"count": "denominator"})
        frame = frame.merge(whole, on=_WHO, how="left")
    return frame.assign(share=_percents(frame["count"], frame["denominator"])).drop(columns="status")


def _percents(numerators: pd.Series, denominators: pd.Series) -> pd.Series:
    import pandas as pd

    values = [
        None if pd.isna(n) or pd.isna(d) or d == 0 else float(percent(float(n), float(d)))  # type: ignore[arg-type]
        for n, d in zip(numerators, denominators, strict=True)
    ]
    return pd.Series(values, index=numerators.index, dtype="float64")


def applicant_shares(requests: pd.DataFrame, item: str = "received_new") -> pd.DataFrame:
    """Share of each applicant type in one row of the form, by default the requests newly received."""
    frame = requests[requests["item"] == item]
    totals = frame[frame["applicant"] == "total"][[*_WHO, "count"]].rename(columns={"count": "denominator"})
    parts = frame[frame["applicant"] != "total"].merge(totals, on=_WHO, how="left")
    return parts.assign(share=_percents(parts["count"], parts["denominator"])).drop(columns="status")


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
