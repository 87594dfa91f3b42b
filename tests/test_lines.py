"""Tables copied as plain text, one cell a line."""

import random
import re

import pytest
from media import MANNERS
from printed import printed, random_figures, requests_rows, told
from verdicts import verdicts

import liaocheng_foi as foi
from liaocheng_foi.values import is_figure_like


def written(edition, seed=1):
    """(lines, figures by cell)"""
    form = printed(told(random_figures(random.Random(seed), edition)), edition)
    return MANNERS["txt-lines"](form.document(), random.Random(1)).decode().split("\n"), form.figures()


def read(lines, edition=2021):
    return foi.read("\n".join(lines).encode(), name="report.txt", organ="x", year=2020 if edition == 2019 else 2022)


def after(lines, label, place):
    """Where the figure stands that is so many lines below a label."""
    return next(i for i, line in enumerate(lines) if label in line) + place


@pytest.mark.parametrize("edition", [2019, 2021])
def test_every_cell_comes_back(edition):
    lines, figures = written(edition)
    report = read(lines, edition)
    assert set(verdicts(figures, report.cells(), report.problems).values()) == {"right"} and report.problems == ()


def test_cells_in_elements_of_their_own_on_a_page():
    lines, figures = written(2021)
    page = "<html><body>" + "".join(f"<div><span>{line}</span></div>" for line in lines)
    report = foi.read(page.encode(), name="report.html", organ="x", year=2022)
    assert {cell.key: cell.raw for cell in report.cells()} == figures


def test_a_blank_cell_leaves_its_row_unplaced_and_no_other():
    lines, figures = written(2021)
    del lines[after(lines, "予以公开", 3)]
    report = read(lines)
    lost = {key for key in figures if key[1] == "granted"}
    assert lost == figures.keys() - {cell.key for cell in report.cells() if cell.value is not None}
    assert any(problem.code == "not-placed" for problem in report.unsure)


def test_a_page_number_in_the_place_of_a_blank_cell_is_seen_by_the_sums():
    lines, figures = written(2021)
    place = after(lines, "予以公开", 3)
    lines[place : place + 5] = [*lines[place + 1 : place + 5], "7"]
    found = verdicts(figures, (report := read(lines)).cells(), report.problems)
    assert "silent" not in found.values()
    # nothing adds up in the first table, so that it is not taken where numbers slip in
    assert all(verdict == "missing" for key, verdict in found.items() if key[0] == "proactive")


def test_numbers_that_count_the_rows_are_none_of_the_figures_above_them():
    """With the number of the next row one may add up that lacks a blank."""
    lines, figures = written(2021)
    first, last = after(lines, "一、本年新收", 0), after(lines, "四、结转", 0)
    above = [i for i in range(first, last) if is_figure_like(lines[i]) and not is_figure_like(lines[i + 1])]
    for number, i in reversed(list(enumerate([first - 1, *above], start=1))):
        lines.insert(i + 1, str(number))
    report = read(lines)
    assert set(verdicts(figures, report.cells(), report.problems).values()) == {"right"} and report.problems == ()


def test_page_numbers_outside_keep_the_first_table_from_being_taken():
    lines, _ = written(2021)
    lines[after(lines, "行政强制", 1)] = "3"
    report = read([*lines, "4"])
    assert (
        report.value("proactive", "coercion", "decisions") is None and report.value("requests", "granted") is not None
    )


def test_text_around_the_tables_stays_text():
    lines, _ = written(2021)
    report = read([*lines, "对照新要求，仍存在短板。"])
    assert [part.section for part in report.paragraphs if "短板" in part.text] == ["shortcomings"]
    assert not any(part.text.isdigit() for part in report.paragraphs)


def aligned(figures):
    """The requests table with its header in pieces, as programs leave it that print the text of a PDF."""
    header = ["自然人          总计", "商业企   科研机   社会公益   法律服务", "其他", "业   构   组织   机构"]
    rows = [
        "  ".join(text for text, _, _ in row if not text.startswith("三、")) for row in requests_rows(figures, 2021)[3:]
    ]
    return ["三、收到和处理政府信息公开申请情况", *header, *rows]


