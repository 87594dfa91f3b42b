"""The columns of a printed table as its header names them, and the cell of each column in a row."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from ..grid import Grid
from .rows import Piece, Row


@dataclass(slots=True)
class Columns:
    """Codes in printed order; None stands for a column whose label is not known."""

    codes: list[Hashable | None]
    spans: list[tuple[int, int]]
    """The grid columns that each covers in the header: first, and the one after the last."""
    grid: Grid | None = None
    """Where the header stands; None when the columns were counted, not named."""
    units: dict[Hashable, str] = field(default_factory=dict)
    """Unit of money printed in the header, by code."""

    @property
    def by_position(self) -> bool:
        """Whether no header named them."""
        return self.grid is None


def stacks(header: Sequence[Row]) -> list[tuple[tuple[int, int], list[str]]]:
    """(span, texts from top to bottom) of each column that the rows of a header make.

    A column is as wide as the lowest printed cell over it. In a table without drawn cells a label also stands
    for the blanks to its right, up to the next label, when rows below it tell them apart.
    """
    width = max(row.grid.shape[1] for row in header)
    texts: list[list[str]] = [[] for _ in range(width)]
    spans: list[tuple[int, int]] = [(column, column + 1) for column in range(width)]
    lowest_row = [-1] * width
    for number, row in enumerate(header):
        for piece in row.pieces:
            if not piece.blank:
                lowest_row[piece.left : piece.right] = [number] * (piece.right - piece.left)
    for number, row in enumerate(header):
        reach = ""
        for piece in row.pieces:
            if not piece.blank:
                reach = piece.text
            elif row.grid.ruled:
                continue
            for column in range(piece.left, piece.right):
                if not piece.blank:
                    spans[column] = (piece.left, piece.right)
                elif lowest_row[column] <= number:
                    continue
                if reach and (not texts[column] or texts[column][-1] != reach):
                    texts[column].append(reach)
    seen: dict[tuple[int, int], list[str]] = {}
    for column in range(width):
        seen.setdefault(spans[column], texts[column])
    return [(span, column_texts) for span, column_texts in sorted(seen.items())]


def place(row: Row, start: int, columns: Columns) -> list[Piece | None] | None:
    """The printed cell of each column, or None when that is not certain.

    ``start`` is the first grid column behind the labels. Where the header's grid columns hold good for this row
    they decide; else as many cells as there are columns must follow the label, blanks at one end aside.
    """
    pieces = [piece for piece in row.pieces if piece.left >= start]
    wanted = len(columns.codes)
    by_span = _by_span(row, pieces, columns)
    if by_span is not None:
        return by_span
    if len(pieces) == wanted:
        return list(pieces)
    if all(piece.blank for piece in pieces):
        return [*pieces, *[None] * (wanted - len(pieces))][:wanted]
    return _trimmed(pieces, wanted) if len(pieces) > wanted else None


def _by_span(row: Row, pieces: list[Piece], columns: Columns) -> list[Piece | None] | None:
    """The cells under the header's columns; None when the row is cut up otherwise or holds figures elsewhere."""
    if columns.grid is None or row.grid.shape[1] != columns.grid.shape[1] or row.grid.ruled != columns.grid.ruled:
        return None
    by_span = {(piece.left, piece.right): piece for piece in pieces}
    wanted = set(columns.spans)
    if any(not piece.blank for span, piece in by_span.items() if span not in wanted):
        return None
    if wanted <= by_span.keys():
        return [by_span[span] for span in columns.spans]
    ends_early = not row.grid.ruled and pieces and row.pieces[0].left == 0
    if ends_early and all(span in by_span or span[0] >= pieces[-1].right for span in columns.spans):
        # a line of text that stops early: the cells that are not there were blank
        return [by_span.get(span) or Piece("", *span) for span in columns.spans]
    return None


def _trimmed(pieces: list[Piece], wanted: int) -> list[Piece | None] | None:
    """``wanted`` cells by leaving out blanks at one end; None when it could be either end."""
    spare = len(pieces) - wanted
    head = next(i for i, piece in enumerate(pieces) if not piece.blank)
    tail = next(i for i, piece in enumerate(reversed(pieces)) if not piece.blank)
    if head + tail < spare or (head and tail and head + tail > spare):
        return None
    first = min(head, spare)
    return list(pieces[first : first + wanted])


def counted(codes: Sequence[Hashable], first: int = 0) -> Columns:
    """Columns in the form's order where no header names them."""
    return Columns(list(codes), [(first + i, first + i + 1) for i in range(len(codes))])


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
