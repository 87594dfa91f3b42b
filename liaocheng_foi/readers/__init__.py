"""Any document → grids and paragraphs, by the reader for its medium."""

from __future__ import annotations

import zlib
from importlib import import_module

from ..grid import Document
from ..problems import ReadError
from .intake import Source, taken_in
from .limits import Limits
from .medium import reader_of

_GZIP = b"\x1f\x8b\x08"
#: A packed document of Office in a single XML file says so at its head.
_PACKAGE, _HEAD = b"http://schemas.microsoft.com/office/2006/xmlPackage", 1024


def read_document(source: Source, *, name: str | None = None, limits: Limits | None = None) -> Document:
    """Read a document from a path, bytes or a binary file object.

    Raises :class:`ReadError` when it is missing, empty, over a limit or of a medium that is not known.
    """
    limits = limits or Limits()
    data, name = taken_in(source, name, limits)
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadError(f"{name}: the file is empty.")
    if data.startswith(_GZIP):
        data, name = _unpacked(data, name, limits), name.removesuffix(".gz")
    if _PACKAGE in data[:_HEAD]:
        from .ooxml import packed

        data = packed(data, name, limits)
    module, function = reader_of(data, name, limits)
    read = getattr(import_module(f".{module}", __name__), function)
    return read(data, name=name, limits=limits)


def _unpacked(data: bytes, name: str, limits: Limits) -> bytes:
    """A page as servers send it, saved without unpacking."""
    try:
        found = zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(data, limits.max_bytes + 1)
    except zlib.error:
        raise ReadError(f"{name}: the packed file (gzip) is damaged; download it again.") from None
    limits.check("max_bytes", len(found), "the unpacked size in bytes", name)
    return found
