"""Reads a document in a process of its own, with bounded time and memory, whose end harms nobody.

For files that may keep a library busy without end or make it end the process: PDFs that :mod:`.pdf.hazard` points out,
and old workbooks (:mod:`.workbook.xls`), which are held whole before anyone can ask how large they are.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ..problems import ReadError
from .limits import Limits

Made = TypeVar("Made")

#: The package is found where it was found for us; a module named like one of the standard library is never in the way.
_PROGRAM = f"import sys; sys.path.append({str(Path(__file__).parents[2])!r}); from {__name__} import main; main()"


def read(reader: Callable[..., Made], data: bytes, *, name: str, limits: Limits) -> Made:
    """What ``reader(data, name=…, limits=…)`` gives, a function of a module, which that process finds by its name.

    Raises :class:`ReadError` as that does, and when it took too long or too much memory.
    """
    question = pickle.dumps((reader, data, name, limits))
    try:
        run = subprocess.run(
            [sys.executable, "-P", "-c", _PROGRAM], input=question, capture_output=True, timeout=limits.max_seconds,
            check=True,
        )  # fmt: skip
        made, error = pickle.loads(run.stdout)
    except subprocess.TimeoutExpired:
        raise ReadError(
            f"{name}: reading took longer than {limits.max_seconds:g} seconds; save the file anew from the program "
            "that made it, or pass limits=Limits(max_seconds=…)."
        ) from None
    except (subprocess.CalledProcessError, pickle.UnpicklingError, EOFError):
        raise ReadError(
            f"{name}: the file is damaged, or asks for more than {limits.max_memory:,} bytes of memory; save it anew "
            "from the program that made it, or pass limits=Limits(max_memory=…)."
        ) from None
    if error:
        raise ReadError(error)
    return made


def main() -> None:
    """The program of that process: the question on standard input, the answer on standard output."""
    reader, data, name, limits = pickle.load(sys.stdin.buffer)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.max_memory, limits.max_memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = reader(data, name=name, limits=limits), ""
    except ReadError as error:
        answer = None, str(error)
    pickle.dump(answer, sys.stdout.buffer)
