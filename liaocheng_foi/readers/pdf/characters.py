"""The printed characters of a page of a PDF, each with its place."""

from __future__ import annotations

import ctypes
import sys

import pypdfium2.raw as pdfium

from ..limits import Tally
from .calls import INT, POINTER, plain, turned
from .letters import Character
from .unseen import Unseen, is_in_layer, strip_of

#: A character as low or high as this is looked at twice.
_LOW, _LARGE = 2.5, 40.0
#: Ink this low is a speck, on a page with larger letters.
_SPECK = 1.2
#: Blanks and breaks, which are told from places; halves of characters.
_UNSEEN = frozenset("\t\n\r \xa0\u3000\uffff") | frozenset(map(chr, range(0xD800, 0xE000)))
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
#: What the font of the file does not name (U+FFFE in PDFium's text): printed, but nobody knows as what. A hyphen at the
#: end of a line is U+0002 there.
_NAMES = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0), 0xFFFE} - set(map(ord, _UNSEEN)), _UNKNOWN) | {2: "-"}
_box_of = plain(pdfium.FPDFText_GetLooseCharBox, INT, POINTER, INT, POINTER)


def printed_characters(page: pdfium.FPDF_PAGE, unseen: Unseen, tally: Tally) -> list[Character]:
    """The printed characters of a page that one sees; the box of a character is as high as its line."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return []
    try:
        count = pdfium.FPDFText_CountChars(text)
        tally.add_objects(count)
        turn = turned(page)
        box = pdfium.FS_RECTF()
        reference = ctypes.byref(box)
        strips = unseen.strips
        found: list[Character] = []
        specks: list[int] = []
        for i, character in enumerate(_printed(text, count)):
            if character not in _UNSEEN and _box_of(text, i, reference):
                if character == _UNKNOWN and not _inked(text, i):
                    continue
                if strips and strip_of(box.bottom) in strips:
                    if unseen.tells(text, i, box):
                        unseen.told.append(character)
                        continue
                    if unseen.layered and character.isdigit() and is_in_layer(text, i):
                        character = _UNKNOWN
                left, bottom, right, top = box.left, box.bottom, box.right, box.top
                if not _LOW <= top - bottom <= _LARGE:
                    if top - bottom > _LARGE:
                        _mend(text, i, box)
                        left, bottom, right, top = box.left, box.bottom, box.right, box.top
                    elif character.isdigit() and _height(text, i) < _SPECK:
                        specks.append(len(found))
                if turn is not None:
                    left, bottom, right, top = turn(left, bottom, right, top)
                found.append(Character(character, left, right, (bottom + top) / 2, top - bottom))
        if specks and any(character.height > 2 * _LOW for character in found):
            unseen.told += [found[place].text for place in specks]
            small = set(specks)
            found = [character for place, character in enumerate(found) if place not in small]
        return found
    finally:
        pdfium.FPDFText_ClosePage(text)


def _printed(text: pdfium.FPDF_TEXTPAGE, count: int) -> str:
    """The characters of a page one by one, U+FFFD where one has no code."""
    units = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text, 0, count, units) == count + 1:
        printed = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(printed) == count:
            return printed.translate(_NAMES)
    # characters without a code are left out of the text, some others take two units: one by one
    codes = (pdfium.FPDFText_GetUnicode(text, i) for i in range(count))
    return "".join(chr(code) if code <= sys.maxunicode else " " for code in codes).translate(_NAMES)


def _mend(text: pdfium.FPDF_TEXTPAGE, index: int, box: pdfium.FS_RECTF) -> None:
    """Vertical writing: the box of the line is that of the unscaled font; the ink's own box is right."""
    left, right, bottom, top = _ink(text, index)
    if 0 < 3 * (top - bottom) < box.top - box.bottom:
        box.left, box.bottom, box.right, box.top = left, bottom, right, top


def _inked(text: pdfium.FPDF_TEXTPAGE, index: int) -> bool:
    """Whether a character is more than a blank; the ink of a blank is less than a hundredth of a point high."""
    return _height(text, index) > 0.1


def _height(text: pdfium.FPDF_TEXTPAGE, index: int) -> float:
    _, _, bottom, top = _ink(text, index)
    return top - bottom


def _ink(text: pdfium.FPDF_TEXTPAGE, index: int) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of what is printed of a character."""
    edges = tuple(ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, *edges)
    left, right, bottom, top = (edge.value for edge in edges)
    return left, right, bottom, top
