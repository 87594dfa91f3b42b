"""The grammar of ``refers_to``: which cells a number in the text speaks of, as one short string.

- ``requests/granted/total``: a cell, as table/row/column. A group code in the place of a row or column is the
  sum over the group: ``requests/denied/total``, ``requests/granted/legal_person``.
- ``requests/received_new/total + requests/carried_in/total``: a sum.
- ``requests/granted/total / requests/outcome_total/total``: a share (in %), all before `` / `` over all
  behind it. ``requests/granted/total / ?``: a share of something that the text does not name.
- ``requests/received_new/total@previous``: the same cell of the year before.
- ``requests/received_new/total / requests/received_new/total@previous``: growth (in % or times).
- ``requests/received_new/total - requests/received_new/total@previous``: a difference (in the unit).
"""

from __future__ import annotations

from dataclasses import dataclass

from ..codebook import codebook

PREVIOUS = "@previous"


@dataclass(frozen=True, slots=True)
class Reference:
    """A parsed ``refers_to``; each term is ``table/row/column`` with ``@previous`` for the year before."""

    terms: tuple[str, ...]
    over: tuple[str, ...] | None = None
    """Terms of the denominator; ``("?",)`` when the text does not name it; None when this is no share."""
    minus: tuple[str, ...] | None = None
    """Terms taken away, in a difference; None when this is no difference."""


def parse_reference(text: str) -> Reference:
    """The parts of one ``refers_to``."""
    if " / " in text:
        upper, lower = text.split(" / ", 1)
        return Reference(tuple(upper.split(" + ")), over=tuple(lower.split(" + ")))
    if " - " in text:
        first, second = text.split(" - ", 1)
        return Reference(tuple(first.split(" + ")), minus=tuple(second.split(" + ")))
    return Reference(tuple(text.split(" + ")))


def expand_term(term: str, edition: int) -> tuple[tuple[str, str, str], ...]:
    """The form's cells (table, row, column) of one term, a group opened into its parts in that edition."""
    table, row, column = term.removesuffix(PREVIOUS).split("/")
    book = codebook()
    rows = () if row == "outcome_total" else book.children(table, row, edition)
    columns = book.children(table, column, edition)
    return tuple(
        (table, r, c)
        for r in ([code.code for code in rows] or [row])
        for c in ([code.code for code in columns] or [column])
    )
