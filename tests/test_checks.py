"""The rules on tables, family by family: what passes, what fails, what cannot be assessed, on both editions."""

import re
import subprocess
import sys

import pandas as pd
import pytest
from conftest import ROOT
from panels import balanced

import liaocheng_foi as foi
from liaocheng_foi import sources
from liaocheng_foi.checks import catalogue, examine, rules
from liaocheng_foi.checks.linear import instances
from liaocheng_foi.codebook import codebook
from liaocheng_foi.grid import TextPart
from liaocheng_foi.label import Cell
from liaocheng_foi.metadata import Metadata
from liaocheng_foi.problems import Problem
from liaocheng_foi.report import Report
from liaocheng_foi.sources import Correction, Waiver

REQ, REV, PRO = "requests", "reviews", "proactive"
HANDLED = {"natural_person": {"granted": 40, "denied.state_secret": 2}, "business": {"granted": 8}}


def cell(key, given):
    """A cell from a number, a text as printed, or a status for one that holds no number."""
    table, row, column = key
    value, status, raw = given, "reported", f"{given:g}" if isinstance(given, float | int) else given
    if isinstance(given, str):
        printed = {"": "blank", "/": "not_applicable", "—": "dash", "无": "text_zero"}
        status = printed.get(given) or ("reported" if re.fullmatch(r"\d+件?", given) else "illegible")
        digits = re.match(r"\d+", given) if status == "reported" else None
        value = float(digits[0]) if digits else 0.0 if status == "text_zero" else None
    return Cell(table, row, column, value, codebook().unit(*key), status, raw, None, 1, 1, 1)


def report(change=(), edition=2021, *, year=None, organ="某某市教育局", text=(), problems=(), carried=0, **known):
    """A report that adds up, with some cells changed (None: not found) and some text under part one."""
    cells = balanced(HANDLED, edition, carried_in=carried, carried_forward=carried) | dict(change)
    metadata = Metadata(organ, year or (2023 if edition == 2021 else 2020), known.pop("scope", "organ"), **known)
    parts = [TextPart("overview", part) if isinstance(part, str) else TextPart(*part) for part in text]
    added = [cell(key, given) for key, given in cells.items() if "subtotal" in key]
    kept = [cell(key, given) for key, given in cells.items() if given is not None]
    return Report(kept, edition, metadata, subtotals=added, paragraphs=parts, problems=problems)


def states(rule, *reports, organs=None):
    """The states that a rule is in on the last of some reports, without passes where it fails."""
    examined = examine(reports, organs=organs)[-1]
    found = {finding.state for finding in examined.findings if finding.rule == rule}
    return "fail" if "fail" in found else "/".join(sorted(found))


def failing(*reports, organs=None):
    return {(f.rule, f.severity) for f in examine(reports, organs=organs)[-1].failed}


# -- arithmetic ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", [2019, 2021])
def test_a_report_that_adds_up_has_no_error_and_no_warning(edition):
    (examined,) = examine(report(edition=edition, carried=3))
    assert [f for f in examined.failed if f.severity != "info"] == []
    assert examined.sums == ((40, 40) if edition == 2019 else (43, 43))


@pytest.mark.parametrize("edition", [2019, 2021])
@pytest.mark.parametrize(
    ("key", "broken"),
    [
        ((REQ, "received_new", "natural_person"), {"RQ01", "RQ03"}),
        ((REQ, "granted", "business"), {"RQ02", "RQ03"}),
        ((REQ, "outcome_total", "total"), {"RQ01", "RQ02", "RQ03"}),
        ((REQ, "carried_forward", "natural_person"), {"RQ01", "RQ03"}),
        ((REV, "litigation_direct", "corrected"), {"RV01"}),
    ],
)
def test_a_slip_of_one_breaks_the_sums_it_stands_in(edition, key, broken):
    cells = balanced(HANDLED, edition)
    found = failing(report({key: cells[key] + 1}, edition))
    assert {rule for rule, severity in found if severity == "error"} == broken


