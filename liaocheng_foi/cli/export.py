"""``foi export``: the tables of a store as a data package, workbook or database; filled forms."""

from __future__ import annotations

import argparse
from typing import Any

from .command import OK, command


def add(commands: Any) -> None:
    """Declare the command."""
    from ..release import FORMATS

    parser = command(
        commands,
        "export",
        run,
        "write the tables of a store (data/processed) as a data package, workbook, database, or filled forms",
        "foi export data/processed --to xlsx -o reports.xlsx --year 2023 2024",
    )
    parser.add_argument("store", metavar="STORE", help="folder with datapackage.json, such as data/processed")
    parser.add_argument("--to", required=True, choices=FORMATS, help="csv, parquet, json, docx are folders")
    parser.add_argument("-o", "--output", required=True, metavar="PATH", help="file or folder; .zip packs a folder")
    parser.add_argument("--organ", nargs="+", metavar="CODE", help="these bodies only")
    parser.add_argument("--year", nargs="+", type=int, help="these years only")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of filled forms (default: zh)")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from ..panel import load
    from ..release import export

    panel = load(options.store)
    if options.organ or options.year:
        panel = panel.sel(organ=options.organ, year=options.year)
    for path in export(panel, options.to, options.output, options.lang):
        print(path)
    return OK
