"""What charts are drawn from; anything else is refused with a sentence that says what to give.

Every function gives what the chart works with; all raise :class:`SelectionError`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..problems import SelectionError
from ..report import Report

if TYPE_CHECKING:
    import pandas as pd


def a_report(data: Any) -> Report:
    """A report."""
    if isinstance(data, Report):
        return data
    raise SelectionError(
        f"this chart is drawn from one report, not from {data!r:.50}; foi.read(…) gives that of a document, "
        "foi.load().report(…) a stored one."
    )


def reports(data: Any) -> list[Report]:
    """The reports of one body in order of their years, each of a year of its own."""
    found = list(data) if isinstance(data, Iterable) and not isinstance(data, str) else []
    if not found or not all(isinstance(report, Report) for report in found):
        raise SelectionError(f"this chart is drawn from a list of one body's reports, not from {data!r:.50}.")
    known = [report.year for report in found if report.year is not None]
    if not known or len(set(known)) < len(found):
        raise SelectionError("each report must be of a year of its own.")
    return sorted(found, key=lambda report: report.year or 0)


def two_reports(data: Any) -> tuple[Report, Report]:
    """The earlier and the later of two reports of one body."""
    found = reports(data)
    if len(found) != 2:
        raise SelectionError(f"a comparison needs two reports, not {len(found)}.")
    return found[0], found[1]


def one_or_two_reports(data: Any) -> tuple[Report | None, Report]:
    """A report, and the one before it where two are given."""
    return (None, data) if isinstance(data, Report) else two_reports(data)


def peers(data: Any) -> pd.DataFrame:
    """The frame that :func:`liaocheng_foi.measures.funnels.peers` makes."""
    if {"organ", "numerator", "denominator", "value", "position"} <= set(getattr(data, "columns", ())):
        return data
    raise SelectionError(f"this chart is drawn from the frame that foi.funnels.peers(…) gives, not from {data!r:.50}.")
