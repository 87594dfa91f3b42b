"""Characters with their places → lines of text, whatever order they were written in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Character(NamedTuple):
    """One character where it stands on the page as one sees it."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """Height of its line."""
        return self.top - self.bottom


@dataclass(slots=True)
class TextLine:
    """Characters of one line, from left to right."""

    characters: list[Character]

    @property
    def left(self) -> float:
        """Left end."""
        return self.characters[0].left

    @property
    def right(self) -> float:
        """Right end."""
        return self.characters[-1].right

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return sum(c.middle for c in self.characters) / len(self.characters)

    @property
    def height(self) -> float:
        """Height of its tallest character."""
        return max(c.height for c in self.characters)

    @property
    def text(self) -> str:
        """The characters; a gap wider than a character is a blank."""
        parts = [self.characters[0].text]
        for before, character in zip(self.characters, self.characters[1:], strict=False):
            if character.left - before.right > 0.9 * max(before.height, 1.0) and parts[-1] != " ":
                parts.append(" ")
            parts.append(character.text)
        return "".join(parts).strip()


def lines(characters: Iterable[Character]) -> list[TextLine]:
    """The lines that characters make, from the top down."""
    found: list[list[Character]] = []
    middle = height = 0.0
    for character in sorted(characters, key=lambda c: -c.middle):
        if found and middle - character.middle <= 0.6 * max(height, character.height):
            found[-1].append(character)
        else:
            found.append([character])
            middle, height = character.middle, character.height
    return [TextLine(sorted(line, key=lambda c: c.left)) for line in found]
