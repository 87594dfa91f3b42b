"""Printed labels → codes, whatever their blanks, width, numbering, punctuation and small misprints.

A label is first reduced to its bare characters (:func:`bare`); equal bare labels are the same label. Only
where nothing is equal is the nearest label taken, and only when it is unmistakable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from .codebook import Code, codebook
from .values import INVISIBLE, chinese_number

#: At least this similar, and this much more than the runner-up, is unmistakable.
NEAR, MARGIN = 0.7, 0.15

_NUMBERING = re.compile(
    r"^(?:[(\[]?[一二三四五六七八九十]{1,3}[)\]、.,:;]+|[(\[]?\d{1,2}[)\]、.,:;]*|第[一二三四]项[、:]?)+"
)
_COUNT = re.compile(r"\d+|[一二三四五六七八九十]+")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_REMARK = re.compile(r"\(.*\)?$")
#: What stands behind a label and is no part of it: the unit of its figures, the mark of a note.
_BEHIND = re.compile(r"(?:[(（\[](?:单位[:：]?)?\s?[件项宗][)）\]]|[/／][件项宗]|[①-⑳*＊※]{1,9}+)\s?$")
#: It has at most so many letters.
_LONGEST_BEHIND = 10
#: A word of another language beside the label.
_FOREIGN = re.compile("[A-Za-z]{3,}")
#: Chinese words, and numbers in brackets or before a point.
_CHINESE = re.compile("[(（][一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,2}、|[\u4e00-\u9fff]+")
#: What no label that lacks it is near to: it counts other years than the report's.
_OTHER_YEAR = re.compile(r"20\d\d|[上去前往历][一半]?年|累计")
_YEAR_BEHIND = re.compile(r"\((?:20\d\d|[上去前往历]一?)年度?(?:同期)?(?:数|累计)?\)?$|\(累计\)?$")


@cache
def _simplified() -> dict[int, str]:
    """Traditional → simplified for the characters of the form."""
    pairs = files(__package__).joinpath("traditional.txt").read_text(encoding="utf-8").split()
    return {ord(pair[0]): pair[1] for pair in pairs}


def spellings(text: str) -> str:
    """The letters of a text, and all traditional ones that stand for them."""
    return text + "".join(chr(letter) for letter, simple in _simplified().items() if simple in text)


def _shown(text: str) -> str:
    """A label without blanks, numbering and what stands behind it, in simplified half-width characters."""
    text = _alone(text)
    own = text[:-_LONGEST_BEHIND] + _BEHIND.sub("", text[-_LONGEST_BEHIND:])
    shown = INVISIBLE.sub("", unicodedata.normalize("NFKC", own)).translate(_simplified())
    return _NUMBERING.sub("", shown, count=1)


def _alone(text: str) -> str:
    """A label in Chinese without the same in another language beside it."""
    if not _FOREIGN.search(text):
        return text
    return "".join(_CHINESE.findall(text)) or text


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """A label without blanks, numbering, punctuation and brackets' signs, in simplified half-width characters.

    The unit of its figures, the mark of a note and the same in another language are no part of it.
    """
    return _NOT_A_LETTER.sub("", _shown(text))


@lru_cache(maxsize=4096)
def number_of(text: str) -> int | None:
    """The number printed before a label; None where there is none."""
    shown = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_simplified())
    numbered = _NUMBERING.match(shown)
    first = _COUNT.search(numbered[0]) if numbered else None
    return (int(first[0]) if first[0].isdecimal() else chinese_number(first[0])) if first else None


@lru_cache(maxsize=8192)
def bare_head(text: str) -> str:
    """:func:`bare` of a label up to its first bracket behind the numbering."""
    return _NOT_A_LETTER.sub("", _REMARK.sub("", _shown(text)))


@dataclass(frozen=True, slots=True)
class Match:
    """A printed label and the code it stands for."""

    code: str
    exact: bool
    """False when only the nearest label was found."""
    usual: bool = True
    """False when it is a known variant and not the codebook's own wording."""


