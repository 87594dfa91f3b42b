"""Errors to plant in correct reports: each alters a case and says which rules must find it.

A plant returns the ids of the rules, each of which must fire, or None where the case has no place for it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import slips
from cases import APPLICANTS, BOOK, FLOWS, RESULTS, Case, Key

Rng = np.random.Generator
Plant = Callable[[Case, Rng], set[str] | None]
COLUMNS = (*APPLICANTS, "total")
#: Plants by name: those in the figures that sums can find and repairs explain, and all others.
FIGURES: dict[str, Plant] = {}
OTHERS: dict[str, Plant] = {}


def figures(function: Plant) -> Plant:
    FIGURES[function.__name__] = function
    return function


def other(function: Plant) -> Plant:
    OTHERS[function.__name__] = function
    return function


# ---- where ----


def _rows(case: Case) -> list[str]:
    return [row.code for row in BOOK.rows("requests", case.edition)]


def _leaves(case: Case) -> list[str]:
    return [row for row in _rows(case) if row not in FLOWS]


def _get(case: Case, key: Key) -> int:
    return int(case.cells[key]) if case.cells[key].isdigit() else 0


def _choose(rng: Rng, among: list):
    return among[int(rng.integers(len(among)))] if among else None


def _cell(case: Case, rng: Rng, table: str, fits: Callable[[str], bool]) -> Key | None:
    return _choose(rng, [key for key, raw in case.cells.items() if key[0] == table and raw.isdigit() and fits(raw)])


def sums_of(key: Key) -> set[str]:
    """The rules whose sums a cell is in."""
    table, row, _ = key
    if table == "reviews":
        return {"RV01"}
    return {"RQ03"} | ({"RQ01"} if row in FLOWS else {"RQ02"}) | ({"RQ02"} if row == "outcome_total" else set())


# ---- one figure ----


def _one(case: Case, rng: Rng, table: str, fits: Callable[[str], bool], change: Callable[[str], str], kind: str):
    key = _cell(case, rng, table, fits)
    if key is None:
        return None
    raw = change(case.cells[key])
    if raw == case.cells[key] or (raw.startswith("0") and len(raw) > 1):
        return None
    case.cells[key] = raw
    found = sums_of(key)
    if table == "requests":
        found.add(kind)
    return found


def _wrong_digit(rng: Rng) -> Callable[[str], str]:
    def change(raw: str) -> str:
        at = int(rng.integers(len(raw)))
        return raw[:at] + str(rng.integers(10)) + raw[at + 1 :]

    return change


def _transposed(rng: Rng) -> Callable[[str], str]:
    def change(raw: str) -> str:
        at = int(rng.integers(len(raw) - 1))
        return raw[:at] + raw[at + 1] + raw[at] + raw[at + 2 :]

    return change


def _added(rng: Rng) -> Callable[[str], str]:
    def change(raw: str) -> str:
        at = int(rng.integers(len(raw) + 1))
        return raw[:at] + str(rng.integers(10)) + raw[at:]

    return change


def _dropped(rng: Rng) -> Callable[[str], str]:
    def change(raw: str) -> str:
        at = int(rng.integers(len(raw)))
        return raw[:at] + raw[at + 1 :]

    return change


@figures
def digit_wrong(case, rng):
    return _one(case, rng, "requests", lambda raw: raw != "0", _wrong_digit(rng), "RQ07")


@figures
def digit_dropped(case, rng):
    return _one(case, rng, "requests", lambda raw: len(raw) > 1, _dropped(rng), "RQ07")


@figures
def digit_added(case, rng):
    return _one(case, rng, "requests", lambda raw: raw != "0", _added(rng), "RQ07")


@figures
def digits_transposed(case, rng):
    return _one(case, rng, "requests", lambda raw: len(raw) > 1, _transposed(rng), "CE08")


@figures
def zero_filled(case, rng):
    """A number where there should be 0."""
    return _one(case, rng, "requests", lambda raw: raw == "0", lambda raw: str(rng.integers(1, 30)), "RQ07")


@figures
def other_number(case, rng):
    key = _cell(case, rng, "requests", lambda raw: int(raw) > 9)
    if key is None:
        return None
    case.cells[key] = str(int(case.cells[key]) + int(rng.integers(111, 999)))
    return sums_of(key)


@figures
def total_zero(case, rng):
    key = _choose(rng, [k for k, raw in case.cells.items() if k[0] == "requests" and k[2] == "total" and _get(case, k)])
    if key is None:
        return None
    case.cells[key] = "0"
    return sums_of(key) | {"RQ07"}


@figures
def review_digit(case, rng):
    return _one(case, rng, "reviews", lambda raw: raw != "0", _wrong_digit(rng), "")


@figures
def review_transposed(case, rng):
    return _one(case, rng, "reviews", lambda raw: len(raw) > 1, _transposed(rng), "")


@figures
def review_total_zero(case, rng):
    key = _choose(rng, [k for k in case.cells if k[0] == "reviews" and k[2] == "total" and _get(case, k)])
    if key is None:
        return None
    case.cells[key] = "0"
    return {"RV01"}


# ---- figures in the wrong place ----


def _move(case: Case, source: Key, target: Key, count: int) -> None:
    case.cells[source] = str(_get(case, source) - count)
    case.cells[target] = str(_get(case, target) + count)


def _place(case: Case, keys: list[Key], raws: list[str]) -> None:
    for key, raw in zip(keys, raws, strict=True):
        case.cells[key] = raw


@figures
def misfiled_column(case, rng):
    """A case or a few filed under the neighbouring kind of applicant."""
    places = [(row, i) for row in _leaves(case) for i in range(6) if _get(case, ("requests", row, APPLICANTS[i]))]
    chosen = _choose(rng, places)
    if chosen is None:
        return None
    row, i = chosen
    j = i + 1 if i == 0 or (i < 5 and rng.random() < 0.5) else i - 1
    source = ("requests", row, APPLICANTS[i])
    _move(case, source, ("requests", row, APPLICANTS[j]), min(_get(case, source), int(rng.choice((1, 1, 1, 2, 5)))))
    return {"RQ02", "RQ08"}


@figures
def misfiled_row(case, rng):
    """A case or a few filed under the neighbouring outcome."""
    rows = _leaves(case)
    places = [(i, who) for i in range(len(rows)) for who in APPLICANTS if _get(case, ("requests", rows[i], who))]
    chosen = _choose(rng, places)
    if chosen is None:
        return None
    i, who = chosen
    j = i + 1 if i == 0 or (i + 1 < len(rows) and rng.random() < 0.5) else i - 1
    source = ("requests", rows[i], who)
    _move(case, source, ("requests", rows[j], who), min(_get(case, source), int(rng.choice((1, 1, 1, 2, 5)))))
    return {"RQ03", "RQ08"}


@figures
def swapped_cells(case, rng):
    places = [
        (("requests", row, COLUMNS[i]), ("requests", row, COLUMNS[i + 1]))
        for row in _rows(case) for i in range(6)
        if _get(case, ("requests", row, COLUMNS[i])) != _get(case, ("requests", row, COLUMNS[i + 1]))
    ]  # fmt: skip
    pair = _choose(rng, places)
    if pair is None:
        return None
    _place(case, list(pair), [case.cells[pair[1]], case.cells[pair[0]]])
    return {"RQ01" if pair[0][1] in FLOWS else "RQ02", "RQ08"}


@figures
def swapped_columns(case, rng):
    """From a row on, as where a table is cut by a page."""
    rows = _rows(case)
    first = int(rng.integers(0, len(rows) - 2))
    i = int(rng.integers(0, 6))
    one, two = ([("requests", row, COLUMNS[c]) for row in rows[first:]] for c in (i, i + 1))
    raws = [case.cells[key] for key in (*two, *one)]
    if sum(_get(case, a) != _get(case, b) for a, b in zip(one, two, strict=True)) < 3 or (i < 5 and first == 0):
        return None
    if i < 5 and first == 0:
        return None
    _place(case, [*one, *two], raws)
    return {"RQ08"}


@figures
def swapped_rows(case, rng):
    rows = [
        (a, b)
        for a, b in (("received_new", "carried_in"), ("outcome_total", "carried_forward"), ("carried_in", "granted"))
    ]
    a, b = _choose(rng, rows)
    one, two = ([("requests", row, c) for c in COLUMNS] for row in (a, b))
    if (a, b) == ("received_new", "carried_in") or sum(
        _get(case, x) != _get(case, y) for x, y in zip(one, two, strict=True)
    ) < 3:
        return None
    _place(case, [*one, *two], [case.cells[key] for key in (*two, *one)])
    return {"RQ08"}


@figures
def number_split(case, rng):
    """The digits of a number stand in two cells; the second should hold 0."""
    places = [
        (row, i) for row in _rows(case) for i in range(5)
        if _get(case, ("requests", row, COLUMNS[i])) > 9 and not _get(case, ("requests", row, COLUMNS[i + 1]))
    ]  # fmt: skip
    chosen = _choose(rng, places)
    if chosen is None:
        return None
    row, i = chosen
    whole = str(_get(case, ("requests", row, COLUMNS[i])))
    at = int(rng.integers(1, len(whole)))
    if not int(whole[at:]):
        return None  # the cell alone has lost its zeros
    case.cells["requests", row, COLUMNS[i]], case.cells["requests", row, COLUMNS[i + 1]] = whole[:at], whole[at:]
    return {"RQ03", "CE07"}


@figures
def number_split_row_pushed(case, rng):
    """The digits of a number in two cells, what follows pushed on, the total lost."""
    places = [(row, i) for row in _rows(case) for i in range(5) if _get(case, ("requests", row, COLUMNS[i])) > 9]
    chosen = _choose(rng, places)
    if chosen is None:
        return None
    row, i = chosen
    keys = [("requests", row, c) for c in COLUMNS]
    raws = [case.cells[key] for key in keys]
    whole = raws[i]
    at = int(rng.integers(1, len(whole)))
    _place(case, keys, [*raws[:i], whole[:at], whole[at:], *raws[i + 1 : -1]])
    return {"CE07"}


def _run(case: Case, rng: Rng, keys: list[Key], least: int) -> set[str] | None:
    """Shift a run of three and more cells by one; the cell that falls out holds nothing."""
    places = [
        (i, j, by) for i in range(len(keys)) for j in range(i + 3, len(keys) + 1)
        for by in (1, -1) if not _get(case, keys[j - 1 if by > 0 else i])
    ]  # fmt: skip
    rng.shuffle(places)
    for i, j, by in places:
        run = keys[i:j]
        raws = [case.cells[key] for key in run]
        turned = [*raws[-1:], *raws[:-1]] if by > 0 else [*raws[1:], *raws[:1]]
        if sum(int(a or 0) != int(b or 0) for a, b in zip(_digits(raws), _digits(turned), strict=True)) >= least:
            _place(case, run, turned)
            return set()
    return None


def _digits(raws: list[str]) -> list[str]:
    return [raw if raw.isdigit() else "0" for raw in raws]


def _telling(case: Case, *rules: str) -> set[str] | None:
    """The rules, unless every sum holds all the same: of a shift that moves nothing but zeros no sum can tell."""
    return set(rules) if slips.failing(case) else None


@figures
def row_shifted(case, rng):
    row = _choose(rng, [row for row in _rows(case) if _get(case, ("requests", row, "total"))])
    if row is None or _run(case, rng, [("requests", row, c) for c in COLUMNS], 3) is None:
        return None
    return _telling(case, "RQ16")


@figures
def column_shifted(case, rng):
    who = _choose(rng, [c for c in COLUMNS if _get(case, ("requests", "outcome_total", c)) > 3])
    if who is None or _run(case, rng, [("requests", row, who) for row in _rows(case)], 3) is None:
        return None
    return _telling(case, "RQ16")


@figures
def rows_shifted(case, rng):
    """Whole rows stand one row too low or too high, down to the total."""
    rows = _rows(case)
    empty = [i for i, row in enumerate(rows) if not _get(case, ("requests", row, "total"))]
    places = [(i, rows.index("outcome_total")) for i in empty if i < rows.index("outcome_total")]
    chosen = _choose(rng, places)
    if chosen is None:
        return None
    i, j = chosen
    before = slips.numbers(case)
    block = [[case.cells["requests", row, c] for c in COLUMNS] for row in rows[i : j + 1]]
    for row, raws in zip(rows[i : j + 1], [*block[1:], block[0]], strict=True):
        _place(case, [("requests", row, c) for c in COLUMNS], raws)
    moved = {key[1] for key, number in slips.numbers(case).items() if number != before[key]}
    # two rows in each other's place are told as that
    return _telling(case, "RQ16" if len(moved) > 2 else "RQ08")


@figures
def reviews_shifted(case, rng):
    """The fifteen figures of one line misaligned by one; a total left blank would be derived from its parts."""
    keys = [("reviews", row.code, c) for row in BOOK.rows("reviews", case.edition) for c in (*RESULTS, "total")]
    if _run(case, rng, keys, 3) is None or any(case.cells[key] in ("", "/") for key in keys if key[2] == "total"):
        return None
    return _telling(case, "RV02")


# ---- single cells ----


def _write(case: Case, rng: Rng, table: str, change: Callable[[str], str], *rules: str, fits=lambda raw: True):
    key = _cell(case, rng, table, fits)
    if key is None:
        return None
    case.cells[key] = change(case.cells[key])
    return set(rules)


@other
def blank(case, rng):
    return _write(case, rng, "requests", lambda raw: "", "CE01", fits=lambda raw: raw == "0")


@other
def slash(case, rng):
    return _write(
        case, rng, "requests", lambda raw: str(rng.choice(("/", "—", "无"))), "CE02", fits=lambda raw: raw == "0"
    )


@other
def fraction(case, rng):
    return _write(case, rng, "requests", lambda raw: f"{raw}.5", "CE03")


@other
def negative(case, rng):
    return _write(case, rng, "requests", lambda raw: f"-{raw}", "CE04", fits=lambda raw: raw != "0")


@other
def written_oddly(case, rng):
    def change(raw):
        return str(
            rng.choice(
                (f"{raw}件", f"{int(raw):,}件", raw.translate(str.maketrans("0123456789", "０１２３４５６７８９")))
            )
        )

    return _write(case, rng, "requests", change, "CE05")


@other
def letters(case, rng):
    return _write(case, rng, "requests", lambda raw: raw.replace("0", "O").replace("1", "l"), "CE09",
                  fits=lambda raw: len(raw) > 1 and set(raw) & set("01"))  # fmt: skip


@other
def change_in_words(case, rng):
    key = _choose(
        rng, [key for key in case.cells if key[2] == "items_change" and case.cells[key].lstrip("-").isdigit()]
    )
    if key is None:
        return None
    number = int(case.cells[key])
    case.cells[key] = f"{'减' if number < 0 else '增'}{abs(number)}"
    return {"CE10"}


@other
def words(case, rng):
    return _write(case, rng, "requests", lambda raw: str(rng.choice((f"{raw}%", "若干", "见附件", f"约{raw}"))), "CE11")


@other
def yuan(case, rng):
    key = ("proactive", "fee", "fee_amount")
    if key not in case.cells or "县" not in case.organ:
        return None
    case.cells[key] = str(int(rng.integers(1_000_000, 9_000_000)))
    return {"CE12"}


# ---- proactive disclosure ----


def _set(case: Case, table: str, row: str, **cells: int | str) -> bool:
    known = all((table, row, column) in case.cells for column in cells)
    if known:
        case.cells |= {(table, row, column): str(number) for column, number in cells.items()}
    return known


def _if(planted: bool, *rules: str) -> set[str] | None:
    return set(rules) if planted else None


@other
def stock_below_flow(case, rng):
    return _if(_set(case, "proactive", "normative_document", made_new=9, published_new=9, published_total=4), "PR01")


@other
def published_above_made(case, rng):
    return _if(_set(case, "proactive", "normative_document", made_new=3, published_new=9), "PR02")


@other
def items_below_zero(case, rng):
    return _if(_set(case, "proactive", "license", items_previous=5, items_change=-9), "PR03")


@other
def level_for_change(case, rng):
    return _if(_set(case, "proactive", "penalty", items_previous=21, items_change=22), "PR04")


@other
def decisions_without_items(case, rng):
    return _if(_set(case, "proactive", "penalty", items_previous=0, items_change=0, decisions=31), "PR05")


@other
def procurement_without_money(case, rng):
    return _if(_set(case, "proactive", "procurement", procurement_items=12, procurement_amount="0"), "PR06")


@other
def procurement_in_yuan(case, rng):
    planted = _set(case, "proactive", "procurement", procurement_items=2, procurement_amount="3000000.5")
    return _if(planted, "PR07")


@other
def stock_without_new(case, rng):
    return _if(_set(case, "proactive", "normative_document", issued=19, repealed=2, in_force=11), "PR08")


@other
def repealed_too_many(case, rng):
    if case.edition != 2021 or case.before is None or case.before.edition != 2021:
        return None
    return _if(_set(case, "proactive", "normative_document", issued=1, repealed=900, in_force=0), "PR09", "XY02")


@other
def regulations_of_a_county(case, rng):
    if "市" in case.organ:
        return None
    column = "issued" if case.edition == 2021 else "made_new"
    return _if(_set(case, "proactive", "regulation", **{column: 3}), "PR10")


@other
def fee_in_yuan(case, rng):
    key = ("proactive", "fee", "fee_amount")
    if case.before is None or key not in case.before.cells or key not in case.cells or float(case.cells[key]) < 1:
        return None
    case.cells[key] = f"{float(case.cells[key]) * 10_000:.2f}"
    return {"PR11"}


# ---- requests, reviews ----


@other
def subtotal_wrong(case, rng):
    if case.edits:
        return None
    case.subtotals["requests", "denied", "total"] = str(case.number("requests", "denied") + 3)
    return {"RQ04"}


@other
def organisations_wrong(case, rng):
    if case.edits:
        return None
    expected = sum(case.number("requests", "granted", who) for who in APPLICANTS[1:])
    case.subtotals["requests", "granted", "legal_person"] = str(expected + 2)
    return {"RQ05"}


@other
def totals_blank(case, rng):
    filled = False
    for row in _leaves(case):
        filled |= _get(case, ("requests", row, "total")) > 0
        case.cells["requests", row, "total"] = ""
    return {"RQ06"} if filled else None


@other
def forward_too_many(case, rng):
    key = ("requests", "carried_forward", "natural_person")
    total = sum(_get(case, ("requests", row, "natural_person")) for row in ("received_new", "carried_in"))
    case.cells[key] = str(total + 7)
    return {"RQ09", "RQ01", "RQ03"}


@other
def forward_many(case, rng):
    received = _get(case, ("requests", "received_new", "total"))
    if received < 60:
        return None
    case.cells["requests", "carried_forward", "total"] = str(received // 3)
    return {"RQ10", "RQ03"}


@other
def outcome_of_nothing(case, rng):
    who = _choose(rng, [w for w in APPLICANTS if not any(_get(case, ("requests", row, w)) for row in _rows(case))])
    if who is None:
        return None
    for row in ("granted", "outcome_total"):
        case.cells["requests", row, who] = "2"
    return {"RQ11", "RQ01"}


@other
def fee_not_paid(case, rng):
    key = ("requests", "other.overdue_fee", "total")
    if key not in case.cells or not case.sentences:
        return None
    case.cells[key] = str(_get(case, key) + 4)
    case.sentences = [(s, t.replace("本年度未收取信息处理费。", "没有其他需要报告的事项。")) for s, t in case.sentences]
    return {"RQ12", "ST12"}


@other
def after_without_reconsideration(case, rng):
    if case.before is None:
        return None
    for one in (case, case.before):
        for column in (*RESULTS, "total"):
            one.cells["reviews", "reconsideration", column] = "0"
    _set(case, "reviews", "litigation_after_reconsideration", upheld=4, corrected=0, other=0, pending=0, total=4)
    return {"RV03"}


@other
def more_disputes_than_answers(case, rng):
    if case.before is None:
        return None
    many = sum(one.number("requests", "outcome_total") for one in (case, case.before)) + 5
    _set(case, "reviews", "reconsideration", upheld=many, corrected=0, other=0, pending=0, total=many)
    return {"RV04"}


@other
def all_upheld(case, rng):
    if not case.sentences or not case.number("reviews", "reconsideration", "corrected"):
        return None
    case.sentences.append(("overview", "行政复议案件均获维持。"))
    return {"RV05"}


@other
def reviews_without_requests(case, rng):
    for key in case.cells:
        if key[0] == "requests":
            case.cells[key] = "0"
    _set(case, "reviews", "reconsideration", upheld=2, corrected=0, other=0, pending=0, total=2)
    return {"XT01"}


@other
def nothing_disclosed(case, rng):
    if "人民政府" not in case.organ or "镇" in case.organ:
        return None
    for key in case.cells:
        if key[0] == "proactive":
            case.cells[key] = "0"
    return {"XT03"}


# ---- years ----


@other
def carried_in_otherwise(case, rng):
    """Both printed sums hold; only the report of the year before tells."""
    if case.before is None:
        return None
    for who in ("natural_person", "total"):
        key, new = ("requests", "carried_in", who), ("requests", "received_new", who)
        if _get(case, new) < 3 or not case.cells[key].isdigit():
            return None
        _move(case, new, key, 3)
    return {"XY01"}


@other
def stock_does_not_follow(case, rng):
    key = ("proactive", "normative_document", "in_force")
    if case.before is None or key not in case.cells or key not in case.before.cells:
        return None
    case.cells[key] = str(case.number(*key) + 6)
    return {"XY02"}


@other
def published_total_does_not_follow(case, rng):
    key = ("proactive", "normative_document", "published_total")
    if case.before is None or key not in case.cells or key not in case.before.cells:
        return None
    case.cells[key] = str(case.number(*key) + 6)
    return {"XY03"}


@other
def items_do_not_follow(case, rng):
    key = ("proactive", "penalty", "items_previous")
    if case.before is None or key not in case.cells or key not in case.before.cells:
        return None
    case.cells[key] = str(case.number(*key) + 6)
    return {"XY04"}


@other
def six_times_last_year(case, rng):
    key = ("proactive", "license", "decisions")
    if case.before is None or case.before.number(*key) < 6:
        return None
    case.cells[key] = str(case.before.number(*key) * 6)
    return {"XY05"}


@other
def last_years_figures(case, rng):
    if case.before is None or case.before.edition != case.edition or len({*case.cells.values()}) < 8:
        return None
    case.cells = dict(case.before.cells)
    return {"XY06"}


@other
def sudden_zero(case, rng):
    key = ("proactive", "license", "decisions")
    if case.before is None or case.before.number(*key) < 100:
        return None
    case.cells[key] = "0"
    return {"XY07"}


# ---- text ----


def _says(case: Case, slot: str) -> bool:
    return any(f"{{{slot}}}" in sentence for _, sentence in case.sentences)


def _said(case: Case, rng: Rng, *slots: str) -> str | None:
    return _choose(rng, [slot for slot in slots if _says(case, slot)])


def _in_text(*slots: str, rules: dict[str, str] | str) -> Plant:
    def planted(case: Case, rng: Rng) -> set[str] | None:
        slot = _said(case, rng, *slots)
        if slot is None:
            return None
        wrong = int(case.slots[slot]) + int(rng.integers(1, 9))
        if slot == "received" and wrong == int(case.slots["workload"]):
            return None  # as well with what was carried in
        case.slots[slot] = str(wrong)
        return {rules if isinstance(rules, str) else rules[slot]}

    return planted


OTHERS |= {
    "text_received": _in_text("received", rules="TX01"),
    "text_workload": _in_text("workload", rules="TX01"),
    "text_answered": _in_text("handled", rules="TX02"),
    "text_carried": _in_text("carried", "forward", rules="TX03"),
    "text_outcome": _in_text("granted", "partly_granted", "denied", "unavailable", "not_processed", "other", rules="TX04"),
    "text_reviews": _in_text("reconsideration", "litigation", "upheld", "corrected", "rest", "pending", rules="TX07"),
    "text_applicants": _in_text("natural", "organisations", "business", rules="TX01"),
    "text_reasons": _in_text("not_held", "must_be_created", "still_unclear", rules="TX04"),
    "text_litigation": _in_text("direct", "after", rules="TX07"),
    "text_decisions": _in_text("license", "penalty", "coercion", rules="PR12"),
    "text_documents": _in_text("new_documents", "gone_documents", "stock_documents", rules="PR12"),
}  # fmt: skip


@other
def text_channels(case, rng):
    slots = ("in_person", "online", "by_post")
    slot = _said(case, rng, *slots)
    if slot is None:
        return None
    case.slots[slot] = str(int(case.slots[slot]) + int(rng.integers(1, 9)))
    # the channels may be those of what was carried in too
    return {"TX09"} if sum(int(case.slots[each]) for each in slots) != int(case.slots["workload"]) else None


def _share(case: Case, rng: Rng) -> tuple[str, float] | None:
    slots = [f"share_{row}" for row in ("granted", "partly_granted", "denied", "unavailable", "not_processed", "other")]
    slot = _said(case, rng, *slots)
    if slot is None:
        return None
    return slot, 100 * int(case.slots[slot.removeprefix("share_")]) / int(case.slots["handled"])


@other
def share_wrong(case, rng):
    found = _share(case, rng)
    if found is None:
        return None
    slot, exact = found
    decimals = len(case.slots[slot].partition(".")[2])
    wrong = exact + 7.3 if exact < 90 else exact - 7.3
    case.slots[slot] = f"{wrong:.{decimals}f}"
    return {"PC05"}


@other
def share_cut_off(case, rng):
    found = _share(case, rng)
    if found is None:
        return None
    slot, exact = found
    decimals = len(case.slots[slot].partition(".")[2])
    cut = f"{np.floor(exact * 10**decimals + 1e-9) / 10**decimals:.{decimals}f}"
    received = int(case.slots["received"]), int(case.slots["workload"])
    others = [f"{100 * int(case.slots[slot.removeprefix('share_')]) / whole:.{decimals}f}" for whole in received]
    if cut == case.slots[slot] or cut in others or abs(exact - float(cut)) < 0.5 * 10**-decimals + 1e-9:
        return None  # of an exact half both neighbours are as near
    case.slots[slot] = cut
    return {"PC02"}


@other
def share_above_hundred(case, rng):
    found = _share(case, rng)
    if found is None:
        return None
    case.slots[found[0]] = "104.2"
    return {"PC06"}


@other
def share_of_received(case, rng):
    found = _share(case, rng)
    if found is None:
        return None
    slot, exact = found
    part, received = int(case.slots[slot.removeprefix("share_")]), int(case.slots["received"])
    decimals = len(case.slots[slot].partition(".")[2])
    shown = f"{100 * part / received:.{decimals}f}"
    if not part or abs(100 * part / received - exact) < 0.6:
        return None
    case.slots[slot] = shown
    return {"TX05"}


_SHARES = tuple(
    f"share_{row}" for row in ("granted", "partly_granted", "denied", "unavailable", "not_processed", "other")
)


def _whole_list(case: Case) -> tuple[list[float], int] | None:
    """(exact shares of all outcomes, decimals printed), where the text gives them all."""
    if not all(_says(case, slot) for slot in _SHARES):
        return None
    counts = [int(case.slots[slot.removeprefix("share_")]) for slot in _SHARES]
    return [100 * count / sum(counts) for count in counts], len(case.slots[_SHARES[0]].partition(".")[2])


@other
def shares_off_hundred(case, rng):
    """One of the shares of all outcomes wrong by so much that they cannot add up to 100."""
    found = _whole_list(case)
    if found is None:
        return None
    exact, decimals = found
    at = int(rng.integers(len(exact)))
    case.slots[_SHARES[at]] = f"{exact[at] + 5:.{decimals}f}"
    return {"TX06", "PC05"} if exact[at] < 95 else None


@other
def last_share_forced(case, rng):
    found = _whole_list(case)
    if found is None:
        return None
    _, decimals = found
    others = sum(round(float(case.slots[slot]) * 10**decimals) for slot in _SHARES[:-1])
    left = f"{(100 * 10**decimals - others) / 10**decimals:.{decimals}f}"
    if left == case.slots[_SHARES[-1]] or left.startswith("-"):
        return None
    exact = found[0][-1]
    if float(left) < exact < float(left) + 10**-decimals:
        return None  # as well cut off
    case.slots[_SHARES[-1]] = left
    return {"PC03"}


@other
def rate_in_per_cent(case, rng):
    if not case.sentences:
        return None
    case.sentences.append(("overview", "政府信息公开申请按期答复率较上年提高5%。"))
    return {"PC07"}


@other
def fee_without_amount(case, rng):
    if ("proactive", "fee", "fee_amount") not in case.cells or not case.sentences:
        return None
    case.cells["proactive", "fee", "fee_amount"] = "0"
    case.sentences = [(s, t.replace("本年度未收取信息处理费", "本年度收取信息处理费400元")) for s, t in case.sentences]
    return {"XT02"}


@other
def pending_gone(case, rng):
    if case.before is None:
        return None
    _set(case.before, "reviews", "litigation_direct", upheld=0, corrected=0, other=0, pending=3, total=3)
    _set(case, "reviews", "litigation_direct", upheld=1, corrected=0, other=0, pending=0, total=1)
    return {"RV06"}


@other
def direct_litigation_up(case, rng):
    if case.before is None or case.year < 2024:
        return None
    for one, direct, after in ((case.before, 1, 2), (case, 3, 1)):
        for row, count in (("litigation_direct", direct), ("litigation_after_reconsideration", after)):
            _set(one, "reviews", row, upheld=count, corrected=0, other=0, pending=0, total=count)
    return {"RV07"}


@other
def disputes_of_nothing(case, rng):
    if case.before is None:
        return None
    for one in (case, case.before):
        one.cells |= {key: "0" for key in one.cells if key[0] == "requests"}
    _set(case, "reviews", "reconsideration", upheld=2, corrected=0, other=0, pending=0, total=2)
    return {"RV08", "RV04", "XT01"}


@other
def one_outcome_only(case, rng):
    handled = _get(case, ("requests", "outcome_total", "total"))
    if handled < 150:
        return None
    case.cells["requests", "granted", "total"] = str(handled - 2)
    return {"RQ13", "RQ03"}


@other
def excessive_among_few(case, rng):
    if _get(case, ("requests", "received_new", "total")) > 10:
        return None
    key = ("requests", "not_processed.excessive", "total")
    case.cells[key] = str(_get(case, key) + 1)
    return {"RQ14", "RQ03"}


@other
def only_zero_totals(case, rng):
    for key in case.cells:
        if key[0] == "requests":
            case.cells[key] = "0" if key[2] == "total" else ""
    return {"RQ15"}


@other
def all_answered(case, rng):
    if not case.sentences or not case.number("requests", "carried_forward"):
        return None
    case.sentences.append(("overview", "政府信息公开申请答复率100%。"))
    return {"TX08"}


@other
def list_does_not_add_up(case, rng):
    if not case.sentences:
        return None
    case.sentences.append(("overview", "全年发布政策解读信息90篇，其中图解信息31篇，视频信息25篇，问答信息37篇。"))
    return {"TX10"}


@other
def two_values(case, rng):
    if not _says(case, "handled"):
        return None
    case.sentences.append(("shortcomings", f"全年共答复政府信息公开申请{int(case.slots['handled']) + 2}件。"))
    return {"TX11"}


@other
def growth_wrong(case, rng):
    if not _says(case, "growth"):
        return None
    wrong = float(case.slots["growth"]) + 3.4
    now, then = (sum(each.number("requests", row) for row in FLOWS[:2]) for each in (case, case.before))
    if then and abs(100 * abs(now - then) / then - wrong) < 0.1:
        return None  # as well with what was carried in
    case.slots["growth"] = f"{wrong:.1f}"
    return {"XY08"}


@other
def last_year_misquoted(case, rng):
    if not case.sentences or case.before is None:
        return None
    earlier = case.before.number("requests", "received_new") + 5
    case.sentences.append(("overview", f"{case.year - 1}年收到政府信息公开申请{earlier}件。"))
    return {"XY09"}


# ---- form and dates ----


@other
def row_missing(case, rng):
    row = _choose(rng, _leaves(case))
    for column in COLUMNS:
        del case.cells["requests", row, column]
    return {"ST02"}


@other
def form_of_the_other_years(case, rng):
    case.year = 2018 + (case.edition == 2019) * 5
    return {"ST03"}


@other
def period_of_another_year(case, rng):
    case.period = (f"{case.year - 1}-01-01", f"{case.year - 1}-12-31")
    return {"ST05", "ST06"}


@other
def late(case, rng):
    if "镇" in case.organ:
        return None
    case.published = f"{case.year + 1}-05-03"
    return {"ST07"}


#: Plants that rewrite a whole table or the form itself and so undo others.
SWEEPING = frozenset(
    (
        "reviews_without_requests", "nothing_disclosed", "last_years_figures", "totals_blank",
        "form_of_the_other_years", "row_missing", "disputes_of_nothing", "only_zero_totals",
    )
)  # fmt: skip