def test_the_finding_says_which_sum_and_by_how_much():
    changed = report({(REQ, "received_new", "natural_person"): 43.0})
    finding = next(f for f in examine(changed)[0].failed if f.rule == "RQ01")
    assert finding.zh == "“自然人”一列：新收43 + 上年结转0 = 43，办结42 + 结转下年0 = 42，差1"
    assert finding.en == (
        'column "Natural persons": received 43 + carried in 0 = 43, handled 42 + carried forward 0 = 42, off by 1'
    )
    assert (finding.expected, finding.found, finding.delta) == (42, 43, 1)
    assert finding.evidence.startswith("requests/received_new/natural_person + requests/carried_in/natural_person")


@pytest.mark.parametrize(
    ("given", "state"),
    [("", "pass_if_blank_is_zero"), ("/", "pass"), ("无", "pass"), (None, "not_assessable"), ("l2", "not_assessable")],
)
def test_what_was_not_printed_as_a_number_never_simply_passes(given, state):
    made = report({(REV, "reconsideration", "pending"): given})
    found = [f.state for f in examine(made)[0].findings if f.rule == "RV01" and f.cells[0][1] == "reconsideration"]
    assert found == [state]


def test_blanks_that_make_a_sum_fail_are_a_failure():
    made = report({(REQ, "granted", "natural_person"): ""})
    assert ("RQ03", "error") in failing(made)


def test_a_total_left_blank_is_derived_beside_the_print():
    key = (REQ, "granted", "total")
    (examined,) = examine(report({key: ""}))
    assert examined.report.value(*key) is None
    assert examined.facts.value(*key) == 48
    assert examined.facts.numbers.derived_cells() == [key]
    assert ("RQ06", "warning") in {(f.rule, f.severity) for f in examined.failed}
    assert not examined.errors


@pytest.mark.parametrize(
    ("edition", "rule", "severity", "cells", "holds"),
    [
        (2019, "PR01", "error", {"published_total": 4, "published_new": 5}, {"published_total": 5, "published_new": 5}),
        (2019, "PR02", "warning", {"published_new": 3, "made_new": 2, "published_total": 9}, {"made_new": 2}),
        (2021, "PR08", "error", {"issued": 9, "repealed": 1, "in_force": 5}, {"issued": 5, "in_force": 5}),
        (2021, "PR08", "warning", {"issued": 9, "repealed": 4, "in_force": 5}, {"issued": 5, "in_force": 9}),
    ],
)
def test_limits_of_documents(edition, rule, severity, cells, holds):
    for given, fails in ((cells, True), (holds, False)):
        made = report({(PRO, "normative_document", column): float(n) for column, n in given.items()}, edition)
        # where both severities of PR08 apply, only the graver is told
        assert [f for f in failing(made) if f[0] == rule] == ([(rule, severity)] if fails else [])


# -- functions on the tables: (edition, rule, what fails, what passes) -------------------------------------------

