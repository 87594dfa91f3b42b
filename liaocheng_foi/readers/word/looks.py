"""How the runs of a Word document look: by the styles of tables, paragraphs and characters, and by themselves.

Only what makes a run unseen, struck out or raised is looked at, and nothing at all where no run is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lxml import etree

from ..colours import BLACK, WHITE, Colour
from ..ooxml import Package, theme

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_VALUE, _FILL, _FILL_OF_THEME = _W + "val", _W + "fill", _W + "themeFill"
_HIDDEN = (_W + "vanish", _W + "strike", _W + "dstrike")
_RAISED, _COLOR, _SHADE, _HIGHLIGHT = (_W + tag for tag in ("vertAlign", "color", "shd", "highlight"))
_SIZE, _SHIFT, _FONT, _NO_FILL = _W + "sz", _W + "position", _W + "rFonts", _W14 + "noFill"
#: Letters this small, in half points, are specks; those shifted by as much stand above or below the line.
_SPECK, _SHIFTED = 4, 4
#: What stands with these in a run is the mark of a note.
_NOTES = (_W + "footnoteReference", _W + "endnoteReference")
#: Fonts that show a picture for each letter and digit.
_PICTURES = re.compile(r"Wingdings.*|Webdings", re.IGNORECASE)
#: In the styles, without one of these nothing is said that matters; colours are looked at where some are not seen.
_TELLING = (b"vanish", b"strike", b"vertAlign", b":shd", b":color", b":numPr")
#: A style rests on at most so many others.
_BASES = 20
_OFF = ("0", "false", "off")
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "00008B", "darkCyan": "008B8B",
    "darkGray": "A9A9A9", "darkGreen": "006400", "darkMagenta": "800080", "darkRed": "8B0000", "darkYellow": "808000",
    "green": "00FF00", "lightGray": "D3D3D3", "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF",
    "yellow": "FFFF00",
}  # fmt: skip
_OF_THEME = {
    "dark1": "dk1", "text1": "dk1", "light1": "lt1", "background1": "lt1", "dark2": "dk2", "text2": "dk2",
    "light2": "lt2", "background2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
#: Parts of a table that its style may give a look of their own, the stronger ones last.
_PARTS = (
    "band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstCol", "lastCol", "firstRow", "lastRow",
    "neCell", "nwCell", "seCell", "swCell",
)  # fmt: skip
#: Which parts a table asks for, as an attribute and as a bit of its number.
_ASKED = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}

#: What is said of a run by tag: whether :data:`_HIDDEN` and :data:`_RAISED` hold, its colour and that of its ground.
Look = dict[str, Any]
_GROUND, _NUMBER = "ground", "number"


class Looks:
    """The looks of one document; :attr:`telling` is false where nothing is hidden, struck out or raised."""

    def __init__(self, package: Package, part: str, root: etree._Element, data: bytes) -> None:
        self._package, self._part = package, part
        styles = package.read("word/styles.xml") or b""
        marks = any(mark in styles for mark in _TELLING)
        tree = package.xml("word/styles.xml") if marks else None
        self._styles = {} if tree is None else _used(tree, root)
        self._bases = {name: _value(style.find(_W + "basedOn")) for name, style in self._styles.items()}
        defaults = None if tree is None else tree.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        of_styles = [*self._styles.values(), *([] if defaults is None else [defaults])]
        of_body = list(root.iter(_COLOR, _SHADE, _HIGHLIGHT, _SIZE))
        self.colored = self._clashes(
            [*of_body, *(mark for owner in of_styles for mark in owner.iter(_COLOR, _SHADE, _HIGHLIGHT))]
        )
        #: parts of a table by the style of it: ``""`` for the whole
        self._looks: dict[str, dict[str, Look]] = {}
        self.default = self._look(defaults) | ({_GROUND: WHITE} if self.colored else {})
        kinds = (
            (s.get(_W + "type"), name) for name, s in self._styles.items() if s.get(_W + "default") in ("1", "true")
        )
        self._usual = dict(kinds)
        self._own = {name: self._said(style) for name, style in self._styles.items()}
        said = [self.default, *(look for parts in self._own.values() for look in parts.values())]
        styled = any(look.get(mark) for look in said for mark in (*_HIDDEN, _RAISED))
        #: whether any style numbers its paragraphs
        self.numbers = any(_NUMBER in look for look in said)
        self.telling = (
            self.colored
            or styled
            or next(root.iter(*_HIDDEN, _RAISED, _SHIFT, _NO_FILL, *_NOTES), None) is not None
            or any(map(_is_small, {mark.get(_VALUE, "") for mark in of_body if mark.tag == _SIZE}))
            or (b"dings" in data and any(map(_is_of_pictures, root.iter(_FONT))))
        )

    # ---- from the widest to the narrowest ----

    def of_table(self, table: etree._Element) -> TableLooks:
        """The looks of the cells of a table."""
        properties = child(table, _W + "tblPr")
        named = None if properties is None else child(properties, _W + "tblStyle")
        parts = self._parts(_value(named) if named is not None else self._usual.get("table", ""))
        look = None if properties is None else child(properties, _W + "tblLook")
        return TableLooks(parts, look, self._shaded(properties))

    def of_cell(self, under: Look, properties: etree._Element | None) -> Look:
        """The look of a cell with these properties; a shade without a colour takes away that of the table's style."""
        shade = None if properties is None or not self.colored else child(properties, _SHADE)
        return under if shade is None else under | {_GROUND: self._ground(shade) or WHITE}

    def of_paragraph(self, under: Look, paragraph: etree._Element) -> Look:
        """The look of a paragraph by its style and itself."""
        return _over(_over(under, self._of_style(paragraph)), self._shaded(child(paragraph, _W + "pPr")))

    def of_run(self, under: Look, properties: etree._Element) -> Look:
        """The look of a run by its style and itself."""
        named = child(properties, _W + "rStyle")
        style = {} if named is None else self._parts(_value(named)).get("", {})
        return _over(_over(under, style), self._look(properties))

    def number(self, paragraph: etree._Element) -> tuple[str, str]:
        """(id, level) of the automatic number of a paragraph by itself or its style; blank where it has none."""
        own = _level(paragraph)
        if own is not None:
            return own
        found: tuple[str, str] = self._of_style(paragraph).get(_NUMBER, ("", ""))
        return found

    # ---- what is said at one place ----

    def _of_style(self, paragraph: etree._Element) -> Look:
        properties = child(paragraph, _W + "pPr")
        named = None if properties is None else child(properties, _W + "pStyle")
        return self._parts(_value(named) if named is not None else self._usual.get("paragraph", "")).get("", {})

    def _parts(self, name: str) -> dict[str, Look]:
        """part of a table → look of a style with those that it rests on; nothing for an unknown style."""
        if name not in self._looks and name in self._styles:
            line, base = [name], self._bases[name]
            while base in self._styles and base not in self._looks and base not in line and len(line) < _BASES:
                line.append(base)
                base = self._bases[base]
            found = dict(self._looks.get(base, {}))
            for style in reversed(line):
                for part, look in self._own[style].items():
                    found[part] = found.get(part, {}) | look
            self._looks[name] = found
        return self._looks.get(name, {})

    def _said(self, style: etree._Element) -> dict[str, Look]:
        """part of a table → what a style itself says."""
        found: dict[str, Look] = {}
        for part, owner in _owners(style):
            look = self._shaded(child(owner, _W + "tcPr"), child(owner, _W + "pPr"))
            look |= self._look(child(owner, _W + "rPr"))
            if (number := _level(owner)) is not None:
                look[_NUMBER] = number
            if look:
                found[part] = found.get(part, {}) | look
        return found

    def _look(self, properties: etree._Element | None) -> Look:
        look: Look = {}
        if properties is None:
            return look
        for mark in properties:
            if mark.tag in _HIDDEN:
                look[mark.tag] = is_on(mark)
            elif mark.tag == _RAISED:
                look[_RAISED] = _value(mark) in ("superscript", "subscript")
            elif mark.tag == _COLOR and self.colored:
                look[_COLOR] = self._ink(mark)
            elif mark.tag in (_SHADE, _HIGHLIGHT) and self.colored:
                ground = self._ground(mark)
                # a highlight covers the shade, whichever stands first
                if ground is not None and (mark.tag == _HIGHLIGHT or child(properties, _HIGHLIGHT) is None):
                    look[_GROUND] = ground
        return look

    def _shaded(self, *owners: etree._Element | None) -> Look:
        """The ground that the properties of a table, cell or paragraph give."""
        if not self.colored:
            return {}
        shades = (None if owner is None else child(owner, _SHADE) for owner in owners)
        grounds = [ground for shade in shades if shade is not None and (ground := self._ground(shade)) is not None]
        return {_GROUND: grounds[-1]} if grounds else {}

    # ---- colours ----

    def _clashes(self, marks: list[etree._Element]) -> bool:
        """Whether any colour of letters is one of a ground as well."""
        inks = {self._ink(mark) for mark in marks if mark.tag == _COLOR}
        if not any(inks):
            return False
        shades = (mark for mark in marks if mark.tag in (_SHADE, _HIGHLIGHT) and not _is_idle(mark))
        grounds = [WHITE, *map(self._ground, shades)]
        return any(ink.is_like(ground) for ink in inks if ink for ground in grounds if ground)

    def _ink(self, mark: etree._Element) -> Colour | None:
        """The colour of letters; None for one that is chosen to be seen."""
        return self._color(mark.get(_VALUE), mark, "theme")

    def _ground(self, mark: etree._Element) -> Colour | None:
        """The colour of a shade or highlight; None where the ground below is seen."""
        kind = _value(mark)
        if mark.tag == _HIGHLIGHT:
            return Colour.of(_HIGHLIGHTS.get(kind))
        fill = self._color(mark.get(_FILL), mark, "themeFill")
        if kind in ("clear", "nil", ""):
            return fill
        share = int(kind[3:]) / 100 if kind.startswith("pct") and kind[3:].isdecimal() and len(kind) < 7 else 0.5
        pattern = self._color(mark.get(_W + "color"), mark, "theme") or BLACK
        return (fill or WHITE).mixed(pattern, 1.0 if kind == "solid" else min(share, 1.0))

    def _color(self, value: str | None, mark: etree._Element, prefix: str) -> Colour | None:
        """By the theme, else by its value."""
        name = mark.get(_W + ("themeColor" if prefix == "theme" else prefix))
        color = self._theme.get(_OF_THEME.get(name, name)) if name else None
        if color is None:
            return Colour.of(value)
        tint, shade = (_byte(mark.get(_W + prefix + change)) for change in ("Tint", "Shade"))
        return color.lit(tint * shade, 1 - tint)

    @cached_property
    def _theme(self) -> dict[str, Colour]:
        return theme(self._package, self._part)


