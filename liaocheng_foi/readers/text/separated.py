"""Comma, semicolon or tab separated values → one grid per run of filled lines, and paragraphs."""

from __future__ import annotations

import csv
import io
import re

from ...grid import Document, Grid, Paragraph
from ...problems import ReadError
from ..figures import FIGURE
from ..limits import Limits, Tally
from ..workbook.sheets import Sheet, blocks
from .decoded import decoded

#: How exporters keep a spreadsheet program from taking a text for a number or date.
_AS_TEXT = re.compile(r'\A\s*="([^"]*)"\s*\Z')


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read comma, semicolon or tab separated values in the layout of the form.

    Spreadsheet programs make all rows as long as the longest, so that headings and sentences are told from the rows
    of a table as in a sheet.
    """
    text, problems = decoded(data, name, limits)
    lines = text[:4096].splitlines()
    # the one that stands in most lines: numbers and sentences hold commas as well
    delimiter = max(",;\t|", key=lambda mark: (sum(mark in line for line in lines), text.count(mark, 0, 4096)))
    tally = Tally(limits, name)
    found: list[Grid | Paragraph] = []
    cells: dict[tuple[int, int], str] = {}
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    is_header, as_text = False, '="' in text
    #: rows that follow each other, and how wide the widest of them is
    run = width = 0
    try:
        for number, row in enumerate(reader):
            if as_text:
                row = [_AS_TEXT.sub(r"\1", cell) for cell in row]
            filled = [cell for cell in row if cell.strip()]
            if len(row) == 1:
                found += _sheet(cells, tally)
                cells = {}
                found += [Paragraph(cell.strip()) for cell in filled]
                tally.add_paragraphs(len(filled))
            elif filled or is_header:
                # a row of blanks below a header is one of figures
                tally.add_cells(1, len(row))
                run, width = run + 1, max(width, len(row))
                limits.check("max_cells", run * width, "the number of cells of the table", name)
                cells |= {(number, column): cell for column, cell in enumerate(row)}
            if not filled or len(row) == 1:
                run = width = 0
            is_header = len(filled) > 1 and not any(FIGURE.fullmatch(cell.strip()) for cell in filled)
    except csv.Error as error:
        raise ReadError(
            f"{name}: not a readable CSV file at line {reader.line_num:,}, perhaps for a quote that is not closed "
            f"({error}); save it again as CSV UTF-8."
        ) from None
    found += _sheet(cells, tally)
    return Document(found, "csv", name, problems=problems)


def _sheet(cells: dict[tuple[int, int], str], tally: Tally) -> list[Grid | Paragraph]:
    if cells:
        tally.add_table()
    found, _ = blocks(Sheet("", cells), tally.document, tally.limits)
    # cells come in order, so that the last one of each row tells where it ends
    ends = {row: column + 1 for row, column in cells}
    for block in found:
        if isinstance(block, Grid):
            block.ruled = False
            block.sheet = None
            for number, row in enumerate(block.cells, start=block.row_offset):
                end = max(0, ends.get(number, 0) - block.column_offset)
                row[end:] = [None] * len(row[end:])
    return found
