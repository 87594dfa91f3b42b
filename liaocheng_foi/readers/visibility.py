"""What the styles of a page's elements hide, empty, raise, whiten, place elsewhere and turn."""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..grid import PICTURE, RAISED
from ..problems import Problem
from .elements import CELLS, is_within_line, outermost, rewrite

_NOT_DISPLAYED = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.IGNORECASE)
#: What keeps its place and shows nothing there, and what is struck out.
_EMPTIED = re.compile(
    r"(?:^|[;\s])(?:visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0(?:\.0*)?[a-z%]*\s*(?:;|!|$)"
    r"|opacity\s*:\s*0?\.0\d|font-size\s*:\s*[01]?(?:\.\d+)?p[xt]\s*(?:;|!|$)|transform\s*:\s*scale[xy]?\(0\)"
    r"|content-visibility\s*:\s*hidden|filter\s*:\s*opacity\(0(?:\.0*)?%?\)|text-indent\s*:\s*-\d{3}"
    r"|text-decoration[-\w]*\s*:[^;:]*line-through"
    r"|(?:-webkit-text-fill-)?color\s*:\s*(?:transparent|rgba\((?:[^,);]*,){3}\s*0(?:\.0*)?\s*\))"
    r"|(?:left|top)\s*:\s*-\d{4}|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]|clip-path\s*:\s*inset\((?:50|100)%)",
    re.IGNORECASE,
)
#: Both together show nothing.
_NO_ROOM = re.compile(r"(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*0[a-z]*\s*(?:;|$)", re.IGNORECASE)
_OVERFLOWING = re.compile(r"overflow\s*:\s*hidden", re.IGNORECASE)
_WHITE = re.compile(
    r"(?:^|[;\s])color\s*:\s*(?:#?(?:fff|f[d-f]f[d-f]f[d-f])|white|rgba?\((?:255,\s*){2}255(?:,\s*1)?\))\s*(?:;|!|$)",
    re.IGNORECASE,
)
_DECLARED = re.compile(r"(?:^|;)\s*(color|background|background-color)\s*:\s*([^;!]+)", re.IGNORECASE)
#: A size of nothing is the parent's where what stands in it has one of its own.
_SIZED = "[style],[class],font,table"
_RAISED_BY_STYLE = re.compile(r"(?:^|[;\s])vertical-align\s*:\s*super", re.IGNORECASE)
#: Words for values that stand elsewhere.
_OF_OTHERS = frozenset(("inherit", "initial", "unset", "revert", "revert-layer"))
#: What stands somewhere else than it is written, or runs the other way.
_PLACED = re.compile(
    r"(?:^|[;\s])(?:float\s*:\s*(?:left|right)|position\s*:\s*(?:absolute|relative|fixed|sticky)|order\s*:\s*-?[1-9]"
    r"|transform\s*:\s*(?:translate|rotate|scale|matrix)|(?:margin|padding)-(?:left|right)\s*:\s*-?[1-9]"
    r"|vertical-align\s*:\s*-?[1-9]|display\s*:\s*(?:block|inline-block|list-item|table|flow-root))",
    re.IGNORECASE,
)
_LIFTED = re.compile(r"(?:^|[;\s])(?:position\s*:\s*relative|vertical-align\s*:)", re.IGNORECASE)
_TURNING = re.compile(r"unicode-bidi\s*:\s*(?:bidi|isolate)-override", re.IGNORECASE)
_SPREAD = re.compile(r"display\s*:\s*(?:inline-)?(?:flex|grid)", re.IGNORECASE)
#: The style sheet puts text before or after it.
_GENERATED = re.compile(r"(?:^|[;\s])content\s*:", re.IGNORECASE)
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
TURNED = "\N{RIGHT-TO-LEFT OVERRIDE}"


def leave_out(tree: LexborHTMLParser) -> list[Problem]:
    """Take out what styles hide, and part or mark what they move; says what is gone.

    A page hidden as a whole is one that a script shows, so it stays.
    """
    problems: list[Problem] = []
    styled = _styled(tree)
    gone = set[int]()
    for node in outermost(styled.hidden, gone):
        if node.tag in ("tr", "td", "th") or node.css_first("table") is not None:
            problems += left_out(node)
        node.decompose(recursive=False)
    emptied = outermost([node for node in styled.emptied if node.mem_id not in gone and not _is_gap(node)])
    for node in emptied:
        problems += left_out(node)
    rewrite(emptied, lambda _: "")
    for node, mark in styled.placed:
        if node.mem_id not in gone and node.parent is not None:
            before, after = (_goes_on(node, beside) for beside in (node.prev, node.next))
            if not before or mark != " ":
                node.insert_before(mark)
            if not after or mark != " ":
                node.insert_after(mark)
    rewrite(outermost(styled.raised), lambda text: text.translate(RAISED))
    return problems


