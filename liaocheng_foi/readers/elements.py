"""Elements of a web page among each other."""

from __future__ import annotations

from selectolax.lexbor import LexborNode


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


def around(node: LexborNode) -> set[int]:
    """The elements that an element stands in, by their place in memory."""
    found = set()
    part = node.parent
    while part is not None:
        found.add(part.mem_id)
        part = part.parent
    return found
