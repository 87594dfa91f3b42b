"""Why two disclosure rates differ: because other people asked, or because they were answered otherwise.

Rates by applicant type, ``rate = (granted + partly_granted) / outcome_total``, weighed by the share of each type
in ``outcome_total``. Sources: Kitagawa 1955 for the decomposition, direct standardisation for the rest.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..problems import SelectionError
from .cube import APPLICANTS, Cube, HasFigures, cube_of
from .indicator import SMALL, TINY
from .series import find
from .years import at, pair, remarks

_SERIES = find("requests/outcome_total")
_GRANTED = ("granted", "partly_granted")


def decompose(base: HasFigures | pd.DataFrame, to: HasFigures | pd.DataFrame) -> pd.DataFrame:
    """The difference between the disclosure rates of two reports, split exactly into mix and within.

    Columns ``applicant, base_weight, weight, base_rate, rate, mix, within, note``: weights and rates in percent,
    ``mix`` (other weights) and ``within`` (other rates) in percentage points; they add up to the difference of the
    two rates with no remainder. A type that one report lacks takes the rate of the other, so that all of its part
    is mix (``one_side_empty``); one that both lack adds nothing (``empty``). The rates are those of the types
    together: where a printed total differs from its columns, so may the rate.
    Raises :class:`SelectionError` when one of the two is not one report, or lacks a figure or all requests.
    """
    cubes = [cube_of(data) for data in (base, to)]
    sides = [_rates(cube, np.arange(len(cube))) for cube in cubes]
    for cube, (asked, good) in zip(cubes, sides, strict=True):
        if len(cube) != 1:
            raise SelectionError(f"a decomposition compares two reports; one side holds {len(cube)}.")
        if np.isnan(asked + good).any() or not asked.sum():
            raise SelectionError(f"{cube.name(0)}: no decomposition, a figure of an applicant type is missing.")
    (asked_base, good_base), (asked, good) = sides
    return _split(asked_base[:, 0], good_base[:, 0], asked[:, 0], good[:, 0])


def decompositions(data: HasFigures | pd.DataFrame, base: int | None = None, to: int | None = None) -> pd.DataFrame:
    """The decomposition of :func:`decompose` for every body between two years, or each year and the one before.

    Columns ``organ, scope, base_year, year, base_denominator, denominator, base_rate, rate, difference, mix, within,
    note``: rates in percent of the denominators, the others in percentage points, ``difference = mix + within``.
    Null with the note ``missing`` where a figure is; ``reversed_by_mix``: the rate moved against what happened within
    the types (Simpson's paradox), show both; also few requests, why a report is not there and the breaks crossed
    (:func:`liaocheng_foi.measures.years.notes`).
    """
    cube = cube_of(data)
    pairs = pair(cube, base, to)
    columns = cube.axis_frame(1, np.where(pairs.to >= 0, pairs.to, pairs.base))
    asked_base, good_base = _rates(cube, pairs.base)
    asked, good = _rates(cube, pairs.to)
    mix, within, flags = _terms(asked_base, good_base, asked, good)
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = [100 * g.sum(axis=0) / a.sum(axis=0) for a, g in ((asked_base, good_base), (asked, good))]
    difference = rates[1] - rates[0]
    known = ~np.isnan(difference)
    handled = asked_base.sum(axis=0), asked.sum(axis=0)
    own = _joined(
        ("missing", ~known),
        *_few(np.minimum(*handled)),
        ("one_side_empty", known & (flags == 1).any(axis=0)),
        ("reversed_by_mix", known & (difference * within.sum(axis=0) < 0)),
    )
    others = remarks(cube, pairs, _SERIES, getattr(data, "organs", None))
    return pd.DataFrame(
        {
            "organ": columns["organ"], "scope": columns["scope"],
            "base_year": pairs.base_year.astype("int16"), "year": pairs.year.astype("int16"),
            "base_denominator": handled[0], "denominator": handled[1],
            "base_rate": rates[0], "rate": rates[1], "difference": difference,
            "mix": np.where(known, mix.sum(axis=0), np.nan), "within": np.where(known, within.sum(axis=0), np.nan),
            "note": [f"{a}|{b}".strip("|") for a, b in zip(own, others, strict=True)],
        }
    )  # fmt: skip


def _few(handled: np.ndarray) -> tuple[tuple[str, np.ndarray], ...]:
    """The notes on rates of few requests."""
    return ("small_denominator", (handled >= TINY) & (handled < SMALL)), ("tiny_denominator", handled < TINY)


def _joined(*flags: tuple[str, np.ndarray]) -> list[str]:
    """The words whose flag is set, joined by ``|``, of each row."""
    rows = zip(*(flag.tolist() for _, flag in flags), strict=True)
    return ["|".join(word for (word, _), there in zip(flags, row, strict=True) if there) for row in rows]


def _rates(cube: Cube, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Requests handled and those with something disclosed: applicant types by reports."""

    def rows(name: str) -> np.ndarray:
        return np.array([at(cube.take("requests", name, who).values, places, np.nan) for who in APPLICANTS])

    return rows("outcome_total"), sum((rows(name) for name in _GRANTED), np.zeros(1))


def _terms(
    asked_base: np.ndarray, good_base: np.ndarray, asked: np.ndarray, good: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Mix and within of each type in percentage points; how many of the two sides have no request of it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = asked_base / asked_base.sum(axis=0), asked / asked.sum(axis=0)
        rates = good_base / asked_base, good / asked
    empty = asked_base == 0, asked == 0
    before = np.where(empty[0], np.where(empty[1], 0, rates[1]), rates[0])
    after = np.where(empty[1], np.where(empty[0], 0, rates[0]), rates[1])
    mix = 100 * (weights[1] - weights[0]) * (before + after) / 2
    within = 100 * (weights[1] + weights[0]) / 2 * (after - before)
    return mix, within, empty[0].astype(int) + empty[1]


def _split(asked_base: np.ndarray, good_base: np.ndarray, asked: np.ndarray, good: np.ndarray) -> pd.DataFrame:
    mix, within, flags = _terms(asked_base, good_base, asked, good)
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = 100 * good_base / asked_base, 100 * good / asked
    return pd.DataFrame(
        {
            "applicant": APPLICANTS,
            "base_weight": 100 * asked_base / asked_base.sum(), "weight": 100 * asked / asked.sum(),
            "base_rate": rates[0], "rate": rates[1], "mix": mix, "within": within,
            "note": np.array(["", "one_side_empty", "empty"])[flags],
        }
    )  # fmt: skip


def standardised_rates(data: HasFigures | pd.DataFrame, year: int | None = None) -> pd.DataFrame:
    """Disclosure rates as if every body had been asked by the same mix of people: the mix of all of them together.

    ``year`` is the last one where none is given.

    Columns ``organ, scope, year, numerator, denominator, rate, standardised, covered, note``: something disclosed of
    requests handled, the others in percent; read the counts alone where a note says ``tiny_denominator``.
    ``covered`` is the part of the common mix for whose types the body handled any request; the weights are scaled up
    to it, and ``types_without_requests`` says so. Null with ``missing`` where a figure is. Raises
    :class:`SelectionError` when there is no report of the year.
    """
    cube = cube_of(data)
    year = int(cube.year.max(initial=0)) if year is None else year
    there = np.flatnonzero(cube.year == year)
    if not len(there):
        raise SelectionError(f"there is no report of {year}.")
    asked, good = _rates(cube, there)
    known = ~np.isnan(asked + good).any(axis=0)
    pooled = asked[:, known].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = pooled / pooled.sum()
        rate = 100 * good.sum(axis=0) / asked.sum(axis=0)
        by_type = np.where(asked > 0, good / asked, 0)
        covered = (weight[:, None] * (asked > 0)).sum(axis=0)
        standardised = 100 * (weight[:, None] * by_type).sum(axis=0) / covered
    rate[~known] = standardised[~known] = covered[~known] = np.nan
    lacking = ((asked == 0) & (weight[:, None] > 0)).any(axis=0)
    handled, disclosed = asked.sum(axis=0), good.sum(axis=0)
    columns = cube.axis_frame(1, there)
    return pd.DataFrame(
        {
            "organ": columns["organ"], "scope": columns["scope"], "year": columns["year"],
            "numerator": disclosed, "denominator": handled,
            "rate": rate, "standardised": standardised, "covered": 100 * covered,
            "note": _joined(("missing", ~known), *_few(handled), ("types_without_requests", known & lacking)),
        }
    )  # fmt: skip
