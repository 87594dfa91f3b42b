"""Files inside a page: data URIs, so that a page sent by mail still has its data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from ..codebook import codebook
from ..tablefiles import to_csv, to_json
from .words import pick

if TYPE_CHECKING:
    from .subject import Subject

#: What a URI cannot hold as it is; all else stays readable and short.
_ESCAPES = str.maketrans(
    {"%": "%25", "#": "%23", '"': "%22", "\n": "%0A", "\r": "%0D", "\t": "%09", "\ufeff": "%EF%BB%BF"}
)


@dataclass(frozen=True, slots=True)
class Download:
    """One file that a page offers."""

    name: str
    """File name."""
    kind: str
    """MIME type."""
    text: str

    @property
    def uri(self) -> str:
        """The file as a data URI."""
        return f"data:{self.kind};charset=utf-8,{self.text.translate(_ESCAPES)}"

    @property
    def size(self) -> str:
        """Its size, as people read it."""
        size = len(self.text.encode("utf-8"))
        return f"{max(round(size / 1000), 1)} kB"


def csv_file(name: str, frame: pd.DataFrame) -> Download:
    """A frame as CSV with a byte order mark, by which spreadsheet programs know it for UTF-8."""
    return Download(f"{name}.csv", "text/csv", "\ufeff" + to_csv(frame).decode("utf-8"))


def json_file(name: str, frame: pd.DataFrame) -> Download:
    """A frame as a JSON list of records; columns that hold nothing at all are left out."""
    return Download(f"{name}.json", "application/json", to_json(frame.dropna(axis=1, how="all")).decode("utf-8"))


def svg_file(name: str, svg: bytes) -> Download:
    """A chart as a file of its own."""
    return Download(f"{name}.svg", "image/svg+xml", svg.decode("utf-8"))


def of_report(subject: Subject, lang: str) -> list[tuple[Download, str]]:
    """The files of a brief: (file, what it holds)."""
    return [(file, pick(lang, *words)) for file, words in _files(subject)]


@lru_cache(maxsize=1)
def _files(subject: Subject) -> list[tuple[Download, tuple[str, str]]]:
    """The files, the same in every language of a page, and what each holds, zh and en."""
    id, report = subject.report.id, subject.report
    cells = "逐格数据", "every printed cell"
    found = [
        (csv_file(f"{id}-figures", report.figures), cells),
        (json_file(f"{id}-figures", report.figures), cells),
        (csv_file(f"{id}-indicators", subject.indicators), ("指标", "indicators")),
        (csv_file(f"{id}-findings", subject.findings), ("核查结果", "outcomes of the rules")),
    ]
    if len(report.statements):
        found.append((csv_file(f"{id}-statements", report.statements), ("正文中的数字", "numbers of the text")))
    return [*found, (csv_file("codebook", codebook().frame()), ("代码表", "codes and labels of the form"))]
