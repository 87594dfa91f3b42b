"""The form written back: what was written reads as it was, opens in office programs and carries no code."""

import csv
import io
import random
import zipfile

import pytest
from conftest import ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from printed import BOOK, random_figures

import liaocheng_foi as foi
from liaocheng_foi.codebook import EDITIONS
from liaocheng_foi.filled import forms
from liaocheng_foi.filled.printed import title
from liaocheng_foi.label import Cell
from liaocheng_foi.metadata import Metadata
from liaocheng_foi.values import parse

WRITERS = {
    "html": forms.to_html, "md": forms.to_markdown, "csv": forms.to_csv, "docx": forms.to_docx, "xlsx": forms.to_xlsx,
}  # fmt: skip
YEARS = {2019: 2020, 2021: 2023}
HOSTILE = "<script>alert(1)</script>"
ONE = ("requests", "granted", "total")


def report_of(texts, edition, organ="某市人民政府", title=None):
    """A report whose cells were printed as these texts."""
    cells = []
    for key, text in texts.items():
        unit = BOOK.unit(*key)
        found = parse(text, unit if unit == "万元" else None, BOOK.signed(key[0], key[2]))
        cells.append(Cell(*key, found.value, unit, found.status, text, None, 1, 1, 1))
    return foi.Report(cells, edition, Metadata(organ, YEARS[edition], None, title))


def written(report, medium, lang="zh"):
    content = WRITERS[medium](report, None, lang)
    return content.encode() if isinstance(content, str) else content


def said(report):
    return {cell.key: (cell.value, cell.status) for cell in report.cells()}


def read_back(report, medium):
    return foi.read(written(report, medium), name=f"form.{medium}")


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("medium", WRITERS)
def test_random_forms_read_as_they_were(medium, edition):
    for seed in range(6):
        report = report_of(random_figures(random.Random(seed), edition), edition)
        again = read_back(report, medium)
        assert said(again) == said(report)
        assert (again.edition, again.organ, again.year) == (edition, "某市人民政府", YEARS[edition])
        assert again.problems == ()


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("medium", WRITERS)
def test_what_is_no_number_stays_apart(medium, edition):
    """0, blank, 无, /, — and a number are six things, also where a whole form holds one of them only."""
    marks = ["0", "", "无", "/", "—", "-", "——", "\\"]
    figures = random_figures(random.Random(1), edition)
    rng = random.Random(2)
    mixed = {key: rng.choice([*marks, text]) for key, text in figures.items()}
    for texts in (mixed, *(dict.fromkeys(figures, mark) for mark in marks)):
        report = report_of(texts, edition)
        assert said(read_back(report, medium)) == said(report)


@pytest.mark.parametrize("medium", WRITERS)
def test_real_reports_read_as_they_were(medium, shared):
    for name in ("liaocheng-2020.md", "hangzhou-2025.html", "shanghai-go-2019.html", "form-2021-blank.docx"):
        report = foi.read(shared / name)
        again = read_back(report, medium)
        assert said(again) == said(report), name
        assert again.edition == report.edition
        assert (again.organ, again.year) == (report.organ, report.year), name


@given(
    text=st.text(
        st.sampled_from("0123456789.,-+=@/|\\*_`<>&;'\"[]()（）—－＋＝％%$~^#！!无件元\n\t \u3000xb"), max_size=12
    ),
    medium=st.sampled_from(sorted(WRITERS)),
)
@example("**5**", "md")
@example("__5__", "md")
@example("<b>5</b>", "md")
@example("5|6", "md")
@example("-5(=1+1)", "csv")
@example("+5", "csv")
@example("1,234", "csv")
@example("0012", "xlsx")
@example("12345678901234567890", "xlsx")
@example("12（含补报2件）", "docx")
@example("1\n2", "md")
def test_any_text_of_a_cell_reads_back_or_stays_unread(text, medium):
    report = report_of(
        random_figures(random.Random(3), 2021) | {ONE: text, ("proactive", "fee", "fee_amount"): text}, 2021
    )
    assert said(read_back(report, medium)) == said(report)


