"""Lines cut into cells, without drawn lines around → their columns, found from where figures stand below each other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from ..grid import Grid
from .cutting import Span, by_columns
from .figures import FIGURE
from .letters import TextLine

#: A figure, also one with a note behind it.
_FIRST_FIGURE = re.compile(rf"(?:{FIGURE.pattern})(?:$|[（(*＊※①-⑳])")
#: So many rows with figures in two columns are enough to tell that these stand apart.
_WITNESSES = 8
#: More columns than this are no table of a page.
_COLUMNS = 100


def figures_of(cells: Sequence[TextLine]) -> list[TextLine]:
    """The cells that are figures."""
    return [cell for cell in cells if FIGURE.fullmatch(cell.text)]


def grid_of(rows: Sequence[list[TextLine]], page: int | None) -> Grid | None:
    """The rows as a grid: the headings of groups, the labels of rows, then a column for each of figures."""
    spans = columns_of(rows)
    if not 2 <= len(spans) <= _COLUMNS or len(rows) < 2:
        return None
    headings = _right_of_headings(rows, spans[0][0] + 1)
    cells: list[list[str | None]] = []
    for row in rows:
        line: list[str | None] = [""] * (len(spans) + 2)
        row = [part for cell in row for part in by_columns(cell, spans)]
        # labels stand left of all figures, and of those of their row: a group's heading, then the row's own
        left = max(spans[0][0], min((cell.left for cell in row if _FIRST_FIGURE.match(cell.text)), default=0.0)) + 1
        labels = [cell for cell in row if cell.right <= left]
        for cell in row:
            if cell.right > left:
                place = 2 + _column_of(cell, spans)
            else:
                place = int(cell.right > headings and (line[0] != "" or cell is labels[-1]))
            line[place] = f"{line[place]}\n{cell.text}" if line[place] else cell.text
        cells.append(line)
    return Grid.from_rows(cells, page=page, ruled=False, aligned=True)


def _right_of_headings(rows: Sequence[list[TextLine]], figures: float) -> float:
    """Where the headings of groups end, left of the labels of rows: told by the rows with both."""
    labels = [[cell for cell in row if cell.right <= figures] for row in rows]
    both = [row for row in labels if len(row) > 1]
    right, left = max((row[0].right for row in both), default=0.0), min((row[1].left for row in both), default=0.0)
    return right if right < left else 0.0


def _column_of(cell: TextLine, spans: Sequence[Span]) -> int:
    """The one column that a cell overlaps, else the one that begins where it does, or whose middle is nearest."""
    below = [place for place, (left, right) in enumerate(spans) if cell.left < right and left < cell.right]
    flush = [place for place, (left, _) in enumerate(spans) if abs(cell.left - left) <= 1]
    middle = cell.left + cell.right
    return (
        below[0] if len(below) == 1
        else flush[0] if flush
        else min(range(len(spans)), key=lambda place: abs(sum(spans[place]) - middle))
    )  # fmt: skip


class _Column(NamedTuple):
    left: float
    right: float
    rows: frozenset[int]
    """Some rows in which figures stand in it."""


def columns_of(rows: Sequence[list[TextLine]]) -> list[Span]:
    """The extents of the columns that figures make, from the left.

    Figures that overlap make one; but a long one joins no columns that stand apart in another row, of another table.
    """
    columns: list[_Column] = []
    figures = [[(cell.left, cell.right) for cell in figures_of(row)] for row in rows]
    for row in sorted(range(len(rows)), key=lambda row: -len(figures[row])):
        for left, right in figures[row]:
            first = bisect_left(columns, left - 1, key=lambda column: column.right)
            end = bisect_right(columns, right + 1, key=lambda column: column.left)
            touched = columns[first:end]
            known = frozenset[int]().union(*(column.rows for column in touched))
            if len(known) == sum(len(column.rows) for column in touched):
                lefts, rights = [left, *(c.left for c in touched)], [right, *(c.right for c in touched)]
                some = known if len(known) >= _WITNESSES else known | {row}
                columns[first:end] = [_Column(min(lefts), max(rights), some)]
    return [(column.left, column.right) for column in columns]
