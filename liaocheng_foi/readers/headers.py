"""Labels above columns of figures, without drawn lines around → which label stands over which column."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from .cutting import Span
from .letters import TextLine

_FAR = float("inf")


class Name:
    """Labels that stand over each other."""

    __slots__ = ("cells", "left", "right")

    def __init__(self, lowest: TextLine) -> None:
        self.cells = [lowest]
        self.left, self.right = lowest.left, lowest.right

    @property
    def top(self) -> float:
        """The height of its highest line."""
        return max(cell.middle for cell in self.cells)

    @property
    def bottom(self) -> float:
        """The height of its lowest line."""
        return min(cell.middle for cell in self.cells)

    def is_over(self, span: Span) -> bool:
        """Whether one of its lines stands over a column; one that reaches further than the lowest may be a heading."""
        edge = self.cells[0].least_letter
        return any(
            cell.left < span[1] and span[0] < cell.right
            for cell in self.cells
            if self.left - edge <= cell.left and cell.right <= self.right + edge
        )


def names_of(header: Sequence[list[TextLine]]) -> list[Name]:
    """The names of columns, from the left; headings over several of them are none."""
    found: list[Name] = []
    for row in reversed(header):
        for cell in row:
            over = [name for name in found if cell.left < name.right and name.left < cell.right]
            if not over:
                found.insert(bisect_left(found, cell.left, key=lambda name: name.left), Name(cell))
            elif len(over) == 1:
                over[0].cells.append(cell)
    # what stands higher than both beside it is a heading over the two
    between = {
        place
        for place, (left, name, right) in enumerate(zip(found, found[1:], found[2:], strict=False), start=1)
        if name.bottom > left.top and name.bottom > right.top
    }
    return [name for place, name in enumerate(found) if place not in between]


def in_columns(names: Sequence[Name], spans: Sequence[Span]) -> tuple[list[Span], list[Name]]:
    """The columns, also those without a figure below their name, and their names; none where these are in doubt.

    A name stands over its column; between such columns others stand in order where there are as many as names.
    """
    over = [[place for place, name in enumerate(names) if name.is_over(span)] for span in spans]
    known = [(-1, -1), *((i, places[0]) for i, places in enumerate(over) if len(places) == 1), (len(spans), len(names))]
    span_of: dict[int, Span] = {}
    for (i, first), (j, last) in pairwise(known):
        between = range(first + 1, last)
        if last <= first or j - i - 1 not in (0, len(between)):
            return list(spans), []
        for place, span in zip(between, spans[i + 1 : j], strict=False):
            before = spans[i + place - first - 1][1] if i + place - first - 1 >= 0 else -_FAR
            behind = spans[i + place - first + 1][0] if i + place - first + 1 < len(spans) else _FAR
            if not before <= names[place].left <= names[place].right <= behind:
                return list(spans), []
            span_of[place] = span
        if j < len(spans):
            span_of[last] = spans[j]
    return [span_of.get(place, (name.left, name.right)) for place, name in enumerate(names)], list(names)
