"""TX, PR12, PR13: what the text counts, against the tables and against itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..codebook import GROUPS, codebook
from ..statements import PREVIOUS, Statement, parse_reference
from .catalogue import rule
from .facts import Facts
from .finding import NOT_ASSESSABLE, Key, Outcome, Words, both, cell_words, number, short_names

#: Populations that need not be that of the table.
_OTHER_POPULATIONS = ("parts", "filed")
#: How far from the exact figure a number with 余, 近, 约 or 多 may be.
_ROUGHLY = 0.1
#: Two parts that miss their whole by less than this are worth a look.
_NEARLY = 0.02
_MEDIA = re.compile("网|微|媒体|公众号|平台|客户端|报|渠道|方式")
_ANSWERED = re.compile("答复|办结|办理|回复")
_OUTCOMES = ("granted", "partly_granted", *GROUPS)
_DOCUMENTS = ("regulation", "normative_document")
_RESULTS = ("upheld", "corrected", "other", "pending")


@dataclass(frozen=True, slots=True)
class Compared:
    """One count of the text beside the cells it speaks of."""

    rule: str
    statement: Statement
    cells: tuple[Key, ...]
    found: float
    expected: float
    agrees: bool


@dataclass(frozen=True)
class Said:
    """The numbers in the text of a report, compared."""

    facts: Facts

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All of them, in reading order."""
        return self.facts.report.numbers_in_text

    def sum(self, terms: Sequence[str]) -> float | None:
        """What the tables give for a sum of cells and groups; None when a cell was not found."""
        total = 0.0
        for term in terms:
            table, row, column = term.removesuffix(PREVIOUS).split("/")
            value = (self.facts.before if term.endswith(PREVIOUS) else self.facts.value)(table, row, column)
            if value is None:
                return None
            # money stands in the tables in 10,000 yuan, in the text in yuan
            total += value * (10_000 if codebook().unit(table, row, column) == "万元" else 1)
        return total

    @cached_property
    def compared(self) -> list[Compared]:
        """Every count of this year that speaks of cells."""
        found = []
        fitting: dict[int, set[int]] = {}
        for place, statement in enumerate(self.statements):
            if statement.kind not in ("count", "zero") or not statement.refers_to:
                continue
            readings = [parse_reference(text) for text in (statement.refers_to, *statement.alternatives)]
            if any(r.over or r.minus or any(t.endswith(PREVIOUS) for t in r.terms) for r in readings):
                continue
            sums = [self.sum(reading.terms) for reading in readings]
            known = [value for value in sums if value is not None]
            if not known:
                continue
            cells = tuple(tuple(term.split("/")) for term in readings[0].terms)
            fitting[place] = {
                n for n, value in enumerate(sums) if value is not None and bounds(statement, statement.amount, value)
            }
            agrees = bool(fitting[place] & self._as_its_head(statement, fitting))
            name = _rule_of(cells, statement, self.facts.report.edition)
            found.append(Compared(name, statement, cells, statement.amount, known[0], agrees))  # type: ignore[arg-type]
        return found

    def _as_its_head(self, statement: Statement, fitting: dict[int, set[int]]) -> set[int]:
        """Which readings of a part of a list go with those in which its whole agrees: newly received, or all."""
        every = set(range(1 + len(statement.alternatives)))
        head = None if statement.head is None else self.statements[statement.head]
        alike = head is not None and len(head.alternatives) == len(statement.alternatives)
        return (alike and fitting.get(statement.head)) or every  # type: ignore[arg-type]

    def of(self, name: str) -> list[Compared]:
        """The comparisons that are one rule's."""
        return [each for each in self.compared if each.rule == name]


def bounds(statement: Statement, amount: float, exact: float) -> bool:
    """Whether an amount says an exact figure, to the decimals printed or as roughly as its words allow."""
    if not statement.approximate:
        unit = abs(statement.amount / statement.value) if statement.value else 1.0
        printed = statement.decimals or (statement.unit or "").startswith(("万", "亿", "千", "百"))
        slack = 0.5 * 10.0**-statement.decimals * unit if printed else 0.0
        if statement.kind in ("share", "growth", "percent", "rate"):
            slack = 0.5 * 10.0**-statement.decimals
        return abs(amount - exact) <= slack + 1e-9
    low, high = amount * (1 - _ROUGHLY), amount * (1 + _ROUGHLY)
    low, high = min(low, high), max(low, high)
    if statement.bound == "over":
        low = amount
    elif statement.bound == "under":
        high = amount
    return low - 1e-9 <= exact <= high + 1e-9


