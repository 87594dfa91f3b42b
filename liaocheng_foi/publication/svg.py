"""A chart's SVG, made small, and made part of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from markupsafe import Markup

_SVG = "{http://www.w3.org/2000/svg}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_LONG = re.compile(r"-?\d+\.\d{3,}")
#: Attributes that hold coordinates.
_PLACES = ("d", "transform", "x", "y", "width", "height")


def compact(svg: bytes) -> bytes:
    """The same picture in half the bytes: coordinates to a hundredth of a point, no names that nothing refers to."""
    root = _parsed(svg)
    used = {name for element in root.iter(etree.Element) for name in _references(element)}
    for element in list(root.iter(etree.Element)):
        if element.get("id") not in used:
            element.attrib.pop("id", None)
        for key in _PLACES:
            if (value := element.get(key)) is not None:
                element.set(key, " ".join(_LONG.sub(_short, value).split()))
        if element.tag == f"{_SVG}g" and not element.attrib:
            _unwrap(element)
        for part in ("text", "tail"):
            if not (getattr(element, part) or "").strip():
                setattr(element, part, None)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8")


def finding(svg: bytes) -> str:
    """What a chart says of itself in words; empty where it says nothing."""
    return _parsed(svg).findtext(f"{_SVG}title") or ""


def inline(svg: bytes, name: str, sentence: str) -> Markup:
    """The ``<svg>`` element to put into a page.

    ``name`` goes before every id in it, so that two charts of a page never share one; ``sentence`` is what a
    screen reader says instead of the picture.
    """
    root = _parsed(svg)
    for tag in ("title", "metadata", "style"):
        for element in root.findall(f".//{_SVG}{tag}"):
            element.getparent().remove(element)
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, f"{name}-{value}")
            elif key.endswith("href") and value.startswith("#"):
                element.set(key, f"#{name}-{value[1:]}")
            elif "url(#" in value:
                element.set(key, _REFERENCE.sub(rf"url(#{name}-\1)", value))
    for key in ("width", "height"):
        root.attrib.pop(key, None)
    root.set("role", "img")
    root.set("aria-label", sentence)
    return Markup(etree.tostring(root, encoding="unicode"))


def described(svg: bytes) -> str:
    """What the file says that it shows; empty where it says nothing."""
    found = _parsed(svg).find(f".//{_TITLE}")
    return "" if found is None else str(found.text or "")


def _parsed(svg: bytes) -> Any:
    return etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def _references(element: Any) -> Iterator[str]:
    for key, value in element.attrib.items():
        if key.endswith("href") and value.startswith("#"):
            yield value[1:]
        yield from _REFERENCE.findall(value)


def _short(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _unwrap(element: Any) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)
