"""The official form ready to be put on paper: title, headings, boxes with text that reads back as it was.

What every medium shares stands here; a medium adds only its own marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from ..codebook import TABLES, codebook
from ..form import Box, Filled, Key, boxes, placed
from ..plural import Count
from ..values import parse

_TITLE = {
    "zh": "{organ}{year}政府信息公开工作年度报告",
    "en": "{organ} {year}: annual report on information disclosure",
}
_NOTE = {
    "zh": "注：所据报告中未见本表的{count}个单元格，此处留空。",
    "en": "Note: {count:cell|cells} of this table not found in the report and left empty.",
}
#: Characters that no XML and no spreadsheet may hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?")


#: Widths of columns in twentieths of a point, those of the template.
_WIDTHS = {
    "proactive": (2435,) * 4,
    "requests": (754, 921, 3271, *(685,) * 6, 684),
    "reviews": (*(649,) * 10, *(650,) * 5),
}
#: English words are longer: wider columns for figures, as wide in all.
_WIDTHS_EN = _WIDTHS | {"requests": (754, 921, 2521, *(792,) * 7)}


class About(Protocol):
    """What a report says of itself."""

    @property
    def organ(self) -> str | None:
        """The body."""

    @property
    def year(self) -> int | None:
        """The year reported on."""

    @property
    def title(self) -> str | None:
        """The title as printed."""


class Printable(Filled, Protocol):
    """What can be put on paper: a report."""

    @property
    def metadata(self) -> About:
        """What the report says of itself."""

    def value(self, table: str, row: str, column: str) -> float | None:
        """The number printed in a cell."""

    def status(self, table: str, row: str, column: str) -> str | None:
        """What was printed in a cell; None when it was not found."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the form: heading, table, a note under it where cells were not found."""

    table: str
    heading: str
    rows: list[list[Box]]
    note: str

    @property
    def width(self) -> int:
        """Columns of the table."""
        return max(column + box.columns for _, column, box in placed(self.rows))

    def matrix(self) -> list[list[str]]:
        """The table as a rectangle of text: a cell's text in its upper left corner, blanks where it spans."""
        width = self.width
        found = [[""] * width for _ in self.rows]
        for row, column, box in placed(self.rows):
            found[row][column] = box.text
        return found

    def text(self, key: Key) -> str:
        """The text of one figure."""
        return next(box.text for row in self.rows for box in row if box.key == key)


@dataclass(frozen=True, slots=True)
class Printed:
    """The form filled, in one language."""

    title: str
    parts: tuple[Part, ...]
    lang: str


def printed(report: Printable, lang: str = "zh", mark: Callable[[str], str] = str) -> Printed:
    """The form of the report's edition, filled.

    ``mark`` gives a text of the document the marks by which a medium takes it as mere text. A figure stands as it
    was printed where that reads back as the same figure under the form's own headings; else (a note that the
    medium needs marks for, 元 under 万元) its number stands alone.
    """
    book = codebook()
    parts = []
    for table in TABLES:
        rows = [
            [box if box.key is None else replace(box, text=_figure(report, box.key, mark)) for box in row]
            for row in boxes(report, table, lang)
        ]
        lost = sum(box.key is not None and report.status(*box.key) is None for row in rows for box in row)
        note = _NOTE[lang].format(count=Count(lost)) if lost else ""
        parts.append(Part(table, book.label("form", "section", table, lang, report.edition), rows, note))
    return Printed(mark(_clean(title(report, lang))), tuple(parts), lang)


def title(report: Printable, lang: str = "zh") -> str:
    """The report's own title where it names body and year, else one made of them."""
    about = report.metadata
    organ, year, own = about.organ or "", str(about.year or ""), about.title or ""
    # a body given by its code is not named in the text
    if own and year in own and (organ.isascii() or organ in own):
        return own
    return _TITLE[lang].format(organ=organ, year=f"{year}年" if year and lang == "zh" else year).strip()


def _figure(report: Printable, key: Key, mark: Callable[[str], str]) -> str:
    raw = report.raw(*key)
    if raw is None:
        return ""
    text = mark(_clean(raw))
    unit = codebook().unit(*key)
    money = unit if unit == "万元" else None
    value, status = report.value(*key), report.status(*key)
    again = parse(text, money, codebook().signed(key[0], key[2]))
    as_printed = (again.value, again.status) == (value, status) and again.problem in (None, "note-in-cell")
    return text if as_printed or value is None else plain_number(value)


def plain_number(value: float) -> str:
    """A number with every digit it has and no exponent: ``12.0`` is 12."""
    return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")


def as_number(text: str) -> float | None:
    """The number of a cell that shows nothing else, for media that keep numbers as such; None for other texts."""
    return float(text) if _PLAIN_NUMBER.fullmatch(text) and len(text) <= 16 else None


def _clean(text: str) -> str:
    return " ".join(_CONTROL.sub("", text).split())


def widths(table: str, lang: str) -> tuple[int, ...]:
    """Widths of a table's columns in twentieths of a point."""
    return (_WIDTHS if lang == "zh" else _WIDTHS_EN)[table]


def is_left(box: Box, table: str) -> bool:
    """Whether the form prints a cell's text at the left; else in the middle."""
    return box.kind == "block" or (box.kind == "row" and table == "requests")
