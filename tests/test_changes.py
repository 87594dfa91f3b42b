from decimal import Decimal

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

import liaocheng_foi as foi
from liaocheng_foi.changes import OUTCOMES, applicant_shares, outcomes, own_change, shares
from liaocheng_foi.rounding import half_up, largest_remainder, percent


@pytest.fixture(scope="module")
def report():
    return foi.load(ROOT / "data" / "processed").report("liaocheng-2020")


def changed(report, row, column, value, table="requests"):
    frame = report.figures.copy()
    where = (frame["table"] == table) & (frame["row"] == row) & (frame["column"] == column)
    frame.loc[where, ["value", "status"]] = [value, "reported" if value is not None else "blank"]
    return foi.Report.from_figures(frame)


def test_group_sums_and_shares_of_the_home_case(report):
    frame = shares(report.requests).query("applicant == 'total'").set_index("item")
    assert frame["count"].tolist() == [632, 84, 33, 269, 9, 24]
    assert frame["share"].tolist() == [60.13, 7.99, 3.14, 25.59, 0.86, 2.28]
    assert set(frame["denominator"]) == {1051}


def test_denominators_are_explicit(report):
    natural = shares(report.requests, "item").query("applicant == 'natural_person' and item == 'granted'")
    assert natural[["count", "denominator", "share"]].values.tolist() == [[597, 632, 94.46]]
    whole = shares(report.requests, "table").query("applicant == 'natural_person' and item == 'granted'")
    assert whole[["count", "denominator", "share"]].values.tolist() == [[597, 1051, 56.80]]
    with pytest.raises(foi.SelectionError, match="applicant, item or table"):
        shares(report.requests, "year")


def test_applicants(report):
    frame = applicant_shares(report.requests).set_index("applicant")
    assert frame.loc["natural_person", "share"] == 91.75
    assert frame["count"].sum() == 1054


def test_a_missing_part_makes_the_sum_missing_not_smaller(report):
    less = changed(report, "denied.state_secret", "total", None)
    frame = outcomes(less.requests).query("applicant == 'total'").set_index("item")
    assert frame["count"].isna()["denied"] and frame.loc["denied", "status"] == "blank"
    assert frame.loc["granted", "count"] == 632
    assert shares(less.requests).query("applicant == 'total' and item == 'denied'")["share"].isna().all()


def test_no_requests_no_shares(report):
    none = changed(report, "outcome_total", "research", 0.0)
    assert shares(none.requests).query("applicant == 'research'")["share"].isna().all()


def test_the_changes_that_the_report_states(report):
    frame = own_change(report).set_index(["row", "column"])
    licences = frame.loc[("license", "items_previous")]
    assert licences[["base", "value", "difference", "percent"]].tolist() == [1373, 833, -540, -39.33]
    carried = frame.loc[("carried_in", "total")]
    assert carried[["base", "value", "difference", "percent"]].tolist() == [10, 13, 3, 30.0]
    # 10 and 13 of 1064 on hand: 0.94 % and 1.22 %, 0.28 points apart
    assert carried[["base_share", "value_share", "points"]].tolist() == [0.94, 1.22, 0.28]
    assert frame.loc[("carried_in", "business"), "note"] == "both_zero"


@pytest.mark.parametrize(
    ("base", "value", "difference", "growth", "note"),
    [
        (0, 5, 5, None, "new"),
        (0, 0, 0, 0, "both_zero"),
        (4, 6, 2, 50.0, "small_base"),
        (20, 15, -5, -25.0, ""),
        (None, 5, None, None, "missing"),
        (5, None, None, None, "missing"),
    ],
)
def test_zero_missing_and_small_bases(report, base, value, difference, growth, note):
    given = changed(changed(report, "carried_in", "total", base), "carried_forward", "total", value)
    line = own_change(given).set_index(["row", "column"]).loc[("carried_in", "total")]
    got = [None if line[name] != line[name] else line[name] for name in ("difference", "percent")]
    assert got == [difference, growth] and line["note"] == note


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
    assert dict(zip(OUTCOMES, found, strict=True))["unavailable"] == Decimal("25.60")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any), st.integers(0, 3))
def test_largest_remainder_always_adds_up(counts, digits):
    found = largest_remainder(counts, digits)
    assert sum(found) == 100
    exact = [Decimal(100 * count) / sum(counts) for count in counts]
    assert all(abs(a - b) < Decimal(1).scaleb(-digits) for a, b in zip(found, exact, strict=True))
