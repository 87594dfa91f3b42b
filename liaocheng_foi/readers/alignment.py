"""Tables without drawn lines: columns found from where the figures stand below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..grid import Grid
from .letters import Character, TextLine

_FIGURE = re.compile(r"[+\-−]?[\d,，.]+(?:元|万元|件|项)?|[/／—–-]{1,2}|无")
#: A gap wider than this many character heights parts two cells; digits of one number stand closer than words.
_GAP, _GAP_OF_DIGITS = 0.8, 0.12
#: Lines further apart than this many heights are not of one table.
_APART = 4.0


def aligned(lines: Sequence[TextLine], page: int) -> Iterator[tuple[float, Grid | TextLine]]:
    """(height on the page, block): runs of lines with figures in columns as grids, other lines as they are."""
    cut = [_cells(line) for line in lines]
    first = 0
    while first < len(lines):
        last = _run(lines, cut, first)
        grid = _grid([cut[i] for i in range(first, last)], page) if last > first else None
        if grid is None:
            yield lines[first].middle, lines[first]
            first += 1
        else:
            yield lines[first].middle, grid
            first = last


def _cells(line: TextLine) -> list[TextLine]:
    parts: list[list[Character]] = [[line.characters[0]]]
    for before, character in zip(line.characters, line.characters[1:], strict=False):
        digits = before.text.isdigit() and character.text.isdigit()
        if character.left - before.right > (_GAP_OF_DIGITS if digits else _GAP) * max(before.height, 1.0):
            parts.append([])
        parts[-1].append(character)
    return [TextLine(part) for part in parts]


def _is_tabular(cells: list[TextLine]) -> bool:
    return len(cells) >= 3 or (len(cells) == 2 and any(_FIGURE.fullmatch(cell.text) for cell in cells))


def _run(lines: Sequence[TextLine], cut: list[list[TextLine]], first: int) -> int:
    """The end of the table that begins at a line: short lines inside it are the rest of cut labels."""
    if not _is_tabular(cut[first]):
        return first
    last = first + 1
    for i in range(first + 1, len(lines)):
        if lines[i - 1].middle - lines[i].middle > _APART * lines[i].height:
            break
        if _is_tabular(cut[i]):
            last = i + 1
        elif i - last >= 3 or len(lines[i].text) > 40:
            break
    return last


def _grid(rows: list[list[TextLine]], page: int) -> Grid | None:
    spans = _columns(rows)
    if len(spans) < 2 or len(rows) < 2:
        return None
    cells: list[list[str | None]] = []
    for row in rows:
        line: list[str | None] = [""] * (len(spans) + 2)
        for cell in row:
            middle = (cell.left + cell.right) / 2
            if cell.right <= spans[0][0] + 1:
                # labels stand left of the figures: a group's heading, then the row's own
                place = 0 if line[0] == "" and cell is not row[-1] and _is_label(row, cell) else 1
            else:
                place = 2 + min(range(len(spans)), key=lambda i: abs(sum(spans[i]) / 2 - middle))
            line[place] = f"{line[place]}{cell.text}" if line[place] else cell.text
        cells.append(line)
    return Grid.from_rows(cells, page=page, ruled=False)


def _is_label(row: list[TextLine], cell: TextLine) -> bool:
    """Whether another label stands between this one and the figures."""
    after = row[row.index(cell) + 1]
    return not _FIGURE.fullmatch(after.text)


def _columns(rows: list[list[TextLine]]) -> list[tuple[float, float]]:
    """The extents of the columns that figures make, from the left."""
    figures = sorted((cell.left, cell.right) for row in rows for cell in row if _FIGURE.fullmatch(cell.text))
    spans: list[tuple[float, float]] = []
    for left, right in figures:
        if spans and left <= spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], max(spans[-1][1], right))
        else:
            spans.append((left, right))
    return spans
