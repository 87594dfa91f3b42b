"""The record of one rule's outcome on one report, and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ..codebook import TABLES, codebook, plain
from ..plural import Count
from ..problems import place_in_words, quoted, shown
from ..values import INVISIBLE
from .catalogue import Rule, by_id

if TYPE_CHECKING:
    import pandas as pd

    from ..report import Report
    from ..sources import Correction
    from ..statements import Statement
    from .facts import Facts

Key = tuple[str, str, str]
#: A text, or what gives it in a language.
Words = str | int | float | Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the function of a rule found."""

    cells: Sequence[Key] = ()
    """The cells it is about; the first is the one it is filed under."""
    expected: float | None = None
    found: float | None = None
    state: str = "fail"
    severity: str | None = None
    """Where it differs from the rule's own."""
    statement: Statement | None = None
    """The number in the text that it is about."""
    words: Mapping[str, Words] = field(default_factory=dict)
    """What fills the rule's message, beside expected and found."""


NOT_ASSESSABLE = Outcome(state="not_assessable")


class Finding(NamedTuple):
    """The outcome of one rule on one report."""

    organ: str | None
    year: int | None
    rule: str
    severity: str
    state: str
    cells: tuple[Key, ...]
    expected: float | None
    found: float | None
    zh: str
    en: str
    evidence: str
    """The words of the text it is about, else the cells."""
    statement: Statement | None = None
    waived: str = ""
    """Why a person accepted it; empty where nobody did."""
    corrections: tuple[Correction, ...] = ()
    """What a person holds to be right in its cells; the printed values stay."""

    @property
    def failed(self) -> bool:
        """Whether the rule is broken."""
        return self.state == "fail"

    def message(self, lang: str) -> str:
        """The finding in one sentence."""
        return self.zh if lang == "zh" else self.en

    def place(self, report: Report, lang: str) -> str:
        """Where it stands: the words of the text with their part of the report, else where the cell was printed."""
        if self.statement is not None:
            section, page = self.statement.section, self.statement.page
            label = codebook().label("form", "section", section, lang) if section else ""
            words = quoted(self.evidence, lang)
            return " ".join(filter(None, (label, place_in_words(page, None, None, None, lang), words)))
        cell = next((cell for cell in report.cells() if self.cells and cell.key == self.cells[0]), None)
        if cell is None:
            return ""
        # 0 and None: a medium without pages, a table without rows
        return place_in_words(
            cell.page or None, cell.grid or None, cell.grid_row or None, cell.grid_column or None, lang
        )

    @property
    def delta(self) -> float | None:
        """Found less expected."""
        return None if self.expected is None or self.found is None else _tidy(self.found - self.expected)


def of_outcome(rule: Rule, outcome: Outcome, facts: Facts) -> Finding:
    """A finding with its words."""
    statement = outcome.statement
    quote = "" if statement is None else INVISIBLE.sub("", statement.quote)
    zh, en = _messages(rule, outcome)
    return Finding(
        facts.report.organ,
        facts.report.year,
        rule.rule,
        outcome.severity or rule.severity,
        outcome.state,
        tuple(outcome.cells),
        _tidy(outcome.expected),
        _tidy(outcome.found),
        zh,
        en,
        quote or " + ".join("/".join(cell) for cell in outcome.cells),
        statement,
    )


def _messages(rule: Rule, outcome: Outcome) -> tuple[str, str]:
    """In Chinese and in English."""
    if outcome.state != "fail":
        return _quiet(rule.rule, outcome.state)
    known = {"expected": number(outcome.expected), "found": number(outcome.found)}
    zh, en = (known | {name: said(words, lang) for name, words in outcome.words.items()} for lang in ("zh", "en"))
    return rule.message_zh.format_map(zh), rule.message_en.format_map(en)


_STATE_WORDS = {
    "pass": ("：相符", ": holds"),
    "fail": ("：不符", ": does not hold"),
    "not_assessable": ("：无法核对", ": cannot be assessed"),
    "pass_if_blank_is_zero": ("：空白按0计则相符", ": holds if blanks are 0"),
}


def state_words(rule: Rule, state: str, lang: str) -> str:
    """What a rule asks for and what came of it."""
    return f"{rule.title(lang)}{_STATE_WORDS[state][lang != 'zh']}"


