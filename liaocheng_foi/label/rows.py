"""Printed rows as the labelling sees them, and which of the three tables each belongs to."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

from ..codebook import TABLES, codebook
from ..grid import PICTURE, Document, Grid, Paragraph
from ..matching import bare, matcher
from ..sections import section_of
from ..values import NOTHING, is_figure_like

#: At least so many numbers count columns.
_COUNTED = 4
#: At least so many numbers count rows.
_ROWS = 3
_CHINESE = re.compile("[\u4e00-\u9fff]")


@lru_cache(maxsize=8192)
def kind_of(text: str) -> str:
    """What a printed text is: ``blank``, ``figure``, ``words`` in Chinese, or ``other``.

    ``/``, a dash and 无 stand for a figure, and a picture may show one.
    """
    shown = text.strip()
    if not shown or shown in NOTHING:
        return "blank"
    if is_figure_like(text) or shown == PICTURE:
        return "figure"
    return "words" if _CHINESE.search(text) else "other"


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One printed cell of one row; a spanned cell is one piece."""

    text: str
    left: int
    right: int
    """First grid column, and the one after the last."""
    begins: bool
    """Whether the cell begins in this row; False where it reaches down from a row above."""
    kind: str
    """What is printed in it, see :func:`kind_of`."""


@lru_cache(maxsize=16384)
def _piece(text: str, left: int, right: int, begins: bool) -> Piece:
    """Labels and most figures stand in the same places in one report after another."""
    return Piece(text, left, right, begins, kind_of(text))


def is_blank(cell: Piece | None) -> bool:
    """Whether nothing is printed in a cell, or there is none."""
    return cell is None or cell.kind == "blank"


def figures_in(piece: Piece) -> int:
    """How many lines of a cell are figures."""
    return sum(map(is_figure_like, piece.text.split("\n")))


@dataclass(slots=True)
class Row:
    """One printed row of a grid."""

    grid: Grid
    index: int
    number: int
    """1-based row of the grid."""
    pieces: list[Piece]
    figures: list[Piece]
    """Those that hold figures; one that reaches down from above is none of this row."""
    words: list[Piece]
    """Those that hold neither a figure nor nothing."""
    labels: list[Piece]
    """The words before all figures."""
    shared: set[int]
    """The first columns of the pieces that also stand in the row above, or in the next one where others begin."""

    @property
    def is_print(self) -> bool:
        """Whether it is of a table without lines, whose cells are told from where texts stand."""
        return self.grid.aligned

    def column(self, piece: Piece) -> int:
        """1-based column of the grid in which a piece begins."""
        return piece.left + 1 + self.grid.column_offset

    def text(self) -> str:
        """The row as printed, cells apart by a bar."""
        return " | ".join(" ".join(piece.text.split()) for piece in self.pieces)


def rows(grid: Grid) -> list[Row]:
    """The printed rows of a grid; one that only goes on with cells from above is none of its own."""
    found: list[Row] = []
    first = int(_numbers_rows(grid))
    for index in range(len(grid.cells)):
        row = _row(grid, index, first)
        if row.shared:
            begins = row.figures or any(piece.begins for piece in row.words)
            if begins and found and found[-1].index == index - 1:
                found[-1].shared |= row.shared
            if not begins and any(piece.kind != "blank" for piece in row.pieces):
                continue
        if row.pieces and (row.words or not _numbers_columns(row.figures)):
            found.append(row)
    return found


def _row(grid: Grid, index: int, first: int) -> Row:
    """One row from a column on."""
    cells, anchors = grid.cells[index], grid.anchors[index]
    pieces: list[Piece] = []
    figures: list[Piece] = []
    words: list[Piece] = []
    shared: set[int] = set()
    left, end = first, len(cells)
    while left < end:
        text, corner, right = cells[left], anchors[left], left + 1
        while right < end and anchors[right] == corner:
            right += 1
        if text is not None:
            piece = _piece(text, left, right, corner[0] == index)
            pieces.append(piece)
            if not piece.begins:
                shared.add(left)
            if piece.kind != "figure":
                if piece.kind != "blank":
                    words.append(piece)
            elif piece.begins:
                figures.append(piece)
        left = right
    if _is_counter(figures, words):
        figures = figures[1:]
    labels = words
    if figures and words and words[-1].left > figures[0].left:
        labels = [piece for piece in words if piece.left < figures[0].left]
    return Row(grid, index, index + 1 + grid.row_offset, pieces, figures, words, labels, shared)


def _is_counter(figures: list[Piece], words: list[Piece]) -> bool:
    """Whether a number that counts the rows stands before the label: at its head, or right before words."""
    if not figures or not words or words[0].kind != "words" or words[0].left < figures[0].right:
        return False
    return figures[0].right == words[0].left or (
        figures[0].left == 0
        and (len(figures) == 1 or words[0].left < figures[1].left)
        and bool(evidence(words[0].text))
    )


