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

#: The rest of a figure stands at most so many lines away, the figures of a label set on several lines at most so many.
_SPLIT, _CUT = 2, 10
#: So many totals that are no sums are no mere mistakes of a report.
_AGAINST = {"requests": 3, "reviews": 2}
#: A dash or stroke for no figure.
_MARKS = tuple("-–—/／")
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
        self.orphans: list[tuple[str, Row]] = []
        self.strangers: list[tuple[str, Row]] = []

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

    def orphan(self, table: str, row: Row) -> None:
        """Record that figures stand in a row without any label."""
        self.unplaced(table, row)
        self.loosen(table, row)

    def loosen(self, table: str, row: Row) -> None:
        """Note that in a table without drawn lines the figures of a row may be the rest of others beside it."""
        if not row.grid.ruled:
            self.orphans.append((table, row))

    def stranger(self, table: str, row: Row, piece: Piece | None) -> None:
        """Record that figures stand in a row whose label is not known."""
        self.problem("label-unknown", row, piece, table=table, raw=row.text())
        self.strangers.append((table, row))
        start = row.labels[0].right if row.labels else 0
        if any(other.kind == "blank" for other in row.pieces if other.left >= start):
            # words that belong to none of its figures, which are the rest of those beside them
            self.loosen(table, row)

    def unplaced(self, table: str, row: Row) -> None:
        """Record that figures could not be placed; they may belong to a blank row beside them."""
        self.problem("not-placed", row, table=table, raw=row.text())
        self.strangers.append((table, row))

    def cut_off(self, table: str, row: Row, is_begun: bool = False) -> None:
        """Note that figures may belong to a label that goes on below, as at the end of a page."""
        if is_begun or row.index + 1 == len(row.grid.cells):
            self.strangers.append((table, row))

    def doubt_sums(self) -> None:
        """Doubt the columns of a table where nearly all totals are not the sum of their parts, or none is read.

        A row with less than three numbers proves nothing: one stands in it twice, whatever their columns. A total of
        nought was forgotten, as real reports do.
        """
        rows: dict[tuple[str, str], dict[str, float]] = {}
        for (table, row, column), cell in self.cells.items():
            if table != "proactive" and cell.value is not None:
                rows.setdefault((table, row), {})[column] = cell.value
        for table, fewest in _AGAINST.items():
            filled = [values for (known, _), values in rows.items() if known == table and any(values.values())]
            totals = [values for values in filled if "total" in values]
            against = [values for values in totals if 0 != 2 * values["total"] != sum(values.values())]
            proven = [values for values in totals if 2 * values["total"] == sum(values.values()) and _is_proof(values)]
            label = codebook().label("form", "section", table)
            if filled and not totals:
                self.problem("total-missing", table=table, label=label)
            elif len(against) >= fewest and len(against) > 3 * len(proven):
                self.problem("sums-differ", table=table, label=label)

    def doubt_neighbours(self) -> None:
        """Doubt what stands beside figures that could not be placed.

        In a table without drawn lines, a row without label may hold the rest of figures set on two lines. Figures with
        an unknown label may belong to a blank row beside them, whose label is then a part of theirs; and without drawn
        lines, to a row with blanks next to them.
        """
        for table, row in self.orphans:
            for code in self._beside(table, row, _SPLIT):
                self.problem("number-split", row, table=table, row=code, raw=row.text())
        filled, blank = (
            {c[:2] for c in self.cells.values() if (c.status == "blank") is is_blank} if self.strangers else set()
            for is_blank in (False, True)
        )
        for table, row in self.strangers:
            near = self._beside(table, row, _SPLIT) if not row.grid.ruled else []
            for code in self._beside(table, row, _CUT):
                if (table, code) not in filled or (code in near and (table, code) in blank):
                    self.problem("not-placed", row, table=table, row=code, raw=row.text())

    def _beside(self, table: str, row: Row, reach: int) -> list[str]:
        """The rows of the form that were read so many lines away, or nearer, also in the grids above and below."""
        grid = row.grid
        # grid → what a row of it is counted from; those of a sheet may be counted on
        counted = {grid.number: (row.number,), grid.number + 1: (row.index - len(grid.cells) + 1, row.number)}
        above = [c.grid_row for c in self.cells.values() if c.table == table and c.grid == grid.number - 1]
        if above:
            # a label may go on above its figures at the head of the next grid
            counted[grid.number - 1] = max(above) + row.index + 1, row.number
        return sorted(
            {
                c.row
                for c in self.cells.values()
                if c.table == table and any(abs(c.grid_row - start) <= reach for start in counted.get(c.grid or 0, ()))
            }
        )

    def label(self, table: str, axis: str, match: Match, row: Row, text: str) -> None:
        """Record that a label was not worded as on the form."""
        if match.exact and match.usual:
            return
        code = "label-variant" if match.exact else "label-nearest"
        label = label_of(table, match.code)
        if not match.exact and axis == "row" and _says_more(table, match.code, text):
            self.problem("not-placed", row, None, table=table, row=match.code, raw=" ".join(text.split()))
        self.problem(code, row, None, table=table, raw=" ".join(text.split()), label=label, **{axis: match.code})

    def doubt_blanks(self, table: str, code: str, row: Row, text: str, placed: Sequence[Piece | None]) -> None:
        """In a table without lines, doubt blanks whose figure seems to stand behind the label, in it or in another."""
        if not row.is_print or not any(map(is_blank, placed)):
            return
        if text[-1:] in _MARKS or any(map(str.isdigit, bare(text))):
            self.problem("not-placed", row, table=table, row=code, raw=text)
        if any(piece and piece.kind in ("other", "words") and any(map(str.isdigit, piece.text)) for piece in placed):
            self.problem("not-placed", row, table=table, row=code, raw=row.text())

    def doubt_beside(self, table: str, code: str, row: Row, placed: Sequence[Piece | None]) -> None:
        """In a table without lines, doubt figures beside a cell with several: one may be the rest of theirs."""
        if row.grid.ruled:
            return
        if any(piece and figures_in(piece) > 1 and parse(piece.text).value is None for piece in placed):
            self.problem("not-placed", row, table=table, row=code, raw=row.text())

    def doubt_sum(self, table: str, code: str | None, row: Row, parts: Iterable[Sequence[Named]]) -> None:
        """Doubt figures beside a blank, or two in one cell, that do not add up to their total: they may have moved.

        ``parts`` are the cells of a row that have a total of their own.
        """
        for named in parts:
            cells = dict(named)
            cells.pop(None, None)
            if "total" not in cells or all(map(is_blank, cells.values())):
                continue
            if is_blank(cells["total"]):
                self.problem(
                    "total-blank",
                    row,
                    cells["total"],
                    table=table,
                    row=code,
                    label=label_of(table, code) if code else row.text(),
                )
            elif any(is_blank(cell) or _is_split(cell) for cell in cells.values()) and not adds_up(named):
                self.problem("not-placed", row, table=table, row=code, raw=row.text())

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


def _is_proof(values: dict[str, float]) -> bool:
    return sum(map(bool, values.values())) > 2


def _is_split(cell: Piece | None) -> bool:
    """Whether what stands in a cell may be two figures."""
    return cell is not None and parse(cell.text).problem == "number-split"


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
