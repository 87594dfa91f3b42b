"""Lines cut into cells, without drawn lines around → their columns, found from where figures stand below each other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from ...grid import Grid
from ..figures import FIGURE
from ..letters import TextLine
from . import packed
from .cutting import Span, by_columns, figures_behind
from .headers import in_columns, names_of, one_for_each

#: A figure, also one with a note behind it.
_FIRST_FIGURE = re.compile(rf"(?:{FIGURE.pattern})(?:$|[（(\[【*＊※①-⑳])")
#: So many columns of a grid hold labels: the headings of groups, and those of rows.
LABELS = 2
#: So many rows with figures in two columns are enough to tell that these stand apart.
_WITNESSES = 8
_LEFT, _FAR = itemgetter(0), float("inf")
#: So many names of columns are a header.
_NAMES = 3
#: More columns than this are no table of a page.
_COLUMNS = 100


def figures_of(cells: Sequence[TextLine]) -> list[TextLine]:
    """The cells that are figures; ``1.`` begins a label."""
    return [cell for cell in cells if FIGURE.fullmatch(cell.text) and cell.text[-1] != "."]


class Above(NamedTuple):
    """What stands above the first line of a page, where a table may go on."""

    spans: Sequence[Span] = ()
    """The columns of the table that ends the page before."""
    header: Sequence[list[TextLine]] = ()
    """Lines without figures that end it."""


NOTHING = Above()


def grid_of(
    rows: Sequence[list[TextLine]], page: int | None, above: Above = NOTHING
) -> tuple[Grid, Sequence[Span]] | None:
    """The rows as a grid, and its columns: the headings of groups, the labels of rows, then one for each of figures."""
    figures = columns_of(rows)
    if not figures or len(figures) > _COLUMNS:
        return None
    body = next(i for i, row in enumerate(rows) if figures_of(row))
    head = _head(rows, body, figures, above)
    if head is None:
        return None
    header, spans, names = head
    spans = _with_remarks(rows[body:], spans)
    headings = _right_of_headings(rows, spans[0][0] + 1)
    widths = packed.widths(rows, spans)
    cells = [_by_place(row, spans, headings, names) for row in header]
    for row in rows[body:]:
        if any(len(figures_behind(cell)) > 1 for cell in row):
            placed = packed.placed(row, spans, widths)
            columns = {} if placed is None else {id(cell): place for cell, place in placed if place is not None}
            row = row if placed is None else [cell for cell, _ in placed]
            cells.append(_by_place(row, spans, headings, columns))
        else:
            parts = [part for cell in row for part in by_columns(cell, spans)]
            cells.append(_by_place(parts, spans, headings, {}))
    grid = Grid.from_rows(cells, page=page, ruled=False, aligned=True)
    grid.row_offset = body - len(header)
    return grid, spans


def _with_remarks(rows: Sequence[list[TextLine]], spans: Sequence[Span]) -> Sequence[Span]:
    """The columns, and one for words right of all of them."""
    right = spans[-1][1]
    words = [cell for row in rows for cell in row if cell.left >= right and not _FIRST_FIGURE.match(cell.text)]
    return [*spans, (words[0].left, max(cell.right for cell in words))] if words else spans


def names_over(rows: Sequence[list[TextLine]]) -> int:
    """How many columns the lines above the first figures name; 0 where these do not tell."""
    body = next((i for i, row in enumerate(rows) if figures_of(row)), 0)
    head = _head(rows[: body + 1], body, columns_of(rows[body : body + 1]), NOTHING) if body else None
    return len(head[1]) if head and head[2] else 0


def _head(
    rows: Sequence[list[TextLine]], body: int, figures: Sequence[Span], above: Above
) -> tuple[list[list[TextLine]], Sequence[Span], dict[int, int]] | None:
    """(the lines above the first figures, the columns, the column of each cell of these lines that names one).

    None where these lines are none of a table.
    """
    labels = [row[0].right for row in rows[body:] if len(row) > 1 and row[0].right <= figures[0][0]]
    begin = max(labels, default=0.0)
    header = [_labels(row, figures, begin) for row in rows[:body]]
    if any(len(row) > _COLUMNS for row in header):
        return None
    spans, names = _named(header, begin, figures, rows[body:])
    if above.header and (not names or len(spans) < _NAMES):
        # the header, or its first lines, ended the page before
        whole = [*(_labels(row, figures, begin) for row in _moved(above.header, rows)), *header]
        whole_spans, whole_names = _named(whole, begin, figures, rows[body:])
        if whole_names:
            return whole, whole_spans, whole_names
    elif not any(_below(cell, figures) for row in header for cell in row):
        spans = _going_on(above.spans, figures) or spans
    return (header, spans, names) if len(spans) > 1 or names else None


def _labels(row: Sequence[TextLine], figures: Sequence[Span], begin: float) -> list[TextLine]:
    """The cells of a line above the first figures."""
    return [part for cell in row for part in by_columns(cell, figures, begin or None)]


def _moved(header: Sequence[list[TextLine]], rows: Sequence[list[TextLine]]) -> list[list[TextLine]]:
    """A header at the end of a page, moved above rows of another."""
    way = max(cell.middle for row in rows for cell in row)
    return [[cell.moved(way) for cell in row] for row in header]


def _going_on(above: Sequence[Span], figures: Sequence[Span]) -> list[Span]:
    """The columns of the page before where each column of figures stands in one of them; else nothing."""
    own: dict[int, Span] = {}
    for span in figures:
        places = [place for place, (left, right) in enumerate(above) if left < span[1] and span[0] < right]
        if len(places) != 1 or places[0] in own:
            return []
        own[places[0]] = span
    return [own.get(place, span) for place, span in enumerate(above)]


def _named(
    header: Sequence[list[TextLine]], begin: float, figures: Sequence[Span], rows: Sequence[list[TextLine]]
) -> tuple[list[Span], dict[int, int]]:
    """The columns, which begin right of all labels of rows, and those that labels of the header stand over."""
    names = names_of([[cell for cell in row if cell.left > begin - 1] for row in header])
    spans, names = in_columns(names, one_for_each(names, figures, [figures_of(row) for row in rows]))
    return spans, {id(cell): place for place, name in enumerate(names) for cell in name.cells}


def _by_place(row: list[TextLine], spans: Sequence[Span], headings: float, names: dict[int, int]) -> list[str | None]:
    """The texts of a row in the columns that its cells stand in."""
    line: list[str | None] = [""] * (LABELS + len(spans))
    # labels stand left of all figures, and of those of their row: a group's heading, then the row's own
    left = max(spans[0][0], min((cell.left for cell in row if _FIRST_FIGURE.match(cell.text)), default=0.0)) + 1
    labels = [cell for cell in row if cell.right <= left and id(cell) not in names]
    for cell in row:
        if id(cell) in names:
            place = LABELS + names[id(cell)]
        elif cell.right > left:
            place = LABELS + _column_of(cell, spans)
        else:
            place = int(cell is labels[-1] and cell.right > headings)
        words = cell.text.split(" ")
        # figures that may be out of their places stand in one
        text = "\n".join(words) if all(map(_FIRST_FIGURE.match, words)) else cell.text
        line[place] = f"{line[place]}\n{text}" if line[place] else text
    return line


def _right_of_headings(rows: Sequence[list[TextLine]], figures: float) -> float:
    """Where the headings of groups end, left of the labels of rows: told by the rows with both."""
    labels = [[cell for cell in row if cell.right <= figures] for row in rows]
    both = [row for row in labels if len(row) > 1]
    right, left = max((row[0].right for row in both), default=0.0), min((row[1].left for row in both), default=0.0)
    return right if right < left else 0.0


def _column_of(cell: TextLine, spans: Sequence[Span]) -> int:
    """The one column that a cell overlaps, else the one that begins where it does, or whose middle is nearest."""
    below = _below(cell, spans)
    flush = [place for place, (left, _) in enumerate(spans) if abs(cell.left - left) <= 1]
    middle = cell.left + cell.right
    return (
        below[0] if len(below) == 1
        else flush[0] if flush
        else min(range(len(spans)), key=lambda place: abs(sum(spans[place]) - middle))
    )  # fmt: skip


def _below(cell: TextLine, spans: Sequence[Span]) -> list[int]:
    """The columns that a cell overlaps."""
    return [place for place, (left, right) in enumerate(spans) if cell.left < right and left < cell.right]


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
    return _joined([(column.left, column.right) for column in columns], figures)


def _joined(spans: list[Span], figures: Sequence[list[Span]]) -> list[Span]:
    """The columns, those as one that are as far from the left in the rows with the most figures, and never in one row.

    Programs that print the text of a page set what stands below each other a letter or two apart.
    """
    rows = [sorted({bisect_right(spans, right, key=_LEFT) - 1 for _, right in row}) for row in figures]
    most = max(map(len, rows), default=0)
    whole = [row for row in rows if len(row) == most]
    if len(spans) <= most or len(whole) < max(_WITNESSES, sum(map(bool, rows)) / 2):
        return spans
    # the columns that stand in the same place from the left, for each place
    same = [set(places) for places in zip(*whole, strict=True)]
    if any(max(before) >= min(behind) for before, behind in pairwise(same)):
        return spans
    apart = {pair for row in rows for pair in pairwise(row)}
    gaps = [_FAR, *(right[0] - left[1] for left, right in pairwise(spans)), _FAR]
    joined = spans[:1]
    for place, span in enumerate(spans[1:], start=1):
        is_close = gaps[place] < min(gaps[place - 1], gaps[place + 1])
        if is_close and (place - 1, place) not in apart and any({place - 1, place} <= places for places in same):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined
