"""Labels of part three that are cut by the end of a page, set on several lines, or run into the heading beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from os.path import commonprefix
from statistics import mode

from ..codebook import codebook
from ..matching import Match, bare, number_of
from .applicants import TABLE, applicants
from .body import OUTCOMES, Line, may_be_heading
from .cells import Sheet
from .rows import Piece

#: A label is cut into at most this many rows.
_CUTS = 10
#: What joins a heading and the label behind it.
_JOINS = ("：", ":", "-", "－", "—")


def take_headings_off(lines: Sequence[Line]) -> None:
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
                line.match = OUTCOMES.exact(line.piece.text)


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


def join_cut_labels(lines: Sequence[Line], sheet: Sheet) -> None:
    """A label cut by a page break or set on several lines: its parts joined are exactly one label."""
    for first, line in enumerate(lines):
        if line.piece is None or line.consumed:
            continue
        text, with_figures = line.piece.text, int(line.has_figure)
        best: tuple[Match, int] | None = None
        for last in range(first + 1, min(first + _CUTS, len(lines))):
            below = lines[last]
            stands_alone = below.has_figure or (line.match and not _is_joined(text, below))
            if below.match and stands_alone and below.match.code != "other.rest":
                # 其他 may also be the first or last half of another label
                break
            words = _rest_of_label(below, line.piece)
            if words is None or (words and not bare(text) and number_of(words)):
                # behind a lone number stands no label that has one itself
                break
            if words and not bare(words) and words[0] not in ")）":
                # a number or the beginning of a bracket is that of another label
                break
            joined = OUTCOMES.exact(text + words) if words else None
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
        owner = next((part for part in parts if part.has_figure or _is_misread(part)), line)
        for part in parts:
            part.consumed, part.match = part is not owner, None
        owner.match = best[0]


def _is_joined(text: str, below: Line) -> bool:
    """Whether a mark at the end of a text, or before the one below, joins the two."""
    return text.endswith(_JOINS) or (below.piece is not None and below.piece.text.startswith(_JOINS))


def _is_misread(line: Line) -> bool:
    """Whether behind its label stands what is neither words nor a figure: one that cannot be read is printed there."""
    label = line.piece.left if line.piece else -1
    return any(piece.kind == "other" and piece.left > label for piece in line.row.words)


def _rest_of_label(line: Line, above: Piece) -> str | None:
    """What a row may add to a label begun above; nothing where it does not go on.

    In a table without lines the figures may stand between two lines of their label, beside no words or those of the
    heading of their group, which stands further left.
    """
    if line.row.grid.ruled or (line.piece is not None and line.piece.left >= above.left):
        return None if line.piece is None else line.piece.text
    columns = line.columns.codes if line.columns else applicants()
    return "" if not line.has_figure or len(line.row.figures) == len(columns) else None
