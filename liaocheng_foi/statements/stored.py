"""Statements as a table and back: all that the checks need of a text, without the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..values import INVISIBLE
from .clauses import EDGE
from .numbers import Tight

if TYPE_CHECKING:
    import pandas as pd

    from . import Statement

#: Columns that are fields of a statement as they stand.
_SAME = (
    "section", "value", "unit", "approximate", "refers_to", "kind", "amount", "decimals", "bound", "direction",
    "population", "topic",
)  # fmt: skip
_WITHOUT_DIGITS = ("zero", "all_upheld")


def frame(statements: Sequence[Statement], organ: str | None, year: int | None, scope: str | None) -> pd.DataFrame:
    """The ``statements`` table of a report: one row per statement, quotes without blanks and line breaks."""
    import pandas as pd

    from ..schemas import KINDS, REGISTRY

    table = REGISTRY["statements"]
    lines = [
        {"organ": organ, "year": year, "scope": scope, "number": number, **_line(one)}
        for number, one in enumerate(statements, start=1)
    ]
    shown = pd.DataFrame(lines, columns=list(table.columns), dtype=object)
    return shown.astype({column: KINDS[table.field(column).kind][0] for column in table.columns})


def _line(one: Statement) -> dict[str, Any]:
    start, end = (_tight(one.quote[: max(0, place - one.span[0])]) for place in one.number)
    return {
        **{name: getattr(one, name) for name in _SAME},
        "paragraph": one.paragraph + 1,
        "quote": _tight(one.quote),
        "alternatives": "|".join(one.alternatives) or None,
        "parts": "|".join(str(part + 1) for part in one.parts) or None,
        "whole": None if one.whole is None else one.whole + 1,
        "head": None if one.head is None else one.head + 1,
        "start": len(start),
        "end": len(end),
    }


def restored(table: pd.DataFrame) -> list[Statement]:
    """The statements of one report from its rows of the table, in their order.

    Spans are those in the quote, which stands for its paragraph.
    """
    lines = table.astype(object).where(table.notna(), None).to_dict("records")
    place = {line["number"]: at for at, line in enumerate(lines)}
    return [_statement(line, place) for line in lines]


def _statement(line: dict[str, Any], place: dict[int, int]) -> Statement:
    from . import Statement

    quote, start, end = line["quote"], line["start"], line["end"]
    before = Tight(quote).masked
    before = before if line["kind"] in _WITHOUT_DIGITS else before[:start]
    parts = (int(number) for number in (line["parts"] or "").split("|") if number)
    return Statement(
        **{name: line[name] for name in _SAME},
        quote=quote,
        alternatives=tuple((line["alternatives"] or "").split("|")) if line["alternatives"] else (),
        subject=before.strip(EDGE),
        parts=tuple(place[number] for number in parts if number in place),
        whole=place.get(line["whole"]),
        head=place.get(line["head"]),
        paragraph=line["paragraph"] - 1,
        span=(0, len(quote)),
        number=(start, end),
        page=None,
    )


def _tight(text: str) -> str:
    return INVISIBLE.sub("", text)
