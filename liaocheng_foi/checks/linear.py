"""The rules that are sums: read from their formulas, evaluated for any number of reports as a sparse product.

A formula compares two sums of cells, ``requests/received_new/* + requests/carried_in/* = …``; ``*`` makes one
:class:`Instance` per row or column, a group stands for its parts. All instances are the rows of four matrices (left
and right side, of this report and of the year before) over the cells of the form.

What was not printed never passes: with blanks an instance holds ``if blank is zero``; with a cell that was not found
or is illegible it cannot be assessed; a sum that fails although blanks are counted as 0 fails. A total left blank is
derived from its parts, beside the print, so that the sums it enters can be assessed; its own cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from ..codebook import EDITIONS, codebook
from ..measures.cube import IN_ONE_ROW, NO_REPORT, NOT_FOUND, NOT_ON_FORM, Cube
from ..measures.cube import STATES as PRINTED
from .catalogue import Rule, rules
from .finding import Finding, Key, column_label, number, state_words

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from ..report import Report

PREVIOUS = "@previous"
#: Sums of money may differ by less than they are printed to.
_NOTHING = 1e-6
#: States of an instance on a report; ``absent`` where the edition does not have it.
STATES = ("pass", "fail", "not_assessable", "pass_if_blank_is_zero", "absent")
PASS, FAIL, UNKNOWN, IF_ZERO, ABSENT = range(5)

#: Every cell of either edition, in the form's order: the columns of the matrices.
CELLS: tuple[Key, ...] = tuple(dict.fromkeys(key for edition in EDITIONS for key in codebook().cells(edition)))
_PLACE = {key: i for i, key in enumerate(CELLS)}

_STATUSES = {status: i for i, status in enumerate(PRINTED)}
_REPORTED, _TEXT_ZERO = PRINTED.index("reported"), PRINTED.index("text_zero")
_NOT_APPLICABLE = PRINTED.index("not_applicable")


def _among(*statuses: int) -> np.ndarray:
    """Which statuses are these: asked of a block of them as ``_among(…)[states]``."""
    return np.isin(np.arange(len(PRINTED)), statuses)


_BLANKS = _among(PRINTED.index("blank"), PRINTED.index("dash"))
_LOST = _among(NOT_FOUND, PRINTED.index("illegible"), NO_REPORT)
_NO_NUMBER = _among(*np.flatnonzero(_LOST), NOT_ON_FORM)
_NOT_PRINTED = _among(NOT_FOUND, NOT_ON_FORM, NO_REPORT)
_READABLE = _among(_REPORTED, _TEXT_ZERO, NOT_ON_FORM)
_NUMERIC = _among(_REPORTED, _TEXT_ZERO, _NOT_APPLICABLE)
_OTHER, _OTHERS = "other", [code.code for code in codebook().children("requests", "other", EDITIONS[-1])]

_COLUMNS = [code.code for code in codebook().select("requests", "column")]
_ONE_ROW, *_THREE_ROWS = ([_PLACE["requests", row, c] for c in _COLUMNS] for row in (_OTHER, *_OTHERS))


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a formula, with its cells."""

    sign: int
    table: str
    row: str
    column: str
    previous: bool

    @property
    def cells(self) -> tuple[Key, ...]:
        """The form's cells, a group opened into its parts."""
        return _opened(self.table, self.row, self.column)


@cache
def _opened(table: str, row: str, column: str) -> tuple[Key, ...]:
    book = codebook()
    rows = [row]
    if row != "outcome_total":
        children = {c.code: None for e in EDITIONS for c in book.children(table, row, e)}
        rows = ([_OTHER] if row == _OTHER else []) + list(children) or rows
    columns = [c.code for c in book.children(table, column, EDITIONS[-1])] or [column]
    return tuple((table, r, c) for r in rows for c in columns)


@dataclass(frozen=True, slots=True)
class Instance:
    """One rule on one row or column."""

    rule: Rule
    left: tuple[Term, ...]
    sign: str
    """``=``, ``<=`` or ``>=``."""
    right: tuple[Term, ...]
    along: str
    """``row`` when it is asked of each row, ``column`` of each column, empty when of the table."""

    @property
    def cell(self) -> Key:
        """The cell it is filed under: the total that it defines, else the first."""
        first = self.left[0]
        return first.table, first.row, first.column

    @property
    def cells(self) -> list[Key]:
        """Every cell of the report itself that it speaks of."""
        return [key for term in (*self.left, *self.right) if not term.previous for key in term.cells]

    @property
    def defines(self) -> bool:
        """Whether the left side is a total that the right side adds up to."""
        return self.sign == "=" and len(self.left) == 1 and not any(term.previous for term in self.right)