ROW = (REQ, "granted", "natural_person")
TABLES = [
    (2021, "CE01", {ROW: ""}, {}),
    (2021, "CE02", {ROW: "—"}, {}),
    (2021, "CE03", {ROW: "4.5"}, {ROW: "45"}),
    (2021, "CE04", {ROW: "-4"}, {}),
    (2021, "CE05", {ROW: "40件"}, {}),
    (2021, "CE09", {ROW: "4O"}, {}),
    (2021, "CE11", {ROW: "约四十"}, {}),
    (2021, "CE12", {(PRO, "fee", "fee_amount"): 3_000_000.0}, {(PRO, "fee", "fee_amount"): 300.0}),
    (2019, "PR03", {(PRO, "penalty", "items_previous"): 3.0, (PRO, "penalty", "items_change"): -4.0}, {}),
    (2019, "PR04", {(PRO, "penalty", "items_previous"): 75.0, (PRO, "penalty", "items_change"): 101.0},
     {(PRO, "penalty", "items_previous"): 75.0, (PRO, "penalty", "items_change"): -75.0}),
    (2019, "PR05", {(PRO, "license", "decisions"): 9.0},
     {(PRO, "license", "decisions"): 9.0, (PRO, "license", "items_previous"): 2.0}),
    (2019, "PR06", {(PRO, "procurement", "procurement_items"): 3.0}, {}),
    (2019, "PR07", {(PRO, "procurement", "procurement_items"): 3.0, (PRO, "procurement", "procurement_amount"): 1e6},
     {(PRO, "procurement", "procurement_items"): 3.0, (PRO, "procurement", "procurement_amount"): 60.0}),
    (2021, "PR10", {(PRO, "regulation", "issued"): 1.0, (PRO, "regulation", "in_force"): 1.0}, {}),
    (2021, "RQ10", {(REQ, "received_new", "total"): 60.0, (REQ, "carried_forward", "total"): 20.0},
     {(REQ, "received_new", "total"): 60.0, (REQ, "carried_forward", "total"): 10.0}),
    (2021, "RQ11", {(REQ, "outcome_total", "research"): 1.0}, {}),
    (2021, "RQ13", {(REQ, "granted", "total"): 150.0, (REQ, "outcome_total", "total"): 160.0},
     {(REQ, "granted", "total"): 90.0, (REQ, "outcome_total", "total"): 160.0}),
    (2021, "RQ14", {(REQ, "not_processed.excessive", "total"): 4.0, (REQ, "received_new", "total"): 8.0}, {}),
    (2021, "XT01", {key: 0.0 for key in codebook().cells(2021) if key[0] == REQ}, {}),
    (2021, "PL01", {(REQ, "received_new", "natural_person"): 20.0},
     {(REQ, "received_new", "natural_person"): 40.0}),
    (2021, "PL03", dict.fromkeys(codebook().cells(2021), 10.0), {}),
    (2021, "PL04", {(REQ, "outcome_total", "total"): 100.0, (REV, "reconsideration", "total"): 40.0},
     {(REQ, "outcome_total", "total"): 100.0}),
    (2021, "PL05", {(REV, "reconsideration", "corrected"): 9.0, (REV, "reconsideration", "total"): 12.0},
     {(REV, "reconsideration", "total"): 12.0}),
    (2021, "PL07", {(REQ, "unavailable.not_held", "total"): 80.0, (REQ, "outcome_total", "total"): 100.0},
     {(REQ, "outcome_total", "total"): 100.0}),
]  # fmt: skip


@pytest.mark.parametrize(("edition", "rule", "fails", "passes"), TABLES, ids=[f"{e[1]}-{e[0]}" for e in TABLES])
def test_rules_on_one_report(edition, rule, fails, passes):
    start = {(REQ, "received_new", "total"): 50.0} if rule == "PL01" else {}
    assert states(rule, report(start | fails, edition)) == "fail"
    assert states(rule, report(start | passes, edition)) in ("pass", "pass_if_blank_is_zero")


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("PR08", {(PRO, "normative_document", "in_force"): None, (PRO, "regulation", "in_force"): None}),
        ("RQ10", {(REQ, "received_new", "total"): None}),
        ("RQ13", {(REQ, "outcome_total", "total"): None}),
        ("XT02", {(PRO, "fee", "fee_amount"): None}),
        ("PL05", {(REV, "reconsideration", "total"): None}),
        ("XY01", {}),
        ("XY02", {}),
        ("XY05", {}),
        ("XY08", {}),
        ("RV03", {}),
        ("XL01", {}),
        ("PL02", {}),
        ("ST13", {}),
    ],
)
def test_what_lacks_a_figure_or_a_neighbour_cannot_be_assessed(rule, change):
    assert states(rule, report(change)) == "not_assessable"


def test_a_subtotal_that_a_report_adds():
    for printed, state in ((50.0, "fail"), (2.0, "pass")):
        added = [cell((REQ, "denied", "total"), printed)]
        cells = [cell(key, given) for key, given in balanced(HANDLED).items()]
        made = Report(cells, 2021, Metadata("某局", 2023, "organ"), subtotals=added)
        assert states("RQ04", made) == state
    assert states("RQ04", report()) == states("RQ05", report()) == "not_assessable"


