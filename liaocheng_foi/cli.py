"""The command line: parses and prints; every option is an argument of a public function."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from . import __version__
from .problems import FoiError, Problem

#: Exit statuses: done; the command's own bad news; the input could not be used.
OK, FOUND, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. Errors of the package become one line on stderr."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return OK
    try:
        return options.run(options)
    except FoiError as error:
        print(f"foi {options.command}: {error}", file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:
        # the reader of our output went away (head, less): not an error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="foi",
        description="Read, check, compare and publish Chinese government-information-disclosure annual reports.",
    )
    parser.add_argument("--version", action="version", version=f"foi {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for add in (_add_read, _add_build, _add_publish, _add_codebook, _add_reference):
        add(commands)
    return parser


def _command(commands: Any, name: str, run: Callable[..., int], help: str, example: str) -> argparse.ArgumentParser:
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


def _add_read(commands: Any) -> None:
    parser = _command(
        commands,
        "read",
        _read,
        "print the figures of one or more reports, one per line",
        "foi read report.pdf --format csv > figures.csv",
    )
    parser.add_argument("file", nargs="+", help="HTML, PDF, DOCX, XLSX, CSV, Markdown or text; or a folder of them")
    parser.add_argument("--format", choices=("csv", "json"), default="csv")
    parser.add_argument("--organ", help="the body, where the document does not name it")
    parser.add_argument("--year", type=int, help="the year reported on, where the document does not say it")


_READ_COLUMNS = (
    "table", "row", "column", "value", "unit", "status", "raw", "organ", "year", "edition", "scope",
    "page", "grid", "grid_row", "grid_column", "file",
)  # fmt: skip


def _read(options: argparse.Namespace) -> int:
    from .report import documents, read

    paths: list[Path] = []
    for given in options.file:
        paths += documents(given) if Path(given).is_dir() else [Path(given)]
    if not paths:
        raise FoiError(f"{options.file[0]}: the folder holds no document.")
    status, lines = OK, []
    for path in progress(paths) if len(paths) > 1 else paths:
        try:
            report = read(path, organ=options.organ, year=options.year)
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


def print_problems(name: str, problems: Iterable[Problem]) -> None:
    """One line per problem on stderr: file, place, what is wrong."""
    for problem in problems:
        place = problem.place("en")
        where = f"{name}, {place}" if place else name
        print(f"{where}: {problem.message('en')} [{problem.code}]", file=sys.stderr)


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


def _add_build(commands: Any) -> None:
    parser = _command(
        commands,
        "build",
        _build,
        "read every report listed in data/raw/manifest.csv and write data/processed",
        "foi build --raw data/raw --processed data/processed",
    )
    parser.add_argument("--raw", default="data/raw", help="folder with manifest.csv (default: data/raw)")
    parser.add_argument("--processed", default="data/processed", help="where to write (default: data/processed)")


def _build(options: argparse.Namespace) -> int:
    from .build import build

    tables = build(options.raw, options.processed, progress)
    for name, frame in tables.items():
        print(f"{name}: {len(frame)} rows")
    return OK


def _add_publish(commands: Any) -> None:
    parser = _command(
        commands,
        "publish",
        _publish,
        "run the notebooks for the reports of data/processed and write HTML pages and an index",
        "foi publish liaocheng-2020 --lang zh -o published",
    )
    parser.add_argument("report", nargs="*", help="ids such as liaocheng-2020; none means all")
    parser.add_argument("--lang", choices=("zh", "en", "both"), default="both")
    parser.add_argument("-o", "--output", default="published", metavar="DIR", help="folder (default: published)")
    parser.add_argument("--notebooks", default="notebooks", metavar="DIR", help="folder (default: notebooks)")


def _publish(options: argparse.Namespace) -> int:
    from .publication import publish

    written, failed = publish(options.report, options.lang, options.output, options.notebooks, progress=progress)
    for error in failed:
        print(f"foi publish: {error}", file=sys.stderr)
    print(f"{len(written)} pages in {options.output}/, start with {options.output}/index.html")
    return FOUND if failed else OK


def _add_codebook(commands: Any) -> None:
    parser = _command(
        commands, "codebook", _codebook, "print the form's codes and labels", "foi codebook --table requests"
    )
    parser.add_argument("--table", choices=("form", "proactive", "requests", "reviews"))


def _codebook(options: argparse.Namespace) -> int:
    from .codebook import codebook

    frame = codebook().frame()
    if options.table:
        frame = frame[frame["table"] == options.table]
    frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    return OK


def _add_reference(commands: Any) -> None:
    parser = _command(
        commands,
        "reference",
        _reference,
        "write the table reference of the documentation",
        "foi reference -o docs/tables.md",
    )
    parser.add_argument("-o", "--output", default="docs/tables.md", metavar="FILE")


def _reference(options: argparse.Namespace) -> int:
    from . import files, reference

    files.write(options.output, reference.tables())
    return OK


if __name__ == "__main__":
    sys.exit(main())
