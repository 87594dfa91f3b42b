"""Bytes → text: the encoding a Chinese public body really used, whatever the document declares."""

from __future__ import annotations

import codecs
import re

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
#: Text in GB18030 taken for UTF-8 loses nearly every Chinese character, damaged UTF-8 only a few of them.
_DAMAGED = 0.05


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, int]:
    """(text, number of characters that could not be decoded; each stands as U+FFFD in the text).

    A byte-order mark decides; then UTF-8 where the bytes are valid UTF-8; then what the document declares, if it
    fits; then GB18030. ``declared`` is an encoding named outside of the document; a ``<meta>`` or XML declaration
    in it is found here.
    """
    for mark, encoding in _WIDE_MARKS:
        if data.startswith(mark):
            return _counted(data.decode(encoding, "replace"))
    wide = _wide_without_mark(data)
    if wide:
        return _counted(data.decode(wide, "replace"))
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return _counted(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    utf8 = data.decode("utf-8", "replace")
    lost = utf8.count("\ufffd")
    if lost <= _DAMAGED * _beyond_ascii(utf8):
        return utf8, lost
    named = _TRIED.get((declared or _declaration(data) or "").lower())
    for encoding in filter(None, (named, "gb18030")):
        try:
            return _counted(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    gb18030 = data.decode("gb18030", "replace")
    return min((utf8, lost), _counted(gb18030), key=lambda found: found[1])


def _counted(text: str) -> tuple[str, int]:
    return text, text.count("\ufffd")


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


_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def is_binary(text: str) -> bool:
    """Whether decoded bytes were no text at all: at their head, one character in fifty is a control character."""
    head = text[:8192]
    return len(_CONTROL.findall(head)) * 50 > len(head)
