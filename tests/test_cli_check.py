"""``foi check`` and ``foi rules``: what they print, and their exit status."""

import csv
import io
import json
import shutil

import pandas as pd
import pytest
from conftest import ROOT

from liaocheng_foi.checks import rules
from liaocheng_foi.cli import main

RAW = ROOT / "data" / "raw"
LIAOCHENG = RAW / "liaocheng-2020.md"


def run(capsys, *arguments):
    status = main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def broken(tmp_path):
    """The report of Liaocheng with one figure of the reviews changed: 15 upheld become 16."""
    text = LIAOCHENG.read_text(encoding="utf-8")
    assert text.count("15\t0\t9\t4\t28") == 1
    path = tmp_path / "broken.md"
    path.write_text(text.replace("15\t0\t9\t4\t28", "16\t0\t9\t4\t28"), encoding="utf-8")
    return path


def test_a_report_without_errors_is_status_0_and_says_what_was_checked(capsys):
    status, out, err = run(capsys, "check", LIAOCHENG, "--lang", "en")
    assert (status, err) == (0, "")
    assert "40 of 40 sums hold" in out and "liaocheng-2020.md" in out
    assert "warning PR04  Administrative penalties: items in the previous year 2119, change 2203" in out
    assert "\033" not in out


def test_errors_come_first_and_are_status_1(capsys, broken):
    status, out, _ = run(capsys, "check", broken)
    lines = [line.split()[:2] for line in out.splitlines() if line.startswith("  ") and line[2] != " "]
    severities = [line[0] for line in lines if line[0] in ("错误", "警告", "提示")]
    assert status == 1 and severities == sorted(severities, key=["错误", "警告", "提示"].index)
    assert "错误 RV01  “行政复议”一行：总计28，结果维持16 + 结果纠正0 + 其他结果9 + 尚未审结4 = 29，差1" in out
    assert "40项勾稽中39项相符" in out


@pytest.mark.parametrize("format_name", ["csv", "json"])
def test_for_machines(capsys, broken, format_name):
    status, out, _ = run(capsys, "check", broken, "--format", format_name)
    lines = json.loads(out) if format_name == "json" else list(csv.DictReader(io.StringIO(out)))
    assert (
        status == 1
        and {line["state"] for line in lines} == {"fail"}
        and {line["file"] for line in lines} == {"broken.md"}
    )
    (found,) = (line for line in lines if line["rule"] == "RV01")
    assert (found["severity"], found["row"], float(found["expected"]), float(found["found"])) == (
        "error", "reconsideration", 29, 28,
    )  # fmt: skip
    _, everything, _ = run(capsys, "check", broken, "--format", format_name, "--all")
    assert len(everything) > 3 * len(out) and "not_assessable" in everything


def test_a_folder_and_what_cannot_be_read(capsys, broken):
    (broken.parent / "empty.md").write_text("", encoding="utf-8")
    shutil.copy(LIAOCHENG, broken.parent / "sound.md")
    status, out, err = run(capsys, "check", broken.parent, "--lang", "en")
    assert status == 2 and err.startswith("foi check: empty.md: ")
    assert "broken.md" in out and "sound.md" in out
    assert run(capsys, "check", broken.parent / "nowhere.md")[0] == 2


def test_accepted_findings_and_corrections_of_a_folder_of_decisions(capsys, broken, tmp_path):
    decisions = tmp_path / "decisions"
    decisions.mkdir()
    shutil.copy(RAW / "organs.csv", decisions)
    cell = "reviews,reconsideration,total"
    (decisions / "corrections.csv").write_text(
        f"report,table,row,column,old_value,new_value,reason,evidence\nliaocheng-2020,{cell},28,29,sum,\n", "utf-8"
    )
    waived = f"liaocheng-2020,RV01,{cell.replace(',', '/')}"
    unused = "liaocheng-2020,RV01,reviews/litigation_direct/total"
    (decisions / "waivers.csv").write_text(
        f"report,rule,cell,found,reason\n{waived},28,known at the office\n{unused},,no longer there\n", "utf-8"
    )
    status, out, _ = run(
        capsys, "check", broken, "--organ", "liaocheng", "--year", 2020, "--raw", decisions, "--lang", "en"
    )
    assert status == 0
    assert "waived: known at the office" in out and "1 finding waived" in out
    assert "corrected: reviews/reconsideration/total: 28 → 29 (sum)" in out
    assert "warning WV01  a waiver that no finding needs: RV01 reviews/litigation_direct/total (no longer there)" in out


def test_the_processed_data_of_this_repository(capsys):
    status, out, _ = run(capsys, "check", ROOT / "data" / "processed", "--format", "csv", "--raw", RAW)
    found = {(line["organ"], line["rule"]) for line in csv.DictReader(io.StringIO(out)) if line["severity"] == "error"}
    assert status == 1 and ("hongze", "RV01") in found and "liaocheng" not in {organ for organ, _ in found}


def test_stored_data_are_checked_with_the_decisions_stored_beside_them(capsys, tmp_path):
    folder = tmp_path / "processed"
    shutil.copytree(ROOT / "data" / "processed", folder)
    line = ["hongze-2023", "RV01", "reviews/reconsideration/total", 0.0, "left at 0 in print"]
    waivers = pd.read_parquet(folder / "waivers.parquet")
    pd.DataFrame([line], columns=waivers.columns).to_parquet(folder / "waivers.parquet")
    status, out, _ = run(capsys, "check", folder, "--lang", "en")
    assert status == 1 and out.count("waived: left at 0 in print") == 1
    assert "Liaocheng Municipal Government 2020" in out and "14 of 14 figures in the text agree" in out


def test_rules(capsys):
    status, out, _ = run(capsys, "rules", "--lang", "en")
    assert status == 0 and len(out.splitlines()) == len(rules())
    assert "RQ01  error    2019|2021  linear    received and carried in equal handled and carried forward" in out
    _, out, _ = run(capsys, "rules", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(out)))
    assert {line["kind"] for line in lines} == {"linear", "function", "remark"} and len(lines) == len(rules())
