"""What the function of a rule may ask of a report, of the one before it, and of its surroundings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING

from ..codebook import codebook
from ..grid import TextPart
from ..report import Report
from ..similarity import own_texts
from ..sources import Organ
from .finding import Key
from .linear import Evaluation, Numbers

if TYPE_CHECKING:
    from .percentages import Share
    from .repairs import Repair
    from .surroundings import Peers, Region
    from .text import Said

_GOVERNMENT = re.compile(r"人民政府(?:办公[厅室])?$|[省市县区州盟旗]$|^全[省市县区州盟旗]")
_TOWNSHIP = re.compile(r"[镇乡](?:人民政府)?(?:办公室)?$|街道(?:办事处)?$|苏木(?:人民政府)?$")
_GOVERNMENTS = ("province", "city", "county")
#: Characters of prose from which a part counts as read.
_PROSE = 10


def chinese(name: str) -> bool:
    """Whether a name is Chinese, and not a code."""
    return any("\u4e00" <= c <= "\u9fff" for c in name)


@dataclass(frozen=True)
class Facts:
    """One report with its numbers."""

    report: Report
    previous: Report | None = None
    """The report of the same body and scope on the year before."""
    peers: Peers | None = None
    """How the bodies of its kind disclosed in the same year."""
    body: Organ | None = None
    """Its line of organs.csv."""
    region: Region | None = None
    """The units of a region-wide report."""

    @property
    def name(self) -> str:
        """The body's name in Chinese; empty when the report does not say it."""
        return self.body.zh if self.body else self.report.organ or ""

    @property
    def level(self) -> str | None:
        """Level of government of the body, where organs.csv says it."""
        return self.body.level if self.body else None

    @property
    def of_government(self) -> bool:
        """Whether the body is a government above the townships, not a department: by organs.csv, else by name."""
        if self.level is not None:
            return self.level in _GOVERNMENTS
        return bool(_GOVERNMENT.search(self.name)) and not self.of_township

    @property
    def of_township(self) -> bool:
        """Whether the body is a township or subdistrict."""
        return self.level == "township" or bool(_TOWNSHIP.search(self.name))

    @property
    def deadline(self) -> date | None:
        """Last day to publish: 31 January for a department, 31 March for a government.

        None for a township, which has no date of its own, and where the name does not tell.
        """
        report = self.report
        if report.year is None or self.of_township or not chinese(self.name):
            return None
        government = self.of_government or report.scope in ("region-wide", "own-level")
        return date(report.year + 1, 3 if government else 1, 31)

    @cached_property
    def numbers(self) -> Numbers:
        """The cells of the report and of the one before."""
        return Numbers.of_report(self.report, self.previous)

    @cached_property
    def evaluation(self) -> Evaluation:
        """The linear rules on it."""
        return Evaluation(self.numbers)

    @cached_property
    def values(self) -> dict[Key, float]:
        """What the sums take each cell to be, of those that are there."""
        return self.numbers.values(0)

    @cached_property
    def _values_before(self) -> dict[Key, float]:
        return self.numbers.values(1)

    def printed(self, table: str, row: str, column: str = "total") -> float | None:
        """The number printed in a cell."""
        return self.report.value(table, row, column)

    def value(self, table: str, row: str, column: str = "total") -> float | None:
        """What the sums take a cell, or the sum over a group, to be; None when a cell of it is not there."""
        return _total(self.cells(table, row, column), self.values)

    def before(self, table: str, row: str, column: str = "total") -> float | None:
        """The same of the report before."""
        return (
            None if self.previous is None else _total(cells_of(table, row, column, self.previous), self._values_before)
        )

    def cells(self, table: str, row: str, column: str) -> tuple[Key, ...]:
        """The report's cells that a cell or group stands for."""
        return cells_of(table, row, column, self.report)

    def form_cells(self, table: str | None = None) -> list[Key]:
        """The cells of the form, of one table when it is given."""
        return self._form_cells if table is None else [key for key in self._form_cells if key[0] == table]

    @cached_property
    def _form_cells(self) -> list[Key]:
        cells, edition = codebook().cells(self.report.edition), self.report.edition
        parts = {code.code for code in codebook().children("requests", "other", edition)}
        if not parts or self.report.status("requests", "other") is None:
            return list(cells)
        # other handling printed as one row stands for its three
        one_row = [("requests", "other", code.code) for code in codebook().columns("requests", edition)]
        return [*(key for key in cells if key[1] not in parts), *one_row]

    @cached_property
    def sections(self) -> dict[str, str]:
        """The report's own words in each of its parts, without blanks."""
        return {section: "".join(text.split()) for section, text in own_texts(self.report.paragraphs).items()}

    @cached_property
    def statuses(self) -> frozenset[str]:
        """What some cell or other was printed as."""
        return frozenset(cell.status for cell in self.report.cells())

    @property
    def read(self) -> bool:
        """Whether the report was read from a document here; stored figures come without labels and remarks."""
        return bool(self.report.paragraphs or self.report.problems)

    @cached_property
    def prose(self) -> bool:
        """Whether the text of the report was read, not its tables alone."""
        return len(self.sections.get("overview", "")) > _PROSE

    @cached_property
    def text(self) -> Said:
        """The numbers in the text, compared with the tables."""
        from .text import Said

        return Said(self)

    @cached_property
    def repairs(self) -> list[Repair]:
        """The smallest explanations of sums that fail."""
        from .repairs import of_facts

        return of_facts(self)

    @cached_property
    def shares(self) -> list[Share]:
        """The percentages of the text whose part and whole are known."""
        from .percentages import shares

        return shares(self)

    @cached_property
    def unfitting_shares(self) -> list[tuple[Share, str]]:
        """Those that their counts do not give, each with the rule that it falls under."""
        from .percentages import unfitting

        return unfitting(self)

    @property
    def paragraphs(self) -> tuple[TextPart, ...]:
        """The text outside the tables."""
        return self.report.paragraphs


def cells_of(table: str, row: str, column: str, report: Report) -> tuple[Key, ...]:
    """A report's cells of a cell or group: other handling is one row or three."""
    whole = row == "outcome_total" or (row == "other" and report.status("requests", "other") is not None)
    return _opened(table, row, column, report.edition, whole)


def _total(cells: Sequence[Key], values: Mapping[Key, float]) -> float | None:
    """Sum of cells; None when one is not there."""
    total = 0.0
    for cell in cells:
        value = values.get(cell)
        if value is None:
            return None
        total += value
    return total


@cache
def _opened(table: str, row: str, column: str, edition: int, whole: bool) -> tuple[Key, ...]:
    book = codebook()
    rows = [] if whole else [code.code for code in book.children(table, row, edition)]
    columns = [code.code for code in book.children(table, column, edition)]
    return tuple((table, r, c) for r in rows or [row] for c in columns or [column])
