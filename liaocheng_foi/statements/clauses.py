"""Clause by clause through the prose: what each number counts, and which cells of the form that is.

The words directly before a number say what it counts; where they say nothing (``另有3件顺延``) the words behind
it do, and where those are silent too (``占60%``) it speaks of the count before it. Three things are carried on
through a paragraph: the proceeding (复议 or 诉讼) that results belong to, the row that applicants belong to,
and the list that ``其中`` opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from ..codebook import codebook, plain
from . import vocabulary as words
from .numbers import Number, Tight, find_numbers
from .references import PREVIOUS

#: How far before and behind a number its subject is looked for.
BEFORE, BEHIND = 70, 30

_SENTENCE = re.compile("[。！？!?]")
_CUT = re.compile("[，。；：、,;:！？（）]")
_FILLER = re.compile(words.FILLER)
_NARROW = re.compile(words.NARROW_FILLER)
_CONNECTOR = re.compile(words.CONNECTOR)
_LEADING = re.compile(words.LEADING)
_LIST = re.compile(words.LIST)
_LIST_END = re.compile(words.LIST_END)
_CHANGE = re.compile(words.CHANGE)
_UP = re.compile(words.UP)
_COMPARED = re.compile(words.COMPARED)
_SHARE = re.compile(words.SHARE)
_RATES = tuple((re.compile(f"(?:{pattern})(?:均|为|达|达到|是|约|[:：])*$"), concept) for pattern, concept in words.RATES)
_ONLY_SHARE = re.compile("[，,、（(]*(?:分别|各)?(?:占比?|比例|比重)?(?:约|近|为|达|[:：])*")
_POPULATIONS = tuple((name, re.compile(pattern)) for name, pattern in words.POPULATIONS)
_OTHER_TIME = re.compile(words.OTHER_TIME)
_LAST_YEAR = re.compile(words.LAST_YEAR)
_OTHER_YEAR = re.compile(r"(20\d\d)年(?!度?(?:结转|转入|遗留))")
_NOT_PUBLISHED = re.compile(words.NOT_PUBLISHED)
_MEASURES = tuple((re.compile(pattern), columns) for pattern, columns in words.MEASURES)
_NOTHING = re.compile(words.NOTHING)
_NOTHING_AFTER = re.compile(words.NOTHING_AFTER)
_NOTHING_TAIL = re.compile(words.NOTHING_TAIL)
_CONDITION = re.compile(words.CONDITION)
_ALL_UPHELD = re.compile(words.ALL_UPHELD)
_NOUN = re.compile("[，,、：:；;（）()的]")
_REQUEST_NOUN = re.compile(words.REQUESTS)
_TOPIC = re.compile(f"(?P<requests>{words.REQUESTS})|{words.NOT_REQUESTS}")
_NO_SINGLE = re.compile(words.NO_SINGLE)
_NOT_DECIDED = re.compile(words.NOT_DECIDED)
_PLAIN = re.compile(words.PLAIN)

_CASE_UNITS = frozenset("件 件次 宗 起 例 份 个 次 人次".split()) - {"人次"}
_DOCUMENT_UNITS = frozenset("件 部 份 个".split())
_DECISION_UNITS = frozenset("件 件次 宗 起 例".split())
_LIST_UNITS = frozenset("件 条 篇 份 个 项 件次 部 则".split())

RECEIVED, CARRIED_IN = "requests/received_new/total", "requests/carried_in/total"
ANSWERED, CARRIED_FORWARD = "requests/outcome_total/total", "requests/carried_forward/total"
WORKLOAD = (RECEIVED, CARRIED_IN)
LITIGATION = ("litigation_direct", "litigation_after_reconsideration")
_FLOWS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    # concept: the cells it means, and what else the wording may mean
    "requests/received_new": ((RECEIVED,), ()),
    "received": ((RECEIVED,), ((RECEIVED, CARRIED_IN),)),
    "receive": ((RECEIVED,), ((RECEIVED, CARRIED_IN),)),
    "request": ((RECEIVED,), ((RECEIVED, CARRIED_IN), (ANSWERED,))),
    "handled": ((ANSWERED,), ((RECEIVED,), (RECEIVED, CARRIED_IN))),
    "requests/carried_in": ((CARRIED_IN,), ()),
    "requests/carried_forward": ((CARRIED_FORWARD,), ()),
    "in_progress": ((CARRIED_FORWARD,), ()),
    "carried": ((CARRIED_FORWARD,), ((CARRIED_IN,),)),
    "requests/outcome_total": ((ANSWERED,), ()),
}
_INTAKE = frozenset(("requests/received_new", "received", "receive", "request", "handled"))
#: Said of many other things too: they count requests only where the text is about requests.
_VAGUE = frozenset(("requests/outcome_total", "receive", "in_progress", "carried"))
_RANK = ("fee", "result", "result_part", "applicant", "outcome", "proceeding", "proactive", "flow", "other")


@dataclass(frozen=True, slots=True)
class Found:
    """A concept of the vocabulary at a place."""

    concept: str
    start: int
    end: int

    @property
    def kind(self) -> str:
        """What sort of thing it is: one of ``_RANK`` or ``channel``."""
        head, _, code = self.concept.partition("/")
        if self.concept in _FLOWS or self.concept == "carried_dated":
            return "flow"
        return "outcome" if head == "requests" else head if code else self.concept


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number counts."""

    kind: str
    cells: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    topic: str | None = None
    start: int = 0
    end: int = 0
    each: tuple[tuple[str, ...], ...] = ()
    """The cells of each of several subjects, in the order of the words (for 分别)."""


