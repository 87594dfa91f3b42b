"""``foi new``: a working folder of one's own."""

from __future__ import annotations

import argparse
from typing import Any

from .command import OK, command


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "new",
        run,
        "set up a working folder: data/raw with its lists, the notebooks, a README",
        "foi new my-reports && cd my-reports && foi add ~/report.pdf && foi publish",
    )
    parser.add_argument("folder", metavar="DIR")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from ..workspace import new

    written = new(options.folder)
    print(f"{len(written)} files in {options.folder}/; put a report in with: foi add FILE")
    return OK
