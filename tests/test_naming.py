"""Naming of cells rule by rule, on small tables made by hand."""

import pytest
from printed import grid

from liaocheng_foi.codebook import codebook
from liaocheng_foi.grid import PICTURE, Document, Grid, Paragraph
from liaocheng_foi.label import label

BOOK = codebook()
APPLICANTS = [column.label() for column in BOOK.columns("requests", 2021)]
ORGANISATIONS = BOOK.label("requests", "group", "legal_person")
ROWS = {row.code: row.label() for row in BOOK.rows("requests", 2021)}
GRANTED, PARTLY = ROWS["granted"], ROWS["partly_granted"]
ITEM = BOOK.label("proactive", "heading", "item")
FEE, FEES = BOOK.label("proactive", "row", "fee"), BOOK.label("proactive", "column", "fee_amount")
MADE = ("made_new", "published_new", "published_total")
FIGURES = ["5", "0", "0", "2", "0", "0", "7"]
NOUGHTS = ["0"] * 7


def named(*grids, table="requests"):
    """What the labels of tables below the heading of a part say."""
    heading = Paragraph(BOOK.label("form", "section", table))
    return label(Document([heading, *grids], "pdf", "printed.pdf"), 2022)


def printed(*rows):
    """A table without lines on a page; its first two columns are those of labels."""
    return Grid.from_rows(rows, page=1, ruled=False, aligned=True)


def grouped(*rows):
    """Such a table of rows whose first column, that of the headings of groups, is left out here and blank."""
    return printed(*(["", *row] for row in rows))


def cells(labelled, row):
    """Column → what was read in it."""
    return {cell.column: cell.raw for cell in labelled.cells if cell.row == row}


def doubted(labelled, code="not-placed"):
    """The rows that such a problem names."""
    return {problem.row for problem in labelled.problems if problem.code == code}


# ---- columns of part three ----


@pytest.mark.parametrize("last", ["7", "8"])
def test_a_header_that_lacks_names_is_the_forms_where_all_rows_add_up(last):
    rows = [["", text, *FIGURES[:-1], last] for text in list(ROWS.values())[:6]]
    labelled = named(printed(["", "", *APPLICANTS[:4], "", "", ""], *rows))
    assert list(cells(labelled, "received_new").values()) == (FIGURES if last == "7" else [])


def test_nothing_is_counted_below_a_header_that_lacks_names():
    """Other tables of the same columns without a label beside: the four names would get the first four figures."""
    rows = [["", text, *FIGURES] for text in list(ROWS.values())[:3]]
    labelled = named(printed(["", "", *APPLICANTS[:4], "", "", ""], *rows), printed(["", PARTLY, *FIGURES[:4]]))
    assert labelled.cells == []


def test_totals_below_the_heading_of_the_organisations_are_told_by_their_sums():
    header = ["", "", ORGANISATIONS, "", "", "", "", ""], ["", *APPLICANTS]
    rows = [[text, *FIGURES] for text in list(ROWS.values())[:6]]
    assert cells(named(grouped(*header, *rows)), "received_new")["total"] == "7"


def test_digits_below_a_header_are_no_more_of_its_names():
    labelled = named(grouped(["", *APPLICANTS], ["", "5x", "", "6y", *[""] * 4], [ROWS["received_new"], *FIGURES]))
    assert "received_new" in doubted(labelled)


def test_names_of_two_columns_in_one_place_name_none():
    """The name of a column that lost its place stands over that of another."""
    header = ["", *APPLICANTS[:4], *APPLICANTS[5:], ""], ["", "", "", "", APPLICANTS[4], "", "", ""]
    labelled = named(printed(*header, [GRANTED, "5", "0", "0", "2", "0", "7", ""]))
    assert cells(labelled, "granted").keys().isdisjoint({"public_interest", "legal_service"})
    assert doubted(labelled) == {"granted"}


def test_a_name_of_two_lines_in_a_print_must_be_whole():
    """Lines of two columns may have come into one place."""
    names = [*APPLICANTS[:3], "\n".join((APPLICANTS[3], APPLICANTS[5])), APPLICANTS[4], "", APPLICANTS[6]]
    labelled = named(printed(["", "", *names], ["", GRANTED, *FIGURES]))
    assert "public_interest" not in cells(labelled, "granted")


@pytest.mark.parametrize(
    "names", [APPLICANTS, [*APPLICANTS[1:], APPLICANTS[0]], APPLICANTS[:4]], ids=["all", "in disorder", "some"]
)
def test_names_over_the_labels_of_rows_leave_the_columns_in_doubt(names):
    labelled = named(printed(["", *names, *[""] * (8 - len(names))], ["", GRANTED, *FIGURES]))
    assert list(cells(labelled, "granted").values()) == FIGURES
    assert "placed-by-position" in {problem.code for problem in labelled.problems}


@pytest.mark.parametrize("last", ["计", "数"])
def test_names_that_are_cut_in_all_columns_are_a_header_where_each_is_known(last):
    names = [*APPLICANTS[:-1], APPLICANTS[-1][0] + last]
    header = ["", "", *(name[:1] for name in names)], ["", "", *(name[1:] for name in names)]
    order = [6, *range(6)]
    rows = [["", "", *(row[2 + i] for i in order)] for row in header]
    found = cells(named(printed(*rows, ["", GRANTED, *FIGURES])), "granted")
    assert found["total"] == (FIGURES[0] if last == "计" else FIGURES[-1])


def test_the_rest_of_a_label_beside_a_header_does_not_end_it():
    first, *others = APPLICANTS
    header = ["", "", first[:2], *others], ["", "和）", *[""] * 7], ["", "", first[2:], *[""] * 6]
    assert list(cells(named(printed(*header, ["", GRANTED, *FIGURES])), "granted").values()) == FIGURES
    # but the label of a row, blank beside a line of words, does
    labelled = named(printed(header[0], ["", PARTLY, *[""] * 7], header[2], ["", GRANTED, *FIGURES]))
    assert "natural_person" not in cells(labelled, "granted")


def test_a_name_that_stands_twice_names_no_column():
    names = [*APPLICANTS[:2], APPLICANTS[1], *APPLICANTS[3:]]
    labelled = named(printed(["", "", *names], ["", GRANTED, *FIGURES]))
    assert list(cells(labelled, "granted").values()) == FIGURES
    assert {"label-unknown", "placed-by-position"} <= {problem.code for problem in labelled.problems}


def test_without_lines_the_heading_of_the_organisations_is_no_column():
    labelled = named(printed(["", "", APPLICANTS[0], ORGANISATIONS, APPLICANTS[-1]], ["", GRANTED, "5", "2", "7"]))
    assert cells(labelled, "granted") == {"natural_person": "5", "total": "7"} and not labelled.subtotals
    assert "granted" in doubted(labelled)


@pytest.mark.parametrize("word", ["合计", "小计"])
def test_without_lines_a_sum_beside_the_totals_is_none_of_them(word):
    header = [
        ["", "", *[""] * 3, BOOK.label("requests", "heading", "applicants"), *[""] * 4],
        ["", "", *[""] * 3, ORGANISATIONS, *[""] * 4],
        ["", "", APPLICANTS[0], *[""] * 6, APPLICANTS[-1]],
        ["", "", "", word, *APPLICANTS[1:-1], ""],
    ]
    rows = [["", GRANTED, "5", "2", *FIGURES[1:]], ["", PARTLY, "3", "4", "0", "4", "0", "0", "0", "7"]]
    labelled = named(printed(*header, *rows))
    assert [cells(labelled, row)["total"] for row in ("granted", "partly_granted")] == ["7", "7"]


@pytest.mark.parametrize("last", ["7", "12"])
def test_names_right_of_a_heading_that_reaches_too_far_are_taken_in_order(last):
    """A column of its own is where the heading goes on above nothing."""
    rows = [
        [("", 1, 2), (APPLICANTS[0], 1, 2), (ORGANISATIONS, 6, 1), (APPLICANTS[-1], 1, 2)],
        [(name, 1, 1) for name in APPLICANTS[1:-1]],
        [(text, 1, 1) for text in (GRANTED, *FIGURES[:-1], last)],
    ]
    labelled = named(grid(rows))
    assert cells(labelled, "granted")["total"] == last and not labelled.subtotals
    assert "placed-by-position" in {problem.code for problem in labelled.problems}


def test_names_that_a_heading_too_narrow_pushed_aside_are_not_taken_where_they_stand():
    rows = [
        [("", 1, 2), (APPLICANTS[0], 1, 2), (ORGANISATIONS, 3, 1), (APPLICANTS[-1], 1, 2), ("", 2, 1)],
        [(name, 1, 1) for name in APPLICANTS[1:-1]],
        [(text, 1, 1) for text in (GRANTED, *FIGURES)],
    ]
    assert list(cells(named(grid(rows)), "granted").values()) == FIGURES


