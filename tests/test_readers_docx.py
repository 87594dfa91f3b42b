"""Word documents: spans against python-docx, the final state of changes, hostile packages."""

import io
import zipfile
from itertools import product

import docx as python_docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import liaocheng_foi as foi
from liaocheng_foi.grid import PICTURE, Grid, Paragraph
from liaocheng_foi.problems import FoiError, ReadError
from liaocheng_foi.readers import Limits, read_document, word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def package(body, namespaces=NAMESPACES, **parts):
    """A DOCX with this body; further parts by name with ``__`` for ``/`` and ``_xml`` for ``.xml``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {namespaces}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return packed.getvalue()


def read(body, limits=None, **parts):
    data = body if isinstance(body, bytes) else package(body, **parts)
    return word.read(data, name="x.docx", limits=limits or Limits())


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def p(text, properties=""):
    inner = text if text.startswith("<") else run(text)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def tc(text="", properties=""):
    inner = text if text.startswith(("<w:p", "<w:tbl")) else p(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows):
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def cells(body, **kwargs):
    (grid,) = read(body, **kwargs).grids()
    return grid.cells


def texts(body):
    return [paragraph.text for paragraph in read(body).paragraphs()]


# ---- tables ----

#: Tables are written into it and read one by one.
WRITTEN = python_docx.Document()


@st.composite
def merged_tables(draw):
    """(rows, columns, rectangles that do not overlap)."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    taken, rectangles = set(), []
    for _ in range(draw(st.integers(0, 8))):
        top, left = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
        bottom, right = draw(st.integers(top, rows - 1)), draw(st.integers(left, columns - 1))
        places = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(places) > 1 and not places & taken:
            taken |= places
            rectangles.append((top, left, bottom, right))
    return rows, columns, rectangles


@given(merged_tables(), st.randoms(use_true_random=False))
def test_merged_cells_are_those_of_python_docx(layout, random):
    rows, columns, rectangles = layout
    table = WRITTEN.add_table(rows, columns)
    for top, left, bottom, right in rectangles:
        table.cell(top, left).merge(table.cell(bottom, right))
    cells = [row.cells for row in table.rows]
    for r, c in product(range(rows), range(columns)):
        if not cells[r][c].text:
            cells[r][c].text = f"{random.randint(0, 10**6)}\n{r},{c}"
    (grid,) = read(table._element.xml).grids()
    assert grid.cells == [[cell.text for cell in row] for row in cells]
    corners = {
        (r, c): (top, left)
        for top, left, bottom, right in rectangles
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
    }
    assert grid.anchors == [[corners.get((r, c), (r, c)) for c in range(columns)] for r in range(rows)]


def test_the_blank_form(shared):
    data = (shared / "form-2021-blank.docx").read_bytes()
    document = word.read(data, name="form-2021-blank.docx", limits=Limits())
    assert [grid.shape for grid in document.grids()] == [(14, 4), (28, 10), (4, 15)]
    tables = python_docx.Document(io.BytesIO(data)).tables
    for grid, table in zip(document.grids(), tables, strict=True):
        oracle = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
        assert [[" ".join(text.split()) for text in row] for row in grid.cells] == oracle
    assert document.problems == []


def test_the_blank_form_reads_as_blank(shared):
    report = foi.read(shared / "form-2021-blank.docx", organ="x", year=2021)
    assert report.edition == 2021
    assert set(report.figures["status"]) == {"blank"}
    assert report.unsure == ()


def test_rows_that_begin_late_or_end_early():
    body = tbl(
        tr(tc("a"), tc("b", '<w:gridSpan w:val="2"/>'), tc("c")),
        tr(tc("d"), properties='<w:gridBefore w:val="2"/>'),
    )
    assert cells(body) == [["a", "b", "b", "c"], [None, None, "d", None]]


