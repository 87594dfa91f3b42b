"""How the cells of a workbook look: by their style, and by the rules of a sheet for the values in them.

Only what changes a number or leaves it unseen is looked at: formats, colours, size, strokes.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from lxml import etree

from ..colours import WHITE, Colour
from .number_formats import code_of
from .sheets import Area, Place, area_of, place_of

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: Rules as Excel writes them since 2010, where they name other sheets.
_X14 = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
#: The colours that have a number, from 8 on; the first eight are those too.
_INDEXED = re.findall(
    "......",
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF800000008000000080808000800080008080C0C0C08080809999FF993366"
    "FFFFCCCCFFFF660066FF80800066CCCCCCFF000080FF00FFFFFF0000FFFF8000808000000080800000FF00CCFFCCFFFFCCFFCCFFFF99"
    "99CCFFFF99CCCC99FFFFCC993366FF33CCCC99CC00FFCC00FF9900FF6600666699969696003366339966003300333300993300993366"
    "333399333333",
)
#: The colours of a theme in the order of their numbers.
_THEMED = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
#: Letters of so few points are specks.
_SPECK = 2.0
#: What is set over each letter of a text that is struck out.
STROKE = "\N{COMBINING LONG STROKE OVERLAY}"
#: A number that nothing shows.
_NO_NUMBER = ";;;"
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "lessThan": operator.lt, "lessThanOrEqual": operator.le, "equal": operator.eq, "notEqual": operator.ne,
    "greaterThanOrEqual": operator.ge, "greaterThan": operator.gt, "<": operator.lt, "<=": operator.le,
    "=": operator.eq, "<>": operator.ne, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip
#: Kinds of rules that do not hold for a number, and formulas that ask for such a value.
_NOT_NUMBERS = ("containsBlanks", "containsErrors")
_ASKS_KIND = re.compile(r"(?:ISERROR|ISERR|ISNA|ISBLANK|ISTEXT)\(\$?[A-Z]{1,3}\$?\d+\)", re.IGNORECASE)
_COMPARISON = re.compile(r"([A-Z]{1,3}\d{1,7})\s*(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")


class Font(NamedTuple):
    """What the font of a cell or run says; None where it says nothing, or for a colour that is always seen."""

    ink: Colour | None = None
    size: float | None = None
    struck: bool | None = None
    raised: bool | None = None

    def above(self, other: Font) -> Font:
        """This font, and another where it says nothing."""
        said = {name: value for name, value in self._asdict().items() if value is not None}
        return other._replace(**said)


class Style(NamedTuple):
    """What the style of a cell says."""

    code: str = ""
    """Of the format of its number; nothing where the bare number is shown."""
    font: Font = Font()
    ground: Colour | None = WHITE
    """None where it is not known."""
    drawn: bool = False
    """Whether a border is drawn around it."""
    fits: bool = False
    """Whether what is too wide for the cell is shown smaller, or turned."""

    def shows(self, font: Font) -> bool:
        """Whether letters of a font are seen in a cell of this style."""
        ink = font.ink or self.font.ink
        is_seen = ink is None or self.ground is None or not ink.is_like(self.ground)
        size = font.size or self.font.size
        return is_seen and (size is None or size > _SPECK)


class Change(NamedTuple):
    """What a rule changes in a style; None where it changes nothing."""

    code: str | None = None
    font: Font = Font()
    ground: Colour | None = None
    is_grounded: bool = False
    """Whether it gives a ground, be it of a known colour or not."""

    def of(self, style: Style) -> Style:
        """The style with this change."""
        code = style.code if self.code is None else self.code
        ground = self.ground if self.is_grounded else style.ground
        return style._replace(font=self.font.above(style.font), code=code, ground=ground)

    def above(self, weaker: Change) -> Change:
        """This change and what a weaker one says besides."""
        code = weaker.code if self.code is None else self.code
        ground = self if self.is_grounded else weaker
        return Change(code, self.font.above(weaker.font), ground.ground, ground.is_grounded)


class Rule(NamedTuple):
    """For which cells and values a change holds."""

    areas: Sequence[Area]
    holds: Callable[[float], bool | None]
    """None where it is not known."""
    change: Change
    is_last: bool
    """Whether those after it do not hold where it does."""


class Styles:
    """The styles of cells by their number, and the changes that rules name."""

    def __init__(self, root: etree._Element | None, theme: dict[str, Colour]) -> None:
        self._theme = theme
        self.cells: list[Style] = []
        self.changes: list[Change] = []
        #: size of the letters that the width of columns is measured in
        self.usual_size = 11.0
        if root is None:
            return
        own = {mark.get("numFmtId", ""): mark.get("formatCode", "") for mark in root.iter(_S + "numFmt")}
        fonts = [self.font(font) for font in root.iterfind(f"{_S}fonts/{_S}font")]
        grounds = [self._ground(fill, "fgColor", WHITE) for fill in root.iterfind(f"{_S}fills/{_S}fill")]
        drawn = [
            any(side.get("style", "none") != "none" for side in border)
            for border in root.iterfind(f"{_S}borders/{_S}border")
        ]
        self.usual_size = (fonts[0].size if fonts else None) or self.usual_size
        for style in root.iterfind(f"{_S}cellXfs/{_S}xf"):
            alignment = style.find(_S + "alignment")
            self.cells.append(
                Style(
                    code_of(style.get("numFmtId", "0"), own),
                    _at(fonts, style.get("fontId"), Font()),
                    _at(grounds, style.get("fillId"), WHITE),
                    _at(drawn, style.get("borderId"), False),
                    alignment is not None
                    and (alignment.get("shrinkToFit") or alignment.get("textRotation")) is not None,
                )
            )
        self.changes = [self._change(change) for change in root.iterfind(f"{_S}dxfs/{_S}dxf")]

    def font(self, font: etree._Element | None) -> Font:
        """A font of a cell, a run or a rule."""
        marks = {} if font is None else {mark.tag: mark for mark in font}
        color, size, struck, raised = (marks.get(_S + tag) for tag in ("color", "sz", "strike", "vertAlign"))
        return Font(
            None if color is None else self._color(color),
            None if size is None else _number(size.get("val", "")),
            None if struck is None else struck.get("val", "1") not in ("0", "false"),
            None if raised is None else raised.get("val") in ("superscript", "subscript"),
        )

    def rules(self, sheet: etree._Element) -> list[Rule]:
        """The rules of a sheet that may change a number or leave it unseen, the strongest first."""
        found: list[tuple[float, Rule]] = []
        later = sheet.iterfind(f"{_S}extLst/{_S}ext//{_X14}conditionalFormatting")
        for mark in (*sheet.iterfind(_S + "conditionalFormatting"), *later):
            where = mark.get("sqref") or mark.findtext(_XM + "sqref") or ""
            areas = [area for part in where.split() if (area := area_of(part))]
            for rule in mark.iterchildren(_S + "cfRule", _X14 + "cfRule"):
                change = self._change_of(rule)
                if areas and change != Change():
                    rank = _number(rule.get("priority", ""))
                    is_last = rule.get("stopIfTrue") in ("1", "true")
                    found.append((rank or 0.0, Rule(areas, _condition(rule, areas[0][0]), change, is_last)))
        return [rule for _, rule in sorted(found, key=lambda ranked: ranked[0])]

    def _change_of(self, rule: etree._Element) -> Change:
        kind = rule.get("type", "")
        if kind in ("dataBar", "iconSet", "colorScale"):
            scale = next(rule.iterchildren(_S + kind, _X14 + kind), None)
            is_shown = scale is None or scale.get("showValue") not in ("0", "false")
            return Change(code=None if is_shown else _NO_NUMBER, is_grounded=kind != "iconSet")
        own = rule.find(_X14 + "dxf")
        return _at(self.changes, rule.get("dxfId"), Change()) if own is None else self._change(own)

    def _change(self, change: etree._Element) -> Change:
        code, fill = change.find(_S + "numFmt"), change.find(_S + "fill")
        return Change(
            None if code is None else code.get("formatCode"),
            self.font(change.find(_S + "font")),
            None if fill is None else self._ground(fill, "bgColor", None),
            fill is not None,
        )

    def _ground(self, fill: etree._Element, which: str, none: Colour | None) -> Colour | None:
        pattern = fill.find(_S + "patternFill")
        kind = None if pattern is None else pattern.get("patternType", "solid" if which == "bgColor" else "none")
        color = None if pattern is None else pattern.find(_S + which)
        if kind == "none":
            return none
        return self._color(color) if kind == "solid" and color is not None else None

    def _color(self, mark: etree._Element) -> Colour | None:
        """None for a colour that the program chooses."""
        color = Colour.of(mark.get("rgb"))
        theme, indexed = mark.get("theme", ""), mark.get("indexed", "")
        if theme.isdecimal() and len(theme) < 3 and int(theme) < len(_THEMED):
            color = self._theme.get(_THEMED[int(theme)])
        elif indexed.isdecimal() and len(indexed) < 3 and int(indexed) < len(_INDEXED) + 8:
            color = Colour.of(_INDEXED[int(indexed) % 8 if int(indexed) < 8 else int(indexed) - 8])
        tint = _number(mark.get("tint", "")) or 0.0
        if color is None or not -1 <= tint <= 1 or not tint:
            return color
        return color.lit(1 + tint) if tint < 0 else color.lit(1 - tint, tint)


def changed(style: Style, rules: Sequence[Rule], place: Place, value: float) -> Iterator[Style]:
    """The style of a cell with a number by the rules that hold for it; then by each that perhaps does."""
    made, perhaps = Change(), []
    for rule in rules:
        if any(covers(area, place) for area in rule.areas):
            holds = rule.holds(value)
            if holds is None:
                perhaps.append(rule.change)
            elif holds:
                made = made.above(rule.change)
                if rule.is_last:
                    break
    style = made.of(style)
    yield style
    yield from (change.of(style) for change in perhaps)


def covers(area: Area, place: Place) -> bool:
    """Whether a place is within an area."""
    (top, left), (bottom, right) = area
    return top <= place[0] <= bottom and left <= place[1] <= right


def _condition(rule: etree._Element, first: Place) -> Callable[[float], bool | None]:
    """Whether a rule holds for a number; ``first`` is the cell that its formula is written for."""
    kind, formulas = (
        rule.get("type", ""),
        [(mark.text or "").strip() for mark in rule.iterchildren(_S + "formula", _XM + "f")],
    )
    if kind in ("dataBar", "iconSet", "colorScale"):
        return lambda value: True
    if kind in _NOT_NUMBERS:
        return lambda value: False
    bounds = [bound for formula in formulas if (bound := _number(formula)) is not None]
    how = rule.get("operator", "")
    if kind == "cellIs" and len(bounds) == len(formulas) == 1 and how in _COMPARED:
        return lambda value: _COMPARED[how](value, bounds[0])
    if kind == "cellIs" and len(bounds) == len(formulas) == 2 and how in ("between", "notBetween"):
        return lambda value: (min(bounds) <= value <= max(bounds)) == (how == "between")
    if kind == "expression" and len(formulas) == 1:
        if _ASKS_KIND.fullmatch(formulas[0]):
            return lambda value: False
        asked = _COMPARISON.fullmatch(formulas[0].replace("$", ""))
        if asked and place_of(asked[1]) == first:
            return lambda value: _COMPARED[asked[2]](value, float(asked[3]))
    return lambda value: None


def _number(text: str) -> float | None:
    try:
        return float(text[:40])
    except ValueError:
        return None


_T = TypeVar("_T")


def _at(items: Sequence[_T], number: str | None, otherwise: _T) -> _T:
    is_known = number is not None and number.isdecimal() and len(number) < 8 and int(number) < len(items)
    return items[int(number)] if is_known else otherwise  # type: ignore[arg-type]