def left_out(node: LexborNode) -> list[Problem]:
    """The record of a part of a page that is not read; none where it says nothing."""
    words = " ".join(node.text(separator=" ").replace(PICTURE, " ").split())
    return [Problem("hidden-markup", details={"raw": f"<{node.tag}>{words[:60]}"})] if words else []


class _Said(NamedTuple):
    """What a style says of an element."""

    hidden: bool
    emptied: bool
    raised: bool
    white: bool
    placed: bool
    spread: bool
    turned: bool
    filled: bool


def _said(style: str) -> _Said | None:
    """What a style says that matters here; mostly nothing."""
    own = ground = None
    if "background" in style.lower():
        declared = {name.lower(): value.strip().lower() for name, value in _DECLARED.findall(style)}
        own = declared.get("color")
        ground = declared.get("background-color", declared.get("background"))
    emptied = bool(_EMPTIED.search(style) or (_OVERFLOWING.search(style) and _NO_ROOM.search(style)))
    others = (_RAISED_BY_STYLE, _WHITE, _PLACED, _SPREAD, _TURNING, _GENERATED)
    said = _Said(
        bool(_NOT_DISPLAYED.search(style)),
        emptied or (own is not None and own == ground and own not in _OF_OTHERS),
        *(bool(pattern.search(style)) for pattern in others),
    )
    return said if any(said) else None


class _Styled(NamedTuple):
    """Elements whose styles matter, as they stand in the page, some of them twice."""

    hidden: list[LexborNode]
    emptied: list[LexborNode]
    """They keep their place and show nothing."""
    raised: list[LexborNode]
    placed: list[tuple[LexborNode, str]]
    """They stand elsewhere; with what parts them from the text around."""


def _styled(tree: LexborHTMLParser) -> _Styled:
    found = _Styled([], [], [], [])
    #: style -> what it says; most elements share theirs with others
    known: dict[str, _Said | None] = {}
    lengths: dict[int, int] = {}
    for node in tree.css("[hidden],[style],font[color]"):
        attributes = node.attributes
        style = attributes.get("style") or ""
        if node.tag == "font" and attributes.get("color"):
            style = f"color:{attributes['color']};{style}"
        if style not in known:
            known[style] = _said(style)
        said = known[style]
        if ("hidden" in attributes or (said and said.hidden)) and node.tag not in ("html", "body"):
            found.hidden.append(node)
        if said is None:
            continue
        if said.emptied or (said.white and _is_beside_dark(node, lengths)):
            found.emptied.append(node)
        if said.raised:
            found.raised.append(node)
        if said.turned:
            found.placed.append((node, TURNED))
        elif said.placed and is_within_line(node):
            found.placed.append((node, " "))
        if said.filled:
            node.insert_child(_UNKNOWN)
        if said.spread:
            found.placed.extend((part, " ") for part in node.iter() if is_within_line(part))
    return found


def _goes_on(node: LexborNode, beside: LexborNode | None) -> bool:
    """Whether an element is as far above or below the line as the one beside it, as the pieces of a word are."""
    style = node.attributes.get("style") or ""
    return beside is not None and beside.attributes.get("style") == style and _LIFTED.search(style) is not None


def _is_beside_dark(node: LexborNode, lengths: dict[int, int]) -> bool:
    """Whether white text stands in a cell without a ground of its own, beside text of another colour.

    ``lengths`` takes up those of the texts of cells, for the next ones in them.
    """
    part: LexborNode | None = node
    cell = None
    while part is not None and part.tag != "table":
        attributes = part.attributes
        if "class" in attributes or "bgcolor" in attributes or "background" in (attributes.get("style") or "").lower():
            return False
        cell = part if part.tag_id in CELLS else cell
        part = part.parent
    if cell is None:
        return False
    if cell.mem_id not in lengths:
        lengths[cell.mem_id] = len(cell.text().strip())
    return lengths[cell.mem_id] > len(node.text().strip())


def _is_gap(node: LexborNode) -> bool:
    """Whether the size of nothing is only for the blanks between the elements in it."""
    sized = "font-size" in (node.attributes.get("style") or "").lower()
    return sized and any(part.mem_id != node.mem_id for part in node.css(_SIZED))
