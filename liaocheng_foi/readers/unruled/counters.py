"""Cells of lines, without drawn lines around → the same without a first column that only counts the rows.

It is no figure, and stands left of the labels, where no other figures do.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..figures import FIGURE
from ..letters import TextLine
from .cutting import cut_before

#: So many numbers that follow each other count rows.
_FEWEST = 3
#: The name of the column stands at most so many lines above the first of them.
_NAME = 8


def without_counters(rows: Sequence[list[TextLine]]) -> list[list[TextLine]]:
    """The rows without their numbers and the name above these."""
    apart = [_apart(row) for row in rows]
    found = list(rows)
    for run in _runs(apart):
        numbers, labels = zip(*[apart[i][:2] for i in run], strict=True)
        left, right = min(cell.left for cell in numbers), max(cell.right for cell in numbers)
        edge = min(cell.left for cell in labels)
        words = sum(FIGURE.fullmatch(cell.text) is None for cell in labels)
        among = [i for i in range(run[0], run[-1]) if i not in run and rows[i][0].left < right]
        if len(run) < _FEWEST or 2 * words < len(run) or among:
            continue
        for i in run:
            found[i] = apart[i][1:]
        for i in range(max(run[0] - _NAME, 0), run[0]):
            name, *others = [*cut_before(rows[i][0], edge), *rows[i][1:]]
            if left < name.right <= edge:
                found[i] = others
    return found


def _apart(row: list[TextLine]) -> list[TextLine]:
    """The row with the number that it begins with in a cell of its own."""
    first = row[0].text
    digits = len(first) - len(first.lstrip("0123456789"))
    if not 0 < digits < len(first):
        return row
    return [*cut_before(row[0], row[0].characters[digits].left), *row[1:]]


def _runs(rows: Sequence[list[TextLine]]) -> list[list[int]]:
    """The places of rows that begin with numbers which follow each other."""
    runs: list[list[int]] = []
    last = None
    for i, row in enumerate(rows):
        if len(row) > 1 and row[0].text.isdecimal():
            number = int(row[0].text)
            if number - 1 == last:
                runs[-1].append(i)
            else:
                runs.append([i])
            last = number
    return runs
