"""A body among its peers: who lies outside of what chance alone would give, instead of a ranking."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..problems import SelectionError
from .cube import HasFigures
from .indicator import dictionary, evaluate
from .intervals import funnel, wilson

_LEVELS = (0.95, 0.998)


def peers(
    data: HasFigures | pd.DataFrame,
    year: int | None = None,
    indicator: str = "disclosure_rate",
    scope: str | None = None,
) -> pd.DataFrame:
    """One share of every body in one year (the last, where none is given) beside the pooled share of all of them.

    Columns ``organ, scope, numerator, denominator, value, low, high, pooled, low_95, high_95, low_998, high_998,
    position, status, note``, in percent. ``low, high`` is the body's own process-variation interval (Wilson 95 %);
    ``pooled`` is computed from summed counts. ``position``: ``within``, ``outside_95``, ``outside_998`` of the
    limits that a body of its size keeps by chance; empty without a value.
    Raises :class:`SelectionError` when the bodies of that year are of several scopes and none is chosen, when the
    indicator is not a share, or nobody reported.
    """
    known = dictionary()
    if indicator in known and known[indicator].interval != "wilson":
        raise SelectionError(f"{indicator} is not a share of a whole, so it has no funnel.")
    found = evaluate(data, [indicator])
    cube = found.cube
    year = int(cube.year.max(initial=0)) if year is None else year
    there = cube.year == year
    if scope is not None:
        there &= np.array([*cube.scope_names, None], dtype=object)[cube.scope] == scope
    places = np.flatnonzero(there)
    if not len(places):
        raise SelectionError(f"there is no report of {year}{f' of scope {scope}' if scope else ''}.")
    if len(set(cube.scope[places].tolist())) > 1:
        raise SelectionError(
            f"the reports of {year} are of several scopes ({', '.join(cube.scope_names)}); choose one."
        )
    frame = found.frame()
    frame = frame[(frame["applicant"] == "total") & (frame["year"] == year)]
    if scope is not None:
        frame = frame[frame["scope"] == scope]
    top, bottom = (frame[name].where(frame["status"] == "computed") for name in ("numerator", "denominator"))
    pooled = top.sum() / bottom.sum() if bottom.sum() > 0 else np.nan
    columns = {"pooled": np.full(len(frame), 100 * pooled)}
    columns["low"], columns["high"] = (100 * limit for limit in wilson(top, bottom))
    outside = np.full(len(frame), "", dtype=object)
    outside[frame["value"].notna()] = "within"
    for level in _LEVELS:
        name = f"{level:g}".removeprefix("0.")
        if pooled == pooled:
            low, high = (100 * limit for limit in funnel(float(pooled), bottom, level))
        else:
            low = high = np.full(len(frame), np.nan)
        columns[f"low_{name}"], columns[f"high_{name}"] = low, high
        outside[(frame["value"] < low) | (frame["value"] > high)] = f"outside_{name}"
    frame = frame.assign(**columns, position=outside)
    order = ["organ", "scope", "numerator", "denominator", "value", "low", "high", "pooled"]
    limits = ["low_95", "high_95", "low_998", "high_998"]
    return frame[[*order, *limits, "position", "status", "note"]].reset_index(drop=True)
