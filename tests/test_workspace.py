"""A working folder of one's own: set up, a report of another city put in, built."""

import csv

import pytest
from conftest import ROOT
from panels import real

from liaocheng_foi.build import build
from liaocheng_foi.cli import main
from liaocheng_foi.problems import SourceError
from liaocheng_foi.report import Report
from liaocheng_foi.workspace import _level, add, new


@pytest.fixture
def document(tmp_path):
    """A Word report of another city, written by the package itself."""
    path = tmp_path / "report.docx"
    Report.from_figures(real("huaian-2024")).to_docx(path)
    return path


def lines(path):
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_a_new_folder_has_lists_and_notebooks(tmp_path):
    written = new(tmp_path / "mine")
    raw = tmp_path / "mine" / "data" / "raw"
    assert {p.name for p in written} >= {
        "README.md",
        "manifest.csv",
        "organs.csv",
        "corrections.csv",
        "02_requests.ipynb",
    }
    assert lines(raw / "manifest.csv") == []
    with pytest.raises(SourceError, match=r"manifest.csv lists no report; put one in with: foi add FILE"):
        build(raw, tmp_path / "mine" / "data" / "processed")
    with pytest.raises(SourceError, match="already a manifest.csv"):
        new(tmp_path / "mine")


def test_a_report_put_in_is_listed_built_and_never_listed_twice(tmp_path, document):
    new(tmp_path / "mine")
    raw = tmp_path / "mine" / "data" / "raw"
    add(document, raw, organ="huaian", year=2024, scope="region-wide", en="Huai'an")
    (entry,) = lines(raw / "manifest.csv")
    assert (entry["report"], entry["file"], entry["edition"]) == ("huaian-2024", "huaian-2024.docx", "2021")
    assert (raw / entry["file"]).read_bytes() == document.read_bytes()
    with pytest.raises(SourceError, match="already listed"):
        add(document, raw, organ="huaian", year=2024, scope="region-wide")
    tables = build(raw, tmp_path / "mine" / "data" / "processed")
    assert len(tables["requests"]) == 175 and list(tables["organs"]["en"]) == ["Huai'an"]


def test_what_a_person_wrote_in_the_lists_stays(tmp_path, document):
    new(tmp_path / "mine")
    organs = tmp_path / "mine" / "data" / "raw" / "organs.csv"
    text = organs.read_text(encoding="utf-8") + "js,江苏省,Jiangsu,province,,,"
    organs.write_text(text, encoding="utf-8")
    add(document, organs.parent, organ="huaian", year=2024, scope="region-wide", level="city", parent="js")
    assert organs.read_text(encoding="utf-8").startswith(text + "\nhuaian,")


def test_what_the_document_does_not_say_is_asked_for(tmp_path, document, capsys):
    assert main(["new", str(tmp_path / "mine")]) == 0
    status = main(["add", str(document), "--raw", str(tmp_path / "mine" / "data" / "raw"), "--scope", "organ"])
    error = capsys.readouterr().err
    assert status == 2 and "report.docx" in error and "give --organ." in error


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("聊城市人民政府", "city"), ("山东省", "province"), ("上海市人民政府", "province"), ("延边朝鲜族自治州", "city"),
        ("洪泽区人民政府", "county"), ("某某镇人民政府", "township"), ("某市财政局", "department"),
    ],
)  # fmt: skip
def test_the_level_comes_from_the_end_of_the_name(name, level):
    assert _level(name) == level


def test_the_notebooks_of_the_package_are_found():
    from liaocheng_foi.workspace import notebooks

    assert (notebooks() / "02_requests.ipynb").read_bytes() == (ROOT / "notebooks" / "02_requests.ipynb").read_bytes()
