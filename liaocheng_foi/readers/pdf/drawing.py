"""What is drawn on a page of a PDF: the lines of its tables, and what may lie over its text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from ..limits import Tally
from .calls import INT, POINTER, address_of, plain
from .dotted import dotted
from .ruled import Line
from .view import Edges, Turn

#: A drawn object this thin is a line.
_THIN = 4.0
#: A picture of so much of the paper may be a scan.
_SCAN = 1 / 3
#: Paint this light may be that of the paper, up to 255.
WHITE = 240
#: A dot of a dotted line is no larger.
_DOT = 2.5
#: A filled area this thin covers no character.
_LINE = 2.0
_object_at = plain(pdfium.FPDFPage_GetObject, POINTER, 2)
_object_within = plain(pdfium.FPDFFormObj_GetObject, POINTER, 2)
_kind_of = plain(pdfium.FPDFPageObj_GetType, INT, 1)
_bounds_of = plain(pdfium.FPDFPageObj_GetBounds, INT, 5)
_mode_of = plain(pdfium.FPDFPath_GetDrawMode, INT, 3)
_mode = (ctypes.c_int * 2)()
_places_of_mode = [ctypes.addressof(_mode) + 4 * i for i in range(2)]
_edges = (ctypes.c_float * 4)()
_places_of_edges = [ctypes.addressof(_edges) + 4 * i for i in range(4)]
TEXT = pdfium.FPDF_PAGEOBJ_TEXT
_PICTURES = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)


class Objects(NamedTuple):
    """The objects drawn on a page, in order; a form is one."""

    kinds: list[int]
    addresses: list[int]
    texts: list[int]
    """The addresses of those that are texts."""


class Area(NamedTuple):
    """A filled shape, a picture or a shading, in coordinates of the file."""

    place: int
    """In the order of drawing; of a form, for what stands in it."""
    kind: int
    address: int
    box: Edges


class Drawing(NamedTuple):
    """What is drawn on a page; lines as one sees them."""

    horizontal: list[Line]
    vertical: list[Line]
    """Also thin rectangles and the edges of boxes."""
    dashes: list[Line]
    """Short strokes."""
    areas: list[Area]
    """What may lie over text or under it."""
    texts: list[int]
    """The addresses of its texts, those in forms at last."""

    def rules(self) -> Iterator[Edges]:
        """The lines as boxes without width."""
        yield from ((low, at, high, at) for at, low, high in self.horizontal)
        yield from ((at, low, at, high) for at, low, high in self.vertical)


def objects(page: pdfium.FPDF_PAGE, tally: Tally) -> Objects:
    """What is drawn on a page, not yet looked at."""
    count = pdfium.FPDFPage_CountObjects(page)
    tally.add_objects(count)
    addresses = list(map(_object_at, repeat(address_of(page)), range(count)))
    kinds = list(map(_kind_of, addresses))
    return Objects(kinds, addresses, [address for kind, address in zip(kinds, addresses, strict=True) if kind == TEXT])


def recognised(drawn: Objects) -> bool:
    """Whether the text of a page lies unseen over a picture, as recognition (OCR) puts it there."""
    return bool(drawn.texts) and pdfium.FPDF_PAGEOBJ_IMAGE in drawn.kinds and _is_invisible(drawn.texts[0])


def may_be_recognised(drawn: Drawing, paper: Edges) -> bool:
    """Whether a page holds a picture as large as a scan, or text without ink: where most text is unseen, it is that."""
    left, bottom, right, top = paper
    least = _SCAN * (right - left) * (top - bottom)
    return any(
        area.kind == pdfium.FPDF_PAGEOBJ_IMAGE and (area.box[2] - area.box[0]) * (area.box[3] - area.box[1]) > least
        for area in drawn.areas
    ) or any(map(_is_invisible, drawn.texts))


def _is_invisible(text: int) -> bool:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(ctypes.cast(text, pdfium.FPDF_PAGEOBJECT))
    return bool(mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def drawing(drawn: Objects, turn: Turn | None, tally: Tally) -> Drawing:
    """What is drawn on a page."""
    horizontal: list[Line] = []
    vertical: list[Line] = []
    dashes: list[Line] = []
    dots: list[tuple[float, float]] = []
    areas: list[Area] = []

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
        elif max(wide, high) <= _DOT:
            dots.append(((left + right) / 2, (top + bottom) / 2))

    texts = list(drawn.texts)
    for place, kind, address, matrix in _within(drawn, tally):
        if kind == TEXT:
            texts.append(address)
        elif kind in _PICTURES:
            box = bounds(address, matrix)
            if box is not None:
                areas.append(Area(place, kind, address, box))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            if not _mode_of(address, *_places_of_mode):
                continue
            fill, stroke = _mode
            box = bounds(address, matrix) if fill or stroke else None
            if box is None:
                continue
            thinnest = min(box[2] - box[0], box[3] - box[1])
            if fill and thinnest > _LINE:
                areas.append(Area(place, kind, address, box))
            if thinnest <= _THIN:
                take(*box)
            elif stroke:
                for edge in _edges_of(ctypes.cast(address, pdfium.FPDF_PAGEOBJECT), matrix, tally):
                    take(*edge)
    rows, columns = dotted(dots)
    horizontal += rows
    vertical += columns
    return Drawing(horizontal, vertical, dashes, areas, texts)


def figures_drawn(areas: Iterable[Area], turn: Turn | None) -> list[Edges]:
    """Where pictures and small coloured shapes are, as one sees them: digits may be drawn so, and not printed."""
    boxes = [
        area.box
        for area in areas
        if area.kind == pdfium.FPDF_PAGEOBJ_IMAGE
        or (area.kind == pdfium.FPDF_PAGEOBJ_PATH and min(paint_of(area.address) or (0,)) < WHITE)
    ]
    return boxes if turn is None else [turn(*box) for box in boxes]


def paint_of(address: int, kind: Any = pdfium.FPDFPageObj_GetFillColor) -> tuple[int, int, int] | None:
    """Red, green and blue of a shape or text, up to 255; None for what is clear, or for a pattern."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    shape = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
    if not kind(shape, red, green, blue, alpha) or not alpha.value:
        return None
    return red.value, green.value, blue.value


