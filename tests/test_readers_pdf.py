import random
import re
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from browser import CHROMIUM, printed_by_browser
from conftest import ROOT, truth
from drawn import draw
from layouts import cut_pages
from panels import printed_in
from printed import printed, random_figures, section

import liaocheng_foi as foi
from liaocheng_foi.grid import PICTURE
from liaocheng_foi.readers import Limits, pdf
from liaocheng_foi.readers.letters import Character, lines
from liaocheng_foi.readers.pdf import hazard
from liaocheng_foi.readers.pdf.dotted import dotted
from liaocheng_foi.readers.pdf.layout import blocks_of
from liaocheng_foi.readers.pdf.ruled import Line, joined, tables, with_columns_of
from liaocheng_foi.readers.unruled.pages import Pages


def read(data, edition=2021):
    return foi.read(data, name="drawn.pdf", organ="x", year=2020 if edition == 2019 else 2022)


def pages_of(report):
    """Each table on a page of its own; a piece behind a page cut on the next."""
    pages = [["某某市人民政府2020年政府信息公开工作年度报告"]]
    for code in ("proactive", "requests", "reviews"):
        pages.append([section(code, report.edition)])
        for number, grid in enumerate(getattr(report, code)):
            if number:
                pages.append([])
            pages[-1].append(grid)
    pages.append([section("shortcomings", report.edition), "一些文字。"])
    return pages


@pytest.mark.parametrize("edition", [2019, 2021])
@pytest.mark.parametrize("manner", ["strokes", "rectangles", "boxes", "open"])
def test_ruled_tables_however_their_lines_are_drawn(edition, manner):
    figures = random_figures(random.Random(3), edition)
    report = read(draw(pages_of(printed(figures, edition)), manner), edition)
    assert {cell.key: cell.raw for cell in report.cells()} == figures
    assert [p.code for p in report.problems] == []


@pytest.mark.parametrize("edition", [2019, 2021])
@pytest.mark.parametrize("seed", range(4))
def test_tables_over_pages(edition, seed):
    rng = random.Random(seed)
    figures = random_figures(rng, edition)
    form = printed(figures, edition)
    cut_pages(rng, form)
    report = read(draw(pages_of(form)), edition)
    assert {cell.key: cell.raw for cell in report.cells()} == figures


@pytest.mark.parametrize(
    "code",
    [0, 0x13, 0x85, 0xFFFD, 0xAD, 0x200B, 0x2028],
    ids=["none", "control", "control of Latin-1", "unknown", "soft hyphen", "zero width", "line separator"],
)
def test_a_digit_without_a_name_is_never_left_out(code):
    """Fonts whose letters have no code, or that of their place in the font: seen by people, unknown to the file."""
    figures = random_figures(random.Random(2), 2021)
    report = read(draw(pages_of(printed(figures, 2021)), misnamed={"4": code, " ": code}))
    cells = {cell.key: cell for cell in report.cells()}
    doubted = {(p.table, p.row, p.column) for p in report.problems if p.code == "not-a-number"}
    assert any("4" in text for text in figures.values())
    for key, text in figures.items():
        if "4" in text:
            assert cells[key].status == "illegible" and key in doubted, key
        else:
            assert cells[key].raw == text


@pytest.mark.parametrize("manner", ["strokes", "none"])
def test_what_is_filled_into_fields_is_read(manner):
    figures = random_figures(random.Random(4), 2021)
    report = read(draw(pages_of(printed(figures, 2021)), manner, layer="field"))
    assert {cell.key: cell.raw for cell in report.cells()} == figures


def test_a_hyphen_is_one_although_the_font_calls_it_a_soft_one():
    figures = random_figures(random.Random(2), 2019)
    assert any(text.startswith("-") for text in figures.values())
    report = read(draw(pages_of(printed(figures, 2019)), misnamed={"-": 0xAD}))
    assert {cell.key: cell.raw for cell in report.cells()} == figures


