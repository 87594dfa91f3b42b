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
#: Fonts that are this small together when packed are not unpacked here, which would take most of the time; PDFium goes
#: through none of them, but holds them twice: a packed byte may cost as much memory as so many bytes of a page.
_PACKED_FONTS, _PACKED_BYTE = 3 * 2**17, 9
#: What naming a stream costs, in bytes of it, however short it is.
_NAMED = 512
#: Bytes of a name that matters here, each letter as a code.
_LONGEST_NAME = 64

_ARRAY = re.compile(rb"\[(?:\s*\d+\s+\d+\s+R){2,}")
_REFERENCE = re.compile(rb"(\d{1,9})\s+\d+\s+R")
_NAMED_AS = re.compile(rb"(/FontFile[23]?\s*)?(?<!\d)(\d{1,32})(?:\s+\d+)?\s*\Z")
_END_OF_REFERENCE, _COMMENT_WITHIN = re.compile(rb"R(?<=\sR)\b"), re.compile(rb"%(?<=[\d\s]%)")
_OBJECT = re.compile(rb"(\d{1,9})\s+\d+\s+obj")
_FILTER = re.compile(rb"/(?:FlateDecode|LZWDecode|RunLengthDecode|ASCII85Decode|ASCIIHexDecode|Fl|LZW|RL|A85|AHx)\b")
_PICTURE = re.compile(rb"/(?:DCTDecode|JPXDecode|CCITTFaxDecode|JBIG2Decode)\b")
_APPEARANCE = re.compile(rb"/AP\b")
_NAME = re.compile(rb"/[^\s/<>()\[\]{}%]*")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_TELLING = re.compile(rb"/(?:.*Decode|Fl|LZW|RL|A85|AHx|Form|Encrypt|ObjStm|AP|OCProperties|ActualText|ca)")


#: Text without ink, paint that leaves none, white paint, and what is done next: another paint, or text in this one.
_INKLESS = (b"3 Tr", b"7 Tr")
_CLEAR = re.compile(rb"/ca\s+0?(?:\.0*)?(?=[\s/>])")
#: Sets a paint by numbers → how the last of them begins where it is next to white.
_PAINTS = {
    re.compile(rb"g(?<=[\sr]g)\b"): (b"1", b".9", b"0.9"),
    re.compile(rb"sc(?<=\ssc)n?\b"): (b"1", b".9", b"0.9"),
    re.compile(rb"k(?<=\sk)\b"): (b"0", b".0"),
}
#: No number of a paint is longer.
_OPERAND = 12
#: Layers, and what the file says that a text stands for.
_LAYERS, _RETOLD = b"/OCProperties", b"/ActualText"
_NEXT = re.compile(rb"\b(?:rg|g|k|scn?|Q|T[jJ])\b|['\"]")


class Look(NamedTuple):
    """What the streams of a PDF say of it."""

    ordinary: bool
    """Whether PDFium will be done with every page in time and memory fit for the file's size."""
    may_hide: bool = True
    """Whether some text may not be seen for its paint, or for the layer that it is in."""
    retold: bool = True
    """Whether the file may say of some text that it stands for another."""


def look(data: bytes, pages: int) -> Look:
    """Look at the streams of a file that says it has so many pages."""
    if b"/Encrypt" in data or _is_disguised(data):
        return Look(False)
    contents: list[bytes] = []
    sizes: dict[int, int] = {}
    structure = [data]
    fonts: set[int] = set()
    unpacked = forms = packed_fonts = 0
    may_hide = retold = False
    try:
        for head, content in _streams(data):
            filters = _FILTER.findall(head)
            if not filters and _PICTURE.search(head):
                continue
            if len(filters) > 1 or any(b"Fl" not in name for name in filters):
                return Look(False)
            number = int(_OBJECT.findall(head)[-1])
            if filters and _is_font(head) and packed_fonts + len(content) <= _PACKED_FONTS:
                packed_fonts += len(content)
                fonts.add(number)
                continue
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
            if _is_page(head):
                may_hide = may_hide or _may_hide(content)
                retold = retold or _RETOLD in content
            sizes[number] = max(len(content), sizes.get(number, 0))
    except (ValueError, IndexError, zlib.error):
        return Look(False)
    if fonts and any(_name_as_other(fonts, text) for text in structure):
        return Look(False)
    if forms and any(_APPEARANCE.search(text) for text in structure):
        return Look(False)  # a form that annotations show, no matter how many of them
    shown = sum(content.count(b"Do") for content in contents) if forms else 0
    largest = max(sizes.values(), default=0)
    named = max(_named(text, sizes) for text in structure)
    heaviest = max(largest, named, forms * shown)
    ordinary = (
        heaviest <= _AT_ONCE
        and heaviest + packed_fonts * _PACKED_BYTE <= 2 * _AT_ONCE
        and largest * pages <= _READ_AGAIN
    )
    may_hide = may_hide or any(_LAYERS in text or _CLEAR.search(text) for text in structure)
    return Look(ordinary, may_hide, retold or any(_RETOLD in text for text in structure))


def _is_page(head: bytes) -> bool:
    """Whether a stream may be what a page or form shows, not a font or picture."""
    own = head[head.rfind(b"obj") :]
    return b"/Length1" not in own and (b"/Subtype" not in own or b"/Form" in own)


def _is_font(head: bytes) -> bool:
    """Whether a stream says that it is a font."""
    return b"/Length1" in head[head.rfind(b"obj") :]


def _name_as_other(fonts: set[int], text: bytes) -> bool:
    """Whether one of the streams that say they are fonts is named as anything else, or in a way that is not seen."""
    for ends, is_whole in ((_END_OF_REFERENCE, True), (_COMMENT_WITHIN, False)):
        for end in ends.finditer(text):
            named = _NAMED_AS.search(text, max(end.start() - _LONGEST_NAME, 0), end.start())
            if named and int(named[2]) in fonts and not (named[1] and is_whole):
                return True
    return False


def _may_hide(content: bytes) -> bool:
    """Whether a stream prints text without ink, or next to white."""
    if any(mark in content for mark in _INKLESS):
        return True
    for paint, light in _PAINTS.items():
        for found in paint.finditer(content):
            values = content[max(found.start() - _OPERAND, 0) : found.start()].rstrip(b"r \t\r\n").split()
            if values and values[-1].startswith(light):
                done = _NEXT.search(content, found.end())
                if done is not None and done[0][:1] in b"T'\"":
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
