"""Rows that follow each other without drawn lines around → where the columns change, so that another table begins.

The figures of a table stand below each other, however many cells are blank: none stands in two columns, nor two in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..letters import TextLine
from .cutting import Span, figures_behind
from .placing import figures_of, names_over

#: Fewer figures in a row may span columns, or be no table by themselves.
_FEWEST = 3
#: So many rows with a figure in each column show that these are all, where no header does.
_WITNESSES = 3


def parted(rows: Sequence[list[TextLine]], number: int = 0) -> Iterator[tuple[int, int]]:
    """Where each table begins and ends; ``number`` tells how many columns there are where no header does."""
    figures = [figures_of([part for cell in row for part in figures_behind(cell)]) for row in rows]
    if len(rows) < 2 and len(figures[0]) < _FEWEST:
        return
    number = names_over(rows) or number
    if number < max(map(len, figures)):
        number = 0
    begin = 0
    columns = _Columns(number)
    for i, row in enumerate(figures):
        if not columns.take(row) and not row[0].packed:
            yield begin, i
            begin = i
            columns = _Columns(number)
            columns.take(row)
    yield begin, len(rows)


class _Columns:
    """The columns of the rows taken so far."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._spans: list[Span] = []
        #: rows with a figure in each of them, since the last was added
        self._full = 0

    def take(self, figures: Sequence[TextLine]) -> bool:
        """Whether each figure of a row stands in a column alone, of no more than there are; the row is taken then.

        So is one with some figures more than columns: pieces of numbers.
        """
        spans = list(self._spans)
        has_pieces = self._full and len(spans) < len(figures) < 2 * len(spans)
        if len(figures) < _FEWEST or has_pieces:
            return True
        taken: set[int] = set()
        new: list[Span] = []
        for figure in figures:
            over = [place for place, (left, right) in enumerate(spans) if figure.left < right and left < figure.right]
            if len(over) > 1 or taken.intersection(over):
                return False
            for place in over:
                spans[place] = min(spans[place][0], figure.left), max(spans[place][1], figure.right)
            if not over:
                new.append((figure.left, figure.right))
            taken.update(over)
        are_all = self._full >= _WITNESSES and len(figures) == len(spans)
        if new and (are_all or 0 < self._number < len(spans) + len(new)):
            return False
        self._full = (len(taken) == len(spans)) + (0 if new else self._full)
        self._spans = sorted([*spans, *new])
        return True