def test_a_column_that_the_form_does_not_have_is_said_and_its_figures_too():
    labelled = named(Grid.from_rows([["", *APPLICANTS[:-1], "外国人", APPLICANTS[-1]], [GRANTED, *NOUGHTS, "7"]]))
    assert [p.details["raw"] for p in labelled.problems if p.code == "label-unknown"] == ["外国人"]
    assert cells(labelled, "granted")["total"] == "7" and doubted(labelled) == {"granted"}


def test_a_header_that_cannot_be_read_leaves_the_columns_above_in_force():
    first = Grid.from_rows([["", APPLICANTS[-1], *APPLICANTS[:-1]], [GRANTED, "7", *FIGURES[:-1]]])
    second = Grid.from_rows([["", APPLICANTS[0], *[""] * 6], [PARTLY, "7", *FIGURES[:-1]]])
    assert cells(named(first, second), "partly_granted")["total"] == "7"


# ---- rows of part three ----


def test_a_heading_that_spans_too_many_rows_names_none_below_its_own():
    names = [("", 2, 1), *((name, 1, 1) for name in APPLICANTS)]
    heading = [("", 1, 1), (BOOK.label("requests", "group", "denied"), 1, 2), *[("", 1, 1)] * 7]
    row = [(text, 1, 1) for text in (ROWS["carried_forward"], *FIGURES)]
    assert list(cells(named(grid([names, heading, row])), "carried_forward").values()) == FIGURES


@pytest.mark.parametrize("cut", [slice(4, None), slice(4, 6)])
def test_the_rest_of_a_heading_that_stands_before_a_label_is_taken_off(cut):
    heading, text = BOOK.label("requests", "row", "other"), ROWS["other.overdue_fee"]
    rows = [
        ["", GRANTED, *NOUGHTS], [heading[:4], text[:15], *[""] * 7], ["", heading[cut] + text[15:30], *FIGURES],
        [heading[4:].removeprefix(heading[cut]), text[30:], *[""] * 7],
    ]  # fmt: skip
    labelled = named(printed(["", "", *APPLICANTS], *rows))
    assert list(cells(labelled, "other.overdue_fee").values()) == FIGURES


def test_what_is_not_the_whole_rest_of_a_heading_is_not_taken_off():
    heading = BOOK.label("requests", "row", "other")
    rows = ["", PARTLY, *NOUGHTS], [heading[:4], "", *[""] * 7], ["", heading[4:6] + GRANTED, *FIGURES]
    assert doubted(named(printed(["", "", *APPLICANTS], *rows)), "label-nearest") == {"granted"}


def test_words_over_figures_are_no_labels_of_rows():
    """Where the names of a header are cut, two of them are left that are labels of rows too."""
    lines = ["", "", "", "商业", "科研", "社会", "法律", "", "总计"], ["", "", "人", "企业", "机构", "", "", "其他", ""]
    rows = [["", text, *FIGURES] for text in (GRANTED, ROWS["other.rest"], ROWS["outcome_total"])]
    labelled = named(printed(*lines, *rows))
    assert list(cells(labelled, "outcome_total").values()) == list(cells(labelled, "other.rest").values()) == FIGURES


@pytest.mark.parametrize("aligned", [False, True])
def test_a_row_that_lost_its_label_is_told_by_its_neighbours_but_not_in_a_print(aligned):
    rows = [[ROWS["granted"], *FIGURES], ["", *FIGURES], [ROWS["denied.state_secret"], *FIGURES]]
    labelled = named(Grid.from_rows([["", *APPLICANTS], *rows], page=1, ruled=not aligned, aligned=aligned))
    assert list(cells(labelled, "partly_granted").values()) == ([] if aligned else FIGURES)
    again = named(Grid.from_rows([["", *APPLICANTS], [PARTLY, *NOUGHTS], *rows], page=1))
    assert list(cells(again, "partly_granted").values()) == NOUGHTS and doubted(again, "row-twice") <= {"granted"}


def test_words_among_the_figures_of_a_drawn_row_are_not_its_label():
    labelled = named(Grid.from_rows([["", *APPLICANTS], [GRANTED, "统计尚未完成", *FIGURES[1:]]]))
    assert cells(labelled, "granted")["total"] == "7" and doubted(labelled, "not-a-number") == {"granted"}


def test_a_row_that_is_pushed_aside_is_read_by_its_label():
    heading = BOOK.label("requests", "heading", "outcomes")
    labelled = named(Grid.from_rows([["", *APPLICANTS, ""], [heading, GRANTED, *FIGURES]]))
    assert list(cells(labelled, "granted").values()) == FIGURES


def test_a_part_of_a_label_that_is_a_label_of_its_own_goes_on():
    parts = PARTLY[:-5], PARTLY[-5:-3], PARTLY[-3:]
    rows = [[parts[0], *[""] * 7], [parts[1], *FIGURES], [parts[2], *[""] * 7]]
    assert list(cells(named(grouped(["", *APPLICANTS], *rows)), "partly_granted").values()) == FIGURES


def test_figures_that_cannot_be_read_are_those_of_the_label_beside_them():
    rows = [PARTLY[:9], *[""] * 7], [PARTLY[9:], *["5x"] * 7]
    labelled = named(Grid.from_rows([["", *APPLICANTS], *rows]))
    assert doubted(labelled, "not-a-number") == {"partly_granted"}


def test_one_label_over_two_rows_of_figures_is_doubted():
    rows = [PARTLY[:9], *FIGURES], [PARTLY[9:], *NOUGHTS]
    assert "partly_granted" in doubted(named(Grid.from_rows([["", *APPLICANTS], *rows])))


def test_the_nearest_label_gives_way_to_the_label_itself():
    rows = [PARTLY.replace("部分", "部份"), *NOUGHTS], [PARTLY, *FIGURES]
    assert list(cells(named(Grid.from_rows([["", *APPLICANTS], *rows])), "partly_granted").values()) == FIGURES


def test_a_part_of_other_handling_beside_its_name_is_not_the_whole_of_it():
    row = [BOOK.label("requests", "row", "other") + ROWS["other.overdue_correction"][:7], *FIGURES]
    assert not named(Grid.from_rows([["", *APPLICANTS], row])).cells


def test_figures_between_the_lines_of_their_label_are_a_whole_row():
    """Else they may be the rest of others, set on two lines."""
    for figures, read in ((FIGURES, FIGURES), (["5", *[""] * 5, "7"], [])):
        rows = [PARTLY[:9], *[""] * 7], ["", *figures], [PARTLY[9:], *[""] * 7]
        assert list(cells(named(grouped(["", *APPLICANTS], *rows)), "partly_granted").values()) == read


def test_figures_beside_a_heading_in_a_print_may_be_the_rest_of_those_above():
    rows = [GRANTED, *FIGURES], [BOOK.label("requests", "group", "denied"), "", "1", *[""] * 5]
    assert doubted(named(grouped(["", *APPLICANTS], *rows))) == {"granted"}


def test_a_number_at_the_head_of_a_row_counts_it_also_before_the_blank_of_a_heading():
    rows = [["序号", "", "", *APPLICANTS]] + [
        [str(i), "", text, *FIGURES] for i, text in enumerate((GRANTED, PARTLY), 3)
    ]
    assert cells(named(*(Grid.from_rows([row]) for row in rows)), "partly_granted") == dict(
        zip([column.code for column in BOOK.columns("requests", 2021)], FIGURES, strict=True)
    )


def test_units_behind_the_rest_of_figures_are_no_labels_that_a_number_counts():
    rows = ["", ROWS["received_new"], "53", *FIGURES[1:-1], "537"], ["", "", "39", "", "件", "", "", "件", "1件"]
    assert doubted(named(printed(["", "", *APPLICANTS], *rows))) >= {"received_new"}


@pytest.mark.parametrize("ruled", [True, False])
def test_a_heading_before_several_rows_of_figures_is_the_label_of_none(ruled):
    """The labels of its rows are lost: what stands beside it is neither its sum nor the whole of other handling."""
    other, denied = BOOK.label("requests", "row", "other"), BOOK.label("requests", "group", "denied")
    rows = [[text, *FIGURES] for text in (denied, "" if ruled else denied, other, other)]
    labelled = named(Grid.from_rows([["", *APPLICANTS], *rows], ruled=ruled))
    assert labelled.cells == labelled.subtotals == [] and doubted(labelled) >= {"denied", "other"}


@pytest.mark.parametrize("again", [True, False])
def test_a_heading_that_stands_twice_may_begin_the_label_below(again):
    heading = BOOK.label("requests", "group", "denied")
    rows = [[heading, f"{heading}：" if again else "", *FIGURES], [heading, ROWS["denied.state_secret"], *[""] * 7]]
    assert doubted(named(Grid.from_rows([["", "", *APPLICANTS], *rows]))) == (
        {"denied.state_secret"} if again else set()
    )