def test_a_span_reaches_down_by_grid_column():
    body = tbl(
        tr(tc("a", '<w:gridSpan w:val="2"/>'), tc("b", '<w:vMerge w:val="restart"/>')),
        tr(tc("c"), tc("d"), tc("", "<w:vMerge/>")),
        tr(tc("e", '<w:gridSpan w:val="2"/>'), tc("", '<w:vMerge w:val="continue"/>')),
        tr(tc("f"), tc("g"), tc("h", "<w:vMerge w:val='restart'/>")),
    )
    (grid,) = read(body).grids()
    assert [row[2] for row in grid.cells] == ["b", "b", "b", "h"]
    assert [row[2] for row in grid.anchors] == [(0, 2), (0, 2), (0, 2), (3, 2)]


def test_a_lower_part_without_an_upper_one_is_a_cell():
    assert cells(tbl(tr(tc("a"), tc("5", "<w:vMerge/>")), tr(tc("b"), tc("6", "<w:vMerge/>")))) == [
        ["a", "5"],
        ["b", "5"],
    ]


def test_digits_behind_a_merged_cell_are_noted():
    document = read(tbl(tr(tc("a", '<w:vMerge w:val="restart"/>')), tr(tc("7", "<w:vMerge/>"))))
    assert [problem.details for problem in document.problems] == [{"raw": "7"}]


def test_old_horizontal_merges():
    body = tbl(tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("b")))
    assert cells(body) == [["a", "a", "b"]]


def test_tables_within_tables():
    inner = tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4")))
    outer, nested = read(tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc(inner + p("d"))))).grids()
    assert outer.cells == [["a", "b"], ["c", "d"]]
    assert nested.cells == [["1", "2"], ["3", "4"]]


def test_a_table_that_frames_tables_is_no_grid():
    inner = tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4")))
    document = read(tbl(tr(tc(p("标题") + inner)), tr(tc("正文"))))
    assert [grid.cells for grid in document.grids()] == [[["1", "2"], ["3", "4"]]]
    assert [paragraph.text for paragraph in document.paragraphs()] == ["标题", "正文"]


def test_controls_around_rows_cells_and_paragraphs():
    def sdt(inner):
        return f"<w:sdt><w:sdtPr><w:alias w:val='9'/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    body = sdt(p("前")) + tbl(
        sdt(tr(sdt(tc("a")), tc(p(sdt(run("b")))))), tr(tc("c"), tc(sdt(p("d")).replace("<w:sdt>", "<w:p/><w:sdt>", 1)))
    )
    document = read(body)
    assert [b.cells if isinstance(b, Grid) else b.text for b in document.blocks] == ["前", [["a", "b"], ["c", "d"]]]


# ---- text ----


def test_marks_within_a_line():
    inner = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>"
    assert cells(tbl(tr(tc(p(inner + "<w:r><w:br/></w:r>" + run("d")))))) == [["a b-c\nd"]]


def test_a_break_outside_of_tables_ends_the_paragraph():
    assert texts(p(run("一") + "<w:r><w:br/></w:r>" + run("二"))) == ["一", "二"]


def test_symbols():
    marks = '<w:r><w:sym w:font="Symbol" w:char="F031"/><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="zz"/><w:sym w:char="D800"/></w:r>'
    assert texts(p(marks)) == ["1\uf0fc"]


def test_fields_keep_their_result():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE) 99</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    link = f"<w:hyperlink>{run('网站')}</w:hyperlink>"
    assert texts(p(field + f'<w:fldSimple w:instr="PAGE 7">{run("件")}</w:fldSimple>' + link)) == ["12件网站"]


def test_readings_above_characters_are_left_out():
    ruby = f"<w:r><w:ruby><w:rt>{run('shu')}</w:rt><w:rubyBase>{run('数')}</w:rubyBase></w:ruby></w:r>"
    assert texts(p(ruby + run("字"))) == ["数字"]


def test_the_final_state_of_tracked_changes():
    deleted = '<w:del w:id="1"><w:r><w:delText>13</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("14")}</w:ins>'
    moved = f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>"
    body = tbl(
        tr(tc(p(deleted + inserted)), tc(p(moved))),
        tr(tc("15"), tc("16"), properties='<w:del w:id="3"/>'),
        tr(tc("17"), tc("18"), properties='<w:ins w:id="4"/>'),
        tr(tc("19"), tc("20", '<w:cellDel w:id="5"/>'), tc("21")),
    )
    document = read(body)
    assert [grid.cells for grid in document.grids()] == [[["14", "新"], ["17", "18"], ["19", "21"]]]
    assert document.problems == []


