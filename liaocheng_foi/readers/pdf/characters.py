"""The printed characters of a page of a PDF that one sees, each with its place."""

from __future__ import annotations

import ctypes
import re
import sys
from array import array
from itertools import compress, repeat
from operator import sub
from typing import NamedTuple

import pypdfium2.raw as pdfium

from ..letters import UNKNOWN, Character
from ..limits import Tally
from .calls import INT, address_of, plain, rows_of
from .seen import Printed, seen
from .suspects import Suspects
from .view import ASKEW, Edges, View, direction

#: A character as low or high as this is looked at twice.
_LOW, _LARGE = 2.5, 40.0
#: Ink this low is a speck, on a page with larger letters.
_SPECK = 1.2
#: The ink of a blank is lower.
_LEAST_INK = 0.1
#: Names of what is not seen: blanks and breaks, which are told from places, and marks; ink may be printed under them.
_BLANKS = r"\s\xad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
#: These, halves of characters, and what is unknown.
_INKLESS = re.compile(f"([{_BLANKS}])|[\uffff\ud800-\udfff{UNKNOWN}]")
#: A hyphen as many fonts name it, and how much of the height of its line one takes at most.
_SOFT_HYPHEN, _FLAT = "\xad", 0.2
#: What the font of the file does not name (U+FFFE in PDFium's text): printed, but nobody knows as what.
_NAMELESS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe]")
#: A hyphen at the end of a line in PDFium's text.
_HYPHEN = "\x02"
#: A character of its values without a call of its own, which takes more than half of the time.
_new = tuple.__new__
_text_of = plain(pdfium.FPDFText_GetText, INT, 4)
_box_of = plain(pdfium.FPDFText_GetLooseCharBox, INT, 3)
_ink_of = plain(pdfium.FPDFText_GetCharBox, INT, 6)
_edges = (ctypes.c_double * 4)()
_places_of_edges = [ctypes.addressof(_edges) + 8 * i for i in range(4)]


class Printing(NamedTuple):
    """The text of a page."""

    characters: list[Character]
    turned: dict[int, list[Character]]
    """What is turned against the page, by the quarters that it is turned counter-clockwise."""
    unseen: str
    aside: str
    """What is no part of the text: outside of the paper, askew, as small as specks."""


class NotHere(Exception):
    """A page has to be drawn to tell what is seen of it, which may take PDFium time or memory without end."""


def printed_characters(
    page: pdfium.FPDF_PAGE, view: View, suspects: Suspects | None, tally: Tally, may_draw: bool
) -> Printing:
    """The printed characters of a page that one sees; the box of a character is as high as its line.

    Raises :class:`NotHere` where some can only be judged by drawing the page and ``may_draw`` is not set.
    """
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return Printing([], {}, "", "")
    try:
        count = pdfium.FPDFText_CountChars(text)
        tally.add_objects(count)
        printed = _printed(text, count)
        boxed, edges = rows_of(_box_of, 4, repeat(address_of(text), count), range(count))
        names = _with_ink(text, printed, boxed, edges)
        kept = list(compress(range(count), boxed))
        if not kept:
            return Printing([], {}, "", "")
        lefts, tops, rights, bottoms = (list(compress(edges[side::4], boxed)) for side in range(4))
        heights = list(map(sub, tops, bottoms))
        specks: list[int] = []
        if min(heights) < _LOW or max(heights) > _LARGE:
            for place, (i, height) in enumerate(zip(kept, heights, strict=True)):
                if _LOW <= height <= _LARGE:
                    continue
                left, bottom, right, top = _ink(text, i)
                if names[i].isdigit() and top - bottom < _SPECK:
                    specks.append(i)
                elif 0 < 3 * (top - bottom) < height > _LARGE:
                    # vertical writing: the box of the line is that of the unscaled font; the ink's own box is right
                    lefts[place], bottoms[place], rights[place], tops[place] = left, bottom, right, top
            heights = list(map(sub, tops, bottoms))
        doubtful: list[int] = []
        if suspects:
            doubtful = suspects.among(address_of(text), zip(kept, lefts, bottoms, rights, tops, strict=True))
        if doubtful and not may_draw:
            raise NotHere
        may_leave = view.is_left_by(min(lefts), min(bottoms), max(rights), max(tops))
        turn = view.turn
        if turn is not None:
            lefts, bottoms, rights, tops = map(list, zip(*map(turn, lefts, bottoms, rights, tops), strict=True))
            heights = list(map(sub, tops, bottoms))
        middles = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops, strict=True)]
        shown = zip(compress(names, boxed), lefts, rights, middles, heights, strict=True)
        characters: list[Character] = list(map(_new, repeat(Character), shown))
        if not (specks or doubtful or may_leave):
            return Printing(characters, {}, "", "")
        found = dict(zip(kept, characters, strict=True))
        aside = set(specks) if specks and any(c.height > 2 * _LOW for c in found.values()) else set()
        if may_leave:
            aside |= _beside_the_paper(found, view)
        unseen: set[int] = set()
        turned: dict[int, list[int]] = {}
        if suspects and doubtful:
            _judge(page, text, view, suspects, found, doubtful, unseen, turned)
            aside.update(turned.pop(ASKEW, ()))
        told, beside = ("".join(found.pop(i).text for i in sorted(places)) for places in (unseen, aside - unseen))
        against = {
            (way - view.quarters) % 4: [found.pop(i) for i in places if i in found] for way, places in turned.items()
        }
        return Printing(list(found.values()), against, told, beside)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _with_ink(text: pdfium.FPDF_TEXTPAGE, printed: str, boxed: list[int], edges: array[float]) -> list[str]:
    """The characters, blanks with ink called unknown; what is not printed is taken from those that have a box."""
    names = list(printed)
    for found in _INKLESS.finditer(printed):
        i, name = found.start(), found[0]
        height = edges[4 * i + 1] - edges[4 * i + 3]
        may_be_inked = name == UNKNOWN or (found[1] and height > 0)
        ink = _ink_height(text, i) if may_be_inked else 0
        if ink > _LEAST_INK:
            names[i] = "-" if name == _SOFT_HYPHEN and ink < _FLAT * height else UNKNOWN
        else:
            boxed[i] = False
    return names


