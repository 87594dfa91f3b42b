"""Figures of a page whose text a program has printed letter by letter: what stands close on the page comes to stand one
or two blanks apart, out of its place.

Such a figure is in the column next to the one before, where a blank column between would have kept them further apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..figures import FIGURE
from ..letters import TextLine
from .cutting import Span, figures_behind

#: Texts further apart than so many letters of a page are not set close: no column between is so wide.
_ROOM = 1.5
#: A digit is so wide, in Chinese letters.
_DIGIT = 0.5

#: A cell and the column that it stands in; None for the labels left of all columns.
Placed = tuple[TextLine, int | None]


def widths(rows: Sequence[list[TextLine]], spans: Sequence[Span]) -> list[float]:
    """How wide each column is at least, in letters of the page: as wide as the longest figure in it."""
    found = [0.0] * len(spans)
    for row in rows:
        for cell in row:
            place = _over(cell, spans)
            if place is not None and FIGURE.fullmatch(cell.text):
                found[place] = max(found[place], _DIGIT * len(cell.text))
    return found


def placed(row: Sequence[TextLine], spans: Sequence[Span], widths: Sequence[float]) -> list[Placed] | None:
    """The cells of a row some of whose figures stand close to others, each in its column; None where that is in doubt.

    A figure for each column leaves no doubt.
    """
    chains = [figures_behind(cell) for cell in row]
    figures = [part for chain in chains for part in chain if FIGURE.fullmatch(part.text)]
    if len(figures) == len(spans):
        places = iter(range(len(spans)))
        return [(part, next(places) if part in figures else None) for chain in chains for part in chain]
    found: list[Placed] = []
    last = -1
    for chain in chains:
        for i, part in enumerate(chain):
            if not FIGURE.fullmatch(part.text):
                if last >= 0:
                    return None
                found.append((part, None))
                continue
            place = last + 1 if i else _over(part, spans)
            if place is None or not last < place < len(spans) or (i and widths[place] < _ROOM):
                return None
            found.append((part, place))
            last = place
    return found


def _over(cell: TextLine, spans: Sequence[Span]) -> int | None:
    """The one column that a cell overlaps."""
    over = [place for place, (left, right) in enumerate(spans) if cell.left < right and left < cell.right]
    return over[0] if len(over) == 1 else None
