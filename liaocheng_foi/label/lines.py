"""Tables copied as plain text, one cell a line → rows.

The labels of the form tell the rows, and numbers are taken only where nothing can have been lost or slipped in between:
as many of them as the header has columns, which add up to the printed total where there is one. Blank cells leave no
line and page numbers make one more; what may be short or long of a cell is kept in one piece, which no column fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..codebook import EDITIONS, TABLES, codebook
from ..grid import Document, Grid, Paragraph
from ..matching import matcher
from ..sections import section_of
from ..values import is_figure_like, parse
from .rows import evidence

#: A label is cut into at most this many lines.
_CUTS = 4
#: A page number that no figure looks like, and one that might be a figure.
_MARKED_PAGE = re.compile(r"[-—–－·]+\s*\d{1,4}\s*[-—–－·]+|第\s*\d{1,4}\s*页.{0,9}|\d{1,3}\s*/\s*\d{1,3}")
_BARE_PAGE = re.compile(r"\d{1,4}")
#: So many rows that add up to their totals show which column is the last, where the header does not.
_WITNESSES = 5
#: So many rows at least have numbers that count them.
_COUNTED = 3

_Rows = list[list[str | None]]


def in_rows(document: Document) -> Document:
    """The document with such tables as grids; itself where there are none."""
    parts: list[tuple[str | None, list[Paragraph]]] = [(None, [])]
    for line in _lines(document):
        section = section_of(line.text)
        if section is not None and not evidence(line.text):
            parts.append((section, []))
        if parts[-1][0] not in TABLES or not _MARKED_PAGE.fullmatch(line.text):
            parts[-1][1].append(line)
    tables = [_table(section, [line.text for line in lines[1:]]) for section, lines in parts]
    around = [line.text for section, lines in parts if section not in TABLES for line in lines]
    slipped = any(table.slipped for table in tables) or any(map(_BARE_PAGE.fullmatch, around))
    blocks: list[Grid | Paragraph] = []
    for (section, lines), table in zip(parts, tables, strict=True):
        if table.rows and not (slipped and section == "proactive"):
            grid = Grid.from_rows(table.rows, lines[0].page, ruled=False, counted=True)
            blocks += [lines[0], grid, *lines[1 + table.lines :]]
        else:
            blocks += lines
    if not any(isinstance(block, Grid) for block in blocks):
        return document
    return Document(blocks, document.medium, document.name, document.title, document.meta, document.problems)


class _Table(NamedTuple):
    """A table read from the lines below its heading."""

    rows: _Rows
    lines: int = 0
    """How many of the lines it took."""
    slipped: bool = False
    """Whether somewhere in it a number stands that is none of its figures, or seems to."""


def _table(section: str | None, texts: Sequence[str]) -> _Table:
    read = {"proactive": _proactive, "requests": _requests, "reviews": _reviews}.get(section or "")
    return read(texts) if read and texts else _Table([])


def _lines(document: Document) -> Iterator[Paragraph]:
    """The text line by line; what a reader took for rows of words is put back."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block
        elif not block.ruled:
            yield from (Paragraph(" ".join(filter(None, row)), block.page) for row in block.cells)


