"""What is drawn on a page of a PDF: the lines of its tables, and pictures that text was recognised in."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from ..limits import Tally
from .calls import INT, POINTER, Turn, plain
from .ruled import Line

#: A drawn object this thin is a line.
_THIN = 4.0
#: A filled area this thin covers no character.
_LINE = 2.0
_object_at = plain(pdfium.FPDFPage_GetObject, POINTER, POINTER, INT)
_object_within = plain(pdfium.FPDFFormObj_GetObject, POINTER, POINTER, ctypes.c_ulong)
_kind_of = plain(pdfium.FPDFPageObj_GetType, INT, POINTER)


def objects(page: pdfium.FPDF_PAGE, tally: Tally) -> list[tuple[int, int]]:
    """(kind, address) of each object drawn on a page."""
    count = pdfium.FPDFPage_CountObjects(page)
    tally.add_objects(count)
    places = [_object_at(page, i) for i in range(count)]
    return [(_kind_of(place), place) for place in places]


def recognised(drawn: list[tuple[int, int]]) -> bool:
    """Whether the text of a page lies unseen over a picture, as recognition (OCR) puts it there."""
    kinds = [kind for kind, _ in drawn]
    if pdfium.FPDF_PAGEOBJ_IMAGE not in kinds or pdfium.FPDF_PAGEOBJ_TEXT not in kinds:
        return False
    text = ctypes.cast(drawn[kinds.index(pdfium.FPDF_PAGEOBJ_TEXT)][1], pdfium.FPDF_PAGEOBJECT)
    return bool(pdfium.FPDFTextObj_GetTextRenderMode(text) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def drawn_lines(
    drawn: list[tuple[int, int]], turn: Turn | None, tally: Tally
) -> tuple[list[Line], list[Line], list[Line]]:
    """Horizontal and vertical lines drawn on a page, also as thin rectangles or edges of boxes; and short dashes."""
    horizontal: list[Line] = []
    vertical: list[Line] = []
    dashes: list[Line] = []

    def take(left: float, bottom: float, right: float, top: float) -> None:
        if turn is not None:
            left, bottom, right, top = turn(left, bottom, right, top)
        wide, high = right - left, top - bottom
        if high <= _THIN < wide:
            horizontal.append(Line((top + bottom) / 2, left, right))
        elif wide <= _THIN < high:
            vertical.append(Line((left + right) / 2, bottom, top))
        elif wide > 2 * high:
            dashes.append(Line((top + bottom) / 2, left, right))

    for shape, matrix in _paths(drawn, tally):
        if not _visible(shape):
            continue
        box = _bounds(shape, matrix)
        if box is None:
            continue
        left, bottom, right, top = box
        if right - left <= _THIN or top - bottom <= _THIN:
            take(*box)
        else:
            for edge in _edges_of(shape, matrix, tally):
                take(*edge)
    return horizontal, vertical, dashes


_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1, 0, 0, 1, 0, 0)


def _paths(drawn: list[tuple[int, int]], tally: Tally) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, _Matrix]]:
    """Drawn shapes with the matrix of the form they stand in."""
    waiting = [(kind, place, _UNIT) for kind, place in drawn if kind != pdfium.FPDF_PAGEOBJ_TEXT]
    for kind, place, matrix in waiting:
        shape = ctypes.cast(place, pdfium.FPDF_PAGEOBJECT)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield shape, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            inside = pdfium.FPDFFormObj_CountObjects(shape)
            tally.add_objects(inside)
            own = _times(_matrix(shape), matrix)
            places = [_object_within(shape, i) for i in range(inside)]
            waiting += [(_kind_of(place), place, own) for place in places]


def _matrix(shape: pdfium.FPDF_PAGEOBJECT) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(shape, found):
        return _UNIT
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, l = other  # noqa: E741
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l)


def _at(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def filled_box(shape: pdfium.FPDF_PAGEOBJECT) -> tuple[float, float, float, float] | None:
    """Where a filled area lies; None for a line or what is not filled."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(shape, fill, stroke) or not fill.value:
        return None
    box = _bounds(shape, _UNIT)
    return box if box is not None and min(box[2] - box[0], box[3] - box[1]) > _LINE else None


def _visible(shape: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether a shape is stroked or filled at all; a white line is drawn over things, not around them."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(shape, fill, stroke):
        return False
    return bool(fill.value or stroke.value)


def _bounds(shape: pdfium.FPDF_PAGEOBJECT, matrix: _Matrix) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
        return None
    if matrix is _UNIT:
        return left.value, bottom.value, right.value, top.value
    corners = [_at(matrix, x.value, y.value) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _edges_of(
    shape: pdfium.FPDF_PAGEOBJECT, matrix: _Matrix, tally: Tally
) -> Iterator[tuple[float, float, float, float]]:
    """The straight pieces of a path as boxes; only those that are stroked bound anything."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)
    if not stroke.value:
        return
    own = _times(_matrix(shape), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = None
    count = pdfium.FPDFPath_CountSegments(shape)
    tally.add_objects(count)
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(shape, i)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = _at(own, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield _piece(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            yield _piece(last, start)
            last = start


def _piece(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
