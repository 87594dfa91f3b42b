"""The report that somebody asks for: by its id, by body and year, or as a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .panel import Panel, load
from .problems import SelectionError, SourceError
from .report import Report, read

if TYPE_CHECKING:
    import pandas as pd

Asked = Report | str | Path


def report_for(asked: Asked, panel: Panel | None = None) -> Report:
    """A report as given, of a document, or of a panel by ``suqian-2024`` or ``suqian:2024`` (body and year).

    The panel is that of data/processed where none is given. Raises :class:`SelectionError` for what is none of
    these, :class:`ReadError` for a document that cannot be read.
    """
    if isinstance(asked, Report):
        return asked
    if not isinstance(asked, (str, Path)):
        raise SelectionError(f"give a report, the id of one or the path of a document, not {asked!r:.50}.")
    if Path(asked).is_file():
        return read(asked)
    found = stored() if panel is None else panel
    if found is None:
        raise SelectionError(f"{asked}: there is no such document, and no processed data to look it up in; foi build.")
    try:
        return found.report(str(asked))
    except SelectionError as error:
        raise SelectionError(f"{error} Nor is there a document {str(asked)!r}.") from None


def stored() -> Panel | None:
    """The processed data found here or in a folder above; None where there is none."""
    try:
        return load()
    except SourceError:
        return None


def with_year_before(report: Report, panel: Panel | None) -> pd.DataFrame:
    """The figures of a report and, where the panel has it, of the same body and scope the year before."""
    import pandas as pd

    code = report.organ if panel is None else panel.organ_code(report.organ or "") or report.organ
    figures = report.figures.assign(organ=code)
    if panel is None or report.year is None:
        return figures
    known = panel.reports
    before = known[(known["organ"] == code) & (known["year"] == report.year - 1) & (known["scope"] == report.scope)]
    if before.empty:
        return figures
    return pd.concat([panel.report(str(before["report"].iloc[0])).figures, figures], ignore_index=True)
