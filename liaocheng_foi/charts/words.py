"""The words around the figures, zh and en; labels of the form come from the codebook."""

from __future__ import annotations

from collections.abc import Sequence

from ..codebook import codebook, unit_words
from ..measures.rounding import percent
from ..plural import Count
from ..schemas import STATUS_WORDS

#: Below these numbers shares are not drawn, or drawn pale (counts speak for themselves).
TINY, SMALL = 10, 30

WORDS: dict[str, tuple[str, str]] = {
    # titles and what stands under them
    "outcomes": ("办理结果", "Outcomes of requests"),
    "handled": ("共办理{n}件", "{n:request|requests} handled"),
    "outcome_applicant": ("各类申请人的办理结果（件）", "Outcomes by applicant (requests)"),
    "row_share": (
        "颜色和小字：占该类申请人办理数的比例；白底：不足30件，只看件数；斜线：未填",
        "colour and small print: share of that applicant's requests; white: under 30, counts only; hatched: blank",
    ),
    "outcome_shares": ("各类申请人的结果构成（%）", "Outcomes by applicant, shares (%)"),
    "outcome_shares_note": ("浅色：不足30件；不足10件只列件数", "pale: under 30 requests; under 10 counts only"),
    "differs": ("≠：表中总计与各项之和不同", "≠: the printed total is not the sum of its parts"),
    "reviews": ("{a}、{b}的结果（件）", "Results of reconsideration and litigation (cases)"),
    "proactive": ("主动公开：文件、项目与处理决定", "Proactive disclosure: documents, items, decisions"),
    "log": ("对数刻度", "logarithmic scale"),
    "in_brackets": ("括号内与空心点：{label}", "in brackets and hollow: {label}"),
    "semicolon": ("；", "; "),
    "change": ("报告自身所载的变化", "Changes that the report itself states"),
    "percent_change": (
        "变化（%）；浅色：基数小于10",
        "change in percent; pale: base under 10",
    ),
    "flow": ("申请的来龙去脉（件）", "How requests flowed (requests)"),
    "flow_note": ("宽度与件数成正比", "widths are proportional to counts"),
    "denials": ("{label}的理由（件）", "{label}: on which grounds (requests)"),
    "rates": ("{label}：各类申请人", "{label}, by applicant"),
    "rates_note": (
        "点：比例；线：95%波动区间；竖线：总计；灰：不足30件",
        "dot: rate; line: 95 % process-variation interval; vertical: total; grey: under 30",
    ),
    "waterfall": ("办理数的变化（件）：{base}年到{year}年", "Change in requests handled, {base} to {year}"),
    "slope": ("结果构成的变化（%）：{base}年到{year}年", "Change in the shares of outcomes (%), {base} to {year}"),
    "waterfall_note": ("括号内：对办理数增长的贡献", "in brackets: contribution to the growth of the whole"),
    "in_points": ("（{n}百分点）", " ({n} pp)"),
    "slope_note": ("括号内：两年之差", "in brackets: difference of the two years"),
    "slope_small": ("浅色：有一年办理不足30件", "pale: under 30 requests in one of the years"),
    "pale": ("浅色：不足30件", "pale: under 30 requests"),
    "pale_denials": ("浅色：合计不足30件", "pale: under 30 in all"),
    "break": ("注意：{why}", "note: {why}"),
    "broken": ("不相连：{why}", "not joined: {why}"),
    "series": ("{label}（{unit}）", "{label} ({unit})"),
    "series_note": ("在口径变化处断开", "broken where years are not comparable"),
    "outcome_total": ("办理总数", "Requests handled"),
    "not_on_form": ("无此项", "not asked"),
    "funnel": ("{label}：同类机关比较", "{label}: bodies compared"),
    "funnel_note": (
        "虚线、实线：规模相同而仅有随机差异时，95%、99.8%的机关在其内；空心：在99.8%之外",
        "dashed, solid: chance alone keeps 95 %, 99.8 % of bodies of that size within; hollow: beyond 99.8 %",
    ),
    "funnel_axis": (
        "横轴：分母（件，对数刻度）；灰色：不足30件",
        "across: denominator (requests, logarithmic); grey: under 30",
    ),
    "left_out": ("{n}个机关不足10件，未列入", "left out for under 10: {n}"),
    "pooled": ("合计 {rate}", "all {rate}"),
    "fails": ("有规则未通过", "fails a rule"),
    "stock_flow": ("{label}：存量与流量（件）", "{label}: stock and flow"),
    "quality": ("单元格状态（仿表格排列）", "State of the cells, laid out as the form"),
    # parts of charts
    "total": ("总计", "All"),
    "requests": ("{n}件", "{n}"),
    "items": ("{label}项目数", "{label}: items"),
    "carried": ("结转的申请", "Requests carried over"),
    "workload": ("受理总量", "On hand"),
    "unexplained": ("未说明", "Unexplained"),
    "before": ("{year}年", "{year}"),
    "stock_before": ("上年末", "End of the year before"),
    "residual": ("未说明的差", "Unexplained difference"),
    "mandatory": ("法定不公开（条例第十四、十五条）", "Mandatory (arts 14, 15)"),
    "discretionary": ("可以不公开（第十六条）", "Discretionary (art. 16)"),
    "redirect": ("引导查询（第三十六条）", "Redirected to a register (art. 36)"),
    "new": ("由0增至{n}", "from 0 to {n}"),
    "both_zero": ("前后均为0", "0 in both"),
    "missing": ("数字缺失", "figure missing"),
    "blank": ("未填", "blank"),
    "not_found": ("未找到", "not found"),
    "no_figures": ("没有可用的数字", "no figures"),
    "derived": (
        "*表中空白，由各列相加；空白按0计，各项合计相符",
        "* blank in the table, added up from its parts; blanks as 0, with which all sums agree",
    ),
    # table headings
    "count": ("件数", "count"),
    "number": ("数量", "number"),
    "of": ("办理数", "handled"),
    "unit": ("单位", "unit"),
    "outcome": ("办理结果", "outcome"),
    "applicant": ("申请人", "applicant"),
    "reason": ("理由", "ground"),
    "kind": ("类别", "kind"),
    "share": ("占比（%）", "share (%)"),
    "item": ("事项", "item"),
    "measure": ("指标", "measure"),
    "route": ("程序", "proceeding"),
    "base": ("基数", "base"),
    "value": ("现数", "value"),
    "difference": ("差", "difference"),
    "percent": ("变化（%）", "change (%)"),
    "points": ("差（百分点）", "difference (percentage points)"),
    "source": ("来自", "from"),
    "target": ("去向", "to"),
    "rate": ("比例（%）", "rate (%)"),
    "low": ("下限（%）", "low (%)"),
    "high": ("上限（%）", "high (%)"),
    "numerator": ("分子", "numerator"),
    "denominator": ("分母", "denominator"),
    "year": ("年度", "year"),
    "segment": ("可比段", "comparable stretch"),
    "body": ("机关", "body"),
    "beyond": ("在99.8%限外", "beyond 99.8 % limits"),
    "table": ("表", "table"),
    "row": ("行", "row"),
    "column": ("列", "column"),
    "status": ("状态", "status"),
    "failed": ("未通过的规则", "rules not passed"),
}

