"""Publications: one page of a report or a comparison, or every page of a panel with an index over them."""

from __future__ import annotations

from pathlib import Path

from .. import files
from ..checks import examine
from ..comparison import Comparison
from ..lookup import Asked, report_for
from ..panel import Panel
from .brief import brief
from .compared import compared
from .page import Page
from .proof import proof
from .site import publish_all, spoken
from .subject import Subject

__all__ = ["Page", "proofread", "publish", "publish_all"]


def publish(
    about: Asked | Comparison, path: str | Path | None = None, *, lang: str = "both", panel: Panel | None = None
) -> Page:
    """The page of a report or of a comparison; written to ``path`` when it is given, shown by a notebook as it is.

    A report, its id in the processed data or a document; it comes with its body's other years, its peers and its
    provenance as ``panel`` has them: without one, the panel that it was taken from.
    Raises :class:`SelectionError` for an unknown report and another ``lang`` than ``zh``, ``en`` or ``both``.
    """
    languages = spoken(lang)
    if isinstance(about, Comparison):
        command = f"foi compare {about.base.id} {about.to.id} -o comparison.html"
        page = compared(about, languages, command)
    else:
        report = report_for(about, panel)
        page = brief(Subject(report, panel), languages, f"foi publish {report.id}")
    if path is not None:
        files.write(path, page.html)
    return page


def proofread(
    report: Asked, path: str | Path | None = None, *, lang: str = "both", previous: Asked | None = None
) -> Page:
    """The proof of a report, or of a document: its tables, its text and what the rules object to, with the proposed
    repairs; written to ``path`` when it is given.

    ``previous`` is the body's report of the year before, which it is compared with.
    Raises :class:`SelectionError` for another ``lang`` than ``zh``, ``en`` or ``both``.
    """
    read = report_for(report)
    source = read.name or read.id
    examination = examine([read] if previous is None else [read, report_for(previous)])[0]
    page = proof(Subject(read, examination=examination), spoken(lang), f"foi proofread {source} -o proof.html")
    if path is not None:
        files.write(path, page.html)
    return page
