import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from panels import balanced, cells_of, framed, panel, real
from test_indicator import COUNTS

import liaocheng_foi as foi
from liaocheng_foi.measures.decomposition import decompose, decompositions, standardised_rates
from liaocheng_foi.measures.growth import contributions, index
from liaocheng_foi.measures.restated import continuity
from liaocheng_foi.measures.series import all_series, breaks, find
from liaocheng_foi.measures.steps import NOTES, steps
from liaocheng_foi.measures.years import change, notes

SUQIAN = ("suqian-2023", "suqian-2024")


def line(frame, row, column="total"):
    found = frame[(frame["row"] == row) & (frame["column"] == column)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize(
    ("base", "value", "difference", "percent", "note"),
    [
        (100, 125, 25, 25, ""),
        (0, 5, 5, None, "new"),
        (0, 0, 0, 0, "both_zero"),
        (9, 18, 9, 100, "small_base"),
        (10, 5, -5, -50, ""),
        (4, 0, -4, -100, "small_base"),
        (-5, 5, 10, None, "negative_base"),
        (None, 5, None, None, "missing"),
        (5, None, None, None, "missing"),
        (0, None, None, None, "missing"),
    ],
)
def test_the_rules_for_zero_missing_and_small_bases(base, value, difference, percent, note):
    given = [np.array([math.nan if x is None else x], float) for x in (base, value)]
    got = [None if math.isnan(part[0]) else part[0] for part in steps(*given)[:2]]
    assert got == [difference, percent]
    assert ["", *NOTES][steps(*given)[2][0]] == note


def test_suqian_2023_to_2024():
    frame = change(real(*SUQIAN), 2023, 2024)
    other = line(frame, "other")
    assert (other["base"], other["value"], other["difference"]) == (341, 469, 128)
    assert round(other["percent"], 2) == 37.54 and other["note"] == ""
    received = line(frame, "received_new")
    assert (received["base"], received["value"], round(received["percent"], 4)) == (3511, 3525, 0.3987)
    assert line(frame, "denied.state_secret")["note"] == "new"
    assert line(frame, "not_processed.publication")["note"] == "both_zero"
    assert line(frame, "reconsideration")["note"] == "law_2024"
    cells = {find(f"{r.table}/{r.row}/{r.column}").cell(2021) for r in frame.itertuples()} - {None}
    assert len(cells) == 200 and frame["difference"].notna().all()
    # the last decimals of a logarithm differ from processor to processor
    assert line(frame, "received_new")["log_change"] == round(100 * math.log(3525 / 3511), 9)


def test_the_rates_of_suqian_change_by_points_and_never_by_percent():
    frame = change(real(*SUQIAN), 2023, 2024, of="indicators", level=0.95).set_index(["indicator", "applicant"])
    rate = frame.loc[("disclosure_rate", "total")]
    # 1519/3486 and 1902/3521
    assert round(rate["difference"], 2) == 10.44 and rate["difference_unit"] == "百分点" and pd.isna(rate["percent"])
    assert (round(rate["low"], 2), round(rate["high"], 2)) == (8.11, 12.76)
    assert frame.loc[("recon_correction_rate", "total"), "note"] == "law_2024"
    assert round(frame.loc[("workload", "total"), "percent"], 2) == 1.08
    assert frame.loc[frame["difference_unit"] == "百分点", "percent"].isna().all()


def test_over_a_new_form():
    cells = cells_of("liaocheng-2020")
    figures = pd.concat([framed(cells, "here", 2020, 2019), framed(cells_of("suqian-2023"), "here", 2021)])
    frame = change(figures, 2020, 2021)
    issued = line(frame[frame["row"] == "normative_document"], "normative_document", "issued")
    assert (issued["base"], issued["value"], issued["note"]) == (131, 109, "weak_link|form_2021")
    for column, note in (("published_total", "not_on_form"), ("in_force", "not_on_base_form")):
        stock = line(frame, "normative_document", column)
        assert pd.isna(stock["difference"]) and stock["note"] == f"missing|{note}|form_2021"
    assert line(frame, "other")["note"] == "form_2021|fee_2021" and line(frame, "other")["difference"] == 341 - 24
    assert line(frame, "other.rest")["base_status"] == "not_on_form"
    rates = change(figures, 2020, 2021, of="indicators").set_index(["indicator", "applicant"])["note"]
    assert rates["licence_penalty_ratio", "total"] == "weak_link|form_2021"
    assert rates["disclosure_rate", "business"].split("|")[-2:] == ["form_2021", "fee_2021"]


def test_a_body_that_lacks_one_of_the_years_stays_in_sight():
    frame = change(real(*SUQIAN, "hongze-2023", "huaian-2024"), 2023, 2024)
    gone = line(frame[frame["organ"] == "hongze"], "granted")
    assert (gone["base"], gone["status"], gone["note"]) == (0, "no_report", "missing|no_report")
    came = line(frame[frame["organ"] == "huaian"], "granted")
    assert (came["value"], came["base_status"], came["note"]) == (1362, "no_report", "missing|no_base_report")


def test_a_body_that_changed_its_scope_stays_in_sight():
    figures = pd.concat([real("suqian-2023").assign(scope="own-level"), real("suqian-2024")])
    for frame in (change(figures), change(figures, 2023, 2024).query("scope == 'region-wide'")):
        assert len(frame) == 228 and set(frame["note"]) == {
            "missing|no_base_report|other_scope|law_2024",
            "missing|no_base_report|other_scope",
        }
    rates = change(figures, of="indicators")
    assert rates["note"].str.contains("other_scope").all() and rates["difference"].isna().all()


def test_a_body_renamed_or_merged_stays_in_sight():
    columns = ["code", "zh", "en", "level", "parent", "valid_from", "valid_to"]
    organs = pd.DataFrame(
        [("old", "旧", "Old", "city", None, None, "2023-12-31"), ("new", "新", "New", "city", None, "2024-01-01", "")],
        columns=columns,
    )
    figures = pd.concat([real("suqian-2023").assign(organ="old"), real("suqian-2024").assign(organ="new")])
    for frame in (
        change(foi.Panel.from_figures(figures, organs), 2023, 2024, of=of) for of in ("figures", "indicators")
    ):
        of_body = frame.groupby("organ", observed=True)["note"].agg(lambda notes: set(notes.iloc[0].split("|")))
        assert {"no_report", "no_longer"} <= of_body["old"] and {"no_base_report", "not_yet"} <= of_body["new"]
        assert frame["difference"].isna().all()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((2019, 2024), "no report of 2019; years with reports: 2023, 2024"),
        ((2023, None), "two years"),
        ((2023, 2023), "two years"),
    ],
)
def test_years_that_are_not_there(arguments, words):
    with pytest.raises(foi.SelectionError, match=words):
        change(real(*SUQIAN), *arguments)


