"""Colours in Office documents: as a value or by the theme, made lighter or darker; whether one is seen on another."""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple

from .ooxml import Package

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
#: Colours that differ by no more than this in any part are one to the eye.
_NEAR = 16


class Color(NamedTuple):
    """Red, green and blue, from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def of(cls, value: str | None) -> Color | None:
        """``RRGGBB`` or ``AARRGGBB``; None for anything else, such as ``auto``."""
        found = _HEX.fullmatch(value or "")
        return cls(*bytes.fromhex(found[1])) if found else None

    def is_like(self, other: Color) -> bool:
        """Whether letters in this colour are not seen on the other."""
        return all(abs(one - two) <= _NEAR for one, two in zip(self, other, strict=True))

    def lit(self, factor: float, light: float = 0.0) -> Color:
        """With its luminance multiplied, and so much light added."""
        hue, luminance, saturation = colorsys.rgb_to_hls(*(part / 255 for part in self))
        luminance = min(max(luminance * factor + light, 0.0), 1.0)
        return Color(*(round(part * 255) for part in colorsys.hls_to_rgb(hue, luminance, saturation)))

    def mixed(self, other: Color, share: float) -> Color:
        """With a share of another colour."""
        return Color(*(round(one + (two - one) * share) for one, two in zip(self, other, strict=True)))


BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)


def theme(package: Package, part: str) -> dict[str, Color]:
    """name → colour of the theme of a document whose main part is this: ``dk1``, ``lt1``, …, ``accent6``, ``hlink``."""
    links = package.relationships(part).values()
    root = next((package.xml(target) for kind, target in links if kind.endswith("/theme")), None)
    scheme = None if root is None else next(root.iter(_A + "clrScheme"), None)
    found = {"dk1": BLACK, "lt1": WHITE}
    for entry in () if scheme is None else scheme:
        color = next((Color.of(value.get("lastClr") or value.get("val")) for value in entry), None)
        if color is not None:
            found[entry.tag.removeprefix(_A)] = color
    return found
