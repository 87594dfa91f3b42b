"""Lines drawn through the middle of characters: these are struck out and no part of a number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from ..letters import Character
from .ruled import Line

_STRUCK = "\N{COMBINING LONG STROKE OVERLAY}"
#: A stroke lies so near to the middle of its characters, and ends so near to the outer ones, in heights of them.
_OFF, _BEYOND = 0.22, 0.8
#: No stroke lies further from the middle of a character than this.
_FURTHEST = 6.0
_FROM_THE_FOOT = attrgetter("middle")


def struck_out(characters: list[Character], strokes: Sequence[Line]) -> list[Character]:
    """The characters, those that are struck out as such."""
    if not strokes:
        return characters
    ordered = sorted(characters, key=_FROM_THE_FOOT)
    middles = [character.middle for character in ordered]
    by_height: dict[float, list[Line]] = {}
    for stroke in strokes:
        by_height.setdefault(round(stroke.at, 1), []).append(stroke)
    struck: set[Character] = set()
    for at, level in by_height.items():
        near = ordered[bisect_left(middles, at - _FURTHEST) : bisect_right(middles, at + _FURTHEST)]
        near = sorted((c for c in near if abs(c.middle - at) <= _OFF * c.height), key=_centre)
        if near:
            struck.update(*(near[first:last] for first, last in _apart(_hit(near, level))))
    return [c._replace(text=c.text + _STRUCK) if c in struck else c for c in characters] if struck else characters


def _centre(character: Character) -> float:
    return (character.left + character.right) / 2


def _hit(characters: Sequence[Character], strokes: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """(first, last excluded) of the characters that each stroke runs through and ends with."""
    centres = [_centre(character) for character in characters]
    for _, low, high in strokes:
        first, last = bisect_left(centres, low), bisect_right(centres, high)
        if first < last:
            # longer ones are lines of tables
            beyond = _BEYOND * characters[first].height
            if low >= characters[first].left - beyond and high <= characters[last - 1].right + beyond:
                yield first, last


def _apart(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The ranges with what they share given once."""
    end = 0
    for first, last in sorted(ranges):
        if last > end:
            yield max(first, end), last
            end = last