def test_what_the_reader_noted_becomes_a_finding():
    money = Problem("unit-in-cell", PRO, "fee", "fee_amount", details={"raw": "9元"})
    label = Problem("label-variant", details={"raw": "予以 公开", "label": "granted"})
    found = failing(report(problems=[money, label]))
    assert {("CE06", "warning"), ("ST08", "info")} <= found


# -- years, regions, peers --------------------------------------------------------------------------------------


def test_years_of_one_body_find_each_other():
    first = report(carried=3, year=2022)
    same = report(carried=3, year=2023)
    moved = report({(REQ, "carried_in", "total"): 2.0}, carried=3, year=2023)
    assert {states("XY01", first, same), states("XY02", first, same)} == {"pass"}
    assert ("XY01", "error") in failing(first, moved)
    shifted = {(REQ, "carried_in", "natural_person"): 2.0, (REQ, "carried_in", "business"): 1.0}
    assert ("XY01", "warning") in failing(first, report(shifted, carried=3, year=2023))
    assert states("XY01", first, report(carried=3, year=2024)) == "not_assessable"
    assert states("XY01", report(carried=3, year=2022, scope="own-level"), same) == "not_assessable"


@pytest.mark.parametrize(
    ("rule", "before", "now"),
    [
        ("XY02", {"in_force": 5.0}, {"in_force": 9.0, "issued": 1.0}),
        ("PR09", {"in_force": 1.0}, {"repealed": 9.0}),
        ("XY07", {"in_force": 100.0}, {"in_force": 0.0}),
        ("XY05", {"in_force": 100.0}, {"in_force": 10.0}),
    ],
)
def test_documents_from_one_year_to_the_next(rule, before, now):
    def of(columns, year):
        return report({(PRO, "normative_document", column): n for column, n in columns.items()}, year=year)

    assert states(rule, of(before, 2022), of(now, 2023)) == "fail"
    assert states(rule, of(before, 2022), of(before, 2023)) == "pass"


def test_the_form_of_2021_after_that_of_2019():
    before = report(edition=2019, carried=3)
    assert states("XY01", before, report(carried=3, year=2021)) == "pass"
    assert ("XY01", "error") in failing(before, report(carried=2, year=2021))


def test_the_stocks_of_2019_and_2020():
    def of(year, **columns):
        cells = {(PRO, "normative_document", c): float(n) for c, n in columns.items() if c.startswith("p")}
        cells |= {(PRO, "penalty", c): float(n) for c, n in columns.items() if c.startswith("i")}
        return report(cells, 2019, year=year)

    before = of(2019, published_total=10, items_previous=5, items_change=1)
    assert states("XY03", before, of(2020, published_total=12, published_new=2)) == "pass"
    assert states("XY03", before, of(2020, published_total=15, published_new=2)) == "fail"
    assert states("XY04", before, of(2020, items_previous=6)) == "pass"
    assert states("XY04", before, of(2020, items_previous=5)) == "fail"


def test_last_years_figures_copied():
    busy = {(PRO, "license", "decisions"): 31.0, (PRO, "fee", "fee_amount"): 7.5}
    assert states("XY06", report(busy, year=2022), report(busy, year=2023)) == "fail"
    changed = busy | {(PRO, "license", "decisions"): 32.0}
    assert states("XY06", report(busy, year=2022), report(changed, year=2023)) == "pass"


@pytest.mark.parametrize(
    ("previous", "now", "state"),
    [
        ((5, 10, 0, 0), (5, 20, 0, 0), "fail"),
        ((5, 10, 0, 0), (5, 2, 0, 0), "pass"),
        (None, (5, 20, 0, 0), "not_assessable"),
    ],
)
def test_direct_litigation_since_2024(previous, now, state):
    def of(year, numbers):
        change = {(REV, "litigation_after_reconsideration", "total"): float(numbers[0])}
        return report(change | {(REV, "litigation_direct", "total"): float(numbers[1])}, year=year)

    reports = [of(2023, previous)] if previous else []
    assert states("RV07", *reports, of(2024, now)) == state


