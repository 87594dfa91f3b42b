"""A body beside its peers: its figures among theirs, its rates beside the rate of all of them together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from .measures.coded import records
from .measures.cube import STATES, Cube
from .measures.indicator import Evaluation, evaluate
from .measures.intervals import newcombe
from .measures.series import all_series
from .panel import Panel
from .problems import SelectionError
from .report import Report
from .sentences import of_peers
from .show import labelled


class PeerComparison:
    """One report and the reports of other bodies on the same year; frames are computed when first asked for."""

    def __init__(
        self, report: Report, peers: Iterable[Report], panel: Panel | None = None, *, mixed_scopes: bool = False
    ) -> None:
        self.report = report
        """The report of the body itself."""
        given = [peer for peer in peers if peer.year == report.year and peer.organ != report.organ]
        self.peers = [peer for peer in given if mixed_scopes or report.scope in (None, peer.scope) or not peer.scope]
        """The reports of its peers: other bodies, same year, same scope."""
        self.left_out = [peer for peer in given if peer not in self.peers]
        """Reports of that year that are of another scope."""
        self._panel = panel
        if not self.peers:
            other = f" of scope {report.scope}" if self.left_out else ""
            raise SelectionError(f"{report.id} has no peers: no other body has a report on {report.year}{other}.")

    def __repr__(self) -> str:
        return f"<PeerComparison of {self.report.id} and {len(self.peers)} others>"

    def _repr_html_(self) -> str:
        said = "".join(f"<p>{text}</p>" for text in self.sentences("zh"))
        return f"<h4>{self.title('zh')}</h4>{said}{self.table('headline').to_html()}"

    def name(self, lang: str = "zh") -> str:
        """The name of the body."""
        return self.peer_name(self.report, lang)

    def peer_name(self, peer: Report, lang: str = "zh") -> str:
        """The name of a peer."""
        name = peer.organ or ("未具名机关" if lang == "zh" else "unnamed body")
        return name if self._panel is None else self._panel.organ_name(name, lang)

    def title(self, lang: str = "zh") -> str:
        """Who is compared, in one line."""
        count, year = len(self.peers), self.report.year
        if lang == "zh":
            return f"{self.name(lang)}与{count}个同类机关（{year}年）"
        return f"{self.name(lang)} and {count} {'peer' if count == 1 else 'peers'}, {year}"

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every series on the form of the body: ``table, row, column, unit, value, status, peers, low, median, high,
        sum``: its figure, how many peers have one, and the lowest, median and highest figure and the sum of these.
        """
        cubes = self._cube, self._others
        lines = []
        for series in all_series().values():
            if not series.on_form(cubes[0].edition)[0]:
                continue
            own, others = (series.read(cube) for cube in cubes)
            known = others.values[~np.isnan(others.values)]
            spread = (known.min(), np.median(known), known.max(), known.sum()) if len(known) else (np.nan,) * 4
            value, status = own.values[0], STATES[own.states[0]]
            lines.append((series.table, series.row, series.column, series.unit, value, status, len(known), *spread))
        columns = ["table", "row", "column", "unit", "value", "status", "peers", "low", "median", "high", "sum"]
        return pd.DataFrame(lines, columns=columns)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Every indicator of the body beside that of its peers together, which is computed from their summed counts.

        Columns ``indicator, applicant, unit, value, numerator, denominator, status, pooled, pooled_numerator,
        pooled_denominator, peers, difference, low, high, note``. ``peers`` is how many of them have the figures; those
        that lack one are left out of numerator and denominator alike. ``difference`` is that to the pooled rate (of
        percentages in percentage points), ``low`` and ``high`` its 95 % process-variation interval where it is one
        of shares (Newcombe). Counts, and formulas that do not add up over bodies, have no pooled value.
        """
        own, others = evaluate(self._cube), evaluate(self._others)
        frame = own.frame().drop(columns=["organ", "year", "edition", "scope"])
        there = others.status == 0
        tops, bottoms = (np.where(there, array, 0).sum(axis=1) for array in (others.numerator, others.denominator))
        scale = np.array([indicator.scale for indicator, _ in own.pairs])
        rates = np.array([bool(indicator.denominator) for indicator, _ in own.pairs])
        with np.errstate(divide="ignore", invalid="ignore"):
            pooled = np.where(rates & (bottoms > 0) & self._poolable(own), scale * tops / bottoms, np.nan)
        known = ~np.isnan(pooled)
        frame["pooled"] = pooled
        frame["pooled_numerator"], frame["pooled_denominator"] = (
            np.where(known, counts, np.nan) for counts in (tops, bottoms)
        )
        frame["peers"] = there.sum(axis=1)
        frame["difference"] = frame["value"] - pooled
        share = np.array([indicator.interval == "wilson" for indicator, _ in own.pairs])
        share &= known & frame["value"].notna().to_numpy()
        for name in ("low", "high"):
            frame[name] = np.nan
        counts = own.numerator[share, 0], own.denominator[share, 0], tops[share], bottoms[share]
        frame.loc[share, ["low", "high"]] = 100 * np.column_stack(newcombe(*counts))
        note = frame.pop("note")
        return frame.assign(note=note)

    @property
    def headline(self) -> pd.DataFrame:
        """The rows of :attr:`indicators` of all applicants that have a value on both sides."""
        found = self.indicators
        return found[(found["applicant"] == "total") & found["difference"].notna()].reset_index(drop=True)

    def _poolable(self, evaluation: Evaluation) -> np.ndarray:
        """Whether numerators and denominators add up over bodies: not where a formula multiplies counts."""
        return np.array(["*" not in f"{one.numerator} {one.denominator}" for one, _ in evaluation.pairs])

    def sentences(self, lang: str = "zh") -> list[str]:
        """Where the body stands, in words."""
        return of_peers(self, lang)

    def table(self, name: str, lang: str = "zh") -> pd.DataFrame:
        """One frame of :attr:`READ` for reading, labels and numbers as text."""
        names = {"value": self.name(lang)}
        return labelled(getattr(self, name)[list(self.READ[name])], lang, self.report.edition, names)

    def tables(self, lang: str = "zh") -> dict[str, pd.DataFrame]:
        """All frames for reading that are not empty."""
        return {name: self.table(name, lang) for name in self.READ if len(getattr(self, name))}

    def record(self) -> dict[str, Any]:
        """All of it as JSON holds it: ids, sentences, every frame."""
        said: dict[str, Any] = {"report": self.report.id, "peers": [peer.id for peer in self.peers]}
        said["sentences"] = {lang: self.sentences(lang) for lang in ("zh", "en")}
        return said | {name: records(getattr(self, name)) for name in self.READ if name != "headline"}

    #: frame -> the columns for reading, in the order of reading.
    READ = {
        "headline": ("indicator", "unit", "value", "pooled", "difference", "low", "high", "peers", "note"),
        "indicators": (
            "indicator", "applicant", "unit", "value", "numerator", "denominator", "status", "pooled",
            "pooled_numerator", "pooled_denominator", "peers", "difference", "low", "high", "note",
        ),
        "cells": ("table", "row", "column", "unit", "value", "peers", "low", "median", "high", "sum"),
    }  # fmt: skip

    @cached_property
    def _cube(self) -> Cube:
        return Cube(self.report.figures)

    @cached_property
    def _others(self) -> Cube:
        return Cube(pd.concat([peer.figures for peer in self.peers], ignore_index=True))


def same_scope(base: Report, to: Report) -> None:
    """Raise :class:`SelectionError` when two reports count different things."""
    if base.scope and to.scope and base.scope != to.scope:
        raise SelectionError(
            f"{base.id} is {base.scope} and {to.id} is {to.scope}: their figures count different things; "
            "pass mixed_scopes=True (--mixed-scopes) to compare them all the same."
        )