_TERM = re.compile(r"([+-])?\s*(\w+)/([\w.*]+)/([\w*]+)(@previous)?")


def _terms(text: str) -> tuple[Term, ...]:
    return tuple(
        Term(-1 if sign == "-" else 1, table, row, column, bool(previous))
        for sign, table, row, column, previous in _TERM.findall(text)
    )


@cache
def instances() -> tuple[Instance, ...]:
    """Every linear rule on every row or column it is asked of, in the catalogue's order."""
    return tuple(each for rule in rules() if rule.formula for each in _instances(rule))


def _instances(rule: Rule) -> Iterator[Instance]:
    sides = re.fullmatch(r"(.+?) (=|<=|>=) (.+)", rule.formula)
    if sides is None:
        raise ValueError(f"rules.csv: {rule.rule}: {rule.formula!r} is no comparison of two sums")
    left, right = _terms(sides[1]), _terms(sides[3])
    head = left[0]
    along = "row" if head.row == "*" else "column" if head.column == "*" else ""
    for code in _stars(head, along, rule.over) if along else [""]:
        yield Instance(rule, _at(left, along, code), sides[2], _at(right, along, code), along)


def _at(terms: Sequence[Term], along: str, code: str) -> tuple[Term, ...]:
    """The terms on one row or column."""
    if along == "row":
        return tuple(replace(term, row=code) for term in terms)
    return tuple(replace(term, column=code) for term in terms) if along else tuple(terms)


def _stars(head: Term, along: str, over: str) -> list[str]:
    """What ``*`` runs over."""
    fixed, at, of = (head.column, 1, 2) if along == "row" else (head.row, 2, 1)
    codes = dict.fromkeys(key[at] for key in CELLS if key[0] == head.table and key[of] == fixed)
    return [code for code in codes if not (over == "applicants" and code == "total")]


@cache
def _on_form(edition: int) -> np.ndarray:
    """Which cells an edition has."""
    return np.isin(np.arange(len(CELLS)), [_PLACE[key] for key in codebook().cells(edition)])


class _Matrices:
    """The instances as matrices: one row per instance, one column per cell."""

    def __init__(self) -> None:
        every = instances()
        self.left, self.right = (self._of([getattr(i, side) for i in every], False) for side in ("left", "right"))
        self.left_previous, self.right_previous = (
            self._of([getattr(i, side) for i in every], True) for side in ("left", "right")
        )
        self.now = abs(self.left) + abs(self.right)
        self.previous = abs(self.left_previous) + abs(self.right_previous)
        self.needs_previous = np.diff(self.previous.indptr) > 0
        self.difference = self.left - self.right
        #: What is asked of last year's report: only some instances and cells.
        self.cells_before = np.unique(self.previous.indices)
        before = self.left_previous - self.right_previous
        self.difference_before = before[self.needs_previous][:, self.cells_before]
        self.edition = {e: np.array([e in i.rule.editions for i in every]) for e in EDITIONS}
        self.equal = np.array([i.sign == "=" for i in every])
        #: Between these the difference of an instance that holds lies.
        self.least = np.array([[-np.inf if i.sign == "<=" else -_NOTHING] for i in every])
        self.most = np.array([[np.inf if i.sign == ">=" else _NOTHING] for i in every])
        self.without_cells = {e: self.now @ _on_form(e).astype(float) == 0 for e in EDITIONS}
        self.heads = np.array([_PLACE[i.cell] if i.defines else -1 for i in every])

    @staticmethod
    def _of(sides: Sequence[Sequence[Term]], previous: bool) -> csr_array:
        from scipy.sparse import csr_array

        entries = [
            (n, _PLACE[key], float(term.sign))
            for n, side in enumerate(sides)
            for term in side
            if term.previous is previous
            for key in term.cells
        ]
        rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
        return csr_array((np.array(signs, float), (rows, columns)), shape=(len(sides), len(CELLS)))


