"""Sums over the tree of bodies: every report once, with who is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..codebook import EDITIONS, codebook
from ..problems import SelectionError
from .cube import IN_ONE_ROW, Cube, Key


def valid(body: Any, year: int) -> bool:
    """Whether a line of organs.csv bore its name at any time of a year; no date means always."""
    first, last = (date[:4] if isinstance(date, str) else "" for date in (body.valid_from, body.valid_to))
    return (not first or first <= str(year)) and (not last or str(year) <= last)


class Tree:
    """The bodies of organs.csv and who stands below whom."""

    def __init__(self, organs: pd.DataFrame) -> None:
        self.bodies = {line.code: line for line in organs.itertuples()}
        self._below: dict[str, list[Any]] = {}
        for body in self.bodies.values():
            if isinstance(body.parent, str):
                self._below.setdefault(body.parent, []).append(body)

    def members(self, organ: str, year: int, scopes: dict[str, list[str]]) -> list[tuple[str, str, str, str]]:
        """The lines of :meth:`liaocheng_foi.panel.Panel.members`; ``scopes`` are those of each body's reports."""
        if organ not in self.bodies:
            raise SelectionError(f"organs.csv has no body {organ!r}.")
        lines = [(organ, scope, "whole" if scope == "region-wide" else "summed", "") for scope in scopes.get(organ, [])]
        for child in self._below.get(organ, []):
            lines += self._walk(child, year, scopes, "", (organ,))
        return lines

    def _walk(
        self, body: Any, year: int, scopes: dict[str, list[str]], within: str, above: tuple[str, ...]
    ) -> Iterator[tuple[str, str, str, str]]:
        code = body.code
        if code in above:
            raise SelectionError(f"organs.csv: {code} stands above itself.")
        mine = sorted(scopes.get(code, []), key=lambda scope: scope != "region-wide")
        if not valid(body, year):
            yield from ((code, scope, "not_valid", "") for scope in mine)
            return
        region = "region-wide" in mine
        if not mine and not within:
            yield code, "", "no_report", ""
        for scope in mine:
            if within or (region and scope != "region-wide"):
                yield code, scope, "inside", within or code
            else:
                yield code, scope, "summed", ""
        for child in self._below.get(code, []):
            yield from self._walk(child, year, scopes, within or (code if region else ""), (*above, code))


def summed(cube: Cube, members: pd.DataFrame, organ: str, year: int) -> pd.DataFrame:
    """The frame of :meth:`liaocheng_foi.panel.Panel.sum`; ``members`` as :meth:`Panel.members` gives them."""
    wanted = members[members["role"] == "summed"]
    absent = sorted(members.loc[members["role"] == "no_report", "organ"])
    names, scopes = [*cube.organ_names, None], [*cube.scope_names, ""]
    place = {
        (names[o], scopes[s]): i
        for i, (o, s, y) in enumerate(zip(cube.organ.tolist(), cube.scope.tolist(), cube.year.tolist(), strict=True))
        if y == year
    }
    units = [place[key] for key in zip(wanted["organ"], wanted["scope"], strict=True)]
    if not units:
        missing = f"; without one: {', '.join(absent)}" if absent else ""
        raise SelectionError(f"no report below {organ} in {year} to sum{missing}.")
    edition = int(cube.edition[units].max())
    codes = np.array([names[cube.organ[unit]] for unit in units])
    lines = []
    for cell in (*codebook().cells(edition), *_in_one_row(cube, units)):
        figures = cube.take(*cell).values[units]
        printed = ~np.isnan(figures)
        lacking = sorted({*absent, *codes[~printed]})
        known = figures[printed].sum() if printed.any() else np.nan
        value, status = (np.nan, None) if lacking else (known, "reported")
        lines.append((*cell, value, codebook().unit(*cell), status, known, int(printed.sum()), "|".join(lacking)))
    columns = ["table", "row", "column", "value", "unit", "status", "known", "units", "missing"]
    frame = pd.DataFrame(lines, columns=columns)
    who = {"organ": organ, "year": year, "edition": edition, "scope": "region-wide"}
    for place_in_frame, (name, value) in enumerate(who.items()):
        frame.insert(place_in_frame, name, value)
    frame.insert(len(frame.columns) - 1, "of", len(units) + len(absent))
    return frame.astype({"year": "Int16", "edition": "Int16", "status": "str"})


def _in_one_row(cube: Cube, units: list[int]) -> Iterator[Key]:
    """Other handling as one row, beside its three, where a unit prints only that row."""
    if (cube.states[:, units] == IN_ONE_ROW).any():
        yield from (("requests", "other", column.code) for column in codebook().columns("requests", EDITIONS[-1]))
