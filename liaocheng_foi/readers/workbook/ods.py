"""ODS → sheets of text: an open workbook holds what each cell shows beside its value.

Repeated rows and columns count as often as they are shown, without being laid out where they are blank.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ...grid import PICTURE, RAISED
from ..colours import WHITE, Colour
from ..limits import Limits
from ..ooxml import Package, shown
from .looks import STROKE, Font, Style
from .number_formats import number
from .sheets import Sheet

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _STYLE, _OFFICE = (_SPACE % name for name in ("table", "text", "style", "office"))
_DRAW, _FO = _SPACE % "drawing", _SPACE % "xsl-fo-compatible"
_CONFIG = _SPACE % "config"
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
#: Within a paragraph: what prints nothing of its text, and what stands for a blank or a new line.
_SILENT = (_TEXT + "ruby-text", _TEXT + "note", _OFFICE + "annotation")
_BLANKS = {_TEXT + "s": " ", _TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
_UNSEEN = ("collapse", "filter")
#: A style rests on at most so many others.
_BASES = 20
_BORDERS = tuple(_FO + name for name in ("border", "border-left", "border-right", "border-top", "border-bottom"))


def sheets(package: Package, content: etree._Element, limits: Limits) -> Iterator[Sheet]:
    """The sheets of an open workbook in its order; those that are hidden have no cells."""
    styles = _Styles(content, package.xml("styles.xml"))
    settings = package.xml("settings.xml")
    items = () if settings is None else settings.iter(_CONFIG + "config-item")
    shows_zeros = all(item.text != "false" for item in items if item.get(_CONFIG + "name") == "ShowZeroValues")
    cells = 0
    for table in content.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        is_visible = styles.displays(table.get(_TABLE + "style-name", ""))
        sheet = Sheet(table.get(_TABLE + "name", ""), visible=is_visible)
        if is_visible:
            cells = _Reading(sheet, styles, shows_zeros, limits, package.name, cells).read(table)
        yield sheet


class _Reading:
    """Reads one sheet; ``cells`` are those that the sheets before it hold."""

    def __init__(self, sheet: Sheet, styles: _Styles, shows_zeros: bool, limits: Limits, name: str, cells: int) -> None:
        self.sheet, self.styles, self.shows_zeros = sheet, styles, shows_zeros
        self.limits, self.name, self.cells = limits, name, cells

    def read(self, table: etree._Element) -> int:
        """Put the cells of a table in the sheet; the number of cells so far."""
        columns: list[tuple[int, bool, str]] = []
        row = last = 0
        for shapes in table.iterchildren(_TABLE + "shapes"):
            self._hide(_words(shapes))
        for mark in table.iter(_TABLE + "table-column", _TABLE + "table-row"):
            if mark.tag == _TABLE + "table-column":
                last += _count(mark, "number-columns-repeated")
                columns.append((last, _is_seen(mark), mark.get(_TABLE + "default-cell-style-name", "")))
                continue
            times = _count(mark, "number-rows-repeated")
            self._row(mark, row, times, columns)
            row += times
        return self.cells

    def _row(self, line: etree._Element, row: int, times: int, columns: list[tuple[int, bool, str]]) -> None:
        column = at = 0
        for cell in line.iterchildren(*_CELLS):
            across = _count(cell, "number-columns-repeated")
            while at < len(columns) and columns[at][0] <= column:
                at += 1
            _, is_seen, usual = columns[at] if at < len(columns) else (0, True, "")
            style = self.styles.cell(
                cell.get(_TABLE + "style-name") or line.get(_TABLE + "default-cell-style-name") or usual
            )
            text = self._text(cell, style)
            if text or (style.drawn and times * across <= self.limits.max_span**2):
                self._put(text, row, column, times, across, is_seen and _is_seen(line), cell)
            column += across

    def _put(
        self, text: str, row: int, column: int, times: int, across: int, is_seen: bool, cell: etree._Element
    ) -> None:
        if not is_seen or cell.tag != _CELLS[0]:
            self.sheet.hidden.append(text)
            return
        self.cells += times * across
        self.limits.check("max_cells", self.cells, "the number of filled cells", self.name)
        down, wide = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        for place in ((r, c) for r in range(row, row + times) for c in range(column, column + across)):
            self.sheet.cells[place] = text
            if down * wide > 1:
                self.sheet.merges.append((place, (place[0] + down - 1, place[1] + wide - 1)))

    def _text(self, cell: etree._Element, style: Style) -> str:
        """The text that a cell shows; what it does not show of it is put down as hidden."""
        known = len(self.sheet.hidden)
        lines = [self._line(line, style) for line in cell.iterchildren(_TEXT + "p", _TEXT + "h")]
        value = cell.get(_OFFICE + "value", "")
        if not lines:
            lines = [cell.get(_OFFICE + "string-value") or _of_value(value)]
            lines = [line if style.shows(Font()) else self._hide(line) for line in lines]
        text = shown("\n".join(lines))
        if not self.shows_zeros and value and not value.strip("-0."):
            text = self._hide(text)
        if value and not text and len(self.sheet.hidden) == known:
            self._hide(value)
        for box in cell.iter(_DRAW + "text-box"):
            self._hide(_words(box))
        has_picture = next(cell.iter(_DRAW + "image"), None) is not None
        return text or (PICTURE if has_picture else "")

    def _line(self, line: etree._Element, style: Style) -> str:
        """The text of a paragraph, its runs as they look."""
        found: list[str] = []
        path: list[tuple[Iterator[etree._Element], str, Font]] = [(iter(line), "", Font())]
        self._add(found, line.text, style, Font())
        while path:
            children, tail, font = path[-1]
            node = next(children, None)
            if node is None:
                path.pop()
                self._add(found, tail, style, path[-1][2] if path else Font())
                continue
            inner = self.styles.run(node.get(_TEXT + "style-name", "")).above(font)
            if node.tag in _BLANKS:
                found.append(_BLANKS[node.tag])
            is_silent = node.tag in _SILENT or node.tag.startswith(_DRAW)
            if not is_silent:
                self._add(found, node.text, style, inner)
            path.append((iter(()) if is_silent else iter(node), node.tail or "", inner))
        return "".join(found)

    def _add(self, found: list[str], text: str | None, style: Style, font: Font) -> None:
        if not text:
            return
        if not style.shows(font):
            self._hide(text)
        elif style.font.struck if font.struck is None else font.struck:
            found.append("".join(character + STROKE for character in text))
        else:
            found.append(text.translate(RAISED) if font.raised else text)

    def _hide(self, text: str) -> str:
        self.sheet.hidden.append(text)
        return ""


class _Styles:
    """The styles of cells, runs and tables by their name, with those that they rest on."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._own = {
            (style.get(_STYLE + "family", ""), style.get(_STYLE + "name", "")): style
            for root in reversed(roots)
            if root is not None
            for style in root.iter(_STYLE + "style")
        }
        self._cells: dict[str, Style] = {}
        self._runs: dict[str, Font] = {"": Font()}

    def cell(self, name: str) -> Style:
        """The style of a cell."""
        if name not in self._cells:
            said: dict[str, str] = {}
            for style in self._line("table-cell", name):
                said |= _said(style, "table-cell-properties") | _said(style, "text-properties")
            ground = said.get(_FO + "background-color", "transparent")
            self._cells[name] = Style(
                font=_font(said),
                ground=WHITE if ground == "transparent" else Colour.of(ground.lstrip("#")),
                drawn=any(said.get(side, "none") != "none" for side in _BORDERS),
            )
        return self._cells[name]

    def run(self, name: str) -> Font:
        """The font of a run."""
        if name not in self._runs:
            said: dict[str, str] = {}
            for style in self._line("text", name):
                said |= _said(style, "text-properties")
            self._runs[name] = _font(said)
        return self._runs[name]

    def displays(self, name: str) -> bool:
        """Whether a table of this style is shown."""
        return all(
            properties.get(_TABLE + "display") != "false"
            for style in self._line("table", name)
            for properties in style.iterchildren(_STYLE + "table-properties")
        )

    def _line(self, family: str, name: str) -> list[etree._Element]:
        """A style behind those that it rests on."""
        line: list[etree._Element] = []
        while (style := self._own.get((family, name))) is not None and style not in line and len(line) < _BASES:
            line.append(style)
            name = style.get(_STYLE + "parent-style-name", "")
        return line[::-1]