def _runs(texts: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """(labels, the figures behind them), over and over."""
    labels: list[str] = []
    figures: list[str] = []
    for text in texts:
        is_figure = is_figure_like(text)
        if figures and not is_figure:
            yield labels, figures
            labels, figures = [], []
        (figures if is_figure else labels).append(text)
    yield labels, figures


def _whole(texts: Sequence[str], table: str, *axes: str) -> Iterator[tuple[str, str | None]]:
    """(label, its code or None), labels cut over several lines joined."""
    find = matcher(table, *axes).exact
    first = 0
    while first < len(texts):
        for last in range(first + 1, min(first + _CUTS, len(texts)) + 1):
            label = "".join(texts[first:last])
            match = find(label)
            if match is not None:
                break
        else:
            label, last = texts[first], first + 1
        yield label, match.code if match else None
        first = last


def _proactive(texts: Sequence[str]) -> _Table:
    """Nothing adds up here, so that the whole table must fit or none of it is taken."""
    book = codebook()
    codes = {axis: {code.code for code in book.select("proactive", axis)} for axis in ("heading", "column", "row")}
    rows: _Rows = []
    width = 0
    for labels, figures in _runs(texts):
        item: str | None = None
        for label, code in _whole(labels, "proactive", "block", "heading", "column", "row"):
            if code is None or item is not None:
                return _Table([])
            if code in codes["row"]:
                item = label
            elif code in codes["column"] and width:
                rows[-1].append(label)
                width += 1
            else:
                rows.append([label])
                width = int(code in codes["heading"])
        if item is None or not figures or len(figures) != width - 1:
            return _Table([])
        rows.append([item, *figures])
    return _Table(rows, len(texts))


def _requests(texts: Sequence[str]) -> _Table:
    runs = list(_runs(_without_counters(texts)))
    names = list(_whole(runs[0][0], "requests", "heading", "column", "group", "row"))
    begin = {code.code for axis in ("row", "group") for code in codebook().select("requests", axis)}
    begin = begin - {"legal_person"} | {"outcomes"}
    behind = next((i for i, (_, code) in enumerate(names) if code in begin), len(names))
    header = _applicants(names[:behind])
    form = [column.code for column in codebook().columns("requests", EDITIONS[-1])]
    total = list(header or form).index("total")
    rows: _Rows = []
    if header:
        rows.append([label for label, code in names[:behind] if code != "legal_person" and code not in header])
        rows.append(list(header.values()))
    runs[0] = ([label for label, _ in names[behind:]], runs[0][1])
    slipped = False
    fitting = 0
    label_of = matcher("requests", "row").exact
    place = 0
    for labels, figures in runs:
        if place and labels and label_of(f"{rows[-1][place - 1]}{labels[0]}") and not label_of(labels[0]):
            # the rest of the label above, set below its figures
            rows[-1][place - 1] = f"{rows[-1][place - 1]}{labels[0]}"
            labels = labels[1:]
        whole = [label for label, _ in _whole(labels, "requests", "heading", "group", "row")]
        place = len(whole)
        fits = _add_up(figures, len(form), total)
        if fits and len(figures) == len(form):
            rows.append([*whole, *figures])
            fitting += any(parse(figure).value for figure in figures)
        else:
            rows.append([*whole, *filter(None, [" ".join(figures)])])
        slipped |= len(figures) >= len(form) and not fits
    return _Table(list(filter(None, rows)) if header or fitting >= _WITNESSES else [], len(texts), slipped)


def _without_counters(texts: Sequence[str]) -> list[str]:
    """The lines without numbers that count the rows: if all figures before labels do so, they are none."""
    ends = [i for i, (text, below) in enumerate(pairwise(texts)) if is_figure_like(text) and not is_figure_like(below)]
    numbers = [texts[i] for i in ends]
    if len(ends) < _COUNTED or numbers != list(map(str, range(1, len(ends) + 1))):
        return list(texts)
    return [text for i, text in enumerate(texts) if i not in ends]


def _applicants(names: Sequence[tuple[str, str | None]]) -> dict[str, str]:
    """Code → label of the columns from left to right, organisations being printed below their heading."""
    columns = codebook().columns("requests", EDITIONS[-1])
    organisations = {column.code for column in columns if "legal_person" in column.parents}
    known = {column.code for column in columns}
    printed = [(code, label) for label, code in names if code in known]
    below = [(code, label) for code, label in printed if code in organisations]
    order: list[tuple[str, str]] = []
    for label, code in names:
        if code == "legal_person":
            order += below
        elif code in known and code not in organisations:
            order.append((code, label))
    return dict(order) if sorted(code for code, _ in order) == sorted(known) else {}


def _reviews(texts: Sequence[str]) -> _Table:
    book = codebook()
    first, *others = [row.code for row in book.rows("reviews", EDITIONS[-1])]
    results = [column.code for column in book.columns("reviews", EDITIONS[-1])]
    header = [[first, "litigation"], [*results, *others], results * len(others)]
    (labels, figures), *more = _runs(texts)
    names = list(_whole(labels, "reviews", "row", "group", "column"))
    if [code for _, code in names] != [code for row in header for code in row]:
        return _Table([])
    left = iter(label for label, _ in names)
    rows: _Rows = [[next(left) for _ in row] for row in header]
    cells = len(results) * (1 + len(others))
    fits = len(figures) == cells and _add_up(figures, len(results), results.index("total"))
    rows.append([*figures] if fits else [" ".join(figures)])
    slipped = (len(figures) >= cells and not fits) or any(figures for _, figures in more)
    return _Table(rows, len(labels) + len(figures), slipped)


def _add_up(figures: Sequence[str], width: int, total: int) -> bool:
    """Whether the figures make rows of a width, each of which adds up to the total in it."""
    values = [parse(figure).value or 0 for figure in figures]
    rows = [values[i : i + width] for i in range(0, len(values), width)]
    return all(len(row) == width and row[total] * 2 == sum(row) for row in rows)
