"""One line per report: the printed figures of a table of the form, or the indicators, each in a column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ..codebook import EDITIONS, TABLES, codebook, plain
from ..measures.cube import Cube
from ..measures.indicator import dictionary
from ..schemas import REGISTRY, Field, Table

if TYPE_CHECKING:
    import pandas as pd

_WHO = ("organ", "year", "edition", "scope")
_KEY = ("organ", "year", "scope")


def wide_tables(cube: Cube, indicators: pd.DataFrame) -> Iterator[tuple[Table, pd.DataFrame]]:
    """``wide_proactive``, ``wide_requests``, ``wide_reviews``, ``wide_indicators`` with their declarations."""
    for table in TABLES:
        yield _of_form(cube, table)
    yield _of_indicators(indicators)


def name(row: str, column: str) -> str:
    """The column of a cell, a name in every language: ``denied_state_secret__natural_person``."""
    return f"{row.replace('.', '_')}__{column}"


def _of_form(cube: Cube, table: str) -> tuple[Table, pd.DataFrame]:
    import pandas as pd

    places = [(at, key) for at, key in enumerate(cube.cells) if key[0] == table]
    columns = {name(row, column): _cell_field(table, row, column) for _, (_, row, column) in places}
    # what the sums of a report filled in was not printed
    printed = np.where(cube.filled == 0, cube.values, np.nan)[[at for at, _ in places]]
    values = {
        column: pd.array(line, dtype="Int64") if field.kind == "integer" else line
        for (column, field), line in zip(columns.items(), printed, strict=True)
    }
    zh = f"{plain(codebook().label('form', 'section', table))}（每份报告一行）"
    en = f"The printed numbers of {table}, a line for each report; empty where none was printed."
    return _declared(f"wide_{table}", zh, en, columns), pd.DataFrame(cube.axis_frame() | values)


def _cell_field(table: str, row: str, column: str) -> Field:
    book = codebook()
    labels = []
    for lang in ("zh", "en"):
        edition = EDITIONS[-1] if (table, row, column) in book.cells(EDITIONS[-1]) else EDITIONS[0]
        over = plain(book.label(table, "column", column, lang, edition))
        labels.append(f"{book.short(table, row, lang, edition)} · {over}")
    unit = book.unit(table, row, column)
    zh, en = labels
    return Field("number" if unit == "万元" else "integer", zh, en, required=False, unit=unit)


def _of_indicators(indicators: pd.DataFrame) -> tuple[Table, pd.DataFrame]:
    known = dictionary()
    texts = dict.fromkeys(("organ", "scope", "indicator", "applicant"), "str")
    total = indicators.astype(texts).query("applicant == 'total'")
    frame = total.pivot(index=list(_WHO), columns="indicator", values="value")
    there = [id for id in known if id in frame]
    columns = {id: Field("number", known[id].zh, known[id].en, False, unit=known[id].unit) for id in there}
    en = "The indicators of all applicants, a line for each report; status and notes stand in indicators."
    frame = frame[there].reset_index().rename_axis(columns=None)
    return _declared("wide_indicators", "指标（每份报告一行）", en, columns), frame


def _declared(table: str, zh: str, en: str, columns: dict[str, Field]) -> Table:
    who = {column: REGISTRY["figures"].field(column) for column in _WHO}
    return Table(table, zh, en, (*_WHO, *columns), _KEY, who | columns)
