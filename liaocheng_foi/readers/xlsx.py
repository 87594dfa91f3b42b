"""XLSX → sheets of text.

Read from the parts themselves: calamine, and every reader that lays a sheet out as a full rectangle, dies of two
cells in opposite corners of a sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from lxml import etree

from ..grid import RAISED
from .limits import Limits
from .ooxml import Package, shown
from .sheets import Place, Sheet, number

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: What in a number format is no code: quoted and escaped characters, colours and conditions, fillers.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|general', re.IGNORECASE)
_STRUCK = "\N{COMBINING LONG STROKE OVERLAY}"
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENTAGES = {9, 10}


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
            for place, cell in _cells(root):
                style = cell.get("s", "0")
                form, drawn = styles[int(style)] if style.isdecimal() and int(style) < len(styles) else ("", False)
                text = _cell(cell, strings, form, base)
                if text or drawn:
                    sheet.cells[place] = text
            cells += len(sheet.cells)
            limits.check("max_cells", cells, "the number of filled cells", package.name)
            sheet.merges = [found for mark in root.iter(_S + "mergeCell") if (found := _range(mark.get("ref", "")))]
        yield sheet


def _children(package: Package, part: str | None) -> Iterator[etree._Element]:
    root = package.xml(part) if part else None
    return iter(() if root is None else root)


def _cells(root: etree._Element) -> Iterator[tuple[Place, etree._Element]]:
    """Each cell with its place; where none is given it is the one after the last."""
    row = -1
    for line in root.iterfind(f"{_S}sheetData/{_S}row"):
        given = line.get("r", "")
        row = int(given) - 1 if given.isdecimal() and 0 < len(given) < 8 else row + 1
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


def _cell(cell: etree._Element, strings: list[str], form: str, base: datetime) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_text(item) for item in cell.iterchildren(_S + "is"))
    value = cell.findtext(_S + "v", "").strip()
    if kind == "str":
        return shown(_unescaped(value))
    if not value:
        # a formula that was never calculated has no value; shown as it is, it is not taken for a blank
        formula = cell.find(_S + "f")
        return "" if formula is None else f"={formula.text or ''}"
    if kind == "s":
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return _number(value, form, base) if kind == "n" else value


def _number(value: str, form: str, base: datetime) -> str:
    try:
        found = float(value)
        if form == "percentage":
            return f"{number(found * 100)}%"
        if form == "date":
            moment = base + timedelta(days=found)
            moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
            if 0 <= found < 1:
                return moment.time().isoformat()
            return moment.isoformat(" ").removesuffix(" 00:00:00")
        return number(found)
    except (ValueError, OverflowError):
        return value


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
        return "".join(character + _STRUCK for character in text)
    return text.translate(RAISED) if raised is not None and raised.get("val") == "superscript" else text


def _unescaped(text: str) -> str:
    """``_x000D_`` stands for a character that XML cannot hold."""
    if "_x" not in text:
        return text
    wide = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).encode("utf-16", "surrogatepass")
    return wide.decode("utf-16", "replace")


def _styles(package: Package, part: str | None) -> list[tuple[str, bool]]:
    """(``date``, ``percentage`` or nothing; whether a border is drawn) of each cell style, by its number."""
    root = package.xml(part) if part else None
    if root is None:
        return []
    own = {mark.get("numFmtId", ""): mark.get("formatCode", "") for mark in root.iter(_S + "numFmt")}
    drawn = {
        str(index)
        for index, border in enumerate(root.iterfind(f"{_S}borders/{_S}border"))
        if any(side.get("style", "none") != "none" for side in border)
    }
    return [
        (_format(style.get("numFmtId", "0"), own), style.get("borderId") in drawn)
        for style in root.iterfind(f"{_S}cellXfs/{_S}xf")
    ]


def _format(code: str, own: dict[str, str]) -> str:
    if code not in own:
        known = int(code) if code.isdecimal() else 0
        return "date" if known in _DATES else "percentage" if known in _PERCENTAGES else ""
    bare = _LITERAL.sub("", own[code].split(";")[0]).lower()
    return "percentage" if "%" in bare else "date" if set(bare) & set("ymdhs") else ""
