import io
import json
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from panels import balanced, cells_of, framed, panel, real

import liaocheng_foi as foi
from liaocheng_foi.checks import examine
from liaocheng_foi.cli import main
from liaocheng_foi.cli.reference import page
from liaocheng_foi.measures.cube import APPLICANTS
from liaocheng_foi.measures.formula import EXTERNAL
from liaocheng_foi.measures.indicator import STATUS, describe, dictionary, indicators, status_words
from liaocheng_foi.measures.rounding import half_up
from liaocheng_foi.metadata import Metadata
from liaocheng_foi.quality import quality
from liaocheng_foi.report import Report

KEY = ["organ", "year", "indicator", "applicant"]


def one(figures, id, applicant="total", organ=None, year=None, **more):
    frame = indicators(figures, [id], **more)
    frame = frame[frame["applicant"] == applicant]
    if organ is not None:
        frame = frame[(frame["organ"] == organ) & (frame["year"] == year)]
    assert len(frame) == 1
    return frame.iloc[0]


@pytest.mark.parametrize(
    ("organ", "year", "id", "applicant", "shown"),
    [
        # the golden figures of the domain dossier
        ("liaocheng", 2020, "workload", "total", "1064.00"),
        ("liaocheng", 2020, "clearance_new", "total", "99.72"),
        ("liaocheng", 2020, "completion_rate", "total", "98.78"),
        ("liaocheng", 2020, "carryover_rate", "total", "1.22"),
        ("liaocheng", 2020, "backlog_change", "total", "3.00"),
        ("liaocheng", 2020, "disclosure_rate", "total", "68.13"),
        ("liaocheng", 2020, "full_grant_rate", "total", "60.13"),
        ("liaocheng", 2020, "partial_rate", "total", "7.99"),
        ("liaocheng", 2020, "denial_rate", "total", "3.14"),
        ("liaocheng", 2020, "unavailable_rate", "total", "25.59"),
        ("liaocheng", 2020, "not_processed_rate", "total", "0.86"),
        ("liaocheng", 2020, "other_rate", "total", "2.28"),
        ("liaocheng", 2020, "substantive_disclosure_rate", "total", "95.59"),
        ("liaocheng", 2020, "not_held_share", "total", "25.02"),
        ("liaocheng", 2020, "discretionary_denial_share", "total", "39.39"),
        ("liaocheng", 2020, "reason_hhi", "total", "0.25"),
        ("liaocheng", 2020, "natural_share", "total", "91.75"),
        ("liaocheng", 2020, "applicant_hhi", "total", "0.84"),
        ("liaocheng", 2020, "disclosure_rate", "natural_person", "69.92"),
        ("liaocheng", 2020, "disclosure_rate", "business", "44.83"),
        ("liaocheng", 2020, "disclosure_rate", "legal_service", "52.27"),
        ("liaocheng", 2020, "recon_per_1000", "total", "26.64"),
        ("liaocheng", 2020, "litig_per_1000", "total", "28.54"),
        ("liaocheng", 2020, "recon_correction_rate", "total", "0.00"),
        ("liaocheng", 2020, "litig_loss_rate", "total", "0.00"),
        ("shanghai-go", 2019, "disclosure_rate", "total", "34.16"),
        ("shanghai-go", 2019, "recon_correction_rate", "total", "0.00"),
        ("hangzhou", 2025, "disclosure_rate", "total", "55.87"),
        ("hangzhou", 2025, "recon_correction_rate", "total", "14.50"),
        ("hangzhou", 2025, "recon_correction_incl", "total", "12.28"),
        ("hangzhou", 2025, "fee_deterrence", "total", "1.47"),
        ("suqian", 2024, "stock_residual", "total", "0.00"),
    ],
)
def test_golden_figures(organ, year, id, applicant, shown):
    line = one(real(), id, applicant, organ, year)
    assert str(half_up(line["value"])) == shown and line["status"] == "computed"


def test_every_value_has_its_numerator_and_denominator():
    frame = indicators(real())
    known = dictionary()
    there = frame[frame["status"] == "computed"]
    scale = there["indicator"].map({id: one.scale for id, one in known.items()}).astype("float64")
    rate = there["denominator"].notna()
    assert (scale * there["numerator"] / there["denominator"].where(rate, 1) - there["value"]).abs().max() < 1e-9
    assert frame["value"].notna().equals(frame["status"] == "computed")
    assert set(frame["status"].str.removeprefix("previous_")) <= set(STATUS)
    foi.validate(frame, "indicators")
    assert not frame.duplicated(["organ", "year", "scope", "indicator", "applicant"]).any()


