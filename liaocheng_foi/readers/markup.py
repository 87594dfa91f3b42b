"""Markup before and after it is parsed: cut at its tags, refused where it would exhaust a parser.

The rules by which browsers build a page are costly at three places: each tag may search all tags that are open;
marks of style left open are opened anew in every block; the attributes of a tag are compared pairwise. A few
kilobytes can thus ask for minutes and gigabytes. The steps are estimated from the text, in time linear in its
length, and bounded by ``Limits.max_steps``; ordinary pages are passed by a bound that costs next to nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from .limits import Limits

#: Steps that an element and a mark opened anew count for: what they cost in memory matters more than their time.
_ELEMENT = 500
_REOPENED = 1000

_VOID = frozenset(
    ("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
     "meta", "param", "source", "track", "wbr")
)  # fmt: skip
#: These end where the next of their kind begins, so that they pile up only inside of others.
_SELF_ENDING = frozenset(
    ("p", "li", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "dt", "dd", "html", "head", "body", "colgroup")
)
_STYLES = ("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u")
_STYLE = re.compile(rf"<(?:{'|'.join(_STYLES)})(?=[\s/>])", re.IGNORECASE)
_NAME = re.compile(r"(/?)([a-zA-Z][^\s/>]*)")
_SHORTEST_ATTRIBUTE = 3
#: Characters cut at a time, so that the pieces of a large page are never all in memory.
_STRETCH = 2**16


def pieces(markup: str) -> Iterator[str]:
    """What follows each ``<``, up to the next."""
    return chain.from_iterable(_stretches(markup))


def _stretches(markup: str) -> Iterator[list[str]]:
    start = markup.find("<") + 1
    while start:
        end = markup.find("<", start + _STRETCH)
        yield markup[start : end if end >= 0 else None].split("<")
        start = end + 1


def check_cost(text: str, name: str, limits: Limits) -> None:
    """Raise :class:`ReadError` when a parser would take more than ``limits.max_steps`` steps for this page."""
    opened = text.count("<") - text.count("</")
    longest = max(map(len, pieces(text)), default=0)
    attributes = len(text) * longest // _SHORTEST_ATTRIBUTE**2
    steps = (_REOPENED * (opened + 1) + opened) * opened + attributes
    if steps > limits.max_steps:
        styles = sum(1 for _ in _STYLE.finditer(text))
        steps = (_ELEMENT + _REOPENED * styles + opened) * opened + attributes
    if steps > limits.max_steps:
        limits.check("max_steps", _steps(text), "the work its nested and unclosed tags ask for, in steps,", name)


def _steps(text: str) -> int:
    """Estimate of the steps, tag by tag."""
    steps = depth = 0
    open_tags: Counter[str] = Counter()
    styles = _Styles()
    outside: list[_Styles] = []
    for piece in pieces(text):
        match = _NAME.match(piece)
        if match is None:
            continue
        closing, tag = match[1], match[2].lower()
        if tag == "table":
            if not closing:
                outside.append(styles)
                styles = _Styles()
            elif outside:
                styles = outside.pop()
        elif outside and tag in ("td", "th"):
            styles = _Styles()
        if closing:
            if open_tags[tag]:
                open_tags[tag] -= 1
                depth -= 1
            if tag in _STYLES:
                styles.close(tag)
        else:
            head = piece if tag not in ("script", "style", "textarea") else piece.partition(">")[0]
            steps += _ELEMENT + _REOPENED * styles.number + (len(head.split()) - 1) ** 2
            if tag in _STYLES:
                styles.open(tag, piece.partition(">")[0])
            if tag not in _VOID and tag not in _SELF_ENDING:
                open_tags[tag] += 1
                depth += 1
        steps += depth
    return steps


class _Styles:
    """Marks of style that are open: of equal ones, three at most are opened anew."""

    def __init__(self) -> None:
        self.number = 0
        self.marks: dict[str, list[str]] = {}
        self.equal: Counter[str] = Counter()

    def open(self, tag: str, mark: str) -> None:
        if self.equal[mark] < 3:
            self.equal[mark] += 1
            self.marks.setdefault(tag, []).append(mark)
            self.number += 1

    def close(self, tag: str) -> None:
        if self.marks.get(tag):
            self.equal[self.marks[tag].pop()] -= 1
            self.number -= 1