def _numbers_rows(grid: Grid) -> bool:
    """Whether the first column only counts the rows, as programs print them, below blanks or from the first row on."""
    last = grid.cells[-1][0] if grid.cells and grid.cells[-1] else None
    if not last or not last.isdecimal():
        return False
    texts = [row[0] for row in grid.cells]
    numbers = list(dropwhile(operator.not_, texts))
    above = len(texts) - len(numbers)
    # below a whole row of names, and before as many cells, fewer numbers are known for counts
    is_known = len(numbers) >= _ROWS or (
        above > 0 and all(map(_is_name, grid.cells[above - 1][1:])) and all(row[-1] for row in grid.cells[above:])
    )
    return is_known and any(numbers == list(map(str, range(n, n + len(numbers)))) for n in (0, 1))


def _is_name(text: str | None) -> bool:
    return text is not None and kind_of(text) == "words"


def _numbers_columns(filled: list[Piece]) -> bool:
    """Whether a row only counts the columns, as forms and programs number them: 1, 2, 3, 4 or 0, 1, 2, 3 and so on."""
    if len(filled) < _COUNTED or filled[0].text not in ("0", "1"):
        return False
    first = int(filled[0].text)
    return all(piece.text == str(number) for number, piece in enumerate(filled, start=first))


@lru_cache(maxsize=1)
def shared_labels() -> frozenset[str]:
    """Bare labels that name different things in different places (总计, 其他)."""
    seen: dict[str, set[tuple[str, str]]] = {}
    for code in codebook().codes:
        if code.table != "form":
            for text in (*code.labels.values(), *code.aliases):
                seen.setdefault(bare(text), set()).add((code.table, code.axis))
    generic = {bare(label) for label in codebook().find("requests", "heading", "subtotal").labels.values()}
    return frozenset(key for key, places in seen.items() if len(places) > 1) | generic


_AXES = {
    "proactive": ("block", "row", "column"),
    "requests": ("heading", "row", "group", "column"),
    "reviews": ("row", "group", "column"),
}


#: The labels that only the proactive table has.
_OPENS = matcher("proactive", "block", "column")
#: What part four has tables of its own for, in some reports.
_PROCEEDINGS = matcher("reviews", "row", "group")


@lru_cache(maxsize=8192)
def evidence(text: str) -> frozenset[str]:
    """The tables that a printed label speaks for; empty for numbers, blanks and labels they share."""
    key = bare(text)
    if not key or key in shared_labels():
        return frozenset()
    return frozenset(table for table in TABLES if matcher(table, *_AXES[table]).exact(text))


def assign(document: Document) -> dict[str, list[Row]]:
    """The rows of each table in reading order.

    A row follows its labels; a row without any follows the table it stands in. Rows of the proactive table are
    accepted only where a header or heading of that table announced it: 行政许可 alone proves nothing.
    """
    found: dict[str, list[Row]] = {table: [] for table in TABLES}
    current: str | None = None
    announced: str | None = None
    above: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above.append(block.text)
            continue
        section = next(filter(None, map(_heading, reversed(above))), None)
        over, above = above, []
        if section is not None:
            announced, current = section, None
        grid_rows = rows(block)
        speaking = any(evidence(piece.text) for row in grid_rows for piece in row.words)
        if not speaking and not _continues(grid_rows, found, current, announced):
            continue
        if "reviews" in (current, announced):
            # words over a table of one proceeding are a row of it
            proceedings = [text for text in over if _PROCEEDINGS.exact(text)]
            found["reviews"] += (row for text in proceedings for row in rows(Grid.from_rows([[text]])))
        for row in grid_rows:
            if len(row.labels) == 1 and not row.figures:
                section = _heading(row.labels[0].text)
                if section is not None:
                    announced, current = section, None
                    continue
            table = _table_of(row, current, announced)
            if table is not None:
                current = table
                found[table].append(row)
    return found


@lru_cache(maxsize=4096)
def _heading(text: str) -> str | None:
    """The section that a line is the heading of; None for a label of a table, or the first half of one."""
    section = section_of(text)
    if section is None or any(
        labels.exact(text) or labels.begins(text) for table in TABLES for labels in [matcher(table, *_AXES[table])]
    ):
        return None
    return section


def _table_of(row: Row, current: str | None, announced: str | None) -> str | None:
    tables: set[str] = set()
    for piece in row.words:
        tables |= evidence(piece.text)
        if current in tables:
            return current
    if not tables:
        return current or (announced if announced in TABLES else None)
    if announced in tables:
        return announced
    if tables == {"proactive"} and not any(_OPENS.exact(piece.text) for piece in row.pieces):
        return None
    return next(table for table in TABLES if table in tables)


def _continues(grid_rows: list[Row], found: dict[str, list[Row]], current: str | None, announced: str | None) -> bool:
    """Whether a grid without a known label goes on with a table that was begun, or is announced by a heading."""
    table = current or (announced if announced in TABLES else None)
    if table is None or not grid_rows:
        return False
    if not found[table]:
        return True
    last = found[table][-1].grid
    return any(row.figures for row in grid_rows) or grid_rows[0].grid.shape[1] == last.shape[1]