def test_small_digits_behind_and_above_a_number_mark_a_note():
    def line(*places):
        return lines(
            [Character(text, left, left + width, middle, height) for text, left, width, middle, height in places]
        )[0].text

    number = [("1", 0, 5, 100, 10), ("2", 5, 5, 100, 10)]
    assert line(*number, ("3", 10, 3, 103, 6), ("4", 13, 3, 103, 6)) == "12³⁴"
    # as high as the others, apart from them
    assert line(*number, ("3", 10, 3, 100.5, 9)) == "123"
    assert line(*number, ("3", 40, 3, 103, 6)) == "12 3"
    # on another level, below them, before them, behind them and larger, as in a watermark: of no one number
    assert line(*number, ("3", 10, 3, 103, 9)) == "12\ufffd"
    assert line(*number, ("3", 10, 3, 98, 6)) == "12\ufffd"
    assert line(("3", -4, 3, 103, 6), *number) == "3\ufffd2"
    assert line(*number, ("3", 10, 9, 100, 18)) == "12\ufffd"
    assert line(("3", 0, 3, 100, 0), ("4", 3, 3, 100, 0)) == "34"


#: What the pages below are read with: in this process also where they have to be drawn.
read_page = pdf.read_here


def page(content, layers="", notes="", form="", of_page=""):
    """A PDF of one page in Helvetica with a ruled table of one row: ``a``, what ``content`` prints, and nothing.

    ``form``: what ``/X Do`` shows; font ``G`` says that its 9 is a blank.
    """
    lines_of_table = "".join(f"{x} 100 m {x} 140 l S " for x in (20, 80, 180, 240))
    table = f"{lines_of_table} 20 100 m 240 100 l S 20 140 m 240 140 l S BT /F 12 Tf 30 115 Td (a) Tj ET"
    stream = f"{table}\n{content}".encode()
    body = b"""%%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R %b >> endobj
2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj
6 0 obj << /Type /OCG /Name (a) >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Annots [%b] %b
/Resources 7 0 R >> endobj
7 0 obj << /Font << /F 5 0 R /G 8 0 R >> /ExtGState << /C << /ca 0 >> /H << /ca 0.5 >> >> /Properties << /L 6 0 R >>
/XObject << /X 9 0 R >> /Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 300 0] /Function
<< /FunctionType 2 /Domain [0 1] /C0 [0.8] /C1 [0.9] /N 1 >> >> >> >> endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
8 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 10 0 R >> endobj
9 0 obj << /Type /XObject /Subtype /Form /BBox [0 100 200 140] /Resources 7 0 R /Length %d >> stream
%b
endstream endobj
10 0 obj << /Length 156 >> stream
/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar
<39> <0020>
endbfchar endcmap end end
endstream endobj
4 0 obj << /Length %d >> stream
%b
endstream endobj
trailer << /Root 1 0 R >>""" % (
        *(part.encode() for part in (layers, notes, of_page)), len(form), form.encode(), len(stream), stream
    )  # fmt: skip
    return read_page(body, name="page.pdf", limits=Limits())


def text(words, x, state="", font="F"):
    return f"q {state} BT /{font} 12 Tf {x} 115 Td ({words}) Tj ET Q\n"


def turned(words, matrix):
    return f"BT /F 12 Tf {matrix} Tm ({words}) Tj ET\n"


