"""Text of a PDF that is there and not seen: white on white, without any ink, or covered by what was drawn at last."""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import islice

import pypdfium2.raw as pdfium

from .drawing import filled_box

#: Paint this light is that of the paper.
_WHITE = 250
_INKLESS = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
#: Areas are looked up in strips of the page as high as two to this power.
_STRIP = 5
#: So many areas are looked at in one strip, of so many on the page; reports have a few dozens.
_MOST, _MOST_OF_PAGE = 60, 2000
#: Nothing is printed further from the corner of the page than this.
_FAR = 2**15
_EVERYWHERE = range(-(2**31), 2**31)

#: The name of the marks of layers, as PDFium gives it; and so many marks of one text are looked at.
_OPTIONAL, _MARKS = "OC\0".encode("utf-16-le"), 10

_Area = tuple[int, pdfium.FPDF_PAGEOBJECT, tuple[float, float, float, float]]


class Unseen:
    """Tells which characters of a page are not seen."""

    def __init__(self, drawn: list[tuple[int, int]], may_hide: bool, layered: bool) -> None:
        """``drawn``: (kind, address) of each object; ``may_hide``: whether the paint of some text may be none.

        ``layered``: whether the file has layers that are not shown; which ones is not known here.
        """
        self.told: list[str] = []
        """The characters that are not."""
        self._drawn = drawn
        self._may_hide = may_hide
        self.layered = layered
        self._areas: dict[int, list[_Area]] = {}
        texts = [place for place, (kind, _) in enumerate(drawn) if kind == pdfium.FPDF_PAGEOBJ_TEXT]
        for area in islice(_filled(drawn, 0 if may_hide or not texts else texts[-1]), _MOST_OF_PAGE):
            _, bottom, _, top = area[2]
            for strip in range(strip_of(bottom), strip_of(top) + 1):
                areas = self._areas.setdefault(strip, [])
                if len(areas) < _MOST:
                    areas.append(area)
        self.strips: Collection[int] = _EVERYWHERE if may_hide else self._areas.keys()
        """Where it is worth to ask."""

    @cached_property
    def _places(self) -> dict[int, int]:
        """Address of an object → its place in the order of drawing."""
        return {address: place for place, (_, address) in enumerate(self._drawn)}

    def tells(self, text: pdfium.FPDF_TEXTPAGE, index: int, box: pdfium.FS_RECTF) -> bool:
        """Whether a character is not seen."""
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        around = [
            (place, shape)
            for place, shape, (left, bottom, right, top) in self._areas.get(strip_of(y), ())
            if left <= x <= right and bottom <= y <= top
        ]
        if not around and not self._may_hide:
            return False
        shown = pdfium.FPDFText_GetTextObject(text, index)
        own = self._places.get(ctypes.cast(shown, ctypes.c_void_p).value or 0) if shown else None
        if own is None:
            return False
        if any(place > own and not pdfium.FPDFPageObj_HasTransparency(shape) for place, shape in around):
            return True
        return self._may_hide and _is_inkless(shown, [shape for _, shape in around])


def is_in_layer(text: pdfium.FPDF_TEXTPAGE, index: int) -> bool:
    """Whether a character belongs to some layer (optional content)."""
    shown = pdfium.FPDFText_GetTextObject(text, index)
    name, length = (ctypes.c_ushort * 3)(), ctypes.c_ulong()
    for number in range(min(pdfium.FPDFPageObj_CountMarks(shown), _MARKS) if shown else 0):
        mark = pdfium.FPDFPageObj_GetMark(shown, number)
        pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
        if length.value == ctypes.sizeof(name) and bytes(name) == _OPTIONAL:
            return True
    return False


def strip_of(y: float) -> int:
    """The number of the strip of a page that a height lies in."""
    return (int(y) if -_FAR < y < _FAR else _FAR) >> _STRIP


def _is_inkless(shown: pdfium.FPDF_PAGEOBJECT, ground: list[pdfium.FPDF_PAGEOBJECT]) -> bool:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(shown)
    if mode in _INKLESS:
        return True
    paint = _paint(shown) if mode == pdfium.FPDF_TEXTRENDERMODE_FILL else "coloured"
    return paint == "none" or (paint == "white" and not any(_paint(shape) == "coloured" for shape in ground))


def _filled(drawn: list[tuple[int, int]], first: int) -> Iterator[_Area]:
    """The filled areas from a place on in the order of drawing, that place, and where they lie."""
    for place, (kind, address) in enumerate(drawn[first:], start=first):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            shape = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
            box = filled_box(shape)
            if box is not None:
                yield place, shape, box


def _paint(shape: pdfium.FPDF_PAGEOBJECT) -> str:
    """``none``, ``white`` or ``coloured``."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(shape, red, green, blue, alpha):
        return "coloured"
    if not alpha.value:
        return "none"
    return "white" if min(red.value, green.value, blue.value) >= _WHITE else "coloured"
