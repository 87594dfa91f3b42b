"""A case as a whole document, which is printed as HTML and read again; errors that only a document can have.

Each of :data:`PAPERS` says what it did to the document and which rules must find it, as those of :mod:`plants`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from media import html
from printed import BOOK, heading, proactive_rows, regrid, requests_rows, reviews_rows, squares
from printed import grid as printed_grid

from liaocheng_foi.grid import Document, Grid, Paragraph
from liaocheng_foi.report import Report, read

if TYPE_CHECKING:
    from cases import Case

Rng = np.random.Generator
PAPERS: dict[str, Callable[[Case, Rng], set[str] | None]] = {}
_TABLES = {"proactive": proactive_rows, "requests": requests_rows, "reviews": reviews_rows}


def paper(case: Case) -> Document:
    """Title, dates, the six parts with their sentences, the tables under their headings."""
    blocks: list[Grid | Paragraph] = []
    for section, sentence in case.sentences:
        text = sentence.format_map(case.slots)
        blocks.append(Paragraph(text))
        if section is None:
            start, end = (f"{day[:4]}年{int(day[5:7])}月{int(day[8:])}日" for day in case.period)
            blocks += [Paragraph(f"发布日期：{case.published}"), Paragraph(f"统计期限自{start}起至{end}止。")]
        if section in _TABLES and text == BOOK.label("form", "section", section):
            blocks.append(printed_grid(_TABLES[section](case.cells, case.edition)))
    document = Document(blocks, "html", "case.html")
    for edit in case.edits:
        edit(document)
    return document


def reading(case: Case) -> Report:
    """The case printed and read."""
    return read(html(paper(case)), name="case.html", scope=case.scope)


def on_paper(function: Callable[[Case, Rng], tuple[Callable[[Document], None], str] | None]):
    """Register a function that gives (what is done to the document, the rule that must find it)."""

    def planted(case: Case, rng: Rng) -> set[str] | None:
        found = function(case, rng) if case.sentences and not case.subtotals else None
        if found is None:
            return None
        case.edits.append(found[0])
        return {found[1]}

    PAPERS[function.__name__] = planted
    return function


def _grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def _paragraphs(document: Document, change: Callable[[str], str | None]) -> None:
    """Each paragraph written anew, left out for None."""
    blocks = []
    for block in document.blocks:
        text = None if isinstance(block, Grid) else change(block.text)
        if isinstance(block, Grid):
            blocks.append(block)
        elif text is not None:
            blocks.append(Paragraph(text))
    document.blocks[:] = blocks


def _relabelled(old: str, new: str) -> Callable[[Document], None]:
    def edit(document: Document) -> None:
        for grid in _grids(document):
            grid.cells[:] = [[text.replace(old, new) if text else text for text in row] for row in grid.cells]

    return edit


@on_paper
def part_left_out(case, rng):
    section = BOOK.label("form", "section", "other_matters")
    gone = [text.format_map(case.slots) for part, text in case.sentences if part == "other_matters"]
    return (lambda document: _paragraphs(document, lambda text: None if text in (section, *gone) else text)), "ST01"


@on_paper
def parts_in_another_order(case, rng):
    def edit(document):
        five, six = (BOOK.label("form", "section", part) for part in ("shortcomings", "other_matters"))
        other = {five: six.replace("六", "五"), six: five.replace("五", "六")}
        _paragraphs(document, lambda text: other.get(text, text))

    return edit, "ST01"


@on_paper
def row_left_out(case, rng):
    at = int(rng.integers(6, 12))

    def edit(document):
        grid = _grids(document)[1]
        rows = squares(grid)
        document.blocks[document.blocks.index(grid)] = regrid([*rows[:at], *rows[at + 1 :]])

    return edit, "ST02"


@on_paper
def other_notice_cited(case, rng):
    notice = "国办公开办函〔2019〕60号" if case.edition == 2021 else "国办公开办函〔2021〕30号"
    return (lambda document: document.blocks.insert(1, Paragraph(f"根据{notice}的要求编制本报告。"))), "ST04"


@on_paper
def period_of_the_year_before(case, rng):
    now, before = f"{case.year}年", f"{case.year - 1}年"

    def edit(document):
        _paragraphs(document, lambda text: text.replace(now, before) if text.startswith("统计期限") else text)

    return edit, "ST05"


@on_paper
def published_in_may(case, rng):
    if "镇" in case.organ:
        return None
    new = f"发布日期：{case.year + 1}-05-20"
    return (lambda document: _paragraphs(document, lambda t: new if t.startswith("发布日期") else t)), "ST07"


@on_paper
def label_in_other_words(case, rng):
    old, new = [("另行制作", "另外制作"), ("仍不明确", "仍旧不明确"), ("行政查询事项", "行政查询事项类")][
        int(rng.integers(3))
    ]
    return _relabelled(old, new), "ST08"


@on_paper
def remark_left_out(case, rng):
    label = heading("requests", "identity", case.edition)
    return _relabelled(label, label.partition("（")[0] or "项目"), "ST09"


@on_paper
def table_in_two(case, rng):
    at = int(rng.integers(5, 24))

    def edit(document):
        grid = _grids(document)[1]
        rows = squares(grid)
        place = document.blocks.index(grid)
        document.blocks[place : place + 1] = [regrid(rows[:at]), regrid(rows[at:])]

    return edit, "ST10"


@on_paper
def nothing_in_part_five(case, rng):
    long = [text.format_map(case.slots) for part, text in case.sentences if part == "shortcomings"][1:]
    return (lambda document: _paragraphs(document, lambda text: "无。" if text in long else text)), "ST11"


@on_paper
def title_of_another_body(case, rng):
    text = f"根据条例要求，现公布东海省林业局{case.year}年政府信息公开工作年度报告。"
    return (lambda document: document.blocks.insert(3, Paragraph(text))), "ST14"


@on_paper
def yuan_in_the_cell(case, rng):
    keys = [key for key, raw in case.cells.items() if BOOK.unit(*key) == "万元" and raw not in ("", "/")]
    if not keys:
        return None
    case.cells[keys[0]] += "元"
    return (lambda document: None), "CE06"


@on_paper
def blank_among_the_digits(case, rng):
    keys = [key for key, raw in case.cells.items() if key[0] == "requests" and raw.isdigit() and len(raw) > 2]
    if not keys:
        return None
    key = keys[int(rng.integers(len(keys)))]
    case.cells[key] = f"{case.cells[key][:-2]} {case.cells[key][-2:]}"
    return (lambda document: None), "CE07"
