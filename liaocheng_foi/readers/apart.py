"""Reads a document in a process of its own, with bounded time and memory, whose end harms nobody.

For files that may keep a library busy without end or make it end the process: those that :mod:`.pdf.hazard` points out,
and old workbooks, which are laid out as full rectangles before anyone can ask how large they are.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from ..grid import Document
from ..problems import ReadError
from .limits import Limits

#: The package is found where it was found for us; a module named like one of the standard library is never in the way.
_PROGRAM = f"import sys; sys.path.append({str(Path(__file__).parents[2])!r}); from {__name__} import main; main()"


def read(module: str, data: bytes, *, name: str, limits: Limits) -> Document:
    """What ``read_here`` of a reader's module gives for a document.

    Raises :class:`ReadError` as that does, and when it took too long or too much memory.
    """
    question = pickle.dumps((module, data, name, limits))
    try:
        run = subprocess.run(
            [sys.executable, "-P", "-c", _PROGRAM], input=question, capture_output=True, timeout=limits.max_seconds,
            check=True,
        )  # fmt: skip
        answer = pickle.loads(run.stdout)
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
    if isinstance(answer, str):
        raise ReadError(answer)
    return answer


def main() -> None:
    """The program of that process: the question on standard input, the answer on standard output."""
    module, data, name, limits = pickle.load(sys.stdin.buffer)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.max_memory, limits.max_memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer: Document | str
    try:
        answer = import_module(f".{module}", __package__).read_here(data, name=name, limits=limits)
    except ReadError as error:
        answer = str(error)
    pickle.dump(answer, sys.stdout.buffer)
