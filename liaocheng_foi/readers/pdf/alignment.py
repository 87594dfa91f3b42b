"""Tables without drawn lines: columns found from where the figures stand below each other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...grid import Grid
from ..figures import FIGURE
from ..letters import Character, TextLine

#: A gap wider than this many letters parts two cells; digits of one number stand closer than words.
_GAP, _GAP_OF_DIGITS = 0.8, 0.08
#: No letter is taken to be narrower than a point: characters this close, in points, are of one cell.
_LEAST = 0.08
#: Labels of neighbouring columns may stand closer, where a number begins or the figures below tell them apart.
_GAP_OF_COLUMNS = 0.25
_NUMBER_OF_LABEL = re.compile("[\u2e80-\uffff][0-9][.．、0-9]")
#: A figure, also one with a note behind it.
_FIRST_FIGURE = re.compile(rf"(?:{FIGURE.pattern})(?:$|[（(*＊※①-⑳])")
#: A figure in its column stands at least so far behind a label.
_GAP_OF_FIGURE = 0.1
#: Letters of one label mostly stand closer than this.
_TIGHT = 0.05
#: A letter of other scripts is about so wide, in widths of a Chinese one.
_NARROW = 0.55
#: Lines further apart than this many heights are not of one table.
_APART = 4.0
#: A line by itself is so many letters away from those above and below it.
_BY_ITSELF = 1.8
#: And so many times as far as rows of a table are from each other.
_FURTHER = 1.25
#: So many lines above and below one tell how far rows of tables are from each other.
_NEAR = 40
#: Lines of one cell follow each other at no more than this many heights.
_NEXT_LINE = 1.7
#: A line with so many figures more than those above, behind so many without any, is of another table.
_MORE_FIGURES, _HEADER = 2, 2
#: So many rows with figures in two columns are enough to tell that these stand apart.
_WITNESSES = 8
#: More columns than this are no table of a page.
_COLUMNS = 100
#: At most so many lines in a row hold only parts of labels, or of headings above the first figure.
_LABELS, _HEADINGS = 8, 6
#: A line longer than this without a gap is prose.
_LONGEST = 25
#: From here on letters are as wide as they are high.
_FIRST_WIDE = "\u2e80"
_WIDE_SIGNS = frozenset("“”‘’—…·")
#: Lines this near to the upper and lower edge of the paper (a centimetre) are added by the program that prints.
_MARGIN = 28.0


def aligned(lines: Sequence[TextLine], page: int, height: float) -> Iterator[tuple[float, Grid | TextLine]]:
    """(height on the page, block): runs of lines with figures in columns as grids, other lines as they are.

    ``height`` is that of the paper.
    """
    printed = [line for line in lines if not _MARGIN < line.middle < height - _MARGIN]
    for line in printed:
        yield line.middle, line
    lines = [line for line in lines if _MARGIN < line.middle < height - _MARGIN] if printed else lines
    cut = [_cells(line) for line in lines]
    waiting = first = 0
    while first < len(lines):
        last = _run(lines, cut, first)
        top = _top(lines, cut, waiting, first, last) if last > first else first
        grid = _grid(cut[top:last], page) if last > first else None
        if grid is None:
            first = max(last, first + 1)
            continue
        for line in lines[waiting:top]:
            yield line.middle, line
        yield lines[top].middle, grid
        waiting = first = last
    for line in lines[waiting:]:
        yield line.middle, line


def _cells(line: TextLine) -> list[TextLine]:
    if len(line.text) > _LONGEST and " " not in line.text and not _NUMBER_OF_LABEL.search(line.text):
        return [line]
    cuts = [
        i
        for i, (before, behind) in enumerate(pairwise(line.characters), start=1)
        if behind.left - before.right > _LEAST and _are_apart(line.characters, i)
    ]
    parts = [line.characters[first:last] for first, last in pairwise([0, *cuts, len(line.characters)])]
    if len(line.text) <= _LONGEST:
        parts[-1:] = _without_figure(parts[-1])
    return [TextLine(part) for part in parts] if len(parts) > 1 else [line]


def _are_apart(characters: list[Character], i: int) -> bool:
    """Whether another cell begins with a character."""
    before, character = characters[i - 1 : i + 1]
    gap = _GAP
    if character.text.isdigit():
        if before.text.isdigit():
            gap = _GAP_OF_DIGITS
        elif _NUMBER_OF_LABEL.match("".join(c.text for c in characters[i - 1 : i + 2])):
            gap = _GAP_OF_COLUMNS  # another label may begin, with its number, right behind one
    return character.left - before.right > gap * _letter(before, character)


def _without_figure(characters: list[Character]) -> list[list[Character]]:
    """A label and the figure close behind it, or what is neither in one piece."""
    for i in range(len(characters) - 1, 0, -1):
        before, behind = characters[i - 1], characters[i]
        if _is_wide(before):
            apart = behind.left - before.right > _GAP_OF_FIGURE * _letter(before, behind)
            figure = FIGURE.fullmatch("".join(c.text for c in characters[i:]))
            return [characters[:i], characters[i:]] if apart and figure else [characters]
    return [characters]


def _is_wide(character: Character) -> bool:
    """Whether a character is about as wide as it is high."""
    return character.text >= _FIRST_WIDE or character.text in _WIDE_SIGNS


def _letter(*characters: Character) -> float:
    """How wide a Chinese letter is beside some characters; the heights of fonts say less of it."""
    return max(1.0, *[(c.right - c.left) / (1 if _is_wide(c) else _NARROW) for c in characters])


def _is_tabular(cells: list[TextLine]) -> bool:
    return len(cells) >= 3 or (len(cells) == 2 and any(FIGURE.fullmatch(cell.text) for cell in cells))


def _run(lines: Sequence[TextLine], cut: list[list[TextLine]], first: int) -> int:
    """The end of the table that begins at a line: short lines left of the figures are parts of cut labels."""
    if not _is_tabular(cut[first]):
        return first
    last = below = first + 1
    figures = _left_of_figures(cut[first])
    most = len(_figures(cut[first]))
    for i in range(first + 1, len(lines)):
        if lines[i - 1].middle - lines[i].middle > _APART * lines[i].height:
            break
        if _stands_alone(lines, cut, i):
            break
        number = len(_figures(cut[i]))
        if 0 < most <= number - _MORE_FIGURES and i - below >= _HEADER:
            break
        if number:
            most, below = max(most, number), i + 1
        if _is_tabular(cut[i]) or (i == last and _goes_on(lines[i - 1], lines[i], figures)):
            last = i + 1
            figures = min(figures, _left_of_figures(cut[i]))
        elif i - last >= _LABELS or len(lines[i].text) > 40 or (i - last >= 3 and lines[i].right > figures + 1):
            break
    # what has columns but no figures, below all figures, is the header of another table
    return below if any(map(_is_tabular, cut[below:last])) else last


def _stands_alone(lines: Sequence[TextLine], cut: list[list[TextLine]], i: int) -> bool:
    """Whether a line is a heading beside a table: in one piece, and further away than rows of tables are near it."""
    if len(cut[i]) > 1 or not 0 < i < len(lines) - 1:
        return False
    rows = [place for place in range(max(i - _NEAR, 0), min(i + _NEAR, len(lines))) if _is_tabular(cut[place])]
    if len(rows) < 3:
        return False
    # rows with others between them, of labels alone, are further away
    pairs = [(a, b) for a, b in pairwise(rows) if b == a + 1] or list(pairwise(rows))
    spaces = sorted(lines[a].middle - lines[b].middle for a, b in pairs)
    away = max(_BY_ITSELF * _letter(*lines[i].characters), _FURTHER * spaces[len(spaces) // 2])
    return lines[i - 1].middle - lines[i].middle > away < lines[i].middle - lines[i + 1].middle


def _goes_on(above: TextLine, line: TextLine, figures: float) -> bool:
    """Whether a line is the rest of a figure set on two lines: a single figure close below others."""
    close = above.middle - line.middle < _NEXT_LINE * line.height
    return close and line.left >= figures - line.height and FIGURE.fullmatch(line.text) is not None


def _figures(cells: list[TextLine]) -> list[TextLine]:
    return [cell for cell in cells if FIGURE.fullmatch(cell.text)]


def _left_of_figures(cells: list[TextLine]) -> float:
    return min((cell.left for cell in _figures(cells)), default=float("inf"))


def _top(lines: Sequence[TextLine], cut: list[list[TextLine]], waiting: int, first: int, last: int) -> int:
    """Where the table begins that has its full lines from ``first`` on: headings over several columns stand above."""
    margin, spans = lines[first].left, _columns(cut[first:last])
    top = first
    while top > waiting and first - top < _HEADINGS:
        line, below = lines[top - 1], lines[top]
        far = line.middle - below.middle > _APART * line.height
        if far or len(line.text) > 60 or _stands_alone(lines, cut, top - 1):
            break
        if line.left < margin - line.height and sum(len(_by_columns(cell, spans)) for cell in cut[top - 1]) == 1:
            break
        top -= 1
    # a single line at the left is a sentence or a heading of the text
    while top < first and len(cut[top]) == 1 and cut[top][0].left <= margin + lines[top].height:
        top += 1
    return top


def _grid(rows: list[list[TextLine]], page: int) -> Grid | None:
    spans = _columns(rows)
    if not 2 <= len(spans) <= _COLUMNS or len(rows) < 2:
        return None
    headings = _right_of_headings(rows, spans[0][0] + 1)
    cells: list[list[str | None]] = []
    for row in rows:
        line: list[str | None] = [""] * (len(spans) + 2)
        row = [part for cell in row for part in _by_columns(cell, spans)]
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
    return Grid.from_rows(cells, page=page, ruled=False)


def _right_of_headings(rows: list[list[TextLine]], figures: float) -> float:
    """Where the headings of groups end, left of the labels of rows: told by the rows with both."""
    labels = [[cell for cell in row if cell.right <= figures] for row in rows]
    both = [row for row in labels if len(row) > 1]
    right, left = max((row[0].right for row in both), default=0.0), min((row[1].left for row in both), default=0.0)
    return right if right < left else 0.0


def _column_of(cell: TextLine, spans: Sequence[tuple[float, float]]) -> int:
    """The one column that a cell overlaps, else the one that begins where it does, or whose middle is nearest."""
    below = [place for place, (left, right) in enumerate(spans) if cell.left < right and left < cell.right]
    flush = [place for place, (left, _) in enumerate(spans) if abs(cell.left - left) <= 1]
    middle = cell.left + cell.right
    return (
        below[0] if len(below) == 1
        else flush[0] if flush
        else min(range(len(spans)), key=lambda place: abs(sum(spans[place]) - middle))
    )  # fmt: skip


def _by_columns(cell: TextLine, spans: Sequence[tuple[float, float]]) -> list[TextLine]:
    """The labels that stand over several columns each, cut where a gap lies between two columns."""
    if not spans:
        return [cell]
    pairs = list(pairwise(cell.characters))
    gaps = [(behind.left - before.right) / _letter(before, behind) for before, behind in pairs]
    # where most letters touch each other, others are of two labels, or of two words over one column
    is_tight = 2 * sum(gap >= _TIGHT for gap in gaps) <= len(gaps)
    parts: list[list[Character]] = [[cell.characters[0]]]
    for gap, (before, behind) in zip(gaps, pairs, strict=True):
        if gap > _GAP_OF_FIGURE and (
            (is_tight and behind.left > spans[0][0])
            or (gap > _GAP_OF_COLUMNS and _parts_columns(before, behind, spans))
            or _begins_figure(before, behind, spans)
        ):
            parts.append([])
        parts[-1].append(behind)
    if cell.right > spans[0][0]:
        parts[-1:] = _without_figure(parts[-1])
    return [TextLine(part) for part in parts]


def _parts_columns(before: Character, behind: Character, spans: Sequence[tuple[float, float]]) -> bool:
    return any(left < behind.left and before.right < right for (_, left), (right, _) in pairwise(spans))


def _begins_figure(before: Character, behind: Character, spans: Sequence[tuple[float, float]]) -> bool:
    """Whether a figure stands in a column of figures, right behind a label."""
    may_begin = _is_wide(before) and FIGURE.fullmatch(behind.text) is not None
    return may_begin and any(left - 1 <= behind.left and behind.right <= right + 1 for left, right in spans)


class _Column(NamedTuple):
    left: float
    right: float
    rows: frozenset[int]
    """Some rows in which figures stand in it."""


def _columns(rows: list[list[TextLine]]) -> list[tuple[float, float]]:
    """The extents of the columns that figures make, from the left.

    Figures that overlap make one; but a long one joins no columns that stand apart in another row, of another table.
    """
    columns: list[_Column] = []
    figures = [[(cell.left, cell.right) for cell in _figures(row)] for row in rows]
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
