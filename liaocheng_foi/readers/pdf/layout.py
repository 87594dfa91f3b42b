"""Characters and ruled tables of a page → its grids and paragraphs, in reading order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from ...grid import PICTURE, Grid, Paragraph
from ..letters import TOUCHING, UNKNOWN, Character, TextLine, lines
from ..unruled.alignment import PAGE_NUMBER
from ..unruled.pages import Pages
from .gaps import torn_apart
from .ruled import Box, Table
from .view import Edges

#: Frames around texts this long are no tables.
_PROSE = 20
#: What fills so much of the width of a cell is its ground.
_GROUND = 0.8
#: Lines this near to the upper and lower edge of the paper (a centimetre) are added by the program that prints.
_MARGIN = 28.0
_SENTENCE_END = tuple("。！？；：.!?;:”）)")


def blocks_of(
    characters: list[Character], ruled: list[Table], pictures: Sequence[Edges], number: int, height: float, pages: Pages
) -> Iterator[Grid | Paragraph]:
    """Grids and paragraphs of one page, from the top down; ``height`` is that of the paper.

    ``pages`` knows the tables without lines on the page before.
    """
    found: list[tuple[float, Grid | TextLine]] = []
    rest = characters
    for table in ruled:
        inside, rest = _split(rest, table)
        grid = _grid(table, inside, pictures, number)
        if grid is None:
            rest = rest + inside
        else:
            found.append((table.ys[0], grid))
    free = lines(rest)
    if any(isinstance(block, Grid) for _, block in found):
        found += [(line.middle, line) for line in free]
    else:
        found += _unruled(free, number, height, pages)
    found.sort(key=lambda pair: -pair[0])
    yield from _paragraphs([block for _, block in found], number)


def _unruled(
    lines: list[TextLine], number: int, height: float, pages: Pages
) -> Iterator[tuple[float, Grid | TextLine]]:
    """(height on the page, block): tables without drawn lines, and the lines that are of none."""
    inside = [line for line in lines if _MARGIN < line.middle < height - _MARGIN]
    free = [line for line in lines if not _MARGIN < line.middle < height - _MARGIN]
    end = 0
    for first, last, grid in pages.tables(inside, number):
        yield inside[first].middle, grid
        free += inside[end:first]
        end = last
    for line in [*free, *inside[end:]]:
        yield line.middle, line


def _split(characters: list[Character], table: Table) -> tuple[list[Character], list[Character]]:
    left, right, top, bottom = table.xs[0], table.xs[-1], table.ys[0], table.ys[-1]
    inside: list[Character] = []
    outside: list[Character] = []
    for character in characters:
        _, its_left, its_right, middle, _ = character
        is_inside = bottom - 1 <= middle <= top + 1 and left - 2 <= (its_left + its_right) / 2 <= right + 2
        (inside if is_inside else outside).append(character)
    return inside, outside


def _grid(table: Table, characters: list[Character], pictures: Sequence[Edges], page: int) -> Grid | None:
    """The table's cells with their text; None when it is only a frame around text."""
    height, width = len(table.ys) - 1, len(table.xs) - 1
    at = _places(table.cells, height, width)
    held: list[list[Character]] = [[] for _ in table.cells]
    rows, columns = [-y for y in table.ys[1:-1]], table.inner_lines()
    last, end = -1, 0.0
    for character in characters:
        text, left, right, middle, high = character
        row = bisect_right(rows, -middle)
        place = at[row][bisect_right(columns[row], (left + right) / 2)]
        if place != last and -1 < left - end < TOUCHING * high and text.isdigit() and held[last][-1:]:
            # a number that runs over a line into the next cell
            before = held[last][-1]
            if before.text.isdigit() and abs(before.middle - middle) < 1:
                held[last][-1], character = (each._replace(text=UNKNOWN) for each in (before, character))
        held[place].append(character)
        last, end = place, right
    torn = [part for box, inside in zip(table.cells, held, strict=True) for part in torn_apart(table, box, inside)]
    boxes = [box for box, _ in torn]
    if len(boxes) > len(held):
        at = _places(boxes, height, width)
    texts = [_shown(inside) for _, inside in torn]
    filled = [text for text in texts if text]
    if len(filled) < 2 or sum(len(text) > _PROSE for text in filled) * 2 > len(filled):
        return None
    for left, bottom, right, top in pictures:
        if table.xs[0] < left < right < table.xs[-1] and table.ys[-1] < bottom < top < table.ys[0]:
            row = bisect_right(rows, -top)
            place = at[row][bisect_right(columns[row], left)]
            if not texts[place] and _is_within(table, boxes[place], left, bottom, right):
                texts[place] = PICTURE
    corners = [(box.top, box.left) for box in boxes]
    cells: list[list[str | None]] = [[texts[place] for place in row] for row in at]
    return Grid(cells, [[corners[place] for place in row] for row in at], page=page)


