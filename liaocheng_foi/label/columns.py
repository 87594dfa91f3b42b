"""The columns of a table, and the cell of each in a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ..grid import Grid
from .rows import Piece, Row, figures_in, is_blank

Code = TypeVar("Code")
#: Whether cells, one for each column, add up to the totals among them.
Sums = Callable[[Sequence[Piece | None]], bool]


def _never(placed: Sequence[Piece | None]) -> bool:
    """Where nothing has to add up nothing can prove anything by it."""
    return False


@dataclass(slots=True)
class Columns(Generic[Code]):
    """Codes in printed order; None where the label of a column is not known."""

    codes: list[Code]
    spans: list[tuple[int, int]]
    """The grid columns that each covers in the header: first, and the one after the last. None where spans are lost."""
    grid: Grid | None = None
    """Where the header stands; None when the columns were counted, not named."""
    units: dict[Code, str] = field(default_factory=dict)
    """Unit of money printed in the header, by code."""
    countable: bool = True
    """Whether cells may be given to the columns by counting where the grid columns differ."""
    is_whole: bool = True
    """Whether they are all that the form has, so that a blank is none that is not named."""

    @property
    def by_position(self) -> bool:
        """Whether no header named them."""
        return self.grid is None

    def hold_for(self, row: Row) -> bool:
        """Whether the header has as many grid columns as the row."""
        return self.grid is row.grid or (self.grid is not None and self.grid.shape[1] == row.grid.shape[1])

    def are_certain(self, row: Row, cells: Sequence[Piece | None]) -> bool:
        """Whether each cell is of the row alone and stands below its own name, in a table of cells, not of texts."""
        if row.grid.aligned or row.grid.counted or not self.hold_for(row):
            return False
        return sorted((cell.left, cell.right) for cell in cells if cell and cell.left not in row.shared) == self.spans


def place(
    row: Row, start: int, columns: Columns[Any], sums: Sums = _never, is_regular: bool = False
) -> list[Piece | None] | None:
    """The printed cell of each column, or None when that is not certain.

    ``start`` is the first grid column behind the labels. Where the header's grid columns hold good for this row
    they decide; else as many cells as there are columns must follow the label, blanks at both ends aside. Where blanks
    may be cells or gaps, ``sums`` must say that the cells so counted add up, or the table be regular: a cell for each
    column in each row.
    """
    pieces = [piece for piece in row.pieces if piece.left >= start]
    if _is_crowded(row, pieces):
        return None
    if pieces and all(map(is_blank, pieces)) and ends_early(pieces, row, columns):
        # it lacks a cell, which may be one with a figure
        return None
    by_span = _by_span(row, pieces, columns)
    if by_span is not None:
        return by_span if not _sticks_out(row, pieces, columns) or sums(by_span) else None
    if not columns.countable or _cut_otherwise(row, pieces, columns):
        return None
    if any(piece.left in row.shared for piece in pieces if piece.kind != "blank"):
        # a figure that spans rows may be another row's, and then this one has a cell less
        return None
    wanted = len(columns.codes)
    if all(piece.kind == "blank" for piece in pieces):
        return [*pieces, *[None] * (wanted - len(pieces))][:wanted]
    first = columns.spans[0][0] if columns.spans and columns.hold_for(row) else 0
    while pieces[0].kind == "blank" and pieces[0].right <= first:
        # a blank among the labels
        pieces.pop(0)
    while len(pieces) > wanted and pieces[-1].kind == "words" and not figures_in(pieces[-1]):
        # a remark behind the figures
        pieces.pop()
    return _counted(row, pieces, columns, sums, is_regular)


def _counted(
    row: Row, pieces: list[Piece], columns: Columns[Any], sums: Sums, is_regular: bool
) -> list[Piece | None] | None:
    """The cells behind the label, where there are as many as columns."""
    wanted = len(columns.codes)
    if pieces[0].kind == "words":
        # they may be the rest of the label
        return None
    filled = [i for i, piece in enumerate(pieces) if piece.kind != "blank"]
    run = pieces[filled[0] : filled[-1] + 1] if filled else []
    if len(filled) == len(run) == wanted and (columns.is_whole or len(pieces) == wanted or sums(run)):
        return list(run)
    may_be_padding = pieces[-1].kind == "blank" and pieces[-1].right == row.grid.shape[1] and not _is_ragged(row)
    # a blank before all figures may be one of the label's
    is_label = pieces[0].kind == "blank" and pieces[0].left > 0
    # in a table without lines a blank may be no cell but a gap
    if len(pieces) == wanted and not may_be_padding and not row.is_print:
        if is_regular or (pieces[-1].right == row.grid.shape[1] and not is_label):
            return list(pieces)
        found = pieces
    elif len(filled) == wanted and all(pieces[i].kind == "figure" for i in filled):
        found = [pieces[i] for i in filled]
        if row.is_print:
            is_certain = columns.is_whole and (not has_blank_below_a_name(row, columns) or sums(found))
            return list(found) if is_certain else None
    else:
        return None
    return list(found) if columns.is_whole and not is_label and sums(found) else None


def has_blank_below_a_name(row: Row, columns: Columns[Any]) -> bool:
    """Whether a name has a blank below it, so that a figure beside it may be another's."""
    return columns.hold_for(row) and any(
        piece.kind == "blank" and (piece.left, piece.right) in columns.spans for piece in row.pieces
    )