def test_a_heading_with_sums_above_a_blank_row_is_not_the_beginning_of_its_label():
    """Both together are a label, too, and others of the table are cut."""
    group = BOOK.label("requests", "group", "not_processed")
    rows = ["", *APPLICANTS], [group, *FIGURES], [ROWS["not_processed.petition_complaint"], *[""] * 7]
    label_ = ROWS["denied.process_information"]
    labelled = named(Grid.from_rows([*rows, [label_[:4], *FIGURES], [label_[4:], *[""] * 7]]))
    assert list(cells(labelled, "not_processed.petition_complaint").values()) == [""] * 7
    assert [cell.raw for cell in labelled.subtotals] == FIGURES


@pytest.mark.parametrize("prefix", ["", "（三）不予公开"])
def test_a_label_over_two_rows_of_figures_is_in_doubt_also_where_it_is_not_the_forms_own(prefix):
    """The label of the row above is lost, and the rule between the two."""
    heading, text = BOOK.label("requests", "group", "denied"), prefix + ROWS["denied.state_secret"]
    rows = [[("", 2, 1), *((name, 1, 1) for name in APPLICANTS)], [("", 1, 1), (text, 1, 2)], [(heading, 1, 1)]]
    for row, figures in zip(rows[1:], (NOUGHTS, FIGURES), strict=True):
        row += [(figure, 1, 1) for figure in figures]
    assert "denied.state_secret" in doubted(named(grid(rows)), "row-twice")


def test_a_label_before_the_figures_of_two_bodies_is_in_doubt():
    rows = [[GRANTED, "区局", *NOUGHTS], ["", "市局", *FIGURES], [PARTLY, "件", *FIGURES]]
    labelled = named(Grid.from_rows([["", "", *APPLICANTS], *rows]))
    assert doubted(labelled, "row-twice") == {"granted"} and list(cells(labelled, "partly_granted").values()) == FIGURES


@pytest.mark.parametrize("cut", ["（", "（七）"])
def test_what_opens_a_bracket_is_no_rest_of_the_label_above(cut):
    rows = (
        [ROWS["carried_in"], *FIGURES],
        [BOOK.label("requests", "row", "other", edition=2019), *[""] * 7],
        [cut, *FIGURES],
    )
    labelled = named(Grid.from_rows([["", *APPLICANTS], *rows]))
    assert not any(cells(labelled, "other").values()) and "other" in doubted(labelled)


def test_the_number_of_a_part_cut_off_beside_other_handling_is_that_of_a_row_below():
    other = BOOK.label("requests", "row", "other", edition=2019)
    above, below = [other, "1.", *FIGURES], [other, ROWS["other.overdue_fee"][2:], *[""] * 7]
    labelled = named(Grid.from_rows([["", "", *APPLICANTS], above]), Grid.from_rows([below]))
    assert "other.overdue_fee" in doubted(labelled)


@pytest.mark.parametrize("number", ["2.", "2\ufffd.", "2 ."])
def test_figures_beside_a_heading_and_the_number_of_a_row_are_none_of_the_heading(number):
    forbidden = ROWS["denied.forbidden_by_law"].removeprefix("2.")
    rows = [BOOK.label("requests", "group", "denied"), number, *FIGURES], ["", forbidden, *[""] * 7]
    labelled = named(printed(["", "", *APPLICANTS], *rows))
    assert not labelled.subtotals and "denied.forbidden_by_law" in doubted(labelled)


def test_the_number_of_a_page_is_no_second_row_of_a_label():
    rows = [[(name, 1, 1) for name in ("", *APPLICANTS)], [(text, 1, 1) for text in (GRANTED, *FIGURES)], [("5", 8, 1)]]
    assert not doubted(named(grid(rows)), "row-twice")


def test_a_lone_number_begins_no_label_that_has_a_number_itself():
    rows = [["（七）", *FIGURES], [ROWS["carried_forward"], *[""] * 7]]
    labelled = named(Grid.from_rows([["", *APPLICANTS], *rows]))
    assert cells(labelled, "carried_forward").get("total") in (None, "")


OTHER, TOTAL = "其他", BOOK.label("requests", "column", "total")


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ([ROWS["denied.state_secret"], f"2.{OTHER}", ROWS["denied.security_stability"]], None),
        ([ROWS["denied.state_secret"], f"3.{OTHER}", ROWS["denied.security_stability"]], "other.rest"),
        ([ROWS["other.overdue_fee"], OTHER, ROWS["outcome_total"]], "other.rest"),
        ([ROWS["not_processed.reissue"], TOTAL, ROWS["other.overdue_correction"]], None),
        ([ROWS["carried_in"], TOTAL, GRANTED], "outcome_total"), ([ROWS["carried_forward"], TOTAL, "市教育局"], None),
    ],
)  # fmt: skip
def test_a_label_that_stands_elsewhere_too_needs_its_number_or_its_neighbours(labels, code):
    rows = [[text, *NOUGHTS] for text in labels]
    rows[1][1:] = FIGURES
    labelled = named(Grid.from_rows([["", *APPLICANTS], *rows]))
    assert [cell.row for cell in labelled.cells if cell.raw == "7"] == ([code] if code else [])
    assert bool(code) or "label-unknown" in {problem.code for problem in labelled.problems}


@pytest.mark.parametrize("group", ["denied", "other"])
def test_other_handling_is_not_the_others_of_another_group(group):
    axis = "row" if group == "other" else "group"
    rows = [["", "", *APPLICANTS], [BOOK.label("requests", axis, group), f"3.{OTHER}", *FIGURES]]
    assert bool(named(Grid.from_rows(rows)).cells) is (group == "other")


def test_doubts_follow_the_shortened_label_of_other_handling():
    rows = (
        [ROWS["not_processed.reissue"], *NOUGHTS],
        [f"（六）{OTHER}", *FIGURES[:-1], ""],
        [ROWS["outcome_total"], *FIGURES],
    )
    heading = Paragraph(BOOK.label("form", "section", "requests"))
    labelled = label(Document([heading, Grid.from_rows([["", *APPLICANTS], *rows])], "html", "printed.html"), 2020)
    assert list(cells(labelled, "other").values()) == [*FIGURES[:-1], ""]
    assert doubted(labelled, "total-blank") == {"other"}


@pytest.mark.parametrize(
    ("text", "sure"), [("其中：予以公开", False), ("予以公开（件）", True), ("不予公开：1.属于国家秘密", True)]
)
def test_a_label_that_says_more_is_in_doubt(text, sure):
    labelled = named(Grid.from_rows([["", *APPLICANTS], [text, *FIGURES]]))
    assert [cell.raw for cell in labelled.cells] == FIGURES and (not doubted(labelled)) is sure


@pytest.mark.parametrize(("behind", "sure"), [(["7", *FIGURES[:-1]], True), (["7", "5", "", "", "3", "", ""], False)])
def test_figures_that_do_not_add_up_before_a_blank_at_the_end_may_have_moved(behind, sure):
    """Also where the totals stand first, so that the total itself is no blank."""
    labelled = named(printed(["", "", APPLICANTS[-1], *APPLICANTS[:-1]], ["", GRANTED, *behind]))
    assert doubted(labelled) == (set() if sure else {"granted"})


@pytest.mark.parametrize("figures", [["19", "1", "0", "", "3", "0", "203"], ["", "199", "1", "0", "0", "3", "203"]])
def test_figures_that_do_not_add_up_beside_a_blank_may_have_moved(figures):
    """The row lost one cell and has a blank more."""
    sure = figures[0] == ""
    assert ("granted" in doubted(named(printed(["", "", *APPLICANTS], ["", GRANTED, *figures])))) is not sure


@pytest.mark.parametrize("ruled", [True, False])
def test_cells_below_their_own_names_are_not_in_doubt_where_they_do_not_add_up(ruled):
    """The mistake is the report's, and the checks tell it; where no header names the columns, one may lack."""
    row = [GRANTED, "19", "1", "0", "", "3", "0", "203"]
    labelled = named(Grid.from_rows([["", *APPLICANTS], row], ruled=ruled))
    assert list(cells(labelled, "granted").values()) == row[1:] and doubted(labelled) == set()
    assert doubted(named(Grid.from_rows([row]))) == {"granted"}


def test_figures_beside_one_that_reaches_down_from_above_may_have_moved():
    """The second row lost its second figure, and the fourth of the first row stands in it too."""
    table = grid(
        [
            [(text, 1, 1) for text in ("", *APPLICANTS)],
            [(GRANTED, 1, 1), *((f, 1, 2 if f == "2" else 1) for f in FIGURES)],
            [(PARTLY, 1, 1), *((f, 1, 1) for f in ("9", "0", "1", "3", "0", "19"))],
        ]
    )
    assert "partly_granted" in doubted(named(table))


