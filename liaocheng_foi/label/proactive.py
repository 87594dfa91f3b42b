"""Part two: proactive disclosure, in blocks of article 20 with a header each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ..codebook import EDITIONS, codebook
from ..matching import Match, bare, matcher
from .cells import Sheet
from .columns import Columns, counted, has_blank_below_a_name, place
from .doubts import doubt_row
from .rows import Piece, Row, is_blank

TABLE = "proactive"
_BLOCKS = matcher(TABLE, "block")
_ITEMS = matcher(TABLE, "row")
_MEASURES = matcher(TABLE, "column")
_HEADINGS = matcher(TABLE, "heading")
MONEY = ("亿元", "万元", "元")
#: The unit of money at the end of a measure's label.
_UNIT = re.compile(f"(?<=[额額位币幣])({'|'.join(MONEY)})$")


def read(rows: Sequence[Row], sheet: Sheet) -> None:
    """Code the cells of the proactive table."""
    columns: Columns[str | None] | None = None
    repeated: list[tuple[Row, str, str]] = []
    lines: list[tuple[Row, str, Columns[str | None]]] = []
    begun = False
    own = list(map(_without_article, rows))
    exact = {match.code for row in own if row.labels and (match := _ITEMS.exact(row.labels[0].text))}
    for row in own:
        if not row.labels:
            if row.figures and columns is not None:
                sheet.unplaced(TABLE, row, is_rest=True)
            continue
        first = row.labels[0].text
        if _BLOCKS.exact(first) and not row.figures:
            columns, begun = None, True
        elif (header := _header(row, sheet)) is not None:
            columns, begun = header, True
        elif begun or row.figures:
            item = _figures(row, columns, sheet, repeated, exact)
            if item is not None and columns is not None:
                lines.append((row, item, columns))
    _doubt_gaps(lines, sheet)
    sheet.repeated(TABLE, repeated)


def _without_article(row: Row) -> Row:
    """The row without the heading of its block, where that stands beside and not above it."""
    if len(row.labels) < 2 or _BLOCKS.exact(row.labels[0].text) is None:
        return row
    first, *others = row.labels
    return replace(row, pieces=[piece for piece in row.pieces if piece is not first], labels=others)


def _header(row: Row, sheet: Sheet) -> Columns[str | None] | None:
    """The measures that a header row names; None when it is no header."""
    if row.figures:
        return None
    named_first = _HEADINGS.exact(row.labels[0].text) is not None
    pieces = row.labels[1:] if named_first else row.labels
    matches = [_measure(piece.text) for piece in pieces]
    if not named_first and (_ITEMS.exact(row.labels[0].text) or not any(matches)):
        return None
    columns: Columns[str | None] = Columns([], [], row.grid)
    for piece, match in zip(pieces, matches, strict=True):
        match = match or _MEASURES.near(_without_unit(piece.text))
        columns.codes.append(match.code if match else None)
        columns.spans.append((piece.left, piece.right))
        if match is None:
            sheet.problem("label-unknown", row, piece, table=TABLE, raw=piece.text)
            continue
        sheet.label(TABLE, "column", match, row, piece.text)
        if (unit := _UNIT.search(bare(piece.text))) is not None:
            columns.units[match.code] = unit[1]
    return columns if columns.codes else None


def _measure(text: str) -> Match | None:
    return _MEASURES.exact(text) or _MEASURES.exact(_without_unit(text))


def _without_unit(text: str) -> str:
    """A measure's label without its unit of money, which differs from report to report."""
    for opening in "（(":
        head, bracket, tail = text.partition(opening)
        if bracket and "元" in tail:
            return head
    return text


