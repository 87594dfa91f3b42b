"""What a report is and where it comes from."""

from __future__ import annotations

from ..codebook import codebook, plain
from .subject import Subject
from .words import HANDS, LEVELS, SCOPES, pick, said


def titled(subject: Subject, lang: str) -> str:
    """``聊城市人民政府2020年`` or ``Liaocheng Municipal Government, 2020``."""
    name, year = subject.name(lang), subject.report.year
    if year is None:
        return name
    # a code instead of a name would run into the year
    apart = " " if name[-1:].isascii() and name else ""
    return f"{name}{apart}{year}年" if lang == "zh" else f"{name}, {year}"


def heading(table: str, lang: str, edition: int) -> str:
    """The name of a table: that of its part of the report, without numbering."""
    label = codebook().label("form", "section", table, lang, edition)
    return plain(label) if lang == "zh" else label.split(". ", 1)[-1]


def facts(subject: Subject, lang: str) -> list[tuple[str, str]]:
    """(term, description), those that are known."""
    report, known, organ = subject.report, subject.provenance, subject.organ
    found: list[tuple[tuple[str, str], object]] = [
        (("机关", "Body"), subject.name(lang)),
        (("层级", "Level"), said(LEVELS, organ.get("level"), lang)),
        (("统计范围", "Figures of"), said(SCOPES, report.scope, lang)),
        (("年度", "Year"), report.year),
        (("格式版本", "Edition of the form"), report.edition),
        (("标题", "Title"), report.title),
        (("发布机关", "Publisher"), report.publisher),
        (("发布日期", "Published"), report.published),
        (("公布期限", "Deadline"), _deadline(subject, lang)),
        (("来源", "Source"), known.get("address")),
        (("数据", "Data"), said(HANDS, known.get("hand"), lang)),
        (("获取日期", "Retrieved"), known.get("retrieved")),
        (("文件sha256", "File sha256"), known.get("sha256")),
    ]
    return [(pick(lang, *term), str(text)) for term, text in found if text]


def _deadline(subject: Subject, lang: str) -> str:
    """Whether it was published in time; empty where that cannot be said."""
    states = [finding.state for finding in subject.examination.findings if finding.rule == "ST07"]
    if not subject.report.published or not states:
        return ""
    return {"pass": pick(lang, "按期", "met"), "fail": pick(lang, "逾期", "missed")}.get(states[0], "")
