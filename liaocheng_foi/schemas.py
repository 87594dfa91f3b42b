"""Every table of the package, declared once: columns with type, unit and meaning, closed sets, key.

:func:`validate` checks a frame against its declaration with pandera and lists all failures at once;
:func:`resource` turns the same declaration into a Table Schema for the data package, and the table
reference of the documentation is made from it too. Only field rules live here; rules over several cells
(sums, years, text) are findings of :mod:`liaocheng_foi.checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from .codebook import EDITIONS, TABLES, codebook
from .problems import SchemaError

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

#: What is printed in a cell, in Chinese and English.
STATUS_WORDS = {
    "reported": ("有数字", "number"),
    "text_zero": ("印作“无”", "printed 无"),
    "blank": ("空白", "blank"),
    "not_applicable": ("印作“/”", "printed /"),
    "dash": ("印作“—”", "printed —"),
    "illegible": ("无法辨认", "illegible"),
}
STATUSES = tuple(STATUS_WORDS)
#: Statuses that carry a number.
NUMERIC_STATUSES = ("reported", "text_zero")
SCOPES = ("organ", "own-level", "region-wide")
SEVERITIES = ("error", "warning", "info")
STATES = ("pass", "fail", "not_assessable", "pass_if_blank_is_zero")
UNITS = ("件", "项", "万元")
KINDS_OF_NUMBERS = ("count", "share", "rate", "growth", "difference", "percent", "zero", "all_upheld")
BOUNDS = ("over", "under", "about")
POPULATIONS = ("region", "own", "parts", "filed", "applicants")
PROCESSES = ("decision", "implementation", "management", "service", "result")
AUDIENCES, MODES = ("public", "groups"), ("proactive", "request")

#: Column kind -> (pandas dtype, Table Schema type).
KINDS = {
    "text": ("str", "string"),
    "verbatim": ("str", "string"),  # a text that may be empty, which is not a missing one
    "year": ("Int16", "year"),
    "integer": ("Int64", "integer"),
    "number": ("float64", "number"),
    "flag": ("boolean", "boolean"),
    "date": ("str", "date"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column: written here, used by validation, documentation and the data package."""

    kind: str
    zh: str
    en: str
    required: bool = True
    """Whether every row must have a value."""
    closed: Callable[[], Iterable[object]] | None = None
    """The closed set of values, where there is one."""
    minimum: int | None = None
    unit: str = ""
    """Unit of every value, where it is one and the same."""


def _codes(*wanted: tuple[str, str]) -> Callable[[], Iterable[str]]:
    def known() -> set[str]:
        return {code.code for table, axis in wanted for code in codebook().select(table, axis)}

    return known


_ROW_AXES = tuple((table, axis) for table in TABLES for axis in ("row", "group"))
_COLUMN_AXES = tuple((table, "column") for table in TABLES) + (("requests", "group"),)

