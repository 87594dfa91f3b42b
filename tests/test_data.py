"""The data of this repository against what was printed, typed apart from it, and against the published texts."""

import csv

import pandas as pd
import pytest
from conftest import ROOT, truth

import liaocheng_foi as foi
from liaocheng_foi.checks import examine

RAW, PROCESSED, GOLDEN = ROOT / "data" / "raw", ROOT / "data" / "processed", ROOT / "tests" / "data"
REPORTS = {
    "hongze-2023": 186,
    "huaian-2024": 200,
    "liaocheng-2020": 198,
    "shanghai-go-2019": 198,
    "suqian-2023": 200,
    "suqian-2024": 200,
    "suqian-2025": 28,
}


@pytest.fixture(scope="module")
def panel():
    return foi.load(PROCESSED)


def table(path):
    with open(path, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def golden(report):
    """(table, row, column) -> the cell as printed, typed by hand."""
    return {(c["table"], c["row"], c["column"]): c for c in table(GOLDEN / f"{report}.csv")}


def test_the_reports_are_these(panel):
    assert sorted(panel.reports["report"]) == sorted(REPORTS)
    hands = dict(zip(panel.reports["report"], panel.reports["hand"], strict=True))
    assert {report for report, hand in hands.items() if hand == "second"} == {
        "suqian-2023",
        "suqian-2024",
        "suqian-2025",
    }
    assert panel.reports["missing"].notna().all() and panel.reports["origin"].notna().all()
    parents = panel.organs.set_index("code")["parent"].dropna().to_dict()
    assert parents == {"hongze": "huaian"}


@pytest.mark.parametrize("report", sorted(REPORTS))
def test_every_figure_is_as_printed(panel, report):
    cells = golden(report)
    assert len(cells) == REPORTS[report]
    found = panel.report(report)
    assert {c.key: c.value for c in found.cells()} == {
        key: float(cell["value"]) if cell["value"] else None for key, cell in cells.items()
    }


@pytest.mark.parametrize("report", ["hongze-2023", "huaian-2024", "liaocheng-2020", "shanghai-go-2019"])
def test_every_figure_is_that_of_the_published_document(panel, shared, report):
    (document,) = (path for path in shared.glob(f"{report}.*"))
    published = {cell.key: cell.value for cell in foi.read(document).cells()}
    assert published == {cell.key: cell.value for cell in panel.report(report).cells()} == truth(report)
    raw = {(c["table"], c["row"], c["column"]): c["value_raw"] for c in table(shared / "truth" / f"{report}.csv")}
    assert {cell.key: cell.raw for cell in panel.report(report).cells()} == raw


def test_labels_stand_as_printed():
    text = (RAW / "hongze-2023.csv").read_text(encoding="utf-8")
    assert "2.其他法律行政止公开," in text
    text = (RAW / "shanghai-go-2019.csv").read_text(encoding="utf-8")
    assert "采购项目数量,采购总金额," in text and ",251000元," in text


def test_known_errors_of_the_reports_stay_and_are_found(panel):
    failed = panel.table("findings").query("state == 'fail'")
    rules = failed.groupby(["organ", "year"])["rule"].apply(list).to_dict()
    assert rules["hongze", 2023].count("RV01") == 2
    assert rules["liaocheng", 2020].count("PR04") == 3 and "PC03" in rules["liaocheng", 2020]
    assert "RQ06" in rules["shanghai-go", 2019]
    assert ("huaian", 2024) not in rules and ("suqian", 2023) not in rules
    assert set(failed.query("severity == 'error'")["organ"]) == {"hongze", "suqian"}


def test_the_statements_are_the_61_of_the_text(panel, shared):
    known = table(shared / "truth" / "narrative-liaocheng-2020.csv")
    said = panel.statements
    assert len(said) == len(known) == 61
    assert list(said["value"]) == [float(line["value"]) for line in known]
    assert list(said["unit"]) == [line["unit"] for line in known]
    assert list(said["approximate"]) == ["余" in line["what_zh"] or "近" in line["what_zh"] for line in known]
    for reference, line in zip(said["refers_to"], known, strict=True):
        if line["related_cell"]:
            assert reference == line["related_cell"]
        if line["percent_of"]:
            whole = next(other["related_cell"] for other in known if other["id"] == line["percent_of"])
            assert reference.endswith(f" / {whole}")


def test_the_typed_statements_lead_to_the_findings_of_the_text(panel, shared):
    document = examine(foi.read(shared / "liaocheng-2020.md"))[0]
    found = panel.table("findings").query("organ == 'liaocheng' and state == 'fail'")
    of_text = {"ST", "CE"}  # what is there of the document itself, of which data/raw holds less
    published = sorted(f.rule for f in document.failed if f.rule[:2] not in of_text)
    assert sorted(rule for rule in found["rule"] if rule[:2] not in of_text) == published


def test_stored_reports_are_checked_with_the_numbers_of_their_text(panel):
    """What ``foi build`` found with the typed numbers is what ``foi.check(foi.load())`` finds."""
    keys = ["organ", "year", "rule", "state", "table", "row", "column", "message_zh", "evidence"]
    of_text = "rule.str.startswith('TX') or rule.str.startswith('PC') or rule in ('PR12', 'RV05')"
    built, loaded = (
        frame.query(of_text)[keys].astype(object).fillna("").values.tolist()
        for frame in (panel.table("findings"), foi.check(panel))
    )
    assert sorted(loaded) == sorted(built)
    assert ["TX07", "fail"] in [line[2:4] for line in loaded]
    assert len(panel.report("liaocheng", 2020).statements) == 61


@pytest.mark.parametrize("name", ["catalogue", "policy_documents", "consultations"])
def test_what_is_typed_stands_in_the_text(shared, name):
    text = "".join((shared / "liaocheng-2020.md").read_text(encoding="utf-8").split())
    codes = {"level", "number", "process", "audience", "mode", "note", "state"} - (
        {"number"} if name != "catalogue" else set()
    )
    for line in table(RAW / f"liaocheng-2020-{name}.csv"):
        for column, cell in line.items():
            if column in ("written", "published"):
                year, month, day = cell.split("-")
                assert f"{year}年{month}月{day}日" in text
            elif column not in codes:
                assert all(part in text for part in cell.split("|")), cell


def test_typed_tables_hold_no_sentences():
    for path in RAW.glob("liaocheng-2020-*.csv"):
        for line in table(path):
            assert not any("。" in cell for cell in line.values()), path.name
            assert "quote" not in line or len(line["quote"]) <= 40


def test_the_other_tables(panel):
    catalogue = panel.table("catalogue")
    assert catalogue.groupby("level").size().to_dict() == {"county": 2, "department": 2, "township": 2}
    assert set(catalogue["item_code"]) == {"010000"} and set(catalogue["process"]) == {"decision"}
    cut = catalogue[catalogue["note"].fillna("").str.contains("cut_off|not_placed")]
    assert len(cut) == 3 and cut["mode"].isna().all()
    documents = panel.table("policy_documents").set_index("number")
    assert len(documents) == 6 and documents.loc["聊政发〔2020〕7号", "published"] == "2020-05-01"
    consultations = panel.table("consultations")
    assert len(consultations) == 5 and consultations["starts"].isna().sum() == 1
    assert (consultations["starts"].dropna() < consultations["ends"].dropna()).all()


def test_a_sum_over_the_tree_counts_nobody_twice_and_says_who_is_missing(panel):
    roles = panel.members("huaian", 2023).set_index("organ")["role"].to_dict()
    assert roles == {"hongze": "summed"}
    assert panel.members("huaian", 2024).set_index("organ")["role"].to_dict() == {
        "huaian": "whole",
        "hongze": "no_report",
    }


def test_the_data_is_small():
    assert sum(path.stat().st_size for path in PROCESSED.iterdir()) < 2_000_000
    assert len(pd.read_parquet(PROCESSED / "figures.parquet")) == sum(REPORTS.values())