def test_other_misuse():
    with pytest.raises(foi.SelectionError, match="figures or indicators"):
        change(real(*SUQIAN), of="rates")
    with pytest.raises(foi.SelectionError, match="no series 'requests/silly'"):
        change(real(*SUQIAN), ids=["requests/silly"])


def test_every_year_with_the_one_before():
    figures = real(*SUQIAN, "suqian-2025", "liaocheng-2020")
    frame = change(figures)
    assert sorted(set(zip(frame["organ"], frame["base_year"], frame["year"], strict=True))) == [
        ("suqian", 2023, 2024),
        ("suqian", 2024, 2025),
    ]
    pair = change(figures[figures["organ"] == "suqian"], 2023, 2024)
    mine = frame[frame["year"] == 2024].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine.astype(str), pair.astype(str))
    gap = change(figures[figures["year"] != 2024])
    assert set(gap["note"]) == {"missing|no_base_report"} and set(gap["base_year"]) == {2024}
    assert change(real("liaocheng-2020")).empty


def test_every_note_has_words():
    said = set()
    figures = pd.concat([real(), framed(cells_of("liaocheng-2020"), "suqian", 2022, 2019)])
    for frame in (change(figures), change(figures, 2023, 2024, of="indicators")):
        said |= {word for note in frame["note"].unique() for word in note.split("|") if word}
    assert said and said <= set(notes())


