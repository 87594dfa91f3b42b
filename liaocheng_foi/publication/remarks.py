"""The numbers in the text beside the cells they speak of: agreeing, disagreeing, or unsure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..checks import Examination, Finding
from ..checks.finding import cells_words
from ..checks.percentages import shares
from ..codebook import unit_words
from ..measures.rounding import half_up
from ..statements import Statement
from .exhibit import number
from .words import said

Verdict = Literal["agrees", "disagrees", "unsure"]
VERDICTS: dict[str, tuple[str, str]] = {
    "agrees": ("相符", "agrees"),
    "disagrees": ("不符", "disagrees"),
    "unsure": ("待核", "unsure"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One number of the text."""

    statement: Statement
    said: str
    """The number with its unit."""
    table: str
    """What the tables give, as text; empty where no cell counts this."""
    cells: str
    """The cells it speaks of, by the form's labels."""
    verdict: Verdict
    word: str
    """The verdict in words."""
    findings: tuple[Finding, ...]
    """What the rules object to."""

    @property
    def quote(self) -> str:
        """The clause, without line breaks."""
        return "".join(self.statement.quote.split())


def remarks(examination: Examination, lang: str) -> list[Remark]:
    """Every number of the text, in reading order.

    ``agrees`` where a cell has it and no rule objects, ``disagrees`` where none has it and a rule of severity error or
    warning objects, else ``unsure``: no cell counts it, the cell has no number, or it may count something else.
    """
    facts = examination.facts
    compared = {id(each.statement): (each.expected, each.agrees, each.cells) for each in facts.text.compared}
    compared |= {id(each.statement): (each.exact[2], each.fits, each.cells) for each in shares(facts)}
    objections: dict[int, list[Finding]] = {}
    for finding in examination.findings:
        if finding.failed and finding.statement is not None:
            objections.setdefault(id(finding.statement), []).append(finding)
    found = []
    for statement in examination.report.numbers_in_text:
        expected, agrees, cells = compared.get(id(statement), (None, False, ()))
        against = objections.get(id(statement), [])
        grave = any(finding.severity != "info" and not finding.waived for finding in against)
        verdict: Verdict = "agrees" if agrees and not against else "disagrees" if grave and not agrees else "unsure"
        percent = "%" if statement.kind == "share" else ""
        table = "" if expected is None else f"{half_up(expected) if percent else number(expected)}{percent}"
        named = cells_words(cells, facts.report.edition, most=2)(lang) if cells else ""
        found.append(
            Remark(
                statement, _said(statement, lang), table, named, verdict, said(VERDICTS, verdict, lang), tuple(against)
            )
        )
    return found


def _said(statement: Statement, lang: str) -> str:
    unit = statement.unit or ""
    apart = "" if lang == "zh" or unit == "%" else " "
    return f"{number(statement.value)}{apart}{unit_words(unit, lang)}".strip()
