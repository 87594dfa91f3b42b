"""The package's own font: made known to matplotlib, measured, and broken into lines where room ends."""

from __future__ import annotations

import functools
import re
from importlib.resources import files

FONT = "Noto Sans SC"
#: Distance of lines, in heights of the font.
LEADING = 1.4
#: What a line is never broken within: words, numbers with their unit, single Chinese characters, each with the
#: brackets and stops that belong to it.
_PIECES = re.compile(r"\s+|[（“‘]*(?:[!-\u02ff−–]+[件项年]?|\S)[，。；：、）”’！？…]*")


@functools.cache
def register_font() -> None:
    """Make the font known to matplotlib, once."""
    from matplotlib import font_manager

    path = files("liaocheng_foi").joinpath("fonts", "NotoSansSC-subset.ttf")
    font_manager.fontManager.addfont(str(path))


@functools.cache
def width(text: str, size: float) -> float:
    """Width in points of the widest line of a text printed ``size`` points high."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    register_font()
    font = FontProperties(family=FONT, size=size)
    return max(text_to_path.get_text_width_height_descent(line, font, False)[0] for line in text.split("\n"))


def wrapped(text: str, size: float, room: float) -> str:
    """The text in lines of at most ``room`` points, as far as its words allow."""
    lines = []
    for paragraph in text.split("\n"):
        # most texts fit into a line, which one measurement tells; letters are half as wide as they are high, or wider
        if len(paragraph) * size <= 2 * room and width(paragraph.strip(), size) <= room:
            lines.append(paragraph.strip())
            continue
        line = ""
        for piece in _PIECES.findall(paragraph):
            if line and width((line + piece).rstrip(), size) > room:
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
        lines.append(line.rstrip())
    return "\n".join(lines)
