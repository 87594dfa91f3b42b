"""What a release says of itself in words: README, citation, cover, notes; Chinese and English alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import __version__
from ..datapackage import LICENCE, TITLE
from ..measures.indicator import NOTE, STATUS
from ..tablefiles import DESCRIPTOR

if TYPE_CHECKING:
    from .tables import Release

AUTHOR = "The liaocheng_foi authors"
SOURCE = (
    "各机关公布的政府信息公开工作年度报告；每份报告的来源见 reports 表",
    "annual reports on government information disclosure as published by each body; where each comes from: reports",
)
UNITS = (
    "件（文件、决定、申请、案件）、项（项目）、万元（10 000元）；各列单位见表头，数值单位不一的见 unit 列",
    "件 documents, decisions, requests, cases; 项 items; 万元 10,000 yuan; units stand in the headers, and in the"
    " column unit where they differ within a column",
)
#: What a reader must know of all tables.
GENERAL = (
    ("印出的数字从不改动；更正另列（corrections）", "printed figures are never changed; corrections stand beside them"),
    ("空白、“/”、“—”不等于0，没有数字处为空", "a blank, / or — is not 0: there is no number where none was printed"),
    (
        "2019、2020年度报告用2019版格式，2021年度起用2021版；两版不可比的项目见 series 与 breaks",
        "reports for 2019 and 2020 are on the form of 2019, later ones on that of 2021; what is not comparable:"
        " series, breaks",
    ),
    (
        "报告本身的错误照录，由 findings 指出",
        "errors of the reports stand as printed; findings names them",
    ),
    ("指标由各项数量相除而得，未四舍五入", "indicators are computed from counts and are not rounded"),
    (
        "region-wide 为汇总本行政区域的报告，已含下级机关，不可与下级相加",
        "region-wide reports count the bodies below: never add these to them",
    ),
    (
        "二手来源（hand 为 second）未与原文核对",
        "second-hand figures (hand) were not compared with the published document",
    ),
)
#: What was printed in a cell: status -> (zh, en).
PRINTED = {
    "reported": ("印有数字", "a number was printed"),
    "text_zero": ("印为“无”，即0", "printed 无 (none), which is 0"),
    "blank": ("空白", "blank"),
    "not_applicable": ("印为“/”", "printed /"),
    "dash": ("印为“—”或“-”", "printed as a dash"),
    "illegible": ("无法辨认", "could not be read"),
}


def scope(release: Release) -> tuple[str, str]:
    """How many reports, bodies and years, in both languages."""
    reports = release.tables["reports"]
    bodies, count = reports["organ"].nunique(), len(reports)
    years = sorted(reports["year"].dropna().unique())
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))
    en = (
        f"{count} report{'s' * (count != 1)}, {bodies} {'body' if bodies == 1 else 'bodies'}, "
        f"year{'s' * (len(years) != 1)} {span}"
    )
    return f"{count}份报告，{bodies}个机关，{span}年度", en


def cite() -> str:
    """The citation in one line."""
    return f"{AUTHOR}: {TITLE}, liaocheng_foi {__version__}."


def _legend() -> tuple[str, str]:
    """What stands in the column status, in one line."""
    zh = "；".join(f"{code} {words[0]}" for code, words in PRINTED.items())
    en = "; ".join(f"{code}: {words[1]}" for code, words in PRINTED.items())
    return f"status 列：{zh}", f"column status: {en}"


def _titles() -> tuple[str, str]:
    zh, en = TITLE.split(" · ")
    return zh, en


def about(release: Release) -> list[tuple[str, str, str]]:
    """(topic, zh, en): what the whole of it is."""
    licence = f"{LICENCE['title']}, {LICENCE['path']}"
    return [
        ("title", *_titles()),
        ("scope", *scope(release)),
        ("source", *SOURCE),
        ("units", *UNITS),
        ("legend", *_legend()),
        ("licence", licence, licence),
        ("citation", cite(), cite()),
        ("version", __version__, __version__),
    ]


def notes() -> list[tuple[str, str, str, str]]:
    """(topic, code, zh, en) of every note."""
    lines = [("general", "", zh, en) for zh, en in GENERAL]
    for topic, words in (("figures.status", PRINTED), ("indicators.status", STATUS), ("indicators.note", NOTE)):
        lines += [(topic, code, zh, en) for code, (zh, en) in words.items()]
    return lines


def citation() -> str:
    """CITATION.cff of the data."""
    return (
        "cff-version: 1.2.0\n"
        "message: 引用请注明 · please cite as below\n"
        f'title: "{TITLE}"\n'
        "type: dataset\n"
        f"version: {__version__}\n"
        f"license: {LICENCE['name']}\n"
        f"authors:\n  - name: {AUTHOR}\n"
    )


def readme(release: Release, kind: str) -> str:
    """README.md of a data package whose tables are files of this kind."""
    zh, en = scope(release)
    lines = [
        f"# {TITLE}", "",
        f"{zh}。来源：{SOURCE[0]}。", "", f"{en}. Source: {SOURCE[1]}.", "",
        "| 文件 file | 行 rows | 内容 | content |", "| --- | ---: | --- | --- |",
    ]  # fmt: skip
    for name, frame in release.tables.items():
        table = release.declared[name]
        file = f"`{name}.{kind}`" if len(frame) or kind != "json" else name
        lines.append(f"| {file} | {len(frame)} | {table.zh} | {table.en} |")
    lines += [
        "",
        f"列、单位、主键、外键、校验值 · columns, units, keys, hashes: `{DESCRIPTOR}` (Data Package v2).",
        "",
        "## 说明 · Notes",
        "",
        f"- {UNITS[0]} · {UNITS[1]}",
        *(f"- {zh} · {en}" for zh, en in GENERAL),
    ]
    if kind == "csv":
        lines.append(
            "- 以 =、+、-、@ 开头、会被电子表格当作公式的文字前加了撇号 · a text that a spreadsheet program would run"
            " as a formula has an apostrophe before it"
        )
    lines += ["", "## 引用与许可 · Citation and licence", "", cite(), "", f"{LICENCE['title']}: {LICENCE['path']}", ""]
    return "\n".join(lines)
