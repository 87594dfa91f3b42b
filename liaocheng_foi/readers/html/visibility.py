"""What styles do to the text of a page: what they hide is taken out, what they move is parted, the rest is marked."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...grid import PICTURE, RAISED
from ...problems import Problem
from ..colours import BLACK, WHITE, Colour
from ..figures import FIGURE
from ..limits import Limits
from .elements import CELLS, OF_TABLES, is_within_line, outermost, rewrite
from .styles import Said, painted, said

#: Stands where the style sheet writes something, and behind digits of which it is not known how they are seen.
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
TURNED = "\N{RIGHT-TO-LEFT OVERRIDE}"
_STYLED = "[hidden],[style],[bgcolor],font[color]"
_LIFTED = re.compile(r"(?:^|[;\s])(?:position\s*:\s*relative|vertical-align\s*:)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
#: So many layers of what a script shows are taken off.
_LAYERS = 3


def leave_out(tree: LexborHTMLParser, name: str, limits: Limits) -> list[Problem]:
    """Take out what styles hide, and part or mark what they move; says what is gone.

    A page hidden as a whole is one that a script shows, so it stays, as do panels that hide all figures of a page.
    Raises :class:`ReadError` when it is over a limit.
    """
    problems: list[Problem] = []
    styled = _styled(tree, name, limits)
    shown = _shown_by_script(tree, styled)
    problems += [_problem("waits-for-script", node, node.text(separator=" ")) for node in outermost([*shown.values()])]
    gone = set[int]()
    for node in outermost([node for node in styled.hidden if node.mem_id not in shown], gone):
        if node.tag in ("tr", "td", "th") or node.css_first("table") is not None:
            problems += left_out(node)
        node.decompose(recursive=False)
    if styled.unseen:
        has_sheets = tree.css_first("link[rel~=stylesheet i]") is not None
        problems += _empty([node for node in styled.unseen if node.mem_id not in gone], has_sheets)
    for node in styled.placed:
        if node.mem_id not in gone and node.parent is not None:
            before, after = (_goes_on(node, beside) for beside in (node.prev, node.next))
            if not before:
                node.insert_before(" ")
            if not after:
                node.insert_after(" ")
    rewrite(outermost([node for node in styled.raised if node.mem_id not in gone]), lambda text: text.translate(RAISED))
    return problems


def left_out(node: LexborNode, text: str | None = None) -> list[Problem]:
    """The record of a part of a page, or of some of its text, that is not read; none where it says nothing."""
    words = node.text(separator=" ") if text is None else text
    return [_problem("hidden-markup", node, words)] if words.replace(PICTURE, " ").strip() else []


def _problem(code: str, node: LexborNode, text: str) -> Problem:
    words = " ".join(text.replace(PICTURE, " ").split())
    return Problem(code, details={"raw": f"<{node.tag}>{words[:60]}"})


class _Styled(NamedTuple):
    """Elements whose styles matter, as they stand in the page, some of them twice."""

    hidden: list[LexborNode]
    unseen: list[LexborNode]
    """They keep their place and may show nothing there."""
    raised: list[LexborNode]
    placed: list[LexborNode]
    """They stand elsewhere."""


def _styled(tree: LexborHTMLParser, name: str, limits: Limits) -> _Styled:
    found = _Styled([], [], [], [])
    #: style → what it says, and whether text in it may not be seen
    known: dict[str, tuple[Said | None, bool]] = {}
    for node in tree.css(_STYLED):
        attributes = node.attributes
        style = _style(node, attributes)
        if style not in known:
            says = said(style)
            known[style] = says, says is not None and says.unseen
        says, is_unseen = known[style]
        if ("hidden" in attributes or (says and says.hidden)) and node.tag not in ("html", "body"):
            found.hidden.append(node)
        if is_unseen:
            found.unseen.append(node)
        if (work := len(known) + len(found.hidden) + len(found.unseen)) > limits.max_styles:
            limits.check("max_styles", work, "the number of styles and of elements that they may hide", name)
        if says is None:
            continue
        if says.raised and is_within_line(node):
            found.raised.append(node)
        if says.turned:
            node.insert_child(TURNED)
        if says.placed and is_within_line(node):
            found.placed.append(node)
        if says.filled or (says.doubtful and _DIGIT.search(node.text())):
            node.insert_child(UNKNOWN)
        if says.spread:
            found.placed.extend(part for part in node.iter() if is_within_line(part))
    return found


def _shown_by_script(tree: LexborHTMLParser, styled: _Styled) -> dict[int, LexborNode]:
    """The elements, by their place in memory, that hide tables while the page shows no figure in any: they wait."""
    shown: dict[int, LexborNode] = {}
    holding = _holding_tables(tree) if styled.hidden or styled.unseen else set[int]()
    waiting = [node for node in (*styled.hidden, *styled.unseen) if node.mem_id in holding]
    cells = [node for node in tree.css("td,th") if node.mem_id not in holding] if waiting else []
    for _ in range(_LAYERS):
        inside = set[int]()
        outer = outermost([node for node in waiting if node.mem_id not in shown], inside)
        if not outer or any(cell.mem_id not in inside and _is_figure(cell) for cell in cells):
            break
        for node in outer:
            shown[node.mem_id] = node
            node.attrs["style"] = painted(node.attributes.get("style") or "")
    return shown


def _holding_tables(tree: LexborHTMLParser) -> set[int]:
    """Tables and what holds them, by their place in memory."""
    found = set[int]()
    node: LexborNode | None
    for node in tree.css("table"):
        while node is not None and node.mem_id not in found:
            found.add(node.mem_id)
            node = node.parent
    return found


def _is_figure(cell: LexborNode) -> bool:
    return FIGURE.fullmatch((cell.text_lexbor() or "").strip()) is not None


def _style(node: LexborNode, attributes: dict[str, str | None]) -> str:
    """All the style of an element, also what older attributes say of it."""
    style = attributes.get("style") or ""
    if "background" in attributes:
        style = f"background:url();{style}"
    if "bgcolor" in attributes:
        style = f"background:{attributes['bgcolor']};{style}"
    if "color" in attributes and node.tag == "font":
        style = f"color:{attributes['color']};{style}"
    return style


def _goes_on(node: LexborNode, beside: LexborNode | None) -> bool:
    """Whether an element is as far above or below the line as the one beside it, as the pieces of a word are."""
    style = node.attributes.get("style") or ""
    return beside is not None and beside.attributes.get("style") == style and _LIFTED.search(style) is not None


class _Look(NamedTuple):
    """How the text of an element looks, by its style and those of all it stands in."""

    gone: bool = False
    large: bool = True
    visible: bool = True
    colour: Colour = BLACK
    ground: Colour | None = None
    """None where it is not said."""
    cell: LexborNode | None = None
    classed: bool = False
    """Whether it has a class, within the table, by which another style sheet may give it a ground."""
    painted: bool = False
    """Whether a style within the table says its colour or ground; a page as a whole can be read."""

    def within(self, node: LexborNode) -> _Look:
        """The look in an element that stands in one with this look."""
        attributes = node.attributes
        style = _style(node, attributes)
        says = said(style) if style else None
        gone, large, visible, colour, ground, cell, classed, painted = self
        if node.tag_id in CELLS:
            cell = node
        if node.tag == "table":
            classed = False
        if "class" in attributes or node.tag in ("font", "table"):
            # letters of no size are for the blanks between elements that have one
            large = True
        classed = classed or "class" in attributes or "id" in attributes
        if says is not None:
            is_block = says.placed or not (is_within_line(node) or node.tag_id in OF_TABLES)
            gone = gone or says.gone or says.struck or (says.cramped and is_block)
            large = large if says.large is None else says.large
            visible = visible if says.visible is None else says.visible
            colour, ground = says.colour or colour, says.ground or ground
            is_inside = cell is not None or node.tag_id in OF_TABLES
            painted = painted or (is_inside and (says.colour or says.ground) is not None)
        return _Look(gone, large, visible, colour, ground, cell, classed, painted)

    @property
    def unseen(self) -> bool:
        """Whether nothing is seen whatever the ground is."""
        return self.gone or not self.large or not self.visible or self.colour.is_faint

    @property
    def merges(self) -> bool:
        """Whether it has the colour of its ground, which is white where nothing else is said."""
        return self.cell is not None and self.painted and self.colour.is_like(self.ground or WHITE)


def _empty(nodes: list[LexborNode], has_sheets: bool) -> list[Problem]:
    """Take out the text in these elements that is not seen; mark figures of which that is not known."""
    looks: dict[int, _Look] = {}
    faint: list[tuple[LexborNode, LexborNode, _Look]] = []
    #: cell → letters in it, and those of them that have the colour of its ground
    letters: dict[int, int] = {}
    merging: Counter[int] = Counter()
    for node in outermost(nodes):
        for text in [part for part in node.traverse(include_text=True) if part.is_text_node]:
            look = _look(text.parent, looks)
            if look.unseen or look.merges:
                faint.append((node, text, look))
            if look.cell is not None and look.merges:
                if look.cell.mem_id not in letters:
                    letters[look.cell.mem_id] = _letters(look.cell)
                merging[look.cell.mem_id] += _letters(text)
    taken: dict[int, tuple[LexborNode, list[str]]] = {}
    for node, text, look in faint:
        shown = text.text_content or ""
        cell = look.cell.mem_id if look.cell is not None else 0
        is_known = look.unseen or look.ground is not None
        if not is_known and (letters[cell] == merging[cell] or (look.classed and has_sheets)):
            if _DIGIT.search(shown):
                text.replace_with(f"{shown}{UNKNOWN}")
            continue
        taken.setdefault(node.mem_id, (node, []))[1].append(shown)
        text.replace_with(" ")
    return [problem for node, texts in taken.values() for problem in left_out(node, " ".join(texts))]


def _letters(node: LexborNode) -> int:
    return len("".join((node.text_lexbor() or "").split()))


def _look(node: LexborNode | None, looks: dict[int, _Look]) -> _Look:
    """The look of the text of an element; ``looks`` keeps those that are known, by place in memory."""
    path = []
    while node is not None and node.mem_id not in looks:
        path.append(node)
        node = node.parent
    look = _Look() if node is None else looks[node.mem_id]
    for element in reversed(path):
        look = looks[element.mem_id] = look.within(element)
    return look
