"""How tables show themselves in a notebook: the form as printed, frames with labels in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from .codebook import codebook, plain, unit_words
from .form import table_html
from .problems import SelectionError
from .report import Report
from .schemas import FIELDS, STATUS_WORDS

if TYPE_CHECKING:
    import pandas as pd

#: Headings, short; columns that are not here go by the meaning their table declares.
_WORDS = {
    "organ": ("机关", "body"),
    "year": ("年度", "year"),
    "table": ("表", "table"),
    "row": ("事项", "row"),
    "column": ("列", "column"),
    "item": ("事项", "item"),
    "applicant": ("申请人", "applicant"),
    "measure": ("指标列", "measure"),
    "proceeding": ("程序", "proceeding"),
    "result": ("结果", "result"),
    "count": ("件数", "count"),
    "value": ("数值", "value"),
    "unit": ("单位", "unit"),
    "status": ("状态", "status"),
    "note": ("说明", "note"),
    "indicator": ("指标", "indicator"),
    "numerator": ("分子", "numerator"),
    "share": ("占比（%）", "share (%)"),
    "base": ("基数", "base"),
    "difference": ("差", "difference"),
    "percent": ("变化（%）", "change (%)"),
    "log_change": ("对数变化", "log change"),
    "base_share": ("基数占比（%）", "share of base (%)"),
    "value_share": ("占比（%）", "share (%)"),
    "points": ("占比之差（百分点）", "difference of shares (percentage points)"),
    "denominator": ("分母", "denominator"),
    "difference_unit": ("差的单位", "unit of the difference"),
    "base_status": ("基数的状态", "status of the base"),
    "base_numerator": ("基数的分子", "numerator of the base"),
    "base_denominator": ("基数的分母", "denominator of the base"),
    "base_year": ("基年", "base year"),
    "low": ("下限", "low"),
    "high": ("上限", "high"),
    "interval": ("区间", "interval"),
    "kind": ("类别", "kind"),
    "state": ("比较", "comparison"),
    "cells": ("格数", "cells"),
    "equal": ("相同", "equal"),
    "nonzero": ("不都为0", "not both 0"),
    "nonzero_equal": ("其中相同", "equal of these"),
    "nonzero_share": ("其中占比（%）", "share of these (%)"),
    "base_length": ("前者字数", "letters of the first"),
    "length": ("后者字数", "letters of the second"),
    "similarity": ("相似度", "similarity"),
    "expected": ("应有", "expected"),
    "found": ("实际", "found"),
    "not_found": ("未找到", "not found"),
    **STATUS_WORDS,
    "reported": ("有数字", "numbers"),
    "in_one_row": ("合为一行", "in one row"),
    "pooled": ("合计的比例", "all together"),
    "pooled_numerator": ("合计的分子", "numerator of all together"),
    "pooled_denominator": ("合计的分母", "denominator of all together"),
    "peers": ("机关数", "bodies"),
    "median": ("中位数", "median"),
    "sum": ("合计", "sum"),
    "position": ("位置", "position"),
    "segment": ("可比段起于", "comparable since"),
    "series": ("序列", "series"),
    "index": ("指数", "index"),
    "growth": ("年均增长（%）", "mean yearly growth (%)"),
    "rate": ("公开率（%）", "disclosure rate (%)"),
    "base_rate": ("基年公开率（%）", "disclosure rate, base year (%)"),
    "standardised": ("标准化公开率（%）", "standardised rate (%)"),
    "covered": ("覆盖（%）", "covered (%)"),
    "mix": ("构成变化（百分点）", "mix (percentage points)"),
    "within": ("各类内部（百分点）", "within types (percentage points)"),
    "weight": ("权重（%）", "weight (%)"),
    "base_weight": ("基年权重（%）", "weight, base year (%)"),
    "part": ("部分", "part"),
    "contribution": ("贡献（百分点）", "contribution (percentage points)"),
    "whole_base": ("总体的基数", "base of the whole"),
    "known": ("已知之和", "sum of those known"),
    "units": ("机关数", "bodies with a figure"),
    "of": ("应有", "bodies that ought to have one"),
    "missing": ("缺少", "missing"),
    "completeness": ("完整度（1为全部）", "completeness (1 = all)"),
    "role": ("身份", "role"),
    "low_95": ("95%下限", "95 % low"),
    "high_95": ("95%上限", "95 % high"),
    "low_998": ("99.8%下限", "99.8 % low"),
    "high_998": ("99.8%上限", "99.8 % high"),
}
#: Words of columns with a closed list of values that no other module words.
_VALUES = {
    "severity": {
        "error": ("错误", "error"),
        "warning": ("警告", "warning"),
        "info": ("提示", "remark"),
    },
    "kind": {
        "cell": ("单元格", "cell"),
        "sum": ("小计", "sum"),
        "restated": ("同一数字", "the same figure"),
        "flow": ("存量与流量", "stock and flow"),
        "no_report": ("没有报告", "no report"),
        "cells_not_found": ("单元格未找到", "cells not found"),
        "cells_in_one_row": ("单元格合为一行", "cells printed as one row"),
    },
    "state": {
        "compared": ("可比", "compared"),
        "appeared": ("只有后者有", "only in the second"),
        "vanished": ("只有前者有", "only in the first"),
        "not_comparable": ("不可比", "not comparable"),
        "no_figure": ("都没有数字", "no figure in either"),
    },
    "position": {
        "within": ("限内", "within the limits"),
        "outside_95": ("在95%限外", "outside the 95 % limits"),
        "outside_998": ("在99.8%限外", "outside the 99.8 % limits"),
        "": ("", ""),
    },
    "interval": {"wilson": ("威尔逊", "Wilson"), "poisson": ("泊松", "Poisson")},
    "role": {
        "summed": ("计入", "summed"),
        "inside": ("已含在内", "already counted within"),
        "whole": ("本级汇总报告", "the body's own whole"),
        "no_report": ("没有报告", "no report"),
        "not_valid": ("当年尚无或已撤并", "did not exist then"),
    },
    "note": {
        "types_without_requests": ("有的类型没有申请", "no requests of some types"),
        "one_side_empty": ("有的类型只有一年有申请", "some types asked in one year only"),
        "empty": ("两年都没有", "none in either year"),
        "reversed_by_mix": ("总变化与各类内部相反，由构成引起", "the mix turned the change around"),
        "zero_whole": ("总体为0", "the whole was 0"),
        "no_base": ("基年没有大于0的数字", "no figure above 0 in the base year"),
    },
    "status": {
        **STATUS_WORDS,
        "agrees": ("相符", "agrees"),
        "differs": ("不符", "differs"),
    },
}
#: Columns of codes -> their table (empty: any, or that of the frame's own column) and axes.
_CODED = {
    "table": ("form", ("section",)),
    "section": ("form", ("section",)),
    "row": ("", ("row", "group")),
    "column": ("", ("column", "group")),
    "item": ("", ("row", "group")),
    "applicant": ("requests", ("column", "group")),
    "measure": ("proactive", ("column",)),
    "proceeding": ("reviews", ("row",)),
    "result": ("reviews", ("column",)),
    "part": ("requests", ("row", "group", "column")),
}
_KEY = ("organ", "year", "edition", "scope")
#: Columns that are left out where they say in every row that nothing is special.
_SILENT = ("note", "status", "base_status")
#: Columns whose numbers are steps and show their sign.
_SIGNED = ("difference", "percent", "points", "mix", "within", "contribution")


class Html:
    """Markup that a notebook shows as it is."""

    def __init__(self, markup: str) -> None:
        self.markup = markup

    def _repr_html_(self) -> str:
        return self.markup


class Pictured(Html):
    """Words, and the chart below them."""

    def __init__(self, markup: str, chart: Any) -> None:
        super().__init__(markup)
        self.chart = chart

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(Html(self.markup), self.chart)


def table(report: Report, name: str, lang: str = "zh") -> Html:
    """One table of a report as the form prints it, with the form's spans."""
    return Html(table_html(report, name, lang))


