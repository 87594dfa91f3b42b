"""Figures that a careless reader would misplace: each is named by a problem, or not taken at all."""

import random

import pytest
from layouts import CHANGES
from media import MANNERS
from printed import grid, printed, random_figures, squares, told
from verdicts import verdicts

import liaocheng_foi as foi
from liaocheng_foi.codebook import codebook
from liaocheng_foi.grid import Document, Grid, Paragraph
from liaocheng_foi.label import label
from liaocheng_foi.readers import read_document
from liaocheng_foi.readers.letters import Character
from liaocheng_foi.readers.pdf.gaps import torn_apart
from liaocheng_foi.readers.pdf.ruled import Box, Table


def form(seed=0):
    return printed(told(random_figures(random.Random(seed), 2021)), 2021)


def letters(text, left, middle=10.0, size=7.0):
    return [Character(c, left + i * size, left + (i + 1) * size, middle, size) for i, c in enumerate(text)]


@pytest.mark.parametrize("figure", ["O", "l2", "2Sl", "B", "S2S"])
def test_letters_for_digits_in_a_line_of_single_blanks_stay_figures(figure):
    lines = [
        "三、收到和处理政府信息公开申请情况", "商业企业 科研机构 社会公益组织 法律服务机构 其他",
        f"（一）予以公开 3 {figure} 0 0 138 0 141", f"（三）不予公开 1.属于国家秘密 0 {figure} 0 2 0 0 2",
    ]  # fmt: skip
    labelled = label(read_document("\n".join(lines).encode(), name="scanned.txt"), 2022)
    assert labelled.cells == []
    assert {"granted", "denied.state_secret"} <= {p.row for p in labelled.problems if p.code == "not-placed"}


@pytest.mark.parametrize("texts", [("362", "O"), ("法律服务机构", "其他"), ("12件", "S")])
def test_two_texts_in_the_middle_of_their_own_places_are_two_cells(texts):
    centres = (50.0, 150.0)
    characters = [c for t, at in zip(texts, centres, strict=True) for c in letters(t, at - 3.5 * len(t))]
    cells = list(torn_apart(Table([0.0, 100.0, 200.0], [20.0, 0.0], []), Box(0, 0, 1, 2), characters))
    assert [("".join(c.text for c in of), box) for box, of in cells] == [
        (texts[0], Box(0, 0, 1, 1)), (texts[1], Box(0, 1, 1, 2)),
    ]  # fmt: skip


def test_two_texts_that_fill_their_own_places_are_two_cells():
    characters = [*letters("社会公益组", 2.5), *letters("织", 16.5, 3.0), *letters("法律服务机", 42.5)]
    cells = list(torn_apart(Table([0.0, 40.0, 80.0], [20.0, 0.0], []), Box(0, 0, 1, 2), characters))
    assert [(len(of), box) for box, of in cells] == [(6, Box(0, 0, 1, 1)), (5, Box(0, 1, 1, 2))]


def test_a_text_stands_in_the_middle_of_its_own_rows():
    # a heading of two lines over three rows, and a label in the fourth
    characters = [
        *letters("第一项加第二", 5.0, 74.0),
        *letters("项之和", 5.0, 66.0),
        *letters("一、本年新收", 5.0, 10.0),
    ]
    cells = list(torn_apart(Table([0.0, 60.0], [100.0, 80.0, 60.0, 40.0, 20.0, 0.0], []), Box(0, 0, 5, 1), characters))
    assert [box for box, _ in cells] == [Box(0, 0, 3, 1), Box(3, 0, 5, 1)]


def test_a_heading_over_two_columns_stays_one_cell():
    spaced = [c for i, letter in enumerate("法人其他组织") for c in letters(letter, 71.0 + 10 * i)]
    for characters in (letters("法人或其他组织", 75.5), [*letters("总", 60.0), *letters("计", 133.0)], spaced):
        assert len(list(torn_apart(Table([0.0, 100.0, 200.0], [20.0, 0.0], []), Box(0, 0, 1, 2), characters))) == 1