def test_a_tracked_merge_of_cells():
    body = tbl(tr(tc("a", '<w:cellMerge w:vMerge="rest"/>')), tr(tc("", '<w:cellMerge w:vMerge="cont"/>')))
    assert cells(body) == [["a"], ["a"]]


def test_a_deleted_end_of_paragraph_joins_the_next():
    mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert texts(p("收到申请", mark) + p("12件")) == ["收到申请12件"]


def test_hidden_text_is_left_out_and_noted_where_it_holds_digits():
    hidden = run("旧值99", "<w:vanish/>") + run("批注", "<w:vanish/>") + run("1", '<w:vanish w:val="0"/>')
    document = read(tbl(tr(tc(p(hidden)), tc("a")), tr(tc("5"), tc("b"), properties="<w:hidden/>")))
    assert [grid.cells for grid in document.grids()] == [[["1", "a"]]]
    assert [problem.details["raw"] for problem in document.problems] == ["旧值99", "5 b"]


def test_a_row_without_height_is_left_out_and_noted():
    rows = [tr(tc("a"), tc("5"), properties=f'<w:trHeight w:val="{h}" w:hRule="exact"/>') for h in (20, 300)]
    document = read(tbl(*rows))
    assert [grid.cells for grid in document.grids()] == [[["a", "5"]]]
    assert [problem.details["raw"] for problem in document.problems] == ["a 5"]


def test_a_struck_number_is_left_out_and_noted_and_a_raised_one_marks_a_note():
    struck = run("9", "<w:strike/>") + run("8", "<w:dstrike/>") + run("7", '<w:strike w:val="false"/>')
    raised = run("12") + run("3", '<w:vertAlign w:val="superscript"/>') + run("4", '<w:vertAlign w:val="baseline"/>')
    document = read(tbl(tr(tc(p(struck)), tc(p(raised)))))
    assert [grid.cells for grid in document.grids()] == [[["7", "12³4"]]]
    assert [problem.details["raw"] for problem in document.problems] == ["9", "8"]


STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:styleId="older"><w:basedOn w:val="old"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:styleId="mended"><w:basedOn w:val="old"/><w:rPr><w:strike w:val="0"/></w:rPr></w:style>
<w:style w:styleId="note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:styleId="unseen"><w:basedOn w:val="round"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="round"><w:basedOn w:val="unseen"/></w:style></w:styles>"""


def test_what_a_style_hides_strikes_out_or_raises():
    def styled(text, style, more=""):
        return run(text, f'<w:rStyle w:val="{style}"/>{more}')

    row = tr(
        tc(p(run("12") + styled("9", "older"))),
        tc(p(run("12") + styled("3", "mended"))),
        tc(p(run("12") + styled("3", "note") + styled("4", "note", '<w:vertAlign w:val="baseline"/>'))),
        tc(p(run("12")) + p("7", '<w:pStyle w:val="round"/>')),
        tc(p(run("12") + run("6", '<w:vertAlign w:val="subscript"/>'))),
    )
    document = read(tbl(row), word__styles_xml=STYLES)
    assert [grid.cells for grid in document.grids()] == [[["12", "123", "12³4", "12", "12⁶"]]]
    assert [problem.details["raw"] for problem in document.problems] == ["9", "7"]


def shade(fill, more='w:val="clear"'):
    return f'<w:shd {more} w:fill="{fill}"/>'


def ink(value, more=""):
    return f'<w:color w:val="{value}" {more}/>'


