"""What one report says."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..changes import own_change
from ..codebook import codebook
from ..measures.composition import OUTCOMES, shares
from ..measures.rounding import percent
from ..report import Report
from .words import joined, number

#: Below this denominator no share is put into words.
_TINY = 10


def _requests(count: float | None, kind: str = "") -> str:
    return f"{number(count)} {kind}request{'' if count == 1 else 's'}"


def _were(count: float | None) -> str:
    return "was" if count == 1 else "were"


def _label(report: Report, table: str, axis: str, code: str, lang: str) -> str:
    return codebook().label(table, axis, code, lang, report.edition)


def requests(report: Report, lang: str = "zh") -> str:
    """How many requests came in, were handled and were carried over."""
    new, carried = report.value("requests", "received_new"), report.value("requests", "carried_in")
    handled, forward = report.value("requests", "outcome_total"), report.value("requests", "carried_forward")
    if None in (new, carried, handled, forward):
        zh, en = "申请的收办数字不全", "the figures on requests received and handled are incomplete"
        if new is not None:
            zh = f"本年新收{number(new)}件，其他收办数字不全"
            en = f"{_requests(new)} {_were(new)} newly received; other figures on receipt and handling are incomplete"
        return f"{zh}。" if lang == "zh" else _sentence(en)
    if lang == "zh":
        came = f"本年新收{number(new)}件，上年结转{number(carried)}件"
        return f"{came}；本年办结{number(handled)}件，结转下年{number(forward)}件。"
    came = f"{_requests(new)} {_were(new)} newly received and {number(carried)} carried in"
    return f"{came}; {number(handled)} {_were(handled)} handled and {number(forward)} carried forward."


def outcomes(report: Report, lang: str = "zh") -> str:
    """The most frequent outcome, and what was disclosed in full or in part."""
    frame = shares(report).query("applicant == 'total'").set_index("item")
    counts, handled = frame["count"], frame["denominator"].iloc[0]
    if pd.isna(handled) or counts.isna().any():
        return (
            "部分办理结果没有数字，无法计算占比。"
            if lang == "zh"
            else "Some outcomes have no figure, so no shares can be given."
        )
    if handled == 0:
        return "本年没有办理申请。" if lang == "zh" else "No request was handled this year."
    top = int(counts.max())
    if top == 0:
        zh, en = (
            f"办理总数为{number(handled)}件，而各项结果均为0。",
            f"{number(handled)} handled, while every outcome is 0.",
        )
        return zh if lang == "zh" else en
    leaders = [codebook().name("requests", item, lang, report.edition) for item in OUTCOMES if counts[item] == top]
    open_count = float(counts["granted"] + counts["partly_granted"])
    if lang == "zh":
        each = "各" if len(leaders) > 1 else ""
        most = f"{'、'.join(leaders)}（{each}{number(top)}件{_share(top, handled, '，占{}%')}）"
        first = f"办理的{number(handled)}件申请中，最多的是{most}。"
        both = "和".join(codebook().name("requests", item, lang) for item in ("granted", "partly_granted"))
        return first + f"{both}合计{number(open_count)}件{_share(open_count, handled, '，占{}%')}。"
    verb, each = ("outcome was", "") if len(leaders) == 1 else ("outcomes were", " each")
    first = (
        f"Of {_requests(handled)} handled, the most frequent {verb} {joined(leaders)} "
        f"({number(top)}{each}{_share(top, handled, ', {}%')})."
    )
    share = _share(open_count, handled, " ({}%)")
    return first + f" {number(open_count)} {_were(open_count)} granted in full or in part{share}."


def applicants(report: Report, lang: str = "zh") -> str:
    """Who asked."""
    frame = shares(report, "item", ["received_new"])
    total = frame["denominator"].iloc[0]
    if pd.isna(total) or frame["count"].isna().any():
        return "申请人数字不全。" if lang == "zh" else "The figures on applicants are incomplete."
    if total == 0:
        return "本年没有新收申请。" if lang == "zh" else "No request was received this year."
    parts = frame[frame["applicant"] != "total"]
    top = int(parts["count"].max())
    leaders = [_label(report, "requests", "column", who, lang) for who in parts.loc[parts["count"] == top, "applicant"]]
    if lang == "zh":
        each = "各" if len(leaders) > 1 else ""
        most = f"{'、'.join(leaders)}最多：{each}{number(top)}件{_share(top, total, '，占{}%')}"
        return f"新收的{number(total)}件申请中，{most}。"
    each = " each" if len(leaders) > 1 else ""
    named = joined([label.lower() for label in leaders])
    return f"Of {_requests(total, 'new ')}, most came from {named}: {number(top)}{each}{_share(top, total, ' ({}%)')}."


def reviews(report: Report, lang: str = "zh") -> str:
    """How many cases on each route, how many corrected, how many pending; one sentence per route."""
    said = []
    for row in codebook().rows("reviews", report.edition):
        total = report.value("reviews", row.code, "total")
        parts = {code: report.value("reviews", row.code, code) for code in ("upheld", "other", "corrected", "pending")}
        label = row.label(lang, report.edition)
        if total is None or None in parts.values():
            said.append(f"{label}：数字不全。" if lang == "zh" else f"{label}: figures incomplete.")
            continue
        named = [(_label(report, "reviews", "column", code, lang), number(count)) for code, count in parts.items()]
        if lang == "zh":
            said.append(
                f"{label}{number(total)}件：" + "，".join(f"{result}{count}件" for result, count in named) + "。"
            )
        else:
            results = ", ".join(f"{result.lower()} {count}" for result, count in named)
            said.append(f"{label}: {number(total):case|cases} – {results}.")
    return ("" if lang == "zh" else " ").join(said)


def proactive(report: Report, lang: str = "zh") -> str:
    """The decisions handled, largest first."""
    found = [
        (value, row.label(lang, report.edition))
        for row in codebook().rows("proactive", report.edition)
        if (value := report.value("proactive", row.code, "decisions")) is not None
    ]
    measure = _label(report, "proactive", "column", "decisions", lang)
    if not found:
        return f"“{measure}”没有数字。" if lang == "zh" else "The table gives no number of decisions."
    ranked = sorted(found, key=lambda pair: -pair[0])
    if lang == "zh":
        return f"{measure}：" + "，".join(f"{label}{number(value)}件" for value, label in ranked) + "。"
    return "Decisions handled: " + ", ".join(f"{label.lower()} {number(value)}" for value, label in ranked) + "."


def changes(report: Report, lang: str = "zh") -> str:
    """The changes that the report states by itself, in the form's order."""
    said = []
    for line in own_change(report).query("column in ('items_previous', 'total')").itertuples():
        if line.table == "requests":
            label = "结转的申请" if lang == "zh" else "requests carried over"
        else:
            label = _label(report, "proactive", "row", line.row, lang)
            label = f"{label}项目" if lang == "zh" else f"items of {label.lower()}"
        said.append(_change(label, line, lang))
    text = ("；".join(said) + "。") if lang == "zh" else _sentence("; ".join(said))
    return text + _level_not_change(report, lang)


