"""Tables without drawn lines, from letters set by hand."""

import pytest

from liaocheng_foi.grid import Document, Grid, Paragraph
from liaocheng_foi.label import label
from liaocheng_foi.readers.letters import Character, lines
from liaocheng_foi.readers.pdf.layout import blocks_of
from liaocheng_foi.readers.unruled.alignment import tables
from liaocheng_foi.readers.unruled.pages import Pages


def row(middle, *cells):
    """A line of 10 points: (left, text), Chinese letters 10 wide, others 5.5, in a font that is 14 high."""
    characters = []
    for left, words in cells:
        for letter in words:
            width = 10 if letter >= "\u2e80" or letter in "“”" else 5.5
            if letter != " ":
                characters.append(Character(letter, left, left + width, middle, 14.0))
            left += width
    return lines(characters)[0]


def page(*rows):
    """Lines 20 points apart, from (left, text) of their cells."""
    return [row(700 - 20 * i, *cells) for i, cells in enumerate(rows) if cells]


def grids(printed):
    return [table.grid.cells for table in tables(printed, 1)]


def test_close_columns_without_lines():
    printed = [
        row(790, (30, "2025/1/1"), (200, "年度报告"), (400, "第一页"), (500, "3")),
        row(700, (40, "信息内容"), (130, "制"), (159, "现行")),
        row(680, (40, "规章"), (130, "3"), (159, "74")),
        row(660, (58, "行政规范性文件"), (130, "13612"), (159, "252")),
        row(640, (48, "行政许可数量一共"), (130, "11398"), (159, "88")),
        row(610, (40, "三、另外一个表")),
        row(580, (40, "结果"), (104, "甲乙"), (135, "丙丁")),
        row(560, (40, "维持"), (104, "9"), (135, "10")),
        row(540, (40, "纠正"), (104, "8"), (135, "20")),
    ]
    found = list(blocks_of([letter for line in printed for letter in line.characters], [], [], 1, 800.0, Pages()))
    assert [block.cells if isinstance(block, Grid) else block.text for block in found] == [
        "2025/1/1 年度报告 第一页 3",
        [
            ["", "信息内容", "制", "现行"], ["", "规章", "3", "74"], ["", "行政规范性文件", "13612", "252"],
            ["", "行政许可数量一共", "11398", "88"],
        ],
        "三、另外一个表",
        [["", "结果", "甲乙", "丙丁"], ["", "维持", "9", "10"], ["", "纠正", "8", "20"]],
    ]  # fmt: skip


# ---- which letters are a cell ----


def test_a_figure_close_behind_its_label_is_a_cell():
    (cells,) = grids(page([(40, "甲甲甲甲"), (81.5, "7"), (150, "8")], [(40, "乙"), (81.5, "5"), (150, "6")]))
    assert cells == [["", "甲甲甲甲", "7", "8"], ["", "乙", "5", "6"]]


def test_a_label_begins_with_its_number_close_behind_another():
    (cells,) = grids(
        page([(40, "不予公开"), (83, "1.属于秘密"), (200, "7"), (250, "8")], [(83, "2.其他"), (200, "5"), (250, "6")])
    )
    assert cells == [["不予公开", "1.属于秘密", "7", "8"], ["", "2.其他", "5", "6"]]


def test_labels_of_columns_closer_than_cells_are_cut_between_the_columns():
    (cells,) = grids(page([(40, "内容"), (122, "结果维持"), (165, "结果纠正")], [(40, "甲"), (140, "7"), (185, "8")]))
    assert cells[0] == ["", "内容", "结果维持", "结果纠正"]


def test_a_label_that_begins_left_of_the_first_figures_is_cut_from_the_label_of_rows():
    (cells,) = grids(
        page([(40, "第一项加第二项之和"), (133, "自然"), (190, "总计")], [(40, "甲"), (138, "66"), (195, "8")])
    )
    assert cells[0] == ["", "第一项加第二项之和", "自然", "总计"]


def test_quotes_are_wide_letters():
    (cells,) = grids(page([(40, "3.“三安全”"), (102.5, "7"), (150, "8")], [(40, "乙"), (102.5, "5"), (150, "6")]))
    assert cells[0] == ["", "3.“三安全”", "7", "8"]


