"""``foi read``: the figures of one or more reports, one per line."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from typing import Any

from ..problems import FoiError
from .command import OK, UNREADABLE, command, document_paths, print_problems, progress


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "read",
        run,
        "print the figures of one or more reports, one per line",
        "foi read report.pdf --format csv > figures.csv",
    )
    parser.add_argument("file", nargs="+", help="HTML, PDF, DOCX, XLSX, CSV, Markdown or text; or a folder of them")
    parser.add_argument("--format", choices=("csv", "json"), default="csv")
    parser.add_argument("--organ", help="the body, where the document does not name it")
    parser.add_argument("--year", type=int, help="the year reported on, where the document does not say it")
    parser.add_argument(
        "--limit", action="append", default=[], metavar="NAME=VALUE", help="another limit, such as max_pages=2000"
    )


_READ_COLUMNS = (
    "table", "row", "column", "value", "unit", "status", "raw", "organ", "year", "edition", "scope",
    "page", "grid", "grid_row", "grid_column", "file",
)  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from ..readers import Limits
    from ..report import read

    limits = Limits.of(options.limit)
    paths = document_paths(options.file)
    status, lines = OK, []
    for path in progress(paths) if len(paths) > 1 else paths:
        try:
            report = read(path, organ=options.organ, year=options.year, limits=limits)
        except FoiError as error:
            print(f"foi read: {error}", file=sys.stderr)
            status = UNREADABLE
            continue
        print_problems(report.name, report.problems)
        if report.unsure:
            status = UNREADABLE
        for cell in report.cells():
            known = {"organ": report.organ, "year": report.year, "edition": report.edition, "scope": report.scope}
            lines.append({**cell._asdict(), **known, "file": report.name})
    if lines:
        _print_lines(lines, options.format)
    return status


def _print_lines(lines: list[dict[str, Any]], format_name: str) -> None:
    shown = [{column: _shown(line[column]) for column in _READ_COLUMNS} for line in lines]
    if format_name == "json":
        json.dump(shown, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    writer = csv.DictWriter(sys.stdout, _READ_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(shown)


def _shown(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
