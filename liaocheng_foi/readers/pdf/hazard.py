"""Tells an ordinary PDF from one that may take PDFium time or memory without end, by a look at its streams.

A few kilobytes can ask for hours: streams that unpack to gigabytes, forms that hold forms that hold forms, one stream
named a thousand times. PDFium cannot be stopped while it loads a page, so that such a file is read in a process of its
own (:mod:`..apart`), which takes a tenth of a second longer. Being wrong to that side costs nothing else.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

#: Bytes that all streams together may unpack to, and that PDFium may be made to go through, page after page.
_UNPACKED = 32 * 2**20
_READ_AGAIN = 64 * 2**20
#: Bytes that one page may have it go through: a megabyte of text takes most of a second and 200 MB of memory.
_AT_ONCE = 2 * 2**20
#: What naming a stream costs, in bytes of it, however short it is.
_NAMED = 512
#: Bytes of a name that matters here, each letter as a code.
_LONGEST_NAME = 64

_ARRAY = re.compile(rb"\[(?:\s*\d+\s+\d+\s+R){2,}")
_REFERENCE = re.compile(rb"(\d{1,9})\s+\d+\s+R")
_OBJECT = re.compile(rb"(\d{1,9})\s+\d+\s+obj")
_FILTER = re.compile(rb"/(?:FlateDecode|LZWDecode|RunLengthDecode|ASCII85Decode|ASCIIHexDecode|Fl|LZW|RL|A85|AHx)\b")
_PICTURE = re.compile(rb"/(?:DCTDecode|JPXDecode|CCITTFaxDecode|JBIG2Decode)\b")
_APPEARANCE = re.compile(rb"/AP\b")
_NAME = re.compile(rb"/[^\s/<>()\[\]{}%]*")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_TELLING = re.compile(rb"/(?:.*Decode|Fl|LZW|RL|A85|AHx|Form|Encrypt|ObjStm|AP)")


#: Text without ink, paint that leaves none, white paint, and what is done next: another paint, or text in this one.
_INKLESS = (b"3 Tr", b"7 Tr")
_CLEAR = re.compile(rb"/ca\s+0?(?:\.0*)?(?=[\s/>])")
_WHITE = (b"1 1 1 rg", b"1 sc", b"1 g", b"0 0 0 0 k")
#: Layers switched off one by one, or all but those named.
_LAYER_OFF = re.compile(rb"/OFF\s*\[\s*\d|/BaseState\s*/OFF")
_NEXT = re.compile(rb"\b(?:rg|g|k|scn?|Q|T[jJ])\b")


class Look(NamedTuple):
    """What the streams of a PDF say of it."""

    ordinary: bool
    """Whether PDFium will be done with every page in time and memory fit for the file's size."""
    may_hide: bool = True
    """Whether some text may not be seen for its paint, or for the layer that it is in."""
    layered: bool = False
    """Whether some layer is not shown."""


def look(data: bytes, pages: int) -> Look:
    """Look at the streams of a file that says it has so many pages."""
    if b"/Encrypt" in data or _is_disguised(data):
        return Look(False)
    contents: list[bytes] = []
    sizes: dict[int, int] = {}
    structure = [data]
    unpacked = forms = 0
    may_hide = False
    try:
        for head, content in _streams(data):
            filters = _FILTER.findall(head)
            if not filters and _PICTURE.search(head):
                continue
            if len(filters) > 1 or any(b"Fl" not in name for name in filters):
                return Look(False)
            if filters:
                content = _inflated(content, _UNPACKED - unpacked)
            unpacked += len(content)
            if unpacked > _UNPACKED:
                return Look(False)
            if b"/Form" in head:
                forms += len(content)
                if b"Do" in content:
                    return Look(False)
            if b"/ObjStm" in head:
                structure.append(content)
            contents.append(content)
            may_hide = may_hide or (_is_page(head) and _may_hide(content))
            number = int(_OBJECT.findall(head)[-1])
            sizes[number] = max(len(content), sizes.get(number, 0))
    except (ValueError, IndexError, zlib.error):
        return Look(False)
    if forms and any(_APPEARANCE.search(text) for text in structure):
        return Look(False)  # a form that annotations show, no matter how many of them
    shown = sum(content.count(b"Do") for content in contents) if forms else 0
    largest = max(sizes.values(), default=0)
    named = max(_named(text, sizes) for text in structure)
    ordinary = max(largest, named, forms * shown) <= _AT_ONCE and largest * pages <= _READ_AGAIN
    layered = any(map(has_hidden_layers, structure))
    return Look(ordinary, may_hide or layered or any(map(_CLEAR.search, structure)), layered)


def has_hidden_layers(text: bytes) -> bool:
    """Whether the structure of a file says that a layer (optional content) is not shown."""
    return b"/OFF" in text and _LAYER_OFF.search(text) is not None


def _is_page(head: bytes) -> bool:
    """Whether a stream may be what a page or form shows, not a font or picture."""
    own = head[head.rfind(b"obj") :]
    return b"/Length1" not in own and (b"/Subtype" not in own or b"/Form" in own)


def _may_hide(content: bytes) -> bool:
    """Whether a stream prints text without ink or in white."""
    if any(mark in content for mark in _INKLESS):
        return True
    for paint in _WHITE:
        end = 0
        while (found := content.find(paint, end)) >= 0:
            end = found + len(paint)
            done = _NEXT.search(content, end)
            if done is not None and done[0][:1] == b"T":
                return True
    return False


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


def _named(text: bytes, sizes: dict[int, int]) -> int:
    """The bytes of the streams that one array names, each as often as it is named: the most of any."""
    return max(
        (
            sum(sizes[number] + _NAMED for number in map(int, _REFERENCE.findall(array[0])) if number in sizes)
            for array in _ARRAY.finditer(text)
        ),
        default=0,
    )


def _is_disguised(data: bytes) -> bool:
    """Whether a name that tells of streams or of encryption is written with codes for its letters."""
    end = 0
    for code in _CODE.finditer(data):
        if code.start() < end:
            continue
        slash = data.rfind(b"/", max(code.start() - _LONGEST_NAME, 0), code.start())
        name = _NAME.match(data, slash) if slash >= 0 else None
        if name and name.end() > code.start():
            end = name.end()
            letters = _CODE.sub(lambda code: bytes([int(code[1], 16)]), name[0])
            if _TELLING.fullmatch(letters):
                return True
    return False