def test_a_row_of_a_long_label_begins_with_a_figure_close_behind_it():
    (cells,) = grids(page([(40, "很" * 26), (302, "7"), (350, "8")], [(40, "很" * 26), (302, "5"), (350, "6")]))
    assert cells[0] == ["", "很" * 26, "7", "8"]
    # also where all of them stand close
    (cells,) = grids(page([(40, "很" * 26), (302, "7"), (309, "8")], [(40, "很" * 26), (302, "5"), (309, "6")]))
    assert cells[0] == ["", "很" * 26, "7", "8"]


def test_the_number_of_a_label_is_no_figure():
    rows = [
        [(40, "甲"), (150, "7"), (200, "8")],
        [(60, "1."), (150, "5"), (200, "6")],
        [(40, "乙"), (150, "5"), (200, "6")],
    ]
    assert [row[2:] for row in grids(page(*rows))[0]] == [["7", "8"], ["5", "6"], ["5", "6"]]


# ---- which lines are a table ----


def test_the_rest_of_a_figure_on_the_next_line_is_of_the_table():
    printed = [row(700, (40, "甲"), (150, "123"), (200, "8")), row(688, (150, "45")), row(650, (40, "终结"))]
    assert grids(printed) == [[["", "甲", "123", "8"], ["", "", "45", ""]]]


def test_a_header_over_columns_of_figures_begins_another_table():
    first = [
        [(40, "内容"), (120, "制发"), (180, "废止"), (240, "有效")],
        [(40, "甲"), (125, "1"), (185, "2"), (245, "3")],
    ]
    second = [
        [(40, "内容"), (120, "许可"), (180, "处罚"), (240, "强制")],
        [(40, "乙"), (125, "4"), (185, "5"), (245, "6")],
    ]
    assert [cells[0][2:] for cells in grids(page(*first, *second))] == [
        ["制发", "废止", "有效"],
        ["许可", "处罚", "强制"],
    ]


def test_the_heading_of_a_part_is_above_the_table_and_what_is_above_it_too():
    printed = page([(120, "某市年度报告")], [(100, "二、主动公开情况")], [(40, "内容"), (120, "制发"), (180, "废止")],
                   [(40, "甲"), (125, "1"), (185, "2")])  # fmt: skip
    ((first, last, grid, _),) = tables(printed, 1)
    assert (first, last, grid.cells[0]) == (2, 4, ["", "内容", "制发", "废止"])


def test_a_line_left_of_the_table_ends_what_stands_above_it():
    words = [(120, "制发的"), (180, "废止的")]
    printed = page(words, [(10, "主动公开")], [(40, "内容"), *words], [(40, "甲"), (125, "1"), (185, "2")])
    assert [table.first for table in tables(printed, 1)] == [2]


def test_a_row_of_more_figures_below_two_lines_without_any_is_of_another_table():
    first = [[(40, "内容"), (120, "制发"), (180, "废止")], [(40, "甲"), (125, "1"), (185, "2")]]
    second = [[(40, "复"), (150, "诉")], [(40, "议"), (150, "讼")], [(45 + 40 * i, str(i)) for i in range(5)]]
    assert [len(cells) for cells in grids(page(*first, *second))] == [2, 3]


def test_a_label_of_two_lines_beside_the_first_header_is_of_the_table():
    printed = page([(170, "申请人情况")], [(40, "第一项加第二项之和，"), (160, "法人组织")], [(150, "企业"), (200, "总计")],
                   [(40, "甲"), (155, "1"), (205, "2")])  # fmt: skip
    ((first, last, *_),) = tables(printed, 1)
    assert (first, last) == (0, 4)


HEADER = [(40, "内容"), (120, "甲甲"), (180, "乙乙"), (240, "丙丙")]


def figures(*places, label="甲"):
    """A row with a figure in each place."""
    return [(40, label), *((place, str(number)) for number, place in enumerate(places, start=1))]


def widths(*rows):
    """How many columns of figures each of some tables has."""
    return [len(cells[0]) - 2 for cells in grids(page(*rows))]


