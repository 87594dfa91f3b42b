"""Marks around the text of a page of a PDF: of layers, and of words that the file says instead of what is printed."""

from __future__ import annotations

import ctypes
from codecs import BOM_UTF16_BE
from collections.abc import Container, Iterable, Iterator

import pypdfium2.raw as pdfium

from ..figures import FIGURE

#: The name of the marks of layers (optional content), as PDFium gives it.
_LAYER = "OC\0".encode("utf-16-le")
_INSTEAD = b"ActualText"
#: So many letters are a label, whose digits are only its number.
_LABEL = 3
#: So many marks of one text are looked at, and so many bytes of words.
_MOST, _LONGEST = 20, 2000


def is_in_layer(text: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether a text belongs to some layer, shown or not."""
    name, length = (ctypes.c_ushort * 3)(), ctypes.c_ulong()
    for mark in _marks(text):
        pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
        if length.value == ctypes.sizeof(name) and bytes(name) == _LAYER:
            return True
    return False


def take_at_their_letters(texts: Iterable[int], of_page: Container[int]) -> None:
    """Take from texts (addresses) the figures that the file says instead of them: one sees what is printed.

    Words stay, which are often all that is known of letters that a font does not name; but not in forms, for which
    PDFium says wrongly where they are.
    """
    for address in texts:
        text = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
        for mark in list(_marks(text)):
            words = _said_instead(mark)
            if words is not None and (address not in of_page or _may_be_of_a_figure(words.strip())):
                pdfium.FPDFPageObj_RemoveMark(text, mark)


def _may_be_of_a_figure(words: str) -> bool:
    """Whether words are a figure, a part of one, or a figure with a unit or a short note."""
    if any(map(str.isdigit, words)):
        return sum(map(str.isalpha, words)) < _LABEL
    return words.isascii() and any(map(FIGURE.fullmatch, (words, f"0{words}0")))


def _said_instead(mark: pdfium.FPDF_PAGEOBJECTMARK) -> str | None:
    """The words that a mark puts in the place of text; None for another mark."""
    if pdfium.FPDFPageObjMark_GetParamValueType(mark, _INSTEAD) == pdfium.FPDF_OBJECT_UNKNOWN:
        return None
    buffer, length = (ctypes.c_ubyte * _LONGEST)(), ctypes.c_ulong()
    if (
        not pdfium.FPDFPageObjMark_GetParamBlobValue(mark, _INSTEAD, buffer, _LONGEST, length)
        or length.value > _LONGEST
    ):
        return ""
    written = bytes(buffer[: length.value])
    return written.decode("utf-16" if written.startswith(BOM_UTF16_BE) else "latin-1", "replace")


def _marks(text: pdfium.FPDF_PAGEOBJECT) -> Iterator[pdfium.FPDF_PAGEOBJECTMARK]:
    for number in range(min(pdfium.FPDFPageObj_CountMarks(text), _MOST)):
        yield pdfium.FPDFPageObj_GetMark(text, number)
