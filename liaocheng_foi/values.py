"""One printed cell → number, unit, status: 0 is not blank is not ``/`` is not ``—``, and nothing is guessed.

A cell holds at most one number. Thousands separators, full-width and Chinese digits, a unit behind the number
and a note in brackets are understood; anything else that holds a digit is ``illegible`` with a problem, its
text kept.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

#: Blanks, zero-width marks, soft hyphens: printed but not seen.
INVISIBLE = re.compile(r"[\s\u00a0\u00ad\u034f\u180e\u200b-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\ufffe]+")
#: From here on letters are shown from right to left, digits too.
_TURNED = "\N{RIGHT-TO-LEFT OVERRIDE}"

_NOT_APPLICABLE = frozenset(["/", "//", "\\", "N/A", "n/a", "NA", "不适用"])
#: What programs write for a cell without anything.
NOTHING = frozenset(["NaN", "nan", "None", "null", "NULL"])
_DASHES = frozenset("-‐‑‒–—―−─━ー－﹣﹘")
#: Signs that stand for minus before a number, also those that programs make of it.
_MINUS = "-−﹣－‐‑‒–"
_ZERO_WORDS = frozenset(("无", "没有", "無", "未发生"))
_UNITS = "亿元|万元|元|件次|人次|件|項|项|条|條|宗|个|次|份|起"
#: Factor to 万元; a count's unit word changes nothing.
_MONEY = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}
_NUMBER = re.compile(
    rf"(?P<sign>[+{re.escape(_MINUS)}↑↓增减升降]*)"
    r"(?P<digits>\d{1,3}(?:[,，']\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<unit>{_UNITS})?"
    r"(?P<note>(?:[（(\[［【〔].*[）)\]］】〕]|[*＊※#†‡①-⑳⁰¹²³⁴-⁹₀-₉]+|[注註].*)?)",
    re.DOTALL,
)
_NUMERAL_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_NUMERAL_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴-⁹₀-₉①-⑳]")
#: Digits of the longest number, point included; more are no figure, and more than a float can hold.
_LONGEST = 16
_CUT = re.compile(r"\d\s+\d|\d\s*\n\s*[.\d]|\.\s+\d")
_THIN_BLANKS = re.compile(r"[+\-−]?\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Value:
    """What one cell says."""

    value: float | None
    """The number; money in 万元. None unless a number was printed."""
    status: str
    """One of :data:`liaocheng_foi.schemas.STATUSES`."""
    unit: str | None = None
    """Unit printed in the cell itself."""
    problem: str | None = None
    """Problem code, where the cell is doubtful or out of the ordinary."""


def _fullwidth_to_ascii(text: str) -> str:
    """Full-width, compatibility and other decimal digits as ASCII; superscripts stay, they are note marks."""
    return text if text.isascii() else text.translate(_PLAIN)


class _Plain(dict[int, str]):
    """Place of a character → how it is read; each found when it is first met."""

    def __missing__(self, place: int) -> str:
        character = chr(place)
        if not character.isascii() and not _SUPERSCRIPT.match(character):
            character = unicodedata.normalize("NFKC", character).translate(_OTHER_DIGITS)
        self[place] = character
        return character


_PLAIN = _Plain()
_OTHER_DIGITS = {
    ord(c): str(unicodedata.decimal(c)) for c in map(chr, range(0x660, 0xFF1A)) if unicodedata.category(c) == "Nd"
}


@lru_cache(maxsize=4096)
def parse(raw: str | None, money: str | None = None, signed: bool = False) -> Value:
    """Read one cell.

    ``money`` is the unit that the header gives a money column (``元``, ``万元``, ``亿元``), None for counts;
    ``signed`` says that the form allows a negative figure here.
    """
    text = _fullwidth_to_ascii(raw or "").strip()
    tight = INVISIBLE.sub("", text)
    if not tight or tight in NOTHING:
        return Value(None, "blank")
    if tight in _NOT_APPLICABLE:
        return Value(None, "not_applicable")
    if all(c in _DASHES for c in tight):
        return Value(None, "dash")
    if tight in _ZERO_WORDS:
        return Value(0.0, "text_zero")
    if _TURNED in text:
        return Value(None, "illegible", problem="not-a-number")
    match = _NUMBER.fullmatch(tight)
    if match is None:
        return _unusual(tight, money, signed)
    return _number(text, match, money, signed)


def _number(text: str, match: re.Match[str], money: str | None, signed: bool) -> Value:
    negative = _negative(match["sign"])
    digits = re.sub("[,，']", "", match["digits"])
    if len(digits) > _LONGEST or negative is None or (match["sign"] and not signed and negative):
        return Value(None, "illegible", problem="not-a-number")
    amount = Decimal(digits)
    unit = match["unit"]
    problem = "note-in-cell" if match["note"] else None
    if money is not None:
        amount *= _MONEY[unit if unit in _MONEY else money]
        if unit in _MONEY and unit != money:
            problem = "unit-in-cell"
    elif unit in _MONEY or amount != amount.to_integral_value():
        return Value(None, "illegible", problem="not-a-number")
    if _CUT.search(text) and not _THIN_BLANKS.fullmatch(text):
        problem = "number-split"
    return Value(float(-amount if negative else amount), "reported", unit, problem)


def _negative(sign: str) -> bool | None:
    """Whether a run of signs says minus; None when the signs contradict each other."""
    kinds = {c in f"{_MINUS}↓减降" for c in sign}
    return None if len(kinds) > 1 else kinds == {True}


def _unusual(tight: str, money: str | None, signed: bool) -> Value:
    bracketed = re.fullmatch(r"[（(](\d{1,15})[）)]", tight)
    if signed and bracketed:
        return Value(-float(bracketed[1]), "reported", problem="note-in-cell")
    numeral = chinese_number(re.sub(rf"(?:{_UNITS})$", "", tight))
    # a lone 一 is as often a dash as a one
    if numeral is not None and money is None and tight != "一":
        return Value(float(numeral), "reported")
    return Value(None, "illegible", problem="not-a-number")


def chinese_number(text: str) -> int | None:
    """``十二`` → 12, ``一千零五`` → 1005, ``二〇`` → 20; None when it is no Chinese numeral."""
    if not 0 < len(text) <= _LONGEST or any(c not in _NUMERAL_DIGITS and c not in _NUMERAL_SCALES for c in text):
        return None
    if not any(c in _NUMERAL_SCALES for c in text):
        return int("".join(str(_NUMERAL_DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    for c in text:
        if c == "万":
            total = (total + section + (digit or 0)) * 10000
            section, digit = 0, None
        elif c in _NUMERAL_SCALES:
            section += (1 if digit is None else digit) * _NUMERAL_SCALES[c]
            digit = None
        else:
            digit = _NUMERAL_DIGITS[c]
    return total + section + (digit or 0)


@lru_cache(maxsize=4096)
def is_figure_like(raw: str | None) -> bool:
    """Whether a cell looks like a figure's cell (a number, ``/``, a dash, 无) rather than a label or nothing."""
    value = parse(raw, "万元", True)
    return value.status not in ("blank", "illegible")