@pytest.mark.parametrize(
    ("inside", "of_cell", "shown"),
    [
        (p(run("12") + run("9", ink("ffffff"))), "", "12"), (p(run("12") + run("9", ink("F7F7F7"))), "", "12"),
        (p(run("12") + run("9", ink("000000"))), "", "129"), (p(run("12") + run("9", ink("auto"))), shade("000000"), "129"),
        (p(run("12") + run("9", ink("ffffff"))), shade("1F4E79"), "129"),
        (p(run("12") + run("9", ink("D9E2F3"))), shade("D9E2F3"), "12"),
        (p(run("12") + run("9", ink("D9E2F3") + shade("000000"))), shade("D9E2F3"), "129"),
        (p(run("12") + run("9", ink("000000") + '<w:highlight w:val="black"/>')), "", "12"),
        (p(run("12") + run("9", ink("7F7F7F")), shade("auto", 'w:val="pct50" w:color="auto"')), "", "12"),
        (p(run("12") + run("9", ink("FF0000")), shade("auto", 'w:val="solid" w:color="FF0000"')), "", "12"),
        (p(run("12") + run("9", ink("auto", 'w:themeColor="background1"'))), "", "12"),
        (p(run("12") + run("9", ink("auto", 'w:themeColor="background1" w:themeShade="80"'))), "", "129"),
        (p(run("12") + run("9", ink("auto", 'w:themeColor="text1" w:themeTint="80"'))), shade("808080"), "12"),
        (p(run("12") + run("9", ink("4472C4"))), shade("auto", 'w:val="clear" w:themeFill="accent1"'), "12"),
        (p(run("12") + run("9", '<w:rStyle w:val="white"/>')), "", "12"),
        (p(run("12") + run("9"), '<w:pStyle w:val="white"/>'), "", ""),
        (p(run("12") + run("9"), '<w:pStyle w:val="white"/>' + shade("000000")), "", "129"),
        (p(run("12") + run("9", "<w14:textFill><w14:noFill/></w14:textFill>")), "", "12"),
    ],
)  # fmt: skip
def test_letters_in_the_colour_of_their_ground_are_left_out_and_noted(inside, of_cell, shown):
    space = NAMESPACES + ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    style = f'<w:style w:styleId="white"><w:rPr>{ink("FFFFFF")}</w:rPr></w:style>'
    styles = f'<w:styles xmlns:w="{W}">{style}</w:styles>'
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    parts = {
        "word/styles.xml": styles,
        "word/_rels/document.xml.rels": '<a><b Id="r" Type="x/theme" Target="theme/theme1.xml"/></a>',
        "word/theme/theme1.xml": f'<a:theme xmlns:a="{drawing}"><a:clrScheme><a:accent1><a:srgbClr val="4472C4"/></a:accent1></a:clrScheme></a:theme>',
    }
    document = read(package(tbl(tr(tc("a"), tc(inside, of_cell))), space, **parts))
    assert [grid.cells for grid in document.grids()] == [[["a", shown]]]
    assert "".join([shown, *(problem.details["raw"] for problem in document.problems)]) == "129"


def test_the_style_of_a_table_gives_its_parts_a_ground_and_hides():
    def part(kind, cell="", run=""):
        return f'<w:tblStylePr w:type="{kind}"><w:rPr>{run}</w:rPr><w:tcPr>{cell}</w:tcPr></w:tblStylePr>'

    parts = part("firstRow", shade("1F4E79")) + part("lastCol", run="<w:vanish/>") + part("band2Horz", shade("FF0000"))
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="base" w:type="table">{parts}</w:style>'
        '<w:style w:styleId="t" w:type="table"><w:basedOn w:val="base"/></w:style></w:styles>'
    )
    white, red = (f"<w:rPr>{ink(value)}</w:rPr>" for value in ("FFFFFF", "FF0000"))
    rows = [
        tr(*(tc(f"<w:p><w:r>{look}<w:t>{text}</w:t></w:r></w:p>") for look, text in row))
        for row in (((white, 1), (red, 2), ("", 3)), ((white, 4), (red, 5), ("", 6)), ((white, 7), (red, 8), ("", 9)))
    ]
    look = '<w:tblPr><w:tblStyle w:val="t"/><w:tblLook w:val="{}"/></w:tblPr>'
    body = tbl(*rows).replace("<w:tblPr/>", look.format("0120"))
    assert cells(body, word__styles_xml=styles) == [["1", "2", ""], ["", "5", ""], ["7", "", ""]]
    body = tbl(*rows).replace("<w:tblPr/>", look.format("0600"))
    assert cells(body, word__styles_xml=styles) == [["", "2", "3"], ["", "5", "6"], ["", "8", "9"]]
    body = tbl(*rows).replace("<w:tblPr/>", look.format("0020")).replace("<w:tcPr>", f"<w:tcPr>{shade('auto')}")
    assert cells(body, word__styles_xml=styles)[0] == ["", "2", "3"]


