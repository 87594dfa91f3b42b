"""RQ: the table on requests, beside its linear rules."""

from __future__ import annotations

from collections.abc import Iterator

from ..codebook import GROUPS, codebook
from ..problems import quoted
from .catalogue import rule
from .facts import Facts
from .finding import NOT_ASSESSABLE, Outcome, Words, cell_words, cells_words, column_label
from .structure import FEE

_T = "requests"
_MANY, _SOME = 100, 50
_CARRIED_MOST, _ONE_KIND = 0.20, 0.90
#: Requests a month from which a fee may be asked.
_FREQUENT = 11


def _columns(facts: Facts) -> list[str]:
    return [code.code for code in codebook().columns(_T, facts.report.edition)]


@rule("RQ04")
def added_subtotals(facts: Facts) -> Iterator[Outcome]:
    """Subtotals of groups of outcomes that the form does not ask for."""
    yield from _subtotals(facts, of_columns=False)


@rule("RQ05")
def added_organisations(facts: Facts) -> Iterator[Outcome]:
    """A subtotal of the organisations' columns."""
    yield from _subtotals(facts, of_columns=True)


def _subtotals(facts: Facts, of_columns: bool) -> Iterator[Outcome]:
    added = [line for line in facts.report.added() if line.table == _T and line.value is not None]
    added = [line for line in added if (line.column == "legal_person") is of_columns]
    if not added:
        yield NOT_ASSESSABLE
    for line in added:
        expected = facts.value(*line.key)
        if expected is not None and expected != line.value:
            yield Outcome([line.key], expected, line.value, words={"label": cell_words(line.key, facts.report.edition)})


@rule("RQ06")
def totals_left_blank(facts: Facts) -> Iterator[Outcome]:
    """What they would be stands in :attr:`Numbers.derived_cells`, not in the figures."""
    cells = facts.numbers.derived_cells()
    cells = [cell for cell in cells if cell[0] == _T]
    if cells:
        yield Outcome(cells, words={"count": len(cells), "cells": cells_words(cells, facts.report.edition)})


@rule("RQ10")
def carried_forward(facts: Facts) -> Iterator[Outcome]:
    """Forty working days of a year's intake are 16 per cent of it."""
    received, forward = facts.value(_T, "received_new"), facts.value(_T, "carried_forward")
    if received is None or forward is None or received < _SOME:
        yield NOT_ASSESSABLE
    elif forward / received > _CARRIED_MOST:
        words = {"forward": forward, "received": received, "share": round(100 * forward / received, 1)}
        yield Outcome([(_T, "carried_forward", "total"), (_T, "received_new", "total")], words={**words})


@rule("RQ11")
def outcome_without_request(facts: Facts) -> Iterator[Outcome]:
    """Column by column."""
    for column in _columns(facts):
        received, carried, handled = (
            facts.value(_T, row, column) for row in ("received_new", "carried_in", "outcome_total")
        )
        if received == 0 and carried == 0 and handled:
            cells = [(_T, row, column) for row in ("outcome_total", "received_new", "carried_in")]
            label = _column_words(column, facts.report.edition)
            yield Outcome(cells, 0.0, handled, words={"label": label})


def _column_words(column: str, edition: int) -> Words:
    return lambda lang: quoted(column_label(_T, column, lang, edition), lang)


@rule("RQ12")
def fee_not_paid(facts: Facts) -> Iterator[Outcome]:
    """A request ends for want of payment only where the text tells of a fee."""
    ended = facts.value(_T, "other.overdue_fee")
    if not facts.prose or ended is None:
        yield NOT_ASSESSABLE
    elif ended > 0 and not any(FEE.search(text) for text in facts.sections.values()):
        yield Outcome([(_T, "other.overdue_fee", "total")], found=ended)


@rule("RQ13")
def one_kind(facts: Facts) -> Iterator[Outcome]:
    """Nine in ten with one outcome, of at least a hundred."""
    total = facts.value(_T, "outcome_total")
    if total is None or total < _MANY:
        yield NOT_ASSESSABLE
        return
    for row in ("granted", "partly_granted", *GROUPS):
        count = facts.value(_T, row)
        if count is not None and count / total > _ONE_KIND:
            label = _row_words(row, facts.report.edition)
            words = {"label": label, "total": total, "share": round(100 * count / total, 1)}
            yield Outcome(facts.cells(_T, row, "total"), found=count, words=words)


def _row_words(row: str, edition: int) -> Words:
    return lambda lang: quoted(codebook().short(_T, row, lang, edition), lang)


@rule("RQ14")
def excessive(facts: Facts) -> Iterator[Outcome]:
    """Excessive requests with fewer than eleven in the whole year."""
    excess, received = facts.value(_T, "not_processed.excessive"), facts.value(_T, "received_new")
    if excess is None or received is None:
        yield NOT_ASSESSABLE
    elif excess > 0 and received < _FREQUENT:
        yield Outcome([(_T, "not_processed.excessive", "total")], found=excess, words={"received": received})


@rule("RQ15")
def only_totals(facts: Facts) -> Iterator[Outcome]:
    """Only totals were filled, with 0."""
    cells = facts.form_cells(_T)
    blank = [key for key in cells if key[2] != "total" and facts.report.status(*key) == "blank"]
    if blank and all(facts.printed(*key) == 0 for key in cells if key[2] == "total"):
        yield Outcome(blank, words={"count": len(blank)})
