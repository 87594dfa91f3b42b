"""What else a report holds as a table, typed from it as short labels: lines of text → validated frames, statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from .grid import TextPart
from .problems import SourceError
from .schemas import REGISTRY, validate
from .statements import Statement, extract

if TYPE_CHECKING:
    import pandas as pd

Line = Mapping[str, str]
#: Columns of a typed file of statements: the paragraph a number stands in, its words, and how it must read.
STATEMENT_COLUMNS = ("section", "paragraph", "quote", "value", "unit", "approximate", "refers_to")


def columns(table: str) -> tuple[str, ...]:
    """The columns of a typed file: those of its table without body and year, which its report has."""
    return STATEMENT_COLUMNS if table == "statements" else REGISTRY[table].columns[2:]


def frame(table: str, lines: Iterable[Line], organ: str, year: int) -> pd.DataFrame:
    """The table of one report. Raises :class:`SchemaError` that names every failing cell."""
    import pandas as pd

    rows = [{"organ": organ, "year": year, **line} for line in lines]
    return validate(pd.DataFrame(rows, columns=list(REGISTRY[table].columns), dtype=object).replace("", None), table)


def statements(lines: Sequence[Line], edition: int, year: int, name: str) -> list[Statement]:
    """The numbers in typed quotes, which are read like the text itself.

    Raises :class:`SourceError` with every line whose quote does not read as value, unit and cells say beside it.
    """
    found = extract(list(_paragraphs(lines)), edition, year)
    read = {one.quote: one for one in found}
    wrong = [
        f"  line {number}: {line['quote']} reads as {_said(read.get(line['quote']))}"
        for number, line in enumerate(lines, start=2)
        if _said(read.get(line["quote"])) != tuple(line[column] for column in STATEMENT_COLUMNS[3:])
    ]
    if wrong or len(found) != len(lines):
        raise SourceError(f"{name}: {len(lines)} lines, {len(found)} numbers read in them\n" + "\n".join(wrong))
    return found


def _paragraphs(lines: Iterable[Line]) -> Iterator[TextPart]:
    for (section, _), group in groupby(lines, key=lambda line: (line["section"], line["paragraph"])):
        yield TextPart(section, "，".join(line["quote"] for line in group) + "。")


def _said(one: Statement | None) -> tuple[str, ...]:
    if one is None:
        return ()
    return f"{one.value:.12g}", one.unit or "", str(one.approximate).lower(), one.refers_to or ""