FIELDS: dict[str, Field] = {
    "organ": Field("text", "机关（代码或全称）", "body: its code in organs.csv, or its name as printed", False),
    "year": Field("year", "报告年度", "year the report is about", False, minimum=2008),
    "edition": Field("year", "格式版本", "edition of the form", closed=lambda: EDITIONS),
    "scope": Field("text", "统计范围", "whose figures: one organ, own level, region-wide", False, lambda: SCOPES),
    "table": Field("text", "表", "table of the form", closed=lambda: TABLES),
    "row": Field("text", "行代码", "row code of the codebook", closed=_codes(*_ROW_AXES)),
    "column": Field("text", "列代码", "column code of the codebook", closed=_codes(*_COLUMN_AXES)),
    "value": Field("number", "数值", "the number; null unless a number was printed", False),
    "unit": Field("text", "单位", "unit of the number", closed=lambda: UNITS),
    "status": Field("text", "单元格状态", "what was printed in the cell", closed=lambda: STATUSES),
    "raw": Field("verbatim", "原文", "the cell as printed; empty for a blank cell"),
    "page": Field("integer", "页", "page of the document, from 1", False, minimum=1),
    "grid": Field("integer", "表序号", "number of the printed table in the document, from 1", False, minimum=1),
    "grid_row": Field("integer", "表内行", "row within the printed table, from 1", False, minimum=1),
    "grid_column": Field("integer", "表内列", "column within the printed table, from 1", False, minimum=1),
    "item": Field("text", "事项", "row code of the table", closed=_codes(*_ROW_AXES)),
    "measure": Field("text", "指标列", "column code of the proactive table", closed=_codes(("proactive", "column"))),
    "applicant": Field(
        "text",
        "申请人类型",
        "column code of the requests table",
        closed=_codes(("requests", "column"), ("requests", "group")),
    ),
    "proceeding": Field("text", "程序", "row code of the reviews table", closed=_codes(("reviews", "row"))),
    "result": Field("text", "结果", "column code of the reviews table", closed=_codes(("reviews", "column"))),
    "count": Field("integer", "数量（件）", "number of requests or cases", False, minimum=0, unit="件"),
    "section": Field("text", "部分", "part of the report the text stands in", False),
    "quote": Field("text", "引文", "the words the number stands in"),
    "approximate": Field("flag", "约数", "printed with 余, 近, 约 or 多"),
    "refers_to": Field("text", "所指单元格", "the cells or sum it speaks of: codes joined by +, ratios with /", False),
    "kind": Field("text", "类别", "what the number is", closed=lambda: KINDS_OF_NUMBERS),
    "alternatives": Field("text", "另一种所指", "what the same words may also speak of, joined by |", False),
    "amount": Field("number", "数量", "the value with its scale taken out: 103000 for 10.3万条, in yuan for money"),
    "decimals": Field("integer", "小数位", "decimals printed", minimum=0),
    "bound": Field("text", "约数方向", "over (余, 多), under (近, 不足), about (约, 左右)", False, lambda: BOUNDS),
    "direction": Field("text", "增减", "up or down, for growth and difference", False, lambda: ("up", "down")),
    "population": Field("text", "口径", "whose count it is said to be", False, lambda: POPULATIONS),
    "topic": Field("text", "其他对象", "what it counts beside the form: channel/online, fee/processing", False),
    "parts": Field("text", "所述各数", "numbers of the counts that it restates or adds up, joined by |", False),
    "whole": Field("integer", "分母所在", "number of the count that it is a share of", False, minimum=1),
    "head": Field("integer", "总数所在", "number of the count that it is a part of (其中)", False, minimum=1),
    "start": Field("integer", "起", "place of the number in the quote, from 0", minimum=0),
    "end": Field("integer", "止", "place behind it", minimum=0),
    "indicator": Field("text", "指标", "indicator id"),
    "numerator": Field("number", "分子", "numerator of the indicator", False),
    "denominator": Field("number", "分母", "denominator of the indicator", False),
    "note": Field("text", "说明", "caveats, codes joined by |", False),
    "report": Field("text", "报告", "<organ>-<year>"),
    "title": Field("text", "标题", "title as published", False),
    "origin": Field("text", "来源", "what the file is: published text, figures typed from a rendering"),
    "hand": Field("text", "一手或二手", "first or second hand", closed=lambda: ("first", "second")),
    "publisher": Field("text", "发布机关", "who signed the report", False),
    "address": Field("text", "网址", "where it was published", False),
    "published": Field("date", "发布日期", "ISO date of publication", False),
    "retrieved": Field("date", "获取日期", "ISO date when the file was obtained", False),
    "licence": Field("text", "许可", "licence of the document", False),
    "missing": Field("text", "缺失部分", "what the file lacks of the published report", False),
    "old_value": Field("number", "原值", "the printed value", False),
    "new_value": Field("number", "更正值", "the value a person holds to be right", False),
    "reason": Field("text", "理由", "why"),
    "process": Field("text", "过程", "stage of government work", closed=lambda: PROCESSES),
    "item_code": Field("text", "一级目录代码", "code of the item of the first level, with its zeros"),
    "subitem": Field("text", "二级目录", "item of the second level"),
    "content": Field("text", "公开内容", "what is to be published"),
    "basis": Field("text", "公开依据", "law or notice that requires it"),
    "time_limit": Field("text", "公开时限", "by when it is to be published, as printed", False),
    "holder": Field("text", "公开主体", "who publishes it", False),
    "channels": Field("text", "公开渠道和载体", "channels ticked, joined by |", False),
    "audience": Field(
        "text", "公开对象", "public (全社会) or groups (特定群众); missing where not shown", False, lambda: AUDIENCES
    ),
    "mode": Field(
        "text", "公开方式", "proactive (主动) or request (依申请公开); missing where not shown", False, lambda: MODES
    ),
    "written": Field("date", "成文日期", "ISO date of the document"),
    "starts": Field("date", "征集开始", "first day, ISO; missing where not shown", False),
    "ends": Field("date", "征集结束", "last day, ISO; missing where not shown", False),
    "sha256": Field("text", "校验值", "sha256 of the file in data/raw"),
    "file": Field("text", "文件", "file in data/raw"),
    "code": Field("text", "代码", "code of the body"),
    "zh": Field("text", "中文名称", "name in Chinese"),
    "en": Field("text", "英文名称", "name in English"),
    "level": Field(
        "text",
        "层级",
        "level of government",
        closed=lambda: ("province", "city", "county", "township", "department"),
    ),
    "parent": Field("text", "上级", "code of the body above", False),
    "valid_from": Field("date", "启用日期", "ISO date from which the name is valid", False),
    "valid_to": Field("date", "停用日期", "ISO date until which the name was valid", False),
    "rule": Field("text", "规则", "rule id"),
    "severity": Field("text", "严重程度", "severity", closed=lambda: SEVERITIES),
    "state": Field("text", "结果", "outcome of the rule", closed=lambda: STATES),
    "expected": Field("number", "应为", "the value the rule expects", False),
    "found": Field("number", "实为", "the value found", False),
    "delta": Field("number", "差", "found minus expected", False),
    "message_zh": Field("text", "说明（中文）", "the finding in Chinese"),
    "message_en": Field("text", "说明（英文）", "the finding in English"),
    "evidence": Field("text", "依据", "cells or quote the finding rests on", False),
    "waived": Field("text", "豁免理由", "why a person accepted the finding (waivers.csv)", False),
    "correction": Field("text", "更正", "what a person holds to be right in its cells (corrections.csv)", False),
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, its key, what a row is."""

    name: str
    zh: str
    en: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    overrides: dict[str, Field]

    def field(self, column: str) -> Field:
        """Declaration of one column; a table may narrow the common one."""
        return self.overrides[column] if column in self.overrides else FIELDS[column]


def _table(name: str, zh: str, en: str, columns: str, key: str, **overrides: Field) -> Table:
    return Table(name, zh, en, tuple(columns.split()), tuple(key.split()), overrides)


_WHO = "organ year edition scope"
REGISTRY: dict[str, Table] = {
    table.name: table
    for table in (
        _table(
            "figures",
            "逐格数据",
            "Every printed cell of the three tables, with the place where it was printed.",
            f"{_WHO} table row column value unit status raw page grid grid_row grid_column",
            "organ year scope table row column",
        ),
        _table(
            "proactive",
            codebook().label("form", "section", "proactive"),
            "Proactive disclosure: one row per item and measure.",
            f"{_WHO} item measure value unit status",
            "organ year scope item measure",
            item=Field("text", "事项", "row code of the proactive table", closed=_codes(("proactive", "row"))),
        ),
        _table(
            "requests",
            codebook().label("form", "section", "requests"),
            "Requests: one row per outcome (or flow) and applicant type.",
            f"{_WHO} item applicant count status",
            "organ year scope item applicant",
            item=Field("text", "事项", "row code of the requests table", closed=_codes(("requests", "row"))),
            applicant=Field(
                "text", "申请人类型", "column code of the requests table", closed=_codes(("requests", "column"))
            ),
        ),
        _table(
            "reviews",
            codebook().label("form", "section", "reviews"),
            "Reconsideration and litigation: one row per proceeding and result.",
            f"{_WHO} proceeding result count status",
            "organ year scope proceeding result",
        ),
        _table(
            "reports",
            "报告清单",
            "One row per report: what it is and where it comes from (manifest.csv).",
            "report organ year edition scope title origin hand publisher address published retrieved licence"
            " missing sha256 file",
            "report",
        ),
        _table(
            "organs",
            "机关",
            "The bodies and their place in the tree (organs.csv).",
            "code zh en level parent valid_from valid_to",
            "code",
        ),
        _table(
            "corrections",
            "更正",
            "Printed values that a person holds to be wrong; the printed value stays in the figures (corrections.csv).",
            "report table row column old_value new_value reason evidence",
            "report table row column",
            evidence=Field("text", "依据", "where the right value stands", False),
        ),
        _table(
            "waivers",
            "核查豁免",
            "Findings that a person accepts, with the reason; they stay listed as waived (waivers.csv).",
            "report rule cell found reason",
            "",
            cell=Field("text", "单元格", "table/row/column that the finding is filed under", False),
        ),
        _table(
            "statements",
            "文字中的数字",
            "Numbers in the text, each with its quote and the cells it speaks of: what the checks need of the text."
            " kind: count; share of a whole; rate that has a name; growth in % or times; difference from last year;"
            " percent of something else; zero, said in words; all_upheld (均获维持).",
            "organ year scope number section paragraph quote value unit approximate refers_to kind alternatives amount"
            " decimals bound direction population topic parts whole head start end",
            "organ year scope number",
            number=Field("integer", "序号", "its place among the numbers of the text, from 1", minimum=1),
            paragraph=Field("integer", "段落", "number of the paragraph it stands in, from 1", minimum=1),
            value=Field("number", "数值", "the number as printed"),
            unit=Field("text", "单位", "unit as printed", False),
        ),
        _table(
            "catalogue",
            "政务公开事项标准目录",
            "Rows shown of the standard catalogues of matters to be published. note: cut_off, the row is shown in part;"
            " not_placed, a tick could not be placed in its column; heading_in_cell, a cell repeats its heading.",
            "organ year level number process item_code item subitem content basis time_limit holder channels audience"
            " mode note",
            "organ year level number",
            level=Field("text", "目录层级", "whose catalogue", closed=lambda: ("county", "department", "township")),
            number=Field("integer", "行序", "place of the row in what is shown, from 1", minimum=1),
            item=Field("text", "一级目录", "item of the first level"),
        ),
        _table(
            "policy_documents",
            "政策文件",
            "Policy documents shown in the report.",
            "organ year number title written published",
            "organ year number",
            number=Field("text", "文号", "number of the document"),
            title=Field("text", "标题", "title of the document"),
            published=Field("date", "发文日期", "ISO date of issue"),
        ),
        _table(
            "consultations",
            "意见征集",
            "Public consultations on drafts shown in the report.",
            "organ year title starts ends state",
            "organ year title",
            title=Field("text", "标题", "title of the notice"),
            state=Field("text", "状态", "open (征集中) or closed (已结束)", closed=lambda: ("open", "closed")),
        ),
        _table(
            "indicators",
            "指标",
            "Named rates and counts with numerator and denominator.",
            f"{_WHO} indicator applicant value unit numerator denominator status note",
            "organ year scope indicator applicant",
            edition=Field("year", "格式版本", "edition of the form", False, lambda: EDITIONS),
            unit=Field("text", "单位", "unit of the indicator"),
            status=Field("text", "状态", "why there is or is no value"),
            value=Field("number", "数值", "the indicator; null where it cannot be computed", False),
        ),
        _table(
            "findings",
            "核查结果",
            "Outcomes of the rules.",
            "organ year rule severity state table row column expected found delta message_zh message_en evidence"
            " waived correction",
            "",
            table=Field("text", "表", "table of the form", False),
            row=Field("text", "行代码", "row code", False),
            column=Field("text", "列代码", "column code", False),
        ),
    )
}


@cache
def schema(name: str, coerce: bool = True) -> pa.DataFrameSchema:
    """The pandera schema of a table: strict columns in order, closed sets, unique key; types coerced or required."""
    import pandera.pandas as pa

    table = REGISTRY[name]
    columns = {}
    for column in table.columns:
        field = table.field(column)
        checks = []
        if field.closed is not None:
            checks.append(pa.Check.isin(list(field.closed()), error="is not one of the known values"))
        if field.kind == "date":
            checks.append(pa.Check(_is_date, element_wise=True, error="is not a date written as 2020-12-31"))
        if field.minimum is not None:
            checks.append(pa.Check.ge(field.minimum, error=f"is below {field.minimum}"))
        kind = KINDS[field.kind][0]
        columns[column] = pa.Column(
            _text() if kind == "str" else kind, checks, nullable=not field.required, coerce=coerce, description=field.en
        )
    # checks of our own: those of pandera look at every column again for what is missing
    rules = _CROSS_COLUMN.get(name, ())
    if table.key:
        rules += ((partial(_unique, table), "stands more than once (the key must be unique)"),)
    whole_frame = [pa.Check(rule, error=error, ignore_na=False) for rule, error in rules]
    return pa.DataFrameSchema(columns, checks=whole_frame, strict=True, ordered=True, name=name)


@cache
def _text() -> Any:
    """The texts of pandas, told by the type of the column; pandera makes a table of the cells to tell each."""
    from pandera.engines import pandas_engine

    class Text(pandas_engine.STRING):
        def check(self, *given: Any) -> bool:
            told = super().check(*given)
            return told if isinstance(told, bool) else all(told)

    return Text()  # type: ignore[call-arg]


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _value_matches_status(frame: pd.DataFrame) -> pd.Series:
    amount = frame["count"] if "count" in frame else frame["value"]
    return amount.notna() == frame["status"].isin(NUMERIC_STATUSES)


def _counts_are_whole(frame: pd.DataFrame) -> pd.Series:
    return frame["value"].isna() | (frame["unit"] == "万元") | (frame["value"] % 1 == 0)


def _not_negative(frame: pd.DataFrame) -> pd.Series:
    column = frame["column"] if "column" in frame else frame["measure"]
    signed = column.map(lambda code: codebook().signed("proactive", code)).astype(bool)
    return frame["value"].isna() | signed | (frame["value"] >= 0)


def _unique(table: Table, frame: pd.DataFrame) -> pd.Series:
    return ~frame.duplicated([column for column in table.key if column in frame], keep=False)


def _typed(frame: pd.DataFrame, table: Table) -> bool:
    """Whether every column that the table has is of its type."""
    known = (column for column in table.columns if column in frame)
    return all(str(frame.dtypes[column]) == KINDS[table.field(column).kind][0] for column in known)


_STATUS = (_value_matches_status, "has a number although its status says there is none, or lacks one")
_WHOLE = (_counts_are_whole, "is a count but not a whole number")
_SIGN = (_not_negative, "is negative where the form allows no negative figure")
_CROSS_COLUMN: dict[str, tuple[tuple[Callable[[Any], Any], str], ...]] = {
    "figures": (_STATUS, _WHOLE, _SIGN),
    "proactive": (_STATUS, _WHOLE, _SIGN),
    "requests": (_STATUS,),
    "reviews": (_STATUS,),
}


def validate(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The frame with the types of its declaration.

    Raises :class:`SchemaError` with one line per failing cell (key, column, value, what is wrong) when
    anything breaks the declaration; all failures are found before it raises.
    """
    import pandera.pandas as pa

    try:
        return schema(name, coerce=not _typed(frame, REGISTRY[name])).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as failed:
        lines = list(dict.fromkeys(_failure_lines(frame, REGISTRY[name], failed.failure_cases)))
        raise SchemaError(f"{name}: {len(lines)} failures\n" + "\n".join(f"  {line}" for line in lines)) from None


def _failure_lines(frame: pd.DataFrame, table: Table, cases: pd.DataFrame) -> Iterable[str]:
    identity = [column for column in table.key or table.columns if column in frame]
    for case in cases.itertuples():
        check, index = str(case.check), case.index
        if index is None or index != index or index not in frame.index:
            if str(case.failure_case).startswith("KeyError"):
                # a rule over several columns, of which one is missing, as another line says
                continue
            yield f"{case.failure_case}: {_words(check)}"
            continue
        where = "/".join(str(frame.at[index, column]) for column in identity)
        # pandera repeats the failure of a whole-frame rule for each column; the cell is named once
        if case.schema_context == "Column":
            yield f"{where}: {case.column} {str(frame.at[index, case.column])!r} {_words(check)}"
        else:
            yield f"{where}: {_words(check)}"


def _words(check: str) -> str:
    if check == "not_nullable":
        return "is missing"
    if check.startswith(("coerce_dtype", "dtype")):
        return f"is not of the right type ({check})"
    return {
        "column_in_schema": "is a column that the table does not have",
        "column_in_dataframe": "is a missing column",
        "column_ordered": "is a column out of order",
    }.get(check, check)


def in_order(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The rows by the key of the table; by body and year, else as they stand, where it has none."""
    by = REGISTRY[name].key or [column for column in ("organ", "year") if column in frame]
    return frame.sort_values(list(by), kind="stable", ignore_index=True)


def resource(table: Table) -> dict[str, Any]:
    """Table Schema (Data Package v2) of a table: fields with title, description, constraints; primary key."""
    fields = []
    for column in table.columns:
        field = table.field(column)
        constraints: dict[str, Any] = {"required": True} if field.required else {}
        if field.closed is not None:
            constraints["enum"] = sorted(field.closed())
        if field.minimum is not None:
            constraints["minimum"] = field.minimum
        entry: dict[str, Any] = {
            "name": column,
            "type": KINDS[field.kind][1],
            "title": field.zh,
            "description": field.en,
        }
        if field.unit:
            entry["unit"] = field.unit
        if field.kind == "verbatim":
            entry["missingValues"] = []
        if constraints:
            entry["constraints"] = constraints
        fields.append(entry)
    described: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.key:
        described["primaryKey"] = list(table.key)
    return described
