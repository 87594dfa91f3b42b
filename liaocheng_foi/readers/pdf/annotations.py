"""What is filled into the fields of a page, typed onto it and drawn over it, which is no part of the page itself."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

#: Annotations that are text on the page, lie over it or strike it out; links and marks beside it do not.
_DRAWN = {
    pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_SQUARE,
    pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_POLYGON, pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_POLYLINE,
    pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_REDACT,
}  # fmt: skip
#: What holds the words of an annotation that may be without a look.
_WORDS = {pdfium.FPDF_ANNOT_FREETEXT: b"Contents", pdfium.FPDF_ANNOT_WIDGET: b"V"}
#: Bytes of the longest words typed onto a page that are told.
_LONGEST_NOTE = 2000


def with_annotations(document: pdfium.FPDF_DOCUMENT, index: int) -> tuple[pdfium.FPDF_PAGE, str]:
    """A page with its annotations drawn on it; the words typed onto it or into its fields that the file does not draw.

    Only some programs show those.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    count = pdfium.FPDFPage_GetAnnotCount(page) if page else 0
    found = [_annotation(page, i) for i in range(count)]
    if any(kind in _DRAWN for kind, _ in found):
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, index)
    return page, " ".join(words for _, words in found if words)


def _annotation(page: pdfium.FPDF_PAGE, index: int) -> tuple[int, str]:
    """The kind of an annotation, and its words where the file does not draw them."""
    note = pdfium.FPDFPage_GetAnnot(page, index)
    if not note:
        return pdfium.FPDF_ANNOT_UNKNOWN, ""
    kind: int = pdfium.FPDFAnnot_GetSubtype(note)
    buffer = ctypes.create_string_buffer(_LONGEST_NOTE)
    words = ""
    if (
        kind in _WORDS
        and not pdfium.FPDFAnnot_HasKey(note, b"AP")
        and pdfium.FPDFAnnot_GetStringValue(
            note, _WORDS[kind], ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), _LONGEST_NOTE
        )
        <= _LONGEST_NOTE
    ):
        words = buffer.raw.decode("utf-16-le", "replace").split("\0")[0]
    pdfium.FPDFPage_CloseAnnot(note)
    return kind, words
