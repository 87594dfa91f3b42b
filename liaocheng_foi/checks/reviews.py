"""RV: the table on reconsideration and litigation, beside its linear rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..statements import Statement
from .catalogue import rule
from .facts import Facts
from .finding import NOT_ASSESSABLE, Outcome, Words, cells_words

_T = "reviews"
_CONCLUDED = re.compile("(?<!未)审结|结案|办结")
_DIRECT, _AFTER = "litigation_direct", "litigation_after_reconsideration"
#: From this year reconsideration must come first in cases of disclosure.
_RECONSIDERATION_FIRST = 2024


@rule("RV05")
def all_upheld(facts: Facts) -> Iterator[Outcome]:
    """What the text says of all cases, against those corrected or pending."""
    said = [s for s in facts.report.numbers_in_text if s.kind in ("all_upheld", "zero") and s.refers_to]
    for statement in said:
        cells = [tuple(term.split("/")) for term in (statement.refers_to or "").split(" + ")]
        if statement.kind == "zero" and not all(cell[-1] == "corrected" for cell in cells):
            continue
        if _CONCLUDED.search(_sentence_before(facts, statement)):
            # 已审结的均获维持 says nothing of those pending
            cells = [cell for cell in cells if cell[-1] != "pending"]
        against = [(t, r, c) for t, r, c in cells if facts.printed(t, r, c)]
        if against:
            found = sum(facts.printed(*cell) or 0 for cell in against)
            words: dict[str, Words] = {
                "raw": _said(statement.quote),
                "cells": cells_words(against, facts.report.edition),
            }
            yield Outcome(against, 0.0, found, statement=statement, words=words)


def _sentence_before(facts: Facts, statement: Statement) -> str:
    paragraphs = facts.paragraphs
    text = paragraphs[statement.paragraph].text if statement.paragraph < len(paragraphs) else ""
    return re.split("[。；]", text[: statement.span[0]])[-1]


def _said(quote: str) -> str:
    tight = "".join(quote.split())
    return tight if len(tight) <= 30 else "…" + tight[-30:]


def _direct_share(direct: float | None, after: float | None) -> float | None:
    return 100 * direct / (direct + after) if direct is not None and after is not None and direct + after else None


@rule("RV07")
def direct_litigation(facts: Facts) -> Iterator[Outcome]:
    """Since 2024 the law sends such disputes to reconsideration first."""
    year = facts.report.year
    now = _direct_share(facts.value(_T, _DIRECT), facts.value(_T, _AFTER))
    before = _direct_share(facts.before(_T, _DIRECT), facts.before(_T, _AFTER))
    if year is None or year < _RECONSIDERATION_FIRST or now is None or before is None:
        yield NOT_ASSESSABLE
    elif now > before:
        yield Outcome([(_T, _DIRECT, "total")], round(before, 1), round(now, 1), words={"year": year})


@rule("RV08")
def disputes_without_answers(facts: Facts) -> Iterator[Outcome]:
    """Nothing was answered in two years that could be disputed."""
    answered = facts.value("requests", "outcome_total"), facts.before("requests", "outcome_total")
    disputes = facts.value(_T, "reconsideration"), facts.value(_T, _DIRECT)
    if None in answered or None in disputes:
        yield NOT_ASSESSABLE
    elif answered == (0, 0) and sum(d or 0 for d in disputes) > 0:
        cells = [(_T, "reconsideration", "total"), (_T, _DIRECT, "total")]
        yield Outcome(cells, 0.0, sum(d or 0 for d in disputes))
