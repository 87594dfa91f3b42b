"""English words that agree with their number."""

from __future__ import annotations


class Count(str):
    """A number as it is written; ``{count:cell is|cells are}`` puts the words behind it that agree with it."""

    __slots__ = ()

    def __format__(self, words: str) -> str:
        one, bar, many = words.partition("|")
        return f"{self} {one if self == '1' else many}" if bar else super().__format__(words)