def test_index_starts_anew_behind_a_break():
    values = {2019: 80, 2020: 100, 2021: 150, 2022: 300, 2024: 600}
    frames = []
    for year, count in values.items():
        edition = 2019 if year < 2021 else 2021
        frames.append(framed(balanced({"natural_person": {"granted": count}}, edition), "here", year, edition))
    frame = index(pd.concat(frames), "requests/granted", 2021).set_index("year")
    assert frame["base_year"].tolist() == [2019, 2019, 2021, 2021, 2021]
    assert frame["index"].tolist() == [100, 125, 100, 200, 400]
    # four times as much in three years
    assert frame["growth"].round(6).tolist()[4] == round(100 * (4 ** (1 / 3) - 1), 6)
    assert frame["growth"].isna().tolist() == [True, True, True, True, False]
    # the year before the break is an index of the mixed year
    assert frame["note"].tolist() == ["mixed_2019", "mixed_2019", "", "", ""]
    few = pd.concat([framed(balanced({"natural_person": {"granted": n}}), "few", 2014 + n) for n in (8, 9)])
    assert index(few, "requests/granted", 2022)["note"].tolist() == ["small_base", "small_base"]
    assert set(contributions(few, 2022, 2023)["note"]) == {"small_base"}
    with pytest.raises(foi.SelectionError, match="no report of 1999; years with reports: 2019, 2020"):
        index(pd.concat(frames), "requests/granted", 1999)
    none = index(pd.concat(frames), "requests/partly_granted", 2021)
    assert none["index"].isna().all() and set(none["note"].str.split("|").str[-1]) == {"no_base"}


def test_contributions_of_suqian():
    frame = contributions(real(*SUQIAN), 2023, 2024).set_index("part")
    assert frame["difference"].tolist() == [240, 143, -50, -137, -289, 128]
    assert frame["contribution"].sum() == pytest.approx(100 * 35 / 3486)
    assert round(frame.loc["granted", "contribution"], 2) == 6.88
    with pytest.raises(foi.SelectionError, match="outcome, applicant or organ"):
        contributions(real(*SUQIAN), 2023, 2024, "year")


def test_growth_over_a_break_says_so():
    figures = pd.concat(
        [framed(cells_of("liaocheng-2020"), "here", 2020, 2019), framed(cells_of("suqian-2023"), "here", 2021)]
    )
    for by in ("outcome", "applicant", "organ"):
        assert set(contributions(figures, 2020, 2021, by)["note"]) == {"form_2021|fee_2021"}
    assert decompositions(figures, 2020, 2021)["note"].tolist() == ["one_side_empty|form_2021|fee_2021"]
    cells = cells_of("liaocheng-2020")
    cells["requests", "granted", "total"] = None
    cells["requests", "granted", "business"] = "illegible"
    figures = pd.concat([framed(cells, "here", 2020, 2019), framed(cells_of("suqian-2023"), "here", 2021)])
    frame = contributions(figures, 2020, 2021).set_index("part")
    assert frame.loc["granted", "note"] == "missing|form_2021|fee_2021" and pd.isna(
        frame.loc["granted", "contribution"]
    )


def test_growth_without_a_report_says_so():
    figures = real("suqian-2023", "suqian-2024", "huaian-2024")
    for frame in (decompositions(figures, 2023, 2024), contributions(figures, 2023, 2024, "organ")):
        assert frame["note"].tolist() == ["missing|no_base_report", ""]


def test_what_the_parts_leave_unexplained_is_said():
    cells = cells_of("suqian-2024")
    cells["requests", "outcome_total", "total"] += 7
    figures = pd.concat([real("suqian-2023"), framed(cells, "suqian", 2024)])
    frame = contributions(figures, 2023, 2024).set_index("part")
    assert frame.loc["unexplained", "difference"] == 7
    assert frame["contribution"].sum() == pytest.approx(100 * 42 / 3486)


@settings(max_examples=8)
@given(COUNTS, COUNTS)
def test_contributions_add_up(before, after):
    figures = pd.concat([framed(balanced(before), year=2022), framed(balanced(after), year=2023)])
    for by, whole in (("outcome", "outcome_total"), ("applicant", "received_new")):
        frame = contributions(figures, 2022, 2023, by)
        total = line(change(figures, 2022, 2023), whole)
        assert set(frame["part"]) & {"unexplained"} == set()
        if total["base"] > 0:
            assert frame["contribution"].sum() == pytest.approx(total["percent"], abs=1e-9)
        else:
            assert frame["contribution"].isna().all()