@pytest.mark.parametrize("kept", [6, 7])
def test_a_blank_row_that_lacks_a_cell_may_lack_its_figure(kept):
    rows = [["", *APPLICANTS], [GRANTED, *FIGURES], [PARTLY, *[""] * kept]]
    labelled = named(Grid.from_rows(rows))
    assert ("partly_granted" in {cell.row for cell in labelled.cells}) is (kept != 6)
    assert ("partly_granted" in doubted(labelled)) is (kept == 6)


def test_the_columns_of_another_table_are_not_those_above():
    months = [f"{month}月" for month in range(1, 8)]
    tables = [["", *APPLICANTS], [GRANTED, *FIGURES]], [["", *months], [PARTLY, *FIGURES]]
    labelled = named(*map(Grid.from_rows, tables))
    assert {cell.row for cell in labelled.cells} == {"granted"} and "partly_granted" in doubted(labelled)
    # also where they stand above the rows of another part
    text = BOOK.label("reviews", "column", "upheld")
    mixed = Grid.from_rows([["", *months], [text, *NOUGHTS], [PARTLY, *FIGURES]])
    assert {cell.row for cell in named(Grid.from_rows(tables[0]), mixed).cells if cell.table == "requests"} == {
        "granted"
    }


def test_names_between_which_figures_stand_name_two_columns_each():
    """Last year's figures or this year's: their names are lost."""
    header = ["", *(text for name in APPLICANTS for text in (name, ""))]
    doubled = [text for figure in FIGURES for text in (figure, "1")]
    sparse = [text for figure in FIGURES for text in (figure, "")]
    labelled = named(Grid.from_rows([header, [GRANTED, *doubled], [PARTLY, *sparse]]))
    assert labelled.cells == [] and doubted(labelled) == {"granted", "partly_granted"}
    assert cells(named(Grid.from_rows([header, [PARTLY, *sparse]])), "partly_granted")["total"] == "7"


# ---- part four ----


RESULTS = [column.label() for column in BOOK.columns("reviews", 2021)]
PROCEEDINGS = [row.label() for row in BOOK.rows("reviews", 2021)]


def test_figures_below_a_header_of_part_four_that_lost_names_are_not_counted():
    rows = [PROCEEDINGS[0], *[""] * 5], [*RESULTS[2:], "", "", ""], ["", "1", "1", "", "", "30"]
    assert named(Grid.from_rows(rows), table="reviews").cells == []


@pytest.mark.parametrize("aligned", [False, True])
def test_in_a_print_no_proceeding_is_told_above_a_part_of_the_results(aligned):
    """The heading of the second proceeding stands in the middle of its results, as if the first reached up to there."""
    rows = [PROCEEDINGS[0], *[""] * 6, PROCEEDINGS[1], "", ""], [*[""] * 3, *RESULTS[3:], *RESULTS], list("   1   2  ")
    labelled = named(Grid.from_rows(rows, page=1, ruled=False, aligned=aligned), table="reviews")
    assert bool(labelled.cells) is not aligned


LINES = ["", "", *RESULTS], [PROCEEDINGS[0], "", *"12036"]


@pytest.mark.parametrize(
    ("row", "told"), [(["11", "", "29", "", "40", "44"], "not-placed"), (["1", "", "2", "", "", "3"], "total-blank")]
)
def test_a_column_that_the_form_does_not_have_keeps_its_figures_in_part_four(row, told):
    table = [[*LINES[0], "上年总计"], ["行政诉讼", PROCEEDINGS[1], *row]]
    labelled = named(Grid.from_rows(table), table="reviews")
    assert list(cells(labelled, "litigation_direct").values()) == row[:5]
    assert "litigation_direct" in doubted(labelled, told)


@pytest.mark.parametrize(
    ("figures", "sure"), [(["", "1", "1"], True), (["", "1", "2"], False), (["1", "1", "3"], True)]
)
def test_figures_of_part_four_that_do_not_add_up_beside_a_blank_may_have_moved(figures, sure):
    row = [PROCEEDINGS[0], "", figures[0], figures[1], "0", "0", figures[2]]
    assert ("reconsideration" in doubted(named(printed(LINES[0], row), table="reviews"))) is not sure
    assert doubted(named(Grid.from_rows([LINES[0], row]), table="reviews")) == set()


@pytest.mark.parametrize("figures", [["1 9", "0", "11", "0", "12"], ["1 9", "0", "0", "0", "19"]])
def test_two_figures_in_one_cell_of_part_four_leave_those_beside_in_doubt_where_they_do_not_add_up(figures):
    labelled = named(Grid.from_rows([LINES[0], [PROCEEDINGS[0], "", *figures]]), table="reviews")
    assert ("reconsideration" in doubted(labelled)) is (figures[-1] == "12")


def test_the_lower_lines_of_names_are_of_the_header_without_lines():
    upper = [*RESULTS[:3], RESULTS[3][:2], RESULTS[4]]
    rows = ["", "", *upper], ["", "数量", "", "", "", RESULTS[3][2:], ""], ["", PROCEEDINGS[0], *"12003"]
    assert list(cells(named(printed(*rows), table="reviews"), "reconsideration").values()) == list("12003")


@pytest.mark.parametrize("is_apart", [False, True])
def test_a_proceeding_above_a_header_of_its_own_is_no_blank_row(is_apart):
    pieces = [[[name, *[""] * 4], RESULTS, list(f"1203{6 + place}")] for place, name in enumerate(PROCEEDINGS)]
    tables = [Grid.from_rows(piece) for piece in pieces] if is_apart else [Grid.from_rows(sum(pieces, []))]
    labelled = named(*tables, table="reviews")
    assert "".join(cell.raw for cell in labelled.cells if cell.table == "reviews") == "120361203712038"


def test_a_proceeding_in_words_over_a_table_is_that_of_its_figures():
    tables = [(Paragraph(f"（一）{name}"), Grid.from_rows([RESULTS, list("12036")])) for name in PROCEEDINGS]
    labelled = named(*sum(tables, ()), table="reviews")
    assert len(labelled.cells) == 15 and not doubted(labelled)
    # figures below nothing of the kind are nobody's
    assert not named(*tables[0], tables[1][1], table="reviews").cells[5:]


def test_figures_below_a_second_header_are_not_those_of_a_blank_row():
    """Last year's table below this year's, in which nothing is printed."""
    header = [PROCEEDINGS[0], *[""] * 4, PROCEEDINGS[1], *[""] * 4, PROCEEDINGS[2], *[""] * 4], RESULTS * 3
    tables = [[*header, [""] * 15], [*header, list("12036") * 3]]
    labelled = named(*map(Grid.from_rows, tables), table="reviews")
    assert {cell.raw for cell in labelled.cells} == {""}
    assert "table-twice" in {problem.code for problem in labelled.problems}


def test_a_nought_below_the_blank_of_a_header_counts_no_rows_where_a_cell_lacks_at_the_end():
    header = [[("", 1, 2), *((name, 5, 1) for name in PROCEEDINGS)], [(name, 1, 1) for name in RESULTS * 3]]
    row = [(text, 1, 1) for text in (*"000001203612036", "")]
    labelled = named(grid([*header, row]), table="reviews")
    assert list(cells(labelled, "litigation_direct").values()) == list("12036")


# ---- cells of a row ----


def test_two_figures_in_one_place_of_a_print_beside_a_blank_place_none():
    row = [GRANTED, "5\n3", "", *FIGURES[2:]]
    labelled = named(grouped(["", *APPLICANTS], row))
    assert not labelled.cells and "granted" in doubted(labelled)


def test_words_before_figures_that_are_counted_may_be_the_rest_of_the_label():
    names = [BOOK.label("proactive", "column", code, edition=2019) for code in MADE]
    rows = [ITEM, *names], [BOOK.label("proactive", "row", "regulation"), "章", "12", "5"]
    labelled = named(Grid.from_rows(rows, ruled=False, counted=True), table="proactive")
    assert not labelled.cells and doubted(labelled) == {"regulation"}


def test_a_blank_among_the_labels_is_none_of_the_figures_counted_behind_it():
    rows = ["", "", *APPLICANTS, ""], ["", GRANTED, *FIGURES, ""], [PARTLY, "", "5", "", *FIGURES[1:]]
    assert list(cells(named(Grid.from_rows(rows)), "partly_granted").values()) == FIGURES


@pytest.mark.parametrize("ends", [[], [["三、本年度办理结果"]]])
def test_a_blank_at_the_end_is_a_cell_where_rows_end_where_they_end(ends):
    """Else programs have made all rows as long as the longest."""
    figures = [*FIGURES[:-1], ""]
    labelled = named(Grid.from_rows([*ends, [GRANTED, *figures]]))
    assert list(cells(labelled, "granted").values()) == (figures if ends else [])


