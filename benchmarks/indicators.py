"""All indicators and all year-over-year changes over a generated panel, beside the plain pandas way.

    python benchmarks/indicators.py [BODIES …] [--years 7] [--plain]

One line per size (2000, 6000, 20000 by default): figures, seconds, peak memory. ``--plain`` also does the same
with pivot, groupby and merge, and checks that both give the same numbers. Each measurement has a process of its own.
At the end, what ``foi compare`` does with two reports in a warm process: every frame, sentence and table.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from liaocheng_foi.codebook import codebook
from liaocheng_foi.comparison import compare
from liaocheng_foi.measures.indicator import dictionary, indicators
from liaocheng_foi.measures.years import change
from liaocheng_foi.panel import Panel, load

LAST = 2025
TYPES = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organisation")


def made(bodies: int, years: int) -> pd.DataFrame:
    """Figures of bodies × years on both editions, every printed sum right, one blank cell in fifty reports."""
    random = np.random.default_rng(20261124)
    frames = []
    for year in range(LAST - years + 1, LAST + 1):
        edition = 2019 if year <= 2020 else 2021
        cells = codebook().cells(edition)
        value = np.zeros((bodies, len(cells)))
        at = {cell: i for i, cell in enumerate(cells)}
        for i, (table, _, column) in enumerate(cells):
            high = 2000 if table == "proactive" else 12 if column == "natural_person" else 3
            value[:, i] = random.integers(0, high, bodies)
        rows = [row.code for row in codebook().rows("requests", edition)]
        for who in TYPES:
            outcomes = [at["requests", r, who] for r in rows if codebook().find("requests", "row", r).parents]
            handled = value[:, outcomes].sum(axis=1)
            value[:, at["requests", "outcome_total", who]] = handled
            flows = [value[:, at["requests", r, who]] for r in ("carried_in", "carried_forward")]
            value[:, at["requests", "received_new", who]] = np.maximum(handled + flows[1] - flows[0], 0)
            value[:, at["requests", "carried_in", who]] = np.where(handled + flows[1] < flows[0], 0, flows[0])
            received = value[:, at["requests", "received_new", who]] + value[:, at["requests", "carried_in", who]]
            value[:, at["requests", "carried_forward", who]] = received - handled
        for row in rows:
            value[:, at["requests", row, "total"]] = sum(value[:, at["requests", row, who]] for who in TYPES)
        for row in codebook().select("reviews", "row"):
            parts = [value[:, at["reviews", row.code, c]] for c in ("upheld", "corrected", "other", "pending")]
            value[:, at["reviews", row.code, "total"]] = sum(parts)
        status = np.zeros(value.shape, "int8")
        blank = at["requests", "denied.state_secret", "research"]
        hole = (value[:, blank] == 0) & (random.random(bodies) < 0.06)
        value[hole, blank], status[hole, blank] = np.nan, 1
        frames.append((year, edition, cells, value, status))
    return joined(frames, bodies)


def joined(frames: list, bodies: int) -> pd.DataFrame:
    names = [f"body-{i:06d}" for i in range(bodies)]
    every = sorted({cell for _, _, cells, _, _ in frames for cell in cells})
    columns: dict = {}
    sizes = [value.size for *_, value, _ in frames]
    organ = np.concatenate([np.repeat(np.arange(bodies, dtype="int32"), len(f[2])) for f in frames])
    columns["organ"] = pd.Categorical.from_codes(organ, names)
    for name, position in (("year", 0), ("edition", 1)):
        columns[name] = np.concatenate([np.full(n, f[position], "int16") for n, f in zip(sizes, frames, strict=True)])
    columns["scope"] = pd.Categorical.from_codes(np.zeros(len(organ), "int8"), ["region-wide"])
    for i, name in enumerate(("table", "row", "column")):
        words = sorted({cell[i] for cell in every})
        codes = [np.array([words.index(cell[i]) for cell in f[2]], "int8") for f in frames]
        columns[name] = pd.Categorical.from_codes(np.concatenate([np.tile(c, bodies) for c in codes]), words)
    columns["value"] = np.concatenate([f[3].reshape(-1) for f in frames])
    codes = np.concatenate([f[4].reshape(-1) for f in frames])
    columns["status"] = pd.Categorical.from_codes(codes, ["reported", "blank"])
    return pd.DataFrame(columns, copy=False)


def ours(figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    panel = Panel.from_figures(figures)
    return indicators(panel), change(panel)


def plain(figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The way one would write it without this package: pivot wide, compute columns, melt; merge with last year."""
    key = ["organ", "scope", "year"]
    wide = figures.pivot_table(index=key, columns=["table", "row", "column"], values="value", sort=True)
    groups: dict = {}
    for column in (*TYPES, "total"):
        for group in ("denied", "unavailable", "not_processed", "other"):
            rows = [child.code for child in codebook().children("requests", group, 2021)]
            total = sum(wide["requests", row, column] for row in rows)
            if group == "other":
                total = wide["requests", "other", column].combine_first(total)
            groups["requests", group, column] = total
    wide = wide.drop(columns=[k for k in groups if k in wide]).join(pd.DataFrame(groups))
    found = {}
    for one in dictionary().values():
        if one.family == "quality" or one.external:
            continue
        each = {"total": ("total",), "types": (*TYPES, "legal_person"), "each": ("total", *TYPES, "legal_person")}
        for who in each[one.applicants]:
            found[one.id, who] = one.scale * _plain(one, who, wide, key)
    long = pd.DataFrame(found).replace([np.inf, -np.inf], np.nan)
    long.columns.names = ["indicator", "applicant"]
    long = long.melt(ignore_index=False).reset_index()
    cell = ["organ", "scope", "table", "row", "column"]
    last = figures[[*cell, "year", "value"]].assign(year=figures["year"] + 1)
    changed = figures[[*cell, "year", "value"]].merge(last, on=[*cell, "year"], suffixes=("", "_base"))
    changed["difference"] = changed["value"] - changed["value_base"]
    changed["percent"] = (100 * changed["difference"] / changed["value_base"]).replace([np.inf, -np.inf], np.nan)
    return long, changed


