"""What was checked, how much of it holds, and what the rules object to."""

from __future__ import annotations

from dataclasses import dataclass

from ..checks import Examination, Finding
from ..checks.catalogue import by_id
from ..plural import Count
from .words import SEVERITIES, said


@dataclass(frozen=True, slots=True)
class Objection:
    """One finding in a language."""

    severity: str
    word: str
    """Its severity in words."""
    message: str
    rule: str
    """Id of the rule."""
    asks: str
    """What the rule asks for."""
    source: str
    """The clause it rests on, in Chinese."""
    waived: str
    """Why a person accepted it; empty where nobody did."""
    corrections: tuple[str, ...]
    """What a person holds to be right in its cells."""


def objections(examination: Examination, lang: str, *severities: str) -> list[Objection]:
    """What is broken, gravest first; what a person accepted stands among it, with the reason."""
    broken = [finding for finding in examination.findings if finding.failed and finding.severity in severities]
    return [objection(finding, lang) for finding in broken]


def objection(finding: Finding, lang: str) -> Objection:
    """A finding in a language."""
    rule = by_id()[finding.rule]
    corrected = tuple(f"{each.old_value or '-'} → {each.new_value}: {each.reason}" for each in finding.corrections)
    return Objection(
        finding.severity,
        said(SEVERITIES, finding.severity, lang),
        finding.message(lang),
        finding.rule,
        rule.title(lang),
        rule.source(lang),
        finding.waived,
        corrected,
    )


def examined(examination: Examination, lang: str) -> str:
    """What was checked, in a sentence."""
    hold, sums = examination.sums
    agree, numbers = examination.figures_in_text
    blanks = examination.blanks_as_zero
    if lang == "zh":
        parts = [f"可核对的{sums}项勾稽关系中，{hold}项相符"]
        parts += [f"正文中有对应单元格的{numbers}个数字，{agree}个相符"] if numbers else []
        parts += [f"{blanks}项在空白按0计时相符"] if blanks else []
        return "；".join(parts) + "。"
    parts = [f"{hold} of {Count(sums):sum that can be checked holds|sums that can be checked hold}"]
    parts += [f"{agree} of {numbers} numbers of the text that speak of cells agree"] if numbers else []
    parts += [f"{blanks} hold if blanks are 0"] if blanks else []
    return "; ".join(parts) + "."
