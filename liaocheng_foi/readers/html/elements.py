"""Elements of a web page: what they mean for its text, and how they stand among each other."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: What elements mean for the text; those not named stand within a line.
KINDS = 14
(
    APART, INLINE, TABLE, NOT_SHOWN, STRUCK, RAISED_TEXT, TYPED, LINES, TITLE, META, PICTURED, TURNING, FORMULA,
    NUMBERED,
) = range(KINDS)  # fmt: skip
_MEANINGS = {
    APART: "p div li ul dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main nav aside center form "
    "fieldset legend blockquote address figure figcaption details summary hgroup dialog menu dir textarea br hr "
    "listing xmp plaintext html head body caption colgroup col thead tbody tfoot tr td th",
    TABLE: "table",
    NOT_SHOWN: "script style template noscript noembed noframes audio video datalist rt rp",
    PICTURED: "img svg canvas object embed iframe select button meter progress",
    STRUCK: "del s strike",
    RAISED_TEXT: "sup sub",
    TYPED: "input",
    LINES: "pre",
    TITLE: "title",
    META: "meta",
    TURNING: "bdo",
    FORMULA: "math",
    NUMBERED: "ol",
}
_ANY = LexborHTMLParser("<p><!---->")
#: The parser's number for a tag, which is cheaper to have than its name → what it means.
MEANING = {_ANY.create_node(tag).tag_id: meaning for meaning, tags in _MEANINGS.items() for tag in tags.split()}
MEANING[_ANY.css("p")[0].first_child.tag_id] = NOT_SHOWN  # type: ignore[union-attr]  # comments
ROW = _ANY.create_node("tr").tag_id
CELLS = frozenset(_ANY.create_node(tag).tag_id for tag in ("td", "th"))

#: They grow with what stands in them.
OF_TABLES = CELLS | {_ANY.create_node(tag).tag_id for tag in ("table", "thead", "tbody", "tfoot", "tr", "caption")}


def is_within_line(node: LexborNode) -> bool:
    """Whether an element stands within a line of text."""
    return MEANING.get(node.tag_id, INLINE) in (INLINE, TURNING)


def outermost(nodes: list[LexborNode], inside: set[int] | None = None) -> list[LexborNode]:
    """Elements, given as they stand in the page, without those that stand inside of others of them.

    ``inside`` takes up these elements, and all in them, by their place in memory.
    """
    found = []
    inside = set() if inside is None else inside
    for node in nodes:
        if node.mem_id not in inside:
            found.append(node)
            inside.update(part.mem_id for part in node.traverse())
    return found


def around(node: LexborNode) -> dict[int, LexborNode]:
    """The elements that an element stands in, by their place in memory."""
    found = {}
    part = node.parent
    while part is not None:
        found[part.mem_id] = part
        part = part.parent
    return found


def rewrite(nodes: list[LexborNode], change: Callable[[str], str]) -> None:
    """Change the texts inside of elements, none of which stands inside of another."""
    for node in nodes:
        for text in [part for part in node.traverse(include_text=True) if part.is_text_node]:
            old = text.text_content or ""
            new = change(old)
            if new != old:
                text.replace_with(new)
