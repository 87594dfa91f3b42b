"""Text → the numbers in it that count something, each with unit, exactness and place.

Blanks and line breaks are taken out first (PDF text and OCR put them anywhere, also inside a number), titles
in 《》 are masked. Years, dates, ordinals, document and telephone numbers, times and versions have no unit of
the list below, or stand behind 第, letters or signs: they are no counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ..values import INVISIBLE, chinese_number
from . import vocabulary as words

_WIDTH = str.maketrans({0xFF10 + n: str(n) for n in range(10)} | {"％": "%", "﹪": "%", "．": ".", "﹒": "."})
_WIDE = re.compile("[０-９％﹪．﹒]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MASKED = re.compile(rf"《[^《》]*(?:《[^《》]*》[^《》]*)*》|{words.ANYBODY}|https?://[\w./?=&%-]+|www\.[\w./-]+")

_UNIT = "|".join(
    f"{unit}(?!{after})" if after else unit
    for unit, after in sorted(words.UNITS.items(), key=lambda pair: -len(pair[0]))
)
_AFTER = f"(?P<after>{words.OVER_AFTER}|{words.ABOUT_AFTER})"
_NUMBER = re.compile(
    r"(?=\d)(?<![\dA-Za-z.第_@#/×*\-〔\[])"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d{1,3}(?:，\d{3})+(?![\d.%])(?=[余多个件条次项场元人万份篇])|\d+(?:\.\d+)?)"
    rf"{_AFTER}?(?P<scale>[百千]?[万亿]|[百千])?(?P<after2>余|多)?"
    rf"(?:(?P<unit>{_UNIT})(?P<after3>以上|左右|上下)?|(?P<open>(?=[，,。；、）和及至到~～—–\-]|$)))"
)  # fmt: skip
_NUMERAL = re.compile(
    r"(?=[一二三四五六七八九十百千〇零两])(?<![第数几每初届年月之一二三四五六七八九十百千万〇零两点])(?P<digits>[一二三四五六七八九十百千〇零两]{1,7})"
    rf"{_AFTER}?(?P<scale>万|亿)?(?P<after2>余|多)?(?P<unit>{words.NUMERAL_UNITS})"
)
_PERCENT_IN_WORDS = re.compile(
    r"百分之(?:(?P<whole>[一二三四五六七八九十百〇零两]+)(?:点(?P<part>[一二三四五六七八九〇零]+))?|(?P<digits>\d+(?:\.\d+)?))"
)
_BEFORE = re.compile(
    rf"(?:(?P<over>{words.OVER_BEFORE})|(?P<under>{words.UNDER_BEFORE})|(?P<about>{words.ABOUT_BEFORE}))(?:占比?|为|达|有)?$"
)
_ABOUT_AFTER = re.compile(words.ABOUT_AFTER)
#: No count is printed with more characters than this.
_LONGEST = 20
_RANGE = re.compile(r"至|到|~|～|—+|–|-")
_OF_A_LIST = re.compile(r"[、，,]|和|及|以及")
_SESSION = re.compile(r"(?:届|人大|政协|全会|代表大会|常委会)[^，。]{0,4}$")
_QUOTED = re.compile(r"“[^”]{0,14}$")
_TENS = {
    "": 1,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "百亿": 1e10,
    "千亿": 1e11,
}
_MONEY = {"万元": ("万", "元"), "亿元": ("亿", "元")}


class Number(NamedTuple):
    """One number with its unit; places are in the tight text."""

    start: int
    end: int
    """Behind the unit."""
    value: float
    """As printed: 10.3 for 10.3万余条."""
    unit: str | None
    """As printed, scale included, 余 and 多 left out: 万条."""
    counter: str | None
    """The unit without its scale: 条."""
    amount: float
    """The value in the counter: 103000."""
    decimals: int
    bound: str | None
    """``over``, ``under`` or ``about`` where it is not said to be exact."""
    in_words: bool = False
    """Printed in Chinese characters."""
    bare: bool = False
    """Printed without a unit of its own."""


class Tight:
    """A text without blanks, in half-width digits, and the way back to the places in the original."""

    def __init__(self, raw: str) -> None:
        pieces: list[str] = []
        self._starts: list[int] = []
        self._shifts: list[int] = []
        at = length = 0
        for blank in INVISIBLE.finditer(raw):
            start, end = blank.span()
            if start > at:
                self._note(length, at)
                pieces.append(raw[at:start])
                length += start - at
            if _apart(raw, start, end):
                self._note(length, start)
                pieces.append(" ")
                length += 1
            at = end
        self._note(length, at)
        pieces.append(raw[at:])
        text = "".join(pieces).replace("(", "（").replace(")", "）")
        self.text = text.translate(_WIDTH) if _WIDE.search(text) else text
        #: The same with titles and other names masked, letter for letter.
        self.masked = _MASKED.sub(lambda title: "※" * len(title[0]), self.text)

    def _note(self, tight: int, raw: int) -> None:
        self._starts.append(tight)
        self._shifts.append(raw - tight)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Span in the original of a span (not empty) in the tight text."""
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, at: int) -> int:
        return at + self._shifts[bisect_right(self._starts, at) - 1]