def _said(style: etree._Element, kind: str) -> dict[str, str]:
    return {str(name): str(value) for part in style.iterchildren(_STYLE + kind) for name, value in part.items()}


def _font(said: dict[str, str]) -> Font:
    size, position = said.get(_FO + "font-size", ""), said.get(_STYLE + "text-position", "")
    struck = said.get(_STYLE + "text-line-through-style")
    points = size.removesuffix("pt")
    is_unseen = said.get(_TEXT + "display") == "none"
    is_given = size.endswith("pt") and points.replace(".", "", 1).isdecimal() and len(points) < 9
    return Font(
        Colour.of(said.get(_FO + "color", "").lstrip("#")),
        0.1 if is_unseen else float(points) if is_given else None,
        None if struck is None else struck != "none",
        position.startswith(("super", "sub")) or position.split("%")[0].strip("-") not in ("", "0"),
    )


def _words(box: etree._Element) -> str:
    return " ".join(str(piece) for piece in box.itertext())


def _of_value(value: str) -> str:
    try:
        return number(float(value[:400]))
    except (ValueError, OverflowError):
        return value


def _count(mark: etree._Element, name: str) -> int:
    value = mark.get(_TABLE + name, "")
    return max(int(value[:8]), 1) if value.isdecimal() else 1


def _is_seen(mark: etree._Element) -> bool:
    return mark.get(_TABLE + "visibility") not in _UNSEEN
