"""CE: what stands in single cells: blanks, signs, units, how digits are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..codebook import codebook
from ..label import Cell
from .catalogue import rule
from .facts import Facts
from .finding import NOT_ASSESSABLE, Key, Outcome, Words, cell_words, cells_words
from .repairs import repaired

_MONEY = "万元"
_BIG = 1_000_000
_PROVINCIAL = re.compile(r"省|自治区|^(?:北京|上海|天津|重庆)市")
_LOCAL = re.compile("[市县区旗州盟镇乡]")
_BELOW = ("city", "county", "township")
_DECIMAL = re.compile(r"\d+[.．]\d+")
_NEGATIVE = re.compile(r"[-−－﹣]\d+(?:\.\d+)?")
_CONFUSED = re.compile(r"(?=.*[\dOoIlSsB|])(?=.*[OoIlSsB|])[\dOoIlSsB|]+")
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_BY_SIGN = re.compile(r"[+\-−－﹣＋]?\d.*", re.DOTALL)


def _with(facts: Facts, *statuses: str) -> list[Cell]:
    return [cell for cell in facts.report.cells() if cell.status in statuses] if facts.statuses & {*statuses} else []


def _listed(facts: Facts, cells: list[Cell]) -> Iterator[Outcome]:
    """One finding for all of them."""
    if cells:
        keys = [cell.key for cell in cells]
        yield Outcome(keys, words={"count": len(keys), "cells": cells_words(keys, facts.report.edition)})


def _each(facts: Facts, cells: list[Cell]) -> Iterator[Outcome]:
    """One finding for each."""
    for cell in cells:
        yield Outcome([cell.key], words={"raw": _tight(cell)})


def _tight(cell: Cell) -> str:
    return "".join(cell.raw.split())


@rule("CE01")
def blank(facts: Facts) -> Iterator[Outcome]:
    """Cells with nothing in them."""
    yield from _listed(facts, _with(facts, "blank"))


@rule("CE02")
def no_digits(facts: Facts) -> Iterator[Outcome]:
    """A slash, a dash or a word for a number."""
    yield from _listed(facts, _with(facts, "not_applicable", "dash", "text_zero"))


def _illegible(facts: Facts, pattern: re.Pattern[str]) -> list[Cell]:
    return [cell for cell in _with(facts, "illegible") if pattern.fullmatch(_tight(cell))]


@rule("CE03")
def whole(facts: Facts) -> Iterator[Outcome]:
    """A count with a decimal fraction."""
    yield from _each(facts, _illegible(facts, _DECIMAL))


@rule("CE04")
def negative(facts: Facts) -> Iterator[Outcome]:
    """A count below nothing; the change of items may be."""
    yield from _each(facts, _illegible(facts, _NEGATIVE))


@rule("CE05")
def plainly_written(facts: Facts) -> Iterator[Outcome]:
    """Read as the number it means, but not written as plain digits."""
    cells = [cell for cell in _with(facts, "reported") if not _PLAIN.fullmatch(cell.raw.strip())]
    # the unit of money has a rule of its own
    cells = [cell for cell in cells if not (cell.unit == _MONEY and "元" in cell.raw)]
    yield from _listed(facts, [cell for cell in cells if not codebook().signed(cell.table, cell.column)])


@rule("CE06")
def unit_of_money(facts: Facts) -> Iterator[Outcome]:
    """What the reader noted of units."""
    if not facts.read:
        yield NOT_ASSESSABLE
    for problem in facts.report.problems:
        if problem.code in ("unit-in-cell", "unit-unknown") and problem.table and problem.row and problem.column:
            yield Outcome([(problem.table, problem.row, problem.column)], words={"raw": str(problem.details["raw"])})


@rule("CE07")
def number_in_one(facts: Facts) -> Iterator[Outcome]:
    """A blank or a line break between the digits of one cell; two neighbours that together make the sums hold."""
    for problem in facts.report.problems:
        if problem.code == "number-split" and problem.table and problem.row and problem.column:
            cell = (problem.table, problem.row, problem.column)
            yield Outcome([cell], words={"proposal": _cut(cell, facts.report.edition)})
    yield from repaired(facts, "CE07")


def _cut(cell: Key, edition: int) -> Words:
    def words(lang: str) -> str:
        named = cell_words(cell, edition)(lang)
        return (
            f"{named}的数字可能是一个被拆开的数"
            if lang == "zh"
            else f"the figure of {named} may be one number cut in two"
        )

    return words


@rule("CE09")
def letters(facts: Facts) -> Iterator[Outcome]:
    """O for 0, l for 1, S for 5."""
    yield from _each(facts, _illegible(facts, _CONFUSED))


@rule("CE10")
def change_by_sign(facts: Facts) -> Iterator[Outcome]:
    """增, 减, arrows or brackets in place of a sign."""
    cells = [c for c in _with(facts, "reported") if c.table == "proactive" and codebook().signed(c.table, c.column)]
    yield from _each(facts, [cell for cell in cells if not _BY_SIGN.fullmatch(_tight(cell))])


@rule("CE11")
def a_number(facts: Facts) -> Iterator[Outcome]:
    """Anything else that is no number."""
    known = (_DECIMAL, _NEGATIVE, _CONFUSED)
    yield from _each(
        facts, [c for c in _with(facts, "illegible") if not any(each.fullmatch(_tight(c)) for each in known)]
    )


@rule("CE12")
def magnitude_of_money(facts: Facts) -> Iterator[Outcome]:
    """More than six decimals, or a million and more below a province."""
    below = facts.level in _BELOW or bool(_LOCAL.search(facts.name) and not _PROVINCIAL.search(facts.name))
    for cell in facts.report.cells():
        if cell.unit == _MONEY and cell.value is not None:
            decimals = len(cell.raw.partition(".")[2].strip()) if "." in cell.raw else 0
            if decimals > 6 or (below and cell.value >= _BIG and cell.value.is_integer()):
                yield Outcome([cell.key], found=cell.value, words={"raw": _tight(cell)})
