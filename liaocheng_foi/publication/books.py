"""Which notebooks run, for what, and the pages they become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from ..panel import Panel
from .identity import titled
from .index import Entry
from .notebooks import execute, load, parameters, title, to_page
from .subject import Subject

#: Templates of nbconvert are not made for threads.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Book:
    """One notebook and the report it runs for; None for one that is about the whole panel."""

    path: Path
    report: str | None
    takes: tuple[str, ...]
    """Names of its parameters."""

    def file(self, lang: str) -> str:
        """File name of its page."""
        return "-".join(filter(None, (self.report, self.path.stem))) + f".{lang}.html"

    def entry(self, lang: str, panel: Panel) -> Entry:
        """Its line in the index."""
        about = self.about(panel, lang)
        named = title(load(self.path, {}), lang)
        return Entry(self.file(lang), {lang: " · ".join(filter(None, (named, about)))})

    def about(self, panel: Panel, lang: str) -> str:
        """Body and year of its report; empty for a notebook about the whole panel."""
        return "" if self.report is None else titled(Subject(panel.report(self.report), panel), lang)

    def page(self, panel: Panel, lang: str, languages: Sequence[str], data_hash: str, home: str) -> str:
        """Its page in a language, run on the panel's data.

        Raises :class:`NotebookError` naming notebook, cell and cause when a cell fails.
        """
        shown = {"report": self.report, "lang": lang}
        given = shown | {"data": str(panel.folder.resolve())}
        notebook = load(self.path, {name: value for name, value in given.items() if name in self.takes and value})
        named = ", ".join(filter(None, (self.report, lang)))
        notebook = execute(notebook, f"{self.path.stem} ({named})", self.path.parent)
        # the folder is of this machine only: the page shows the call as a reader would make it
        for cell in notebook.cells:
            if "given" in cell.metadata.get("tags", []):
                cell.source = "\n".join(f"{name} = {value!r}" for name, value in shown.items() if name in self.takes)
        other = next((self.file(each) for each in languages if each != lang), "")
        command = " ".join(filter(None, ("foi publish", self.report)))
        with _ONE_AT_A_TIME:
            return to_page(notebook, lang, self.about(panel, lang), command, data_hash, home, other)


def books_of(folder: Path, reports: Sequence[str], panel: Panel) -> list[Book]:
    """The notebooks of a folder, in order of their names.

    One with a parameter ``report`` runs for each of ``reports``; with none of these once, for the report it is
    committed with, or the panel's first where the panel has not that one.
    Raises :class:`NotebookError` for one that cannot be read.
    """
    return [book for path in sorted(folder.glob("*.ipynb")) for book in _books(path, reports, panel)]


def _books(path: Path, reports: Sequence[str], panel: Panel) -> Iterator[Book]:
    takes = parameters(path)
    if "report" not in takes:
        yield Book(path, None, tuple(takes))
        return
    known = list(panel.reports["report"])
    own = takes["report"] if takes["report"] in known else known[0]
    for report in reports or (own,):
        yield Book(path, report, tuple(takes))