@pytest.mark.parametrize(
    ("content", "shown", "told"),
    [
        (text("12", 90) + text("9", 103.4, "1 1 1 rg"), "12", True),
        (text("12", 90) + text("9", 103.4, "1 g"), "12", True),
        (text("12", 90) + text("9", 103.4, "3 Tr"), "12", True),
        (text("12", 90) + text("9", 103.4, "/C gs"), "12", True),
        (text("129", 90) + "1 1 1 rg 103.4 110 7 15 re f", "12", True),
        (text("129", 90) + "1 0 0 rg 103.4 110 7 15 re f", "12", True),
        (text("129", 90) + "/H gs 1 1 0 rg 103.4 110 7 15 re f", "129", False),
        ("q 1 1 1 rg 80 100 100 40 re f Q\n" + text("129", 90), "129", False),
        ("0 0 1 rg 80 100 100 40 re f\n" + text("129", 90, "1 1 1 rg"), "129", False),
        (text("129", 90, "0.9 g"), "129", False),
        (text("129", 90) + "q 1 1 1 rg 103.4 110 7 15 re f Q " + text("5", 150), "12 5", True),
        (text("12", 90) + text("9", 103.4, "0.98 g"), "12", True),
        ("0 0 .4 rg 80 100 100 40 re f\n" + text("12", 90, "1 g") + text("9", 103.4, "0 0 .4 rg"), "12", True),
        (text("12", 90) + text("9", 103.4, "10 10 20 20 re W n"), "12", True),
        (text("129", 90, "85 105 60 30 re W n"), "129", False),
        (text("129", 90) + "q 103.4 110 7 15 re W n /S sh Q", "12", True),
        (text("129", 90) + "q 7 0 0 15 103.4 110 cm BI /W 1 /H 1 /CS /G /BPC 8 ID ~ EI Q", "12", True),
        (text("12", 90) + turned("9", "0.7 0.7 -0.7 0.7 120 105"), "12", True),
        (text("12", 90) + turned("9", "-1 0 0 1 110 115"), "12", True),
    ],
    ids=[
        "white", "grey", "inkless", "clear", "painted", "blackened", "marked", "ground", "blue", "pale", "over", "near white",
        "blue on blue", "cut", "not cut", "shaded", "picture", "askew", "mirrored",
    ],
)  # fmt: skip
def test_what_is_not_seen_is_left_out_and_noted(content, shown, told):
    document = page(content)
    (grid,) = document.grids()
    assert grid.cells == [["a", shown, ""]]
    assert [(p.code, p.page, p.details["raw"]) for p in document.problems] == [("hidden-markup", 1, "9")] * told


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        (text("129", 90), "129"), (text("12", 90) + text("9", 103.4, "1 g"), "12"), (text("12", 90) + text("9", 220), "12"),
        (text("129", 90) + "1 g 103.4 110 7 15 re f", "12"), (text("12", 90) + "/OC /L BDC " + text("9", 103.4) + "EMC", "12"),
    ],
    ids=["plain", "white", "cut", "painted", "layer"],
)  # fmt: skip
def test_what_is_not_seen_of_a_form_is_left_out(form, shown):
    document = page("/X Do", "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>", form=form)
    (grid,) = document.grids()
    assert grid.cells == [["a", shown, ""]]
    assert bool(document.problems) == (shown == "12")


@pytest.mark.parametrize(
    "content",
    [
        text("12", 90) + text("8", 103.4) + "1 g 103 119.5 7 8 re f", text("12", 90) + text("8", 103.4, "103 115 7 4 re W n"),
        text("12", 90) + text("9", 103.4, font="G"),
    ],
    ids=["painted", "cut", "blank"],
)  # fmt: skip
def test_a_digit_seen_in_part_or_called_a_blank_is_in_doubt(content):
    (grid,) = page(content).grids()
    assert grid.cells == [["a", "12\ufffd", ""]]


@pytest.mark.parametrize(
    ("drawn", "shown"),
    [
        ("100 115 m 104 115 l 104 124 l 100 124 l h f", PICTURE), ("q 20 0 0 12 100 112 cm BI /W 1 /H 1 /CS /G /BPC 8 ID ~ EI Q", PICTURE),
        ("0.8 g 80 100 100 40 re f", ""), ("1 g 100 110 20 20 re f", ""),
    ],
    ids=["curves", "picture", "ground", "white"],
)  # fmt: skip
def test_a_cell_with_something_drawn_in_it_is_not_blank(drawn, shown):
    (grid,) = page(text("7", 200) + drawn).grids()
    assert grid.cells == [["a", shown, "7"]]


def test_what_is_printed_twice_is_seen_when_one_of_both_is():
    document = page(text("1.29", 90, "1 g") + text("1.29", 90.2))
    assert [grid.cells for grid in document.grids()] == [[["a", "1.29", ""]]]


def test_turned_numbers_end_at_the_lines_of_their_cells():
    def cells(y):
        below = "20 60 m 240 60 l S " + "".join(f"{x} 60 m {x} 100 l S " for x in (20, 80, 180, 240))
        upright = text("5", 200) + text("6", 220)
        (grid,) = page(below + upright + turned("129", "0 -1 1 0 120 135") + turned("34", f"0 -1 1 0 120 {y}")).grids()
        return [row[1] for row in grid.cells]

    assert cells(98) == ["129", "34"]
    assert all("\ufffd" in cell for cell in cells(106.7))


@pytest.mark.parametrize(("x", "shown"), [(165, ["a", "1\ufffd", "\ufffd"]), (159.5, ["a", "129", ""])])
def test_a_number_that_runs_over_a_line_is_in_doubt(x, shown):
    (grid,) = page(text("129", x)).grids()
    assert grid.cells == [shown]


