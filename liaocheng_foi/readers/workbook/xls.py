"""An old workbook (XLS, ET) made XLSX.

xlrd trusts the file and holds all of it: to be done in a process of its own (:mod:`..apart`).
"""

from __future__ import annotations

import io
import os
import re

from ...problems import ReadError
from ..limits import Limits

_SOLID, _AUTOMATIC = 1, 64
#: What xlrd calls the kinds of cells.
_TEXT, _NUMBER, _DATE, _BOOL, _ERROR = range(1, 6)
_NO_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")
_UNPRINTABLE = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
#: A stream of XLSX that needs a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def as_xlsx(data: bytes, *, name: str, limits: Limits) -> bytes:
    """The workbook as XLSX.

    Raises :class:`ReadError` when it is none, protected, or has more than ``max_cells`` cells.
    """
    import xlrd

    if _ENCRYPTED in data:
        raise protected(name)
    with open(os.devnull, "w", encoding="utf-8") as log:
        try:
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=log)
            cells = sum(sheet.row_len(r) for sheet in book.sheets() for r in range(sheet.nrows))
            cells += sum((b - t) * (r - l) for sheet in book.sheets() for t, b, l, r in sheet.merged_cells)  # noqa: E741
            limits.check("max_cells", cells, "the number of cells", name)
            return _written(book)
        except (MemoryError, ReadError):
            raise
        except xlrd.XLRDError as error:
            if "encrypted" in str(error):
                raise protected(name) from None
            reason = " ".join(str(error).split())[:120]
        except Exception as error:  # whatever xlrd stumbles over
            reason = f"it is damaged: {type(error).__name__}"
    raise ReadError(f"{name}: this is no workbook that can be read ({reason}); save it as .xlsx.")


def protected(name: str) -> ReadError:
    """What is said of a workbook with a password."""
    return ReadError(f"{name}: the workbook is protected by a password; save it without one.")


def _written(book) -> bytes:  # type: ignore[no-untyped-def]
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "nan_inf_to_errors": True, "date_1904": bool(book.datemode)}
    with xlsxwriter.Workbook(target, options) as out:
        formats = _Formats(book, out)
        names: set[str] = set()
        for number, sheet in enumerate(book.sheets()):
            name = _NO_NAME.sub("_", _UNPRINTABLE.sub("", sheet.name))[:31]
            page = out.add_worksheet(name if name and name.lower() not in names else f"Sheet{number}{number}")
            names.add(page.name.lower())
            _write(sheet, page, formats)
    return target.getvalue()


def _write(sheet, page, formats) -> None:  # type: ignore[no-untyped-def]
    if sheet.visibility:
        page.hide()
    if not sheet.show_zero_values:
        page.hide_zero()
    for column, info in sheet.colinfo_map.items():
        if column < 256:
            page.set_column(column, column, info.width / 256, None, {"hidden": bool(info.hidden)})
    for row, info in sheet.rowinfo_map.items():
        if info.hidden or info.height:
            page.set_row(row, info.height / 20, None, {"hidden": bool(info.hidden)})
    for top, bottom, left, right in sheet.merged_cells:
        if bottom - top > 1 or right - left > 1:
            page.merge_range(top, left, bottom - 1, right - 1, "")
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = sheet.cell(row, column)
            style = formats.of_cell(cell)
            if cell.ctype == _TEXT:
                runs = formats.runs(cell.value, sheet.rich_text_runlist_map.get((row, column), ()))
                if not runs or page.write_rich_string(row, column, *runs, style) < 0:
                    page.write_string(row, column, cell.value, style)
            elif cell.ctype in (_NUMBER, _DATE):
                page.write_number(row, column, cell.value, style)
            elif cell.ctype == _BOOL:
                page.write_boolean(row, column, cell.value, style)
            elif cell.ctype == _ERROR:
                page.write_string(row, column, f"#{cell.value}", style)
            elif cell.xf_index is not None:
                page.write_blank(row, column, None, style)


class _Formats:
    """The formats of cells and of runs of text."""

    def __init__(self, book, out) -> None:  # type: ignore[no-untyped-def]
        self.book, self.out = book, out
        self.known: dict[object, object] = {}

    def of_cell(self, cell):  # type: ignore[no-untyped-def]
        key = cell.xf_index, cell.ctype == _DATE
        if key not in self.known:
            style = self.book.xf_list[cell.xf_index]
            number = self.book.format_map.get(style.format_key)
            code = _UNPRINTABLE.sub("", number.format_str) if number else "General"
            if cell.ctype == _DATE and not set("ymdhs") & set(code.lower()):
                code = "yyyy-mm-dd"
            border, ground = style.border, style.background
            lines = (
                border.left_line_style or border.right_line_style or border.top_line_style or border.bottom_line_style
            )
            said = self._font(style.font_index) | {"num_format": code, "border": 1 if lines else 0}
            said["shrink"] = bool(style.alignment.shrink_to_fit or style.alignment.rotation)
            if ground.fill_pattern:
                said |= {"pattern": min(ground.fill_pattern, 18)}
                color = self._color(ground.pattern_colour_index)
                said |= {"bg_color" if ground.fill_pattern == _SOLID else "fg_color": color} if color else {}
            self.known[key] = self.out.add_format(said)
        return self.known[key]

    def runs(self, text: str, starts):  # type: ignore[no-untyped-def]
        """Fonts and texts in turn; nothing where the text has one font."""
        marks = [(0, None), *((at, font) for at, font in starts if at < len(text))]
        ends = [at for at, _ in marks[1:]] + [len(text)]
        pieces = [(text[at:end], font) for (at, font), end in zip(marks, ends, strict=True) if end > at]
        if len(pieces) < 2:
            return []
        found: list[object] = []
        for piece, font in pieces:
            if font is not None:
                if ("font", font) not in self.known:
                    self.known["font", font] = self.out.add_format(self._font(font))
                found.append(self.known["font", font])
            found.append(piece)
        return found

    def _font(self, number: int) -> dict[str, object]:
        font = self.book.font_list[number]
        said: dict[str, object] = {"font_size": font.height / 20, "font_strikeout": bool(font.struck_out)}
        said |= {"font_script": font.escapement} if font.escapement in (1, 2) else {}
        color = self._color(font.colour_index)
        return said | ({"font_color": color} if color else {"theme": 0})

    def _color(self, number: int) -> str | None:
        color = self.book.colour_map.get(number) if number < _AUTOMATIC else None
        return "#{:02X}{:02X}{:02X}".format(*color) if color else None
