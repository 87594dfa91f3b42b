"""Lines of text without drawn lines around → which of them make a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...grid import Grid
from ..figures import FIGURE
from ..letters import TextLine
from .counters import without_counters
from .cutting import Span, by_columns, cells, figures_behind
from .parting import parted
from .placing import NOTHING, Above, columns_of, figures_of, grid_of

#: Lines further apart than this many heights are not of one table.
_APART = 4.0
#: So many times as far as rows of a table are from each other is further away.
_FURTHER = 1.25
#: So many lines above and below one tell how far rows of tables are from each other.
_NEAR = 40
#: Lines of one cell follow each other at no more than this many heights.
_NEXT_LINE = 1.7
#: A line with so many figures more than those above, behind so many without any, is of another table.
_MORE_FIGURES, _HEADER = 2, 2
#: The number of a page, alone in its line.
PAGE_NUMBER = re.compile(r"[-—–·•\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／共]\s*共?\s*\d{1,4}\s*页?)?[-—–·•\s]*")
_OF_PART = re.compile("[一二三四五六七八九十]{1,2}、")
#: A header names so many columns at least, of those that figures stand in within so many lines above.
_NAMES, _ROWS = 3, 8
#: At most so many lines in a row hold only parts of labels, or of headings above the first figure.
_LABELS, _HEADINGS = 8, 12
#: Labels of rows, and headings, are at most so long.
_LABEL, _HEADING = 40, 60
_FAR = float("inf")


class Found(NamedTuple):
    """A table among lines."""

    first: int
    last: int
    """The line behind its last."""
    grid: Grid
    spans: Sequence[Span]
    """Its columns."""


def tables(lines: Sequence[TextLine], page: int | None, above: Above = NOTHING) -> Iterator[Found]:
    """The runs of lines with figures in columns, from the top down; the first may go on with what is above."""
    cut = without_counters([cells(line) for line in lines])
    waiting = first = 0
    columns = above.spans
    while first < len(lines):
        last = _run(lines, cut, first)
        if last == first:
            first += 1
            continue
        top = _top(lines, cut, waiting, first, last)
        for begin, end in parted(cut[top:last], len(columns)):
            placed = grid_of(cut[top + begin : top + end], page, above if top + begin == 0 else NOTHING)
            if placed is not None:
                grid, columns = placed
                yield Found(top + begin, top + end, grid, columns)
                waiting = last
        if any(map(_figures, cut[first:last])):
            # what has figures is no header of what follows
            waiting = last
        first = last


def header_at_end(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines that end a page as the header of a table on the next one; nothing where they are none."""
    rows = [cells(line) for line in lines]
    first = len(rows)
    while first and len(rows) - first < _LABELS and not _ends_header(lines, rows, first - 1):
        first -= 1
    return rows[first:] if any(len(row) >= _NAMES for row in rows[first:]) else []


def _ends_header(lines: Sequence[TextLine], rows: Sequence[list[TextLine]], i: int) -> bool:
    """Whether a line is none of a header that ends a page."""
    line, below = lines[i], lines[i + 1] if i + 1 < len(lines) else lines[i]
    far = line.middle - below.middle > _APART * line.height
    return far or _OF_PART.match(line.text) is not None or (len(rows[i]) == 1 and len(line.text) > _LABEL)


def _is_tabular(cells: list[TextLine]) -> bool:
    if len(cells) != 2:
        return len(cells) > 2
    return bool(_figures(cells))


def _figures(cells: Sequence[TextLine]) -> list[TextLine]:
    """The figures in some cells, also those that stand close behind others."""
    return figures_of([part for cell in cells for part in figures_behind(cell)])


def _run(lines: Sequence[TextLine], cut: list[list[TextLine]], first: int) -> int:
    """The end of the table that begins at a line: short lines left of the figures are parts of cut labels."""
    if not _is_tabular(cut[first]):
        return first
    last = below = first + 1
    figures = _left_of_figures(cut[first])
    most = len(_figures(cut[first]))
    for i in range(first + 1, len(lines)):
        if _is_far_below(lines, cut, i):
            break
        if most and (_begins_part(lines, cut, i) or _is_page_number(lines, cut, i)):
            break
        if most and _is_header(cut[i], cut[max(first, below - _ROWS) : below]):
            break
        number = len(_figures(cut[i]))
        if 0 < most <= number - _MORE_FIGURES and i - below >= _HEADER:
            break
        if number:
            most, below = max(most, number), i + 1
        if _is_tabular(cut[i]) or (i == last and _goes_on(lines[i - 1], lines[i], figures)):
            last = i + 1
            figures = min(figures, _left_of_figures(cut[i]))
        elif i - last >= _LABELS or len(lines[i].text) > _LABEL or (i - last >= 3 and lines[i].right > figures + 1):
            break
    else:
        way = _FURTHER * _way(lines, cut, len(lines) - 1)
        is_near = all(above.middle - line.middle <= way < _FAR for above, line in pairwise(lines[last - 1 :]))
        if most and is_near and _are_beside(cut[last:], cut[first:]):
            # the end of a page may cut a label
            return len(lines)
    # what has columns but no figures, below all figures, is the header of another table
    return below if most and any(map(_is_tabular, cut[below:last])) else last