@dataclass(slots=True)
class Draft:
    """A statement in the making; places are in the tight text."""

    kind: str
    start: int
    end: int
    number: Number | None
    value: float
    unit: str | None
    subject: str
    cells: tuple[str, ...] = ()
    over: tuple[str, ...] | None = None
    minus: tuple[str, ...] | None = None
    alternatives: tuple[tuple[str, ...], ...] = ()
    topic: str | None = None
    family: str | None = None
    part: Draft | None = None
    whole: Draft | None = None
    head: Draft | None = None
    direction: str | None = None
    population: str | None = None
    bound: str | None = None
    sentence: int = 0
    half: int = 0
    """Number of semicolons before it."""


@dataclass(slots=True)
class _State:
    drafts: list[Draft] = field(default_factory=list)
    proceedings: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    other_rows: tuple[tuple[str, ...], ...] = ()
    heads: list[Draft] = field(default_factory=list)
    member: Draft | None = None
    consumed: int = 0


@cache
def _concepts() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern for the vocabulary and the form's own labels; group ``gN`` is the N-th concept."""
    listed = [*words.CONCEPTS, *_labels()]
    pattern = "|".join(f"(?P<g{n}>{pattern})" for n, (_, pattern) in enumerate(listed))
    return re.compile(pattern), tuple(concept for concept, _ in listed)


def _labels() -> Iterator[tuple[str, str]]:
    """The form's labels that are unmistakable in prose, the longest first."""
    book = codebook()
    kinds = (("requests", "row", "requests"), ("requests", "column", "applicant"), ("reviews", "column", "result"))
    labels = {
        (f"{prefix}/{code.code}", plain(label))
        for table, axis, prefix in kinds
        for code in book.select(table, axis)
        for label in (*code.labels.values(), *code.aliases)
    }
    for concept, label in sorted(labels, key=lambda pair: (-len(pair[1]), pair)):
        if len(label) > 2 and "本年新收" not in label:
            yield concept, re.escape(label)


def find_concepts(text: str, start: int, end: int) -> list[Found]:
    """The concepts between two places, in order."""
    pattern, concepts = _concepts()
    return [
        Found(concepts[int(match.lastgroup[1:])], match.start(), match.end())  # type: ignore[index]
        for match in pattern.finditer(text, start, end)
        if match.end() > match.start()
    ]