def test_an_amount_printed_in_yuan_is_written_in_the_unit_of_the_form():
    key = ("proactive", "fee", "fee_amount")
    texts = random_figures(random.Random(3), 2021) | {key: "12345.6元"}
    report = report_of(texts, 2021)
    assert report.value(*key) == 1.23456
    for medium in WRITERS:
        assert read_back(report, medium).value(*key) == 1.23456


def test_a_number_keeps_its_note():
    report = report_of(random_figures(random.Random(3), 2021) | {ONE: "12（含补报2件）"}, 2021)
    for medium in WRITERS:
        assert read_back(report, medium).raw(*ONE) == "12（含补报2件）"


@pytest.mark.parametrize("medium", WRITERS)
def test_cells_that_were_not_found_are_left_empty_and_counted(medium):
    texts = random_figures(random.Random(4), 2021)
    report = report_of({key: text for key, text in texts.items() if key[1] != "denied.state_secret"}, 2021)
    again = read_back(report, medium)
    assert again.status("requests", "denied.state_secret", "total") == "blank"
    assert {key: cell for key, cell in said(again).items() if key[1] != "denied.state_secret"} == said(report)
    note = next(part.text for part in again.paragraphs if part.text.startswith("注："))
    assert "7个单元格" in note
    assert not any("注：" in part.text for part in read_back(report_of(texts, 2021), medium).paragraphs)


def test_other_handling_in_one_row_stays_in_one_row():
    texts = {key: text for key, text in random_figures(random.Random(5), 2021).items() if "other." not in key[1]}
    texts |= {("requests", "other", column.code): "3" for column in BOOK.columns("requests", 2021)}
    report = report_of(texts, 2021)
    for medium in WRITERS:
        assert said(read_back(report, medium)) == said(report)


def test_the_same_report_gives_the_same_bytes():
    report = report_of(random_figures(random.Random(6), 2021), 2021)
    for medium in WRITERS:
        for lang in ("zh", "en"):
            assert written(report, medium, lang) == written(report, medium, lang)
    for medium in ("docx", "xlsx"):
        archive = zipfile.ZipFile(io.BytesIO(written(report, medium)))
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
        assert "dcterms" not in core or core.count("2000-01-01T00:00:00Z") == 2


def test_title_of_the_report_or_one_of_body_and_year():
    assert title(report_of({}, 2019)) == "某市人民政府2020年政府信息公开工作年度报告"
    assert title(report_of({}, 2019, title="2020年工作年报")) == "某市人民政府2020年政府信息公开工作年度报告"
    own = "某市人民政府关于2020年政府信息公开工作的年度报告"
    assert title(report_of({}, 2019, title=own)) == own
    assert title(report_of({}, 2019, organ="some-city", title=own)) == own
    assert title(report_of({}, 2019), "en") == "某市人民政府 2020: annual report on information disclosure"


def test_paths_are_written_whole(tmp_path):
    report = report_of(random_figures(random.Random(7), 2019), 2019)
    for medium, write in WRITERS.items():
        path = tmp_path / "new folder" / f"form.{medium}"
        write(report, path)
        content = path.read_bytes()
        assert content == (b"\xef\xbb\xbf" if medium == "csv" else b"") + written(report, medium)
        assert said(foi.read(path)) == said(report)
    assert len(list((tmp_path / "new folder").iterdir())) == len(WRITERS)
    assert report.to_docx(tmp_path / "form.docx") == (tmp_path / "form.docx").read_bytes()


# --- what office programs find in the files ---------------------------------------------------------------------


