"""Part four: reconsideration and litigation, fifteen columns over one row of figures (or three rows of five)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from ..codebook import EDITIONS, codebook
from ..matching import matcher
from .cells import Sheet
from .columns import Columns, counted, finder, is_torn, lowest, place, stacks, unspanned
from .rows import Row, evidence

TABLE = "reviews"
_RESULTS = matcher(TABLE, "column")
_PROCEEDINGS = matcher(TABLE, "row")
#: A header, with what may stand above it, has at most so many rows, and is cut into at most so many grids.
_HEADER, _CUTS = 20, 4


def read(rows: Sequence[Row], sheet: Sheet) -> None:
    """Code the cells of the reviews table."""
    header: list[Row] = []
    columns: Columns | None = None
    done: Row | None = None
    for row in rows:
        proceeding = _proceeding(row)
        if proceeding and columns is None and header:
            named = _columns(header, sheet)
            columns = named if named and len(named.codes) == len(_results()) else None
        is_named = any(evidence(piece.text) for piece in row.labels) and not (columns and proceeding)
        if not row.has_figure and (is_named or (columns is None and _goes_on(row, header))):
            if columns is not None:
                header, columns = [], None
            header.append(row)
            del header[:-_HEADER]
            continue
        if not row.has_figure and any(piece.kind != "blank" for piece in row.pieces) and not proceeding:
            continue
        if columns is None and header:
            columns = _columns(header, sheet)
        if proceeding and columns and len(columns.codes) == len(_results()):
            _one_proceeding(row, proceeding, columns, sheet)
        elif done is None or not done.has_figure:
            if _all_proceedings(row, columns, sheet):
                done = row
        elif row.has_figure:
            sheet.repeated_table(row, TABLE)


def _goes_on(row: Row, header: Sequence[Row]) -> bool:
    """Whether a row holds lower lines of the labels of a header, in a table without lines."""
    return bool(header and header[-1].grid is row.grid and row.labels) and not row.grid.ruled


def _results() -> list[str]:
    return [column.code for column in codebook().columns(TABLE, EDITIONS[-1])]


def _proceedings() -> list[str]:
    return [row.code for row in codebook().rows(TABLE, EDITIONS[-1])]


def _proceeding(row: Row) -> str | None:
    """The one proceeding that a row's own label names, where its cells go on with figures or blanks."""
    if not row.labels or len(row.pieces) <= len(row.labels):
        return None
    named = [match.code for piece in row.labels if (match := _PROCEEDINGS.exact(piece.text))]
    results = [piece for piece in row.labels if _RESULTS.exact(piece.text)]
    return named[0] if len(named) == 1 and not results else None


def _columns(header: Sequence[Row], sheet: Sheet) -> Columns | None:
    """(proceeding, result) of each column; the proceeding is None where rows, not columns, name it.

    A header may be cut into several grids, and other tables may stand above it.
    """
    starts = [i for i, row in enumerate(header) if not i or header[i - 1].grid is not row.grid]
    starts = [start for start in starts if not is_torn(header[start:])]
    tried = [_spanned_or_not(header[start:]) for start in starts[-_CUTS:]]
    columns = next(filter(_is_whole, tried), tried[-1])
    if not columns.codes:
        return None
    pairs = [code for code in columns.codes if isinstance(code, tuple)]
    results = [result for _, result in pairs]
    if any(proceeding is None for proceeding, _ in pairs) and len(results) == len(_results()) * len(_proceedings()):
        # results repeated three times under lost headings: the form's order of proceedings
        expected = [p for p in _proceedings() for _ in _results()]
        columns.codes = list(zip(expected, results, strict=True))
        sheet.problem("placed-by-position", header[-1], table=TABLE, label=header[-1].text())
    if len(set(columns.codes)) < len(columns.codes):
        sheet.problem("label-unknown", header[-1], table=TABLE, raw=header[-1].text())
        return None
    return columns


def _is_whole(columns: Columns) -> bool:
    """Whether the columns are those of the whole form, or of one proceeding a row."""
    for proceedings in ([None], _proceedings()):
        form = list(product(proceedings, _results()))
        if len(columns.codes) == len(form) and set(columns.codes) == set(form):
            return True
    return False


def _spanned_or_not(header: Sequence[Row]) -> Columns:
    columns = _named(stacks(header), header)
    if header[0].grid.counted or not _is_whole(columns):
        texts = unspanned(header, _is_proceeding)
        without_spans = _named([((0, 0), column) for column in texts or ()], header)
        if _is_whole(without_spans):
            columns, columns.spans = without_spans, []
    return columns


def _named(stacked: Sequence[tuple[tuple[int, int], list[str]]], header: Sequence[Row]) -> Columns:
    columns = Columns([], [], header[0].grid)
    for span, texts in stacked:
        result = lowest(texts, finder(_RESULTS, header, texts))
        if result is not None:
            columns.codes.append((lowest(texts, _PROCEEDINGS.code), result))
            columns.spans.append(span)
    return columns


def _is_proceeding(text: str) -> bool:
    return matcher(TABLE, "row", "group").exact(text) is not None


def _all_proceedings(row: Row, columns: Columns | None, sheet: Sheet) -> bool:
    form = [(proceeding, result) for proceeding in _proceedings() for result in _results()]
    start = row.labels[-1].right if row.labels else 0
    if columns is None:
        columns = counted(form)
        if len([piece for piece in row.pieces if piece.kind != "blank"]) != len(form):
            if row.has_figure:
                sheet.problem("not-placed", row, table=TABLE, raw=row.text())
            return False
        sheet.problem("placed-by-position", row, table=TABLE, label=row.text())
    placed = place(row, start, columns)
    if placed is None or any(not isinstance(code, tuple) or None in code for code in columns.codes):
        if row.has_figure:
            sheet.problem("not-placed", row, table=TABLE, raw=row.text())
        return False
    for code, cell in zip(columns.codes, placed, strict=True):
        if cell is not None and isinstance(code, tuple):
            sheet.put((TABLE, code[0], code[1]), row, cell)
    return True


def _one_proceeding(row: Row, proceeding: str, columns: Columns, sheet: Sheet) -> None:
    if (TABLE, proceeding) in sheet.rows_read:
        sheet.problem("row-twice", row, table=TABLE, row=proceeding, label=row.labels[0].text)
        return
    placed = place(row, row.labels[-1].right, columns)
    if placed is None:
        sheet.problem("not-placed", row, table=TABLE, row=proceeding, raw=row.text())
        return
    for code, cell in zip(columns.codes, placed, strict=True):
        if cell is not None and isinstance(code, tuple):
            sheet.put((TABLE, proceeding, code[1]), row, cell)
