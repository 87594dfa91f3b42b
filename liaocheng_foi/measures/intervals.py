"""Intervals for rates: how far a rate of this size and volume moves by chance alone.

A report counts every request, so a rate *is* the rate of its year and needs no interval. An interval answers
another question: were the year drawn again from the same process, how different could the rate be? Call it the
process-variation interval. Never put one around a count or a sum. Requests cluster (one person, one land
case), so real variation is wider than any interval here.

Sources: Wilson 1927; Newcombe 1998, method 10; Garwood 1936; Spiegelhalter 2005 for the funnel.
Arithmetic on numpy arrays; numbers in, numbers out; nan where there is nothing to compute.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from ..problems import SelectionError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike

    Interval = tuple[Any, Any]


def wilson(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """(low, high) of the share ``k/n`` between 0 and 1, by the score of Wilson without continuity correction.

    Numbers or arrays; nan where ``n`` is 0 or something is missing. Raises :class:`SelectionError` when ``k`` is
    not between 0 and ``n``.
    """
    import numpy as np

    z = _quantile(level)
    hits, trials = _counts(k, n)
    if np.any((hits < 0) | (hits > trials)):
        raise SelectionError("a share needs 0 <= k <= n; for k above n use a rate (poisson).")
    with np.errstate(divide="ignore", invalid="ignore"):
        share = hits / trials
        middle = share + z * z / (2 * trials)
        spread = z * np.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
        low, high = (middle - spread) / (1 + z * z / trials), (middle + spread) / (1 + z * z / trials)
    # the score interval touches 0 and 1 exactly there; floating point misses by some 1e-17
    return _plain(np.where(hits == 0, np.abs(0 * low), low)), _plain(np.where(hits == trials, 0 * high + 1, high))


def newcombe(k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> Interval:
    """(low, high) of the difference ``k1/n1 − k2/n2``, from the two Wilson intervals."""
    import numpy as np

    (low1, high1), (low2, high2) = wilson(k1, n1, level), wilson(k2, n2, level)
    hits1, trials1 = _counts(k1, n1)
    hits2, trials2 = _counts(k2, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share1, share2 = hits1 / trials1, hits2 / trials2
    difference = share1 - share2
    low = difference - np.hypot(share1 - low1, high2 - share2)
    high = difference + np.hypot(high1 - share1, share2 - low2)
    return _plain(low), _plain(high)


def poisson(k: ArrayLike, exposure: ArrayLike = 1, level: float = 0.95) -> Interval:
    """(low, high) of the rate ``k/exposure`` of events counted, exact (Garwood): for rates per 1,000 and per capita.

    ``k`` may exceed the exposure. Raises :class:`SelectionError` for a negative count.
    """
    import numpy as np
    from scipy.special import gammaincinv

    tail = (1 - _checked(level)) / 2
    events, exposed = _counts(k, exposure)
    if np.any(events < 0):
        raise SelectionError("a count of events cannot be negative.")
    # P(X >= k | mean) is the incomplete gamma function P(k, mean), and P(X <= k | mean) is 1 - P(k + 1, mean)
    exposed = np.where(exposed > 0, exposed, np.nan)
    low = np.where(events == 0, 0 * events, gammaincinv(np.maximum(events, 1), tail)) / exposed
    high = gammaincinv(events + 1, 1 - tail) / exposed
    return _plain(low), _plain(high)


def funnel(target: float, n: ArrayLike, level: float = 0.95) -> Interval:
    """(low, high) between which the share of a body of size ``n`` lies by chance when its rate is ``target``.

    The control limits of a funnel plot, cut at 0 and 1; draw them at 0.95 and 0.998.
    """
    import numpy as np

    if not 0 <= target <= 1:
        raise SelectionError(f"the target of a funnel is a share between 0 and 1, not {target}.")
    z = _quantile(level)
    sizes = np.asarray(n, dtype="float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = z * np.sqrt(target * (1 - target) / np.where(sizes > 0, sizes, np.nan))
    return _plain(np.maximum(target - spread, 0)), _plain(np.minimum(target + spread, 1))


def _checked(level: float) -> float:
    if not 0 < level < 1:
        raise SelectionError(f"the level of an interval lies between 0 and 1, e.g. 0.95, not {level}.")
    return level


def _quantile(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + _checked(level) / 2)


def _counts(k: ArrayLike, n: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    import numpy as np

    hits, trials = np.broadcast_arrays(np.asarray(k, dtype="float64"), np.asarray(n, dtype="float64"))
    return hits, trials


def _plain(values: np.ndarray) -> Any:
    """A float where numbers came in, else the array."""
    return float(values) if values.ndim == 0 else values
