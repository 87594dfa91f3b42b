"""``foi publish``: HTML pages and an index."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from ..plural import Count
from .command import FOUND, OK, command, progress

_EXAMPLE = """foi publish                                all reports, comparisons and notebooks
  foi publish liaocheng-2020 --lang zh       one report, in Chinese only
  foi publish --no-notebooks -o site         the pages alone, into another folder
  foi publish && open published/index.html"""


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "publish",
        run,
        "build the data, then write a page of each report, comparisons of years, the notebooks, and an index",
        _EXAMPLE,
    )
    parser.add_argument("report", nargs="*", help="ids such as liaocheng-2020; none means all")
    parser.add_argument("--lang", choices=("zh", "en", "both"), default="both", help="default: both, in one page")
    parser.add_argument("-o", "--output", default="published", metavar="DIR", help="folder (default: published)")
    parser.add_argument("--notebooks", default="notebooks", metavar="DIR", help="folder (default: notebooks)")
    parser.add_argument("--no-notebooks", action="store_true", help="leave the notebooks out")
    parser.add_argument(
        "--raw", default="data/raw", metavar="DIR", help="built first where it holds a manifest.csv (default: data/raw)"
    )
    parser.add_argument("--processed", default="data/processed", metavar="DIR", help="default: data/processed")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4), help="pages made at the same time")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from ..build import build
    from ..panel import load
    from ..publication import publish_all
    from ..sources import MANIFEST

    if Path(options.raw, MANIFEST).exists():
        build(options.raw, options.processed, progress)
    written, failed = publish_all(
        options.report,
        options.lang,
        options.output,
        None if options.no_notebooks else options.notebooks,
        load(options.processed),
        workers=max(options.workers, 1),
        progress=progress,
    )
    for error in failed:
        print(f"foi publish: {error}", file=sys.stderr)
    print(f"{Count(len(written)):page|pages} in {options.output}/, start with {options.output}/index.html")
    return FOUND if failed else OK