def _begins_part(lines: Sequence[TextLine], cut: list[list[TextLine]], i: int) -> bool:
    """Whether a line is the heading of a part of the text: set apart, or with the header of a table below it."""
    if len(cut[i]) > 1 or not _OF_PART.match(lines[i].text):
        return False
    if _stands_apart(lines, cut, i):
        return True
    below = cut[i + 1 : i + 1 + _LABELS]
    figures = next((j for j, cells in enumerate(below) if _figures(cells)), len(below))
    return any(len(cells) >= _NAMES for cells in below[:figures])


def _is_page_number(lines: Sequence[TextLine], cut: list[list[TextLine]], i: int) -> bool:
    """Whether a line is the number of a page, between two pieces of tables."""
    return PAGE_NUMBER.fullmatch(lines[i].text) is not None and _stands_apart(lines, cut, i)


def _stands_apart(lines: Sequence[TextLine], cut: list[list[TextLine]], i: int) -> bool:
    """Whether a line is further away from those above and below than rows of tables near it are from each other."""
    away = _FURTHER * _way(lines, cut, i)
    return all(above.middle - below.middle > away for above, below in pairwise(lines[i - 1 : i + 2]))


def _is_far_below(lines: Sequence[TextLine], cut: list[list[TextLine]], i: int) -> bool:
    """Whether a line is too far below the one above to be of its table, and further than rows are from each other."""
    space = lines[i - 1].middle - lines[i].middle
    if space <= _APART * lines[i].height:
        return False
    way = _way(lines, cut, i)
    return way == _FAR or space > _FURTHER * way


def _is_header(cells: list[TextLine], above: Sequence[list[TextLine]]) -> bool:
    """Whether a line has words over columns of figures: the header of another table."""
    if len(cells) < _NAMES or _figures(cells):
        return False
    spans = columns_of(above)
    return any(cell.left < right and left < cell.right for cell in cells[1:] for left, right in spans)


def _way(lines: Sequence[TextLine], cut: list[list[TextLine]], i: int) -> float:
    """How far rows of tables near a line mostly are from each other; without end where there are few."""
    rows = [place for place in range(max(i - _NEAR, 0), min(i + _NEAR, len(lines))) if _is_tabular(cut[place])]
    if len(rows) < 3:
        return _FAR
    # rows with others between them, of labels alone, are further away
    pairs = [(a, b) for a, b in pairwise(rows) if b == a + 1] or list(pairwise(rows))
    spaces = sorted(lines[a].middle - lines[b].middle for a, b in pairs)
    return spaces[len(spaces) // 2]


def _goes_on(above: TextLine, line: TextLine, figures: float) -> bool:
    """Whether a line is the rest of a figure set on two lines: a single figure close below others."""
    close = above.middle - line.middle < _NEXT_LINE * line.height
    return close and line.left >= figures - line.height and FIGURE.fullmatch(line.text) is not None


def _are_beside(rows: Sequence[list[TextLine]], table: Sequence[list[TextLine]]) -> bool:
    """Whether the last rows of a table stand left or right of all its figures: parts of labels and remarks."""
    figures = [figure for cells in table for figure in _figures(cells)]
    left, right = min(figure.left for figure in figures), max(figure.right for figure in figures)
    return all(cell.right <= left + 1 or cell.left >= right for cells in rows for cell in cells)


def _left_of_figures(cells: list[TextLine]) -> float:
    return min((cell.left for cell in figures_of(cells)), default=_FAR)


def _top(lines: Sequence[TextLine], cut: list[list[TextLine]], waiting: int, first: int, last: int) -> int:
    """Where the table begins that has its full lines from ``first`` on: headings over several columns stand above."""
    margin, spans = min(line.left for line in lines[first:last]), columns_of(cut[first:last])

    def is_whole(i: int) -> bool:
        """Whether a line is in one piece, also over the columns."""
        return sum(len(by_columns(cell, spans)) for cell in cut[i]) == 1

    top = first
    while top > waiting and first - top < _HEADINGS:
        line = lines[top - 1]
        if _is_far_below(lines, cut, top) or len(line.text) > _HEADING:
            break
        if line.left < margin - line.height and is_whole(top - 1):
            break
        top -= 1
    # the heading of a part of the text ends what stands above
    top = max([top, *(i + 1 for i in range(top, first) if _OF_PART.match(lines[i].text))])
    # a single line at the left is a sentence or a heading of the text
    while top < first and lines[top].left <= margin + lines[top].height and is_whole(top):
        top += 1
    return top
