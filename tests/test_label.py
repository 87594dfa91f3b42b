import random

import pytest
from conftest import truth
from layouts import CHANGES
from printed import Figure, grid, loose, printed, random_figures, reviews_rows, told
from verdicts import verdicts

from liaocheng_foi.codebook import codebook
from liaocheng_foi.grid import Document, Grid
from liaocheng_foi.label import label
from liaocheng_foi.report import read

EDITIONS = (2019, 2021)
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
#: Changes after which some figures cannot be told for certain; all others cost no figure at all.
COSTLY = {"empty_cells_dropped", "misread_letters", "letters_for_digits"}


def changed(change, edition, seed):
    rng = random.Random(f"{change} {edition} {seed}")
    report = printed(told(random_figures(rng, edition)), edition)
    try:
        CHANGES[change](rng, report)
    except ValueError as reason:
        pytest.skip(str(reason))
    return report


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_form_as_printed_is_read_cell_by_cell(edition):
    for seed in range(20):
        figures = random_figures(random.Random(seed), edition)
        labelled = label(printed(figures, edition, grid).document())
        assert labelled.edition == edition
        assert {c.key: c.raw for c in labelled.cells} == figures
        assert labelled.problems == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_rows_and_columns_counted_by_a_program(edition):
    """As pandas prints a table: an index at the left, the numbers of the columns above."""
    figures = random_figures(random.Random(7), edition)
    document = printed(figures, edition, loose).document()
    for number, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            rows = [[str(index), *row] for index, row in enumerate(block.cells)]
            document.blocks[number] = Grid.from_rows([["", *map(str, range(block.shape[1]))], *rows], ruled=False)
    labelled = label(Document(document.blocks, "markdown", "printed.md"))
    assert {c.key: c.raw for c in labelled.cells} == figures


def test_rows_counted_by_a_program_below_the_names_of_their_columns():
    """As pandas writes a table whose head became its columns: an index, also of a single row."""
    figures = random_figures(random.Random(7), 2021)
    document = printed(figures, 2021, grid).document()
    for number, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            head = 2 if block.shape[1] == 4 else 3
            rows = [[str(index - head) if index >= head else "", *row] for index, row in enumerate(block.cells)]
            document.blocks[number] = Grid.from_rows(rows)
    labelled = label(Document(document.blocks, "html", "printed.html"))
    assert {c.key: c.raw for c in labelled.cells} == figures


@pytest.mark.parametrize("edition", EDITIONS)
def test_blanks_for_the_columns_that_labels_span(edition):
    """As programs write a table of a page: nothing below a cell that reaches down, blanks beside one that is wide."""
    rng = random.Random(7)
    figures = {key: rng.choice((text, text, "")) for key, text in random_figures(rng, edition).items()}
    document = printed(figures, edition, grid).document()
    table = next(block for block in document.blocks if isinstance(block, Grid) and len(block.cells) > 20)
    rows = [
        [
            text if corner == (r, c) else ""
            for c, (text, corner) in enumerate(zip(texts, corners, strict=True))
            if corner[0] == r
        ]
        for r, (texts, corners) in enumerate(zip(table.cells, table.anchors, strict=True))
    ]
    ragged = Grid.from_rows(rows, ruled=True)
    labelled = label(Document([ragged], "markdown", "printed.md"), edition)
    wanted = {key: text for key, text in figures.items() if key[0] == "requests"}
    assert {c.key: c.raw for c in labelled.cells} == wanted
    # with a cell more at the end of each row nobody knows which blanks are figures
    labelled = label(Document([Grid.from_rows([[*row, ""] for row in rows])], "markdown", "printed.md"), edition)
    told = {p.row for p in labelled.problems if p.code == "not-placed"}
    assert all(cell.raw == wanted[cell.key] or cell.row in told for cell in labelled.cells)


def test_blanks_at_the_end_are_cells_where_rows_end_where_they_end():
    """As programs write a table whose spans they do not know: a head of fewer cells above figures and blanks."""
    printed_cells = [*"5  27", *"8  19", *"     "]
    head = [["行政复议", "行政诉讼"], [*RESULTS, "未经复议直接起诉", "复议后起诉"], [*RESULTS, *RESULTS]]
    ragged = [*head, ["" if text == " " else text for text in printed_cells]]
    padded = [[*row, *[""] * (16 - len(row))] for row in ragged]
    for rows, cells in ((ragged, printed_cells), (padded, [])):
        labelled = label(Document([Grid.from_rows(rows, ruled=False)], "text", "printed.txt"), 2022)
        assert [c.raw or " " for c in labelled.cells] == cells


