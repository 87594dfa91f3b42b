import pandas as pd
import pytest
from hypothesis import given, settings
from panels import balanced, cells_of, framed, panel, real
from test_indicator import COUNTS

import liaocheng_foi as foi
from liaocheng_foi.measures.composition import OUTCOMES, outcomes, shares


def of(frame, item, applicant="total"):
    found = frame[(frame["item"] == item) & (frame["applicant"] == applicant)]
    assert len(found) == 1
    return found.iloc[0]


def test_group_sums_and_shares_of_the_home_case():
    frame = shares(real("liaocheng-2020")).query("applicant == 'total'").set_index("item")
    assert frame["count"].tolist() == [632, 84, 33, 269, 9, 24]
    assert frame["share"].tolist() == [60.13, 7.99, 3.14, 25.59, 0.86, 2.28]
    assert set(frame["denominator"]) == {1051} and set(frame["status"]) == {"computed"}


def test_denominators_are_explicit():
    figures = real("liaocheng-2020")
    natural = of(shares(figures, "item"), "granted", "natural_person")
    assert natural[["count", "denominator", "share"]].tolist() == [597, 632, 94.46]
    whole = of(shares(figures, "table"), "granted", "natural_person")
    assert whole[["count", "denominator", "share"]].tolist() == [597, 1051, 56.80]
    column = of(shares(figures, items=["denied.administrative_query"]), "denied.administrative_query")
    assert column[["count", "denominator", "share"]].tolist() == [12, 1051, 1.14]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("year",), "applicant, item or table"),
        (("item", ["granted", "silly"]), "no row silly"),
        (("applicant", ["received_new"]), "received_new is no outcome"),
    ],
)
def test_misuse(arguments, words):
    with pytest.raises(foi.SelectionError, match=words):
        shares(real("liaocheng-2020"), *arguments)


def test_who_asked():
    frame = shares(real("liaocheng-2020"), "item", "received_new").set_index("applicant")
    assert frame.loc["natural_person", "share"] == 91.75
    assert frame.loc["total", "share"] == 100 and frame["count"].iloc[:-1].sum() == 1054


def test_a_missing_part_makes_the_sum_missing_not_smaller():
    cells = cells_of("liaocheng-2020")
    cells["requests", "denied.state_secret", "total"] = "illegible"
    frame = shares(framed(cells, edition=2019))
    assert pd.isna(of(frame, "denied")["count"]) and pd.isna(of(frame, "denied")["share"])
    assert of(frame, "denied")["status"] == "illegible" and of(frame, "granted")["share"] == 60.13
    printed = outcomes(foi.Panel.from_figures(framed(cells, edition=2019)).requests)
    assert of(printed, "denied")["status"] == "illegible" and of(printed, "granted")["count"] == 632


def test_a_total_printed_blank_is_the_sum_of_its_parts_and_says_so():
    line = of(shares(real("shanghai-go-2019")), "granted")
    assert (line["count"], line["denominator"], line["share"]) == (272, 805, 33.79)
    assert line["note"] == "blank_as_zero|total_derived"


def test_nothing_handled_has_no_shares():
    line = of(shares(framed(balanced({"natural_person": {"granted": 5}}))), "granted", "research")
    assert (line["count"], line["denominator"], line["status"]) == (0, 0, "zero_denominator")
    assert pd.isna(line["share"])


def test_rows_that_a_form_does_not_have():
    assert of(shares(real("liaocheng-2020"), items="other.rest"), "other.rest")["status"] == "not_on_form"


def test_the_way_in_does_not_matter():
    every = panel()
    expected = shares(every)
    pd.testing.assert_frame_equal(shares(every.requests), expected)
    pd.testing.assert_frame_equal(shares(every.figures.sample(frac=1, random_state=1)), expected)
    report = shares(every.report("suqian", 2024))
    mine = expected[(expected["organ"] == "suqian") & (expected["year"] == 2024)].reset_index(drop=True)
    pd.testing.assert_frame_equal(report.astype(str), mine.astype(str))


@settings(max_examples=8)
@given(COUNTS)
def test_shares_of_a_whole_add_up(handled):
    figures = framed(balanced(handled))
    by_applicant = shares(figures).groupby("applicant", observed=True)["share"].agg(["sum", "count"])
    assert all(count == 0 or abs(total - 100) <= 0.005 * len(OUTCOMES) for total, count in by_applicant.to_numpy())
    rows = shares(figures, "item")
    by_row = rows[rows["applicant"] != "total"].groupby("item", observed=True)["share"].agg(["sum", "count"])
    assert all(count == 0 or abs(total - 100) <= 0.03 for total, count in by_row.to_numpy())
    whole = shares(figures, "table")
    cells = whole[whole["applicant"] != "total"]["share"]
    assert cells.isna().all() or abs(cells.sum() - 100) <= 0.005 * len(cells)
