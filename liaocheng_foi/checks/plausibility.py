"""PL: figures worth a second look; none of these says that a figure is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from .catalogue import rule
from .facts import Facts
from .finding import NOT_ASSESSABLE, Key, Outcome, Words

_T = "requests"


def _ratio(
    facts: Facts, part: Key, whole: float | None, at_least: float, times: int = 100
) -> tuple[float, float, float] | None:
    """(part, whole, ratio), or None where there are too few to look at."""
    number = facts.value(*part)
    if number is None or not whole or whole < at_least:
        return None
    return number, whole, times * number / whole


def _noted(part: Key, known: tuple[float, float, float]) -> Outcome:
    words: dict[str, Words] = {"x": known[0], "n": known[1]}
    return Outcome([part], found=round(known[2], 1), words=words)


@rule("PL01")
def natural_persons(facts: Facts) -> Iterator[Outcome]:
    """Below one half, of at least fifty."""
    part = (_T, "received_new", "natural_person")
    known = _ratio(facts, part, facts.value(_T, "received_new"), 50)
    if known is None:
        yield NOT_ASSESSABLE
    elif known[2] < 50:
        yield _noted(part, known)


@rule("PL02")
def among_peers(facts: Facts) -> Iterator[Outcome]:
    """Three median absolute deviations from the median of at least eight bodies."""
    granted, partly, total = (facts.value(_T, row) for row in ("granted", "partly_granted", "outcome_total"))
    peers = facts.peers
    if granted is None or partly is None or not total or total < 30 or peers is None or peers.count < 8:
        yield NOT_ASSESSABLE
        return
    rate = 100 * (granted + partly) / total
    if peers.spread and abs(rate - peers.middle) > 3 * peers.spread:
        cells = [(_T, "granted", "total"), (_T, "partly_granted", "total")]
        yield Outcome(cells, round(peers.middle, 1), round(rate, 1), words={"count": peers.count})


@rule("PL03")
def round_figures(facts: Facts) -> Iterator[Outcome]:
    """At least five figures above 0, every one a multiple of ten."""
    numbers = [cell.value for cell in facts.report.cells() if cell.value]
    if len(numbers) >= 5 and all(number % 10 == 0 for number in numbers):
        yield Outcome(words={"count": len(numbers)})


@rule("PL04")
def many_reconsiderations(facts: Facts) -> Iterator[Outcome]:
    """More than 300 per 1,000 answers, of at least a hundred."""
    part = ("reviews", "reconsideration", "total")
    known = _ratio(facts, part, facts.value(_T, "outcome_total"), 100, 1000)
    if known is None:
        yield NOT_ASSESSABLE
    elif known[2] > 300:
        yield _noted(part, known)


@rule("PL05")
def many_corrections(facts: Facts) -> Iterator[Outcome]:
    """More than six in ten of at least ten concluded."""
    total, pending = (facts.value("reviews", "reconsideration", column) for column in ("total", "pending"))
    part = ("reviews", "reconsideration", "corrected")
    known = None if total is None or pending is None else _ratio(facts, part, total - pending, 10)
    if known is None:
        yield NOT_ASSESSABLE
    elif 60 < known[2] <= 100:
        yield _noted(part, known)


@rule("PL06")
def secrets_of_townships(facts: Facts) -> Iterator[Outcome]:
    """A township that denies for state secrecy."""
    number = facts.value(_T, "denied.state_secret")
    if number is None or not facts.of_township:
        yield NOT_ASSESSABLE
    elif number > 0:
        yield Outcome([(_T, "denied.state_secret", "total")], 0.0, number)


@rule("PL07")
def much_not_held(facts: Facts) -> Iterator[Outcome]:
    """More than six in ten not held, of at least fifty."""
    part = (_T, "unavailable.not_held", "total")
    known = _ratio(facts, part, facts.value(_T, "outcome_total"), 50)
    if known is None:
        yield NOT_ASSESSABLE
    elif known[2] > 60:
        yield _noted(part, known)


@rule("PL09")
def no_request(facts: Facts) -> Iterator[Outcome]:
    """A prefecture-level government, as organs.csv knows it, without a single request."""
    received = facts.value(_T, "received_new")
    if facts.level != "city" or received is None:
        yield NOT_ASSESSABLE
    elif received == 0:
        yield Outcome([(_T, "received_new", "total")], found=0.0)
