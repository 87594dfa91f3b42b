"""The numbers that charts of shares are drawn from: as printed, or derived where the report's own sums allow it.

Rates of the indicators rest on the same numbers, so that a page never says two things.
"""

from __future__ import annotations

from ..cube import Cube
from ..report import Report


class Figures:
    """The requests table of one report, groups of outcomes added up."""

    def __init__(self, report: Report) -> None:
        self.edition = report.edition
        self._cube = Cube(report.figures)

    def __call__(self, row: str, column: str = "total") -> float | None:
        """The number; None where there is none and none can be derived."""
        if not len(self._cube):
            return None
        value = float(self._cube.take("requests", row, column).values[0])
        return None if value != value else value

    def derived(self, row: str, column: str = "total") -> bool:
        """Whether a cell behind the number was printed blank."""
        return bool(len(self._cube) and self._cube.take("requests", row, column).filled[0])