def test_a_header_in_pieces_is_the_forms_where_all_rows_add_up():
    figures = told(random_figures(random.Random(4), 2021))
    found = read(aligned(figures))
    wanted = {key: figure.value for key, figure in figures.items() if key[0] == "requests"}
    assert {cell.key: cell.value for cell in found.cells()} == wanted
    assert any(problem.code == "placed-by-position" for problem in found.problems)
    # a row that does not add up shows that other columns may stand there
    figures["requests", "granted", "total"] = figures["requests", "granted", "total"].written("99999")
    with pytest.raises(foi.ReadError):
        read(aligned(figures))


@pytest.mark.parametrize("first", [0, 1])
def test_a_row_that_numbers_the_columns_is_none_of_figures(first):
    form = printed(told(random_figures(random.Random(2), 2021)), 2021)
    markup = MANNERS["html"](form.document(), random.Random(3)).decode()
    numbers = "".join(f"<td>{number}</td>" for number in range(first, first + 15))
    last = markup.rindex("<tr>")
    report = foi.read(
        (markup[:last] + f"<tr>{numbers}</tr>" + markup[last:]).encode(), name="report.html", organ="x", year=2022
    )
    assert {cell.key: cell.raw for cell in report.cells()} == form.figures() and report.problems == ()


def pasted(edition, cut, seed=5):
    """(a table copied with tabs in which ``cut`` has put line ends within cells, figures by cell)."""
    form = printed(told(random_figures(random.Random(seed), edition)), edition)
    lines = MANNERS["txt"](form.document(), random.Random(1)).decode().split("\n")
    rows = ([cut(cell) for cell in line.split("\t")] if "\t" in line else [line] for line in lines)
    return "\n".join("\t".join(row) for row in rows).split("\n"), form.figures()


@pytest.mark.parametrize("edition", [2019, 2021])
def test_line_ends_within_cells_in_quotes(edition):
    lines, figures = pasted(edition, lambda cell: f'"{cell[:2]}\n{cell[2:]}"' if cell[3:] else cell)
    report = read(lines, edition)
    assert set(verdicts(figures, report.cells(), report.problems).values()) == {"right"}


@pytest.mark.parametrize("edition", [2019, 2021])
def test_labels_cut_by_line_ends_where_all_rows_have_as_many_cells(edition):
    lines, figures = pasted(edition, lambda cell: cell.replace("未能补正", "未能\n补正").replace("复议后", "复议\n后"))
    report = read(lines, edition)
    assert set(verdicts(figures, report.cells(), report.problems).values()) == {"right"}


@pytest.mark.parametrize("key", [("proactive", "license", "decisions"), ("requests", "granted", "business")])
def test_a_figure_cut_by_a_line_end_is_in_doubt(key):
    _, figures = pasted(2021, str)
    number = max((figure for figure in figures.values() if figure.key[:2] == key[:2]), key=len)
    lines, figures = pasted(2021, lambda cell: f"{cell[:1]}\n{cell[1:]}" if cell == number else cell)
    report = read(lines)
    assert set(verdicts(figures, report.cells(), report.problems).values()) == {"right"}
    assert [problem.details["raw"] for problem in report.problems] == [f"{number[:1]}\n{number[1:]}"]


def test_a_part_of_other_handling_beside_the_name_of_it_is_not_the_whole():
    _, figures = written(2021)
    lines = MANNERS["txt-ocr"](printed(figures, 2021).document(), random.Random(1)).decode().split("\n")
    rows = [after(lines, label, 0) for label in ("1.申请人无正当理由", "2.申请人逾期", "3.其他 ")]
    texts = [lines[row].strip() for row in rows]
    for row in reversed(rows):
        del lines[row]
    texts[1:] = [f"（六）其他处理 {text}" for text in texts[1:]]
    # far from each other, each names what it is a part of
    for text, label in zip(texts, ("2.重复申请", "1.属于国家秘密", "1.信访举报"), strict=True):
        lines.insert(after(lines, label, 0), text)
    report = read([re.sub(r" (\d+)(?= |$)", " \u00a0\\1\u00a0", line) for line in lines])
    assert "silent" not in verdicts(figures, report.cells(), report.problems).values()
