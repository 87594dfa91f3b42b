"""Cells right, wrong, missing and unsure per document and medium; the bar is no silent wrong cell.

    python benchmarks/accuracy.py [--documents 10000] [--seed 0] [--workers 2] [--show 20]

First the published reports, where ../shared/reports is there, with other libraries beside us where they are installed:
they give bare grids, so only whether the figures of a row stand in one of their rows, in order, is counted.

Then documents generated from random figures through none, one or two changes of layout each (tests/layouts.py), written
in every manner of every medium (tests/media.py). ``right``: the number (or blank, ``/``, dash) that was printed came
out. ``missing``: no cell came out, and a problem names it. ``unsure``: a cell without number, and a problem names it.
``wrong``: another number, and a problem names it. ``silent``: any of these, and no problem says so.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from conftest import SHARED, truth  # noqa: E402
from generated import Outcome, generated  # noqa: E402

import liaocheng_foi as foi  # noqa: E402

VERDICTS = ("right", "missing", "unsure", "wrong", "silent")


def tell(outcomes: list[Outcome], show: int) -> int:
    """Print the counts per manner and per change; gives the number of silent wrong cells."""
    for title, names in (("manner", lambda o: [o.manner]), ("change", lambda o: o.changes or ("none",))):
        counts: dict[str, Counter[str]] = {}
        for outcome in outcomes:
            for name in names(outcome):
                counts.setdefault(name, Counter(documents=0)).update(outcome.counts)
                counts[name]["documents"] += 1
        print(f"\n{title:28}{'documents':>10}" + "".join(f"{verdict:>10}" for verdict in VERDICTS))
        for name, count in sorted(counts.items()):
            print(f"{name:28}{count['documents']:10}" + "".join(f"{count[verdict]:10}" for verdict in VERDICTS))
    silent = [outcome for outcome in outcomes if outcome.silent]
    for outcome in silent[:show]:
        print(f"silent: document {outcome.number}, {outcome.manner}, {'+'.join(outcome.changes)}: {outcome.silent[0]}")
    total = Counter[str]()
    for outcome in outcomes:
        total.update(outcome.counts)
    print(f"\n{len(outcomes)} documents: " + ", ".join(f"{total[verdict]} {verdict}" for verdict in VERDICTS))
    return total["silent"]


def real() -> None:
    """The published reports, and what other libraries make of them."""
    print(f"{'published report':26}{'cells':>7}{'right':>7}{'wrong':>7}{'missing':>9}{'unsure':>8}")
    for path in sorted(SHARED.glob("*.*")):
        if not (SHARED / "truth" / f"{path.stem}.csv").exists():
            continue
        want = truth(path.stem)
        report = foi.read(path)
        got = {cell.key: cell.value for cell in report.cells()}
        right = sum(key in got and got[key] == value for key, value in want.items())
        missing = sum(key not in got for key in want)
        extra = sum(key not in want for key in got)
        wrong = len(want) - right - missing + extra
        print(f"{path.name:26}{len(want):7}{right:7}{wrong:7}{missing:9}{len(report.unsure):8}")
    print(f"\n{'other library':22}{'published report':26}{'figures in rows of their own':>28}")
    for path in sorted(SHARED.glob("*.*")):
        if not (SHARED / "truth" / f"{path.stem}.csv").exists():
            continue
        rows: dict[tuple[str, str], list[float]] = {}
        for (table, row, _), value in truth(path.stem).items():
            if value is not None:
                rows.setdefault((table, row), []).append(value)
        if rows.keys() & {("reviews", "reconsideration")}:
            # the three proceedings stand in one printed row
            reviews = [value for key in list(rows) if key[0] == "reviews" for value in rows.pop(key)]
            rows["reviews", "all"] = reviews
        for library, found in _by_other_libraries(path):
            if found is None:
                print(f"{library:22}{path.name:26}{'not installed':>28}")
                continue
            numbers = [[n for cell in row if (n := _number(cell)) is not None] for row in found]
            hit = sum(len(values) for values in rows.values() if values in numbers)
            print(f"{library:22}{path.name:26}{f'{hit} of {sum(map(len, rows.values()))}':>28}")


def _by_other_libraries(path: Path) -> Iterator[tuple[str, list[list[object]] | None]]:
    if path.suffix == ".pdf":
        try:
            import pdfplumber

            with pdfplumber.open(path) as book:
                yield "pdfplumber", [row for page in book.pages for table in page.extract_tables() for row in table]
        except ImportError:
            yield "pdfplumber", None
        try:
            import camelot

            tables = camelot.read_pdf(str(path), pages="all", flavor="lattice")
            yield "camelot", [list(row) for table in tables for row in table.df.itertuples(index=False)]
        except ImportError:
            yield "camelot", None
    elif path.suffix == ".html":
        import pandas as pd

        tables = pd.read_html(io.StringIO(path.read_text(encoding="utf-8")))
        yield "pandas.read_html", [list(row) for table in tables for row in table.astype(str).itertuples(index=False)]


def _number(cell: object) -> float | None:
    try:
        value = float(str(cell).replace("元", "").replace("\n", ""))
    except ValueError:
        return None
    return None if value != value else value


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--documents", type=int, default=10_000)
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--show", type=int, default=20, help="silent errors to print")
    options = ask.parse_args()
    if SHARED.is_dir():
        real()
    with ProcessPoolExecutor(options.workers) as pool:
        outcomes = list(pool.map(partial(generated, options.seed), range(options.documents), chunksize=50))
    silent = tell(outcomes, options.show)
    print(f"silent wrong cells: {silent}")
    return min(silent, 1)


if __name__ == "__main__":
    sys.exit(main())
