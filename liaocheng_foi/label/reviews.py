"""Part four: reconsideration and litigation, fifteen columns over one row of figures (or three rows of five)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache, partial
from itertools import dropwhile, product

from ..codebook import EDITIONS, codebook
from ..matching import Match, matcher
from .cells import Named, Sheet, adds_up, label_of
from .columns import Columns, counted, place
from .doubts import doubt_row
from .headers import Header, Span, Stack, finder, header_of, lowest, stacks, unspanned
from .rows import Piece, Row, evidence, is_blank

TABLE = "reviews"
_RESULTS = matcher(TABLE, "column")
_PROCEEDINGS = matcher(TABLE, "row")
_HEADINGS = matcher(TABLE, "row", "group")
#: A header, with what may stand above it, has at most so many rows, and is cut into at most so many grids.
_HEADER, _CUTS = 20, 4

#: (proceeding, result) of a column; the proceeding is None where rows, not columns, name it, both where it is unknown.
_Pair = tuple[str | None, str | None]


@cache
def _results() -> tuple[str, ...]:
    return tuple(column.code for column in codebook().columns(TABLE, EDITIONS[-1]))


@cache
def _proceedings() -> tuple[str, ...]:
    return tuple(row.code for row in codebook().rows(TABLE, EDITIONS[-1]))


@cache
def _form() -> tuple[_Pair, ...]:
    """The columns of the whole form."""
    return tuple(product(_proceedings(), _results()))


def read(rows: Sequence[Row], sheet: Sheet) -> None:
    """Code the cells of the reviews table."""
    header: list[Row] = []
    columns: Columns[_Pair] | None = None
    done: tuple[Row, Columns[_Pair] | None] | None = None
    over: str | None = None
    for number, row in enumerate(rows):
        if (alone := _alone(row)) is not None and _opens(rows[number:]):
            over, header, columns = alone.code, [], None
            continue
        proceeding = _proceeding(row)
        if proceeding and columns is None and header:
            named = _columns(header, sheet)
            columns = named if named and _is_by_rows(named) else None
        is_named = any(evidence(piece.text) for piece in row.labels) and not (columns and proceeding)
        if not row.figures and (is_named or (columns is None and _goes_on(row, header))):
            if columns is not None:
                header, columns = [], None
            header.append(row)
            del header[:-_HEADER]
            continue
        if not row.figures and any(piece.kind != "blank" for piece in row.pieces) and not proceeding:
            continue
        if columns is None and header:
            columns = _columns(header, sheet)
        if columns and _is_by_rows(columns) and (proceeding or (over and row.figures and not row.labels)):
            _one_proceeding(row, proceeding or over or "", columns, sheet)
            over = None
        elif done is None or (not done[0].figures and columns is done[1]) or _is_rest(columns, sheet):
            if _all_proceedings(row, columns, sheet):
                done = row, columns
        elif row.figures:
            sheet.repeated_table(row, TABLE)


def _is_rest(columns: Columns[_Pair] | None, sheet: Sheet) -> bool:
    """Whether columns are those of proceedings that the tables above lacked, where each has a table of its own."""
    named = {proceeding for proceeding, _ in _known(columns.codes)} if columns else set()
    return bool(named) and None not in named and not any((TABLE, proceeding) in sheet.rows_read for proceeding in named)


def _alone(row: Row) -> Match | None:
    """The proceeding, or their group, that alone stands in a row over a table of its own."""
    if row.is_print or row.figures or len(row.words) != 1:
        return None
    return _HEADINGS.exact(row.words[0].text)


def _opens(rows: Sequence[Row]) -> bool:
    """Whether rows from such a one on open a table: the results are named below it, before all figures."""
    below = next(dropwhile(_alone, rows), None)
    return below is not None and not below.figures and any(_RESULTS.exact(piece.text) for piece in below.words)


def _is_by_rows(columns: Columns[_Pair]) -> bool:
    """Whether they are the results of one proceeding, which each row names."""
    return _known(columns.codes) == set(product([None], _results()))


def _known(codes: Sequence[_Pair]) -> set[_Pair]:
    return {code for code in codes if code[1]}


def _goes_on(row: Row, header: Sequence[Row]) -> bool:
    """Whether a row holds lower lines of the labels of a header, in a table without lines."""
    return bool(header and header[-1].grid is row.grid and row.labels) and not row.grid.ruled


def _proceeding(row: Row) -> str | None:
    """The one proceeding that a row's own label names, where its cells go on with figures or blanks."""
    if not row.labels or len(row.pieces) <= len(row.labels):
        return None
    named = [match.code for piece in row.labels if (match := _PROCEEDINGS.exact(piece.text))]
    results = [piece for piece in row.labels if _RESULTS.exact(piece.text)]
    return named[0] if len(named) == 1 and not results else None


