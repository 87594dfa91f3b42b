"""From year to year: the change of every figure and of every indicator of every body.

Every comparison runs over harmonised series, carries a note for each break it crosses, and is null with a note
where a figure is missing or the form changed under it. Rules: :mod:`liaocheng_foi.measures.steps`,
:mod:`liaocheng_foi.measures.series`. Percentages are computed from counts and not rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..problems import SelectionError
from .coded import coded, joined, repeated, turned
from .cube import FILLED, IN_ONE_ROW, NO_REPORT, STATES, Cube, HasFigures, cube_of
from .indicator import NOTE as INDICATOR_NOTE
from .indicator import Evaluation, Indicator, evaluate
from .intervals import newcombe
from .series import Break, Series, all_series, breaks, find
from .steps import NOTES as STEP_NOTES
from .steps import steps
from .tree import valid

#: note -> (zh, en): everything that may be said of a change; breaks add their own (:func:`notes`).
_NOTE: dict[str, tuple[str, str]] = {
    "missing": ("数字缺失", "a figure is missing"),
    "new": ("由0增加，无百分比", "from 0: no percentage"),
    "both_zero": ("前后均为0", "0 before and after"),
    "small_base": ("基数小于10，看数量", "base under 10: read the counts"),
    "negative_base": ("基数为负，无百分比", "negative base: no percentage"),
    "weak_link": ("两版含义相近而不相同", "of similar, not of the same meaning on both editions"),
    "not_on_base_form": ("基年的格式没有此项，不能相接", "not on the form of the base year: never chained"),
    "not_on_form": ("后一年的格式没有此项，不能相接", "not on the form of the later year: never chained"),
    "in_one_row": ("有一方把该组事项合为一行，不能相比", "one side prints its group as one row: not comparable"),
    "no_base_report": ("没有基年的报告", "no report of the base year"),
    "no_report": ("没有后一年的报告", "no report of the later year"),
    "other_scope": ("另一年的报告统计范围不同", "the report of the other year is of another scope"),
    "not_yet": ("基年尚无此机关（设立、更名或合并）", "the body did not exist under this name in the base year"),
    "no_longer": (
        "后一年已无此机关（撤销、更名或合并）",
        "the body no longer existed under this name in the later year",
    ),
}


def notes() -> dict[str, tuple[str, str]]:
    """Every note a change may carry, with its words in Chinese and English."""
    return _NOTE | INDICATOR_NOTE | {one.id: (one.zh, one.en) for one in breaks()}


class Pairs(NamedTuple):
    """Which reports are compared: places in the cube, −1 where one is not there."""

    base: np.ndarray
    to: np.ndarray
    base_year: np.ndarray
    year: np.ndarray


def change(
    data: HasFigures | pd.DataFrame,
    base: int | None = None,
    to: int | None = None,
    *,
    of: str = "figures",
    ids: Iterable[str] | None = None,
    level: float | None = None,
) -> pd.DataFrame:
    """The change of every series, or of every indicator, of every body.

    ``data`` is a Panel or a figures frame. ``base`` and ``to`` name two years; without them each report is
    compared with that of the year before (the first of a body with none). ``of`` is ``figures`` or ``indicators``;
    ``ids`` chooses series or indicators.

    Figures: ``organ, scope, base_year, year, table, row, column, unit, base, value, difference, percent,
    log_change, base_status, status, note``. ``log_change`` is 100·ln(value/base), symmetric, for rankings.
    Indicators: ``… indicator, applicant, unit, base, value, difference, difference_unit, percent``, of both years
    ``numerator, denominator, status`` (those of the base year as ``base_…``), ``note``; the difference of a
    percentage is in percentage points (百分点) and has no percentage of its own; with ``level`` also ``low, high``,
    the process-variation interval of the difference of a share (Newcombe).
    ``note`` holds codes of :func:`notes` joined by ``|``.
    A body that changed its scope, or that organs.csv of a Panel does not know under its name in one of the years,
    stays in sight with a note.
    Raises :class:`SelectionError` when no report is there for a year asked for.
    """
    organs = getattr(data, "organs", None)
    if of not in ("figures", "indicators"):
        raise SelectionError(f"of is {of!r}; it must be figures or indicators.")
    if of == "indicators":
        evaluation = evaluate(data, ids)
        return indicator_changes(evaluation, pair(evaluation.cube, base, to), level, organs)
    cube = cube_of(data)
    chosen = list(all_series().values()) if ids is None else [find(name) for name in ids]
    return figure_changes(cube, pair(cube, base, to), chosen, organs)


def pair(cube: Cube, base: int | None, to: int | None) -> Pairs:
    """The reports of two years, or every report with that of the year before, of each body and scope."""
    if (base is None) != (to is None) or (base is not None and base == to):
        raise SelectionError("a change needs two years, base and to, or neither of them for every year.")
    if base is None or to is None:
        first = np.ones(len(cube), bool)
        first[1:] = (cube.organ[1:] != cube.organ[:-1]) | (cube.scope[1:] != cube.scope[:-1])
        later = np.flatnonzero(~first | (first & _reported(cube, cube.organ, cube.year - 1)))
        year = cube.year[later]
        return Pairs(cube.previous[later], later, year - 1, year)
    for wanted in (base, to):
        if not (cube.year == wanted).any():
            known = ", ".join(map(str, sorted(set(cube.year.tolist())))) or "none"
            raise SelectionError(f"there is no report of {wanted}; years with reports: {known}.")
    body = cube.organ.astype("int64") * (len(cube.scope_names) + 1) + cube.scope
    bodies = np.unique(body[(cube.year == base) | (cube.year == to)])
    places = []
    for wanted in (base, to):
        there = np.flatnonzero(cube.year == wanted)
        place = np.full(len(bodies), -1, "int64")
        place[np.searchsorted(bodies, body[there])] = there
        places.append(place)
    filled = np.ones(len(bodies), "int32")
    return Pairs(places[0], places[1], base * filled, to * filled)


def _reported(cube: Cube, organ: np.ndarray, year: np.ndarray) -> np.ndarray:
    """Whether bodies have a report of any scope on these years."""
    span = int(cube.year.max(initial=0)) + 2
    return np.isin(organ.astype("int64") * span + year, cube.organ.astype("int64") * span + cube.year)


def _lacking(cube: Cube, pairs: Pairs, organs: pd.DataFrame | None) -> Iterator[tuple[str, np.ndarray]]:
    """(note, where) for every reason why one of the two reports is not there."""
    gone = {"no_base_report": pairs.base < 0, "no_report": pairs.to < 0}
    yield from gone.items()
    either = gone["no_base_report"] | gone["no_report"]
    organ = cube.organ[np.where(pairs.to >= 0, pairs.to, pairs.base)]
    other = np.where(gone["no_base_report"], pairs.base_year, pairs.year)
    yield "other_scope", either & _reported(cube, organ, other)
    if organs is None or not either.any():
        return
    bodies = {line.code: line for line in organs.itertuples()}
    for note, where, years in (
        ("not_yet", gone["no_base_report"], pairs.base_year),
        ("no_longer", gone["no_report"], pairs.year),
    ):
        invalid = np.zeros(len(where), bool)
        for i in np.flatnonzero(where):
            body = bodies.get(cube.organ_names[organ[i]]) if organ[i] >= 0 else None
            invalid[i] = body is not None and not valid(body, int(years[i]))
        yield note, invalid


def remarks(cube: Cube, pairs: Pairs, series: Series, organs: pd.DataFrame | None) -> np.ndarray:
    """Of each comparison of a series: why a report is not there, the breaks it crosses; joined by ``|``."""
    crossed = [(one.id, one.between(pairs.base_year, pairs.year)) for one in breaks() if one.concerns(series)]
    said = np.full(len(pairs.year), "", dtype=object)
    for word, where in (*_lacking(cube, pairs, organs), *crossed):
        said[where] = [f"{text}|{word}".lstrip("|") for text in said[where]]
    return said


def at(rows: np.ndarray, places: np.ndarray, nothing: float) -> np.ndarray:
    """Values of a row of the cube, or of several, at some reports; ``nothing`` where the report is not there."""
    found = np.take(rows, places, axis=-1)
    found[..., places < 0] = nothing
    return found


class _Notes:
    """Notes as bits, and the words for them."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._bit = {word: 1 << i for i, word in enumerate(self.words)}

    def bit(self, word: str, where: np.ndarray) -> np.ndarray:
        return np.where(where, self._bit[word], 0).astype("int32")

    def of_breaks(self, crossed: Iterable[Break], pairs: Pairs) -> np.ndarray:
        found = np.zeros(len(pairs.year), "int32")
        for one in crossed:
            found |= self.bit(one.id, one.between(pairs.base_year, pairs.year))
        return found

    def of_lacking(self, cube: Cube, pairs: Pairs, organs: pd.DataFrame | None) -> np.ndarray:
        found = np.zeros(len(pairs.year), "int32")
        for word, where in _lacking(cube, pairs, organs):
            found |= self.bit(word, where)
        return found

    def of_step(self, note: np.ndarray) -> np.ndarray:
        """The note of :func:`steps`, whose words come first here."""
        return (1 << note.astype("int32")) >> 1


