"""From one number to another: difference and percentage under the rules for zero, missing and small bases.

The one place where these rules stand; every change in the package goes through it, one number or a million.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike

#: Below this base a percentage says little: it is given, and flagged.
SMALL_BASE = 10

#: What :func:`steps` may say of a step; at most one each.
NOTES = ("missing", "new", "both_zero", "small_base", "negative_base")


def steps(base: ArrayLike, value: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(difference, percent, note) of each step of two arrays from ``base`` to ``value``.

    ``missing``: one of the two is not a number, so there is neither difference nor percentage. ``new``: from 0 to
    something, which has no percentage. ``both_zero``: 0 and 0 %. ``small_base``: a base under 10, read the counts.
    ``negative_base``: a percentage of it has no meaning.
    The note is 0 for none, else its place in :data:`NOTES` counted from 1. Percentages are not rounded.
    """
    import numpy as np

    before, after = np.asarray(base, dtype="float64"), np.asarray(value, dtype="float64")
    difference = after - before
    nothing, still = before == 0, difference == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = 100 * difference / before
    percent[nothing] = np.where(still[nothing], 0, np.nan)
    note = np.zeros(difference.shape, dtype="int8")
    note[(before > 0) & (before < SMALL_BASE)] = 4
    percent[before < 0], note[before < 0] = np.nan, 5
    note[nothing] = np.where(still[nothing], 3, 2)
    note[np.isnan(difference)] = 1
    return difference, percent, note
