"""Lines drawn through the middle of characters: these are struck out and no part of a number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from .letters import Character
from .ruled import Line

_STRUCK = "\N{COMBINING LONG STROKE OVERLAY}"
#: A stroke lies so near to the middle of its characters, and ends so near to the outer ones, in heights of them.
_OFF, _BEYOND = 0.22, 0.8
#: No stroke lies further from the middle of a character than this.
_FURTHEST = 6.0
_FROM_THE_FOOT = attrgetter("middle")


def struck_out(characters: list[Character], strokes: Sequence[Line]) -> list[Character]:
    """The characters, those that are struck out as such."""
    ordered = sorted(characters, key=_FROM_THE_FOOT)
    middles = [character.middle for character in ordered]
    struck: set[Character] = set()
    for at in {stroke.at for stroke in strokes}:
        near = ordered[bisect_left(middles, at - _FURTHEST) : bisect_right(middles, at + _FURTHEST)]
        near = [character for character in near if abs(character.middle - at) <= _OFF * character.height]
        if not near:
            continue
        for _, low, high in (stroke for stroke in strokes if stroke.at == at):
            hit = [character for character in near if low <= (character.left + character.right) / 2 <= high]
            if hit and _ends_with(hit, low, high):
                struck.update(hit)
    return [c._replace(text=c.text + _STRUCK) if c in struck else c for c in characters] if struck else characters


def _ends_with(characters: Sequence[Character], low: float, high: float) -> bool:
    """Whether a stroke ends where its characters do; longer ones are lines of tables."""
    beyond = _BEYOND * characters[0].height
    return low >= min(c.left for c in characters) - beyond and high <= max(c.right for c in characters) + beyond