@pytest.mark.parametrize("instead", ["(5)", "()", "(129)"])
def test_what_the_file_says_instead_of_a_text_is_not_what_one_sees(instead):
    (grid,) = page(f"/Span << /ActualText {instead} >> BDC {text('129', 90)} EMC").grids()
    assert grid.cells == [["a", "129", ""]]


@pytest.mark.parametrize("matrix", ["0 1 -1 0 120 105", "0 -1 1 0 120 135", "-1 0 0 -1 120 125"])
def test_a_number_turned_in_its_cell_is_read_as_it_is_turned(matrix):
    (grid,) = page(turned("129", matrix)).grids()
    assert grid.cells == [["a", "129", ""]]


@pytest.mark.parametrize(
    "of_page", ["/Rotate 90", "/Rotate 270 /CropBox [10 50 290 190]", "/CropBox [10 50 290 190]", "/UserUnit 2"]
)
def test_a_page_is_read_however_it_is_turned_and_cut(of_page):
    (grid,) = page(text("129", 90), of_page=of_page).grids()
    assert grid.cells == [["a", "129", ""]]


def test_what_lies_outside_of_the_paper_is_left_out():
    document = page(text("12", 90) + text("9", 103.4), of_page="/CropBox [10 50 103.2 190]")
    assert "9" not in str([grid.cells for grid in document.grids()]) and document.problems


@pytest.mark.parametrize(
    ("named", "ordinary"),
    [
        (b"/FontFile2 7 0 R", True), (b"/FontFile2 007 0\nR", True), (b"/FontFile2 7 0 R /Contents 7 0 R", False),
        (b"/FontFile2 7 0 R /Contents 7%\n0 R", False), (b"/FontFile2 7 0 R /Contents [5 0 R 7 0 R]", False),
        (b"/FontFile2 7 0 R /Contents 7\x800\0R", False), (b"/FontFile2 7 0 R /Contents +7.0 0 R", False),
        (b"/FontFile2 7 0 R /Contents [5 7 %\n0 R]", False), (b"/FontFile2 7 0 R /Contents %b7 0 R" % (b"0" * 99), False),
        (b"/FontFile2 7 0 R /Contents 7%b0 R" % (b" " * 999), False),
        (b"/FontFile2 7 0 R /Contents 7%b%%\n0 R" % (b" " * 999), False), (b"/Contents [/FontFile2 7 0 R]", False),
        (b"/Contents % << /FontFile2\n7 0 R", False), (b"/FontBBox [0 0 9 9] /FontFamily (A) /FontFile2 7 0 R", True),
    ],
)  # fmt: skip
def test_fonts_are_left_packed_where_they_are_named_as_fonts_alone(named, ordinary):
    packed = zlib.compress(bytes(9))
    font = b"7 0 obj << /Length1 9 /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream endobj" % (
        len(packed),
        packed,
    )
    assert hazard.look(b"%%PDF-1.4\n1 0 obj << %b >> endobj\n%b" % (named, font), 1).ordinary == ordinary


@pytest.mark.parametrize(
    ("paint", "may_hide"),
    [(b"1 g", True), (b"0.98 g", True), (b"1 1 1\nrg", True), (b"0 0 0 .01 k", True), (b"1 1 .99 scn", True), (b"0.5 g", False),
     (b"0 0 0 1 k", False), (b"1 g 0 0 9 9 re f 0 g", False)],
)  # fmt: skip
def test_paint_next_to_white_is_told(paint, may_hide):
    data = b"%%PDF-1.4\n1 0 obj << >>\nstream\n%b BT (9) Tj ET\nendstream endobj" % paint
    assert hazard.look(data, 1).may_hide == may_hide


def test_a_page_that_must_be_drawn_is_read_in_a_process_of_its_own(monkeypatch):
    monkeypatch.setattr(pdf.apart, "read", lambda reader, data, **rest: "apart")
    monkeypatch.setattr(sys.modules[__name__], "read_page", pdf.read)
    assert page(text("129", 90) + "q 1 1 1 rg 103.4 110 7 15 re f Q") == "apart"
    (grid,) = page(text("129", 90)).grids()
    assert grid.cells == [["a", "129", ""]]


@pytest.mark.parametrize(
    ("layers", "shown"),
    [
        ("/D << /OFF [6 0 R] >>", "12"),
        ("/D << /BaseState /OFF >>", "12"),
        ("/D << /OFF [] >>", "129"),
        ("", "129"),
    ],
)
def test_digits_in_layers_that_are_not_shown_are_left_out(layers, shown):
    content = text("12", 90) + "/OC /L BDC " + text("9", 103.4) + "EMC"
    (grid,) = page(content, f"/OCProperties << /OCGs [6 0 R] {layers} >>" if layers else "").grids()
    assert grid.cells == [["a", shown, ""]]


