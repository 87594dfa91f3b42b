"""What can be wrong: the record of a problem met while reading, and the few exceptions for misuse.

A problem never stops a reading and never changes a figure: it is a record with a code, a place and words
in Chinese and English. An exception is raised only where nothing could be read or the call itself was wrong;
its text says what is wrong, where, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .plural import Count


class FoiError(Exception):
    """Base of every error this package raises on purpose; its text is one sentence for people."""


class ReadError(FoiError):
    """A document could not be read: missing, empty, not a report, over a limit, of an unknown medium."""


class SourceError(FoiError):
    """data/raw or a file of its bookkeeping is not as the manifest says (hash, missing row, bad correction)."""


class SchemaError(FoiError):
    """A table breaks its schema; the text lists every failing cell."""


class SelectionError(FoiError):
    """A body, year, table, code or indicator was asked for that is not there."""


#: code -> (zh, en): the closed list of problems. ``{…}`` is filled from :attr:`Problem.details`.
WORDING: dict[str, tuple[str, str]] = {
    "table-missing": ("没有找到“{label}”表", 'the table "{label}" was not found'),
    "table-twice": ("“{label}”表出现多次，只采用第一次", 'the table "{label}" stands twice; the first was taken'),
    "row-missing": ("表中没有“{label}”一行", 'the row "{label}" is missing'),
    "column-missing": ("表中没有“{label}”一列", 'the column "{label}" is missing'),
    "cell-missing": ("“{label}”一行缺少单元格", 'the row "{label}" lacks cells'),
    "label-unknown": ("不认识的标签“{raw}”", 'unknown label "{raw}"'),
    "label-nearest": ("标签“{raw}”按“{label}”读取", 'the label "{raw}" was read as "{label}"'),
    "label-variant": ("标签“{raw}”与格式“{label}”不同", 'the label "{raw}" differs from the form\'s "{label}"'),
    "note-missing": ("表中没有附注“{label}”", 'the remark "{label}" is missing'),
    "row-twice": ("“{label}”一行出现多次，只采用第一次", 'the row "{label}" stands twice; the first was taken'),
    "placed-by-position": (
        "“{label}”按位置读取，没有标签可对",
        '"{label}" was placed by position: no label to match',
    ),
    "not-placed": ("“{raw}”无法确定属于哪一格", '"{raw}" could not be placed with certainty'),
    "not-a-number": ("“{raw}”不是数字", '"{raw}" is not a number'),
    "note-in-cell": ("数字旁有附注“{raw}”", 'a note stands beside the number: "{raw}"'),
    "cell-spans-rows": (
        "“{raw}”一格跨越几行，不能确定属于哪一行",
        'the cell "{raw}" spans several rows; its figure was given to the first only',
    ),
    "total-blank": (
        "“{label}”一行有数字而总计为空，数字可能左移",
        'the total of "{label}" is blank though figures stand before it; they may have moved left',
    ),
    "sums-differ": (
        "“{label}”表几乎所有总计都与各列之和不等，各列可能错位",
        'nearly all totals of the table "{label}" differ from the sum of their columns, which may have been mistaken',
    ),
    "total-missing": (
        "“{label}”表没有读到总计，无法核对各列，各列可能错位",
        'no total was read in the table "{label}" to confirm its columns, which may have been mistaken',
    ),
    "number-split": ("“{raw}”可能是被拆开的一个数", '"{raw}" may be one number cut in two'),
    "subtotal-added": (
        "表中另有“{raw}”小计，未计入表格规定的单元格",
        'an added subtotal "{raw}" is kept apart from the form\'s cells',
    ),
    "other-year": (
        "“{raw}”之下是其他年度的数字或比较，未采用",
        'figures under "{raw}" are of another year, or comparisons, and were left out',
    ),
    "year-unclear": (
        "标有“{raw}”，数字可能不是报告年度的",
        'under "{raw}" stand figures that may not be of the year of the report',
    ),
    "other-in-one-row": ("“{label}”只有一行", '"{label}" is printed as one row'),
    "edition-unusual": (
        "{year}年报告使用了{edition}版格式",
        "the {year} report is on the form of {edition}",
    ),
    "edition-mixed": ("各表格式版本不一致：{raw}", "the tables are of different editions: {raw}"),
    "unit-in-cell": ("单位写在单元格内：“{raw}”", 'the unit stands in the cell: "{raw}"'),
    "unit-unknown": ("“{raw}”没有注明单位，按{unit}读取", '"{raw}" has no unit; read as {unit}'),
    "metadata-missing": ("文中没有找到{label}", "{label} was not found in the text"),
    "metadata-conflict": ("{label}前后不一致：{raw}", "{label} differs within the document: {raw}"),
    "encoding-replaced": (
        "有{count}个字符无法解码",
        "{count:character|characters} could not be decoded",
    ),
    "page-without-text": (
        "第{number}页没有文字层，需要先做OCR",
        "page {number} has no text layer; run OCR on it first",
    ),
    "page-recognised": (
        "第{number}页的文字由扫描图像识别（OCR）而来，请与图像核对",
        "the text of page {number} was recognised from a picture (OCR): compare it with the picture",
    ),
    "hidden-markup": ("忽略了{raw}", "{raw} was ignored"),
    "waits-for-script": (
        "{raw}在网页运行脚本前不显示，其中的表格已读取",
        "{raw} is not shown until a script of the page runs; the tables in it were read",
    ),
    "styles-unread": (
        "页面的样式规则过多或过于复杂，有的没有查看，显示的数字可能与读取的不同，请对照页面核对",
        "style rules of the page are too many or too involved to be followed: what it shows may differ from what was "
        "read; compare the figures with the page",
    ),
}


#: What stands in a cell that shows a picture and no text: it is not blank.
PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"


def shown(text: str, lang: str) -> str:
    """What is printed in a cell, on one line, a picture in words."""
    return " ".join(text.replace(PICTURE, "图片" if lang == "zh" else "a picture").split())


def quoted(text: str, lang: str) -> str:
    """Words of a report within a sentence."""
    return f"“{text}”" if lang == "zh" else f'"{text}"'


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is doubtful in a document, with its place."""

    code: str
    """Key of :data:`WORDING`."""
    table: str | None = None
    row: str | None = None
    column: str | None = None
    page: int | None = None
    """1-based page, where the medium has pages."""
    grid: int | None = None
    """1-based number of the grid in the document."""
    grid_row: int | None = None
    grid_column: int | None = None
    details: dict[str, object] = field(default_factory=dict)
    """Values for the wording: raw text, label, count."""

    def __post_init__(self) -> None:
        if self.code not in WORDING:
            raise ValueError(f"unknown problem code {self.code!r}; known: {', '.join(sorted(WORDING))}")

    def message(self, lang: str = "zh") -> str:
        """The problem in one sentence without its place."""
        words = {name: shown(said, lang) if isinstance(said, str) else said for name, said in self.details.items()}
        known = {"table": self.table, "row": self.row, "column": self.column} | words
        if "count" in known:
            known["count"] = Count(known["count"])
        return WORDING[self.code][0 if lang == "zh" else 1].format_map(known)

    def place(self, lang: str = "zh") -> str:
        """Where in the document, as words; empty when the problem concerns the whole of it."""
        return place_in_words(self.page, self.grid, self.grid_row, self.grid_column, lang)


def place_in_words(page: int | None, grid: int | None, row: int | None, column: int | None, lang: str = "zh") -> str:
    """``第3页表2第5行第4列`` or ``page 3, table 2, row 5, column 4``; parts that are None are left out."""
    if lang == "zh":
        parts = [(page, "第{}页"), (grid, "表{}"), (row, "第{}行"), (column, "第{}列")]
        return "".join(words.format(number) for number, words in parts if number is not None)
    parts = [(page, "page {}"), (grid, "table {}"), (row, "row {}"), (column, "column {}")]
    return ", ".join(words.format(number) for number, words in parts if number is not None)