def field(*marks):
    return "".join(m if m.startswith("<") else f'<w:r><w:fldChar w:fldCharType="{m}"/></w:r>' for m in marks)


def test_of_a_field_only_its_result_is_read_and_one_without_is_not_blank():
    code, inner = "<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>", field("begin", "separate", run("9"), "end")
    row = tr(
        tc(p(field("begin", code, inner, "separate", run("12"), "end"))),
        tc(p(field("begin", code, "end"))),
        tc(p(field("begin", code)) + p("5")),
        tc(p(field("end", "separate") + run("6"))),
    )
    assert cells(tbl(row)) == [["12", PICTURE, "5", "6"]]


def test_parts_of_a_formula_are_no_digits_of_one_number():
    def part(tag, text):
        return f"<m:{tag}><m:r><m:t>{text}</m:t></m:r></m:{tag}>"

    fraction = f"<w:p><m:oMath><m:f>{part('num', 1)}{part('den', 2)}</m:f></m:oMath></w:p>"
    power = f"<w:p><m:oMath><m:sSup>{part('e', 1)}{part('sup', 2)}</m:sSup></m:oMath></w:p>"
    assert cells(tbl(tr(tc(fraction), tc(power)))) == [["1^2", "1^2"]]


@pytest.mark.parametrize("picture", ["<w:drawing/>", "<w:pict/>", "<w:object/>"])
def test_a_cell_with_a_picture_alone_is_not_blank(picture):
    seen = f"<w:r>{picture}</w:r>"
    document = read(p(seen) + tbl(tr(tc(p(seen)), tc(p(run("5") + seen)), tc(p(seen + seen)), tc(p("")))))
    assert [grid.cells for grid in document.grids()] == [[[PICTURE, "5", PICTURE, ""]]]


def box(inner):
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{inner}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        f"{inner}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_and_does_not_split_its_paragraph():
    assert texts(p(run("收到") + box(p("框")) + run("申请"))) == ["框", "收到申请"]


def test_tables_in_a_text_box():
    document = read(p(box(p("标题") + tbl(tr(tc("1"), tc("2")))) + run("后")))
    assert [b.text if isinstance(b, Paragraph) else b.cells for b in document.blocks] == ["标题", [["1", "2"]], "后"]


def test_a_text_box_in_a_cell_belongs_to_the_cell():
    assert cells(tbl(tr(tc("a"), tc(p(box(p("12"))))))) == [["a", "12"]]


def test_blanks_that_are_not_seen():
    assert cells(tbl(tr(tc("\u200b 1\u00a0 2\u00ad "), tc("\ufeff")))) == [["1 2", ""]]


def test_the_strict_namespace():
    strict = NAMESPACES.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    (grid,) = read(package(tbl(tr(tc("a", '<w:gridSpan w:val="2"/>'))), namespaces=strict)).grids()
    assert grid.cells == [["a", "a"]]


def test_a_document_in_a_single_file():
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    inside = f"<w:document {NAMESPACES}><w:body>{tbl(tr(tc('a'), tc('5')))}</w:body></w:document>"
    part = f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{inside}</pkg:xmlData></pkg:part>'
    data = f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}">{part}<pkg:part/></pkg:package>'.encode()
    (grid,) = read_document(data, name="a.xml").grids()
    assert grid.cells == [["a", "5"]]
    with pytest.raises(ReadError, match="no sound XML"):
        read_document(data[:-5], name="a.xml")


