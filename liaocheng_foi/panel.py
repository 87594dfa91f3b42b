"""Many reports: bodies × years, with the gaps in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from .plural import Count
from .problems import SchemaError, SelectionError, SourceError
from .schemas import REGISTRY, validate
from .tablefiles import DESCRIPTOR

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from .measures.cube import Cube
    from .measures.tree import Tree
    from .report import Report
    from .statements import Statement

_GOVERNMENT = "人民政府"
_WHO = ["organ", "year", "edition", "scope"]


class Panel:
    """Tables of many reports, each read or computed when first asked for.

    :func:`load` gives that of data/processed, :meth:`of` makes one from reports, :meth:`from_figures` from figures.
    """

    def __init__(
        self, table: Callable[[str], pd.DataFrame], folder: Path | None = None, whole: Panel | None = None
    ) -> None:
        self._folder = folder
        self._whole = whole
        self._make = table
        self._tables: dict[str, pd.DataFrame] = {}
        self._reports: dict[tuple, Report] = {}

    @classmethod
    def of(cls, reports: Iterable[Report], organs: pd.DataFrame | None = None) -> Panel:
        """A panel of these reports; one that is given again with the same figures counts once.

        Raises :class:`SelectionError` for no report, or two different ones of one body, year and scope.
        """
        import pandas as pd

        every = list(_once(reports))
        if not every:
            raise SelectionError("a panel needs at least one report.")
        figures = pd.concat([report.figures for report in every], ignore_index=True)
        panel = cls.from_figures(figures, organs)
        panel._tables["statements"] = pd.concat([report.statements for report in every], ignore_index=True)
        return panel

    @classmethod
    def from_figures(
        cls, figures: pd.DataFrame, organs: pd.DataFrame | None = None, reports: pd.DataFrame | None = None
    ) -> Panel:
        """A panel from a figures frame of many reports; ``organs`` holds the tree, ``reports`` the provenance."""
        panel = cls(partial(_derived, figures))
        panel._tables = {"figures": figures}
        panel._tables |= {} if organs is None else {"organs": organs}
        panel._tables |= {} if reports is None else {"reports": reports}
        return panel

    @property
    def folder(self) -> Path:
        """Where the tables are stored. Raises :class:`SelectionError` for a panel in memory."""
        if self._folder is None:
            raise SelectionError("this panel is in memory only; foi.load() gives one that is stored.")
        return self._folder

    def __len__(self) -> int:
        return len(self.reports)

    def __iter__(self) -> Iterator[Report]:
        """Its reports, by body and year."""
        for _, line in self.reports.sort_values(["organ", "year"], kind="stable").iterrows():
            yield self._report(line)

    def __repr__(self) -> str:
        ids = list(self.reports["report"])
        return f"<Panel of {Count(len(ids)):report|reports}: {', '.join(ids[:8])}{', …' if len(ids) > 8 else ''}>"

    def _repr_html_(self) -> str:
        """Bodies by years, the edition of the form and the share of its cells with a number in each cell."""
        from .overview import html

        return html(self)

    @property
    def reports(self) -> pd.DataFrame:
        """One row per report: what it is and where it comes from."""
        return self.table("reports")

    @property
    def organs(self) -> pd.DataFrame:
        """The bodies and their place in the tree."""
        return self.table("organs")

    @property
    def figures(self) -> pd.DataFrame:
        """Every printed cell of every report."""
        return self.table("figures")

    @property
    def proactive(self) -> pd.DataFrame:
        """Part two of every report."""
        return self.table("proactive")

    @property
    def requests(self) -> pd.DataFrame:
        """Part three of every report."""
        return self.table("requests")

    @property
    def reviews(self) -> pd.DataFrame:
        """Part four of every report."""
        return self.table("reviews")

    @property
    def statements(self) -> pd.DataFrame:
        """The numbers in the text of every report."""
        return self.table("statements")

    @property
    def provenance(self) -> pd.DataFrame:
        """Where each report comes from: origin, first or second hand, publisher, address, dates, what is missing."""
        known = ("report", "origin", "hand", "publisher", "address", "published", "retrieved", "licence", "missing")
        return self.reports[[column for column in known if column in self.reports]]

    @cached_property
    def cube(self) -> Cube:
        """All figures as one block of numbers; what indicators and changes are computed on."""
        from .measures.cube import Cube

        return Cube(self.figures)

    def report(self, organ: str, year: int | None = None, scope: str | None = None) -> Report:
        """One report: by body and year, or by its id ``suqian-2024`` or ``suqian:2024`` alone.

        A body goes by its code or its name. Raises :class:`SelectionError` that lists the known reports when it is
        not there, or when the body gave several reports on the year and no scope is given.
        """
        reports = self.reports
        if year is None and ":" in organ:
            organ, _, digits = organ.rpartition(":")
            if not digits.isdecimal():
                raise SelectionError(f"{organ}:{digits}: write it as BODY:YEAR, e.g. {reports['organ'].iloc[0]}:2024.")
            year = int(digits)
        if year is None:
            chosen = reports["report"] == organ
        else:
            chosen = (reports["organ"] == (self.organ_code(organ) or organ)) & (reports["year"] == year)
        found = reports[chosen if scope is None else chosen & (reports["scope"] == scope)]
        wanted = organ if year is None else f"{organ}-{year}"
        if found.empty:
            known = ", ".join(reports["report"][:40]) or "none"
            raise SelectionError(f"there is no report {wanted!r}{self._validity(organ, year)}; known: {known}.")
        if len(found) > 1:
            scopes = ", ".join(map(str, found["scope"]))
            raise SelectionError(f"{wanted} stands {len(found)} times (scope {scopes}); say which scope.")
        return self._report(found.iloc[0])

    def _report(self, line: pd.Series) -> Report:
        """The report of one line of :attr:`reports`, made when first asked for."""
        key = tuple(str(line[name]) for name in ("organ", "year", "scope"))
        if key not in self._reports:
            # that of the panel from which this one was selected, with what is known of it
            made = self._made(line) if self._whole is None else copy(self._whole._report(line))
            made.panel = self
            self._reports[key] = made
        return self._reports[key]

    def _made(self, line: pd.Series) -> Report:
        import pandas as pd

        from .report import Report

        figures = self._sound if self._sound is not None else self.figures
        is_it = pd.Series(True, index=figures.index)
        for name in ("organ", "year", "scope"):
            is_it &= figures[name].isna() if pd.isna(line[name]) else figures[name] == line[name]
        stated = {key: line.get(key) for key in ("title", "publisher", "published")}
        stated = {key: text for key, text in stated.items() if isinstance(text, str)}
        name = line.get("file")
        frame = figures[is_it].reset_index(drop=True)
        make = Report.from_figures if self._sound is None else Report.of_stored
        made = make(frame, name=name if isinstance(name, str) else "", **stated)
        return made.saying(self.numbers_in_text(made))

    @cached_property
    def _sound(self) -> pd.DataFrame | None:
        """All figures once they are validated, as stored ones are; None where some report breaks the schema."""
        if self._folder is not None:
            return self.figures
        try:
            return validate(self.figures.reset_index(drop=True), "figures")
        except SchemaError:
            return None

    def numbers_in_text(self, report: Report) -> list[Statement]:
        """The statements of one of its reports; of the text a panel keeps these alone."""
        said = self._said.get((report.organ, report.year, report.scope))
        if said is None:
            return []
        from .statements import restored

        return restored(self.statements.iloc[said])

    @cached_property
    def _said(self) -> dict[tuple, np.ndarray]:
        """Which rows of :attr:`statements` are a report's."""
        groups = self.statements.groupby(["organ", "year", "scope"], sort=False, dropna=False).indices
        return {tuple(None if part != part else part for part in key): rows for key, rows in groups.items()}

    def _validity(self, organ: str, year: int | None) -> str:
        """That a body did not exist under its name in a year, where that is so."""
        from .measures.tree import valid

        body = self._tree.bodies.get(self.organ_code(organ) or organ)
        if year is None or body is None or valid(body, year):
            return ""
        dates = [f"{word} {date}" for word, date in (("from", body.valid_from), ("to", body.valid_to)) if _dated(date)]
        return f" (organs.csv: {organ} exists under this name {' '.join(dates)})"

    def sel(
        self,
        organ: str | Iterable[str] | None = None,
        year: int | Iterable[int] | None = None,
        scope: str | Iterable[str] | None = None,
    ) -> Panel:
        """The panel of some bodies (codes or names), years or scopes.

        Raises :class:`SelectionError` for one that has no report.
        """
        asked = (("organ", organ), ("year", year), ("scope", scope))
        wanted = {name: _listed(given) for name, given in asked if given is not None}
        for name, values in wanted.items():
            if not values:
                raise SelectionError(f"no {name} to select.")
            known = set(self.reports[name].dropna())
            if name == "organ":
                values[:] = [code if code in known else self.organ_code(code) or code for code in values]
            unknown = [repr(value) if isinstance(value, str) else str(value) for value in values if value not in known]
            if unknown:
                there = ", ".join(map(str, sorted(known)[:40])) or "none"
                raise SelectionError(f"no report of {name} {', '.join(unknown)}; there are: {there}.")

        def chosen(name: str) -> pd.DataFrame:
            frame = self.table(name)
            for column, values in wanted.items():
                if column in frame:
                    frame = frame[frame[column].isin(values)]
            return frame.reset_index(drop=True)

        return Panel(chosen, self._folder, self)

    def over_years(self, organ: str | None = None) -> Panel:
        """One body over its years; without a name the one with the most reports (the first of several)."""
        if organ is None:
            organ = str(self.reports["organ"].value_counts(sort=False).sort_index().idxmax())
        return self.sel(organ=organ)

    def in_year(self, year: int | None = None, scope: str | None = None) -> Panel:
        """Bodies of one scope in one year; without a year that with the most reports (the last of several), without
        a scope the most frequent one of that year."""
        reports = self.reports
        if year is None:
            year = int(reports["year"].value_counts(sort=False).sort_index(ascending=False).idxmax())
        chosen = self.sel(year=year)
        scopes = chosen.reports["scope"].value_counts(sort=False).sort_index()
        if scope is None and len(scopes) > 1:
            scope = str(scopes.idxmax())
        return chosen if scope is None else chosen.sel(scope=scope)

    def last_two(self) -> list[Report]:
        """The last two reports that have requests handled in figures; fewer where there are fewer."""
        return [report for report in self if report.value("requests", "outcome_total") is not None][-2:]

    def series(self, name: str) -> pd.DataFrame:
        """One quantity over bodies and years, harmonised over the editions of the form.

        ``name`` is ``table/row`` or ``table/row/column`` (:mod:`liaocheng_foi.measures.series`). Columns ``organ, year,
        edition, scope, series, value, unit, status, segment, note``. ``segment`` is the first year of the stretch
        without a step; draw and chain only within one. ``note`` names breaks crossed since the body's last report.
        """
        from .measures.series import frame

        return frame(self.cube, name)

    def coverage(self) -> pd.DataFrame:
        """What each report gives of its form: ``organ, year, edition, scope, expected``, the number of cells of
        each status, and ``completeness``, the share of those expected that have a number.

        ``in_one_row`` are cells that the report's variant of the form does not have, as it prints other handling as
        one row: they are neither expected nor missing, but cannot be compared either.
        """
        import pandas as pd

        from .measures.cube import NOT_ON_FORM, STATES

        cube = self.cube
        columns = cube.axis_frame()
        columns["expected"] = cube.on_form.sum(axis=0)
        for code, state in enumerate(STATES[:NOT_ON_FORM]):
            columns[state] = (cube.states == code).sum(axis=0)
        frame = pd.DataFrame(columns)
        return frame.assign(completeness=(frame["reported"] + frame["text_zero"]) / frame["expected"])

    def gaps(self) -> pd.DataFrame:
        """What is missing: ``organ, year, kind, cells``.

        ``no_report``: a year between the first and the last of the panel for which a body that was valid then has
        no report; ``cells_not_found``: a report in which this many cells of the form were not found;
        ``cells_in_one_row``: one that prints this many cells of its edition summed in one row.
        """
        import pandas as pd

        from .measures.tree import valid

        years = range(int(self.reports["year"].min()), int(self.reports["year"].max()) + 1)
        there = set(zip(self.reports["organ"], self.reports["year"], strict=True))
        bodies = self._tree.bodies
        codes = sorted(set(bodies) | set(self.reports["organ"].dropna()))
        lines = [
            (code, year, "no_report", None)
            for code in codes
            for year in years
            if (code, year) not in there and (code not in bodies or valid(bodies[code], year))
        ]
        covered = self.coverage()
        for state in ("not_found", "in_one_row"):
            lacking = covered[covered[state] > 0]
            lines += [(line.organ, line.year, f"cells_{state}", getattr(line, state)) for line in lacking.itertuples()]
        frame = pd.DataFrame(lines, columns=["organ", "year", "kind", "cells"])
        frame = frame.astype({"year": "Int16", "cells": "Int64"})
        return frame.sort_values(["organ", "year"], kind="stable", ignore_index=True)

    def members(self, organ: str, year: int) -> pd.DataFrame:
        """Who enters a sum over the tree below a body, and who does not: ``organ, scope, role, within``.

        ``summed``; ``inside``: has a report but is already counted in the region-wide one of ``within``; ``whole``:
        the body's own region-wide report, which is the printed sum; ``no_report``: missing from the sum;
        ``not_valid``: has a report although organs.csv says that it did not exist then, and is left out.
        Raises :class:`SelectionError` for a body that organs.csv does not know, or a tree that bites its tail.
        """
        import pandas as pd

        of_year = self.reports[self.reports["year"] == year]
        scopes: dict[str, list[str]] = {}
        for line in of_year.itertuples():
            scopes.setdefault(line.organ, []).append(line.scope if isinstance(line.scope, str) else "")
        lines = self._tree.members(organ, year, scopes)
        return pd.DataFrame(lines, columns=["organ", "scope", "role", "within"])

    @cached_property
    def _tree(self) -> Tree:
        from .measures.tree import Tree

        return Tree(self.organs)

    def sum(self, organ: str, year: int) -> pd.DataFrame:
        """Sums over the reports below a body in one year, with who is in them.

        A figures frame of that body (``scope`` region-wide) with ``known`` (sum of the figures there), ``units``
        (reports with a figure), ``of`` (bodies that ought to have one) and ``missing`` (their codes) beside each
        cell. ``value`` is null unless every body has a figure. Rates come from
        ``foi.indicators(panel.sum(…))``: from summed counts, never as means of rates.
        Raises :class:`SelectionError` when no report is there to be summed.
        """
        from .measures.tree import summed

        members = self.members(organ, year)
        return summed(self.cube, members, organ, year)

    def organ_name(self, code: str, lang: str = "zh") -> str:
        """Name of a body; its code where organs.csv does not know it."""
        names = self._named.get(code)
        return code if names is None else str(names[lang != "zh"])

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """The names of each body, zh and en, by its code."""
        return {code: names for code, *names in zip(*(self.organs[name] for name in ("code", "zh", "en")), strict=True)}

    def organ_names(self, lang: str = "zh") -> dict[str, str]:
        """Name of every body with a report, by code."""
        return {code: self.organ_name(code, lang) for code in self.reports["organ"].dropna().unique()}

    def organ_code(self, name: str | None) -> str | None:
        """Code of a body from its code or its name in either language; None where organs.csv has none of it.

        A government goes by the name of its place too, as the titles of reports call it, where only one bears it.
        """
        found = [code for code, names in self._named.items() if name in (code, *names)]
        if not found and name:
            place = name.removesuffix(_GOVERNMENT)
            found = [code for code, (zh, _) in self._named.items() if str(zh).removesuffix(_GOVERNMENT) == place]
            found = found if len(found) == 1 else []
        return found[0] if found else None

    def table(self, name: str) -> pd.DataFrame:
        """Any table by its name: those above; of stored ones ``findings``, ``indicators`` and all others too.

        Raises :class:`SelectionError` for a name that no table has.
        """
        if name not in REGISTRY:
            raise SelectionError(f"there is no table {name!r}; known: {', '.join(REGISTRY)}.")
        if name not in self._tables:
            self._tables[name] = self._make(name)
        return self._tables[name]


