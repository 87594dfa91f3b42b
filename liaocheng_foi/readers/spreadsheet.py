"""Workbooks → grids and paragraphs, sheet after sheet: XLSX and ODS, XLS and ET once they are made XLSX."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ..grid import Document, Grid, Paragraph
from ..problems import Problem, ReadError
from . import ods, xlsx
from .limits import Limits
from .ooxml import Package
from .sheets import Sheet, blocks

_OLE = b"\xd0\xcf\x11\xe0"
_PROGRAM = Path(__file__).with_name("xls_process.py")
#: A stream of XLSX that needs a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a workbook; hidden sheets are left out and noted.

    Raises :class:`ReadError` when it is no workbook, damaged, protected, empty or over a limit.
    """
    limits.check("max_bytes", len(data), "the file's size in bytes", name)
    if data.startswith(_OLE):
        data = _anew(data, name, limits)
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
        raise _protected(package.name)
    content = package.xml("content.xml")
    if content is not None:
        return ods.sheets(package, content, limits)
    raise ReadError(f"{package.name}: this is no workbook that can be read; save it as .xlsx.")


def _protected(name: str) -> ReadError:
    return ReadError(f"{name}: the workbook is protected by a password; save it without one.")


def _anew(data: bytes, name: str, limits: Limits) -> bytes:
    """An old workbook as XLSX."""
    if _ENCRYPTED in data:
        raise _protected(name)
    answer = _made(data, name, limits)
    if not answer.startswith(b"PK"):
        words = answer.decode("utf-8", "replace")
        if words.startswith("cells "):
            limits.check("max_cells", int(words[6:]), "the number of cells", name)
        if "encrypted" in words:
            raise _protected(name)
        reason = " ".join(words.split())[:120]
        raise ReadError(f"{name}: this is no workbook that can be read ({reason}); save it as .xlsx.")
    return answer


def _made(data: bytes, name: str, limits: Limits) -> bytes:
    # -P: the folder of the program holds modules named as those of the standard library
    command = [sys.executable, "-P", str(_PROGRAM), str(limits.max_cells), str(limits.max_memory)]
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
