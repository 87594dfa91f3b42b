"""Characters with their places → lines of text, whatever order they were written in."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple, Self

from ..grid import RAISED

#: A gap wider than this many character heights is a blank.
BLANK = 0.9
#: Digits that begin within so much of a digit's width behind the one before are set over it; a font that calls its
#: digits as wide as high sets them closer.
_OVERLAP = 0.6
#: What is printed where nobody knows as what.
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
#: Digits of one number are no further from each other than this much of their height.
TOUCHING = 0.15
#: Digits so much smaller than their line, and so much higher, in heights of its characters, mark a note.
_SMALL, _RISE = 0.75, 0.05
#: Digits of one number stand on one line but for so much of their height.
_LEVEL = 0.1


class Character(NamedTuple):
    """One character where it stands on the page as one sees it."""

    text: str
    left: float
    right: float
    middle: float
    """Height of its middle above the foot of the page."""
    height: float
    """Height of its line."""


class TextLine:
    """Characters of one line, from left to right."""

    __slots__ = ("characters", "height", "left", "middle", "right", "text")
    #: Letters further apart than so many heights have a blank between them.
    blank = BLANK
    #: No letter is taken to be narrower.
    least_letter = 1.0
    #: Whether cells that stand close were set one blank apart, out of their places.
    packed = False

    def __init__(self, characters: list[Character]) -> None:
        self.characters = characters
        self.left = characters[0].left
        self.right = characters[-1].right
        if len(characters) == 1:
            self.text, _, _, self.middle, self.height = characters[0]
            return
        parts: list[str] = []
        middles = highest = blank = 0.0
        end = before = self.left
        for text, left, right, middle, height in characters:
            if left - end > blank and parts:
                parts.append(" ")
            elif (
                left < end
                and text.isdigit()
                and left - before < _OVERLAP * min(right - left, height / 2)
                and _is_number(parts)
            ):
                text = UNKNOWN
            parts.append(text)
            middles += middle
            if height > highest:
                highest = height
            end, before, blank = right, left, self.blank * height
        self.text = "".join(parts)
        self.middle, self.height = middles / len(characters), highest

    def part(self, first: int, last: int | None = None) -> Self:
        """Its characters from one on, up to another."""
        return type(self)(self.characters[first:last])

    def moved(self, way: float) -> Self:
        """Itself further up."""
        return type(self)([character._replace(middle=character.middle + way) for character in self.characters])


def _is_number(parts: list[str]) -> bool:
    """Whether the last part is a digit, or what stands for several set over each other."""
    return bool(parts) and (parts[-1].isdigit() or parts[-1] == UNKNOWN)


_FROM_THE_LEFT = attrgetter("left")
_FROM_THE_TOP = attrgetter("middle")


def lines(characters: Iterable[Character]) -> list[TextLine]:
    """The lines that characters make, from the top down."""
    found: list[list[Character]] = []
    middle = height = 0.0
    uneven = False
    for character in sorted(characters, key=_FROM_THE_TOP, reverse=True):
        _, _, _, own_middle, own_height = character
        if own_middle == middle and own_height == height and found:
            found[-1].append(character)
        elif found and middle - own_middle <= 0.6 * (height if height > own_height else own_height):
            found[-1].append(character)
            uneven = (
                uneven
                or own_height < _SMALL * height
                or height < _SMALL * own_height
                or middle - own_middle > _LEVEL * height
            )
        else:
            found.append([character])
            middle, height = own_middle, own_height
    for line in found:
        line.sort(key=_FROM_THE_LEFT)
    return [TextLine(_with_raised(line) if uneven else line) for line in found]


def _with_raised(line: list[Character]) -> list[Character]:
    """The line with small digits as raised ones where they stand right behind and above a larger character.

    Other digits that touch, of unlike heights or on another level, are of no one number: nobody knows as what the
    second is printed.
    """
    found: list[Character] = []
    base = line[0]
    for each in line:
        begins = not found or each.left - found[-1].right > BLANK * each.height
        is_small, is_large = each.height < _SMALL * base.height, base.height < _SMALL * each.height
        before, base = base, base if is_small and not begins else each
        if begins:
            pass
        elif is_small and each.middle > before.middle + _RISE * before.height:
            each = each._replace(text=each.text.translate(RAISED))
        elif (
            (is_small or is_large or abs(each.middle - before.middle) > _LEVEL * each.height)
            and each.text.isdigit()
            and found[-1].text.isdigit()
        ):
            each = each._replace(text=UNKNOWN)
        found.append(each)
    return found
