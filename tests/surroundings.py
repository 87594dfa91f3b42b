"""Errors that show beside other reports, or in what is plausible: planted as those of :mod:`plants`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from cases import APPLICANTS, BOOK, FLOWS, OUTCOMES, RESULTS, Case

from liaocheng_foi.checks.surroundings import Peers
from liaocheng_foi.measures.rounding import largest_remainder
from liaocheng_foi.sources import Organ, Waiver

Rng = np.random.Generator
Plant = Callable[[Case, Rng], set[str] | None]
AROUND: dict[str, Plant] = {}
_TOTAL = ("requests", "received_new", "total")


def around(function: Plant) -> Plant:
    AROUND[function.__name__] = function
    return function


def _number(raw: str) -> int:
    return int(raw) if raw.isdigit() else 0


def _reconsideration(case: Case, **counts: int) -> None:
    for column in (*RESULTS, "total"):
        case.cells["reviews", "reconsideration", column] = str(counts.get(column, 0))


# ---- a region and its units ----


@around
def region_and_units_differ(case, rng):
    """One unit counts fewer than it should: the region has more than all of them."""
    unit = case.units[0] if case.units else None
    keys = [key for key, raw in unit.cells.items() if _number(raw) > 2 and key[2] == "total"] if unit else []
    if unit is None or not keys:
        return None
    key = keys[int(rng.integers(len(keys)))]
    unit.cells[key] = str(_number(unit.cells[key]) - 2)
    return {"XL01"}


@around
def unit_above_region(case, rng):
    if not case.units:
        return None
    case.units[1].cells[_TOTAL] = str(_number(case.cells[_TOTAL]) + 9)
    return {"XL01", "XL02"}


@around
def customs_among_the_units(case, rng):
    if not case.units:
        return None
    case.units[1].organ = "东平海关"
    return {"XL03"}


# ---- the text beside that of others, and of the form ----


@around
def text_of_the_year_before(case, rng):
    if case.before is None or not case.sentences:
        return None
    case.before.sentences = [(part, text) for part, text in case.sentences if part]
    case.before.slots = dict(case.slots)
    return {"ST13"}


@around
def no_accountability(case, rng):
    said = "开展业务培训2次，接受社会评议，没有责任追究情形。"
    if "镇" in case.organ or "人民政府" not in case.organ or not case.sentences:
        return None
    case.sentences = [(part, text.replace(said, "")) for part, text in case.sentences]
    return {"ST15"}


@around
def nobodys_figures(case, rng):
    if case.scope != "region-wide" or not case.sentences or case.units:
        return None
    case.scope = None  # type: ignore[assignment]
    return {"ST16"}


@around
def regulations_amended_too(case, rng):
    key = ("proactive", "regulation", "issued")
    if key not in case.cells or not case.sentences:
        return None
    case.sentences.append(("overview", f"全年制定规章{_number(case.cells[key]) + 4}件。"))
    return {"PR13"}


@around
def share_adjusted(case, rng):
    """The shares of all outcomes by largest remainders, where that is not what rounding gives and not the last."""
    slots = [f"share_{row}" for row in OUTCOMES]
    if not all(any(f"{{{slot}}}" in text for _, text in case.sentences) for slot in slots):
        return None
    counts = [int(case.slots[row]) for row in OUTCOMES]
    decimals = len(case.slots[slots[0]].partition(".")[2])
    adjusted = [f"{float(share):.{decimals}f}" for share in largest_remainder(counts, decimals)]
    changed = [n for n, slot in enumerate(slots) if case.slots[slot] != adjusted[n]]
    exact = [100 * count / sum(counts) for count in counts]
    if not changed or len(OUTCOMES) - 1 in changed or any(float(adjusted[n]) < exact[n] for n in changed):
        return None
    case.slots |= {slots[n]: adjusted[n] for n in changed}
    return {"PC04"}


# ---- what is plausible ----


@around
def few_natural_persons(case, rng):
    """The columns of natural persons and of the next applicant in each other's place: every sum holds."""
    rows = [row.code for row in BOOK.rows("requests", case.edition)]
    persons, business = ([("requests", row, who) for row in rows] for who in APPLICANTS[:2])
    if _number(case.cells[_TOTAL]) < 50:
        return None
    raws = [case.cells[key] for key in (*business, *persons)]
    case.cells |= dict(zip((*persons, *business), raws, strict=True))
    return {"PL01"}


@around
def unlike_its_peers(case, rng):
    handled = case.number("requests", "outcome_total")
    if handled < 30:
        return None
    rate = 100 * sum(case.number("requests", row) for row in OUTCOMES[:2]) / handled
    case.peers = Peers(20, rate - 31 if rate > 50 else rate + 31, 10.0)
    return {"PL02"}


@around
def all_round(case, rng):
    numbers = {key: raw for key, raw in case.cells.items() if raw.strip("0.-") not in ("", "/")}
    if len(numbers) < 5:
        return None
    case.cells |= {key: f"{raw.partition('.')[0]}0" for key, raw in numbers.items()}
    return {"PL03"}


@around
def reconsidered_half(case, rng):
    handled = case.number("requests", "outcome_total")
    if handled < 100:
        return None
    _reconsideration(case, upheld=handled // 2, total=handled // 2)
    return {"PL04"}


@around
def mostly_corrected(case, rng):
    _reconsideration(case, corrected=9, upheld=2, total=11)
    return {"PL05"}


@around
def secrets_of_a_township(case, rng):
    if "镇" not in case.organ:
        return None
    for who in ("natural_person", "total"):
        for row in ("denied.state_secret", "outcome_total", "received_new"):
            case.cells["requests", row, who] = str(_number(case.cells["requests", row, who]) + 1)
    return {"PL06"}


@around
def hardly_anything_held(case, rng):
    if case.number("requests", "outcome_total") < 50:
        return None
    for who in (*APPLICANTS, "total"):
        for row in BOOK.rows("requests", case.edition):
            if row.code not in FLOWS:
                case.cells["requests", row.code, who] = "0"
        case.cells["requests", "unavailable.not_held", who] = case.cells["requests", "outcome_total", who]
    return {"PL07"}


@around
def city_without_a_request(case, rng):
    if "市" not in case.organ:
        return None
    case.body = Organ("somecity", case.organ, "Some City", "city", "", "", "")
    for key in case.cells:
        if key[0] == "requests":
            case.cells[key] = "0"
    return {"PL09"}


@around
def waiver_of_nothing(case, rng):
    case.waivers.append(Waiver(f"{case.organ}-{case.year}", "CE04", "requests/granted/total", "-7", "typed so"))
    return {"WV01"}
