"""The form as an Excel workbook: a sheet for each table, merged cells as on the form, one page of A4 each."""

from __future__ import annotations

import io
import unicodedata
from datetime import datetime
from math import ceil
from typing import Any

from ..form import Box, placed
from .printed import Part, Printed, as_number, is_left, widths

#: Twentieths of a point that one letter of the default font takes.
_LETTER = 105
_LINE = 15
#: Width of a letter of the form's fonts, that of the default font being 1.
_ROOM = {"zh": 1.08, "en": 0.85}
#: The container carries a time of creation; a fixed one keeps the bytes the same.
_WHEN = datetime(2000, 1, 1)
_FONT = {"zh": "宋体", "en": "Times New Roman"}


def workbook(form: Printed) -> bytes:
    """The whole workbook; the same bytes for the same form."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": form.title, "created": _WHEN})
        formats = _Formats(book, _FONT[form.lang])
        for part in form.parts:
            name = part.heading if form.lang == "zh" else part.table.capitalize()
            _write(book.add_worksheet(name[:31]), part, form, formats)
    return target.getvalue()


class _Formats:
    """Cell formats by what they show, each made once."""

    def __init__(self, book: Any, font: str) -> None:
        self.book = book
        self.font = font
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_name": self.font, "valign": "vcenter", **properties})
        return self.made[key]

    def of(self, box: Box, table: str) -> Any:
        align = "left" if is_left(box, table) else "center"
        properties: dict[str, Any] = {"border": 1, "text_wrap": True, "align": align, "font_size": 10}
        if box.kind == "block":
            properties["bg_color"] = "#C6D9F1"
        if box.kind == "figure" and as_number(box.text) is not None:
            decimals = len(box.text.partition(".")[2])
            properties["num_format"] = f"0.{'0' * decimals}" if decimals else "0"
        return self.get(**properties)


def _write(sheet: Any, part: Part, form: Printed, formats: _Formats) -> None:
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    letters = [width / _LETTER for width in widths(part.table, form.lang)]
    for column, width in enumerate(letters):
        sheet.set_column(column, column, width)
    last = part.width - 1
    heading = formats.get(font_size=16, bold=True, align="center", text_wrap=True)
    sheet.merge_range(0, 0, 0, last, "", heading)
    sheet.write_string(0, 0, form.title, heading)
    sheet.set_row(0, 22 * ceil(_letters(form.title) * 1.6 / sum(letters)))
    sheet.write_string(1, 0, part.heading, formats.get(font_size=12, bold=True))
    sheet.set_row(1, 24)
    top = 3
    heights = [18.0] * len(part.rows)
    for row, column, box in placed(part.rows):
        width = sum(letters[column : column + box.columns])
        lines = ceil(_letters(box.text) * _ROOM[form.lang] / max(width - 0.8, 1))
        for each in range(row, row + box.rows):
            heights[each] = max(heights[each], (lines * _LINE + 3) / box.rows)
        _cell(sheet, top + row, column, box, formats.of(box, part.table))
    for row, height in enumerate(heights):
        sheet.set_row(top + row, height)
    if part.note:
        sheet.write_string(top + len(part.rows) + 1, 0, part.note, formats.get(font_size=9))


def _cell(sheet: Any, row: int, column: int, box: Box, style: Any) -> None:
    if box.columns > 1 or box.rows > 1:
        sheet.merge_range(row, column, row + box.rows - 1, column + box.columns - 1, "", style)
    number = as_number(box.text) if box.kind == "figure" else None
    if number is not None:
        sheet.write_number(row, column, number, style)
    elif box.text:
        sheet.write_string(row, column, box.text, style)
    else:
        sheet.write_blank(row, column, None, style)


def _letters(text: str) -> int:
    """Width of a text in letters; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
