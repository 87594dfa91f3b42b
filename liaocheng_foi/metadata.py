"""Who reports, on which year, since when: found in the text and the medium's own metadata, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from itertools import islice, pairwise
from numbers import Integral

from .grid import Document, Grid, Paragraph
from .problems import Problem, SelectionError
from .schemas import SCOPES
from .values import INVISIBLE, chinese_number

#: Signs for zero among Chinese numerals, also letters that look like one: of Latin, Greek, Cyrillic.
_ZEROS = "〇○零O◯\u039f\u041e"
_YEAR = f"(?:20\\d\\d|二[{_ZEROS}0][{_ZEROS}一二三四五六七八九]{{2}})"
_DIGITS = str.maketrans(f"{_ZEROS}一二三四五六七八九", "0" * len(_ZEROS) + "123456789")
#: Of names, also with numbers that are no years: 12345热线, 第2中学.
_LETTERS = r"(?:[\u4e00-\u9fff·（）()“”]|\d(?!\d*[-—－~年]))"
#: A name, or those of a few bodies that report together; no rest of a year is one.
_NAME = rf"(?!学?年|\d)(?:{_LETTERS}{{3,20}}、){{0,3}}{_LETTERS}{{2,40}}?"
#: How such a report is called; by a shorter name only where a title ends with it.
_REPORT = re.compile(
    rf"信息公[开開](?:工作)?(?:(?:情[况況])?的?(?P<within>{_YEAR})?(?:年度|年)(?:工作)?(?:情[况況]的?)?[报報]告|"
    "(?:年度?[报報]|(?:工作)?的?(?:情[况況]的?)?[报報]告)(?![\u4e00-\u9fff，。、；：]))"
)
#: The same where lines end in it.
_REPORT_OF_LINES = re.compile(
    rf"信\n?息\n?公\n?[开開]\n?(?:工\n?作)?\n?(?:情\n?[况況])?\n?的?\n?{_YEAR}?(?:年\n?度|年)?\n?(?:工\n?作)?\n?"
    r"(?:情\n?[况況]\n?的?)?\n?[报報]告?"
)
_TITLE = re.compile(
    rf"(?:(?P<first>{_YEAR})年度?[）〕\]】]?)?(?P<organ>{_NAME})??的?"
    rf"(?:(?P<second>{_YEAR})年?度?)?的?(?:政府|政[务務])?(?:{_REPORT.pattern})"
)
#: The year behind a title, on a line of its own only in brackets or as a year.
_YEAR_BEHIND = re.compile(rf"[（〔\[【]?({_YEAR})(?:年度?)?[）〕\]】]?")
_YEAR_BELOW = re.compile(rf"\n(?:[（〔\[【]{_YEAR}(?:年度?)?[）〕\]】]|{_YEAR}年度?)(?=\n|$)")
_PERIOD = re.compile(
    r"(20\d\d)年(\d{1,2})月(\d{1,2})日?(?:起)?[,，]?(?:至|到|—|-|－|~|～)(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日?"
)
_OF_FIGURES = re.compile("[统統][计計]|[数數][据據]|[期时時]限|年度?[报報]告|[周週]期")
_NOTICE = re.compile(r"[国國][办辦]公[开開][办辦]函[〔\[【（(]?\s*(20\d\d)\s*[〕\]】）)]?\s*(\d+)\s*号")
_COUNT = r"\d{1,2}|[一二三四五六七八九十]{1,2}|元"
#: In text without blanks the time of the day may stand right behind it.
_DATE = re.compile(
    rf"({_YEAR})\s*(?:年|[-/.])\s*({_COUNT})\s*(?:月|[-/.])\s*"
    rf"(\d{{1,2}}?(?=(?:[01]?\d|2[0-3]):\d\d|\D|$)|[一二三四五六七八九十]{{1,3}})\s*日?"
)
_ENDS_OF_DATES = frozenset("日0123456789")
#: The day of publication, and days near it, one of which stands where that does not.
_DAYS = "(?:发布|公开)(?:日期|时间)", "(?:(?:发文|成文|印发|生成|更新)|(?m:^))(?:日期|时间)"
_STATED = [re.compile(rf"{day}\s*[:：】]?\s*{_DATE.pattern}") for day in _DAYS]
#: Labels of the small table of an article's particulars, which websites put above it.
_LABELS = {
    "published": re.compile(_DAYS[0]),
    "dated": re.compile(_DAYS[1]),
    "publisher": re.compile("(?:发布|发文|公开)(?:机构|机关|单位|主体)"),
}
#: Stands between paragraphs joined to one text; so many are joined.
_BETWEEN, _AT_ONCE = "\u2424", 1000
_UNREAD = "\N{REPLACEMENT CHARACTER}"
#: The characters of double width in nearly every text.
_USUALLY_WIDE = tuple(zip("，：；（）！？％", ",:;()!?%", strict=True))
#: Not seen in print, although Python calls it printable.
_JOINER = "\u034f"
_META_DATES = ("pubdate", "publishdate", "article:published_time", "createdate")
_REGION = re.compile(r"全[省市县區区縣州盟旗]|各[县縣区區级級镇鎮乡鄉]|各部[门門]|各街道|所[属屬](?:部[门門]|[单單]位)")
_OWN_LEVEL = re.compile("本[级級]")
_OWN_LEVEL_BEHIND = re.compile("（[^（）]{0,10}本[级級][^（）]{0,10}）")
_GOVERNMENT = re.compile(r"(?:(?<![镇鎮乡鄉])人民政府|[省市县縣区區州盟旗])$")
_OFFICE = re.compile(
    r"(?:[办辦]公[室厅廳]|[局委厅廳院部署会會所處处站队隊馆館台社校]|中心|公司|集[团團]|[大中小][学學]|幼[儿兒][园園]|"
    r"[镇鎮乡鄉](?:人民政府)?)(?:（[^（）]+）)?$|街道"
)
_LEADING = re.compile(r"^.*?(?:当前位置|首页|>|》|»)\s*|^(?:现将|关于)(?:印发|发布|公布)?|^附[件表]?\d{0,2}(?=\D)")
#: What a title says between the name of a body and that of the report, or of the body that this is of.
_ABOUT = re.compile("[关關][于於](?:印[发發]|[发發公]布|[报報]送|[上呈][报報])?")
#: A body that speaks of itself is not named.
_OWN = re.compile("我|本(?:机关|单位|部门|[局委办厅院校镇级市县区])")
#: A line that tells where in a website the page stands.
_PATH = re.compile("[>›»]|当前位置")
#: A line of the foot of a website.
_FOOT = re.compile("[:：]|版权|主办|承办|备案")
#: So many titles are looked at; a page may be one long list of them.
_TITLES = 60
_LINES_OF_TITLE, _LONGEST_TITLE, _LONGEST_NAME = 3, 80, 200
#: So many rows at the head of a table may hold titles.
_HEAD = 10
#: Lines at the end that a signature with its date is looked for in, and one without; size of a table of particulars.
_SIGNED_WITHIN, _LAST_LINES, _PARTICULARS = 40, 6, 10


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
        """The same with every given value that is not None put in place.

        Raises :class:`SelectionError` for a year that is no whole number and a scope that is none of the three.
        """
        year, scope = given.get("year"), given.get("scope")
        if year is not None and not isinstance(year, Integral):
            raise SelectionError(f"year is {year!r}; give a whole number such as 2024.")
        if scope not in (None, *SCOPES):
            raise SelectionError(f"scope is {scope!r}; it must be one of {', '.join(SCOPES)}.")
        known = {field.name for field in fields(self)}
        return replace(self, **{k: v for k, v in given.items() if v is not None and k in known})  # type: ignore[arg-type]


def find(document: Document) -> tuple[Metadata, list[Problem]]:
    """(metadata, problems): what could not be found, and what contradicts itself."""
    problems: list[Problem] = []
    text = _text(document)
    particulars = _particulars(document)
    period = _period(text)
    title, organ, year = _named(document, text, int(period[0][:4]) if period else None)
    if period is not None:
        said = int(period[0][:4])
        if year is None:
            year = said
        elif said != year:
            problems.append(
                Problem("metadata-conflict", details={"label": "year", "raw": f"{year}, {period[0]}–{period[1]}"})
            )
    publisher, signed = _signature(text)
    publisher = publisher or particulars.get("publisher")
    if organ is None and publisher is not None:
        organ = publisher
    for label, value in (("organ", organ), ("year", year)):
        if value is None:
            problems.append(Problem("metadata-missing", details={"label": label}))
    notice = _NOTICE.search(text) if "函" in text else None
    found = Metadata(
        organ,
        year,
        _scope(organ, title, text),
        title,
        publisher,
        _published(document.meta, text, particulars.get("published") or particulars.get("dated")) or signed,
        notice and f"国办公开办函〔{notice[1]}〕{notice[2]}号",
        period,
    )
    return found, problems


def _text(document: Document) -> str:
    """The paragraphs, and the titles at the head of tables, without blanks, one a line."""
    texts = [text for block in document.blocks for text in _texts(block)]
    # many at once, for a page may hold hundreds of them; the sign between them is none of the blanks
    parts = (_BETWEEN.join(texts[i : i + _AT_ONCE]) for i in range(0, len(texts), _AT_ONCE))
    return "\n".join([_tight(part).replace(_BETWEEN, "\n") for part in parts])


def _texts(block: Grid | Paragraph) -> Iterator[str]:
    """The text of a paragraph, or of the rows at the head of a table that hold one text alone."""
    if isinstance(block, Paragraph):
        yield block.text
        return
    for row in block.cells[:_HEAD]:
        texts = {text for text in row if text}
        if len(texts) > 1 or any(len(text) > _LONGEST_NAME for text in texts):
            break
        yield from texts


def _tight(text: str) -> str:
    """The text in characters of usual width but for brackets, without blanks and what is not seen."""
    for wide, narrow in _USUALLY_WIDE:
        text = text.replace(wide, narrow)
    # seldom needed then, and slow
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    tight = "".join(text.split()).replace("(", "（").replace(")", "）")
    return tight if tight.isprintable() and _JOINER not in tight else INVISIBLE.sub("", tight)


_Title = tuple[str, str | None, int | None]


def _named(document: Document, text: str, said: int | None) -> tuple[str | None, str | None, int | None]:
    """(title, organ, year): of the candidates the one of the year of the figures that names both, the first of them.

    A page may name other reports too, in its menus.
    """
    found = list(_titles(text))
    agreed = {title[1:] for title in found if title[1] and title[2] and said in (None, title[2])}
    own = list(_titles_of_medium(document)) if len(agreed) != 1 else []
    found += own
    if not found:
        return None, None, None
    names = {title[1:] for title in own}
    title, organ, year = max(found, key=lambda t: (said in (None, t[2]), bool(t[1] and t[2]), t[1:] in names))
    year = year or next((other for _, _, other in found if other), None)
    organ = organ or next((other for _, other, its in found if other and its in (None, year)), None)
    return title, organ, year


def _titles(text: str) -> Iterator[_Title]:
    """The titles in the text; where one names no organ, that may stand on lines of its own above."""
    for match in islice(_REPORT_OF_LINES.finditer(text), _TITLES):
        end = text.find("\n", match.end())
        below = _YEAR_BELOW.match(text, end) if end >= 0 else None
        end = below.end() if below else end
        line = text.rfind("\n", 0, match.start()) + 1
        behind = text[match.start() : end if end >= 0 else None]
        for number in range(_LINES_OF_TITLE):
            before = text[line : match.start()]
            if len(before) + len(behind) > _LONGEST_TITLE or (number and _PATH.search(before)):
                break
            found = _title((before + behind).replace("\n", ""))
            if found is not None and (found[2] or not number):
                yield found
                if found[1]:
                    break
            line = text.rfind("\n", 0, max(line - 1, 0)) + 1


def _titles_of_medium(document: Document) -> Iterator[_Title]:
    for text in (document.title, document.meta.get("ArticleTitle"), document.name.rsplit(".", 1)[0]):
        found = _title(_tight(text[:_LONGEST_NAME])) if text else None
        if found is not None:
            yield found


def _title(text: str) -> _Title | None:
    named = _REPORT.search(text)
    if named is None:
        return None
    match = _TITLE.search(_LEADING.sub("", text[: named.end()]).strip("《“"))
    if match is None:
        return None
    behind = _YEAR_BEHIND.fullmatch(text, named.end())
    printed = match["first"] or match["second"] or match["within"] or (behind and behind[1])
    # a name that begins with a letter nobody could read is not the rest of it
    letter = match.string[: match.start()][-1:]
    organ = match["organ"] if letter.isprintable() and letter != _UNREAD else None
    if organ:
        sender, *subject = _ABOUT.split(organ.strip("的·"), maxsplit=1)
        organ = "".join(subject) or sender
        for pair in ("（）", "“”"):
            if organ.count(pair[0]) != organ.count(pair[1]):
                organ = organ.strip(pair)
        if organ.endswith("人民"):
            # two words that share their end: 人民政府, 政府信息
            organ += "政府"
        organ = None if _OWN.match(organ) else organ or None
    year = int(printed.translate(_DIGITS)) if printed else None
    if organ is None and year is None:
        return None
    own_level = _OWN_LEVEL_BEHIND.match(text, named.end())
    return match[0] + (own_level[0] if own_level else ""), organ, year


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


def _signature(text: str) -> tuple[str | None, str | None]:
    """(who signed, ISO date): the last line that names a body beside a date; without one, such a line at the end."""
    lines = text.rsplit("\n", _SIGNED_WITHIN)[-_SIGNED_WITHIN:]
    ending = [(i, line) for i, line in enumerate(line.rstrip("）") for line in lines) if line[-1:] in _ENDS_OF_DATES]
    dates = {i: date for i, line in ending if (date := _DATE.search(line)) and date.end() == len(line)}
    for i, date in reversed(dates.items()):
        before = lines[i][: date.start()].rstrip("（")
        beside = (i - 1, i - 2, i + 1) if not before else ()
        for line in (before, *(lines[other] for other in beside if 0 <= other < len(lines))):
            if _is_body(line):
                return line, _iso(date)
    first_of_end = len(lines) - _LAST_LINES
    signed = next(
        (_iso(date) for i, date in dates.items() if i >= first_of_end and date.start() <= lines[i].startswith("（")),
        None,
    )
    return next((line for line in reversed(lines[-_LAST_LINES:]) if _is_body(line)), None), signed


def _is_body(line: str) -> bool:
    if not 4 <= len(line) <= 30 or _FOOT.search(line) or _UNREAD in line:
        return False
    return bool(_OFFICE.search(line) or _GOVERNMENT.search(line))


def _particulars(document: Document) -> dict[str, str]:
    """``published`` and ``publisher`` in the small table of an article's particulars, right of such labels."""
    found: dict[str, str] = {}
    for grid in document.grids():
        for row in grid.cells if max(grid.shape) <= _PARTICULARS else ():
            for name, value in pairwise(row):
                if name and value and name != value:
                    for what, label in _LABELS.items():
                        if label.fullmatch(name.strip(" :：")):
                            found.setdefault(what, _tight(value))
    return found


def _iso(date: re.Match[str]) -> str | None:
    year, month, day = (int(part) if part.isdecimal() else _in_words(part) for part in date.groups()[-3:])
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _in_words(number: str) -> int:
    return chinese_number(number.translate(dict.fromkeys(map(ord, _ZEROS), "〇") | {ord("元"): "一"})) or 0


def _published(meta: dict[str, str], text: str, particular: str | None) -> str | None:
    """The ISO date of publication that the medium, the text or the table of particulars states."""
    for name, value in meta.items():
        date = _DATE.search(value) if name.lower() in _META_DATES else None
        if date is not None:
            return _iso(date)
    days = _STATED if "日期" in text or "时间" in text else ()
    stated = next((date for day in days if (date := day.search(text))), None)
    stated = stated or _DATE.search(particular or "")
    return _iso(stated) if stated else None


def _scope(organ: str | None, title: str | None, text: str) -> str | None:
    if organ is None:
        return None
    if title and _OWN_LEVEL.search(title):
        return "own-level"
    if _OFFICE.search(organ):
        return "organ"
    if _GOVERNMENT.search(organ) and _REGION.search(text):
        return "region-wide"
    return None