def test_digits_over_each_other_are_in_doubt_and_specks_left_out():
    for shift in (0.5, 3.4, 6):
        (grid,) = page(text("12", 90) + text("34", 90 + shift)).grids()
        assert "\ufffd" in grid.cells[0][1]
    document = page(text("12", 90) + "BT /F 0.5 Tf 103.4 115 Td (9) Tj ET")
    assert [grid.cells[0][1] for grid in document.grids()] == ["12"] and document.problems


@pytest.mark.parametrize(
    ("kind", "look", "shown"),
    [
        ("FreeText", "1 g 88 110 27 20 re f 0 g " + text("57", 92), "57"), ("Square", "0 g 103.4 110 7 15 re f", "12"),
        ("StrikeOut", "103.4 119 m 110 119 l S", "129\u0336"), ("Highlight", "0 g 103.4 110 7 15 re f", "129"),
    ],
)  # fmt: skip
def test_what_is_drawn_over_a_page_is_seen(kind, look, shown):
    note = f"<< /Type /Annot /Subtype /{kind} /F 4 /Contents () /Rect [0 100 200 140] /AP << /N 9 0 R >> >>"
    (grid,) = page(text("129", 90), notes=note, form=look).grids()
    assert grid.cells == [["a", shown, ""]]


def test_words_typed_onto_a_page_or_into_a_field_that_the_file_does_not_draw_are_told():
    note = "<< /Type /Annot /Subtype /{} /F 4 /Contents (57 things) /Rect [90 110 120 130] >>"
    document = page("", notes=note.format("FreeText"))
    assert [(p.code, p.page, p.details["raw"]) for p in document.problems] == [("hidden-markup", 1, "57 things")]
    assert not page("", notes=note.format("Text")).problems
    field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (57) /F 4 /Rect [90 110 120 130] >>"
    assert [(p.code, p.details["raw"]) for p in page("", notes=field).problems] == [("hidden-markup", "57")]


def test_a_page_of_unseen_text_was_recognised():
    document = page("3 Tr " + text("129", 90) + text("345", 120) + text("0", 30, "0 Tr"))
    (grid,) = document.grids()
    assert "129" in str(grid.cells) and [p.code for p in document.problems] == ["page-recognised"]


@pytest.mark.parametrize(
    ("stroke", "shown"),
    [
        ("103.4 119 m 110 119 l S", "129\u0336"), ("103.4 118.5 6.7 0.5 re f", "129\u0336"),
        ("90 119 m 110 119 l S", "1\u03362\u03369\u0336"), ("90 113 m 110 113 l S", "129"), ("20 119 m 180 119 l S", None),
    ],
)  # fmt: skip
def test_a_line_through_the_middle_strikes_out(stroke, shown):
    (grid,) = page(text("129", 90) + stroke).grids()
    assert shown is None or grid.cells == [["a", shown, ""]]
    assert ("\u0336" in str(grid.cells)) == ("\u0336" in (shown or ""))


def test_text_recognised_in_a_picture_is_read_and_said_to_be():
    figures = random_figures(random.Random(4), 2021)
    report = read(draw(pages_of(printed(figures, 2021)), layer="recognised"))
    assert {cell.key: cell.raw for cell in report.cells()} == figures
    assert [(p.code, p.page) for p in report.problems] == [("page-recognised", page) for page in range(1, 6)]


def test_every_figure_knows_its_page():
    figures = random_figures(random.Random(1), 2021)
    report = read(draw(pages_of(printed(figures, 2021))))
    assert report.figures.groupby("table")["page"].agg(set).to_dict() == {
        "proactive": {2},
        "requests": {3},
        "reviews": {4},
    }
    assert "第3页" in report.locate("requests", "granted", "total")


@pytest.mark.parametrize("seed", range(6))
def test_without_lines_a_figure_is_right_or_in_doubt(seed):
    figures = random_figures(random.Random(seed), 2021)
    report = read(draw(pages_of(printed(figures, 2021)), "none"))
    got = {cell.key: cell.raw for cell in report.cells()}
    wrong = {key: text for key, text in got.items() if figures[key] != text and text}
    assert wrong == {}
    if got.keys() < figures.keys():
        assert report.problems


