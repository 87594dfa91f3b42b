"""What became of each printed cell: right, missing, unsure, wrong or, worst, wrong and silent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from printed import Figure, Key

from liaocheng_foi.label import Cell
from liaocheng_foi.problems import Problem

#: Problems that leave no doubt about any figure.
CERTAIN = frozenset(
    (
        "label-variant", "label-nearest", "edition-unusual", "edition-mixed", "subtotal-added", "other-in-one-row",
        "metadata-missing", "metadata-conflict", "unit-in-cell", "note-missing", "other-year",
    )
)  # fmt: skip
#: Problems about the document as a whole.
EVERYWHERE = frozenset(("page-without-text", "page-recognised", "encoding-replaced", "hidden-markup", "styles-unread"))


def verdicts(printed: Mapping[Key, Figure], cells: Iterable[Cell], problems: Iterable[Problem]) -> dict[Key, str]:
    """key → ``right``, ``missing`` (said so), ``unsure`` (no number, said so), ``wrong`` (said so) or ``silent``.

    A figure that was not printed and yet read is ``wrong`` or ``silent`` too. A problem speaks for a cell when it
    names its table, and its row, column and place as far as it names any.
    """
    doubts = [problem for problem in problems if problem.code not in CERTAIN]
    read = {cell.key: cell for cell in cells}
    found = {}
    for key, figure in printed.items():
        cell = read.get(key)
        if cell is None:
            found[key] = "missing" if any(_names(doubt, key) for doubt in doubts) else "silent"
        elif cell.value == figure.value and (cell.status == figure.status or figure.value is not None):
            found[key] = "right"
        elif any(_names(doubt, key, cell) for doubt in doubts):
            found[key] = "unsure" if cell.value is None else "wrong"
        else:
            found[key] = "silent"
    for key, cell in read.items():
        if key not in printed and cell.value is not None:
            found[key] = "wrong" if any(_names(doubt, key, cell) for doubt in doubts) else "silent"
    return found


def _names(problem: Problem, key: Key, cell: Cell | None = None) -> bool:
    if problem.table is None:
        return problem.code in EVERYWHERE
    if any(
        said not in (None, own) for said, own in zip((problem.table, problem.row, problem.column), key, strict=True)
    ):
        return False
    if cell is None or problem.row is not None or problem.code in ("placed-by-position", "table-twice"):
        return True
    return problem.grid_row in (None, cell.grid_row)
