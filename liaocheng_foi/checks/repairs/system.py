"""The sums of a report as one system of equations between its printed figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np

from ...codebook import codebook
from ...label import Cell
from ..facts import Facts
from ..finding import Key
from ..linear import ABSENT, CELLS, FAIL, UNKNOWN, instances, matrices

#: Places of a table's cells, row by row.
Layout = tuple[tuple[int, ...], ...]

#: From here on a figure is no count: below it sums of figures are exact in 64 bits.
_NO_COUNT = 10**12


@dataclass(frozen=True)
class System:
    """What the form and added subtotals ask of the printed figures: ``matrix`` (sums × cells) times ``figures`` is 0.

    A sum with a cell that holds no number for certain is left out. A total left blank stands in ``figures`` as 0; in
    the sums that it enters it is replaced by its parts, and what fills it must equal them (``definitions``).
    """

    facts: Facts
    keys: Sequence[Key]
    """Every cell of either form, then the added subtotals."""
    figures: np.ndarray
    """Whole numbers, blanks as 0."""
    unknown: np.ndarray
    """Cells that hold no number for certain."""
    matrix: np.ndarray
    """1, −1 or 0."""
    heads: Sequence[Key]
    """The cell that each sum is filed under."""
    definitions: dict[int, np.ndarray]
    """Place of a total left blank -> coefficients of the sum that it is."""

    @cached_property
    def residual(self) -> np.ndarray:
        """By how much each sum fails."""
        return self.matrix @ self.figures

    @cached_property
    def printed(self) -> list[str]:
        """The text of each cell."""
        return [(self.facts.report.raw(*key) or "").strip() for key in self.keys]

    @cached_property
    def empty(self) -> np.ndarray:
        """Cells with a blank, a slash or a dash."""
        return np.array([self.facts.report.status(*key) in ("blank", "not_applicable", "dash") for key in self.keys])

    @cached_property
    def totals(self) -> np.ndarray:
        """Cells that are sums of others."""
        groups = {code.code for code in codebook().select("requests", "group")} | {"outcome_total"}
        return np.array([column in ("total", "legal_person") or row in groups for _, row, column in self.keys])

    def layout(self, table: str, row: str | None = None) -> Layout:
        """Places of the cells of a table, or of one row of it, as printed."""
        place = {key: i for i, key in enumerate(self.keys)}
        cells = [key for key in self.facts.form_cells(table) if row in (None, key[1])]
        return tuple(tuple(place[key] for key in line) for _, line in groupby(cells, lambda key: key[1]))

    def part(self, table: str, row: str | None = None) -> np.ndarray:
        """Which sums are of a table, of one row of it."""
        return np.array([head[0] == table and row in (None, head[1]) for head in self.heads], bool)


def failing(facts: Facts) -> bool:
    """Whether some sum of the form or an added subtotal fails."""
    states = facts.evaluation.states[_equations(), 0]
    return bool((states == FAIL).any()) or any(line.value != facts.value(*line.key) for line in _subtotals(facts))


def system(facts: Facts, subtotals: bool = True) -> System:
    """The system of a report, with or without its added subtotals."""
    chosen, known, added = _equations(), matrices(), _subtotals(facts) if subtotals else []
    states = facts.evaluation.states[chosen, 0]
    keys = [*CELLS, *(line.key for line in added)]
    there = np.array([key in facts.values for key in CELLS] + [True] * len(added))
    printed = np.append(facts.numbers.assumed[:, 0], [line.value for line in added])
    counts = (np.abs(printed) < _NO_COUNT) & (printed == np.round(printed))
    figures, unknown = np.where(counts, printed, 0).astype(np.int64), ~(there & counts)
    matrix = np.zeros((len(chosen) + len(added), len(keys)), np.int64)
    matrix[: len(chosen), : len(CELLS)] = (known.left - known.right)[chosen].toarray()
    place = {key: i for i, key in enumerate(keys)}
    for n, line in enumerate(added, len(chosen)):
        matrix[n, place[line.key]] = 1
        matrix[n, [place[key] for key in facts.cells(*line.key)]] = -1
    definitions = {}
    for head in (place[key] for key in facts.numbers.derived_cells()):
        figures[head] = 0
        defining = np.flatnonzero((known.heads[chosen] == head) & (states == UNKNOWN))
        by = min(defining, key=lambda n: int(unknown[matrix[n] != 0].sum()))
        others = np.arange(len(matrix)) != by
        matrix[others] -= np.outer(matrix[others, head], matrix[by])
        definitions[head] = matrix[by]
    asked = np.append(~np.isin(states, (UNKNOWN, ABSENT)), np.full(len(added), True))
    asked &= ~(matrix[:, there & ~counts] != 0).any(axis=1)
    heads = [*(instances()[n].cell for n in chosen), *(line.key for line in added)]
    heads = [head for head, keep in zip(heads, asked, strict=True) if keep]
    return System(facts, keys, figures, unknown, matrix[asked], heads, definitions)


def _equations() -> np.ndarray:
    """Places of the sums within one report among all linear rules."""
    known = matrices()
    return np.flatnonzero(known.equal & ~known.needs_previous)


def _subtotals(facts: Facts) -> list[Cell]:
    """Added subtotals of the requests table whose parts are known."""
    lines = [line for line in facts.report.added() if line.table == "requests" and line.value is not None]
    return [line for line in lines if facts.value(*line.key) is not None]
