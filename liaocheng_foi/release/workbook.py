"""The tables as an Excel workbook after the good practice for published statistics.

Cover, contents, notes, then one table a sheet: title, what it holds, header with units; nothing merged, the header
frozen. Texts are texts: no cell is a formula.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from ..datapackage import TITLE
from ..problems import SelectionError
from ..schemas import Field, Table
from ..spreadsheets import is_formula
from .words import AUTHOR, about, notes

if TYPE_CHECKING:
    import pandas as pd

    from .tables import Release

#: The container carries a time of creation; a fixed one keeps the bytes the same.
_WHEN = datetime(2000, 1, 1)
_FONT = "Arial"
#: Rows over the table: title, description, way back; then the header.
_TOP = 3
_ROWS = 1_048_576 - _TOP - 1
#: What one cell holds.
_LETTERS = 32_767
_CUT = " …（此处截断 · cut here）"
_NARROW, _WIDE = 8, 60
#: Height of a line of text, and lines that a row shows at most.
_LINE, _LINES = 14, 4
#: Rows looked at to find the width of a column.
_LOOKED_AT = 200
_NUMBER_FORMATS = {"integer": "#,##0", "number": "General", "year": "0"}
_TOPICS = {
    "title": "标题 · Title", "scope": "范围 · Scope", "source": "来源 · Source", "units": "单位 · Units",
    "legend": "图例 · Legend", "licence": "许可 · Licence", "citation": "引用 · Citation", "version": "版本 · Version",
}  # fmt: skip


def workbook(release: Release) -> bytes:
    """The whole workbook, the same bytes for the same tables; tables without a row are named in the contents only.

    Raises :class:`SelectionError` for a table that is longer than a sheet.
    """
    import xlsxwriter

    for name, frame in release.tables.items():
        if len(frame) > _ROWS:
            raise SelectionError(
                f"{name} has {len(frame)} rows, a sheet holds {_ROWS}: choose bodies or years, or export to parquet."
            )
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": TITLE, "author": AUTHOR, "created": _WHEN})
        styles = _Styles(book)
        _cover(book.add_worksheet("cover"), release, styles)
        _contents(book.add_worksheet("contents"), release, styles)
        _notes(book.add_worksheet("notes"), styles)
        for name, frame in release.tables.items():
            if len(frame):
                _table(book.add_worksheet(name), release.declared[name], frame, styles)
    return target.getvalue()


class _Styles:
    """The formats of cells, each made once."""

    def __init__(self, book: Any) -> None:
        def made(**properties: Any) -> Any:
            return book.add_format({"font_name": _FONT, "font_size": 10, "valign": "top", **properties})

        self.title = made(font_size=14, bold=True)
        self.plain = made()
        self.text = made(align="left", indent=1)
        self.link = made(font_color="#0B5394", underline=1)
        self.bold = made(bold=True)
        self.wrapped = made(text_wrap=True)
        self.long = made(align="left", indent=1, text_wrap=True)
        header = {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E7EDF4"}
        self.header = made(align="left", indent=1, **header)
        self.number_header = made(align="right", **header)
        # a text that looks like a formula stays one when a person edits the cell
        self.quoted = made(align="left", indent=1, quote_prefix=True)
        self.numbers = {kind: made(num_format=shown) for kind, shown in _NUMBER_FORMATS.items()}


def _cover(sheet: Any, release: Release, styles: _Styles) -> None:
    zh, en = TITLE.split(" · ")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 2, 60)
    sheet.set_row(0, 24)
    sheet.set_row(1, 24)
    sheet.write_string(0, 0, zh, styles.title)
    sheet.write_string(1, 0, en, styles.title)
    lines = [line for line in about(release) if line[0] != "title"]
    for row, (topic, *words) in enumerate(lines, start=3):
        sheet.write_string(row, 0, _TOPICS[topic], styles.bold)
        for column, text in enumerate(dict.fromkeys(words), start=1):
            sheet.write_string(row, column, text, styles.wrapped)
        sheet.set_row(row, _height(words, 60))
    sheet.write_url(len(lines) + 4, 0, "internal:'contents'!A1", styles.link, "目录 · Contents")
    sheet.write_url(len(lines) + 5, 0, "internal:'notes'!A1", styles.link, "说明 · Notes")
    _on_paper(sheet)


def _contents(sheet: Any, release: Release, styles: _Styles) -> None:
    _head(sheet, "目录 · Contents", "每张表一页 · one table a sheet", styles, back="cover")
    header = ("表 · sheet", "行 · rows", "内容", "content")
    for column, (text, width) in enumerate(zip(header, (22, 10, 30, 90), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(_TOP, column, text, styles.header)
    for row, (name, frame) in enumerate(release.tables.items(), start=_TOP + 1):
        table = release.declared[name]
        if len(frame):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", styles.link, name)
        else:
            sheet.write_string(row, 0, name, styles.plain)
        sheet.write_number(row, 1, len(frame), styles.numbers["integer"])
        sheet.write_string(row, 2, table.zh, styles.plain)
        sheet.write_string(row, 3, table.en, styles.wrapped)
        sheet.set_row(row, _height([table.en], 90))
    _on_paper(sheet)


def _notes(sheet: Any, styles: _Styles) -> None:
    _head(sheet, "说明 · Notes", "列名、代码的含义 · what codes in the columns mean", styles)
    lines = notes()
    for column, (text, width) in enumerate(zip(("topic", "code", "说明", "note"), (20, 24, 60, 80), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(_TOP, column, text, styles.header)
        for row, line in enumerate(lines, start=_TOP + 1):
            sheet.write_string(row, column, line[column], styles.wrapped)
            sheet.set_row(row, _height(line, 60))
    sheet.freeze_panes(_TOP + 1, 0)
    _on_paper(sheet)


def _table(sheet: Any, table: Table, frame: pd.DataFrame, styles: _Styles) -> None:
    _head(sheet, f"{table.name} · {table.zh}", table.en, styles)
    last = _TOP + len(frame), len(table.columns) - 1
    kinds = [table.field(column).kind for column in table.columns]
    headers = [_header(column, table.field(column)) for column in table.columns]
    sheet.add_table(
        _TOP, 0, *last,
        {
            "name": f"t_{table.name}", "style": "Table Style Light 1", "banded_rows": False,
            "columns": [
                {"header": header, "header_format": styles.number_header if kind in styles.numbers else styles.header}
                for header, kind in zip(headers, kinds, strict=True)
            ],
        },
    )  # fmt: skip
    sheet.set_row(_TOP, _LINE * 3)
    lines = [1] * len(frame)
    for place, (column, kind) in enumerate(zip(table.columns, kinds, strict=True)):
        values = frame[column].to_numpy(object, na_value=None).tolist()
        style = styles.numbers.get(kind)
        width = _width(headers[place], values, kind)
        for row, value in enumerate(values):
            if value is None or value == "":
                continue
            if style is not None:
                sheet.write_number(row + _TOP + 1, place, value, style)
                continue
            wanted = _lines(str(value), width)
            lines[row] = max(lines[row], min(wanted, _LINES))
            _text(sheet, row + _TOP + 1, place, value, styles, styles.text if wanted == 1 else styles.long)
        sheet.set_column(place, place, width)
    for row, count in enumerate(lines, start=_TOP + 1):
        if count > 1:
            sheet.set_row(row, _LINE * count)
    keys = sum(column in table.key for column in table.columns[: len(table.key)])
    sheet.freeze_panes(_TOP + 1, min(keys, 3))
    _on_paper(sheet)


def _text(sheet: Any, row: int, column: int, value: object, styles: _Styles, style: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
        return
    text = str(value)
    if len(text) > _LETTERS:
        text = text[: _LETTERS - len(_CUT)] + _CUT
    sheet.write_string(row, column, text, styles.quoted if is_formula(text) else style)


def _head(sheet: Any, title: str, description: str, styles: _Styles, back: str = "contents") -> None:
    sheet.hide_gridlines(2)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, title, styles.title)
    sheet.write_string(1, 0, description, styles.plain)
    sheet.write_url(2, 0, f"internal:'{back}'!A1", styles.link, f"← {back}")


def _header(column: str, field: Field) -> str:
    unit = f"（{field.unit}）" if field.unit and field.unit not in field.zh else ""
    return f"{column} · {field.zh}{unit}"


def _width(header: str, values: Sequence[object], kind: str) -> float:
    words = max(map(_letters, header.split(" · ")), default=0)
    longest = max((_letters(_shown(value, kind)) for value in values[:_LOOKED_AT] if value is not None), default=0)
    return min(max(_NARROW, words * 0.75, longest) + 3, _WIDE)


def _shown(value: object, kind: str) -> str:
    return f"{value:,}"[:12] if kind in ("integer", "number") else str(value)[: _WIDE + 1]


def _height(texts: Sequence[str], width: float) -> float:
    """Height of a row whose texts are wrapped at this width."""
    return _LINE * max(_lines(text, width) for text in texts)


def _lines(text: str, width: float) -> int:
    """Lines that a text takes at this width."""
    return ceil(_letters(text[: _WIDE * _LINES]) * 1.05 / (width - 1)) or 1


def _letters(text: str) -> int:
    """Width of a text in letters; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(width in "WFA" for width in map(unicodedata.east_asian_width, text))


def _on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_TOP)
