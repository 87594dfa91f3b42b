"""What the style sheets within a web page say of its elements → their own style attributes.

Only what matters for how text is read is looked up (:mod:`.styles`): where some rule hides, moves or whitens, all rules
for that property count, in the order by which browsers go. Rules for paper, for narrow screens and for what a reader
does are left aside. What moves and whitens counts in tables alone, as figures stand there. A selector is looked up step
by step, and only so often, so that looking them up takes no more than reading; what is not looked up is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ...problems import Problem
from .elements import around, outermost
from .styles import PAINT, declarations, said

#: Properties that are looked up in the whole page where some rule hides, strikes out, raises or writes by them.
_EVERYWHERE = frozenset(
    ("display", "visibility", "opacity", "font-size", "text-decoration", "vertical-align", "content")
)
_BRACE = re.compile(r"([{}])")
#: Rules for other media, for narrow windows, and of other kinds; sheets for such media are left out too.
_OTHER_MEDIA = re.compile(r"print|speech|max-(?:device-)?width|prefers|font-face|keyframes|@page")
_SHEETS = "style:not([media*=print i]):not([media*=max- i])"
#: What holds only while a reader does something.
_PASSING = re.compile(r":(?:hover|focus|active|visited|target|checked|disabled|invalid|selection|placeholder)")
#: Text before or after an element matters where it holds digits or stands elsewhere; icons are codes.
_PSEUDO, _TELLS = re.compile(r"::?(?:before|after)$"), re.compile(r"attr\(|counter|[\"'][^\"'\\]*\d")
#: Between the steps of a selector; between selectors; what makes one costly, and too costly.
_STEP, _SELECTED = re.compile(r"\s*([>\s])\s*(?![^(]*\))"), re.compile(r",(?![^(]*\))")
_COSTLY, _TOO_COSTLY = re.compile(r":nth|~"), re.compile(r"~.*~|:nth.*:nth|:has")
#: Stands for selectors that are too costly to tell.
_UNREAD = ":has"
_ID, _CLASS, _TAG = re.compile(r"#"), re.compile(r"[.\[]|:(?!is|where|not)"), re.compile(r"(?:^|[\s>~+(])[a-z]")
_VARIABLE = re.compile(r"var\(\s*+(--[\w-]++)[^()]*+\)")
_VARIABLES = re.compile(r"(?<![\w-])(--[\w-]++)\s*+:\s*+([^;{}]{1,40})")
_DEEPEST = 5
#: So often may the bytes of the page be looked at for all rules together, once for each letter of a step and some times
#: more; what an element found and a property declared count for; bytes of the smallest element; the longest selector.
_LOOKED_UP, _STEPPED, _FOUND, _DECLARED, _ELEMENT, _LONGEST = 5_000_000_000, 10, 12_000, 100_000, 3, 300

_Declared = dict[str, str]


class _Rule(NamedTuple):
    """What a sheet declares for elements."""

    order: tuple[bool, int, int, int]
    """Whether it is marked as important, and how special it is: identifiers, classes, tags."""
    steps: list[str]
    """Selectors of one element, and blanks or ``>`` between them, down to the elements meant; none of a costly one."""
    declared: _Declared


def apply(tree: LexborHTMLParser, size: int) -> list[Problem]:
    """Write what matters into the elements of a page of so many bytes; says whether rules were left out."""
    sheets = [sheet.text_lexbor() for sheet in tree.css(_SHEETS)]
    rules: list[_Rule] = []
    left = _LOOKED_UP
    for rule in _rules("\n".join(dict.fromkeys(sheets))):
        left -= len(rule.declared) * _DECLARED
        if left < 0:
            break
        rules.append(rule)
    everywhere, in_tables = _telling(rules)
    if left >= 0 and not everywhere and not in_tables:
        return []
    lookup = _Lookup(tree, size - sum(map(len, sheets)), left)
    found: dict[int, tuple[LexborNode, _Declared, _Declared]] = {}
    for rule in sorted(rules, key=lambda rule: rule.order):
        wide = rule.declared.keys() & everywhere
        narrow = rule.declared.keys() & in_tables
        for node in lookup.meant(rule, bool(wide)) if wide or narrow else ():
            told = found.setdefault(node.mem_id, (node, {}, {}))
            declared = told[2] if rule.order[0] else told[1]
            declared.update((name, rule.declared[name]) for name in lookup.telling(node, wide, narrow))
    for node, usual, important in found.values():
        own = node.attributes.get("style") or ""
        node.attrs["style"] = ";".join(filter(None, (_text(usual), own, _text(important))))
    return [] if lookup.is_whole else [Problem("styles-unread")]


class _Lookup:
    """Looks up the elements of a page that rules mean, only so often."""

    def __init__(self, tree: LexborHTMLParser, size: int, left: int) -> None:
        self.tree = tree
        self.size = size
        self.left = left
        #: whether all that was asked was looked up
        self.is_whole = left >= 0
        self.tables = tree.css("table:not(table table)")
        first, last = (around(self.tables[place]) if self.tables else {} for place in (0, -1))
        self.outside = first | last
        self.words = {word for node in self.outside.values() for word in _words(node)}
        self.inside = set[int]()

    def meant(self, rule: _Rule, is_wide: bool) -> list[LexborNode]:
        """The elements that a rule means; none where it matters in tables alone and means nothing there."""
        if rule.steps and not is_wide:
            last = rule.steps[-1]
            self.left -= self._cost(last) + len(self.tables) * _FOUND
            if self.left >= 0 and not self._is_at_tables(last):
                return []
        cost = sum(map(self._cost, rule.steps))
        cost += sum((self.size // _ELEMENT) ** 2 for step in rule.steps if _COSTLY.search(step))
        if not rule.steps or cost > self.left:
            says = said(_text(rule.declared))
            self.is_whole &= not (is_wide or (says and says.matters))
            return []
        nodes = _fitting(self.tree, rule.steps)
        self.left -= cost + len(nodes) * _FOUND
        return nodes

    def _is_at_tables(self, step: str) -> bool:
        """Whether a step may mean an element in or around tables."""
        return any(word in step for word in self.words) or any(_find(table, step) for table in self.tables)

    def _cost(self, step: str) -> int:
        return (_STEPPED + len(step)) * self.size

    def telling(self, node: LexborNode, wide: Set[str], narrow: Set[str]) -> Set[str]:
        """Those of the properties that count for an element: those that count everywhere, and in tables alone."""
        if node.mem_id in self.outside:
            return wide | (narrow & PAINT)
        if not self.inside:
            self.inside.update(part.mem_id for table in self.tables for part in table.traverse())
        return wide | narrow if node.mem_id in self.inside else wide


def _text(declared: _Declared) -> str:
    return ";".join(map(":".join, declared.items()))


def _words(node: LexborNode) -> list[str]:
    """The words by which selectors may mean an element."""
    attributes = node.attributes
    return [node.tag or "", *(attributes.get("class") or "").split(), *(attributes.get("id") or "").split()]


def _telling(rules: list[_Rule]) -> tuple[set[str], set[str]]:
    """The properties by which some rule matters, in the whole page and in tables."""
    everywhere, in_tables = set[str](), set[str]()
    for rule in rules:
        names = set()
        for name, value in rule.declared.items():
            says = said(f"{name}:{value}")
            if says and says.matters:
                names.add(name)
                if says.hides and name in _EVERYWHERE:
                    everywhere.add(name)
        says = said(_text(rule.declared))
        # what tells only together, or more so
        in_tables |= rule.declared.keys() if says and (says.unseen or says.doubtful or not names) else names
    return everywhere, in_tables


def _find(node: LexborNode | LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return node.css(selector)
    except SelectolaxError:
        return []


def _fitting(tree: LexborHTMLParser, steps: list[str]) -> list[LexborNode]:
    """The elements at the last of these steps downwards."""
    nodes = _find(tree, steps[0])
    for step, selector in zip(steps[1::2], steps[2::2], strict=True):
        if not nodes:
            break
        if step == ">":
            above = {node.mem_id for node in nodes}
            nodes = [node for node in _find(tree, selector) if node.parent is not None and node.parent.mem_id in above]
        else:
            below = set[int]()
            below -= {node.mem_id for node in outermost(nodes, below)}
            nodes = [node for node in _find(tree, selector) if node.mem_id in below]
    return nodes


def _rules(sheet: str) -> Iterator[_Rule]:
    """The rules that hold whatever the paper or screen, also those within others."""
    if "var(" in sheet:
        variables = dict(_VARIABLES.findall(sheet))
        sheet = _VARIABLE.sub(lambda used: variables.get(used[1], used[0]), sheet)
    begun: list[str] = []
    # at each of them, whether it or one around it is for another medium
    elsewhere: list[bool] = []
    pieces = _BRACE.split(_without_comments(sheet))
    for text, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            declared, _, selector = text.rpartition(";")
            if begun and declared and not elsewhere[-1]:
                yield from _of(begun, declared)
            begun.append(selector.strip())
            is_other = begun[-1][:1] == "@" and _OTHER_MEDIA.search(begun[-1]) is not None
            elsewhere.append(is_other or bool(elsewhere and elsewhere[-1]))
        elif begun:
            if text and not elsewhere[-1]:
                yield from _of(begun, text)
            begun.pop()
            elsewhere.pop()


def _of(begun: list[str], declared: str) -> Iterator[_Rule]:
    """The rules that declarations within these braces make."""
    selector, marked = _joined(begun), declarations(declared)
    for is_important in (False, True):
        for each in _apart(selector) if marked[is_important] else ():
            one = each.strip()
            element = _PSEUDO.sub("", one)
            own = marked[is_important]
            if element != one:
                says = said(_text(own))
                is_seen = _TELLS.search(own.get("content", "")) and says and not says.hidden and not says.unseen
                own = {"content": own["content"]} if is_seen else {}
            if own and element and not _PASSING.search(element):
                special = (len(kind.findall(element[:_LONGEST])) for kind in (_ID, _CLASS, _TAG))
                is_costly = len(element) > _LONGEST or _TOO_COSTLY.search(element)
                steps = [] if is_costly else _STEP.split(element)
                yield _Rule((is_important, *special), steps, own)  # type: ignore[arg-type]


def _joined(begun: list[str]) -> str:
    """The selector of rules that stand in each other."""
    if len(begun) > _DEEPEST:
        return _UNREAD
    selector = ""
    for inner in begun:
        if inner[:1] != "@":
            if selector and max(len(selector), len(inner)) > _LONGEST:
                return _UNREAD
            outer = f":is({selector})" if "," in selector else selector
            selector = inner.replace("&", outer) if "&" in inner else f"{outer} {inner}".strip()
    return selector


def _apart(selectors: str) -> list[str]:
    """The selectors of a list; of a long one in which some hold lists themselves none is read."""
    if "(" not in selectors:
        return selectors.split(",")
    return _SELECTED.split(selectors) if len(selectors) <= _LONGEST else [_UNREAD]


def _without_comments(sheet: str) -> str:
    first, *others = sheet.replace("<!--", "").replace("-->", "").split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)