def test_another_table_begins_where_a_figure_stands_in_two_columns_or_two_in_one():
    first = [HEADER, figures(125, 185, 245)]
    wide = [(40, "乙"), (125, "123456789012"), (230, "5"), (250, "6")]
    assert grids(page(*first, wide, wide)) == [
        [["", "内容", "甲甲", "乙乙", "丙丙"], ["", "甲", "1", "2", "3"]],
        [["", "乙", "123456789012", "5", "6"]] * 2,
    ]
    two = [(40, "乙"), (120, "1"), (128, "5"), (250, "6")]
    assert widths([HEADER[0], HEADER[1], HEADER[3]], [(40, "甲"), (118, "123"), (185, "2"), (245, "3")], two) == [3, 3]
    # also a single row, of more than two figures
    assert widths(*first, wide) == [3, 3]
    assert widths(figures(125, 185, 245)) == [3]
    assert widths(figures(125, 185)) == []


def test_another_table_begins_where_figures_stand_in_more_columns_than_there_are():
    # as its header tells
    assert widths(HEADER, figures(125, 185, 245), figures(140, 200, 260)) == [3, 3]
    # or that of the table above it
    assert widths(HEADER, figures(125, 185, 245), figures(140, 200, 260), figures(125, 185, 245)) == [3, 3, 3]
    # or that of the page before
    (*_, grid) = last_page([HEADER, figures(125, 185, 245)], [figures(140, 200, 260), figures(125, 185, 245)])
    assert len(grid.cells[0]) == 5
    # or three rows with a figure in each column
    assert widths(*[figures(125, 185, 245)] * 3, figures(140, 200, 260)) == [3, 3]
    # else another one may be blank in each row
    assert widths(*[figures(125, 185, 245)] * 2, figures(125, 185, 300)) == [4]
    # numbers in pieces are none, but twice as many figures are
    long = [*figures(125, 185), (240, "12345")]
    assert widths(long, [*figures(125, 185), (240, "12"), (253, "345")]) == [4]
    assert widths(long, [*figures(125, 155, 185, 210), (240, "12"), (253, "345")]) == [3, 6]
    # three rows show that another column would be one too many, only where they have as many figures
    assert widths(*[figures(125, 185, 245)] * 3, figures(125, 185, 245, 300)) == [4]


def test_rows_as_far_from_each_other_as_any_are_of_one_table():
    rows = [figures(125, 185, 245) if i % 3 == 0 else [] for i in range(12)]
    assert [len(cells) for cells in grids(page(*rows))] == [4]
    # not one that is further away, or where most are closer
    assert [len(cells) for cells in grids(page(*rows, [], [], rows[0]))] == [4, 1]
    assert [len(cells) for cells in grids(page(*[rows[0]] * 6, [], [], rows[0]))] == [6, 1]


# ---- which column a cell stands in ----


def test_columns_that_stand_apart_in_one_row_are_joined_by_no_longer_figure():
    (cells,) = grids(page([(40, "甲"), (150, "1"), (170, "2"), (250, "3")], [(40, "乙"), (148, "1234567"), (250, "4")]))
    assert len(cells[0]) == 5


def test_a_name_over_no_figure_is_a_column():
    names = [(40, "内容"), (120, "企业"), (180, "机构"), (240, "总计")]
    (cells,) = grids(page(names, [(40, "甲"), (125, "1"), (245, "3")], [(40, "乙"), (125, "1"), (245, "4")]))
    assert cells == [["", "内容", "企业", "机构", "总计"], ["", "甲", "1", "", "3"], ["", "乙", "1", "", "4"]]


def test_a_heading_between_two_columns_is_none():
    names = [(40, "内容"), (120, "企业"), (180, "机构"), (240, "总计")]
    (cells,) = grids(page([(144, "法人吗")], names, [(40, "甲"), (125, "1"), (185, "2"), (245, "3")]))
    assert len(cells[0]) == 5


def test_names_tell_their_columns_in_order_where_they_miss_them():
    names = [(40, "内容"), (120, "甲甲"), (160, "乙乙"), (200, "丙丙")]
    (cells,) = grids(
        page(names, [(40, "甲"), (148, "1"), (188, "2"), (228, "3")], [(40, "乙"), (148, "1"), (188, "2"), (228, "4")])
    )
    assert cells[0][2:] == ["甲甲", "乙乙", "丙丙"]


def test_names_that_begin_columns_tell_a_figure_at_the_right_end_of_its_column():
    names = [(40, "内容"), (120, "甲甲"), (180, "乙乙"), (240, "丙丙")]
    (cells,) = grids(page(names, [(40, "甲"), (150, "11"), (270, "33")], [(40, "乙"), (123, "111111"), (270, "44")]))
    assert cells[1][2:] == ["11", "", "33"]


