"""The page that leads to all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .. import __version__
from ..checks import Examination
from ..measures.indicator import indicators
from ..panel import Panel
from .measures import count, percent
from .page import Page, page


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that the index leads to."""

    file: str
    titles: dict[str, str]
    """Language -> title."""
    alone: bool = False
    """Whether the file is in one language only."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What was made, in order."""

    briefs: dict[str, str]
    """Report id -> file."""
    comparisons: Sequence[Entry]
    notebooks: dict[str, Sequence[Entry]]
    """Language -> pages."""


_INDICATORS = ("workload", "completion_rate", "disclosure_rate")


def index(
    panel: Panel, contents: Contents, examined: dict[str, Examination], languages: Sequence[str], data_hash: str
) -> Page:
    """The page: every report with its first figures, comparisons, notebooks."""
    contexts = {lang: _context(panel, contents, examined, lang, data_hash) for lang in languages}
    return page("index.html.j2", " · ".join(context["title"] for context in contexts.values()), contexts)


def _context(
    panel: Panel, contents: Contents, examined: dict[str, Examination], lang: str, data_hash: str
) -> dict[str, Any]:
    title = "政府信息公开工作年度报告" if lang == "zh" else "Annual reports on government information disclosure"
    return {
        "title": title,
        "reports": _reports(panel, contents, examined, lang),
        "comparisons": contents.comparisons,
        "notebooks": contents.notebooks.get(lang, ()),
        "colophon": {"hash": data_hash, "version": __version__, "command": "foi publish"},
        "home": "",
    }


def _reports(panel: Panel, contents: Contents, examined: dict[str, Examination], lang: str) -> list[dict[str, Any]]:
    """One line per report: body, year, what was asked and disclosed, what the checks found."""
    frame = indicators(panel, _INDICATORS)
    frame = frame[frame["applicant"] == "total"].set_index(["organ", "year", "indicator"])
    lines = []
    for line in panel.reports.itertuples():
        if line.report not in contents.briefs:
            continue
        found = {name: frame.loc[(line.organ, line.year, name)] for name in _INDICATORS}
        failed = examined[line.report].failed
        lines.append(
            {
                "name": panel.organ_name(line.organ, lang),
                "file": contents.briefs[line.report],
                "year": str(line.year),
                "edition": str(line.edition),
                "asked": count(found["workload"]["value"]),
                "handled": count(found["completion_rate"]["numerator"]),
                "disclosed": percent(found["disclosure_rate"]),
                "errors": sum(finding.severity == "error" for finding in failed),
                "warnings": sum(finding.severity == "warning" for finding in failed),
            }
        )
    return lines
