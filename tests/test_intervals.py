import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaocheng_foi import SelectionError
from liaocheng_foi.measures.intervals import funnel, newcombe, poisson, wilson

COUNTS = st.tuples(st.integers(1, 20000), st.floats(0, 1)).map(lambda drawn: (round(drawn[0] * drawn[1]), drawn[0]))


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(716, 1051, 65.25, 70.87), (13, 29, 28.4, 62.5), (0, 24, 0, 13.8), (674, 964, 66.9, 72.7)],
)
def test_the_intervals_of_the_home_case(k, n, low, high):
    digits = 2 if n == 1051 else 1
    assert [round(100 * limit, digits) for limit in wilson(k, n)] == [low, high]


def test_nothing_to_divide_by_is_not_a_number_and_not_an_error():
    assert all(math.isnan(limit) for limit in (*wilson(0, 0), *poisson(3, 0), *newcombe(0, 0, 3, 9), *funnel(0.5, 0)))
    low, high = wilson([0, 5, math.nan], [0, 10, 10])
    assert np.isnan(low).tolist() == [True, False, True] == np.isnan(high).tolist()


@pytest.mark.parametrize(
    "call",
    [
        lambda: wilson(5, 4),
        lambda: wilson(-1, 4),
        lambda: wilson(1, 4, level=95),
        lambda: poisson(-1, 10),
        lambda: funnel(40, 100),
    ],
)
def test_misuse_is_refused_in_words(call):
    with pytest.raises(SelectionError):
        call()


@given(COUNTS, st.sampled_from([0.8, 0.95, 0.998]))
def test_wilson_holds_the_share_and_mirrors(counts, level):
    k, n = counts
    low, high = wilson(k, n, level)
    assert 0 <= low <= k / n <= high <= 1
    mirrored = wilson(n - k, n, level)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(COUNTS, COUNTS)
def test_newcombe_holds_the_difference_and_changes_sign(a, b):
    low, high = newcombe(*a, *b)
    assert -1 - 1e-12 <= low <= a[0] / a[1] - b[0] / b[1] <= high <= 1 + 1e-12
    assert newcombe(*b, *a) == pytest.approx((-high, -low), abs=1e-12)


@given(COUNTS, COUNTS, st.sampled_from([0.8, 0.95, 0.998]))
def test_wilson_and_newcombe_agree_with_statsmodels(a, b, level):
    # imported here: it takes every worker a second
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    assert wilson(*a, level) == pytest.approx(proportion_confint(*a, 1 - level, "wilson"), abs=1e-12)
    expected = confint_proportions_2indep(*a, *b, method="newcomb", compare="diff", alpha=1 - level)
    assert newcombe(*a, *b, level) == pytest.approx(expected, abs=1e-9)


@given(st.integers(0, 50000), st.integers(1, 10**6), st.sampled_from([0.8, 0.95, 0.998]))
def test_poisson_agrees_with_statsmodels(k, exposure, level):
    from statsmodels.stats.rates import confint_poisson

    expected = confint_poisson(k, exposure, method="exact-c", alpha=1 - level)
    assert poisson(k, exposure, level) == pytest.approx(tuple(expected), rel=1e-8)


def test_poisson_of_tables_and_rates():
    # the classic table: 10 events, 4.795 to 18.390; none seen, up to 3.689
    assert poisson(10) == pytest.approx((4.7954, 18.3904), abs=1e-4)
    assert poisson(0) == pytest.approx((0, 3.6889), abs=1e-4)
    low, high = poisson([28, 10], [1051, 805])
    assert (1000 * low).round(2).tolist() == [17.70, 5.96] and (1000 * high).round(2).tolist() == [38.50, 22.85]


def test_the_funnel_narrows_with_size_and_stays_inside():
    low, high = funnel(0.6, [1, 100, 10000])
    assert low[0] == 0 and high[0] == 1
    assert (high - low)[2] == pytest.approx((high - low)[1] / 10)
    assert (low[1], high[1]) == pytest.approx((0.50398, 0.69602), abs=1e-5)
    wider = funnel(0.6, 100, 0.998)
    assert wider[0] < low[1] and wider[1] > high[1]
