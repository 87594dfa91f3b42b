"""The proof of a report: its tables with every cell that a rule objects to marked, its text with every number
marked as agreeing, disagreeing or unsure, the proposed repairs beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .. import __version__
from ..checks import Examination, Finding
from ..checks.finding import Key, cell_words
from ..codebook import EDITIONS, TABLES, codebook
from ..form import boxes
from .exhibit import number
from .identity import heading, titled
from .page import Page, page
from .quality import Objection, examined, objection
from .remarks import Remark, remarks
from .subject import Subject
from .words import pick


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that a rule objects to."""

    id: str
    severity: str
    finding: str
    """Id of the gravest finding in the page."""
    title: str
    """What is wrong with it: all findings."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding in the page."""

    id: str
    objection: Objection
    quotes: tuple[tuple[str, str], ...]
    """(id, words) of the number of the text that it is about."""
    places: tuple[tuple[str, str], ...]
    """(id, words) of the cells it is about."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One explanation of what fails."""

    message: str
    rank: int
    changes: tuple[tuple[str, str, str, str], ...]
    """(id of the cell, cell in words, printed, proposed)."""


def proof(subject: Subject, languages: Sequence[str], command: str) -> Page:
    """The page; ``command`` makes it again."""
    colophon = {"hash": subject.data_hash, "version": __version__, "command": command}
    contexts = {lang: _context(subject, lang) | {"colophon": colophon, "home": ""} for lang in languages}
    return page("proof.html.j2", " · ".join(context["title"] for context in contexts.values()), contexts)


def _context(subject: Subject, lang: str) -> dict[str, Any]:
    report, examination = subject.report, subject.examination
    noted = _noted(examination, lang)
    forms = [(heading(table, lang, report.edition), boxes(report, table, lang)) for table in TABLES]
    return {
        "title": titled(subject, lang),
        "examined": examined(examination, lang),
        "noted": noted,
        "forms": [form for table, form in zip(TABLES, forms, strict=True) if (report.figures["table"] == table).any()],
        "marks": _marks(examination, noted, lang),
        "finding_ids": {one: note.id for one, note in zip(_failed(examination), noted, strict=True)},
        "proposals": _proposals(examination, lang),
        "text": _text(examination, lang),
        "problems": [(each.message(lang), each.place(lang)) for each in report.problems],
    }


def _failed(examination: Examination) -> list[Finding]:
    return [finding for finding in examination.findings if finding.failed]


def _noted(examination: Examination, lang: str) -> list[Noted]:
    edition = examination.report.edition
    return [
        Noted(
            f"{lang}-finding-{place}",
            objection(finding, lang),
            tuple(_quoted(examination, finding, lang)),
            tuple((_id(cell, lang), cell_words(cell, edition)(lang)) for cell in finding.cells if _printed(cell)),
        )
        for place, finding in enumerate(_failed(examination), start=1)
    ]


def _quoted(examination: Examination, finding: Finding, lang: str) -> list[tuple[str, str]]:
    """The words of the text that a finding is about."""
    said = examination.report.numbers_in_text
    return [
        (_number_id(place, lang), finding.evidence)
        for place, statement in enumerate(said)
        if statement is finding.statement
    ]


def _number_id(place: int, lang: str) -> str:
    return f"{lang}-number-{place + 1}"


def _printed(cell: Key) -> bool:
    """Whether the finding's cell is one of the form's, not a group."""
    return any(cell in codebook().cells(edition) for edition in EDITIONS)


def _id(cell: Key, lang: str) -> str:
    return "-".join((lang, *cell))


def _marks(examination: Examination, noted: Sequence[Noted], lang: str) -> dict[Key, Mark]:
    found: dict[Key, list[Noted]] = {}
    for finding, note in zip(_failed(examination), noted, strict=True):
        for cell in finding.cells:
            found.setdefault(cell, []).append(note)
    return {
        cell: Mark(
            _id(cell, lang),
            notes[0].objection.severity,
            notes[0].id,
            pick(lang, "；", "; ").join(note.objection.message for note in notes),
        )
        for cell, notes in found.items()
    }


def _proposals(examination: Examination, lang: str) -> list[Proposal]:
    edition = examination.report.edition
    return [
        Proposal(
            repair.message(lang),
            repair.rank,
            tuple(
                (
                    _id(change.cell, lang),
                    cell_words(change.cell, edition)(lang),
                    pick(lang, "空白", "blank") if change.printed is None else number(change.printed),
                    number(change.proposed),
                )
                for change in repair.changes
            ),
        )
        for repair in examination.facts.repairs
    ]


Piece = tuple[str, Remark | None, str]
"""Words of the text; of a number what is said of it, and its id in the page."""


def _text(examination: Examination, lang: str) -> list[list[Piece]]:
    """Each paragraph that holds a number, cut into pieces."""
    by_paragraph: dict[int, list[tuple[Remark, str]]] = {}
    for place, remark in enumerate(remarks(examination, lang)):
        by_paragraph.setdefault(remark.statement.paragraph, []).append((remark, _number_id(place, lang)))
    paragraphs = examination.report.paragraphs
    return [
        _cut(paragraphs[place].text, found) if paragraphs else _quotes(found)
        for place, found in sorted(by_paragraph.items())
    ]


def _cut(text: str, found: Sequence[tuple[Remark, str]]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for remark, id in sorted(found, key=lambda each: each[0].statement.number):
        start, end = remark.statement.number
        if start >= at:
            pieces += [(text[at:start], None, ""), (text[start:end], remark, id)]
            at = end
    return [*pieces, (text[at:], None, "")]


def _quotes(found: Sequence[tuple[Remark, str]]) -> list[Piece]:
    """Of a text that is not at hand, the words around each number."""
    pieces: list[Piece] = []
    for remark, id in found:
        quote, (start, end) = remark.statement.quote, remark.statement.number
        pieces += [(quote[:start], None, ""), (quote[start:end], remark, id), (f"{quote[end:]}；", None, "")]
    return pieces
