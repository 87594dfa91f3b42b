"""Part three: requests by outcome and applicant, the table that page breaks cut most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ..codebook import EDITIONS, codebook
from ..matching import Match, bare, matcher
from ..values import parse
from .cells import Sheet, label_of
from .columns import Columns, counted, finder, is_torn, lowest, place, stacks, unspanned
from .rows import Piece, Row, evidence, shared_labels

TABLE = "requests"
_APPLICANTS = matcher(TABLE, "column")
_OUTCOMES = matcher(TABLE, "row")
_LABELS = matcher(TABLE, "row", "group")
_HEADINGS = matcher(TABLE, "heading")
#: A number behind words.
_NUMBERED = re.compile("[\u4e00-\u9fff][^0-9]*[0-9]")
_FIGURE_AT_END = re.compile("(?:[0-9](?:[(（].*)?|[-–—/／])$")
#: A label is cut into at most this many rows.
_CUTS = 5
#: So many rows may hold a figure too many without casting doubt on the header.
_STRAY = 2
_NUMBER_OF_ROW = re.compile(r"[(（]\d{1,2}[)）]|\d{1,2}[.．、]")
#: So many rows that add up to their totals show that these are the last column.
_WITNESSES = 5


@dataclass(slots=True)
class _Line:
    """One row of the body with its label understood as far as it is."""

    row: Row
    columns: Columns | None
    match: Match | None = None
    piece: Piece | None = None
    """The piece that holds (the beginning of) the label."""
    consumed: bool = False
    """Whether its words were the rest of a label begun above or below."""
    by_position: bool = False
    must_add_up: bool = False
    """Whether only its sum can tell that its figures are all there."""

    @property
    def has_figure(self) -> bool:
        """Whether figures stand in it."""
        return self.row.has_figure


#: (grid columns, texts from top to bottom) of a column of a header.
_Column = tuple[tuple[int, int], list[str]]


def read(rows: Sequence[Row], sheet: Sheet) -> None:
    """Code the cells of the requests table."""
    lines = _body(rows, sheet)
    _distrust_short_headers(lines)
    _tell_totals_from_subtotals(lines)
    _demand_sums(lines)
    for line in lines:
        _match_exactly(line)
    _set_headings_aside(lines)
    _join_cut_labels(lines, sheet)
    _match_nearly(lines)
    _match_by_neighbours(lines)
    repeated: list[_Line] = []
    for line in lines:
        _figures(line, sheet, repeated)
    if len(repeated) > 2:
        sheet.repeated_table(repeated[0].row, TABLE)
    else:
        for line in repeated:
            code = line.match.code if line.match else None
            sheet.problem("row-twice", line.row, table=TABLE, row=code, label=line.piece.text if line.piece else "")


def _applicants() -> list[str]:
    return [column.code for column in codebook().columns(TABLE, EDITIONS[-1])]


def _body(rows: Sequence[Row], sheet: Sheet) -> list[_Line]:
    """The rows below the headers, each with the columns in force there."""
    lines: list[_Line] = []
    header: list[Row] = []
    columns: Columns | None = None
    in_header = False
    figures = _first_figures(rows)
    for row in rows:
        goes_on = in_header and header[-1].grid is row.grid
        if _is_header(row, goes_on) or (goes_on and _is_rest_of_labels(row, figures)):
            header = [*header, row] if in_header else [row]
            in_header = True
            continue
        if in_header:
            columns = _columns(header, sheet) or columns
            in_header = False
        lines.append(_Line(row, columns))
    return lines


def _distrust_short_headers(lines: Sequence[_Line]) -> None:
    """Rows with more figures than the header has columns show that it lacks some: counting would misplace others.

    Where they are as many as the form has columns, and all rows of them add up, their columns are the form's.
    """
    over = Counter(
        id(line.columns) for line in lines if line.columns and len(_texts(line.row)) > len(line.columns.codes)
    )
    for columns in {id(line.columns): line.columns for line in lines if line.columns}.values():
        if over[id(columns)] <= _STRAY:
            continue
        below = [_texts(line.row) for line in lines if line.columns is columns]
        if columns.grid and not columns.grid.ruled and _have_the_columns_of_the_form(below):
            for line in lines:
                line.columns = None if line.columns is columns else line.columns
        else:
            columns.countable = False


def _tell_totals_from_subtotals(lines: Sequence[_Line]) -> None:
    """In a table without lines the heading of the organisations may seem to reach over the totals at the right.

    They are totals where they are the last of the form's columns and all rows add up to them.
    """
    for columns in {id(line.columns): line.columns for line in lines if line.columns}.values():
        if columns.grid is None or columns.grid.ruled or "total" in columns.codes:
            continue
        below = [_texts(line.row) for line in lines if line.columns is columns]
        if columns.codes[-1] == "legal_person" and _have_the_columns_of_the_form(below):
            columns.codes[-1] = "total"


def _demand_sums(lines: Sequence[_Line]) -> None:
    """Text in which some rows have more figures than columns and others fewer cells lost blanks and parted digits.

    A row of the right number may have suffered both.
    """
    counted_off = [line for line in lines if line.has_figure and line.row.grid.counted]
    wanted = [len(line.columns.codes if line.columns else _applicants()) for line in counted_off]
    found = [(len(_texts(line.row)), len(line.row.pieces) - len(line.row.labels)) for line in counted_off]
    if any(figures > n for (figures, _), n in zip(found, wanted, strict=True)) and any(
        cells < n for (_, cells), n in zip(found, wanted, strict=True)
    ):
        for line in counted_off:
            line.must_add_up = True


def _texts(row: Row) -> list[str]:
    """The figures of a row as printed."""
    return [piece.text for piece in row.pieces if piece.kind == "figure"]


def _have_the_columns_of_the_form(rows: Sequence[Sequence[str]]) -> bool:
    whole = [row for row in rows if len(row) == len(_applicants())]
    return all(map(_adds_up, whole)) and sum(bool(parse(row[-1]).value) for row in whole) >= _WITNESSES


def _adds_up(figures: Sequence[str]) -> bool:
    *others, total = (parse(text).value or 0 for text in figures)
    return total == sum(others)


def _is_header(row: Row, goes_on: bool) -> bool:
    """Whether a row names applicants; blanks and shared labels (其他, 总计) go on with a header that was begun."""
    if row.has_figure:
        return False
    texts = [piece.text for piece in row.pieces if piece.kind != "blank"]
    if any(_names_outcome(text) for text in texts):
        return False
    if any(evidence(text) for text in texts):
        return True
    return goes_on and (not texts or any(_APPLICANTS.code(text) for text in texts))


def _first_figures(rows: Sequence[Row]) -> dict[int, int]:
    """Number of a grid → the first column in which figures stand behind labels."""
    found: dict[int, int] = {}
    for row in rows:
        start = row.labels[-1].right if row.labels else 0
        places = [piece.left for piece in row.pieces if piece.kind == "figure" and piece.left >= start]
        if places:
            found[row.grid.number] = min(places[0], found.get(row.grid.number, places[0]))
    return found


def _is_rest_of_labels(row: Row, figures: dict[int, int]) -> bool:
    """Whether words stand over figures alone, as the lower lines of a header's labels do in a table without lines."""
    first = figures.get(row.grid.number)
    if first is None or row.grid.ruled or row.has_figure or not row.labels:
        return False
    return row.labels[-1].left >= first and not any(map(str.isdigit, row.text()))


