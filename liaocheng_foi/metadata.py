"""Who reports, on which year, since when: found in the text and the medium's own metadata, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice

from .grid import Document, Paragraph
from .problems import Problem
from .values import INVISIBLE

_YEAR = r"(?P<{}>20\d\d|二[〇○零OＯ0]{{1}}[〇○零一二三四五六七八九]{{2}})"
_DIGITS = str.maketrans("〇○零一二三四五六七八九OＯ", "0001234567890" + "0")
_NAME = r"[\u4e00-\u9fff·（）()]{2,40}?"
_REPORT = re.compile("信息公开(?:工作)?(?:年度|年)(?:工作)?报告")
_TITLE = re.compile(
    rf"(?:{_YEAR.format('first')}\s*年度?)?(?P<organ>{_NAME})??的?"
    rf"(?:{_YEAR.format('second')}\s*年?度?)?的?(?:政府)?{_REPORT.pattern}"
)
_PERIOD = re.compile(
    r"(20\d\d)年(\d{1,2})月(\d{1,2})日?(?:起)?[,，]?(?:至|到|—|-|－|~|～)(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日?"
)
_OF_FIGURES = re.compile("统计|数据|[期时]限|年度?报告|周期")
_NOTICE = re.compile(r"国办公开办函[〔\[【（(]?\s*(20\d\d)\s*[〕\]】）)]?\s*(\d+)\s*号")
_DATE = re.compile(r"(20\d\d)\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?")
_PUBLISHED = re.compile(r"(?:发布|公开|发文|成文|印发|生成|更新)(?:日期|时间)\s*[:：]?\s*" + _DATE.pattern)
#: Stands between paragraphs joined to one text.
_BETWEEN = "\u2424"
#: Not seen in print, although Python calls it printable.
_JOINER = "\u034f"
_META_DATES = ("pubdate", "publishdate", "article:published_time", "createdate")
_REGION = (
    *(f"全{region}" for region in "省市县区州盟旗"),
    *("各县", "各区", "各级", "所属部门", "所属单位", "各部门", "各镇", "各乡", "各街道"),
)
_OWN_LEVEL = "本级"
_GOVERNMENT = re.compile(r"(?<![镇乡])人民政府$|[省市县区州盟旗]$")
_OFFICE = re.compile(r"办公[室厅]$|[局委厅院部署会所处站中心]$|(?:镇|乡)(?:人民政府)?$|街道|管委会$|管理委员会$")
_LEADING = re.compile(r"^.*?(?:当前位置|首页|>|》|»)\s*")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report says of itself; None where it does not say."""

    organ: str | None = None
    """Name of the body as printed, or the code given by the caller."""
    year: int | None = None
    """The year the report is about."""
    scope: str | None = None
    """``organ``, ``own-level`` or ``region-wide``."""
    title: str | None = None
    publisher: str | None = None
    """Who signed the report."""
    published: str | None = None
    """ISO date of publication."""
    notice: str | None = None
    """The notice on the form that the text cites."""
    period: tuple[str, str] | None = None
    """ISO dates of the first and last day that the figures cover."""

    def override(self, **given: object) -> Metadata:
        """The same with every given value that is not None put in place."""
        known = {field.name for field in fields(self)}
        return replace(self, **{k: v for k, v in given.items() if v is not None and k in known})  # type: ignore[arg-type]


def find(document: Document) -> tuple[Metadata, list[Problem]]:
    """(metadata, problems): what could not be found, and what contradicts itself."""
    paragraphs = list(document.paragraphs())
    problems: list[Problem] = []
    title, organ, year = _named(document, paragraphs)
    # at once, for a page may hold hundreds; the sign between them is none of the blanks
    text = _tight(_BETWEEN.join([p.text for p in paragraphs])).replace(_BETWEEN, "\n")
    period = _period(text)
    if period is not None:
        said = int(period[0][:4])
        if year is None:
            year = said
        elif said != year:
            problems.append(
                Problem("metadata-conflict", details={"label": "year", "raw": f"{year}, {period[0]}–{period[1]}"})
            )
    publisher, signed = _signature(paragraphs)
    if organ is None and publisher is not None:
        organ = publisher
    for label, value in (("organ", organ), ("year", year)):
        if value is None:
            problems.append(Problem("metadata-missing", details={"label": label}))
    notice = _NOTICE.search(text)
    found = Metadata(
        organ,
        year,
        _scope(organ, title, text),
        title,
        publisher,
        _published(document, text, signed),
        notice and f"国办公开办函〔{notice[1]}〕{notice[2]}号",
        period,
    )
    return found, problems


