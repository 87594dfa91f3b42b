"""All notebooks for the reports of data/processed, as pages in a folder with an index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path

from .. import __version__, files
from ..codebook import codebook
from ..panel import Panel, load
from ..problems import FoiError, SelectionError
from .fonts import font_face
from .notebooks import NotebookError, execute, to_page
from .notebooks import load as load_notebook

LANGUAGES = ("zh", "en")
#: notebook -> the part of the form it is about.
NOTEBOOKS = {
    "01_proactive_disclosure": "proactive",
    "02_requests": "requests",
    "03_reviews": "reviews",
}


def publish(
    reports: Sequence[str] = (),
    lang: str = "both",
    folder: str | Path = "published",
    notebooks: str | Path = "notebooks",
    panel: Panel | None = None,
    progress: Callable[[Iterable], Iterable] = iter,
) -> tuple[list[Path], list[FoiError]]:
    """Write one page per report, notebook and language, and an index; (files written, what failed).

    ``reports`` are ids such as ``liaocheng-2020``; none means all. A notebook that fails costs its page only.
    Raises :class:`SelectionError` for an unknown report or language before anything is run.
    """
    if lang not in (*LANGUAGES, "both"):
        raise SelectionError(f"lang is {lang!r}; it must be zh, en or both.")
    panel = panel or load()
    ids = list(reports) or list(panel.reports["report"])
    for id in ids:
        panel.report(id)
    languages = LANGUAGES if lang == "both" else (lang,)
    target = Path(folder)
    jobs = [(id, name, each) for id in ids for name in NOTEBOOKS for each in languages]
    written: list[Path] = []
    failed: list[FoiError] = []
    made: set[str] = set()
    for id, name, each in progress(jobs):
        try:
            page = _page(panel, id, name, each, Path(notebooks))
        except NotebookError as error:
            failed.append(error)
            continue
        written.append(files.write(target / page_name(id, name, each), page))
        made.add(written[-1].name)
    written.append(files.write(target / "index.html", index(panel, ids, languages, made)))
    return written, failed


def page_name(id: str, notebook: str, lang: str) -> str:
    """File name of one page."""
    return f"{id}-{notebook}.{lang}.html"


def title(panel: Panel, id: str, notebook: str, lang: str) -> str:
    """Body, year and part of the form."""
    line = panel.reports.set_index("report").loc[id]
    part = codebook().label("form", "section", NOTEBOOKS[notebook], lang, int(line["edition"]))
    part = part.split("、", 1)[-1] if lang == "zh" else part.split(". ", 1)[-1]
    organ = panel.organ_name(line["organ"], lang)
    return f"{organ}{line['year']}年：{part}" if lang == "zh" else f"{organ}, {line['year']}: {part}"


def data_hash(panel: Panel) -> str:
    """sha256 of the figures' file, which every page states."""
    return hashlib.sha256((panel.folder / "figures.csv").read_bytes()).hexdigest()


def _colophon(panel: Panel, lang: str) -> str:
    digest = data_hash(panel)
    if lang == "zh":
        return f"数据 sha256 {digest} · liaocheng_foi {__version__} · 重新生成：<code>make publish</code>"
    return f"data sha256 {digest} · liaocheng_foi {__version__} · rebuild with <code>make publish</code>"


def _page(panel: Panel, id: str, name: str, lang: str, notebooks: Path) -> str:
    parameters = {"report": id, "lang": lang, "data": str(panel.folder.resolve())}
    notebook = load_notebook(notebooks / f"{name}.ipynb", parameters)
    notebook = execute(notebook, f"{name} ({id}, {lang})", notebooks)
    # the folder is of this machine only: the page shows the call as a reader would make it
    for cell in notebook.cells:
        if "setup" in cell.metadata.get("tags", []):
            cell.source = "\n".join(f"{key} = {parameters[key]!r}" for key in ("report", "lang"))
    other = "en" if lang == "zh" else "zh"
    back, switch = ("目录", "English") if lang == "zh" else ("Index", "中文")
    crumbs = f'<a href="index.html">{back}</a> · <a href="{escape(page_name(id, name, other))}">{switch}</a>'
    return to_page(notebook, title(panel, id, name, lang), lang, crumbs, _colophon(panel, lang))


def index(panel: Panel, ids: Sequence[str], languages: Sequence[str], made: set[str]) -> str:
    """The page that leads to all others."""
    from importlib.resources import files as package_files

    template = package_files("liaocheng_foi").joinpath("publication", "templates", "liaocheng_foi", "page.css")
    heading = "政府信息公开工作年度报告 · Annual reports on government information disclosure"
    body = [f"<h1>{heading}</h1>"]
    for id in ids:
        line = panel.reports.set_index("report").loc[id]
        names = " · ".join(panel.organ_name(line["organ"], lang) for lang in languages)
        body.append(f"<h2>{escape(names)}, {line['year']}</h2>")
        source = f'<a href="{escape(line["address"])}">{escape(line["address"])}</a>' if _has(line["address"]) else ""
        about = " · ".join(filter(None, (_text(line["title"]), _text(line["published"]), source)))
        body.append(f"<p>{about}</p><ul class='reports'>")
        for name in NOTEBOOKS:
            links = [
                f'<a lang="{lang}" href="{escape(page)}">{escape(title(panel, id, name, lang))}</a>'
                for lang in languages
                if (page := page_name(id, name, lang)) in made
            ]
            if links:
                body.append(f"<li>{' · '.join(links)}</li>")
        body.append("</ul>")
    body.append(f"<footer>{'<br>'.join(_colophon(panel, lang) for lang in languages)}</footer>")
    content = "\n".join(body)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; font-src data:; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{heading}</title>\n<style>\n{font_face(content)}\n{template.read_text(encoding='utf-8')}</style>\n"
        f"</head>\n<body>\n<main>\n{content}\n</main>\n</body>\n</html>\n"
    )


def _has(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _text(value: object) -> str:
    return escape(value) if isinstance(value, str) else ""
