"""Text in aligned columns → its tables: where a letter stands in its line is its place, as on a page without lines.

So programs print tables on a screen, and the text of a PDF. Some give a Chinese letter two columns and others one; the
text itself tells which, for its figures stand below each other only with one of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ...grid import Grid
from ..figures import FIGURE
from ..letters import Character, TextLine
from ..unruled.cutting import cells
from ..unruled.pages import Pages
from ..unruled.placing import figures_of

#: A column of the screen, and the height of a line and the way to the next, in the units of places on a page.
_COLUMN, _HEIGHT, _NEXT = 5.0, 10.0, 12.0
#: Tabs lead to the next of the places so many columns apart; so great a part of the lines with tabs has blanks too.
_TABULATOR, _MIXED = 8, 0.2
#: So many grid columns hold labels.
_LABELS = 2
#: Characters of the longest text whose places are looked at; a report has a tenth of them. So many lines tell widths.
_LONGEST, _SAMPLE = 300_000, 300
#: So many lines with wide gaps may be a table.
_FEWEST = 2
#: What parts the cells of lines of other kinds.
_PARTED = re.compile(r"[|│┃｜║¦\t]")
_BLANKS = re.compile(r"[^ ] {2,}[^ ]")
_GAP = re.compile(r"(?<![ \u00a0\u3000])(?:[ \u00a0\u3000]{2,}+|\u3000)(?=\S)")


class _Widths(NamedTuple):
    """How many columns letters take: those of East Asia, and those that some programs take for such."""

    wide: int
    ambiguous: int


_WIDE = _Widths(2, 2)


class _Line(TextLine):
    """A line of text; one blank is half a Chinese letter."""

    __slots__ = ()
    blank = 0.4
    least_letter = 2 * _COLUMN


class _Packed(_Line):
    """A line of a program that prints the text of a page."""

    __slots__ = ()
    packed = True


def untabbed(text: str) -> str:
    """The text with blanks for tabs where some cells are set apart by blanks, so that tabs only stand for blanks."""
    if "\t" not in text:
        return text
    lines = text.split("\n")
    with_tabs = [line for line in lines if "\t" in line]
    if sum(_BLANKS.search(line) is not None for line in with_tabs) < _MIXED * len(with_tabs):
        return text
    return "\n".join(_untabbed(line) if "\t" in line else line for line in lines)


def _untabbed(line: str) -> str:
    of = _columns(_WIDE)
    shown: list[str] = []
    column = 0
    for part in line.split("\t"):
        if shown:
            blanks = _TABULATOR - column % _TABULATOR
            shown.append(" " * blanks)
            column += blanks
        shown.append(part)
        column += sum(map(of.__getitem__, part))
    return "".join(shown)


def parts(text: str) -> Iterator[Grid | str]:
    """The tables of a text with aligned columns, and its other lines, in order."""
    if len(text) > _LONGEST or not _GAP.search(text):
        yield from text.split("\n")
        return
    pages = [page.split("\n") for page in text.split("\f")]
    lines = [line for page in pages for line in page if _GAP.search(line.lstrip()) and not _PARTED.search(line)]
    if len(lines) < _FEWEST:
        yield from text.split("\n")
        return
    widths = _widths(lines)
    known = Pages()
    for number, page in enumerate(pages, start=1):
        for part in _parts(page, number, widths, known):
            if isinstance(part, Grid) and len(pages) == 1:
                part.page = None
            yield part


def _widths(lines: list[str]) -> _Widths:
    """The widths with which the most figures stand below each other, else the most cells."""

    def places(widths: _Widths) -> tuple[int, int]:
        behind = [cell for raw in lines[:_SAMPLE] if (line := _placed(raw, 0, widths)) for cell in cells(line)[1:]]
        return _edges(figures_of(behind)), _edges(behind)

    return min((_WIDE, _Widths(2, 1), _Widths(1, 1)), key=places)


def _edges(cells: list[TextLine]) -> int:
    """How many places cells begin at, end at, or have their middle at, whichever are the fewest."""
    return min(
        len({cell.left for cell in cells}),
        len({cell.right for cell in cells}),
        len({cell.left + cell.right for cell in cells}),
    )


def _parts(page: list[str], number: int, widths: _Widths, pages: Pages) -> Iterator[Grid | str]:
    end = 0
    for group in _groups(page):
        placed = [(i, line) for i in group if (line := _placed(page[i], i, widths))]
        for first, last, grid in pages.tables([line for _, line in placed], number):
            if not _is_named(grid):
                continue
            yield from page[end : placed[first][0]]
            yield grid
            end = placed[last - 1][0] + 1
    yield from page[end:]


def _is_named(grid: Grid) -> bool:
    """Whether a header, if there is one, names each column of figures; else cells are counted along each line."""
    rows = [row[_LABELS:] for row in grid.cells]
    first = next(i for i, row in enumerate(rows) if any(map(_holds_figure, row)))
    header = [[text or "" for text in row] for row in rows[:first] if any(row)]
    is_in_order = not any("\n" in text for row in header for text in row)
    return not header or (is_in_order and all(map(any, zip(*header, strict=True))))


def _holds_figure(text: str | None) -> bool:
    return any(map(FIGURE.fullmatch, (text or "").split("\n")))


def _groups(page: list[str]) -> Iterator[list[int]]:
    """The numbers of lines without marks between their cells, as far as they follow each other."""
    group: list[int] = []
    for i, line in enumerate(page):
        if not _PARTED.search(line):
            group.append(i)
        elif group:
            yield group
            group = []
    yield group


def _placed(raw: str, number: int, widths: _Widths) -> TextLine | None:
    """A line with its letters in their places; nothing where it is blank."""
    of = _columns(widths)
    characters: list[Character] = []
    middle = -number * _NEXT
    column = 0
    for letter in raw:
        if letter == " ":
            column += 1
            continue
        end = column + of[letter]
        if end > column and not letter.isspace():
            characters.append(Character(letter, column * _COLUMN, end * _COLUMN, middle, _HEIGHT))
        column = end
    kind = _Packed if widths.wide == 1 else _Line
    return kind(characters) if characters else None


@cache
def _columns(widths: _Widths) -> _Columns:
    return _Columns(widths)


class _Columns(dict[str, int]):
    """How many columns each letter takes."""

    def __init__(self, widths: _Widths) -> None:
        self.widths = widths

    def __missing__(self, letter: str) -> int:
        kind = unicodedata.east_asian_width(letter)
        if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
            self[letter] = 0
        else:
            self[letter] = self.widths.wide if kind in "WF" else self.widths.ambiguous if kind == "A" else 1
        return self[letter]