@pytest.mark.parametrize("behind", [["", ""], [""]])
def test_where_labels_have_a_blank_for_each_further_column_the_others_are_cells(behind):
    rows = [ROWS["received_new"], *behind, *FIGURES], [GRANTED, "", "5", "", "0", "2", "0", "0", "9"]
    found = list(cells(named(Grid.from_rows([*rows, ["注：含镇街", *[""] * 10]])), "granted").values())
    assert found == (["5", "", "0", "2", "0", "0", "9"] if len(behind) > 1 else [])


@pytest.mark.parametrize(
    ("behind", "read"),
    [
        ([*FIGURES, "含镇街"], FIGURES), ([*FIGURES, "3\n街"], []), (["5", "", *FIGURES[1:]], FIGURES),
        (["", *FIGURES[:3], "O", *FIGURES[4:], ""], [*FIGURES[:3], "O", *FIGURES[4:]]),
        (["", "5", "", *FIGURES[2:], ""], []), ([""] * 7, [""] * 7), (FIGURES[1:], []),
        (["5", "", *FIGURES[1:-1], "8"], []), ([*FIGURES[:3], "", *FIGURES[4:], "2"], []),
    ],
)  # fmt: skip
def test_keptwithout_a_header_are_counted_where_none_can_be_one_too_many_or_too_few(behind, read):
    """A remark or a blank at an end is none of them; a blank amid others is the one too many if the rest adds up."""
    labelled = named(Grid.from_rows([[GRANTED, *behind]]))
    assert list(cells(labelled, "granted").values()) == read
    assert read or "granted" in doubted(labelled)


@pytest.mark.parametrize("header", [True, False])
def test_a_figure_that_spans_two_rows_is_in_doubt_in_both(header):
    """Without names above, the lower row has a cell less than there are columns, and nothing is counted."""
    rows = [[(text, 1, 1) for text in (GRANTED, *FIGURES)], [(text, 1, 1) for text in (PARTLY, *NOUGHTS[1:])]]
    rows[0][1] = ("5", 1, 2)
    labelled = named(grid([[(name, 1, 1) for name in ("", *APPLICANTS)]] * header + rows))
    assert cells(labelled, "partly_granted") == (dict.fromkeys(cells(labelled, "granted"), "0") | {
        "natural_person": ""} if header else {})  # fmt: skip
    assert {"granted", "partly_granted"} <= doubted(labelled, "cell-spans-rows" if header else "not-placed")


def test_a_row_without_label_is_the_rest_of_none_in_a_drawn_table():
    labelled = named(Grid.from_rows([["", *APPLICANTS], [GRANTED, *FIGURES], ["", *FIGURES]]))
    assert doubted(labelled) == {None}


def test_a_line_of_text_that_stops_early_goes_on_with_blanks():
    labelled = named(Grid.from_rows([["", *APPLICANTS], [GRANTED, "5", "0"]], ruled=False))
    assert list(cells(labelled, "granted").values()) == ["5", "0", *[""] * 5]


def test_a_blank_right_behind_a_label_may_be_the_labels():
    """Below the end of a page labels take another number of cells, and a blank column may be missing."""
    row = [PARTLY, "", "0", "0", "7", "0", "0", "7"]
    labelled = named(Grid.from_rows([["", "", *APPLICANTS]]), Grid.from_rows([row]))
    assert not labelled.cells and "partly_granted" in doubted(labelled)


@pytest.mark.parametrize(("figures", "read"), [(["4", "2", "6"], ["4", "2", "6"]), (["4", "2", "0"], []), ("000", [])])
def test_below_a_header_that_lacks_names_figures_amid_blanks_must_add_up(figures, read):
    header = ["", *[""] * 4, *APPLICANTS[4:]]
    labelled = named(Grid.from_rows([header, [GRANTED, "", "", "", *figures, ""]]))
    assert list(cells(labelled, "granted").values()) == read


@pytest.mark.parametrize(
    ("names", "figures"),
    [
        ([1] * 7, [2, 1, 1, 1, 1, 1, 1]),
        ([2, 1, 1, 1, 1, 1, 1], [1] * 7),
        ([1, 2, 2, 1, 1, 1, 1], [2, 1, 1, 1, 1, 1, 1]),
    ],
)
def test_a_figure_below_two_names_and_two_below_one_are_not_counted(names, figures):
    """There are as many as names, but which is whose?"""
    rows = [
        [(label_, 1, 1), *((text, width, 1) for text, width in zip(texts, widths, strict=True))]
        for label_, texts, widths in (("", APPLICANTS, names), (GRANTED, FIGURES, figures))
    ]
    rows = [[*row, *[("", 1, 1)] * (10 - sum(width for _, width, _ in row))] for row in rows]
    labelled = named(grid(rows))
    assert not labelled.cells and "granted" in doubted(labelled)


def test_a_figure_below_no_name_amid_the_others_is_not_counted():
    header = ["", "", *RESULTS[:2], "", *RESULTS[2:]]
    labelled = named(Grid.from_rows([header, [PROCEEDINGS[0], "", *"12003", ""]]), table="reviews")
    assert not labelled.cells and "reconsideration" in doubted(labelled)


@pytest.mark.parametrize("aligned", [False, True])
def test_a_row_with_a_blank_next_to_figures_with_an_unknown_label_is_in_doubt_without_lines(aligned):
    """Words of two rows may have run together there."""
    rows = ["", *APPLICANTS], [GRANTED, "5", "", *FIGURES[2:]], [PARTLY, *FIGURES], ["不知所云", *FIGURES]
    grid_ = Grid.from_rows((["", *row] for row in rows), page=1, ruled=not aligned, aligned=aligned)
    assert doubted(named(grid_)) == ({"granted"} if aligned else set())


@pytest.mark.parametrize("blank", ["", "0"])
def test_figures_with_an_unknown_label_at_the_head_of_a_table_leave_a_blank_row_above_in_doubt(blank):
    """The label goes on over the end of the page."""
    upper = [["", *APPLICANTS], [GRANTED, *FIGURES], ["（二）部分公开", *[blank] * 7]]
    labelled = named(printed(*upper), printed(["他情形）", *FIGURES], [ROWS["denied.state_secret"], *FIGURES]))
    assert ("partly_granted" in doubted(labelled)) is (not blank)


@pytest.mark.parametrize("other", [FIGURES, ["", *FIGURES[1:-1], "2"]])
def test_a_blank_on_a_page_without_a_header_is_in_doubt_where_no_row_shows_its_columns(other):
    """A column that is blank all down the page is none there, and seven others may be seen."""
    names = ["", "", *APPLICANTS]
    rows = [["", GRANTED, "", "5", "", "2", "", "", "7"], ["", PARTLY, *other]]
    assert ("granted" in doubted(named(printed(names, ["", ROWS["received_new"], *FIGURES]), printed(*rows)))) is (
        "" in other
    )
    assert "granted" not in doubted(named(printed(names, *rows)))


def test_a_blank_beside_a_figure_with_another_behind_its_note_is_in_doubt():
    row = [PARTLY, "5", "0(含上年) 0", "", *FIGURES[3:]]
    assert "partly_granted" in doubted(named(grouped(["", *APPLICANTS], row)))


@pytest.mark.parametrize("last", ["7", "9"])
def test_text_most_rows_of_which_do_not_add_up_lost_blanks_in_all(last):
    rows = [[ROWS[row], *FIGURES[:-1], last] for row in ("received_new", "carried_in")]
    labelled = named(Grid.from_rows([APPLICANTS, *rows, [GRANTED, *FIGURES]], ruled=False, counted=True))
    assert {cell.row for cell in labelled.cells} == ({"received_new", "carried_in"} if last == "7" else set()) | {
        "granted"
    }


# ---- figures ----


@pytest.mark.parametrize("hidden", ["0", "0件", "-", "12(注)"])
def test_a_figure_behind_a_label_of_a_print_leaves_the_row_in_doubt(hidden):
    row = ["", f"{GRANTED}{hidden}", "", "5", *FIGURES[2:]]
    assert "granted" in doubted(named(printed(["", "", *APPLICANTS], row)))
    assert "granted" not in doubted(named(printed(["", "", *APPLICANTS], [*row[:2], *FIGURES])))
    assert "granted" not in doubted(named(Grid.from_rows([["", "", *APPLICANTS], row])))


def test_a_nought_before_the_total_in_one_cell_may_be_that_of_the_blank_beside():
    rows = ["", *APPLICANTS], [GRANTED, *FIGURES[:5], "", "0 7"]
    assert "granted" in doubted(named(Grid.from_rows(rows)))