def figure(chart: Any, data: Any, lang: str = "zh", **options: Any) -> Html:
    """A chart under what it shows, in words; the reason alone where there is nothing to draw.

    Called last in a cell of a notebook, which shows both.
    """
    try:
        said = chart.sentence(data, lang, **options)
        return Pictured(f"<p>{escape(said)}</p>", chart(data, lang=lang, **options))
    except SelectionError:
        said = "可以比较的报告不足。" if lang == "zh" else "There are not enough reports to compare."
    return Html(f"<p>{escape(said)}</p>")


def labelled(
    frame: pd.DataFrame,
    lang: str = "zh",
    edition: int = 2021,
    names: Mapping[str, str] | None = None,
    organs: Callable[[str, str], str] | None = None,
) -> pd.DataFrame:
    """A frame with labels for its codes and column names, numbers as text, for reading.

    Key columns (body, year, edition, scope) that say the same in every row, and notes and statuses that say nothing
    special, are left out; the first label becomes the index. ``names`` are headings of columns that say more than
    the usual ones; ``organs`` gives the name of a body (:meth:`liaocheng_foi.panel.Panel.organ_name`).
    """
    import pandas as pd

    constant = [c for c in _KEY if c in frame and frame[c].nunique(dropna=False) <= 1]
    constant += [c for c in _SILENT if c in frame and frame[c].astype("str").isin(["", "reported", "computed"]).all()]
    shown = frame.drop(columns=constant).reset_index(drop=True).astype(object)
    index = int(lang != "zh")
    for column in frame.columns.difference(constant):
        values = frame[column]
        if column in _CODED:
            shown[column] = _labels(frame, column, lang, edition)
        elif column == "indicator":
            shown[column] = [_indicator(code, lang) for code in values]
        elif column in ("note", "status", "base_status", *_VALUES):
            shown[column] = [_said(column, str(code), index) for code in values]
        elif column in ("unit", "difference_unit"):
            shown[column] = [unit_words(str(unit), lang) for unit in values]
        elif column == "organ" and organs is not None:
            shown[column] = [organs(str(code), lang) for code in values]
        elif column in ("year", "base_year", "edition", "segment"):
            shown[column] = ["" if pd.isna(year) else str(year) for year in values]
        elif pd.api.types.is_numeric_dtype(values):
            shown[column] = [_number(value, column in _SIGNED) for value in values]
    known = dict(names or {})
    titles = {
        c: known.get(c) or (_WORDS[c][index] if c in _WORDS else getattr(FIELDS[c], lang) if c in FIELDS else c)
        for c in shown
    }
    shown = shown.rename(columns=titles)
    return shown.set_index(shown.columns[0])


