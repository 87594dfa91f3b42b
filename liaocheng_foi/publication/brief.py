"""The page of one report: the sections of a publication in their order, each from the figures alone.

The content of a section is the template ``brief/<id>.html.j2``; one without data is a sentence that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from .. import __version__, charts, sentences
from ..charts.words import signed
from ..form import boxes
from ..measures.rounding import half_up
from ..measures.series import breaks
from .downloads import of_report
from .exhibit import Exhibit, exhibit, tabulated
from .headlines import headlines
from .identity import facts, heading, titled
from .measures import applicants, definitions, remedies
from .page import Page, page
from .quality import examined, objections
from .remarks import remarks
from .subject import Subject
from .words import pick


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a brief."""

    id: str
    zh: str
    en: str
    there: Callable[[Subject], bool] = lambda subject: True
    """Whether the subject has data for it."""
    absent_zh: str = ""
    """What it says when there is none."""
    absent_en: str = ""


def _has(table: str) -> Callable[[Subject], bool]:
    return lambda subject: bool((subject.report.figures["table"] == table).any())


def handled(subject: Subject) -> bool:
    """Whether the outcomes of requests have figures."""
    return subject.indicator("disclosure_rate")["status"] in ("computed", "contradiction")


_NO_TABLE = "没有这张表的数字。", "There are no figures of this table."
_NO_OUTCOMES = "办理结果没有可用的数字。", "There are no usable figures on outcomes."
SECTIONS = (
    Section("headlines", "要点", "Headlines"),
    Section("flow", "申请的来龙去脉", "How requests flowed", handled, *_NO_OUTCOMES),
    Section("outcomes", "谁申请，结果如何", "Who asked, and with what outcome", handled, *_NO_OUTCOMES),
    Section("denials", "不公开的理由", "Why information was not disclosed", handled, *_NO_OUTCOMES),
    Section("applicants", "申请人", "Applicants", _has("requests"), *_NO_TABLE),
    Section("remedies", "复议和诉讼", "Reconsideration and litigation", _has("reviews"), *_NO_TABLE),
    Section("proactive", "主动公开", "Proactive disclosure", _has("proactive"), *_NO_TABLE),
    Section(
        "change",
        "与上年相比",
        "Change on the year before",
        lambda subject: subject.previous is not None or subject.report.edition == 2019,
        "没有这个机关上一年的报告，无法比较。",
        "There is no report of this body on the year before to compare with.",
    ),
    Section(
        "series",
        "历年",
        "Over the years",
        lambda subject: len(subject.years) > 1,
        "数据中只有这个机关一个年度的报告。",
        "The data hold one year of this body only.",
    ),
    Section(
        "peers",
        "与同类机关相比",
        "Among its peers",
        lambda subject: subject.peers is not None,
        "同一年度、同一统计范围的报告太少，不作比较。",
        "Too few reports of that year and scope are at hand for a comparison.",
    ),
    Section(
        "text",
        "正文与表格",
        "Text against table",
        lambda subject: bool(subject.report.numbers_in_text),
        "所用数据不含报告正文，没有核对正文中的数字。",
        "The data at hand hold no text of the report, so its numbers were not compared.",
    ),
    Section("quality", "数据质量", "Data quality"),
    Section("method", "方法", "Method"),
    Section("downloads", "下载", "Downloads"),
)


def brief(subject: Subject, languages: Sequence[str], command: str, home: str = "") -> Page:
    """The page; ``command`` rebuilds it, ``home`` is the address of the index over all pages."""
    contexts = {lang: _context(subject, lang) for lang in languages}
    colophon = {"hash": subject.data_hash, "version": __version__, "command": command}
    about = {"subject": subject, "report": subject.report, "colophon": colophon, "home": home}
    title = " · ".join(context["title"] for context in contexts.values())
    return page("brief.html.j2", title, {lang: about | context for lang, context in contexts.items()})


def _context(subject: Subject, lang: str) -> dict[str, Any]:
    """What the templates may ask for."""
    report, examination = subject.report, subject.examination
    return {
        "title": titled(subject, lang),
        "sections": [(one, pick(lang, one.zh, one.en), _absent(one, subject, lang)) for one in SECTIONS],
        "handled": handled(subject),
        "lead": (sentences.outcomes if handled(subject) else sentences.requests)(report, lang),
        "facts": facts(subject, lang),
        "headlines": headlines(subject, lang),
        "chart": partial(_chart, subject, lang),
        "form": lambda table: (heading(table, lang, report.edition), boxes(report, table, lang)),
        "sentence": lambda name: getattr(sentences, name)(report, lang),
        "outcomes": lambda: tabulated(charts.outcomes.table(report, lang), pick(lang, "各种结果", "Outcomes")),
        "applicants": partial(applicants, subject, lang),
        "remedies": partial(remedies, subject, lang),
        "decomposition": partial(_decomposition, subject, lang),
        "organ_names": lambda: _names(subject, lang),
        "remarks": lambda: [one for one in remarks(examination, lang) if one.table or one.findings],
        "examined": partial(examined, examination, lang),
        "objections": partial(objections, examination, lang),
        "definitions": partial(definitions, lang),
        "breaks": [(one.year, pick(lang, one.zh, one.en)) for one in breaks()],
        "downloads": partial(of_report, subject, lang),
    }


def _absent(section: Section, subject: Subject, lang: str) -> str:
    """Why a section has nothing to show; empty where it has something."""
    if section.there(subject):
        return ""
    if section.there is handled and subject.report.value("requests", "outcome_total") == 0:
        return sentences.outcomes(subject.report, lang)
    return pick(lang, section.absent_zh, section.absent_en)


def _chart(subject: Subject, lang: str, kind: str, id: str = "", of: str = "report", **options: Any) -> Exhibit:
    """A chart of the report, of it and the year before (``two``), of all years (``years``), of the ``peers``."""
    data: dict[str, Callable[[], Any]] = {
        "report": lambda: subject.report,
        "two": lambda: [subject.previous, subject.report],
        "years": lambda: subject.years,
        "peers": lambda: subject.peers,
    }
    id = id or kind
    return exhibit(kind, data[of](), lang, f"{lang}-{id}-chart", f"{subject.report.id}-{id}", **options)


def _names(subject: Subject, lang: str) -> dict[str, str]:
    """The names of the bodies of the panel by their codes."""
    if subject.panel is None:
        return {}
    return dict(zip(subject.panel.organs["code"], subject.panel.organs[lang], strict=True))


def _decomposition(subject: Subject, lang: str) -> str:
    """The change of the disclosure rate, split; empty where it cannot be."""
    line = subject.decomposition
    if line is None:
        return ""
    total, mix, within = (signed(float(half_up(line[name])), 2) for name in ("difference", "mix", "within"))
    before, after = (f"{half_up(line[name])}%" for name in ("base_rate", "rate"))
    reversed_by_mix = "reversed_by_mix" in line["note"]
    if lang == "zh":
        text = f"公开率由{before}变为{after}（{total}个百分点），"
        text += f"其中申请人构成的变化{mix}，各类申请人公开率的变化{within}。"
        return text + ("总体与各类内部的变动方向相反。" if reversed_by_mix else "")
    text = f"The disclosure rate went from {before} to {after} ({total} percentage points): {mix} by the mix of "
    text += f"applicants, {within} by the rates of each type."
    return text + (" Total and types moved in opposite directions." if reversed_by_mix else "")
