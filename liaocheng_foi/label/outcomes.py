"""Rows of part three: which outcome each is of, whatever became of its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from ..codebook import EDITIONS, codebook
from ..matching import Match, bare, number_of
from .applicants import TABLE, first_figures, subtotals
from .body import LABELS, OUTCOMES, Line, may_be_heading
from .cells import ALL_ORGANISATIONS, Sheet
from .cut_labels import join_cut_labels, take_headings_off
from .rows import Piece, shared_labels

#: A number behind words.
_NUMBERED = re.compile("[\u4e00-\u9fff][^0-9]*[0-9]")


def name(lines: Sequence[Line], sheet: Sheet) -> None:
    """Find the label of each row, and the code it stands for."""
    figures = first_figures([line.row for line in lines])
    for line in lines:
        _match_exactly(line, figures.get(line.row.grid.number))
    if not all(line.match for line in lines):
        take_headings_off(lines)
        join_cut_labels(lines, sheet)
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
        match = LABELS.exact(piece.text) or _total(piece.text)
        if match is not None and match.code != ALL_ORGANISATIONS:
            if piece is not zone[0] and not _goes_on(zone[0], match.code):
                # words to the right that are no label yet: a cut or misprinted one, or one that no form has
                break
            line.match, line.piece = match, piece
            return
    if zone:
        line.piece = zone[0]
        # a label cut by a line between two columns
        whole = LABELS.exact("".join(piece.text for piece in reversed(zone))) if len(zone) > 1 else None
        line.match = whole if whole and whole.code != ALL_ORGANISATIONS else None


def _total(text: str) -> Match | None:
    """The row of the total, where its number stands before a word for any sum."""
    is_total = bare(text) in subtotals() and number_of(text) == number_of(
        codebook().label(TABLE, "row", "outcome_total")
    )
    return Match("outcome_total", True, usual=False) if is_total else None


def _refuse_shared_labels(lines: Sequence[Line]) -> None:
    """A label that also stands elsewhere (其他, 总计) names its row where number, heading or neighbours say so too."""
    rows = [line for line in lines if line.match or line.has_figure]
    refused: list[Line] = []
    for above, line, below in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        if line.piece is None or line.match is None or bare(line.piece.text) not in shared_labels():
            continue
        code = line.match.code
        if LABELS.exact(line.piece.text) != line.match:
            # the middle of another label, whose rows of text these are
            continue
        headings = {match.code for piece in line.row.labels if (match := LABELS.exact(piece.text))} - {code}
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
            goes_on = below.match == match and below.has_figure
            goes_on &= _is_over_rows(match.code) or (below.piece is not above.piece and not below.piece.begins)
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


def _is_over_rows(code: str) -> bool:
    """Whether a label stands before other rows on some form, and is not that of their total."""
    return may_be_heading(code) and code != "outcome_total"


def _names_figures(text: str) -> bool:
    """Whether a label is that of a row of figures and of no heading."""
    match = OUTCOMES.find(text)
    return match is not None and not may_be_heading(match.code)


def _match_nearly(lines: Sequence[Line]) -> None:
    exact = {line.match.code for line in lines if line.match is not None}
    for line in lines:
        if line.match is None and line.piece is not None and not line.consumed and line.has_figure:
            match = OUTCOMES.near(line.piece.text)
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