def who(cube: Cube, pairs: Pairs, repeat: int = 1) -> dict[str, Any]:
    """The columns organ, scope, base_year, year of each comparison ``repeat`` times over."""
    place = np.where(pairs.to >= 0, pairs.to, pairs.base)
    columns = cube.axis_frame(repeat, place)
    for name, years in (("base_year", pairs.base_year), ("year", pairs.year)):
        columns[name] = np.repeat(years.astype("int16"), repeat)
    return {name: columns[name] for name in ("organ", "scope", "base_year", "year")}


def figure_changes(cube: Cube, pairs: Pairs, chosen: list[Series], organs: pd.DataFrame | None = None) -> pd.DataFrame:
    """The frame of :func:`change` for figures, of any pairs of reports; pairs on the same two forms together."""
    editions = [at(cube.edition, places, 0) for places in (pairs.base, pairs.to)]
    lacking = _FIGURE_NOTES.of_lacking(cube, pairs, organs)
    block = _Block.of(cube, chosen)
    parts = []
    for forms in sorted(set(zip(*(edition.tolist() for edition in editions), strict=True))):
        where = (editions[0] == forms[0]) & (editions[1] == forms[1])
        parts.append(_OnForms(Pairs(*(part[where] for part in pairs)), forms, chosen, lacking[where]))
    size = sum(part.size for part in parts)
    names = {"organ": "int32", "scope": "int32", "base_year": "int16", "year": "int16"}
    names |= dict.fromkeys(_TEXTS, "int8") | dict.fromkeys(_NUMBERS, "float64")
    columns: dict[str, Any] = {n: np.empty(size, t) for n, t in names.items()}
    columns |= {
        "base_status": np.empty(size, "int8"),
        "status": np.empty(size, "int8"),
        "note": np.empty(size, "int32"),
    }
    texts = {name: list(dict.fromkeys(getattr(one, name) for one in chosen)) for name in _TEXTS}
    start = 0
    for part in parts:
        rows = slice(start, start + part.size)
        shape = len(part.pairs.year), len(part.series)
        part.fill({name: column[rows].reshape(shape) for name, column in columns.items()}, cube, block, texts)
        start += part.size
    for name, known in texts.items():
        columns[name] = coded(columns[name], known)
    columns["organ"] = coded(columns["organ"], cube.organ_names)
    columns["scope"] = coded(columns["scope"], cube.scope_names)
    columns["base_status"], columns["status"] = (coded(columns[name], STATES) for name in ("base_status", "status"))
    columns["note"] = joined(columns["note"], _FIGURE_NOTES.words)
    return pd.DataFrame(columns, copy=False)


