"""Calls of PDFium by plain numbers, and the page as one sees it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

POINTER, INT = ctypes.c_void_p, ctypes.c_int
#: left, bottom, right, top of a box of the file → of the box that one sees.
Turn = Callable[[float, float, float, float], tuple[float, float, float, float]]


def plain(function: Any, *kinds: Any) -> Any:
    """A function of PDFium with pointers as numbers, called a thousand times: objects cost half of a call."""
    return ctypes.cast(function, ctypes.PYFUNCTYPE(*kinds))


def turned(page: pdfium.FPDF_PAGE) -> Turn | None:
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
