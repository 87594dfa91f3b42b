import csv
import hashlib
import importlib.util
import io
import json
import re
import shutil
import sys
import zipfile

import pandas as pd
import pytest
from conftest import ROOT

import liaocheng_foi as foi
from liaocheng_foi import tablefiles
from liaocheng_foi.cli import main
from liaocheng_foi.filled.zipped import zipped
from liaocheng_foi.release import FORMATS
from liaocheng_foi.release.tables import Release
from liaocheng_foi.release.wide import name
from liaocheng_foi.schemas import KINDS, REGISTRY
from liaocheng_foi.spreadsheets import harmless

PROCESSED = ROOT / "data" / "processed"
#: Formats whose library is not on this machine.
MISSING = {"duckdb"} if importlib.util.find_spec("duckdb") is None else set()
NASTY = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "＝1", '=HYPERLINK("x","<b>")']


@pytest.fixture(scope="module")
def panel():
    return foi.load(PROCESSED)


@pytest.fixture(scope="module")
def release(panel):
    return Release(panel)


@pytest.fixture(scope="module")
def one(panel):
    """A small panel: one report."""
    return panel.sel(organ="liaocheng")


def exported(panel, folder, *left_out):
    """Format -> what a panel is exported to: a folder, or a file."""
    formats = [to for to in FORMATS if to not in MISSING and to not in left_out]
    made = {to: folder / (f"all.{to}" if to in ("xlsx", "duckdb") else to) for to in formats}
    for to, path in made.items():
        foi.export(panel, to, path)
    return made