def test_blanks_count_as_zero_only_where_the_printed_sums_close():
    line = one(real("shanghai-go-2019"), "denial_rate")
    assert (line["numerator"], line["denominator"]) == (35, 805)
    assert line["note"] == "blank_as_zero|total_derived"
    # nothing printed for suits after reconsideration: no total to close with
    assert one(real("shanghai-go-2019"), "litig_loss_after")["status"] == "blank"
    cells = cells_of("shanghai-go-2019")
    cells["requests", "outcome_total", "total"] += 1
    broken = one(framed(cells, edition=2019, year=2019), "denial_rate")
    assert broken["status"] == "blank" and pd.isna(broken["value"])


@pytest.mark.parametrize("status", ["blank", "not_applicable", "dash"])
def test_a_blank_in_a_table_that_closes(status):
    cells = balanced({"natural_person": {"granted": 40}, "business": {"granted": 2}})
    cells["requests", "partly_granted", "research"] = status
    line = one(framed(cells), "disclosure_rate", "research")
    assert line["status"] == "zero_denominator" and (line["numerator"], line["denominator"]) == (0, 0)
    assert one(framed(cells), "partial_rate")["value"] == 0
    cells["requests", "partly_granted", "business"] = "illegible"
    assert one(framed(cells), "partial_rate", "business")["status"] == "illegible"
    # one cell that cannot be read, and no blank of the table is taken for 0 any more
    assert one(framed(cells), "disclosure_rate", "research")["status"] == status


def test_a_total_printed_blank_is_added_up_and_never_0():
    cells = balanced({"natural_person": {"granted": 40}, "business": {"granted": 2, "partly_granted": 5}})
    cells["requests", "granted", "total"] = None
    line = one(framed(cells), "full_grant_rate")
    assert (line["numerator"], line["denominator"], line["note"]) == (42, 47, "total_derived")
    cells["reviews", "reconsideration", "total"] = None
    line = one(framed(cells), "recon_pending_share")
    assert (line["numerator"], line["denominator"]) == (0, 5) and "total_derived" in line["note"]


def test_an_empty_form_has_no_indicator():
    frame = indicators(framed(dict.fromkeys(balanced({}), None))).set_index("indicator")
    assert frame.loc["completeness", "value"] == 0
    frame = frame.drop(index="completeness")
    assert frame["value"].isna().all() and set(frame["status"]) <= {"blank", "not_on_form", "previous_no_report"}


def test_contradictions_give_no_value():
    # printed total 0 although the parts are 11, one of them corrected
    hongze = indicators(real("hongze-2023")).set_index("indicator")
    assert hongze.loc["recon_correction_rate", "status"] == "contradiction"
    assert hongze.loc["recon_pending_share", "status"] == "zero_denominator"
    assert hongze.loc["recon_per_1000", "note"] == "small_denominator|identity_fails"
    cells = balanced({"natural_person": {"granted": 40}})
    cells["reviews", "reconsideration", "total"] = 1.0
    cells["reviews", "reconsideration", "corrected"] = 3.0
    assert one(framed(cells), "recon_correction_rate")["status"] == "contradiction"
    cells["reviews", "reconsideration", "pending"] = 5.0
    assert one(framed(cells), "recon_upheld_rate")["status"] == "contradiction"


@pytest.mark.parametrize(
    ("handled", "note"), [(9, "tiny_denominator"), (10, "small_denominator"), (29, "small_denominator"), (30, "")]
)
def test_small_denominators_are_flagged(handled, note):
    assert one(framed(balanced({"natural_person": {"granted": handled}})), "full_grant_rate")["note"] == note