@cache
def matrices() -> _Matrices:
    """Built once from the catalogue."""
    return _Matrices()


@cache
def _totals() -> list[tuple[int, list[int]]]:
    """The place of each total that a sum defines, with those of its parts."""
    defining = (instance for instance in instances() if instance.defines)
    return [(_PLACE[i.cell], [_PLACE[key] for term in i.right for key in term.cells]) for i in defining]


class Numbers:
    """The cells of the form by reports, as printed and as the sums see them.

    ``printed`` (cells × reports) is null where no number was printed; ``assumed`` has 0 for blanks, ``/`` and dashes,
    the derived sum for a total left blank, and null only where a cell was not found or is illegible.
    """

    def __init__(self, values: np.ndarray, states: np.ndarray, edition: np.ndarray, previous: np.ndarray) -> None:
        self.printed = values
        self.edition = edition
        self.previous = previous
        self.states = states
        self._one_row_of_others()
        #: Reports in which some cell holds no number.
        self.doubtful = np.flatnonzero(~_READABLE[states].all(axis=0))
        self.assumed = np.where(np.isnan(values), 0.0, values)
        #: Of the doubtful reports: blanks and what is derived; what is lost.
        self.blank = _BLANKS[states[:, self.doubtful]]
        self.lost = _LOST[states[:, self.doubtful]]
        self._derive()

    @classmethod
    def of_report(cls, *reports: Report | None) -> Numbers:
        """Of one report and, behind it, of that of the year before."""
        values = np.full((len(CELLS), len(reports)), np.nan)
        states = np.full((len(CELLS), len(reports)), NO_REPORT, "int8")
        edition = np.zeros(len(reports), "int16")
        for n, report in enumerate(reports):
            if report is None:
                continue
            edition[n] = report.edition
            states[:, n] = NOT_ON_FORM
            states[_on_form(report.edition), n] = NOT_FOUND
            cells = list(report.cells())
            places = [_PLACE[cell.key] for cell in cells]
            states[places, n] = [_STATUSES[cell.status] for cell in cells]
            values[places, n] = [np.nan if cell.value is None else cell.value for cell in cells]
        previous = np.array([1 if len(reports) > 1 and reports[1] is not None else -1, -1][: len(reports)])
        return cls(values, states, edition, previous)

    @classmethod
    def of_cube(cls, cube: Cube) -> Numbers:
        """Of a panel's block, what it filled in taken out again."""
        values = cube.values
        if cube.filled.any():
            values = np.where(cube.filled > 0, np.nan, values)
        states = np.where(cube.states == IN_ONE_ROW, NOT_ON_FORM, cube.states).astype("int8")
        return cls(values, states, cube.edition, cube.previous)

    def _one_row_of_others(self) -> None:
        """Where a report prints other handling as one row, the three rows of its edition are not missing."""
        one_row = ~_NOT_PRINTED[self.states[_ONE_ROW]]
        if one_row.any():
            for places in _THREE_ROWS:
                states = self.states[places]
                states[one_row & (states == NOT_FOUND)] = NOT_ON_FORM
                self.states[places] = states

    def _derive(self) -> None:
        """Totals left blank, from their parts; three passes, for a total is a part of the grand total."""
        self.derived = np.zeros_like(self.blank)
        for _ in range(3 if self.blank.any() else 0):
            for head, places in _totals():
                fill = self.blank[head] & ~self.derived[head] & ~self.lost[places].any(axis=0)
                known = ~self.blank[places] | self.derived[places]
                fill &= (known & (self.states[places][:, self.doubtful] != NOT_ON_FORM)).any(axis=0)
                if fill.any():
                    at = self.doubtful[fill]
                    self.assumed[head, at] = self.assumed[places][:, at].sum(axis=0)
                    self.derived[head] |= fill

    def values(self, report: int = 0) -> dict[Key, float]:
        """What the sums take the cells to be, without those not found, illegible or not on the form."""
        known = np.flatnonzero(~_NO_NUMBER[self.states[:, report]])
        return {CELLS[i]: value for i, value in zip(known.tolist(), self.assumed[known, report].tolist(), strict=True)}

    def derived_cells(self, report: int = 0) -> list[Key]:
        """The totals left blank whose parts add up to something."""
        at = np.flatnonzero(self.doubtful == report)
        return [CELLS[i] for i in np.flatnonzero(self.derived[:, at[0]])] if len(at) else []


