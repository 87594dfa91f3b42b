"""CSV as spreadsheet programs write it, every row as long as the longest; which texts are CSV, and how lines end."""

import csv
import io
import random

import pytest
from media import _flat
from printed import printed, random_figures, told

import liaocheng_foi as foi
from liaocheng_foi.grid import Grid
from liaocheng_foi.readers import read_document

SENTENCE = "统计期限自2022年1月1日至12月31日，队伍建设有待加强。"


def saved(form, delimiter=","):
    rows = []
    for block in form.document().blocks:
        rows += [*_flat(block), []] if isinstance(block, Grid) else [[block.text]]
    rows += [[SENTENCE], ["测试市审计局"], ["2023年1月20日"]]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(row + [""] * (15 - len(row)) for row in rows)
    return file.getvalue().encode("gb18030")


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_headings_sentences_and_tables_are_told_apart(delimiter, blank):
    figures = told(random_figures(random.Random(3), 2021))
    if blank:
        figures = {key: figure.written("") for key, figure in figures.items()}
    form = printed(figures, 2021)
    report = foi.read(saved(form, delimiter), name="report.csv")
    assert {cell.key: cell.raw for cell in report.cells()} == figures
    assert report.organ and (report.year, report.publisher, report.published) == (2022, "测试市审计局", "2023-01-20")
    assert [part.section for part in report.paragraphs if part.text == SENTENCE] == ["shortcomings"]
    assert report.problems == ()


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_values_are_told_without_a_name(delimiter):
    figures = told(random_figures(random.Random(4), 2021))
    report = foi.read(saved(printed(figures, 2021), delimiter), organ="x", year=2022)
    assert {cell.key: cell.raw for cell in report.cells()} == figures


def test_tabs_beside_numbers_with_commas_and_values_written_as_formulas():
    (grid,) = read_document("甲\t1,234,567\t2,345,678\n乙\t3\t4".encode(), name="a.csv").grids()
    assert grid.cells == [["甲", "1,234,567", "2,345,678"], ["乙", "3", "4"]]
    (grid,) = read_document('甲,="012"\n乙, "=""34"""'.encode(), name="a.csv").grids()
    assert grid.cells == [["甲", "012"], ["乙", "34"]]


@pytest.mark.parametrize("gap", ["\t", " | ", "  ", " "])
def test_commas_within_numbers_make_no_values(gap):
    lines = "\n".join(gap.join(["收到", "1,234", "2,345", "3,456", "4,567", "11,602"]) for _ in range(5))
    (grid,) = read_document(lines.encode(), name="report.txt").grids()
    assert [row[0] for row in grid.cells] == ["收到"] * 5 and grid.shape == (5, 6)


@pytest.mark.parametrize("end", ["\r", "\x0b", "\u2028", "\r\n"])
def test_lines_end_as_word_processors_end_them(end):
    (grid,) = read_document(end.join(["甲\t乙", "1\t2"]).encode(), name="report.txt").grids()
    assert grid.cells == [["甲", "乙"], ["1", "2"]]


def test_a_single_bar_is_enough_among_lines_of_bars():
    (grid,) = read_document("甲|乙|丙\n丁|3\n戊|4|5".encode(), name="report.txt").grids()
    assert grid.cells == [["甲", "乙", "丙"], ["丁", "3", None], ["戊", "4", "5"]]


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        (["甲 | 乙 | 丙", "---|---|---", " | 1 |", "丁 | | 2"], [["甲", "乙", "丙"], ["", "1", ""], ["丁", "", "2"]]),
        (["| 甲 | 乙", "| | 1"], [["甲", "乙"], ["", "1"]]),
        (["甲 | 乙 |", "1 | |"], [["甲", "乙"], ["1", ""]]),
        (["| 甲 | 乙 |", "|-----+----|", "| 1 | |"], [["甲", "乙"], ["1", ""]]),
        (["+----+----+", "| 甲 | 乙 |", "+----+----+", "|    | 1  |", "+----+----+"], [["甲", "乙"], ["", "1"]]),
        (["| 甲 | 乙 |", "| | 1"], [["甲", "乙"], ["", "1"]]),
    ],
    ids=["no outer bars", "at the begin", "at the end", "org", "drawn in signs", "one forgotten"],
)
def test_a_bar_at_the_end_of_some_lines_but_not_of_all_parts_a_blank_cell(lines, cells):
    (grid,) = read_document("\n".join(lines).encode(), name="report.md").grids()
    assert grid.cells == cells


def test_cells_that_a_row_does_not_have_are_none_and_not_blank():
    grid = next(read_document("项目,数量,金额\n收费,5\n采购,,7\n".encode(), name="short.csv").grids())
    assert grid.cells[1:] == [["收费", "5", None], ["采购", "", "7"]]
