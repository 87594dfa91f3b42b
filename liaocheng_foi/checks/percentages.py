"""PC, TX05, TX06: printed percentages against the counts they are made of, to the last printed decimal."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..codebook import GROUPS
from ..rounding import largest_remainder
from ..statements import Statement, parse_reference
from .catalogue import rule
from .facts import Facts
from .finding import NOT_ASSESSABLE, Key, Outcome, Words
from .text import elsewhere

_OUTCOMES = ("granted", "partly_granted", *GROUPS)
#: Off by more than this, in percentage points, is an error; by less a warning.
_GROSS = 0.1
_RATES = ("率", "占比", "比例", "比重")
#: Denominators other than the outcomes handled that shares of outcomes are sometimes of.
_WORKLOAD = (["requests/received_new/total"], ["requests/received_new/total", "requests/carried_in/total"])


@dataclass(frozen=True, slots=True)
class Share:
    """A printed share with the pairs (part, whole) it may be of: by the tables, by the text."""

    statement: Statement
    cells: tuple[Key, ...]
    pairs: tuple[tuple[float, float], ...]

    @property
    def exact(self) -> tuple[float, float, float]:
        """(part, whole, per cent) of the pair that comes nearest to what is printed."""
        part, whole = min(self.pairs, key=lambda pair: abs(100 * pair[0] / pair[1] - self.statement.value))
        return part, whole, 100 * part / whole

    @property
    def fits(self) -> bool:
        """Whether some pair, rounded to the printed decimals, is what is printed."""
        return any(_fits(self.statement, part, whole) for part, whole in self.pairs)


def _fits(statement: Statement, part: float, whole: float) -> bool:
    unit = 10.0**-statement.decimals
    slack = max(unit, 1.0) if statement.approximate else 0.5 * unit
    return abs(100 * part / whole - statement.value) <= slack + 1e-9


def shares(facts: Facts) -> list[Share]:
    """Every printed share whose part and whole are known from the tables or the text."""
    said = facts.report.numbers_in_text
    found = []
    for statement in said:
        if statement.kind != "share":
            continue
        parts, wholes = [], []
        cells: tuple[Key, ...] = ()
        if statement.refers_to:
            reference = parse_reference(statement.refers_to)
            cells = tuple(tuple(term.split("/")) for term in reference.terms)  # type: ignore[misc]
            parts.append(facts.text.sum(reference.terms))
            if reference.over and reference.over != ("?",):
                wholes.append(facts.text.sum(reference.over))
                wholes += _concluded(reference.over, facts)
        parts += [said[statement.part].amount] if statement.part is not None else []
        wholes += [said[statement.whole].amount] if statement.whole is not None else []
        pairs = tuple((part, whole) for whole in wholes for part in parts if part is not None and whole)
        if pairs:
            found.append(Share(statement, cells, pairs))
    return found


def _concluded(over: tuple[str, ...], facts: Facts) -> list[float]:
    """All reviews less those pending, where a share is of reviews."""
    rows = [term.split("/") for term in over]
    if any(row[0] != "reviews" or row[2] != "total" for row in rows):
        return []
    total = facts.text.sum(over)
    pending = facts.text.sum([f"reviews/{row[1]}/pending" for row in rows])
    return [total - pending] if total is not None and pending else []


def _group(share: Share, every: list[Share]) -> list[Share]:
    """The shares of the same whole in the same paragraph."""
    one = share.statement
    return [s for s in every if (s.statement.paragraph, s.statement.whole) == (one.paragraph, one.whole)]


def _partition(group: list[Share]) -> bool:
    """Whether the parts of a group add up to their whole."""
    return len(group) > 2 and abs(sum(s.exact[0] for s in group) - group[0].exact[1]) < 1e-9


def _verdict(share: Share, every: list[Share], facts: Facts) -> str | None:
    """The rule that an unfitting share falls under; None when it fits."""
    statement = share.statement
    if not 0 <= statement.value <= 100:
        return "PC06"
    if share.fits:
        return None
    if _other_whole(share, facts) is not None:
        return "TX05"
    scale = 10**statement.decimals
    if any(math.floor(100 * x / n * scale + 1e-9) / scale == statement.value for x, n in share.pairs):
        return "PC02"
    group = _group(share, every)
    if _partition(group):
        others = sum(Decimal(str(s.statement.value)) for s in group if s is not share)
        if abs(float(100 - others) - statement.value) < 1e-9:
            return "PC03"
        adjusted = largest_remainder([int(s.exact[0]) for s in group], statement.decimals)
        if float(adjusted[group.index(share)]) == statement.value:
            return "PC04"
    return "PC05"


def _other_whole(share: Share, facts: Facts) -> tuple[list[str], float] | None:
    """Another denominator of the requests table that a share of outcomes fits."""
    if not share.cells or share.cells[0][0] != "requests":
        return None
    for terms in _WORKLOAD:
        whole = facts.text.sum(terms)
        for part in {pair[0] for pair in share.pairs}:
            if whole and _fits(share.statement, part, whole):
                return terms, whole
    return None


def _outcomes(facts: Facts, name: str) -> Iterator[Outcome]:
    every = facts.shares
    if not every:
        yield NOT_ASSESSABLE
    for share in every:
        if _verdict(share, every, facts) != name:
            continue
        part, whole, exact = share.exact
        statement = share.statement
        raw = "".join(statement.quote.split())
        words: dict[str, Words] = {"raw": raw, "x": part, "n": whole}
        severity = None
        if name == "TX05":
            terms, whole = _other_whole(share, facts) or ([], whole)
            words["fits"] = f"{whole:.10g}"
        if name == "PC05" and abs(exact - statement.value) <= _GROSS:
            severity = "warning"
        if elsewhere(statement, facts):
            severity = "info"
        shown = round(exact, statement.decimals + 2)
        yield Outcome(share.cells, shown, statement.value, severity=severity, statement=statement, words=words)


for _name in ("PC01", "PC02", "PC03", "PC04", "PC05", "PC06", "TX05"):
    rule(_name)(lambda facts, name=_name: _outcomes(facts, name))  # type: ignore[misc]


@rule("TX06")
def shares_of_everything(facts: Facts) -> Iterator[Outcome]:
    """Shares of outcomes that leave out none with a count above 0."""
    every = [s for s in facts.shares if s.cells and s.cells[0][0] == "requests"]
    seen: set[tuple[int, int | None]] = set()
    for share in every:
        at = (share.statement.paragraph, share.statement.whole)
        group = _group(share, every)
        if at in seen or len(group) < 3:
            continue
        seen.add(at)
        covered = {cell[1] for s in group for cell in s.cells}
        missing = [row for row in _OUTCOMES if row not in covered and facts.value("requests", row) != 0]
        if missing or any(s.statement.approximate for s in group):
            continue
        total = sum(Decimal(str(s.statement.value)) for s in group)
        decimals = min(s.statement.decimals for s in group)
        if abs(float(total) - 100) > len(group) * 0.5 * 10.0**-decimals + 1e-9:
            yield Outcome([c for s in group for c in s.cells], 100.0, float(total), statement=group[0].statement)
    if not seen:
        yield NOT_ASSESSABLE


@rule("PC07")
def points_not_percent(facts: Facts) -> Iterator[Outcome]:
    """A rate that rose or fell by so many per cent."""
    for statement in facts.report.numbers_in_text:
        if statement.kind == "growth" and statement.unit == "%" and statement.subject.endswith(_RATES):
            yield Outcome(statement=statement, words={"raw": "".join(statement.quote.split())})
