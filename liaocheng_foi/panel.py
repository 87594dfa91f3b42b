"""Many reports: the processed data of a folder, by body and year."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .datapackage import FILE_NAME
from .problems import SelectionError, SourceError
from .report import Report

if TYPE_CHECKING:
    import pandas as pd


class Panel:
    """The tables of data/processed, read when first asked for, and the reports in them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __repr__(self) -> str:
        ids = ", ".join(self.reports["report"])
        return f"<Panel of {len(self.reports)} reports: {ids}>"

    @cached_property
    def reports(self) -> pd.DataFrame:
        """One row per report: what it is and where it comes from."""
        return self._table("reports")

    @cached_property
    def organs(self) -> pd.DataFrame:
        """The bodies and their place in the tree."""
        return self._table("organs")

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Every printed cell of every report."""
        return self._table("figures")

    @cached_property
    def proactive(self) -> pd.DataFrame:
        """Part two of every report."""
        return self._table("proactive")

    @cached_property
    def requests(self) -> pd.DataFrame:
        """Part three of every report."""
        return self._table("requests")

    @cached_property
    def reviews(self) -> pd.DataFrame:
        """Part four of every report."""
        return self._table("reviews")

    def report(self, id: str) -> Report:
        """One report by its id, ``<organ>-<year>``.

        Raises :class:`SelectionError` that lists the known ids when it is not there.
        """
        found = self.reports[self.reports["report"] == id]
        if found.empty:
            known = ", ".join(self.reports["report"]) or "none"
            raise SelectionError(f"there is no report {id!r}; known: {known}.")
        line = found.iloc[0]
        figures = self.figures
        chosen = (figures["organ"] == line["organ"]) & (figures["year"] == line["year"])
        stated = {key: line[key] for key in ("title", "publisher", "published") if isinstance(line[key], str)}
        return Report.from_figures(figures[chosen].reset_index(drop=True), name=line["file"], **stated)

    def organ_name(self, code: str, lang: str = "zh") -> str:
        """Name of a body; its code where organs.csv does not know it."""
        found = self.organs[self.organs["code"] == code]
        return code if found.empty else str(found.iloc[0]["zh" if lang == "zh" else "en"])

    def _table(self, name: str) -> pd.DataFrame:
        import pandas as pd

        path = self.folder / f"{name}.parquet"
        if not path.exists():
            raise SourceError(f"{path.name} is missing in {self.folder.name}/; run: foi build")
        return pd.read_parquet(path)


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
        if (candidate / FILE_NAME).exists():
            return Panel(candidate)
    where = candidates[0].name if folder is not None else "data/processed here or in a folder above"
    raise SourceError(f"no processed data in {where}; run: foi build")
