"""A number as a spreadsheet program shows it by the format of its cell: units, signs for zero, thousands, dates.

What a format adds to a number or puts in its place is part of it, and digits that it rounds away are not.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

#: Codes of the formats that have a number and no code in the file, where they show more than the digits.
_BUILT_IN = {
    **dict.fromkeys((1, 3, 37, 38), "0"), **dict.fromkeys((2, 4, 39, 40), "0.00"), 9: "0%", 10: "0.00%",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "y"),
    **dict.fromkeys((41, 42), '0;-0;"-"'), **dict.fromkeys((43, 44), '0.00;-0.00;"-"'),
}  # fmt: skip
_SECTION = re.compile(r'((?:"[^"]*"|[\\!_*].|[^;])*)(?:;|$)')
#: A literal in quotes or behind a mark, what only colours, widens or localises, and any other character.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|\[[^\]]*\]|_.|\*.|(?P<general>general|G/通用格式)|(?P<mark>.)',
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARED = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
#: So many places a number takes at most, with its point, where its decimals can be rounded; less is written 1E-05.
_WIDEST, _LEAST = 11, 1e-4
#: From here on a number has more digits than are kept of it.
_LARGEST = 1e15
#: Characters of the longest code that programs write.
_LONGEST = 255
_DIGITS, _DATES = frozenset("0#?"), frozenset("ymdhs")
#: Signs that a number has anyway, being negative or not, and those of the currency, which the header names better.
_IDLE = {True: re.compile(r"[-+()（）\s¥￥$]+"), False: re.compile(r"[+\s¥￥$]+")}


def number(value: float) -> str:
    """A number as a spreadsheet keeps it, at most 15 digits: ``13612.0`` is 13612, ``0.30000000000000004`` is 0.3."""
    value = float(f"{value:.15g}")
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def general(value: float) -> str:
    """A number as it is shown where no format says how: ``30.000000000001`` is 30."""
    whole = len(str(abs(int(value))))
    return number(round(value, _WIDEST - whole - 1) if whole < _WIDEST and abs(value) >= _LEAST else value)


def code_of(number_of_format: str, own: dict[str, str]) -> str:
    """The code of a format; nothing where it shows the bare number."""
    if number_of_format in own:
        return own[number_of_format][:_LONGEST]
    return _BUILT_IN.get(int(number_of_format), "") if number_of_format.isdecimal() else ""


def formatted(value: float, code: str, since: datetime) -> str:
    """The text of a number; ``since`` is the day that the file counts its days from.

    Raises :class:`OverflowError` or :class:`ValueError` where a date is out of the calendar.
    """
    tokens = _tokens(_section(code, value))
    marks = {mark for mark, _ in tokens}
    if "%" in marks:
        return f"{_rounded(value * 100, tokens)}%"
    if marks & _DATES and not marks & _DIGITS:
        return _date(value, since)
    places = [i for i, (mark, _) in enumerate(tokens) if mark in _DIGITS or mark in ("general", "@")]
    if not places:
        return "".join(text for _, text in tokens).strip()
    first, last = places[0], places[-1]
    thousands = 0
    while last + 1 < len(tokens) and tokens[last + 1][0] == ",":
        thousands, last = thousands + 1, last + 1
    value = value / 1000**thousands
    within = tokens[first : last + 1]
    is_cut = _words(within, value) and abs(value) < _LARGEST
    shown = _filled(int(_half_up(value, 0)), within) if is_cut else _rounded(value, within)
    if shown == "0" and not any(mark in ("0", "general", "@", "/") for mark, _ in within):
        shown = ""  # the other places show no zero
    before, behind = (_words(part, value) for part in (tokens[:first], tokens[last + 1 :]))
    return f"{before}{shown}{behind}"


def text_formatted(text: str, code: str) -> str:
    """A text as the part of a format for texts shows it."""
    sections = _sections(code)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and "@" not in section:
        return text
    return "".join(text if mark == "@" else literal for mark, literal in _tokens(section)).strip()


_Token = tuple[str, str]


@lru_cache(maxsize=256)
def _sections(code: str) -> list[str]:
    """For positive numbers, negative ones, zero and texts."""
    sections: list[str] = []
    position = 0
    while position <= len(code) and len(sections) < 4:
        match = _SECTION.match(code, position)
        if match is None:
            break
        sections.append(match[1])
        position = match.end() + (match.end() == len(code) and not match[0].endswith(";"))
    return sections


@lru_cache(maxsize=256)
def _tokens(section: str) -> Sequence[_Token]:
    """(what the character does, "") or ("", the literal text) one after the other."""
    found: list[_Token] = []
    for match in _TOKEN.finditer(section):
        literal = match["quoted"] or match["escaped"]
        if literal:
            found.append(("", literal))
        elif match["general"]:
            found.append(("general", ""))
        elif mark := match["mark"]:
            does = mark.lower() in "0#?.,%/@eymdhs"
            found.append((mark.lower(), "") if does else ("", mark))
    return found


def _section(code: str, value: float) -> str:
    """The part of a code that is for a value: by its conditions, else by the sign."""
    sections = _sections(code)
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _COMPARED[condition[1]](value, float(condition[2])):
                return section
        return "General"
    if len(sections) == 1 or value > 0:
        return sections[0]
    if value < 0:
        return sections[1]
    return sections[2] if len(sections) > 2 else sections[0]


def _rounded(value: float, tokens: Sequence[_Token]) -> str:
    """With as many decimals as there are places for them; all where the format leaves them open."""
    marks = [mark for mark, _ in tokens]
    if any(mark in marks for mark in ("general", "@")) or abs(value) >= _LARGEST:
        return general(value)
    if "/" in marks:
        return _fraction(value, sum(mark in _DIGITS for mark in marks[marks.index("/") :]))
    places = sum(mark in _DIGITS for mark in marks[marks.index(".") :]) if "." in marks else 0
    if "e" in marks:
        return f"{value:.{sum(mark in _DIGITS for mark in marks[: marks.index('e')]) - 1}E}"
    return number(float(_half_up(value, places)))


def _half_up(value: float, places: int) -> Decimal:
    return Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _fraction(value: float, digits: int) -> str:
    """``12 1/3``, with as many digits below the line at most."""
    nearest = Fraction(value).limit_denominator(10 ** min(digits, 4) - 1)
    whole, rest = divmod(abs(nearest), 1)
    return "-" * (nearest < 0) + (f"{whole} {rest}" if rest else f"{whole}")


def _words(tokens: Sequence[_Token], value: float) -> str:
    return _IDLE[value < 0].sub("", "".join(text for _, text in tokens))


def _filled(value: int, tokens: Sequence[_Token]) -> str:
    """Digits with literals between: ``0!.0,`` shows 123456 as 12.3."""
    digits = list(str(abs(value)))
    shown: list[str] = []
    for mark, text in reversed(tokens):
        if text:
            shown.append(text)
        elif mark in _DIGITS and digits:
            shown.append(digits.pop())
        elif mark == "0":
            shown.append("0")
    return "-" * (value < 0) + "".join(digits) + "".join(reversed(shown))


def _date(value: float, since: datetime) -> str:
    moment = since + timedelta(days=value)
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    return moment.time().isoformat() if 0 <= value < 1 else moment.isoformat(" ").removesuffix(" 00:00:00")