_TEXTS = ("table", "row", "column", "unit")
_NUMBERS = ("base", "value", "difference", "percent", "log_change")
_LACKING = ("no_base_report", "no_report", "other_scope", "not_yet", "no_longer")
_FIGURE_NOTES = _Notes([*STEP_NOTES, *list(_NOTE)[len(STEP_NOTES) :], *FILLED.values(), *(one.id for one in breaks())])


class _Block(NamedTuple):
    """Every series of every report, a row per report; the last row is a report that is not there."""

    values: np.ndarray
    states: np.ndarray
    filled: np.ndarray

    @classmethod
    def of(cls, cube: Cube, chosen: list[Series]) -> _Block:
        shape = len(chosen), len(cube) + 1
        values, states, filled = np.full(shape, np.nan), np.full(shape, NO_REPORT, "int8"), np.zeros(shape, "int8")
        for i, series in enumerate(chosen):
            values[i, :-1], states[i, :-1], filled[i, :-1] = series.read(cube)
        return cls(*(turned(rows).reshape(shape[::-1]) for rows in (values, states, filled)))


class _OnForms:
    """The pairs of reports that stand on the same two forms (0: there is no report), and the series on either."""

    def __init__(self, pairs: Pairs, editions: tuple[int, int], chosen: list[Series], lacking: np.ndarray) -> None:
        self.pairs = pairs
        self.lacking = lacking
        self.editions = editions
        there = [np.array([bool(s.on_form(np.array([e]))[0]) for s in chosen], bool) for e in editions]
        self.places = np.flatnonzero(there[0] | there[1])
        self.series = [chosen[i] for i in self.places]
        self.size = len(pairs.year) * len(self.series)
        self._lacks = [~side[self.places] for side in there]

    def fill(self, columns: dict[str, np.ndarray], cube: Cube, block: _Block, texts: dict[str, list[str]]) -> None:
        """Write every column, as pairs × series."""
        place = np.where(self.pairs.to >= 0, self.pairs.to, self.pairs.base)
        columns["organ"][:], columns["scope"][:] = cube.organ[place, None], cube.scope[place, None]
        columns["base_year"][:], columns["year"][:] = self.pairs.base_year[:, None], self.pairs.year[:, None]
        for name, known in texts.items():
            columns[name][:] = np.array([known.index(getattr(one, name)) for one in self.series], "int8")
        both = self._notes_of_forms()
        words = _FIGURE_NOTES
        variants = (block.states == IN_ONE_ROW).any()
        for start in range(0, len(place), _CHUNK):
            rows = slice(start, start + _CHUNK)
            base, to = ((part[rows, None], self.places) for part in (self.pairs.base, self.pairs.to))
            before, after = block.values[base], block.values[to]
            difference, percent, step = steps(before, after)
            values = (before, after, difference, percent, _logarithm(before, after))
            for name, part in zip(_NUMBERS, values, strict=True):
                columns[name][rows] = part
            columns["base_status"][rows], columns["status"][rows] = block.states[base], block.states[to]
            note = words.of_step(step) | both | self.lacking[rows, None]
            filled = block.filled[base] | block.filled[to]
            for bit, word in FILLED.items():
                note |= words.bit(word, filled & bit > 0)
            if variants:
                note |= words.bit("in_one_row", (block.states[base] == IN_ONE_ROW) | (block.states[to] == IN_ONE_ROW))
            columns["note"][rows] = note
        for one in breaks():
            concerned = np.array([one.concerns(part) for part in self.series], bool)
            crossed = one.between(self.pairs.base_year, self.pairs.year)
            columns["note"][np.ix_(crossed, concerned)] |= words.bit(one.id, np.array(True))

    def _notes_of_forms(self) -> np.ndarray:
        """What the two forms say of each series, the same for every pair."""
        words, both = _FIGURE_NOTES, 0 not in self.editions
        weak = np.array([one.link == "weak" for one in self.series], bool)
        return (
            words.bit("not_on_base_form", self._lacks[0] & both)
            | words.bit("not_on_form", self._lacks[1] & both)
            | words.bit("weak_link", weak & both & (self.editions[0] != self.editions[1]))
        )


