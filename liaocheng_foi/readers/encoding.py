"""Bytes → text: the encoding a Chinese public body really used, whatever the page declares."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: GB18030 contains GB2312 and GBK, which are declared where rarer characters are used all the same.
_WIDENED = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "hz"}
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE
)


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, int]:
    """(text, number of characters that could not be decoded).

    A byte-order mark decides; then UTF-8 where the bytes are valid UTF-8; then what the document declares, if it
    fits; then GB18030.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data.decode(encoding, "replace")
            return text, text.count("\ufffd")
    wide = _without_mark(data)
    candidates = [wide] if wide else ["utf-8"]
    found = declared or _declared(data)
    if found:
        candidates.append(_WIDENED.get(found.lower(), found))
    candidates.append("gb18030")
    for encoding in candidates:
        try:
            return data.decode(encoding), 0
        except (UnicodeDecodeError, LookupError):
            continue
    texts = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    best = min(texts, key=lambda text: text.count("\ufffd"))
    return best, best.count("\ufffd")


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a byte-order mark shows as ASCII with every other byte zero."""
    head = data[:512]
    if len(head) < 8 or b"\x00" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 5 < len(head) // 2:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def is_binary(text: str) -> bool:
    """Whether decoded bytes were no text at all: more than one character in fifty is a control character."""
    return len(_CONTROL.findall(text)) * 50 > len(text)
