"""Every single slip that could explain sums that fail: which cells would change, and by how much.

Most are figures that stand in the wrong place: cells, columns or rows swapped, a run of figures shifted by one. Where
they would belong is known before any figure is (:func:`_moves`, built once per form). The others depend on the
figures or on by how much the sums fail (:class:`Candidates`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise

import numpy as np

from .kinds import FARTHER, SLIP, of_cell
from .system import Layout, System

#: (kind, cost, cells to change, cells whose figures they take, cells that must hold nothing)
_Move = tuple[str, int, np.ndarray, np.ndarray, np.ndarray]
_NONE = np.zeros(0, int)
#: Most digits of a count.
_DIGITS = 9


def _runs(length: int, least: int) -> Iterator[tuple[int, int]]:
    """(first, one behind the last) of every run of at least so many."""
    return ((i, j) for i in range(length) for j in range(i + least, length + 1))


def _swaps(grid: np.ndarray) -> Iterator[_Move]:
    """Two cells of a row; neighbours in a column; two rows; two columns, from a row on or down to a row."""
    rows, columns = grid.shape
    for a, b in combinations(range(columns), 2):
        near = SLIP if b == a + 1 else FARTHER
        for row in grid:
            yield _swap(row[[a]], row[[b]], near)
        for i in range(rows - 1):
            yield _swap(grid[i:, a], grid[i:, b], SLIP)
            yield _swap(grid[: i + 1, a], grid[: i + 1, b], SLIP) if i else _swap(grid[:, a], grid[:, b], SLIP)
    for i, j in combinations(range(rows), 2):
        yield _swap(grid[i], grid[j], SLIP if j == i + 1 else FARTHER)
        if j == i + 1:
            yield from (_swap(grid[[i], c], grid[[j], c], SLIP) for c in range(columns))


def _swap(one: np.ndarray, other: np.ndarray, cost: int) -> _Move:
    return "swapped", cost, np.concatenate([one, other]), np.concatenate([other, one]), _NONE


def _shifts(grid: np.ndarray, in_line: bool) -> Iterator[_Move]:
    """A run of a row, of a column, of whole rows; ``in_line``: a run of the table read as one line.

    The run closes up on a cell that holds nothing, which comes to stand at its other end.
    """
    rows, columns = grid.shape
    lines = [*grid, *grid.T, *([grid.reshape(-1)] if in_line else [])]
    for line in lines:
        for i, j in _runs(len(line), 3):
            yield from _turned(line[i:j])
    for i, j in _runs(rows, 2):
        yield from _turned(grid[i:j])


def _turned(run: np.ndarray) -> Iterator[_Move]:
    ends = run[:1].ravel(), run[-1:].ravel()
    yield "shifted", SLIP, run.ravel(), np.concatenate([run[1:].ravel(), ends[0]]), ends[0]
    yield "shifted", SLIP, run.ravel(), np.concatenate([ends[1], run[:-1].ravel()]), ends[1]


class Moves:
    """Figures in the wrong place, as flat arrays: entry by entry the slip, the cell, the cell it takes from."""

    def __init__(self, layout: Layout, in_line: bool) -> None:
        grid = np.array(layout)
        every = [*_swaps(grid), *_shifts(grid, in_line)]
        self.kinds = [move[0] for move in every]
        self.costs = [move[1] for move in every]
        sizes = [len(move[2]) for move in every]
        self.slip = np.repeat(np.arange(len(every)), sizes)
        self.cell = np.concatenate([move[2] for move in every])
        self.source = np.concatenate([move[3] for move in every])
        self.empty_slip = np.repeat(np.arange(len(every)), [len(move[4]) for move in every])
        self.empty = np.concatenate([move[4] for move in every])


@cache
def moves(layout: Layout, in_line: bool) -> Moves:
    """Built once for every form of the table."""
    return Moves(layout, in_line)


class Candidates:
    """Every single slip in a table, or a row: flat arrays ``slip``, ``cell``, ``change``; of each its kind and cost."""

    def __init__(self, system: System, table: str, row: str | None) -> None:
        part = system.part(table, row)
        self.matrix, self.residual = system.matrix[part], system.residual[part]
        self.layout, self.of_reviews = system.layout(table, row), table == "reviews"
        self.system, self.figures, self.unknown = system, system.figures, system.unknown
        self.sums: list[dict[int, int]] = [{int(i): int(c[i]) for i in np.flatnonzero(c)} for c in self.matrix.T]
        kinds, costs, moved = self._moved()
        found = [*self._of_cells(), *self._misfiled(), *self._split(), *self._pushed_out()]
        self.kinds = [*kinds, *(kind for kind, _, _ in found)]
        self.costs = np.array([*costs, *(cost for _, cost, _ in found)])
        slips = enumerate((changes for _, _, changes in found), len(kinds))
        entries = [(n, cell, by) for n, changes in slips for cell, by in changes.items() if by]
        # the slip, the cell and the change of every entry
        self.slip, self.cell, self.change = np.concatenate(
            [moved, np.array(entries, np.int64).reshape(-1, 3).T], axis=1
        )

    def _moved(self) -> tuple[list[str], list[int], np.ndarray]:
        known = moves(self.layout, self.of_reviews)
        change = self.figures[known.source] - self.figures[known.cell]
        barred = np.zeros(len(known.kinds), bool)
        barred[known.empty_slip[self.figures[known.empty] != 0]] = True
        changed = change != 0
        barred[known.slip[changed & (self.unknown[known.cell] | self.unknown[known.source])]] = True
        keep = changed & ~barred[known.slip]
        return known.kinds, known.costs, np.array([known.slip, known.cell, change])[:, keep]

    def _of_cells(self) -> Iterator[tuple[str, int, dict[int, int]]]:
        """One cell, by what makes one of its sums hold."""
        for cell, sums in enumerate(self.sums):
            if self.unknown[cell]:
                continue
            for by in {-int(self.residual[i]) // c for i, c in sums.items() if self.residual[i] % c == 0} - {0}:
                printed = int(self.figures[cell])
                if printed + by >= 0:
                    empty = self.system.empty[cell] or (printed == 0 and self.system.totals[cell])
                    yield *of_cell(printed, printed + by, empty), {cell: by}

    def _misfiled(self) -> Iterator[tuple[str, int, dict[int, int]]]:
        """Some cases of one cell belong into another of its row or column."""
        lines = [*self.layout, *zip(*self.layout, strict=True)]
        for line in lines:
            for (at, a), (to, b) in combinations(enumerate(line), 2):
                if self.system.totals[a] or self.system.totals[b] or self.unknown[a] or self.unknown[b]:
                    continue
                for by in self._moving(a, b):
                    source, target, count = (a, b, by) if by > 0 else (b, a, -by)
                    if self.figures[source] >= count:
                        cost = SLIP + (to - at > 1) + (count > 1)
                        yield "misfiled", cost, {source: -count, target: count}

    def _moving(self, a: int, b: int) -> set[int]:
        """How many moved from a to b make one of the sums hold that have only one of them; below 0 for b to a."""
        found = set()
        for i in self.sums[a].keys() ^ self.sums[b].keys():
            if self.residual[i]:
                coefficient = self.sums[b].get(i, 0) - self.sums[a].get(i, 0)
                found.add(-int(self.residual[i]) * coefficient)
        return found

    def _split(self) -> Iterator[tuple[str, int, dict[int, int]]]:
        """Two neighbours are one number, the other holds nothing."""
        for row in self.layout:
            for a, b in pairwise(row):
                whole = self._joined(a, b)
                if whole is not None:
                    x, y = int(self.figures[a]), int(self.figures[b])
                    yield "split", SLIP, {a: whole - x, b: -y}
                    yield "split", SLIP, {a: -x, b: whole - y}

    def _joined(self, a: int, b: int) -> int | None:
        first, second = self.system.printed[a], self.system.printed[b]
        if (
            self.unknown[a]
            or self.unknown[b]
            or not (first.isdecimal() and second.isdecimal())
            or first.startswith("0")
        ):
            return None
        return int(first + second) if len(first + second) < 12 else None

    def _pushed_out(self) -> Iterator[tuple[str, int, dict[int, int]]]:
        """The end of a row moved by one, its last figure, the total, lost: by a cell too many or a number split.

        Not asked of the reviews, where the total is no part of another sum that could tell.
        """
        for row in self.layout if not self.of_reviews else ():
            values = [int(self.figures[cell]) for cell in row]
            if self.unknown[list(row)].any() or not any(values):
                continue
            for i in range(len(row) - 1):
                rest = values[i + 1 :]
                whole = self._joined(row[i], row[i + 1])
                shifted, split = rest if values[i] == 0 else None, whole and [whole, *rest[1:]]
                for kind, moved in (("shifted", shifted), ("split", split)):
                    if moved and any(rest):
                        proposed = [*values[:i], *moved]
                        proposed.append(sum(proposed))
                        yield kind, SLIP, {c: q - p for c, p, q in zip(row, values, proposed, strict=True)}
