"""PDF with a text layer → grids from the drawn lines (or, without lines, from alignment) and paragraphs.

Each page gives its own grids; tables that run over pages are joined later, by their labels. PDFium reads the
file; it must not be used from several threads at once, so one process reads one document at a time, the others wait.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock

import pypdfium2.raw as pdfium

from ...grid import Document, Grid, Paragraph
from ...problems import Problem, ReadError
from .. import apart
from ..limits import Limits, Tally
from ..unruled.pages import Pages
from .annotations import with_annotations
from .characters import NotHere, printed_characters
from .drawing import drawing, figures_drawn, may_be_recognised, objects, recognised
from .hazard import Look, look
from .layout import append, blocks_of
from .marks import take_at_their_letters
from .ruled import tables, with_columns_of
from .sideways import words
from .strokes import struck_out
from .suspects import Suspects
from .view import view_of

_ONE_AT_A_TIME = Lock()
#: What stands in no report: letters that the fonts of a file do not name, or call by their places in the font.
_STRANGE = re.compile(r"[^\x20-\x7e\xa0-\xff\u2010-\u2027\u3000-\u9fff\uff00-\uffef]")
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
        looked = look(data, pdfium.FPDF_GetPageCount(document))
        if looked.ordinary:
            with suppress(NotHere):
                return _document(document, name, limits, looked, may_draw=False)
    return apart.read(read_here, data, name=name, limits=limits)


def read_here(data: bytes, *, name: str, limits: Limits) -> Document:
    """:func:`read` without regard to what the file may ask of PDFium."""
    with _opened(data, name, limits) as document:
        return _document(document, name, limits, Look(False), may_draw=True)


@contextmanager
def _opened(data: bytes, name: str, limits: Limits) -> Iterator[pdfium.FPDF_DOCUMENT]:
    with _ONE_AT_A_TIME:
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            reason = _ERRORS.get(pdfium.FPDF_GetLastError(), "the PDF is damaged; download it again.")
            raise ReadError(f"{name}: {reason}")
        try:
            limits.check("max_pages", pdfium.FPDF_GetPageCount(document), "the number of pages", name)
            yield document
        finally:
            pdfium.FPDF_CloseDocument(document)


def _document(document: pdfium.FPDF_DOCUMENT, name: str, limits: Limits, looked: Look, *, may_draw: bool) -> Document:
    count = pdfium.FPDF_GetPageCount(document)
    tally = Tally(limits, name)
    blocks: list[Grid | Paragraph] = []
    problems: list[Problem] = []
    silent: list[int] = []
    letters = nameless = 0
    columns: list[float] = []
    pages = Pages()
    for number in range(1, count + 1):
        page, unshown = with_annotations(document, number - 1)
        if not page:
            raise ReadError(f"{name}: page {number} is damaged; download the PDF again.")
        try:
            drawn = objects(page, tally)
            view = view_of(page, drawn.texts)
            shapes = drawing(drawn, view.turn, tally)
            if looked.retold:
                take_at_their_letters(shapes.texts, set(view.texts))
            over_picture = recognised(drawn)
            suspects = None if over_picture else Suspects(drawn, shapes, view, looked.may_hide)
            characters, turned, unseen, aside = printed_characters(page, view, suspects, tally, may_draw)
            if len(unseen) > len(characters) and may_be_recognised(shapes, view.paper):
                # a layer of text that recognition laid over what is seen
                over_picture = True
                characters, turned, _, aside = printed_characters(page, view, None, tally, may_draw)
                unseen = ""
            for quarters, against in turned.items():
                characters += words(against, quarters, shapes.rules())
            problems += [problem for text in (unseen, aside, unshown) for problem in _left_out(text, number)]
            if not characters:
                silent.append(number)
                continue
            letters += len(characters)
            nameless += len(_STRANGE.findall("".join([character.text for character in characters])))
            if over_picture:
                problems.append(Problem("page-recognised", page=number, details={"number": number}))
            ruled = tables(shapes.horizontal, shapes.vertical, tally.add_cells)
            limits.check("max_frames", len(ruled), f"the number of ruled tables on page {number}", name)
            if ruled:
                ruled[0] = with_columns_of(ruled[0], columns)
                columns = ruled[-1].xs
            pictures = [] if over_picture else figures_drawn(shapes.areas, view.turn)
            characters = struck_out(characters, [*shapes.horizontal, *shapes.dashes])
            found = list(blocks_of(characters, ruled, pictures, number, view.size[1], pages))
        finally:
            pdfium.FPDF_ClosePage(page)
        append(blocks, found)
    if len(silent) == count:
        raise ReadError(f"{name}: the PDF has no text layer (it is a scan); run OCR on it first.")
    problems += [Problem("page-without-text", page=number, details={"number": number}) for number in silent]
    advice = "its fonts do not say which letters they print; run OCR on it first." if 2 * nameless > letters else ""
    return Document(blocks, "pdf", name, _title(document), problems=problems, advice=advice)


def _left_out(text: str, number: int) -> list[Problem]:
    """A problem where text that is not seen holds a digit."""
    told = any(map(str.isdigit, text))
    return [Problem("hidden-markup", page=number, details={"raw": text[:80]})] if told else []


def _title(document: pdfium.FPDF_DOCUMENT) -> str | None:
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if not 2 < size < 10_000:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip() or None
