"""Cells right, wrong, missing and unsure per document and medium; the bar is no silent wrong cell.

    python benchmarks/accuracy.py [--documents 10000] [--seed 0]

First the published reports, where ../shared/reports is there, then documents generated from random figures through
one or two changes of layout each, in every medium. A cell is *wrong* when another number came out than was printed,
*silent* when that happened in a document that has no problem telling of doubt. Other libraries are put beside where
they are installed: they give bare grids, so only whether the figures of a row stand in it, in order, is counted.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from conftest import SHARED, truth  # noqa: E402
from media import MEDIA  # noqa: E402
from printed import BOOK, CHANGES, printed, random_figures  # noqa: E402

import liaocheng_foi as foi  # noqa: E402
from liaocheng_foi.values import parse  # noqa: E402

#: Problems that leave no doubt about any figure.
CERTAIN = {
    "label-variant",
    "label-nearest",
    "edition-unusual",
    "subtotal-added",
    "other-in-one-row",
    "metadata-missing",
}
#: Documents of each hundred, by medium: drawing a PDF takes a second.
WEIGHTS = {"html": 26, "md": 22, "txt": 20, "csv": 12, "xlsx": 8, "docx": 11, "pdf": 1}


def real() -> None:
    print(f"{'published report':24}{'cells':>7}{'right':>7}{'wrong':>7}{'missing':>9}{'unsure':>8}")
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
        print(f"{path.name:24}{len(want):7}{right:7}{wrong:7}{missing:9}{len(report.unsure):8}")


def generated(documents: int, seed: int) -> int:
    counts = {medium: Counter() for medium in MEDIA}
    media, weights = zip(*WEIGHTS.items(), strict=True)
    names = list(CHANGES)
    for number in range(documents):
        rng = random.Random(seed * 1_000_003 + number)
        edition = rng.choice((2019, 2021))
        figures = random_figures(rng, edition)
        form = printed(figures, edition)
        applied = rng.sample(names, rng.choice((1, 1, 2)))
        try:
            for name in applied:
                CHANGES[name](rng, form)
        except ValueError:
            continue  # two changes that exclude each other
        medium = rng.choices(media, weights)[0]
        data = MEDIA[medium](form.document())
        score(counts[medium], figures, data, f"generated.{medium}", edition, (number, *applied))
    print(f"\n{'medium':8}{'documents':>10}{'cells':>10}{'right':>10}{'missing':>9}{'wrong':>7}{'silent':>8}")
    for medium, count in counts.items():
        columns = (("documents", 10), ("cells", 10), ("right", 10), ("missing", 9), ("wrong", 7), ("silent", 8))
        shown = "".join(f"{count[key]:{width}}" for key, width in columns)
        print(f"{medium:8}{shown}")
    return sum(count["silent"] for count in counts.values())


def score(count: Counter, figures: dict, data: bytes, name: str, edition: int, what: tuple) -> None:
    count["documents"] += 1
    count["cells"] += len(figures)
    try:
        report = foi.read(data, name=name, organ="x", year=2020 if edition == 2019 else 2022)
    except foi.ReadError as error:
        count["missing"] += len(figures)
        print("not read:", what, str(error)[:100])
        return
    doubt = any(problem.code not in CERTAIN for problem in report.problems)
    got = {cell.key: cell for cell in report.cells()}
    for key, printed_text in figures.items():
        cell = got.get(key)
        want = parse(printed_text, "万元" if BOOK.unit(*key) == "万元" else None, BOOK.signed(key[0], key[2])).value
        if cell is None:
            count["missing"] += 1
            if not doubt:
                count["silent"] += 1
                print("silent:", what, name, key, "missing")
        elif cell.value == want or ("blank_cells" in what and want == 0 and cell.value is None):
            count["right"] += 1
        elif cell.value is None and doubt:
            count["missing"] += 1
        else:
            count["wrong"] += 1
            if not doubt:
                count["silent"] += 1
                print("silent:", what, name, key, "printed", printed_text, "read", cell.value)


def others() -> None:
    """The other libraries on the published documents."""
    for path in sorted(SHARED.glob("*.*")):
        if not (SHARED / "truth" / f"{path.stem}.csv").exists():
            continue
        want: dict[tuple[str, str], list[float]] = {}
        for (table, row, _), value in truth(path.stem).items():
            if value is not None:
                want.setdefault((table, row), []).append(value)
        for library, rows in _rows_by_other_libraries(path):
            found = [[number for cell in row if (number := _number(cell)) is not None] for row in rows]
            hit = sum(len(values) for values in want.values() if values in found)
            print(f"{library:22}{path.name:26}{hit:5} of {sum(map(len, want.values()))} figures in rows of their own")


def _rows_by_other_libraries(path: Path):
    if path.suffix == ".pdf":
        try:
            import pdfplumber

            with pdfplumber.open(path) as book:
                yield "pdfplumber", [row for page in book.pages for table in page.extract_tables() for row in table]
        except ImportError:
            print("pdfplumber is not installed")
        try:
            import camelot

            tables = camelot.read_pdf(str(path), pages="all", flavor="lattice")
            yield "camelot", [list(row) for table in tables for row in table.df.itertuples(index=False)]
        except ImportError:
            print("camelot is not installed")
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
    options = ask.parse_args()
    if SHARED.is_dir():
        real()
        others()
    silent = generated(options.documents, options.seed)
    print(f"silent wrong cells: {silent}")
    return min(silent, 1)


if __name__ == "__main__":
    sys.exit(main())
