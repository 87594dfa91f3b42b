"""Any document → the reader for its medium, told by what the bytes are and only then by the file's name."""

from __future__ import annotations

import os
import re
import stat
import zlib
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from ..grid import Document
from ..problems import ReadError
from .flat import flat
from .limits import Limits

__all__ = ["Limits", "Source", "read_document"]

Source = str | os.PathLike[str] | bytes | BinaryIO

_GZIP = b"\x1f\x8b\x08"
#: A packed document of Office in a single XML file says so at its head.
_PACKAGE, _HEAD = b"http://schemas.microsoft.com/office/2006/xmlPackage", 1024
#: RAR and 7-Zip; ZIP is told by what it holds.
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
#: So many of the files in an archive are named.
_LISTED = 5
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = {
    b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"BM": "BMP", b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF", b"RIFF": "RIFF",
}  # fmt: skip
_MULTIPART = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*content-type:\s*multipart/related", re.IGNORECASE)
#: What parts the cells of a line of text; commas then part the digits of a number.
_OTHERWISE = re.compile(rb"[\t|]|  |\d \d")
_LEGACY = (".doc", ".wps", ".wpt", ".rtf", ".odt")
_SPREADSHEETS = (".xls", ".et", ".xlsb", ".ods")


def read_document(source: Source, *, name: str | None = None, limits: Limits | None = None) -> Document:
    """Read a document from a path, bytes or a binary file object.

    Raises :class:`ReadError` when it is missing, empty, over a limit or of a medium that is not known.
    """
    limits = limits or Limits()
    data, name = _bytes(source, name, limits)
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadError(f"{name}: the file is empty.")
    if data.startswith(_GZIP):
        data, name = _unpacked(data, name, limits), name.removesuffix(".gz")
    if _PACKAGE in data[:_HEAD]:
        from .ooxml import packed

        data = packed(data, name, limits)
    module, function = _medium(data, name, limits)
    read = getattr(import_module(f".{module}", __name__), function)
    return read(data, name=name, limits=limits)


def _bytes(source: Source, name: str | None, limits: Limits) -> tuple[bytes, str]:
    if isinstance(source, (bytes, bytearray, memoryview)):
        shown = _shown(name or "document")
        limits.check("max_bytes", memoryview(source).nbytes, "the file's size in bytes", shown)
        return bytes(source), shown
    if hasattr(source, "read"):
        shown = _shown(name or Path(str(getattr(source, "name", "document"))).name)
        try:
            return _all(source, shown, limits), shown  # type: ignore[arg-type]
        except (OSError, ValueError) as error:
            raise ReadError(f"{shown}: the file object could not be read ({error}).") from None
    try:
        path = Path(os.fsdecode(source))
    except TypeError:
        kind = type(source).__name__
        raise ReadError(f"give a path, bytes or a file object opened in binary mode, not {kind}.") from None
    shown = _shown(name or path.name or str(path))
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(f"{shown}: this is a folder; give a file, or read a folder with read_all.")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(f"{shown}: this is not a regular file but a device, pipe or socket.")
        limits.check("max_bytes", status.st_size, "the file's size in bytes", shown)
        with path.open("rb") as file:
            return _all(file, shown, limits), shown
    except FileNotFoundError:
        raise ReadError(f"{shown}: there is no such file; check the path.") from None
    except PermissionError:
        raise ReadError(f"{shown}: the file may not be opened; check its permissions.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{shown}: the file could not be opened ({reason}).") from None


def _all(file: BinaryIO, name: str, limits: Limits) -> bytes:
    """What is left in a file object; those of pipes give it piece by piece."""
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(limits.max_bytes + 1 - size):
        if not isinstance(piece, bytes):
            raise ReadError(f"{name}: the file object gives text; open it in binary mode ('rb').")
        pieces.append(piece)
        size += len(piece)
        limits.check("max_bytes", size, "the file's size in bytes", name)
    return b"".join(pieces)


