"""What spreadsheet programs would do to a text, and how it stays a text."""

from __future__ import annotations

import re

#: What a spreadsheet program may take for a formula, in its ASCII and its full-width form.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_HARMLESS = re.compile(r"[+\-]?\d[\d,]*(?:\.\d+)?|[-－]+")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet program would run the text as a formula; a number and a dash are none."""
    return _FORMULA.match(text) is not None and not _HARMLESS.fullmatch(text)


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet program would run as a formula."""
    return f"'{text}" if is_formula(text) else text
