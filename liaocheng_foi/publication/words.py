"""Words that pages share, zh and en; labels of the form come from the codebook, those of charts from the charts."""

from __future__ import annotations

from typing import TypeVar

_T = TypeVar("_T")

LEVELS = {
    "province": ("省级", "province"),
    "city": ("市级", "city"),
    "county": ("县级", "county"),
    "township": ("乡级", "township"),
    "department": ("部门", "department"),
}
SCOPES = {
    "organ": ("本机关", "this body alone"),
    "own-level": ("本级各机关", "the bodies of its own level"),
    "region-wide": ("全行政区域", "the whole region"),
}
HANDS = {
    "first": ("直接取自公布的文件", "from the published document"),
    "second": ("取自他人的转载", "from somebody's rendering of it"),
}
SEVERITIES = {
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "info": ("提示", "remark"),
}
#: What the first glance at a figure must say of it: note of the indicator -> badge.
BADGES = {
    "identity_fails": ("合计不符", "sums do not agree"),
    "tiny_denominator": ("不足10件，只列件数", "under 10: counts only"),
    "small_denominator": ("不足30件", "under 30"),
    "blank_as_zero": ("空白按0计", "blanks as 0"),
    "total_derived": ("合计由各项相加", "total added up"),
}


def pick(lang: str, zh: _T, en: _T) -> _T:
    """The one of two that is in the language."""
    return zh if lang == "zh" else en


def said(words: dict[str, tuple[str, str]], key: str | None, lang: str) -> str:
    """The words of a key; the key itself where there are none, nothing for no key."""
    return "" if key is None else pick(lang, *words.get(key, (key, key)))
