"""The official form written back, filled, in the media of an office.

Reading what was written in Chinese gives the same figures and statuses. Cells that were not found in the report
are left empty, and a note under the table counts them. The same report gives the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from .. import files
from .printed import Printable, printed

Target = str | Path | None


def to_html(report: Printable, path: Target = None, lang: str = "zh") -> str:
    """The form as one HTML page; written to ``path`` when it is given."""
    from .html import page

    return _text(page(printed(report, lang)), path)


def to_markdown(report: Printable, path: Target = None, lang: str = "zh") -> str:
    """The form as Markdown pipe tables; written to ``path`` when it is given."""
    from .markdown import document, escaped

    return _text(document(printed(report, lang, escaped), report.edition), path)


def to_csv(report: Printable, path: Target = None, lang: str = "zh") -> str:
    """The form as CSV; a file begins with a byte order mark, by which Excel knows it for UTF-8.

    A text that a spreadsheet program would run as a formula gets an apostrophe before it.
    """
    from ..spreadsheets import harmless
    from .separated import text

    content = text(printed(report, lang, harmless))
    if path is not None:
        files.write(path, "\ufeff" + content)
    return content


def to_docx(report: Printable, path: Target = None, lang: str = "zh") -> bytes:
    """The form as a Word document on A4; written to ``path`` when it is given."""
    from .docx import document

    return _bytes(document(printed(report, lang)), path)


def to_xlsx(report: Printable, path: Target = None, lang: str = "zh") -> bytes:
    """The form as an Excel workbook, a sheet for each table; written to ``path`` when it is given."""
    from .xlsx import workbook

    return _bytes(workbook(printed(report, lang)), path)


def _text(content: str, path: Target) -> str:
    if path is not None:
        files.write(path, content)
    return content


def _bytes(content: bytes, path: Target) -> bytes:
    if path is not None:
        files.write(path, content)
    return content
