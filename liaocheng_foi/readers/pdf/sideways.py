"""Words that are turned against the page, as narrow columns have them: each is one character of many letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from .letters import BLANK, Character, TextLine, lines
from .view import turning

_ORIGIN = (0.0, 0.0, 0.0, 0.0)


def words(characters: Iterable[Character], quarters: int) -> Iterator[Character]:
    """The words that characters make which are turned counter-clockwise by one to three quarters."""
    for line in lines(_turned(characters, quarters)):
        yield from _turned(_apart(line), 4 - quarters)


def _apart(line: TextLine) -> Iterator[Character]:
    word = line.characters[:1]
    for before, behind in pairwise(line.characters):
        if behind.left - before.right > BLANK * behind.height:
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