def test_the_year_before_is_the_report_of_the_year_before():
    figures = real("suqian-2023", "suqian-2024")
    # (50 + 227) / ((597 + 420) / 2)
    assert one(figures, "normative_turnover", organ="suqian", year=2024)["value"] == pytest.approx(54.4739, abs=1e-4)
    assert one(figures, "normative_turnover", organ="suqian", year=2023)["status"] == "previous_no_report"
    cells = cells_of("suqian-2023")
    cells["proactive", "normative_document", "in_force"] = None
    gap = pd.concat([framed(cells, "suqian", 2023), real("suqian-2024")])
    assert one(gap, "stock_residual", organ="suqian", year=2024)["status"] == "previous_blank"
    elsewhere = pd.concat([real("suqian-2023").assign(scope="organ"), real("suqian-2024")])
    assert one(elsewhere, "stock_residual", organ="suqian", year=2024)["status"] == "previous_no_report"
    assert "上一年" in status_words("previous_blank") and "year before" in status_words("previous_no_report", "en")


def test_other_handling_in_one_row_or_three():
    # on the form of 2021 three rows, though a report may print one
    assert one(real("hongze-2023"), "other_rate")["numerator"] == 0
    assert one(real("hongze-2023"), "fee_deterrence")["status"] == "in_one_row"
    assert one(real("suqian-2023"), "other_rate")["numerator"] == 341
    assert one(real("liaocheng-2020"), "fee_deterrence")["status"] == "not_on_form"


def test_rates_per_resident_need_residents():
    figures = real("suqian-2023", "suqian-2024")
    assert "requests_per_100k" not in set(indicators(figures)["indicator"])
    with pytest.raises(foi.SelectionError, match="external=, a frame with organ, year, population"):
        indicators(figures, ["requests_per_100k"])
    people = pd.DataFrame({"organ": ["suqian"], "year": [2024], "population": [5_000_000]})
    line = one(figures, "requests_per_100k", organ="suqian", year=2024, external=people)
    assert line["value"] == 70.5 and line["denominator"] == 5_000_000
    assert one(figures, "requests_per_100k", organ="suqian", year=2023, external=people)["status"] == "not_given"
    with pytest.raises(foi.SelectionError, match="twice"):
        indicators(figures, external=pd.concat([people, people]))
    with pytest.raises(foi.SelectionError, match="lacks year"):
        indicators(figures, external=people[["organ", "population"]])


def test_the_quality_of_a_report():
    assert one(real("suqian-2025"), "completeness")["value"] == 14
    assert one(real("shanghai-go-2019"), "completeness")["numerator"] == 63
    known = pd.DataFrame({"organ": ["suqian"], "year": [2025], "sums_held": [3], "sums_assessable": [4]})
    line = one(real("suqian-2025"), "integrity", external=known)
    assert (line["value"], line["numerator"], line["denominator"]) == (75, 3, 4)
    of_other_scope = one(real("suqian-2025"), "integrity", external=known.assign(scope="organ"))
    assert of_other_scope["status"] == "not_given"


def test_quality_from_the_checks():
    cells = cells_of("suqian-2024")
    cells["requests", "granted", "total"] += 1
    wrong = foi.Panel.from_figures(framed(cells, "suqian", 2024)).report("suqian", 2024)
    late = Report(wrong.cells(), 2021, Metadata("宿迁市人民政府", 2024, "region-wide", published="2025-04-02"))
    known = quality(examine(late)).iloc[0]
    # the row and the column of the cell
    assert (known["sums_assessable"] - known["sums_held"], known["days_before_deadline"]) == (2, -2)
    frame = indicators(late, external=quality(examine(late))).set_index("indicator")
    assert frame.loc["integrity", "value"] == pytest.approx(100 * known["sums_held"] / known["sums_assessable"])
    assert frame.loc["timeliness_days", "value"] == -2 and frame.loc["agreement", "status"] == "zero_denominator"


def test_indicators_to_be_read_together_name_each_other():
    known = dictionary()
    pairs = {id: indicator.beside for id, indicator in known.items() if indicator.beside}
    assert pairs["disclosure_rate"] == "substantive_disclosure_rate"
    assert all(pairs[other] == id for id, other in pairs.items())


def test_unknown_indicator():
    with pytest.raises(foi.SelectionError, match="no indicator silly"):
        indicators(real("suqian-2023"), ["silly", "workload"])


def test_a_frame_that_holds_no_figures():
    with pytest.raises(foi.SelectionError, match="no figures frame, it has no status"):
        indicators(real("suqian-2023").drop(columns="status"))


