"""Calls of PDFium by plain numbers, thousands of them at once."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable
from typing import Any

POINTER, INT = ctypes.c_void_p, ctypes.c_int


def plain(function: Any, *kinds: Any) -> Any:
    """A function of PDFium with pointers as numbers, called a thousand times: objects cost half of a call."""
    return ctypes.cast(function, ctypes.PYFUNCTYPE(*kinds))


def address_of(pointer: Any) -> int:
    """The address that a pointer holds."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def rows_of(function: Any, size: int, *arguments: Iterable[int]) -> tuple[list[int], array[float]]:
    """What a plain function gives for each of its arguments, and the floats, ``size`` each time, that it writes."""
    firsts = list(arguments[-1])
    width = 4 * size
    buffer = ctypes.create_string_buffer(width * len(firsts) or 1)
    start = ctypes.addressof(buffer)
    given = list(map(function, *arguments[:-1], firsts, range(start, start + width * len(firsts), width)))
    return given, array("f", buffer.raw[: width * len(firsts)])