def _apart(raw: str, start: int, end: int) -> bool:
    """Whether the digits on both sides of a blank are two numbers, not one cut by a line break or by OCR."""
    if start == 0 or end >= len(raw) or not (raw[start - 1].isdecimal() and raw[end].isdecimal()):
        return False
    left = re.search(r"\d[\d.,，]*$", raw[max(0, start - 20) : start])
    right = re.match(r"[\d.,，]+", raw[end : end + 20])
    if left is None or right is None:
        return True
    before = raw[max(0, start - len(left[0]) - 3) : start - len(left[0])]
    after = raw[end + len(right[0]) : end + len(right[0]) + 3]
    in_a_row = re.search(r"\d\s+$", before) or re.match(r"\s+\d", after)
    labelled = re.search(r"[图表件章节页附题]\s*$", before)
    years = _YEAR.fullmatch(left[0]) or _YEAR.fullmatch(right[0])
    return bool(in_a_row or labelled or years or "." in left[0])


def find_numbers(tight: Tight) -> list[Number]:
    """The numbers that count something, in order."""
    text = tight.masked
    found = [*_with_digits(text), *_in_words(text)]
    found.sort(key=lambda number: number.start)
    return found


def _with_digits(text: str) -> Iterator[Number]:
    waiting: list[tuple[re.Match[str], bool]] = []
    for match in _NUMBER.finditer(text):
        start, unit = match.start(), match["unit"]
        if _is_no_count(text, match):
            waiting.clear()
            continue
        if unit is None and not match["scale"]:
            joint = _RANGE.match(text, match.end()) or _OF_A_LIST.match(text, match.end())
            if joint and text[joint.end() : joint.end() + 1].isdigit():
                waiting.append((match, bool(_RANGE.fullmatch(joint[0]))))
                continue
        # 3至5次 and 15、9、4件: the unit behind the last number is that of all
        spread = waiting if waiting and waiting[-1][0].end() + 3 > start else []
        for earlier, is_range in spread:
            if unit is not None and (is_range or "分别" in text[max(0, earlier.start() - 40) : earlier.start()]):
                yield _number(text, earlier, unit, "over" if is_range else None)
            else:
                yield _number(text, earlier, None, None)
        ends_range = bool(spread and spread[-1][1])
        waiting = []
        yield _number(text, match, unit, "under" if ends_range else None)
    for earlier, _ in waiting:
        yield _number(text, earlier, None, None)


def _is_no_count(text: str, match: re.Match[str]) -> bool:
    start, unit = match.start(), match["unit"]
    previous = text[start - 1 : start]
    if len(match["digits"]) > _LONGEST or text.endswith("分之", 0, start):
        return True
    if unit is None and not match["scale"]:
        # without a unit only a plain number can be a count, and a year is none
        return bool(_YEAR.fullmatch(match["digits"])) or previous in tuple("+=.—–~号")
    if unit in ("名", "位", "强") and previous == "前":
        return True
    if unit == "分" and previous in ("时", ":", "点"):
        return True
    if unit == "日" and previous == "月":
        return True
    return unit == "条" and previous in ("第", "《")


def _number(text: str, match: re.Match[str], unit: str | None, bound: str | None) -> Number:
    digits = match["digits"].replace(",", "").replace("，", "")
    bare = not match["unit"] and not match["scale"]
    decimals = len(digits.partition(".")[2])
    return _made(text, match, float(digits), unit, bound, match["after3"], decimals=decimals, bare=bare)


def _in_words(text: str) -> Iterator[Number]:
    for match in _NUMERAL.finditer(text):
        numeral = chinese_number(match["digits"])
        before = text[max(0, match.start() - 16) : match.start()]
        session = match["unit"] == "次" and _SESSION.search(before)
        if numeral is None or session or _QUOTED.search(before) or match["digits"] in ("百", "千", "千百"):
            continue
        yield _made(text, match, float(numeral), match["unit"], None, in_words=True)
    for match in _PERCENT_IN_WORDS.finditer(text):
        digits = match["digits"] or _decimal(match["whole"], match["part"])
        if digits is not None:
            value = float(digits)
            decimals = len(digits.partition(".")[2])
            yield Number(*match.span(), value, "%", "%", value, decimals, None, in_words=True)


def _decimal(whole: str, part: str | None) -> str | None:
    """十二 and 五 of 百分之十二点五 as 12.5."""
    number = 100 if whole == "百" else chinese_number(whole)
    if number is None:
        return None
    return f"{number}.{''.join(str(chinese_number(digit)) for digit in part)}" if part else str(number)


def _made(
    text: str,
    match: re.Match[str],
    value: float,
    unit: str | None,
    bound: str | None,
    behind: str | None = None,
    decimals: int = 0,
    in_words: bool = False,
    bare: bool = False,
) -> Number:
    scale = match["scale"] or ""
    power, counter = _MONEY.get(unit or "", ("", unit))
    after = match["after"] or match["after2"] or behind
    before = _BEFORE.search(text, max(0, match.start() - 6), match.start())
    if bound is None and after:
        bound = "about" if _ABOUT_AFTER.fullmatch(after) else "over"
    elif bound is None and before:
        bound = before.lastgroup
    return Number(
        *match.span(),
        value,
        f"{scale}{unit or ''}" or None,
        counter,
        round(value * _TENS[scale] * _TENS[power], 6),
        decimals,
        bound,
        in_words,
        bare,
    )