#: Status of a cell -> words, also of one that stands in another's row, and of one that was not found.
STATUS = STATUS_WORDS | {"in_one_row": ("合为一行", "in one row"), "not_found": ("未找到", "not found")}


def word(key: str, lang: str, **values: object) -> str:
    """One of :data:`WORDS` in a language, filled."""
    return WORDS[key][lang != "zh"].format(**values)


def number(value: float | None, lang: str = "zh") -> Count:
    """A count with thousands separators; the word for blank where there is none."""
    if value is None or value != value:
        return Count(word("blank", lang))
    return Count(f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}")


def signed(value: float, digits: int = 0) -> str:
    """A difference with its sign; a true minus."""
    return f"{value:+,.{digits}f}".replace("-", "−") if value else f"{0:.{digits}f}"


def share(count: float, total: float, digits: int = 2) -> str:
    """``60.13%``, rounded half up."""
    return f"{percent(count, total, digits)}%"


def quantity(value: float, unit: str, lang: str) -> str:
    """A number with its unit, as far as the language needs one."""
    return f"{number(value, lang)} {unit_words(unit, lang)}".strip()


def listed(parts: Sequence[str], lang: str) -> str:
    """``A、B、C`` or ``A, B and C``."""
    if lang == "zh":
        return "、".join(parts)
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def outcome(code: str, lang: str, edition: int) -> str:
    """An outcome, a group of outcomes or a single row of the requests table, short enough for a mark.

    In English the row's group is left out (``Denied: state secret`` → ``State secret``); in Chinese a row whose
    label is a whole sentence goes by its alias.
    """
    label = codebook().name("requests", code, lang, edition)
    if lang == "en":
        tail = label.split(": ", 1)[-1]
        return tail[:1].upper() + tail[1:]
    if len(label) > 20:
        aliases = codebook().find("requests", "row", code).aliases
        return aliases[0] if aliases else label
    return label


def applicant(code: str, lang: str, edition: int) -> str:
    """A type of applicant, or all organisations together."""
    axis = "group" if code == "legal_person" else "column"
    return codebook().label("requests", axis, code, lang, edition)