def _plain(one, who: str, wide: pd.DataFrame, key: list[str]) -> pd.Series:
    def read(reference) -> pd.Series:
        column = reference.column or who
        if column == "legal_person":
            values = sum(wide[reference.table, reference.row, part] for part in TYPES[1:])
        else:
            values = wide[reference.table, reference.row, column]
        if not reference.previous:
            return values
        shifted = values.groupby(level=["organ", "scope"], observed=True).shift()
        years = values.index.get_level_values("year").to_series(index=values.index)
        return shifted.where(years.groupby(level=["organ", "scope"], observed=True).diff() == 1)

    top, bottom = one.formulas
    return top.compute(read) if bottom is None else top.compute(read) / bottom.compute(read)


def same(figures: pd.DataFrame) -> None:
    """Both ways give the same numbers wherever no blank was filled in."""
    (rates, steps), (plain_rates, plain_steps) = ours(figures), plain(figures)
    key = ["organ", "year", "indicator", "applicant"]
    both = rates[rates["note"].str.contains("blank_as_zero") == False].merge(plain_rates, on=key)  # noqa: E712
    pd.testing.assert_series_equal(both["value_x"], both["value_y"], check_names=False)
    key = ["organ", "year", "table", "row", "column"]
    both = steps.merge(plain_steps.dropna(subset="difference"), on=key)
    assert len(both) > len(plain_steps) / 2
    pd.testing.assert_series_equal(both["difference_x"], both["difference_y"], check_names=False)


def measure(way: str, bodies: int, years: int) -> None:
    figures = made(bodies, years)
    start = time.perf_counter()
    rates, steps = {"ours": ours, "plain": plain}[way](figures)
    spent = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    sizes = f"{len(figures):>11,} figures  {len(rates):>11,} indicators  {len(steps):>11,} changes"
    print(f"{way:5} {bodies:>7,} bodies × {years}  {sizes}  {spent:7.2f} s  {peak:5.2f} GB", flush=True)


def compared(rounds: int = 5) -> None:
    panel = load(Path(__file__).parent.parent / "data" / "processed")
    spent = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        found = compare("suqian:2023", "suqian:2024", panel=panel)
        for lang in ("zh", "en"):
            found.sentences(lang), found.tables(lang)
        spent.append(time.perf_counter() - start)
    print(
        f"compare two reports: {sorted(spent[1:])[rounds // 2]:.2f} s warm, {spent[0]:.2f} s the first time", flush=True
    )


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("bodies", type=int, nargs="*", default=[2000, 6000, 20000])
    ask.add_argument("--years", type=int, default=7)
    ask.add_argument("--plain", action="store_true", help="the pandas way too")
    ask.add_argument("--way", choices=("ours", "plain"), help=argparse.SUPPRESS)
    args = ask.parse_args()
    if args.way:
        measure(args.way, args.bodies[0], args.years)
        return
    if args.plain:
        same(made(200, args.years))
    for bodies in args.bodies:
        for way in ("ours", "plain") if args.plain else ("ours",):
            command = [sys.executable, __file__, str(bodies), "--years", str(args.years), "--way", way]
            subprocess.run(command, check=True)
    compared()


if __name__ == "__main__":
    main()
