"""Drawn lines → the cells of ruled tables: pure geometry, nothing known of PDF or of text.

Coordinates are those of a page as one sees it: x to the right, y upwards, in points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from operator import attrgetter
from typing import NamedTuple

#: Ends and crossings this close are the same; lines of drawn tables miss each other by about a point.
NEAR = 3.0
#: Rows and columns are wider: lines this close are a double one, or one that is broken at the edge of a page.
_THIN = 4.5
#: A line that runs this far past the last crossing shows that the table is open at that side.
OVERHANG = 12.0
#: Lines this much beside the grid line that they are taken for are those of tables that touch each other.
_UNEVEN = 1.0

_Count = Callable[[int, int], None]


class Line(NamedTuple):
    """A horizontal line at y = ``at`` from x = ``low`` to ``high``, or a vertical one with x and y exchanged."""

    at: float
    low: float
    high: float


class Box(NamedTuple):
    """A rectangle of cells: rows and columns from the top left, last one excluded."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Table:
    """One ruled table: where its grid lines lie, and the cells that they bound."""

    xs: list[float]
    ys: list[float]
    """From the top down."""
    cells: list[Box]
    drawn: list[list[float]] | None = None
    """Where the vertical lines lie in each row, where tables that touch each other have lines a little apart."""

    def inner_lines(self) -> list[list[float]]:
        """Where the lines between the columns lie, in each row."""
        return [xs[1:-1] for xs in self.drawn or [self.xs] * (len(self.ys) - 1)]


def joined(lines: Iterable[Line]) -> list[Line]:
    """Collinear pieces that touch, as one line: browsers draw each cell's edge apart."""
    found: list[Line] = []
    for level in _levels(lines):
        at = level[0].at
        first = len(found)
        for _, low, high in sorted(level, key=attrgetter("low")):
            if len(found) > first and low <= found[-1].high + NEAR:
                found[-1] = Line(at, found[-1].low, max(found[-1].high, high))
            else:
                found.append(Line(at, low, high))
    return found


