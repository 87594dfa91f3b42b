"""What stands around a report: the year before it, the units of its region, the bodies of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from ..label import Cell
from ..metadata import Metadata
from ..panel import Panel
from ..problems import SelectionError
from ..report import Report
from ..sources import Organ
from .facts import Facts
from .linear import CELLS

if TYPE_CHECKING:
    import pandas as pd

#: Cells in the form's order; stored figures are sorted by their key.
_PLACE = {key: i for i, key in enumerate(CELLS)}
#: Requests handled from which a body's disclosure rate counts among its peers'.
_ENOUGH = 30


@dataclass(frozen=True, slots=True)
class Region:
    """The reports of the units of one region in one year, none of them counted in another."""

    units: Sequence[Report]
    complete: bool
    """Whether the body's own level and every unit that organs.csv lists have a report."""
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Peers:
    """Disclosure rates, in %, of the bodies of one level and scope in one year that handled enough requests."""

    count: int
    middle: float
    """Their median."""
    spread: float
    """Median distance from the median."""


def reports_of(given: Report | Panel | Iterable[Report]) -> list[Report]:
    """One report, several, or those of a panel, which keeps of a text its numbers alone.

    Raises :class:`SelectionError` for what is none of these.
    """
    if isinstance(given, Report):
        return [given]
    if isinstance(given, Panel):
        return list(_of_panel(given))
    found = [given] if isinstance(given, str) or not isinstance(given, Iterable) else list(given)
    for each in found:
        if not isinstance(each, Report):
            raise SelectionError(
                f"a report is asked for, not {each!r:.50}; foi.read(…) gives that of a document, "
                "foi.load().report(…) a stored one."
            )
    return found


def _of_panel(panel: Panel) -> Iterator[Report]:
    frame = panel.figures
    who = ["organ", "year", "edition", "scope"]
    stated = {_known(map(line.get, who)): line for line in panel.reports.to_dict("records")}
    columns = [frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in Cell._fields]
    for key, at in frame.groupby(who, sort=True, dropna=False).indices.items():
        organ, year, edition, scope = _known(key)
        line = stated.get((organ, year, edition, scope), {})
        said = {name: line.get(name) for name in ("title", "publisher", "published")}
        said = {name: text if isinstance(text, str) else None for name, text in said.items()}
        cells = sorted((Cell(*(column[i] for column in columns)) for i in at), key=lambda cell: _PLACE[cell.key])
        file = line.get("file")
        metadata = Metadata(organ, None if year is None else int(year), scope, **said)
        report = Report(cells, int(edition), metadata, name=file if isinstance(file, str) else "")
        yield report.saying(panel.numbers_in_text(report))


def _known(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(None if value is None or value != value else value for value in values)


def surrounded(reports: Sequence[Report], organs: pd.DataFrame | None) -> Iterator[Facts]:
    """The facts of each report, with the others around it; ``organs`` as organs.csv has the bodies."""
    bodies = _bodies(organs)
    by_year = {(report.organ, report.scope, report.year): report for report in reversed(reports) if report.organ}
    peers = _peers(reports, bodies)
    regions = _Regions(reports, organs, bodies)
    for report in reports:
        body = bodies.get(report.organ or "")
        previous = by_year.get((report.organ, report.scope, (report.year or 0) - 1))
        kind = report.year, report.scope, body and body.level
        yield Facts(report, previous, peers.get(kind), body, regions.of(report, body))


def _bodies(organs: pd.DataFrame | None) -> dict[str, Organ]:
    """Each body by its code and by its name."""
    if organs is None:
        return {}
    columns = list(Organ.__dataclass_fields__)
    lines = organs.reindex(columns=columns).astype(object).where(organs.reindex(columns=columns).notna(), "")
    every = [Organ(*line) for line in lines.itertuples(index=False)]
    return {body.zh: body for body in every} | {body.code: body for body in every}


def _peers(reports: Sequence[Report], bodies: dict[str, Organ]) -> dict[tuple, Peers]:
    rates: dict[tuple, list[float]] = {}
    for report in reports:
        parts = [report.value("requests", row) for row in ("granted", "partly_granted", "outcome_total")]
        if None not in parts and (handled := parts[2] or 0) >= _ENOUGH:
            body = bodies.get(report.organ or "")
            kind = report.year, report.scope, body and body.level
            rates.setdefault(kind, []).append(100 * ((parts[0] or 0) + (parts[1] or 0)) / handled)
    found = {}
    for kind, values in rates.items():
        middle = median(values)
        found[kind] = Peers(len(values), middle, median(abs(value - middle) for value in values))
    return found


class _Regions:
    """The units of each region-wide report, by the tree of organs.csv."""

    def __init__(self, reports: Sequence[Report], organs: pd.DataFrame | None, bodies: dict[str, Organ]) -> None:
        self._bodies = bodies
        self._parents = {body.parent for body in bodies.values()}
        self._reports = reports
        self._organs = organs
        self._panel: Panel | None = None
        self._by_code: dict[tuple, Report] = {}

    def of(self, report: Report, body: Organ | None) -> Region | None:
        """None where the report is of no region or the tree has nothing below the body."""
        if body is None or report.scope != "region-wide" or body.code not in self._parents or report.year is None:
            return None
        members = self._tree().members(body.code, report.year)
        own = [line for line in members.itertuples() if line.role == "summed" and line.organ == body.code]
        units, names = [], []
        for line in members.itertuples():
            department = self._bodies[line.organ].level == "department"
            if line.role == "summed" and not (department and own and line.organ != body.code):
                units.append(self._by_code[line.organ, line.scope, report.year])
                names.append(self._bodies[line.organ].zh)
        return Region(units, bool(own) and "no_report" not in set(members["role"]), names)

    def _tree(self) -> Panel:
        if self._panel is None:
            import pandas as pd

            for report in self._reports:
                body = self._bodies.get(report.organ or "")
                if body is not None and report.year is not None:
                    self._by_code[body.code, report.scope or "", report.year] = report
            lines = [(code, year, scope or None) for code, scope, year in self._by_code]
            frame = pd.DataFrame(lines, columns=["organ", "year", "scope"])
            self._panel = Panel.from_figures(pd.DataFrame(), self._organs, frame)
        return self._panel
