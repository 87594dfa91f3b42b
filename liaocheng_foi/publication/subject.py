"""What a brief is about: one report with what stands around it, each part computed when first asked for."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cached_property
from typing import Any

import pandas as pd

from ..checks import Examination, examine
from ..checks.finding import frame
from ..measures.decomposition import decompositions
from ..measures.funnels import peers
from ..measures.indicator import indicators
from ..measures.years import change
from ..panel import Panel
from ..problems import SelectionError
from ..report import Report
from ..sources import Correction, Waiver
from ..tablefiles import to_csv

#: A comparison with fewer other bodies would be one of single bodies.
_LEAST_PEERS = 3


class Subject:
    """One report, and of a panel what concerns it: provenance, the body's other years, its peers, findings."""

    def __init__(self, report: Report, panel: Panel | None = None, examination: Examination | None = None) -> None:
        self.report = report
        self._examination = examination
        panel = report.panel if panel is None else panel
        self.panel = panel if panel is not None and report.id in set(panel.reports["report"]) else None

    @cached_property
    def provenance(self) -> dict[str, Any]:
        """The report's line in the manifest without its gaps; empty for a report that is in no panel."""
        if self.panel is None:
            return {}
        lines = self.panel.reports
        line = lines[lines["report"] == self.report.id].iloc[0]
        return {key: value for key, value in line.items() if not pd.isna(value) and value != ""}

    @cached_property
    def organ(self) -> dict[str, Any]:
        """The body's line in organs.csv without its gaps."""
        if self.panel is None:
            return {}
        lines = self.panel.organs
        found = lines[lines["code"] == self.report.organ]
        return {} if found.empty else {key: value for key, value in found.iloc[0].items() if not pd.isna(value)}

    def name(self, lang: str) -> str:
        """The body's name; as printed where no other is known, empty where none is."""
        return str(self.organ.get(lang) or self.report.organ or "")

    @cached_property
    def years(self) -> list[Report]:
        """The reports of this body on the same scope, in order of years; this one among them."""
        if self.panel is None:
            return [self.report]
        lines = self.panel.reports
        mine = lines[(lines["organ"] == self.report.organ) & (lines["scope"] == self.report.scope)]
        others = {int(y): id for y, id in zip(mine["year"], mine["report"], strict=True) if id != self.report.id}
        found = [self.panel.report(id) for year, id in others.items()]
        return sorted([*found, self.report], key=lambda report: report.year or 0)

    @cached_property
    def previous(self) -> Report | None:
        """The same body's report of the year before."""
        return next((r for r in self.years if self.report.year and r.year == self.report.year - 1), None)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures of this and of the body's other years."""
        return pd.concat([report.figures for report in self.years], ignore_index=True)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Every indicator of this report."""
        frame = indicators(self.figures)
        return frame[_of_year(frame["year"], self.report.year)].reset_index(drop=True)

    def indicator(self, id: str, applicant: str = "total") -> Any:
        """One line of :attr:`indicators`."""
        lines = self.indicators
        return lines[(lines["indicator"] == id) & (lines["applicant"] == applicant)].iloc[0]

    @cached_property
    def changes(self) -> pd.DataFrame | None:
        """Every indicator's change from the year before; None without a report of it."""
        if self.previous is None:
            return None
        return change(self.figures, self.previous.year, self.report.year, of="indicators")

    @cached_property
    def decomposition(self) -> Any:
        """The change of the disclosure rate split into mix and within; None where it cannot be, or of too few."""
        if self.previous is None or self.previous.year is None or self.report.year is None:
            return None
        frame = decompositions(self.figures, self.previous.year, self.report.year)
        known = frame[frame["difference"].notna() & ~frame["note"].str.contains("tiny_denominator")]
        return None if known.empty else known.iloc[0]

    @cached_property
    def peers(self) -> pd.DataFrame | None:
        """The disclosure rates of the bodies of the same year and scope; None where they are too few."""
        if self.panel is None or self.report.year is None:
            return None
        try:
            frame = peers(self.panel, self.report.year, scope=self.report.scope)
        except SelectionError:
            return None
        return frame if frame["value"].notna().sum() > _LEAST_PEERS else None

    @cached_property
    def examination(self) -> Examination:
        """The report with the outcome of every rule."""
        if self._examination is not None:
            return self._examination
        known = {} if self.panel is None else {"organs": self.panel.organs} | decisions(self.panel)
        return examine(self.years, **known)[self.years.index(self.report)]

    @cached_property
    def findings(self) -> pd.DataFrame:
        """The ``findings`` table of this report."""
        return frame(self.examination.findings)

    @cached_property
    def data_hash(self) -> str:
        """sha256 of the report's figures as the page offers them."""
        return hashlib.sha256(to_csv(self.report.figures)).hexdigest()


def decisions(panel: Panel) -> dict[str, Any]:
    """What a person has accepted and corrected in the reports of a panel, as :func:`examine` takes it."""
    found = {}
    for name, kind in (("waivers", Waiver), ("corrections", Correction)):
        lines = panel.table(name)[[field.name for field in fields(kind)]].astype(object)
        found[name] = [kind(*map(_text, line)) for line in lines.where(lines.notna(), "").itertuples(index=False)]
    return found


def _text(value: str | float) -> str:
    """A value as the files of data/raw have it."""
    return value if isinstance(value, str) else f"{value:.10g}"


def _of_year(years: pd.Series, year: int | None) -> pd.Series:
    return years.isna() if year is None else years == year
