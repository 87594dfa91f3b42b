"""How much is seen of what is printed on a page of a PDF: judged by drawing the page, with the text and without it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from .calls import address_of
from .view import Edges, View, turning

if TYPE_CHECKING:
    import numpy as np

#: Dots for a point, and the most dots that a page is drawn with: large papers hold large letters.
_SCALE, _DOTS = 2.5, 6_000_000
#: A difference of less than this, of 255, is seen by nobody.
_FAINT = 10
#: Of what is seen as a whole the ink stands in so much of its own height and width; what is cut off is missing there.
_WHOLE = 0.75


class Printed(NamedTuple):
    """A character on the page."""

    text: pdfium.FPDF_PAGEOBJECT
    """The text it belongs to."""
    ink: Edges
    """Where its ink is, in coordinates of the file."""


def seen(
    page: pdfium.FPDF_PAGE, view: View, printed: Sequence[Printed], texts: Iterable[int] | None = None
) -> list[bool | None]:
    """Whether each character is seen, or any of some texts (addresses) at its place; None for what is seen in part."""
    if not printed:
        return []
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(_SCALE, (_DOTS / max(wide * high, 1.0)) ** 0.5)
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    turn = turning(view.paper, view.rotation) or (lambda *box: box)
    if texts is None:
        texts = {address_of(each.text) for each in printed if each.text}
    whole = _drawn(page, size)
    for text in texts:
        pdfium.FPDFPageObj_SetIsActive(ctypes.cast(text, pdfium.FPDF_PAGEOBJECT), False)
    rest = _drawn(page, size)
    for text in texts:
        pdfium.FPDFPageObj_SetIsActive(ctypes.cast(text, pdfium.FPDF_PAGEOBJECT), True)
    differs = _differing(whole, rest)
    found: list[bool | None] = []
    for each in printed:
        left, bottom, right, top = (edge * scale for edge in turn(*each.ink))
        ink = differs[_places(size[1] - top, size[1] - bottom, size[1]), _places(left, right, size[0])]
        share = min(ink.any(axis=axis).mean() for axis in (0, 1)) if ink.size else 0.0
        found.append(True if share >= _WHOLE else None if ink.any() else False)
    return found


def _places(low: float, high: float, last: int) -> slice:
    """The dots that lie between two edges for the most part, at least one."""
    first = max(0, round(low))
    return slice(first, min(last, max(round(high), first + 1)))


def _differing(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The dots of two pictures of a page between which anybody sees a difference."""
    differs: np.ndarray = one != other
    # most dots are the same, so only the others are told by their colours
    colours = [picture[differs].view("u1").reshape(-1, 4)[:, :3].astype("i2") for picture in (one, other)]
    differs[differs] = (abs(colours[0] - colours[1]) > _FAINT).any(axis=1)
    return differs


def _drawn(page: pdfium.FPDF_PAGE, size: tuple[int, int]) -> np.ndarray:
    """The page as an array of rows and dots, each dot a number that holds its colours."""
    import numpy as np

    wide, high = size
    bitmap = pdfium.FPDFBitmap_Create(wide, high, False)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, 0)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * high)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return np.frombuffer(data, np.uint32).reshape(high, stride // 4)[:, :wide]
