"""Characters of a page of a PDF that one may not see as they are printed: found cheaply, for :mod:`.seen` to judge.

Most pages have none. Suspect is text that something was drawn over, that is cut by the edge of an area, printed without
ink or in white, turned against the page, or part of a form, where layers and other areas may be.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import filterfalse

import pypdfium2.raw as pdfium

from .calls import INT, POINTER, plain
from .drawing import TEXT, WHITE, Area, Drawing, Objects, bounds, paint_of
from .marks import is_in_layer
from .view import Edges, View

#: Paint this dark may be that of the text on it, up to 255.
_DARK = 128
_INKLESS = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
#: Areas are looked up in strips of the page as high as two to this power.
_STRIP = 5
#: No letter is higher than this.
_HIGHEST = 40
#: So much of a character at each side may lie beside its ink, or below the ground of the next cell.
_EDGE = 0.25
#: Where more areas than this lie in one strip, or on a page, all text is suspect; reports have a few dozens.
_MOST, _MOST_OF_PAGE = 60, 2000
#: Nothing is printed further from the corner of the page than this.
_FAR = 2**15
#: The corners and the end of a rectangle.
_RECTANGLE = (4, 5)

_text_at = plain(pdfium.FPDFText_GetTextObject, POINTER, 2)
_clip_of = plain(pdfium.FPDFPageObj_GetClipPath, POINTER, 1)
_paths_in = plain(pdfium.FPDFClipPath_CountPaths, INT, 1)
_segments_in = plain(pdfium.FPDFClipPath_CountPathSegments, INT, 2)


class Suspects:
    """Tells which characters of a page may not be seen as they are printed."""

    def __init__(self, drawn: Objects, drawing: Drawing, view: View, may_hide: bool) -> None:
        """``may_hide``: whether the paint of some text may be none."""
        areas = drawing.areas
        self.texts = drawing.texts
        """The addresses of all texts."""
        self._addresses = drawn.addresses
        self._odd = {
            *view.turned_texts(),
            *filterfalse(_is_within_its_areas, _cut(view.texts)),
            *(filter(_is_pale_or_in_layer, view.texts) if may_hide else ()),
        }
        last = len(drawn.kinds)
        first = drawn.kinds.index(TEXT) if drawn.texts else last
        self._areas: dict[int, list[tuple[int, Edges]]] = {}
        self._all = len(areas) > _MOST_OF_PAGE
        for area in areas if not self._all else ():
            over = last if _is_dark(area) else area.place
            if over > first:
                for strip in _strips(area.box):
                    self._areas.setdefault(strip, []).append((over, area.box))
        self._anywhere = self._all or bool(self._odd) or pdfium.FPDF_PAGEOBJ_FORM in drawn.kinds
        #: the feet of characters that are worth to look at lie between these
        self._low: float
        self._high: float
        self._low, self._high = (-_FAR, _FAR) if self._anywhere else _extent(self._areas)

    def __bool__(self) -> bool:
        return self._low < self._high

    @cached_property
    def _places(self) -> dict[int, int]:
        """Address of an object → its place in the order of drawing."""
        return dict(zip(self._addresses, range(len(self._addresses)), strict=True))

    def among(self, text: int, boxes: Iterable[tuple[int, float, float, float, float]]) -> list[int]:
        """The numbers of those characters of a page's text (number, box) that are suspect."""
        low, high, areas, everywhere = self._low, self._high, self._areas, self._anywhere
        found = []
        for i, left, bottom, right, top in boxes:
            if not low <= bottom <= high:
                continue
            near = areas.get(int(bottom) >> _STRIP, ())
            if self._all or len(near) > _MOST:
                found.append(i)
                continue
            if not (near or everywhere):
                continue
            cover = -1
            wide, tall = (right - left) * _EDGE, (top - bottom) * _EDGE
            for place, (x0, y0, x1, y1) in near:
                if left + wide < x1 and right - wide > x0 and bottom + tall < y1 and top - tall > y0 and place > cover:
                    cover = place
            if cover >= 0 or everywhere:
                address = _text_at(text, i)
                own = self._places.get(address)
                # words that the file says without a text that stands for them are shown nowhere
                if own is None or own < cover or address in self._odd:
                    found.append(i)
        return found


def _strips(box: Edges) -> range:
    """The numbers of the strips of the page where characters begin that lie in a box."""
    first, last = (int(max(-_FAR, min(y, _FAR))) >> _STRIP for y in (box[1] - _HIGHEST, box[3]))
    return range(first, last + 1)


def _extent(areas: Collection[int]) -> tuple[float, float]:
    """Between which heights some strips lie."""
    return (min(areas) << _STRIP, (max(areas) + 1) << _STRIP) if areas else (_FAR, -_FAR)


def _cut(texts: Collection[int]) -> list[int]:
    """The texts that are cut by the edge of some area, mostly far from them."""
    paths = list(map(_paths_in, map(_clip_of, texts)))
    return [text for text, number in zip(texts, paths, strict=True) if number > 0] if max(paths, default=0) > 0 else []


def _is_within_its_areas(text: int) -> bool:
    clip, box = _clip_of(text), bounds(text)
    return box is not None and all(_contains(clip, number, box) for number in range(_paths_in(clip)))


def _contains(clip: int, number: int, box: Edges) -> bool:
    """Whether an area that text is cut by is a rectangle around it."""
    if _segments_in(clip, number) not in _RECTANGLE:
        return False
    one, other = _corner(clip, number, 0), _corner(clip, number, 2)
    left, right = sorted((one[0], other[0]))
    bottom, top = sorted((one[1], other[1]))
    return left <= box[0] and bottom <= box[1] and box[2] <= right and box[3] <= top


def _corner(clip: int, number: int, segment: int) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(
        pdfium.FPDFClipPath_GetPathSegment(ctypes.cast(clip, pdfium.FPDF_CLIPPATH), number, segment), x, y
    )
    return x.value, y.value


def _is_pale_or_in_layer(address: int) -> bool:
    """Whether a text is printed without ink, in white, or in a layer."""
    text = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text)
    if mode in _INKLESS or is_in_layer(text):
        return True
    stroked = mode == pdfium.FPDF_TEXTRENDERMODE_STROKE
    paint = paint_of(address, pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor)
    return paint is None or min(paint) >= WHITE


def _is_dark(area: Area) -> bool:
    if area.kind != pdfium.FPDF_PAGEOBJ_PATH:
        return False
    paint = paint_of(area.address)
    return paint is not None and sum(paint) < 3 * _DARK
