"""Colours as documents name them; whether one is seen on another."""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple

_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
#: Colours that differ by less in each of red, green and blue are not told apart; less opaque ones are not seen.
_ALIKE, _FAINT = 24, 0.15


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255, and how opaque from 0 to 1."""

    red: float
    green: float
    blue: float
    opaque: float = 1

    @classmethod
    def of(cls, value: str | None) -> Colour | None:
        """``RRGGBB`` or ``AARRGGBB``, as Office writes them; None for anything else, such as ``auto``."""
        found = _HEX.fullmatch(value or "")
        return cls(*bytes.fromhex(found[1])) if found else None

    def is_like(self, other: Colour) -> bool:
        """Whether the eye hardly tells them apart."""
        return self is other or (
            abs(self.red - other.red) < _ALIKE
            and abs(self.green - other.green) < _ALIKE
            and abs(self.blue - other.blue) < _ALIKE
        )

    @property
    def is_faint(self) -> bool:
        """Whether it is too thin to be seen."""
        return self.opaque < _FAINT

    def lit(self, factor: float, light: float = 0.0) -> Colour:
        """With its luminance multiplied, and so much light added."""
        hue, luminance, saturation = colorsys.rgb_to_hls(*(part / 255 for part in self[:3]))
        luminance = min(max(luminance * factor + light, 0.0), 1.0)
        return Colour(*(round(part * 255) for part in colorsys.hls_to_rgb(hue, luminance, saturation)))

    def mixed(self, other: Colour, share: float) -> Colour:
        """With a share of another colour."""
        return Colour(*(round(one + (two - one) * share) for one, two in zip(self[:3], other[:3], strict=True)))


WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)
