"""The header of a printed table as a value: its labels where they stand, and the columns that they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..matching import Matcher, bare
from .rows import Piece, Row

Span = tuple[int, int]
#: (grid columns, texts from top to bottom) of a column of a header.
Stack = tuple[Span, list[str]]


class Header(NamedTuple):
    """The printed rows of a header; equal ones, in one report after another, are read once."""

    lines: tuple[tuple[Piece, ...], ...]
    ruled: bool
    aligned: bool


def header_of(rows: Sequence[Row]) -> Header | None:
    """The header that rows are; None where the end of a page cuts it, so that its cells stand in unlike columns."""
    grids = [row.grid for row in rows]
    if all(grid.ruled for grid in grids) and len({grid.shape[1] for grid in grids}) > 1:
        return None
    first = grids[0]
    return Header(tuple(tuple(row.pieces) for row in rows), first.ruled, first.aligned)


def stacks(header: Header) -> list[Stack]:
    """(span, texts from top to bottom) of each column that the rows of a header make.

    A column is as wide as the lowest cell over it. In a table without drawn cells a label also stands for the blanks
    to its right, up to the next label, when rows below it tell them apart.
    """
    width = max((line[-1].right for line in header.lines if line), default=0)
    texts: list[list[str]] = [[] for _ in range(width)]
    reached: list[list[str]] = [[] for _ in range(width)]
    spans: list[Span] = [(column, column + 1) for column in range(width)]
    lowest_row = [-1] * width
    for number, line in enumerate(header.lines):
        for piece in line:
            if piece.kind != "blank":
                lowest_row[piece.left : piece.right] = [number] * (piece.right - piece.left)
    for number, line in enumerate(header.lines):
        reach = ""
        for piece in line:
            if piece.kind != "blank":
                reach = piece.text
            elif header.ruled:
                _own_blank(piece, spans, texts)
                continue
            for column in range(piece.left, piece.right):
                if piece.kind != "blank":
                    spans[column] = (piece.left, piece.right)
                elif lowest_row[column] <= number:
                    continue
                stack = texts[column] if piece.kind != "blank" else reached[column]
                if reach and (not stack or stack[-1] != reach):
                    stack.append(reach)
    seen: dict[Span, list[str]] = {}
    # a column without a cell is none
    covered = {column for line in header.lines for piece in line for column in range(piece.left, piece.right)}
    for column in sorted(covered):
        # what stands for others too may lie between two lines of a column's own label
        seen.setdefault(spans[column], reached[column] + texts[column])
    return [(span, column_texts) for span, column_texts in sorted(seen.items())]


def _own_blank(piece: Piece, spans: list[Span], texts: list[list[str]]) -> None:
    """A blank cell below a wider heading is a column without a name, not the heading's own."""
    left, right = spans[piece.left]
    if piece.begins and right - left > piece.right - piece.left and texts[piece.left]:
        for column in range(piece.left, piece.right):
            spans[column] = (piece.left, piece.right)
            texts[column].append("")


def unspanned(header: Header, is_heading: Callable[[str], bool]) -> list[list[str]] | None:
    """The texts of :func:`stacks` where the header's cells have lost their spans, so that they lie side by side.

    Each row's labels stand, in order, under the headings of the row above; a heading takes labels until one of them
    comes again or headings and others meet. None when the rows do not fit together so.
    """
    lines = [[piece.text for piece in line if piece.begins and piece.kind != "blank"] for line in header.lines]
    columns = [[text] for text in lines[0]]
    for texts in lines[1:]:
        open_ones = [column for column in columns if is_heading(column[-1])]
        groups: list[list[str]] = []
        for text in texts:
            again = groups and bare(text) in map(bare, groups[-1])
            begins = not groups or again or is_heading(text) != is_heading(groups[-1][-1])
            if len(open_ones) == 1 and groups:
                begins = False
            if begins:
                groups.append([])
            groups[-1].append(text)
        if len(groups) != len(open_ones):
            return None
        below = iter(groups)
        columns = [
            [*column, *([text] if text else [])]
            for column in columns
            for text in (next(below) if is_heading(column[-1]) else [""])
        ]
    return columns


def finder(labels: Matcher, header: Header, texts: Sequence[str]) -> Callable[[str], str | None]:
    """Gives the code of a label of a column, only of an exact one where those of two columns may stand in one."""
    if not header.aligned or not any("\n" in text for text in texts):
        return labels.code

    def exact(text: str) -> str | None:
        match = labels.exact(text)
        return match.code if match else None

    return exact


def lowest(texts: Sequence[str], find: Callable[[str], str | None]) -> str | None:
    """The code of the lowest header text that has one, a label cut over several rows joined."""
    for text in reversed(texts):
        code = find(text)
        if code is not None:
            return code
    for first in range(len(texts) - 1):
        code = find("".join(texts[first:]))
        if code is not None:
            return code
    return None
