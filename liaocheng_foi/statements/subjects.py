"""Words → the cells they mean: ``予以公开及部分公开`` is two cells, ``维持`` one of the proceeding spoken of.

Some words mean what was said before them: a result belongs to the last proceeding, an applicant to the last
flow of requests, 其他 to the list it ends. :class:`Subjects` remembers these three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from . import vocabulary as words
from .concepts import Found, find_concepts
from .numbers import Number

#: How far before a number its subject is looked for.
BEFORE = 70
#: How far before it the topic is looked for that words like 答复 belong to.
MEMORY = 500

_FILLER = re.compile(words.FILLER)
_NARROW_FILLER = re.compile(words.NARROW_FILLER)
_ASIDE = re.compile(words.ASIDE)
_CONNECTOR = re.compile(words.CONNECTOR)
_TOPIC = re.compile(f"(?P<requests>{words.REQUESTS})|{words.NOT_REQUESTS}")
#: What is answered with these words behind it are requests.
_REQUESTS_FOLLOW = re.compile("申请|予以公开|部分公开|不予公开")
_NOT_PUBLISHED = re.compile(words.NOT_PUBLISHED)
_NOT_DECIDED = re.compile(words.NOT_DECIDED)
_MEASURES = tuple((re.compile(pattern), columns) for pattern, columns in words.MEASURES)
_CLAUSE_ENDS = re.compile(words.CLAUSE_ENDS)
_CHANNELS = tuple((name, re.compile(pattern)) for name, pattern in words.CONCEPTS if name.startswith("channel/"))
_PAPER = re.compile(words.PAPER)
_CLAUSE = re.compile("[，；。]")
_YEAR = re.compile("20\\d\\d")
_LAST_PART = re.compile("/[^/]*$")

CASE_UNITS = frozenset(["件", "件次", "宗", "起", "例", "份", "个", "次"])
_DOCUMENT_UNITS = frozenset(["件", "部", "份", "个"])
_DECISION_UNITS = frozenset(["件", "件次", "宗", "起", "例"])
_LITIGATION = ("litigation_direct", "litigation_after_reconsideration")
_INTAKE = frozenset(("requests/received_new", "received", "receive", "request", "handled"))
_DOCUMENTS = ("regulation", "normative_document")


class Subject(NamedTuple):
    """What a number counts."""

    kind: str
    cells: tuple[str, ...] = ()
    """Terms of the reference; empty when no cell of the form counts this."""
    alternatives: tuple[tuple[str, ...], ...] = ()
    topic: str | None = None
    start: int = 0
    end: int = 0
    each: tuple[tuple[str, ...], ...] = ()
    """The cells of each of several subjects, in the order of the words (for 分别)."""
    vague: bool = False
    """Whether it is only a verb of receiving, whose object may follow the number."""


class Subjects:
    """Finds subjects in one run of text."""

    def __init__(self, text: str, edition: int, year: int | None, about_requests: bool) -> None:
        self.text = text
        self.edition = edition
        self.year = year
        self.about_requests = about_requests
        self.proceedings: tuple[str, ...] = ()
        """The proceedings last spoken of."""
        self.rows: tuple[str, ...] = ()
        """The cells of the flow of requests last spoken of, which applicants are counted in."""
        self.other_rows: tuple[tuple[str, ...], ...] = ()
        self._rows_at = 0
        self.last: Subject | None = None
        """Subject of the count before."""

    def before(self, start: int, end: int, floor: int, number: Number | None) -> Subject | None:
        """What the words between two places count, when they end in a concept.

        ``floor`` is where the sentence begins: its first words may say what is done with documents.
        """
        found = find_concepts(self.text, start, end)
        for aside in _ASIDE.finditer(self.text, start, end):
            found = [one for one in found if one.end <= aside.start() or one.start >= aside.end()]
        return self.of_words(found, start, end, floor, number) if found else None

    def of_words(self, found: list[Found], start: int, end: int, floor: int, number: Number | None) -> Subject | None:
        """The subject that a run of concepts ends in, None when other words stand behind the last of them."""
        text, last = self.text, found[-1]
        tail = _NARROW_FILLER if last.kind == "proactive" else _FILLER
        if not tail.fullmatch(text, last.end, end):
            return None
        if last.kind == "proceeding" and _PAPER.search(text, last.end, end):
            return Subject(last.kind)
        chain, joined = [last], [False]
        for one in reversed(found[:-1]):
            both = one.kind == chain[0].kind == "proceeding" and one.end == chain[0].start
            joined[0] = both or _CONNECTOR.fullmatch(text, one.end, chain[0].start) is not None
            if not joined[0] and not _FILLER.fullmatch(text, one.end, chain[0].start):
                break
            chain.insert(0, one)
            joined.insert(0, False)
        channels = {one.concept for one in found if one.kind == "channel"}
        if last.kind == "flow":
            # 收到网上申请: the channel stands within the words for the flow
            channels |= {name for name, pattern in _CHANNELS if pattern.search(text, last.start, last.end)}
        if len(channels) == 1 and last.kind in ("channel", "flow") and text.find("等", start, end) < 0:
            return Subject("channel", topic=channels.pop(), start=chain[0].start, end=last.end)
        return self.of_chain(chain, joined, end, floor, number)

    def of_chain(
        self, chain: list[Found], joined: list[bool], end: int, floor: int, number: Number | None
    ) -> Subject | None:
        """The subject of neighbouring concepts; ``joined``: which are tied to the one before by 和 or 、."""
        kinds = [one.kind for one in chain]
        kind = next((rank for rank in words.RANK if rank in kinds), None)
        if kind is None:
            return None
        place = max(n for n, other in enumerate(kinds) if other == kind)
        while place and chain[place].concept == "request" and kinds[place - 1] == kind and not joined[place]:
            # 上年结转的申请: the noun behind a flow adds nothing
            place -= 1
        group = [chain[place]]
        if place and chain[place - 1].concept.startswith(f"{chain[place].concept}."):
            # 重复申请不予处理: the reason says which of the group
            group = [chain[place - 1]]
        while place and kinds[place - 1] == kind and joined[place]:
            place -= 1
            group.insert(0, chain[place])
        if kind == "fee":
            subject: Subject | None = Subject(kind, topic=group[-1].concept)
        elif kind == "proactive":
            subject = self._documents(group, end, floor, number)
        elif number is None or number.bare or number.counter in CASE_UNITS or number.counter in ("%", "‰"):
            subject = self._cases(kind, group, chain)
        else:
            subject = Subject(kind)
        return subject and subject._replace(start=group[0].start, end=chain[-1].end)

    def behind(self, start: int, end: int) -> Subject | None:
        """What the words behind a number say that it counts."""
        found = find_concepts(self.text, start, end)
        if not found:
            return None
        wide = ("request", "receive", "requests/outcome_total")
        first = next((one for one in found if one.concept not in wide), found[0])
        if first.start - start > 14 or first.kind in ("proactive", "channel", "other", "fee"):
            return None
        subject = self._cases(first.kind, [first], found if first.kind == "applicant" else [first])
        return subject and subject._replace(start=start, end=first.end)

    def of_clause(self, clause: str) -> Subject | None:
        """公开3件 in a list of outcomes, 废止3件 behind a count of documents."""
        if self.last is None:
            return None
        bare, cells = _CLAUSE_ENDS.sub("", clause), self.last.cells
        if bare in words.SHORT_GRANT and (self.last.kind == "outcome" or words.ANSWERED in cells):
            granted, partly = "requests/granted/total", "requests/partly_granted/total"
            return Subject("outcome", (granted,), ((granted, partly),))
        if self.last.kind == "proactive" and cells and len(bare) < 12:
            row = cells[0].split("/")[1]
            column = next((c.get(self.edition) for pattern, c in _MEASURES[:2] if pattern.search(bare)), None)
            if row in _DOCUMENTS and column is not None:
                return Subject("proactive", (f"proactive/{row}/{column}",))
        return None

    def of_rate(self, concept: str, found: list[Found], end: int) -> Subject | None:
        """The numerator of a rate with a name (纠错率)."""
        named = Found(concept, end, end)
        return self._cases(named.kind, [named], [*found, named])

    def note(self, subject: Subject, at: int) -> None:
        """Remember the subject of the count at a place for what is said behind it."""
        self.last = subject
        if subject.kind == "flow" and subject.cells and subject.cells[0] in (words.RECEIVED, words.ANSWERED):
            self.rows, self.other_rows, self._rows_at = subject.cells, subject.alternatives, at

    # -- cases: requests and reviews -------------------------------------------------------------------------

    def _cases(self, kind: str, group: list[Found], chain: list[Found]) -> Subject | None:
        if kind == "proceeding":
            self.proceedings = tuple(one.code for one in group)
            return _sum(kind, [review_cells(name, "total") for name in self.proceedings])
        if kind == "outcome_part":
            return Subject(kind)
        if kind in ("result", "result_part"):
            return self._result(kind, group, chain)
        if kind == "outcome" and any(one.kind == "outcome_part" for one in chain):
            # 同意公开和部分公开: the cells of both are more than that
            return Subject(kind)
        if kind == "applicant":
            return self._applicants(group, chain)
        if kind == "other":
            return self._other()
        if not self._of_requests(group, chain[-1].end):
            return None
        if kind == "outcome":
            return _sum(kind, [(f"{one.concept}/total",) for one in group])
        return self._flow(group)

    def _result(self, kind: str, group: list[Found], chain: list[Found]) -> Subject | None:
        if group[-1].concept == "result/lost":
            return _sum(kind, [review_cells("litigation", "corrected")])
        named = tuple(one.code for one in chain if one.kind == "proceeding")
        self.proceedings = named or self.proceedings
        if not self.proceedings:
            return None
        if kind == "result_part":
            # 撤回, 驳回: a case of it is in one of the form's results, but not the whole of it
            return Subject(kind)
        cells = []
        for one in group:
            columns = ("upheld", "corrected", "other") if one.code == "concluded" else (one.code,)
            cells.append(tuple(cell for n in self.proceedings for c in columns for cell in review_cells(n, c)))
        return _sum(kind, cells)

    def _applicants(self, group: list[Found], chain: list[Found]) -> Subject:
        wide = ("request", "receive")
        flows = [one for one in chain if one.kind in ("flow", "outcome") and one.concept not in wide]
        flow = self._cases(flows[-1].kind, flows[-1:], flows) if flows else None
        rows, others = (flow.cells, ()) if flow else self._counted_in(group[0].start)
        found, *other = (_sum("applicant", [in_column(row, one.code) for one in group]) for row in (rows, *others))
        return found._replace(alternatives=tuple(each.cells for each in other))

    def _counted_in(self, at: int) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The flow that applicants are counted in, and what else it may be.

        That last spoken of; of those answered only in their own sentence, for the next may be on all received again.
        """
        if self.rows != (words.ANSWERED,):
            return self.rows or (words.RECEIVED,), self.other_rows
        if self.text.find("。", self._rows_at, at) < 0:
            return self.rows, self.other_rows
        return (words.RECEIVED,), (words.WORKLOAD, self.rows)

    def _flow(self, group: list[Found]) -> Subject:
        concepts = [self._dated(one) for one in group]
        if len(concepts) > 1 and "requests/carried_in" in concepts and _INTAKE & set(concepts):
            return Subject("flow", words.WORKLOAD, each=((words.RECEIVED,), (words.CARRIED_IN,)))
        each = tuple(words.FLOWS[concept][0] for concept in concepts)
        cells, alternatives = words.FLOWS[concepts[-1]]
        others = tuple(other for other in each[:-1] if other != cells)
        return Subject("flow", cells, (*alternatives, *others), each=each, vague=concepts[-1] == "receive")

    def _dated(self, one: Found) -> str:
        """2019年结转 is carried in, unless 2019 is the report's own year; 结转2021年 is carried to a later year."""
        if one.concept == "carried_year" and self.year is not None:
            later = int(_YEAR.findall(self.text[one.start : one.end])[-1]) > self.year
            return "requests/carried_forward" if later else "requests/carried_in"
        own = self.year is not None and self.text.startswith(str(self.year), one.start)
        return "requests/carried_forward" if one.concept == "carried_dated" and own else one.concept

    def _of_requests(self, group: list[Found], end: int) -> bool:
        """Whether what is answered or withheld are requests for information: by the last topic named."""
        first = max(0, group[0].start - MEMORY)
        sentence = self.text.rfind("。", first, group[0].start) + 1
        for start in dict.fromkeys((max(sentence, first), first)):
            topics = [match["requests"] for match in _TOPIC.finditer(self.text, start, end)]
            if topics:
                return topics[-1] is not None
        if not any(one.concept in words.VAGUE for one in group):
            return True
        if self.last is not None and self.last.kind in ("outcome", "flow"):
            return True
        return self.about_requests or _REQUESTS_FOLLOW.search(self.text, end, end + 60) is not None

    def _other(self) -> Subject | None:
        """其他 is the last member of a list of outcomes, results or applicants."""
        if self.last is None:
            return None
        if self.last.kind == "outcome":
            # behind a reason 其他 is the rest of its group, and only 其他处理 has a row for that
            group, dot, _ = self.last.cells[0].partition(".") if self.last.cells else ("", "", "")
            if not dot:
                return Subject("outcome", ("requests/other/total",))
            rest = group == "requests/other" and self.edition == 2021
            return Subject("outcome", ("requests/other.rest/total",) if rest else ())
        if self.last.kind == "result" and self.proceedings:
            return _sum("result", [tuple(c for name in self.proceedings for c in review_cells(name, "other"))])
        if self.last.kind == "channel":
            return Subject("channel", topic="channel/other")
        if self.last.kind == "applicant" and self.last.cells:
            return Subject("applicant", in_column(self.last.cells, "other_organisation"))
        return None

    # -- documents and decisions -----------------------------------------------------------------------------

    def _documents(self, group: list[Found], end: int, floor: int, number: Number | None) -> Subject:
        text, first = self.text, group[0].start
        # 公报刊登规范性文件 counts other things, and so do the next members of that list
        sentence = text[max(floor, first - 40) : first]
        if _NOT_PUBLISHED.search(sentence) or _NOT_PUBLISHED.search(text[group[-1].end : end]):
            return Subject("proactive")
        clause = _CLAUSE.split(text[max(floor, first - 12) : first])[-1]
        cells = []
        for one in group:
            column = self._column(one.code, number.counter if number else None, clause, sentence)
            if column is None:
                return Subject("proactive")
            cells.append((f"proactive/{one.code}/{column}",))
        return _sum("proactive", cells)

    def _column(self, row: str, counter: str | None, clause: str, sentence: str) -> str | None:
        if row in _DOCUMENTS:
            columns = next(columns for pattern, columns in _MEASURES if pattern.search(clause or sentence))
            return columns.get(self.edition) if counter in _DOCUMENT_UNITS or counter is None else None
        if row in ("license", "penalty", "coercion"):
            taken = counter in _DECISION_UNITS and not _NOT_DECIDED.search(sentence)
            return "decisions" if taken or counter is None else None
        if row == "fee":
            return "fee_amount" if counter in ("元", None) and self.edition == 2021 else None
        if self.edition != 2019:
            return None
        return "procurement_amount" if counter == "元" else "procurement_items"


def review_cells(proceeding: str, column: str) -> tuple[str, ...]:
    """The cells of one result; litigation as a whole is both of its rows."""
    rows = _LITIGATION if proceeding == "litigation" else (proceeding,)
    return tuple(f"reviews/{row}/{column}" for row in rows)


def in_column(cells: Iterable[str], column: str) -> tuple[str, ...]:
    """The same rows in another column."""
    return tuple(dict.fromkeys(_LAST_PART.sub(f"/{column}", cell) for cell in cells))


def _sum(kind: str, each: Iterable[tuple[str, ...]]) -> Subject:
    parts = tuple(each)
    return Subject(kind, tuple(dict.fromkeys(cell for cells in parts for cell in cells)), each=parts)