def _levels(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines that lie at the same height, from the lowest up."""
    level: list[Line] = []
    for line in sorted(lines):
        if level and line.at - level[0].at > NEAR / 2:
            yield level
            level = []
        level.append(line)
    if level:
        yield level


def tables(
    horizontal: Iterable[Line], vertical: Iterable[Line], count: _Count = lambda rows, columns: None
) -> list[Table]:
    """The ruled tables of a page, from the top down.

    ``count`` is told how many rows and columns are about to be looked at, and may refuse by an exception.
    """
    rows, columns = joined(horizontal), joined(vertical)
    found = []
    for h, v in _components(rows, columns, count):
        table = _table([rows[i] for i in h], [columns[i] for i in v], count)
        if table is not None:
            found.append(table)
    return sorted(found, key=lambda table: (-table.ys[0], table.xs[0]))


def with_columns_of(table: Table, above: Sequence[float]) -> Table:
    """A table that goes on from the page before, in the columns of that: a cell over two of them draws no line there.

    ``above``: where the grid lines lie there. Another table, one of whose lines lies elsewhere, stays as it is.
    """
    if len(table.xs) >= len(above):
        return table
    places = [min(range(len(above)), key=lambda i: abs(above[i] - x)) for x in table.xs]
    if len(set(places)) < len(places) or any(abs(above[i] - x) > NEAR for i, x in zip(places, table.xs, strict=True)):
        return table
    height, last = len(table.ys) - 1, len(above) - 1
    cells = [box._replace(left=places[box.left], right=places[box.right]) for box in table.cells]
    beside = [Box(0, 0, height, places[0]), Box(0, places[-1], height, last)]
    return Table(list(above), table.ys, cells + [box for box in beside if box.left < box.right])


def _components(rows: Sequence[Line], columns: Sequence[Line], count: _Count) -> list[tuple[list[int], list[int]]]:
    """Lines that hang together by crossings: (horizontal, vertical) indices."""
    parent = list(range(len(rows) + len(columns)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    heights = [row.at for row in rows]
    near = [(bisect_left(heights, c.low - NEAR), bisect_right(heights, c.high + NEAR)) for c in columns]
    count(sum(last - first for first, last in near), 1)
    for number, (column, (first, last)) in enumerate(zip(columns, near, strict=True)):
        for i in range(first, last):
            if rows[i].low - NEAR <= column.at <= rows[i].high + NEAR:
                parent[root(i)] = root(len(rows) + number)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for i in range(len(rows)):
        groups.setdefault(root(i), ([], []))[0].append(i)
    for i in range(len(columns)):
        groups.setdefault(root(len(rows) + i), ([], []))[1].append(i)
    return list(groups.values())


def _snapped(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _THIN:
            found.append(value)
    return found


def _table(rows: list[Line], columns: list[Line], count: _Count) -> Table | None:
    xs = _snapped(column.at for column in columns)
    ys = _snapped(row.at for row in rows)
    if len(xs) < 1 or len(ys) < 1:
        return None
    # a table without its outer lines: the inner ones run past the last crossing
    xs = _opened(xs, [row.low for row in rows], [row.high for row in rows])
    ys = _opened(ys, [column.low for column in columns], [column.high for column in columns])
    if len(xs) < 3 or len(ys) < 2:
        return None
    count(len(ys) - 1, len(xs) - 1)
    ys.reverse()
    return Table(xs, ys, _cells(rows, columns, xs, ys), _drawn(columns, xs, ys))


def _drawn(columns: list[Line], xs: list[float], ys: list[float]) -> list[list[float]] | None:
    """Where the vertical lines lie in each row; None where all lie on the grid lines."""
    on = [(line, bisect_right(xs, line.at) - 1) for line in columns]
    if all(line.at - xs[place] < _UNEVEN for line, place in on):
        return None
    middles = [(one + other) / 2 for one, other in pairwise(ys)]
    drawn = [list(xs) for _ in middles]
    for line, place in on:
        for row, middle in zip(drawn, middles, strict=True):
            if line.low < middle < line.high:
                row[place] = line.at
    return drawn


def _opened(coordinates: list[float], lows: list[float], highs: list[float]) -> list[float]:
    low, high = min(lows, default=coordinates[0]), max(highs, default=coordinates[-1])
    before = [low] if low < coordinates[0] - OVERHANG else []
    after = [high] if high > coordinates[-1] + OVERHANG else []
    return [*before, *coordinates, *after]


def _cells(rows: list[Line], columns: list[Line], xs: list[float], ys: list[float]) -> list[Box]:
    """Places without a line between them are one cell."""
    height, width = len(ys) - 1, len(xs) - 1
    below = _edges(rows, ys, xs)
    beside = _edges(columns, xs, ys)
    parent = list(range(height * width))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for r in range(height):
        for c in range(width):
            if c + 1 < width and (c + 1, r) not in beside:
                parent[root(r * width + c + 1)] = root(r * width + c)
            if r + 1 < height and (r + 1, c) not in below:
                parent[root((r + 1) * width + c)] = root(r * width + c)
    groups: dict[int, list[int]] = {}
    for i in range(height * width):
        groups.setdefault(root(i), []).append(i)
    boxes = []
    for places in groups.values():
        top, bottom = places[0] // width, places[-1] // width + 1
        if len(places) == 1:
            boxes.append(Box(top, places[0] % width, bottom, places[0] % width + 1))
            continue
        left = min(i % width for i in places)
        right = max(i % width for i in places) + 1
        inside = any((i % width, i // width) in beside for i in places if i % width > left) or any(
            (i // width, i % width) in below for i in places if i // width > top
        )
        if len(places) == (bottom - top) * (right - left) and not inside:
            boxes.append(Box(top, left, bottom, right))
        else:
            # no rectangle, or a line within: another is missing somewhere; each place for itself loses nothing
            boxes += [Box(i // width, i % width, i // width + 1, i % width + 1) for i in places]
    return boxes


def _edges(lines: list[Line], own: list[float], across: list[float]) -> set[tuple[int, int]]:
    """(number of the grid line, number of the place along it) of each edge that is drawn."""
    heights, numbers = _ascending(own)
    middles, places = _ascending([(one + other) / 2 for one, other in pairwise(across)])
    drawn: set[tuple[int, int]] = set()
    for line in lines:
        nearest = min(bisect_left(heights, line.at), len(heights) - 1)
        if nearest and line.at - heights[nearest - 1] <= abs(heights[nearest] - line.at):
            nearest -= 1
        first, last = bisect_left(middles, line.low - NEAR), bisect_right(middles, line.high + NEAR)
        drawn.update(zip(repeat(numbers[nearest]), places[first:last]))
    # the outermost lines bound the table whether drawn or not
    for outer in (0, len(own) - 1):
        drawn.update(zip(repeat(outer), places))
    return drawn


def _ascending(values: list[float]) -> tuple[list[float], Sequence[int]]:
    """(the values from the least up, where each stands in the list), for values in order either way."""
    places = range(len(values))
    return (values, places) if values[0] <= values[-1] else (values[::-1], places[::-1])
