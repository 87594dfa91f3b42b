"""XLSX → sheets of text.

Read from the parts themselves: a reader that lays a sheet out as a full rectangle dies of two
cells in opposite corners of a sheet.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime

from lxml import etree

from ...grid import PICTURE, RAISED
from ..limits import Limits
from ..ooxml import Package, shown, theme
from .looks import STROKE, Font, Rule, Style, Styles, changed, covers
from .number_formats import formatted, general, text_formatted
from .sheets import Area, Place, Sheet, area_of, place_of

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN_NUMBER = re.compile(r"(-?\d+)(?:\.\d+)?")
#: What looking up one rule for one cell counts for.
_LOOKED_UP = 200
#: Rows as low as this, in points, show nothing.
_FLAT = 2.0

_NO_FONT, _PLAIN = Font(), Style()
#: The runs of a text with their fonts.
_String = Sequence[tuple[str, Font]]


def sheets(package: Package, part: str, workbook: etree._Element, limits: Limits) -> Iterator[Sheet]:
    """The worksheets of a workbook in its order; those that are hidden have no cells."""
    links = package.relationships(part)
    parts = {kind.rsplit("/", 1)[-1]: target for kind, target in links.values()}
    styles = Styles(package.xml(parts["styles"]) if "styles" in parts else None, theme(package, part))
    strings = [_string(item, styles) for item in _children(package, parts.get("sharedStrings"))]
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
            sheet.merges = [area for mark in root.iter(_S + "mergeCell") if (area := area_of(mark.get("ref", "")))]
            tables = [area_of(table.get("ref", "")) for table in _linked(package, target, "/table")]
            rules = styles.rules(root)
            areas = len(tables) + sum(len(rule.areas) for rule in rules)
            work = areas * sum(1 for _ in root.iter(_S + "c")) * _LOOKED_UP if areas else 0
            limits.check(
                "max_steps", work, f"the work of looking up the rules of format of sheet {sheet.name}", package.name
            )
            reading = _Reading(root, sheet, strings, styles, rules, [area for area in tables if area], base)
            for place, cell in _cells(root):
                style = reading.style(cell)
                text = reading.text(place, cell, style)
                if text or style.drawn:
                    sheet.cells[place] = text
            cells += len(sheet.cells)
            limits.check("max_cells", cells, "the number of filled cells", package.name)
            _leave_out_hidden(sheet, root, reading.columns)
            for drawing in _linked(package, target, "/drawing"):
                _lay_over(sheet, drawing)
        yield sheet


def _linked(package: Package, part: str, kind: str) -> Iterator[etree._Element]:
    """The roots of the parts of a kind that a part refers to."""
    for found, target in package.relationships(part).values():
        root = package.xml(target) if found.endswith(kind) else None
        if root is not None:
            yield root


def _lay_over(sheet: Sheet, drawing: etree._Element) -> None:
    """What lies over the cells: the text of boxes is no part of them, a picture makes a cell not blank."""
    for box in drawing.iter(_D + "txBody"):
        sheet.hidden.append(shown(" ".join(piece.text or "" for piece in box.iter(_A + "t"))))
    for picture in drawing.iter(_D + "pic"):
        anchor = picture.getparent()
        start = None if anchor is None else anchor.find(_D + "from")
        row, column = (_whole(start.findtext(_D + axis) if start is not None else None) for axis in ("row", "col"))
        if start is not None and sheet.cells.get((row, column)) == "":
            sheet.cells[row, column] = PICTURE


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
            place = place_of(cell.get("r", ""))
            row, column = place or (row, column + 1)
            yield (row, column), cell


class _Columns:
    """Which columns are not shown, and how wide the others are."""

    def __init__(self, root: etree._Element) -> None:
        marks = sorted(root.iterfind(f"{_S}cols/{_S}col"), key=lambda mark: _whole(mark.get("min")))
        self._starts = [_whole(mark.get("min")) - 1 for mark in marks]
        self._marks = marks

    def __bool__(self) -> bool:
        return bool(self._marks)

    def width(self, column: int) -> float | None:
        """In digits of the usual size; 0 for a column that is not shown, None where nothing is said."""
        at = bisect_right(self._starts, column) - 1
        mark = self._marks[at] if at >= 0 else None
        if mark is None or column >= _whole(mark.get("max")):
            return None
        return 0.0 if _is_on(mark.get("hidden")) else _decimal(mark.get("width"))


def _leave_out_hidden(sheet: Sheet, root: etree._Element, columns: _Columns) -> None:
    """Rows and columns that are not shown; a merged cell shows its text as long as a part of it is."""
    rows = {row for row, line in _rows(root) if _is_on(line.get("hidden")) or _is_flat(line.get("ht"))}
    if not rows and not columns:
        return

    def shown(row: int, column: int) -> bool:
        return row not in rows and columns.width(column) != 0

    ends = dict(sheet.merges)
    for row, column in list(sheet.cells):
        last_row, last_column = ends.get((row, column), (row, column))
        if not (shown(row, column) or shown(last_row, last_column)):
            sheet.hidden.append(sheet.cells.pop((row, column)))


def _is_flat(height: str | None) -> bool:
    found = _decimal(height)
    return found is not None and found <= _FLAT


def _decimal(value: str | None) -> float | None:
    try:
        return float(value[:30]) if value else None
    except ValueError:
        return None


def _whole(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 8 else 0


def _is_on(value: str | None) -> bool:
    return value in ("1", "true")


class _Reading:
    """What the cells of one sheet show; what they do not show of it is put down as hidden."""

    def __init__(
        self, root: etree._Element, sheet: Sheet, strings: Sequence[_String], styles: Styles, rules: Sequence[Rule],
        tables: Sequence[Area], since: datetime,
    ) -> None:  # fmt: skip
        self.sheet, self.strings, self.styles, self.since = sheet, strings, styles, since
        self.rules, self.tables = rules, tables
        #: where the ground is that of a table's style, or of a rule
        self.grounded = [*tables, *(area for rule in rules if rule.change.is_grounded for area in rule.areas)]
        self.columns = _Columns(root)
        self.merged = {first for first, _ in sheet.merges}
        view = root.find(f"{_S}sheetViews/{_S}sheetView")
        self.shows_zeros = view is None or view.get("showZeros") not in ("0", "false")
        self.shows_formulas = view is not None and _is_on(view.get("showFormulas"))

    def style(self, cell: etree._Element) -> Style:
        """The style of a cell by itself."""
        number_of_style = cell.get("s", "0")
        known = number_of_style.isdecimal() and int(number_of_style[:9]) < len(self.styles.cells)
        return self.styles.cells[int(number_of_style)] if known else _PLAIN

    def text(self, place: Place, cell: etree._Element, style: Style) -> str:
        """The text that a cell shows."""
        kind, formula = cell.get("t", "n"), cell.find(_S + "f")
        value = cell.findtext(_S + "v", "").strip()
        if self.shows_formulas and formula is not None:
            return f"={formula.text or ''}"
        if kind == "inlineStr":
            runs: _String = [run for item in cell.iterchildren(_S + "is") for run in _string(item, self.styles)]
        elif kind == "str":
            runs = [(shown(_unescaped(value)), _NO_FONT)]
        elif not value:
            # a formula that was never calculated has no value; shown as it is, it is not taken for a blank
            return "" if formula is None else f"={formula.text or ''}"
        elif kind == "s":
            is_known = value.isdecimal() and int(value[:9]) < len(self.strings)
            runs = self.strings[int(value)] if is_known else [(PICTURE, _NO_FONT)]
        elif kind == "n":
            return self._number(place, value, style)
        else:
            runs = [({"1": "TRUE", "0": "FALSE"}.get(value, value) if kind == "b" else value, _NO_FONT)]
        return self._text(place, runs, style)

    def _text(self, place: Place, runs: _String, style: Style) -> str:
        if any(covers(area, place) for area in self.grounded):
            style = style._replace(ground=None)
        seen: list[str] = []
        for text, font in runs:
            if not style.shows(font):
                self.sheet.hidden.append(shown(text))
            elif style.font.struck if font.struck is None else font.struck:
                seen.append(_struck(text))
            else:
                seen.append(text.translate(RAISED) if font.raised else text)
        # a single run was cleaned once for all the cells that show it
        text = seen[0] if len(runs) == len(seen) == 1 else shown("".join(seen))
        if not style.code or not text:
            return text
        changed_text = text_formatted(text, style.code)
        if not changed_text:
            self.sheet.hidden.append(text)
        return changed_text

    def _number(self, place: Place, value: str, style: Style) -> str:
        try:
            found = float(value)
            styles = list(self._changed(place, style, found)) if self.rules or self.tables else [style]
            texts = [self._formatted(found, each) for each in styles]
        except (ValueError, OverflowError):
            return value
        if not all(texts) or not all(each.shows(_NO_FONT) for each in styles):
            self.sheet.hidden.append(value)
            return ""
        style, text = styles[0], texts[0]
        if found and not text.isdecimal() and not any(map(str.isdigit, text)):
            self.sheet.hidden.append(value)
        if style.font.struck:
            return _struck(text)
        return "#" * len(text) if self.columns and self._is_too_wide(place, text, style) else text

    def _changed(self, place: Place, style: Style, value: float) -> Iterator[Style]:
        if any(covers(area, place) for area in self.tables):
            style = style._replace(ground=None)
        return changed(style, self.rules, place, value)

    def _formatted(self, value: float, style: Style) -> str:
        if not value and not self.shows_zeros:
            return ""
        return formatted(value, style.code, self.since) if style.code else general(value)

    def _is_too_wide(self, place: Place, text: str, style: Style) -> bool:
        """Whether a column is too narrow for a number, for sure; without a format its decimals are cut first."""
        width, match = self.columns.width(place[1]), _PLAIN_NUMBER.fullmatch(text)
        if not width or match is None or style.fits or place in self.merged:
            return False
        scale = (style.font.size or self.styles.usual_size) / self.styles.usual_size
        return len(match[0] if style.code else match[1]) * scale > width


def _struck(text: str) -> str:
    return "".join(character + STROKE for character in text)


def _string(item: etree._Element, styles: Styles) -> _String:
    """The runs of a string, without the readings above its characters."""
    texts = [part.text or "" for part in item.iterchildren(_S + "t")]
    # a sound string has one text or runs; several are of several strings that lost their marks
    runs = [("\n".join(texts), _NO_FONT)] if texts else []
    for run in item.iterchildren(_S + "r"):
        properties = run.find(_S + "rPr")
        runs.append((run.findtext(_S + "t", ""), _NO_FONT if properties is None else styles.font(properties)))
    clean = shown if len(runs) == 1 else str
    return [(clean(_unescaped(text)), font) for text, font in runs]


def _unescaped(text: str) -> str:
    """``_x000D_`` stands for a character that XML cannot hold."""
    if "_x" not in text:
        return text
    wide = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).encode("utf-16", "surrogatepass")
    return wide.decode("utf-16", "replace")
