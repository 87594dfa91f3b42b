"""Cells right, wrong, missing and unsure in reports that a browser prints to PDF; the bar is no silent wrong cell.

    python benchmarks/prints.py [--documents 280] [--seed 0] [--show 20]

Random figures through none, one or two changes of layout each (tests/layouts.py), on pages whose tables are styled at
random: with and without borders, with rules below rows, striped, narrow and wide, in any alignment and size of letters.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from accuracy import tell  # noqa: E402
from browser import CHROMIUM, printed_by_browser  # noqa: E402
from generated import Outcome, changed, judged  # noqa: E402

BORDERS = {
    "bare": "",
    "framed": "table{border-top:2px solid}",
    "striped": "tr:nth-child(even){background:#eee}",
    "ruled_below": "td{border-bottom:1px solid #ccc}",
    "boxed": "table{border-collapse:collapse}td{border:1px solid}",
}
#: So many documents are printed at once.
_AT_ONCE = 28


def style(rng: random.Random) -> tuple[str, str]:
    """A style, and the name of its borders."""
    borders = rng.choice(list(BORDERS))
    size, padding = rng.choice((10, 11, 12, 13, 16)), rng.choice((0, 1, 2, 4, 8))
    line = rng.choice(("", "line-height:1.2;", "line-height:1.6;"))
    width = rng.choice(("", "width:100%", "width:90%", "width:640px"))
    align = rng.choice(("left", "center", "center", "right"))
    height = rng.choice(("", "", "vertical-align:top", "vertical-align:bottom"))
    cells = f"td{{text-align:{align};padding:{padding}px;{height}}}"
    return f"font-size:{size}px;{line}table{{{width}}}{cells}{BORDERS[borders]}", borders


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--documents", type=int, default=280)
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--show", type=int, default=20, help="silent errors to print")
    options = ask.parse_args()
    if CHROMIUM is None:
        print("chromium is not on this machine")
        return 0
    outcomes: list[Outcome] = []
    for first in range(0, options.documents, _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, options.documents))
        made = [_made(random.Random(f"{options.seed} {number}")) for number in numbers]
        with tempfile.TemporaryDirectory() as folder:
            prints = printed_by_browser([(form.document(), style) for form, _, style, _ in made], Path(folder))
        for number, (form, changes, _, borders), data in zip(numbers, made, prints, strict=True):
            outcomes.append(judged(Outcome(number, f"pdf-{borders}", changes), form, data))
    silent = tell(outcomes, options.show)
    print(f"silent wrong cells: {silent}")
    return min(silent, 1)


def _made(rng: random.Random):
    edition = rng.choice((2019, 2021))
    while True:
        try:
            form, changes = changed(rng, edition)
        except ValueError:
            continue
        return form, changes, *style(rng)


if __name__ == "__main__":
    sys.exit(main())
