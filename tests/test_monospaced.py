"""Text in aligned columns: where letters stand tells their columns."""

import random
from collections import Counter

import pytest
from layouts import CHANGES
from printed import printed, random_figures, told
from screen import Style, written
from verdicts import verdicts

import liaocheng_foi as foi
from liaocheng_foi.grid import Document, Grid, Paragraph
from liaocheng_foi.label import label
from liaocheng_foi.readers import read_document
from liaocheng_foi.readers.text.monospaced import untabbed

PLAIN = Style(2, 2, None, "right", "left", "middle", 0, None, False, False)


def form(edition, seed=3):
    made = printed(told(random_figures(random.Random(seed), edition)), edition)
    CHANGES["many_blanks"](random.Random(seed), made)
    return made


def grids(*lines):
    return [grid.cells for grid in read_document("\n".join(lines).encode(), name="report.txt").grids()]


@pytest.mark.parametrize("edition", [2019, 2021])
@pytest.mark.parametrize(
    "changed",
    [
        {}, {"wide": 1, "gap": 4}, {"figures": "left"}, {"figures": "center", "labels": "center"}, {"narrow": 16},
        {"narrow": 16, "vertical": "bottom"}, {"between": 1}, {"page": 40}, {"tabs": True}, {"full_width": True},
    ],
    ids=str,
)  # fmt: skip
def test_blank_cells_are_told_from_the_places_of_the_others(edition, changed):
    made = form(edition)
    data = written(made.document(), Style(**{**vars(PLAIN), **changed}))
    report = foi.read(data, name="report.txt", organ="x", year=2020 if edition == 2019 else 2022)
    found = Counter(verdicts(made.figures(), report.cells(), report.problems).values())
    assert found["silent"] == 0 and found["right"] > 0.85 * found.total()


def test_pages_of_a_text_are_known():
    made = form(2021)
    report = foi.read(
        written(made.document(), Style(**{**vars(PLAIN), "page": 40})), name="report.txt", organ="x", year=2022
    )
    assert {cell.page for cell in report.cells()} == {1, 2}


def test_a_header_that_ends_a_page_is_that_of_the_table_on_the_next():
    header = ["一、上面", "内容      甲甲   乙乙   丙丙"]
    rows = ["属于秘密   100           300", "其他       400           600"]
    assert grids(*header, "\f" + rows[0], rows[1])[-1] == [
        ["", "内容", "甲甲", "乙乙", "丙丙"], ["", "属于秘密", "100", "", "300"], ["", "其他", "400", "", "600"],
    ]  # fmt: skip


def test_marks_without_width_are_left_out():
    (cells,) = grids("行政处罚 \u200b3\u200b \u200b4\u200b \u200b5\u200b", "行政强制 6 7 8")
    assert cells == [["行政处罚", "3", "4", "5"], ["行政强制", "6", "7", "8"]]


#: A table as pdftotext prints it: every letter in one column, what stands close on the page a blank or two apart.
PACKED = [
    "内容      甲甲   乙乙   丙丙",
    "属于秘密    100   200   300",
    "其他      400   500   600",
]


def test_close_figures_are_in_order_where_each_column_has_one():
    assert grids(*PACKED, "很长的标签 1 2   333")[0][-1] == ["", "很长的标签", "1", "2", "333"]


def test_close_figures_are_in_neighbouring_columns_that_are_wide():
    assert grids(*PACKED, "没有      700 800")[0][-1] == ["", "没有", "700", "800", ""]
    assert grids(*PACKED, "很长的标签 700           800")[0][-1] == ["", "很长的标签", "700", "", "800"]


def test_close_figures_are_in_doubt_where_a_blank_column_may_lie_between():
    narrow = [*(line.replace("00", "  ") for line in PACKED), "少数      1", "少许            2"]
    assert grids(*narrow, "没有      7 8")[0][-1] == ["", "没有", "7\n8", "", ""]
    for noted in ("8(注)", "8[1]"):
        assert grids(*narrow, f"没有      7 {noted}", "其他      1")[0][-2] == ["", "没有", f"7\n{noted}", "", ""]
    assert "很长的标签 7" in grids(*narrow, "很长的标签 7           8")[0][-1]


def test_tabs_among_blanks_stand_for_blanks():
    lines = ["内容\t\t甲甲    乙乙", "属于秘密\t7       8", "其他\t\t5       6"]
    assert untabbed("\n".join(lines)).split("\n")[1] == "属于秘密        7       8"
    assert grids(*lines) == [[["", "内容", "甲甲", "乙乙"], ["", "属于秘密", "7", "8"], ["", "其他", "5", "6"]]]
    # elsewhere two of them are a blank cell
    assert grids("甲\t\t7", "乙\t5\t6") == [[["甲", "", "7"], ["乙", "5", "6"]]]


def test_words_beside_an_aligned_table_make_none_of_their_own():
    lines = [
        "内容      甲甲   乙乙",
        "秘密      1234   200",
        "其他      1      500",
        "",
        "",
        "",
        "",
        "甲甲    乙乙",
        "丙丙    丁丁",
    ]
    document = read_document("\n".join(lines).encode(), name="report.txt")
    assert [isinstance(block, Grid) for block in document.blocks] == [True, False, False]


@pytest.mark.parametrize(
    "header", ["内容   甲甲   乙乙   丙丙", "内容           甲甲              丙丙"], ids=["elsewhere", "too few"]
)
def test_cells_that_stand_below_no_name_of_their_own_are_counted(header):
    lines = [header, "一个很长的标签   4   5   6", "秘密             7   8   9", "又一个标签   777   8   9"]
    (grid,) = read_document("\n".join(lines).encode(), name="report.txt").grids()
    assert grid.counted and [len([cell for cell in row if cell]) for row in grid.cells[1:]] == [4, 4, 4]


def test_cells_below_two_names_are_counted():
    lines = [
        "内容             甲甲  乙乙    丙丙",
        "秘密             1234567890    9",
        "其他             1             8",
    ]
    (grid,) = read_document("\n".join(lines).encode(), name="report.txt").grids()
    assert grid.counted


def test_a_row_above_the_number_of_a_page_is_none_of_the_table_below():
    lines = [
        "行政事业性收费    5           22",
        "",
        "—5—",
        "",
        "               第二十条第（九）项",
        "信息内容    采购项目数量     采购总金额（万元）",
        "政府集中采购    1           371236.25",
        "其他采购        2           371236.25",
    ]
    assert not any("22" in row for rows in grids(*lines) if len(rows) > 1 for row in rows)


def test_rows_of_text_that_add_up_have_the_columns_of_the_form_though_a_name_is_cut():
    names = ["自然人", "商业企业", "科研机构", "社会公", "益组", "法律服务机构", "其他", "总计"]
    labels = [
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
    ]
    rows = [[label, *"123456", "21"] for label in labels]
    grid = Grid.from_rows([["", *names], *rows], ruled=False, counted=True)
    labelled = label(Document([Paragraph("三、收到和处理政府信息公开申请情况"), grid], "text", "report.txt"), 2022)
    assert [cell.raw for cell in labelled.cells] == [*"123456", "21"] * 5