def _names_outcome(text: str) -> bool:
    key = bare(text)
    if not key or key in shared_labels():
        return False
    match = _LABELS.exact(text)
    if match is None:
        heading = _HEADINGS.exact(text)
        return heading is not None and heading.code == "outcomes"
    return match.code != "legal_person"


def _columns(header: Sequence[Row], sheet: Sheet) -> Columns | None:
    """Applicants in printed order; a subtotal under 法人或其他组织 is a column of its own."""
    if is_torn(header):
        # the rest of the names stands over other columns: the form's own are counted
        return None
    stacked = stacks(header)
    reached = [column for column in stacked if not _is_end_of_heading(column, stacked)]
    columns = _named(reached, header)
    if len(reached) < len(stacked):
        # what stands right of such a heading is out of place
        columns.spans = []
        sheet.problem("placed-by-position", header[-1], table=TABLE, label=header[-1].text())
    printed = {code for row in header for piece in row.pieces if (code := _APPLICANTS.code(piece.text))}
    if header[0].grid.counted or not printed <= set(columns.codes):
        texts = unspanned(header, _is_group_of_applicants)
        side_by_side = [((0, 0), column) for column in texts or ()]
        without_spans = _named(side_by_side, header)
        if printed <= set(without_spans.codes) and not _are_parted(side_by_side):
            columns, columns.spans = without_spans, []
    named = [code for code in columns.codes if code is not None]
    if len(named) < 2 or _heading_too_short(header, stacked):
        return None
    strangers = {span for code, span in zip(columns.codes, columns.spans, strict=False) if code is None}
    for row in header:
        for piece in row.pieces:
            if piece.begins and piece.kind != "blank" and (piece.left, piece.right) in strangers:
                sheet.problem("label-unknown", row, piece, table=TABLE, raw=piece.text)
    if len(set(named)) < len(named):
        sheet.problem("label-unknown", header[-1], table=TABLE, raw=header[-1].text())
        return None
    return columns