def _rule_of(cells: Sequence[Sequence[str]], statement: Statement, edition: int) -> str:
    """The rule that a comparison falls under, by its first cell."""
    table, row, column = cells[0]
    if table == "proactive":
        return "PR13" if row == "regulation" and edition != 2019 else "PR12"
    if table == "reviews":
        return "RV05" if statement.kind == "zero" and all(c[-1] == "corrected" for c in cells) else "TX07"
    return {"received_new": "TX01", "outcome_total": "TX02", "carried_in": "TX03", "carried_forward": "TX03"}.get(
        row, "TX04"
    )


def _mismatches(facts: Facts, name: str) -> Iterator[Outcome]:
    compared = facts.text.of(name)
    if not compared:
        yield NOT_ASSESSABLE
    for each in compared:
        if not each.agrees and not _of_a_unit(each, facts):
            severity = "info" if _may_differ(each, facts) else None
            words = {"what": _said(each, facts, severity is not None)}
            yield Outcome(
                each.cells, each.expected, each.found, severity=severity, statement=each.statement, words=words
            )


def _may_differ(each: Compared, facts: Facts) -> bool:
    """Whether text and table may be right both: prose counts decisions and fees in more than one way."""
    table, row, _ = each.cells[0]
    return (table == "proactive" and row not in _DOCUMENTS) or elsewhere(each.statement, facts)


def elsewhere(statement: Statement, facts: Facts) -> bool:
    """Whether the text says that it counts another population than the table may."""
    if statement.population == "region":
        return facts.report.scope == "organ"
    if statement.population is None and _by_another(statement, facts):
        return True
    if statement.head is not None and _by_another(facts.report.numbers_in_text[statement.head], facts):
        return True
    if statement.population == "own":
        return facts.report.scope not in ("organ", "own-level")
    return statement.population in _OTHER_POPULATIONS


_ACTOR = re.compile(
    r"(?P<name>[\u4e00-\u9fff]*?(?:[省市县区旗州盟镇乡局委厅办室院会]|街道|政府|中心|单位|部门|机构|机关))"
    r"(?:共计?|累计|全年|新|20\d\d年度?|本年度?)*(?:收到|接[收到]|受理|办理|答复|办结|回复|制[发定作]|印发|出台)"
)
#: Words that make a place or body the report's own.
_OWN = re.compile("[全我本各]|行政机关")


def _by_another(statement: Statement, facts: Facts) -> bool:
    """Whether the words name another body than the report's as the one that received, answered or issued."""
    actor = _ACTOR.search(statement.subject)
    if actor is None or _OWN.search(actor["name"]) or not facts.name:
        return False
    named, own = (_stem(name) for name in (actor["name"], facts.name))
    if len(named) == 1 and facts.report.scope == "region-wide":
        # 市政府 alone is the government itself, not the city
        return True
    return not (named.endswith(own) or own.endswith(named))


def _of_a_unit(each: Compared, facts: Facts) -> bool:
    """Whether a body of the region is named as the one that counts, and counts no more than the region."""
    return facts.report.scope == "region-wide" and each.found <= each.expected and _by_another(each.statement, facts)


def _stem(name: str) -> str:
    """A body's name without 人民政府 and without what stands before it in a sentence."""
    return re.sub(r"(?:人民)?政府(?:办公[厅室])?$|办公[厅室]$", "", re.sub(r"^(?:.*[由对向中年度])?", "", name))


def _said(each: Compared, facts: Facts, unsure: bool) -> Words:
    """What the text says and what the table has; where else the number stands; that it may count something else."""
    equal = _equal_cell(each, facts)

    def words(lang: str) -> str:
        zh = lang == "zh"
        names = short_names(each.cells, facts.report.edition)(lang)
        found, expected = number(each.found), number(each.expected)
        zh_text, en_text = f"正文为{found}，表中为{expected}", f"{found} in the text, {expected} in the table"
        texts = [f"{names}：{zh_text}" if zh else f"{names}: {en_text}"]
        if unsure:
            texts.append("所指范围可能不同" if zh else "it may count something else")
        if equal is not None:
            label = cell_words(equal, facts.report.edition)(lang)
            texts.append(f"与{label}相同" if zh else f"it equals {label}")
        return ("；" if zh else "; ").join(texts)

    return words