class Reader:
    """Reads one run of text.

    ``year`` is the report's year where it is known; ``about_requests`` says that the text stands under a
    heading on requests.
    """

    def __init__(self, tight: Tight, edition: int, year: int | None, about_requests: bool = False) -> None:
        self.text = tight.masked
        self.edition = edition
        self.year = year
        self.state = _State()
        self._sentences = [0, *(match.end() for match in _SENTENCE.finditer(self.text))]
        self._about_requests = about_requests
        self._numbers = find_numbers(tight)

    def read(self) -> list[Draft]:
        """The statements of the run in order."""
        events: list[tuple[int, Callable[[], None]]] = []
        previous = 0
        for n, number in enumerate(self._numbers):
            events.append((number.start, self._reader_of(n, previous)))
            previous = number.end
        for pattern in (_NOTHING, _NO_SINGLE):
            events += [(match.start(), self._nothing_reader(match)) for match in pattern.finditer(self.text)]
        events += [(match.start(), self._after_reader(match)) for match in _NOTHING_AFTER.finditer(self.text)]
        events += [(match.start(), self._upheld_reader(match)) for match in _ALL_UPHELD.finditer(self.text)]
        for _, act in sorted(events, key=lambda event: event[0]):
            act()
        return self.state.drafts

    # -- numbers ---------------------------------------------------------------------------------------------

    def _reader_of(self, n: int, previous: int) -> Callable[[], None]:
        return lambda: self._read_number(n, previous)

    def _read_number(self, n: int, previous: int) -> None:
        number, state, text = self._numbers[n], self.state, self.text
        sentence, sentence_start = self._sentence(number.start)
        floor = max(previous, sentence_start, state.consumed)
        start = max(floor, number.start - BEFORE)
        before = text[start : number.start]
        if (stop := before.rfind("；")) >= 0:
            start += stop + 1
            before = before[stop + 1 :]
        half = text.count("；", sentence_start, number.start)
        draft = Draft(
            "count", self._quote_start(start, number.start), number.end, number, number.value, number.unit,
            "", bound=number.bound, sentence=sentence, half=half,
        )  # fmt: skip
        if number.counter in ("%", "‰", "个百分点", "百分点", "倍"):
            known = self._percent(draft, n, start, before)
        else:
            known = self._count(draft, n, start, before, floor)
        if not known:
            return
        if number.bare and number.unit and number.bound == "over":
            draft.end = self._numbers[n + 1].end
        elif number.bound == "under" and n and self._numbers[n - 1].bare and state.drafts:
            draft.start = state.drafts[-1].start
        draft.subject = text[draft.start : number.start].strip("，,、：:；（）() ")
        noun_behind = number.counter not in _LIST_UNITS - {"个", "项"} or len(draft.subject) < 3
        if draft.kind == "count" and draft.end == number.end and noun_behind:
            draft.end = self._quote_end(n)
        draft.population = self._population(max(floor, number.start - BEFORE), number.start)
        if draft.population == "parts" and draft.kind == "count":
            draft.cells, draft.alternatives = (), ()
        state.drafts.append(draft)

    def _count(self, draft: Draft, n: int, start: int, before: str, floor: int) -> bool:
        number = self._numbers[n]
        change = _CHANGE.search(before)
        if change and _COMPARED.search(before):
            return self._change(draft, start, start + change.start(), change["word"], "difference")
        subject = self._spread(n) or self._subject(start, number.start, number)
        behind = self._behind(number) if subject is None or subject.topic == "receive" else None
        if behind is not None and (subject is None or behind.kind != "flow"):
            light = _LEADING.fullmatch(before) or (subject is not None)
            if light:
                subject = behind
                draft.end = behind.end
                stop = _CUT.search(self.text, behind.end)
                following = self._numbers[n + 1].start if n + 1 < len(self._numbers) else len(self.text)
                self.state.consumed = min(stop.start() if stop else behind.end, max(following, behind.end))
        if subject is None:
            subject = self._terse(before, draft, number)
        if subject is None and (number.bare or number.in_words and number.value == 1):
            return number.bare and number.unit is not None
        if number.bare and number.unit is None and (subject is None or not subject.cells):
            return False
        self._listing(draft, before, subject)
        if subject is not None:
            self._settle(draft, subject, start)
        return True

    def _settle(self, draft: Draft, subject: Subject, start: int) -> None:
        """Give the draft its subject and carry on what later clauses build on."""
        state = self.state
        draft.family, draft.topic = subject.kind, subject.topic
        draft.cells, draft.alternatives = subject.cells, subject.alternatives
        if subject.start < draft.start and subject.end <= draft.end and subject.start >= start:
            draft.start = subject.start
        when = self._another_time(start, draft.number.start if draft.number else draft.start)
        if when == "previous":
            draft.cells = tuple(cell + PREVIOUS for cell in draft.cells)
            draft.alternatives = ()
        elif when == "other":
            draft.cells, draft.alternatives = (), ()
        head = draft.head
        if head is not None and head.cells:
            new = draft.cells == (RECEIVED,) and not draft.alternatives
            if (new or draft.cells == (CARRIED_IN,)) and WORKLOAD in (head.cells, *head.alternatives):
                head.cells, head.alternatives = WORKLOAD, ()
                state.rows, state.other_rows = WORKLOAD, ((RECEIVED,),)
            elif draft.cells == head.cells:
                draft.cells, draft.alternatives = (), ()
        if subject.kind == "flow" and draft.cells and draft.cells[0] in (RECEIVED, ANSWERED) and head is None:
            state.rows, state.other_rows = draft.cells, draft.alternatives

    def _listing(self, draft: Draft, before: str, subject: Subject | None) -> None:
        """Tie the draft to the count it is a part of, if a list is open or opens here."""
        state = self.state
        opens = _LIST.search(before)
        flow = subject is not None and subject.kind == "flow"
        if opens and opens[0] in "（(" and not flow:
            # a bracket alone opens a list only of what was carried in and what is new
            opens = None
        counts = [d for d in state.drafts if d.kind == "count"]
        if opens and counts:
            last = counts[-1]
            near = [
                d for d in counts
                if d.sentence == last.sentence and d.half == last.half and d.head is None and d.number
            ]  # fmt: skip
            if draft.sentence - last.sentence <= 1 and near:
                state.heads, state.member = near, None
        if not state.heads:
            return
        noun = _noun(before[opens.end() :] if opens else before)
        head = self._head_of(draft, noun, before, subject)
        if head is None:
            return
        draft.head = head
        state.member = draft

    def _head_of(self, draft: Draft, noun: str, before: str, subject: Subject | None) -> Draft | None:
        state, member = self.state, self.state.member
        same = [d for d in state.heads if noun and _noun(d.subject).endswith(noun[-4:]) and len(noun) > 3]
        head = same[-1] if same else state.heads[-1]
        if member is not None:
            family = subject.kind if subject else None
            ended = member.sentence != draft.sentence or _LIST_END.search(before)
            goes_on = (same and len(state.heads) > 1) or (family is not None and family == member.family)
            if ended or (member.half != draft.half and not goes_on):
                state.heads, state.member = [], None
                return None
            if family != member.family and not (family is None or member.family is None):
                return None
        flow = subject is not None and subject.kind == "flow"
        if flow and (ANSWERED in subject.cells or (head.cells == (ANSWERED,) and not head.alternatives)):  # type: ignore[union-attr]
            # answered is no part of received, nor carried in or forward a part of answered
            return None
        unit, head_unit = _counter(draft), _counter(head)
        if unit != head_unit and not (unit in _LIST_UNITS and head_unit in _LIST_UNITS):
            return None
        return head

    def _spread(self, n: int) -> Subject | None:
        """One of several numbers that 分别 spreads over the subjects before them."""
        first = n
        while first and _between_list(self.text, self._numbers[first - 1].end, self._numbers[first].start):
            first -= 1
        number = self._numbers[first]
        lead = self.text[max(0, number.start - 12) : number.start]
        if "分别" not in lead:
            return None
        last = n
        while last + 1 < len(self._numbers) and _between_list(
            self.text, self._numbers[last].end, self._numbers[last + 1].start
        ):
            last += 1
        _, sentence_start = self._sentence(number.start)
        subject = self._subject(max(sentence_start, number.start - BEFORE), number.start, number)
        if subject is None or len(subject.each) != last - first + 1:
            return None
        return Subject(subject.kind, subject.each[n - first], start=subject.start, end=subject.end)

    def _terse(self, before: str, draft: Draft, number: Number) -> Subject | None:
        """公开3件 in a list of outcomes, 废止3件 behind a count of documents."""
        state = self.state
        last = next((d for d in reversed(state.drafts) if d.kind == "count"), None)
        if last is None or number.counter not in _CASE_UNITS or draft.sentence - last.sentence > 1:
            return None
        bare = re.sub("^[，,、；：（]*(?:其中)?[，,、：]?|(?:申请|的|为)*$", "", before)
        if bare in ("公开", "同意", "准予") and (last.family == "outcome" or ANSWERED in last.cells):
            return Subject("outcome", ("requests/granted/total",))
        document = last.cells[0].split("/") if last.family == "proactive" and last.cells else ()
        if document and document[1] in ("regulation", "normative_document") and len(bare) < 12:
            column = next((c.get(self.edition) for pattern, c in _MEASURES[:2] if pattern.search(bare)), None)
            if column is not None:
                return Subject("proactive", (f"proactive/{document[1]}/{column}",))
        return None

    # -- subjects --------------------------------------------------------------------------------------------

    def _subject(self, start: int, end: int, number: Number | None) -> Subject | None:
        """What the words between two places count, when they end in a concept."""
        found = find_concepts(self.text, start, end)
        return self._of_chain(found, end, start, number) if found else None

    def _of_chain(self, found: list[Found], end: int, floor: int, number: Number | None) -> Subject | None:
        text, last = self.text, found[-1]
        tail = _NARROW if last.kind == "proactive" else _FILLER
        if not tail.fullmatch(text, last.end, end):
            return None
        chain, joined = [last], [False]
        for one in reversed(found[:-1]):
            if _CONNECTOR.fullmatch(text, one.end, chain[0].start):
                joined[0] = True
            elif not _FILLER.fullmatch(text, one.end, chain[0].start):
                break
            chain.insert(0, one)
            joined.insert(0, False)
        channels = {one.concept for one in found if one.kind == "channel"}
        if len(channels) == 1 and chain[-1].kind in ("channel", "flow") and "等" not in text[floor:end]:
            return Subject("channel", topic=channels.pop(), start=chain[0].start, end=last.end)
        return self._of_group(chain, joined, floor, end, number)

    def _of_group(
        self, chain: list[Found], joined: list[bool], floor: int, end: int, number: Number | None
    ) -> Subject | None:
        kinds = [one.kind for one in chain]
        kind = next((rank for rank in _RANK if rank in kinds), None)
        if kind is None:
            return None
        place = max(n for n, k in enumerate(kinds) if k == kind)
        group = [chain[place]]
        while place and kinds[place - 1] == kind and joined[place]:
            place -= 1
            group.insert(0, chain[place])
        subject = self._meaning(kind, group, chain, floor, end, number)
        if subject is None:
            return None
        return replace(subject, start=group[0].start, end=chain[-1].end)

    def _meaning(
        self, kind: str, group: list[Found], chain: list[Found], floor: int, end: int, number: Number | None
    ) -> Subject | None:
        if kind == "fee":
            return Subject(kind, topic=group[-1].concept)
        if kind == "proactive":
            return self._proactive(group, floor, end, number)
        if number is not None and number.counter not in _CASE_UNITS and not number.bare:
            return Subject(kind) if number.counter not in ("%", "‰") else self._cases(kind, group, chain)
        return self._cases(kind, group, chain)

    def _cases(self, kind: str, group: list[Found], chain: list[Found]) -> Subject | None:
        if kind == "proceeding":
            self.state.proceedings = tuple(one.concept.partition("/")[2] for one in group)
            return _sum(kind, [_review_cells(name, "total") for name in self.state.proceedings])
        if kind in ("result", "result_part"):
            return self._result(kind, group, chain)
        if kind == "applicant":
            return self._applicants(group, chain)
        if kind in ("outcome", "flow") and not self._of_requests(group, chain[0].start, chain[-1].end):
            return None
        if kind == "outcome":
            return _sum(kind, [(f"{one.concept}/total",) for one in group])
        if kind == "flow":
            return self._flow(group)
        return self._other()

    def _result(self, kind: str, group: list[Found], chain: list[Found]) -> Subject | None:
        named = [one.concept.partition("/")[2] for one in chain if one.kind == "proceeding"]
        if group[-1].concept == "result/lost":
            return _sum(kind, [_review_cells("litigation", "corrected")])
        if named:
            self.state.proceedings = tuple(named)
        if not self.state.proceedings or kind == "result_part":
            return Subject(kind) if self.state.proceedings else None
        cells = []
        for one in group:
            column = one.concept.partition("/")[2]
            columns = ("upheld", "corrected", "other") if column == "concluded" else (column,)
            cells.append(
                tuple(cell for name in self.state.proceedings for c in columns for cell in _review_cells(name, c))
            )
        return _sum(kind, cells)

    def _applicants(self, group: list[Found], chain: list[Found]) -> Subject:
        flows = [one for one in chain if one.kind in ("flow", "outcome") and one.concept not in ("request", "receive")]
        rows = self._cases(flows[-1].kind, flows[-1:], flows).cells if flows else self.state.rows  # type: ignore[union-attr]
        others = () if flows else self.state.other_rows
        columns = [one.concept.partition("/")[2] for one in group]
        found = _sum("applicant", [_in_column(rows or (RECEIVED,), column) for column in columns])
        if len(columns) > 1:
            return found
        return replace(found, alternatives=tuple(_in_column(other, columns[0]) for other in others))

    def _of_requests(self, group: list[Found], start: int, end: int) -> bool:
        """Whether what is answered, closed or withheld are requests for information, by the last topic named."""
        floor = self._sentence(start)[1]
        for begin in (floor, 0):
            last = None
            for last in _TOPIC.finditer(self.text, begin, end):
                pass
            if last is not None:
                return last["requests"] is not None
        if not any(one.concept in _VAGUE for one in group):
            return True
        return self._about_requests or _REQUEST_NOUN.search(self.text, end, end + 60) is not None

    def _flow(self, group: list[Found]) -> Subject | None:
        concepts = [self._dated(one) for one in group]
        if len(concepts) > 1 and "requests/carried_in" in concepts and _INTAKE & set(concepts):
            return Subject("flow", (RECEIVED, CARRIED_IN), each=((RECEIVED,), (CARRIED_IN,)))
        last = concepts[-1]
        cells, alternatives = _FLOWS[last]
        each = tuple(_FLOWS[concept][0] for concept in concepts)
        others = tuple(cell for cell in each[:-1] if cell != cells)
        return Subject("flow", cells, (*alternatives, *others), "receive" if last == "receive" else None, each=each)

    def _dated(self, one: Found) -> str:
        """2019年结转 is carried in, unless 2019 is the report's own year."""
        if one.concept != "carried_dated":
            return one.concept
        own = self.year is not None and self.text.startswith(str(self.year), one.start)
        return "requests/carried_forward" if own else "requests/carried_in"

    def _other(self) -> Subject | None:
        """其他 is the last member of a list of outcomes, results or applicants."""
        last = next((d for d in reversed(self.state.drafts) if d.kind == "count"), None)
        if last is None:
            return None
        if last.family == "outcome":
            return Subject("outcome", ("requests/other/total",))
        if last.family == "result" and self.state.proceedings:
            return _sum("result", [tuple(c for name in self.state.proceedings for c in _review_cells(name, "other"))])
        if last.family == "applicant" and last.cells:
            return Subject("applicant", _in_column(last.cells, "other_organisation"))
        return None

    def _proactive(self, group: list[Found], floor: int, end: int, number: Number | None) -> Subject | None:
        counter = number.counter if number else None
        around = self.text[self._sentence(group[0].start)[1] : group[0].start]
        clause = self.text[floor : group[0].start] if len(group) == 1 else around
        # 公报刊登规范性文件 counts other things, and the next items of that list do too
        if _NOT_PUBLISHED.search(around[-40:]) or _NOT_PUBLISHED.search(self.text[group[-1].end : end]):
            return Subject("proactive")
        cells = []
        for one in group:
            row = one.concept.partition("/")[2]
            column = self._proactive_column(row, counter, clause + self.text[one.end : end])
            if column is None:
                return Subject("proactive")
            cells.append((f"proactive/{row}/{column}",))
        return _sum("proactive", cells)

    def _proactive_column(self, row: str, counter: str | None, clause: str) -> str | None:
        if row in ("regulation", "normative_document"):
            if counter not in _DOCUMENT_UNITS and counter is not None:
                return None
            columns = next(columns for pattern, columns in _MEASURES if pattern.search(clause))
            return columns.get(self.edition)
        if row in ("license", "penalty", "coercion"):
            taken = counter in _DECISION_UNITS and not _NOT_DECIDED.search(clause)
            return "decisions" if taken or counter is None else None
        if row == "fee":
            return "fee_amount" if counter in ("元", None) and self.edition == 2021 else None
        if self.edition != 2019:
            return None
        return "procurement_amount" if counter == "元" else "procurement_items"

    def _behind(self, number: Number) -> Subject | None:
        """What the words behind a number say that it counts."""
        text, start = self.text, number.end
        stop = _CUT.search(text, start, start + BEHIND)
        end = stop.start() if stop else min(len(text), start + BEHIND)
        following = next((other.start for other in self._numbers if other.start >= start), end)
        end = min(end, following)
        found = find_concepts(text, start, end)
        if not found or number.counter not in _CASE_UNITS:
            return None
        specific = [one for one in found if one.concept not in ("request", "receive", "requests/outcome_total")]
        first = (specific or found)[0]
        if first.start - start > 14 or first.kind in ("proactive", "channel", "other", "fee"):
            return None
        applicant = first.kind == "applicant"
        subject = self._cases(first.kind, [first], found if applicant else [first])
        if subject is None:
            return None
        return Subject(first.kind, subject.cells, subject.alternatives, subject.topic, start, first.end)

    # -- shares and changes ----------------------------------------------------------------------------------

    def _percent(self, draft: Draft, n: int, start: int, before: str) -> bool:
        number = self._numbers[n]
        change = _CHANGE.search(before)
        if change:
            return self._change(draft, start, start + change.start(), change["word"], "growth")
        if number.counter == "倍" or number.counter not in ("%", "‰"):
            draft.kind = "growth" if _COMPARED.search(before) else "percent"
            return True
        share = _SHARE.search(before)
        run = self._run_of_percents(n)
        if share or _ONLY_SHARE.fullmatch(before):
            return self._share(draft, n, run, start, share)
        for pattern, concept in _RATES:
            if pattern.search(before):
                draft.kind = "rate"
                found = [Found(concept, start, start)]
                if not (concept.startswith("result") or self._of_requests(found, start, number.start)):
                    return True
                named = [one for one in find_concepts(self.text, start, number.start) if one.kind == "proceeding"]
                if "败诉" in before:
                    named = [Found("proceeding/litigation", start, start)]
                subject = self._cases("result" if concept.startswith("result") else "flow", found, [*named, *found])
                if subject is not None and subject.cells:
                    draft.cells, draft.over = subject.cells, ("?",)
                return True
        draft.kind = "percent"
        return True

    def _share(
        self, draft: Draft, n: int, run: tuple[int, int], start: int, share: re.Match[str] | None
    ) -> bool:
        draft.kind = "share"
        first, last = run
        number = self._numbers[n]
        counts = [d for d in self.state.drafts if d.kind == "count"]
        opening = self._numbers[first]
        subject = self._share_subject(n, run, start + share.start() if share else None)
        if subject is not None:
            draft.cells = subject.cells
            same = [d for d in counts if d.cells == subject.cells]
            draft.part = same[-1] if same else None
            if subject.start < draft.start and subject.start >= start:
                draft.start = subject.start
        else:
            recent = [d for d in counts if d.number and d.number.end <= opening.start][-(last - first + 1) :]
            nth = n - first
            close = self._sentence(number.start)[0]
            if nth < len(recent) == last - first + 1 and recent[nth].sentence == close:
                draft.part = recent[nth]
                draft.cells = draft.part.cells
        if draft.part is None and subject is None:
            return True
        self._whole(draft, counts, share)
        return True

    def _share_subject(self, n: int, run: tuple[int, int], share_at: int | None) -> Subject | None:
        """The concept before 占, one of several when the percentages are a list."""
        first, last = run
        opening = self._numbers[first]
        floor = max(self._numbers[first - 1].end if first else 0, self._sentence(opening.start)[1])
        floor = max(floor, opening.start - BEFORE, self.state.consumed)
        if n != first:
            share = _SHARE.search(self.text[floor : opening.start])
            share_at = floor + share.start() if share else None
        if share_at is None:
            share_at = opening.start
        found = [one for one in find_concepts(self.text, floor, share_at) if one.kind not in ("channel", "proactive")]
        subject = self._of_chain(found, share_at, floor, self._numbers[n]) if found else None
        if subject is None or first == last:
            return subject
        if len(subject.each) == last - first + 1:
            return Subject(subject.kind, subject.each[n - first], start=subject.start, end=subject.end)
        return None

    def _whole(self, draft: Draft, counts: list[Draft], share: re.Match[str] | None) -> None:
        """The denominator: what stands behind 占, else the head of the list, else the total before it."""
        part = draft.part
        if share and share["whole"]:
            number = draft.number
            assert number is not None
            at = number.start - len(share["whole"])
            named = self._subject(at, number.start, number)
            if named is not None and named.cells:
                draft.over = named.cells
        if draft.over is None and part is not None and part.head is not None:
            draft.whole, draft.over = part.head, part.head.cells or None
        if draft.over is None:
            draft.over = self._total_before(draft, counts)
        if draft.over is not None and draft.whole is None:
            same = [d for d in counts if d.cells == draft.over]
            draft.whole = same[-1] if same else None
        if draft.cells:
            draft.over = draft.over or ("?",)
        else:
            draft.over = None

    def _total_before(self, draft: Draft, counts: list[Draft]) -> tuple[str, ...] | None:
        if not draft.cells:
            return None
        table, row, column = draft.cells[0].split("/")
        if table == "reviews" or column != "total":
            wanted = tuple(dict.fromkeys("/".join((*cell.split("/")[:2], "total")) for cell in draft.cells))
        elif table == "requests" and row not in ("received_new", "carried_in", "outcome_total", "carried_forward"):
            wanted = (ANSWERED,)
        else:
            return None
        return wanted if any(d.cells == wanted for d in counts) else None

    def _run_of_percents(self, n: int) -> tuple[int, int]:
        numbers = self._numbers
        first = last = n
        while first and numbers[first - 1].counter == "%" and _between_list(
            self.text, numbers[first - 1].end, numbers[first].start
        ):
            first -= 1
        while last + 1 < len(numbers) and numbers[last + 1].counter == "%" and _between_list(
            self.text, numbers[last].end, numbers[last + 1].start
        ):
            last += 1
        return first, last

    def _change(self, draft: Draft, start: int, until: int, word: str, kind: str) -> bool:
        draft.kind = kind
        draft.direction = "up" if _UP.fullmatch(word) else "down"
        compared = [m.start() for m in _COMPARED.finditer(self.text, start, until)]
        subject = self._subject(start, compared[0] if compared else until, None)
        counts = [d for d in self.state.drafts if d.kind == "count"]
        if subject is not None:
            draft.cells, draft.alternatives = subject.cells, subject.alternatives
            same = [d for d in counts if d.cells == subject.cells]
            draft.part = same[-1] if same else None
        elif counts and counts[-1].sentence == draft.sentence:
            draft.part = counts[-1]
            draft.cells, draft.alternatives = draft.part.cells, draft.part.alternatives
        draft.alternatives = ()
        words_between = self.text[start : draft.number.start]  # type: ignore[union-attr]
        if "环比" in words_between or any(PREVIOUS in cell for cell in draft.cells):
            draft.cells = ()
        if draft.cells:
            previous = tuple(cell + PREVIOUS for cell in draft.cells)
            if kind == "growth":
                draft.over = previous
            else:
                draft.minus = previous
        return True

    # -- statements without a digit --------------------------------------------------------------------------

    def _nothing_reader(self, match: re.Match[str]) -> Callable[[], None]:
        return lambda: self._read_nothing(match)

    def _read_nothing(self, match: re.Match[str]) -> None:
        single = match.re is _NO_SINGLE
        if not single and match["no"] == "未" and not match["verb"]:
            return
        start, end = match.span("object")
        sentence_start = self._sentence(match.start())[1]
        clause = max(sentence_start, *(self.text.rfind(c, 0, match.start()) + 1 for c in "，；："))
        if _CONDITION.search(self.text, clause, match.start()):
            return
        found = find_concepts(self.text, start, end) or self._plain_request(match)
        if not found:
            return
        found = found[:1] if single else found
        while len(found) > 1 and not _NOTHING_TAIL.fullmatch(self.text, found[-1].end, end):
            found.pop()
        if not single and not _NOTHING_TAIL.fullmatch(self.text, found[-1].end, end):
            return
        if single and found[0].start != start:
            return
        self._zero(found, clause, end)

    def _plain_request(self, match: re.Match[str]) -> list[Found]:
        """没有收到申请: the bare word, which elsewhere may be any request."""
        at = self.text.find("申请", *match.span("object"))
        if match.re is _NO_SINGLE:
            return [Found("requests/received_new", at, at + 2)] if at == match.start("object") else []
        taken = "收" in match["verb"] or "受理" in match["verb"] or "接" in match["verb"]
        plain = at >= 0 and _PLAIN.fullmatch(self.text, match.start("object"), at)
        return [Found("requests/received_new", at, at + 2)] if plain and taken else []

    def _after_reader(self, match: re.Match[str]) -> Callable[[], None]:
        return lambda: self._read_after(match)

    def _read_after(self, match: re.Match[str]) -> None:
        sentence_start = self._sentence(match.start())[1]
        start = max(sentence_start, match.start() - BEFORE, *(n.end for n in self._numbers if n.end <= match.start()), 0)
        found = find_concepts(self.text, start, match.start())
        if found and _NOTHING_TAIL.fullmatch(self.text, found[-1].end, match.start()):
            self._zero(found, self._quote_start(start, found[-1].start), match.end())

    def _zero(self, found: list[Found], start: int, end: int) -> None:
        chain, joined = [found[-1]], [False]
        for one in reversed(found[:-1]):
            between = self.text[one.end : chain[0].start]
            if _CONNECTOR.fullmatch(between) or between in ("", "或", "的"):
                joined[0] = bool(between)
                chain.insert(0, one)
                joined.insert(0, False)
            else:
                break
        subject = self._of_group(chain, joined, start, end, None)
        if subject is None or not (subject.cells or subject.kind == "fee"):
            return
        sentence, _ = self._sentence(start)
        cells = subject.cells
        words_ = self.text[start:end].strip("，,、：:；")
        draft = Draft("zero", start, end, None, 0.0, None, words_, cells, topic=subject.topic, sentence=sentence)
        draft.family = subject.kind
        draft.population = self._population(start, end)
        when = self._another_time(start, end)
        if when == "other" or draft.population == "parts":
            draft.cells = ()
        elif when == "previous":
            draft.cells = tuple(cell + PREVIOUS for cell in cells)
        if draft.cells or draft.topic:
            self.state.drafts.append(draft)

    def _upheld_reader(self, match: re.Match[str]) -> Callable[[], None]:
        return lambda: self._read_upheld(match)

    def _read_upheld(self, match: re.Match[str]) -> None:
        sentence, sentence_start = self._sentence(match.start())
        spoken = [
            one.concept.partition("/")[2]
            for one in find_concepts(self.text, sentence_start, match.start())
            if one.kind == "proceeding"
        ]
        cells = tuple(
            dict.fromkeys(
                cell for name in spoken for column in ("corrected", "pending") for cell in _review_cells(name, column)
            )
        )
        if cells:
            words_ = self.text[match.start() : match.end()]
            self.state.drafts.append(
                Draft("all_upheld", match.start(), match.end(), None, 0.0, None, words_, cells, sentence=sentence)
            )

    # -- places ----------------------------------------------------------------------------------------------

    def _sentence(self, at: int) -> tuple[int, int]:
        """Number and start of the sentence a place is in."""
        n = _bisect(self._sentences, at)
        return n, self._sentences[n]

    def _quote_start(self, floor: int, start: int) -> int:
        cuts = [match.end() for match in re.finditer("[，。；：,;:！？]", self.text[floor:start])]
        begin = floor + (cuts[-1] if cuts else 0)
        while begin < start and self.text[begin] in "，、。；：,）)（( ":
            begin += 1
        return begin

    def _quote_end(self, n: int) -> int:
        """Behind the noun that follows the unit (``28个乡镇``), when the clause ends soon."""
        end = self._numbers[n].end
        stop = _CUT.search(self.text, end, end + 16)
        until = stop.start() if stop else end
        return min(until, self._numbers[n + 1].start) if n + 1 < len(self._numbers) else until

    def _population(self, start: int, end: int) -> str | None:
        last: tuple[int, str] | None = None
        for name, pattern in _POPULATIONS:
            for match in pattern.finditer(self.text, start, end):
                if name == "filed":
                    return name
                if last is None or match.start() > last[0]:
                    last = (match.start(), name)
        return last[1] if last else None

    def _another_time(self, start: int, end: int) -> str | None:
        """``previous``, ``other`` or None: whether the words speak of another span than the report's year."""
        if _OTHER_TIME.search(self.text, start, end):
            return "other"
        if _LAST_YEAR.search(self.text, start, end):
            return "previous"
        if self.year is not None:
            years = [int(match[1]) for match in _OTHER_YEAR.finditer(self.text, start, end)]
            if years and self.year not in years:
                return "previous" if years[-1] == self.year - 1 else "other"
        return None


def _review_cells(proceeding: str, column: str) -> tuple[str, ...]:
    rows = LITIGATION if proceeding == "litigation" else (proceeding,)
    return tuple(f"reviews/{row}/{column}" for row in rows)


def _sum(kind: str, each: Iterable[tuple[str, ...]]) -> Subject:
    parts = tuple(each)
    return Subject(kind, tuple(dict.fromkeys(cell for cells in parts for cell in cells)), each=parts)


def _in_column(cells: tuple[str, ...], column: str) -> tuple[str, ...]:
    return tuple(re.sub("/[^/]*$", f"/{column}", cell) for cell in cells)


def _noun(subject: str) -> str:
    return _NOUN.split(subject.strip("，,、：:；（）() "))[-1]


def _counter(draft: Draft) -> str | None:
    return draft.number.counter if draft.number else None


def _between_list(text: str, start: int, end: int) -> bool:
    return end - start <= 2 and text[start:end] in ("、", "，", ",", "和", "及", "与", "以及")


def _bisect(starts: list[int], at: int) -> int:
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        if starts[middle] <= at:
            low = middle + 1
        else:
            high = middle
    return low - 1