@pytest.fixture(scope="module")
def made(one, tmp_path_factory):
    """What the small panel is exported to."""
    return exported(one, tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """The same panel, exported another time; CSV is in the test of the archive, Parquet in that of the build."""
    return exported(foi.load(PROCESSED).sel(organ="liaocheng"), tmp_path_factory.mktemp("again"), "csv", "parquet")


@pytest.fixture(scope="module")
def hostile():
    """Bodies with names that spreadsheet programs would run, and a nasty raw cell."""
    figures = foi.load(PROCESSED).report("hongze-2023").figures.query("table == 'reviews'")
    frames = []
    for organ in NASTY:
        frame = figures.assign(organ=organ)
        frame.loc[frame.index[:2], "raw"] = ["=1+1", "7\r=1+1"]
        frames.append(frame)
    return foi.Panel.from_figures(pd.concat(frames, ignore_index=True))


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_every_table_has_its_declared_columns_and_key(release):
    assert (
        set(release.tables)
        == set(release.declared)
        > set(REGISTRY) | {"codebook", "dictionary", "series", "breaks", "rules"}
    )
    for table, frame in release.tables.items():
        declared = release.declared[table]
        assert tuple(frame.columns) == declared.columns, table
        if declared.key:
            assert not frame.duplicated(list(declared.key)).any(), table
        required = [column for column in declared.columns if declared.field(column).required]
        assert frame[required].notna().all(axis=None), table


def test_wide_tables_hold_what_was_printed_and_nothing_that_was_filled_in(panel, release):
    for table in ("proactive", "requests", "reviews"):
        wide = release.tables[f"wide_{table}"].set_index(["organ", "year"])
        printed = panel.figures.query("table == @table and value.notna()")
        assert len(printed) == int(wide.drop(columns=["edition", "scope"]).notna().sum().sum())
        for line in printed.itertuples():
            assert wide.loc[(line.organ, line.year), name(line.row, line.column)] == line.value
    assert pd.isna(release.tables["wide_requests"].query("organ == 'shanghai-go'")["granted__total"].item())


def test_wide_indicators_are_those_of_all_applicants(panel, release):
    wide = release.tables["wide_indicators"].set_index(["organ", "year"])
    long = panel.table("indicators").query("applicant == 'total' and value.notna()")
    assert len(long) == int(wide.drop(columns=["edition", "scope"]).notna().sum().sum()) > 100
    for line in long.itertuples():
        assert wide.loc[(line.organ, line.year), line.indicator] == line.value


def accepted(folder, *left_out):
    """What the validator says of a package, but for some of its tables."""
    frictionless = pytest.importorskip("frictionless")
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"] = [each for each in described["resources"] if each["name"] not in left_out]
    return frictionless.Package(described, basepath=str(folder)).validate().flatten(["name", "type", "message"])


#: The validator is slow, and tables are declared alike in all packages: of those of a panel, which :mod:`test_build`
#: has validated as CSV, these stand for all. They have columns of every kind.
FEW = {"reports", "organs", "figures", "statements"}


def test_few_tables_have_columns_of_every_kind(release):
    kinds = {table.field(column).kind for name in FEW for table in [release.declared[name]] for column in table.columns}
    assert kinds == set(KINDS)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("to", ["csv", "json", "parquet"])
def test_the_package_is_accepted_and_holds_all_tables(one, made, to):
    folder, tables = made[to], Release(one).tables
    assert accepted(folder, *(name for name in tables if name not in FEW and (to != "csv" or name in REGISTRY))) == []
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"[a-z0-9._-]+", described["name"]) and described["licenses"][0]["name"] == "MIT"
    resources = {entry["name"]: entry for entry in described["resources"]}
    assert set(resources) == {table for table, frame in tables.items() if len(frame) or to != "json"}
    assert [source["title"] for source in described["sources"]] == ["聊城市人民政府2020年政府信息公开工作年度报告"]
    for entry in resources.values():
        data = (folder / entry["path"]).read_bytes()
        assert (
            entry.get("bytes", len(data)) == len(data) and entry["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        )
    assert resources["figures"]["schema"]["foreignKeys"] == [
        {
            "fields": ["organ", "year", "scope"],
            "reference": {"resource": "reports", "fields": ["organ", "year", "scope"]},
        },
        {"fields": ["organ"], "reference": {"resource": "organs", "fields": ["code"]}},
    ]
    units = {field["name"]: field.get("unit") for field in resources["wide_proactive"]["schema"]["fields"]}
    assert units["fee__fee_amount"] == "万元" and units["license__items_change"] == "项" and units["year"] is None
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert f"| `figures.{to}` | 198 |" in readme and "1份报告" in readme and "1 report, 1 body, year 2020" in readme
    assert "type: dataset" in (folder / "CITATION.cff").read_text(encoding="utf-8")


def test_a_package_that_breaks_its_declaration_is_not_accepted(made, tmp_path):
    folder = shutil.copytree(made["csv"], tmp_path / "broken")
    path = folder / "organs.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("liaocheng,", "elsewhere,", 1), encoding="utf-8")
    names = {each.stem for each in folder.glob("*.csv")}
    found = {kind for _, kind, _ in accepted(folder, *(names - {"organs", "reports"}))}
    assert {"hash-count", "foreign-key"} <= found


@pytest.mark.parametrize("to", ["csv", "parquet", "json"])
def test_tables_read_back_as_they_were(release, to):
    for table in ("figures", "statements", "findings", "wide_requests", "codebook"):
        frame = release.tables[table].reset_index(drop=True)
        data = tablefiles.FORMATS[to][0](frame)
        if to == "parquet":
            again = pd.read_parquet(io.BytesIO(data))
        elif to == "csv":
            again = pd.read_csv(io.BytesIO(data), dtype=frame.dtypes.to_dict(), keep_default_na=False, na_values=[""])
        else:
            again = pd.DataFrame(json.loads(data), columns=list(frame.columns)).astype(frame.dtypes.to_dict())
        if to == "csv":
            # an empty text and none are one in CSV
            texts = frame.select_dtypes(["str", "category"]).columns
            frame, again = (each.fillna(dict.fromkeys(texts, "")) for each in (frame, again))
        pd.testing.assert_frame_equal(again, frame)


def test_the_same_panel_gives_the_same_bytes(made, again):
    for to in set(again) - {"duckdb"}:
        if made[to].is_dir():
            assert digests(again[to]) == digests(made[to]) != {}, to
        else:
            assert again[to].read_bytes() == made[to].read_bytes(), to


def test_the_same_panel_gives_the_same_database(made, again):
    pytest.importorskip("duckdb", minversion="2.0")
    assert again["duckdb"].read_bytes() == made["duckdb"].read_bytes()


def test_a_zip_holds_what_the_folder_holds_and_has_the_same_bytes_each_time(one, made, tmp_path):
    path = tmp_path / "all.zip"
    assert foi.export(one, "csv", path) == [path]
    with zipfile.ZipFile(path) as archive:
        packed = {entry: archive.read(entry) for entry in archive.namelist()}
    assert {entry: hashlib.sha256(data).hexdigest() for entry, data in packed.items()} == digests(made["csv"])
    assert path.read_bytes() == zipped(packed)


def test_no_cell_of_a_csv_file_is_run_by_a_spreadsheet_program(hostile, tmp_path):
    foi.export(hostile, "csv", tmp_path)
    names = set()
    for path in tmp_path.glob("*.csv"):
        with open(path, encoding="utf-8", newline="") as handle:
            for row in csv.reader(handle):
                for cell in row:
                    bare = cell.strip()
                    assert not bare.startswith(("=", "@", "＝")), (path.name, cell)
                    assert not re.match(r"[+-](?!\d[\d,.]*$|-*$)", bare), (path.name, cell)
                names |= set(row) if path.name == "reports.csv" else set()
    assert {harmless(nasty) for nasty in NASTY} <= names


def test_no_cell_of_a_workbook_is_a_formula_and_every_value_is_there(hostile, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    (path,) = foi.export(hostile, "xlsx", tmp_path / "nasty.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["cover", "contents", "notes"]
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    organs = {cell.value for cell in book["reports"]["B"][4:]}
    assert organs == set(NASTY)
    quoted = [cell for cell in book["reports"]["B"][4:] if cell.value == "=1+1"]
    assert len(quoted) == 1 and quoted[0].quotePrefix


def test_a_workbook_follows_the_practice_for_published_statistics(one, made):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(made["xlsx"])
    release = Release(one)
    assert set(book.sheetnames) == {"cover", "contents", "notes"} | {n for n, f in release.tables.items() if len(f)}
    cover = " ".join(str(cell.value) for row in book["cover"].iter_rows() for cell in row if cell.value)
    for words in ("1份报告", "2020", "Source", "Units", "Licence", "Citation", foi.__version__):
        assert words in cover
    listed = {row[0].value: row[1].value for row in book["contents"].iter_rows(min_row=5)}
    assert listed == {table: len(frame) for table, frame in release.tables.items()}
    for table, frame in release.tables.items():
        if len(frame):
            sheet = book[table]
            (only,) = sheet.tables.values()
            assert only.ref.startswith("A4:") and sheet.freeze_panes[1:] == "5"
            assert sheet.max_row == 4 + len(frame)
            headers = [cell.value for cell in sheet[4]]
            assert [header.split(" · ")[0] for header in headers] == list(release.declared[table].columns)
    assert "（件）" in book["wide_reviews"]["E4"].value and "（万元）" in " ".join(
        c.value for c in book["wide_proactive"][4]
    )
    got = [[cell.value for cell in row] for row in book["requests"].iter_rows(min_row=5)]
    want = release.tables["requests"].astype(object).where(release.tables["requests"].notna(), None).to_numpy().tolist()
    assert got == want


def test_what_a_sheet_cannot_hold_is_said(one, tmp_path, monkeypatch):
    from liaocheng_foi.release import workbook

    monkeypatch.setattr(workbook, "_ROWS", 100)
    with pytest.raises(foi.SelectionError, match=r"figures has 198 rows, a sheet holds 100"):
        foi.export(one, "xlsx", tmp_path / "long.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(one, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    figures = one.figures.query("table == 'reviews'").reset_index(drop=True)
    figures.loc[0, "raw"] = "1" * 40_000
    (path,) = foi.export(foi.Panel.from_figures(figures), "xlsx", tmp_path / "long.xlsx")
    (raw,) = [
        c.value
        for c in next(openpyxl.load_workbook(path, read_only=True)["figures"].iter_rows(min_row=5, max_row=5))
        if len(str(c.value)) > 99
    ]
    assert len(raw) == 32_767 and raw.endswith("cut here）")


def test_a_database_holds_the_tables_with_keys_and_words(panel, release, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    (path,) = foi.export(panel, "duckdb", tmp_path / "made" / "reports.duckdb")
    assert [each.name for each in path.parent.iterdir()] == ["reports.duckdb"]
    with duckdb.connect(str(path), read_only=True) as base:
        tables = dict(base.sql("select table_name, estimated_size from duckdb_tables()").fetchall())
        assert {"about", "notes"} < set(tables) and {t: tables[t] for t in release.tables} == {
            t: len(frame) for t, frame in release.tables.items()
        }
        granted = base.sql(
            "select value from figures where row = 'granted' and \"column\" = 'total' and organ = 'suqian' order by year"
        )
        assert granted.fetchall() == [(1191.0,), (1431.0,)]
        assert base.sql("select written from policy_documents limit 1").fetchall()[0][0].year == 2020
        comment = base.sql(
            "select comment from duckdb_columns() where table_name = 'requests' and column_name = 'count'"
        )
        assert "件" in comment.fetchall()[0][0]
        keys = base.sql("select count(*) from duckdb_constraints() where constraint_type = 'PRIMARY KEY'").fetchall()[
            0
        ][0]
        assert keys == sum(bool(release.declared[t].key) for t in release.tables)


def test_filled_forms_read_back(panel, tmp_path):
    chosen = panel.sel(year=2024)
    written = foi.export(chosen, "docx", tmp_path, "zh")
    assert sorted(path.name for path in written) == ["huaian-2024.docx", "suqian-2024.docx"]
    for path in written:
        again, stored = foi.read(path), panel.report(path.stem)
        assert {cell.key: cell.value for cell in again.cells()} == {cell.key: cell.value for cell in stored.cells()}


def test_a_panel_in_memory_is_exported_with_its_findings(tmp_path):
    figures = foi.load(PROCESSED).report("hongze-2023").figures
    tables = Release(foi.Panel.from_figures(figures)).tables
    assert set(tables["findings"].query("state == 'fail' and severity == 'error'")["rule"]) == {"RV01"}
    assert len(tables["indicators"]) > 100 and tables["organs"].empty


@pytest.mark.parametrize(
    ("lost", "id"), [("organ", "unknown-2024"), ("year", "suqian-unknown"), ("scope", "suqian-2024")]
)
def test_a_report_that_names_no_body_or_year_is_not_lost(panel, tmp_path, lost, id):
    figures = panel.report("suqian-2024").figures
    nameless = foi.Panel.from_figures(figures.assign(**{lost: pd.NA}).astype(figures.dtypes.to_dict()))
    tables = Release(nameless).tables
    assert tables["reports"]["report"].tolist() == [id]
    assert len(tables["wide_requests"]) == len(tables["wide_indicators"]) == 1 and len(tables["figures"]) == 200
    assert [path.name for path in foi.export(nameless, "docx", tmp_path)] == [f"{id}.docx"]


def test_misuse_is_said_in_one_sentence(one, tmp_path, capsys):
    with pytest.raises(foi.SelectionError, match="no format 'pdf'; there are: csv, parquet, json, docx, xlsx, duckdb"):
        foi.export(one, "pdf", tmp_path / "x")
    (tmp_path / "there").write_text("x")
    with pytest.raises(foi.SelectionError, match="there is a file; name a folder"):
        foi.export(one, "csv", tmp_path / "there")
    assert main(["export", str(tmp_path / "nowhere"), "--to", "csv", "-o", str(tmp_path / "y")]) == 2
    assert "no processed data in nowhere" in capsys.readouterr().err
    assert main(["export", str(PROCESSED), "--to", "csv", "-o", str(tmp_path / "y"), "--year", "1999"]) == 2
    assert "no report of year 1999" in capsys.readouterr().err
    assert not (tmp_path / "y").exists()
    shutil.copytree(PROCESSED, tmp_path / "broken")
    (tmp_path / "broken" / "figures.parquet").write_bytes(b"PAR1 and nothing else")
    assert main(["export", str(tmp_path / "broken"), "--to", "csv", "-o", str(tmp_path / "y")]) == 2
    assert "figures.parquet: not readable as Parquet" in capsys.readouterr().err


def test_a_database_without_duckdb_says_what_to_install(one, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(foi.FoiError, match=r"duckdb is not installed; run: pip install 'liaocheng_foi\[export\]'"):
        foi.export(one, "duckdb", tmp_path / "x.duckdb")
    assert not list(tmp_path.iterdir())


def test_the_command_writes_and_names_its_files(tmp_path, capsys):
    assert (
        main(
            [
                "export",
                str(PROCESSED),
                "--to",
                "parquet",
                "-o",
                str(tmp_path),
                "--organ",
                "suqian",
                "--year",
                "2023",
                "2024",
            ]
        )
        == 0
    )
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(list(tmp_path.iterdir())) and any(line.endswith("datapackage.json") for line in printed)
    assert set(pd.read_parquet(tmp_path / "figures.parquet")["year"]) == {2023, 2024}
    assert foi.load(tmp_path).report("suqian", 2024).value("requests", "granted") == 1431
