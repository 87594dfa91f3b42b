"""Part three: requests by outcome and applicant, the table that page breaks cut most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..matching import Match
from .applicants import TABLE, adds_up, applicants, with_columns
from .cells import ALL_ORGANISATIONS, Sheet, is_blank, label_of
from .columns import Columns, counted, place
from .outcomes import Line, columns_of_label, is_heading, name
from .rows import Piece, Row

_NUMBER_OF_ROW = re.compile(r"[(（]\d{1,2}[)）]|\d{1,2}[.．、]")


def read(rows: Sequence[Row], sheet: Sheet) -> None:
    """Code the cells of the requests table."""
    lines = [Line(row, columns) for row, columns in with_columns(rows, sheet)]
    _demand_sums(lines)
    name(lines, sheet)
    _give_labels_their_blanks(lines)
    repeated: list[Line] = []
    for line in lines:
        _figures(line, sheet, repeated)
    _doubt_the_few(lines, sheet)
    if len(repeated) > 2:
        sheet.repeated_table(repeated[0].row, TABLE)
    else:
        for line in repeated:
            code = line.match.code if line.match else None
            sheet.problem("row-twice", line.row, table=TABLE, row=code, label=line.piece.text if line.piece else "")


def _demand_sums(lines: Sequence[Line]) -> None:
    """Text in which some rows have more figures than columns and others fewer cells lost blanks and parted digits.

    A row of the right number may have suffered both.
    """
    of_text = [line for line in lines if line.row.grid.counted and line.has_figure]
    wanted = [len(line.columns.codes if line.columns else applicants()) for line in of_text]
    rows = [line.row for line in of_text]
    if any(len(row.figures) > n for row, n in zip(rows, wanted, strict=True)) and any(
        len(row.pieces) - len(row.labels) < n for row, n in zip(rows, wanted, strict=True)
    ):
        for line in of_text:
            line.must_add_up = True


def _give_labels_their_blanks(lines: Sequence[Line]) -> None:
    """Where programs wrote a blank for each further column that a label spans, as all such rows of a table show."""
    tables: dict[int, list[tuple[Line, int]]] = {}
    others: set[int] = set()
    for line in lines:
        table = id(line.row.grid)
        if table in others or not (line.match and line.piece and line.has_figure) or is_heading(line.match.code):
            continue
        number = columns_of_label(line.match.code) - 1
        if not number:
            continue
        if _has_blanks(line, number):
            tables.setdefault(table, []).append((line, number))
        else:
            others.add(table)
    for table, found in tables.items():
        for line, number in found if table not in others else ():
            line.blanks = number


def _has_blanks(line: Line, number: int) -> bool:
    """Whether so many blanks, and as many cells as there are columns, stand behind a label."""
    wanted = len(line.columns.codes if line.columns else applicants())
    behind = [piece for piece in line.row.pieces if piece.left >= _start(line)]
    return len(behind) == number + wanted and all(piece.kind == "blank" for piece in behind[:number])


def _figures(line: Line, sheet: Sheet, repeated: list[Line]) -> None:
    row, match = line.row, line.match
    if line.consumed:
        return
    if match is None:
        if not line.has_figure:
            _doubt_digits(line, sheet)
        elif line.piece is None:
            sheet.orphan(TABLE, row)
        else:
            sheet.stranger(TABLE, row, line.piece)
    elif is_heading(match.code):
        if any(_NUMBER_OF_ROW.fullmatch(piece.text) for piece in row.pieces):
            # a label cut behind its number: the rest, and the row it names, stand below
            sheet.stranger(TABLE, row, line.piece)
        elif line.has_figure:
            _subtotals(line, match.code, sheet)
    elif (TABLE, match.code) in sheet.rows_read:
        repeated.append(line)
    else:
        columns = line.columns or counted(applicants(), _start(line))
        placed = place(row, _start(line), columns)
        if placed is None or (line.must_add_up and not adds_up(row)):
            sheet.problem("not-placed", row, table=TABLE, row=match.code, raw=row.text())
        else:
            _put(line, match, columns, placed, sheet)


def _put(line: Line, match: Match, columns: Columns[str | None], placed: Sequence[Piece | None], sheet: Sheet) -> None:
    row = line.row
    text = line.piece.text if line.piece else ""
    if line.by_position:
        sheet.problem("placed-by-position", row, table=TABLE, row=match.code, label=text)
    else:
        sheet.label(TABLE, "row", match, row, text)
        sheet.doubt_blanks(TABLE, match.code, row, text, placed)
    if columns.by_position and not any(p.code == "placed-by-position" and p.table == TABLE for p in sheet.problems):
        sheet.problem("placed-by-position", row, table=TABLE, label=row.text())
    sheet.put(row, TABLE, match.code, zip(columns.codes, placed, strict=True))
    sheet.rows_read.add((TABLE, match.code))
    total = placed[-1]
    if columns.codes[-1] == "total" and is_blank(total) and not all(map(is_blank, placed)):
        sheet.problem("total-blank", row, total, table=TABLE, row=match.code, label=label_of(TABLE, match.code))


def _doubt_the_few(lines: Sequence[Line], sheet: Sheet) -> None:
    """Where most rows could not be placed, those with blanks have the right number of cells by chance, perhaps."""
    named = [line for line in lines if line.match and line.has_figure and not is_heading(line.match.code)]
    read = [line for line in named if line.match and (TABLE, line.match.code) in sheet.rows_read]
    for line in read if 2 * len(read) < len(named) else ():
        if line.match and any(piece.kind == "blank" for piece in line.row.pieces if piece.left >= _start(line)):
            sheet.problem("not-placed", line.row, table=TABLE, row=line.match.code, raw=line.row.text())


def _doubt_digits(line: Line, sheet: Sheet) -> None:
    """In a table without lines digits that are no figure and beside no label may be a part of a figure near them."""
    row = line.row
    label = line.piece.left if line.piece else None
    beside = "".join(piece.text for piece in row.pieces if piece.left != label)
    if not row.is_print or not any(map(str.isdigit, beside)):
        return
    if any(piece.kind == "words" for piece in row.pieces):
        sheet.stranger(TABLE, row, line.piece)
    else:
        sheet.orphan(TABLE, row)


def _start(line: Line) -> int:
    """The first grid column behind the labels."""
    if line.piece is not None:
        return line.piece.right + line.blanks
    if line.row.labels:
        return line.row.labels[-1].right
    return line.columns.spans[0][0] if line.columns and line.columns.spans else 0


def _subtotals(line: Line, group: str, sheet: Sheet) -> None:
    row = line.row
    last = row.labels[-1] if row.labels else None
    columns = line.columns or counted(applicants())
    placed = place(row, last.right if last else 0, columns)
    sheet.problem("subtotal-added", row, last, table=TABLE, row=group, raw=row.text())
    if placed is None or any(map(is_blank, placed)):
        # beside a heading may stand the rest of figures set on two lines
        sheet.loosen(TABLE, row)
    sheet.cut_off(TABLE, row)
    if placed is not None:
        named = [pair for pair in zip(columns.codes, placed, strict=True) if pair[0] not in (None, ALL_ORGANISATIONS)]
        sheet.put(row, TABLE, group, named, subtotal=True)