def test_contributions_of_bodies():
    figures = pd.concat(
        [real(*SUQIAN, "hongze-2023"), framed(cells_of("hongze-2023"), "hongze", 2024), real("huaian-2024")]
    )
    frame = contributions(figures, 2023, 2024, "organ").set_index("organ")
    assert frame["contribution"].dropna().sum() == pytest.approx(100 * 14 / (3511 + 21))
    assert frame.loc["huaian", "note"] == "missing|no_base_report" and pd.isna(frame.loc["huaian", "contribution"])


def test_the_decomposition_of_the_dossier():
    frame = decompose(real("liaocheng-2020"), real("shanghai-go-2019"))
    mix, within = frame["mix"].sum(), frame["within"].sum()
    assert (round(mix, 2), round(within, 2), round(mix + within, 2)) == (-0.21, -33.75, -33.96)
    assert frame["note"].tolist() == ["", "", "one_side_empty", "one_side_empty", "", ""]
    yearly = decompositions(real(*SUQIAN), 2023, 2024).iloc[0]
    assert round(yearly["difference"], 2) == 10.44
    assert yearly["mix"] + yearly["within"] == pytest.approx(yearly["difference"])


def test_a_decomposition_by_hand():
    # 50 of 100 and 10 of 100 → 45 of 50 and 30 of 150: weights 1/2, 1/2 → 1/4, 3/4; rates 50, 10 → 90, 20
    base = {"natural_person": {"granted": 50, "other.rest": 50}, "business": {"granted": 10, "other.rest": 90}}
    to = {"natural_person": {"granted": 45, "other.rest": 5}, "business": {"granted": 30, "other.rest": 120}}
    frame = decompose(framed(balanced(base)), framed(balanced(to))).set_index("applicant")
    assert frame.loc["natural_person", ["mix", "within"]].tolist() == pytest.approx([-17.5, 15])
    assert frame.loc["business", ["mix", "within"]].tolist() == pytest.approx([3.75, 6.25])
    both = decompositions(
        pd.concat([framed(balanced(base), year=2022), framed(balanced(to), year=2023)]), 2022, 2023
    ).iloc[0]
    # 30 % → 37.5 %
    assert [both["base_rate"], both["rate"], both["mix"], both["within"]] == pytest.approx([30, 37.5, -13.75, 21.25])


def test_rates_that_rise_everywhere_while_the_total_falls():
    base = {"natural_person": {"granted": 90, "other.rest": 10}, "business": {"granted": 1, "other.rest": 9}}
    to = {"natural_person": {"granted": 10}, "business": {"granted": 20, "other.rest": 80}}
    figures = pd.concat([framed(balanced(base), year=2022), framed(balanced(to), year=2023)])
    assert decompositions(figures, 2022, 2023).iloc[0]["note"] == "reversed_by_mix"


@settings(max_examples=15)
@given(COUNTS, COUNTS)
def test_the_decomposition_is_exact(before, after):
    sides = [framed(balanced(before)), framed(balanced(after))]
    rates = [side.groupby("table").get_group("requests").set_index(["row", "column"])["value"] for side in sides]
    totals = [rate["outcome_total", "total"] for rate in rates]
    if 0 in totals:
        with pytest.raises(foi.SelectionError, match="no decomposition"):
            decompose(*sides)
        return
    frame = decompose(*sides)
    shares = [
        100 * (rate["granted", "total"] + rate["partly_granted", "total"]) / total
        for rate, total in zip(rates, totals, strict=True)
    ]
    assert frame["mix"].sum() + frame["within"].sum() == pytest.approx(shares[1] - shares[0], abs=1e-9)
    back = decompose(*reversed(sides))
    assert back["mix"].sum() == pytest.approx(-frame["mix"].sum(), abs=1e-9)


