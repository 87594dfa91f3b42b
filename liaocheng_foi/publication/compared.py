"""The page of a comparison: two years of one body, or two bodies, side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from .. import __version__
from ..comparison import Comparison
from ..tablefiles import to_csv
from .downloads import Download, csv_file
from .exhibit import Exhibit, exhibit, tabulated
from .page import Page, page

#: Table of the comparison -> (heading zh, heading en, whether it is long enough to be folded).
TABLES = {
    "headline": ("主要数字", "Main figures", False),
    "indicators": ("全部指标", "All indicators", True),
    "cells": ("逐项对照", "Every figure", True),
    "equal": ("相同的数字", "Equal figures", False),
    "text": ("文字相似度", "How alike the texts are", False),
    "continuity": ("后一年报告重述的上年数字", "What the later report says again of the earlier", False),
}
_CHARTS = ("waterfall", "slope", "stock_flow")


def compared(comparison: Comparison, languages: Sequence[str], command: str, home: str = "") -> Page:
    """The page; ``command`` rebuilds it, ``home`` is the address of the index over all pages."""
    contexts = {lang: _context(comparison, lang, command, home) for lang in languages}
    return page("compared.html.j2", " · ".join(context["title"] for context in contexts.values()), contexts)


def _context(comparison: Comparison, lang: str, command: str, home: str) -> dict[str, Any]:
    frames = comparison.tables(lang)
    first, *rest = comparison.sentences(lang)
    return {
        "title": comparison.title(lang),
        "names": comparison.names(lang),
        "lead": first,
        "sentences": rest,
        "charts": _charts(comparison, lang),
        "tables": [
            (name, TABLES[name][lang != "zh"], TABLES[name][2], tabulated(frames[name]))
            for name in TABLES
            if name in frames
        ],
        "files": _files(comparison),
        "colophon": {"hash": _hash(comparison), "version": __version__, "command": command},
        "home": home,
    }


def _charts(comparison: Comparison, lang: str) -> list[Exhibit]:
    if not comparison.one_body:
        return []
    both = [comparison.base, comparison.to]
    return [exhibit(name, both, lang, f"{lang}-{name}", f"{_id(comparison)}-{name}") for name in _CHARTS]


def _files(comparison: Comparison) -> list[Download]:
    frames = {name: getattr(comparison, name) for name in ("cells", "indicators", "equal", "text", "continuity")}
    return [csv_file(f"{_id(comparison)}-{name}", frame) for name, frame in frames.items() if len(frame)]


def _id(comparison: Comparison) -> str:
    return f"{comparison.base.id}-{comparison.to.id}"


def _hash(comparison: Comparison) -> str:
    return hashlib.sha256(to_csv(comparison.base.figures) + to_csv(comparison.to.figures)).hexdigest()
