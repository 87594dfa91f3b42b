"""``foi add``: a document into data/raw and its lists."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ..problems import FoiError
from ..schemas import SCOPES
from .command import OK, UNREADABLE, command, document_paths, print_problems


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "add",
        run,
        "put reports into data/raw and list them in manifest.csv and organs.csv",
        "foi add ~/report.pdf --organ hangzhou --en Hangzhou",
    )
    parser.add_argument("file", nargs="+", help="documents; or a folder of them")
    parser.add_argument("--raw", default="data/raw", metavar="DIR", help="folder with manifest.csv (default: data/raw)")
    parser.add_argument("--organ", metavar="CODE", help="code of the body (default: that of its name in organs.csv)")
    parser.add_argument("--en", metavar="NAME", help="English name of a body that is not in organs.csv yet")
    parser.add_argument("--level", choices=("province", "city", "county", "township", "department"))
    parser.add_argument("--parent", default="", metavar="CODE", help="code of the body above")
    parser.add_argument("--year", type=int, help="the year reported on, where the document does not say it")
    parser.add_argument("--scope", choices=SCOPES, help="whose figures, where the document does not say it")
    parser.add_argument(
        "--hand", choices=("first", "second"), default="first", help="from the publisher, or from others"
    )
    parser.add_argument("--address", default="", metavar="URL", help="where it was published")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from ..workspace import add as add_report

    names = ("organ", "en", "level", "parent", "year", "scope", "hand", "address")
    given = {name: getattr(options, name) for name in names}
    status = OK
    for path in document_paths(options.file):
        try:
            report = add_report(path, options.raw, **given)
        except FoiError as error:
            print(f"foi add: {error}", file=sys.stderr)
            status = UNREADABLE
            continue
        print_problems(report.name, report.unsure)
        print(f"{report.name}: {report.organ or options.organ}, {report.year}, form of {report.edition}")
    return status
