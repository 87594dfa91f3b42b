"""XL: a region-wide report against the reports of the units in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..report import Report
from .catalogue import rule
from .facts import Facts, cells_of
from .finding import NOT_ASSESSABLE, Key, Outcome, Words, cell_words

#: Bodies that report to their own superiors, not to the region's government.
_VERTICAL = re.compile("税务|海关|金融监督|外汇管理|国家安全|气象|地震局|邮政管理|烟草|海事|证监|银保监")


@dataclass(frozen=True, slots=True)
class Region:
    """The reports of the units of one region in one year, none of them counted in another."""

    units: Sequence[Report]
    complete: bool
    """Whether the body's own level and every unit that organs.csv lists have a report."""
    names: Sequence[str]


def _sum(region: Region, key: Key) -> tuple[float, int]:
    """(sum of the units that have the figure, how many have it)."""
    known = []
    for unit in region.units:
        values = [unit.value(*cell) for cell in cells_of(*key, unit)]
        if values and None not in values:
            known.append(sum(value for value in values if value is not None))
    return sum(known), len(known)


def _compared(facts: Facts, region: Region) -> Iterator[tuple[Key, float, float, bool]]:
    """(cell, the region's figure, sum of the units, whether every unit has the figure)."""
    for key in facts.form_cells():
        whole = facts.printed(*key)
        total, known = _sum(region, key)
        if whole is not None and known:
            yield key, whole, total, known == len(region.units)


@rule("XL01")
def sum_of_units(facts: Facts) -> Iterator[Outcome]:
    """Only where every unit has a report."""
    region = facts.region
    if region is None or not region.units or not region.complete:
        yield NOT_ASSESSABLE
        return
    for key, whole, total, every in _compared(facts, region):
        if every and total != whole:
            yield Outcome([key], total, whole, words={"cell": cell_words(key, facts.report.edition)})


@rule("XL02")
def not_less_than_units(facts: Facts) -> Iterator[Outcome]:
    """Counts only add up; the change of items may be negative."""
    region = facts.region
    if region is None or not region.units:
        yield NOT_ASSESSABLE
        return
    for key, whole, total, _ in _compared(facts, region):
        if total > whole and key[2] != "items_change":
            words: dict[str, Words] = {"cell": cell_words(key, facts.report.edition), "units": "、".join(region.names)}
            yield Outcome([key], total, whole, words=words)


@rule("XL03")
def vertical_bodies(facts: Facts) -> Iterator[Outcome]:
    """By the names of the units."""
    names = [name for name in (facts.region.names if facts.region else ()) if _VERTICAL.search(name)]
    if facts.region is None:
        yield NOT_ASSESSABLE
    elif names:
        yield Outcome(words={"units": "、".join(names)})
