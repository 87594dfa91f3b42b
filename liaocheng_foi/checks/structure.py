"""ST: parts, tables, edition, dates, labels, and whether the text is the body's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..codebook import EDITIONS, TABLES, codebook
from ..problems import quoted
from ..similarity import own_texts, similarity
from .catalogue import rule
from .facts import Facts, chinese
from .finding import NOT_ASSESSABLE, Outcome, Words, both, cells_words, table_words

#: numeral -> part of the report.
_PARTS = dict(zip("一二三四五六", (code.code for code in codebook().select("form", "section")), strict=True))
_LAST = tuple(_PARTS.values())[-2:]
_NUMBERED = re.compile(r"[\s#*]*([一二三四五六])\s*[、.．](?!.{40})")
_NOTHING = re.compile(r"(?:暂?无|没有)[。.]?|[/—-]+")
#: Words that tell of the fee for processing requests.
FEE = re.compile(r"处理费|(?<!事业性)收费|费用")
_ACCOUNTABILITY = re.compile("考核|评议|评估|责任追究|追究责任|追责|问责")
_NAMED = "政府信息公开工作年度报告"
_TITLE = re.compile(rf"(?:20\d\d年度?)?([\u4e00-\u9fff]{{2,20}}?)(?:20\d\d年度?)?{_NAMED}")
_INTRODUCES = re.compile("条例|编制|公布|发布|公开工作年度报告如下")
_BODY = re.compile("(?:人民政府|办公[厅室]|[省市县区州盟旗局委厅院部署会镇乡]|街道|办事处)$")
#: Words before the title that are not part of a body's name.
_LEADING = re.compile(r".*(?:现公布|公布|编制|发布|形成|本|关于|撰写|制作|的|和|与|及)")
_NOTICE = re.compile(r"〔?(20\d\d)〕?\D*(\d+)号")
_NOTICES = {2019: "60", 2021: "30"}
_COPIED = 95


@rule("ST01")
def parts_in_order(facts: Facts) -> Iterator[Outcome]:
    """A report of which only the tables were read cannot be assessed; a heading may be worded in its own way."""
    if not facts.prose:
        yield NOT_ASSESSABLE
        return
    found = list(dict.fromkeys(part.section for part in facts.paragraphs if part.section))
    numbered = {match[1] for part in facts.paragraphs if (match := _NUMBERED.match(part.text))}
    wrong = [part for numeral, part in _PARTS.items() if part not in found and numeral not in numbered]
    in_order = sorted(found, key=list(_PARTS.values()).index)
    wrong += [part for part, expected in zip(found, in_order, strict=True) if part != expected]
    if wrong:
        yield Outcome(words={"parts": _part_names(wrong)})


def _part_names(parts: list[str]) -> Words:
    def words(lang: str) -> str:
        names = [quoted(codebook().label("form", "section", part, lang), lang) for part in parts]
        return ("、" if lang == "zh" else ", ").join(names)

    return words


@rule("ST02")
def every_cell_there(facts: Facts) -> Iterator[Outcome]:
    """One finding per table that lacks cells."""
    there = {cell.key for cell in facts.report.cells()}
    missing = [key for key in facts.form_cells() if key not in there]
    for table in TABLES if missing else ():
        cells = [key for key in missing if key[0] == table]
        if cells:
            named = {"table": table_words(table), "cells": cells_words(cells, facts.report.edition)}
            yield Outcome(cells, words={**named, "count": len(cells)})


@rule("ST03")
def edition_of_year(facts: Facts) -> Iterator[Outcome]:
    """The form of 2019 serves the reports on 2019 and 2020."""
    year, edition = facts.report.year, facts.report.edition
    if year is None:
        yield NOT_ASSESSABLE
    elif edition != (expected := EDITIONS[0] if year < EDITIONS[1] else EDITIONS[1]):
        yield Outcome(expected=expected, found=edition, words={"year": year})


@rule("ST04")
def notice_cited(facts: Facts) -> Iterator[Outcome]:
    """Only where the text cites a notice on the form."""
    cited = facts.report.notice
    match = _NOTICE.search(cited or "")
    if match is None:
        yield NOT_ASSESSABLE
    elif _NOTICES.get(int(match[1])) == match[2] and int(match[1]) != facts.report.edition:
        yield Outcome(words={"notice": cited or "", "edition": facts.report.edition})


@rule("ST05")
def one_year(facts: Facts) -> Iterator[Outcome]:
    """The period's year, and a date of publication that lies in the year reported on or before it."""
    report = facts.report
    if report.year is None or (report.period is None and report.published is None):
        yield NOT_ASSESSABLE
        return
    if report.period is not None and int(report.period[0][:4]) != report.year:
        words: dict[str, Words] = {"year": report.year, "what": both("统计期间起于", "period")}
        yield Outcome(expected=report.year, found=int(report.period[0][:4]), words=words)
    if report.published is not None and int(report.published[:4]) <= report.year:
        words = {"year": report.year, "what": both("发布日期", "date of publication")}
        yield Outcome(expected=report.year + 1, found=int(report.published[:4]), words=words)