def _is_within(table: Table, box: Box, left: float, bottom: float, right: float) -> bool:
    """Whether a picture whose top left corner is in a cell stands in it, and is not its ground."""
    wide = table.xs[box.right] - table.xs[box.left]
    return right <= table.xs[box.right] and bottom >= table.ys[box.bottom] and right - left < _GROUND * wide


def _shown(characters: list[Character]) -> str:
    """The text of a cell; most hold a single digit, or a line written in order."""
    if len(characters) < 2:
        return characters[0].text if characters else ""
    _, before, _, level, size = characters[0]
    for _, left, _, middle, height in characters:
        if middle != level or height != size or left < before:
            return "\n".join([line.text for line in lines(characters)])
        before = left
    return TextLine(characters).text


def _places(boxes: Iterable[Box], height: int, width: int) -> list[list[int]]:
    """The number of the box at each place, row by row."""
    found = [[0] * width for _ in range(height)]
    for number, (top, left, bottom, right) in enumerate(boxes):
        for row in found[top:bottom]:
            row[left:right] = [number] * (right - left)
    return found


def _paragraphs(found: list[Grid | TextLine], page: int) -> Iterator[Grid | Paragraph]:
    """Lines that run on are one paragraph; lone page numbers are left out."""
    body = [block for block in found if isinstance(block, TextLine)]
    margin = min((line.left for line in body), default=0.0)
    edge = max((line.right for line in body), default=0.0)
    pending: list[TextLine] = []

    def flush() -> Iterator[Paragraph]:
        if pending:
            yield Paragraph("".join(line.text for line in pending), page)
            pending.clear()

    for place, block in enumerate(found):
        if isinstance(block, Grid):
            yield from flush()
            yield block
            continue
        if PAGE_NUMBER.fullmatch(block.text) and place in (0, len(found) - 1):
            continue
        if pending and not _runs_on(pending[-1], block, margin, edge):
            yield from flush()
        pending.append(block)
    yield from flush()


def _runs_on(before: TextLine, line: TextLine, margin: float, edge: float) -> bool:
    size = max(before.height, line.height)
    indented = line.left > margin + 1.2 * line.height
    short = before.right < edge - 2.5 * before.height
    apart = before.middle - line.middle > 2.6 * size
    resized = abs(before.height - line.height) > 0.25 * size
    return not (indented or short or apart or resized)


def append(blocks: list[Grid | Paragraph], found: list[Grid | Paragraph]) -> None:
    """Add a page's blocks; a sentence that the page break cut goes on in its paragraph."""
    if blocks and found:
        last, first = blocks[-1], found[0]
        if isinstance(last, Paragraph) and isinstance(first, Paragraph):
            cut = len(last.text) > 25 and not last.text.endswith(_SENTENCE_END)
            if cut and not re.match(r"[一二三四五六七八九十（(\d]", first.text):
                blocks[-1] = Paragraph(last.text + first.text, last.page)
                found = found[1:]
    blocks += found
