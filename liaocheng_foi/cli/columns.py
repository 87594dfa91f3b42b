"""Tables on the terminal: columns under each other, Chinese characters two wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence


def width(text: str) -> int:
    """How many places a text takes on the terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def lines(rows: Sequence[Sequence[str]], right: Sequence[int] = (), indent: str = "  ") -> Iterator[str]:
    """One line per row; the columns numbered in ``right`` are set to the right, the last is not filled up."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = []
        for i, (text, wide) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (wide - width(text))
            cells.append(blank + text if i in right else text + blank)
        yield (indent + "  ".join(cells)).rstrip()