def test_a_blank_total_behind_figures_is_doubted():
    report = form()
    (grid,) = report.requests
    rows = [[text for _, text in row] for row in squares(grid)]
    rows[8] = [*rows[8][:6], *rows[8][7:], ""]
    report.requests = [Grid.from_rows(rows)]
    labelled = label(report.document(), 2022)
    (blank,) = (p for p in labelled.problems if p.code == "total-blank")
    assert (blank.row, blank.grid_row, blank.grid_column) == (grid_row(grid, 8), 9, len(rows[8]))
    assert "silent" not in verdicts(report.figures(), labelled.cells, labelled.problems).values()


def grid_row(grid, number):
    return grid.cells[number][-1].key[1]


def test_a_blank_row_beside_figures_with_an_unknown_label_is_doubted():
    report = form()
    (grid,) = report.requests
    rows = [list(row) for row in grid.cells]
    blank = [*rows[8][:3], *[""] * 7]
    code = grid_row(grid, 8)
    rows[8:9] = [blank, [*rows[8][:1], "", "不知所云", *rows[8][3:]]]
    report.requests = [Grid.from_rows(rows)]
    labelled = label(report.document(), 2022)
    assert ("requests", code) in {(p.table, p.row) for p in labelled.problems if p.code == "not-placed"}


def test_a_label_over_two_rows_of_figures_is_doubted():
    report = form()
    (grid,) = report.requests
    lines = [[text for _, text in row] for row in squares(grid)]
    row = next(i for i, line in enumerate(lines) if "1.属于国家秘密" in line)
    left = lines[row].index("1.属于国家秘密")
    grid.cells[row - 1][left] = grid.cells[row][left]
    grid.anchors[row - 1][left] = grid.anchors[row][left] = (row - 1, left)
    labelled = label(report.document(), 2022)
    assert ("row-twice", "denied.state_secret") in {(p.code, p.row) for p in labelled.problems}


def test_the_first_half_of_a_label_is_no_heading_of_another_part():
    report = form()
    (grid,) = report.requests
    rows = [[text for _, text in row] for row in squares(grid)]
    row = next(i for i, line in enumerate(rows) if "二、上年结转政府信息公开申请数量" in line)
    figures = [text for text in rows[row] if text != "二、上年结转政府信息公开申请数量"]
    half = ["二、上年结转政府信息公", *[""] * (len(rows[row]) - 1)]
    rows[row : row + 1] = [half, ["开申请数量", *[""] * (len(half) - 1 - len(figures)), *figures]]
    report.requests = [Grid.from_rows(rows)]
    labelled = label(report.document(), 2022)
    found = [cell.raw for cell in labelled.cells if cell[:2] == ("requests", "carried_in")]
    assert found == figures[-7:]


@pytest.mark.parametrize("number", ["(3)", "3.", "3。", "3："])
def test_the_number_of_a_label_cut_off_leaves_its_row_in_doubt(number):
    report = form()
    (grid,) = report.requests
    rows = [list(row) for row in grid.cells]
    row = next(i for i, line in enumerate(rows) if any("仍不明确" in (text or "") for text in line))
    label_at = next(i for i, text in enumerate(rows[row]) if "仍不明确" in text)
    below = [*rows[row][: label_at + 1], *[""] * (len(rows[row]) - label_at - 1)]
    rows[row][label_at] = number
    rows.insert(row + 1, below)
    anchors = [[(i, c) for c in range(len(line))] for i, line in enumerate(rows)]
    for i in range(row - 2, row + 2):
        anchors[i][:label_at] = [(row - 2, c) for c in range(label_at)]
    report.requests = [Grid(rows, anchors)]
    labelled = label(report.document(), 2022)
    assert "silent" not in verdicts(report.figures(), labelled.cells, labelled.problems).values()