def said(words: Words, lang: str) -> str:
    """A text in a language, a number as written."""
    if callable(words):
        return words(lang)
    return number(words) if isinstance(words, (int, float)) else shown(words, lang)


@cache
def _quiet(name: str, state: str) -> tuple[str, str]:
    rule = by_id()[name]
    return state_words(rule, state, "zh"), state_words(rule, state, "en")


def both(zh: str, en: str) -> Words:
    """A text that is known in both languages."""
    return lambda lang: zh if lang == "zh" else en


def number(value: float | None) -> Count:
    """A figure as people write it: 1051, 25.1, −3."""
    return Count("" if value is None else f"{value:.10g}".replace("-", "−"))


def _tidy(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def cell_words(cell: Key, edition: int) -> Callable[[str], str]:
    """A cell by the form's labels: ``“予以公开”行“自然人”列``."""

    def words(lang: str) -> str:
        table, row, column = cell
        book = codebook()
        labels = book.name(table, row, lang, edition), plain(column_label(table, column, lang, edition))
        return "“{}”行“{}”列".format(*labels) if lang == "zh" else 'row "{}", column "{}"'.format(*labels)

    return words


def short_names(cells: Sequence[Key], edition: int) -> Callable[[str], str]:
    """What a sentence calls a sum of cells: their rows, and columns where these are not the total."""
    book = codebook()

    def words(lang: str) -> str:
        names = []
        for table, row, column in cells:
            name = book.short(table, row, lang, edition)
            joint = "·" if lang == "zh" else ", "
            names.append(name if column == "total" else f"{name}{joint}{book.short(table, column, lang, edition)}")
        return ("、" if lang == "zh" else " + ").join(names)

    return words


def cells_words(cells: Sequence[Key], edition: int, most: int = 6) -> Callable[[str], str]:
    """Several cells, the first of them by name."""

    def words(lang: str) -> str:
        listed = [cell_words(cell, edition)(lang) for cell in cells[:most]]
        if lang == "zh":
            return "、".join(listed) + ("等" if len(cells) > most else "")
        return "; ".join(listed) + (" …" if len(cells) > most else "")

    return words


def column_label(table: str, column: str, lang: str, edition: int) -> str:
    """Label of a column, or of the heading over several."""
    axis = "group" if (table, column) == ("requests", "legal_person") else "column"
    return codebook().label(table, axis, column, lang, edition)


def table_words(table: str) -> Callable[[str], str]:
    """The name of a table: that of its part of the report."""

    def words(lang: str) -> str:
        label = codebook().label("form", "section", table, lang)
        return quoted(plain(label) if lang == "zh" else label.split(". ", 1)[-1], lang)

    return words


def corrected_words(correction: Correction) -> str:
    """``requests/granted/total: 632 → 633 (reason)``."""
    cell = f"{correction.table}/{correction.row}/{correction.column}"
    return f"{cell}: {correction.old_value or '-'} → {correction.new_value} ({correction.reason})"


#: Errors before warnings before remarks.
SEVERITY_ORDER = {"error": 0, "warning": 1, "info": 2}
_STATE = {"fail": 0, "pass_if_blank_is_zero": 1, "not_assessable": 2, "pass": 3}


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """What failed first, errors before warnings; else as the catalogue and the form have them."""
    tables = {table: i for i, table in enumerate(TABLES)}
    return sorted(
        findings,
        key=lambda f: (_STATE[f.state], SEVERITY_ORDER[f.severity], tables.get(f.cells[0][0], 3) if f.cells else 3),
    )


def frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """The ``findings`` table: one row per outcome of a rule; ``delta`` is found less expected."""
    import pandas as pd

    from ..schemas import KINDS, REGISTRY

    table = REGISTRY["findings"]
    lines: list[tuple[Any, ...]] = []
    for f in findings:
        cell = f.cells[0] if f.cells else (None, None, None)
        amounts = f.expected, f.found, f.delta
        decided = f.waived or None, "; ".join(map(corrected_words, f.corrections)) or None
        lines.append((f.organ, f.year, f.rule, f.severity, f.state, *cell, *amounts, f.zh, f.en, f.evidence, *decided))
    made = pd.DataFrame(lines, columns=list(table.columns))
    return made.astype({column: KINDS[table.field(column).kind][0] for column in table.columns})
