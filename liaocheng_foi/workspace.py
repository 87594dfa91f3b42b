"""An analyst's own working folder: set up, and reports listed in its manifest without touching the package."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sysconfig
from dataclasses import asdict, fields
from pathlib import Path

from . import files, sources
from .problems import SourceError
from .report import Report, read
from .sources import CORRECTIONS, MANIFEST, ORGANS, Correction, Entry, Organ

README = """\
# 政府信息公开工作年度报告 · Annual reports on government information disclosure

    foi add FILE …     把报告放入 data/raw 并登记 · put reports into data/raw and list them
    foi publish        读取、核对、发布 · read, check and publish: published/index.html
    foi check FILE     只核对一份报告 · only check one report
    jupyter lab notebooks

`data/raw/manifest.csv` 每份报告一行（来源、一手或二手、日期可自行补充）；`organs.csv` 机关及其上下级；
`corrections.csv` 经人认定的更正，印出的数字仍保留。

One line per report in `data/raw/manifest.csv` (complete origin, hand, dates yourself), bodies and their tree in
`organs.csv`, accepted corrections in `corrections.csv`; printed figures stay as they are.
"""

#: End of a body's name -> level of government; anything else is a department.
_LEVELS = (
    ("province", r"(?:省|自治区|(?:北京|天津|上海|重庆)市)(?:人民政府)?$"),
    ("township", r"(?:镇|乡|街道)(?:人民政府|办事处)?$"),
    ("county", r"(?:县|区|旗)(?:人民政府)?$"),
    ("city", r"(?:市|自治州|盟|地区)(?:人民政府)?$"),
)


def new(folder: str | Path) -> list[Path]:
    """Set up a working folder: data/raw with manifest, bodies and corrections, notebooks, a README; the files written.

    Raises :class:`SourceError` when the folder already holds a manifest: nothing is ever overwritten.
    """
    root = Path(folder)
    raw = root / "data" / "raw"
    if (raw / MANIFEST).exists():
        raise SourceError(f"{root.name}: there is already a {MANIFEST}; nothing was changed.")
    written = [files.write(root / "README.md", README)]
    for name, kind in ((MANIFEST, Entry), (ORGANS, Organ), (CORRECTIONS, Correction)):
        written.append(files.write(raw / name, _header(kind)))
    for notebook in sorted(notebooks().glob("*.ipynb")):
        written.append(files.write(root / "notebooks" / notebook.name, notebook.read_text(encoding="utf-8")))
    return written


def notebooks() -> Path:
    """The folder of the notebooks that come with the package: of the source tree, else of the installation."""
    source = Path(__file__).parent.parent / "notebooks"
    return source if source.is_dir() else Path(sysconfig.get_path("data")) / "share" / "liaocheng_foi" / "notebooks"


def add(
    document: str | Path,
    raw: str | Path = "data/raw",
    *,
    organ: str | None = None,
    en: str | None = None,
    level: str | None = None,
    parent: str = "",
    year: int | None = None,
    scope: str | None = None,
    hand: str = "first",
    address: str = "",
) -> Report:
    """Put one document into ``raw`` and list it in manifest.csv, its body in organs.csv; the report as read.

    ``organ`` is the body's code; without it the body of organs.csv that bears the printed name is taken, or the
    name itself becomes the code. Name, year, scope and dates come from the document where they are not given.
    Raises :class:`SourceError` when body, year or scope are neither given nor found, or the report is already listed.
    """
    path, folder = Path(document), Path(raw)
    entries, bodies = sources.manifest(folder), sources.organs(folder)
    report = read(path, year=year, scope=scope)
    name = report.organ or organ
    code = organ or next((body.code for body in bodies if body.zh == name), name)
    if code is None or report.year is None or report.scope is None:
        known = {"organ": code, "year": report.year, "scope": report.scope}
        lacking = [name for name, value in known.items() if value is None]
        raise SourceError(
            f"{path.name}: the document does not say its {', '.join(lacking)}; give --{' --'.join(lacking)}."
        )
    data = path.read_bytes()
    entry = Entry(
        report=f"{code}-{report.year}",
        file=f"{code}-{report.year}{path.suffix.lower()}",
        organ=code,
        year=str(report.year),
        edition=str(report.edition),
        scope=report.scope,
        title=report.title or "",
        origin="published document",
        hand=hand,
        publisher=report.publisher or "",
        address=address,
        published=report.published or "",
        retrieved="",
        licence="",
        missing="",
        sha256=hashlib.sha256(data).hexdigest(),
    )
    if any(known.report == entry.report for known in entries):
        raise SourceError(f"{path.name}: {entry.report} is already listed in {MANIFEST}.")
    files.write(folder / entry.file, data)
    if all(body.code != code for body in bodies):
        body = Organ(code, name or code, en or name or code, level or _level(name or code), parent, "", "")
        _append(folder / ORGANS, body)
    _append(folder / MANIFEST, entry)
    return report


def _level(name: str) -> str:
    return next((level for level, end in _LEVELS if re.search(end, name)), "department")


def _header(kind: type) -> str:
    return ",".join(field.name for field in fields(kind)) + "\n"


def _append(path: Path, record: Entry | Organ) -> None:
    """One more line under the columns that the file has; what stands there stays as it is."""
    text = path.read_text(encoding="utf-8-sig")
    columns = next(csv.reader([text.partition("\n")[0]]))
    target = io.StringIO()
    csv.DictWriter(target, columns, restval="", extrasaction="ignore", lineterminator="\n").writerow(asdict(record))
    files.write(path, text + ("" if text.endswith("\n") else "\n") + target.getvalue())
