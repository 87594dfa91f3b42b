"""Formulas over the cells of the form, written as a person writes them, computed for every report at once.

A row code of the requests table stands for that row in the column of the applicant asked for (``granted``); a
column in brackets names a cell (``received_new[natural_person]``, ``reconsideration[corrected]``,
``normative_document[in_force]``); ``previous(…)`` is the figure of the report of the year before;
``cells_reported`` and ``cells_expected`` count a report's cells; other names (``population``) are figures from
outside. ``+ - *`` and ``**`` combine them.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..codebook import GROUPS, TABLES, codebook
from ..problems import SelectionError
from .cube import COUNTED, NO_REPORT, Cells, Cube

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPERATIONS: dict[type[ast.operator], Callable] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Pow: operator.pow,
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One cell in a formula."""

    table: str
    """Table of the form; ``report`` for a count of its cells, ``external`` for a figure from outside."""
    row: str
    column: str | None
    """None: the applicant asked for."""
    previous: bool

    def read(self, cube: Cube, applicant: str, external: Mapping[str, Cells]) -> Cells:
        """The cell of every report."""
        if self.table == "external":
            return external[self.row]
        if self.table == "report":
            return cube.counted(self.row)
        cells = cube.take(self.table, self.row, self.column or applicant)
        return before(cells, cube) if self.previous else cells


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula: what it reads and how it computes."""

    text: str
    references: tuple[Reference, ...]
    """In the order written, each once."""
    _tree: ast.expr

    def compute(self, read: Callable[[Reference], np.ndarray]) -> np.ndarray:
        """The value for every report, from the values of its references; nan where one is nan."""
        return _compute(self._tree, read)


def before(cells: Cells, cube: Cube) -> Cells:
    """The same quantity in the report of the year before."""
    at, there = cube.previous, cube.previous >= 0
    return Cells(
        np.where(there, cells.values[at], np.nan),
        np.where(there, cells.states[at], NO_REPORT),
        np.where(there, cells.filled[at], 0),
    )


@cache
def formula(text: str) -> Formula:
    """Parse a formula. Raises :class:`SelectionError` for a code the form does not have, or other arithmetic."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        raise SelectionError(f"the formula {text!r} cannot be read.") from None
    return Formula(text, tuple(dict.fromkeys(_references(tree))), tree)


def _references(node: ast.expr) -> Iterator[Reference]:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        yield from _references(node.left)
        yield from _references(node.right)
    elif not isinstance(node, ast.Constant):
        yield _reference(node)


@cache
def _reference(node: ast.expr) -> Reference:
    previous = isinstance(node, ast.Call) and ast.unparse(node.func) == "previous" and len(node.args) == 1
    inner = node.args[0] if previous else node  # type: ignore[attr-defined]
    column = ast.unparse(inner.slice) if isinstance(inner, ast.Subscript) else None
    row = ast.unparse(inner.value if isinstance(inner, ast.Subscript) else inner)
    table = _tables().get(row, "external")
    if table == "external" and row not in EXTERNAL:
        raise SelectionError(f"{row!r} is no row of the form.")
    if table in ("proactive", "reviews") and column is None:
        raise SelectionError(f"{row!r} needs a column: {row}[…].")
    return Reference(table, row, column, previous)


#: Figures a formula may use that no table of the form holds: residents; sums of the form that could be checked and
#: that hold; numbers of the text that could be checked and that agree; days from publication to the deadline;
#: corrections on record.
EXTERNAL = (
    "population", "sums_held", "sums_assessable", "numbers_agreeing", "numbers_checked", "days_before_deadline",
    "revisions",
)  # fmt: skip


@cache
def _tables() -> dict[str, str]:
    """Row code -> table; row codes are unique over the tables."""
    rows = {code.code: table for table in TABLES for code in codebook().select(table, "row")}
    return rows | dict.fromkeys(GROUPS, "requests") | dict.fromkeys(COUNTED, "report")


def _compute(node: ast.expr, read: Callable[[Reference], np.ndarray]) -> np.ndarray:
    if isinstance(node, ast.BinOp):
        return _OPERATIONS[type(node.op)](_compute(node.left, read), _compute(node.right, read))
    if isinstance(node, ast.Constant):
        return node.value  # type: ignore[return-value]
    return read(_reference(node))
