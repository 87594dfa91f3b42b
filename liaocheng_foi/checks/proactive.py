"""PR: the table on proactive disclosure, beside its linear rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..codebook import codebook
from .catalogue import rule
from .facts import Facts
from .finding import NOT_ASSESSABLE, Outcome, Words

_T = "proactive"
#: Bodies that cannot make regulations: counties and districts, townships, departments below a province.
_WITHOUT_POWER = re.compile(r"[县区旗](?:人民政府)?(?:办公[室厅])?$|[市县区旗].*局$|.+街道")
_EXEMPT = re.compile(r"自治区|新区|特区|海关|税务")
_PLAUSIBLE_AVERAGE = (0.1, 100_000.0)
_SLIP = (1_000.0, 100_000.0)


def _rows(facts: Facts, column: str) -> list[str]:
    """Rows that have a column, by code."""
    return [key[1] for key in facts.form_cells(_T) if key[2] == column]


@rule("PR04")
def change_is_no_level(facts: Facts) -> Iterator[Outcome]:
    """An increase as large as what was there: the new level typed in its place. What went down to 0 is gone."""
    for row in _rows(facts, "items_change"):
        previous, change = (facts.printed(_T, row, column) for column in ("items_previous", "items_change"))
        if previous and change is not None and change >= previous:
            cells = [(_T, row, "items_change"), (_T, row, "items_previous")]
            yield Outcome(
                cells, previous, change, words={"label": _label(row, facts), "previous": previous, "change": change}
            )


def _label(row: str, facts: Facts) -> Words:
    return lambda lang: codebook().short(_T, row, lang, facts.report.edition)


@rule("PR05")
def decisions_and_items(facts: Facts) -> Iterator[Outcome]:
    """Decisions without items, or items without decisions."""
    for row in _rows(facts, "items_change"):
        previous, change, decisions = (
            facts.printed(_T, row, column) for column in ("items_previous", "items_change", "decisions")
        )
        if previous is None or change is None or decisions is None:
            continue
        if (decisions > 0) != (previous + change > 0):
            cells = [(_T, row, column) for column in ("decisions", "items_previous", "items_change")]
            yield Outcome(
                cells, words={"label": _label(row, facts), "decisions": decisions, "items": previous + change}
            )


def _procurement(facts: Facts) -> tuple[float | None, float | None]:
    items, amount = (facts.printed(_T, "procurement", c) for c in ("procurement_items", "procurement_amount"))
    return items, amount


_PROCUREMENT = [(_T, "procurement", "procurement_items"), (_T, "procurement", "procurement_amount")]


@rule("PR06")
def procurement(facts: Facts) -> Iterator[Outcome]:
    """Projects and money go together."""
    items, amount = _procurement(facts)
    if items is None or amount is None:
        yield NOT_ASSESSABLE
    elif (items > 0) != (amount > 0):
        yield Outcome(_PROCUREMENT, words={"items": items, "amount": amount})


@rule("PR07")
def procurement_average(facts: Facts) -> Iterator[Outcome]:
    """Between 1,000 yuan and a billion for one project."""
    items, amount = _procurement(facts)
    if items is None or amount is None:
        yield NOT_ASSESSABLE
    elif items > 0 and amount > 0 and not _PLAUSIBLE_AVERAGE[0] <= amount / items <= _PLAUSIBLE_AVERAGE[1]:
        yield Outcome(_PROCUREMENT, words={"average": round(amount / items, 4)})


@rule("PR10")
def power_to_make_rules(facts: Facts) -> Iterator[Outcome]:
    """Judged by the name of the body alone; a region-wide report of a city is not asked."""
    name = facts.name
    county = facts.level in ("county", "township")
    named = (_WITHOUT_POWER.search(name) or facts.of_township) and not _EXEMPT.search(name)
    if not (county or named):
        yield NOT_ASSESSABLE
        return
    for column in [key[2] for key in facts.form_cells(_T) if key[1] == "regulation"]:
        number = facts.printed(_T, "regulation", column)
        if number:
            yield Outcome([(_T, "regulation", column)], 0.0, number, words={"organ": name})


@rule("PR11")
def fee_magnitude(facts: Facts) -> Iterator[Outcome]:
    """Ten thousand times last year's fees, or a ten-thousandth."""
    now, before = facts.value(_T, "fee", "fee_amount"), facts.before(_T, "fee", "fee_amount")
    if not now or not before:
        yield NOT_ASSESSABLE
    elif _SLIP[0] <= max(now / before, before / now) <= _SLIP[1]:
        yield Outcome([(_T, "fee", "fee_amount")], before, now)