def test_words_beside_the_rest_of_figures_leave_the_row_above_in_doubt():
    rows = [
        ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"],
        ["6", "0", "0", "0", "0", "0", "6"], ["33", "", "", "", "", "", "33"], ["1", "0", "0", "0", "0", "0", "1"],
    ]  # fmt: skip
    labels = ["", "4.保护第三方合法权益", "办理结果", "5.属于三类内部事务信息"]
    grid = Grid.from_rows(([label_, *row] for label_, row in zip(labels, rows, strict=True)), ruled=False)
    document = Document([Paragraph("三、收到和处理政府信息公开申请情况"), grid], "pdf", "page.pdf")
    doubted = {problem.row for problem in label(document, 2022).problems if problem.code == "not-placed"}
    assert "denied.third_party_rights" in doubted


def test_a_header_that_lacks_columns_gives_no_figure_by_counting():
    rng = random.Random(1)
    for seed in range(5):
        report = form(seed)
        CHANGES["a_whole_column_of_marks"](rng, report)
        CHANGES["quarter_figures_beside"](rng, report)
        document = read_document(MANNERS["txt-ocr"](report.document(), rng), name="scanned.txt")
        labelled = label(document, 2022)
        assert "silent" not in verdicts(report.figures(), labelled.cells, labelled.problems).values()


def test_blanks_before_a_remark_are_given_to_no_column():
    report = form()
    (grid,) = report.requests
    rows = [[text for _, text in row] for row in squares(grid)]
    rows[8] = [*rows[8][:3], *[""] * 9, "待核"]
    report.requests = [Grid.from_rows(rows[:8]), Grid.from_rows(rows[8:9])]
    labelled = label(report.document(), 2022)
    assert ("not-placed", grid_row(grid, 8)) in [(p.code, p.row) for p in labelled.problems]


def test_rows_of_text_that_lost_blanks_and_parted_digits_must_add_up():
    head = ["三、收到和处理政府信息公开申请情况", "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"]
    parted = "一、本年新收政府信息公开申请数量 1 020 0 0 0 3 0 1 023"
    lost = "二、上年结转政府信息公开申请数量 5 0 0 0 0 5"
    both, whole = "（一）予以公开 1 017 0 0 3 0 1020", "（二）部分公开 4 0 0 0 3 0 7"
    for lines, rows in (([parted, lost], {"partly_granted"}), ([], {"granted", "partly_granted"})):
        text = "\n".join([*head, *lines, both, whole])
        labelled = label(read_document(text.encode(), name="scanned.txt"), 2022)
        assert {cell.row for cell in labelled.cells} == rows
        assert {"granted", "partly_granted"} - rows <= {p.row for p in labelled.problems if p.code == "not-placed"}


def test_a_gap_between_texts_on_a_page_is_not_counted_as_a_cell():
    """The blank of one organisation is not printed, the first figure stands apart from its label."""
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [[*names, ""], ["（一）予以公开", "", "0", "95", "0", "0", "0", "95"], ["（二）部分公开", *"1000012"]]
    labelled = label(Document([Grid.from_rows(rows, ruled=False, aligned=True)], "pdf", "printed.pdf"), 2022)
    assert {cell.row for cell in labelled.cells} == {"partly_granted"}
    assert "granted" in {p.row for p in labelled.problems if p.code == "not-placed"}


def test_a_header_that_names_some_applicants_places_no_figures_of_text_that_lost_blanks():
    """Five figures below five organisations, the first of which is that of 自然人 and the last the total."""
    lines = [
        "三、收到和处理政府信息公开申请情况", "自然人", "总计", "商业企业 科研机构 社会公益组织 法律服务机构 其他",
        "一、本年新收政府信息公开申请数量 821 35 2 1 859", "二、上年结转政府信息公开申请数量 18 18",
    ]  # fmt: skip
    labelled = label(read_document("\n".join(lines).encode(), name="raw.txt"), 2022)
    assert labelled.cells == []
    assert {"received_new", "carried_in"} <= {p.row for p in labelled.problems if p.code == "not-placed"}