def _tight(text: str) -> str:
    tight = "".join(unicodedata.normalize("NFKC", text).split()).replace("(", "（").replace(")", "）")
    return tight if tight.isprintable() and _JOINER not in tight else INVISIBLE.sub("", tight)


def _named(document: Document, paragraphs: list[Paragraph]) -> tuple[str | None, str | None, int | None]:
    """(title, organ, year), each from the first candidate that has it."""
    title = organ = year = None
    for found in _titles(document, paragraphs):
        title, organ, year = title or found[0], organ or found[1], year or found[2]
        if organ and year:
            break
    return title, organ, year


def _titles(document: Document, paragraphs: list[Paragraph]) -> Iterator[tuple[str, str | None, int | None]]:
    """(title, organ, year) of each candidate: the first lines of the text, alone and joined, then the medium's."""
    lines = [_tight(p.text) for p in islice((p for p in paragraphs if len(p.text) <= 80), 40)]
    # a title set on several lines is one title; the joined ones are the fuller
    for count in (1, 2, 3):
        for first in range(len(lines) - count + 1):
            found = _title("".join(lines[first : first + count]))
            if found is not None and (found[1] or count > 1) and found[2]:
                yield found
    for text in (document.title, document.meta.get("ArticleTitle"), document.name.rsplit(".", 1)[0]):
        found = _title(_tight(text)) if text else None
        if found is not None:
            yield found
    for line in lines:
        found = _title(line)
        if found is not None:
            yield found


def _title(text: str) -> tuple[str, str | None, int | None] | None:
    if "信息公开" not in text or not _REPORT.search(text):
        return None
    match = _TITLE.search(_LEADING.sub("", text).strip("《》“”"))
    if match is None:
        return None
    printed = match["first"] or match["second"]
    organ = match["organ"]
    if organ:
        organ = organ.strip("的（）·") or None
    year = int(printed.translate(_DIGITS)) if printed else None
    if organ is None and year is None:
        return None
    return match[0], organ, year


def _period(text: str) -> tuple[str, str] | None:
    found = list(_PERIOD.finditer(text))
    named = (match for match in found if _OF_FIGURES.search(_around(text, match)))
    # other spans of time stand in the text too: campaigns, consultations
    whole = (match for match in found if match[2].lstrip("0") == match[3].lstrip("0") == "1" or match[5] == "12")
    match = next(named, None) or next(whole, None)
    if match is None:
        return None
    first_year, month, day, last_year, last_month, last_day = match.groups()
    return (
        f"{first_year}-{int(month):02}-{int(day):02}",
        f"{last_year or first_year}-{int(last_month):02}-{int(last_day):02}",
    )


def _around(text: str, match: re.Match[str]) -> str:
    """The words of the sentence that a date stands in, before and behind it."""
    before, behind = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 20]
    return re.split("[。\n]", before)[-1] + re.split("[。\n]", behind)[0]


def _signature(paragraphs: list[Paragraph]) -> tuple[str | None, str | None]:
    """(who signed, ISO date) from the last lines."""
    signed = None
    for paragraph in reversed(paragraphs[-6:]):
        line = _tight(paragraph.text)
        date = _DATE.fullmatch(line)
        if date is not None:
            signed = _iso(date)
        elif 4 <= len(line) <= 30 and (_OFFICE.search(line) or _GOVERNMENT.search(line)):
            return line, signed
    return None, signed


def _iso(date: re.Match[str]) -> str | None:
    year, month, day = (int(part) for part in date.groups()[-3:])
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _published(document: Document, text: str, signed: str | None) -> str | None:
    for name, value in document.meta.items():
        date = _DATE.search(value) if name.lower() in _META_DATES else None
        if date is not None:
            return _iso(date)
    stated = _PUBLISHED.search(text) if "日期" in text or "时间" in text else None
    return _iso(stated) if stated else signed


def _scope(organ: str | None, title: str | None, text: str) -> str | None:
    if organ is None:
        return None
    if title and _OWN_LEVEL in title:
        return "own-level"
    if _OFFICE.search(organ):
        return "organ"
    if _GOVERNMENT.search(organ) and any(words in text for words in _REGION):
        return "region-wide"
    return None