def test_a_header_torn_by_the_end_of_a_page_names_no_columns():
    """Above the end there are fewer cells, so that its columns are not those of the rows below."""
    figures = told(random_figures(random.Random(7), 2021))
    document = printed(figures, 2021).document()
    place, whole = next((n, b) for n, b in enumerate(document.blocks) if isinstance(b, Grid) and len(b.cells) > 20)
    note, names = whole.cells[0][0], whole.cells[2]
    upper = Grid.from_rows([[note, *[whole.cells[0][3]] * 3], [note, names[3][:1], whole.cells[1][4], names[-1]]])
    lower = Grid.from_rows([["", "", "", names[3][1:], *names[4:-1], ""], *whole.cells[3:]])
    document.blocks[place : place + 1] = [upper, lower]
    labelled = label(Document(document.blocks, "pdf", "printed.pdf"), 2022)
    assert set(verdicts(figures, labelled.cells, labelled.problems).values()) == {"right"}
    assert "placed-by-position" in {problem.code for problem in labelled.problems}


def test_an_applicant_beside_the_heading_of_its_group_moves_no_other():
    """A rule between two rows of a header is not drawn: in order they would be other columns than by place."""
    figures = told(random_figures(random.Random(7), 2021))
    document = printed(figures, 2021).document()
    table = next(b for b in document.blocks if isinstance(b, Grid) and len(b.cells) > 20)
    names = table.cells[2]
    table.cells[0][4:] = [""] * 6
    table.cells[1][4:] = [table.cells[1][4], "", "", names[7], names[9], names[9]]
    table.cells[2] = ["", "", "", "", *names[4:9], ""]
    table.anchors[:3] = [[(r, c) for c in range(10)] for r in range(3)]
    table.anchors[1][9], table.anchors[2][7] = (1, 8), (1, 7)
    labelled = label(document, 2022)
    assert "silent" not in verdicts(figures, labelled.cells, labelled.problems).values()


def test_a_label_cut_by_a_line_between_columns():
    rows = [["", "", *[c.labels[2021] for c in codebook().columns("requests", 2021)]]]
    rows += [["一、本年新收政府信息", "公开申请数量", *"3000014"], ["四、结转下年度继续办", "理", *"1000001"]]
    labelled = label(Document([Grid.from_rows(rows)], "markdown", "printed.md"), 2022)
    assert [cell.raw for cell in labelled.cells] == [*"3000014", *"1000001"]


def test_a_label_behind_that_of_its_group_on_two_lines():
    rows = [["", *[c.labels[2021] for c in codebook().columns("requests", 2021)]]]
    rows += [
        ["（三）不予公开-1.属于国家秘", *"3000014"],
        ["密", *[""] * 7],
        ["（四）无法提供3.补正后申请内容仍不明确", *"1000001"],
    ]
    labelled = label(Document([Grid.from_rows(rows, ruled=False)], "pdf", "printed.pdf"), 2022)
    assert [(cell.row, cell.raw) for cell in labelled.cells if cell.column == "total"] == [
        ("denied.state_secret", "4"), ("unavailable.still_unclear", "1"),
    ]  # fmt: skip
    assert not any(problem.code == "label-nearest" for problem in labelled.problems)
    # also where each is a label by itself and a mark joins them
    rows[1][0], rows[2][0], rows[3][0] = "（三）不予公开：", "1.属于国家秘密", "（四）无法提供3.补正后申请"
    rows.append(["内容仍不明确", *[""] * 7])
    labelled = label(Document([Grid.from_rows(rows, ruled=False)], "pdf", "printed.pdf"), 2022)
    assert [(cell.row, cell.raw) for cell in labelled.cells if cell.column == "total"] == [
        ("denied.state_secret", "4"), ("unavailable.still_unclear", "1"),
    ]  # fmt: skip


def test_the_number_of_a_heading_beside_the_first_line_of_a_label_is_no_figure():
    rows = [["", "", *[c.labels[2021] for c in codebook().columns("requests", 2021)]]]
    rows += [["（3）、", "8.属于行政查", *[""] * 7], ["不予公开", "询事项", *"3000014"]]
    labelled = label(Document([Grid.from_rows(rows, ruled=False)], "pdf", "printed.pdf"), 2022)
    assert [(cell.row, cell.raw) for cell in labelled.cells][-1:] == [("denied.administrative_query", "4")]


def test_labels_on_several_lines_in_a_table_without_lines():
    """As text shows a table: labels of a header go on below, figures stand between the lines of their labels."""
    figures = random_figures(random.Random(7), 2021)
    document = printed(figures, 2021, loose).document()
    place, table = next((n, b) for n, b in enumerate(document.blocks) if isinstance(b, Grid) and len(b.cells) > 20)
    rows: list[list[str]] = []
    for number, row in enumerate(map(list, table.cells)):
        label_, values = row[2], row[3:]
        if number < 3:
            rows += [row[:3] + [text[:2] for text in values], ["", "", ""] + [text[2:] for text in values]]
        elif number == 23:
            heading = row[1]
            rows += [["", "", label_[:20], *[""] * 7], ["", "", "", *values], ["", "", label_[20:], *[""] * 7]]
        elif number == 24:
            rows += [["", heading[:5], *[""] * 8], ["", "", label_[:20], *[""] * 7], ["", heading[5:], "", *values]]
            rows += [["", "", label_[20:], *[""] * 7]]
        else:
            rows.append(row)
    document.blocks[place] = Grid.from_rows(rows, ruled=False)
    labelled = label(Document(document.blocks, "pdf", "printed.pdf"))
    assert {c.key: c.raw for c in labelled.cells} == figures
    assert labelled.problems == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("change", CHANGES)
