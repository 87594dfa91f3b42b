"""Inputs for charts: real reports, and the extremes that break layouts."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from typing import Any

from panels import REAL, _real, balanced, framed
from printed import random_figures

import liaocheng_foi as foi
from liaocheng_foi.codebook import codebook
from liaocheng_foi.measures.funnels import peers

LONG = "某某自治区某某自治州某某自治县人民政府办公室（政务公开工作领导小组）"


def report(cells: dict, edition: int = 2021, year: int = 2023) -> foi.Report:
    return foi.Report.from_figures(framed(cells, "somewhere", year, edition))


@cache
def real(name: str) -> foi.Report:
    return foi.Report.from_figures(_real(name))


@cache
def drawn(seed: int, edition: int, year: int = 2023, gone: float = 0.0) -> foi.Report:
    """A form that adds up, with a part of its cells blank, struck or illegible."""
    rng = random.Random(seed)
    statuses = ("blank", "blank", "not_applicable", "dash", "illegible")
    cells = {
        key: rng.choice(statuses) if rng.random() < gone else float(text)
        for key, text in random_figures(rng, edition).items()
    }
    return report(cells, edition, year)


@cache
def small(n: int, edition: int = 2021, year: int = 2023) -> foi.Report:
    """A body that handled ``n`` requests, each with another outcome."""
    rows = ("granted", "partly_granted", "denied.state_secret", "unavailable.not_held", "not_processed.repeated")
    handled = {rows[i % 5]: n // 5 + (i < n % 5) for i in range(min(n, 5))}
    return report(balanced({"natural_person": handled}, edition, reviews=(n, 0, 0, 0)), edition, year)


@cache
def broken(edition: int = 2021) -> foi.Report:
    """A form none of whose sums hold."""
    rng = random.Random(7)
    return report({cell: float(rng.randint(0, 500)) for cell in codebook().cells(edition)}, edition)


@cache
def lost() -> foi.Report:
    """A form half of whose rows were not found."""
    rng = random.Random(3)
    cells = {key: float(text) for key, text in random_figures(rng, 2021).items()}
    return report({key: value for key, value in cells.items() if hash_of(key) % 2}, 2021)


def hash_of(key: tuple[str, str, str]) -> int:
    return sum(map(ord, "".join(key)))


def filled(value: object, edition: int) -> dict:
    return dict.fromkeys(codebook().cells(edition), value)


def once(cases: dict[str, Any]) -> dict[str, Any]:
    """The same cases, each made once."""
    return {name: cache(case) if callable(case) else (cache(case[0]), case[1]) for name, case in cases.items()}


#: One report each.
REPORTS: dict[str, Callable[[], foi.Report]] = once({
    **{name: (lambda name=name: real(name)) for name in REAL},
    **{f"zero-{edition}": (lambda edition=edition: report(filled(0.0, edition), edition)) for edition in (2019, 2021)},
    **{f"blank-{edition}": (lambda edition=edition: report(filled(None, edition), edition)) for edition in (2019, 2021)},
    **{f"huge-{edition}": (lambda edition=edition: report(filled(98765432.0, edition), edition)) for edition in (2019, 2021)},
    "huge-and-small": lambda: report(balanced({"natural_person": {"granted": 98765432, "denied.state_secret": 1}, "business": {"granted": 3}})),
    **{f"n={n}": (lambda n=n: small(n)) for n in range(1, 10)},
    "n=29": lambda: small(29),
    "broken-2019": lambda: broken(2019),
    "broken-2021": lambda: broken(2021),
    "lost": lost,
    **{f"drawn-{seed}": (lambda seed=seed: drawn(seed, 2019 if seed % 2 else 2021, gone=0.1 * (seed % 3))) for seed in range(1, 9)},
})  # fmt: skip


def _years(seed: int, first: int, last: int, skip: tuple[int, ...] = (), gone: float = 0.0) -> list[foi.Report]:
    return [
        drawn(seed + year, 2019 if year < 2021 else 2021, year, gone)
        for year in range(first, last + 1)
        if year not in skip
    ]


#: Two reports of one body.
PAIRS: dict[str, Callable[[], list[foi.Report]]] = once({
    "suqian": lambda: [real("suqian-2023"), real("suqian-2024")],
    "break": lambda: [drawn(1, 2019, 2020), drawn(2, 2021, 2021)],
    "law": lambda: [drawn(1, 2021, 2023), drawn(2, 2021, 2024)],
    "old": lambda: [drawn(1, 2019, 2019), drawn(3, 2019, 2020)],
    "zero": lambda: [report(filled(0.0, 2021), 2021, 2022), report(filled(0.0, 2021), 2021, 2023)],
    "from-zero": lambda: [report(filled(0.0, 2021), 2021, 2022), small(40)],
    "blank": lambda: [report(filled(None, 2021), 2021, 2022), small(40)],
    "huge": lambda: [report(filled(12345678.0, 2021), 2021, 2022), report(filled(98765432.0, 2021), 2021, 2023)],
    "tiny": lambda: [small(3, year=2022), small(7)],
    "broken": lambda: [drawn(4, 2021, 2022), broken()],
    "gaps": lambda: [drawn(4, 2021, 2022, 0.2), drawn(5, 2021, 2023, 0.2)],
    "same": lambda: [small(50, year=2022), small(50)],
    "drawn": lambda: [drawn(11, 2021, 2022), drawn(12, 2021, 2023)],
})  # fmt: skip

#: Reports of one body over years, and the series shown.
OVER_YEARS: dict[str, tuple[Callable[[], list[foi.Report]], str]] = once({
    "suqian": (lambda: [real(f"suqian-{year}") for year in (2023, 2024, 2025)], "requests/received_new"),
    "all": (lambda: _years(1, 2019, 2025), "requests/received_new"),
    "one-applicant": (lambda: _years(1, 2019, 2025), "requests/denied/legal_person"),
    "reviews": (lambda: _years(1, 2019, 2025), "reviews/reconsideration/corrected"),
    "proactive": (lambda: _years(1, 2019, 2025), "proactive/normative_document/issued"),
    "fee": (lambda: _years(1, 2019, 2025), "proactive/fee/fee_amount"),
    "one-form": (lambda: _years(1, 2019, 2025), "proactive/other_service/decisions"),
    "long-name": (lambda: _years(5, 2021, 2025), "requests/other.overdue_fee"),
    "missing-years": (lambda: _years(2, 2019, 2025, (2020, 2023)), "requests/outcome_total"),
    "gaps": (lambda: _years(3, 2019, 2025, gone=0.4), "requests/granted/business"),
    "one-year": (lambda: _years(1, 2021, 2021), "requests/received_new"),
    "two-years": (lambda: _years(1, 2020, 2021), "requests/received_new"),
    "zero": (lambda: [report(filled(0.0, 2021), 2021, year) for year in (2022, 2023)], "requests/granted"),
    "blank": (lambda: [report(filled(None, 2021), 2021, year) for year in (2022, 2023)], "requests/granted"),
    "huge": (lambda: [report(filled(98765432.0 + year, 2021), 2021, year) for year in range(2021, 2030)], "requests/granted"),
    "far-apart": (lambda: [report(filled(10.0 ** (year - 2018), 2021), 2021, year) for year in range(2021, 2027)], "requests/granted"),
})  # fmt: skip


@cache
def bodies(count: int, handled: Callable[[random.Random, int], dict[str, int]], seed: int = 1) -> Any:
    rng = random.Random(seed)
    cells = [(f"body{i:03d}", balanced({"natural_person": handled(rng, i)})) for i in range(count)]
    import pandas as pd

    return peers(pd.concat([framed(c, organ, 2024) for organ, c in cells], ignore_index=True), 2024)


def _mixed(rng: random.Random, i: int) -> dict[str, int]:
    n = int(10 ** rng.uniform(0.5, 4))
    granted = sum(rng.random() < rng.choice((0.5, 0.6, 0.9)) for _ in range(n))
    return {"granted": granted, "unavailable.not_held": n - granted}


#: Peers of one year, with options.
PEERS: dict[str, tuple[Callable[[], Any], dict[str, Any]]] = once({
    "mixed": (lambda: bodies(40, _mixed), {"highlight": "body003"}),
    "long-names": (lambda: bodies(40, _mixed, 2), {"names": {f"body{i:03d}": LONG for i in range(40)}, "highlight": "body007"}),
    "many": (lambda: bodies(150, _mixed, 3), {"names": {f"body{i:03d}": f"某某市第{i}区" for i in range(150)}}),
    "extreme": (lambda: bodies(12, lambda rng, i: {"granted": 1000 * (i % 2), "unavailable.not_held": 1000 * (1 - i % 2)}), {"highlight": "body001"}),
    "one": (lambda: bodies(1, lambda rng, i: {"granted": 50, "unavailable.not_held": 13}), {"highlight": "body000"}),
    "all-granted": (lambda: bodies(9, lambda rng, i: {"granted": 20 * (i + 1)}), {}),
    "tiny": (lambda: bodies(5, lambda rng, i: {"granted": i}), {"highlight": "body003"}),
    "small": (lambda: bodies(8, lambda rng, i: {"granted": 8 + i, "unavailable.not_held": i}), {"highlight": "body003"}),
    "huge": (lambda: bodies(6, lambda rng, i: {"granted": 10 ** (i + 2), "unavailable.not_held": 10 ** (i + 1) * 3}), {"highlight": "body005"}),
})  # fmt: skip


def inputs(kind: str) -> dict[str, tuple[Callable[[], Any], dict[str, Any]]]:
    """What a kind of chart is drawn from: name -> (maker of the data, options)."""
    if kind == "series":
        return {name: (make, {"name": series}) for name, (make, series) in OVER_YEARS.items()}
    if kind == "funnel":
        return PEERS
    plain: dict[str, Callable[[], Any]] = {}
    if kind in foi.charts.OF_A_REPORT:
        plain |= REPORTS
    if kind in foi.charts.OF_TWO_YEARS:
        plain |= {f"{name} (two years)": make for name, make in PAIRS.items()}
    return {name: (make, {}) for name, make in plain.items()}