def test_standardised_rates():
    bodies = {
        "a": {"natural_person": {"granted": 90, "other.rest": 10}, "business": {"granted": 10, "other.rest": 90}},
        "b": {"natural_person": {"granted": 45, "other.rest": 5}},
    }
    figures = pd.concat([framed(balanced(handled), organ) for organ, handled in bodies.items()])
    frame = standardised_rates(figures, 2023).set_index("organ")
    # together 150 natural persons and 100 businesses: 0.6·90 + 0.4·10
    assert frame.loc["a", ["rate", "standardised", "covered"]].tolist() == pytest.approx([50, 58, 100])
    assert frame.loc["b", ["rate", "standardised", "covered"]].tolist() == pytest.approx([90, 90, 60])
    assert frame["note"].tolist() == ["", "types_without_requests"]
    assert frame[["numerator", "denominator"]].values.tolist() == [[100, 200], [45, 50]]
    few = pd.concat([framed(balanced({"natural_person": {"granted": n}}), "few", 2023 + n % 2) for n in (9, 20)])
    assert standardised_rates(few, 2024)["note"].tolist() == ["tiny_denominator"]
    assert decompositions(few, 2023, 2024)["note"].str.startswith("tiny_denominator").all()
    with pytest.raises(foi.SelectionError, match="no report of 1999"):
        standardised_rates(figures, 1999)


def test_what_a_report_says_again_of_the_year_before():
    frame = continuity(real(*SUQIAN, "suqian-2025"))
    first = frame[frame["year"] == 2024].set_index(["row", "column"])
    # 11 + 2 − 1, 597 + 50 − 227, carried forward 121
    assert first.loc[("regulation", "in_force"), ["expected", "found", "status"]].tolist() == [12, 12, "agrees"]
    assert first.loc[("normative_document", "in_force"), ["expected", "found"]].tolist() == [420, 420]
    assert first.loc[("carried_in", "total"), ["expected", "found", "status"]].tolist() == [121, 121, "agrees"]
    assert set(first["status"]) == {"agrees"} and len(first) == 9
    last = frame[frame["year"] == 2025].set_index(["row", "column"])
    assert last.loc[("carried_in", "total"), "status"] == "not_found"
    cells = cells_of("suqian-2024")
    cells["requests", "carried_in", "total"] = 120
    wrong = continuity(pd.concat([real("suqian-2023"), framed(cells, "suqian", 2024)]))
    assert wrong[wrong["status"] != "agrees"][["row", "column", "difference"]].values.tolist() == [
        ["carried_in", "total", -1]
    ]
    old = [framed(cells_of("liaocheng-2020"), "here", year, 2019) for year in (2019, 2020)]
    items = continuity(pd.concat(old)).set_index(["row", "column"])
    assert items.loc[("license", "items_previous"), ["expected", "found"]].tolist() == [833, 1373]
    assert continuity(real("liaocheng-2020")).empty


def test_every_cell_of_both_forms_has_its_series():
    from liaocheng_foi.codebook import codebook

    for edition in (2019, 2021):
        found = [series.cell(edition) for series in all_series().values() if series.cell(edition)]
        assert sorted(found) == sorted(codebook().cells(edition))
    assert all(series.link in ("same", "weak", "starts", "ends") for series in all_series().values())
    assert all(series.bridge_2014 in ("A", "B", "C") for series in all_series().values())
    # the statistics of 2014-2018 had no types of applicants
    bridges = [find(f"requests/received_new/{who}").bridge_2014 for who in ("total", "business", "legal_person")]
    assert bridges == ["A", "C", "C"]
    assert {one.year for one in breaks()} == {2019, 2021, 2024}


def test_the_dictionary_of_series_keeps_apart_what_is_not_comparable():
    stock = find("proactive/normative_document/in_force")
    assert stock.link == "starts" and stock.note_zh and stock.note_en
    figures = pd.concat([framed(cells_of("liaocheng-2020"), "here", 2020, 2019), real("suqian-2023")])
    frame = foi.Panel.from_figures(figures).series("proactive/normative_document/in_force")
    assert frame["status"].tolist() == ["not_on_form", "reported"]


def test_order_does_not_matter_and_an_empty_body_changes_nothing():
    figures = real()
    expected = change(figures)
    pd.testing.assert_frame_equal(change(figures.sample(frac=1, random_state=3)), expected)
    pd.testing.assert_frame_equal(change(panel()), expected)
    empty = [framed(dict.fromkeys(balanced({}), None), "nobody", year) for year in (2023, 2024)]
    more = change(pd.concat([figures, *empty]))
    mine = more[more["organ"] != "nobody"].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine.astype(str), expected.astype(str))
    assert more.loc[more["organ"] == "nobody", "difference"].isna().all()
