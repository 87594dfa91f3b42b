"""Part three: requests by outcome and applicant, the table that page breaks cut most."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from ..matching import Match, bare
from ..values import parse
from .applicants import TABLE, applicants, with_columns
from .body import Line, columns_of_label, is_heading, may_be_heading
from .cells import ALL_ORGANISATIONS, Sheet, adds_up, label_of
from .columns import Columns, counted, place
from .doubts import doubt_row
from .outcomes import name
from .rows import Piece, Row, is_blank

_NUMBER_OF_ROW = re.compile(r"[(（]\W*\d{1,2}\W*[)）]|\d{1,2}\W*[.．、。,，:：]")


def read(rows: Sequence[Row], sheet: Sheet) -> None:
    """Code the cells of the requests table."""
    lines = [Line(row, columns) for row, columns in with_columns(rows, sheet)]
    _demand_sums(lines)
    name(lines, sheet)
    _give_labels_their_blanks(lines)
    repeated: list[tuple[Row, str, str]] = []
    for line in lines:
        _figures(line, sheet, repeated)
    _doubt_the_few(lines, sheet)
    sheet.repeated(TABLE, repeated)


def _demand_sums(lines: Sequence[Line]) -> None:
    """Text in which some rows have fewer cells than columns lost blanks: one of the right number may lack some too.

    So may all where most of them do not add up.
    """
    of_text = [line for line in lines if line.row.grid.counted and line.has_figure]
    sums = [adds_up(zip(_codes(line), line.row.figures, strict=False)) for line in of_text]
    if any(len(line.row.pieces) - len(line.row.labels) < _width(line) for line in of_text) or 2 * sum(sums) < len(sums):
        for line in of_text:
            line.must_add_up = True


def _give_labels_their_blanks(lines: Sequence[Line]) -> None:
    """Where programs wrote a blank for each further column that a label spans, as all such rows of a table show.

    There each row has a cell for each column.
    """
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
    for table in tables.keys() - others:
        for line, number in tables[table]:
            line.blanks = number
        for line in lines:
            line.is_regular |= id(line.row.grid) == table


def _codes(line: Line) -> Sequence[str | None]:
    return line.columns.codes if line.columns else applicants()


def _width(line: Line) -> int:
    return len(_codes(line))


def _has_blanks(line: Line, number: int) -> bool:
    """Whether so many blanks, and as many cells as there are columns, stand behind a label."""
    wanted = _width(line)
    behind = [piece for piece in line.row.pieces if piece.left >= _start(line)]
    return len(behind) == number + wanted and all(piece.kind == "blank" for piece in behind[:number])


def _figures(line: Line, sheet: Sheet, repeated: list[tuple[Row, str, str]]) -> None:
    row, match = line.row, line.match
    if line.consumed:
        return
    if match is None:
        if not line.has_figure:
            _doubt_digits(line, sheet)
        elif line.piece is None:
            sheet.unplaced(TABLE, row, is_rest=True)
        else:
            sheet.stranger(TABLE, row, line.piece)
    elif may_be_heading(match.code) and any(_NUMBER_OF_ROW.fullmatch(piece.text) for piece in row.pieces):
        # a label cut behind its number: the rest, and the row it names, stand below
        sheet.stranger(TABLE, row, line.piece)
    elif is_heading(match.code):
        if line.has_figure:
            _subtotals(line, match.code, sheet)
    elif (TABLE, match.code) in sheet.rows_read and not _names_the_rest(line, match.code, sheet):
        repeated.append((row, match.code, line.piece.text if line.piece else ""))
    else:
        columns = line.columns or counted(applicants(), _start(line))
        placed = place(row, _start(line), columns, partial(_add_up, columns), line.is_regular)
        if placed is None or (line.must_add_up and not _add_up(columns, placed)):
            sheet.problem("not-placed", row, table=TABLE, row=match.code, raw=row.text())
        else:
            _put(line, match, columns, placed, sheet)


def _names_the_rest(line: Line, code: str, sheet: Sheet) -> bool:
    """Whether a header names only columns that a row lacked above, where the table is cut between two columns."""
    named = line.columns.codes if line.columns else ()
    return bool(named) and not any((TABLE, code, column) in sheet.cells for column in named if column)


def _add_up(columns: Columns[str | None], placed: Sequence[Piece | None]) -> bool:
    """Whether the total among the cells of a row is the sum of the others; noughts prove nothing of a part of them."""
    if not columns.is_whole and not any(piece and parse(piece.text).value for piece in placed):
        return False
    return adds_up(zip(columns.codes, placed, strict=True))


def _put(line: Line, match: Match, columns: Columns[str | None], placed: Sequence[Piece | None], sheet: Sheet) -> None:
    row = line.row
    text = line.piece.text if line.piece else ""
    if line.by_position:
        sheet.problem("placed-by-position", row, table=TABLE, row=match.code, label=text)
    else:
        sheet.label(TABLE, "row", match, row, text)
    if columns.by_position and not any(p.code == "placed-by-position" and p.table == TABLE for p in sheet.problems):
        sheet.problem("placed-by-position", row, table=TABLE, label=row.text())
    named = list(zip(columns.codes, placed, strict=True))
    sheet.put(row, TABLE, match.code, named)
    sheet.rows_read.add((TABLE, match.code))
    doubt_row(sheet, TABLE, match.code, row, text, columns, [named])


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
        sheet.unplaced(TABLE, row, is_rest=True)


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
    # beside a heading may stand the rest of figures set on two lines, or those of a label that begins there
    is_rest = not row.grid.ruled and (placed is None or any(map(is_blank, placed)))
    is_begun = sum(bare(piece.text) == bare(label_of(TABLE, group)) for piece in row.labels) > 1
    # so they may where some rows of its group stand above
    is_begun |= any(table == TABLE and code.startswith(f"{group}.") for table, code in sheet.rows_read)
    if not row.grid.ruled or is_begun or row.index + 1 == len(row.grid.cells):
        sheet.spare.append((TABLE, row, is_rest))
    if placed is not None:
        named = [pair for pair in zip(columns.codes, placed, strict=True) if pair[0] not in (None, ALL_ORGANISATIONS)]
        sheet.put(row, TABLE, group, named, subtotal=True)