def _is_end_of_heading(column: _Column, stacked: Sequence[_Column]) -> bool:
    """Whether a column is but the end of the organisations' heading, which reaches further than what is below it."""
    (left, right), texts = column
    if not texts or bare(texts[-1]) not in _organisations():
        return False
    return any(left <= first and last <= right and (first, last) != (left, right) for (first, last), _ in stacked)


def _heading_too_short(header: Sequence[Row], stacked: Sequence[_Column]) -> bool:
    """Whether the heading of the organisations stands over some of them only, so that labels stand out of place."""
    headings = [piece for row in header for piece in row.pieces if bare(piece.text) in _organisations()]
    return any(piece.right - piece.left > 1 for piece in headings) and _are_parted(stacked)


def _are_parted(stacked: Sequence[_Column]) -> bool:
    """Whether some organisations stand below their heading and others do not."""
    kinds = {column.code for column in codebook().columns(TABLE, EDITIONS[-1]) if "legal_person" in column.parents}
    below = {
        any(bare(text) in _organisations() for text in texts[:-1])
        for _, texts in stacked
        if texts and _APPLICANTS.code(texts[-1]) in kinds
    }
    return len(below) > 1


def _named(stacked: Sequence[tuple[tuple[int, int], list[str]]], header: Sequence[Row]) -> Columns:
    """Columns with the codes of their labels; those left of the first that is known hold labels of rows."""
    columns = Columns([], [], header[0].grid)
    heads, sums = _organisations(), _sums()
    lowest_texts: list[str] = []
    for span, texts in stacked:
        keys = [bare(text) for text in texts]
        under_organisations = any(key in heads for key in keys[:-1])
        if keys and keys[-1] in heads and header[0].is_print:
            # without lines nobody knows whether the heading of the organisations is the column's own
            code: str | None = None
        elif keys and (keys[-1] in heads or (under_organisations and keys[-1] in sums)):
            code = "legal_person"
        else:
            code = None if _names_several(header, span) else lowest(texts, finder(_APPLICANTS, header, texts))
        if code is None and not columns.codes:
            continue
        columns.codes.append(code)
        columns.spans.append(span)
        lowest_texts.append(texts[-1] if texts else "")
    while columns.codes and columns.codes[-1] is None and not lowest_texts.pop():
        columns.codes.pop()
        columns.spans.pop()
    return columns


def _names_several(header: Sequence[Row], span: tuple[int, int]) -> bool:
    """Whether cells that begin at a column name different applicants, one of whose own column is not known."""
    if span[0] == span[1]:
        return False
    named = {_APPLICANTS.code(piece.text) for row in header for piece in row.pieces if piece.left == span[0]}
    return len(named - {None}) > 1


@cache
def _organisations() -> frozenset[str]:
    return frozenset(bare(label) for label in codebook().find(TABLE, "group", "legal_person").labels.values())


def _is_group_of_applicants(text: str) -> bool:
    heading = _HEADINGS.exact(text)
    return bare(text) in _organisations() or (heading is not None and heading.code == "applicants")


@cache
def _subtotal() -> frozenset[str]:
    code = codebook().find(TABLE, "heading", "subtotal")
    return frozenset(map(bare, (*code.labels.values(), *code.aliases)))


@cache
def _sums() -> frozenset[str]:
    return _subtotal() | {bare(codebook().label(TABLE, "column", "total"))}


def _label_zone(line: _Line) -> list[Piece]:
    """The pieces that may hold the row's label, rightmost first."""
    columns = line.columns
    labels = line.row.labels
    if labels and not labels[-1].begins:
        # a heading from above may stand to the right where a span is too long
        own = [number for number, piece in enumerate(labels, start=1) if piece.begins or _names_figures(piece.text)]
        labels = labels[: own[-1]] if own else labels
    if (
        columns
        and columns.spans
        and columns.grid
        and line.row.grid.ruled
        and columns.grid.shape[1] == line.row.grid.shape[1]
    ):
        in_place = [piece for piece in labels if piece.left < columns.spans[0][0]] or labels[:1]
        if len(in_place) < len(labels):
            figures = [piece for piece in line.row.pieces if piece.left >= labels[-1].right]
            if len(figures) != len(columns.codes):  # else the whole row is shifted
                labels = in_place
    return labels[::-1]


