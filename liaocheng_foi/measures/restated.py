"""What a report says again of the year before, beside what that year's own report said: stocks, flows, vintages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .cube import APPLICANTS, STATES, Cells, Cube, HasFigures, cube_of
from .formula import formula

#: What a report says again of the year before: (kind, row, column, expected, found). ``restated`` is one quantity
#: in two reports, ``flow`` a stock that follows from the last stock and the year's movements.
_CONTINUITY = (
    *(("restated", "carried_in", who, f"previous(carried_forward[{who}])", f"carried_in[{who}]")
      for who in ("total", *APPLICANTS)),
    *(("flow", row, "in_force", f"previous({row}[in_force]) + {row}[issued] - {row}[repealed]", f"{row}[in_force]")
      for row in ("regulation", "normative_document")),
    *(("flow", row, "published_total", f"previous({row}[published_total]) + {row}[published_new]",
       f"{row}[published_total]") for row in ("regulation", "normative_document")),
    *(("restated", row, "items_previous", f"previous({row}[items_previous]) + previous({row}[items_change])",
       f"{row}[items_previous]") for row in ("license", "other_service", "penalty", "coercion", "fee")),
)  # fmt: skip


def continuity(data: HasFigures | pd.DataFrame) -> pd.DataFrame:
    """What a report says again of the year before, beside what that year's own report said.

    Requests carried in and carried forward (per applicant), normative documents in stock and flow, items of the
    year before. One row each for every report whose body also reported the year before: ``organ, scope, year,
    kind, row, column, expected, found, difference, status``. ``status``: ``agrees``, ``differs``, or why it cannot
    be said (codes of :data:`liaocheng_foi.measures.cube.STATES`). Both vintages stay; neither is corrected.
    """
    cube = cube_of(data)
    there = np.flatnonzero(cube.previous >= 0)
    kinds, rows, columns, *texts = zip(*_CONTINUITY, strict=True)
    expected, found = ([_computed(cube, text) for text in side] for side in texts)
    states = [
        np.where(np.isnan(one.values), one.states, other.states) for one, other in zip(expected, found, strict=True)
    ]
    before, now = (np.concatenate([cells.values[there] for cells in side]) for side in (expected, found))
    difference = now - before
    agrees = np.where(difference == 0, len(STATES), len(STATES) + 1)
    status = np.where(np.isnan(difference), np.concatenate([each[there] for each in states]), agrees)
    who = cube.axis_frame(1, np.tile(there, len(_CONTINUITY)))
    what = {"kind": kinds, "row": rows, "column": columns}
    frame = pd.DataFrame(
        {
            **{name: who[name] for name in ("organ", "scope", "year")},
            **{name: np.repeat(words, len(there)) for name, words in what.items()},
            "expected": before, "found": now, "difference": difference,
            "status": np.array([*STATES, "agrees", "differs"])[status],
        }
    )  # fmt: skip
    frame = frame[frame["status"] != "not_on_form"]
    return frame.sort_values(["organ", "scope", "year"], kind="stable", ignore_index=True)


def _computed(cube: Cube, text: str) -> Cells:
    parsed = formula(text)
    cells = {reference: reference.read(cube, "total", {}) for reference in parsed.references}
    states = np.zeros(len(cube), "int8")
    for part in reversed(cells.values()):
        empty = np.isnan(part.values)
        states[empty] = part.states[empty]
    return Cells(parsed.compute(lambda reference: cells[reference].values), states, states)
