"""The official form as data: every code with its labels, unit, parent and place, per edition.

Source: 国办公开办函〔2019〕60号 (edition 2019, reports for 2019 and 2020) and 国办公开办函〔2021〕30号
(edition 2021, reports for 2021 and later), as kept in ``codebook.csv``. Nothing else in the package
spells a Chinese label of the form.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from .problems import SelectionError

if TYPE_CHECKING:
    import pandas as pd

EDITIONS = (2019, 2021)
TABLES = ("proactive", "requests", "reviews")
#: The groups of outcomes, in the form's order, that shares and charts speak of beside the single outcomes.
GROUPS = ("denied", "unavailable", "not_processed", "other")


_UNITS_EN = {
    "件": "", "项": "items", "万元": "× 10,000 yuan", "百分点": "percentage points", "工作日": "working days",
    "件/千件": "per 1,000", "件/10万人": "per 100,000 residents", "件/千人": "per 1,000 residents",
    "元/人": "yuan per resident", "类": "types", "天": "days", "次": "", "1": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """One line of the codebook."""

    table: str
    axis: str
    """``row``, ``column``, ``group`` (heading over rows or columns), ``block``, ``heading`` or ``section``."""
    code: str
    parents: tuple[str, ...]
    editions: tuple[int, ...]
    labels: dict[int, str]
    """Chinese label as the form prints it, by edition."""
    label_en: str
    short: tuple[str, str]
    """What sentences call it, zh and en; empty where the label itself is short."""
    unit: str
    aliases: tuple[str, ...]
    note: str

    @property
    def signed(self) -> bool:
        """Whether the form allows a negative figure here."""
        return self.note.startswith("signed")

    def label(self, lang: str = "zh", edition: int = EDITIONS[-1]) -> str:
        """The label in Chinese as printed on that edition (or the other, where it is not on it), or English.

        Raises :class:`SelectionError` for another language.
        """
        if lang == "zh":
            return self.labels.get(edition) or next(iter(self.labels.values()))
        if lang == "en":
            return self.label_en
        raise SelectionError(f"lang is {lang!r}; it must be zh or en.")


class Codebook:
    """Codes by table, axis and edition; one instance serves the package (:func:`codebook`)."""

    def __init__(self, codes: tuple[Code, ...]) -> None:
        self.codes = codes
        self._by_key = {(code.table, code.axis, code.code): code for code in codes}

    @cache  # noqa: B019 - the one codebook lives as long as the package
    def select(self, table: str, axis: str, edition: int | None = None) -> tuple[Code, ...]:
        """Codes of one axis in the form's order, those of one edition when it is given."""
        return tuple(
            code
            for code in self.codes
            if code.table == table and code.axis == axis and (edition is None or edition in code.editions)
        )

    def find(self, table: str, axis: str, code: str) -> Code:
        """One code; :class:`SelectionError` names the known ones when it is not there."""
        try:
            return self._by_key[table, axis, code]
        except KeyError:
            known = [c.code for c in self.select(table, axis)]
            if known:
                raise SelectionError(f"{table} has no {axis} {code!r}; known: {', '.join(known)}.") from None
            raise SelectionError(f"the form has no table {table!r}; known: {', '.join(TABLES)}.") from None

    @cache  # noqa: B019 - the one codebook lives as long as the package
    def require(self, table: str, row: str, column: str) -> None:
        """Raise :class:`SelectionError` for a row, column or heading over some that no edition of the form has."""
        for axis, code in (("row", row), ("column", column)):
            if (table, "group", code) not in self._by_key:
                self.find(table, axis, code)

    def label(self, table: str, axis: str, code: str, lang: str = "zh", edition: int = EDITIONS[-1]) -> str:
        """Label of one code."""
        return self.find(table, axis, code).label(lang, edition)

    def name(self, table: str, code: str, lang: str = "zh", edition: int = EDITIONS[-1]) -> str:
        """Label of a row or of a group heading over rows, whichever the code is, without its numbering in zh."""
        axis = "row" if (table, "row", code) in self._by_key else "group"
        return plain(self.label(table, axis, code, lang, edition))

    @cache  # noqa: B019 - the one codebook lives as long as the package
    def short(self, table: str, code: str, lang: str = "zh", edition: int = EDITIONS[-1]) -> str:
        """What a sentence calls a row, column or group: its short name, else its label without numbering."""
        found = next(c for axis in ("row", "group", "column") if (c := self._by_key.get((table, axis, code))))
        return found.short[lang != "zh"] or plain(found.label(lang, edition))

    @cache  # noqa: B019 - the one codebook lives as long as the package
    def children(self, table: str, group: str, edition: int) -> tuple[Code, ...]:
        """The rows (or, for ``legal_person``, columns) under a heading; empty where the edition has none."""
        return tuple(
            code
            for code in self.codes
            if code.table == table
            and code.axis in ("row", "column")
            and group in code.parents
            and edition in code.editions
        )

    @cache  # noqa: B019 - the one codebook lives as long as the package
    def rows(self, table: str, edition: int) -> tuple[Code, ...]:
        """The data rows of a table: rows that are not headings over other rows in this edition.

        ``outcome_total`` is a parent too, but its own figure is printed.
        """
        return tuple(
            row
            for row in self.select(table, "row", edition)
            if row.code == "outcome_total" or not self.children(table, row.code, edition)
        )

    @cache  # noqa: B019 - the one codebook lives as long as the package
    def columns(self, table: str, edition: int, row: str | None = None) -> tuple[Code, ...]:
        """The data columns of a table, those of one row's block where a row of ``proactive`` is given."""
        columns = self.select(table, "column", edition)
        if table != "proactive" or row is None:
            return columns
        blocks = set(self.find(table, "row", row).parents)
        return tuple(column for column in columns if blocks & set(column.parents))

    @cache  # noqa: B019 - the one codebook lives as long as the package
    def cells(self, edition: int) -> tuple[tuple[str, str, str], ...]:
        """(table, row, column) of every cell of the form in its order: 198 for 2019, 200 for 2021."""
        return tuple(
            (table, row.code, column.code)
            for table in TABLES
            for row in self.rows(table, edition)
            for column in self.columns(table, edition, row.code)
        )

    @cache  # noqa: B019 - the one codebook lives as long as the package
    def unit(self, table: str, row: str, column: str) -> str:
        """Unit of a cell: 件, 项 or 万元."""
        axis, code = ("column", column) if table == "proactive" else ("row", row)
        found = self._by_key.get((table, axis, code)) or self._by_key.get((table, "group", code))
        if found is None:
            raise SelectionError(f"the form has no cell {table}/{row}/{column}.")
        return found.unit or "件"

    @cache  # noqa: B019 - the one codebook lives as long as the package
    def signed(self, table: str, column: str) -> bool:
        """Whether a column may hold negative figures (only the change of items on the 2019 form)."""
        found = self._by_key.get((table, "column", column))
        return found is not None and found.signed

    def frame(self) -> pd.DataFrame:
        """The codebook as a frame, one row per code: table, axis, code, parent, editions, labels, unit, note."""
        import pandas as pd

        return pd.DataFrame(
            {
                "table": [c.table for c in self.codes],
                "axis": [c.axis for c in self.codes],
                "code": [c.code for c in self.codes],
                "parent": ["|".join(c.parents) for c in self.codes],
                "editions": ["|".join(map(str, c.editions)) for c in self.codes],
                "label_zh_2019": [c.labels.get(2019, "") for c in self.codes],
                "label_zh_2021": [c.labels.get(2021, "") for c in self.codes],
                "label_en": [c.label_en for c in self.codes],
                "unit": [c.unit for c in self.codes],
                "aliases": ["|".join(c.aliases) for c in self.codes],
                "note": [c.note for c in self.codes],
            }
        )