def test_names_over_no_column_are_given_to_none_where_they_are_in_doubt():
    names = [(40, "内容"), (125, "甲甲"), (185, "乙乙"), (245, "丙丙")]
    # figures amid centred names
    (cells,) = grids(page(names, [(40, "甲"), (162, "1"), (222, "2")], [(40, "乙"), (162, "1"), (222, "4")]))
    assert [row[2:] for row in cells] == [["", "乙乙", "", "丙丙"], ["1", "", "2", ""], ["1", "", "4", ""]]
    # two columns below one name
    (cells,) = grids(page(names[:3], [(40, "甲"), (125, "1")], [(40, "乙"), (139, "2"), (245, "3")]))
    assert [row[2:] for row in cells] == [["甲甲", "", "乙乙", ""], ["1", "", "", ""], ["", "2", "", "3"]]


def test_words_right_of_all_figures_are_a_column_of_their_own():
    (cells,) = grids(page([(40, "甲"), (150, "1"), (200, "2"), (225, "含镇")], [(40, "乙"), (150, "3"), (200, "4")]))
    assert [row[2:] for row in cells] == [["1", "2", "含镇"], ["3", "4", ""]]
    # not a figure with a note
    (cells,) = grids(page([(40, "甲"), (150, "1"), (200, "2")], [(40, "乙"), (150, "3"), (208, "4（注）")]))
    assert [row[2:] for row in cells] == [["1", "2"], ["3", "4（注）"]]


def test_columns_below_one_name_are_one_where_no_row_has_figures_in_two():
    names = [(40, "内容"), (120, "甲甲甲甲"), (180, "乙乙")]
    rows = [[(40, "甲"), (154, "1"), (185, "2")], [(40, "乙"), (120, "无"), (185, "3")]]
    (cells,) = grids(page(names, *rows))
    assert [row[2:] for row in cells] == [["甲甲甲甲", "乙乙"], ["1", "2"], ["无", "3"]]
    # not where one has, or a name has no column
    both = [(40, "丙"), (120, "无"), (154, "4"), (185, "5")]
    assert {len(cells[0]) - 2 for cells in grids(page(names, *rows, both))} == {3}
    assert {len(cells[0]) - 2 for cells in grids(page([*names, (240, "丙丙")], *rows))} == {4}


def test_parts_of_a_column_set_apart_are_one_where_all_rows_have_a_figure_for_each_column():
    rows = [[(40, "甲"), (100, "1"), (140 if i % 3 else 131, "2"), (180, "3")] for i in range(12)]
    assert {len(cells) for cells in grids(page(*rows))[0]} == {5}
    # not where another row has figures in both
    rows.append([(40, "乙"), (100, "1"), (131, "2"), (140, "2"), (180, "3")])
    assert {len(cells) for cells in grids(page(*rows))[0]} == {6}


def test_the_heading_of_a_group_stands_left_of_the_labels_of_rows():
    (cells,) = grids(page([(40, "三、"), (80, "1.属于"), (150, "1"), (200, "2")], [(80, "2.其他"), (150, "3"), (200, "4")],
                          [(40, "本年")], [(40, "度"), (80, "3.没有"), (150, "5"), (200, "6")]))  # fmt: skip
    assert [cells[i][:2] for i in range(4)] == [["三、", "1.属于"], ["", "2.其他"], ["本年", ""], ["度", "3.没有"]]


def test_names_left_of_all_figures_are_cut_from_the_label_of_rows():
    names = [(40, "第一项加第二项之和"), (134, "自然"), (160, "企业"), (220, "总计")]
    (cells,) = grids(page(names, [(40, "一个很长很长的标签"), (225, "3")], [(40, "乙"), (225, "4")]))
    assert cells == [
        ["", "第一项加第二项之和", "自然", "企业", "总计"], ["", "一个很长很长的标签", "", "", "3"], ["", "乙", "", "", "4"],
    ]  # fmt: skip


def test_columns_of_figures_without_a_name_that_is_known_are_not_counted_away():
    names = ["某甲", "某乙", "某丙", "社会公益组织", "法律服务机构", "其他", "总计"]
    header = [(40, "内容"), *((140 + 70 * i, name) for i, name in enumerate(names))]
    full = [(40, "（一）予以公开"), *((145 + 70 * i, "3") for i in range(7))]
    row = [(40, "2.重复申请"), *((145 + 70 * i, str(i)) for i in (2, 4, 5, 6))]
    ((_, _, grid, _),) = tables(page(header, full, row), 1)
    labelled = label(Document([Paragraph("三、收到和处理政府信息公开申请情况"), grid], "pdf", "page.pdf"), 2022)
    assert "2" not in {cell.raw for cell in labelled.cells}


