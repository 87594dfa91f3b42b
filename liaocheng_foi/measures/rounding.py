"""Rounding half up on exact decimals, as officials and readers do it: 25.595 → 25.60, not the 25.59 of floats."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def exact(value: float | int | Fraction | Decimal) -> Fraction:
    """The number that was written: a float stands for its shortest decimal, not for its binary neighbour."""
    if isinstance(value, float):
        return Fraction(float.__repr__(value))
    return Fraction(int(value)) if isinstance(value, Integral) else Fraction(value)


def half_up(value: float | int | Fraction, digits: int = 2) -> Decimal:
    """``value`` rounded half away from zero to ``digits`` decimals."""
    number = exact(value)
    scaled = number * 10**digits
    floor, rest = divmod(abs(scaled), 1)
    rounded = floor + (rest >= Fraction(1, 2))
    return Decimal(rounded if number >= 0 else -rounded).scaleb(-digits)


def percent(numerator: float, denominator: float, digits: int = 2) -> Decimal | None:
    """``100·numerator/denominator`` rounded half up; None when the denominator is 0."""
    if denominator == 0:
        return None
    return half_up(100 * exact(numerator) / exact(denominator), digits)


def percents(numerators: np.ndarray, denominators: np.ndarray, digits: int = 2) -> np.ndarray:
    """:func:`percent` of arrays of whole numbers, exact, as floats; the denominators above 0."""
    top, bottom = numerators.astype("int64"), denominators.astype("int64")
    return (200 * 10**digits * top + bottom) // (2 * bottom) / 10**digits


def largest_remainder(counts: Sequence[float], digits: int = 0) -> list[Decimal]:
    """Percentages of a full partition that add up to exactly 100, for chart labels only; never data.

    Each share is rounded down, and the units that are left go to the largest remainders (ties to the first).
    Raises :class:`ValueError` when the counts add up to 0.
    """
    total = sum(exact(count) for count in counts)
    if total == 0:
        raise ValueError("shares of a total of 0 do not exist")
    scaled = [100 * 10**digits * exact(count) / total for count in counts]
    floors = [share.numerator // share.denominator for share in scaled]
    spare = 100 * 10**digits - sum(floors)
    order = sorted(range(len(scaled)), key=lambda i: (floors[i] - scaled[i], i))
    for i in order[:spare]:
        floors[i] += 1
    return [Decimal(floor).scaleb(-digits) for floor in floors]