def unit_words(unit: str, lang: str = "zh") -> str:
    """A unit in a language; empty for requests and documents in English, and for pure numbers."""
    return unit.removeprefix("1") if lang == "zh" else _UNITS_EN.get(unit, unit)


def plain(label: str) -> str:
    """A label without its numbering (``（三）``, ``1.``, ``一、``) and without the remark in brackets behind it."""
    bare = re.sub(r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+[.．、])", "", label)
    return re.sub(r"（.*）$", "", bare) or bare


@cache
def codebook() -> Codebook:
    """The form's codebook, read once from the package."""
    source = files(__package__).joinpath("codebook.csv").read_text(encoding="utf-8")
    return Codebook(tuple(_code(line) for line in csv.DictReader(source.splitlines())))


def _code(line: dict[str, str]) -> Code:
    labels = {edition: line[f"label_zh_{edition}"] for edition in EDITIONS if line[f"label_zh_{edition}"]}
    return Code(
        line["table"],
        line["axis"],
        line["code"],
        tuple(filter(None, line["parent"].split("|"))),
        tuple(int(edition) for edition in line["editions"].split("|")),
        labels,
        line["label_en"],
        (line["short_zh"], line["short_en"]),
        line["unit"],
        tuple(filter(None, line["aliases"].split("|"))),
        line["note"],
    )
