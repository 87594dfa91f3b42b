"""Automatic numbers of the paragraphs of a Word document: which of them print no number."""

from __future__ import annotations

from ..ooxml import Package
from .looks import child

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = _W + "val"
#: The id of an automatic numbering, and the level of it.
Level = tuple[str, str]


def unseen_numbers(package: Package) -> set[Level]:
    """The levels of automatic numbering that print no number: bullets, and those without a text."""
    root = package.xml("word/numbering.xml")
    unseen = {("", ""), ("0", "0")}
    if root is None:
        return unseen
    kinds: dict[str, set[str]] = {}
    for kind in root.iter(_W + "abstractNum"):
        for level in kind.iter(_W + "lvl"):
            shape, text = (child(level, _W + tag) for tag in ("numFmt", "lvlText"))
            is_bullet = shape is not None and shape.get(_VALUE) in ("bullet", "none")
            if is_bullet or (text is not None and "%" not in text.get(_VALUE, "")):
                kinds.setdefault(kind.get(_W + "abstractNumId", ""), set()).add(level.get(_W + "ilvl", "0"))
    for number in root.iter(_W + "num"):
        own = child(number, _W + "abstractNumId")
        if own is not None and child(number, _W + "lvlOverride") is None:
            levels = kinds.get(own.get(_VALUE, ""), set())
            unseen |= {(number.get(_W + "numId", ""), level) for level in levels}
    return unseen
