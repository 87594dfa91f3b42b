"""What the codes of the tables mean, as tables: codebook, dictionary of indicators, series, breaks, rules."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..checks.catalogue import catalogue_frame
from ..codebook import codebook
from ..measures.indicator import describe
from ..measures.series import breaks
from ..measures.series import describe as describe_series
from ..schemas import Field, Table

if TYPE_CHECKING:
    import pandas as pd

#: table -> (zh, en, key, {column: (zh, en)}); all are texts but years.
_DECLARED: dict[str, tuple[str, str, str, dict[str, tuple[str, str]]]] = {
    "codebook": (
        "代码表",
        "The official form as data: every code with its labels by edition.",
        "table axis code",
        {
            "table": ("表", "table of the form, or form for its parts"),
            "axis": ("位置", "row, column, group, block, heading or section"),
            "code": ("代码", "the code"),
            "parent": ("上级代码", "codes above, joined by |"),
            "editions": ("格式版本", "editions that have it, joined by |"),
            "label_zh_2019": ("2019版标签", "label on the form of 2019"),
            "label_zh_2021": ("2021版标签", "label on the form of 2021"),
            "label_en": ("英文标签", "label in English"),
            "unit": ("单位", "unit of its figures"),
            "aliases": ("其他写法", "other labels seen, joined by |"),
            "note": ("说明", "remark"),
        },
    ),
    "dictionary": (
        "指标词典",
        "Every indicator: what is divided by what, and what to mind.",
        "id",
        {
            "id": ("指标", "id of the indicator"),
            "zh": ("中文名称", "name in Chinese"),
            "en": ("英文名称", "name in English"),
            "family": ("类别", "family"),
            "numerator": ("分子", "formula over the codes"),
            "denominator": ("分母", "formula over the codes; missing where the numerator is the value"),
            "unit": ("单位", "unit of the value"),
            "editions": ("格式版本", "editions it can be computed on, joined by |"),
            "caveat_zh": ("提示（中文）", "caveat in Chinese"),
            "caveat_en": ("提示（英文）", "caveat in English"),
            "source": ("出处", "clause or source"),
        },
    ),
    "series": (
        "可比序列",
        "What may be compared over the editions of the form: every series with its cell on each.",
        "id",
        {
            "id": ("序列", "id of the series: table/row/column"),
            "unit": ("单位", "unit of its figures"),
            "cell_2019": ("2019版单元格", "its cell on the form of 2019; missing where it has none"),
            "cell_2021": ("2021版单元格", "its cell on the form of 2021; missing where it has none"),
            "link": (
                "可比性",
                "same: one meaning; weak: chained, with a flag; starts, ends: on one edition only",
            ),
            "bridge_2014": (
                "与2014年统计的衔接",
                "to the statistics of 2014-2018: A same concept, B can be rebuilt as a group, C not bridgeable",
            ),
            "note_zh": ("中文说明", "why, in Chinese"),
            "note_en": ("英文说明", "why, in English"),
        },
    ),
    "breaks": (
        "时间序列断点",
        "What makes years differ for another reason than what was done in them.",
        "id",
        {
            "id": ("断点", "id of the break"),
            "year": ("年份", "the year"),
            "kind": ("类型", "step: different from this year on; year: this one year is different"),
            "series": ("所及序列", "beginning of the names of the series it concerns; * for all"),
            "zh": ("中文说明", "in Chinese"),
            "en": ("英文说明", "in English"),
        },
    ),
    "rules": (
        "核查规则",
        "The rules that the findings come from; a rule of two severities has two lines.",
        "",
        {
            "rule": ("规则", "rule id"),
            "severity": ("严重程度", "error, warning or info"),
            "editions": ("格式版本", "editions it is asked on, joined by |"),
            "formula": ("公式", "formula of a linear rule over the codes"),
            "title_zh": ("名称（中文）", "title in Chinese"),
            "title_en": ("名称（英文）", "title in English"),
            "source_zh": ("依据（中文）", "clause or source in Chinese"),
            "source_en": ("依据（英文）", "clause or source in English"),
        },
    ),
}


@cache
def meanings() -> tuple[tuple[Table, pd.DataFrame], ...]:
    """Each table of meanings with its declaration: the same for all data."""
    import pandas as pd

    frames = {
        "codebook": codebook().frame(),
        "dictionary": describe(),
        "series": describe_series(),
        "breaks": pd.DataFrame([{c: getattr(each, c) for c in _DECLARED["breaks"][3]} for each in breaks()]),
        "rules": catalogue_frame(),
    }
    found = []
    for name, (zh, en, key, columns) in _DECLARED.items():
        fields = {
            column: Field("year" if column == "year" else "text", *words, required=column in key.split())
            for column, words in columns.items()
        }
        frame = frames[name][list(columns)].replace("", None)
        found.append((Table(name, zh, en, tuple(columns), tuple(key.split()), fields), frame))
    return tuple(found)