@pytest.mark.parametrize("behind", [["小计", "总计"], ["总计", "备注"]])
def test_the_total_at_the_right_is_none_of_the_organisations(behind):
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", *behind]
    header = [(40, "内容"), *((140 + 70 * i, name) for i, name in enumerate(names))]
    rows = [[(40, "（一）予以公开"), *((145 + 70 * i, str(i)) for i in range(8))] for _ in range(2)]
    ((_, _, grid, _),) = tables(page([(420, "法人或其他组织")], header, *rows), 1)
    labelled = label(Document([Paragraph("三、收到和处理政府信息公开申请情况"), grid], "pdf", "page.pdf"), 2022)
    assert [cell.raw for cell in labelled.cells] == [*"012345", str(names.index("总计"))]


def test_figures_may_stand_beside_the_last_of_eight_lines_of_their_label():
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    header = [(40, "内容"), *((140 + 70 * i, name) for i, name in enumerate(names))]
    figures = [(145 + 70 * i, "6" if i == 6 else "1") for i in range(7)]

    def read(words):
        lines = [[(40, words[i : i + 4])] for i in range(0, len(words), 4)]
        printed = page(header, [(40, "（一）予以公开"), *figures], *lines[:-1], [*lines[-1], *figures])
        ((_, _, grid, _),) = tables(printed, 1)
        labelled = label(Document([Paragraph("三、收到和处理政府信息公开申请情况"), grid], "pdf", "page.pdf"), 2022)
        doubts = [
            problem for problem in labelled.problems if (problem.code, problem.row) == ("not-placed", "partly_granted")
        ]
        return "".join(cell.raw for cell in labelled.cells if cell.row == "partly_granted"), len(doubts)

    assert read("（二）部分公开（区分处理的，只计这一情形，不计其他情形）") == ("1111116", 0)
    assert read("（二）部分公开（区分处理的，只计这一情形，不知其他情形）") == ("", 1)


def test_the_heading_of_a_part_and_a_page_number_end_the_table_above():
    first = [[(40, "内容"), (120, "制发"), (180, "废止")], [(40, "甲"), (125, "1"), (185, "2")]]
    second = [[(40, "内容"), (240, "甲甲"), (300, "乙乙")], [(40, "丙"), (245, "3"), (305, "4")]]
    assert [len(cells) for cells in grids(page(*first, [(40, "三、收到申请")], *second))] == [2, 2]
    # also one that is set apart, above a table without a header, and no other line
    apart = [*first, first[1], [], [(40, "三、收到申请")], [], second[1], second[1]]
    assert [len(cells) for cells in grids(page(*apart))] == [3, 2]
    apart[4] = [(200, "- 5 -")]
    assert [len(cells) for cells in grids(page(*apart))] == [3, 3]
    apart[4] = [(40, "第三项收到申请")]
    assert [len(cells) for cells in grids(page(*apart))] == [6]


def test_a_line_left_of_the_first_names_is_no_end_of_the_header():
    printed = page([(170, "申请人情况")], [(40, "第一项加第二项之和，")], [(150, "企业"), (200, "机构"), (250, "总计")],
                   [(40, "甲"), (155, "1"), (205, "2"), (255, "3")])  # fmt: skip
    ((first, last, *_),) = tables(printed, 1)
    assert (first, last) == (0, 4)


def test_a_line_of_names_in_one_piece_is_of_the_header():
    names = [(40, "第一项加第二项之和第一项加第二项之和"), (223, "自然"), (246, "企业"), (269, "其他"), (292, "总计")]
    rows = [[(40, "甲"), *((230 + 23 * i, str(i)) for i in range(4))] for _ in range(2)]
    assert grids(page([(40, "一句话。")], names, *rows))[0][0] == ["", names[0][1], "自然", "企业", "其他", "总计"]