class Evaluation:
    """Every instance on every report: ``states`` (instances × reports, places in :data:`STATES`)."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        known = matrices()
        self.difference = known.difference @ numbers.assumed
        """Left side less right side; of no meaning where the instance cannot be assessed."""
        if (numbers.previous >= 0).any():
            before = np.take(numbers.assumed[known.cells_before], numbers.previous, axis=1)
            self.difference[known.needs_previous] += known.difference_before @ before
        self.states = (self.difference > known.most).view("int8")
        self.states |= self.difference < known.least
        self._doubtful()
        self.states[np.ix_(known.needs_previous, numbers.previous < 0)] = UNKNOWN
        for edition, asked in known.edition.items():
            self.states[np.ix_(~asked, numbers.edition == edition)] = ABSENT
        self.states[:, numbers.edition == 0] = ABSENT

    def _doubtful(self) -> None:
        numbers, known = self.numbers, matrices()
        for edition in EDITIONS:
            of_edition = np.flatnonzero(numbers.edition == edition)
            self.states[np.ix_(known.without_cells[edition], of_edition)] = ABSENT
        self._mark(numbers.doubtful, numbers.doubtful, known.now)
        dubious = np.zeros(numbers.printed.shape[1], bool)
        dubious[numbers.doubtful] = True
        there = np.flatnonzero(numbers.previous >= 0)
        mixed = numbers.edition[there] != numbers.edition[numbers.previous[there]]
        there = there[dubious[numbers.previous[there]] | mixed]
        self._mark(there, numbers.previous[there], known.previous, needed=True)

    def _mark(self, reports: np.ndarray, of: np.ndarray, matrix: csr_array, needed: bool = False) -> None:
        """Set the states of ``reports`` by what is blank or lost in the reports ``of``."""
        if not len(reports):
            return
        states = self.numbers.states[:, of]
        empty, lost = _BLANKS[states], (_NO_NUMBER if needed else _LOST)[states]
        if needed:
            # last year's form may lack the single row of others, or have it alone
            rows = [place for places in (_ONE_ROW, *_THREE_ROWS) for place in places]
            lost[rows] &= states[rows] != NOT_ON_FORM
        blanks, missing = matrix @ empty.astype(float), matrix @ lost.astype(float)
        some = matrix @ _NUMERIC[states].astype(float) > 0
        current = self.states[:, reports]
        outcome = np.where(blanks > 0, np.where(current == PASS, IF_ZERO, current), current)
        if not needed:
            absent = (matrix @ (states != NOT_ON_FORM).astype(float)) == 0
            outcome = np.where(some | absent, outcome, UNKNOWN)
            heads = matrices().heads
            defining = np.flatnonzero(heads >= 0)
            head_blank = empty[heads[defining]]
            outcome[defining] = np.where(head_blank & (outcome[defining] != ABSENT), UNKNOWN, outcome[defining])
            outcome = np.where(absent, ABSENT, outcome)
        outcome = np.where((missing > 0) & (outcome != ABSENT), UNKNOWN, outcome)
        self.states[:, reports] = outcome

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many instances are in each state, over all reports."""
        found = np.bincount(self.states.ravel(), minlength=len(STATES))
        return {state: int(count) for state, count in zip(STATES, found, strict=True)}

    def sums(self, report: int, blank: bool = False) -> tuple[int, int]:
        """(sums that hold, those alone that need blanks to be 0 when ``blank``; sums that could be assessed)."""
        states = self.states[matrices().equal, report]
        held = np.isin(states, [IF_ZERO] if blank else [PASS, IF_ZERO])
        return int(held.sum()), int(np.isin(states, [PASS, IF_ZERO, FAIL]).sum())

    def findings(self, report: int, organ: str | None, year: int | None, failed: bool = False) -> Iterator[Finding]:
        """One finding per instance that the edition has; only the broken ones when ``failed``."""
        states = self.states[:, report]
        sides = self._sides(report)
        for n in np.flatnonzero(states == FAIL if failed else states != ABSENT).tolist():
            instance, state = instances()[n], STATES[states[n]]
            left, right = (None, None) if state == "not_assessable" else sides[n]
            if left is not None and right is not None and state == "fail":
                zh, en = (self._words(instance, report, lang, left, right) for lang in ("zh", "en"))
            else:
                zh, en = _title(n, state)
            known = instance.rule.rule, instance.rule.severity, state, _cells(n)
            yield Finding(organ, year, *known, right, left, zh, en, _evidence(n))

    def _sides(self, report: int) -> list[tuple[float, float]]:
        """Both sides of every instance."""
        known, now, at = matrices(), self.numbers.assumed[:, report], self.numbers.previous[report]
        left, right = known.left @ now, known.right @ now
        if at >= 0:
            left += known.left_previous @ self.numbers.assumed[:, at]
            right += known.right_previous @ self.numbers.assumed[:, at]
        return list(zip(left.round(6).tolist(), right.round(6).tolist(), strict=True))

    def _words(self, instance: Instance, report: int, lang: str, left: float, right: float) -> str:
        """``“自然人”列：新收967 + 上年结转10 = 977，办结964 + 结转下年12 = 976，差1``."""
        comma, colon = ("，", "：") if lang == "zh" else (", ", ": ")
        sides = [
            self._side(terms, instance.along, report, lang, value)
            for terms, value in ((instance.left, left), (instance.right, right))
        ]
        where = _where(instance, lang)
        where = where and where.rstrip("：: ") + colon
        if instance.sign == "=":
            tail = ("差" if lang == "zh" else "off by ") + number(abs(left - right))
            return f"{where}{sides[0]}{comma}{sides[1]}{comma}{tail}"
        must = {"<=": ("应不大于", "must be at most"), ">=": ("应不小于", "must be at least")}[instance.sign]
        gap = "" if lang == "zh" else " "
        return f"{where}{sides[0]}{comma}{must[lang != 'zh']}{gap}{sides[1] or '0'}"

    def _side(self, terms: Sequence[Term], along: str, report: int, lang: str, value: float) -> str:
        parts = []
        for n, term in enumerate(terms):
            at = self.numbers.previous[report] if term.previous else report
            amount = float(sum(self.numbers.assumed[_PLACE[key], at] for key in term.cells))
            name = _name(term, along, lang, int(self.numbers.edition[at]) or EDITIONS[-1])
            before = "" if not term.previous else "上年报告" if lang == "zh" else "last year's "
            sign = "" if n == 0 and term.sign > 0 else " + " if term.sign > 0 else " − "
            parts.append(f"{sign}{before}{name}{'' if lang == 'zh' else ' '}{number(amount)}")
        total = f" = {number(value)}" if len(terms) > 1 else ""
        return "".join(parts) + total


