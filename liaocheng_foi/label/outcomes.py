"""Rows of part three: which outcome each is of, whatever became of its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from os.path import commonprefix
from statistics import mode

from ..codebook import EDITIONS, codebook
from ..matching import Match, bare, matcher, number_of
from .applicants import TABLE, applicants, first_figures, subtotals
from .cells import ALL_ORGANISATIONS, Sheet
from .columns import Columns
from .rows import Piece, Row, shared_labels

_OUTCOMES = matcher(TABLE, "row")
_LABELS = matcher(TABLE, "row", "group")
#: A number behind words.
_NUMBERED = re.compile("[\u4e00-\u9fff][^0-9]*[0-9]")
#: A label is cut into at most this many rows.
_CUTS = 10


@dataclass(slots=True)
class Line:
    """One row of the body with its label understood as far as it is."""

    row: Row
    columns: Columns[str | None] | None
    match: Match | None = None
    piece: Piece | None = None
    """The piece that holds (the beginning of) the label."""
    consumed: bool = False
    """Whether its words were the rest of a label begun above or below."""
    by_position: bool = False
    blanks: int = 0
    """Blanks behind the label that stand for the columns it spans."""
    is_regular: bool = False
    """Whether all rows of its table have a cell for each column."""
    must_add_up: bool = False
    """Whether only its sum can tell that its figures are all there."""

    @property
    def has_figure(self) -> bool:
        """Whether figures stand in it."""
        return bool(self.row.figures)


def name(lines: Sequence[Line], sheet: Sheet) -> None:
    """Find the label of each row, and the code it stands for."""
    figures = first_figures([line.row for line in lines])
    for line in lines:
        _match_exactly(line, figures.get(line.row.grid.number))
    if not all(line.match for line in lines):
        _take_headings_off(lines)
        _set_headings_aside(lines)
        _join_cut_labels(lines, sheet)
        _match_nearly(lines)
        _match_by_neighbours(lines)
    _refuse_shared_labels(lines)
    _doubt_labels_over_rows(lines, sheet)


def _match_exactly(line: Line, first: int | None) -> None:
    """Find a label that is one of the form's, left of where figures begin in a table without lines."""
    zone = _label_zone(line)
    if first is not None and not line.has_figure:
        zone = [piece for piece in zone if piece.left < first]
    for piece in zone:
        match = _LABELS.exact(piece.text)
        if match is not None and match.code != ALL_ORGANISATIONS:
            if piece is not zone[0] and not _goes_on(zone[0], match.code):
                # words to the right that are no label yet: a cut or misprinted one, or one that no form has
                break
            line.match, line.piece = match, piece
            return
    if zone:
        line.piece = zone[0]
        # a label cut by a line between two columns
        whole = _LABELS.exact("".join(piece.text for piece in reversed(zone))) if len(zone) > 1 else None
        line.match = whole if whole and whole.code != ALL_ORGANISATIONS else None


def _refuse_shared_labels(lines: Sequence[Line]) -> None:
    """A label that also stands elsewhere (其他, 总计) names its row where number, heading or neighbours say so too."""
    rows = [line for line in lines if line.match or line.has_figure]
    refused: list[Line] = []
    for above, line, below in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if line.piece is None or line.match is None or bare(line.piece.text) not in shared_labels():
            continue
        code = line.match.code
        if _LABELS.exact(line.piece.text) != line.match:
            # the middle of another label, whose rows of text these are
            continue
        headings = {match.code for piece in line.row.labels if (match := _LABELS.exact(piece.text))} - {code}
        if not headings:
            is_told = number_of(line.piece.text) == number_of(codebook().label(TABLE, "row", code)) or _fits(
                code, above, below
            )
        else:
            is_told = headings == {"other"} and code != "outcome_total"
        if not is_told:
            refused.append(line)
    for line in refused:
        line.match = None


def _fits(code: str, above: Line | None, below: Line | None) -> bool:
    """Whether the rows above and below a row are those that the form of an edition has there."""
    return any(
        (above is None or (above.match and above.match.code in order[: order.index(code)][-1:]))
        and (below is None or (below.match and below.match.code in order[order.index(code) + 1 :][:1]))
        for order in _orders()
        if code in order and (above or below)
    )


@cache
def _orders() -> list[list[str]]:
    """The rows of the form of each edition, also with other handling shortened and with the total before the others."""
    orders = [[row.code for row in codebook().rows(TABLE, edition)] for edition in EDITIONS]
    orders += [["other.rest" if known == "other" else known for known in order] for order in orders]
    total = "outcome_total"
    for order in orders[:]:
        first = order.index("granted")
        orders.append([*order[:first], total, *(known for known in order[first:] if known != total)])
    return orders