def _figures(
    row: Row,
    columns: Columns[str | None] | None,
    sheet: Sheet,
    repeated: list[tuple[Row, str, str]],
    exact: Collection[str],
) -> str | None:
    """Record a row and give its item; ``exact`` are those of the form whose own label is printed, here or elsewhere."""
    piece = row.labels[0]
    match = _ITEMS.exact(piece.text) or _ITEMS.near(piece.text)
    if match is None or (not match.exact and match.code in exact):
        if row.figures:
            sheet.stranger(TABLE, row, piece)
        return None
    if (TABLE, match.code) in sheet.rows_read:
        repeated.append((row, match.code, piece.text))
        return None
    start = row.labels[0].right
    if columns is None:
        columns = _by_position(row, match.code, start)
        if columns is None:
            if row.figures:
                sheet.problem("not-placed", row, table=TABLE, row=match.code, raw=row.text())
            return None
        sheet.problem("placed-by-position", row, table=TABLE, row=match.code, label=piece.text)
    placed = place(row, start, columns)
    if placed is None or _ends_early(row, start, columns):
        sheet.problem("not-placed", row, table=TABLE, row=match.code, raw=row.text())
        return None
    sheet.label(TABLE, "row", match, row, piece.text)
    doubt_row(sheet, TABLE, match.code, row, piece.text, columns, [list(zip(columns.codes, placed, strict=True))])
    sheet.rows_read.add((TABLE, match.code))
    for measure, cell in _one_each(columns.codes, placed, row, match.code, sheet):
        if measure is None or codebook().find(TABLE, "column", measure).unit != "万元":
            sheet.put(row, TABLE, match.code, [(measure, cell)])
        elif cell is not None:
            _money(row, match.code, measure, cell, columns.units.get(measure), sheet)
    return match.code


def _doubt_gaps(lines: Sequence[tuple[Row, str, Columns[str | None]]], sheet: Sheet) -> None:
    """Doubt figures beside blanks in a print none of whose rows has a figure below each of several names.

    Nothing adds up here, so that only such a row shows that figures stand below their names.
    """
    of_print = [line for line in lines if line[0].is_print and line[0].figures]
    if any(len(columns.codes) > 1 and _spans(row.figures) == columns.spans for row, _, columns in of_print):
        return
    for row, item, columns in of_print:
        if has_blank_below_a_name(row, columns):
            sheet.problem("not-placed", row, table=TABLE, row=item, raw=row.text())


def _spans(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    return [(piece.left, piece.right) for piece in pieces]


def _ends_early(row: Row, start: int, columns: Columns[str | None]) -> bool:
    """Whether a line of text with figures has less cells than its header: no sum tells which of them it lacks."""
    cells = sum(piece.left >= start for piece in row.pieces)
    return bool(row.figures) and not row.grid.ruled and cells < len(columns.codes)


def _one_each(
    measures: Sequence[str | None], placed: Sequence[Piece | None], row: Row, item: str, sheet: Sheet
) -> Iterator[tuple[str | None, Piece | None]]:
    """Each measure with its cell; of one that is named twice that with a figure, where no other has another one."""
    for number, (measure, cell) in enumerate(zip(measures, placed, strict=True)):
        if measure is None or measures.count(measure) == 1:
            yield measure, cell
        elif measures.index(measure) == number:
            cells = [cell for known, cell in zip(measures, placed, strict=True) if known == measure]
            printed = {cell.text: cell for cell in cells if cell and not is_blank(cell)}
            if len(printed) > 1:
                sheet.problem("not-placed", row, cell, table=TABLE, row=item, column=measure, raw=" | ".join(printed))
            else:
                yield measure, next(iter(printed.values()), cell)


def _money(row: Row, item: str, measure: str, cell: Piece, unit: str | None, sheet: Sheet) -> None:
    """Record an amount of money; ``unit`` is that of its column, where it is printed there."""
    sheet.put(row, TABLE, item, [(measure, cell)], unit or "万元")
    if unit is None and sheet.cells[TABLE, item, measure].value and "元" not in cell.text:
        sheet.problem("unit-unknown", row, cell, table=TABLE, row=item, column=measure, raw=cell.text, unit="万元")


def _by_position(row: Row, item: str, start: int) -> Columns[str | None] | None:
    """No header: the edition whose block has as many columns as the row has figures, if it is only one."""
    cells = [piece for piece in row.pieces if piece.left >= start]
    while cells and cells[-1].kind == "blank":
        cells.pop()
    fitting = {
        tuple(column.code for column in columns)
        for edition in EDITIONS
        if len(columns := codebook().columns(TABLE, edition, item)) == len(cells)
    }
    return counted(fitting.pop(), start) if len(fitting) == 1 and cells else None
