"""``foi compare``: two years of one body, two bodies, or a body and its peers, side by side."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from ..problems import SelectionError
from .columns import lines
from .command import OK, command, print_csv

if TYPE_CHECKING:
    from ..comparison import Comparison
    from ..peers import PeerComparison


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "compare",
        run,
        "compare two years of one body, two bodies, or a body and its peers",
        "foi compare suqian:2023 suqian:2024 --lang en\n"
        "  foi compare suqian:2023 suqian:2024 -o comparison.html\n"
        "  foi compare suqian:2024 peers\n"
        "  foi compare report-2023.pdf report-2024.pdf --format csv",
    )
    parser.add_argument("a", metavar="A", help="an id such as suqian-2023, BODY:YEAR, or a document")
    parser.add_argument("b", metavar="B", help='the same, or "peers": all other bodies with a report on that year')
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text", help="csv: every cell; json: all")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the text (default: zh)")
    parser.add_argument("-o", "--output", metavar="FILE.html", help="write a page of two reports, in both languages")
    parser.add_argument("--mixed-scopes", action="store_true", help="compare a region with an organ all the same")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status."""
    from ..comparison import compare
    from ..panel import load

    found: Comparison | PeerComparison
    if options.b == "peers":
        panel = load()
        found = compare(options.a, panel, panel=panel, mixed_scopes=options.mixed_scopes)
    else:
        found = compare(options.a, options.b, mixed_scopes=options.mixed_scopes)
    if options.output:
        _write(found, options.output)
    elif options.format == "csv":
        print_csv(found.cells)
    elif options.format == "json":
        print(json.dumps(found.record(), ensure_ascii=False, indent=1))
    else:
        _print_text(found, options.lang)
    return OK


def _write(found: Comparison | PeerComparison, path: str) -> None:
    from ..comparison import Comparison
    from ..publication import publish

    if not isinstance(found, Comparison):
        raise SelectionError('a page shows two reports; name the second instead of "peers".')
    publish(found, path)
    print(path)


def _print_text(found: Comparison | PeerComparison, lang: str) -> None:
    """What it shows in sentences, then the table a first look needs."""
    print(found.title(lang))
    print()
    for sentence in found.sentences(lang):
        print(f"  {sentence}")
    if not len(found.headline):
        return
    table = found.table("headline", lang).reset_index()
    rows = [tuple(map(str, table.columns)), *(tuple(map(str, line)) for line in table.itertuples(index=False))]
    numeric = [i for i, name in enumerate(table.columns) if i and all(_is_number(v) for v in table[name])]
    print()
    print("\n".join(lines(rows, right=numeric)))


def _is_number(text: str) -> bool:
    return not text.strip("+−0123456789.,")
