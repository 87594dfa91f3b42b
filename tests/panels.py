"""Panels for tests: the figures of real reports (tests/data), and small generated ones that add up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from liaocheng_foi import Panel
from liaocheng_foi.codebook import codebook
from liaocheng_foi.measures.cube import APPLICANTS
from liaocheng_foi.schemas import KINDS, REGISTRY

DATA = Path(__file__).parent / "data"
#: report -> (edition, scope)
REAL = {
    "suqian-2023": (2021, "region-wide"),
    "suqian-2024": (2021, "region-wide"),
    "suqian-2025": (2021, "region-wide"),
    "huaian-2024": (2021, "region-wide"),
    "hongze-2023": (2021, "region-wide"),
    "hangzhou-2025": (2021, "region-wide"),
    "liaocheng-2020": (2019, "region-wide"),
    "shanghai-go-2019": (2019, "organ"),
}


def framed(cells, organ="somewhere", year=2023, edition=2021, scope="region-wide"):
    """A figures frame from {(table, row, column): number, or a status where there is none}."""
    columns = REGISTRY["figures"].columns
    lines = []
    for (table, row, column), given in cells.items():
        status = given if isinstance(given, str) else "blank" if given is None or given != given else "reported"
        value = given if status == "reported" else None
        unit = codebook().unit(table, row, column)
        raw = "" if value is None else f"{value:g}"
        lines.append((organ, year, edition, scope, table, row, column, value, unit, status, raw, *[None] * 4))
    # each column of its type at once: to change the types of a frame takes three times as long
    given = zip(columns, zip(*lines, strict=True), strict=True)
    return pd.DataFrame({c: pd.array(values, dtype=KINDS[REGISTRY["figures"].field(c).kind][0]) for c, values in given})


def cells_of(name):
    frame = pd.read_csv(DATA / f"{name}.csv")
    return {(line.table, line.row, line.column): line.value for line in frame.itertuples()}


def printed_in(name):
    """Cell → what is printed in it, None where that is no number."""
    return {key: None if value != value else value for key, value in cells_of(name).items()}


@cache
def _real(name):
    organ, year = name.rsplit("-", 1)
    edition, scope = REAL[name]
    return framed(cells_of(name), organ, int(year), edition, scope)


def real(*names):
    """The figures of real reports, all of them by default."""
    return pd.concat([_real(name) for name in names or REAL], ignore_index=True)


def panel(*names, organs=None):
    return Panel.from_figures(real(*names), organs)


def balanced(handled, edition=2021, *, carried_in=0, carried_forward=0, reviews=(3, 1, 1, 0)):
    """All cells of a form that adds up; ``handled`` is {applicant: {outcome row: count}}, the rest is 0."""
    cells = dict.fromkeys(codebook().cells(edition), 0.0)
    rows = [row.code for row in codebook().rows("requests", edition)]
    for who in APPLICANTS:
        outcomes = handled.get(who, {})
        for row, count in outcomes.items():
            cells["requests", row, who] = float(count)
        total = sum(outcomes.values())
        flows = (carried_in, carried_forward) if who == "natural_person" else (0, 0)
        cells["requests", "carried_in", who], cells["requests", "carried_forward", who] = map(float, flows)
        cells["requests", "outcome_total", who] = float(total)
        cells["requests", "received_new", who] = float(total + flows[1] - flows[0])
    for row in rows:
        cells["requests", row, "total"] = sum(cells["requests", row, who] for who in APPLICANTS)
    for row in codebook().select("reviews", "row"):
        for column, count in zip(("upheld", "corrected", "other", "pending"), reviews, strict=True):
            cells["reviews", row.code, column] = float(count)
        cells["reviews", row.code, "total"] = float(sum(reviews))
    return cells