def _beside_the_paper(found: dict[int, Character], view: View) -> set[int]:
    """The characters outside of the paper; the digits that they are cut off from become unknown."""
    width, height = view.size
    outside = {
        i
        for i, (_, left, right, middle, _) in found.items()
        if not (0 < middle < height and 0 < left + right < 2 * width)
    }
    for i in outside:
        for other in (i - 1, i + 1):
            if other in found and other not in outside and found[i].text.isdigit() and found[other].text.isdigit():
                found[other] = found[other]._replace(text=UNKNOWN)
    return outside


def _judge(
    page: pdfium.FPDF_PAGE,
    text: pdfium.FPDF_TEXTPAGE,
    view: View,
    suspects: Suspects,
    found: dict[int, Character],
    doubtful: list[int],
    unseen: set[int],
    turned: dict[int, list[int]],
) -> None:
    """Mark the digits that are seen in part, and tell what is unseen, or turned against the page, by its direction."""
    printed = {i: Printed(pdfium.FPDFText_GetTextObject(text, i), _ink(text, i)) for i in doubtful}
    # a form may lie over text of the page, with text of its own: each is judged beside the other
    texts = set(view.texts)
    of_page = {i: each for i, each in printed.items() if address_of(each.text) in texts}
    of_forms = {i: each for i, each in printed.items() if i not in of_page}
    judged: dict[int, bool | None] = {}
    for some in (of_page, of_forms):
        judged |= zip(some, seen(page, view, list(some.values())), strict=True)
    matrix = pdfium.FS_MATRIX()
    for i, is_seen in judged.items():
        each = printed[i]
        pdfium.FPDFText_GetMatrix(text, i, matrix)
        way = direction(matrix.a, matrix.b, matrix.c, matrix.d, each.text)
        if is_seen is False:
            unseen.add(i)
        elif way != view.quarters:
            turned.setdefault(way, []).append(i)
        if is_seen is None and found[i].text.isdigit():
            found[i] = found[i]._replace(text=UNKNOWN)
    if unseen:
        unseen -= _printed_again(page, view, suspects, found, printed, unseen)


def _printed_again(
    page: pdfium.FPDF_PAGE,
    view: View,
    suspects: Suspects,
    found: dict[int, Character],
    printed: dict[int, Printed],
    unseen: set[int],
) -> set[int]:
    """What is not seen itself but printed a second time at its place, which PDFium does not tell."""
    hidden = sorted(unseen)
    some = seen(page, view, [printed[i] for i in hidden], suspects.texts)
    again = {
        i
        for i, is_seen in zip(hidden, some, strict=True)
        if is_seen or (is_seen is None and not found[i].text.isdigit())
    }
    others = [character for i, character in found.items() if i not in unseen] if again else []
    return {i for i in again if not any(_overlap(found[i], other) for other in others)}


def _overlap(one: Character, other: Character) -> bool:
    high = max(one.height, other.height) / 2
    return one.left < other.right and other.left < one.right and abs(one.middle - other.middle) < high


def _printed(text: pdfium.FPDF_TEXTPAGE, count: int) -> str:
    """The characters of a page one by one, U+FFFD where one has no code."""
    units = array("H", bytes(2 * count + 2))
    place, _ = units.buffer_info()
    if _text_of(text, 0, count, place) == count + 1:
        printed = units.tobytes()[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(printed) == count:
            return _named(printed)
    # characters without a code are left out of the text, some others take two units: one by one
    codes = (pdfium.FPDFText_GetUnicode(text, i) for i in range(count))
    return _named("".join(chr(code) if code <= sys.maxunicode else " " for code in codes))


def _named(printed: str) -> str:
    return _NAMELESS.sub(UNKNOWN, printed.replace(_HYPHEN, "-"))


def _ink_height(text: pdfium.FPDF_TEXTPAGE, index: int) -> float:
    _, bottom, _, top = _ink(text, index)
    return top - bottom


def _ink(text: pdfium.FPDF_TEXTPAGE, index: int) -> Edges:
    """Where the ink of a character is."""
    _ink_of(text, index, *_places_of_edges)
    left, right, bottom, top = _edges
    return left, bottom, right, top