@pytest.mark.parametrize("name", ["huaian-2024", "hongze-2023"])
def test_published_pdfs_equal_their_truth_and_need_not_be_drawn(shared, name, monkeypatch):
    monkeypatch.delattr(pdf.apart, "read")
    report = foi.read(shared / f"{name}.pdf")
    assert {cell.key: cell.value for cell in report.cells()} == truth(name)
    assert report.unsure == ()


@pytest.mark.filterwarnings("ignore")
def test_cells_equal_those_of_another_library(shared):
    pdfplumber = pytest.importorskip("pdfplumber")
    path = shared / "hongze-2023.pdf"
    document = pdf.read(path.read_bytes(), name=path.name, limits=Limits())
    mine = [
        text
        for g in document.grids()
        for r, row in enumerate(g.cells)
        for c, text in enumerate(row)
        if g.is_anchor(r, c)
    ]
    with pdfplumber.open(path) as book:
        theirs = [text for page in book.pages for table in page.extract_tables() for row in table for text in row]
    figures = [sorted(t for t in texts if t and re.fullmatch(r"[\d.]+", t)) for texts in (mine, theirs)]
    assert len(figures[0]) > 180 and figures[0] == figures[1]


#: Tables as pages style them, with lines, without, and with some.
STYLES = (
    "table{border-collapse:collapse;width:100%}td{border:1px solid}", "td{border:1px solid}", "",
    "table{width:100%}td{text-align:center}", "td{padding:4px}tr:nth-child(even){background:#eee}",
    "font-size:11px;table{width:100%}td{text-align:center;padding:3px;border-bottom:1px solid #ccc}",
    "table{width:90%}td{text-align:center;padding:2px}",
)  # fmt: skip


@pytest.fixture(scope="module")
def prints(tmp_path_factory):
    """Style → a form as a browser prints it, and its figures."""
    figures = random_figures(random.Random(8), 2021)
    document = printed(figures, 2021).document()
    made = printed_by_browser([(document, style) for style in STYLES], tmp_path_factory.mktemp("prints"))
    return dict(zip(STYLES, made, strict=True)), figures


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not on this machine")
@pytest.mark.parametrize("style", STYLES)
def test_pages_printed_by_a_browser(prints, style):
    found, figures = prints
    report = read(found[style])
    assert {cell.key: cell.raw for cell in report.cells()} == figures
    assert report.unsure == ()


def test_a_form_printed_by_an_office():
    """A form of ours with many blanks, printed by LibreOffice."""
    report = foi.read(ROOT / "tests" / "data" / "printed-by-office.pdf")
    assert {cell.key: cell.value for cell in report.cells()} == printed_in("shanghai-go-2019")
    assert report.unsure == ()


def test_threads_read_one_pdf_at_a_time():
    """PDFium ends the process where two threads call it."""
    path = ROOT / "tests" / "data" / "printed-by-office.pdf"
    with ThreadPoolExecutor(1) as pool:
        with pdf._opened(path.read_bytes(), path.name, Limits()):
            other = pool.submit(foi.read, path)
            assert not wait([other], timeout=0.2).done
        assert other.result().unsure == ()


def test_what_is_no_readable_pdf_says_why(shared):
    good = (shared / "huaian-2024.pdf").read_bytes()
    for data, words in (
        (good[:5000], "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged"),
        (draw([[]]), "no text layer"),
    ):
        with pytest.raises(foi.ReadError, match=words) as caught:
            foi.read(data, name="bad.pdf")
        assert str(caught.value).startswith("bad.pdf: ")


def test_pages_over_the_limit_are_refused_before_they_are_read():
    data = draw([["一"]] * 4)
    with pytest.raises(
        foi.ReadError, match=r"the number of pages is 4, over the limit of 3; pass limits=Limits\(max_pages"
    ):
        foi.read(data, name="long.pdf", limits=Limits(max_pages=3))


def test_a_page_without_text_is_a_problem_and_the_rest_is_read():
    figures = random_figures(random.Random(2), 2021)
    pages = pages_of(printed(figures, 2021))
    pages.insert(2, [])
    report = read(draw(pages))
    assert [(p.code, p.page) for p in report.problems] == [("page-without-text", 3)]
    assert {cell.key: cell.raw for cell in report.cells()} == figures