def _match_exactly(line: _Line) -> None:
    zone = _label_zone(line)
    for piece in zone:
        match = _LABELS.exact(piece.text)
        if match is not None and match.code != "legal_person":
            if piece is not zone[0] and not _goes_on(zone[0], match.code):
                # words to the right that are no label yet: a cut or misprinted one, or one that no form has
                break
            line.match, line.piece = match, piece
            return
    if zone:
        line.piece = zone[0]


def _goes_on(piece: Piece, code: str) -> bool:
    """Whether a piece right of a label is a word among the figures, or a misread one, and no label of its own."""
    key = bare(piece.text)
    if piece.kind != "words":
        return key != ""
    return key in _subtotal() or (len(key) < 4 and not _may_be_heading(code))


@cache
def _is_heading(code: str) -> bool:
    return any(known.code == code for known in codebook().select(TABLE, "group"))


def _names_figures(text: str) -> bool:
    """Whether a label is that of a row of figures and of no heading."""
    match = _OUTCOMES.exact(text)
    return match is not None and not _may_be_heading(match.code)


@cache
def _may_be_heading(code: str) -> bool:
    """Whether rows of some edition stand under this label."""
    return _is_heading(code) or any(codebook().children(TABLE, code, edition) for edition in EDITIONS)


def _set_headings_aside(lines: Sequence[_Line]) -> None:
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
            if heading is not None and _may_be_heading(heading.code):
                line.consumed, line.match, below.piece = True, None, None
                break


def _join_cut_labels(lines: Sequence[_Line], sheet: Sheet) -> None:
    """A label cut by a page break or set on several lines: its parts joined are exactly one label."""
    for first, line in enumerate(lines):
        if line.piece is None or line.consumed:
            continue
        text, with_figures = line.piece.text, int(line.has_figure)
        best: tuple[Match, int] | None = None
        for last in range(first + 1, min(first + _CUTS, len(lines))):
            below = lines[last]
            has_its_own = below.match is not None and not _is_short(below.match)
            if has_its_own and below.has_figure:
                break
            words = _rest_of_label(below, line.piece)
            if words is None:
                break
            joined = _OUTCOMES.exact(text + words) if words else None
            if has_its_own and joined != below.match:
                break
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
        parts = lines[first : best[1] + 1]
        owner = next((part for part in parts if part.has_figure), line)
        for part in parts:
            part.consumed, part.match = part is not owner, None
        owner.match = best[0]


def _rest_of_label(line: _Line, above: Piece) -> str | None:
    """What a row may add to a label begun above; nothing where it does not go on.

    In a table without lines the figures may stand between two lines of their label, beside no words or those of the
    heading of their group, which stands further left.
    """
    if line.row.grid.ruled or (line.piece is not None and line.piece.left >= above.left):
        return None if line.piece is None else line.piece.text
    columns = line.columns.codes if line.columns else _applicants()
    return "" if not line.has_figure or len(_texts(line.row)) == len(columns) else None


def _is_short(match: Match) -> bool:
    """The label 其他 may also be the first or last half of another."""
    return match.code in ("other.rest",)


def _match_nearly(lines: Sequence[_Line]) -> None:
    exact = {line.match.code for line in lines if line.match is not None}
    for line in lines:
        if line.match is None and line.piece is not None and not line.consumed and line.has_figure:
            match = _OUTCOMES.near(line.piece.text)
            if match is not None and match.code not in exact and not _is_part(match, line.piece.text):
                line.match = match


def _is_part(match: Match, text: str) -> bool:
    """Whether a row named nearly as other handling is but one of its parts: a number stands behind the name."""
    return match.code == "other" and _NUMBERED.search(text) is not None


def _match_by_neighbours(lines: Sequence[_Line]) -> None:
    """Rows whose label is lost, as many as the rows of the form missing between their neighbours."""
    if all(line.match or line.piece for line in lines):
        return
    for edition in EDITIONS:
        order = [row.code for row in codebook().rows(TABLE, edition)]
        rank = {code: i for i, code in enumerate(order)}
        kept = [line for line in lines if line.has_figure and not line.consumed]
        known = [i for i, line in enumerate(kept) if line.match is not None and line.match.code in rank]
        for a, b in zip(known, known[1:], strict=False):
            lost = kept[a + 1 : b]
            above, below = kept[a].match, kept[b].match
            if not lost or above is None or below is None or any(line.match or line.piece for line in lost):
                continue
            between = order[rank[above.code] + 1 : rank[below.code]]
            if len(between) == len(lost):
                for line, code in zip(lost, between, strict=True):
                    line.match, line.by_position = Match(code, True), True