def test_the_title_and_the_part_that_is_the_document():
    core = (
        '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> 年度报告 </dc:title></c:coreProperties>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="/Word/document2.xml"/></Relationships>'
    )
    other = f"<w:document {NAMESPACES}><w:body>{p('真')}</w:body></w:document>"
    document = read(package(p("假"), docProps__core_xml=core, **{"_rels/.rels": links, "word/document2.xml": other}))
    assert document.title == "年度报告"
    assert [paragraph.text for paragraph in document.paragraphs()] == ["真"]


def test_damaged_properties_do_not_stop_the_reading():
    document = read(package(p("a"), docProps__core_xml="<a>"))
    assert document.title is None
    assert [paragraph.text for paragraph in document.paragraphs()] == ["a"]


def test_embedded_documents_are_noted():
    assert [problem.code for problem in read(p("a") + "<w:altChunk/>").problems] == ["hidden-markup"]


# ---- hostile and broken ----


def test_a_span_of_a_thousand_million_is_taken_for_the_limit():
    (grid,) = read(tbl(tr(tc("a", '<w:gridSpan w:val="1000000000"/>'), tc("b")))).grids()
    assert grid.shape == (1, Limits().max_span + 1)


@pytest.mark.parametrize("value", ["", "-1", "0", "x", "1e9", "²"])
def test_a_span_that_is_no_number_is_one(value):
    assert cells(tbl(tr(tc("a", f'<w:gridSpan w:val="{value}"/>'), tc("b")))) == [["a", "b"]]


def test_a_hundred_thousand_tables_within_tables():
    deep = "<w:tbl><w:tr><w:tc>" * 100_000 + "</w:tc></w:tr></w:tbl>" * 100_000
    with pytest.raises(ReadError, match="no sound XML"):
        read(deep)


def test_the_depth_of_tables_is_bounded():
    body = p("1")
    for _ in range(20):
        body = tbl(tr(tc(body)))
    assert [grid.cells for grid in read(body).grids()] == [[["1"]]]
    with pytest.raises(ReadError, match="max_depth"):
        read(body, Limits(max_depth=19))


def test_the_number_of_cells_is_bounded():
    body = tbl(*(tr(tc("a", '<w:gridSpan w:val="64"/>')) for _ in range(20)))
    with pytest.raises(ReadError, match="max_cells"):
        read(body, Limits(max_cells=1000))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (65 << 20))
    with pytest.raises(ReadError, match="max_unpacked"):
        read(bomb.getvalue())


def test_a_tree_that_would_not_fit_is_refused_before_it_is_built():
    with pytest.raises(ReadError, match="max_marks"):
        read("<w:p/>" * 2000, Limits(max_marks=1000))


@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY e SYSTEM "file:///etc/hostname">', '<!ENTITY a "aaaa"><!ENTITY e "&a;&a;&a;&a;">', "<!ELEMENT w ANY>"],
)
def test_a_document_type_is_refused(entity):
    text = f"<!DOCTYPE w [{entity}]><w:document {NAMESPACES}><w:body>{p('&e;' if 'e ' in entity[:11] else 'a')}</w:body></w:document>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", text)
    with pytest.raises(ReadError):
        read(packed.getvalue())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
        (b"PK\x03\x04 nothing more", "damaged"),
        (b"not a zip at all", "damaged"),
        (package("")[:200], "damaged"),
        (package(""), "no text"),
        (package("<w:p>"), "no sound XML"),
    ],
)
def test_what_is_no_document_is_refused_in_a_sentence(data, words):
    with pytest.raises(ReadError, match=words) as caught:
        read(data)
    assert str(caught.value).startswith("x.docx: ")


def test_a_package_without_a_document_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/styles.xml", "<a/>")
    with pytest.raises(ReadError, match="no Word document"):
        read(packed.getvalue())