def _level_not_change(report: Report, lang: str) -> str:
    """A warning where the column for the change seems to hold this year's level (rule PR04)."""
    doubtful = []
    for row in codebook().rows("proactive", report.edition):
        base = report.value("proactive", row.code, "items_previous")
        step = report.value("proactive", row.code, "items_change")
        if base and step is not None and abs(step) >= base:
            doubtful.append(row.label(lang, report.edition))
    if not doubtful:
        return ""
    column = _label(report, "proactive", "column", "items_change", lang)
    if lang == "zh":
        return f"注意：{'、'.join(doubtful)}的“{column}”不小于上一年的数量，填的可能是本年数量而不是增减。"
    return (
        f' Note: for {joined([label.lower() for label in doubtful])} the column "{column}" is not below the previous '
        "year's number; it may hold this year's number instead of the change."
    )


def _change(label: str, line: Any, lang: str) -> str:
    if line.note == "missing":
        return f"{label}数字缺失" if lang == "zh" else f"{label}: figure missing"
    if line.note == "both_zero":
        return f"{label}前后均为0" if lang == "zh" else f"{label}: 0 before and after"
    base, value = number(line.base), number(line.value)
    if line.note == "new":
        return f"{label}由0增至{value}" if lang == "zh" else f"{label}: from 0 to {value}"
    growth = "" if line.note == "small_base" else f"{line.percent:+.2f}%".replace("-", "−")
    if lang == "zh":
        return f"{label}由{base}变为{value}" + (f"（{growth}）" if growth else "")
    return f"{label}: from {base} to {value}" + (f" ({growth})" if growth else "")


def _share(count: float, total: float, template: str) -> str:
    share = percent(count, total) if total >= _TINY else None
    return "" if share is None else template.format(share)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
