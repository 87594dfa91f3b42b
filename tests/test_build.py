import hashlib
import json
import re
import shutil

import pytest
from conftest import ROOT

import liaocheng_foi as foi
from liaocheng_foi import SchemaError, SourceError, tablefiles
from liaocheng_foi.build import build

RAW, PROCESSED = ROOT / "data" / "raw", ROOT / "data" / "processed"


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    shutil.copytree(RAW, folder)
    return folder


def test_the_quality_of_every_report_is_stored():
    panel = foi.load(PROCESSED)
    stored = panel.table("indicators").set_index(["organ", "year", "indicator"])
    assert stored.loc[("hongze", 2023, "integrity"), ["numerator", "denominator"]].tolist() == [41, 43]
    assert stored.loc[("liaocheng", 2020, "timeliness_days"), "value"] == 22  # 9 March, due on 31 March
    assert stored.loc[("suqian", 2024, "timeliness_days"), "status"] == "not_given"
    assert stored.xs("revision_count", level="indicator")["value"].eq(0).all()


def test_a_changed_file_is_refused_and_nothing_is_written(raw, tmp_path):
    path = raw / "liaocheng-2020.md"
    path.write_bytes(path.read_bytes().replace(b"1054", b"1055"))
    with pytest.raises(SourceError, match=r"liaocheng-2020\.md: its sha256 is .* raw files never change"):
        build(raw, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("manifest.csv", "liaocheng-2020,", "other-2020,", "report must be liaocheng-2020"),
        ("manifest.csv", ",2020,2019,", ",,2019,", "year is empty"),
        ("manifest.csv", ",2019,2019,", ",2019,2021,", "its labels are those of the form of 2019"),
        ("manifest.csv", ",first,", ",third,", "it must be first or second"),
        ("manifest.csv", ".csv,hongze,", ".csv,../hongze,", "a code holds no slash"),
        ("manifest.csv", "sha256\n", "hash\n", "the columns sha256 are missing"),
        (
            "tables.csv",
            "liaocheng-2020,catalogue",
            "liaocheng-2021,catalogue",
            "manifest.csv has no report 'liaocheng-2021'",
        ),
        ("tables.csv", ",consultations,", ",consultation,", "table is 'consultation'"),
        ("tables.csv", ",consultations,", ",catalogue,", "'catalogue of liaocheng-2020' stands twice"),
        ("tables.csv", ",missing,sha256", ",sha256", "the columns missing are missing"),
        ("organs.csv", "liaocheng,", "elsewhere,", "is not in organs.csv"),
        ("organs.csv", ",city,,", ",city,shandong,", "the parent 'shandong' of huaian is not listed"),
    ],
)
def test_broken_bookkeeping_is_named(raw, tmp_path, file, old, new, words):
    path = raw / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceError, match=words):
        build(raw, tmp_path / "out")


def listed_anew(raw, file, old, new):
    """Change a typed table and list its new hash."""
    path = raw / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    listing = raw / "tables.csv"
    after = hashlib.sha256(path.read_bytes()).hexdigest()
    listing.write_text(listing.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "error", "words"),
    [
        ("statements", "发布政策文件583件,583", "发布政策文件583件,853", SourceError, r"line 6: 发布政策文件583件 reads as .*583"),
        ("statements", "部分公开84件,84,件,false,requests/partly_granted", "部分公开84件,84,件,false,requests/granted", SourceError, "line 43"),
        ("statements", ",paragraph,", ",place,", SourceError, "the columns paragraph are missing"),
        ("catalogue", "decision", "decison", SchemaError, "process 'decison' is not one of the known values"),
        ("catalogue", "county,2,", "county,1,", SchemaError, "the key must be unique"),
        ("catalogue", "county,2,", "county,two,", SchemaError, "number .* is not of the right type"),
        ("policy_documents", "2020-06-18", "2020-06-31", SchemaError, "written '2020-06-31' is not a date"),
        ("consultations", ",closed", ",over", SchemaError, "state 'over' is not one of the known values"),
    ],
)  # fmt: skip
def test_typed_tables_are_held_to_their_declaration(raw, tmp_path, file, old, new, error, words):
    listed_anew(raw, f"liaocheng-2020-{file}.csv", old, new)
    with pytest.raises(error, match=words):
        build(raw, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_missing_file_and_a_missing_manifest(raw, tmp_path):
    (raw / "liaocheng-2020.md").unlink()
    with pytest.raises(SourceError, match=r"listed in manifest\.csv but not in raw/"):
        build(raw, tmp_path / "out")
    (raw / "manifest.csv").unlink()
    with pytest.raises(SourceError, match=r"manifest\.csv is missing"):
        build(raw, tmp_path / "out")


def test_corrections_must_match_what_is_printed(raw, tmp_path):
    for name in ("manifest.csv", "tables.csv", "waivers.csv"):
        head, *lines = (raw / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (raw / name).write_text(head + "".join(line for line in lines if "liaocheng-2020" in line), encoding="utf-8")
    head = (raw / "corrections.csv").read_text(encoding="utf-8")
    line = "liaocheng-2020,requests,other,total,{old},25,because,page 3\n"
    (raw / "corrections.csv").write_text(head + line.format(old=23), encoding="utf-8")
    with pytest.raises(SourceError, match="is printed 24, not 23"):
        build(raw, tmp_path / "out")
    (raw / "corrections.csv").write_text(head + line.format(old=24), encoding="utf-8")
    tables = build(raw, tmp_path / "out")
    printed = tables["requests"].query("organ == 'liaocheng' and item == 'other' and applicant == 'total'")["count"]
    assert printed.tolist() == [24]


def test_the_descriptor_fits_the_files_and_the_standard():
    described = json.loads((PROCESSED / tablefiles.DESCRIPTOR).read_text(encoding="utf-8"))
    # what the validator lets through when a profile is named
    assert re.fullmatch(r"[a-z0-9._-]+", described["name"])
    assert described["resources"] and described["$schema"].endswith("/2.0/datapackage.json")
    names = [entry["name"] for entry in described["resources"]]
    assert len(set(names)) == len(names)
    for entry in described["resources"]:
        assert re.fullmatch(r"[a-z0-9._-]+", entry["name"])
        for file in (entry, entry["parquet"]):
            data = (PROCESSED / file["path"]).read_bytes()
            assert file.get("bytes", len(data)) == len(data)
            assert file["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        for key in entry["schema"].get("foreignKeys", []):
            assert key["reference"]["resource"] in names


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_frictionless_validator_accepts_the_package():
    frictionless = pytest.importorskip("frictionless")
    outcome = frictionless.validate(str(PROCESSED / tablefiles.DESCRIPTOR), type="package")
    assert outcome.valid, outcome.flatten(["name", "type", "message"])
