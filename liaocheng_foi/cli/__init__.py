"""The command line: parses and prints; every option is an argument of a public function.

One module per command: ``NAME``'s module has ``add(commands)``, which declares the command and its options, and
``run(options)``, which returns the exit status.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module

from .. import __version__
from ..problems import FoiError
from .command import OK, UNREADABLE

#: The commands in the order of ``foi --help``; each is a module of this folder.
COMMANDS = (
    "read", "check", "proofread", "compare", "indicators", "new", "add", "build", "publish", "export", "codebook",
    "rules", "reference",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. Errors of the package become one line on stderr."""
    # a command makes cells by the hundred thousand and ends: looking for garbage as often as is usual takes a tenth
    gc.set_threshold(20_000, 20, 50)
    foi = parser()
    options = foi.parse_args(arguments)
    if options.command is None:
        foi.print_help()
        return OK
    try:
        return options.run(options)
    except FoiError as error:
        print(f"foi {options.command}: {error}", file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:
        # the reader of our output went away (head, less): not an error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


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
