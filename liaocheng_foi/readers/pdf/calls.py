"""Calls of PDFium by plain numbers, thousands of them at once."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable
from typing import Any

POINTER, INT = ctypes.c_void_p, ctypes.c_int


def plain(function: Any, given: Any, arguments: int) -> Any:
    """A function of PDFium that takes so many numbers, addresses or not, to be called a thousand times.

    Objects cost half of a call; numbers as C takes them cost a quarter more than addresses.
    """
    return ctypes.cast(function, ctypes.PYFUNCTYPE(given, *[POINTER] * arguments))


def address_of(pointer: Any) -> int:
    """The address that a pointer holds."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def rows_of(function: Any, size: int, *arguments: Iterable[int]) -> tuple[list[int], array[float]]:
    """What a plain function gives for each of its arguments, and the floats, ``size`` each time, that it writes."""
    firsts = list(arguments[-1])
    width = 4 * size
    written = array("f", bytes(width * len(firsts)))
    start, _ = written.buffer_info()
    given = list(map(function, *arguments[:-1], firsts, range(start, start + width * len(firsts), width)))
    return given, written
