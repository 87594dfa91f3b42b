"""Workbooks: values and merged cells against openpyxl, tables told from text, hostile sheets, the form there and back."""

import io
import random
import struct
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from printed import proactive_rows, random_figures, requests_rows, reviews_rows, section
from xlsxwriter.color import Color

import liaocheng_foi as foi
from liaocheng_foi.grid import PICTURE, Grid
from liaocheng_foi.problems import FoiError, ReadError
from liaocheng_foi.readers import Limits, read_document
from liaocheng_foi.readers.workbook import read as read_workbook

#: One white dot.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea7350a"
    "840000000049454e44ae426082"
)
XLS = Path(__file__).parent / "data" / "two-sheets.xls"


def workbook(fill, **options):
    """Bytes of a workbook with one sheet that ``fill`` writes in."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    fill(book, book.add_worksheet())
    book.close()
    return stream.getvalue()


def read(data, limits=None):
    return read_workbook(data, name="x.xlsx", limits=limits or Limits())


def lines(*rows):
    """A workbook with these rows from A1."""

    def fill(book, sheet):
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)

    return workbook(fill)


def shape(data):
    """The blocks: text of a paragraph, cells of a grid."""
    return [block.cells if isinstance(block, Grid) else block.text for block in read(data).blocks]


# ---- values ----


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13612.0, "13612"), (25.1, "25.1"), (0.1 + 0.2, "0.3"), (-540, "-540"), (0, "0"), (1278848.63, "1278848.63"),
        (1052.4899999999998, "1052.49"), (30.000000000001, "30"), (-2 / 3, "-0.666666667"), (1e20, "1e+20"), ("1,234", "1,234"), ("012", "012"), (" / ", "/"), (True, "TRUE"),
        ("第一行\n第二行", "第一行\n第二行"), ("x\u00a0y\u200b", "x y"),
    ],
)  # fmt: skip
def test_values(value, text):
    assert shape(lines(["a", value], ["b", "c"])) == [[["a", text], ["b", "c"]]]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (date(2021, 3, 9), "yyyy-mm-dd", "2021-03-09"), (datetime(2021, 3, 9, 8, 30), "yyyy/m/d h:mm", "2021-03-09 08:30:00"),
        (time(8, 30), "h:mm", "08:30:00"), (0.6013, "0.00%", "60.13%"), (12.5, '#,##0.00"元"', "12.5元"),
        (12.5, '[Red]0.00_);"days"', "12.5"), (13, "General", "13"), (44264, "m月d日", "2021-03-09"),
        (13, "G/通用格式", "13"), (13, "@", "13"), (13, 43, "13"), (0, 43, "-"), (-13, "#,##0_);(#,##0)", "-13"),
        (13, "[DBNum1][$-804]General", "13"), (13, '_ "¥"* #,##0.00_ ', "13"), (1200, "0.00E+00", "1.20E+03"),
        (45000, "#,##0,", "45"), (4567891, '0.0,,"百万"', "4.6百万"), (45678, '0!.0,"万元"', "4.6万元"),
        (3, "0\\.0,", "0.0"), (-45678, "0!.0,", "-4.6"), (36, '0"0"', "360"), (0, "0;-0;", ""), (0, '0;-0;"无"', "无"),
        (0, '0;-0;"—"', "—"), (12.345, "0.00", "12.35"), (12.345, "#,##0", "12"), (0.125, "0%", "13%"),
        (2.5, "0", "3"), (2.5, 1, "3"), (5, '"-"0', "-5"), (0, '_(* #,##0_);_(* (#,##0);_(* "-"??_)', "-"), (0, "#", ""),
        (12.35, "# ?/?", "12 1/3"), (0, "# ?/?", "0"), (1e300, "0\\.0", "1e+300"), (1e20, "0%", "1e+22%"), (0.5, "0\\.0", "0.1"), (1260, "0.0E+00", "1.3E+03"), (-5, '"增"0;"减"0', "减-5"), (5, '"增;加"0;"减"0', "增;加5"), (12, ";;;", ""), (12, '"/"', "/"),
        (1234567890.126, "0.00", "1234567890.13"), (1e-7, "General", "1e-07"),
        (120, "[>100]0;;", "120"), (20, "[>100]0;[<=20]\"少\";0", "少"), (20, "[>100]0;[<10]0", "20"),
    ],
)  # fmt: skip
def test_a_number_is_what_its_format_shows(value, code, text):
    def fill(book, sheet):
        style = book.add_format({"num_format": code})
        sheet.write_string(0, 0, "a")
        sheet.write_string(0, 2, "b")
        if isinstance(value, (date, time)):
            sheet.write_datetime(0, 1, value, style)
        else:
            sheet.write_number(0, 1, value, style)

    data = workbook(fill)
    assert shape(data) == [[["a", text, "b"]]]
    assert bool(read(data).problems) == (text in ("", "/", "少"))  # a number that is not shown is noted


@pytest.mark.parametrize(("code", "text"), [('0;0;0;"第"@', "第12"), ('@"件"', "12件"), (";;;", ""), ("0;0", "12")])
def test_a_text_is_what_its_format_shows(code, text):
    def fill(book, sheet):
        sheet.write_row(0, 0, ["a", "", "b"])
        sheet.write_string(0, 1, "12", book.add_format({"num_format": code}))

    data = workbook(fill)
    assert shape(data) == [[["a", text, "b"]]]
    assert bool(read(data).problems) == (text == "")


def test_dates_since_1904():
    def fill(book, sheet):
        sheet.write_string(0, 0, "a")
        sheet.write_datetime(0, 1, date(2021, 3, 9), book.add_format({"num_format": 14}))

    assert shape(workbook(fill, date_1904=True)) == [[["a", "2021-03-09"]]]


def test_formulas_have_the_value_stored_with_them():
    def fill(book, sheet):
        sheet.write_formula(0, 0, "=1+1", None, 2)
        sheet.write_formula(0, 1, '="a"&"b"', None, "ab")
        sheet.write_formula(0, 2, "=1/0", None, "#DIV/0!")

    assert shape(workbook(fill)) == [[["2", "ab", "#DIV/0!"]]]


def test_a_formula_never_calculated_is_no_blank():
    book = openpyxl.Workbook()
    book.active.append(["a", "=SUM(1,2)"])
    stream = io.BytesIO()
    book.save(stream)
    assert shape(stream.getvalue()) == [[["a", "=SUM(1,2)"]]]


def test_rich_text_without_readings():
    def fill(book, sheet):
        sheet.write_string(0, 0, "a")
        sheet.write_rich_string(0, 1, "规", book.add_format({"bold": True}), "章", "数")

    data = workbook(fill)
    assert shape(data) == [[["a", "规章数"]]]
    assert shape(changed(data, "xl/sharedStrings.xml", "<si><r>", "<si><rPh sb='0' eb='1'><t>gui</t></rPh><r>")) == [
        [["a", "规章数"]]
    ]


def test_texts_of_strings_that_lost_their_marks_are_no_one_number():
    data = changed(lines(["a", "912"]), "xl/sharedStrings.xml", "912</t>", "912</t><si/><t>273</t>")
    assert shape(data) == [[["a", "912\n273"]]]


def test_raised_and_struck_digits_are_no_part_of_a_number():
    def fill(book, sheet):
        raised, struck = book.add_format({"font_script": 1}), book.add_format({"font_strikeout": True})
        sheet.write_rich_string(0, 0, "12", raised, "3", " ")
        sheet.write_rich_string(0, 1, "12", struck, "3", " ")

        sheet.write_number(0, 2, 45, struck)

    assert shape(workbook(fill)) == [[["12³", "123\u0336", "4\u03365\u0336"]]]


def beside(write, old=None, new=None):
    """What cell C1 shows after ``write``, and what is noted; a part of the sheet replaced."""

    def fill(book, sheet):
        sheet.write_row(0, 0, ["a", 1])
        sheet.write_row(1, 0, ["b", 2, 3])
        write(book, sheet)

    data = workbook(fill)
    document = read(changed(data, "xl/worksheets/sheet1.xml", old, new) if old else data)
    (grid,) = document.grids()
    return grid.cells[0][2], [problem.details["raw"] for problem in document.problems]


@pytest.mark.parametrize(
    ("look", "is_seen"),
    [
        ({"font_color": "white"}, False), ({"font_color": "#F8F8F8"}, False), ({"font_color": "gray"}, True),
        ({"font_color": "white", "bg_color": "navy"}, True), ({"font_color": "navy", "bg_color": "navy"}, False),
        ({"font_color": "white", "bg_color": "white"}, False), ({"bg_color": "black"}, False),
        ({"font_color": "white", "pattern": 2, "fg_color": "red"}, True), ({"font_size": 1}, False),
        ({"font_color": Color.theme(0, 0)}, False), ({"font_color": Color.theme(0, 5)}, True),
    ],
)  # fmt: skip
def test_numbers_in_the_colour_of_their_ground_are_left_out_and_noted(look, is_seen):
    found = beside(lambda book, sheet: sheet.write_number(0, 2, 9, book.add_format(look)))
    assert found == (("9", []) if is_seen else ("", ["9"]))


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ({"type": "cell", "criteria": ">", "value": 5}, ""), ({"type": "cell", "criteria": "<", "value": 5}, "9"),
        ({"type": "cell", "criteria": "between", "minimum": 9, "maximum": 12}, ""),
        ({"type": "cell", "criteria": "not between", "minimum": 9, "maximum": 12}, "9"),
        ({"type": "formula", "criteria": "=$C1=9"}, ""), ({"type": "formula", "criteria": "=C1=0"}, "9"),
        ({"type": "formula", "criteria": "=ISERROR(C1)"}, "9"), ({"type": "blanks"}, "9"), ({"type": "errors"}, "9"),
        ({"type": "formula", "criteria": "=MOD(ROW(),2)=1"}, ""), ({"type": "cell", "criteria": ">", "value": "$B$1"}, ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("look", [{"font_color": "white"}, {"num_format": ";;;"}])
def test_numbers_that_a_rule_hides_are_left_out_and_noted(rule, shown, look):
    def write(book, sheet):
        sheet.write_number(0, 2, 9)
        sheet.conditional_format("C1", rule | {"format": book.add_format(look)})

    assert beside(write) == (shown, [] if shown else ["9"])


def test_rules_as_they_are_written_since_2010():
    spaces = (
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    )
    rule = (
        '<x14:cfRule type="cellIs" operator="equal"><xm:f>9</xm:f><x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf>'
        "</x14:cfRule><xm:sqref>C1</xm:sqref>"
    )
    mark = f"<x14:conditionalFormatting>{rule}</x14:conditionalFormatting>"
    more = f"<extLst><ext {spaces}><x14:conditionalFormattings>{mark}</x14:conditionalFormattings></ext></extLst>"
    written = "</worksheet>"
    assert beside(lambda book, sheet: sheet.write_number(0, 2, 9), written, more + written) == ("", ["9"])


def test_the_strongest_rule_gives_the_look():
    def write(book, sheet):
        sheet.write_number(0, 2, 9)
        for look, more in (
            ({"font_color": "red"}, {}),
            ({"font_color": "white"}, {}),
            ({"bg_color": "red"}, {"multi_range": "D1"}),
        ):
            sheet.conditional_format(
                "C1", {"type": "cell", "criteria": ">", "value": 5, "format": book.add_format(look), **more}
            )

    assert beside(write) == ("9", [])


@pytest.mark.parametrize(
    "scale",
    [{"type": "data_bar", "bar_only": True}, {"type": "icon_set", "icon_style": "3_arrows", "icons_only": True}],
)
def test_bars_and_signs_in_the_place_of_numbers(scale):
    assert beside(lambda book, sheet: (sheet.write_number(0, 2, 9), sheet.conditional_format("C1", scale))) == (
        "",
        ["9"],
    )


def test_a_view_without_zeros_and_one_of_formulas():
    assert beside(lambda book, sheet: (sheet.write_number(0, 2, 0), sheet.hide_zero())) == ("", ["0"])
    with_formulas = '<sheetView showFormulas="1" '
    assert (
        beside(lambda book, sheet: sheet.write_formula(0, 2, "=4+5", None, 9), "<sheetView ", with_formulas)[0]
        == "=4+5"
    )


@pytest.mark.parametrize(
    ("value", "width", "look", "shown"),
    [
        (1234567, 3, {}, "#######"), (1234567, 9, {}, "1234567"), (12.345, 3, {}, "12.345"), (12.345, 3, {"num_format": "0.000"}, "######"),
        (1234567, 3, {"shrink": True}, "1234567"), (123, 3, {"font_size": 30}, "###"),
    ],
)  # fmt: skip
def test_a_number_too_wide_for_its_column_is_not_shown(value, width, look, shown):
    def write(book, sheet):
        sheet.write_number(0, 2, value, book.add_format(look))
        sheet.set_column(2, 2, width)

    assert beside(write) == (shown, [])


def test_white_runs_are_left_out_and_a_text_that_is_not_there_is_no_blank():
    white = {"font_color": "white"}
    assert beside(lambda book, sheet: sheet.write_rich_string(0, 2, "12", book.add_format(white), "3", " ")) == (
        "12",
        ["3"],
    )
    unknown = '<c r="C1" t="s"><v>99</v></c>'
    assert beside(lambda book, sheet: sheet.write_number(0, 2, 9), '<c r="C1"><v>9</v></c>', unknown)[0] == PICTURE


def test_a_picture_makes_a_drawn_cell_not_blank():
    def fill(book, sheet):
        drawn = book.add_format({"border": 1})
        sheet.write_row(0, 0, ["a", 1, "", ""], drawn)
        sheet.insert_image(0, 2, "x.png", {"image_data": io.BytesIO(PNG)})

    assert shape(workbook(fill)) == [[["a", "1", PICTURE, ""]]]


def test_text_boxes_over_cells_are_noted():
    def fill(book, sheet):
        sheet.write_row(0, 0, ["a", 1])
        sheet.insert_textbox(0, 1, "12 things")
        sheet.insert_textbox(5, 1, "no digits")

    assert [problem.details["raw"] for problem in read(workbook(fill)).problems] == ["12 things"]


def test_hidden_rows_and_columns_are_left_out_and_noted():
    def fill(book, sheet):
        for r in range(4):
            sheet.write_row(r, 0, ["a", 10 * r + 1, 10 * r + 2])
        sheet.write_string(4, 0, "b")
        sheet.merge_range(4, 1, 4, 2, "seen")
        sheet.set_row(2, 1)
        sheet.set_column(1, 1, None, None, {"hidden": True})

    document = read(workbook(fill))
    (first, last) = document.grids()
    assert first.cells == [["a", "", "2"], ["a", "", "12"]]
    assert last.cells == [["a", "", "32"], ["b", "seen", "seen"]]
    assert [problem.details["raw"] for problem in document.problems] == ["1", "11", "21", "22", "31"]


def test_characters_that_xml_cannot_hold():
    data = changed(lines(["a", "bQ"]), "xl/sharedStrings.xml", "Q", "_x000D_&#10;_x0041__xD83D__xDE00_")
    assert shape(data) == [[["a", "b\nA\U0001f600"]]]


def changed(data, part, old, new):
    """The package with a text of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            text = before.read(info)
            if info.filename == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            after.writestr(info, text)
    return out.getvalue()


