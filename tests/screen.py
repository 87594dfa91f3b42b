"""A document as text in aligned columns: as programs print tables on a screen, and people type them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from liaocheng_foi.grid import Document, Grid


@dataclass
class Style:
    """How a text is set; each table is set alike."""

    wide: int
    """Columns of the screen that a Chinese letter takes."""
    gap: int
    """Blanks between columns."""
    narrow: int | None
    """The most columns of the screen for a label; longer ones go on in the next line."""
    figures: str
    labels: str
    vertical: str
    between: int
    """Blank lines between rows."""
    page: int | None
    """Lines of a page."""
    tabs: bool
    full_width: bool

    @classmethod
    def at_random(cls, rng: random.Random) -> Style:
        return cls(
            wide=rng.choice((2, 2, 2, 1)),
            gap=rng.choice((2, 2, 3, 4)),
            narrow=rng.choice((None, None, 16, 24)),
            figures=rng.choice(("left", "center", "right", "right")),
            labels=rng.choice(("left", "left", "center")),
            vertical=rng.choice(("top", "middle", "bottom")),
            between=rng.choice((0, 0, 0, 1)),
            page=rng.choice((None, None, 20, 40)),
            tabs=rng.random() < 0.1,
            full_width=rng.random() < 0.1,
        )


def screen(document: Document, rng: random.Random) -> bytes:
    return written(document, Style.at_random(rng))


def written(document: Document, style: Style) -> bytes:
    parts = ["\n".join(_table(b, style)) if isinstance(b, Grid) else b.text for b in document.blocks]
    lines = "\n\n".join(parts).split("\n")
    if style.tabs and style.wide == 2:
        lines = [_with_tabs(line, style) for line in lines]
    if style.page:
        lines = [("\f" if i and i % style.page == 0 else "") + line for i, line in enumerate(lines)]
    return "\n".join(lines).encode()


def _width(text: str, style: Style) -> int:
    return sum(1 if c.isascii() or c in "\u00a0\u2009" else 0 if c == "\u200b" else style.wide for c in text)


def _boxes(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    """(row, column, rows, columns, text) of each cell."""
    height, width = grid.shape
    found = []
    for r in range(height):
        for c in range(width):
            text = grid.cells[r][c]
            if text is None or not grid.is_anchor(r, c):
                continue
            down, across = 1, 1
            while r + down < height and grid.anchors[r + down][c] == (r, c):
                down += 1
            while c + across < width and grid.anchors[r][c + across] == (r, c):
                across += 1
            found.append((r, c, down, across, " ".join(text.split("\n")) if text.strip() else ""))
    return found


def _is_figure(text: str) -> bool:
    return not any("\u4e00" <= letter <= "\u9fff" for letter in text)


def _wrapped(text: str, most: int, style: Style) -> list[str]:
    lines = [""]
    for letter in text:
        if _width(lines[-1] + letter, style) > most and not letter.isascii():
            lines.append("")
        lines[-1] += letter
    return lines


def _table(grid: Grid, style: Style) -> list[str]:
    height, width = grid.shape
    boxes = _boxes(grid)
    least = 4 * style.wide
    widths = [least] * width
    for _, c, _, across, text in boxes:
        if across == 1:
            most = _width(text, style) if _is_figure(text) or style.narrow is None else style.narrow
            widths[c] = max(widths[c], min(_width(text, style), most))
    places = [sum(widths[:c]) + style.gap * c for c in range(width + 1)]
    wrapped = {}
    for r, c, _, across, text in boxes:
        room = places[c + across] - style.gap - places[c]
        wrapped[r, c] = _wrapped(text, room, style)
    heights = [1] * height
    for r, c, down, _, _ in sorted(boxes, key=lambda box: box[2]):
        lacking = len(wrapped[r, c]) - sum(heights[r : r + down])
        if lacking > 0:
            heights[r + down - 1] += lacking
    tops = [sum(heights[:r]) + style.between * r for r in range(height + 1)]
    lines: list[list[tuple[int, str]]] = [[] for _ in range(tops[-1])]
    for r, c, down, across, _ in boxes:
        texts = wrapped[r, c]
        spare = tops[r + down] - style.between - tops[r] - len(texts)
        top = tops[r] + {"top": 0, "middle": spare // 2, "bottom": spare}[style.vertical]
        room = places[c + across] - style.gap - places[c]
        how = style.figures if len(texts) == 1 and _is_figure(texts[0]) else style.labels
        for i, text in enumerate(texts):
            free = max(room - _width(text, style), 0)
            shift = {"left": 0, "center": free // 2, "right": free}[how]
            lines[top + i].append((places[c] + shift, text))
    return [_line(sorted(line), style) for line in lines]


def _line(cells: list[tuple[int, str]], style: Style) -> str:
    shown = ""
    for place, text in cells:
        blanks = place - _width(shown, style)
        if style.full_width and style.wide == 2:
            shown += "\u3000" * (blanks // 2) + " " * (blanks % 2)
        else:
            shown += " " * blanks
        shown += text
    return shown.rstrip()


def _with_tabs(line: str, style: Style) -> str:
    """Blanks up to a stop of the tabulator as one tab, as ``unexpand`` writes them."""
    shown, blanks, column = "", 0, 0
    for letter in line:
        if letter == " ":
            blanks, column = blanks + 1, column + 1
            if column % 8 == 0:
                shown, blanks = shown + ("\t" if blanks > 1 else " "), 0
            continue
        shown += " " * blanks + letter
        blanks, column = 0, column + _width(letter, style)
    return shown