def test_a_password_is_named():
    data = bytearray(package(p("a")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] |= 1
    with pytest.raises(ReadError, match="password"):
        read(bytes(data))


SEED = package(
    p(run("收到") + box(p("框")))
    + tbl(
        tr(tc("a", '<w:vMerge w:val="restart"/>'), tc("1", '<w:gridSpan w:val="2"/>')),
        tr(tc("", "<w:vMerge/>"), tc("2"), tc("3")),
    )
)


@given(st.data())
def test_damaged_documents_end_in_a_sentence(data):
    """Tags of a document dropped, doubled and put elsewhere; bytes of the package changed."""
    with zipfile.ZipFile(io.BytesIO(SEED)) as archive:
        body = archive.read("word/document.xml").decode().split("<w:body>")[1].split("</w:body>")[0]
    pieces = [piece for piece in body.replace(">", ">\0").split("\0") if piece]
    for _ in range(data.draw(st.integers(0, 4))):
        at, to = data.draw(st.integers(0, len(pieces) - 1)), data.draw(st.integers(0, len(pieces) - 1))
        pieces[to] = pieces[at]
    packed = bytearray(package("".join(pieces)))
    for _ in range(data.draw(st.integers(0, 2))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    try:
        document = read(bytes(packed))
    except FoiError:
        return
    for grid in document.grids():
        assert all(len(row) == grid.shape[1] for row in (*grid.cells, *grid.anchors))


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (run("12") + run("3", '<w:position w:val="8"/>'), "12 3"), (run("12", '<w:position w:val="8"/>'), "12"),
        (run("1", '<w:position w:val="8"/>') + run("2", '<w:position w:val="8"/>'), "12"),
        (run("12") + run("3", '<w:position w:val="1"/>'), "123"), (run("12") + run("9", '<w:sz w:val="2"/>'), "12"),
        (run("12") + '<w:r><w:footnoteReference w:customMarkFollows="1"/><w:t>3</w:t></w:r>', "12³"),
        (f'<w:bdo w:val="rtl">{run("21")}</w:bdo>', "^21"), ('<w:fldSimple w:instr="=SUM(A)"/>', PICTURE),
        ("<w:r><w:contentPart/></w:r>", PICTURE), (run("12", '<w:rFonts w:ascii="Wingdings"/>'), PICTURE),
        ("<m:oMath><m:d><m:e><m:r><m:t>5</m:t></m:r></m:e></m:d></m:oMath>", "^5"),
    ],
)  # fmt: skip
def test_what_is_printed_otherwise_than_it_is_stored(inside, shown):
    (grid,) = read(tbl(tr(tc("a"), tc(f"<w:p>{inside}</w:p>")))).grids()
    assert grid.cells == [["a", shown]]


def test_automatic_numbers_are_no_blank_cells_and_no_part_of_a_figure():
    numbered = "<w:p><w:pPr>{}</w:pPr>{}</w:p>"
    asked = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
    one, none, bullet, by_style = asked.format(1), asked.format(0), asked.format(2), '<w:pStyle w:val="n"/>'
    each = (
        (one, ""),
        (one, ""),
        (none, ""),
        (one, run("5")),
        (one, run("a")),
        (bullet, run("6")),
        (by_style, run("7")),
    )
    styles = f'<w:styles xmlns:w="{W}"><w:style w:styleId="n"><w:pPr>{one}</w:pPr></w:style></w:styles>'
    levels = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    number = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    numbering = f'<w:numbering xmlns:w="{W}">{levels}{number}</w:numbering>'
    body = tbl(tr(*(tc(numbered.format(*cell)) for cell in each)), tr(tc("a")))
    found = cells(body, word__styles_xml=styles, word__numbering_xml=numbering)
    assert found[0] == ["", PICTURE, "", "^5", "a", "6", "^7"]


def test_of_alternatives_the_first_is_printed_that_word_knows():
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="urn:x"'
    known = 'xmlns:y="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    text = "<mc:Choice Requires='{}'>" + run("{}") + "</mc:Choice>"
    both = text.format("x y", 1) + text.format("y", 2) + f"<mc:Fallback>{run('3')}</mc:Fallback>"
    inside = f"<w:p><mc:AlternateContent {space} {known}>{both}</mc:AlternateContent></w:p>"
    assert [block.text for block in read(inside).blocks] == ["2"]
