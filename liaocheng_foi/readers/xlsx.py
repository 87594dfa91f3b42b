"""XLSX → sheets of text.

Read from the parts themselves: calamine, and every reader that lays a sheet out as a full rectangle, dies of two
cells in opposite corners of a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from lxml import etree

from ..grid import RAISED
from .limits import Limits
from .number_formats import code_of, formatted, number
from .ooxml import Package, shown
from .sheets import Place, Sheet

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BOX = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}txBody"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STRUCK = "\N{COMBINING LONG STROKE OVERLAY}"


class _Style(NamedTuple):
    """What the style of a cell says."""

    code: str = ""
    """Of the format of its number; nothing where the bare number is shown."""
    drawn: bool = False
    """Whether a border is drawn around it."""
    struck: bool = False
    """Whether its text is struck out."""
    white: bool = False
    """Whether its text is white on no ground."""


_PLAIN = _Style()


def sheets(package: Package, part: str, workbook: etree._Element, limits: Limits) -> Iterator[Sheet]:
    """The worksheets of a workbook in its order; those that are hidden have no cells."""
    links = package.relationships(part)
    parts = {kind.rsplit("/", 1)[-1]: target for kind, target in links.values()}
    strings = [_text(item) for item in _children(package, parts.get("sharedStrings"))]
    styles = _styles(package, parts.get("styles"))
    properties = workbook.find(_S + "workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    base = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    cells = 0
    for entry in workbook.iter(_S + "sheet"):
        kind, target = links.get(entry.get(_ID, ""), ("", ""))
        if not kind.endswith("/worksheet"):
            continue
        sheet = Sheet(entry.get("name", ""), visible=entry.get("state", "visible") == "visible")
        root = package.xml(target) if sheet.visible else None
        if root is not None:
            grounded = root.find(_S + "tableParts") is not None or root.find(_S + "conditionalFormatting") is not None
            for place, cell in _cells(root):
                number_of_style = cell.get("s", "0")
                known = number_of_style.isdecimal() and int(number_of_style) < len(styles)
                style = styles[int(number_of_style)] if known else _PLAIN
                text = _cell(cell, strings, style, base, sheet.hidden)
                if text and style.white and not grounded:
                    sheet.hidden.append(text)
                    text = ""
                if text or style.drawn:
                    sheet.cells[place] = text
            cells += len(sheet.cells)
            limits.check("max_cells", cells, "the number of filled cells", package.name)
            sheet.merges = [found for mark in root.iter(_S + "mergeCell") if (found := _range(mark.get("ref", "")))]
            _leave_out_hidden(sheet, root)
            sheet.hidden += _boxes(package, target)
        yield sheet


def _boxes(package: Package, part: str) -> Iterator[str]:
    """The text of each box that lies over the cells of a sheet."""
    for kind, target in package.relationships(part).values():
        root = package.xml(target) if kind.endswith("/drawing") else None
        for box in () if root is None else root.iter(_BOX):
            yield shown(" ".join(piece.text or "" for piece in box.iter(_A + "t")))


def _children(package: Package, part: str | None) -> Iterator[etree._Element]:
    root = package.xml(part) if part else None
    return iter(() if root is None else root)


def _rows(root: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Each row with its place; where none is given it is the one after the last."""
    row = -1
    for line in root.iterfind(f"{_S}sheetData/{_S}row"):
        given = line.get("r", "")
        row = int(given) - 1 if given.isdecimal() and 0 < len(given) < 8 else row + 1
        yield row, line


def _cells(root: etree._Element) -> Iterator[tuple[Place, etree._Element]]:
    """Each cell with its place; where none is given it is the one after the last."""
    for row, line in _rows(root):
        column = -1
        for cell in line.iterchildren(_S + "c"):
            place = _place(cell.get("r", ""))
            row, column = place or (row, column + 1)
            yield (row, column), cell


def _place(reference: str) -> Place | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _range(reference: str) -> tuple[Place, Place] | None:
    start, _, end = reference.partition(":")
    first, last = _place(start), _place(end or start)
    return None if first is None or last is None else (first, last)


