"""The sums of a report as one system, and the fewest slips after which all of them hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

import numpy as np

from ...codebook import codebook
from ...label import Cell
from ..facts import Facts
from ..finding import Key
from ..linear import ABSENT, CELLS, FAIL, UNKNOWN, instances, matrices
from .slips import Candidates, Layout

#: Above this no figure is compared: the sums stay exact well below the bound of 64-bit integers.
_LARGEST = 10**12
#: Most explanations that are told apart, and most slips of one.
MOST, _DEEPEST = 1000, 4


class Slip(NamedTuple):
    """A kind of slip with its cost and its changes: (place of the cell, by how much)."""

    kind: str
    cost: int
    changes: tuple[tuple[int, int], ...]


#: Slips that together make every sum hold.
Explanation = tuple[Slip, ...]


@dataclass(frozen=True)
class System:
    """The equations between the printed figures of one report: what the form asks for and added subtotals.

    ``keys`` names the cells, ``figures`` holds them as whole numbers with blanks as 0, ``fixed`` marks those that hold
    no number for certain. A sum with such a cell is left out; a total left blank is replaced by its parts in the sums
    it enters, and must equal them (``definitions``) in an explanation that fills it.
    """

    keys: list[Key]
    figures: np.ndarray
    fixed: np.ndarray
    empty: np.ndarray
    """Cells with a blank, a slash or a dash."""
    matrix: np.ndarray
    """Sums × cells: 1, −1 or 0."""
    table: list[str]
    """Table of each sum."""
    row: list[str]
    """Row of each sum of the reviews table."""
    definitions: dict[int, np.ndarray]
    """Total left blank -> coefficients of the sum that it is of the printed cells."""
    facts: Facts

    @cached_property
    def residual(self) -> np.ndarray:
        """By how much each sum fails."""
        return self.matrix @ self.figures

    def layout(self, table: str, row: str | None) -> Layout:
        """Places of the cells of a table, or of one row, as printed."""
        place = {key: i for i, key in enumerate(self.keys)}
        on_form = [key for key in self.facts.form_cells(table) if row in (None, key[1])]
        return tuple(tuple(place[key] for key in row) for _, row in groupby(on_form, lambda key: key[1]))

    def part(self, table: str, row: str | None = None) -> np.ndarray:
        """The sums of a table, of one row of the reviews."""
        return np.array([t == table and row in (None, r) for t, r in zip(self.table, self.row, strict=True)], bool)


def system(facts: Facts) -> System:
    """The system of a report."""
    numbers, evaluation = facts.numbers, facts.evaluation
    known = matrices()
    chosen = np.flatnonzero(known.equal & ~known.needs_previous)
    states = evaluation.states[chosen, 0]
    printed = _subtotals(facts)
    keys = [*CELLS, *(line.key for line in printed)]
    figures = np.concatenate([numbers.assumed[:, 0], [line.value for line in printed]])
    values = np.where(np.isfinite(figures) & (np.abs(figures) < _LARGEST), figures, 0)
    fixed = np.array([numbers.value(key) is None for key in CELLS] + [False] * len(printed)) | (values != figures)
    fixed |= values != np.round(values)
    matrix = np.zeros((len(chosen) + len(printed), len(keys)), np.int64)
    matrix[: len(chosen), : len(CELLS)] = (known.left - known.right)[chosen].toarray()
    place = {key: i for i, key in enumerate(keys)}
    for n, line in enumerate(printed, len(chosen)):
        matrix[n, place[line.key]] = 1
        matrix[n, [place[key] for key in facts.cells(*line.key)]] = -1
    active = np.concatenate([~np.isin(states, (UNKNOWN, ABSENT)), np.full(len(printed), True)])
    defined = {}
    for head in (place[key] for key in numbers.derived_cells()):
        values[head] = 0
        # the sum that defines it and cannot be assessed, one whose parts are known
        defining = np.flatnonzero((known.heads[chosen] == head) & (states == UNKNOWN))
        unknown = [int(fixed[np.flatnonzero(matrix[n])].sum()) for n in defining]
        defined[head] = defining[int(np.argmin(unknown))]
        others = np.arange(len(matrix)) != defined[head]
        matrix[others] -= np.outer(matrix[others, head], matrix[defined[head]])
    where = [instances()[n].cell for n in chosen] + [line.key for line in printed]
    where = [cell for cell, keep in zip(where, active, strict=True) if keep]
    empty = np.array([facts.report.status(*key) in ("blank", "not_applicable", "dash") for key in keys])
    return System(
        keys, values.astype(np.int64), fixed, empty, matrix[active], [cell[0] for cell in where],
        [cell[1] if cell[0] == "reviews" else "" for cell in where], {h: matrix[n] for h, n in defined.items()}, facts,
    )  # fmt: skip


def failing(facts: Facts) -> bool:
    """Whether some sum of the form or an added subtotal fails."""
    known = matrices()
    equal = known.equal & ~known.needs_previous
    broken = bool((facts.evaluation.states[equal, 0] == FAIL).any())
    return broken or any(line.value != facts.value(*line.key) for line in _subtotals(facts))


def _subtotals(facts: Facts) -> list[Cell]:
    """Added subtotals of the requests table whose parts are known."""
    lines = [line for line in facts.report.added() if line.table == "requests" and line.value is not None]
    return [line for line in lines if facts.value(*line.key) is not None]


def explanations(of: System, table: str, row: str | None = None, most_slips: int = _DEEPEST) -> list[Explanation]:
    """The explanations with the fewest slips, each set of changes once, in no particular order."""
    part = of.part(table, row)
    matrix, residual = of.matrix[part], of.residual[part]
    report = of.facts.report
    raw = [(report.raw(*key) or "").strip() for key in of.keys]
    totals = np.array([_is_total(key) for key in of.keys])
    candidates = Candidates(
        of.layout(table, row), table == "reviews", of.figures, matrix, residual, of.fixed, of.empty, totals, raw
    )
    return _Search(candidates, of.definitions).fewest(most_slips)


def _is_total(key: Key) -> bool:
    table, row, column = key
    return column == "total" or row == "outcome_total" or row in _groups() or column == "legal_person"


def _groups() -> set[str]:
    return {code.code for code in codebook().select("requests", "group")}


class _Search:
    """Slips by their effect on the sums: one that undoes the residual, two that do, several that share it out."""

    def __init__(self, candidates: Candidates, definitions: dict[int, np.ndarray]) -> None:
        self.slips = candidates
        self.definitions = definitions
        weights = np.random.default_rng(0).integers(-(2**62), 2**62, len(candidates.matrix))
        self.weight = weights @ candidates.matrix
        self.target = -(weights @ candidates.residual)
        order = np.argsort(candidates.slip, kind="stable")
        self.slip, self.cell, self.change = (a[order] for a in (candidates.slip, candidates.cell, candidates.change))
        self.start = np.searchsorted(self.slip, np.arange(len(candidates.kinds) + 1))
        running = np.concatenate([[0], np.cumsum(self.change * self.weight[self.cell])])
        self.effect = running[self.start[1:]] - running[self.start[:-1]]
        #: Slips that do something, the cheapest first.
        self.order = np.argsort(candidates.costs, kind="stable")
        self.order = self.order[self.effect[self.order] != 0]

    def fewest(self, most: int) -> list[Explanation]:
        """Explanations by one slip, else by two, else by slips that each put some of the sums right, up to ``most``."""
        for found in (self._one(), self._two() if most > 1 else (), self._several(most)):
            distinct = _distinct(found)
            if distinct:
                return distinct
        return []

    def _slip(self, n: int) -> Slip:
        at = slice(self.start[n], self.start[n + 1])
        changes = tuple(zip(self.cell[at].tolist(), self.change[at].tolist(), strict=True))
        return Slip(self.slips.kinds[n], int(self.slips.costs[n]), changes)

    def _holds(self, slips: Iterable[Slip]) -> bool:
        """Whether every sum holds after these, no figure falls below 0, and no two change the same cell."""
        after, touched = self.slips.figures.copy(), set()
        for slip in slips:
            for cell, by in slip.changes:
                if cell in touched:
                    return False
                touched.add(cell)
                after[cell] += by
        filled = all(self.definitions[cell] @ after == 0 for cell in touched & self.definitions.keys())
        return filled and not (self.slips.matrix @ after).any() and bool((after[list(touched)] >= 0).all())

    def _one(self) -> Iterator[Explanation]:
        for n in self.order[self.effect[self.order] == self.target]:
            slip = self._slip(n)
            if self._holds([slip]):
                yield (slip,)

    def _two(self) -> Iterator[Explanation]:
        """Pairs whose effects add up to the target, found in the sorted effects."""
        effect = self.effect[self.order]
        by_effect = np.argsort(effect, kind="stable")
        low = np.searchsorted(effect[by_effect], self.target - effect, "left")
        high = np.searchsorted(effect[by_effect], self.target - effect, "right")
        found = 0
        for first in np.flatnonzero(high > low):
            for second in by_effect[low[first] : high[first]]:
                if second > first:
                    pair = self._slip(self.order[first]), self._slip(self.order[second])
                    found += 1
                    if self._holds(pair):
                        yield pair
                    if found > MOST:
                        return

    def _several(self, most: int) -> Iterator[Explanation]:
        """Slips that each put some sums right and leave the others as they are."""
        residual, matrix = self.slips.residual, self.slips.matrix
        effects = np.zeros((len(self.effect), len(residual)), np.int64)
        np.add.at(effects, self.slip, self.change[:, None] * matrix[:, self.cell].T)
        clean = ((effects == 0) | (effects == -residual)).all(axis=1) & (effects != 0).any(axis=1)
        rights = {int(n): frozenset(np.flatnonzero(effects[n]).tolist()) for n in self.order if clean[n]}
        failing = frozenset(np.flatnonzero(residual).tolist())
        for size in range(3, most + 1):
            covers = _covers(failing, rights, size, [MOST * 10])
            found = [tuple(self._slip(n) for n in cover) for cover in covers]
            kept = [slips for slips in found if self._holds(slips)]
            if kept:
                yield from kept
                return


def _covers(
    left: frozenset[int], rights: dict[int, frozenset[int]], size: int, budget: list[int]
) -> Iterator[list[int]]:
    """Every choice of so many slips that put each of the failing sums right once."""
    if not left:
        yield []
    if not left or not size or budget[0] <= 0:
        return
    choices = {i: [n for n, sums in rights.items() if i in sums and sums <= left] for i in left}
    for n in min(choices.values(), key=lambda slips: (len(slips), slips)):
        budget[0] -= 1
        for rest in _covers(left - rights[n], rights, size - 1, budget):
            yield [n, *rest]


def _distinct(found: Iterable[Explanation]) -> list[Explanation]:
    """Of explanations that change the same cells to the same figures the cheapest."""
    best: dict[tuple[tuple[int, int], ...], Explanation] = {}
    for slips in found:
        changes = tuple(sorted(change for slip in slips for change in slip.changes))
        known = best.get(changes)
        if known is None or cost(slips) < cost(known):
            best[changes] = slips
    return list(best.values())


def cost(slips: Explanation) -> int:
    """Of an explanation: the sum over its slips."""
    return sum(slip.cost for slip in slips)
