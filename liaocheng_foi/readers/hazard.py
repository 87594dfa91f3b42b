"""Tells an ordinary PDF from one that may take PDFium time or memory without end, by a look at its streams.

A few kilobytes can ask for hours: streams that unpack to gigabytes, forms that hold forms that hold forms, one stream
named a thousand times. PDFium cannot be stopped while it loads a page, so that such a file is read in a process of its
own (:mod:`.apart`), which takes a tenth of a second longer. Being wrong to that side costs nothing else.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

#: Bytes that all streams together may unpack to, and that PDFium may be made to go through, page after page.
_UNPACKED = 32 * 2**20
_READ_AGAIN = 512 * 2**20
#: References in one array that may be the same ones again.
_REFERENCES = 64
#: Bytes of a name that matters here, each letter as a code.
_LONGEST_NAME = 64

_ARRAY = re.compile(rb"\[((?:\s*\d+\s+\d+\s+R){%d,})" % _REFERENCES)
_REFERENCE = re.compile(rb"\d+\s+\d+\s+R")
_FILTER = re.compile(rb"/(?:FlateDecode|LZWDecode|RunLengthDecode|ASCII85Decode|ASCIIHexDecode|Fl|LZW|RL|A85|AHx)\b")
_PICTURE = re.compile(rb"/(?:DCTDecode|JPXDecode|CCITTFaxDecode|JBIG2Decode)\b")
_NAME = re.compile(rb"/[^\s/<>()\[\]{}%]*")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_TELLING = re.compile(rb"/(?:.*Decode|Fl|LZW|RL|A85|AHx|Form|Encrypt|ObjStm)")


def is_ordinary(data: bytes, pages: int) -> bool:
    """Whether PDFium will be done with every page in time and memory fit for the file's size."""
    if b"/Encrypt" in data or _is_disguised(data) or _repeats(data):
        return False
    contents: list[bytes] = []
    unpacked = forms = 0
    try:
        for head, content in _streams(data):
            filters = _FILTER.findall(head)
            if not filters and _PICTURE.search(head):
                continue
            if len(filters) > 1 or any(b"Fl" not in name for name in filters):
                return False
            if filters:
                content = _inflated(content, _UNPACKED - unpacked)
            unpacked += len(content)
            if unpacked > _UNPACKED or (b"/ObjStm" in head and _repeats(content)):
                return False
            if b"/Form" in head:
                forms += len(content)
                if b"Do" in content:
                    return False
            contents.append(content)
    except (ValueError, zlib.error):
        return False
    shown = sum(content.count(b"Do") for content in contents) if forms else 0
    return max(map(len, contents), default=0) * pages <= _READ_AGAIN and forms * shown <= _READ_AGAIN


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(what stands between it and the one before, content) of each stream.

    Raises :class:`ValueError` where one begins within another or does not end.
    """
    position = 0
    while (begin := data.find(b"stream", position)) >= 0:
        end = data.index(b"stream", begin + 6)
        if data[begin - 3 : begin] == b"end" or data[end - 3 : end] != b"end":
            raise ValueError("the marks of streams do not alternate")
        yield data[position:begin], data[begin + 6 : end - 3]
        position = end + 6


def _inflated(packed: bytes, room: int) -> bytes:
    """The stream unpacked, at most one byte more than there is room; its head and checksum aside, as PDFium does."""
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed.lstrip(b"\r\n")[2:], room + 1)


def _repeats(data: bytes) -> bool:
    """Whether some array names the same objects again and again."""
    for array in _ARRAY.finditer(data):
        named = _REFERENCE.findall(array[1])
        if len(set(named)) * 2 < len(named):
            return True
    return False


def _is_disguised(data: bytes) -> bool:
    """Whether a name that tells of streams or of encryption is written with codes for its letters."""
    for code in _CODE.finditer(data):
        slash = data.rfind(b"/", max(code.start() - _LONGEST_NAME, 0), code.start())
        name = _NAME.match(data, slash) if slash >= 0 else None
        if name and name.end() > code.start():
            letters = _CODE.sub(lambda code: bytes([int(code[1], 16)]), name[0])
            if _TELLING.fullmatch(letters):
                return True
    return False
