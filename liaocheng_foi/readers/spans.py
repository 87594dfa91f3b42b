"""Rows of cells that span several columns and rows → a grid, by the rules of HTML for forming a table.

Spans are bounded, so that one of a thousand million columns costs nothing; where two cells overlap the first keeps the
place.
"""

from __future__ import annotations

import re
from itertools import repeat
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from ..grid import Grid, Paragraph
from .limits import Tally

_SPANNING = "[colspan],[rowspan]"
_UNSPANNED = (1, 1)
_DIGITS = frozenset("0123456789")
_LEADING_NUMBER = re.compile(r"\s*\+?([0-9]{1,9})")


class Row(NamedTuple):
    """One row of a table as it is written."""

    texts: list[str | None]
    """What each cell shows, beside tables in it; None where it shows nothing but tables."""
    blocks: dict[int, list[Grid | Paragraph]]
    """All that stands in the cells with tables in them, by their place."""
    spans: dict[int, tuple[int, int]]
    """Columns and rows (0: to the end of its group of rows) of the cells that span several, by their place."""


def spans(table: LexborNode, most: int) -> dict[int, dict[int, tuple[int, int]]]:
    """Columns, as many at most, and rows that cells span: by the place in memory of their rows, and their own."""
    found: dict[int, dict[int, tuple[int, int]]] = {}
    for cell in table.css(_SPANNING):
        if cell.parent is not None:
            attributes = cell.attributes
            columns = min(_span(attributes.get("colspan")) or 1, most)
            found.setdefault(cell.parent.mem_id, {})[cell.mem_id] = columns, _span(attributes.get("rowspan"))
    return found


def collapsed(columns: LexborNode, most: int) -> list[bool]:
    """Whether each column, of so many at most, of a group of columns is not shown."""
    found: list[bool] = []
    for column in [node for node in columns.iter() if node.tag == "col"] or [columns]:
        style = f"{column.attributes.get('style')} {columns.attributes.get('style')}"
        found += ["collapse" in style.lower()] * min(_span(column.attributes.get("span")) or 1, most)
    return found


def without(grid: Grid, collapsed: list[bool]) -> Grid:
    """A grid without the columns that are not shown."""
    kept = [c for c in range(grid.shape[1]) if not any(collapsed[c : c + 1])]
    place = [sum(other < c for other in kept) for c in range(grid.shape[1])]
    cells = [[row[c] for c in kept] for row in grid.cells]
    return Grid(cells, [[(row[c][0], place[row[c][1]]) for c in kept] for row in grid.anchors])


def in_order(groups: list[tuple[str, list[Row]]]) -> tuple[list[Row], list[int]]:
    """Rows as shown (the first head above, the first foot below), and for each where its group ends."""
    tags = [tag for tag, _ in groups]
    if "tfoot" in tags:
        groups.append(groups.pop(tags.index("tfoot")))
    if "thead" in tags:
        groups.insert(0, groups.pop([tag for tag, _ in groups].index("thead")))
    rows: list[Row] = []
    ends: list[int] = []
    for _, group in groups:
        rows += group
        ends += [len(rows)] * len(group)
    return rows, ends


def unfold(rows: list[Row], ends: list[int], tally: Tally) -> Grid:
    """The grid that rows make; ``ends`` tells of each where its group of rows ends."""
    cells: list[list[str | None]] = [[] for _ in rows]
    corners: list[list[tuple[int, int] | None]] = [[] for _ in rows]
    for r, (texts, _, spans) in enumerate(rows):
        line, marks = cells[r], corners[r]
        column = 0
        last = max(spans) if spans else -1
        for i, text in enumerate(texts):
            while column < len(marks) and marks[column] is not None:
                column += 1
            if i > last and column == len(marks):
                line += texts[i:]
                marks += zip(repeat(r), range(column, len(line)))
                break
            columns, height = spans.get(i, _UNSPANNED)
            end = min(r + height, ends[r]) if height else ends[r]
            tally.add_cells(end - r, columns)
            for below in range(r, end):
                _cover(cells[below], corners[below], column, column + columns, text, (r, column))
            column += columns
    width = max(map(len, cells), default=0)
    tally.add_cells(len(rows), width)
    if any(len(line) < width for line in cells):
        begun = 1 + max((marks[-1][1] for marks in corners if marks and marks[-1]), default=0)
        # behind these a span is wider than the table, as no cell begins there
        cells, corners, width = [line[:begun] for line in cells], [marks[:begun] for marks in corners], begun
    for r, (line, marks) in enumerate(zip(cells, corners, strict=True)):
        short = width - len(line)
        line += [None] * short
        marks += [None] * short
        if None in marks:
            corners[r] = [mark or (r, c) for c, mark in enumerate(marks)]
    return Grid(cells, corners)  # type: ignore[arg-type]


def _cover(
    line: list[str | None],
    marks: list[tuple[int, int] | None],
    first: int,
    behind: int,
    text: str | None,
    corner: tuple[int, int],
) -> None:
    free = first - len(line)
    if free >= 0:
        line += [None] * free + [text] * (behind - first)
        marks += [None] * free + [corner] * (behind - first)
        return
    short = behind - len(line)
    if short > 0:
        line += [None] * short
        marks += [None] * short
    for column in range(first, behind):
        if marks[column] is None:
            line[column] = text
            marks[column] = corner


def _span(value: str | None) -> int:
    """A span as browsers take it: leading digits; 1 where there are none."""
    if not value:
        return 1
    if value in _DIGITS:
        return int(value)
    match = _LEADING_NUMBER.match(value)
    return int(match[1]) if match else 1
