"""All figures of all reports as one block of numbers, a row per cell of the form and a column per report.

Everything computed over years and bodies is arithmetic on rows of this block; a row holds one cell of every
report. Beside each number stands what was printed there, and whether the number was filled in:

- a blank, ``/`` or ``—`` counts as 0 only where the report's own printed sums close with 0 there
  (``blank_as_zero``), in the requests table as a whole, in the reviews table row by row;
- a total printed blank is the sum of its parts when these are numbers (``total_derived``).

Nothing illegible and nothing that was not found is ever filled in, and a printed number is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from ..codebook import EDITIONS, GROUPS, codebook
from ..problems import SelectionError
from ..schemas import NUMERIC_STATUSES, STATUSES

if TYPE_CHECKING:
    import pandas as pd

#: What stood in a cell: the statuses of the form's cells, before them a cell that was not found in the report,
#: after them one whose group the report prints as one row, one that this edition of the form does not have, and a
#: report that is not there.
STATES = ("not_found", *STATUSES, "in_one_row", "not_on_form", "no_report")
NOT_FOUND, ILLEGIBLE, IN_ONE_ROW = (STATES.index(state) for state in ("not_found", "illegible", "in_one_row"))
NOT_ON_FORM, NO_REPORT = STATES.index("not_on_form"), STATES.index("no_report")
_EMPTY = [STATES.index(status) for status in ("blank", "not_applicable", "dash")]
_ABSENT = [NOT_FOUND, NOT_ON_FORM]

#: How a number came about that was not printed, as bits.
BLANK_AS_ZERO, TOTAL_DERIVED = 1, 2
FILLED = {BLANK_AS_ZERO: "blank_as_zero", TOTAL_DERIVED: "total_derived"}

#: Counts of the cells of a report, by name.
COUNTED = ("cells_reported", "cells_expected")

APPLICANTS = tuple(code.code for code in codebook().select("requests", "column") if code.code != "total")
ORGANISATIONS = tuple(code.code for code in codebook().select("requests", "column") if "legal_person" in code.parents)
_PARTS = tuple(c.code for c in codebook().select("reviews", "column") if c.code != "total")
_REVIEWS = tuple(c.code for c in codebook().select("reviews", "row"))
_ROWS = tuple(dict.fromkeys(c.code for edition in EDITIONS for c in codebook().rows("requests", edition)))
#: Rows that add up to ``outcome_total``, those of the group ``other`` apart.
_OUTCOMES = tuple(
    code for code in _ROWS if codebook().find("requests", "row", code).parents and not code.startswith("other")
)
_OTHERS = tuple(code.code for code in codebook().children("requests", "other", EDITIONS[-1]))

Key = tuple[str, str, str]
_COLUMNS = ("organ", "year", "edition", "scope", "table", "row", "column", "value", "status")


class HasFigures(Protocol):
    """A Report or a Panel."""

    @property
    def figures(self) -> pd.DataFrame:
        """The printed cells."""
        ...


class Cells(NamedTuple):
    """One quantity of every report."""

    values: np.ndarray
    """float64; nan where there is no number."""
    states: np.ndarray
    """What was printed, as places in :data:`STATES`; of a sum, its first part without a number."""
    filled: np.ndarray
    """Bits of :data:`FILLED`."""


class Cube:
    """The block with its axes: ``cells`` (table, row, column) by ``reports`` (organ, year, edition, scope).

    Reports are sorted by organ, scope and year, whatever the order of the figures; ``year`` is −1 and codes are
    −1 where the figures name none. Raises :class:`SelectionError` when one report gives two figures for one cell
    or stands on two editions.
    """

    def __init__(self, figures: pd.DataFrame) -> None:
        self.cells: tuple[Key, ...] = tuple(dict.fromkeys(k for e in EDITIONS for k in codebook().cells(e)))
        self._place = {key: i for i, key in enumerate(self.cells)}
        lacking = [name for name in _COLUMNS if name not in figures]
        if lacking:
            raise SelectionError(f"this is no figures frame, it has no {', '.join(lacking)}; see Report.figures.")
        cell = _cell_codes(figures, self._place)
        figures = figures if (cell >= 0).all() else figures[cell >= 0]
        cell = cell[cell >= 0]
        organs, self.organ_names = _encode(figures["organ"])
        scopes, self.scope_names = _encode(figures["scope"])
        years, editions = (_integers(figures[name]) for name in ("year", "edition"))
        report = self._axis(organs, scopes, years)
        self.edition = np.zeros(len(self.year), "int16")
        self.edition[report] = editions
        self._refuse(self.edition[report] != editions, report, "stands on two editions of the form")
        self._scatter(figures, cell, report)
        self._mark_form()
        self._fill()
        self._cache: dict[tuple[str, str], Cells] = {}

    def __len__(self) -> int:
        return len(self.year)

    def _axis(self, organs: np.ndarray, scopes: np.ndarray, years: np.ndarray) -> np.ndarray:
        """Lay out the reports; the place of the report of each figure."""
        if not len(years):
            self.organ = self.scope = self.year = np.zeros(0, "int32")
            return years
        first, span = int(years.min()), int(years.max()) - int(years.min()) + 1
        width = len(self.scope_names) + 1
        key = ((organs.astype("int64") + 1) * width + scopes + 1) * span + (years - first)
        present = np.zeros((len(self.organ_names) + 1) * width * span, bool)
        present[key] = True
        keys = np.flatnonzero(present)
        place = np.cumsum(present, dtype="int32") - 1
        self.organ = (keys // span // width - 1).astype("int32")
        self.scope = (keys // span % width - 1).astype("int32")
        self.year = (keys % span + first).astype("int32")
        return place[key]

    def _scatter(self, figures: pd.DataFrame, cell: np.ndarray, report: np.ndarray) -> None:
        shape = len(self.cells), len(self)
        self.values = np.full(shape, np.nan)
        self.states = np.zeros(shape, "int8")
        self.filled = np.zeros(shape, "int8")
        value = figures["value"].to_numpy("float64", na_value=np.nan)
        state = _statuses(figures["status"])
        flat = cell * len(self) + report
        self.values.reshape(-1)[flat] = value
        self.states.reshape(-1)[flat] = state
        kept = self.values.reshape(-1)[flat]
        differs = (kept != value) & ~(np.isnan(kept) & np.isnan(value))
        self._refuse(differs | (self.states.reshape(-1)[flat] != state), report, "stands twice with different figures")

    def _refuse(self, wrong: np.ndarray, report: np.ndarray, what: str) -> None:
        if wrong.any():
            raise SelectionError(f"{self.name(int(report[np.flatnonzero(wrong)[0]]))} {what}; keep one of them.")

    def name(self, report: int) -> str:
        """A report in words: organ and year."""
        organ = self.organ_names[self.organ[report]] if self.organ[report] >= 0 else "a report without a body"
        return f"{organ} {self.year[report]}"

    def _mark_form(self) -> None:
        """Cells that were not found because the edition, or the report's variant of it, does not have them."""
        for edition in EDITIONS:
            on_form = set(codebook().cells(edition))
            lacking = np.array([key not in on_form for key in self.cells])
            self.states[lacking[:, None] & (self.edition == edition) & (self.states == NOT_FOUND)] = NOT_ON_FORM
        for column in (*APPLICANTS, "total"):
            one_row = ~np.isin(self.states[self._place["requests", "other", column]], _ABSENT)
            for row in _OTHERS:
                states = self.states[self._place["requests", row, column]]
                states[one_row & (states == NOT_FOUND)] = IN_ONE_ROW

    def _fill(self) -> None:
        of_table = {t: [i for i, key in enumerate(self.cells) if key[0] == t] for t in ("requests", "reviews")}
        empty = np.isin(self.states, _EMPTY)
        for table, fill in (("requests", self._fill_requests), ("reviews", self._fill_reviews)):
            doubtful = np.flatnonzero(empty[of_table[table]].any(axis=0))
            if len(doubtful):
                fill(doubtful)

    def _take(self, table: str, rows: tuple[str, ...], columns: tuple[str, ...], reports: np.ndarray) -> tuple:
        """(places, values, states) as rows × columns × reports."""
        places = np.array([[self._place[table, row, column] for column in columns] for row in rows])
        return places, self.values[places[:, :, None], reports], self.states[places[:, :, None], reports]

    def _fill_requests(self, reports: np.ndarray) -> None:
        places, values, states = self._take("requests", _ROWS, (*APPLICANTS, "total"), reports)
        printed, empty = ~np.isnan(values), np.isin(states, _EMPTY)
        zeroed = np.where(printed, values, 0)
        parts = zeroed[:, :-1].sum(axis=1)
        whole = np.where(printed[:, -1], values[:, -1], parts)
        zeroed[:, -1] = whole
        at = {row: i for i, row in enumerate(_ROWS)}
        of_other = [at[row] for row in _OTHERS]
        one_row = ~np.isin(states[at["other"]], _ABSENT)
        others = np.where(one_row, zeroed[at["other"]], zeroed[of_other].sum(axis=0))
        outcomes = zeroed[[at[row] for row in _OUTCOMES]].sum(axis=0) + others
        lost = (states == NOT_FOUND) | (states == ILLEGIBLE)
        closes = (
            (whole == parts).all(axis=0)
            & (zeroed[at["outcome_total"]] == outcomes).all(axis=0)
            & (
                zeroed[at["received_new"]] + zeroed[at["carried_in"]]
                == zeroed[at["outcome_total"]] + zeroed[at["carried_forward"]]
            ).all(axis=0)
            & printed[at["received_new"], -1]
            & printed[at["outcome_total"], -1]
            & ~lost.any(axis=(0, 1))
        )
        fill = empty & closes
        derived = empty[:, -1] & (closes | printed[:, :-1].all(axis=1))
        mark = np.where(fill, BLANK_AS_ZERO, 0).astype("int8")
        mark[:, -1] = np.where(derived, TOTAL_DERIVED | (mark[:, :-1].max(axis=1)), 0)
        fill[:, -1] = derived
        target = np.broadcast_to(places[:, :, None], fill.shape)[fill], np.broadcast_to(reports, fill.shape)[fill]
        self.values[target] = zeroed[fill]
        self.filled[target] = mark[fill]

    def _fill_reviews(self, reports: np.ndarray) -> None:
        places, values, states = self._take("reviews", _REVIEWS, (*_PARTS, "total"), reports)
        printed, empty = ~np.isnan(values), np.isin(states, _EMPTY)
        sums = np.where(printed[:, :-1], values[:, :-1], 0).sum(axis=1)
        readable = (printed | empty).all(axis=1)
        closes = readable & printed[:, -1] & (sums == values[:, -1])
        fill = empty & closes[:, None]
        fill[:, -1] = empty[:, -1] & printed[:, :-1].all(axis=1)
        filled = np.zeros_like(values)
        filled[:, -1] = sums
        mark = np.full(fill.shape, BLANK_AS_ZERO, "int8")
        mark[:, -1] = TOTAL_DERIVED
        target = np.broadcast_to(places[:, :, None], fill.shape)[fill], np.broadcast_to(reports, fill.shape)[fill]
        self.values[target] = filled[fill]
        self.filled[target] = mark[fill]

    def take(self, table: str, row: str, column: str = "total") -> Cells:
        """One cell of every report, or a sum the form heads: a group of outcomes, ``legal_person``.

        ``other`` is the row printed on the form of 2019 and the sum of its three rows on that of 2021, or the one
        row where a report prints only one. Raises :class:`SelectionError` for a cell the form does not have.
        """
        place = self._place.get((table, row, column))
        if place is not None and row != "other":
            return Cells(self.values[place], self.states[place], self.filled[place])
        if table != "requests":
            raise SelectionError(f"the form has no cell {table}/{row}/{column}.")
        if (row, column) not in self._cache:
            self._cache[row, column] = self._sum(row, column)
        return self._cache[row, column]

    def _sum(self, row: str, column: str) -> Cells:
        if column == "legal_person":
            return total(self.take("requests", row, part) for part in ORGANISATIONS)
        if row not in GROUPS or (column != "total" and column not in APPLICANTS):
            raise SelectionError(f"the form has no cell requests/{row}/{column}.")
        children = _OTHERS if row == "other" else [c.code for c in codebook().children("requests", row, EDITIONS[-1])]
        summed = total(self.take("requests", child, column) for child in children)
        if row != "other":
            return summed
        place = self._place["requests", row, column]
        printed = Cells(self.values[place], self.states[place], self.filled[place])
        one_row = ~np.isin(printed.states, _ABSENT)
        one_row |= self.edition != EDITIONS[-1]
        return Cells(*(np.where(one_row, a, b) for a, b in zip(printed, summed, strict=True)))

    @cached_property
    def on_form(self) -> np.ndarray:
        """Whether the form of each report has each cell: cells × reports.

        That of its edition, but where the report prints other handling as one row, that row instead of the three.
        """
        there = ~np.isin(self.states, _ABSENT)
        for edition in EDITIONS:
            of_edition = np.array([key in codebook().cells(edition) for key in self.cells])
            there |= of_edition[:, None] & (self.edition == edition)
        return there & (self.states != IN_ONE_ROW)

    def counted(self, name: str) -> Cells:
        """How many cells the form of each report has, or how many of them hold a printed number."""
        there = self.on_form
        if name == "cells_reported":
            there = there & np.isin(self.states, [STATES.index(status) for status in NUMERIC_STATUSES])
        zeros = np.zeros(len(self), "int8")
        return Cells(there.sum(axis=0).astype("float64"), zeros, zeros)

    @cached_property
    def previous(self) -> np.ndarray:
        """Place of the report of the same body and scope one year before; −1 where there is none."""
        same = (self.organ[1:] == self.organ[:-1]) & (self.scope[1:] == self.scope[:-1])
        same &= self.year[1:] == self.year[:-1] + 1
        places = np.full(len(self), -1, "int64")
        places[1:][same] = np.flatnonzero(same)
        return places

    def fails(self, table: str, row: str, column: str) -> np.ndarray:
        """Whether the printed sums that a cell belongs to contradict each other.

        Of a requests column, both identities of that column; of a reviews row, its total. Never where one of
        the figures is missing. Proactive figures stand alone.
        """
        if table == "reviews":
            parts = total(self.take("reviews", row, part) for part in _PARTS).values
            return _differ(parts, self.take("reviews", row, "total").values)
        if table != "requests":
            return np.zeros(len(self), bool)
        key = f"fails {column}", column
        if key not in self._cache:
            of = {name: self.take("requests", name, column).values for name in _FLOWS}
            outcomes = total(self.take("requests", name, column) for name in _SUMMANDS).values
            wrong = _differ(of["received_new"] + of["carried_in"], of["outcome_total"] + of["carried_forward"])
            wrong |= _differ(outcomes, of["outcome_total"])
            self._cache[key] = Cells(wrong, wrong, wrong)
        return self._cache[key].values

    def axis_frame(self, repeat: int = 1, at: np.ndarray | None = None) -> dict[str, object]:
        """The columns organ, year, edition, scope of each report ``repeat`` times over, for a long frame."""
        import pandas as pd

        chosen: Any = slice(None) if at is None else at
        year = np.repeat(self.year[chosen].astype("int16"), repeat)
        return {
            "organ": pd.Categorical.from_codes(np.repeat(self.organ[chosen], repeat), self.organ_names),
            "year": pd.arrays.IntegerArray(year, year < 0),
            "edition": pd.arrays.IntegerArray(np.repeat(self.edition[chosen], repeat), np.zeros(len(year), bool)),
            "scope": pd.Categorical.from_codes(np.repeat(self.scope[chosen], repeat), self.scope_names),
        }


