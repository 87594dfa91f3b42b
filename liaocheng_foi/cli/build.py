"""``foi build``: data/raw → data/processed."""

from __future__ import annotations

import argparse
from typing import Any

from ..plural import Count
from .command import OK, command, progress


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "build",
        run,
        "read every report listed in data/raw/manifest.csv and write data/processed",
        "foi build --raw data/raw --processed data/processed",
    )
    parser.add_argument("--raw", default="data/raw", help="folder with manifest.csv (default: data/raw)")
    parser.add_argument("--processed", default="data/processed", help="where to write (default: data/processed)")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from ..build import build

    tables = build(options.raw, options.processed, progress)
    for name, frame in tables.items():
        print(f"{name}: {Count(len(frame)):row|rows}")
    return OK