class Matcher:
    """Finds the code of a label among the codes of one axis of one table, also behind that of its group."""

    def __init__(self, codes: Iterable[Code], groups: Iterable[Code] = ()) -> None:
        labels_of = {group.code: group.labels for group in groups}
        self._usual: dict[str, str] = {}
        self._variants: dict[str, str] = {}
        for code in codes:
            for label in code.labels.values():
                self._usual.setdefault(bare(label), code.code)
            for alias in (*code.aliases, *(bare_head(label) for label in code.labels.values())):
                self._variants.setdefault(bare(alias), code.code)
            for group in code.parents:
                for edition, label in labels_of.get(group, {}).items():
                    if edition in code.labels:
                        self._variants.setdefault(bare(f"{label}{code.labels[edition]}"), code.code)
        self._keys = self._variants | self._usual
        self.exact = lru_cache(maxsize=8192)(self._exact)
        """The code whose label is a text, blanks and the like aside; else None."""
        self.near = lru_cache(maxsize=2048)(self._near)
        """The code whose label a text unmistakably is, although it is cut, shortened or misprinted; else None."""
        self.code = lru_cache(maxsize=8192)(self._code)
        """The code that :meth:`find` gives, without more."""

    def find(self, text: str) -> Match | None:
        """:attr:`exact`, else :attr:`near`."""
        return self.exact(text) or self.near(text)

    def _code(self, text: str) -> str | None:
        match = self.find(text)
        return match.code if match else None

    def _exact(self, text: str) -> Match | None:
        key = bare(text)
        if not key:
            return None
        code = self._usual.get(key)
        if code is not None:
            return Match(code, True)
        code = self._variants.get(key)
        if code is None and key[0] in "一二三四五六七八九十":
            code = self._keys.get(key[1:])
        return Match(code, True, usual=False) if code is not None else None

    def _near(self, text: str) -> Match | None:
        key = bare(text)
        if len(key) < 3:
            return None
        shown = _shown(text)
        counts_others = bool(_OTHER_YEAR.search(_REMARK.sub("", shown)) or _YEAR_BEHIND.search(shown))
        before_remark = self._keys.get(bare_head(text))
        if before_remark is not None and not counts_others:
            return Match(before_remark, False)
        scores: dict[str, float] = {}
        for label, code in self._keys.items():
            short, long = sorted((key, label), key=len)
            if len(short) < (NEAR - MARGIN) * len(long) and (len(short) < 4 or short not in long):
                continue  # too unlike to be taken, or to cast doubt; a cell may hold a whole page
            score = similarity(key, label)
            if score > scores.get(code, 0.0):
                scores[code] = score
        ranked = sorted(scores.values(), reverse=True)
        if not ranked or ranked[0] < NEAR or (len(ranked) > 1 and ranked[0] - ranked[1] < MARGIN):
            return None
        code = next(code for code, score in scores.items() if score == ranked[0])
        counts_them_too = any(known == code and _OTHER_YEAR.search(label) for label, known in self._keys.items())
        return Match(code, False) if counts_them_too or not counts_others else None

    def begins(self, text: str) -> bool:
        """Whether some label begins with this text and goes on: the text may be its first half."""
        key = bare(text)
        return bool(key) and any(label.startswith(key) and label != key for label in self._keys)


def similarity(one: str, other: str) -> float:
    """0 to 1: Levenshtein similarity; a shortened label counts by how much of the long one it keeps."""
    longer = max(len(one), len(other))
    if not longer:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= 4 and short in long:
        return max(0.75, len(short) / longer)
    return 1 - distance(one, other) / longer


def distance(one: str, other: str) -> int:
    """Levenshtein distance."""
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        current = [i]
        for j, b in enumerate(other, start=1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b)))
        previous = current
    return previous[-1]


@cache
def matcher(table: str, *axes: str) -> Matcher:
    """The matcher for one or more axes of a table."""
    book = codebook()
    return Matcher((code for axis in axes for code in book.select(table, axis)), book.select(table, "group"))