def cube_of(data: HasFigures | pd.DataFrame | Cube) -> Cube:
    """The cube of a Panel (which keeps its own), of a Report, or of a figures frame.

    Raises :class:`SelectionError` for anything else.
    """
    if isinstance(data, Cube):
        return data
    known = getattr(data, "cube", None)
    if isinstance(known, Cube):
        return known
    figures = getattr(data, "figures", data)
    if not hasattr(figures, "columns"):
        raise SelectionError(f"a report, a panel or its figures are asked for, not {data!r:.50}.")
    return Cube(figures)


_FLOWS = ("received_new", "carried_in", "outcome_total", "carried_forward")
_SUMMANDS = ("granted", "partly_granted", *GROUPS)


def total(parts: Iterable[Cells]) -> Cells:
    """The sum of several quantities; no number where one of them has none."""
    (values, states, filled), *others = parts
    for part in others:
        states = np.where(np.isnan(values), states, part.states)
        values = values + part.values
        filled = filled | part.filled
    return Cells(values, states, filled)


def _differ(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return ~np.isnan(a) & ~np.isnan(b) & (a != b)


def _integers(column: pd.Series) -> np.ndarray:
    """Whole numbers of a column, −1 for missing."""
    return column.to_numpy() if isinstance(column.dtype, np.dtype) else column.to_numpy("int64", na_value=-1)


def _encode(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Codes of a text column in alphabetical order, −1 for missing; the names."""
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, found = column.cat.codes.to_numpy(), column.cat.categories
    else:
        codes, found = pd.factorize(column)
    names = [str(name) for name in found]
    order = np.argsort(np.array(names, dtype=object)) if names else np.zeros(0, "int64")
    rank = np.full(len(names) + 1, -1, "int32")
    rank[order] = np.arange(len(names))
    return rank[codes], [names[i] for i in order]


def _cell_codes(figures: pd.DataFrame, place: dict[Key, int]) -> np.ndarray:
    """Place of the cell of each figure; −1 for a figure outside of the form."""
    encoded = [_encode(figures[axis]) for axis in ("table", "row", "column")]
    (tables, table_names), (rows, row_names), (columns, column_names) = encoded
    lookup = np.full((len(table_names) + 1, len(row_names) + 1, len(column_names) + 1), -1, "int64")
    at = [{name: i for i, name in enumerate(names)} for _, names in encoded]
    for (table, row, column), i in place.items():
        if table in at[0] and row in at[1] and column in at[2]:
            lookup[at[0][table], at[1][row], at[2][column]] = i
    return lookup[tables, rows, columns]


def _statuses(column: pd.Series) -> np.ndarray:
    codes, names = _encode(column)
    states = np.array([*(STATES.index(name) for name in names), NOT_FOUND], "int8")
    return states[codes]
