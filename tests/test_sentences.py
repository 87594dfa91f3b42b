"""What is said of generated figures: rises, falls, equal, missing, zero, breaks, one report alone."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from panels import balanced, cells_of, framed, panel, real
from test_panel import jiangsu, tree

import liaocheng_foi as foi
from liaocheng_foi import charts, sentences
from liaocheng_foi.sentences.words import growth, over_time, side_by_side, signed


def test_outcomes_that_are_equally_frequent_are_all_named():
    cells = balanced({"natural_person": {"granted": 6, "denied.state_secret": 6, "unavailable.not_held": 1}})
    report = foi.Report.from_figures(framed(cells, "here", 2023))
    for say in (sentences.outcomes, charts.outcomes.sentence):
        assert "the most frequent outcomes were Granted and Denied (6 each, 46.15%)" in say(report, "en")
        assert "（各6件，占46.15%）" in say(report, "zh")
    few = charts.outcome_applicant.sentence(report, "en")
    assert few.startswith("Most frequent outcome where under 30") and "Granted and Denied (6 each of 13)" in few
    assert (
        charts.outcome_shares.sentence(report, "en") == "Granted, as a share of requests handled: total 46.15% (6/13)."
    )


def test_what_moves_alike_is_all_named():
    cells = [{"granted": 20, "denied.state_secret": 20}, {"granted": 25, "denied.state_secret": 15}]
    years = [framed(balanced({"natural_person": counts}), "here", 2022 + i) for i, counts in enumerate(cells)]
    two = [foi.Report.from_figures(frame) for frame in years]
    assert "Granted (+5) and Denied (−5)" in charts.waterfall.sentence(two, "en")
    shares = (
        "Granted: 50.00% to 62.50% (+12.50 percentage points); Denied: 50.00% to 37.50% (−12.50 percentage points)."
    )
    assert charts.slope.sentence(two, "en") == f"From 2022 to 2023 the shares that moved most are {shares}"
    assert "The outcomes that differ most – granted rose" in sentences.of_two(foi.compare(*two), "en")[1]


def over(values, first=2021, organ="here"):
    """A panel of one body: requests granted year by year; None is a year whose figures are missing."""
    frames = []
    for year, value in enumerate(values, first):
        cells = balanced({"natural_person": {"granted": value or 0}}, 2019 if year < 2021 else 2021)
        if value is None:
            cells = dict.fromkeys(cells, None)
        frames.append(framed(cells, organ, year, 2019 if year < 2021 else 2021))
    return foi.Panel.from_figures(pd.concat(frames))


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        ([100, 125], "2021年至2022年增加25件（+25.00%）。", "From 2021 to 2022: 25 more (+25.00%)."),
        ([100, 50], "2021年至2022年减少50件（−50.00%）。", "From 2021 to 2022: 50 less (−50.00%)."),
        ([100, 100], "2021年至2022年不变。", "From 2021 to 2022: no change."),
        ([0, 0], "2021年至2022年不变。", "From 2021 to 2022: no change."),
        ([0, 5], "2021年至2022年增加5件。", "From 2021 to 2022: 5 more."),
        ([9, 18], "2021年至2022年增加9件。", "From 2021 to 2022: 9 more."),
        ([5, 0], "2021年至2022年减少5件。", "From 2021 to 2022: 5 less."),
        ([100, None, 80], "2021年至2023年减少20件（−20.00%）。", "From 2021 to 2023: 20 less (−20.00%)."),
    ],
)
def test_a_series_rises_falls_stays_starts_from_zero_or_has_a_hole(values, zh, en):
    years = over(values)
    assert sentences.series(years, "zh").endswith(zh) and sentences.series(years, "en").endswith(en)
    if None in values:
        assert "2022年没有数字" in sentences.series(years) and "no figure for 2022" in sentences.series(years, "en")


def test_a_series_without_any_figure_or_with_one():
    assert sentences.series(over([None])) == "新收：2021年没有数字。"
    assert sentences.series(over([7]), "en") == "Received: 7 in 2021."


def test_a_series_is_not_compared_over_a_break():
    said = sentences.series(over([100, 150, 200], 2020))
    assert "2020年与2021年不相比较。" in said and "2021年至2022年增加50件" in said and "2021年度起使用新版格式" in said
    assert "2020 and 2021 are not compared." in sentences.series(over([100, 150], 2020), "en")


YEARS = st.lists(st.one_of(st.none(), st.integers(0, 400)), min_size=1, max_size=4)


@settings(max_examples=6)
@given(YEARS, st.sampled_from([2019, 2020, 2021, 2023]))
def test_what_is_said_of_any_years_is_said_in_both_languages_and_never_of_a_missing_figure(values, first):
    years = over(values, first)
    for function in (sentences.coverage, sentences.series, sentences.rates, sentences.continuity):
        zh, en = function(years, "zh"), function(years, "en")
        assert zh.endswith("。") and en.endswith(".") and "nan" not in zh + en and "None" not in zh + en
        assert not any("一" <= character <= "鿿" for character in en)
    # every figure and every hole is told
    said = sentences.series(years)
    for year, value in enumerate(values, first):
        assert f"{year}年没有数字" in said if value is None else f"{year}年{value:,}件" in said
    if len(values) - values.count(None) > 1:
        for chart in (charts.waterfall, charts.slope):
            assert chart.sentence(years.last_two(), "zh").endswith("。")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (100, 125, "办结：由2022年的100件增至2023年的125件"),
        (125, 100, "办结：由2022年的125件减至2023年的100件"),
        (0, 4, "办结：由2022年的0件增至2023年的4件（+4件）"),
        (0, 0, "办结：2022年和2023年均为0件"),
        (None, 100, "办结：2022年没有数字，2023年100件"),
    ],
)
def test_what_is_said_of_any_two_reports(before, after, told):
    found = foi.compare(*over([before, after], 2022))
    assert told in found.sentences("zh")[0]
    for lang, stop in (("zh", "。"), ("en", ".")):
        for text in found.sentences(lang):
            assert text.endswith(stop) and "nan" not in text and "None" not in text


def test_rates_by_hand():
    cells = [balanced({"natural_person": {"granted": g, "denied.state_secret": 100 - g}}) for g in (40, 65)]
    years = foi.Panel.from_figures(pd.concat(framed(c, "here", 2022 + i) for i, c in enumerate(cells)))
    said = sentences.rates(years, "zh", ["disclosure_rate"])
    assert said == "公开率：2022年40.00%（40/100），2023年65.00%（65/100）；2022年至2023年+25.00个百分点。"
    tiny = sentences.rates(over([3, 4]), "en", ["disclosure_rate"])
    assert tiny == "Disclosure rate: 3/3 in 2021, 4/4 in 2022."
    assert "分母为0" in sentences.rates(over([0]), "zh") and "the cell is blank" in sentences.rates(over([None]), "en")


def test_rates_are_not_compared_over_a_new_form():
    cells = balanced({"natural_person": {"granted": 40}})
    years = foi.Panel.from_figures(pd.concat(framed(cells, "here", year) for year in (2020, 2021, 2022)))
    said = sentences.rates(years, "en", ["disclosure_rate"])
    assert "2020 and 2021 are not compared (a new edition of the form from the reports for 2021;" in said
    assert said.endswith("0.00 percentage points from 2021 to 2022.")


def test_two_years_that_are_alike():
    years = over([100, 100], 2022)
    assert foi.charts.slope.sentence(years, "en") == "From 2022 to 2023 no share moved."
    assert foi.charts.waterfall.sentence(years, "zh") == "2022年与2023年办理数同为100件。"


def test_which_years_there_are():
    assert sentences.coverage(panel("suqian-2023", "suqian-2025")) == (
        "共有2份报告：2023、2025年；中间没有2024年的报告；2025年只有28/200格有数字。"
    )
    assert sentences.coverage(panel("suqian-2023"), "en") == "There is 1 report: 2023."


def test_figures_that_carry_over():
    cells = cells_of("suqian-2024")
    cells["requests", "carried_in", "total"] = 120
    wrong = foi.Panel.from_figures(pd.concat([real("suqian-2023"), framed(cells, "suqian", 2024)]))
    said = sentences.continuity(wrong)
    assert "8项相符，1项不符，0项缺数字" in said and "2024年上年结转应为121，印为120（−1）" in said
    assert "expected 121, printed 120 (−1)" in sentences.continuity(wrong, "en")
    assert sentences.continuity(panel("suqian-2023")) == "没有相邻两年的报告可以衔接。"


def test_bodies_of_one_year():
    figures = real("suqian-2024", "huaian-2024", "liaocheng-2020")
    every = foi.Panel.from_figures(figures, jiangsu(("oldtown", "jiangsu", None, "2023-03-01")))
    year = every.in_year()
    assert set(year.reports["year"]) == {2024}
    assert sentences.bodies(year) == "2024年有2个机关的报告：huaian、suqian。没有这一年报告的：hongze、jiangsu。"
    assert "2 bodies have a report on 2024: huaian and suqian. Without one: hongze and jiangsu." in (
        sentences.bodies(year, "en")
    )
    assert "huaian59.54%，标准化后" in sentences.standardised(year)
    lost = framed(cells_of("huaian-2024") | {("requests", "granted", "business"): "illegible"}, "huaian", 2024)
    some = foi.Panel.from_figures(pd.concat([real("suqian-2024"), lost]))
    assert "huaian缺数字无法计算" in sentences.standardised(some)
    few = foi.Panel.from_figures(
        pd.concat([real("suqian-2024"), framed(balanced({"business": {"granted": 9}}), "few", 2024)])
    )
    assert "few: 9/9, too few for a rate" in sentences.standardised(few, "en")


def test_who_stands_below_whom():
    year = panel("suqian-2024", "huaian-2024", organs=jiangsu())
    assert sentences.tree(year) == (
        "huaian之下（2024年）：huaian的报告已是全区域汇总，不再与下级相加；没有报告的有hongze。"
        "jiangsu之下（2024年）：可以相加的有suqian、huaian。"
    )
    assert "without a report: hongze" in sentences.tree(year, "en")
    assert (
        sentences.tree(panel("suqian-2024", organs=tree(("suqian", None, None, None)))) == "没有登记机关的上下级关系。"
    )


def test_a_figure_stands_under_its_sentence_and_says_when_there_is_nothing():
    years = panel("suqian-2023", "suqian-2024", "suqian-2025")
    shown = foi.figure(charts.series, years, "zh", name="requests/received_new")._repr_html_()
    assert shown.startswith("<p>新收：2023年3,511件")
    alone = panel("liaocheng-2020")
    assert foi.figure(charts.slope, alone.last_two(), "en").markup == "<p>There are not enough reports to compare.</p>"


@pytest.mark.parametrize(
    ("base", "value", "zh", "en"),
    [
        (
            100,
            125,
            "新收：由前的100件增至后的125件（+25件，+25.00%）",
            "new rose from 100 in 前 to 125 in 后 (+25, +25.00%)",
        ),
        (
            100,
            80,
            "新收：由前的100件减至后的80件（−20件，−20.00%）",
            "new fell from 100 in 前 to 80 in 后 (−20, −20.00%)",
        ),
        (7, 7, "新收：前和后均为7件", "new: 7 in both 前 and 后"),
        (0, 3, "新收：由前的0件增至后的3件（+3件）", "new rose from 0 in 前 to 3 in 后 (+3)"),
        (None, 3, "新收：前没有数字，后3件", "new: no figure for 前, 3 in 后"),
        (float("nan"), None, "新收：前没有数字，后没有数字", "new: no figure for 前, no figure for 后"),
    ],
)
def test_two_years_in_words(base, value, zh, en):
    assert over_time("新收", "件", ("前", base), ("后", value), "zh") == zh
    assert over_time("new", "件", ("前", base), ("后", value), "en") == en


def test_two_bodies_in_words():
    assert side_by_side("新收", "件", ("甲", 5), ("乙", 2), "zh") == "新收：甲5件，乙2件（甲多3件）"
    assert side_by_side("new", "件", ("A", 5), ("B", 5), "en") == "new: A 5, B 5 (equal)"
    assert (
        side_by_side("new", "万元", ("A", 1.5), ("B", None), "en")
        == "new: A 1.50 × 10,000 yuan, B — (no figure for one side)"
    )
    assert (growth(9, 18), growth(1000, 1004)) == ("", "+0.40%")
    assert (signed(0.004, 2), signed(-0.005, 2), signed(1234)) == ("0.00", "−0.01", "+1,234")
