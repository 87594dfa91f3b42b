"""Workbooks → grids and paragraphs, sheet after sheet: XLSX and ODS, XLS and ET once they are made XLSX."""

from __future__ import annotations

from collections.abc import Iterator

from ...grid import Document, Grid, Paragraph
from ...problems import Problem, ReadError
from .. import apart
from ..limits import Limits
from ..ooxml import Package
from . import ods, xls, xlsx
from .sheets import Sheet, blocks

_OLE = b"\xd0\xcf\x11\xe0"


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a workbook; hidden sheets are left out and noted.

    Raises :class:`ReadError` when it is no workbook, damaged, protected, empty or over a limit.
    """
    limits.check("max_bytes", len(data), "the file's size in bytes", name)
    if data.startswith(_OLE):
        data = apart.read(xls.as_xlsx, data, name=name, limits=limits)
    package = Package(data, name, limits)
    found: list[Grid | Paragraph] = []
    problems: list[Problem] = []
    for sheet in _sheets(package, limits):
        if sheet.visible:
            seen, hidden = blocks(sheet, name, limits)
            found += seen
            problems += hidden
        else:
            problems.append(Problem("hidden-markup", details={"raw": sheet.name}))
    if not found:
        raise ReadError(f"{name}: the workbook holds no text.")
    return Document(found, "xlsx", name, package.title(), problems=problems)


def _sheets(package: Package, limits: Limits) -> Iterator[Sheet]:
    part = package.main("xl/workbook.xml")
    workbook = package.xml(part)
    if workbook is not None:
        return xlsx.sheets(package, part, workbook, limits)
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise xls.protected(package.name)
    content = package.xml("content.xml")
    if content is not None:
        return ods.sheets(package, content, limits)
    raise ReadError(f"{package.name}: this is no workbook that can be read; save it as .xlsx.")
