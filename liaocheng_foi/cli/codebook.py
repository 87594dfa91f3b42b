"""``foi codebook``: the form's codes and labels."""

from __future__ import annotations

import argparse
from typing import Any

from .command import OK, command, print_csv


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(commands, "codebook", run, "print the form's codes and labels", "foi codebook --table requests")
    parser.add_argument("--table", choices=("form", "proactive", "requests", "reviews"))


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from ..codebook import codebook

    frame = codebook().frame()
    if options.table:
        frame = frame[frame["table"] == options.table]
    print_csv(frame)
    return OK
