"""What researchers take away: the tables of many reports as a data package, a workbook, a database, filled forms.

:func:`export` writes any of them. Whatever the medium, it holds the same tables (:mod:`.tables`) and says where
they come from. The same panel gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .. import files
from ..problems import SelectionError
from ..tablefiles import FORMATS as TABLE_FILES

if TYPE_CHECKING:
    from ..panel import Panel
    from .tables import Release

#: What ``export`` writes: folders (or .zip files) of table files or filled forms, and single files.
FOLDERS = (*TABLE_FILES, "docx")
FORMATS = (*FOLDERS, "xlsx", "duckdb")

Parts = Iterator[tuple[str, bytes]]


def export(panel: Panel, to: str, path: str | Path, lang: str = "zh") -> list[Path]:
    """Write the tables of a panel in one of :data:`FORMATS`; the files written.

    ``csv``, ``parquet`` and ``json``: a data package, each table a file, with datapackage.json, README.md and
    CITATION.cff. ``docx``: the official form, filled, for each report in ``lang``. These go into the folder ``path``,
    or into one file when it ends in ``.zip``. ``xlsx`` and ``duckdb``: one file ``path``, cover and notes inside.
    Choose reports with :meth:`Panel.sel`. Raises :class:`SelectionError` for an unknown format and for what the
    format cannot hold.
    """
    if to not in FORMATS:
        raise SelectionError(f"no format {to!r}; there are: {', '.join(FORMATS)}.")
    target = Path(path)
    if to in FOLDERS:
        return _folder(_forms(panel, lang) if to == "docx" else _package(panel, to), target)
    return [_FILES[to](_release(panel), target)]


@lru_cache(maxsize=1)
def _release(panel: Panel) -> Release:
    """The tables of a panel, made once for all formats that are written one after the other."""
    from .tables import Release

    return Release(panel)


def _folder(parts: Parts, target: Path) -> list[Path]:
    if target.suffix.lower() == ".zip":
        from ..filled.zipped import zipped

        return [files.write(target, zipped(dict(parts)))]
    if target.is_file():
        raise SelectionError(f"{target.name} is a file; name a folder for this format, or a file ending in .zip.")
    return [files.write(target / name, data) for name, data in parts]


def _package(panel: Panel, to: str) -> Parts:
    from ..datapackage import package
    from .words import citation, readme

    release = _release(panel)
    yield "README.md", readme(release, to).encode("utf-8")
    yield "CITATION.cff", citation().encode("utf-8")
    yield from package(release.tables, (to,), release.declared)


def _forms(panel: Panel, lang: str) -> Parts:
    from ..checks import reports_of
    from ..filled.forms import to_docx

    taken: set[str] = set()
    for report in reports_of(panel):
        name = re.sub(r"[^\w-]", "_", report.id)
        name = name if name not in taken else f"{name}-{report.scope}"
        taken.add(name)
        yield f"{name}.docx", to_docx(report, lang=lang)


def _workbook(release: Release, target: Path) -> Path:
    from .workbook import workbook

    return files.write(target, workbook(release))


def _database(release: Release, target: Path) -> Path:
    from .database import write_database

    return write_database(release, target)


_FILES: dict[str, Callable[[Release, Path], Path]] = {"xlsx": _workbook, "duckdb": _database}
