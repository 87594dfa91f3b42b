"""Tells an ordinary PDF from one that may take PDFium time or memory without end, by a look at its streams.

A few kilobytes can ask for hours: streams that unpack to gigabytes, forms that hold forms that hold forms, one stream
named a thousand times. PDFium cannot be stopped while it loads a page, so that such a file is read in a process of its
own (:mod:`..apart`), which takes a tenth of a second longer. Being wrong to that side costs nothing else.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import chain
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
#: Bytes of a name that matters here, each letter as a code; bytes before a reference that tell what is named, and how.
_LONGEST_NAME, _LONGEST_REFERENCE = 64, 400

#: Blanks as PDFium takes them, and what it takes for a part of a number.
_BLANKS, _OF_NUMBERS = b"\0\t\n\f\r \x80\xff", b"0123456789+-."
_BLANK = rb"[\0\t\n\f\r \x80\xff]"
_ARRAY = re.compile(rb"\[(?:B*\d+B+\d+B+R){2,}".replace(b"B", _BLANK))
_REFERENCE = re.compile(rb"(\d{1,9})B+\d+B+R".replace(b"B", _BLANK))
_END_OF_REFERENCE = re.compile(rb"R(?<=BR)\b".replace(b"B", _BLANK))
_COMMENT_WITHIN = re.compile(rb"%(?<=[\d+.\0\t\n\f\r \x80\xff-]%)")
_WHOLE = re.compile(rb"[+-]*(\d+)")
#: A dictionary up to its reference to the file of a font.
_OF_FONT = re.compile(rb"<<(?:[^][%()<>]|\[[^][%()<>]*\]|\([^][%()<>\\]*\))*/FontFile[23]?\s*")
_STREAM = re.compile(rb"stream")
_OBJECT = re.compile(rb"(\d{1,9})\s+\d+\s+obj")
_FILTER = re.compile(rb"/(?:FlateDecode|LZWDecode|RunLengthDecode|ASCII85Decode|ASCIIHexDecode|Fl|LZW|RL|A85|AHx)\b")
_PICTURE = re.compile(rb"/(?:DCTDecode|JPXDecode|CCITTFaxDecode|JBIG2Decode)\b")
#: Names that say something of the whole file: protection, what annotations show, layers, clear paint, and what a text
#: stands for.
_SAID = re.compile(rb"/(?:Encrypt|AP\b|OCProperties|ca\s+0?(?:\.0*)?(?=[\s/>])|ActualText)")
_ENCRYPTED, _APPEARANCE, _LAYERS, _CLEAR, _RETOLD = b"/Encrypt", b"/AP", b"/OCProperties", b"/ca", b"/ActualText"
_NAME = re.compile(rb"/[^\s/<>()\[\]{}%]*")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_TELLING = re.compile(rb"/(?:.*Decode|Fl|LZW|RL|A85|AHx|Form|Encrypt|ObjStm|AP|OCProperties|ActualText|ca)")

#: Text without ink, white paint, and what is done next: another paint, or text in this one.
_INKLESS = re.compile(rb"Tr(?<=[37]\sTr)")
#: Sets a paint by numbers, mostly black → how the last of them begins where it is next to white.
_PAINTS = {
    re.compile(rb"g(?<=[\sr]g)\b(?<! 0 rg)(?<! 0 g)"): (b"1", b".9", b"0.9"),
    re.compile(rb"sc(?<=\ssc)n?\b"): (b"1", b".9", b"0.9"),
    re.compile(rb"k(?<=\sk)\b(?<! 1 k)"): (b"0", b".0"),
}
#: No number of a paint is longer.
_OPERAND = 12
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
    if _is_disguised(data):
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
            begin = head.rindex(b"obj")
            own = head[begin:]
            number = int(_OBJECT.findall(head, max(begin - _LONGEST_NAME, 0))[-1])
            is_form = b"/Form" in head
            if filters and b"/Length1" in own and not is_form and packed_fonts + len(content) <= _PACKED_FONTS:
                packed_fonts += len(content)
                fonts.add(number)
                continue
            if filters:
                content = _inflated(content, _UNPACKED - unpacked)
            unpacked += len(content)
            if unpacked > _UNPACKED:
                return Look(False)
            if is_form:
                forms += len(content)
                if b"Do" in content:
                    return Look(False)
            if b"/ObjStm" in head:
                structure.append(content)
            contents.append(content)
            if b"/Length1" not in own and (b"/Subtype" not in own or b"/Form" in own):
                # what a page or form shows, not a font or picture
                may_hide = may_hide or _may_hide(content)
                retold = retold or _RETOLD in content
            sizes[number] = max(len(content), sizes.get(number, 0))
    except (ValueError, IndexError, zlib.error):
        return Look(False)
    said = {name for text in structure for name in _SAID.findall(text)}
    if _ENCRYPTED in said or (fonts and any(_name_as_other(fonts, text) for text in structure)):
        return Look(False)
    if forms and _APPEARANCE in said:
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
    may_hide = may_hide or _LAYERS in said or any(name.startswith(_CLEAR) for name in said)
    return Look(ordinary, may_hide, retold or _RETOLD in said)


def _name_as_other(fonts: set[int], text: bytes) -> bool:
    """Whether one of the streams that say they are fonts is named as anything else, or in a way that is not seen."""
    for mark in chain(_END_OF_REFERENCE.finditer(text), _COMMENT_WITHIN.finditer(text)):
        first = max(mark.start() - _LONGEST_REFERENCE, 0)
        before, last = _number_at_end(text[first : mark.start()])
        before, number = _number_at_end(before)
        if first and not before:
            return True
        if mark[0] == b"%" and (_may_be_one(number, fonts) or _may_be_one(last, fonts)):
            return True
        if _may_be_one(number, fonts) and not _is_of_font(text, first + len(before)):
            return True
    return False


def _is_of_font(text: bytes, end: int) -> bool:
    """Whether what stands before a reference says that it is one to the file of a font."""
    opened = max(text.rfind(b"<<", 0, end), 0)
    line = max(text.rfind(b"\r", 0, opened), text.rfind(b"\n", 0, opened)) + 1
    return b"%" not in text[line:opened] and _OF_FONT.fullmatch(text, opened, end) is not None


def _number_at_end(text: bytes) -> tuple[bytes, bytes]:
    """What stands before the number at the end of a text, and that number as it is written."""
    text = text.rstrip(_BLANKS)
    before = text.rstrip(_OF_NUMBERS)
    return before, text[len(before) :]


def _may_be_one(number: bytes, fonts: set[int]) -> bool:
    """Whether what is written may be the number of a font."""
    whole = _WHOLE.match(number)
    return whole is not None and int(whole[1]) in fonts


def _may_hide(content: bytes) -> bool:
    """Whether a stream prints text without ink, or next to white."""
    if _INKLESS.search(content):
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
    marks = [mark.start() for mark in _STREAM.finditer(data)]
    end = 0
    for begin, behind in zip(marks[::2], marks[1::2], strict=True):
        if data[begin - 3 : begin] == b"end" or data[behind - 3 : behind] != b"end":
            raise ValueError("the marks of streams do not alternate")
        yield data[end:begin], data[begin + 6 : behind - 3]
        end = behind + 6


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
