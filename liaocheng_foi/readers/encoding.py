"""Bytes → text: the encoding a Chinese public body really used, whatever the document declares."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Declarations worth a trial. GB18030 contains GB2312 and GBK, which are declared where rarer characters are used
#: all the same. One-byte encodings are left out: they fit any bytes, and no report in Chinese is written in one.
_TRIED = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "gb18030": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cp950": "cp950",
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE
)
#: Text in GB18030 taken for UTF-8 loses nearly every Chinese character; damaged UTF-8, and a page with a foot in
#: GB18030, a part of them.
_DAMAGED = 0.3


class Decoded(NamedTuple):
    """The text of a document."""

    text: str
    lost: int
    """Characters that could not be decoded; each stands as U+FFFD in the text."""
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text in the encoding that fits.

    A byte-order mark decides; then UTF-8 where the bytes are valid UTF-8; then what the document declares, if it
    fits; then GB18030.
    """
    for mark, encoding in _WIDE_MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    wide = _wide_without_mark(data)
    if wide:
        return _decoded(data, wide)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return _decoded(data, "utf-8", "strict")
    except UnicodeDecodeError:
        pass
    utf8 = _decoded(data, "utf-8")
    if utf8.lost <= _DAMAGED * _beyond_ascii(utf8.text):
        return utf8
    named = _TRIED.get((_declaration(data) or "").lower())
    for encoding in filter(None, (named, "gb18030")):
        try:
            return _decoded(data, encoding, "strict")
        except UnicodeDecodeError:
            continue
    return min(utf8, _decoded(data, "gb18030"), key=lambda found: found.lost)


def _decoded(data: bytes, encoding: str, errors: str = "replace") -> Decoded:
    text = data.decode(encoding, errors)
    return Decoded(text, text.count("\ufffd"), encoding)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _declaration(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte-order mark shows as ASCII with every other byte zero."""
    head = data[:512]
    if len(head) < 8 or b"\x00" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 < len(head) // 2 or min(even, odd) * 5 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20)])


def is_binary(text: str) -> bool:
    """Whether decoded bytes were no text at all: at their head, one character in fifty is a control character."""
    head = text[:8192].encode("utf-8", "replace")
    return (len(head) - len(head.translate(None, _CONTROLS))) * 50 > len(text[:8192])
