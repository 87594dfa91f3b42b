"""``foi proofread``: a report as a page to read against, with every doubtful cell and number marked."""

from __future__ import annotations

import argparse
from typing import Any

from .command import OK, command, print_problems


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "proofread",
        run,
        "write a page of a report's tables and text with what does not hold marked, and the proposed repairs",
        "foi proofread report.pdf -o proof.html\n  foi proofread 2024.docx --previous 2023.docx --lang zh",
    )
    parser.add_argument("file", help="HTML, PDF, DOCX, XLSX, CSV, Markdown or text")
    parser.add_argument("-o", "--output", default="proof.html", metavar="FILE", help="default: proof.html")
    parser.add_argument("--previous", metavar="FILE", help="the same body's report of the year before, to compare")
    parser.add_argument("--lang", choices=("zh", "en", "both"), default="both", help="default: both, in one page")
    parser.add_argument("--organ", help="the body, where the document does not name it")
    parser.add_argument("--year", type=int, help="the year reported on, where the document does not say it")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from ..publication import proofread
    from ..report import read

    report = read(options.file, organ=options.organ, year=options.year)
    previous = None if options.previous is None else read(options.previous, organ=report.organ)
    print_problems(report.name, report.unsure)
    proofread(report, options.output, lang=options.lang, previous=previous)
    print(f"{report.name}: {options.output}")
    return OK