def test_a_blank_beside_two_figures_in_one_piece_is_doubted():
    """Programs that print the text of a page leave no blank between figures in full-width digits."""
    rows = [
        ["", "信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["", "行政处罚", "３５－３８０", "", "１２"], ["", "行政强制", "１甲２", "２", "７"],
    ]  # fmt: skip
    labelled = label(Document([Grid.from_rows(rows, ruled=False, aligned=True)], "text", "printed.txt"), 2019)
    assert {problem.row for problem in labelled.problems if problem.code == "not-placed"} == {"penalty"}


def test_the_number_of_a_label_cut_off_leaves_its_row_in_doubt_further_down_the_sheet():
    group = "（五）不予处理"
    rows = (
        [[group, "3.", *"4000004"]],
        [[group, "要求提供公开出版物", *[""] * 7], [group, "4.无正当理由大量反复申请", *"1000001"]],
    )
    upper, lower = Grid.from_rows(rows[0]), Grid.from_rows(rows[1])
    upper.row_offset, lower.row_offset = 41, 44
    blocks = [Paragraph("三、收到和处理政府信息公开申请情况"), upper, lower]
    labelled = label(Document(blocks, "xlsx", "printed.xlsx"), 2022)
    assert "not_processed.publication" in {p.row for p in labelled.problems if p.code == "not-placed"}


def test_a_row_with_blanks_is_in_doubt_where_most_rows_could_not_be_placed():
    """Cells of a drawn table ran together: one row has the right number of them by chance."""
    few = [
        ["一、本年新收政府信息公开申请数量", *"30013"],
        ["二、上年结转政府信息公开申请数量", *"1001"],
        ["（二）部分公开", *"2002"],
    ]
    for rows, doubted in ((few, {"granted"}), ([], set())):
        table = Grid.from_rows([*rows, ["（一）予以公开", "4", "", "", "0", "0", "0", "4"]])
        labelled = label(Document([Paragraph("三、收到和处理政府信息公开申请情况"), table], "pdf", "printed.pdf"), 2022)
        told = {problem.row for problem in labelled.problems if problem.code == "not-placed"}
        assert [cell.raw for cell in labelled.cells] == ["4", "", "", *"0004"]
        assert told & {"granted"} == doubted


@pytest.mark.parametrize("manner", ["html", "docx", "csv", "pdf"])
def test_a_wrong_total_in_a_clean_table_with_blanks_is_found_by_the_checks_and_leaves_no_doubt(manner):
    report = form()
    wrong = ("requests", "granted", "total")
    for table in report.requests:
        for row in table.cells:
            row[:] = [text.written("99999") if getattr(text, "key", None) == wrong else text for text in row]
            row[:] = [text.written("") if text == "0" else text for text in row]
    data = MANNERS[manner](report.document(), random.Random(3))
    read = foi.read(data, name=f"printed.{manner}", organ="x", year=2022)
    assert read.value(*wrong) == 99999 and read.unsure == ()
    assert any(wrong in finding.cells for finding in foi.examine(read)[0].failed)


def test_blanks_beside_a_total_that_reaches_down_are_in_doubt():
    """A line of the table is missing: the figures below may be those of the blank row."""
    applicants = [column.label() for column in codebook().columns("requests", 2021)]
    table = grid(
        [
            [(text, 1, 1) for text in ("", *applicants)],
            [("（一）予以公开", 1, 1), *[("", 1, 1)] * 6, ("563", 1, 2)],
            [("行", 1, 1), *((figure, 1, 1) for figure in ("523", "0", "0", "0", "0", "40"))],
        ]
    )
    labelled = label(Document([Paragraph("三、收到和处理政府信息公开申请情况"), table], "pdf", "printed.pdf"), 2022)
    assert "granted" in {problem.row for problem in labelled.problems if problem.code == "not-placed"}
