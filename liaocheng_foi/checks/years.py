"""XY: one year against the next, beside the linear rules; without the report before nothing can be assessed."""

from __future__ import annotations

from collections.abc import Iterator

from ..codebook import GROUPS
from ..statements import PREVIOUS, Statement, parse_reference
from .catalogue import rule
from .facts import Facts
from .finding import NOT_ASSESSABLE, Key, Outcome, cell_words, short_names
from .text import bounds

_RECEIVED, _CARRIED_IN = "requests/received_new/total", "requests/carried_in/total"
_FIVEFOLD, _AT_LEAST, _LARGE = 5, 30, 100


def _pairs(facts: Facts) -> Iterator[tuple[Key, float | None, float | None]]:
    """(cell, before, now) of the totals that stand on both forms.

    The single grounds of an outcome come and go with single applicants; their groups are compared instead.
    """
    for key in facts.form_cells():
        if key[0] == "proactive" or (key[2] == "total" and "." not in key[1]):
            yield key, facts.before(*key), facts.value(*key)
    for group in GROUPS:
        if facts.report.status("requests", group) is None:
            yield ("requests", group, "total"), facts.before("requests", group), facts.value("requests", group)


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
    nonzero = 0
    for key in facts.form_cells():
        before, now = facts.before(*key), facts.value(*key)
        if before or now:
            if before != now:
                return
            nonzero += 1
    if nonzero >= 5:
        yield Outcome(words={"count": nonzero})


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
    """Growth in per cent or times, and differences: by both reports, or by the two figures the sentence gives."""
    said = [s for s in facts.report.numbers_in_text if s.kind in ("growth", "difference") and s.refers_to]
    if not said:
        yield NOT_ASSESSABLE
    for statement in said:
        pairs = [pair for pair in _bases(statement, facts) if statement.kind == "difference" or pair[1]]
        if not pairs:
            yield Outcome(state="not_assessable", statement=statement)
            continue
        signed = statement.amount * (-1 if statement.direction == "down" else 1)
        exact = [_grown(statement, *pair) for pair in pairs]
        if not any(bounds(statement, signed, each) for each in exact):
            nearest = min(exact, key=lambda each: abs(each - signed))
            shown = round(nearest, statement.decimals + (statement.kind == "growth"))
            cell = tuple((statement.refers_to or "").split(" ")[0].split("/"))
            words = {"raw": "".join(statement.quote.split()), "expected": _unit_words(shown, statement)}
            yield Outcome([cell], shown, signed, statement=statement, words=words)  # type: ignore[list-item]


def _bases(statement: Statement, facts: Facts) -> Iterator[tuple[float, float]]:
    """(this year, the year before) of what it may be about: by the reports, then by the text."""
    reference = parse_reference(statement.refers_to or "")
    before = list(reference.over or reference.minus or ())
    readings = [(list(reference.terms), before)]
    if reference.terms == (_RECEIVED,):
        workload = [_RECEIVED, _CARRIED_IN]
        readings.append((workload, [term + PREVIOUS for term in workload]))
    known = [(facts.text.sum(now), facts.text.sum(then)) for now, then in readings]
    told = facts.report.numbers_in_text
    for base in told:
        near = base.paragraph == statement.paragraph and base.kind == "count"
        if near and base.refers_to and base.refers_to.split(" + ") == before:
            now = told[statement.parts[0]].amount if statement.parts else known[0][0]
            known.append((now, base.amount))
    for one, other in known:
        if one is not None and other is not None:
            yield one, other


def _grown(statement: Statement, now: float, before: float) -> float:
    if statement.kind == "difference":
        return now - before
    return (now / before - 1) * (1 if "倍" in (statement.unit or "") else 100)


def _unit_words(amount: float, statement: Statement) -> str:
    return f"{amount:.10g}{statement.unit if statement.kind == 'growth' else ''}"


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
        terms = (statement.refers_to or "").split(" + ")
        expected = facts.text.sum(terms)
        if expected is not None and not bounds(statement, statement.amount, expected):
            cells = [tuple(term.removesuffix(PREVIOUS).split("/")) for term in terms]
            label = short_names(cells, facts.report.edition)  # type: ignore[arg-type]
            yield Outcome((), expected, statement.amount, statement=statement, words={"label": label})
