"""What every command shares: exit statuses, help with an example, files given by name, progress."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..problems import FoiError, Problem

if TYPE_CHECKING:
    import pandas as pd

#: Exit statuses: done; the command's own bad news; the input could not be used; ended from the keyboard.
OK, FOUND, UNREADABLE, INTERRUPTED = 0, 1, 2, 130


def command(commands: Any, name: str, run: Callable[..., int], help: str, example: str) -> argparse.ArgumentParser:
    """A command with its help and an example."""
    parser = commands.add_parser(
        name,
        help=help,
        description=help,
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def progress(items: Iterable) -> Iterable:
    """The items, with a progress bar where a person watches."""
    from tqdm import tqdm

    return tqdm(items, disable=None, leave=False)


def print_csv(frame: pd.DataFrame) -> None:
    """A frame on stdout as the files hold it: no cell is a formula to a spreadsheet program."""
    from ..tablefiles import to_csv

    sys.stdout.write(to_csv(frame).decode("utf-8"))


def document_paths(given: Sequence[str]) -> list[Path]:
    """The files named, and the documents of the folders named."""
    from ..report import documents

    paths: list[Path] = []
    for each in given:
        if not each:
            raise FoiError("one of the names given is empty; name a file or a folder.")
        paths += documents(each) if Path(each).is_dir() else [Path(each)]
    if not paths:
        raise FoiError(f"{given[0]}: the folder holds no document.")
    return paths


def print_problems(name: str, problems: Iterable[Problem]) -> None:
    """One line per problem on stderr: file, place, what is wrong."""
    for problem in problems:
        place = problem.place("en")
        where = f"{name}, {place}" if place else name
        print(f"{where}: {problem.message('en')} [{problem.code}]", file=sys.stderr)