def _equal_cell(each: Compared, facts: Facts) -> Key | None:
    """A single applicant's column or a single row of the group that has the text's number."""
    if len(each.cells) > 3 or each.cells[0][0] != "requests" or each.found <= 0:
        return None
    columns = [code.code for code in codebook().columns("requests", facts.report.edition) if code.code != "total"]
    for table, row, _ in each.cells:
        for column in columns:
            if facts.value(table, row, column) == each.found:
                return table, row, column
        children = facts.cells(table, row, "total")
        for key in children if len(children) > 1 else ():
            if facts.value(*key) == each.found:
                return key
    return None


for _name in ("TX01", "TX02", "TX03", "TX04", "PR12", "PR13"):
    rule(_name)(lambda facts, name=_name: _mismatches(facts, name))  # type: ignore[misc]


@rule("TX07")
def reviews_in_text(facts: Facts) -> Iterator[Outcome]:
    """Counts; shares and rates, once for each list, where they are of all cases though some are pending."""
    yield from _mismatches(facts, "TX07")
    told = set()
    for statement in facts.report.numbers_in_text:
        of_reviews = (statement.refers_to or "").startswith("reviews/")
        if not of_reviews or statement.kind not in ("share", "rate") or elsewhere(statement, facts):
            continue
        terms = parse_reference(statement.refers_to or "").terms
        rows = dict.fromkeys(term.split("/")[1] for term in terms)
        total, pending = (
            facts.text.sum([f"reviews/{row}/{column}" for row in rows]) for column in ("total", "pending")
        )
        part, list_of = facts.text.sum(terms), (tuple(rows), statement.paragraph, statement.whole)
        if part is None or not total or pending is None or list_of in told:
            continue
        of_all, of_concluded = (
            whole > 0 and bounds(statement, statement.value, 100 * part / whole) for whole in (total, total - pending)
        )
        cells = [("reviews", row, column) for row in rows for column in ("total", "pending")]
        raw = "".join(statement.quote.split())
        if of_all and pending and not of_concluded:
            told.add(list_of)
            what = both(
                f"占比以全部{total:.10g}件为分母，含未审结的{pending:.10g}件",
                f"the shares are of all {total:.10g} cases, {pending:.10g} of them not yet concluded",
            )
            yield Outcome(cells, statement=statement, words={"what": what})
        elif statement.kind == "rate" and not (of_all or of_concluded):
            what = both(
                f"{raw}：{part:.10g}/{total:.10g}，审结{total - pending:.10g}件，均不相符",
                f"{raw}: {part:.10g} of {total:.10g}, {total - pending:.10g} concluded: neither fits",
            )
            yield Outcome(cells, statement=statement, words={"what": what})


@rule("TX08")
def all_answered(facts: Facts) -> Iterator[Outcome]:
    """A hundred per cent answered although some were carried forward."""
    forward = facts.value("requests", "carried_forward")
    for statement in facts.report.numbers_in_text:
        every = statement.kind in ("rate", "percent") and statement.value == 100
        of_requests = _ANSWERED.search(statement.subject) and "申请" in statement.subject
        if every and of_requests and forward:
            cells = [("requests", "carried_forward", "total")]
            words = {"raw": "".join(statement.quote.split())}
            yield Outcome(cells, 0.0, forward, statement=statement, words=words)


def adds_up(parts: Sequence[float], whole: float, complete: bool, apart: bool) -> bool | None:
    """Whether parts add up to their whole; None where they need not: the list may leave some out, or they overlap.

    ``apart``: no case is counted in two of them.
    """
    found = sum(parts)
    if abs(found - whole) < 1e-9:
        return True
    if complete or (apart and found > whole):
        return False
    # nearly the whole, in several parts: a slip rather than a selection
    return False if len(parts) >= 3 and abs(whole - found) <= _ROUGHLY * whole else None


