"""Rows of part three, with what is known of their labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..codebook import EDITIONS, codebook
from ..matching import Match, matcher
from .applicants import TABLE
from .columns import Columns
from .rows import Piece, Row

OUTCOMES = matcher(TABLE, "row")
LABELS = matcher(TABLE, "row", "group")


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
