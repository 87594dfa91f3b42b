"""The layout of the official form, held against the template of the General Office itself."""

import pytest

from liaocheng_foi import form
from liaocheng_foi.codebook import EDITIONS, TABLES, codebook
from liaocheng_foi.problems import SelectionError

BOOK = codebook()


class Stub:
    """A form filled from a dictionary."""

    def __init__(self, edition, cells):
        self.edition, self.cells = edition, cells

    def raw(self, table, row, column):
        return self.cells.get((table, row, column))


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_cell_of_the_edition_stands_once(edition):
    keys = [box.key for table in TABLES for row in form.layout(table, edition) for box in row if box.key]
    assert sorted(keys) == sorted(BOOK.cells(edition))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("table", TABLES)
def test_boxes_cover_a_rectangle_without_gap_or_overlap(table, edition, lang):
    rows = form.layout(table, edition, lang)
    covered = [
        (row + down, column + across)
        for row, column, box in form.placed(rows)
        for down in range(box.rows)
        for across in range(box.columns)
    ]
    width = {"proactive": 4, "requests": 10, "reviews": 15}[table]
    assert sorted(covered) == [(row, column) for row in range(len(rows)) for column in range(width)]


def test_labels_are_those_of_the_edition():
    def texts(edition, lang="zh"):
        return {box.text for table in TABLES for row in form.layout(table, edition, lang) for box in row if box.text}

    known = {code.labels.get(edition) for edition in EDITIONS for code in BOOK.codes}
    assert texts(2019) | texts(2021) <= known
    assert BOOK.label("proactive", "row", "procurement", "zh", 2019) in texts(2019) - texts(2021)
    assert BOOK.label("requests", "row", "other.overdue_fee") in texts(2021) - texts(2019)
    assert {"State secret", "Fees collected this year (10,000 yuan)"} <= texts(2021, "en")
    assert all(text.isascii() for edition in EDITIONS for text in texts(edition, "en"))


def test_the_layout_is_that_of_the_template(shared):
    from liaocheng_foi.readers import read_document

    grids = list(read_document(shared / "form-2021-blank.docx").grids())
    assert len(grids) == 3
    for table, grid in zip(TABLES, grids, strict=True):
        placed = list(form.placed(form.layout(table, 2021)))
        corners = {(r, c) for r in range(grid.shape[0]) for c in range(grid.shape[1]) if grid.is_anchor(r, c)}
        assert {(row, column) for row, column, _ in placed} == corners
        for row, column, box in placed:
            assert "".join((grid.cells[row][column] or "").split()) == box.text, (table, row, column)


def test_other_handling_in_one_row_on_the_form_of_2021():
    def labels(row):
        report = Stub(2021, {("requests", row, "total"): "469"})
        return [box.text for boxes in form.boxes(report, "requests") for box in boxes if not box.key]

    whole, rest = (BOOK.label("requests", "row", code) for code in ("other", "other.rest"))
    assert whole in labels("other") and rest not in labels("other")
    assert whole in labels("other.rest") and rest in labels("other.rest")


def test_cells_show_what_was_printed_and_nothing_else():
    report = Stub(2019, {("reviews", "reconsideration", "upheld"): "/", ("reviews", "reconsideration", "total"): "<b>"})
    shown = form.official(report, "reviews")
    assert shown.iloc[0].tolist() == ["/", "", "", "", "<b>", *[""] * 10]
    markup = form.table_html(report, "reviews")
    assert "<td>/</td><td></td>" in markup and "<td>&lt;b&gt;</td>" in markup and "<b>" not in markup
    assert form.report_html(report).count("</table>") == 3


def test_an_unknown_table_is_told():
    with pytest.raises(SelectionError, match="nothing"):
        form.official(Stub(2019, {}), "nothing")
