"""Named rates and counts: one dictionary (indicators.csv), one evaluator for all of them.

Every value comes with its numerator, its denominator and a status that says why there is no value; nothing
missing is ever 0. Values are computed from counts and not rounded; :func:`.rounding.half_up` shows them. Rates of
several bodies are computed from their summed counts, never averaged (:meth:`liaocheng_foi.panel.Panel.sum`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from ..problems import SelectionError
from .coded import coded, joined, repeated, turned
from .cube import APPLICANTS, NOT_FOUND, STATES, Cells, Cube, HasFigures, cube_of
from .formula import EXTERNAL, Formula, Reference, formula
from .intervals import poisson, wilson

#: Under this many cases a rate is drawn pale and read with its counts; under the second, counts only.
SMALL, TINY = 30, 10

#: status -> (zh, en). ``computed`` is the only one with a value; the others say what stood in the first cell
#: that gave no number, ``previous_…`` in the report of the year before.
STATUS: dict[str, tuple[str, str]] = {
    "computed": ("已计算", "computed"),
    "zero_denominator": ("分母为0", "the denominator is 0"),
    "contradiction": ("数据相互矛盾：部分大于整体", "the figures contradict each other: a part exceeds its whole"),
    "not_found": ("报告中没有找到该单元格", "the cell was not found in the report"),
    "blank": ("单元格空白", "the cell is blank"),
    "not_applicable": ("单元格印为“/”", "the cell is printed /"),
    "dash": ("单元格印为“—”", "the cell is printed as a dash"),
    "illegible": ("单元格无法辨认", "the cell could not be read"),
    "in_one_row": ("报告把该组事项合为一行", "the report prints its group as one row"),
    "not_on_form": ("该版格式没有此项", "this edition of the form has no such cell"),
    "no_report": ("没有报告", "there is no report"),
    "not_given": ("没有该机关当年的外部数据", "no figure from outside was given for this body and year"),
}

#: note -> (zh, en): what a reader must know about a value that was computed.
NOTE: dict[str, tuple[str, str]] = {
    "blank_as_zero": (
        "空白按0计算，表内各项合计相符",
        "a blank was counted as 0: the printed sums close with it",
    ),
    "total_derived": ("总计空白，由各列相加得出", "a total printed blank was added up from its parts"),
    "small_denominator": ("分母小于30", "denominator under 30: read the counts with it"),
    "tiny_denominator": ("分母小于10，只看数量", "denominator under 10: read the counts only"),
    "identity_fails": ("所在行列的合计不符", "the printed sums these figures belong to do not agree"),
}
_PREVIOUS = "previous_"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the dictionary."""

    id: str
    zh: str
    en: str
    family: str
    numerator: str
    denominator: str
    """Empty: the numerator is the value."""
    scale: float
    unit: str
    applicants: str
    """``each``: for every applicant type, for organisations together and in total; ``types``: not in total, where it
    would say nothing; ``total``: in total only."""
    editions: tuple[int, ...]
    interval: str
    """Interval that makes sense: ``wilson`` for a share, ``poisson`` for a rate of events, or empty."""
    beside: str
    """The indicator to read with it: the same on another denominator; empty for none."""
    caveat_zh: str
    caveat_en: str
    source: str

    @property
    def formulas(self) -> tuple[Formula, Formula | None]:
        """Numerator and denominator, parsed."""
        return formula(self.numerator), formula(self.denominator) if self.denominator else None

    @property
    def references(self) -> tuple[Reference, ...]:
        """The cells it reads, in the order written."""
        return _references(self.numerator, self.denominator)

    @property
    def external(self) -> tuple[str, ...]:
        """The figures it needs from outside of the reports."""
        return tuple(reference.row for reference in self.references if reference.table == "external")


@cache
def _references(numerator: str, denominator: str) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(one for text in (numerator, denominator) if text for one in formula(text).references))


@cache
def dictionary() -> dict[str, Indicator]:
    """Every indicator by its id, in the order of indicators.csv."""
    source = files(__package__).joinpath("indicators.csv").read_text(encoding="utf-8")
    found = {}
    for line in csv.DictReader(source.splitlines()):
        typed: dict[str, Any] = dict(line)
        typed["editions"] = tuple(int(edition) for edition in line["editions"].split("|"))
        typed["scale"] = float(line["scale"])
        found[line["id"]] = Indicator(**typed)
    return found


def describe() -> pd.DataFrame:
    """The dictionary as a frame: id, names, formula, unit, editions, caveat, source."""

    lines = [
        {name: getattr(indicator, name) for name in Indicator.__slots__}
        | {"editions": "|".join(map(str, indicator.editions))}
        for indicator in dictionary().values()
    ]
    return pd.DataFrame(lines)