def _name(term: Term, along: str, lang: str, edition: int) -> str:
    book = codebook()
    by_column = along == "row" or (term.table == "proactive" and along != "")
    if by_column:
        return book.short(term.table, term.column, lang, edition)
    if along == "column":
        return book.short(term.table, term.row, lang, edition)
    row, column = (book.short(term.table, code, lang, edition) for code in (term.row, term.column))
    return row if term.column == "total" else f"{row}{'' if lang == 'zh' else ' '}{column}"


def _where(instance: Instance, lang: str) -> str:
    table, row, column = instance.cell
    book = codebook()
    if instance.along == "row":
        name = book.short(table, row, lang)
        return f"“{name}”一行：" if lang == "zh" else f'row "{name}": '
    if instance.along == "column":
        name = column_label(table, column, lang, EDITIONS[-1])
        return f"“{name}”一列：" if lang == "zh" else f'column "{name}": '
    return ""


@cache
def _cells(n: int) -> tuple[Key, ...]:
    return tuple(instances()[n].cells)


@cache
def _title(n: int, state: str) -> tuple[str, str]:
    """What an instance that is not broken asks for, and its state."""
    instance = instances()[n]
    zh, en = (f"{_where(instance, lang)}{state_words(instance.rule, state, lang)}" for lang in ("zh", "en"))
    return zh, en


@cache
def _evidence(n: int) -> str:
    instance = instances()[n]
    return f"{_codes(instance.left)} {instance.sign} {_codes(instance.right) or '0'}"


def _codes(terms: Sequence[Term]) -> str:
    return "".join(
        f"{'' if n == 0 else ' + ' if term.sign > 0 else ' - '}{term.table}/{term.row}/{term.column}"
        f"{PREVIOUS if term.previous else ''}"
        for n, term in enumerate(terms)
    )
