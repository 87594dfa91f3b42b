"""CE07, CE08, RQ07, RQ08, RQ16, RV02: the smallest changes after which every sum holds.

Only proposals: no figure is changed. A person accepts one with a line in corrections.csv (:meth:`Repair.corrections`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ...report import Report
from ...sources import Correction
from ..catalogue import rule
from ..facts import Facts
from ..finding import Outcome
from . import search
from .kinds import KINDS, Change, words
from .system import System, failing
from .system import system as system_of
from .witnesses import Witnesses

__all__ = ["Change", "Repair", "Slip", "repaired", "repairs"]

#: Explanations that are put into words, of one part of the report.
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip of an explanation."""

    kind: str
    """Key of :data:`.kinds.KINDS`."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """One explanation of all the failing sums of a table, or of one row of the reviews."""

    report: str
    edition: int
    table: str
    row: str | None
    """Row of the reviews table whose sum it explains; None when it explains the whole table."""
    rank: int
    """1 for the smallest explanation."""
    among: int
    """How many explanations there are with as few slips."""
    slips: tuple[Slip, ...]
    cost: int
    """See :mod:`.kinds`."""
    contradicted: int
    """How many numbers of the text and of last year's report disagree with the proposed figures."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every cell with its printed and its proposed figure."""
        return tuple(change for slip in self.slips for change in slip.changes)

    @property
    def reported(self) -> bool:
        """Whether some rule of the catalogue reports it."""
        return any(self.table in KINDS[slip.kind].rule for slip in self.slips)

    def message(self, lang: str = "zh") -> str:
        """The explanation in a sentence, with how many there are."""
        said = [words(slip.kind, slip.changes, self.edition)(lang) for slip in self.slips]
        return ("；" if lang == "zh" else "; ").join(said) + _among(self.among, lang)

    def corrections(self) -> list[Correction]:
        """Lines for corrections.csv that accept the proposal; the evidence is for a person to give."""
        reason = self.message("zh")
        return [
            Correction(self.report, *change.cell, _written(change.printed), _written(change.proposed), reason, "")
            for change in self.changes
        ]


def _written(value: float | None) -> str:
    """A figure as data files hold it."""
    return "" if value is None else f"{value:.10g}"


def _among(count: int, lang: str) -> str:
    if count == 1:
        return ""
    many = f"{search.MOST}{'种以上' if lang == 'zh' else ' and more'}" if count >= search.MOST else str(count)
    if lang == "zh":
        return f"（{many}{'' if count >= search.MOST else '种'}可能之一）"
    return f" (one of {many} explanations)"


def repairs(report: Report, previous: Report | None = None) -> list[Repair]:
    """The smallest explanations of the sums that fail, by part of the report, the likeliest first.

    ``previous`` is the report of the year before: what it carried forward is a witness, as are the numbers in the
    text. Empty when every sum holds, or when no few slips explain what fails.
    """
    return of_facts(Facts(report, previous))


def of_facts(facts: Facts) -> list[Repair]:
    """The same of a report with its numbers at hand."""
    if not failing(facts):
        return []
    witnesses = Witnesses(facts)
    found = []
    for system, table, row, explained in _parts(facts):
        measured = [(*_measure(slips, system, witnesses), slips) for slips in explained]
        ranked = sorted(measured, key=lambda known: known[:-1])
        for rank, (contradicted, cost, *_, slips) in enumerate(ranked[:_SHOWN], start=1):
            told = tuple(_slip(slip, system) for slip in slips)
            who = facts.report.id, facts.report.edition, table, row
            found.append(Repair(*who, rank, len(ranked), told, cost, contradicted))
    return found


def _parts(facts: Facts) -> Iterator[tuple[System, str, str | None, list[search.Explanation]]]:
    """The requests as a whole; the reviews as a whole where one slip explains them, else row by row.

    Where nothing explains the requests with their added subtotals, one of these may be wrong: they are left out.
    """
    system = system_of(facts)
    if system.residual[system.part("requests")].any():
        plain = system
        explained = search.explanations(system, "requests")
        if not explained and any(facts.report.added()):
            plain = system_of(facts, subtotals=False)
            explained = search.explanations(plain, "requests")
        yield plain, "requests", None, explained
    rows = [head[1] for head, by in zip(system.heads, system.residual, strict=True) if by and head[0] == "reviews"]
    if not rows:
        return
    whole = search.explanations(system, "reviews", most_slips=1)
    if whole:
        yield system, "reviews", rows[0] if len(rows) == 1 else None, whole
    else:
        yield from ((system, "reviews", row, search.explanations(system, "reviews", row, most_slips=1)) for row in rows)


def _measure(
    slips: search.Explanation, system: System, witnesses: Witnesses
) -> tuple[int, int, int, int, list[tuple[int, int]]]:
    """What explanations are ranked by: witnesses against it, cost, cells, cases; at last the form's order."""
    changes = sorted(change for slip in slips for change in slip.changes)
    against = witnesses.disagreeing({system.keys[place]: by for place, by in changes})
    return against, search.cost(slips), len(changes), sum(abs(by) for _, by in changes), changes


def _slip(slip: search.Slip, system: System) -> Slip:
    changes = []
    for place, by in slip.changes:
        figure = float(system.figures[place])
        changes.append(Change(system.keys[place], None if system.empty[place] else figure, figure + by))
    order = {key: n for n, key in enumerate(system.facts.form_cells())}
    return Slip(slip.kind, tuple(sorted(changes, key=lambda change: order.get(change.cell, len(order)))))


def repaired(facts: Facts, name: str) -> Iterator[Outcome]:
    """Of each part of the report the slips that a rule reports, from an explanation as likely as the first."""
    for (table, _), part in groupby(facts.repairs, lambda repair: (repair.table, repair.row)):
        first, *others = part
        likely = [first, *(r for r in others if (r.contradicted, r.cost) == (first.contradicted, first.cost))]
        told = ([(slip, r) for slip in r.slips if KINDS[slip.kind].rule.get(table) == name] for r in likely)
        yield from (_outcome(slip, repair) for slip, repair in next(filter(None, told), ()))


def _outcome(slip: Slip, repair: Repair) -> Outcome:
    first = slip.changes[0]
    single = len(slip.changes) == 1

    def said(lang: str) -> str:
        return words(slip.kind, slip.changes, repair.edition)(lang) + _among(repair.among, lang)

    return Outcome(
        [change.cell for change in slip.changes],
        first.proposed if single else None,
        first.printed if single else None,
        words={"proposal": said},
    )


for _name in ("CE08", "RQ07", "RQ08", "RQ16", "RV02"):
    rule(_name)(lambda facts, name=_name: repaired(facts, name))  # type: ignore[misc]