def _figures(line: _Line, sheet: Sheet, repeated: list[_Line]) -> None:
    row, match = line.row, line.match
    if line.consumed or not (line.has_figure or match):
        if not line.consumed and row.is_print:
            _doubt_digits(line, sheet)
        return
    if match is None and line.piece is None:
        sheet.orphan(TABLE, row)
        return
    if match is None:
        sheet.stranger(TABLE, row, line.piece)
        return
    if _is_heading(match.code):
        if any(_NUMBER_OF_ROW.fullmatch(piece.text) for piece in row.pieces):
            # a label cut behind its number: the rest, and the row it names, stand below
            sheet.stranger(TABLE, row, line.piece)
        elif line.has_figure:
            _subtotals(line, match.code, sheet)
        return
    if (TABLE, match.code) in sheet.rows_read:
        repeated.append(line)
        return
    start = _start(line)
    columns = line.columns or counted(_applicants(), start)
    placed = place(row, start, columns)
    if placed is None or (line.must_add_up and not _adds_up(_texts(row))):
        sheet.problem("not-placed", row, table=TABLE, row=match.code, raw=row.text())
        return
    text = line.piece.text if line.piece else ""
    if row.is_print and any(map(_is_blank, placed)) and _FIGURE_AT_END.search(text):
        # a figure, or the begin of one with a note, seems to stand behind the label without a line between
        sheet.problem("not-placed", row, line.piece, table=TABLE, row=match.code, raw=text)
    if line.by_position:
        sheet.problem("placed-by-position", row, table=TABLE, row=match.code, label=text)
    else:
        sheet.label(TABLE, "row", match, row, text)
    if columns.by_position and not any(p.code == "placed-by-position" and p.table == TABLE for p in sheet.problems):
        sheet.problem("placed-by-position", row, table=TABLE, label=row.text())
    for code, cell in zip(columns.codes, placed, strict=True):
        if cell is None:
            continue
        if isinstance(code, str):
            sheet.put((TABLE, match.code, code), row, cell, subtotal=code == "legal_person")
        elif cell.kind in ("figure", "other"):
            sheet.problem("not-placed", row, cell, table=TABLE, row=match.code, raw=cell.text)
    sheet.rows_read.add((TABLE, match.code))
    *others, total = placed
    if columns.codes[-1] == "total" and _is_blank(total) and not all(map(_is_blank, others)):
        sheet.problem("total-blank", row, total, table=TABLE, row=match.code, label=label_of(TABLE, match.code))


def _doubt_digits(line: _Line, sheet: Sheet) -> None:
    """Digits that make no figure and stand beside no label may be a part of a figure near them."""
    row = line.row
    if not any(map(str.isdigit, "".join(piece.text for piece in row.pieces if piece is not line.piece))):
        return
    if any(piece.kind == "words" for piece in row.pieces):
        sheet.stranger(TABLE, row, line.piece)
    else:
        sheet.orphan(TABLE, row)


def _is_blank(cell: Piece | None) -> bool:
    return cell is None or cell.kind == "blank"


def _start(line: _Line) -> int:
    """The first grid column behind the labels."""
    if line.piece is not None:
        return line.piece.right
    if line.row.labels:
        return line.row.labels[-1].right
    return line.columns.spans[0][0] if line.columns and line.columns.spans else 0


def _subtotals(line: _Line, group: str, sheet: Sheet) -> None:
    row = line.row
    last = row.labels[-1] if row.labels else None
    columns = line.columns or counted(_applicants())
    placed = place(row, last.right if last else 0, columns)
    sheet.problem("subtotal-added", row, last, table=TABLE, row=group, raw=row.text())
    if placed is None or any(map(_is_blank, placed)):
        # beside a heading may stand the rest of figures set on two lines
        sheet.loosen(TABLE, row)
    sheet.cut_off(TABLE, row)
    for code, cell in zip(columns.codes, placed or (), strict=False):
        if isinstance(code, str) and cell is not None and code != "legal_person":
            sheet.put((TABLE, group, code), row, cell, subtotal=True)
