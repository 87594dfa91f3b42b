"""The report that somebody asks for: by its id, by body and year, or as a document."""

from __future__ import annotations

from pathlib import Path

from .panel import Panel, load
from .problems import SelectionError, SourceError
from .report import Report, read

Asked = Report | str | Path


def report_for(asked: Asked, panel: Panel | None = None) -> Report:
    """A report as given, of a document, or of a panel by ``suqian-2024`` or ``suqian:2024`` (body and year).

    The panel is that of data/processed where none is given. Raises :class:`SelectionError` for what is none of
    these, :class:`ReadError` for a document that cannot be read.
    """
    if isinstance(asked, Report):
        return asked
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