def test_a_report_twice():
    figures = real("suqian-2023", "liaocheng-2020")
    again = pd.concat([figures, figures.iloc[::-1]])
    assert indicators(figures).equals(indicators(again))
    other = figures.copy()
    other.loc[3, "value"] += 1
    with pytest.raises(foi.SelectionError, match="suqian 2023 stands twice with different figures"):
        indicators(pd.concat([figures, other]))
    with pytest.raises(foi.SelectionError, match="two editions"):
        indicators(pd.concat([figures, figures.assign(edition=figures["edition"].replace(2021, 2019))]))


def test_order_types_and_the_way_in_do_not_matter():
    figures = real()
    expected = indicators(figures)
    assert indicators(figures.sample(frac=1, random_state=1)).equals(expected)
    kinds = dict.fromkeys(("organ", "scope", "table", "row", "column", "status"), "category")
    assert indicators(figures.astype(kinds | {"year": "int16"})).equals(expected)
    assert indicators(panel()).equals(expected)
    report = panel().report("liaocheng", 2020)
    alone = expected[expected["organ"] == "liaocheng"].reset_index(drop=True)
    pd.testing.assert_frame_equal(indicators(report)[KEY[2:] + ["value"]], alone[KEY[2:] + ["value"]])


def test_an_empty_body_changes_nothing():
    figures = real()
    empty = framed(dict.fromkeys(balanced({}), None), organ="nobody")
    more = indicators(pd.concat([figures, empty]))
    others = more[more["organ"] != "nobody"].astype({"organ": "str"}).reset_index(drop=True)
    assert others.equals(indicators(figures).astype({"organ": "str"}))


COUNTS = st.dictionaries(
    st.sampled_from(APPLICANTS),
    st.dictionaries(
        st.sampled_from(["granted", "partly_granted", "denied.state_secret", "unavailable.not_held", "other.rest"]),
        st.integers(0, 500),
    ),
)


@settings(max_examples=12)
@given(COUNTS)
def test_the_six_outcome_rates_add_up_and_shares_stay_within_bounds(handled):
    frame = indicators(framed(balanced(handled)))
    six = ["full_grant_rate", "partial_rate", "denial_rate", "unavailable_rate", "not_processed_rate", "other_rate"]
    sums = frame[frame["indicator"].isin(six)].groupby("applicant", observed=True)["value"].agg(["sum", "count"])
    assert all(count == 0 or abs(total - 100) < 1e-9 for total, count in sums.to_numpy())
    shares = frame["indicator"].map({id: one.interval == "wilson" for id, one in dictionary().items()}).astype(bool)
    assert frame.loc[shares, "value"].dropna().between(0, 100).all()
    hhi = frame.loc[frame["indicator"].isin(["reason_hhi", "applicant_hhi"]), "value"].dropna()
    assert hhi.between(0, 1).all()
    values = frame.set_index(["indicator", "applicant"])["value"]
    if values["applicant_hhi"].notna().all():
        assert values["effective_types"].iloc[0] * values["applicant_hhi"].iloc[0] == pytest.approx(1)


@settings(max_examples=8)
@given(COUNTS)
def test_the_evaluator_agrees_with_arithmetic_by_hand(handled):
    cells = balanced(handled)
    values = {cell: value for cell, value in cells.items() if cell[0] == "requests"}
    frame = indicators(framed(cells)).set_index(["indicator", "applicant"])["value"]
    for who in (*APPLICANTS, "total"):
        handled_of = values["requests", "outcome_total", who]
        good = values["requests", "granted", who] + values["requests", "partly_granted", who]
        found = frame["disclosure_rate", who]
        assert pd.isna(found) if handled_of == 0 else found == pytest.approx(100 * good / handled_of)


def test_intervals_stand_beside_rates_and_never_beside_counts():
    frame = foi.indicator.with_intervals(indicators(real("liaocheng-2020"))).set_index(["indicator", "applicant"])
    line = frame.loc[("disclosure_rate", "total")]
    assert (round(line["low"], 2), round(line["high"], 2), line["interval"]) == (65.25, 70.87, "wilson")
    assert round(frame.loc[("recon_correction_rate", "total"), "high"], 1) == 13.8
    assert frame.loc[("recon_per_1000", "total"), "interval"] == "poisson"
    counts = frame[frame["unit"] == "件"]
    assert counts[["low", "high"]].isna().all(axis=None) and set(counts["interval"]) == {""}


