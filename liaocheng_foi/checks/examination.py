"""Every rule on every report: what came of it, with what a person has accepted or corrected beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ..panel import Panel
from ..report import Report
from ..sources import Correction, Waiver
from .catalogue import by_id, functions
from .facts import Facts
from .finding import SEVERITY_ORDER, Finding, Outcome, frame, of_outcome, ordered
from .surroundings import reports_of, surrounded

if TYPE_CHECKING:
    import pandas as pd

#: The rule under which a waiver that no finding needs is listed.
UNUSED_WAIVER = "WV01"


class Examination:
    """One report with the outcome of every rule that its edition knows."""

    def __init__(self, facts: Facts, waivers: Iterable[Waiver] = (), corrections: Iterable[Correction] = ()) -> None:
        self.report: Report = facts.report
        self.facts = facts
        """What the rules were asked of: numbers, derived totals, the text compared with the tables."""
        ids = {self.report.id, f"{facts.body.code if facts.body else self.report.organ}-{self.report.year}"}
        self._waivers = [waiver for waiver in waivers if waiver.report in ids]
        self._corrections = [each for each in corrections if each.report in ids]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every outcome: what failed first, errors before warnings; passes last."""
        found = [*_gravest(self._arithmetic()), *self._functions()]
        used: set[Waiver] = set()
        found = [self._decided(finding, used) for finding in found]
        unused = [waiver for waiver in self._waivers if waiver not in used]
        found += [of_outcome(by_id()[UNUSED_WAIVER], _unused(waiver), self.facts) for waiver in unused]
        return tuple(ordered(found))

    @property
    def failed(self) -> list[Finding]:
        """What is broken and not waived."""
        return [finding for finding in self.findings if finding.failed and not finding.waived]

    @property
    def waived(self) -> list[Finding]:
        """What is broken and accepted."""
        return [finding for finding in self.findings if finding.failed and finding.waived]

    @property
    def errors(self) -> int:
        """How many errors are not waived."""
        return sum(finding.severity == "error" for finding in self.failed)

    @property
    def sums(self) -> tuple[int, int]:
        """(sums that hold, sums that could be assessed)."""
        return self.facts.evaluation.sums(0)

    @property
    def figures_in_text(self) -> tuple[int, int]:
        """(figures of the text that agree with the tables, figures that speak of cells of the tables)."""
        compared = self.facts.text.compared
        return sum(each.agrees for each in compared), len(compared)

    @property
    def revisions(self) -> int:
        """How many corrections are on record."""
        return len(self._corrections)

    @property
    def blanks_as_zero(self) -> int:
        """Sums that hold only if blanks are 0."""
        return self.facts.evaluation.sums(0, blank=True)[0]

    def _arithmetic(self) -> Iterator[Finding]:
        return self.facts.evaluation.findings(0, self.report.organ, self.report.year)

    def _functions(self) -> Iterator[Finding]:
        for name, function in functions().items():
            rule = by_id()[name]
            if self.report.edition in rule.editions:
                outcomes = list(function(self.facts)) or [Outcome(state="pass")]
                yield from (of_outcome(rule, outcome, self.facts) for outcome in outcomes)

    def _decided(self, finding: Finding, used: set[Waiver]) -> Finding:
        """The finding with its waiver and the corrections of its cells."""
        if not finding.failed or not (self._waivers or self._corrections):
            return finding
        waiver = next((each for each in self._waivers if _accepts(each, finding)), None)
        if waiver is not None:
            used.add(waiver)
        corrected = tuple(c for c in self._corrections if (c.table, c.row, c.column) in finding.cells)
        return finding._replace(waived=waiver.reason if waiver else "", corrections=corrected)


def _accepts(waiver: Waiver, finding: Finding) -> bool:
    same_cell = waiver.cell == ("/".join(finding.cells[0]) if finding.cells else "")
    same_figure = not waiver.found or float(waiver.found) == finding.found
    return waiver.rule == finding.rule and same_cell and same_figure


def _unused(waiver: Waiver) -> Outcome:
    return Outcome(words={"rule": waiver.rule, "cell": waiver.cell, "reason": waiver.reason})


def _gravest(findings: Iterable[Finding]) -> list[Finding]:
    """Of a rule that has two severities for the same cell, the graver outcome where both fail."""
    kept: dict[tuple, Finding] = {}
    for finding in findings:
        key = finding.rule, finding.cells[0], finding.failed or finding.severity
        if key not in kept or SEVERITY_ORDER[finding.severity] < SEVERITY_ORDER[kept[key].severity]:
            kept[key] = finding
    return list(kept.values())


def examine(
    given: Report | Panel | Iterable[Report],
    *,
    organs: pd.DataFrame | None = None,
    waivers: Sequence[Waiver] = (),
    corrections: Sequence[Correction] = (),
) -> list[Examination]:
    """Each report with the outcome of every rule, in the order given.

    Reports of one body find each other: the year before is compared where it is among them, else what needs it
    cannot be assessed. ``organs`` (columns as organs.csv; that of a panel by default) names the bodies and puts them
    in a tree: a region-wide report is compared with its units. ``waivers`` and ``corrections`` as
    :mod:`liaocheng_foi.sources` reads them from data/raw.
    """
    if organs is None and isinstance(given, Panel) and len(given.organs):
        organs = given.organs
    return [Examination(facts, waivers, corrections) for facts in surrounded(reports_of(given), organs)]


def check(
    given: Report | Panel | Iterable[Report],
    *,
    organs: pd.DataFrame | None = None,
    waivers: Sequence[Waiver] = (),
    corrections: Sequence[Correction] = (),
) -> pd.DataFrame:
    """The ``findings`` table: one row per outcome of a rule on a report, passes and what cannot be assessed too.

    Nothing printed is changed. Arguments as :func:`examine`, which gives the same as records.
    """
    examined = examine(given, organs=organs, waivers=waivers, corrections=corrections)
    return frame(finding for each in examined for finding in each.findings)