ORGANS = pd.DataFrame(
    {
        "code": ["city", "east", "west"],
        "zh": ["甲市人民政府", "甲市东区人民政府", "甲市西区人民政府"],
        "en": ["City", "East", "West"],
        "level": ["city", "county", "county"],
        "parent": ["", "city", "city"],
        "valid_from": "",
        "valid_to": "",
    }
)


def region(factor, *, west=True, own=True):
    def of(organ, scope, times):
        cells = {key: n * times for key, n in balanced(HANDLED).items()}
        return report(cells, organ=organ, scope=scope)

    units = [of("east", "region-wide", 1)] + ([of("west", "region-wide", 1)] if west else [])
    units += [of("city", "own-level", 1)] if own else []
    return (*units, of("city", "region-wide", factor))


@pytest.mark.parametrize(
    ("reports", "sum_of_units", "at_least"),
    [
        (region(3), "pass", "pass"),
        (region(4), "fail", "pass"),
        (region(4, west=False), "not_assessable", "pass"),
        (region(3, own=False), "not_assessable", "pass"),
        (region(1), "fail", "fail"),
    ],
)
def test_a_region_against_its_units(reports, sum_of_units, at_least):
    assert states("XL01", *reports, organs=ORGANS) == sum_of_units
    assert states("XL02", *reports, organs=ORGANS) == at_least


def test_bodies_by_organs_csv_are_known_by_code_and_by_name():
    for organ in ("city", "甲市人民政府"):
        (examined,) = examine([report(organ=organ, scope="region-wide")], organs=ORGANS)
        assert (examined.facts.name, examined.facts.level) == ("甲市人民政府", "city")
    assert states("XT03", report(organ="city", scope="region-wide"), organs=ORGANS) == "fail"
    assert states("XT03", report(organ="东乡人民政府")) == "not_assessable"


def test_a_rate_far_from_those_of_its_peers():
    def of(n, granted):
        cells = {(REQ, "granted", "total"): float(granted), (REQ, "outcome_total", "total"): 100.0}
        return report(cells, organ=f"第{n}局")

    peers = [of(n, 50 + n) for n in range(8)]
    assert states("PL02", *peers, of(9, 53)) == "pass"
    assert states("PL02", *peers, of(9, 5)) == "fail"


# -- structure --------------------------------------------------------------------------------------------------

HEADINGS = [code.label() for code in codebook().select("form", "section")]
SECTIONS = [code.code for code in codebook().select("form", "section")]


def parts(overview="本年度工作平稳有序开展。", last="收取信息处理费0元。", shortcomings="人员不足。", skip=()):
    own = [overview, "", "", "", shortcomings, last]
    found = []
    for section, heading, text in zip(SECTIONS, HEADINGS, own, strict=True):
        if section not in skip:
            found += [(section, heading, None)] + ([(section, text, None)] if text else [])
    return found


