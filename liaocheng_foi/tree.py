"""Sums over the tree of bodies: every report once, with who is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .codebook import codebook
from .cube import Cube
from .problems import SelectionError


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
    values = cube.values[:, units]
    there = ~np.isnan(values)
    codes = np.array([names[cube.organ[unit]] for unit in units])
    at = {cell: i for i, cell in enumerate(cube.cells)}
    lines = []
    for cell in codebook().cells(edition):
        figures, printed = values[at[cell]], there[at[cell]]
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
