"""``foi rules``: the catalogue of rules."""

from __future__ import annotations

import argparse
from typing import Any

from .command import OK, command, print_csv


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(commands, "rules", run, "list the rules that reports are checked by", "foi rules --lang en")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the text (default: zh)")
    parser.add_argument("--format", choices=("text", "csv"), default="text")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from ..checks import catalogue

    if options.format == "csv":
        print_csv(catalogue.catalogue_frame())
        return OK
    for rule in catalogue.rules():
        editions = "|".join(map(str, rule.editions))
        print(f"{rule.rule}  {rule.severity:7}  {editions:9}  {rule.kind:8}  {rule.title(options.lang)}")
    return OK
