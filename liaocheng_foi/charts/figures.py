"""The numbers that charts of shares are drawn from: as printed, or derived where the report's own sums allow it.

Rates of the indicators rest on the same numbers, so that a page never says two things.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..measures.series import breaks, find
from ..report import Report

if TYPE_CHECKING:
    import pandas as pd


class Figures:
    """The requests table of one report, groups of outcomes added up."""

    def __init__(self, report: Report) -> None:
        self.edition = report.edition
        self._cube = report.cube

    def __call__(self, row: str, column: str = "total") -> float | None:
        """The number; None where there is none and none can be derived."""
        if not len(self._cube):
            return None
        value = float(self._cube.take("requests", row, column).values[0])
        return None if value != value else value

    def derived(self, row: str, column: str = "total") -> bool:
        """Whether a cell behind the number was printed blank."""
        return bool(len(self._cube) and self._cube.take("requests", row, column).filled[0])


def broken(name: str, base: int | None, year: int | None, lang: str, kind: str = "") -> list[str]:
    """What makes two years of a series differ for another reason than what was done in them, in words.

    ``kind``: only a ``step`` or a ``year``.
    """
    import numpy as np

    years = np.array([base or 0]), np.array([year or 0])
    found = [one for one in breaks() if one.concerns(find(name)) and one.between(*years)[0]]
    return [one.zh if lang == "zh" else one.en for one in found if kind in ("", one.kind)]


def together(reports: Iterable[Report]) -> pd.DataFrame:
    """The figures of one body's reports in one frame, however each of them names the body."""
    import pandas as pd

    return pd.concat([report.figures.assign(organ="", scope="") for report in reports], ignore_index=True)
