"""PDF with a text layer → grids from the drawn lines (or, without lines, from alignment) and paragraphs.

Each page gives its own grids; tables that run over pages are joined later, by their labels. PDFium reads the
file; it must not be used from several threads at once, so one process reads one document at a time.
"""

from __future__ import annotations

import ctypes
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from ..grid import Document, Grid, Paragraph
from ..problems import Problem, ReadError
from . import apart
from .alignment import aligned
from .gaps import torn_apart
from .hazard import is_ordinary
from .letters import Character, TextLine, lines
from .limits import Limits, Tally
from .ruled import Box, Line, Table, tables

#: A character this high is looked at twice.
_LARGE = 40.0
#: Frames around texts this long are no tables.
_PROSE = 20
#: A drawn object this thin is a line.
_THIN = 4.0
#: Blanks and breaks, which are told from places; halves of characters.
_UNSEEN = frozenset("\t\n\r \xa0\u3000\uffff") | frozenset(map(chr, range(0xD800, 0xE000)))
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
#: What the font of the file does not name (U+FFFE in PDFium's text): printed, but nobody knows as what. A hyphen at the
#: end of a line is U+0002 there.
_NAMES = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0), 0xFFFE} - set(map(ord, _UNSEEN)), _UNKNOWN) | {2: "-"}
#: Annotations that are text on the page; links and marks are not.
_TYPED = {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP}
_PAGE_NUMBER = re.compile(r"[-—–·•\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／共]\s*共?\s*\d{1,4}\s*页?)?[-—–·•\s]*")
_SENTENCE_END = tuple("。！？；：.!?;:”）)")
_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: "the PDF is protected by a password; save it again without one.",
    pdfium.FPDF_ERR_SECURITY: "the PDF is encrypted in a way that is not supported; save it again without protection.",
}