@pytest.mark.parametrize(
    ("rule", "fails", "passes"),
    [
        ("ST01", {"text": parts(skip=("requests",))}, {"text": parts()}),
        ("ST01", {"text": [*parts()[4:], *parts()[:4]]}, {"text": parts()}),
        ("ST02", {"change": {(REV, "reconsideration", "total"): None}}, {}),
        ("ST03", {"year": 2020}, {"year": 2021}),
        ("ST04", {"notice": "国办公开办函〔2019〕60号"}, {"notice": "国办公开办函〔2021〕30号"}),
        ("ST05", {"period": ("2022-01-01", "2022-12-31")}, {"period": ("2023-01-01", "2023-12-31")}),
        ("ST05", {"published": "2023-02-01"}, {"published": "2024-01-20"}),
        ("ST06", {"period": ("2023-01-01", "2022-12-31")}, {"period": ("2023-01-01", "2023-12-31")}),
        ("ST07", {"published": "2024-02-01"}, {"published": "2024-01-31"}),
        ("ST11", {"text": parts(shortcomings="无")}, {"text": parts()}),
        ("ST11", {"text": parts(last="")}, {"text": parts()}),
        ("ST12", {"text": parts(last="没有其他事项需要报告。")}, {"text": parts()}),
        ("ST14", {"text": parts("根据条例，编制乙县人民政府2023年政府信息公开工作年度报告。")},
         {"text": parts("根据条例，编制某某市教育局2023年政府信息公开工作年度报告。")}),
        ("ST15", {"organ": "甲市人民政府", "scope": "region-wide", "text": parts()},
         {"organ": "甲市人民政府", "scope": "region-wide", "text": parts("年内开展了考核和社会评议。")}),
        ("ST16", {"organ": "甲市人民政府", "scope": None, "text": parts()}, {"text": parts()}),
        ("RQ12", {"change": {(REQ, "other.overdue_fee", "total"): 3.0}, "text": parts(last="没有其他事项需要报告。")},
         {"change": {(REQ, "other.overdue_fee", "total"): 3.0}, "text": parts()}),
        ("XT02", {"text": parts(last="全年收取信息处理费400元。")},
         {"text": parts(last="全年收取信息处理费40元。")}),
    ],
)  # fmt: skip
def test_structure(rule, fails, passes):
    assert states(rule, report(**fails)) == "fail"
    assert states(rule, report(**passes)) == "pass"


@pytest.mark.parametrize("rule", ["ST01", "ST04", "ST05", "ST06", "ST07", "ST11", "ST12", "ST14", "RQ12", "XT02"])
def test_without_text_and_dates_nothing_is_said_of_them(rule):
    assert states(rule, report()) == "not_assessable"


def test_a_text_that_is_last_years():
    words = "全区各级行政机关认真贯彻落实政府信息公开条例，持续推进决策、执行、管理、服务、结果公开，依法办理申请。"
    copied = report(text=parts(words + "收到12件。"), year=2022), report(text=parts(words + "收到15件。"), year=2023)
    assert states("ST13", *copied) == "fail"
    other = "今年围绕营商环境开展主题公开活动，邀请企业代表走进机关，征集意见并逐条回应，编印指南发放到社区。"
    assert states("ST13", copied[0], report(text=parts(other, last=other, shortcomings=other))) == "pass"


# -- waivers and corrections ------------------------------------------------------------------------------------

BROKEN = {(REV, "reconsideration", "total"): 0.0}


def waiver(**known):
    line = {"report": "某某市教育局-2023", "rule": "RV01", "cell": "reviews/reconsideration/total", "found": "0"}
    return Waiver(**line | {"reason": "confirmed by phone"} | known)


def test_a_waived_finding_stays_listed_and_is_no_error():
    (examined,) = examine(report(BROKEN), waivers=[waiver()])
    assert examined.errors == 0 and "RV01" not in {f.rule for f in examined.failed}
    assert [(f.rule, f.waived) for f in examined.waived] == [("RV01", "confirmed by phone")]
    frame = foi.check(report(BROKEN), waivers=[waiver()])
    assert frame.loc[frame["waived"].notna(), ["rule", "state"]].to_numpy().tolist() == [["RV01", "fail"]]


@pytest.mark.parametrize(
    "known", [{"found": "1"}, {"rule": "RV02"}, {"cell": "reviews/reconsideration/upheld"}, {"reason": "x", "cell": ""}]
)
def test_a_waiver_of_something_else_waives_nothing_and_is_told(known):
    (examined,) = examine(report(BROKEN), waivers=[waiver(**known)])
    assert examined.errors == 1 and not examined.waived
    assert {"RV01", "WV01"} <= {f.rule for f in examined.failed}


def test_a_waiver_of_another_report_is_not_its_business():
    (examined,) = examine(report(), waivers=[waiver(report="某某市教育局-2022")])
    assert "WV01" not in {f.rule for f in examined.failed}


