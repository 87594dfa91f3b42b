"""Tables without drawn lines: columns found from where the figures stand below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...grid import Grid
from ..figures import FIGURE
from .letters import Character, TextLine

#: A gap wider than this many letters parts two cells; digits of one number stand closer than words.
_GAP, _GAP_OF_DIGITS = 0.8, 0.08
#: Labels of neighbouring columns may stand closer, where the figures below tell them apart.
_GAP_OF_COLUMNS = 0.25
#: A figure in its column stands at least so far behind a label.
_GAP_OF_FIGURE = 0.1
#: A letter of other scripts is about so wide, in widths of a Chinese one.
_NARROW = 0.55
#: Lines further apart than this many heights are not of one table.
_APART = 4.0
#: A line by itself is so many letters away from those above and below it.
_BY_ITSELF = 1.8
#: And so many times as far as rows of a table are from each other.
_FURTHER = 1.25
#: So many lines of a table tell how far its rows are from each other.
_NEAR = 40
#: Lines of one cell follow each other at no more than this many heights.
_NEXT_LINE = 1.7
#: More columns than this are no table of a page.
_COLUMNS = 100
#: At most so many lines in a row hold only parts of labels, or of headings above the first figure.
_LABELS, _HEADINGS = 8, 6
#: A line longer than this without a gap is prose.
_LONGEST = 25
#: From here on letters are as wide as they are high.
_FIRST_WIDE = "\u2e80"
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
    if len(line.text) > _LONGEST and " " not in line.text:
        return [line]
    parts: list[list[Character]] = [[line.characters[0]]]
    for before, character in zip(line.characters, line.characters[1:], strict=False):
        digits = before.text.isdigit() and character.text.isdigit()
        if character.left - before.right > (_GAP_OF_DIGITS if digits else _GAP) * _letter(before, character):
            parts.append([])
        parts[-1].append(character)
    if len(line.text) <= _LONGEST:
        parts[-1:] = _without_figure(parts[-1])
    return [TextLine(part) for part in parts]


def _without_figure(characters: list[Character]) -> list[list[Character]]:
    """A label and the figure close behind it, or what is neither in one piece."""
    for i in range(len(characters) - 1, 0, -1):
        before, behind = characters[i - 1], characters[i]
        if before.text >= _FIRST_WIDE:
            apart = behind.left - before.right > _GAP_OF_FIGURE * _letter(before, behind)
            figure = FIGURE.fullmatch("".join(c.text for c in characters[i:]))
            return [characters[:i], characters[i:]] if apart and figure else [characters]
    return [characters]


def _letter(*characters: Character) -> float:
    """How wide a Chinese letter is beside some characters; the heights of fonts say less of it."""
    return max(
        max((c.right - c.left) / (1 if c.text >= _FIRST_WIDE else _NARROW) for c in characters),
        1.0,
    )


def _is_tabular(cells: list[TextLine]) -> bool:
    return len(cells) >= 3 or (len(cells) == 2 and any(FIGURE.fullmatch(cell.text) for cell in cells))


def _run(lines: Sequence[TextLine], cut: list[list[TextLine]], first: int) -> int:
    """The end of the table that begins at a line: short lines left of the figures are parts of cut labels."""
    if not _is_tabular(cut[first]):
        return first
    last = first + 1
    figures = _left_of_figures(cut[first])
    for i in range(first + 1, len(lines)):
        if lines[i - 1].middle - lines[i].middle > _APART * lines[i].height:
            break
        if _stands_alone(lines, cut, i, first, i):
            break
        if _is_tabular(cut[i]) or (i == last and _goes_on(lines[i - 1], lines[i], figures)):
            last = i + 1
            figures = min(figures, _left_of_figures(cut[i]))
        elif i - last >= _LABELS or len(lines[i].text) > 40 or (i - last >= 3 and lines[i].right > figures + 1):
            break
    return last


def _stands_alone(lines: Sequence[TextLine], cut: list[list[TextLine]], i: int, first: int, last: int) -> bool:
    """Whether a line is a heading beside a table: in one piece, and further away than rows of the table are."""
    if len(cut[i]) > 1 or not 0 < i < len(lines) - 1:
        return False
    near = range(first, min(last, first + _NEAR)) if i < first else range(max(first, last - _NEAR), last)
    rows = [place for place in near if _is_tabular(cut[place])]
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


def _left_of_figures(cells: list[TextLine]) -> float:
    return min((cell.left for cell in cells if FIGURE.fullmatch(cell.text)), default=float("inf"))


def _top(lines: Sequence[TextLine], cut: list[list[TextLine]], waiting: int, first: int, last: int) -> int:
    """Where the table begins that has its full lines from ``first`` on: headings over several columns stand above."""
    margin = lines[first].left
    top = first
    while top > waiting and first - top < _HEADINGS:
        line, below = lines[top - 1], lines[top]
        far = line.middle - below.middle > _APART * line.height
        if far or len(line.text) > 60 or _stands_alone(lines, cut, top - 1, first, last):
            break
        if len(cut[top - 1]) == 1 and line.left < margin - line.height:
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
    cells: list[list[str | None]] = []
    for row in rows:
        line: list[str | None] = [""] * (len(spans) + 2)
        row = [part for cell in row for part in _by_columns(cell, spans)]
        for cell in row:
            middle = (cell.left + cell.right) / 2
            if cell.right <= spans[0][0] + 1:
                # labels stand left of the figures: a group's heading, then the row's own
                place = 0 if line[0] == "" and cell is not row[-1] and _is_label(row, cell) else 1
            else:
                place = 2 + min(range(len(spans)), key=lambda i: abs(sum(spans[i]) / 2 - middle))
            line[place] = f"{line[place]}\n{cell.text}" if line[place] else cell.text
        cells.append(line)
    return Grid.from_rows(cells, page=page, ruled=False)


def _by_columns(cell: TextLine, spans: Sequence[tuple[float, float]]) -> list[TextLine]:
    """The labels that stand over several columns each, cut where a gap lies between two columns."""
    parts: list[list[Character]] = [[cell.characters[0]]]
    for before, behind in zip(cell.characters, cell.characters[1:], strict=False):
        gap = (behind.left - before.right) / _letter(before, behind)
        if (gap > _GAP_OF_COLUMNS and _parts_columns(before, behind, spans)) or (
            gap > _GAP_OF_FIGURE and _begins_figure(before, behind, spans)
        ):
            parts.append([])
        parts[-1].append(behind)
    return [TextLine(part) for part in parts]


def _parts_columns(before: Character, behind: Character, spans: Sequence[tuple[float, float]]) -> bool:
    return any(left < behind.left and before.right < right for (_, left), (right, _) in pairwise(spans))


def _begins_figure(before: Character, behind: Character, spans: Sequence[tuple[float, float]]) -> bool:
    """Whether a digit stands in a column of figures, right behind a label."""
    is_digit = behind.text.isdigit() and before.text >= _FIRST_WIDE
    return is_digit and any(left - 1 <= behind.left and behind.right <= right + 1 for left, right in spans)


def _is_label(row: list[TextLine], cell: TextLine) -> bool:
    """Whether another label stands between this one and the figures."""
    after = row[row.index(cell) + 1]
    return not FIGURE.fullmatch(after.text)


def _columns(rows: list[list[TextLine]]) -> list[tuple[float, float]]:
    """The extents of the columns that figures make, from the left.

    A figure below two columns, which stand apart in a row with more figures, is of one of these and makes none wider.
    """
    spans: list[tuple[float, float]] = []
    of_rows = [[(cell.left, cell.right) for cell in row if FIGURE.fullmatch(cell.text)] for row in rows]
    for figures in sorted(of_rows, key=len, reverse=True):
        found = list(spans)
        for left, right in figures:
            first, last = (bisect(found, edge, key=side) for edge, side in ((left - 1, _right), (right + 1, _left)))
            if first == last:
                spans.insert(bisect(spans, left, key=_left), (left, right))
            elif last == first + 1:
                place = spans.index(found[first])
                spans[place] = min(left, found[first][0]), max(right, found[first][1])
    return spans