def _columns(rows: Sequence[Row], sheet: Sheet) -> Columns[_Pair] | None:
    """(proceeding, result) of each column; the proceeding is None where rows, not columns, name it.

    A header may be cut into several grids, and other tables may stand above it.
    """
    starts = [i for i, row in enumerate(rows) if not i or rows[i - 1].grid is not row.grid]
    headers = [(header, start) for start in starts if (header := header_of(rows[start:]))]
    tried = [(_named(header), rows[start].grid) for header, start in headers[-_CUTS:]]
    (codes, spans), grid = next((named for named in tried if _is_whole(named[0][0])), tried[-1])
    if not codes:
        return None
    if None in dict(codes) and len(codes) == len(_form()) and all(result for _, result in codes):
        # results repeated three times under lost headings: the form's order of proceedings
        proceedings = (proceeding for proceeding, _ in _form())
        codes = tuple((proceeding, result) for proceeding, (_, result) in zip(proceedings, codes, strict=True))
        sheet.problem("placed-by-position", rows[-1], table=TABLE, label=rows[-1].text())
    is_whole = _is_whole(codes)
    if len(_known(codes)) < sum(result is not None for _, result in codes) or (grid.aligned and not is_whole):
        # in a print nobody knows how far the headings reach over names of which some are lost
        sheet.problem("label-unknown", rows[-1], table=TABLE, raw=rows[-1].text())
        return None
    # a figure for each name that is left of a header would be chance
    return Columns(list(codes), list(spans), grid, countable=is_whole)


@lru_cache(maxsize=256)
def _named(header: Header) -> tuple[tuple[_Pair, ...], tuple[Span, ...]]:
    """((proceeding, result), grid columns) of each column that a header names; no grid columns where they are lost."""
    codes, spans = _codes(stacks(header), header)
    if not _is_whole(codes):
        texts = unspanned(header, _is_proceeding)
        without_spans, _ = _codes([((0, 0), column) for column in texts or ()], header)
        if _is_whole(without_spans):
            return without_spans, ()
    return codes, spans


def _is_whole(codes: Sequence[_Pair]) -> bool:
    """Whether the columns are those of the whole form, or of one proceeding a row."""
    named = frozenset(codes)
    return len(named) == len(codes) and named in (frozenset(_form()), frozenset(product([None], _results())))


def _codes(stacked: Sequence[Stack], header: Header) -> tuple[tuple[_Pair, ...], tuple[Span, ...]]:
    named = [(span, texts, lowest(texts, finder(_RESULTS, header, texts))) for span, texts in stacked]
    known = [
        (span, (lowest(texts, _PROCEEDINGS.code) if result else None, result))
        for span, texts, result in dropwhile(lambda column: column[2] is None, named)
        if result or (texts and texts[-1] and not _is_proceeding(texts[-1]))
    ]
    return tuple(pair for _, pair in known), tuple(span for span, _ in known)


def _is_proceeding(text: str) -> bool:
    return _HEADINGS.exact(text) is not None


def _all_proceedings(row: Row, columns: Columns[_Pair] | None, sheet: Sheet) -> bool:
    start = row.labels[-1].right if row.labels else 0
    if columns is None:
        columns = counted(_form())
        if len([piece for piece in row.pieces if piece.kind != "blank"]) != len(_form()):
            if row.figures:
                sheet.unplaced(TABLE, row)
            return False
        sheet.problem("placed-by-position", row, table=TABLE, label=row.text())
    placed = place(row, start, columns, partial(_add_up, columns))
    if placed is None or any(proceeding is None for proceeding, _ in _known(columns.codes)):
        if row.figures:
            sheet.unplaced(TABLE, row)
        return False
    parts = _by_proceeding(columns, placed)
    doubt_row(sheet, TABLE, None, row, "", columns, parts.values())
    for proceeding, named in parts.items():
        if proceeding is not None:
            sheet.rows_read.add((TABLE, proceeding))
            sheet.put(row, TABLE, proceeding, named)
        else:
            for _, cell in named:
                if not is_blank(cell):
                    sheet.problem("not-placed", row, cell, table=TABLE, raw=cell.text if cell else "")
    return True


def _by_proceeding(columns: Columns[_Pair], placed: Sequence[Piece | None]) -> dict[str | None, list[Named]]:
    """The cells of each proceeding that a header names, with their results."""
    found: dict[str | None, list[Named]] = {}
    for (proceeding, result), cell in zip(columns.codes, placed, strict=True):
        found.setdefault(proceeding, []).append((result, cell))
    return found


def _add_up(columns: Columns[_Pair], placed: Sequence[Piece | None]) -> bool:
    """Whether the total of each proceeding is the sum of its results."""
    named = _by_proceeding(columns, placed)
    return all(adds_up(cells) for cells in named.values() if any(result for result, _ in cells))


def _one_proceeding(row: Row, proceeding: str, columns: Columns[_Pair], sheet: Sheet) -> None:
    if (TABLE, proceeding) in sheet.rows_read:
        sheet.problem("row-twice", row, table=TABLE, row=proceeding, label=label_of(TABLE, proceeding))
        return
    placed = place(row, row.labels[-1].right if row.labels else 0, columns, partial(_add_up, columns))
    if placed is None:
        sheet.problem("not-placed", row, table=TABLE, row=proceeding, raw=row.text())
        return
    sheet.rows_read.add((TABLE, proceeding))
    named = [(result, cell) for (_, result), cell in zip(columns.codes, placed, strict=True)]
    sheet.put(row, TABLE, proceeding, named)
    doubt_row(sheet, TABLE, proceeding, row, "", columns, [named])
