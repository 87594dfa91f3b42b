"""How far a report can be trusted: what the checks found, as figures for the indicators of quality."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from .checks import Examination


def quality(examined: Iterable[Examination]) -> pd.DataFrame:
    """For ``foi.indicators(…, external=…)``: ``organ, year, scope, sums_held, sums_assessable, numbers_agreeing,
    numbers_checked, days_before_deadline, revisions``, one row per report.

    ``days_before_deadline`` is negative for a late report, missing where the date of publication or the deadline
    is not known; ``revisions`` counts the corrections on record. Five figures side by side and no score: what
    weighs more is for the reader to say.
    """
    columns = ["organ", "year", "scope", "sums_held", "sums_assessable", "numbers_agreeing", "numbers_checked"]
    columns += ["days_before_deadline", "revisions"]
    return pd.DataFrame([_line(each) for each in examined], columns=columns)


def _line(examined: Examination) -> tuple:
    published, deadline = examined.report.published, examined.facts.deadline
    days = None if published is None or deadline is None else (deadline - date.fromisoformat(published)).days
    report = examined.report
    return report.organ, report.year, report.scope, *examined.sums, *examined.figures_in_text, days, examined.revisions
