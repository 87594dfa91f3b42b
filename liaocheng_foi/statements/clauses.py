"""Clause by clause through the prose: what each number says, and of which cells of the form.

The words directly before a number say what it counts; where they say nothing (``另有3件顺延``) the words
behind it do, and where those are silent too (``占60%``) it speaks of the count before it. A list opened by
``其中`` ties its members to their head. :mod:`.absence` finds what is said without a digit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from itertools import islice

from . import absence, together
from . import vocabulary as words
from .concepts import find_concepts
from .draft import Draft
from .numbers import Number, Tight, find_numbers
from .references import PREVIOUS
from .subjects import BEFORE, CASE_UNITS, Subject, Subjects

#: How far behind a number its subject is looked for.
BEHIND = 30
#: How many counts a share or a change may look back over.
_REMEMBERED = 60
#: A list of more numbers than this is not spread over subjects.
_LISTED = 20

_SENTENCE = re.compile("[。！？!?]")
_COMMA = re.compile("[，。；：,;:！？]")
_CUT = re.compile("[，。；：、,;:！？（）]")
_OF_WHICH = re.compile("其中有?$")
_LEADING = re.compile(words.LEADING)
_LIST = re.compile(words.LIST)
_IN_BRACKETS = re.compile("（(?:其中|包括|包?含|[:：])")
_LIST_END = re.compile(words.LIST_END)
_BASE = re.compile(words.BASE)
_CHANGE = re.compile(words.CHANGE)
_UP = re.compile(words.UP)
_COMPARED = re.compile(words.COMPARED)
_NOT_YEARLY = re.compile(words.NOT_YEARLY)
_SHARE = re.compile(words.SHARE)
_RESTATES = re.compile(words.RESTATES)
_ONLY_SHARE = re.compile(words.ONLY_SHARE)
_RATES = tuple((re.compile(f"(?:{name}){words.AFTER_RATE}"), concept) for name, concept in words.RATES)
_POPULATIONS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in words.POPULATIONS))
_THIS_YEAR = re.compile(words.THIS_YEAR)
_HANDED_OVER = re.compile(words.HANDED_OVER)
_OF_NUMBER = re.compile(words.OF_NUMBER)
_SEPARATED = re.compile("[，、；,;]")
_OTHER_TIME = re.compile(words.OTHER_TIME)
_LAST_YEAR = re.compile(words.LAST_YEAR)
_SEVERAL_YEARS = re.compile(words.SEVERAL_YEARS)
_OTHER_YEAR = re.compile(words.OTHER_YEAR)
_YEAR = re.compile("(20\\d\\d)年")
_AFTER_BASE = re.compile("[）)]?[，,]?")
_AFTER_BRACKET = re.compile("[，、,]?")
_NOUN = re.compile("[，,、：:；;（）()的]")

_PERCENT = ("%", "‰")
_RATIOS = frozenset((*_PERCENT, "个百分点", "百分点", "倍"))
_BETWEEN = frozenset(("、", "，", ",", "和", "及", "与", "以及"))
#: Units that are used of one and the same document.
_DOCUMENTS = frozenset(["件", "条", "篇", "份", "个", "项", "件次", "部", "则"])
_SELF_EXPLAINING = _DOCUMENTS - {"个", "项"}
#: Signs around the words before a number.
EDGE = "，、。；：,:;（）() "


class Reader:
    """Reads one run of text.

    ``year`` is the report's year where it is known; ``about_requests`` says that the text stands under a
    heading on requests.
    """

    def __init__(self, tight: Tight, edition: int, year: int | None, about_requests: bool) -> None:
        self.text = tight.masked
        self.year = year
        self.subjects = Subjects(self.text, edition, year, about_requests)
        self.drafts: list[Draft] = []
        self._counts: deque[Draft] = deque(maxlen=_REMEMBERED)
        self._numbers = find_numbers(tight)
        self._sentences = [0, *(match.end() for match in _SENTENCE.finditer(self.text))]
        self._spreads = "分别" in self.text
        self._heads: list[Draft] = []
        self._member: Draft | None = None
        #: Where the bracket opens that the list stands in; -1 for none.
        self._bracket = -1
        self._consumed = 0

    def read(self) -> list[Draft]:
        """The statements of the run in order."""
        said_without = sorted(absence.find(self.text), key=lambda one: one.at)
        for n, number in enumerate(self._numbers):
            while said_without and said_without[0].at < number.start:
                self._read_absence(said_without.pop(0))
            self._read_number(n)
        for one in said_without:
            self._read_absence(one)
        return self.drafts

    def _read_number(self, n: int) -> None:
        number, text = self._numbers[n], self.text
        sentence, sentence_start = self.sentence(number.start)
        previous = self._numbers[n - 1].end if n else 0
        floor = max(previous, sentence_start, self._consumed, number.start - BEFORE)
        start = max(floor, text.rfind("；", floor, number.start) + 1)
        half = text.count("；", sentence_start, number.start)
        draft = Draft("count", self.clause_start(start, number.start), number.end, number, sentence, half)
        before = text[start : number.start]
        if number.counter in _RATIOS:
            self._ratio(draft, n, start, before)
        elif not self._count(draft, n, start, before):
            return
        if number.bare and number.unit and number.bound == "over":
            draft.end = self._numbers[n + 1].end
        elif number.bound == "under" and n and self._numbers[n - 1].bare and self.drafts:
            draft.start = self.drafts[-1].start
        draft.words = text[draft.start : number.start].strip(EDGE)
        noun_behind = number.counter not in _SELF_EXPLAINING or len(draft.words) < 3
        if draft.kind == "count" and draft.end == number.end and noun_behind:
            draft.end = self._noun_end(n)
        whose = max(previous, sentence_start, number.start - BEFORE)
        draft.population = self.population(whose, number.start) or self._of_last(draft)
        if draft.population in ("parts", "applicants") and draft.kind in ("count", "share"):
            draft.cells, draft.alternatives, draft.over = (), (), None
        self.drafts.append(draft)
        if draft.kind == "count":
            self._counts.append(draft)

    # -- counts ----------------------------------------------------------------------------------------------

    def _count(self, draft: Draft, n: int, start: int, before: str) -> bool:
        """Fill in what a number with a unit counts; False when it is no count after all."""
        number = self._numbers[n]
        change = _CHANGE.search(before)
        if change and (_COMPARED.search(before) or self._behind_base(change, before)):
            self._change(draft, start, change, "difference")
            return True
        subject = self._spread(n) or self._before(start, number)
        if subject is not None and n and self._of_number_before(n, subject):
            subject = None
        if subject is None or subject.vague or _OF_WHICH.search(before):
            subject = self._behind(draft, n, before, subject) or subject
        subject = subject or self.subjects.of_clause(before)
        if number.bare and (number.unit is None) and not (subject and subject.cells):
            return False
        if number.in_words and number.value == 1 and subject is None:
            return False
        draft.subject = subject
        if subject is None and self._is_base(before) and (last := self._same_sentence(draft)) is not None:
            draft.cells = tuple(cell + PREVIOUS for cell in last.cells)
            return True
        if subject is None and (said := together.of_count(before)) is not None:
            draft.parts = together.parts(self._counts, draft, said["many"])
            draft.cells = together.cells(draft.parts)
            return True
        self._list(draft, before)
        if subject is not None:
            self._settle(draft, subject, start)
            noted = Subject(subject.kind, draft.cells or subject.cells, draft.alternatives)
            self.subjects.note(noted, number.end)
        return True

    def _behind_base(self, change: re.Match[str], before: str) -> bool:
        """较2021年（252件）增加20件: whether nothing but a change stands behind the number compared with."""
        last = self._counts[-1] if self._counts else None
        of_base = last is not None and any(PREVIOUS in cell for cell in last.cells)
        return of_base and _AFTER_BASE.fullmatch(before, 0, change.start()) is not None

    def _is_base(self, before: str) -> bool:
        """Whether a number is that of an earlier year, which this year's is compared with."""
        base = _BASE.search(before)
        year = base["year"] if base else None
        return base is not None and (year is None or self.year is None or int(year) < self.year)

    def _of_number_before(self, n: int, subject: Subject) -> bool:
        """22件已办结、2件…: whether the words before a number stand directly behind the number before it."""
        end = self._numbers[n - 1].end
        directly = subject.start >= end and _OF_NUMBER.fullmatch(self.text, end, subject.start)
        return bool(directly and _SEPARATED.search(self.text, subject.end, self._numbers[n].start))

    def _before(self, start: int, number: Number) -> Subject | None:
        return self.subjects.before(start, number.start, self.sentence(number.start)[1], number)

    def _behind(self, draft: Draft, n: int, before: str, vague: Subject | None) -> Subject | None:
        """The subject behind the number, when the words before it leave room for one."""
        number, text = self._numbers[n], self.text
        of_which = _OF_WHICH.search(before)
        if number.counter not in CASE_UNITS or not (
            vague or of_which or _LEADING.fullmatch(before.rpartition("，")[2])
        ):
            return None
        following = self._numbers[n + 1].start if n + 1 < len(self._numbers) else len(text)
        stop = _CUT.search(text, number.end, following)
        end = stop.start() if stop else following
        subject = self.subjects.behind(number.end, min(end, number.end + BEHIND))
        if subject is None or (vague and not of_which and subject.kind == "flow"):
            return None
        draft.end = subject.end
        self._consumed = end
        return subject

    def _settle(self, draft: Draft, subject: Subject, start: int) -> None:
        """Give the draft the cells of its subject, unless another time or a part of a whole is spoken of."""
        assert draft.number is not None
        draft.topic = subject.topic
        draft.cells, draft.alternatives = subject.cells, subject.alternatives
        if start <= subject.start < draft.start:
            draft.start = subject.start
        draft.time = self._time(start, draft.number.start) or self._time_of_last(draft)
        received = subject.kind == "flow" and subject.cells != (words.CARRIED_IN,)
        handed_over = received and _HANDED_OVER.search(self.text, start, draft.number.start)
        if draft.time in ("previous", "other") or handed_over:
            draft.cells = tuple(cell + PREVIOUS for cell in draft.cells) if draft.time == "previous" else ()
            draft.alternatives = ()
        head = draft.head
        if head is None or not head.cells:
            return
        is_new = draft.cells == (words.RECEIVED,) and not draft.alternatives
        if (is_new or draft.cells == (words.CARRIED_IN,)) and words.WORKLOAD in (
            head.cells,
            *head.alternatives,
        ):
            # 收到20件，其中上年结转3件: the 20 include what was carried in
            head.cells, head.alternatives = words.WORKLOAD, ()
            self.subjects.rows, self.subjects.other_rows = words.WORKLOAD, ((words.RECEIVED,),)
        elif draft.cells == head.cells:
            draft.cells, draft.alternatives = (), ()

    def _spread(self, n: int) -> Subject | None:
        """One of several numbers that 分别 spreads over the subjects before them."""
        if not self._spreads:
            return None
        first, last = self._run(n, percent=False)
        opening = self._numbers[first]
        if "分别" not in self.text[max(0, opening.start - 12) : opening.start]:
            return None
        floor = self.sentence(opening.start)[1]
        previous = self._numbers[first - 1].end if first else 0
        subject = self.subjects.before(max(floor, previous, opening.start - BEFORE), opening.start, floor, opening)
        if subject is None or len(subject.each) != last - first + 1:
            return None
        return Subject(subject.kind, subject.each[n - first], start=subject.start, end=subject.end)

    def _run(self, n: int, percent: bool) -> tuple[int, int]:
        """First and last of the numbers around the n-th with nothing but a comma or 和 between them."""
        first = last = n
        while first and n - first < _LISTED and self._neighbours(first - 1, percent):
            first -= 1
        while last + 1 < len(self._numbers) and last - n < _LISTED and self._neighbours(last, percent):
            last += 1
        return first, last

    def _neighbours(self, n: int, percent: bool) -> bool:
        one, other = self._numbers[n : n + 2]
        alike = percent == (one.counter in _PERCENT) == (other.counter in _PERCENT)
        return alike and self.text[one.end : other.start] in _BETWEEN

    # -- lists -----------------------------------------------------------------------------------------------

    def _list(self, draft: Draft, before: str) -> None:
        """Tie the draft to the count it is a part of, if a list is open or opens here."""
        opens = _LIST.search(before)
        if draft.family != "flow" and self._in_brackets(draft):
            # what a bracket takes apart is not in the list around it
            return
        if opens and self._counts:
            last = self._counts[-1]
            self._heads = [
                one
                for one in list(self._counts)[-4:]
                if (one.sentence, one.half) == (last.sentence, last.half) and one.head is None
            ]
            self._member = None
            self._bracket = self._open_bracket(draft)
            if draft.sentence - last.sentence > 1:
                self._heads = []
        elif self._bracket >= 0 and self.text.find("）", self._bracket, draft.number.start if draft.number else 0) >= 0:
            self._heads = []
        if not self._heads:
            return
        noun = _NOUN.split((before[opens.end() :] if opens else before).strip(EDGE))[-1]
        draft.head = self._head(draft, noun, before)
        if draft.head is not None:
            self._member = draft
        elif opens or draft.half != self._heads[-1].half:
            self._heads = []

    def _complete(self, head: Draft, draft: Draft) -> bool:
        """Whether the parts named before a number make up their whole."""
        parts = [one.number.amount for one in self._counts if one.head is head and one.number]
        assert draft.number is not None
        return bool(head.number and draft.number.amount and sum(parts) == head.number.amount)

    def _in_brackets(self, draft: Draft) -> bool:
        """Whether a bracket is open that does not open a list itself."""
        assert draft.number is not None
        opened = self._open_bracket(draft)
        return opened >= 0 and _IN_BRACKETS.match(self.text, opened) is None

    def _open_bracket(self, draft: Draft) -> int:
        """Place of the bracket that a number stands in; -1 where it stands in none."""
        assert draft.number is not None
        end = draft.number.start
        opened = self.text.rfind("（", self.sentence(end)[1], end)
        return opened if opened >= 0 and self.text.find("）", opened, end) < 0 else -1

    def _head(self, draft: Draft, noun: str, before: str) -> Draft | None:
        named = [one for one in self._heads if len(noun) > 3 and one.words.endswith(noun[-4:])]
        head = named[-1] if named else self._heads[-1]
        member, family = self._member, draft.family
        if member is not None and self._complete(head, draft):
            return None
        if member is not None:
            last = self.drafts[-1]
            with_share = last.kind == "share" and member in last.parts
            related = (family is not None and family == member.family) or with_share
            goes_on = related or (named and len(self._heads) > 1)
            if member.sentence != draft.sentence or _LIST_END.search(before):
                return None
            if member.half != draft.half and not goes_on:
                return None
            if family != member.family and family is not None and member.family is not None:
                return None
        if draft.subject and family == "flow":
            # of the flows only new and carried in are parts of another, of what was received
            received = words.WORKLOAD in (head.cells, *head.alternatives) or head.cells == (words.RECEIVED,)
            if not received or not set(draft.subject.cells) <= set(words.WORKLOAD):
                return None
        alike = draft.counter in _DOCUMENTS and head.counter in _DOCUMENTS
        return head if alike or draft.counter == head.counter else None

    # -- shares, rates, changes ------------------------------------------------------------------------------

    def _ratio(self, draft: Draft, n: int, start: int, before: str) -> None:
        number = self._numbers[n]
        change = _CHANGE.search(before)
        share = _SHARE.search(before)
        if change:
            self._change(draft, start, change, "growth")
        elif number.counter in _PERCENT and (said := together.of_share(before)) is not None:
            self._joint_share(draft, said)
        elif number.counter not in _PERCENT:
            draft.kind = "growth" if _COMPARED.search(before) else "percent"
        elif share or _ONLY_SHARE.fullmatch(before):
            self._share(draft, n, start, share)
        else:
            self._rate(draft, start, before)

    def _rate(self, draft: Draft, start: int, before: str) -> None:
        draft.kind = "percent"
        for pattern, concept in _RATES:
            if (match := pattern.search(before)) is not None:
                draft.kind = "rate"
                at = start + match.start()
                found = [one for one in find_concepts(self.text, start, at) if one.kind == "proceeding"]
                subject = self.subjects.of_rate(concept, found, at)
                if subject is not None and subject.cells:
                    draft.cells, draft.over = subject.cells, ("?",)
                return

    def _share(self, draft: Draft, n: int, start: int, share: re.Match[str] | None) -> None:
        draft.kind = "share"
        run = self._run(n, percent=True)
        subject = self._share_subject(n, run, start + share.start() if share else None)
        if subject is None and share is None:
            # 40.2%予以公开
            subject = self._directly_behind(draft.end)
        if subject is not None:
            draft.cells = subject.cells
            draft.parts = self._count_of(subject.cells)
            if start <= subject.start < draft.start:
                draft.start = subject.start
        elif n != run[0] or share is None or _RESTATES.fullmatch(self.text, start, start + share.start()):
            draft.parts = self._restated(n, run)
            draft.cells = together.cells(draft.parts)
        self._whole(draft, share["whole"] if share else None)
        draft.over = (draft.over or ("?",)) if draft.cells else None

    def _joint_share(self, draft: Draft, said: re.Match[str]) -> None:
        """两项合计占68.1%: the share of several counts before it."""
        draft.kind = "share"
        draft.parts = together.parts(self._counts, draft, said["many"])
        draft.cells = together.cells(draft.parts)
        self._whole(draft, said["whole"])
        draft.over = (draft.over or ("?",)) if draft.cells else None

    def _share_subject(self, n: int, run: tuple[int, int], share_at: int | None) -> Subject | None:
        """The concept before 占, one of several when the percentages are a list."""
        first, last = run
        opening = self._numbers[first]
        sentence = self.sentence(opening.start)[1]
        previous = self._numbers[first - 1].end if first else 0
        start = max(previous, sentence, opening.start - BEFORE, self._consumed)
        if n != first or share_at is None:
            share = _SHARE.search(self.text[start : opening.start])
            share_at = start + share.start() if share else opening.start
        found = [one for one in find_concepts(self.text, start, share_at) if one.kind not in ("channel", "proactive")]
        if not found:
            return None
        subject = self.subjects.of_words(found, start, share_at, sentence, self._numbers[n])
        if subject is None or not subject.cells or first == last:
            return subject if subject and subject.cells else None
        if len(subject.each) != last - first + 1:
            return None
        return Subject(subject.kind, subject.each[n - first], start=subject.start, end=subject.end)

    def _directly_behind(self, end: int) -> Subject | None:
        subject = self.subjects.behind(end, end + BEHIND)
        found = find_concepts(self.text, end, end + BEHIND) if subject else []
        return subject if found and found[0].start == end and subject and subject.kind == "outcome" else None

    def _restated(self, n: int, run: tuple[int, int]) -> tuple[Draft, ...]:
        """The count that a percentage without a subject of its own restates."""
        first, last = run
        recent = list(self._counts)[-(last - first + 1) :]
        if n - first >= len(recent) or len(recent) != last - first + 1:
            return ()
        counted = recent[n - first]
        return (counted,) if counted.sentence == self.sentence(self._numbers[n].start)[0] else ()

    def _whole(self, draft: Draft, words_for_it: str | None) -> None:
        """The denominator: what stands behind 占, else the head of the list, else the total before it."""
        number = draft.number
        assert number is not None
        if words_for_it:
            named = self._before(number.start - len(words_for_it), number)
            draft.over = named.cells or None if named else None
        if draft.over is None and draft.parts and (head := together.head(draft.parts)) is not None:
            draft.whole, draft.over = head, head.cells or None
        if draft.over is None and (total := _total_of(draft.cells)) and self._count_of(total):
            draft.over = total
        if draft.over is not None and draft.whole is None:
            draft.whole = next(iter(self._count_of(draft.over)), None)

    def _count_of(self, cells: tuple[str, ...]) -> tuple[Draft, ...]:
        """The last count of these cells, where there is one."""
        found = (one for one in reversed(self._counts) if cells and one.cells == cells)
        return tuple(islice(found, 1))

    def _same_sentence(self, draft: Draft) -> Draft | None:
        """The last count of this year in the draft's sentence."""
        of_this_year = (one for one in reversed(self._counts) if not any(PREVIOUS in cell for cell in one.cells))
        last = next((one for one in of_this_year if not self._closed(one, draft)), None)
        return last if last is not None and last.sentence == draft.sentence else None

    def _closed(self, one: Draft, draft: Draft) -> bool:
        """Whether a count stands in a bracket that ends right before the draft's clause."""
        assert one.number is not None
        at = self.text.rfind("）", one.end, draft.start)
        directly = at >= 0 and _AFTER_BRACKET.fullmatch(self.text, at + 1, draft.start)
        return bool(directly) and self.text.rfind("（", 0, at) <= one.number.start

    def _change(self, draft: Draft, start: int, change: re.Match[str], kind: str) -> None:
        assert draft.number is not None
        draft.kind = kind
        draft.direction = "up" if _UP.fullmatch(change["word"]) else "down"
        until = start + change.start()
        compared = _COMPARED.search(self.text, start, until)
        end = compared.start() if compared else until
        begin = max(start, self.text.rfind("，", start, end) + 1)
        subject = self.subjects.before(begin, end, self.sentence(end)[1], None)
        if subject is None and compared:
            # 与上年相比，申请量增加20件
            subject = self.subjects.before(compared.end(), until, self.sentence(end)[1], None)
        before = self.drafts[-1] if self.drafts else None
        if subject is not None:
            draft.cells, draft.parts = subject.cells, self._count_of(subject.cells)
        elif before is not None and before.direction and before.sentence == draft.sentence:
            draft.cells, draft.parts = before.cells, before.parts
        elif (last := self._same_sentence(draft)) is not None:
            draft.cells, draft.parts = last.cells, (last,)
        yearly = _NOT_YEARLY.search(self.text, start, draft.number.start) is None and self._of_last_year(start, until)
        if not yearly or any(PREVIOUS in cell for cell in draft.cells):
            draft.cells = ()
        previous = tuple(cell + PREVIOUS for cell in draft.cells)
        if previous and kind == "growth":
            draft.over = previous
        elif previous:
            draft.minus = previous

    def _of_last_year(self, start: int, end: int) -> bool:
        """Whether no year before the last is named, which this year's figure is compared with."""
        named = [int(year) for year in _YEAR.findall(self.text[start:end])]
        return self.year is None or all(year >= self.year - 1 for year in named)

    # -- said without a digit --------------------------------------------------------------------------------

    def _read_absence(self, one: absence.Absence) -> None:
        sentence, floor = self.sentence(one.at)
        subject = absence.subject_of(one, self.subjects, floor)
        if subject is None or not (subject.cells or subject.topic):
            return
        start = one.at if one.kind == "all_upheld" else self.clause_start(floor, min(subject.start, one.at))
        draft = Draft(one.kind, start, one.end, None, sentence, subject=subject, topic=subject.topic)
        draft.words = self.text[start : one.end].strip(EDGE)
        draft.cells = subject.cells
        draft.population = self.population(start, one.end)
        when = self._time(start, one.end)
        if when == "other" or draft.population in ("parts", "applicants"):
            draft.cells = ()
        elif when == "previous":
            draft.cells = tuple(cell + PREVIOUS for cell in draft.cells)
        if draft.cells or draft.topic:
            self.drafts.append(draft)

    # -- places ----------------------------------------------------------------------------------------------

    def sentence(self, at: int) -> tuple[int, int]:
        """Number and start of the sentence a place is in."""
        n = bisect_right(self._sentences, at) - 1
        return n, self._sentences[n]

    def clause_start(self, floor: int, end: int) -> int:
        """Where the clause that a place is in begins, not before ``floor``."""
        begin = floor
        for comma in _COMMA.finditer(self.text, floor, end):
            begin = comma.end()
        while begin < end and self.text[begin] in EDGE:
            begin += 1
        return begin

    def _noun_end(self, n: int) -> int:
        """Behind the noun that follows the unit (``28个乡镇``), when the clause ends soon."""
        end = self._numbers[n].end
        stop = _CUT.search(self.text, end, end + 16)
        until = stop.start() if stop else end
        return min(until, self._numbers[n + 1].start) if n + 1 < len(self._numbers) else until

    def population(self, start: int, end: int) -> str | None:
        """Whose figure the words say it is."""
        named = [match.lastgroup for match in _POPULATIONS.finditer(self.text, start, end)]
        if {"parts", "own"} <= set(named):
            # 各县区和市直部门: all of them together
            return "region"
        return "filed" if "filed" in named else named[-1] if named else None

    def _of_last(self, draft: Draft) -> str | None:
        """The population of the number before, where the sentence goes on without naming another."""
        last = self.drafts[-1] if self.drafts else None
        goes_on = last is not None and (last.sentence, last.half) == (draft.sentence, draft.half)
        return last.population if last is not None and goes_on and last.population != "region" else None

    def _time(self, start: int, end: int) -> str | None:
        """``this``, ``previous``, ``other`` or None: which span the words speak of beside the report's year."""
        if _OTHER_TIME.search(self.text, start, end) or _SEVERAL_YEARS.search(self.text, start, end):
            return "other"
        if _LAST_YEAR.search(self.text, start, end):
            return "previous"
        years = [int(match[1]) for match in _OTHER_YEAR.finditer(self.text, start, end)]
        if _THIS_YEAR.search(self.text, start, end) or (years and self.year in years):
            return "this"
        if self.year is None or not years:
            return None
        return "previous" if years[-1] == self.year - 1 else "other"

    def _time_of_last(self, draft: Draft) -> str | None:
        """The time of the count before, where the sentence goes on without naming another."""
        last = self._counts[-1] if self._counts else None
        goes_on = last is not None and (last.sentence, last.half) == (draft.sentence, draft.half)
        return last.time if last is not None and goes_on else None


def _total_of(cells: tuple[str, ...]) -> tuple[str, ...] | None:
    """What cells like these are usually a share of: their row's total, or all requests answered."""
    if not cells:
        return None
    table, row, column = cells[0].split("/")
    if table == "reviews" or column != "total":
        return tuple(dict.fromkeys("/".join((*cell.split("/")[:2], "total")) for cell in cells))
    flows = (words.RECEIVED, words.CARRIED_IN, words.ANSWERED, words.CARRIED_FORWARD)
    return (words.ANSWERED,) if table == "requests" and cells[0] not in flows else None
