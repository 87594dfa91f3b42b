"""PC, TX05, TX06: printed percentages against the counts they are made of, to the last printed decimal."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from ..codebook import GROUPS
from ..measures.rounding import largest_remainder
from ..statements import Statement, parse_reference
from .catalogue import rule
from .facts import Facts
from .finding import NOT_ASSESSABLE, Key, Outcome, Words
from .text import elsewhere

_OUTCOMES = ("granted", "partly_granted", *GROUPS)
#: Off by more than this, in percentage points, is an error; by less a warning.
_GROSS = 0.1
_FLOWS = ("received_new", "carried_in", "outcome_total", "carried_forward")
_OF_A_RATE = re.compile("(?:(?<![增降])(?<!增长)(?<!下降)率|占比|比例|比重)[^，。；]{0,12}$")
#: Denominators other than the outcomes handled that shares of outcomes are sometimes of.
_WORKLOAD = (["requests/received_new/total"], ["requests/received_new/total", "requests/carried_in/total"])


@dataclass(frozen=True, slots=True)
class Share:
    """A printed share with the pairs (part, whole) it may be of: by the tables, by the text."""

    statement: Statement
    cells: tuple[Key, ...]
    of: tuple[str, ...]
    """Terms of its whole."""
    named: bool
    """Whether the text says what the whole is; if not, it is what such a share is usually of."""
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
    # the share of a sum may be the sum of shares, each rounded
    slack = max(unit, 1.0) if statement.approximate else 0.5 * unit * max(1, len(statement.parts))
    return abs(100 * part / whole - statement.value) <= slack + 1e-9


def shares(facts: Facts) -> list[Share]:
    """Every printed share whose part and whole are known from the tables or the text."""
    said = [statement for statement in facts.report.numbers_in_text if statement.kind == "share"]
    found = {id(statement): _share(statement, facts) for statement in said}
    open_whole = [s for s in said if found[id(s)] is None and s.parts and not s.refers_to and s.whole is None]
    for _, group in groupby(open_whole, lambda statement: statement.paragraph):
        found |= {id(share.statement): share for share in _of_one_whole(list(group), facts)}
    return [share for statement in said if (share := found[id(statement)]) is not None]


def _of_one_whole(group: list[Statement], facts: Facts) -> list[Share]:
    """Shares of counts of the text (topics, channels) whose whole is not named: all but one fit the same flow."""
    said = facts.report.numbers_in_text
    parts = [sum(said[part].amount for part in statement.parts) for statement in group]
    for terms in (*_WORKLOAD, ["requests/outcome_total/total"]):
        whole = facts.text.sum(terms)
        fitting = sum(bool(whole) and _fits(s, part, whole or 1) for s, part in zip(group, parts, strict=True))
        if whole and len(group) > 2 and fitting >= len(group) - 1:
            return [Share(s, (), tuple(terms), False, ((p, whole),)) for s, p in zip(group, parts, strict=True)]
    return []


def _share(statement: Statement, facts: Facts) -> Share | None:
    said = facts.report.numbers_in_text
    parts, wholes = [], []
    cells: tuple[Key, ...] = ()
    of: tuple[str, ...] = ()
    named = statement.whole is not None
    if statement.refers_to:
        reference = parse_reference(statement.refers_to)
        cells = tuple(tuple(term.split("/")) for term in reference.terms)  # type: ignore[misc]
        named = named or reference.over not in (None, ("?",))
        usual = [reference.over or ()] if reference.over not in (None, ("?",)) else _usual(cells)
        of = usual[0] if usual else ()
        parts.append(facts.text.sum(reference.terms))
        for terms in usual:
            wholes += [facts.text.sum(terms), *_concluded(terms, facts)]
    parts += [sum(said[part].amount for part in statement.parts)] if statement.parts else []
    wholes += [said[statement.whole].amount] if statement.whole is not None else []
    pairs = tuple((part, whole) for whole in wholes for part in parts if part is not None and whole)
    return Share(statement, cells, of, named, pairs) if pairs else None


def _usual(cells: tuple[Key, ...]) -> list[tuple[str, ...]]:
    """What a share of these cells is of where the text does not say it: the first is the most usual."""
    table, row, column = cells[0]
    if table == "reviews":
        return [tuple(dict.fromkeys(f"reviews/{cell[1]}/total" for cell in cells))]
    if table != "requests":
        return []
    if row in _FLOWS:
        return [(f"requests/{row}/total",)] if column != "total" else []
    usual = ["outcome_total/total"] if column == "total" else [f"outcome_total/{column}", f"{row}/total"]
    if "." in row:
        usual.append(f"{row.partition('.')[0]}/{column}")
    return [(f"requests/{each}",) for each in usual]


def _concluded(over: tuple[str, ...], facts: Facts) -> list[float]:
    """All reviews less those pending, where a share is of reviews."""
    rows = [term.split("/") for term in over]
    if any(row[0] != "reviews" or row[2] != "total" for row in rows):
        return []
    total = facts.text.sum(over)
    pending = facts.text.sum([f"reviews/{row[1]}/pending" for row in rows])
    return [total - pending] if total is not None and pending else []


def unfitting(facts: Facts) -> list[tuple[Share, str]]:
    """The shares that do not fit, each with the rule that it falls under."""
    return [(share, _verdict(share, facts.shares, facts)) for share in facts.shares if not share.fits]


def _group(share: Share, every: list[Share]) -> list[Share]:
    """The shares of the same whole in the same paragraph, those of several counts together left out."""
    return [s for s in every if _at(s) == _at(share) and len(s.statement.parts) < 2]


def _at(share: Share) -> tuple[int, int | None, tuple[str, ...]]:
    return share.statement.paragraph, share.statement.whole, share.of


def _partition(group: list[Share]) -> bool:
    """Whether the parts of a group add up to their whole."""
    return len(group) > 2 and abs(sum(s.exact[0] for s in group) - group[0].exact[1]) < 1e-9


def _verdict(share: Share, every: list[Share], facts: Facts) -> str:
    """The rule that an unfitting share falls under."""
    statement = share.statement
    if not share.named and _other_whole(share, facts) is not None:
        return "TX05"
    scale = 10**statement.decimals
    if any(math.floor(100 * x / n * scale + 1e-9) / scale == statement.value for x, n in share.pairs):
        return "PC02"
    # a share of a full list that was made to fit is no share of something else
    otherwise = "PC05" if _other_whole(share, facts) is None else "TX05"
    return _adjusted(share, _group(share, every)) or otherwise


def _adjusted(share: Share, group: list[Share]) -> str | None:
    """``PC03`` or ``PC04`` where a share of a full list was made to fit 100; the last takes what is left of it."""
    if share not in group or not _partition(group):
        return None
    statement, at = share.statement, group.index(share)
    others = sum(Decimal(str(s.statement.value)) for s in group if s is not share)
    left_over = abs(float(100 - others) - statement.value) < 1e-9
    remainder = float(largest_remainder([int(s.exact[0]) for s in group], statement.decimals)[at]) == statement.value
    if left_over and (at == len(group) - 1 or not remainder):
        return "PC03"
    return "PC04" if remainder else None


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
    if not facts.shares:
        yield NOT_ASSESSABLE
    for share, verdict in facts.unfitting_shares:
        if verdict != name:
            continue
        part, whole, exact = share.exact
        statement = share.statement
        raw = _quoted(statement)
        words: dict[str, Words] = {"raw": raw, "x": part, "n": whole}
        severity = None
        if name == "TX05":
            terms, whole = _other_whole(share, facts) or ([], whole)
            words["fits"] = f"{whole:.10g}"
        if name == "PC05" and (abs(exact - statement.value) <= _GROSS or not share.named):
            severity = "warning"
        if elsewhere(statement, facts):
            severity = "info"
        shown = round(exact, statement.decimals + 2)
        yield Outcome(share.cells, shown, statement.value, severity=severity, statement=statement, words=words)


for _name in ("PC02", "PC03", "PC04", "PC05", "TX05"):
    rule(_name)(lambda facts, name=_name: _outcomes(facts, name))  # type: ignore[misc]


@rule("PC06")
def possible(facts: Facts) -> Iterator[Outcome]:
    """A share or rate below 0 or above 100, or of nothing: the first of those of one total that is 0."""
    said = [s for s in facts.report.numbers_in_text if s.kind in ("share", "rate")]
    if not said:
        yield NOT_ASSESSABLE
    told: set[tuple[str, ...]] = set()
    for statement in said:
        reference = parse_reference(statement.refers_to) if statement.refers_to else None
        over = reference.over if reference and reference.over != ("?",) else None
        of_nothing = over is not None and over not in told and facts.text.sum(over) == 0 and statement.value > 0
        if of_nothing and over is not None:
            told.add(over)
        if of_nothing or not 0 <= statement.value <= 100:
            yield Outcome(found=statement.value, statement=statement, words={"raw": _quoted(statement)})


def _quoted(statement: Statement) -> str:
    return "".join(statement.quote.split())


@rule("TX06")
def shares_of_everything(facts: Facts) -> Iterator[Outcome]:
    """Shares of outcomes that leave out none with a count above 0."""
    every = [s for s in facts.shares if s.cells and s.cells[0][0] == "requests"]
    seen = set()
    for share in every:
        at = _at(share)
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
        if statement.kind == "growth" and statement.unit == "%" and _OF_A_RATE.search(statement.subject):
            yield Outcome(statement=statement, words={"raw": _quoted(statement)})