def _once(reports: Iterable[Report]) -> Iterator[Report]:
    """Each report once."""
    known: dict[tuple, Report] = {}
    for report in reports:
        key = report.organ, report.year, report.scope
        if key not in known:
            known[key] = report
            yield report
        elif _printed(known[key]) != _printed(report):
            raise SelectionError(f"{report.id} stands twice with different figures; keep one of them.")


def _printed(report: Report) -> dict:
    return {cell.key: (cell.value, cell.status) for cell in report.cells()}


def _dated(date: object) -> bool:
    return isinstance(date, str) and bool(date)


def _listed(given: object) -> list:
    return list(given) if isinstance(given, Iterable) and not isinstance(given, str) else [given]


def _derived(figures: pd.DataFrame, name: str) -> pd.DataFrame:
    """The tables that follow from figures."""
    import pandas as pd

    from .report import tidy

    if name in ("proactive", "requests", "reviews"):
        return validate(tidy(figures, name), name)
    if name == "reports":
        frame = figures[_WHO].drop_duplicates().sort_values(["organ", "year"], kind="stable", ignore_index=True)
        year = frame["year"].astype("string").fillna("unknown")
        frame.insert(0, "report", (frame["organ"].astype("string").fillna("unknown") + "-" + year).astype("str"))
        return frame
    if name in REGISTRY:
        return pd.DataFrame(columns=list(REGISTRY[name].columns))
    raise SelectionError(f"a panel has no table {name!r}.")


def _stored(folder: Path, name: str) -> pd.DataFrame:
    # pandas.read_parquet loads the machinery for partitioned data sets first, a third of the time of a short table
    import pyarrow.parquet as pq

    path = folder / f"{name}.parquet"
    if not path.exists():
        raise SourceError(f"{path.name} is missing in {folder.name}/; run: foi build")
    try:
        with pq.ParquetFile(path) as file:
            return file.read().to_pandas()
    except (OSError, ValueError) as error:
        raise SourceError(f"{path.name}: not readable as Parquet ({error}); run: foi build") from None


def load(folder: str | Path | None = None) -> Panel:
    """The processed data: of ``folder``, or of the data/processed found here or in a folder above.

    Raises :class:`SourceError` when there is none.
    """
    if folder is not None:
        candidates = [Path(folder)]
    else:
        here = Path.cwd()
        candidates = [base / "data" / "processed" for base in (here, *here.parents)]
    for candidate in candidates:
        if (candidate / DESCRIPTOR).exists():
            return Panel(partial(_stored, candidate), candidate)
    where = candidates[0].name if folder is not None else "data/processed here or in a folder above"
    raise SourceError(f"no processed data in {where}; run: foi build")
