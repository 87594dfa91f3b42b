"""Which reader a document is for: told by what its bytes are and only then by the file's name."""

from __future__ import annotations

import os
import re

from ..problems import ReadError
from .flat import flat
from .intake import one_line
from .limits import Limits

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


def reader_of(data: bytes, name: str, limits: Limits) -> tuple[str, str]:
    """(module, function) of the reader.

    Raises :class:`ReadError` for what none of them reads: pictures, archives, OFD.
    """
    ending = os.path.splitext(name)[1].lower()
    head = data[:1024].lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    if data.startswith(b"PK"):
        return _packed(data, name, ending, limits)
    if data.startswith(_ARCHIVES):
        raise ReadError(f"{name}: this is an archive; unpack it and give the report inside.")
    if b"%PDF-" in data[:1024]:
        return "pdf", "read"
    if data.startswith(_OLE):
        return ("workbook", "read") if ending in _SPREADSHEETS else ("legacy", "read")
    if head.startswith(b"{\\rtf"):
        return "legacy", "read"
    for start, kind in _PICTURES.items():
        if data.startswith(start) and not (start == b"BM" and ending in (".txt", ".md", ".csv", ".html")):
            raise ReadError(f"{name}: this is a picture ({kind}); a text layer is needed: run OCR on it first.")
    if _MULTIPART.search(data[:4096]):
        return "html.mhtml", "read"
    if flat(data):
        return "legacy", "read"
    if _is_html(head, data, ending):
        return "html", "read"
    if ending == ".pdf":
        raise ReadError(f"{name}: this is not a PDF although its name says so.")
    is_csv = ending in (".csv", ".tsv") or (ending not in (".md", ".markdown") and _is_csv(data[:65536]))
    return ("text.separated" if is_csv else "text"), "read"


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
        return "word", "read"
    if "xl/workbook.bin" in names:
        return "legacy", "read"
    if any(part.startswith("xl/") for part in names):
        return "workbook", "read"
    if "mimetype" in names and ending in _SPREADSHEETS:
        return "workbook", "read"
    if ending in _LEGACY:
        return "legacy", "read"
    if ending == ".docx" or "[Content_Types].xml" in names:
        return "word", "read"
    if "OFD.xml" in names:
        raise ReadError(f"{name}: this is an OFD file; open it in a reader for OFD and save it as PDF.")
    inside = one_line(", ".join(list(names)[:_LISTED])) + ", …" * (len(names) > _LISTED)
    raise ReadError(f"{name}: this is an archive ({inside}); unpack it and give the report inside.")