_Matrix = tuple[float, float, float, float, float, float]
_UNIT: _Matrix = (1, 0, 0, 1, 0, 0)


def _within(drawn: Objects, tally: Tally) -> Iterator[tuple[int, int, int, _Matrix]]:
    """(place, kind, address, matrix of the form it stands in) of what is no text, and of all that stands in forms."""
    waiting = [(place, kind, drawn.addresses[place], _UNIT) for place, kind in enumerate(drawn.kinds) if kind != TEXT]
    for place, kind, address, matrix in waiting:
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            form = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
            inside = pdfium.FPDFFormObj_CountObjects(form)
            tally.add_objects(inside)
            own = _times(_matrix(form), matrix)
            addresses = [_object_within(form, i) for i in range(inside)]
            waiting += [(place, _kind_of(address), address, own) for address in addresses]
        else:
            yield place, kind, address, matrix


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


def bounds(address: int, matrix: _Matrix = _UNIT) -> Edges | None:
    """The box around an object; ``matrix``: that of the form it stands in."""
    if not _bounds_of(address, *_places_of_edges):
        return None
    left, bottom, right, top = _edges
    if matrix is _UNIT:
        return left, bottom, right, top
    corners = [_at(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _edges_of(shape: pdfium.FPDF_PAGEOBJECT, matrix: _Matrix, tally: Tally) -> Iterator[Edges]:
    """The straight pieces of a path as boxes."""
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


def _piece(one: tuple[float, float], other: tuple[float, float]) -> Edges:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
