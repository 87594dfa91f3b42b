"""Every page of a panel in one folder: a brief of each report, comparisons of years, the notebooks, an index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path

from .. import files
from ..checks import Examination, examine
from ..comparison import compare
from ..panel import Panel, load
from ..problems import FoiError, SelectionError
from .books import Book, books_of
from .brief import brief
from .compared import compared
from .index import Contents, Entry, index
from .page import LANGUAGES
from .subject import Subject, decisions

INDEX = "index.html"


def publish_all(
    reports: Sequence[str] = (),
    lang: str = "both",
    folder: str | Path = "published",
    notebooks: str | Path | None = "notebooks",
    panel: Panel | None = None,
    workers: int = 1,
    progress: Callable[[Iterable], Iterable] = iter,
) -> tuple[list[Path], list[FoiError]]:
    """Write a brief of each report, a comparison of each two consecutive years among them, each notebook in each
    language, and an index over all; (files written, what failed).

    ``reports`` are ids such as ``liaocheng-2020``; none means all of ``panel`` (data/processed by default). A
    notebook with a parameter ``report`` runs for each report named, with none named once, for the report it was
    written for; ``notebooks=None`` leaves them out. ``workers`` pages are made at the same time, each in a process
    of its own. A page that fails costs itself only.
    Raises :class:`SelectionError` for an unknown report or language before anything is made.
    """
    languages = spoken(lang)
    panel = panel or load()
    ids = list(reports) or list(panel.reports["report"])
    for id in ids:
        panel.report(id)
        if Path(id).name != id or "\\" in id:
            raise SelectionError(f"the report {id!r} cannot be the name of a page: its body's code holds a slash.")
    target = Path(folder)
    examined = {each.report.id: each for each in examine(panel, **decisions(panel))}
    briefs = {f"{id}.html": id for id in ids}
    pairs = {f"{base}-{to}.html": (base, to) for base, to in _consecutive(panel, ids)}
    books = [] if notebooks is None else books_of(Path(notebooks), list(reports), panel)
    pages: dict[str, Future[str]] = {}
    pool = ThreadPoolExecutor(1) if workers == 1 else ProcessPoolExecutor(workers, get_context("spawn"))
    kernels = ThreadPoolExecutor(workers)
    for file, id in briefs.items():
        pages[file] = pool.submit(_brief, panel, id, languages, examined[id])
    for file, (base, to) in pairs.items():
        pages[file] = pool.submit(_comparison, panel, base, to, languages)
    # its processes end, and give their memory back, with the last page: only then kernels start
    pool.shutdown(wait=False)
    first = list(pages.values())
    for book in books:
        for each in languages:
            pages[book.file(each)] = kernels.submit(_after, first, book, panel, each, languages)
    made, failed = [], []
    for file in progress(list(pages)):
        try:
            made.append(files.write(target / file, pages[file].result()))
        except FoiError as error:
            failed.append(error)
        except Exception as error:
            # a fault of ours, or a process that was ended: no reason to lose the other pages
            fault = FoiError(f"{file}: the page could not be made ({type(error).__name__}: {error}).")
            fault.__cause__ = error
            failed.append(fault)
    kernels.shutdown()
    there = {path.name for path in made}
    contents = Contents(
        {id: file for file, id in briefs.items() if file in there},
        [Entry(file, _titles(panel, *pair)) for file, pair in pairs.items() if file in there],
        {each: [book.entry(each, panel) for book in books if book.file(each) in there] for each in languages},
    )
    overview = index(panel, contents, examined, languages, data_hash(panel))
    return [*made, files.write(target / INDEX, overview.html)], failed


def spoken(lang: str) -> tuple[str, ...]:
    """The languages of a page. Raises :class:`SelectionError` for one that is not spoken here."""
    if lang not in (*LANGUAGES, "both"):
        raise SelectionError(f"lang is {lang!r}; it must be zh, en or both.")
    return tuple(LANGUAGES) if lang == "both" else (lang,)


def data_hash(panel: Panel) -> str:
    """sha256 of the figures' file, which a reader can compute again."""
    return hashlib.sha256((panel.folder / "figures.csv").read_bytes()).hexdigest()


def _consecutive(panel: Panel, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs of reports of one body and scope on two consecutive years."""
    lines = panel.reports[panel.reports["report"].isin(ids)]
    by_year = {(line.organ, line.scope, int(line.year)): line.report for line in lines.itertuples()}
    for (organ, scope, year), id in by_year.items():
        if (organ, scope, year - 1) in by_year:
            yield by_year[organ, scope, year - 1], id


def _brief(panel: Panel, id: str, languages: Sequence[str], examination: Examination) -> str:
    subject = Subject(panel.report(id), panel, examination)
    return brief(subject, languages, f"foi publish {id}", INDEX).html


def _comparison(panel: Panel, base: str, to: str, languages: Sequence[str]) -> str:
    comparison = compare(base, to, panel=panel)
    return compared(comparison, languages, f"foi compare {base} {to} -o {base}-{to}.html", INDEX).html


def _titles(panel: Panel, base: str, to: str) -> dict[str, str]:
    comparison = compare(base, to, panel=panel)
    return {lang: comparison.title(lang) for lang in LANGUAGES}


def _after(first: Sequence[Future], book: Book, panel: Panel, lang: str, languages: Sequence[str]) -> str:
    wait(first)
    return book.page(panel, lang, languages, data_hash(panel), INDEX)
