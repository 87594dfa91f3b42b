"""Grids + codebook → coded cells: which table, which edition, which code per row and column.

The one place where a printed label meets a code, in five steps:

0. :mod:`.years` takes figures of other years out, where their words say so.
1. :mod:`.rows` gives every printed row to one of the three tables, in reading order over all grids, so that a table cut
   by page breaks, or three tables printed as one, come out the same.
2. Each table is read by a module of its own (:mod:`.proactive`, :mod:`.requests`, :mod:`.reviews`). A header
   (:mod:`.headers`, :mod:`.applicants`) names columns, the words before the figures name a row (:mod:`.outcomes`,
   :mod:`.cut_labels`), and :mod:`.columns` gives each column its cell, by its place in the grid or else by counting.
3. :mod:`.cells` puts down what was read: cells, subtotals, problems.
4. :mod:`.doubts` names what may be wrong though it was read: blanks beside sums that fail, neighbours of lost figures.
5. :mod:`.editions` tells the form, and what is missing on it or none of its cells.

Labels decide; position is only a second witness and is recorded as a problem when it had to speak. A figure that cannot
be placed with certainty is a problem with its text, never a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain

from ..codebook import codebook
from ..grid import Document
from ..matching import bare
from ..problems import Problem
from . import proactive, requests, reviews
from .cells import Cell, Sheet
from .doubts import doubt_neighbours, doubt_sums
from .editions import in_order, settle
from .rows import Row, assign
from .years import of_the_year

__all__ = ["Cell", "Labelled", "label"]

#: A longer text is no remark.
_LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the labels of a document say."""

    edition: int
    cells: list[Cell]
    """Cells of the form that were printed, blank ones included, in the form's order; each key once."""
    subtotals: list[Cell]
    """Printed figures that the form does not ask for: sums of a group of rows or of the organisations."""
    problems: list[Problem]


def label(document: Document, year: int | None = None) -> Labelled:
    """Code every cell of the three tables of a document.

    ``year`` decides the edition only where the labels leave it open.
    """
    sheet = Sheet()
    years = of_the_year(document, year, sheet)
    rows = {table: years.own(table, printed, sheet) for table, printed in assign(years.document).items()}
    proactive.read(rows["proactive"], sheet)
    requests.read(rows["requests"], sheet)
    reviews.read(rows["reviews"], sheet)
    doubt_neighbours(sheet)
    doubt_sums(sheet)
    edition = settle(sheet, year)
    if any(table == "requests" for table, _, _ in sheet.cells) and not _has_note(document, rows["requests"]):
        sheet.problem("note-missing", table="requests", label=codebook().label("requests", "heading", "identity"))
    return Labelled(edition, in_order(sheet.cells, edition), sheet.subtotals, sheet.problems)


@cache
def _clauses() -> frozenset[str]:
    """The bare clauses of the remark on the sums of each column."""
    return frozenset(map(bare, re.split("[，：]", codebook().label("requests", "heading", "identity"))))


def _has_note(document: Document, rows: list[Row]) -> bool:
    """Whether the remark on the sums of each column is printed, in a table or beside it, in one piece or cut in two."""
    clauses = set(_clauses())
    shortest = min(map(len, clauses))
    # first where it stands as a rule
    in_requests = (piece.text for row in rows for piece in row.pieces)
    in_grids = (text for grid in document.grids() for row in grid.cells for text in row if text)
    for text in chain(in_requests, in_grids, (paragraph.text for paragraph in document.paragraphs())):
        if shortest <= len(text) < _LONGEST_NOTE:
            printed = bare(text)
            clauses = {clause for clause in clauses if clause not in printed}
            if not clauses:
                return True
    return False
