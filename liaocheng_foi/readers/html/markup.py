"""Refuses web pages made to exhaust a parser, before they are parsed.

The rules by which browsers build a page are costly at three places: each tag may search all tags that are open;
marks of style left open are opened anew in every block; the attributes of a tag are compared pairwise. A few
kilobytes can thus ask for minutes and gigabytes. The steps are estimated from the text, in time linear in its
length, and bounded by ``Limits.max_steps``; ordinary pages are passed by a bound that costs next to nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..limits import Limits

#: Steps that an element counts for, and one that is opened anew: they cost memory rather than time.
_ELEMENT = 1000
_REOPENED = 1000
#: Bytes of an attribute at least, with the blank before it, where thousands of them differ.
_ATTRIBUTE_BYTES = 4
#: So few attributes of a tag need no exact count.
_FEW = 100

_VOID = frozenset(
    b"area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
#: These end where the next of their kind begins, so that they pile up only inside of others.
_SELF_ENDING = frozenset(b"p li td th tr thead tbody tfoot option dt dd html head body colgroup".split())
_STYLES = frozenset(b"b big code em font i s small strike strong tt u".split())
#: Each of these, and some words that are no tags: so written it is found in half the time.
_STYLE = re.compile(rb"<[bcefistuBCEFISTU](?i:|ig|ode|m|ont|mall|trike|trong|t)[\s/>]")
#: Attributes as they should be written, and a mark of style that is closed where nothing but words, and marks around
#: words, stand in it.
_PROPER = rb"""(?:\s++[\w:.-]++(?:=(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=`]++))?+)*+\s*+/?+>"""
_MARK = rb"b|big|code|em|font|i|s|small|strike|strong|tt|u"
_CLOSED = re.compile(
    rb"<((?i:%b))%b(?:[^<]++|<((?i:span|%b))%b[^<]*+</\2>|<br%b)*+</\1>" % (_MARK, _PROPER, _MARK, _PROPER, _PROPER)
)
#: An element in which no other is opened that stays open.
_LEAF = re.compile(rb"<([a-zA-Z][\w:-]*+)%b(?:[^<]++|<(?:br|img|hr|input|col)%b)*+</\1>" % (_PROPER, _PROPER))
#: Elements are taken out, from the innermost on, as long as so great a part of all tags is.
_WORTH = 0.2
_OPENING = re.compile(rb"<[a-zA-Z]")
_NAME = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*+)")
#: What parts attributes, or ends their values.
_BETWEEN = b" \t\n\r\f/\"'"
#: Name and value of an attribute as HTML cuts them.
_ATTRIBUTE = re.compile(rb"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>][^\s>]*+)?+)?+""")
#: The rest of a tag, behind its name; and tags that have one.
_REST = re.compile(rb"(?:[\s/]++|%b)*+" % _ATTRIBUTE.pattern)
_TAG = re.compile(rb"%b[\s/]%b" % (_OPENING.pattern + rb"[^\s/>]*+", _REST.pattern))


def check_cost(text: bytes, name: str, limits: Limits) -> None:
    """Raise :class:`ReadError` when a parser would take more than ``limits.max_steps`` steps for this page."""
    tags = text.count(b"<")
    # of a page that is not large each tag may count for an element
    elements = tags if 2 * _ELEMENT * tags <= limits.max_steps else tags - text.count(b"</")
    attributes = _most_pairs(text, limits.max_steps)
    if any(_bound(elements, tags, *most) + attributes <= limits.max_steps for most in _most_open(text, tags)):
        return
    opened = sum(1 for _ in _OPENING.finditer(text))
    limits.check("max_steps", _ELEMENT * opened, "the work its tags ask of a parser, in steps,", name)
    found = _steps(text, attributes + len(text), limits.max_steps)
    limits.check("max_steps", found, "the work its first tags ask of a parser, in steps,", name)


def _bound(elements: int, tags: int, most_open: int, styles: int) -> int:
    """The most steps that tags can ask for when so many, and so many marks of style, may be open at once."""
    return _ELEMENT * elements + tags * most_open + _REOPENED * styles * (tags - styles)


def _pairs(number: int) -> int:
    """Steps for so many attributes of one tag, which are compared pairwise, at two steps each."""
    return number**2


def _most_pairs(text: bytes, enough: int) -> int:
    """The most steps that the attributes of all tags can ask for: as if all were of one tag where that is little."""
    all_of_one = _pairs(len(text) - len(text.translate(None, _BETWEEN)))
    if 2 * all_of_one <= enough:
        return all_of_one
    sizes = list(map(len, tags := _TAG.findall(text)))
    longest = _FEW * _ATTRIBUTE_BYTES
    most = max((size for size in sizes if size < longest), default=0) // _ATTRIBUTE_BYTES + 1
    of_long = sum(_pairs(_attributes(tag)) for size, tag in zip(sizes, tags, strict=True) if size >= longest)
    return of_long + most * (len(text) // _ATTRIBUTE_BYTES)


def _attributes(tag: bytes) -> int:
    return sum(1 for _ in _ATTRIBUTE.finditer(tag))


def _most_open(text: bytes, tags: int) -> Iterator[tuple[int, int]]:
    """The most tags that may be open at once, and marks of style where a block begins, ever closer."""
    half = tags // 2
    yield tags, half
    yield tags, min(sum(1 for _ in _STYLE.finditer(text)), half)
    styles = min(sum(1 for _ in _STYLE.finditer(_CLOSED.sub(b"", text))), half)
    yield tags, styles
    depth, left, before = 0, tags, 2 * tags
    while left < (1 - _WORTH) * before:
        text = _LEAF.sub(b"", text)
        depth, left, before = depth + 1, text.count(b"<"), left
        yield depth + left, styles


def _steps(text: bytes, steps: int, enough: int) -> int:
    """Estimate of the steps, added tag by tag to those of the attributes, until there are more than enough."""
    depth = 0
    open_tags: Counter[bytes] = Counter()
    styles = _Styles()
    outside: list[_Styles] = []
    for match in _NAME.finditer(text):
        if steps > enough:
            break
        closing, tag = match[1], match[2].lower()
        steps += depth
        if tag == b"table":
            if not closing:
                outside.append(styles)
                styles = _Styles()
            elif outside:
                styles = outside.pop()
        elif outside and tag in (b"td", b"th") and styles.number:
            styles = _Styles()
        if closing:
            if open_tags[tag]:
                open_tags[tag] -= 1
                depth -= 1
            if tag in _STYLES:
                styles.close(tag)
            continue
        steps += _ELEMENT + _REOPENED * styles.number
        if tag in _STYLES:
            styles.open(tag, _REST.match(text, match.end())[0])  # type: ignore[index]
        if tag not in _VOID and tag not in _SELF_ENDING:
            open_tags[tag] += 1
            depth += 1
    return steps


class _Styles:
    """Marks of style that are open: of equal ones, three at most are opened anew."""

    def __init__(self) -> None:
        self.number = 0
        self.marks: dict[bytes, list[bytes]] = {}
        self.equal: Counter[bytes] = Counter()

    def open(self, tag: bytes, mark: bytes) -> None:
        if self.equal[mark] < 3:
            self.equal[mark] += 1
            self.marks.setdefault(tag, []).append(mark)
            self.number += 1

    def close(self, tag: bytes) -> None:
        if self.marks.get(tag):
            self.equal[self.marks[tag].pop()] -= 1
            self.number -= 1
