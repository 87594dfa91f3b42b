"""The fewest slips after which all sums hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np

from .slips import Candidates
from .system import System

#: Most explanations by several slips that are told apart, and most slips of one.
MOST, _DEEPEST = 200, 4
#: Size of an explanation -> of how many likely slips all but two of its slips are.
_STARTS = {3: 60, 4: 12}


class Slip(NamedTuple):
    """A kind of slip with its cost and its changes: (place of the cell, by how much)."""

    kind: str
    cost: int
    changes: tuple[tuple[int, int], ...]


#: Slips that together make every sum hold.
Explanation = tuple[Slip, ...]


def explanations(system: System, table: str, row: str | None = None, most_slips: int = _DEEPEST) -> list[Explanation]:
    """Of what fails in a table, or in one row, with the fewest slips; each set of changes once, the order is open."""
    return _Search(system, Candidates(system, table, row)).fewest(most_slips)


def cost(slips: Explanation) -> int:
    """Of an explanation: the sum over its slips."""
    return sum(slip.cost for slip in slips)


class _Search:
    """Slips by their effect on the sums: one that undoes the residual, two that do, several that share it out."""

    def __init__(self, system: System, candidates: Candidates) -> None:
        self.system, self.slips = system, candidates
        # sums of slips are compared by one number: a fixed weight for each sum of the form, modulo 2**64
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
        """Explanations by one slip, else by two, else by slips of which all but two are likely ones, up to ``most``."""
        for size in range(1, most + 1):
            found = self._one() if size == 1 else self._pairs(self.target) if size == 2 else self._several(size)
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
        after, touched = self.system.figures.copy(), set()
        for slip in slips:
            for cell, by in slip.changes:
                if cell in touched:
                    return False
                touched.add(cell)
                after[cell] += by
        blanks = self.system.definitions
        filled = all(blanks[cell] @ after == 0 for cell in touched & blanks.keys())
        return filled and not (self.slips.matrix @ after).any() and bool((after[list(touched)] >= 0).all())

    def _one(self) -> Iterator[Explanation]:
        for n in self.order[self.effect[self.order] == self.target]:
            slip = self._slip(n)
            if self._holds([slip]):
                yield (slip,)

    def _pairs(self, target: np.int64, others: Explanation = ()) -> Iterator[Explanation]:
        """Pairs whose effects add up to the target, found in the sorted effects; together with ``others``."""
        by_effect, sorted_effects = self.by_effect
        effect = self.effect[self.order]
        low = np.searchsorted(sorted_effects, target - effect, "left")
        high = np.searchsorted(sorted_effects, target - effect, "right")
        found = 0
        for first in np.flatnonzero(high > low):
            for second in by_effect[low[first] : high[first]]:
                if second > first:
                    slips = *others, self._slip(self.order[first]), self._slip(self.order[second])
                    found += 1
                    if self._holds(slips):
                        yield slips
                    if found > MOST:
                        return

    @cached_property
    def by_effect(self) -> tuple[np.ndarray, np.ndarray]:
        """Places in :attr:`order` by the effect of their slips, and these effects."""
        effect = self.effect[self.order]
        places = np.argsort(effect, kind="stable")
        return places, effect[places]

    @cached_property
    def effects(self) -> np.ndarray:
        """By how much each slip changes each sum."""
        effects = np.zeros((len(self.effect), len(self.slips.residual)), np.int64)
        np.add.at(effects, self.slip, self.change[:, None] * self.slips.matrix[:, self.cell].T)
        return effects

    @cached_property
    def rights(self) -> dict[int, frozenset[int]]:
        """Slips that put some failing sums right and leave the others as they are, with these sums."""
        effects = self.effects
        clean = ((effects == 0) | (effects == -self.slips.residual)).all(axis=1) & (effects != 0).any(axis=1)
        return {int(n): frozenset(np.flatnonzero(effects[n]).tolist()) for n in self.order if clean[n]}

    @cached_property
    def likely(self) -> list[int]:
        """The slips after which the fewest sums fail, fewer than now, the cheapest first of as many."""
        failing = np.count_nonzero(self.effects[self.order] + self.slips.residual, axis=1)
        best = np.argsort(failing, kind="stable")
        return self.order[best[failing[best] < np.count_nonzero(self.slips.residual)]].tolist()

    def _several(self, size: int) -> Iterator[Explanation]:
        """So many slips: each puts some sums right, or two do what likely ones leave."""
        failing = frozenset(np.flatnonzero(self.slips.residual).tolist())
        for cover in _covers(failing, self.rights, size, [2 * MOST]):
            slips = tuple(self._slip(n) for n in cover)
            if self._holds(slips):
                yield slips
        for chosen in combinations(self.likely[: _STARTS[size]], size - 2):
            slips = tuple(self._slip(n) for n in chosen)
            left = self.target[None] - self.effect[list(chosen)].sum(keepdims=True)
            yield from self._pairs(left[0], slips)


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
