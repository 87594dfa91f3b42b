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
    frames = []
    for kind, row, column, *texts in _CONTINUITY:
        cells = [_computed(cube, text) for text in texts]
        expected, found = (part.values[there] for part in cells)
        states = np.where(np.isnan(cells[0].values), cells[0].states, cells[1].states)[there]
        words = np.array([*STATES, "agrees", "differs"])
        difference = found - expected
        status = np.where(np.isnan(difference), states, np.where(difference == 0, len(STATES), len(STATES) + 1))
        columns = cube.axis_frame(1, there)
        frames.append(
            pd.DataFrame(
                {
                    "organ": columns["organ"], "scope": columns["scope"], "year": columns["year"], "kind": kind,
                    "row": row, "column": column, "expected": expected, "found": found, "difference": difference,
                    "status": words[status],
                }
            )
        )  # fmt: skip
    found_all = pd.concat(frames, ignore_index=True)
    found_all = found_all[found_all["status"] != "not_on_form"]
    return found_all.sort_values(["organ", "scope", "year"], kind="stable", ignore_index=True)


def _computed(cube: Cube, text: str) -> Cells:
    parsed = formula(text)
    cells = {reference: reference.read(cube, "total", {}) for reference in parsed.references}
    states = np.zeros(len(cube), "int8")
    for part in reversed(cells.values()):
        empty = np.isnan(part.values)
        states[empty] = part.states[empty]
    return Cells(parsed.compute(lambda reference: cells[reference].values), states, states)
