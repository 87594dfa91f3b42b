from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaocheng_foi.measures.rounding import exact, half_up, largest_remainder, percent, percents


@given(st.decimals(-(10**6), 10**6, places=5), st.integers(0, 4))
def test_half_up_is_that_of_decimal_even_when_the_number_went_through_a_float(written, digits):
    expected = written.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert half_up(float(written), digits) == half_up(Fraction(written), digits) == expected


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_quotient_computed_as_a_float_rounds_like_the_exact_one(numerator, denominator):
    assert half_up(100 * numerator / denominator) == percent(numerator, denominator)


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 10**7)), min_size=1), st.integers(0, 4))
def test_arrays_round_like_each_of_their_numbers(counts, digits):
    found = percents(*np.array(counts).T, digits)
    assert found.tolist() == [float(percent(top, bottom, digits)) for top, bottom in counts]


def test_numbers_of_numpy_are_numbers():
    assert half_up(np.float64(25.595)) == Decimal("25.60")
    assert exact(np.int64(7)) == 7
    assert percent(np.float64(24), np.float64(1051)) == Decimal("2.28")


def test_the_home_report():
    # exact 60.133/7.992/3.140/25.595/0.856/2.284; half up adds up to 99.99, the report forces 2.29 on the last
    counts = [632, 84, 33, 269, 9, 24]
    rounded = [percent(count, 1051) for count in counts]
    assert [str(share) for share in rounded] == ["60.13", "7.99", "3.14", "25.59", "0.86", "2.28"]
    assert sum(rounded) == Decimal("99.99")
    assert [str(s) for s in largest_remainder(counts, 2)] == ["60.13", "7.99", "3.14", "25.60", "0.86", "2.28"]


def test_shares_of_nothing_do_not_exist():
    with pytest.raises(ValueError, match="total of 0"):
        largest_remainder([0, 0])


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [(25.595, 2, "25.60"), (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (2.5, 0, "3"), (1.005, 2, "1.01")],
)
def test_halves_are_rounded_up_on_the_decimal_as_written(value, digits, rounded):
    assert half_up(value, digits) == Decimal(rounded)


def test_percent_of_nothing():
    assert percent(3, 0) is None
    assert percent(24, 1051) == Decimal("2.28")


def test_largest_remainder_adds_up_and_does_not_favour_the_last():
    found = largest_remainder([632, 84, 33, 269, 9, 24], 2)
    assert sum(found) == 100
    assert found[3] == Decimal("25.60")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any), st.integers(0, 3))
def test_largest_remainder_always_adds_up(counts, digits):
    found = largest_remainder(counts, digits)
    assert sum(found) == 100
    exact = [Decimal(100 * count) / sum(counts) for count in counts]
    assert all(abs(a - b) < Decimal(1).scaleb(-digits) for a, b in zip(found, exact, strict=True))