def test_word_finds_the_form_on_a4():
    docx = pytest.importorskip("docx")
    report = report_of(random_figures(random.Random(8), 2021), 2021)
    document = docx.Document(io.BytesIO(written(report, "docx")))
    section = document.sections[0]
    assert (section.page_width.twips, section.page_height.twips) == (11906, 16838)
    shapes = [(len(table.rows), len(table.columns)) for table in document.tables]
    assert shapes == [(14, 4), (28, 10), (4, 15)]
    requests = document.tables[1]
    assert requests.cell(0, 0)._tc is requests.cell(2, 2)._tc
    assert requests.cell(3, 0).text == BOOK.label("requests", "row", "received_new")
    assert requests.cell(3, 9).text == report.raw("requests", "received_new", "total")
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert sum(column.width for column in table.columns) <= room
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        BOOK.label("form", "section", table) for table in ("proactive", "requests", "reviews")
    ]
    styles = zipfile.ZipFile(io.BytesIO(written(report, "docx"))).read("word/styles.xml").decode()
    assert 'w:eastAsia="宋体"' in styles


def test_excel_finds_numbers_merged_cells_and_a4():
    openpyxl = pytest.importorskip("openpyxl")
    report = report_of(random_figures(random.Random(9), 2019) | {ONE: "/"}, 2019)
    book = openpyxl.load_workbook(io.BytesIO(written(report, "xlsx")))
    assert len(book.sheetnames) == 3
    for sheet in book:
        assert sheet.page_setup.paperSize == 9 and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert all(cell.data_type != "f" for row in sheet for cell in row)
    proactive, requests, reviews = book
    amount = next(cell for row in proactive for cell in row if cell.number_format == "0.00")
    assert amount.value == report.value("proactive", "procurement", "procurement_amount")
    assert "A4:C6" in {str(span) for span in requests.merged_cells.ranges}
    assert requests["J7"].value == report.value("requests", "received_new", "total")
    assert requests["J9"].value == "/"
    figures = [cell.value for cell in reviews[reviews.max_row]]
    assert figures == [report.value("reviews", r.code, c.code) for r in BOOK.rows("reviews", 2019)
                       for c in BOOK.columns("reviews", 2019)]  # fmt: skip


@pytest.mark.parametrize("evil", [HOSTILE, "=cmd|' /C calc'!A0", "@SUM(1+1)", "-2+3", "＝1+1", "+1-1", "\x00\x0b<&\"'"])
def test_texts_of_documents_stay_texts(evil):
    openpyxl = pytest.importorskip("openpyxl")
    texts = random_figures(random.Random(10), 2021) | {ONE: evil}
    report = report_of(texts, 2021, organ=evil)
    page = forms.to_html(report)
    assert "<script" not in page and "default-src 'none'" in page
    assert "<script" not in forms.to_markdown(report)
    for row in csv.reader(io.StringIO(forms.to_csv(report))):
        for cell in row:
            plain = cell.replace(".", "").lstrip("-").isdigit()
            assert not cell.startswith(tuple("=+-@＝＋－＠")) or plain, cell
    book = openpyxl.load_workbook(io.BytesIO(forms.to_xlsx(report)))
    assert all(cell.data_type in "sn" for sheet in book for row in sheet for cell in row)
    for medium in ("docx", "xlsx"):
        assert said(read_back(report, medium)) == said(report)


def test_the_form_in_english_has_the_same_figures():
    report = report_of(random_figures(random.Random(11), 2021), 2021)
    shown = forms.to_markdown(report, lang="en")
    assert "| Regulations | " in shown and "## 4. Administrative reconsideration and litigation" in shown
    assert BOOK.label("requests", "row", "granted") not in shown
    for figure in ("outcome_total", "carried_forward"):
        assert f" {report.raw('requests', figure, 'total')} |" in shown


def test_the_home_report_as_markdown_is_read_by_eye():
    report = foi.read(ROOT / "data" / "raw" / "liaocheng-2020.md", organ="聊城市人民政府", year=2020)
    lines = forms.to_markdown(report).splitlines()
    assert "| 行政许可 | 1373 | -540 | 107719 |" in lines
    assert "| 行政诉讼 | 未经复议直接起诉 | 9 | 0 | 13 | 6 | 28 |" in lines
