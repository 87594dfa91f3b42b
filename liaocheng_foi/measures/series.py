"""What may be compared over the editions of the form: harmonised series and the breaks in them, as data.

``series.csv`` names every series with its cell on each edition: ``same`` (one meaning), ``weak`` (chained, with a
flag), ``starts`` or ``ends`` (on one edition only, never chained to a neighbour; the note says why). The column
``bridge_2014`` leaves room for the statistics of 2014-2018: A same concept, B can be rebuilt as a group, C not
bridgeable. ``breaks.csv`` holds what changed between years or in a year; nothing is silently chained over one.

A series is named ``table/row`` or ``table/row/column``: ``requests/granted``,
``requests/granted/natural_person``, ``reviews/reconsideration/corrected``.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from ..codebook import EDITIONS, codebook
from ..problems import SelectionError
from .coded import coded, joined
from .cube import APPLICANTS, FILLED, NOT_ON_FORM, STATES, Cells, Cube
from .formula import formula


@dataclass(frozen=True, slots=True)
class Series:
    """One quantity over years, of one applicant type where the table has them."""

    table: str
    row: str
    column: str
    formulas: tuple[str, ...]
    """Its cell on each of :data:`EDITIONS`; empty where the edition has none."""
    link: str
    """``same``, ``weak``, ``starts`` or ``ends``."""
    bridge_2014: str
    note_zh: str
    note_en: str

    @property
    def id(self) -> str:
        """``table/row/column``."""
        return f"{self.table}/{self.row}/{self.column}"

    @property
    def unit(self) -> str:
        """Unit of its figures."""
        return codebook().unit(self.table, self.row, self.column)

    def cell(self, edition: int) -> tuple[str, str, str] | None:
        """Its cell on an edition of the form; None where it has none, or is a sum that the form does not print."""
        text = self.formulas[EDITIONS.index(edition)]
        if not text:
            return None
        reference = formula(text).references[0]
        found = reference.table, reference.row, reference.column or self.column
        return found if found in codebook().cells(edition) else None

    def read(self, cube: Cube) -> Cells:
        """The figure of every report, from the cell of its edition."""
        parts = [self._cell(cube, text) for text in self.formulas]
        if len(set(self.formulas)) == 1:
            return parts[0]
        old = cube.edition == EDITIONS[0]
        return Cells(*(np.where(old, first, last) for first, last in zip(*parts, strict=True)))

    def _cell(self, cube: Cube, text: str) -> Cells:
        if text:
            return formula(text).references[0].read(cube, self.column, {})
        nothing = np.zeros(len(cube), "int8")
        return Cells(np.full(len(cube), np.nan), nothing + NOT_ON_FORM, nothing)

    def on_form(self, edition: np.ndarray) -> np.ndarray:
        """Whether reports of these editions have the cell; False for 0, no report."""
        there = [(edition == known) & bool(text) for known, text in zip(EDITIONS, self.formulas, strict=True)]
        return np.logical_or.reduce(there)


@dataclass(frozen=True, slots=True)
class Break:
    """Something that makes years differ for another reason than what was done in them."""

    id: str
    year: int
    kind: str
    """``step``: different from this year on; ``year``: this one year is different."""
    series: str
    """Beginning of the names of the series it concerns; ``*`` for all."""
    zh: str
    en: str

    def concerns(self, series: Series) -> bool:
        """Whether it is a break in this series."""
        return self.series == "*" or series.id.startswith(self.series)

    def between(self, base: np.ndarray, year: np.ndarray) -> np.ndarray:
        """Whether a comparison of these years crosses it."""
        if self.kind == "year":
            return (base == self.year) | (year == self.year)
        return (np.minimum(base, year) < self.year) & (self.year <= np.maximum(base, year))


def _lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()))


@cache
def breaks() -> tuple[Break, ...]:
    """Every known break, in order of years."""
    return tuple(
        Break(line["break"], int(line["year"]), line["kind"], line["series"], line["zh"], line["en"])
        for line in _lines("breaks.csv")
    )


@cache
def all_series() -> dict[str, Series]:
    """Every series by its full name, in the order of the form."""
    found = {}
    for line in _lines("series.csv"):
        table, row, *column = line["series"].split("/")
        formulas = tuple(line[f"formula_{edition}"] for edition in EDITIONS)
        for one in column or (*APPLICANTS, "total"):
            # the statistics of 2014-2018 had no types of applicants
            bridge = "C" if one in APPLICANTS else line["bridge_2014"]
            series = Series(table, row, one, formulas, line["link"], bridge, line["note_zh"], line["note_en"])
            found[series.id] = series
    return found


def find(name: str) -> Series:
    """The series of a name; ``total`` when no column is given.

    Raises :class:`SelectionError` for a name that is none.
    """
    known = all_series()
    found = known.get(name) or known.get(f"{name}/total")
    if found is None:
        table, *rest = name.split("/")
        if table == "requests" and rest[1:] == ["legal_person"] and f"{table}/{rest[0]}/total" in known:
            return replace(known[f"{table}/{rest[0]}/total"], column="legal_person", bridge_2014="C")
        alike = [id for id in known if id.startswith(f"{table}/")] or list(known)
        raise SelectionError(f"no series {name!r}; e.g. {', '.join(alike[:3])}. foi.series.all_series() has all.")
    return found


def describe() -> pd.DataFrame:
    """All series as a frame: id, unit, its cell on each edition, link, bridge to 2014-2018, notes."""
    lines = [
        {"id": one.id, "unit": one.unit}
        | {f"cell_{edition}": text for edition, text in zip(EDITIONS, one.formulas, strict=True)}
        | {name: getattr(one, name) for name in ("link", "bridge_2014", "note_zh", "note_en")}
        for one in all_series().values()
    ]
    return pd.DataFrame(lines)


def segment(series: Series, years: np.ndarray) -> np.ndarray:
    """First year of the stretch without a step that each year lies in; 0 before the first known step."""
    first = np.zeros(len(years), "int32")
    for one in breaks():
        if one.kind == "step" and one.concerns(series):
            first[years >= one.year] = np.maximum(first[years >= one.year], one.year)
    return first


def frame(cube: Cube, name: str) -> pd.DataFrame:
    """The frame of :meth:`liaocheng_foi.panel.Panel.series`."""
    series = find(name)
    cells = series.read(cube)
    last = np.full(len(cube), -1, "int32")
    same = (cube.organ[1:] == cube.organ[:-1]) & (cube.scope[1:] == cube.scope[:-1])
    last[1:][same] = cube.year[:-1][same]
    flags = [(word, cells.filled & bit > 0) for bit, word in FILLED.items()]
    for one in breaks():
        if one.concerns(series):
            crossed = one.between(last, cube.year) & (last >= 0)
            flags.append((one.id, cube.year == one.year if one.kind == "year" else crossed))
    bits = np.zeros(len(cube), "int32")
    for i, (_, where) in enumerate(flags):
        bits |= np.where(where, 1 << i, 0).astype("int32")
    columns = cube.axis_frame()
    columns |= {"series": series.id, "value": cells.values, "unit": series.unit, "status": coded(cells.states, STATES)}
    columns |= {"segment": segment(series, cube.year), "note": joined(bits, [word for word, _ in flags])}
    return pd.DataFrame(columns)