def test_collinear_pieces_are_one_line():
    pieces = [Line(10, 0, 5), Line(10.4, 5, 9), Line(10, 20, 30), Line(40, 0, 5)]
    assert joined(pieces) == [Line(10, 0, 9), Line(10, 20, 30), Line(40, 0, 5)]


def test_missing_edges_make_spans():
    horizontal = [Line(y, 0, 90) for y in (0, 20, 40)]
    vertical = [Line(0, 0, 40), Line(90, 0, 40), Line(30, 0, 20), Line(60, 0, 20)]
    (table,) = tables(horizontal, vertical)
    assert sorted(table.cells) == [(0, 0, 1, 3), (1, 0, 2, 1), (1, 1, 2, 2), (1, 2, 2, 3)]


def test_double_and_broken_lines_bound_no_row_or_column():
    horizontal = [Line(y, 0, 90) for y in (0, 20, 23.8, 44)]
    vertical = [Line(x, 0, 44) for x in (0, 30, 33.5, 90)]
    (table,) = tables(horizontal, vertical)
    assert sorted(table.cells) == [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)]


def test_a_cell_has_no_line_within():
    horizontal = [Line(0, 0, 90), Line(40, 0, 90), Line(20, 30, 90)]
    (table,) = tables(horizontal, [Line(0, 0, 40), Line(60, 0, 40), Line(90, 0, 40), Line(30, 0, 40)])
    assert (0, 0, 2, 1) in table.cells
    # without the line at 30 what is above 20 hangs together with what is below, around its end
    (table,) = tables(horizontal, [Line(0, 0, 40), Line(60, 0, 40), Line(90, 0, 40), Line(30, 38, 40)])
    assert sorted(table.cells)[:4] == [(0, 0, 1, 1), (0, 1, 1, 2), (0, 2, 1, 3), (1, 0, 2, 1)]


def test_a_table_that_goes_on_has_the_columns_of_the_page_before():
    above = [0.0, 20.0, 60.0, 100.0, 150.0]
    (table,) = tables([Line(y, 20, 150) for y in (0, 40, 80)], [Line(x, 0, 80) for x in (20, 101, 150)])
    wide = with_columns_of(table, above)
    assert wide.xs == above and sorted(wide.cells) == [
        (0, 0, 2, 1), (0, 1, 1, 3), (0, 3, 1, 4), (1, 1, 2, 3), (1, 3, 2, 4)
    ]  # fmt: skip
    for other in ([0.0, 20.0, 60.0, 110.0, 150.0], [20.0, 100.0, 150.0], [20.0, 100.0, 102.0, 140.0], []):
        assert with_columns_of(table, other) is table


def test_figures_stand_between_the_lines_of_their_own_row():
    """Of two tables that touch each other, whose lines are nearly in one place."""
    horizontal = [Line(y, 0, 90) for y in (0, 20, 40)]
    vertical = [Line(0, 0, 40), Line(90, 0, 40), Line(30, 20, 40), Line(32.9, 0, 20), Line(60, 0, 40)]
    (table,) = tables(horizontal, vertical)
    assert table.xs == [0, 30, 60, 90] and table.inner_lines() == [[30, 60], [32.9, 60]]
    figures = [("1", 10), ("2", 31), ("3", 70)], [("4", 28), ("5", 34), ("6", 70)]
    characters = [
        Character(text, left, left + 4.5, middle, 9)
        for middle, row in zip((30, 10), figures, strict=True)
        for text, left in row
    ]
    (grid,) = blocks_of(characters, [table], [], 1, 100, Pages())
    assert grid.cells == [["1", "2", "3"], ["4", "5", "6"]]


def test_dots_in_a_row_are_a_line():
    dots = [(10 + 1.5 * i, 100.0) for i in range(20)] + [(80.0, 100.0), (10.0, 130.0), (10.0, 131.5)]
    dots += [(50.2, 20 + 1.5 * i) for i in range(8)]
    rows, columns = dotted(dots)
    assert rows == [Line(100.0, 10.0, 38.5)] and columns == [Line(50.2, 20.0, 30.5)]


def test_an_underline_and_a_frame_are_no_tables():
    assert tables([Line(10, 0, 50)], []) == []
    assert tables([Line(0, 0, 90), Line(40, 0, 90)], [Line(0, 0, 40), Line(90, 0, 40)]) == []
