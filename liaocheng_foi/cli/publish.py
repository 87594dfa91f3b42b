"""``foi publish``: HTML pages and an index."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from .command import FOUND, OK, command, progress


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "publish",
        run,
        "run the notebooks for the reports of data/processed and write HTML pages and an index",
        "foi publish liaocheng-2020 --lang zh -o published",
    )
    parser.add_argument("report", nargs="*", help="ids such as liaocheng-2020; none means all")
    parser.add_argument("--lang", choices=("zh", "en", "both"), default="both")
    parser.add_argument("-o", "--output", default="published", metavar="DIR", help="folder (default: published)")
    parser.add_argument("--notebooks", default="notebooks", metavar="DIR", help="folder (default: notebooks)")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from ..publication import publish

    written, failed = publish(options.report, options.lang, options.output, options.notebooks, progress=progress)
    for error in failed:
        print(f"foi publish: {error}", file=sys.stderr)
    print(f"{len(written)} pages in {options.output}/, start with {options.output}/index.html")
    return FOUND if failed else OK