def _number(value: float, signed: bool = False) -> str:
    """A number with separators, two decimals where it is not whole, a true minus; empty for none."""
    import pandas as pd

    from .measures.rounding import half_up

    if pd.isna(value):
        return ""
    number = float(value)
    rounded = half_up(number, 0 if number.is_integer() else 2)
    return f"{rounded:{'+' if signed and rounded else ''},}".replace("-", "−")


@cache
def _said(column: str, codes: str, index: int) -> str:
    """The words of a status or of notes joined by ``|``."""
    from .measures.indicator import STATUS, status_words
    from .measures.years import notes

    words = _VALUES.get("status" if column.endswith("status") else column, {})
    said = []
    for code in filter(None, codes.split("|")):
        if code in words:
            said.append(words[code][index])
        elif code in notes() and not column.endswith("status"):
            said.append(notes()[code][index])
        else:
            known = code.removeprefix("previous_") in STATUS
            said.append(status_words(code, ("zh", "en")[index]) if known else code)
    return ("；", "; ")[index].join(said)


def _indicator(code: str, lang: str) -> str:
    from .measures.indicator import dictionary

    known = dictionary().get(code)
    return code if known is None else known.zh if lang == "zh" else known.en


def _labels(frame: pd.DataFrame, column: str, lang: str, edition: int) -> list[str]:
    """Labels for one column of codes, each of the table its row is about."""
    table, axes = _CODED[column]
    tables = [table] * len(frame) if "table" not in frame or table else frame["table"].astype("str").tolist()
    return [_label(code, of, axes, lang, edition) for code, of in zip(frame[column].astype("str"), tables, strict=True)]


@cache
def _label(code: str, table: str, axes: tuple[str, ...], lang: str, edition: int) -> str:
    for axis in axes:
        for known in codebook().codes:
            if known.code == code and known.axis == axis and table in ("", known.table):
                return plain(known.label(lang, edition))
    return code
