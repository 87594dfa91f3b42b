"""Where the concepts of the vocabulary stand in a text.

The patterns are filed by the characters they may begin with, so that at most places of a text nothing is
tried and at the others only the few patterns that can fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..codebook import codebook, plain
from .vocabulary import CONCEPTS, FLOWS


class Found(NamedTuple):
    """A concept of the vocabulary at a place."""

    concept: str
    start: int
    end: int

    @property
    def kind(self) -> str:
        """What sort of thing it is: ``flow``, ``outcome``, ``applicant``, ``proceeding``, ``result``, …"""
        if self.concept in FLOWS:
            return "flow"
        head, _, code = self.concept.partition("/")
        return "outcome" if head == "requests" else head

    @property
    def code(self) -> str:
        """Code of the row or column, without the kind."""
        return self.concept.partition("/")[2]


def find_concepts(text: str, start: int, end: int) -> list[Found]:
    """The concepts between two places, in order, not overlapping."""
    any_first, by_first = _index()
    found: list[Found] = []
    at = start
    while (first := any_first.search(text, at, end)) is not None:
        pattern, concepts = by_first[first[0]]
        match = pattern.match(text, first.start(), end)
        if match is None:
            at = first.end()
        else:
            found.append(Found(concepts[match.lastgroup or ""], match.start(), match.end()))
            at = match.end()
    return found


@cache
def _index() -> tuple[re.Pattern[str], dict[str, tuple[re.Pattern[str], dict[str, str]]]]:
    """All first characters, and for each the patterns that may begin with it, in the vocabulary's order."""
    listed = [*CONCEPTS, *_labels()]
    filed: dict[str, list[int]] = {}
    for n, (_, pattern) in enumerate(listed):
        for character in first_characters(pattern):
            filed.setdefault(character, []).append(n)
    by_first = {
        character: (
            re.compile("|".join(f"(?P<g{n}>{listed[n][1]})" for n in numbers)),
            {f"g{n}": listed[n][0] for n in numbers},
        )
        for character, numbers in filed.items()
    }
    return re.compile(f"[{re.escape(''.join(sorted(filed)))}]"), by_first


def _labels() -> Iterator[tuple[str, str]]:
    """The form's labels that are unmistakable in prose, the longest first."""
    book = codebook()
    axes = (
        ("requests", "row", "requests"),
        ("requests", "column", "applicant"),
        ("reviews", "column", "result"),
    )
    labels = {
        (f"{kind}/{code.code}", plain(label))
        for table, axis, kind in axes
        for code in book.select(table, axis)
        for label in (*code.labels.values(), *code.aliases)
    }
    known = {concept for concept, _ in CONCEPTS}
    for concept, label in sorted(labels, key=lambda pair: (-len(pair[1]), pair)):
        # 其他 and 总计 mean what stands around them; the flows have words of their own in prose
        if len(label) > 2 and concept not in FLOWS and (concept in known or concept.startswith("applicant/")):
            yield concept, re.escape(label)


def first_characters(pattern: str) -> set[str]:
    """The characters a match may begin with: for literals, sets, groups, lookarounds, ``?`` and ``*``."""
    found: set[str] = set()
    for branch in _branches(pattern):
        at = 0
        while at < len(branch):
            end = _item_end(branch, at)
            item = branch[at:end]
            if item.startswith("(?:"):
                found |= first_characters(item[3:-1])
            elif item.startswith("["):
                found |= set(item[1:-1])
            elif not item.startswith("("):
                found.add(item[-1])
            optional = branch[end : end + 1] in ("?", "*")
            if not optional and not item.startswith(("(?!", "(?<", "(?=")):
                break
            at = end + optional
    return found


def _branches(pattern: str) -> Iterator[str]:
    start = at = 0
    while at < len(pattern):
        if pattern[at] == "|":
            yield pattern[start:at]
            start = at + 1
        at = _item_end(pattern, at)
    yield pattern[start:]


def _item_end(pattern: str, at: int) -> int:
    """End of the literal, set or group that begins here."""
    if pattern[at] == "\\":
        return at + 2
    if pattern[at] == "[":
        return pattern.index("]", at) + 1
    if pattern[at] != "(":
        return at + 1
    at += 1
    while pattern[at] != ")":
        at = _item_end(pattern, at)
    return at + 1
