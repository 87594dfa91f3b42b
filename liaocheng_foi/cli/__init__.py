"""The command line: parses and prints; every option is an argument of a public function.

One module per command: ``NAME``'s module has ``add(commands)``, which declares the command and its options, and
``run(options)``, which returns the exit status.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module

from .. import __version__
from ..problems import FoiError
from .command import INTERRUPTED, OK, UNREADABLE

#: The commands in the order of ``foi --help``; each is a module of this folder.
COMMANDS = (
    "read", "check", "proofread", "compare", "indicators", "new", "add", "build", "publish", "export", "codebook",
    "rules", "reference",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. Errors of the package become one line on stderr."""
    # a command makes cells by the hundred thousand and ends: looking for garbage as often as is usual takes a tenth
    gc.set_threshold(20_000, 20, 50)
    _speak_any_language()
    foi = parser()
    options = foi.parse_args(arguments)
    if options.command is None:
        foi.print_help()
        return OK
    try:
        status = options.run(options)
        sys.stdout.flush()
        return status
    except FoiError as error:
        print(f"foi {options.command}: {error}", file=sys.stderr)
        return UNREADABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        # nothing more is written, not at the end of the process either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            # the reader of our output went away (head, less): not an error of ours
            return OK
        print(f"foi {options.command}: the output could not be written ({error.strerror}).", file=sys.stderr)
        return UNREADABLE


def _speak_any_language() -> None:
    """What goes into a file or a pipe has the same bytes everywhere; a terminal shows what its letters allow."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
            if not stream.isatty() and "PYTHONIOENCODING" not in os.environ:
                stream.reconfigure(encoding="utf-8", newline="\n")


@cache
def parser() -> argparse.ArgumentParser:
    """The parser of ``foi`` with all commands."""
    foi = argparse.ArgumentParser(
        prog="foi",
        description="Read, check, compare and publish Chinese government-information-disclosure annual reports.",
    )
    foi.add_argument("--version", action="version", version=f"foi {__version__}")
    commands = foi.add_subparsers(dest="command", metavar="COMMAND")
    for name in COMMANDS:
        import_module(f".{name}", __name__).add(commands)
    return foi