def _odd(parts: Sequence[Statement], head: Statement) -> bool:
    """Whether parts that need not add up are worth a look: two that nearly do, several that are more than the whole.

    What is published in several media is counted in each.
    """
    total = sum(part.amount for part in parts)
    if len(parts) == 2:
        return abs(head.amount - total) <= _NEARLY * head.amount
    return len(parts) > 2 and total > head.amount and not any(_MEDIA.search(part.subject) for part in parts)


@rule("TX09")
def channels(facts: Facts) -> Iterator[Outcome]:
    """In person, online, by post, by fax: together what was received."""
    by_paragraph: dict[int, list[Statement]] = {}
    for statement in facts.report.numbers_in_text:
        if statement.kind == "count" and (statement.topic or "").startswith("channel/") and not statement.approximate:
            by_paragraph.setdefault(statement.paragraph, []).append(statement)
    received = [value for terms in _RECEIVED if (value := facts.text.sum(terms)) is not None]
    groups = [group for group in by_paragraph.values() if len(group) > 1]
    if not groups or not received:
        yield NOT_ASSESSABLE
    for group in groups if received else ():
        said = [s.amount for s in facts.report.numbers_in_text if s.refers_to in ("requests/received_new/total",)]
        verdicts = [adds_up([s.amount for s in group], whole, False, True) for whole in (*received, *said)]
        if True not in verdicts and False in verdicts:
            total = sum(s.amount for s in group)
            yield Outcome([("requests", "received_new", "total")], received[0], total, statement=group[0])


_RECEIVED = (
    ["requests/received_new/total"],
    ["requests/received_new/total", "requests/carried_in/total"],
)


@rule("TX10")
def lists_add_up(facts: Facts) -> Iterator[Outcome]:
    """A head and the members named after 其中; a list of a few need not be complete, channels are TX09's.

    Sums said in words (两项合计5件), where the tables do not have them.
    """
    said = facts.report.numbers_in_text
    sums = [s for s in said if s.kind == "count" and s.parts and not s.refers_to]
    members: dict[int, list[Statement]] = {}
    for statement in said:
        channel = (statement.topic or "").startswith("channel/")
        if statement.head is not None and statement.kind == "count" and not channel:
            members.setdefault(statement.head, []).append(statement)
    if not members and not sums:
        yield NOT_ASSESSABLE
    for whole in sums:
        parts = [said[part] for part in whole.parts]
        total = sum(part.amount for part in parts)
        if total != whole.amount and not any(s.approximate for s in (whole, *parts)):
            words = {"raw": "".join(whole.quote.split())}
            yield Outcome((), whole.amount, total, statement=whole, words=words)
    as_printed = {id(each.statement) for each in facts.text.compared if each.found == each.expected}
    for at, parts in members.items():
        head = said[at]
        if head.kind != "count" or any(s.approximate for s in (head, *parts)):
            continue
        if all(id(s) in as_printed for s in (head, *parts)):
            # figures of the tables, whose sums have rules of their own
            continue
        columns = {(s.refers_to or "").split("/")[-1] for s in parts}
        complete = columns >= set(_RESULTS) and all((s.refers_to or "").startswith("reviews/") for s in parts)
        tied = all(s.refers_to for s in parts)
        total = sum(s.amount for s in parts)
        verdict = adds_up([s.amount for s in parts], head.amount, complete, tied)
        verdict, severity = (False, "info") if verdict is None and _odd(parts, head) else (verdict, None)
        if verdict is False and (complete or len({s.unit for s in (head, *parts)}) == 1):
            words = {"raw": "".join(head.quote.split())}
            yield Outcome((), head.amount, total, severity=severity, statement=head, words=words)


@rule("TX11")
def one_value(facts: Facts) -> Iterator[Outcome]:
    """Two exact counts of the same cells, neither of which may count something else."""
    first: dict[str, Compared] = {}
    for each in facts.text.compared:
        statement = each.statement
        if statement.approximate or statement.kind != "count" or _may_differ(each, facts):
            continue
        known = first.setdefault(statement.refers_to or "", each)
        if known.found != each.found and not (known.agrees and each.agrees):
            words: dict[str, Words] = {
                "first": "".join(known.statement.quote.split())[-40:],
                "second": "".join(statement.quote.split())[-40:],
            }
            yield Outcome(each.cells, known.found, each.found, statement=statement, words=words)