def test_the_strict_namespace():
    data = lines(["a", 1])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        data = changed(data, part, main, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert shape(data) == [[["a", "1"]]]


def test_cells_without_a_reference_follow_each_other():
    data = changed(lines(["a", 1, 2]), "xl/worksheets/sheet1.xml", ' r="B1"', "")
    assert shape(changed(data, "xl/worksheets/sheet1.xml", ' r="C1"', "")) == [[["a", "1", "2"]]]


# ---- places ----


@st.composite
def sheets(draw):
    """(cells by place, rectangles that do not overlap)"""
    rows, columns = draw(st.integers(1, 8)), draw(st.integers(2, 8))
    taken, rectangles = set(), []
    for _ in range(draw(st.integers(0, 6))):
        top, left = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
        bottom, right = draw(st.integers(top, rows - 1)), draw(st.integers(left, columns - 1))
        places = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(places) > 1 and not places & taken:
            taken |= places
            rectangles.append((top, left, bottom, right))
    cells = {
        (r, c): draw(st.sampled_from(["", "甲", 5, 2.5]))
        for r in range(rows)
        for c in range(columns)
        if (r, c) not in taken
    }
    cells |= {(top, left): draw(st.sampled_from(["", "乙", 7])) for top, left, _, _ in rectangles}
    return cells, rectangles


@given(sheets(), st.integers(0, 3), st.integers(0, 3))
def test_every_value_stands_where_openpyxl_finds_it(sheet, down, across):
    cells, rectangles = sheet

    def fill(book, page):
        for top, left, bottom, right in rectangles:
            page.merge_range(top + down, left + across, bottom + down, right + across, cells[top, left])
        for (r, c), value in cells.items():
            if value != "" and not any(t <= r <= b and l <= c <= e for t, l, b, e in rectangles):  # noqa: E741
                page.write(r + down, c + across, value)

    data = workbook(fill)
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    corners = {}
    for merged in page.merged_cells.ranges:
        for r, c in (
            (r, c) for r in range(merged.min_row, merged.max_row + 1) for c in range(merged.min_col, merged.max_col + 1)
        ):
            corners[r, c] = (merged.min_row, merged.min_col)
    expected = {}
    for line in page.iter_rows():
        for cell in line:
            at = cell.row, cell.column
            value = page.cell(*corners.get(at, at)).value
            if value not in (None, ""):
                expected[at] = (str(value), corners.get(at, at))
    if not expected:
        with pytest.raises(ReadError):
            read(data)
        return
    found, paragraphs = {}, []
    for block in read(data).blocks:
        if not isinstance(block, Grid):
            paragraphs.append(block.text)
            continue
        assert all(len(row) == block.shape[1] for row in (*block.cells, *block.anchors))
        for r, row in enumerate(block.cells):
            for c, text in enumerate(row):
                top, left = block.anchors[r][c]
                place = block.row_offset + r + 1, block.column_offset + c + 1
                if text:
                    found[place] = (text, (block.row_offset + top + 1, block.column_offset + left + 1))
    assert found.items() <= expected.items()
    rest = {expected[place][1]: expected[place][0] for place in expected.keys() - found.keys()}
    assert sorted(rest.values()) == sorted(paragraphs)


def test_digits_behind_a_merged_cell_are_noted():
    data = changed(
        lines(["a", 1], ["b", 2]), "xl/worksheets/sheet1.xml", "</sheetData>",
        '</sheetData><mergeCells><mergeCell ref="B1:B2"/></mergeCells>',
    )  # fmt: skip
    document = read(data)
    assert shape(data) == [[["a", "1"], ["b", "1"]]]
    assert [problem.details["raw"] for problem in document.problems] == ["2"]


def test_sheets_in_order_hidden_ones_noted():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, value in (("二、主动公开", 1), ("旧表", 2), ("Sheet3", 3)):
        book.add_worksheet(name).write_row("B2", ["a", value])
    book.worksheets()[1].hide()
    book.add_chartsheet("图")
    book.set_properties({"title": "年度报告"})
    book.close()
    document = read(stream.getvalue())
    assert document.title == "年度报告"
    assert [block.cells if isinstance(block, Grid) else block.text for block in document.blocks] == [
        "二、主动公开", [["a", "1"]], [["a", "3"]],
    ]  # fmt: skip
    assert [(g.number, g.sheet, g.row_offset, g.column_offset) for g in document.grids()] == [
        (1, "二、主动公开", 1, 1), (2, "Sheet3", 1, 1),
    ]  # fmt: skip
    assert [(problem.code, problem.details["raw"]) for problem in document.problems] == [("hidden-markup", "旧表")]


# ---- text around tables ----


def test_headings_and_blank_rows_set_tables_apart():
    data = lines(["年度报告"], ["一、"], ["a", "b"], ["c", 1], [], ["二、"], [], ["d", "e"], ["f", 2])
    assert shape(data) == ["年度报告", "一、", [["a", "b"], ["c", "1"]], "二、", [["d", "e"], ["f", "2"]]]


def test_a_row_whose_figures_are_blank_stays_in_its_table():
    assert shape(lines(["a", "b"], ["c"], ["d", 1], ["e"])) == [[["a", "b"], ["c", ""], ["d", "1"], ["e", ""]]]


def test_tables_beside_each_other():
    left = [["项目", "数量"], ["规章", 1], ["行政规范性文件", 2]]
    right = [["结果", "维持", "纠正"], ["行政复议", 3, 4], ["行政诉讼", 5, None]]

    def fill(book, sheet):
        sheet.merge_range(0, 0, 0, 6, "2023年度报告")
        sheet.write_string(2, 0, "一、公开")
        sheet.write_string(3, 4, "二、复议")
        for r in range(3):
            sheet.write_row(3 + r, 0, left[r])
            sheet.write_row(4 + r, 4, right[r])

    document = read(workbook(fill))
    assert [block.cells if isinstance(block, Grid) else block.text for block in document.blocks] == [
        "2023年度报告", "一、公开", [["项目", "数量"], ["规章", "1"], ["行政规范性文件", "2"]],
        "二、复议", [["结果", "维持", "纠正"], ["行政复议", "3", "4"], ["行政诉讼", "5", ""]],
    ]  # fmt: skip
    assert [(grid.row_offset, grid.column_offset) for grid in document.grids()] == [(3, 0), (4, 4)]


def test_a_blank_column_within_a_table_does_not_part_it():
    rows = [["甲类", "", "项目", "数量"], ["甲类", "", "规章", 1], ["乙类", "", "文件", 2], ["乙类", "", "决定", 3]]
    assert len(shape(lines(*rows))) == 1


def test_the_last_column_of_a_table_behind_a_blank_one_is_no_table():
    block = [["信息内容", "本年新制作数量", "", "对外公开总数量"], ["规章", 1, "", 2], ["行政规范性文件", 3, "", 4]]
    assert len(shape(lines(*block * 3))) == 1


def test_sentences_below_a_table_without_a_blank_row():
    data = lines(["a", "b"], ["c", 1], ["五、存在的问题"], ["收到申请12件。"], ["六、其他"], ["没有。"])
    assert shape(data) == [[["a", "b"], ["c", "1"]], "五、存在的问题", "收到申请12件。", "六、其他", "没有。"]


def test_a_border_makes_a_blank_cell_a_cell():
    def fill(book, sheet):
        drawn = book.add_format({"border": 1})
        sheet.write_row(0, 0, ["a", "b", ""], drawn)
        for row in (1, 4, 5):
            sheet.write_row(row, 0, ["", "", ""], drawn)
        sheet.write("A5", "题")

    assert shape(workbook(fill)) == [[["a", "b", ""], ["", "", ""]], "题"]


def test_merged_headings():
    def fill(book, sheet):
        sheet.merge_range("A1:C2", "年度报告")
        sheet.write_row("A3", ["a", "b", "c"])
        sheet.merge_range("A4:C4", "小标题")
        sheet.write_row("A5", ["d", 1, 2])
        sheet.merge_range("A6:C6", "四、")

    band = ["小标题"] * 3
    assert shape(workbook(fill)) == ["年度报告", [["a", "b", "c"], band, ["d", "1", "2"]], "四、"]


def spans(rows):
    """(row, column, text, columns, rows) of each printed cell."""
    taken = set()
    for r, row in enumerate(rows):
        c = 0
        for text, width, height in row:
            while (r, c) in taken:
                c += 1
            yield r, c, text, width, height
            taken |= {(y, x) for y in range(r, r + height) for x in range(c, c + width)}


def form(figures, edition, numbers, blank_rows, across, apart, borders=True):
    """The form as a workbook: figures as numbers or texts, headings merged or not, one sheet or several."""

    def fill(book, sheet):
        at = 0
        drawn = book.add_format({"border": 1 if borders else 0})

        def line(text):
            nonlocal at
            if across:
                sheet.merge_range(at, 0, at, 6, text)
            else:
                sheet.write_string(at, 0, text)
            at += 1

        line("某某市人民政府2020年政府信息公开工作年度报告")
        for code, make in (("proactive", proactive_rows), ("requests", requests_rows), ("reviews", reviews_rows)):
            if apart:
                sheet, at = book.add_worksheet(code), 0
            at += blank_rows
            line(section(code, edition))
            rows = make(figures, edition)
            for r, c, text, width, height in spans(rows):
                value = float(text) if numbers and text.replace(".", "").replace("-", "").isdecimal() else text
                write = sheet.write_number if isinstance(value, float) else sheet.write_string
                if width * height > 1:
                    sheet.merge_range(at + r, c, at + r + height - 1, c + width - 1, "", drawn)
                write(at + r, c, value, drawn)
            at += len(rows)
        at += blank_rows
        line(section("shortcomings", edition))
        line("公开不够主动。")

    return workbook(fill)


@pytest.mark.parametrize("edition", [2019, 2021])
@pytest.mark.parametrize("apart", [False, True], ids=["one sheet", "a sheet each"])
@pytest.mark.parametrize("across", [False, True], ids=["plain headings", "merged headings"])
@pytest.mark.parametrize("blank_rows", [0, 2])
@pytest.mark.parametrize("numbers", [False, True], ids=["texts", "numbers"])
def test_the_form_in_every_layout(edition, apart, across, blank_rows, numbers):
    figures = random_figures(random.Random(f"{edition}{apart}{across}{blank_rows}{numbers}"), edition)
    report = foi.read(form(figures, edition, numbers, blank_rows, across, apart, borders=numbers), name="x.xlsx")
    assert {cell.key: cell.value for cell in report.cells()} == {key: float(text) for key, text in figures.items()}
    assert (report.organ, report.year, report.edition, report.unsure) == ("某某市人民政府", 2020, edition, ())
    assert report.paragraphs[-1].section == "shortcomings"


@pytest.mark.parametrize("edition", [2019, 2021])
def test_a_blank_form_is_blank(edition):
    figures = dict.fromkeys(random_figures(random.Random(1), edition), "")
    report = foi.read(form(figures, edition, False, 1, True, False), name="x.xlsx")
    assert {cell.key: cell.status for cell in report.cells()} == dict.fromkeys(figures, "blank")


# ---- hostile and broken ----


def test_cells_in_opposite_corners_cost_nothing():
    def fill(book, sheet):
        sheet.write_row(0, 0, ["a", 1])
        sheet.write(1048575, 16383, "z")

    assert shape(workbook(fill)) == [[["a", "1"]], "z"]


def test_a_dimension_that_lies_costs_nothing():
    data = changed(
        lines(["a", 1]), "xl/worksheets/sheet1.xml", '<dimension ref="A1:B1"/>', '<dimension ref="A1:XFD1048576"/>'
    )
    assert shape(data) == [[["a", "1"]]]


def test_a_rectangle_over_the_limit_is_refused():
    def fill(book, sheet):
        for r in range(100):
            sheet.write(r, 0 if r else 16000, "a")
            sheet.write(r, 1, 1)

    with pytest.raises(ReadError, match="max_cells"):
        read(workbook(fill))


def test_merged_cells_over_the_limit_are_refused():
    data = changed(
        lines(["a", 1]), "xl/worksheets/sheet1.xml", "</sheetData>",
        '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )  # fmt: skip
    with pytest.raises(ReadError, match="merged cells.*max_cells"):
        read(data)


def test_filled_cells_over_the_limit_are_refused():
    with pytest.raises(ReadError, match="filled cells.*max_cells"):
        read(lines(*[["a", 1]] * 10), Limits(max_cells=19))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (65 << 20))
    with pytest.raises(ReadError, match="max_unpacked"):
        read(bomb.getvalue())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 nothing more", "damaged"),
        (lines(), "no text"),
        (lines(["a"])[:300], "damaged"),
        (b"abc", "damaged"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(data, words):
    with pytest.raises(ReadError, match=words) as caught:
        read(data)
    assert str(caught.value).startswith("x.xlsx: ")


SEED = lines(["报告"], ["a", 1.5, "b"], ["c", True, 3])


@given(st.data())
def test_damaged_workbooks_end_in_a_sentence(data):
    """Attributes and texts of a sheet changed, and bytes of the package."""
    with zipfile.ZipFile(io.BytesIO(SEED)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    pieces = sheet.replace('"', '\0"\0').replace(">", ">\0").split("\0")
    for _ in range(data.draw(st.integers(0, 4))):
        at, to = data.draw(st.integers(0, len(pieces) - 1)), data.draw(st.integers(0, len(pieces) - 1))
        pieces[to] = pieces[at]
    packed = bytearray(changed(SEED, "xl/worksheets/sheet1.xml", sheet, "".join(pieces)))
    for _ in range(data.draw(st.integers(0, 2))):
        packed[data.draw(st.integers(4, len(packed) - 1))] = data.draw(st.integers(0, 255))
    try:
        document = read(bytes(packed))
    except FoiError:
        return
    for grid in document.grids():
        assert all(len(row) == grid.shape[1] for row in (*grid.cells, *grid.anchors))


# ---- old formats ----


def test_an_old_workbook():
    document = read_document(XLS)
    assert [block.cells if isinstance(block, Grid) else block.text for block in document.blocks] == [
        "表一", "标题", [["规章", "1.5"], ["x", "12"]],
    ]  # fmt: skip
    assert [problem.details["raw"] for problem in document.problems] == ["h"]


@pytest.mark.parametrize(("kind", "share", "day"), [("xls", "60%", "2021-03-09"), ("ods", "60.0%", "3月9日")])
def test_other_workbooks_show_what_new_ones_show(kind, share, day):
    document = read_document(XLS.with_name(f"formats.{kind}"))
    (grid,) = document.grids()
    assert [row[1] for row in grid.cells] == [
        share, "45.7", day, "-", "", "12.35", "12件", "", "9\u0336", "12³", "2", "TRUE", "", "",
    ]  # fmt: skip
    assert [problem.details["raw"] for problem in document.problems] == ["12", "9", "9", "8", "7"]


def test_a_binary_workbook_needs_libreoffice(monkeypatch):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    monkeypatch.setattr("shutil.which", lambda program: None)
    with pytest.raises(ReadError, match=r"LibreOffice.*save it as \.xlsx"):
        read_document(packed.getvalue(), name="a.xlsb")


def test_an_old_workbook_without_a_name_is_told_by_its_streams():
    assert len(read_document(XLS.read_bytes()).blocks) == 3


def test_a_cell_far_away_in_an_old_workbook_ends_only_its_own_process():
    data = bytearray(XLS.read_bytes())
    at = data.rfind(struct.pack("<HH", 0x00FD, 10))
    data[at + 4 : at + 8] = struct.pack("<HH", 0xFFFF, 0xFFFF)
    with pytest.raises(ReadError, match="no workbook that can be read"):
        read_document(bytes(data), name="x.xls")
    with pytest.raises(ReadError, match="max_memory"):
        read_document(XLS, limits=Limits(max_memory=1 << 20))


def test_the_cells_of_an_old_workbook_are_bounded():
    with pytest.raises(ReadError, match="max_cells"):
        read_document(XLS, limits=Limits(max_cells=3))


def test_a_damaged_old_workbook_is_refused_in_a_sentence():
    with pytest.raises(ReadError, match="save it as .xlsx"):
        read_document(XLS.read_bytes()[:2000], name="x.xls")


def test_the_text_of_an_old_workbook_is_bounded():
    with pytest.raises(ReadError, match="max_unpacked"):
        read_document(XLS, limits=Limits(max_unpacked=3))


def test_the_time_for_an_old_workbook_is_bounded():
    with pytest.raises(ReadError, match="max_seconds"):
        read_document(XLS, limits=Limits(max_seconds=0.0001))
