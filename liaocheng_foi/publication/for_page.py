"""What the nbconvert template does to a notebook before it prints it, also when nbconvert is called by hand."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import lxml.html
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from .. import __version__
from .exhibit import NUMBER
from .fonts import font_face
from .notebooks import of_language, title
from .page import LANGUAGES
from .svg import compact, described, inline

_TEMPLATE = files("liaocheng_foi").joinpath("publication", "templates", "liaocheng_foi", "index.html.j2")
_PARAMETER = re.compile(r"""^lang\s*=\s*["'](zh|en)["']""", re.MULTILINE)


class ForPage(Preprocessor):
    """One language only, charts made part of the page, the fonts it needs, what the template prints around it."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook as the template takes it; everything about the page is in ``resources["page"]``."""
        known: dict[str, Any] = {"about": "", "home": "", "other": "", "colophon": {"version": __version__}}
        known |= nb.metadata.get("liaocheng_foi", {})
        lang = known.setdefault("lang", _language(nb))
        nb.cells = [cell for cell in nb.cells if of_language(cell, lang)]
        known["title"] = title(nb, lang) or resources.get("metadata", {}).get("name", "")
        known["tag"] = LANGUAGES[lang][0]
        _outputs(nb)
        text = json.dumps([nb.cells, known], ensure_ascii=False) + _TEMPLATE.read_text(encoding="utf-8")
        resources["page"] = known | {"font_face": font_face(text)}
        return nb, resources


def _language(nb: NotebookNode) -> str:
    """The language that the notebook was run in: the last one its cells choose."""
    found = [lang for cell in nb.cells if cell.cell_type == "code" for lang in _PARAMETER.findall(cell.source)]
    return found[-1] if found else "zh"


def _outputs(nb: NotebookNode) -> None:
    """Charts as part of the page: small, with ids of their own, and what they show for those who do not see it; in
    tables of frames, words apart from numbers."""
    for number, cell in enumerate(nb.cells):
        for place, output in enumerate(cell.get("outputs", [])):
            data = output.get("data", {})
            if "image/svg+xml" in data:
                svg = data["image/svg+xml"].encode("utf-8")
                data["image/svg+xml"] = str(inline(compact(svg), f"c{number}-{place}", described(svg) or cell.source))
            elif 'class="dataframe"' in data.get("text/html", ""):
                data["text/html"] = _readable(data["text/html"])


def _readable(markup: str) -> str:
    """A frame's table with one row of headings that say what they head, and words apart from numbers."""
    block: Any = lxml.html.fromstring(markup)
    for table in block.iter("table"):
        table.attrib.pop("border", None)
        heads = table.xpath("./thead/tr")
        if len(heads) == 2 and not heads[0][0].text and not any(cell.text for cell in heads[1][1:]):
            heads[0][0].text = heads[1][0].text
            heads[1].getparent().remove(heads[1])
        for row in table.xpath("./tbody/tr"):
            for column, cell in enumerate(row):
                if cell.tag == "td" and not NUMBER.fullmatch(cell.text_content()):
                    for each in (cell, heads[0][column]) if len(heads[0]) == len(row) else (cell,):
                        each.set("class", "words")
        for head in table.iter("th"):
            head.set("scope", "row" if head.getparent().getparent().tag == "tbody" else "col")
    return lxml.html.tostring(block, encoding="unicode")
