"""XY: one year against the next, beside the linear rules; without the report before nothing can be assessed."""

from __future__ import annotations

from collections.abc import Iterator

from ..statements import PREVIOUS
from .catalogue import rule
from .facts import Facts
from .finding import NOT_ASSESSABLE, Key, Outcome, cell_words
from .text import bounds, same_terms

_FIVEFOLD, _AT_LEAST, _LARGE = 5, 30, 100


def _pairs(facts: Facts) -> Iterator[tuple[Key, float | None, float | None]]:
    """The totals of both years, (cell, before, now), for the cells that stand on both forms."""
    for key in facts.form_cells():
        if key[0] == "proactive" or key[2] == "total":
            yield key, facts.before(*key), facts.value(*key)


@rule("XY05")
def within_five_times(facts: Facts) -> Iterator[Outcome]:
    """Neither figure is 0, the larger at least 30."""
    if facts.previous is None:
        yield NOT_ASSESSABLE
        return
    for key, before, now in _pairs(facts):
        if before and now and before > 0 and now > 0 and max(before, now) >= _AT_LEAST:
            ratio = now / before
            if ratio > _FIVEFOLD or ratio < 1 / _FIVEFOLD:
                yield Outcome([key], before, now, words={"cell": cell_words(key, facts.report.edition)})


@rule("XY06")
def not_the_same_figures(facts: Facts) -> Iterator[Outcome]:
    """Every figure that is not 0 in either year, at least five of them."""
    if facts.previous is None:
        yield NOT_ASSESSABLE
        return
    pairs = [(facts.before(*key), facts.value(*key)) for key in facts.form_cells()]
    nonzero = [(before, now) for before, now in pairs if before or now]
    if len(nonzero) >= 5 and all(before == now for before, now in nonzero):
        yield Outcome(words={"count": len(nonzero)})


@rule("XY07")
def no_sudden_zero(facts: Facts) -> Iterator[Outcome]:
    """A hundred and more on one side, 0 or a blank on the other."""
    if facts.previous is None:
        yield NOT_ASSESSABLE
        return
    for key, before, now in _pairs(facts):
        if before is not None and now is not None and 0 in (before, now) and max(before, now) >= _LARGE:
            yield Outcome([key], before, now, words={"cell": cell_words(key, facts.report.edition)})


@rule("XY08")
def growth_in_text(facts: Facts) -> Iterator[Outcome]:
    """Growth in per cent or times, and differences, against both reports."""
    said = [s for s in facts.report.numbers_in_text if s.kind in ("growth", "difference") and s.refers_to]
    if facts.previous is None or not said:
        yield NOT_ASSESSABLE
        return
    for statement in said:
        now, before = same_terms(facts.text, statement)
        if now is None or before is None or (statement.kind == "growth" and not before):
            yield Outcome(state="not_assessable", statement=statement)
            continue
        times = statement.kind == "growth" and "倍" in (statement.unit or "")
        exact = now - before if statement.kind == "difference" else (now / before - 1) * (1 if times else 100)
        signed = statement.amount * (-1 if statement.direction == "down" else 1)
        if not bounds(statement, signed, exact):
            shown = round(exact, statement.decimals + (statement.kind == "growth"))
            yield Outcome(
                [tuple(statement.refers_to.split(" ")[0].split("/"))],  # type: ignore[union-attr]
                shown,
                signed,
                statement=statement,
                words={"raw": "".join(statement.quote.split())},
            )


@rule("XY09")
def last_year_quoted(facts: Facts) -> Iterator[Outcome]:
    """A later report may restate a figure; both vintages are kept."""
    said = [
        s
        for s in facts.report.numbers_in_text
        if s.kind == "count" and s.refers_to and all(t.endswith(PREVIOUS) for t in s.refers_to.split(" + "))
    ]
    if facts.previous is None or not said:
        yield NOT_ASSESSABLE
        return
    for statement in said:
        expected = facts.text.sum((statement.refers_to or "").split(" + "))
        if expected is not None and not bounds(statement, statement.amount, expected):
            yield Outcome((), expected, statement.amount, statement=statement)