#: Pairs of reports computed at a time: few enough for the processor's cache.
_CHUNK = 512


#: Decimals of a logarithm; processors differ in the last ones that a number can hold.
_DECIMALS = 9


def _logarithm(base: np.ndarray, value: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.round(100 * np.log(np.where((base > 0) & (value > 0), value / base, np.nan)), _DECIMALS)


def indicator_changes(
    evaluation: Evaluation, pairs: Pairs, level: float | None, organs: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The frame of :func:`change` for indicators, of any pairs of reports."""
    words = _Notes(["missing", "weak_link", *_LACKING, *INDICATOR_NOTE, *(one.id for one in breaks())])
    known = [indicator for indicator, _ in evaluation.pairs]
    base, value = (at(evaluation.value, places, np.nan) for places in (pairs.base, pairs.to))
    difference, percent, _ = steps(base, value)
    percent[[indicator.unit in _POINTS for indicator in known]] = np.nan
    numbers = {"base": base, "value": value, "difference": difference, "percent": percent}
    if level is not None:
        numbers |= _limits(evaluation, pairs, ~np.isnan(difference), level)
    note = words.bit("missing", np.isnan(difference)) | words.of_lacking(evaluation.cube, pairs, organs)
    of_values = at(evaluation.note, pairs.base, 0) | at(evaluation.note, pairs.to, 0)
    for j, word in enumerate(INDICATOR_NOTE):
        note |= words.bit(word, of_values >> j & 1 > 0)
    for one in breaks():
        note[[concerns(one, indicator) for indicator in known]] |= words.of_breaks([one], pairs)
    editions = [at(evaluation.cube.edition, places, 0) for places in (pairs.base, pairs.to)]
    moved = (editions[0] != editions[1]) & (editions[0] > 0) & (editions[1] > 0)
    note[list(map(_weak, known))] |= words.bit("weak_link", moved)
    count = len(pairs.year)
    columns = who(evaluation.cube, pairs, len(evaluation.pairs))
    columns["indicator"] = repeated([indicator.id for indicator in known], count)
    columns["applicant"] = repeated([applicant for _, applicant in evaluation.pairs], count)
    columns["unit"] = repeated([indicator.unit for indicator in known], count)
    for name in ("base", "value", "difference"):
        columns[name] = turned(numbers[name])
    units = [_POINTS.get(indicator.unit, indicator.unit) for indicator in known]
    columns["difference_unit"] = repeated(units, count)
    for name in list(numbers)[3:]:
        columns[name] = turned(numbers[name])
    for prefix, places in (("base_", pairs.base), ("", pairs.to)):
        for name in ("numerator", "denominator"):
            columns[prefix + name] = turned(at(getattr(evaluation, name), places, np.nan))
        states = at(evaluation.status, places, evaluation.words.index("no_report"))
        columns[prefix + "status"] = coded(turned(states), evaluation.words)
    columns["note"] = joined(turned(note), words.words)
    return pd.DataFrame(columns, copy=False)


def _limits(evaluation: Evaluation, pairs: Pairs, there: np.ndarray, level: float) -> dict[str, np.ndarray]:
    """The limits of each difference of two shares that is ``there``, ``low`` and ``high``."""
    found = {name: np.full(there.shape, np.nan) for name in ("low", "high")}
    for i, (indicator, _) in enumerate(evaluation.pairs):
        if indicator.interval == "wilson" and there[i].any():
            counts = [
                at(array[i], places[there[i]], np.nan)
                for places in (pairs.to, pairs.base)
                for array in (evaluation.numerator, evaluation.denominator)
            ]
            limits = newcombe(counts[0], counts[1], counts[2], counts[3], level)
            for limit, of_all in zip(limits, found.values(), strict=True):
                of_all[i, there[i]] = indicator.scale * limit
    return found


#: Units whose differences are percentage points and never percentages.
_POINTS = {"%": "百分点", "百分点": "百分点"}


def concerns(one: Break, indicator: Indicator) -> bool:
    """Whether it is a break in an indicator: in a table that it reads."""
    return one.series == "*" or any(f"{reference.table}/" == one.series for reference in indicator.references)


def _weak(indicator: Indicator) -> bool:
    """Whether the indicator rests on a cell whose meaning moved with the form."""
    return any(f"{reference.row}[{reference.column}]" in _weak_cells() for reference in indicator.references)


@cache
def _weak_cells() -> set[str]:
    return {text for series in all_series().values() if series.link == "weak" for text in series.formulas}