def _unpacked(data: bytes, name: str, limits: Limits) -> bytes:
    """A page as servers send it, saved without unpacking."""
    try:
        found = zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(data, limits.max_bytes + 1)
    except zlib.error:
        raise ReadError(f"{name}: the packed file (gzip) is damaged; download it again.") from None
    limits.check("max_bytes", len(found), "the unpacked size in bytes", name)
    return found


def _shown(name: str) -> str:
    """A file's name as it can be printed on one line, whatever bytes it is made of."""
    return "".join(c if c.isprintable() else "?" for c in name)


def _medium(data: bytes, name: str, limits: Limits) -> tuple[str, str]:
    """(module, function) of the reader."""
    ending = os.path.splitext(name)[1].lower()
    head = data[:1024].lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    if data.startswith(b"PK"):
        return _packed(data, name, ending, limits)
    if data.startswith(_ARCHIVES):
        raise ReadError(f"{name}: this is an archive; unpack it and give the report inside.")
    if b"%PDF-" in data[:1024]:
        return "pdf", "read"
    if data.startswith(_OLE):
        return ("spreadsheet", "read") if ending in _SPREADSHEETS else ("legacy", "read")
    if head.startswith(b"{\\rtf"):
        return "legacy", "read"
    for start, kind in _PICTURES.items():
        if data.startswith(start) and not (start == b"BM" and ending in (".txt", ".md", ".csv", ".html")):
            raise ReadError(f"{name}: this is a picture ({kind}); a text layer is needed: run OCR on it first.")
    if _MULTIPART.search(data[:4096]):
        return "mhtml", "read"
    if flat(data):
        return "legacy", "read"
    if _is_html(head, data, ending):
        return "html", "read"
    if ending == ".pdf":
        raise ReadError(f"{name}: this is not a PDF although its name says so.")
    is_csv = ending in (".csv", ".tsv") or (ending not in (".md", ".markdown") and _is_csv(data[:65536]))
    return ("text", "read_csv") if is_csv else ("text", "read")


def _is_html(head: bytes, data: bytes, ending: str) -> bool:
    narrow = head.replace(b"\x00", b"").lower()
    if narrow.startswith((b"\xff\xfe<", b"\xfe\xff<")):
        return True
    if ending in (".html", ".htm", ".xhtml", ".shtml"):
        return True
    if ending in (".md", ".markdown", ".csv", ".tsv"):
        return False
    marks = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<table", b"<div", b"<meta")
    return narrow.startswith(marks) or any(mark in data[:65536].lower() for mark in marks[1:2])


def _is_csv(head: bytes) -> bool:
    """Whether most lines hold values with commas or semicolons between them."""
    lines = [line for line in head.replace(b"\x00", b"").splitlines() if line.strip()]
    values = [line for line in lines if not _OTHERWISE.search(line)]
    return any(2 * sum(line.count(mark) > 2 for line in values) > len(lines) for mark in (b",", b";"))


def _packed(data: bytes, name: str, ending: str, limits: Limits) -> tuple[str, str]:
    from .ooxml import archive

    names = dict.fromkeys(archive(data, name, limits).namelist())
    if any(part.startswith("word/") for part in names):
        return "docx", "read"
    if "xl/workbook.bin" in names:
        return "legacy", "read"
    if any(part.startswith("xl/") for part in names):
        return "spreadsheet", "read"
    if "mimetype" in names and ending in _SPREADSHEETS:
        return "spreadsheet", "read"
    if ending in _LEGACY:
        return "legacy", "read"
    if ending == ".docx" or "[Content_Types].xml" in names:
        return "docx", "read"
    if "OFD.xml" in names:
        raise ReadError(f"{name}: this is an OFD file; open it in a reader for OFD and save it as PDF.")
    inside = _shown(", ".join(list(names)[:_LISTED])) + ", …" * (len(names) > _LISTED)
    raise ReadError(f"{name}: this is an archive ({inside}); unpack it and give the report inside.")
