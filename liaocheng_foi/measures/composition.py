"""What a whole is made of: group sums and shares of the requests table, each with its denominator.

Counts are those of :mod:`.cube`, the same that indicators rest on: a blank counts as 0 only where the report's own
sums close with it, a blank total is the sum of its parts, and nothing else missing is ever filled in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..codebook import GROUPS, codebook
from ..problems import SelectionError

if TYPE_CHECKING:
    import pandas as pd

    from .cube import Cube, HasFigures

#: The six outcomes of the closing identity: two single rows and the four groups.
OUTCOMES = ("granted", "partly_granted", *GROUPS)

_WHO = ["organ", "year", "edition", "scope"]


def outcomes(requests: pd.DataFrame) -> pd.DataFrame:
    """The six outcomes per applicant as printed: ``requests`` with the rows of each group summed.

    Same columns as ``requests``; ``item`` is one of :data:`OUTCOMES`. A sum is null when one of its rows has no
    number; its ``status`` is then that of the first such row.
    """
    import pandas as pd

    items = requests["item"]
    group = items.where(items.isin(OUTCOMES), items.str.split(".").str[0])
    belongs = group.isin(OUTCOMES)
    parts = requests[belongs].assign(item=pd.Categorical(group[belongs], OUTCOMES, ordered=True))
    parts["status"] = parts["status"].where(parts["count"].isna())
    grouped = parts.groupby([*_WHO, "item", "applicant"], sort=False, dropna=False, observed=True)
    frame = grouped["count"].sum(skipna=False).astype("Int64").reset_index()
    frame["status"] = grouped["status"].first().fillna("reported").array
    frame = frame.sort_values([*_WHO, "item"], kind="stable", ignore_index=True)
    return frame.astype({"item": items.dtype})


def shares(data: HasFigures | pd.DataFrame, within: str = "applicant", items: Iterable[str] = OUTCOMES) -> pd.DataFrame:
    """Shares of rows of the requests table, with the denominator each was divided by.

    ``data`` is a Report, a Panel, a figures frame or their ``requests``. ``items`` are rows or groups of rows.
    ``within="applicant"``: of all requests handled for that applicant (``outcome_total`` of its column);
    ``within="item"``: of all applicants of that row (its ``total`` column);
    ``within="table"``: of all requests handled. A row that is no outcome (``received_new``) is no part of the
    requests handled and only has shares within itself.
    Columns: ``organ, year, edition, scope, item, applicant, count, denominator, share, status, note``; ``share`` in
    percent, rounded half up to two decimals, null unless ``status`` is ``computed``, else why: ``zero_denominator``
    or what stood in the cell without a number. ``note``: how a count came about that was not printed
    (``blank_as_zero``, ``total_derived``). Raises :class:`SelectionError` for another ``within``, or a row that
    the form does not have.
    """
    import numpy as np
    import pandas as pd

    from .coded import coded, joined, repeated, turned
    from .cube import FILLED, STATES
    from .rounding import percents

    cube = _cube(data)
    every = [items] if isinstance(items, str) else list(items)
    _refuse(within, every)
    who = [column.code for column in codebook().select("requests", "column")]
    pairs = [(item, applicant) for item in every for applicant in who]
    whole = {
        "applicant": lambda _, applicant: ("outcome_total", applicant),
        "item": lambda item, _: (item, "total"),
        "table": lambda *_: ("outcome_total", "total"),
    }[within]
    tops = [cube.take("requests", *pair) for pair in pairs]
    bottoms = [cube.take("requests", *whole(*pair)) for pair in pairs]

    def block(name: str, cells: list) -> np.ndarray:
        return turned(np.array([getattr(each, name) for each in cells]).reshape(len(pairs), len(cube)))

    count, denominator = block("values", tops), block("values", bottoms)
    words = [*STATES, "zero_denominator", "computed"]
    status = np.where(denominator == 0, len(STATES), len(STATES) + 1)
    for values, states in ((denominator, block("states", bottoms)), (count, block("states", tops))):
        status = np.where(np.isnan(values), states, status)
    there = status == len(STATES) + 1
    share = np.full(len(count), np.nan)
    share[there] = percents(count[there], denominator[there])
    columns = cube.axis_frame(len(pairs))
    columns["item"] = repeated([item for item, _ in pairs], len(cube))
    columns["applicant"] = repeated([applicant for _, applicant in pairs], len(cube))
    columns["count"], columns["denominator"] = pd.array(count, "Int64"), pd.array(denominator, "Int64")
    columns["share"] = share
    columns["status"] = coded(status, words)
    columns["note"] = joined(block("filled", tops) | block("filled", bottoms), list(FILLED.values()))
    return pd.DataFrame(columns, copy=False)


def _refuse(within: str, items: list[str]) -> None:
    if within not in ("applicant", "item", "table"):
        raise SelectionError(f"within is {within!r}; it must be applicant, item or table.")
    rows = {row.code: row for row in codebook().select("requests", "row")}
    unknown = [item for item in items if item not in rows and item not in GROUPS]
    if unknown:
        raise SelectionError(f"the requests table has no row {', '.join(unknown)}.")
    flows = [item for item in items if item not in OUTCOMES and not rows[item].parents]
    if flows and within != "item":
        raise SelectionError(f"{', '.join(flows)} is no outcome; its shares are within='item'.")


def _cube(data: HasFigures | pd.DataFrame) -> Cube:
    """The cube of figures, or of a requests frame."""
    from .cube import cube_of

    if "applicant" not in getattr(data, "columns", ()):
        return cube_of(data)
    names = {"item": "row", "applicant": "column", "count": "value"}
    return cube_of(data.rename(columns=names).assign(table="requests"))  # type: ignore[union-attr]
