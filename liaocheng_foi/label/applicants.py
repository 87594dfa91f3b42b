"""Columns of part three: which applicants a header names, and what its figures say of a header that is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from statistics import mode
from typing import NamedTuple

from ..codebook import EDITIONS, codebook
from ..matching import bare, matcher
from ..values import parse
from .cells import ALL_ORGANISATIONS, Sheet, adds_up
from .columns import Columns
from .headers import Header, Span, Stack, finder, header_of, lowest, stacks, unspanned
from .rows import Row, evidence, kind_of, shared_labels

TABLE = "requests"
_APPLICANTS = matcher(TABLE, "column")
_LABELS = matcher(TABLE, "row", "group")
_HEADINGS = matcher(TABLE, "heading")
#: So many rows may hold a figure too many without casting doubt on the header.
_STRAY = 2
#: So many texts beside each other are names of columns.
_NAMES = 3
#: So many rows that add up to their totals show that these are the last column.
_WITNESSES = 5


@cache
def applicants() -> tuple[str, ...]:
    """The columns of the form, in its order."""
    return tuple(column.code for column in codebook().columns(TABLE, EDITIONS[-1]))


@cache
def organisations() -> frozenset[str]:
    """Bare labels of the heading over the organisations."""
    return frozenset(bare(label) for label in codebook().find(TABLE, "group", ALL_ORGANISATIONS).labels.values())


@cache
def subtotals() -> frozenset[str]:
    """Bare labels of sums that the form does not ask for."""
    code = codebook().find(TABLE, "heading", "subtotal")
    return frozenset(map(bare, (*code.labels.values(), *code.aliases)))


@cache
def _sums() -> frozenset[str]:
    return subtotals() | {bare(codebook().label(TABLE, "column", "total"))}


def with_columns(rows: Sequence[Row], sheet: Sheet) -> list[tuple[Row, Columns[str | None] | None]]:
    """The rows below the headers, each with the columns in force there; None where no header names them."""
    found: list[tuple[Row, Columns[str | None] | None]] = []
    header: list[Row] = []
    columns: Columns[str | None] | None = None
    in_header = False
    rest = _rest_of_headers(rows)
    for number, row in enumerate(rows):
        goes_on = in_header and header[-1].grid is row.grid
        is_rest = number in rest and (goes_on or _name_together(rows[number : rest[number]]))
        if not row.figures and (is_rest or _is_header(row, goes_on)):
            header = [*header, row] if in_header else [row]
            in_header = True
            continue
        if in_header:
            columns = _columns(header, sheet) or columns
            in_header = False
        is_first = not found or found[-1][0].grid is not row.grid
        if is_first and (columns is None or columns.grid is not row.grid) and _names_other_columns(row, rows):
            columns = Columns([], [], row.grid, countable=False)
        found.append((row, columns))
    _settle_by_figures(found)
    return found


def first_figures(rows: Sequence[Row]) -> dict[int, int]:
    """Number of a grid without lines → the column in which the figures of most rows begin."""
    found: dict[int, list[int]] = {}
    for row in rows:
        if row.figures and not row.grid.ruled:
            found.setdefault(row.grid.number, []).append(row.figures[0].left)
    return {number: mode(places) for number, places in found.items()}


def _is_header(row: Row, goes_on: bool) -> bool:
    """Whether a row names applicants; blanks and shared labels (其他, 总计) go on with a header that was begun."""
    texts = [piece.text for piece in row.pieces if piece.kind != "blank"]
    if any(_names_outcome(text) for text in texts):
        return False
    if any(evidence(text) for text in texts):
        return True
    return goes_on and (not texts or any(_APPLICANTS.code(text) for text in texts))


def _names_outcome(text: str) -> bool:
    key = bare(text)
    if not key or key in shared_labels():
        return False
    match = _LABELS.exact(text)
    if match is None:
        heading = _HEADINGS.exact(text)
        return heading is not None and heading.code == "outcomes"
    return match.code != ALL_ORGANISATIONS


def _rest_of_headers(rows: Sequence[Row]) -> dict[int, int]:
    """Number of a row above figures, down to the last with words over figures alone → the one behind that last.

    So stand the lower lines of a header's labels in a table without lines.
    """
    first = first_figures(rows)
    found: dict[int, int] = {}
    for number, row in reversed(list(enumerate(rows))):
        if row.figures or row.grid.number not in first:
            continue
        goes_on = number + 1 in found and rows[number + 1].grid is row.grid
        is_rest = bool(row.labels) and row.labels[-1].left >= first[row.grid.number]
        if (goes_on and not any(_names_outcome(piece.text) for piece in row.words)) or (
            is_rest and not any(map(str.isdigit, row.text()))
        ):
            found[number] = found[number + 1] if goes_on else number + 1
    return found


def _name_together(rows: Sequence[Row]) -> bool:
    """Whether the lines of a header name each applicant, and nothing else, where they stand below each other."""
    texts: dict[int, list[str]] = {}
    for row in rows:
        for piece in row.words:
            if piece.left >= _LABEL_COLUMNS:
                texts.setdefault(piece.left, []).append(piece.text)
    codes = [lowest(column, _exactly) for column in texts.values()]
    return None not in codes and sorted(filter(None, codes)) == sorted(applicants())


def _exactly(text: str) -> str | None:
    match = _APPLICANTS.exact(text)
    return match.code if match else None


def _names_other_columns(row: Row, rows: Sequence[Row]) -> bool:
    """Whether words over the figures of a grid, from its top to a row, name no known column: the header of another."""
    grid = row.grid
    above = grid.cells[: row.index + (not row.figures)]
    first = next((below.figures[0].left for below in rows if below.grid is grid and below.figures), None)
    if not above or first is None or row.is_print:
        return False
    names = [{text for text in texts[first:] if text and kind_of(text) == "words"} for texts in above]
    return any(len(texts) >= _NAMES and not any(map(evidence, texts)) for texts in names)


def _settle_by_figures(found: Sequence[tuple[Row, Columns[str | None] | None]]) -> None:
    """Mend headers by the figures below, or doubt them.

    Rows with more figures than the header has columns show that it lacks some: they are the form's where all rows have
    as many and add up, else nothing may be counted. So do rows of text with another number than it has, where some of
    the form's are not named.
    """
    below: dict[int, tuple[Columns[str | None], list[Row]]] = {}
    for row, columns in found:
        if columns is not None:
            below.setdefault(id(columns), (columns, []))[1].append(row)
    for columns, rows in below.values():
        is_short = sum(len(row.figures) > len(columns.codes) for row in rows) > _STRAY
        if rows[0].grid.counted and not columns.is_whole:
            is_short = any(len(row.figures) != len(columns.codes) for row in rows if row.figures)
        names_two = _have_figures_between(columns, rows)
        if is_short and not rows[0].grid.ruled and _have_the_columns_of_the_form(rows):
            columns.codes, columns.spans, columns.grid = list(applicants()), [], None
            columns.countable = columns.is_whole = True
        elif names_two:
            columns.codes = [None] * len(columns.codes)
        elif is_short:
            columns.countable = False


def _have_figures_between(columns: Columns[str | None], rows: Sequence[Row]) -> bool:
    """Whether figures stand in several columns without a name amid the others, which then may name two columns each."""
    inner = {span for code, span in zip(columns.codes[:-1], columns.spans, strict=False) if code is None}
    if len(inner) < 2 or rows[0].is_print or rows[0].grid.counted:
        return False
    return len({(piece.left, piece.right) for row in rows for piece in row.figures} & inner) > 1


def _have_the_columns_of_the_form(rows: Sequence[Row]) -> bool:
    whole = [row for row in rows if len(row.figures) == len(applicants())]
    add_up = all(adds_up(zip(applicants(), row.figures, strict=True)) for row in whole)
    return add_up and sum(bool(parse(row.figures[-1].text).value) for row in whole) >= _WITNESSES


def _columns(rows: Sequence[Row], sheet: Sheet) -> Columns[str | None] | None:
    """Applicants in printed order; a subtotal under 法人或其他组织 is a column of its own."""
    header = header_of(rows)
    if header is None:
        # the rest of the names stands over other columns: the form's own are counted
        return None
    codes, spans, is_moved = _named(header)
    if is_moved:
        sheet.problem("placed-by-position", rows[-1], table=TABLE, label=rows[-1].text())
    known = [code for code in codes if code is not None]
    if len(known) < 2:
        return None
    strangers = {span for code, span in zip(codes, spans, strict=False) if code is None}
    for row in rows if strangers else ():
        for piece in row.words:
            if piece.begins and (piece.left, piece.right) in strangers:
                sheet.problem("label-unknown", row, piece, table=TABLE, raw=piece.text)
    if len(set(known)) < len(known):
        sheet.problem("label-unknown", rows[-1], table=TABLE, raw=rows[-1].text())
        return None
    return Columns(list(codes), list(spans), rows[0].grid, is_whole=set(applicants()).issubset(codes))


class _Named(NamedTuple):
    """The columns that a header names."""

    codes: tuple[str | None, ...]
    spans: tuple[Span, ...]
    """The grid columns of each; none where they are lost."""
    is_moved: bool = False
    """Whether labels stand further right than their columns."""


@lru_cache(maxsize=256)
def _named(header: Header) -> _Named:
    stacked = stacks(header)
    kept = [column for column in stacked if not _is_end_of_heading(column, stacked)]
    codes, spans = _codes(kept, header)
    is_moved = len(kept) < len(stacked)
    if is_moved:
        spans = ()
    printed = {code for line in header.lines for piece in line if (code := _APPLICANTS.code(piece.text))}
    if not printed <= set(codes):
        texts = unspanned(header, _is_group_of_applicants)
        side_by_side = [((0, 0), column) for column in texts or ()]
        without_spans, _ = _codes(side_by_side, header)
        if printed <= set(without_spans) and not _are_parted(side_by_side):
            codes, spans = without_spans, ()
    is_out_of_place = header.aligned and spans and spans[0][0] < _LABEL_COLUMNS
    if is_out_of_place or _is_heading_too_short(header, stacked):
        # names stand over labels of rows, or beside their heading
        codes, spans = (), ()
    return _Named(codes, spans, is_moved)


#: So many grid columns of a table without lines hold labels, the others figures.
_LABEL_COLUMNS = 2


def _codes(stacked: Sequence[Stack], header: Header) -> tuple[tuple[str | None, ...], tuple[Span, ...]]:
    """(codes, spans) of columns; those left of the first that is known hold labels of rows."""
    found: list[tuple[str | None, Span, str]] = []
    for span, texts in stacked:
        code = _code(texts, header)
        if code is not None or found or (header.aligned and span[0] >= _LABEL_COLUMNS):
            found.append((code, span, texts[-1] if texts else ""))
    while found and found[-1][0] is None and not found[-1][2]:
        found.pop()
    usual = bare(codebook().label(TABLE, "column", "total"))
    if any(code == "total" and bare(text) == usual for code, _, text in found):
        # another word for a sum is that of the organisations
        found = [(code if code != "total" or bare(text) == usual else None, span, text) for code, span, text in found]
    codes = [code for code, _, _ in found]
    last = max((place for place, code in enumerate(codes) if code is not None), default=0)
    if header.aligned and codes and codes[last] == ALL_ORGANISATIONS and "total" not in codes:
        _, span, text = found[last]
        if bare(text) == bare(codebook().label(TABLE, "column", "total")):
            # without lines the heading of the organisations seems to reach over the totals at the right
            found[last] = "total", span, text
    return tuple(code for code, _, _ in found), tuple(span for _, span, _ in found)


def _code(texts: Sequence[str], header: Header) -> str | None:
    keys = [bare(text) for text in texts]
    heads = organisations()
    if header.aligned and keys and (keys[-1] in heads or keys[-1] in subtotals()):
        # without lines nobody knows how far the heading of the organisations reaches, nor what is summed up below it
        return None
    if keys and keys[-1] in heads:
        return ALL_ORGANISATIONS
    if keys and keys[-1] in _sums() and any(key in heads for key in keys[:-1]):
        return ALL_ORGANISATIONS
    return lowest(texts, finder(_APPLICANTS, header, texts))


def _is_end_of_heading(column: Stack, stacked: Sequence[Stack]) -> bool:
    """Whether a column is but the end of the organisations' heading, which reaches further than what is below it."""
    (left, right), texts = column
    if not texts or bare(texts[-1]) not in organisations():
        return False
    return any(left <= first and last <= right and (first, last) != (left, right) for (first, last), _ in stacked)


def _is_heading_too_short(header: Header, stacked: Sequence[Stack]) -> bool:
    """Whether the heading of the organisations stands over some of them only, so that labels stand out of place."""
    headings = [piece for line in header.lines for piece in line if bare(piece.text) in organisations()]
    return any(piece.right - piece.left > 1 for piece in headings) and _are_parted(stacked)


def _are_parted(stacked: Sequence[Stack]) -> bool:
    """Whether some organisations stand below their heading and others do not."""
    kinds = {column.code for column in codebook().columns(TABLE, EDITIONS[-1]) if ALL_ORGANISATIONS in column.parents}
    below = {
        any(bare(text) in organisations() for text in texts[:-1])
        for _, texts in stacked
        if texts and _APPLICANTS.code(texts[-1]) in kinds
    }
    return len(below) > 1


def _is_group_of_applicants(text: str) -> bool:
    heading = _HEADINGS.exact(text)
    return bare(text) in organisations() or (heading is not None and heading.code == "applicants")
