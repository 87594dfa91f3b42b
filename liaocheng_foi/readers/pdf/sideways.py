"""Words that are turned against the page, as narrow columns have them: each is one character of many letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..letters import BLANK, TOUCHING, UNKNOWN, Character, TextLine, lines
from .view import Edges, turning

_ORIGIN = (0.0, 0.0, 0.0, 0.0)


def words(characters: Iterable[Character], quarters: int, rules: Iterable[Edges]) -> Iterator[Character]:
    """The words that characters make which are turned counter-clockwise by one to three quarters.

    ``rules``: the lines of tables; no word runs over one.
    """
    turn = turning(_ORIGIN, quarters)
    boxes = rules if turn is None else [turn(*box) for box in rules]
    across = [box for box in boxes if box[2] - box[0] < box[3] - box[1]]
    for line in lines(_turned(characters, quarters)):
        yield from _turned(_apart(line, across), 4 - quarters)


def _apart(line: TextLine, rules: list[Edges]) -> Iterator[Character]:
    cuts = [(left + right) / 2 for left, bottom, right, top in rules if bottom < line.middle < top]
    word = line.characters[:1]
    for before, behind in pairwise(line.characters):
        between = (before.left + before.right) / 2, (behind.left + behind.right) / 2
        is_cut = any(between[0] < x < between[1] for x in cuts)
        if is_cut and behind.left - before.right < TOUCHING * behind.height:
            word[-1], behind = (each._replace(text=UNKNOWN) for each in (before, behind))
        if is_cut or behind.left - before.right > BLANK * behind.height:
            yield _one(word)
            word = []
        word.append(behind)
    yield _one(word)


def _one(word: list[Character]) -> Character:
    line = TextLine(word)
    return Character(line.text, line.left, line.right, line.middle, line.height)


def _turned(characters: Iterable[Character], quarters: int) -> Iterator[Character]:
    turn = turning(_ORIGIN, quarters)
    for text, left, right, middle, height in characters:
        if turn is not None:
            left, bottom, right, top = turn(left, middle - height / 2, right, middle + height / 2)
            middle, height = (bottom + top) / 2, top - bottom
        yield Character(text, left, right, middle, height)