def indicators(
    data: HasFigures | pd.DataFrame,
    ids: Iterable[str] | None = None,
    external: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every indicator of every report: columns ``organ, year, edition, scope, indicator, applicant, value, unit,
    numerator, denominator, status, note``.

    ``data`` is a Report, a Panel or a figures frame; ``ids`` chooses indicators. ``applicant`` is ``total``, a
    type, or ``legal_person`` (all organisations). ``value`` is the scaled quotient, null unless ``status`` is
    ``computed``; see :data:`STATUS` and :data:`NOTE` (codes joined by ``|``). ``external`` (organ, year, scope where
    it matters, and any of :data:`.formula.EXTERNAL`) holds figures from outside of the tables, such as ``population``,
    or those of :func:`liaocheng_foi.quality.quality`; indicators that need one it lacks are left out, and refused
    when asked for by id.
    Raises :class:`SelectionError` for an unknown id, and for a report that stands twice with different figures.
    """
    return evaluate(data, ids, external).frame()


def evaluate(
    data: HasFigures | pd.DataFrame | Cube,
    ids: Iterable[str] | None = None,
    external: pd.DataFrame | None = None,
) -> Evaluation:
    """The same as arrays, a row per indicator and applicant and a column per report of :attr:`Evaluation.cube`."""
    there = [] if external is None else [name for name in EXTERNAL if name in external]
    chosen = _chosen(ids, there)
    cube = cube_of(data)
    given = {} if external is None else _given(cube, external, there)
    return Evaluation(cube, given, [(one, who) for one in chosen for who in _who(one)])


def _chosen(ids: Iterable[str] | None, given: list[str]) -> list[Indicator]:
    known = dictionary()
    if ids is None:
        return [one for one in known.values() if set(one.external) <= set(given)]
    wanted = [ids] if isinstance(ids, str) else list(ids)
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise SelectionError(
            f"no indicator {', '.join(unknown)}; foi.indicator.describe() and foi indicators --list have all."
        )
    for id in wanted:
        lacking = [name for name in known[id].external if name not in given]
        if lacking:
            raise SelectionError(f"{id} needs external=, a frame with organ, year, {', '.join(lacking)}.")
    return [known[id] for id in wanted]


def _who(indicator: Indicator) -> tuple[str, ...]:
    types = (*APPLICANTS, "legal_person")
    return {"total": ("total",), "types": types, "each": ("total", *types)}[indicator.applicants]


def _given(cube: Cube, frame: pd.DataFrame, names: list[str]) -> dict[str, Cells]:
    """Figures from outside for each report's body and year (and scope); no number where the frame has none."""
    missing = {"organ", "year"} - set(frame.columns)
    if missing:
        raise SelectionError(f"external lacks {', '.join(sorted(missing))}; it needs organ and year.")
    key = ["organ", "year", *(["scope"] if "scope" in frame else [])]
    if frame.duplicated(key).any():
        raise SelectionError(f"external gives one {', '.join(key)} twice.")
    rows = {report: row for row, report in enumerate(_reports(frame[key]))}
    place = np.array([rows.get(report, -1) for report in _reports(pd.DataFrame(cube.axis_frame())[key])], "int64")
    zeros = np.zeros(len(cube), "int8")
    found = {name: np.append(frame[name].to_numpy("float64", na_value=np.nan), np.nan)[place] for name in names}
    return {name: Cells(values, zeros + NOT_FOUND, zeros) for name, values in found.items()}


def _reports(keys: pd.DataFrame) -> Iterable[tuple]:
    """The keys as they are looked up: texts, the year −1 where it is missing."""
    years = keys["year"].astype("Float64").fillna(-1).astype("int64")
    texts = (keys[name].astype(object).where(keys[name].notna(), "") for name in keys if name != "year")
    return zip(years, *texts, strict=True)


def status_words(status: str, lang: str = "zh") -> str:
    """A status in words."""
    index = int(lang != "zh")
    if status.startswith(_PREVIOUS):
        return ("上一年：", "year before: ")[index] + STATUS[status.removeprefix(_PREVIOUS)][index]
    return STATUS[status][index]


class Evaluation:
    """Indicators over a cube. ``pairs`` are the rows: indicator and applicant; ``words`` what a status code says."""

    def __init__(self, cube: Cube, external: Mapping[str, Cells], pairs: list[tuple[Indicator, str]]) -> None:
        self.cube = cube
        self.pairs = pairs
        self._external = external
        previous = [_PREVIOUS + state for state in STATES]
        self.words = list(dict.fromkeys([*STATUS, *STATES, *previous]))
        self._place = {status: i for i, status in enumerate(self.words)}
        # the status that a cell without a number gives, by its state; the same for the year before
        self._of_state = np.array([self._place[state] for state in STATES], "int8")
        self._of_previous = np.array([self._place[state] for state in previous], "int8")
        shape = len(pairs), len(cube)
        self.value, self.numerator, self.denominator = (np.empty(shape) for _ in range(3))
        self.status, self.note = np.empty(shape, "int8"), np.empty(shape, "int8")
        for i, (indicator, applicant) in enumerate(pairs):
            for name, row in self._compute(indicator, applicant).items():
                getattr(self, name)[i] = row

    def frame(self) -> pd.DataFrame:
        """The table ``indicators``, reports one after the other; texts are categories."""
        count = len(self.cube)
        columns = self.cube.axis_frame(len(self.pairs))
        columns["indicator"] = repeated([indicator.id for indicator, _ in self.pairs], count)
        columns["applicant"] = repeated([applicant for _, applicant in self.pairs], count)
        columns["value"] = turned(self.value)
        columns["unit"] = repeated([indicator.unit for indicator, _ in self.pairs], count)
        columns["numerator"] = turned(self.numerator)
        columns["denominator"] = turned(self.denominator)
        columns["status"] = coded(turned(self.status), self.words)
        columns["note"] = joined(turned(self.note), tuple(NOTE))
        return pd.DataFrame(columns, copy=False)

    def _compute(self, indicator: Indicator, applicant: str) -> dict[str, np.ndarray]:
        """Value, numerator, denominator, status and note of one indicator for every report."""
        read = {one: one.read(self.cube, applicant, self._external) for one in indicator.references}
        top, bottom = indicator.formulas
        numerator = top.compute(lambda one: read[one].values)
        denominator = (
            np.full(len(self.cube), np.nan) if bottom is None else bottom.compute(lambda one: read[one].values)
        )
        status = np.zeros(len(self.cube), "int8")
        if bottom is not None:
            status[denominator == 0] = self._place["zero_denominator"]
            impossible = denominator < 0
            if indicator.interval == "wilson":
                impossible |= numerator > denominator
            status[impossible] = self._place["contradiction"]
        for one, cells in reversed(read.items()):
            empty = np.isnan(cells.values)
            status[empty] = self._reason(one)[cells.states[empty]]
        with np.errstate(divide="ignore", invalid="ignore"):
            value = indicator.scale * numerator / (1 if bottom is None else denominator)
        value[status != 0] = np.nan
        note = np.zeros(len(self.cube), "int8")
        for one, cells in read.items():
            note |= cells.filled  # its bits are the first two of NOTE
            if one.table == "reviews" or (one.table == "requests" and not one.previous):
                note |= _bit("identity_fails") * self.cube.fails(one.table, one.row, one.column or applicant)
        if indicator.interval:
            note |= _bit("small_denominator") * ((denominator < SMALL) & (denominator >= TINY))
            note |= _bit("tiny_denominator") * (denominator < TINY)
        note[status != 0] = 0
        return {"value": value, "numerator": numerator, "denominator": denominator, "status": status, "note": note}

    def _reason(self, reference: Reference) -> np.ndarray:
        if reference.table == "external":
            return np.full_like(self._of_state, self._place["not_given"])
        return self._of_previous if reference.previous else self._of_state


@cache
def _bit(note: str) -> np.int8:
    return np.int8(1 << list(NOTE).index(note))


def with_intervals(frame: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """An indicators frame with ``low``, ``high`` and ``interval`` beside each rate that an interval makes sense for.

    The process-variation interval: how far a rate of this volume moves by chance, were the year drawn again. The
    figures themselves are a full count. ``interval`` is ``wilson`` (shares) or ``poisson`` (events per 1,000 or
    per resident), empty where there is none: counts, ratios and differences have no interval.
    """

    known = dictionary()
    kind = frame["indicator"].map({id: one.interval for id, one in known.items()}).astype("str")
    scale = frame["indicator"].map({id: one.scale for id, one in known.items()}).to_numpy("float64")
    top, bottom = (frame[name].to_numpy("float64") for name in ("numerator", "denominator"))
    low, high = np.full(len(frame), np.nan), np.full(len(frame), np.nan)
    there = (frame["status"] == "computed").to_numpy()
    for name, function in (("wilson", wilson), ("poisson", poisson)):
        rows = there & (kind == name).to_numpy()
        low[rows], high[rows] = (scale[rows] * limit for limit in function(top[rows], bottom[rows], level))
    return frame.assign(low=low, high=high, interval=kind.where(~np.isnan(low), ""))
