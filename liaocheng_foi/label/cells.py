"""What is put down while the tables are read: coded cells, subtotals and problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..codebook import codebook
from ..matching import Match, bare
from ..problems import Problem
from ..values import parse
from .rows import Piece, Row, figures_in, is_blank

Key = tuple[str, str, str]
#: (column, cell) of a row.
Named = tuple[str | None, Piece | None]
#: The column of a sum that reports add to part three.
ALL_ORGANISATIONS = "legal_person"

#: More rows that stand again are the whole table.
_MISTAKES = 2
#: A word, not a single letter misread or a unit.
_MEANS_SOMETHING = re.compile("[\u4e00-\u9fff]{2}")
#: What stands in these columns is no part of the total.
_ASIDE = (None, ALL_ORGANISATIONS)


class Cell(NamedTuple):
    """One coded cell: what it means, what was printed, and where."""

    table: str
    row: str
    column: str
    value: float | None
    unit: str
    status: str
    raw: str
    page: int | None
    grid: int
    grid_row: int
    grid_column: int

    @property
    def key(self) -> Key:
        """(table, row, column)."""
        return self[:3]


class _Measures(dict[Key, tuple[str, bool]]):
    """(unit of a cell, whether it may be negative), each looked up when it is first met."""

    def __missing__(self, key: Key) -> tuple[str, bool]:
        table, row, column = key
        self[key] = codebook().unit(table, row, column), codebook().signed(table, column)
        return self[key]


_MEASURES = _Measures()
_new = tuple.__new__


class Sheet:
    """The cells, subtotals and problems of one document while it is being read."""

    def __init__(self) -> None:
        self.cells: dict[Key, Cell] = {}
        self.subtotals: list[Cell] = []
        self.problems: list[Problem] = []
        self.rows_read: set[tuple[str, str]] = set()
        self.spare: list[tuple[str, Row, bool]] = []
        """(table, row) of figures given to no cell, and whether they may be the rest of others."""

    def problem(self, code: str, row: Row | None = None, piece: Piece | None = None, /, **known: object) -> None:
        """Record a problem at a row or cell; ``table``, ``row``, ``column`` are codes, the rest fills the words."""
        table, row_code, column_code = (known.pop(axis, None) for axis in ("table", "row", "column"))
        place: tuple[int | None, int | None, int | None] = (None, None, None)
        if row is not None:
            place = (row.grid.page, row.grid.number, row.number)
        column = row.column(piece) if row and piece else None
        self.problems.append(
            Problem(code, table, row_code, column_code, *place, column, known)  # type: ignore[arg-type]
        )

    def repeated_table(self, row: Row, table: str) -> None:
        """Record that a table that was read stands again from this row on."""
        self.problem("table-twice", row, table=table, label=codebook().label("form", "section", table))

    def repeated(self, table: str, again: Sequence[tuple[Row, str, str]]) -> None:
        """Record that rows of a table that were read, each with its code and label, stand again, or the whole table."""
        if len(again) > _MISTAKES:
            self.repeated_table(again[0][0], table)
            return
        for row, code, label in again:
            self.problem("row-twice", row, table=table, row=code, label=label)

    def unplaced(self, table: str, row: Row, code: str | None = None, is_rest: bool = False) -> None:
        """Record that the figures of a row could not be placed; ``is_rest`` that they may be the rest of others."""
        self.problem("not-placed", row, table=table, row=code, raw=row.text())
        self.spare.append((table, row, is_rest))

    def stranger(self, table: str, row: Row, piece: Piece | None) -> None:
        """Record that figures stand in a row whose label is not known."""
        self.problem("label-unknown", row, piece, table=table, raw=row.text())
        start = row.labels[0].right if row.labels else 0
        # words beside blanks belong to none of the figures, which are the rest of those beside them
        self.spare.append((table, row, any(map(is_blank, (other for other in row.pieces if other.left >= start)))))

    def label(self, table: str, axis: str, match: Match, row: Row, text: str) -> None:
        """Record that a label was not worded as on the form."""
        if match.exact and match.usual:
            return
        code = "label-variant" if match.exact else "label-nearest"
        label = label_of(table, match.code)
        if not match.exact and axis == "row" and _says_more(table, match.code, text):
            self.problem("not-placed", row, None, table=table, row=match.code, raw=" ".join(text.split()))
        self.problem(code, row, None, table=table, raw=" ".join(text.split()), label=label, **{axis: match.code})

    def put(
        self,
        row: Row,
        table: str,
        code: str,
        named: Iterable[tuple[str | None, Piece | None]],
        money: str | None = None,
        subtotal: bool = False,
    ) -> None:
        """Read cells of a row by their columns and record them, as cells of the form or as added subtotals.

        ``money`` is the unit of those that are money. A figure in a column without a code is a problem.
        """
        grid, number, shared = row.grid, row.number, row.shared
        page, grid_number, before = grid.page, grid.number, grid.column_offset + 1
        for column, piece in named:
            if piece is None:
                continue
            text = piece.text
            if column is None:
                if piece.kind in ("figure", "other") or (not grid.ruled and figures_in(piece)):
                    self.problem("not-placed", row, piece, table=table, row=code, raw=text)
                continue
            key = (table, code, column)
            if shared and piece.left in shared and piece.kind != "blank":
                self.problem("cell-spans-rows", row, piece, table=table, row=code, column=column, raw=text)
                if not piece.begins:
                    text = ""
            unit, signed = _MEASURES[key]
            read = parse(text, money, signed)
            if read.problem is not None:
                self.problem(read.problem, row, piece, table=table, row=code, column=column, raw=text)
            # half the time of a call of the class itself
            left = piece.left + before
            cell = _new(Cell, (*key, read.value, unit, read.status, text, page, grid_number, number, left))
            if subtotal or column == ALL_ORGANISATIONS:
                self.subtotals.append(cell)
            else:
                self.cells[key] = cell


def adds_up(named: Iterable[tuple[str | None, Piece | None]]) -> bool:
    """Whether the total among cells, each with its column, is the sum of the others."""
    values = {column: parse(cell.text).value or 0 for column, cell in named if cell and column not in _ASIDE}
    return "total" in values and 2 * values["total"] == sum(values.values())


@lru_cache(maxsize=1024)
def _says_more(table: str, code: str, text: str) -> bool:
    """Whether a text holds the label of a row and other words than the heading of its group."""
    labels = codebook().find(table, "row", code).labels.values()
    rest = next((rest for label in labels if (rest := bare(text).replace(bare(label), "")) != bare(text)), "")
    headings = {bare(label) for group in codebook().select(table, "group") for label in group.labels.values()}
    return bool(rest) and _MEANS_SOMETHING.search(rest) is not None and rest.rstrip("0123456789") not in headings


@cache
def label_of(table: str, code: str, edition: int | None = None) -> str:
    """The form's label of a row, column or group."""
    for known in codebook().codes:
        if known.table == table and known.code == code and known.axis in ("row", "column", "group"):
            return known.label("zh", edition) if edition else known.label()
    return code