def test_figures_behind_words_in_a_column_without_a_name_are_in_doubt():
    rows = [ITEM, FEES, "含镇街"], [FEE, "", "2.40\n含镇街"]
    assert doubted(named(printed(*rows), table="proactive")) == {"fee"}
    remark = [ITEM, FEES, "备注"], [FEE, "", "含镇街"]
    assert doubted(named(printed(*remark), table="proactive")) == set()


@pytest.mark.parametrize("ruled", [False, True])
def test_figures_beside_a_cell_with_two_are_in_doubt_without_lines(ruled):
    """２５５６ ０９ －２６: the second is the rest of the first."""
    header = [ITEM, *(BOOK.label("proactive", "column", code) for code in ("items_previous", "items_change"))]
    labelled = named(Grid.from_rows([header, [FEE, "2556", "09\n-26"]], ruled=ruled), table="proactive")
    assert cells(labelled, "fee")["items_previous"] == "2556" and ("fee" in doubted(labelled)) is not ruled


# ---- part two ----


def test_the_nearest_item_gives_way_to_the_item_itself():
    item, measure = BOOK.label("proactive", "row", "license"), BOOK.label("proactive", "column", "decisions")
    labelled = named(Grid.from_rows([[ITEM, measure], [f"非{item}", "5"], [item, "7"]]), table="proactive")
    assert cells(labelled, "license") == {"decisions": "7"} and "label-unknown" in {p.code for p in labelled.problems}


def test_figures_without_an_item_leave_a_blank_one_beside_them_in_doubt():
    rows = [ITEM, FEES], [FEE, ""], ["", "2.40"]
    labelled = named(printed(*rows), table="proactive")
    assert doubted(labelled) == {None, "fee"} and cells(labelled, "fee") == {"fee_amount": ""}


def test_the_heading_of_a_block_ends_the_columns_of_the_block_above():
    blocks = [block.label() for block in BOOK.select("proactive", "block")]
    measure, item = BOOK.label("proactive", "column", "decisions"), BOOK.label("proactive", "row", "license")
    rows = [blocks[1], ""], [ITEM, measure], [item, "5"], [blocks[3], ""], [FEE, "2.40万元"]
    labelled = named(Grid.from_rows(rows), table="proactive")
    assert cells(labelled, "fee") == {"fee_amount": "2.40万元"} and doubted(labelled, "placed-by-position") == {"fee"}


@pytest.mark.parametrize(("texts", "read"), [(("2", "", ""), "2"), (("2", "2", "2"), "2"), (("2", "5", ""), None)])
def test_a_measure_that_is_named_several_times_has_one_figure(texts, read):
    labelled = named(Grid.from_rows([[ITEM, *[FEES] * 3], [FEE, *texts]]), table="proactive")
    assert cells(labelled, "fee").get("fee_amount") == read and (doubted(labelled) == {"fee"}) is (read is None)


@pytest.mark.parametrize(
    ("figures", "read"), [(["144", "35", "", "4"], []), (["144", "", "35", "4"], ["144", "35", "4"])]
)
def test_in_a_print_a_figure_below_no_name_is_not_counted_beside_a_blank_below_one(figures, read):
    """１４４ ３５: the second is the rest of the first, and the blank the next one."""
    names = [BOOK.label("proactive", "column", code, edition=2019) for code in MADE]
    item = BOOK.label("proactive", "row", "normative_document")
    labelled = named(printed(["", ITEM, names[0], "", *names[1:]], ["", item, *figures]), table="proactive")
    assert list(cells(labelled, "normative_document").values()) == read
    assert ("normative_document" in doubted(labelled)) is not read


@pytest.mark.parametrize("other", [["1", "2", "3"], ["1", "", "2"]])
def test_a_figure_beside_blanks_of_a_print_is_in_doubt_where_no_row_has_one_below_each_name(other):
    """Cells of a row set apart by themselves end where it ends, so that its last figure comes to stand below any name."""
    names = [BOOK.label("proactive", "column", code, edition=2019) for code in MADE]
    items = [BOOK.label("proactive", "row", code) for code in ("regulation", "normative_document")]
    rows = [ITEM, *names], [items[0], "26", "", ""], [items[1], *other]
    assert ("regulation" in doubted(named(printed(*rows), table="proactive"))) is ("" in other)
    assert doubted(named(Grid.from_rows(rows), table="proactive")) == set()


# ---- cells too many, and too few ----


def test_the_heading_of_a_part_in_a_row_of_its_own_ends_the_table_above():
    heading = BOOK.label("form", "section", "shortcomings")
    rows = ["", *APPLICANTS], [GRANTED, *FIGURES], [heading, *[""] * 7], ["", *NOUGHTS]
    assert doubted(named(Grid.from_rows(rows))) == set()


def test_a_row_with_a_cell_more_than_any_other_must_add_up():
    """One of its cells is too many, and those behind it have moved."""

    def read(*figures):
        rows = [["", text, *FIGURES] for text in list(ROWS.values())[:3]]
        return named(Grid.from_rows([["", "", *APPLICANTS], *rows, ["", PARTLY, *figures]]))

    moved = read("5", "5", "", "", "2", "", "", "")
    assert cells(moved, "partly_granted") == {} and "partly_granted" in doubted(moved)
    assert cells(read("5", "", "", "2", "", "", "7", ""), "partly_granted")["total"] == "7"


def test_a_line_of_part_two_with_less_keptthan_its_header_gives_none():
    header = [ITEM, *(column.label() for column in BOOK.columns("proactive", 2021, "license"))]
    items = [BOOK.label("proactive", "row", code) for code in ("license", "penalty")]
    rows = [header, [items[0], "12"], [items[1], "34"]]
    whole = named(Grid.from_rows(rows, ruled=False), table="proactive")
    assert list(cells(whole, "license").values()) == ["12"]
    part = [BOOK.label("proactive", "heading", "item")]
    part += [column.label(edition=2019) for column in BOOK.columns("proactive", 2019, "license")]
    short = named(Grid.from_rows([part, [items[0], "12", "34"]], ruled=False), table="proactive")
    assert cells(short, "license") == {} and doubted(short) >= {"license"}


def test_figures_without_a_label_leave_a_blank_row_beside_them_in_doubt():
    rows = [["", "", *APPLICANTS], ["", GRANTED, *[""] * 7], ["", "", *FIGURES], ["", PARTLY, *FIGURES]]
    assert "granted" in doubted(named(Grid.from_rows(rows)))


# ---- sums ----


@pytest.mark.parametrize("table", ["requests", "reviews"])
def test_columns_are_in_doubt_where_no_total_is_the_sum_of_its_parts(table):
    """A header whose names were exchanged, or that came to stand above other columns."""

    def codes(exchanged):
        columns = [column.label() for column in BOOK.columns(table, 2021)]
        if exchanged:
            columns[0], columns[-1] = columns[-1], columns[0]
        if table == "requests":
            figures = [["", text, *FIGURES] for text in list(ROWS.values())[:3]]
            return named(Grid.from_rows([["", "", *columns], *figures]))
        header = [[row.label() for row in BOOK.rows(table, 2021) for _ in columns], columns * 3]
        return named(Grid.from_rows([*header, ["1", "2", "3", "4", "10"] * 3]), table=table)

    assert "sums-differ" in {problem.code for problem in codes(True).problems}
    assert "sums-differ" not in {problem.code for problem in codes(False).problems}


def test_columns_without_a_total_are_in_doubt():
    rows = [["", text, *FIGURES[1:], ""] for text in list(ROWS.values())[:3]]
    labelled = named(Grid.from_rows([["", "", *APPLICANTS[:-1], ""], *rows]))
    assert cells(labelled, "received_new")["other_organisation"] == "7"
    assert "total-missing" in {problem.code for problem in labelled.problems}


def test_rows_that_hold_one_figure_twice_prove_no_columns():
    columns = [APPLICANTS[-1], *APPLICANTS[1:-1], APPLICANTS[0]]
    rows = [["", text, *(["4", *["0"] * 5, "4"] if n > 2 else FIGURES)] for n, text in enumerate(ROWS.values())]
    assert "sums-differ" in {problem.code for problem in named(Grid.from_rows([["", "", *columns], *rows])).problems}


def test_a_unit_that_cannot_be_read_is_not_the_one_it_ends_with():
    def read(unit):
        header = [ITEM, FEES.partition("（")[0] + f"（单位：{unit}）"]
        return named(Grid.from_rows([header, [FEE, "25.1"]]), table="proactive")

    assert cells(read("万元"), "fee") == {"fee_amount": "25.1"} and doubted(read("万元"), "unit-unknown") == set()
    assert doubted(read("公元"), "unit-unknown") == {"fee"}
    assert [cell.value for cell in read("元").cells] == [0.00251]


