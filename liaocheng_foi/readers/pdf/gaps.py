"""Cells of a ruled table between which a line was not drawn: told from texts that stand apart in their own places.

A cell that truly spans rows or columns holds one text; its letters and lines follow each other closely. Two texts on
either side of a grid line, well apart and each long enough to be a label or a figure, are two cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from ..figures import FIGURE
from ..letters import Character
from .ruled import Box, Table

#: A text shorter than this and no figure may be a part of a heading set in narrow lines, or in wide letters.
_SHORTEST_ABOVE, _SHORTEST_BESIDE = 2, 4
#: Where both stand in the middle of their own places, with their letters close together, so much is enough.
_SHORTEST_CENTRED = 2
#: Texts of one cell stand closer than this, in heights of their letters: lines, letters of a line, and letters where
#: both stand in the middle of their own places.
_BETWEEN_LINES, _BETWEEN_LETTERS, _BETWEEN_CENTRED = 1.7, 1.0, 0.25
_LEFT, _RIGHT, _MIDDLE = (attrgetter(edge) for edge in ("left", "right", "middle"))


def torn_apart(table: Table, box: Box, characters: list[Character]) -> list[tuple[Box, list[Character]]]:
    """The cells that a box really is, with their characters; mostly itself."""
    if len(characters) > 1 and (box.bottom - box.top > 1 or box.right - box.left > 1):
        halves = []
        for row in range(box.top + 1, box.bottom):
            above = [c for c in characters if c.middle > table.ys[row]]
            below = [c for c in characters if c.middle <= table.ys[row]]
            if above and below and _lines_apart(above, below) and _are_two(above, below, _SHORTEST_ABOVE):
                halves.append(((box._replace(bottom=row), above), (box._replace(top=row), below)))
        if halves:
            upper, lower = min(halves, key=lambda parts: sum(_off_the_middle(table, *part) for part in parts))
            return torn_apart(table, *upper) + torn_apart(table, *lower)
        for column in range(box.left + 1, box.right):
            before = [c for c in characters if c.left + c.right < 2 * table.xs[column]]
            behind = [c for c in characters if c.left + c.right >= 2 * table.xs[column]]
            if not (before and behind):
                continue
            centred = _centred(before, table.xs[box.left], table.xs[column]) and _centred(
                behind, table.xs[column], table.xs[box.right]
            )
            shortest = _SHORTEST_CENTRED if centred else _SHORTEST_BESIDE
            if _letters_apart(before, behind, centred) and _are_two(before, behind, shortest):
                first, second = box._replace(right=column), box._replace(left=column)
                return torn_apart(table, first, before) + torn_apart(table, second, behind)
    return [(box, characters)]


def _are_two(one: Sequence[Character], other: Sequence[Character], shortest: int) -> bool:
    return all(len(part) >= shortest or FIGURE.fullmatch(_text(part)) for part in (one, other))


def _text(characters: Sequence[Character]) -> str:
    return "".join(c.text for c in sorted(characters, key=_LEFT))


def _centred(characters: Sequence[Character], left: float, right: float) -> bool:
    """Whether a text of close letters stands in the middle between two grid lines."""
    placed = sorted(characters, key=_LEFT)
    close = all(b.left - a.right < _BETWEEN_CENTRED * a.height for a, b in pairwise(placed))
    return close and abs(placed[0].left + placed[-1].right - left - right) < placed[0].height


def _off_the_middle(table: Table, box: Box, characters: Sequence[Character]) -> float:
    """How far a text is above or below the middle of its place."""
    middles = [c.middle for c in characters]
    return abs(min(middles) + max(middles) - table.ys[box.top] - table.ys[box.bottom])


def _lines_apart(above: Sequence[Character], below: Sequence[Character]) -> bool:
    upper, lower = min(above, key=_MIDDLE), max(below, key=_MIDDLE)
    return upper.middle - lower.middle > _BETWEEN_LINES * max(upper.height, lower.height)


def _letters_apart(before: Sequence[Character], behind: Sequence[Character], centred: bool) -> bool:
    last, first = max(before, key=_RIGHT), min(behind, key=_LEFT)
    least = _BETWEEN_CENTRED if centred else _BETWEEN_LETTERS
    return first.left - last.right > least * min(last.height, first.height)