def _doubt_labels_over_rows(lines: Sequence[Line], sheet: Sheet) -> None:
    """A label before several rows of figures may be that of any; a heading before them is the label of none."""
    headings: list[Line] = []
    for above, below in pairwise(lines):
        match, row = above.match, below.row
        if match is None or above.piece is None or row.grid is not above.row.grid or below.by_position:
            continue
        if below.piece is None:
            # a number over the whole width is that of a page
            goes_on = below.has_figure and row.figures[0].left > above.piece.left
            goes_on &= not below.consumed and not row.is_print
        elif below.match is None:
            words = [piece.left for piece in above.row.labels if piece.left > above.piece.left]
            goes_on = below.row.labels[0].left in words
        else:
            goes_on = below.match == match and _is_over_rows(match.code) and below.has_figure
        if not goes_on or not above.has_figure:
            continue
        if _is_over_rows(match.code):
            headings += [above, below]
        else:
            sheet.problem("row-twice", row, table=TABLE, row=match.code, label=above.piece.text)
    for line in headings:
        if line.match:
            sheet.problem("not-placed", line.row, table=TABLE, row=line.match.code, raw=line.row.text())
            line.match = None


def _label_zone(line: Line) -> list[Piece]:
    """The pieces that may hold the row's label, rightmost first."""
    row, columns = line.row, line.columns
    labels = row.labels
    if labels and not labels[-1].begins:
        # a heading from above may stand to the right where a span is too long
        own = [number for number, piece in enumerate(labels, start=1) if piece.begins or _names_figures(piece.text)]
        labels = labels[: own[-1]] if own else labels
    if labels and columns and columns.spans and row.grid.ruled and columns.hold_for(row):
        in_place = [piece for piece in labels if piece.left < columns.spans[0][0]] or labels[:1]
        if len(in_place) < len(labels):
            behind = [piece for piece in row.pieces if piece.left >= labels[-1].right]
            if len(columns.codes) not in (len(behind), len(row.figures)):  # else the whole row is shifted
                labels = in_place
    return labels[::-1]


def _goes_on(piece: Piece, code: str) -> bool:
    """Whether a piece right of a label is a word among the figures, or a misread one, and no label of its own."""
    key = bare(piece.text)
    return piece.kind != "words" or key in subtotals() or (len(key) < 4 and not may_be_heading(code))


@cache
def is_heading(code: str) -> bool:
    """Whether a label names a group of rows."""
    return any(known.code == code for known in codebook().select(TABLE, "group"))


@cache
def columns_of_label(code: str) -> int:
    """How many columns the label of a row spans on the form, beside those of the groups that it stands in."""
    total = "outcome_total"
    parents = codebook().find(TABLE, "row", code).parents
    return 1 if set(parents) - {total} else 2 if parents or code == total else 3


@cache
def may_be_heading(code: str) -> bool:
    """Whether rows of some edition stand under this label."""
    return is_heading(code) or any(codebook().children(TABLE, code, edition) for edition in EDITIONS)


def _is_over_rows(code: str) -> bool:
    """Whether a label stands before other rows on some form, and is not that of their total."""
    return may_be_heading(code) and code != "outcome_total"


def _names_figures(text: str) -> bool:
    """Whether a label is that of a row of figures and of no heading."""
    match = _OUTCOMES.find(text)
    return match is not None and not may_be_heading(match.code)


def _take_headings_off(lines: Sequence[Line]) -> None:
    """Without lines the rest of a heading begun above may stand in one place with the label beside it, before it."""
    lefts = [line.piece.left for line in lines if line.match and line.piece and line.row.is_print]
    column = mode(lefts) if lefts else 0
    begun = ""
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        if not column or not line.row.labels:
            continue
        part = _left_of(column, line)
        rest = next((heading[len(begun) :] for heading in _headings() if begun and heading.startswith(begun)), "")
        if part:
            begun = begun + part if rest.startswith(part) else part
        elif line.piece and line.match is None:
            chunk = commonprefix([bare(line.piece.text), rest])
            if len(chunk) > 1 and rest[len(chunk) :] == (_left_of(column, below) if below and chunk != rest else ""):
                begun += chunk
                line.piece = replace(line.piece, text=_without(chunk, line.piece.text))
                line.match = _OUTCOMES.exact(line.piece.text)


def _left_of(column: int, line: Line) -> str:
    """The bare words of a row that stand left of a column."""
    return bare("".join(piece.text for piece in line.row.labels if piece.left < column))


def _without(chunk: str, text: str) -> str:
    """A text without its beginning, whose bare characters are given."""
    return next(text[end:] for end in range(1, len(text) + 1) if bare(text[:end]) == chunk)


@cache
def _headings() -> tuple[str, ...]:
    """The bare headings over rows."""
    book = codebook()
    over = [*book.select(TABLE, "group"), *book.select(TABLE, "row"), book.find(TABLE, "heading", "outcomes")]
    return tuple(
        bare(label)
        for code in over
        if code.axis == "heading" or may_be_heading(code.code)
        for label in code.labels.values()
    )


