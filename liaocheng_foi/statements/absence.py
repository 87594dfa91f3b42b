"""Said without a digit: that there was none (没有发生行政复议, 零败诉), that all were upheld."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import vocabulary as words
from .concepts import Found, find_concepts
from .subjects import BEFORE, MEMORY, Subject, Subjects, review_cells

_NOTHING = re.compile(words.NOTHING)
#: Without one of these characters nothing is said to be absent: most texts are done with here.
_NONE = re.compile("[未没无零]")
_NO_SINGLE = re.compile(words.NO_SINGLE)
_NOTHING_AFTER = re.compile(words.NOTHING_AFTER)
_NOTHING_TAIL = re.compile(words.NOTHING_TAIL)
_CONDITION = re.compile(words.CONDITION)
_ALL_UPHELD = re.compile(words.ALL_UPHELD)
_CONNECTOR = re.compile(words.CONNECTOR)
_PLAIN = re.compile(words.PLAIN)
_TAKEN = re.compile("[收接]|受理")


@dataclass(frozen=True, slots=True)
class Absence:
    """Words that say that there was none; ``start`` and ``end`` are where their subject is to be found."""

    kind: str
    """``zero`` or ``all_upheld``."""
    form: str
    """Where the subject stands: ``object``, ``word`` (directly behind 零), ``front``."""
    at: int
    start: int
    end: int
    taken: bool = False
    """Whether the verb is one of receiving."""


def find(text: str) -> Iterator[Absence]:
    """The places where a text may say so."""
    none = _NONE.search(text) is not None
    for match in _NOTHING.finditer(text) if none else ():
        if match["no"] != "未" or match["verb"]:
            taken = _TAKEN.search(match["verb"]) is not None
            yield Absence("zero", "object", match.start(), *match.span("object"), taken)
    for match in _NO_SINGLE.finditer(text) if "零" in text else ():
        yield Absence("zero", "word", match.start(), *match.span("object"))
    for match in _NOTHING_AFTER.finditer(text) if none else ():
        yield Absence("zero", "front", match.start(), match.start(), match.end())
    for match in _ALL_UPHELD.finditer(text) if "维持" in text or "胜诉" in text else ():
        yield Absence("all_upheld", "front", match.start(), match.start(), match.end())


def subject_of(one: Absence, subjects: Subjects, floor: int) -> Subject | None:
    """What there was none of; None when the words say something else. The sentence begins at ``floor``."""
    text = subjects.text
    if one.kind == "all_upheld":
        return _not_upheld(find_concepts(text, max(floor, one.at - MEMORY), one.at))
    if one.form == "front":
        found = find_concepts(text, max(floor, one.at - BEFORE), one.at)
        return _joined(found, subjects, floor) if found and _ends(text, found[-1], one.at) else None
    clause = max(floor, *(text.rfind(mark, floor, one.at) + 1 for mark in "，；："))
    if _CONDITION.search(text, clause, one.at):
        return None
    found = find_concepts(text, one.start, one.end) or _plain_request(one, text)
    if one.form == "word":
        return _joined(found[:1], subjects, floor) if found and found[0].start == one.start else None
    while found and not _ends(text, found[-1], one.end):
        found.pop()
    return _joined(found, subjects, floor) if found else None


def _ends(text: str, last: Found, end: int) -> bool:
    return _NOTHING_TAIL.fullmatch(text, last.end, end) is not None


def _plain_request(one: Absence, text: str) -> list[Found]:
    """没有收到申请: the bare word, which elsewhere may be any request."""
    at = text.find("申请", one.start, one.end)
    plain = at == one.start if one.form == "word" else one.taken and _PLAIN.fullmatch(text, one.start, at)
    return [Found("requests/received_new", at, at + 2)] if at >= 0 and plain else []


def _joined(found: list[Found], subjects: Subjects, floor: int) -> Subject | None:
    """The subject of the last concept and those joined to it."""
    chain, joined = [found[-1]], [False]
    for before in reversed(found[:-1]):
        between = subjects.text[before.end : chain[0].start]
        joined[0] = _CONNECTOR.fullmatch(between) is not None
        if not joined[0] and between not in ("", "的"):
            break
        chain.insert(0, before)
        joined.insert(0, False)
    subject = subjects.of_chain(chain, joined, chain[-1].end, floor, None)
    # a document or an outcome that is missing from a list of words is no figure of 0
    return None if subject is None or subject.kind in ("other", "result_part", "channel") else subject


def _not_upheld(found: list[Found]) -> Subject | None:
    """The cells that must be 0 when all cases were upheld: corrected and, as not yet upheld, pending."""
    named = [one.code for one in found if one.kind == "proceeding"]
    cells = (cell for name in named for column in ("corrected", "pending") for cell in review_cells(name, column))
    return Subject("result", tuple(dict.fromkeys(cells))) if named else None
