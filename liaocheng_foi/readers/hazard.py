"""Tells an ordinary PDF from one that may take PDFium time or memory without end, by a look at its streams.

A few kilobytes can ask for hours: streams that unpack to gigabytes, forms that hold forms that hold forms, one stream
named a thousand times. PDFium cannot be stopped while it loads a page, so that such a file is read in a process of its
own (:mod:`.apart`), which takes a tenth of a second longer. Being wrong to that side costs nothing else.
"""

from __future__ import annotations

import re
import zlib

#: Bytes that all streams together may unpack to, and that PDFium may be made to go through, page after page.
_UNPACKED = 32 * 2**20
_READ_AGAIN = 512 * 2**20
#: References in one array that may be the same ones again.
_REFERENCES = 64

_ARRAY = re.compile(rb"\[((?:\s*\d+\s+\d+\s+R){%d,})" % _REFERENCES)
_REFERENCE = re.compile(rb"\d+\s+\d+\s+R")
_FILTER = re.compile(rb"/(?:FlateDecode|LZWDecode|RunLengthDecode|ASCII85Decode|ASCIIHexDecode|Fl|LZW|RL|A85|AHx)\b")
_PICTURE = re.compile(rb"/(?:DCTDecode|JPXDecode|CCITTFaxDecode|JBIG2Decode)\b")
_ESCAPED = re.compile(rb"/[^\s/<>()\[\]{}%]*#[0-9A-Fa-f]{2}[^\s/<>()\[\]{}%]*")
_TELLING = re.compile(rb"/(?:.*Decode|Fl|LZW|RL|A85|AHx|Form|Encrypt|ObjStm)")


def is_ordinary(data: bytes, pages: int) -> bool:
    """Whether PDFium will be done with every page in time and memory fit for the file's size."""
    if b"/Encrypt" in data or any(_TELLING.fullmatch(_unescaped(name[0])) for name in _ESCAPED.finditer(data)):
        return False
    if _repeats(data):
        return False
    unpacked = largest = forms = shown = position = 0
    while (begin := data.find(b"stream", position)) >= 0:
        head = data[max(data.rfind(b"obj", position, begin), position) : begin]
        begin += len(b"stream")
        end = data.find(b"endstream", begin)
        end = len(data) if end < 0 else end
        position = end + len(b"endstream")
        if _PICTURE.search(head):
            continue
        filters = _FILTER.findall(head)
        if len(filters) > 1 or any(b"Fl" not in name for name in filters):
            return False
        content = _inflated(data[begin:end], _UNPACKED - unpacked) if filters else data[begin:end]
        unpacked += len(content)
        largest = max(largest, len(content))
        if unpacked > _UNPACKED or (b"/ObjStm" in head and _repeats(content)):
            return False
        calls = content.count(b"Do")
        shown += calls
        if b"/Form" in head:
            forms += len(content)
            if calls:
                return False
    return largest * pages <= _READ_AGAIN and forms * shown <= _READ_AGAIN


def _inflated(packed: bytes, room: int) -> bytes:
    """The stream unpacked as far as it goes, at most one byte more than there is room."""
    try:
        return zlib.decompressobj().decompress(packed.lstrip(b"\r\n"), max(room, 0) + 1)
    except zlib.error:
        return b""


def _repeats(data: bytes) -> bool:
    """Whether some array names the same objects again and again."""
    for array in _ARRAY.finditer(data):
        named = _REFERENCE.findall(array[1])
        if len(set(named)) * 2 < len(named):
            return True
    return False


def _unescaped(name: bytes) -> bytes:
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), name)
