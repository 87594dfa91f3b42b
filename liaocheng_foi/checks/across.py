"""XT: the tables against each other, and against what the text says of fees."""

from __future__ import annotations

from collections.abc import Iterator

from .catalogue import rule
from .facts import Facts
from .finding import NOT_ASSESSABLE, Outcome

#: Yuan below which a fee rounds to 0.00 (10,000 yuan).
_ROUNDS_TO_NOTHING = 50


def _all_zero(facts: Facts, table: str) -> bool:
    cells = facts.form_cells(table)
    return bool(cells) and all(facts.printed(*key) == 0 for key in cells)


@rule("XT01")
def reviews_without_requests(facts: Facts) -> Iterator[Outcome]:
    """Cases may be about last year's answers, so this is a warning."""
    totals = [key for key in facts.form_cells("reviews") if key[2] == "total"]
    cases = sum(facts.value(*key) or 0 for key in totals)
    if cases > 0 and _all_zero(facts, "requests"):
        yield Outcome(totals, 0.0, cases)


@rule("XT02")
def fee_of_requests(facts: Facts) -> Iterator[Outcome]:
    """The processing fee is an administrative fee."""
    said = [s for s in facts.report.numbers_in_text if s.topic == "fee/processing" and s.kind == "count"]
    amount = facts.printed("proactive", "fee", "fee_amount")
    if not said or amount is None:
        yield NOT_ASSESSABLE
    elif amount == 0 and said[0].amount >= _ROUNDS_TO_NOTHING:
        yield Outcome([("proactive", "fee", "fee_amount")], found=said[0].amount, statement=said[0])


@rule("XT03")
def nothing_disclosed(facts: Facts) -> Iterator[Outcome]:
    """Asked of governments only."""
    if not facts.of_government:
        yield NOT_ASSESSABLE
    elif _all_zero(facts, "proactive"):
        yield Outcome(list(facts.form_cells("proactive")))
