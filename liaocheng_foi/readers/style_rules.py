"""What the style sheets within a web page hide, strike out or raise → the style attributes of these elements.

Of all that a sheet may say only a few properties matter, and only where some rule gives them a value that matters.
Rules for paper and for narrow screens are left aside; of those that remain the last one that fits an element counts,
and an element's own attribute more than any. Rules for a state, a place in a row or what stands beside something are
left aside too, and a rule for children is taken as one for all below: thus looking them up takes no more than reading.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from .elements import around, outermost

#: property → the values that matter.
_TELLING = {
    "display": re.compile(r"none"),
    "visibility": re.compile(r"hidden|collapse"),
    "opacity": re.compile(r"0(?:\.0*)?"),
    "font-size": re.compile(r"0(?:\.0*)?[a-z%]*"),
    "text-decoration": re.compile(r".*\bline-through\b.*"),
    "vertical-align": re.compile(r"super"),
    "content": re.compile(r"attr\(.*|[\"'][^\\]*\d.*"),
}
#: Without one of these nothing is said that matters, as sheets are mostly written.
_WORDS = ("none", "hidden", "collapse", "opacity", "font-size", "line-through", "super")
#: Text before or after an element that stands in the sheet or in an attribute; icons are codes behind a backslash.
_CONTENT, _PSEUDO = re.compile(r"content\s*:\s*(?:attr|[\"'][^\"'\\]*\d)"), re.compile(r"::?(?:before|after)$")
_BRACE = re.compile(r"([{}])")
#: In a selector: what asks for a state, a place or something beside; the steps from an element to those below.
_LEFT_ASIDE, _STEP = re.compile(r"[:~+]"), re.compile(r"\s*>\s*|\s+")
#: Bytes that all steps of all rules together may be looked up in, where an element found counts as so many.
_LOOKED_UP, _FOUND = 100_000_000, 100

_Said = dict[str, str]


def apply(tree: LexborHTMLParser, size: int) -> None:
    """Write the values that matter into the elements of a page of so many bytes."""
    sheets = "\n".join(sheet.text_lexbor() for sheet in tree.css("style"))
    if not any(word in sheets for word in _WORDS) and not _CONTENT.search(sheets):
        return
    rules = _rules(sheets)
    properties = {name for _, said in rules for name, value in said.items() if _TELLING[name].fullmatch(value)}
    rules = [(selector, said) for selector, said in rules if properties & said.keys()]
    steps = [_meant(one.strip(), said) for selector, said in rules for one in selector.split(",")]
    left = _LOOKED_UP
    found: dict[int, tuple[LexborNode, _Said]] = {}
    for selector, said in steps:
        left -= len(selector) * size
        if left < 0:
            break
        nodes = _fitting(tree, selector)
        left -= len(nodes) * _FOUND
        for node in nodes:
            found.setdefault(node.mem_id, (node, {}))[1].update(said)
    tables = tree.css("table")
    # what holds all tables is shown by a script
    shown = around(tables[0]) & around(tables[-1]) if tables else set()
    for node, said in found.values():
        own = node.attributes.get("style") or ""
        telling = [
            f"{name}:{value}"
            for name, value in said.items()
            if _TELLING[name].fullmatch(value) and name not in own.lower()
        ]
        if telling and node.mem_id not in shown:
            node.attrs["style"] = ";".join([own, *telling])


def _meant(selector: str, said: _Said) -> tuple[list[str], _Said]:
    """The steps to the elements that a rule is for; of text before and after them only that there is some."""
    element = _PSEUDO.sub("", selector)
    is_beside = element != selector
    return _STEP.split(element), {name: value for name, value in said.items() if (name == "content") == is_beside}


def _fitting(tree: LexborHTMLParser, steps: list[str]) -> list[LexborNode]:
    """The elements at the last of these steps downwards, each the selector of one element."""
    nodes: list[LexborNode] = []
    below: set[int] | None = None
    for step in steps:
        if _LEFT_ASIDE.search(step):
            return []
        try:
            nodes = [node for node in tree.css(step) if below is None or node.mem_id in below]
        except SelectolaxError:
            return []
        below = set()
        below -= {node.mem_id for node in outermost(nodes, below)}
    return nodes


def _rules(sheet: str) -> list[tuple[str, _Said]]:
    """(selector, the properties that may matter) of each rule that holds whatever the paper or screen."""
    found: list[tuple[str, _Said]] = []
    begun: list[str] = []
    pieces = _BRACE.split(_without_comments(sheet))
    for text, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            begun.append(text.rpartition(";")[2].strip())
        elif begun:
            selector = begun.pop()
            said = _said(text) if not begun and not selector.startswith("@") else {}
            if said:
                found.append((selector, said))
    return found


def _said(declarations: str) -> _Said:
    said: _Said = {}
    for declaration in declarations.lower().split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in _TELLING:
            said[name.strip()] = value.partition("!")[0].strip()
    return said


def _without_comments(sheet: str) -> str:
    first, *others = sheet.replace("<!--", "").replace("-->", "").split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)