def test_a_header_may_have_twelve_lines():
    lines = [[(125, letter), (245, letter)] for letter in "一二三四五六七八九十甲乙丙"]
    assert [row[2] for row in grids(page(*lines, [(40, "丙"), (125, "1"), (245, "2")], [(40, "丁"), (125, "1"), (245, "2")]))[0]] == [
        *"二三四五六七八九十甲乙丙", "1", "1"
    ]  # fmt: skip


def test_two_rows_are_too_few_to_tell_that_columns_are_one():
    (cells,) = grids(page([(40, "甲"), (100, "1"), (131, "2")], [(40, "乙"), (100, "1"), (140, "3")]))
    assert [row[2:] for row in cells] == [["1", "2", ""], ["1", "", "3"]]


# ---- numbers that count the rows ----


def counted(*numbers, label=70, among=()):
    """The first row of a table with numbers left of its labels."""
    rows = [[(45, number), (label, "甲"), (155, "7"), (205, "8")] for number in numbers]
    return grids(page([(40, "序"), (label, "内容"), (150, "甲甲"), (200, "乙乙")], rows[0], *among, *rows[1:]))[0][:2]


def test_numbers_that_count_the_rows_and_their_name_are_left_out():
    rows = [["", "内容", "甲甲", "乙乙"], ["", "甲", "7", "8"]]
    assert counted("9", "10", "11") == rows
    # also close before their labels
    assert counted("9", "10", "11", label=58) == rows


def test_numbers_left_of_labels_count_the_rows_where_three_follow_each_other_and_nothing_is_between():
    for numbers, among in ((("1", "2"), ()), (("1", "2", "4"), ()), (("1", "2", "3"), [[(40, "乙"), (155, "5")]])):
        assert counted(*numbers, among=among)[1][2] == "1"


def test_figures_that_follow_each_other_are_no_counters_beside_other_figures():
    rows = [[(45, number), (155, "7"), (205, "8")] for number in "1234"]
    assert grids(page(*rows))[0][0] == ["", "", "1", "7", "8"]


# ---- tables on several pages ----

NAMES = [(40, "内容"), (120, "甲甲"), (180, "乙乙"), (240, "丙丙")]
BEGUN = [NAMES, [(40, "甲"), (120, "1111"), (185, "2"), (245, "3")]]


def last_page(*pages):
    """The grids of the last of some pages."""
    document = Pages()
    found = [
        [grid for _, _, grid in document.tables(page(*rows), number)] for number, rows in enumerate(pages, start=1)
    ]
    return found[-1]


def test_a_table_without_a_header_has_the_columns_of_the_one_that_ends_the_page_before():
    (grid,) = last_page(BEGUN, [[(40, "乙"), (125, "4"), (245, "5")], [(40, "丙"), (125, "6"), (245, "7")]])
    assert grid.cells == [["", "乙", "4", "", "5"], ["", "丙", "6", "", "7"]]
    # a remark above the first figures is no header
    remarked = [
        [(300, "含镇")],
        [(40, "乙"), (125, "4"), (245, "5"), (300, "街")],
        [(40, "丙"), (125, "6"), (245, "7")],
    ]
    (grid,) = last_page([[*NAMES, (300, "备注")], BEGUN[1]], remarked)
    assert grid.cells[1] == ["", "乙", "4", "", "5", "街"]
    # and so on the next page
    (grid,) = last_page(
        BEGUN,
        [[(40, "乙"), (125, "4")], [(40, "丙"), (125, "6")]],
        [[(40, "丁"), (245, "7")], [(40, "戊"), (245, "8")]],
    )
    assert grid.cells[0] == ["", "丁", "", "", "7"]


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ([[(40, "乙"), (120, "丁丁"), (240, "戊戊")], [(40, "丙"), (125, "4"), (245, "5")]], ["", "丙", "4", "5"]),
        ([[(40, "乙"), (120, "丁丁")], [(40, "丙"), (125, "4"), (245, "5")]], ["", "丙", "4", "5"]),
        ([[(40, "乙"), (125, "4")], [(40, "丙"), (125, "4"), (153, "5")]], ["", "丙", "4", "5"]),
        ([[(40, "乙"), (125, "444444444444")], [(40, "丙"), (125, "4"), (245, "5")]], ["", "丙", "4", "5"]),
        ([[(40, "乙"), (245, "5")], [(40, "丙"), (120, "4"), (131, "4")]], ["", "丙", "4", "4", ""]),
    ],
    ids=["it has a header", "a part of one", "a figure beside the columns", "one in two columns", "two in one column"],
)  # fmt: skip
def test_a_table_that_differs_does_not_go_on(rows, last):
    (grid,) = last_page(BEGUN, rows)
    assert grid.cells[-1] == last


