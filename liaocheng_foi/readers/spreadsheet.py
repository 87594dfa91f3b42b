"""Workbooks → grids and paragraphs, sheet after sheet: XLSX and ODS, XLS and ET made XLSX, the values of XLSB."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..grid import Document, Grid, Paragraph
from ..problems import Problem, ReadError
from . import ods, xlsx
from .limits import Limits
from .number_formats import number
from .ooxml import Package, shown
from .sheets import Sheet, blocks

#: The formats of XLSB, which are not read.
_UNREAD = "xl/styles.bin"
_OLE = b"\xd0\xcf\x11\xe0"
_PROGRAMS = Path(__file__).parent


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a workbook; hidden sheets are left out and noted.

    Raises :class:`ReadError` when it is no workbook, damaged, protected, empty or over a limit.
    """
    limits.check("max_bytes", len(data), "the file's size in bytes", name)
    if data.startswith(_OLE):
        data = _anew(data, name, limits)
    package = Package(data, name, limits) if data.startswith(b"PK") else None
    found: list[Grid | Paragraph] = []
    problems: list[Problem] = []
    for sheet in _sheets(package, data, name, limits):
        if sheet.visible:
            seen, hidden = blocks(sheet, name, limits)
            found += seen
            problems += hidden
        else:
            problems.append(Problem("hidden-markup", details={"raw": sheet.name}))
    if package is not None and _UNREAD in package.parts():
        problems.append(Problem("hidden-markup", details={"raw": _UNREAD}))
    if not found:
        raise ReadError(f"{name}: the workbook holds no text.")
    return Document(found, "xlsx", name, package.title() if package else None, problems=problems)


def _sheets(package: Package | None, data: bytes, name: str, limits: Limits) -> Iterator[Sheet]:
    if package is not None:
        part = package.main("xl/workbook.xml")
        workbook = None if part.endswith(".bin") else package.xml(part)
        if workbook is not None:
            return xlsx.sheets(package, part, workbook, limits)
        content = package.xml("content.xml")
        if content is not None:
            return ods.sheets(package, content, limits)
    return _through_calamine(data, name, limits)


def _anew(data: bytes, name: str, limits: Limits) -> bytes:
    """An old workbook as XLSX."""
    answer = _run("xls_process.py", (limits.max_cells, limits.max_memory), data, name, limits)
    if not answer.startswith(b"PK"):
        words = answer.decode("utf-8", "replace")
        if words.startswith("cells "):
            limits.check("max_cells", int(words[6:]), "the number of cells", name)
        if "encrypted" in words:
            raise ReadError(f"{name}: the workbook is protected by a password; save it without one.")
        reason = " ".join(words.split())[:120]
        raise ReadError(f"{name}: this is no workbook that can be read ({reason}); save it as .xlsx.")
    return answer


def _run(program: str, bounds: Sequence[int], data: bytes, name: str, limits: Limits) -> bytes:
    # -P: the folder of the program holds modules named as those of the standard library
    command = [sys.executable, "-P", str(_PROGRAMS / program), *map(str, bounds)]
    try:
        run = subprocess.run(command, input=data, capture_output=True, timeout=limits.max_seconds, check=True)
    except subprocess.TimeoutExpired:
        raise ReadError(
            f"{name}: the workbook took longer than {limits.max_seconds:g} seconds; save it as .xlsx, or pass "
            "limits=Limits(max_seconds=…)."
        ) from None
    except subprocess.CalledProcessError:
        raise ReadError(
            f"{name}: the workbook is damaged, or asks for more than {limits.max_memory:,} bytes of memory; save it as "
            ".xlsx, or pass limits=Limits(max_memory=…)."
        ) from None
    return run.stdout


def _through_calamine(data: bytes, name: str, limits: Limits) -> Iterator[Sheet]:
    bounds = limits.max_cells, limits.max_unpacked, limits.max_memory
    answer = json.loads(_run("calamine_process.py", bounds, data, name, limits))
    if answer.get("error") == "password":
        raise ReadError(f"{name}: the workbook is protected by a password; save it without one.")
    if "error" in answer:
        raise ReadError(f"{name}: this is no workbook that can be read ({answer['error']}); save it as .xlsx.")
    limits.check("max_cells", answer.get("area", 0), "the number of cells", name)
    limits.check("max_unpacked", answer.get("length", 0), "the number of characters in its cells", name)
    for found in answer["sheets"]:
        sheet = Sheet(found["name"], visible=found["visible"])
        top, left = found.get("start") or (0, 0)
        for r, row in enumerate(found.get("rows", ()), start=top):
            for c, value in enumerate(row, start=left):
                text = _text(value)
                if text:
                    sheet.cells[r, c] = text
        sheet.merges = [((a, b), (c, d)) for (a, b), (c, d) in found.get("merges") or ()]
        yield sheet


def _text(value: str | bool | float) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return number(value) if isinstance(value, (int, float)) else shown(value)