def test_totals_that_were_left_at_nought_are_a_mistake_of_the_report_alone():
    columns = [column.label() for column in BOOK.columns("reviews", 2021)]
    header = [[row.label() for row in BOOK.rows("reviews", 2021) for _ in columns], columns * 3]
    labelled = named(Grid.from_rows([*header, ["10", "1", "0", "0", "0"] * 3]), table="reviews")
    assert "sums-differ" not in {problem.code for problem in labelled.problems}


def test_figures_of_a_heading_over_a_blank_row_may_be_those_of_the_row_without_lines():
    heading = BOOK.label("requests", "group", "not_processed")
    rows = [["", *APPLICANTS], [heading, *FIGURES], [ROWS["not_processed.reissue"], *[""] * 7]]
    above, below = [ROWS["not_processed.repeated"], *FIGURES], [ROWS["carried_forward"], *FIGURES]
    for ruled, printed_rows in ((True, rows), (False, rows), (True, [rows[0], above, *rows[1:]])):
        labelled = named(Grid.from_rows([*printed_rows, below], ruled=ruled))
        assert ("not_processed.reissue" in doubted(labelled)) is (not ruled or above in printed_rows)


# ---- figures of other years ----


def of_years(first, second, *, over=()):
    """Rows of part three for two years each, below names of columns and what stands over them."""
    rows = [[GRANTED, first, *NOUGHTS], ["", second, *FIGURES], [PARTLY, first, *NOUGHTS], ["", second, *FIGURES]]
    return Grid.from_rows([*over, ["", "", *APPLICANTS], *rows])


@pytest.mark.parametrize(
    "first, second",
    [
        ("上年", "本年"),
        ("2021年", "2022年度"),
        ("去年同期", "2022年"),
        ("增减（%）", "本年数"),
        ("21年", "二〇二二年"),
        ("上年累计", "本期"),
        ("比2021年增减", "2022 年"),
    ],
)
def test_rows_of_another_year_are_left_out(first, second):
    labelled = named(of_years(first, second))
    assert list(cells(labelled, "granted").values()) == list(cells(labelled, "partly_granted").values()) == FIGURES
    assert [problem.grid_row for problem in labelled.problems if problem.code == "other-year"] == [2]
    assert not doubted(labelled) and not doubted(labelled, "row-twice")


def test_a_label_that_reaches_over_the_rows_of_two_years_is_that_of_its_own():
    total = ROWS["outcome_total"]
    rows = [[("", 2, 1), *((name, 1, 1) for name in APPLICANTS)]]
    for year, figures in (("2021年", NOUGHTS), ("2022年", FIGURES)):
        label_cell = [(total, 1, 2)] if year == "2021年" else []
        rows.append([*label_cell, (year, 1, 1), *((figure, 1, 1) for figure in figures)])
    assert list(cells(named(grid(rows)), "outcome_total").values()) == FIGURES


def test_rows_that_are_all_of_another_year_are_in_doubt():
    labelled = named(of_years("2020年", "2021年"))
    assert {(problem.code, problem.table) for problem in labelled.problems} >= {("year-unclear", "requests")}


@pytest.mark.parametrize("years", [("2021年", "2022年"), ("本年", "上年"), ("2022年", "同比")])
def test_columns_of_another_year_are_left_out(years):
    own = next(place for place, year in enumerate(years) if year in ("本年", "2022年"))
    names = [(BOOK.label("proactive", "column", code), 2, 1) for code in ("issued", "repealed", "in_force")]
    header = [[(ITEM, 1, 2), *names], [(year, 1, 1) for _ in names for year in years]]
    figures = [str(number) if place % 2 == own else "9" for place, number in enumerate((1, 1, 2, 2, 3, 3))]
    table = grid([*header, [(BOOK.label("proactive", "row", "regulation"), 1, 1), *((f, 1, 1) for f in figures)]])
    labelled = named(table, table="proactive")
    assert cells(labelled, "regulation") == {"issued": "1", "repealed": "2", "in_force": "3"}
    assert not doubted(labelled) and doubted(labelled, "other-year")


def test_columns_of_another_year_end_at_the_next_header():
    """The columns of two blocks of part two stand in other places."""
    issued, decisions = (BOOK.label("proactive", "column", code) for code in ("issued", "decisions"))
    regulation, license_ = (BOOK.label("proactive", "row", code) for code in ("regulation", "license"))
    rows = [
        [(ITEM, 1, 2), (issued, 4, 1)],
        [("2021年", 1, 1), ("2022年", 3, 1)],
        [(regulation, 1, 1), ("9", 1, 1), ("1", 3, 1)],
    ]
    rows += [
        [(ITEM, 1, 2), (decisions, 4, 1)],
        [("2021年", 3, 1), ("2022年", 1, 1)],
        [(license_, 1, 1), ("9", 3, 1), ("2", 1, 1)],
    ]
    labelled = named(grid(rows), table="proactive")
    assert cells(labelled, "regulation") == {"issued": "1"} and cells(labelled, "license") == {"decisions": "2"}


@pytest.mark.parametrize("words", ["2021年情况", "附表1：某县2021年申请办理情况", "上年数据"])
@pytest.mark.parametrize("is_within", [False, True])
def test_a_table_of_another_year_is_left_out_where_its_own_stands_too(words, is_within):
    def table(words, figures):
        rows = [["", *APPLICANTS], [GRANTED, *figures]]
        return [Grid.from_rows([[words, *[""] * 7], *rows])] if is_within else [Paragraph(words), Grid.from_rows(rows)]

    labelled = named(*table(words, NOUGHTS), *table("2022年情况", FIGURES))
    assert list(cells(labelled, "granted").values()) == FIGURES and doubted(labelled, "other-year")
    alone = named(*table(words, NOUGHTS))
    assert list(cells(alone, "granted").values()) == NOUGHTS and doubted(alone, "year-unclear")


def test_a_sheet_named_by_another_year_is_left_out():
    tables = [Grid.from_rows([["", *APPLICANTS], [GRANTED, *figures]]) for figures in (NOUGHTS, FIGURES)]
    for table, name in zip(tables, ("2021", "2022"), strict=True):
        table.sheet = name
    assert list(cells(named(*tables), "granted").values()) == FIGURES


@pytest.mark.parametrize("prefix, is_read", [("2022年", True), ("2021年", False), ("上年", False), ("历年", False)])
def test_a_label_that_counts_another_year_is_near_to_none(prefix, is_read):
    measure = BOOK.label("proactive", "column", "issued").replace("本年", prefix)
    item = BOOK.label("proactive", "row", "regulation")
    labelled = named(Grid.from_rows([[ITEM, measure], [item, "1"]]), table="proactive")
    assert ("issued" in cells(labelled, "regulation")) is is_read
    assert bool(doubted(labelled)) is not is_read


# ---- what stands beside a label ----


@pytest.mark.parametrize(
    "behind", ["（件）", "（单位：件）", "/件", "①", "*", " Regulations", "\nNormative (documents)"]
)
def test_the_unit_a_mark_or_another_language_behind_a_label_is_no_part_of_it(behind):
    rows = [["", *(name + behind for name in APPLICANTS)], [ROWS["outcome_total"] + behind, *FIGURES]]
    labelled = named(Grid.from_rows([*rows, [ROWS["carried_forward"] + behind, *FIGURES]]))
    assert list(cells(labelled, "outcome_total").values()) == FIGURES and not doubted(labelled)


def test_a_remark_behind_a_short_label_is_said():
    regulation = BOOK.label("proactive", "row", "regulation") + "（含废止）"
    measures = [BOOK.label("proactive", "column", code) for code in ("issued", "repealed", "in_force")]
    labelled = named(Grid.from_rows([[ITEM, *measures], [regulation, "1", "2", "3"]]), table="proactive")
    assert cells(labelled, "regulation")["issued"] == "1" and doubted(labelled) == {"regulation"}


# ---- tables in pieces, and pictures ----

LITIGATION = BOOK.label("reviews", "group", "litigation")


def reviewed(first, *figures):
    """A table of some proceedings, from one of them on, with five figures each."""
    names = PROCEEDINGS[first : first + len(figures)]
    above = [[(LITIGATION, 5 * len(names), 1)]] if first else []
    header = [[(name, 5, 1) for name in names], [(result, 1, 1) for _ in names for result in RESULTS]]
    return grid([*above, *header, [(figure, 1, 1) for part in figures for figure in part]])


PARTS = [["1", "0", "0", "0", "1"], ["0", "2", "0", "0", "2"], ["0", "0", "3", "0", "3"]]


@pytest.mark.parametrize("cuts", [(1,), (1, 2)])
def test_proceedings_in_tables_of_their_own_are_read(cuts):
    tables = [reviewed(a, *PARTS[a:b]) for a, b in zip((0, *cuts), (*cuts, 3), strict=True)]
    labelled = named(*tables, table="reviews")
    assert [cell.raw for cell in labelled.cells if cell.table == "reviews"] == sum(PARTS, [])
    assert not {problem.code for problem in labelled.problems if problem.table == "reviews"}


