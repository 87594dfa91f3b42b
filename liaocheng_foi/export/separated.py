"""The form as CSV in the layout of the form, which spreadsheet programs open as it stands."""

from __future__ import annotations

import csv
import io
import re

from .printed import Printed

#: What a spreadsheet program may take for a formula, in its ASCII and its full-width form.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_HARMLESS = re.compile(r"[+\-]?\d[\d,]*(?:\.\d+)?|[-－]+")


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet program would run as a formula; numbers stay."""
    return f"'{text}" if _FORMULA.match(text) and not _HARMLESS.fullmatch(text) else text


def text(form: Printed) -> str:
    """All parts below each other, a blank line between."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([form.title])
    for part in form.parts:
        writer.writerows([[], [part.heading]])
        writer.writerows(part.matrix())
        if part.note:
            writer.writerow([part.note])
    return target.getvalue()