class TableLooks:
    """The looks of the cells of one table by their place in it."""

    def __init__(self, parts: dict[str, Look], look: etree._Element | None, own: Look) -> None:
        self._parts = parts
        self._whole = parts.get("", {}) | own
        number = _value(look) if look is not None else ""
        bits = int(number, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", number) else 0
        self._asked = {
            name
            for name, bit in _ASKED.items()
            if (bits & bit if look is None or look.get(_W + name) is None else look.get(_W + name) not in _OFF)
        }

    def at(self, row: int, column: int, is_last_row: bool, is_last_column: bool) -> Look:
        """The look of the cell at a place, counted from 0."""
        if self._parts.keys() <= {""}:
            return self._whole
        asked = self._asked
        top, bottom = "firstRow" in asked and row == 0, "lastRow" in asked and is_last_row
        left, right = "firstColumn" in asked and column == 0, "lastColumn" in asked and is_last_column
        holds = {
            f"band{(row - ('firstRow' in asked)) % 2 + 1}Horz": "noHBand" not in asked,
            f"band{(column - ('firstColumn' in asked)) % 2 + 1}Vert": "noVBand" not in asked,
            "firstRow": top, "lastRow": bottom, "firstCol": left, "lastCol": right, "nwCell": top and left,
            "neCell": top and right, "swCell": bottom and left, "seCell": bottom and right,
        }  # fmt: skip
        look = self._whole
        for part in _PARTS:
            if holds.get(part) and part in self._parts:
                look = look | self._parts[part]
        return look


def is_unseen(look: Look, properties: etree._Element | None) -> bool:
    """Whether a run of this look is hidden, struck out, without ink, a speck, or in the colour of its ground."""
    if any(look.get(mark) for mark in _HIDDEN):
        return True
    ink, ground = look.get(_COLOR), look.get(_GROUND)
    if ink is not None and ground is not None and ink.is_like(ground):
        return True
    return properties is not None and (
        _is_small(_value(child(properties, _SIZE))) or next(properties.iter(_NO_FILL), None) is not None
    )


def is_raised(look: Look, run: etree._Element) -> bool:
    """Whether a run is raised or lowered, or is the mark of a note."""
    return bool(look.get(_RAISED)) or child(run, *_NOTES) is not None


def is_of_pictures(properties: etree._Element | None) -> bool:
    """Whether the font of a run shows a picture for each digit."""
    font = None if properties is None else child(properties, _FONT)
    return font is not None and _is_of_pictures(font)


def shift(run: etree._Element | None) -> int:
    """How far a run is shifted above or below the line, in half points; 0 where it is hardly seen."""
    properties = None if run is None else child(run, _W + "rPr")
    found = 0 if properties is None else _half_points(_value(child(properties, _SHIFT)))
    return found if abs(found) >= _SHIFTED else 0


def child(node: etree._Element, *tags: str) -> etree._Element | None:
    """The first child with one of the tags, mostly the first of all: several times as fast as ``find``."""
    for found in node:
        if found.tag in tags:
            return found
    return None


def is_on(mark: etree._Element | None) -> bool:
    """Whether a mark that may be switched off is there and is on."""
    return mark is not None and mark.get(_VALUE) not in _OFF


def _is_idle(mark: etree._Element) -> bool:
    """Whether a shade is one of no colour, as most are."""
    return mark.get(_FILL) == "auto" and mark.get(_VALUE) == "clear" and mark.get(_FILL_OF_THEME) is None


def _used(styles: etree._Element, root: etree._Element) -> dict[str, etree._Element]:
    """id → style of those that something in a document is in, with those that they rest on."""
    known = {style.get(_W + "styleId", ""): style for style in styles.iter(_W + "style")}
    asked = {_value(mark) for mark in root.iter(*(_W + kind for kind in ("pStyle", "rStyle", "tblStyle")))}
    left = [name for name, style in known.items() if name in asked or style.get(_W + "default") in ("1", "true")]
    used: dict[str, etree._Element] = {}
    while left:
        name = left.pop()
        if name in known and name not in used:
            used[name] = known[name]
            left.append(_value(known[name].find(_W + "basedOn")))
    return used


def _over(under: Look, more: Look) -> Look:
    return under | more if more else under


def _owners(style: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    yield "", style
    for part in style.iterchildren(_W + "tblStylePr"):
        kind = part.get(_W + "type", "")
        yield "" if kind == "wholeTable" else kind, part


def _level(owner: etree._Element) -> tuple[str, str] | None:
    """(id, level) of the automatic number that a paragraph or style asks for."""
    asked = owner.find(f"{_W}pPr/{_W}numPr")
    number, depth = (None if asked is None else child(asked, _W + tag) for tag in ("numId", "ilvl"))
    if number is None:
        return None
    return _value(number), "0" if _value(number) == "0" else _value(depth) or "0"


def _value(mark: etree._Element | None) -> str:
    return "" if mark is None else mark.get(_VALUE, "")


def _byte(value: str | None) -> float:
    """Two digits of base 16 as a share; all where nothing is given."""
    return int(value, 16) / 255 if value and re.fullmatch("[0-9A-Fa-f]{1,2}", value) else 1.0


def _half_points(value: str) -> int:
    return int(value) if value.lstrip("-").isdecimal() and len(value) < 6 and value.rfind("-") < 1 else 0


def _is_small(size: str) -> bool:
    return 0 < _half_points(size) <= _SPECK


def _is_of_pictures(font: etree._Element) -> bool:
    return _PICTURES.fullmatch(font.get(_W + "ascii", "")) is not None