def _leave_out_hidden(sheet: Sheet, root: etree._Element) -> None:
    """Rows and columns that are not shown; a merged cell shows its text as long as a part of it is."""
    rows = {row for row, line in _rows(root) if _is_on(line.get("hidden")) or line.get("ht") == "0"}
    columns = [
        range(_whole(mark.get("min")) - 1, _whole(mark.get("max")))
        for mark in root.iterfind(f"{_S}cols/{_S}col")
        if _is_on(mark.get("hidden")) or mark.get("width") == "0"
    ]
    if not rows and not columns:
        return

    def shown(row: int, column: int) -> bool:
        return row not in rows and not any(column in hidden for hidden in columns)

    ends = dict(sheet.merges)
    for row, column in list(sheet.cells):
        last_row, last_column = ends.get((row, column), (row, column))
        if not (shown(row, column) or shown(last_row, last_column)):
            sheet.hidden.append(sheet.cells.pop((row, column)))


def _whole(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 8 else 0


def _is_on(value: str | None) -> bool:
    return value in ("1", "true")


def _cell(cell: etree._Element, strings: list[str], style: _Style, since: datetime, hidden: list[str]) -> str:
    """The text that a cell shows; what it does not show of a number is put down as hidden."""
    kind = cell.get("t", "n")
    value = cell.findtext(_S + "v", "").strip()
    if kind == "inlineStr":
        text = "".join(_text(item) for item in cell.iterchildren(_S + "is"))
    elif kind == "str":
        text = shown(_unescaped(value))
    elif not value:
        # a formula that was never calculated has no value; shown as it is, it is not taken for a blank
        formula = cell.find(_S + "f")
        text = "" if formula is None else f"={formula.text or ''}"
    elif kind == "s":
        text = strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    elif kind == "b":
        text = "TRUE" if value == "1" else "FALSE"
    else:
        text = _number(value, style.code, since, hidden) if kind == "n" else value
    return _struck(text) if style.struck else text


def _number(value: str, code: str, since: datetime, hidden: list[str]) -> str:
    try:
        found = float(value)
        text = formatted(found, code, since) if code else number(found)
    except (ValueError, OverflowError):
        return value
    if found and not any(character.isdigit() for character in text):
        hidden.append(value)
    return text


def _struck(text: str) -> str:
    return "".join(character + _STRUCK for character in text)


def _text(item: etree._Element) -> str:
    """The text of a string with its runs, without the readings above its characters."""
    texts = [part.text or "" for part in item.iterchildren(_S + "t")]
    texts += [_run(run) for run in item.iterchildren(_S + "r")]
    return shown(_unescaped("".join(texts)))


def _run(run: etree._Element) -> str:
    """A run of a string; raised digits are marks of notes, and what is struck out stays so."""
    text, properties = run.findtext(_S + "t", ""), run.find(_S + "rPr")
    if properties is None:
        return text
    raised, struck = properties.find(_S + "vertAlign"), properties.find(_S + "strike")
    if struck is not None and struck.get("val", "1") not in ("0", "false"):
        return _struck(text)
    return text.translate(RAISED) if raised is not None and raised.get("val") == "superscript" else text


def _unescaped(text: str) -> str:
    """``_x000D_`` stands for a character that XML cannot hold."""
    if "_x" not in text:
        return text
    wide = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).encode("utf-16", "surrogatepass")
    return wide.decode("utf-16", "replace")


def _styles(package: Package, part: str | None) -> list[_Style]:
    """The styles of cells, by their number."""
    root = package.xml(part) if part else None
    if root is None:
        return []
    own = {mark.get("numFmtId", ""): mark.get("formatCode", "") for mark in root.iter(_S + "numFmt")}
    drawn = {
        str(index)
        for index, border in enumerate(root.iterfind(f"{_S}borders/{_S}border"))
        if any(side.get("style", "none") != "none" for side in border)
    }
    fonts = root.findall(f"{_S}fonts/{_S}font")
    struck = {
        str(index)
        for index, font in enumerate(fonts)
        if (strike := font.find(_S + "strike")) is not None and strike.get("val", "1") not in ("0", "false")
    }
    white = {
        str(index)
        for index, font in enumerate(fonts)
        if (color := font.find(_S + "color")) is not None and _is_white(color)
    }
    return [
        _Style(
            code_of(style.get("numFmtId", "0"), own),
            style.get("borderId") in drawn,
            style.get("fontId") in struck,
            # the first fill is none
            style.get("fontId") in white and style.get("fillId", "0") == "0",
        )
        for style in root.iterfind(f"{_S}cellXfs/{_S}xf")
    ]


def _is_white(color: etree._Element) -> bool:
    rgb, theme, indexed = color.get("rgb", ""), color.get("theme"), color.get("indexed")
    return rgb.upper().endswith("FFFFFF") or (theme == "0" and not color.get("tint")) or indexed in ("1", "9")