def test_the_dictionary():
    frame = describe()
    assert frame["id"].is_unique and len(frame) == 65
    assert (frame[["zh", "en", "family", "numerator", "unit"]] != "").all(axis=None)
    for indicator in dictionary().values():
        assert indicator.references and set(indicator.editions) <= {2019, 2021}
        assert indicator.interval in ("", "wilson", "poisson") and indicator.applicants in ("total", "types", "each")


def test_the_editions_of_the_dictionary_are_those_with_all_the_cells():
    people = pd.DataFrame({"organ": ["suqian", "liaocheng"], "year": [2024, 2020], **dict.fromkeys(EXTERNAL, 5e6)})
    frame = indicators(real("liaocheng-2020", "suqian-2023", "suqian-2024"), external=people)
    frame = frame[(frame["year"] != 2023) & (frame["status"] != "not_on_form")]
    computed = frame.groupby("indicator", observed=True)["edition"].agg(lambda editions: tuple(sorted(set(editions))))
    assert computed.to_dict() == {id: indicator.editions for id, indicator in dictionary().items()}


def test_no_chinese_word_of_the_dictionary_is_in_the_code():
    code = (Path(foi.__file__).parent / "measures" / "indicator.py").read_text(encoding="utf-8")
    assert not any(indicator.zh in code for indicator in dictionary().values())


def ran(capsys, *arguments):
    status = main([*map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def here(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_the_command_prints_a_report(capsys, here):
    status, out, _ = ran(capsys, "indicators", "liaocheng-2020", "--lang", "en")
    assert status == 0 and out.startswith("Liaocheng Municipal Government 2020\n")
    line = next(line for line in out.splitlines() if line.startswith("  disclosure rate "))
    assert line.split()[2:] == ["68.13", "%", "716/1,051", "[65.25,", "70.87]"]
    assert "this edition of the form has no such cell" in out
    _, zh, _ = ran(capsys, "indicators", "liaocheng:2020", "--each", "--id", "disclosure_rate")
    # under ten cases no rate, the counts only
    line = next(line for line in zh.splitlines() if "科研机构" in line)
    assert "2/5" in line and "%" not in line and "分母小于10" in line


def test_the_command_prints_the_same_as_the_function(capsys, here):
    status, out, _ = ran(capsys, "indicators", "suqian:2024", "liaocheng-2020", "--format", "csv")
    frame = pd.read_csv(io.StringIO(out)).set_index(["organ", "indicator", "applicant"])
    assert status == 0 and frame.loc[("suqian", "disclosure_rate", "total"), "value"] == pytest.approx(
        100 * 1902 / 3521
    )
    # the year before comes from the stored data
    assert frame.loc[("suqian", "normative_turnover", "total"), "value"] == pytest.approx(100 * 277 / 508.5)
    assert set(frame["year"]) == {2024, 2020}
    _, text, _ = ran(capsys, "indicators", "suqian:2024", "--format", "json", "--id", "stock_residual")
    assert [(line["value"], line["status"]) for line in json.loads(text)] == [(0, "computed")]


def test_the_command_lists_the_dictionary(capsys):
    status, out, _ = ran(capsys, "indicators", "--list")
    assert status == 0 and [line.split()[0] for line in out.splitlines()] == list(dictionary())
    _, csv_text, _ = ran(capsys, "indicators", "--list", "--format", "csv")
    assert pd.read_csv(io.StringIO(csv_text))["id"].tolist() == list(dictionary())


def test_the_command_with_what_is_not_there(capsys, here):
    status, out, err = ran(capsys, "indicators", "nowhere", "suqian:2024", "--id", "stock_residual", "--format", "csv")
    assert status == 2 and "'nowhere'; known:" in err and out.count("\n") == 2
    assert ran(capsys, "indicators", "suqian:2024", "--id", "silly")[0] == 2


def test_the_page_is_up_to_date():
    assert (ROOT / "docs" / "indicators.md").read_text(encoding="utf-8") == page("indicators.md"), "run: foi reference"
    assert (ROOT / "docs" / "series.md").read_text(encoding="utf-8") == page("series.md"), "run: foi reference"
