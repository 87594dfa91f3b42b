import pytest

from liaocheng_foi.codebook import TABLES, codebook
from liaocheng_foi.problems import SelectionError


@pytest.mark.parametrize(
    ("edition", "cells"),
    [
        (2019, {"proactive": 22, "requests": 161, "reviews": 15}),
        (2021, {"proactive": 10, "requests": 175, "reviews": 15}),
    ],
)
def test_each_edition_has_the_cells_of_its_form(edition, cells):
    found = codebook().cells(edition)
    assert {table: sum(key[0] == table for key in found) for table in TABLES} == cells
    assert len(set(found)) == len(found)


def test_other_handling_is_a_row_on_one_edition_and_a_heading_on_the_other():
    book = codebook()
    assert "other" in {row.code for row in book.rows("requests", 2019)}
    assert "other" not in {row.code for row in book.rows("requests", 2021)}
    assert [c.code for c in book.children("requests", "other", 2021)] == [
        "other.overdue_correction",
        "other.overdue_fee",
        "other.rest",
    ]


def test_units_and_signs():
    book = codebook()
    assert book.unit("proactive", "fee", "fee_amount") == "万元"
    assert book.unit("proactive", "license", "items_previous") == "项"
    assert book.unit("requests", "granted", "total") == "件"
    assert book.unit("reviews", "reconsideration", "upheld") == "件"
    assert [c for c in ("items_change", "decisions") if book.signed("proactive", c)] == ["items_change"]


def test_labels_in_both_languages():
    book = codebook()
    assert book.label("requests", "row", "granted") == "（一）予以公开"
    assert book.name("requests", "partly_granted") == "部分公开"
    assert book.label("requests", "group", "denied", "en") == "Denied"
    assert all(code.label("zh") and code.label("en") for code in book.codes)


def test_an_unknown_code_is_refused_with_the_known_ones():
    with pytest.raises(SelectionError, match=r"reconsideration, litigation_direct"):
        codebook().find("reviews", "row", "appeal")