def test_a_table_goes_on_only_from_the_end_of_the_page_before_to_the_begin_of_the_next():
    rows = [[(40, "乙"), (125, "4"), (245, "5")], [(40, "丙"), (125, "6"), (245, "7")]]
    for pages in (
        (BEGUN, [[(40, "一句话。")]], rows),
        ([*BEGUN, [(40, "话" * 41)]], rows),
        (BEGUN, [[(40, "话" * 61)], *rows]),
    ):
        (grid,) = last_page(*pages)
        assert len(grid.cells[0]) == 4
    # a page number is none of it, a page without any text none of the pages
    assert len(last_page([*BEGUN, [(200, "- 5 -")]], rows)[0].cells[0]) == 5
    pages = Pages()
    for number in (1, 3):
        found = [grid for _, _, grid in pages.tables(page(*(rows if number == 3 else BEGUN)), number)]
    assert len(found[0].cells[0]) == 4


@pytest.mark.parametrize("cut", [1, 2])
def test_a_header_that_ends_a_page_is_that_of_the_table_on_the_next(cut):
    header = [[(40, "内容"), (120, "企业"), (180, "公益"), (240, "总计")], [(180, "组织")]]
    rows = [*header[cut:], [(40, "乙"), (125, "4"), (245, "5")], [(40, "丙"), (125, "6"), (245, "7")]]
    (grid,) = last_page([[(40, "一、上面")], *header[:cut]], rows)
    assert grid.cells == [
        ["", "内容", "企业", "公益", "总计"], ["", "", "", "组织", ""], ["", "乙", "4", "", "5"], ["", "丙", "6", "", "7"],
    ]  # fmt: skip
    assert grid.row_offset == -cut
    # also where the lines of one page alone would name as many columns
    rows[: 2 - cut] = [[(120, "企业"), (180, "机构")]]
    (grid,) = last_page([[(40, "内容"), (144, "法人吗"), (240, "总计")]], rows)
    assert len(grid.cells[0]) == 5


@pytest.mark.parametrize(
    "above",
    [
        [[(120, "企业"), (180, "公益"), (240, "总计")], [(40, "二、另外一个表")]],
        [[(120, "企业"), (180, "公益"), (240, "总计")], [(40, "话" * 41)]],
        [[(120, "企业"), (180, "公益")]],
        [[(300, "企业"), (360, "公益"), (420, "总计")]],
        [[(120, "企业"), (180, "公益"), (240, "总计")], *[[]] * 3, [(40, "话")]],
    ],
    ids=["a heading below", "a sentence below", "two names", "names beside the figures", "names further up"],
)  # fmt: skip
def test_other_lines_that_end_a_page_are_no_header(above):
    rows = [[(40, "乙"), (125, "4"), (185, "5")], [(40, "丙"), (125, "6"), (185, "7")]]
    (grid,) = last_page(above, rows)
    assert grid.cells[0] == ["", "乙", "4", "5"]
    # and leave the table's own one
    (grid,) = last_page(above, [NAMES, *rows])
    assert grid.cells[:2] == [["", "内容", "甲甲", "乙乙", "丙丙"], ["", "乙", "4", "5", ""]]


def test_a_label_that_the_end_of_a_page_cuts_is_of_the_table():
    rows = [*BEGUN, BEGUN[1], [(40, "乙乙")]]
    assert grids(page(*rows))[0][-1] == ["", "乙乙", "", "", ""]
    # and a remark beside it, but no text below the figures
    assert len(grids(page(*rows[:3], [(40, "乙乙"), (300, "街")]))[0]) == 4
    assert len(grids(page(*rows[:3], [(40, "乙乙"), (180, "街")]))[0]) == 3
    # a figure alone in the last line is none
    assert len(grids(page(*[BEGUN[1]] * 3, NAMES, [(40, "甲")], [(185, "2")]))[0]) == 3
    # none that is too wide, too far below, or above other text
    for others in ([row(640, (40, "乙" * 10))], [row(600, (40, "乙乙"))], page(*rows, [(40, "一段话" * 15)])[3:]):
        assert len(grids([*page(*rows[:3]), *others])[0]) == 3
