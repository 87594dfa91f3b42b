"""Growth of a series and of its parts: indices over years, contributions to the growth of a whole."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..problems import SelectionError
from .cube import APPLICANTS, STATES, Cube, HasFigures, cube_of
from .series import breaks, find, segment
from .steps import SMALL_BASE
from .years import Pairs, at, pair, remarks, who


def index(data: HasFigures | pd.DataFrame, name: str, base: int) -> pd.DataFrame:
    """A series as an index, 100 in its base year: ``organ, scope, year, value, base_year, index, growth, note``.

    The index starts anew behind every step of the form or the law (two segments, never one line): its base year
    is then the first year of that segment with a figure above 0. ``growth`` is the mean yearly growth in percent
    since the base year (CAGR), from the second year on. Null where a figure is missing or the base is not above 0;
    ``small_base`` where it is under 10: read the counts.
    Raises :class:`SelectionError` when there is no report of the base year.
    """
    cube = cube_of(data)
    if not (cube.year == base).any():
        known = ", ".join(map(str, sorted(set(cube.year.tolist())))) or "none"
        raise SelectionError(f"there is no report of {base}; years with reports: {known}.")
    series = find(name)
    cells = series.read(cube)
    start = segment(series, cube.year)
    asked = int(segment(series, np.array([base]))[0])
    body = cube.organ.astype("int64") * (len(cube.scope_names) + 1) + cube.scope
    lines = []
    bases: dict[tuple[int, int], tuple[int, float] | None] = {}
    for i in range(len(cube)):
        if cells.values[i] > 0:
            key = int(body[i]), int(start[i])
            if start[i] != asked or cube.year[i] == base:
                bases.setdefault(key, (int(cube.year[i]), float(cells.values[i])))
    for i in range(len(cube)):
        found = bases.get((int(body[i]), int(start[i])))
        value, year = float(cells.values[i]), int(cube.year[i])
        years = (year, base if found is None else found[0])
        said = [one.id for one in breaks() if one.kind == "year" and one.concerns(series) and one.year in years]
        level = growth = np.nan
        if found is None:
            said.append("no_base")
        elif np.isnan(value):
            said.append(STATES[cells.states[i]])
        else:
            said += ["small_base"] * (found[1] < SMALL_BASE)
            level = 100 * value / found[1]
            span = year - found[0]
            if span >= 2 and value > 0:
                growth = 100 * ((value / found[1]) ** (1 / span) - 1)
        lines.append((value, None if found is None else found[0], level, growth, "|".join(said)))
    columns = cube.axis_frame()
    frame = pd.DataFrame(lines, columns=["value", "base_year", "index", "growth", "note"])
    frame["base_year"] = frame["base_year"].astype("Int16")
    return pd.DataFrame({name: columns[name] for name in ("organ", "scope", "year")}).join(frame)


_OUTCOMES = ("granted", "partly_granted", "denied", "unavailable", "not_processed", "other")


def contributions(data: HasFigures | pd.DataFrame, base: int, to: int, by: str = "outcome") -> pd.DataFrame:
    """What each part gave to the growth of the whole, in percentage points of that growth.

    ``by="outcome"``: the six outcomes of ``outcome_total``; ``by="applicant"``: the six types of
    ``received_new``; ``by="organ"``: the bodies with a report in both years, of their ``received_new``, one whole
    per scope. Columns ``organ, scope, part, base, value, difference, whole_base, contribution, note``; the parts of
    a body and ``unexplained`` (what the printed whole has beyond its parts, where it is not 0) add up to its growth
    exactly. Null with ``missing`` or ``zero_whole`` where a figure is missing or the whole was 0; ``note`` also says
    that the whole was under 10 (``small_base``), why a report is not there, and which breaks are crossed
    (:func:`liaocheng_foi.measures.years.notes`).
    """
    cube = cube_of(data)
    pairs = pair(cube, base, to)
    if by == "organ":
        remarked = remarks(cube, pairs, find("requests/received_new"), getattr(data, "organs", None))
        return _by_organ(cube, pairs, remarked)
    if by not in ("outcome", "applicant"):
        raise SelectionError(f"by is {by!r}; it must be outcome, applicant or organ.")
    whole = find("requests/outcome_total" if by == "outcome" else "requests/received_new")
    names = _OUTCOMES if by == "outcome" else APPLICANTS
    parts = {n: find(f"requests/{n}" if by == "outcome" else f"requests/received_new/{n}") for n in names}
    remarked = remarks(cube, pairs, whole, getattr(data, "organs", None))
    before, after = (at(whole.read(cube).values, places, np.nan) for places in (pairs.base, pairs.to))
    frames = []
    rest_before, rest_after = before.copy(), after.copy()
    for name, series in parts.items():
        cells = series.read(cube)
        old, new = (at(cells.values, places, np.nan) for places in (pairs.base, pairs.to))
        rest_before, rest_after = rest_before - old, rest_after - new
        frames.append(_contribution(cube, pairs, remarked, name, old, new, before))
    rest = _contribution(cube, pairs, remarked, "unexplained", rest_before, rest_after, before)
    frames.append(rest[(rest["base"].fillna(0) != 0) | (rest["value"].fillna(0) != 0)])
    found = pd.concat(frames, ignore_index=True)
    return found.sort_values(["organ", "scope"], kind="stable", ignore_index=True)


def _contribution(
    cube: Cube,
    pairs: Pairs,
    remarked: np.ndarray,
    name: str,
    base: np.ndarray,
    value: np.ndarray,
    whole: np.ndarray,
) -> pd.DataFrame:
    columns = who(cube, pairs)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(whole > 0, 100 * (value - base) / whole, np.nan)
    known = ~np.isnan(value - base) & ~np.isnan(whole)
    why = np.select([~known, whole == 0, whole < SMALL_BASE], ["missing", "zero_whole", "small_base"], "")
    note = [f"{a}|{b}".strip("|") for a, b in zip(why, remarked, strict=True)]
    return pd.DataFrame(
        {
            "organ": columns["organ"], "scope": columns["scope"], "part": name, "base": base, "value": value,
            "difference": value - base, "whole_base": whole, "contribution": share, "note": note,
        }
    )  # fmt: skip


def _by_organ(cube: Cube, pairs: Pairs, remarked: np.ndarray) -> pd.DataFrame:
    cells = find("requests/received_new").read(cube)
    base, value = (at(cells.values, places, np.nan) for places in (pairs.base, pairs.to))
    scope = cube.scope[np.where(pairs.to >= 0, pairs.to, pairs.base)] + 1
    both = ~np.isnan(base + value)
    whole = np.bincount(scope[both], base[both], minlength=len(cube.scope_names) + 1)[scope]
    return _contribution(cube, pairs, remarked, "received_new", base, value, whole)
