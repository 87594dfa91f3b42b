"""Labels above columns of figures, without drawn lines around → which label stands over which column."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from ..letters import TextLine
from .cutting import Span

_FAR = float("inf")
#: Edges this close, in units of the page, are one.
_NEAR = 1.0


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
        """Whether one of its lines stands over a column."""
        return any(cell.left < span[1] and span[0] < cell.right for cell in self._lines())

    def edges(self) -> Span:
        """Where its lines begin and end."""
        lines = self._lines()
        return min(cell.left for cell in lines), max(cell.right for cell in lines)

    def _lines(self) -> list[TextLine]:
        """Its lines; one that reaches further than the lowest may be a heading."""
        edge = self.cells[0].least_letter
        return [cell for cell in self.cells if self.left - edge <= cell.left and cell.right <= self.right + edge]


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


def one_for_each(names: Sequence[Name], spans: Sequence[Span], rows: Sequence[Sequence[TextLine]]) -> list[Span]:
    """The columns, those below one name as one: some of its figures stand at the left, as texts do, others do not.

    Where not all names have columns, or a row has figures in two below one name, they are left as they are.
    """
    over = [[place for place, name in enumerate(names) if name.is_over(span)] for span in spans]
    if any(len(places) != 1 for places in over) or len({place for (place,) in over}) < len(names):
        return list(spans)
    for figures in rows:
        named = [over[bisect_right(spans, figure.left, key=itemgetter(0)) - 1][0] for figure in figures]
        if len(set(named)) < len(named):
            return list(spans)
    below = [[span for span, (place,) in zip(spans, over, strict=True) if place == name] for name in range(len(names))]
    return [(parts[0][0], parts[-1][1]) for parts in below]


def in_columns(names: Sequence[Name], spans: Sequence[Span]) -> tuple[list[Span], list[Name]]:
    """The columns, also those without a figure below their name, and their names; none where these are in doubt."""
    over = [[place for place, name in enumerate(names) if name.is_over(span)] for span in spans]
    places = _places(names, spans, over)
    if not places:
        return _with_blank_ones(names, spans, over), []
    span_of = dict(zip(places, spans, strict=True))
    return [span_of.get(place, (name.left, name.right)) for place, name in enumerate(names)], list(names)


def _with_blank_ones(names: Sequence[Name], spans: Sequence[Span], over: Sequence[list[int]]) -> list[Span]:
    """The columns, and one for each name over none of them right of the first, so that it is given to no other."""
    named = set().union(*over)
    blank = [name for place, name in enumerate(names) if place not in named and name.left > spans[0][1]]
    return sorted([*spans, *((name.left, name.right) for name in blank)])


def _places(names: Sequence[Name], spans: Sequence[Span], over: Sequence[list[int]]) -> list[int]:
    """The place of each column among the names; nothing where that is in doubt."""
    if len(names) < len(spans) or any(len(places) > 1 for places in over):
        return []
    by_edges = len(names) > len(spans) and not names[0].cells[0].packed
    ways = [_in_order, _from_the_left, _from_the_right] if by_edges else [_in_order]
    found = [places for way in ways if (places := way(names, spans, over))]
    return found[0] if found and all(places == found[0] for places in found) else []


def _in_order(names: Sequence[Name], spans: Sequence[Span], over: Sequence[list[int]]) -> list[int]:
    """The place of each column among the names where one stands over each, or there are as many."""
    if len(names) == len(spans):
        places = list(range(len(spans)))
        ends = [(-_FAR, -_FAR), *spans, (_FAR, _FAR)]
        beside = zip(names, ends[:-2], ends[2:], strict=True)
        return places if all(left[1] <= name.left and name.right <= right[0] for name, left, right in beside) else []
    places = [found[0] for found in over if found]
    return places if len(places) == len(spans) and places == sorted(set(places)) else []


def _from_the_left(names: Sequence[Name], spans: Sequence[Span], over: Sequence[list[int]]) -> list[int]:
    """The places of the columns where each reaches from where its name begins up to the next."""
    ends = [name.edges()[0] for name in names]
    places = [bisect_right(ends, left + _NEAR) - 1 for left, _ in spans]
    return places if _is_so(places, over) and all(
        place >= 0 and right <= [*ends, _FAR][place + 1] for place, (_, right) in zip(places, spans, strict=True)
    ) else []  # fmt: skip


def _from_the_right(names: Sequence[Name], spans: Sequence[Span], over: Sequence[list[int]]) -> list[int]:
    """The places of the columns where each reaches from where the name before ends up to where its own does."""
    ends = [name.edges()[1] for name in names]
    places = [bisect_left(ends, right - _NEAR) for _, right in spans]
    return places if _is_so(places, over) and all(
        place < len(names) and [-_FAR, *ends][place] <= left for place, (left, _) in zip(places, spans, strict=True)
    ) else []  # fmt: skip


def _is_so(places: list[int], over: Sequence[list[int]]) -> bool:
    """Whether places go up, and none denies the name over a column."""
    return places == sorted(set(places)) and all(not o or o == [place] for o, place in zip(over, places, strict=True))
