"""A page of a PDF as one reads it: the part that is shown, turned until its text stands upright."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Sequence
from math import hypot
from typing import NamedTuple

import pypdfium2.raw as pdfium

from .calls import INT, plain, rows_of

#: left, bottom, right, top
Edges = tuple[float, float, float, float]
#: left, bottom, right, top of a box of the file → of the box that one sees.
Turn = Callable[[float, float, float, float], Edges]
#: So much of upright lines runs to the right, and so much of their letters, which may be slanted, upwards.
_STEADY, _LEANS = 0.985, 0.8
#: The direction of text that is set askew or mirrored.
ASKEW = -1

_matrix_of = plain(pdfium.FPDFPageObj_GetMatrix, INT, 2)


class View(NamedTuple):
    """How a page is read."""

    paper: Edges
    """What is shown of it, in coordinates of the file."""
    rotation: int
    """By how many quarters it is turned clockwise when it is shown."""
    quarters: int
    """And when it is read: landscape pages are printed on upright paper."""
    texts: Sequence[int]
    """The addresses of its texts."""
    directions: dict[int, int]
    """Of those not upright → the quarters that they are turned by counter-clockwise in the file, or :data:`ASKEW`."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper as one reads it."""
        left, bottom, right, top = self.paper
        return (top - bottom, right - left) if self.quarters % 2 else (right - left, top - bottom)

    @property
    def turn(self) -> Turn | None:
        """From the file to what one reads; None where both are the same."""
        return turning(self.paper, self.quarters)

    def is_left_by(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether a box of the file is not all on the paper."""
        return left < self.paper[0] or bottom < self.paper[1] or right > self.paper[2] or top > self.paper[3]

    def turned_texts(self) -> list[int]:
        """The addresses of the texts that are turned against the page as one reads it; most pages have none."""
        if not self.quarters:
            return list(self.directions)
        return [text for text in self.texts if self.directions.get(text, 0) != self.quarters]


def view_of(page: pdfium.FPDF_PAGE, texts: Sequence[int]) -> View:
    """How a page is read on which the texts (addresses) are printed."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    rotation = pdfium.FPDFPage_GetRotation(page)
    _, matrices = rows_of(_matrix_of, 6, texts)
    a, b, c, d = (matrices[i::6] for i in range(4))
    directions: dict[int, int] = {}
    if any(b) or any(c) or min(a, default=1) <= 0 or min(d, default=1) <= 0:
        ways = zip(texts, map(direction, a, b, c, d, texts), strict=True)
        directions = {text: way for text, way in ways if way}
    numbers = Counter(directions.values())
    numbers[0] = len(texts) - len(directions)
    most, number = numbers.most_common(1)[0] if texts else (rotation, 0)
    quarters = most if most != ASKEW and 2 * number > len(texts) else rotation
    return View((box.left, box.bottom, box.right, box.top), rotation, quarters, texts, directions)


def direction(a: float, b: float, c: float, d: float, address: int) -> int:
    """The quarters that a text of this matrix is turned by counter-clockwise, or :data:`ASKEW`."""
    size = ctypes.c_float()
    if pdfium.FPDFTextObj_GetFontSize(ctypes.cast(address, pdfium.FPDF_PAGEOBJECT), size) and size.value < 0:
        # set upside down in a font of negative size
        a, b, c, d = -a, -b, -c, -d
    along, up = hypot(a, b), hypot(c, d)
    for quarter, (x, y) in enumerate(((1, 0), (0, 1), (-1, 0), (0, -1))):
        if a * x + b * y > _STEADY * along and d * x - c * y > _LEANS * up:
            return quarter
    return ASKEW


def turning(paper: Edges, quarters: int) -> Turn | None:
    """Turns a box of the file clockwise, and sees it from the corner of the paper."""
    left0, bottom0, right0, top0 = paper
    if quarters == 1:
        return lambda left, bottom, right, top: (bottom - bottom0, right0 - right, top - bottom0, right0 - left)
    if quarters == 2:
        return lambda left, bottom, right, top: (right0 - right, top0 - top, right0 - left, top0 - bottom)
    if quarters == 3:
        return lambda left, bottom, right, top: (top0 - top, left - left0, top0 - bottom, right - left0)
    if left0 or bottom0:
        return lambda left, bottom, right, top: (left - left0, bottom - bottom0, right - left0, top - bottom0)
    return None
