"""XL: a region-wide report against the reports of the units in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .catalogue import rule
from .facts import Facts, cells_of
from .finding import NOT_ASSESSABLE, Key, Outcome, Words, cell_words
from .surroundings import Region

#: Bodies that report to their own superiors, not to the region's government.
_VERTICAL = re.compile("税务|海关|金融监督|外汇管理|国家安全|气象|地震局|邮政管理|烟草|海事|证监|银保监")
#: The same item may be on the list of every unit: the items of a region are not the sum of its units'.
_NOT_ADDITIVE = ("items_previous", "items_change")


def _figures(region: Region, key: Key) -> list[float]:
    """The figures of the units that have one."""
    known = []
    for unit in region.units:
        values = [unit.value(*cell) for cell in cells_of(*key, unit)]
        if values and None not in values:
            known.append(sum(value for value in values if value is not None))
    return known


def _compared(facts: Facts, region: Region) -> Iterator[tuple[Key, float, list[float]]]:
    """(cell, the region's figure, the figures of the units)."""
    for key in facts.form_cells():
        whole, parts = facts.printed(*key), _figures(region, key)
        if whole is not None and parts and key[2] not in _NOT_ADDITIVE:
            yield key, whole, parts


@rule("XL01")
def sum_of_units(facts: Facts) -> Iterator[Outcome]:
    """Only where every unit has a report."""
    region = facts.region
    if region is None or not region.units or not region.complete:
        yield NOT_ASSESSABLE
        return
    for key, whole, parts in _compared(facts, region):
        if len(parts) == len(region.units) and round(sum(parts) - whole, 6):
            yield Outcome([key], sum(parts), whole, words={"cell": cell_words(key, facts.report.edition)})


@rule("XL02")
def not_less_than_units(facts: Facts) -> Iterator[Outcome]:
    """Whoever is missing, counts only add up."""
    region = facts.region
    if region is None or not region.units:
        yield NOT_ASSESSABLE
        return
    for key, whole, parts in _compared(facts, region):
        if round(sum(parts) - whole, 6) > 0:
            cell = cell_words(key, facts.report.edition)
            words: dict[str, Words] = {"cell": cell, "units": "、".join(region.names)}
            yield Outcome([key], sum(parts), whole, words=words)


@rule("XL03")
def vertical_bodies(facts: Facts) -> Iterator[Outcome]:
    """By the names of the units."""
    if facts.region is None:
        yield NOT_ASSESSABLE
        return
    names = [name for name in facts.region.names if _VERTICAL.search(name)]
    if names:
        yield Outcome(words={"units": "、".join(names)})