def test_a_waiver_of_a_report_that_is_not_listed(tmp_path):
    line = "nowhere-2023,RV01,reviews/reconsideration/total,0,known"
    (tmp_path / "waivers.csv").write_text(f"report,rule,cell,found,reason\n{line}\n", encoding="utf-8")
    with pytest.raises(foi.SourceError, match="line 2: manifest.csv lists no report 'nowhere-2023'"):
        sources.check_waivers(sources.waivers(tmp_path), [])
    (tmp_path / "waivers.csv").write_text("report,rule,cell,found,reason\na-2023,RV01,,,\n", encoding="utf-8")
    with pytest.raises(foi.SourceError, match="line 2: reason is empty"):
        sources.waivers(tmp_path)


def test_a_correction_stands_beside_the_finding_and_changes_nothing():
    accepted = Correction("某某市教育局-2023", *(REV, "reconsideration", "total"), "0", "5", "sum of the parts", "")
    (examined,) = examine(report(BROKEN), corrections=[accepted])
    (finding,) = (f for f in examined.failed if f.rule == "RV01")
    assert finding.corrections == (accepted,) and finding.found == 0
    assert examined.report.value(REV, "reconsideration", "total") == 0
    frame = foi.check(report(BROKEN), corrections=[accepted])
    assert "reviews/reconsideration/total: 0 → 5 (sum of the parts)" in set(frame["correction"].dropna())


# -- the frame and the catalogue --------------------------------------------------------------------------------


def test_the_findings_are_the_registered_table():
    frame = foi.validate(foi.check([report(BROKEN), report(edition=2019)]), "findings")
    assert set(frame["state"]) == {"pass", "fail", "not_assessable"}
    broken = frame[(frame["rule"] == "RV01") & (frame["state"] == "fail")].iloc[0]
    assert broken[["table", "row", "column", "expected", "found", "delta"]].tolist() == [
        REV, "reconsideration", "total", 5.0, 0.0, -5.0,
    ]  # fmt: skip
    # on each edition every rule that it knows has at least one outcome
    for edition, year in ((2021, 2023), (2019, 2020)):
        known = {rule.rule for rule in rules() if edition in rule.editions and rule.kind != "remark"} - {"WV01"}
        assert set(frame.loc[frame["year"] == year, "rule"]) == known


def test_every_rule_of_the_dossier_is_in_the_catalogue():
    dossier = ROOT.parent / "shared" / "design" / "domain.md"
    if not dossier.exists():
        pytest.skip("the domain dossier (../shared/design) is not on this machine")
    chapter = dossier.read_text(encoding="utf-8").split("## 2. Validation rule catalogue")[1].split("### 2.11")[0]
    wanted = set(re.findall(r"^\| ((?:ST|CE|PR|RQ|RV|XT|XY|XL|TX|PC)\d\d) \|", chapter, re.M))
    wanted |= set(re.findall(r"\b(PL\d\d)\b", chapter))
    assert len(wanted) > 100 and wanted <= {rule.rule for rule in rules()}


def test_the_catalogue_is_sound():
    functions = catalogue.functions()
    for rule in rules():
        assert rule.severity in ("error", "warning", "info")
        assert rule.title_zh and rule.title_en and rule.source, rule.rule
        assert (rule.kind == "function") == (rule.rule in functions or rule.rule == "WV01"), rule.rule
        # what rests on experience alone is no error
        assert rule.severity != "error" or rule.source != "经验规则", rule.rule
    assert set(functions) <= {rule.rule for rule in rules()}
    assert len(instances()) > 80


def test_findings_do_not_depend_on_which_module_was_imported_first():
    code = "import liaocheng_foi.checks.{0};from liaocheng_foi.checks.catalogue import functions; print(*functions())"
    orders = {
        subprocess.run([sys.executable, "-c", code.format(first)], capture_output=True, check=True).stdout
        for first in ("structure", "plausibility")
    }
    assert len(orders) == 1