def test_proceedings_that_stand_again_in_a_table_of_their_own_are_not_taken():
    labelled = named(reviewed(0, *PARTS[:2]), reviewed(1, PARTS[2]), table="reviews")
    assert list(cells(labelled, "litigation_direct").values()) == PARTS[1]
    assert doubted(labelled, "row-twice") == {"litigation_direct"}


def test_applicants_in_a_second_table_with_the_labels_again_are_read():
    left, right = ([["", *APPLICANTS[part]], [GRANTED, *FIGURES[part]]] for part in (slice(4), slice(4, 7)))
    labelled = named(*map(Grid.from_rows, (left, right)))
    assert list(cells(labelled, "granted").values()) == FIGURES
    again = named(*map(Grid.from_rows, (left, [["", *APPLICANTS[3:]], [GRANTED, *FIGURES[3:]]])))
    assert doubted(again, "row-twice") == {"granted"}


def test_figures_that_are_pictures_are_said_in_words():
    labelled = named(reviewed(0, *[[PICTURE] * 5] * 3), table="reviews")
    told = [problem for problem in labelled.problems if problem.code == "not-a-number"]
    assert len(told) == len(RESULTS) * len(PROCEEDINGS)
    assert told[0].message("zh") == "“图片”不是数字" and told[0].message("en") == '"a picture" is not a number'


@pytest.mark.parametrize(
    "sentence", ["2021年，收到申请5件。", "与2021年相比如下：", "2021年12月31日", "2021年至2022年"]
)
def test_a_sentence_over_a_table_is_none_of_its_year(sentence):
    labelled = named(Paragraph(sentence), Grid.from_rows([["", *APPLICANTS], [GRANTED, *FIGURES]]))
    assert list(cells(labelled, "granted").values()) == FIGURES
    assert {"other-year", "year-unclear"}.isdisjoint(problem.code for problem in labelled.problems)


def test_a_label_that_reaches_over_rows_of_figures_is_in_doubt_whatever_else_names_them():
    rows = [[("", 2, 1), *((name, 1, 1) for name in APPLICANTS)]]
    rows += [
        [(GRANTED, 1, 2), ("年初", 1, 1), *((f, 1, 1) for f in NOUGHTS)],
        [("年末", 1, 1), *((f, 1, 1) for f in FIGURES)],
    ]
    assert doubted(named(grid(rows)), "row-twice") == {"granted"}


# ---- other words for a sum ----


def test_another_word_for_a_sum_is_the_total_where_no_total_is_named():
    for name in ("合计", "共计"):
        labelled = named(Grid.from_rows([["", *APPLICANTS[:-1], name], [GRANTED, *FIGURES]]))
        assert cells(labelled, "granted")["total"] == FIGURES[-1] and not doubted(labelled)
        labelled = named(
            Grid.from_rows([["", *APPLICANTS[:-1], name, APPLICANTS[-1]], [GRANTED, *FIGURES[:-1], "2", "7"]])
        )
        assert cells(labelled, "granted")["total"] == "7" and doubted(labelled) == {"granted"}


@pytest.mark.parametrize("text, is_read", [("（七）合计", True), ("合计", False)])
def test_another_word_for_a_sum_is_the_row_of_the_total_where_its_number_stands_before(text, is_read):
    rows = [["", *APPLICANTS], [GRANTED, *FIGURES], [text, *FIGURES]]
    assert bool(cells(named(Grid.from_rows(rows)), "outcome_total")) is is_read


def test_shortened_names_of_results_are_read():
    labelled = named(
        Grid.from_rows([["", "维持", "纠正", "其他", "未结", "合计"], [PROCEEDINGS[0], *"12003"]]), table="reviews"
    )
    assert cells(labelled, "reconsideration") == dict(
        zip([c.code for c in BOOK.columns("reviews", 2021)], "12003", strict=True)
    )


def test_columns_of_another_year_go_on_over_the_end_of_a_page():
    header = [[("", 1, 2), *((name, 2, 1) for name in APPLICANTS)], [("2021年", 1, 1), ("2022年", 1, 1)] * 7]
    rows = [[(text, 1, 1), *((f, 1, 1) for figure in FIGURES for f in ("9", figure))] for text in (GRANTED, PARTLY)]
    labelled = named(grid([*header, rows[0]]), grid([rows[1]]))
    assert list(cells(labelled, "granted").values()) == list(cells(labelled, "partly_granted").values()) == FIGURES
    assert not doubted(labelled)


def test_shares_beside_counts_are_left_out():
    header = [[("", 1, 2), *((name, 2, 1) for name in APPLICANTS)], [("件数", 1, 1), ("占比（%）", 1, 1)] * 7]
    row = [(GRANTED, 1, 1), *((f, 1, 1) for figure in FIGURES for f in (figure, "9.5%"))]
    assert list(cells(named(grid([*header, row])), "granted").values()) == FIGURES


@pytest.mark.parametrize("remark, is_read", [("（含上年结转）", True), ("（上年）", False), ("（2021年）", False)])
def test_a_remark_that_is_a_year_makes_another_row(remark, is_read):
    labelled = named(Grid.from_rows([["", *APPLICANTS], [GRANTED + remark, *FIGURES]]))
    assert bool(cells(labelled, "granted")) is is_read
    assert {"not-placed", "label-unknown"} & {problem.code for problem in labelled.problems}


@pytest.mark.parametrize("corner, code", [("2021年", "year-unclear"), ("2022年", "")])
def test_a_year_in_the_corner_of_a_table_is_that_of_its_figures(corner, code):
    labelled = named(Grid.from_rows([[corner, *APPLICANTS], [GRANTED, *FIGURES]]))
    assert list(cells(labelled, "granted").values()) == FIGURES
    assert {"year-unclear", "other-year"} & {problem.code for problem in labelled.problems} == ({code} - {""})


@pytest.mark.parametrize("is_first", [False, True])
def test_a_year_before_all_rows_of_a_table_is_theirs(is_first):
    tables = [
        [(year, 1, 2), (GRANTED, 1, 1), *((f, 1, 1) for f in figures)]
        for year, figures in (("2021年", NOUGHTS), ("2022年", FIGURES))
    ]
    rows = [row for first in tables for row in (first, [(PARTLY, 1, 1), *first[2:]])]
    rows = [*rows[2:], *rows[:2]] if is_first else rows
    labelled = named(grid([[("", 2, 1), *((name, 1, 1) for name in APPLICANTS)], *rows]))
    assert list(cells(labelled, "granted").values()) == list(cells(labelled, "partly_granted").values()) == FIGURES


@pytest.mark.parametrize(
    "place, said, year",
    [(0, "本年", "2021年"), (1, "本年", "2021年"), (2, "下年", "2022年"), (2, "下年度", "2022年")],
)
def test_a_label_of_the_form_with_another_year_leaves_its_table_in_doubt(place, said, year):
    texts = [ROWS["received_new"], BOOK.label("requests", "heading", "outcomes"), ROWS["carried_forward"]]
    texts[place] = texts[place].replace(said, year)
    rows = [["", texts[0], *FIGURES], [texts[1], GRANTED, *FIGURES], ["", texts[2], *FIGURES]]
    labelled = named(Grid.from_rows([["", "", *APPLICANTS], *rows]))
    assert {problem.table for problem in labelled.problems if problem.code == "year-unclear"} == {"requests"}


def test_a_comparison_of_years_that_names_applicants_is_none_of_the_form():
    header = ["年度", *APPLICANTS]
    labelled = named(Grid.from_rows([header, ["2021年", *NOUGHTS], ["2022年", *FIGURES]]))
    assert not labelled.cells and labelled.problems


def test_a_figure_in_a_column_that_its_row_has_not_leaves_the_row_in_doubt():
    """The second half of one cut in two, below a name that the block above has more."""
    measures = [BOOK.label("proactive", "column", code) for code in ("items_previous", "items_change", "decisions")]
    license_ = BOOK.label("proactive", "row", "license")
    rows = [ITEM, *measures], [license_, "1", "2", "3"], [FEE, "5", "118", "27"]
    labelled = named(Grid.from_rows(rows), table="proactive")
    doubts = [problem for problem in labelled.problems if problem.code == "not-placed"]
    assert [(problem.row, problem.column, problem.grid_column) for problem in doubts] == [("fee", None, 4)]


def test_a_table_all_of_whose_figures_are_of_another_year_is_doubted_as_a_whole():
    labelled = named(
        Grid.from_rows([["", "", *APPLICANTS], [GRANTED, "2021年", *FIGURES], [PARTLY, "2021年", *FIGURES]])
    )
    doubts = [problem for problem in labelled.problems if problem.code == "year-unclear"]
    assert [(problem.table, problem.grid, problem.grid_row) for problem in doubts] == [("requests", 1, None)]