def test_no_change_of_layout_makes_a_wrong_figure(edition, change):
    for seed in range(2):
        report = changed(change, edition, seed)
        labelled = label(report.document(), 2020 if edition == 2019 else 2022)
        found = verdicts(report.figures(), labelled.cells, labelled.problems)
        assert {key: what for key, what in found.items() if what in ("silent", "wrong")} == {}
        assert labelled.edition == edition
        if change not in COSTLY:
            assert set(found.values()) == {"right"}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("row_missing", "row-missing"), ("column_missing", "column-missing"), ("table_missing", "table-missing"),
        ("table_twice", "table-twice"), ("unknown_row", "label-unknown"), ("misprinted", "label-nearest"),
        ("short_partly", "label-variant"), ("other_in_one_row", "other-in-one-row"), ("header_lost", "placed-by-position"),
        ("group_rows_with_sums", "subtotal-added"), ("letters_for_digits", "not-a-number"), ("yuan", "unit-in-cell"),
        ("split_digits", "number-split"), ("notes_in_cells", "note-in-cell"), ("empty_cells_dropped", "not-placed"),
    ],
)  # fmt: skip
def test_what_is_out_of_the_ordinary_is_said(change, problem):
    problems = label(changed(change, 2021, 1).document(), 2022).problems
    assert problem in {p.code for p in problems}
    for said in problems:
        assert said.message("zh") and said.message("en")


def test_figures_below_two_headings_without_a_rule_between_are_not_counted_off():
    """As many figures as the header has names is chance where two of its names are not told apart."""
    figures = told(random_figures(random.Random(7), 2021))
    for row, column in (("litigation_direct", "upheld"), ("litigation_after_reconsideration", "corrected")):
        key = ("reviews", row, column)
        figures[key] = Figure("", key, None, "blank")
    rows = reviews_rows(figures, 2021)
    rows[2][2:4] = [(" ".join(text for text, _, _ in rows[2][2:4]), 2, 1)]
    labelled = label(Document([grid(rows)], "pdf", "printed.pdf"), 2022)
    printed_here = {key: text for key, text in figures.items() if key[0] == "reviews"}
    assert set(verdicts(printed_here, labelled.cells, labelled.problems).values()) <= {"right", "missing"}


def test_a_label_cut_behind_its_group_by_the_end_of_a_page_leaves_doubt():
    figures = told(random_figures(random.Random(7), 2021))
    book = codebook()
    document = printed(figures, 2021).document()
    place, whole = next((n, b) for n, b in enumerate(document.blocks) if isinstance(b, Grid) and len(b.cells) > 20)
    label_cut = book.short("requests", "denied.security_stability", "zh", 2021)
    at = next(r for r, row in enumerate(whole.cells) if any(label_cut in (text or "") for text in row[:3]))
    *labels, rest = whole.cells[at][:3]
    upper = [*whole.cells[:at], [*labels, f"{labels[-1]}-", *whole.cells[at][3:]]]
    lower = [[*labels, rest, *[""] * (whole.shape[1] - 3)], *whole.cells[at + 1 :]]
    document.blocks[place : place + 1] = [Grid.from_rows(upper), Grid.from_rows(lower)]
    labelled = label(Document(document.blocks, "markdown", "printed.md"), 2022)
    found = verdicts(figures, labelled.cells, labelled.problems)
    assert set(found.values()) <= {"right", "unsure"}
    assert {key[1] for key, what in found.items() if what == "unsure"} == {"denied.security_stability"}


def test_sums_that_were_added_are_kept_apart():
    for change in ("group_rows_with_sums", "group_headings_with_sums", "organisations_subtotal"):
        report = changed(change, 2021, 2)
        labelled = label(report.document())
        assert {c.key for c in labelled.cells} == set(report.figures())
        assert labelled.subtotals and {c.key for c in labelled.subtotals}.isdisjoint(report.figures())


@pytest.mark.parametrize(
    "report", ["liaocheng-2020", "huaian-2024", "hongze-2023", "hangzhou-2025", "shanghai-go-2019"]
)
def test_the_real_reports_equal_their_truth(shared, report):
    (path,) = shared.glob(f"{report}.*")
    assert {cell.key: cell.value for cell in read(path).cells()} == truth(report)
