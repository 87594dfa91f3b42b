"""PDF with a text layer → grids from the drawn lines (or, without lines, from alignment) and paragraphs.

Each page gives its own grids; tables that run over pages are joined later, by their labels. PDFium reads the
file; it must not be used from several threads at once, so one process reads one document at a time.
"""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium

from ..grid import Document, Grid, Paragraph
from ..problems import Problem, ReadError
from . import apart
from .alignment import aligned
from .gaps import torn_apart
from .hazard import has_hidden_layers, look
from .letters import Character, TextLine, lines
from .limits import Limits, Tally
from .pdf_characters import printed_characters
from .pdf_drawing import drawn_lines, objects, recognised
from .pdf_unseen import Unseen
from .pdfium import turned
from .ruled import Box, Table, tables, with_columns_of
from .strokes import struck_out

#: Frames around texts this long are no tables.
_PROSE = 20
#: Annotations that are text on the page; links and marks are not.
_TYPED = {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP}
#: Bytes of the longest words typed onto a page that are told.
_LONGEST_NOTE = 2000
_PAGE_NUMBER = re.compile(r"[-—–·•\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／共]\s*共?\s*\d{1,4}\s*页?)?[-—–·•\s]*")
_SENTENCE_END = tuple("。！？；：.!?;:”）)")
_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: "the PDF is protected by a password; save it again without one.",
    pdfium.FPDF_ERR_SECURITY: "the PDF is encrypted in a way that is not supported; save it again without protection.",
}


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a PDF.

    Raises :class:`ReadError` when it is damaged, protected, over a limit, or has no text layer at all.
    """
    limits.check("max_bytes", len(data), "the file's size in bytes", name)
    with _opened(data, name, limits) as document:
        seen = look(data, pdfium.FPDF_GetPageCount(document))
        if seen.ordinary:
            return _document(document, seen.may_hide, seen.layered, name, limits)
    return apart.read("pdf", data, name=name, limits=limits)


def read_here(data: bytes, *, name: str, limits: Limits) -> Document:
    """:func:`read` without regard to what the file may ask of PDFium."""
    with _opened(data, name, limits) as document:
        return _document(document, True, has_hidden_layers(data), name, limits)


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


def _document(document: pdfium.FPDF_DOCUMENT, may_hide: bool, layered: bool, name: str, limits: Limits) -> Document:
    count = pdfium.FPDF_GetPageCount(document)
    tally = Tally(limits, name)
    blocks: list[Grid | Paragraph] = []
    problems: list[Problem] = []
    silent: list[int] = []
    columns: list[float] = []
    for number in range(1, count + 1):
        page, unshown = _page(document, number - 1)
        if not page:
            raise ReadError(f"{name}: page {number} is damaged; download the PDF again.")
        try:
            drawn = objects(page, tally)
            over_picture = recognised(drawn)
            unseen = Unseen([] if over_picture else drawn, may_hide and not over_picture, layered)
            characters = printed_characters(page, unseen, tally)
            if len(unseen.told) > len(characters):
                # a layer of text that recognition laid over what is seen
                over_picture = True
                characters = printed_characters(page, Unseen([], False, False), tally)
            else:
                problems += _left_out("".join(unseen.told), number)
            problems += _left_out(unshown, number)
            if not characters:
                silent.append(number)
                continue
            if over_picture:
                problems.append(Problem("page-recognised", page=number, details={"number": number}))
            horizontal, vertical, dashes = drawn_lines(drawn, turned(page), tally)
            ruled = tables(horizontal, vertical, tally.add_cells)
            limits.check("max_frames", len(ruled), f"the number of ruled tables on page {number}", name)
            if ruled:
                ruled[0] = with_columns_of(ruled[0], columns)
                columns = ruled[-1].xs
            characters = struck_out(characters, [*horizontal, *dashes])
            found = list(_blocks(characters, ruled, number, pdfium.FPDF_GetPageHeightF(page)))
        finally:
            pdfium.FPDF_ClosePage(page)
        _append(blocks, found)
    if len(silent) == count:
        raise ReadError(f"{name}: the PDF has no text layer (it is a scan); run OCR on it first.")
    problems += [Problem("page-without-text", page=number, details={"number": number}) for number in silent]
    return Document(blocks, "pdf", name, _title(document), problems=problems)


def _left_out(text: str, number: int) -> list[Problem]:
    """A problem where text that is not seen holds a digit."""
    told = any(map(str.isdigit, text))
    return [Problem("hidden-markup", page=number, details={"raw": text[:80]})] if told else []


def _page(document: pdfium.FPDF_DOCUMENT, index: int) -> tuple[pdfium.FPDF_PAGE, str]:
    """A page with what is filled into its fields and typed onto it, which are no part of the page itself.

    And the words typed onto it that the file does not draw, as only some programs show them.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    count = pdfium.FPDFPage_GetAnnotCount(page) if page else 0
    found = [_annotation(page, i) for i in range(count)]
    if any(kind in _TYPED for kind, _ in found):
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, index)
    return page, " ".join(words for kind, words in found if kind == pdfium.FPDF_ANNOT_FREETEXT)


def _annotation(page: pdfium.FPDF_PAGE, index: int) -> tuple[int, str]:
    """The kind of an annotation, and its words where the file does not draw them."""
    note = pdfium.FPDFPage_GetAnnot(page, index)
    if not note:
        return pdfium.FPDF_ANNOT_UNKNOWN, ""
    kind: int = pdfium.FPDFAnnot_GetSubtype(note)
    buffer = ctypes.create_string_buffer(_LONGEST_NOTE)
    words = ""
    if (
        kind == pdfium.FPDF_ANNOT_FREETEXT
        and not pdfium.FPDFAnnot_HasKey(note, b"AP")
        and pdfium.FPDFAnnot_GetStringValue(
            note, b"Contents", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), _LONGEST_NOTE
        )
        <= _LONGEST_NOTE
    ):
        words = buffer.raw.decode("utf-16-le", "replace").split("\0")[0]
    pdfium.FPDFPage_CloseAnnot(note)
    return kind, words


def _title(document: pdfium.FPDF_DOCUMENT) -> str | None:
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if not 2 < size < 10_000:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip() or None


def _blocks(characters: list[Character], ruled: list[Table], number: int, height: float) -> Iterator[Grid | Paragraph]:
    """Grids and paragraphs of one page, from the top down; ``height`` is that of the paper."""
    found: list[tuple[float, Grid | TextLine]] = []
    rest = characters
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
        for block in aligned(free, number, height):
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