@rule("ST06")
def valid_period(facts: Facts) -> Iterator[Outcome]:
    """Start before end, both in the year."""
    report = facts.report
    if report.period is None or report.year is None:
        yield NOT_ASSESSABLE
        return
    start, end = report.period
    if not (start < end and start[:4] == end[:4] == str(report.year)):
        yield Outcome(words={"start": start, "end": end, "year": report.year})


@rule("ST07")
def in_time(facts: Facts) -> Iterator[Outcome]:
    """31 January for a department, 31 March for a government; townships have no date of their own."""
    published, deadline = facts.report.published, facts.deadline
    if published is None or deadline is None:
        yield NOT_ASSESSABLE
    elif published > deadline.isoformat():
        yield Outcome(words={"found": published, "expected": deadline.isoformat()})


@rule("ST08")
def labels_as_on_the_form(facts: Facts) -> Iterator[Outcome]:
    """What the reader noted of labels."""
    if not facts.read:
        yield NOT_ASSESSABLE
    for problem in facts.report.problems:
        if problem.code in ("label-variant", "label-nearest"):
            raw, label = (str(problem.details[name]) for name in ("raw", "label"))
            yield Outcome(words={"raw": raw, "label": label})


@rule("ST09")
def note_on_sums(facts: Facts) -> Iterator[Outcome]:
    """What the reader noted of the remark in the head of the table on requests."""
    if not facts.read:
        yield NOT_ASSESSABLE
    for problem in facts.report.problems:
        if problem.code == "note-missing":
            yield Outcome(words={"label": str(problem.details["label"])})


@rule("ST10")
def in_one_piece(facts: Facts) -> Iterator[Outcome]:
    """A table cut by pages; small tables one after the other are how some documents are made."""
    grids = {(cell.table, cell.page, cell.grid) for cell in facts.report.cells()}
    for table in TABLES:
        count = sum(grid[0] == table for grid in grids)
        if count > 1:
            yield Outcome(words={"table": table_words(table), "count": count})


@rule("ST11")
def last_parts(facts: Facts) -> Iterator[Outcome]:
    """Part five says something; part six is there."""
    if not facts.prose:
        yield NOT_ASSESSABLE
        return
    there = {part.section for part in facts.paragraphs}
    for part in _LAST:
        text = facts.sections.get(part, "")
        if part in there and (not text or (part == _LAST[0] and _NOTHING.fullmatch(text))):
            yield Outcome(words={"part": _part_names([part])})


@rule("ST12")
def processing_fee(facts: Facts) -> Iterator[Outcome]:
    """In part six, as is the practice."""
    text = facts.sections.get(_LAST[1])
    if not text:
        yield NOT_ASSESSABLE
    elif not FEE.search(text):
        yield Outcome(words={"part": _part_names([_LAST[1]])})


@rule("ST13")
def not_copied(facts: Facts) -> Iterator[Outcome]:
    """Digits and the form's own words aside."""
    before = own_texts(facts.previous.paragraphs) if facts.previous and facts.prose else {}
    alike = similarity("\n".join(before.values()), "\n".join(facts.sections.values())) if before else None
    if alike is None:
        yield NOT_ASSESSABLE
    elif alike > _COPIED:
        yield Outcome(found=round(alike, 1))


@rule("ST14")
def own_name(facts: Facts) -> Iterator[Outcome]:
    """Where the text introduces itself by the title of another body's report; titles in lists of links are none."""
    name = facts.name
    if not facts.prose or not chinese(name):
        yield NOT_ASSESSABLE
        return
    for part in facts.paragraphs:
        text = "".join(part.text.split())
        if part.section not in (None, "overview") or _NAMED not in text or not _INTRODUCES.search(text):
            continue
        for match in _TITLE.finditer(text):
            other = _LEADING.sub("", match[1])
            if len(other) > 2 and _BODY.search(other) and other[:2] not in name and name[:2] not in other:
                yield Outcome(words={"raw": match[0]})
                return


@rule("ST15")
def accountability(facts: Facts) -> Iterator[Outcome]:
    """Asked of governments only."""
    if not facts.prose or not facts.of_government:
        yield NOT_ASSESSABLE
    elif not any(_ACCOUNTABILITY.search(text) for text in facts.sections.values()):
        yield Outcome()


@rule("ST16")
def whose_figures(facts: Facts) -> Iterator[Outcome]:
    """Where neither the title nor the text of a government's report decides it."""
    if facts.report.scope is not None or (facts.prose and not facts.of_government):
        return
    yield Outcome() if facts.prose else NOT_ASSESSABLE
