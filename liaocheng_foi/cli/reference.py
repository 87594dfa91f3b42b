"""``foi reference``: the generated pages of the documentation."""

from __future__ import annotations

import argparse
from typing import Any

from .command import OK, command


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "reference",
        run,
        "write the table reference of the documentation",
        "foi reference -o docs/tables.md",
    )
    parser.add_argument("-o", "--output", default="docs/tables.md", metavar="FILE")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from .. import files, reference

    files.write(options.output, reference.tables())
    return OK