def _set_headings_aside(lines: Sequence[Line]) -> None:
    """The heading of a group on two lines of a table without lines, with the begin of a row's label between them.

    Figures beside its second line are those of that label.
    """
    for first, line in enumerate(lines):
        if line.piece is None or line.has_figure or line.row.grid.ruled:
            continue
        for below in lines[first + 2 : first + _CUTS]:
            if below.piece is None or below.match is not None or not below.has_figure:
                continue
            heading = _LABELS.exact(line.piece.text + below.piece.text)
            if heading is not None and may_be_heading(heading.code):
                line.consumed, line.match, below.piece = True, None, None
                break


def _join_cut_labels(lines: Sequence[Line], sheet: Sheet) -> None:
    """A label cut by a page break or set on several lines: its parts joined are exactly one label."""
    for first, line in enumerate(lines):
        if line.piece is None or line.consumed:
            continue
        text, with_figures = line.piece.text, int(line.has_figure)
        best: tuple[Match, int] | None = None
        for last in range(first + 1, min(first + _CUTS, len(lines))):
            below = lines[last]
            if below.match is not None and below.has_figure and not _is_short(below.match):
                break
            words = _rest_of_label(below, line.piece)
            if words is None or (words and not bare(text) and number_of(words)):
                # behind a lone number stands no label that has one itself
                break
            if words and not bare(words) and words[0] not in ")）":
                # a number or the beginning of a bracket is that of another label
                break
            joined = _OUTCOMES.exact(text + words) if words else None
            with_figures += below.has_figure
            if with_figures > 1:
                if joined is not None:
                    # one label over two rows of figures
                    sheet.problem("not-placed", below.row, table=TABLE, row=joined.code, raw=below.row.text())
                break
            text += words
            if joined is not None:
                best = joined, last
        if best is None:
            continue
        parts = list(lines[first : best[1] + 1])
        below = lines[best[1] + 1] if best[1] + 1 < len(lines) else line
        if not any(part.has_figure for part in parts) and _is_row_without_label(below):
            # programs that print the text of a page may set the figures below the last line of their label
            parts.append(below)
            below.by_position = True
        owner = next((part for part in parts if part.has_figure or _is_misread(part)), line)
        for part in parts:
            part.consumed, part.match = part is not owner, None
        owner.match = best[0]


def _is_misread(line: Line) -> bool:
    """Whether it holds what is neither words nor a figure: one that cannot be read is printed there all the same."""
    return any(piece.kind == "other" for piece in line.row.words)


def _is_row_without_label(line: Line) -> bool:
    """Whether a row of a table without lines holds a figure for each column and no words."""
    columns = line.columns.codes if line.columns else applicants()
    return not line.row.grid.ruled and line.piece is None and len(line.row.figures) == len(columns)


def _rest_of_label(line: Line, above: Piece) -> str | None:
    """What a row may add to a label begun above; nothing where it does not go on.

    In a table without lines the figures may stand between two lines of their label, beside no words or those of the
    heading of their group, which stands further left.
    """
    if line.row.grid.ruled or (line.piece is not None and line.piece.left >= above.left):
        return None if line.piece is None else line.piece.text
    columns = line.columns.codes if line.columns else applicants()
    return "" if not line.has_figure or len(line.row.figures) == len(columns) else None


def _is_short(match: Match) -> bool:
    """The label 其他 may also be the first or last half of another."""
    return match.code in ("other.rest",)


def _match_nearly(lines: Sequence[Line]) -> None:
    exact = {line.match.code for line in lines if line.match is not None}
    for line in lines:
        if line.match is None and line.piece is not None and not line.consumed and line.has_figure:
            match = _OUTCOMES.near(line.piece.text)
            if match is not None and match.code not in exact and not _is_part(match, line.piece.text):
                line.match = match


def _is_part(match: Match, text: str) -> bool:
    """Whether a row named nearly as other handling is but one of its parts: a number stands behind the name."""
    return match.code == "other" and _NUMBERED.search(text) is not None


def _match_by_neighbours(lines: Sequence[Line]) -> None:
    """Rows whose label is lost, as many as the rows of the form missing between their neighbours.

    In a table without lines a row without label may hold the rest of the figures above.
    """
    if all(line.match or line.piece for line in lines):
        return
    found = {line.match.code for line in lines if line.match}
    kept = [line for line in lines if line.has_figure and not line.consumed]
    for edition in EDITIONS:
        order = [row.code for row in codebook().rows(TABLE, edition)]
        rank = {code: i for i, code in enumerate(order)}
        known = [i for i, line in enumerate(kept) if line.match is not None and line.match.code in rank]
        for a, b in pairwise(known):
            lost = kept[a + 1 : b]
            above, below = kept[a].match, kept[b].match
            if above is None or below is None or any(line.match or line.piece or line.row.is_print for line in lost):
                continue
            between = order[rank[above.code] + 1 : rank[below.code]]
            if len(between) == len(lost) and found.isdisjoint(between):
                for line, code in zip(lost, between, strict=True):
                    line.match, line.by_position = Match(code, True), True