def ends_early(pieces: Sequence[Piece], row: Row, columns: Columns[Any]) -> bool:
    """Whether the cells of a row end before the last column of its header."""
    if not columns.spans or not columns.hold_for(row):
        return False
    return not pieces or pieces[-1].right <= columns.spans[-1][0]


def _is_ragged(row: Row) -> bool:
    """Whether rows of its table end where they end, so that blanks behind the figures are cells of their own."""
    return any(cells[-1] is None for cells in row.grid.cells)


def _is_crowded(row: Row, pieces: list[Piece]) -> bool:
    """Whether in a table without lines on a page several figures came to stand in one place and others lack theirs."""
    if not row.is_print or all(piece.kind != "blank" for piece in pieces):
        return False
    return any(figures_in(piece) > 1 for piece in pieces)


def _by_span(row: Row, pieces: list[Piece], columns: Columns[Any]) -> list[Piece | None] | None:
    """The cells under the header's columns; None when the row is cut up otherwise or holds figures elsewhere."""
    if columns.grid is None or not columns.spans or row.grid.counted:
        return None
    if not columns.hold_for(row):
        return None
    spans = [(piece.left, piece.right) for piece in pieces]
    if spans == columns.spans:
        return list(pieces)
    by_span = dict(zip(spans, pieces, strict=True))
    wanted = set(columns.spans)
    elsewhere = [piece for span, piece in by_span.items() if span not in wanted]
    if any(piece.kind in ("figure", "other") or (not row.grid.ruled and figures_in(piece)) for piece in elsewhere):
        return None
    if wanted <= by_span.keys():
        return [by_span[span] for span in columns.spans]
    ends_early = not row.grid.ruled and pieces and row.pieces[0].left == 0
    if ends_early and all(span in by_span or span[0] >= pieces[-1].right for span in columns.spans):
        # a line of text that stops early: the cells that are not there were blank
        return [by_span.get(span) or Piece("", *span, True, "blank") for span in columns.spans]
    return None


def _sticks_out(row: Row, pieces: list[Piece], columns: Columns[Any]) -> bool:
    """Whether a row that holds figures has a cell behind the last column where no other row has any.

    One of its cells is too many then, and those behind that one may have moved.
    """
    last = pieces[-1]
    if row.grid is not columns.grid or last.left < columns.spans[-1][1] or not row.figures:
        return False
    return 2 * sum(cells[last.left] is not None for cells in row.grid.cells) < len(row.grid.cells)


def _cut_otherwise(row: Row, pieces: list[Piece], columns: Columns[Any]) -> bool:
    """Whether counting the drawn cells misleads.

    One stands below several columns of the header, several below one, or a figure below none, amid the others.
    """
    if columns.grid is None or not (row.grid.ruled and columns.grid.ruled):
        return False
    spans = [(piece.left, piece.right) for piece in pieces if piece.kind in ("figure", "other")]
    return columns.hold_for(row) and (
        _holds_several(spans, columns.spans) or _holds_several(columns.spans, spans) or _is_amid(spans, columns.spans)
    )


def _holds_several(wide: Sequence[tuple[int, int]], narrow: Sequence[tuple[int, int]]) -> bool:
    return any(sum(first <= left and right <= last for left, right in narrow) > 1 for first, last in wide)


def _is_amid(spans: Sequence[tuple[int, int]], named: Sequence[tuple[int, int]]) -> bool:
    """Whether a cell lies between columns that have names and below none of them."""
    return any(
        any(end <= left for _, end in named)
        and any(right <= begin for begin, _ in named)
        and not any(left < end and begin < right for begin, end in named)
        for left, right in spans
    )


def counted(codes: Sequence[Code], first: int = 0) -> Columns[Code]:
    """Columns in the form's order where no header names them."""
    return Columns(list(codes), [(first + i, first + i + 1) for i in range(len(codes))])