def _plain(function: Any, *kinds: Any) -> Any:
    """A function of PDFium with pointers as numbers, called a thousand times: objects cost half of a call."""
    return ctypes.cast(function, ctypes.PYFUNCTYPE(*kinds))


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_object_at = _plain(pdfium.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
_object_within = _plain(pdfium.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
_kind_of = _plain(pdfium.FPDFPageObj_GetType, _INT, _POINTER)
_box_of = _plain(pdfium.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a PDF.

    Raises :class:`ReadError` when it is damaged, protected, over a limit, or has no text layer at all.
    """
    limits.check("max_bytes", len(data), "the file's size in bytes", name)
    with _opened(data, name, limits) as document:
        if is_ordinary(data, pdfium.FPDF_GetPageCount(document)):
            return _document(document, name, limits)
    return apart.read("pdf", data, name=name, limits=limits)


def read_here(data: bytes, *, name: str, limits: Limits) -> Document:
    """:func:`read` without regard to what the file may ask of PDFium."""
    with _opened(data, name, limits) as document:
        return _document(document, name, limits)


@contextmanager
def _opened(data: bytes, name: str, limits: Limits) -> Iterator[pdfium.FPDF_DOCUMENT]:
    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), None)
    if not document:
        reason = _ERRORS.get(pdfium.FPDF_GetLastError(), "the PDF is damaged; download it again.")
        raise ReadError(f"{name}: {reason}")
    try:
        limits.check("max_pages", pdfium.FPDF_GetPageCount(document), "the number of pages", name)
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _document(document: pdfium.FPDF_DOCUMENT, name: str, limits: Limits) -> Document:
    count = pdfium.FPDF_GetPageCount(document)
    tally = Tally(limits, name)
    blocks: list[Grid | Paragraph] = []
    problems: list[Problem] = []
    silent: list[int] = []
    for number in range(1, count + 1):
        page = _page(document, number - 1)
        if not page:
            raise ReadError(f"{name}: page {number} is damaged; download the PDF again.")
        try:
            characters = _characters(page, tally)
            if not characters:
                silent.append(number)
                continue
            drawn = _drawn(page, tally)
            if _recognised(drawn):
                problems.append(Problem("page-recognised", page=number, details={"number": number}))
            found = list(_blocks(page, characters, drawn, number, tally))
        finally:
            pdfium.FPDF_ClosePage(page)
        _append(blocks, found)
    if len(silent) == count:
        raise ReadError(f"{name}: the PDF has no text layer (it is a scan); run OCR on it first.")
    problems += [Problem("page-without-text", page=number, details={"number": number}) for number in silent]
    return Document(blocks, "pdf", name, _title(document), problems=problems)


def _page(document: pdfium.FPDF_DOCUMENT, index: int) -> pdfium.FPDF_PAGE:
    """A page with what is filled into its fields and typed onto it, which are no part of the page itself."""
    page = pdfium.FPDF_LoadPage(document, index)
    count = pdfium.FPDFPage_GetAnnotCount(page) if page else 0
    if any(_annotation(page, i) in _TYPED for i in range(count)):
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, index)
    return page


def _annotation(page: pdfium.FPDF_PAGE, index: int) -> int:
    """The kind of an annotation."""
    note = pdfium.FPDFPage_GetAnnot(page, index)
    if not note:
        return pdfium.FPDF_ANNOT_UNKNOWN
    kind: int = pdfium.FPDFAnnot_GetSubtype(note)
    pdfium.FPDFPage_CloseAnnot(note)
    return kind


def _drawn(page: pdfium.FPDF_PAGE, tally: Tally) -> list[tuple[int, int]]:
    """(kind, address) of each object drawn on a page."""
    count = pdfium.FPDFPage_CountObjects(page)
    tally.add_objects(count)
    places = [_object_at(page, i) for i in range(count)]
    return [(_kind_of(place), place) for place in places]


def _recognised(drawn: list[tuple[int, int]]) -> bool:
    """Whether the text of a page lies unseen over a picture, as recognition (OCR) puts it there."""
    kinds = [kind for kind, _ in drawn]
    if pdfium.FPDF_PAGEOBJ_IMAGE not in kinds or pdfium.FPDF_PAGEOBJ_TEXT not in kinds:
        return False
    text = ctypes.cast(drawn[kinds.index(pdfium.FPDF_PAGEOBJ_TEXT)][1], pdfium.FPDF_PAGEOBJECT)
    return bool(pdfium.FPDFTextObj_GetTextRenderMode(text) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _title(document: pdfium.FPDF_DOCUMENT) -> str | None:
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if not 2 < size < 10_000:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip() or None


def _characters(page: pdfium.FPDF_PAGE, tally: Tally) -> list[Character]:
    """The printed characters of a page; the box of a character is as high as its line."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return []
    try:
        count = pdfium.FPDFText_CountChars(text)
        tally.add_objects(count)
        turn = _turned(page)
        box = pdfium.FS_RECTF()
        reference = ctypes.byref(box)
        found = []
        for i, character in enumerate(_printed(text, count)):
            if character not in _UNSEEN and _box_of(text, i, reference):
                if character == _UNKNOWN and not _inked(text, i):
                    continue
                left, bottom, right, top = box.left, box.bottom, box.right, box.top
                if top - bottom > _LARGE:
                    _mend(text, i, box)
                    left, bottom, right, top = box.left, box.bottom, box.right, box.top
                if turn is not None:
                    left, bottom, right, top = turn(left, bottom, right, top)
                found.append(Character(character, left, right, (bottom + top) / 2, top - bottom))
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
    _, _, bottom, top = _ink(text, index)
    return top - bottom > 0.1


def _ink(text: pdfium.FPDF_TEXTPAGE, index: int) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of what is printed of a character."""
    edges = tuple(ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, *edges)
    left, right, bottom, top = (edge.value for edge in edges)
    return left, right, bottom, top


_Turn = Callable[[float, float, float, float], tuple[float, float, float, float]]


def _turned(page: pdfium.FPDF_PAGE) -> _Turn | None:
    """A function that turns a box of the file into the box that one sees on a page with /Rotate; None without."""
    rotation = pdfium.FPDFPage_GetRotation(page)
    shown_width, shown_height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if rotation == 1:
        return lambda left, bottom, right, top: (bottom, shown_height - right, top, shown_height - left)
    if rotation == 2:
        return lambda left, bottom, right, top: (
            shown_width - right, shown_height - top, shown_width - left, shown_height - bottom
        )  # fmt: skip
    if rotation == 3:
        return lambda left, bottom, right, top: (shown_width - top, left, shown_width - bottom, right)
    return None


def _blocks(
    page: pdfium.FPDF_PAGE, characters: list[Character], drawn: list[tuple[int, int]], number: int, tally: Tally
) -> Iterator[Grid | Paragraph]:
    """Grids and paragraphs of one page, from the top down."""
    horizontal, vertical = _drawn_lines(drawn, _turned(page), tally)
    found: list[tuple[float, Grid | TextLine]] = []
    rest = characters
    ruled = tables(horizontal, vertical, tally.add_cells)
    tally.limits.check("max_frames", len(ruled), f"the number of ruled tables on page {number}", tally.document)
    for table in ruled:
        inside, rest = _split(rest, table)
        grid = _grid(table, inside, number)
        if grid is None:
            rest = rest + inside
        else:
            found.append((table.ys[0], grid))
    free = lines(rest)
    if any(isinstance(block, Grid) for _, block in found):
        found += [(line.middle, line) for line in free]
    else:
        for block in aligned(free, number):
            found.append((block[0], block[1]))
    found.sort(key=lambda pair: -pair[0])
    yield from _paragraphs([block for _, block in found], number)


def _split(characters: list[Character], table: Table) -> tuple[list[Character], list[Character]]:
    left, right, top, bottom = table.xs[0], table.xs[-1], table.ys[0], table.ys[-1]
    inside: list[Character] = []
    outside: list[Character] = []
    for c in characters:
        is_inside = bottom - 1 <= c.middle <= top + 1 and left - 2 <= (c.left + c.right) / 2 <= right + 2
        (inside if is_inside else outside).append(c)
    return inside, outside


def _grid(table: Table, characters: list[Character], page: int) -> Grid | None:
    """The table's cells with their text; None when it is only a frame around text."""
    height, width = len(table.ys) - 1, len(table.xs) - 1
    at = _places(table.cells)
    held: list[list[Character]] = [[] for _ in table.cells]
    rows, columns = [-y for y in table.ys[1:-1]], table.xs[1:-1]
    for character in characters:
        _, left, right, middle, _ = character
        held[at[bisect_right(rows, -middle), bisect_right(columns, (left + right) / 2)]].append(character)
    torn = [part for box, inside in zip(table.cells, held, strict=True) for part in torn_apart(table, box, inside)]
    boxes = [box for box, _ in torn]
    if len(boxes) > len(held):
        at = _places(boxes)
    texts = [_shown(inside) for _, inside in torn]
    filled = [text for text in texts if text]
    if len(filled) < 2 or sum(len(text) > _PROSE for text in filled) * 2 > len(filled):
        return None
    cells: list[list[str | None]] = [[texts[at[r, c]] for c in range(width)] for r in range(height)]
    anchors = [[(boxes[at[r, c]].top, boxes[at[r, c]].left) for c in range(width)] for r in range(height)]
    return Grid(cells, anchors, page=page)


def _shown(characters: list[Character]) -> str:
    """The text of a cell; most hold a single digit."""
    if len(characters) < 2:
        return characters[0].text if characters else ""
    return "\n".join([line.text for line in lines(characters)])


def _places(boxes: Iterable[Box]) -> dict[tuple[int, int], int]:
    """The number of the box at each place (row, column)."""
    return {
        (r, c): number
        for number, box in enumerate(boxes)
        for r in range(box.top, box.bottom)
        for c in range(box.left, box.right)
    }


def _drawn_lines(drawn: list[tuple[int, int]], turn: _Turn | None, tally: Tally) -> tuple[list[Line], list[Line]]:
    """Horizontal and vertical lines drawn on a page, also those drawn as thin rectangles or edges of boxes."""
    horizontal: list[Line] = []
    vertical: list[Line] = []

    def take(left: float, bottom: float, right: float, top: float) -> None:
        if turn is not None:
            left, bottom, right, top = turn(left, bottom, right, top)
        wide, high = right - left, top - bottom
        if high <= _THIN < wide:
            horizontal.append(Line((top + bottom) / 2, left, right))
        elif wide <= _THIN < high:
            vertical.append(Line((left + right) / 2, bottom, top))

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
    return horizontal, vertical


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


def _paragraphs(found: list[Grid | TextLine], page: int) -> Iterator[Grid | Paragraph]:
    """Lines that run on are one paragraph; lone page numbers are left out."""
    body = [block for block in found if isinstance(block, TextLine)]
    margin = min((line.left for line in body), default=0.0)
    edge = max((line.right for line in body), default=0.0)
    pending: list[TextLine] = []

    def flush() -> Iterator[Paragraph]:
        if pending:
            yield Paragraph("".join(line.text for line in pending), page)
            pending.clear()

    for place, block in enumerate(found):
        if isinstance(block, Grid):
            yield from flush()
            yield block
            continue
        if _PAGE_NUMBER.fullmatch(block.text) and place in (0, len(found) - 1):
            continue
        if pending and not _runs_on(pending[-1], block, margin, edge):
            yield from flush()
        pending.append(block)
    yield from flush()


def _runs_on(before: TextLine, line: TextLine, margin: float, edge: float) -> bool:
    size = max(before.height, line.height)
    indented = line.left > margin + 1.2 * line.height
    short = before.right < edge - 2.5 * before.height
    apart = before.middle - line.middle > 2.6 * size
    resized = abs(before.height - line.height) > 0.25 * size
    return not (indented or short or apart or resized)


def _append(blocks: list[Grid | Paragraph], found: list[Grid | Paragraph]) -> None:
    """Add a page's blocks; a sentence that the page break cut goes on in its paragraph."""
    if blocks and found:
        last, first = blocks[-1], found[0]
        if isinstance(last, Paragraph) and isinstance(first, Paragraph):
            cut = len(last.text) > 25 and not last.text.endswith(_SENTENCE_END)
            if cut and not re.match(r"[一二三四五六七八九十（(\d]", first.text):
                blocks[-1] = Paragraph(last.text + first.text, last.page)
                found = found[1:]
    blocks += found
