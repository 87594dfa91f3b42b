"""Templates → pages: one file each, all text escaped, nothing fetched, every language complete in it."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from .fonts import font_face
from .words import pick

#: Language -> its BCP 47 tag and its own name, in the order in which a page shows them.
LANGUAGES = {"zh": ("zh-CN", "中文"), "en": ("en", "English")}


_CHINESE = re.compile("[\u3400-\u9fff]")
_CHINESE_RUN = re.compile("[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page; a notebook shows it in a frame of its own."""

    html: str

    def _repr_html_(self) -> str:
        frame = "width:100%;height:44rem;border:1px solid #d5d9dc;background:#fff"
        return f'<iframe title="liaocheng_foi" style="{frame}" srcdoc="{escape(self.html)}"></iframe>'


@cache
def environment() -> Environment:
    """Where all templates come from; markup in a value is shown as text."""
    loader = PackageLoader("liaocheng_foi.publication", "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["LANGUAGES"] = LANGUAGES
    made.filters["marked"] = _marked
    made.tests["chinese"] = lambda text: _CHINESE.search(str(text)) is not None
    return made


@pass_context
def _marked(context: Context, text: str) -> str:
    """A text with what is Chinese in it marked so, in another language's part."""
    if context.get("lang") == "zh":
        return text
    return Markup(_CHINESE_RUN.sub(r'<span lang="zh-CN">\g<0></span>', escape(text)))


def page(template: str, title: str, contexts: Mapping[str, Mapping[str, Any]]) -> Page:
    """The page of a template, filled once for each language (``zh``, ``en``) with that language's context.

    The first language is shown; links to ``#en`` or to any place in it show the other, without a script.
    """
    filled = environment().get_template(template)
    parts = []
    with _rare_collections():
        for lang, context in contexts.items():
            markup = filled.render(context, lang=lang, languages=tuple(contexts), t=partial(pick, lang))
            parts.append((lang, LANGUAGES[lang][0], markup))
    fonts = font_face(title + "".join(markup for _, _, markup in parts))
    outer = environment().get_template("page.html.j2")
    return Page(outer.render(title=title, parts=parts, font_face=fonts))


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Charts are made of thousands of small objects; looking through all of them so often takes a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(20_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
