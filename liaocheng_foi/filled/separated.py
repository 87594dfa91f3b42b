"""The form as CSV in the layout of the form, which spreadsheet programs open as it stands."""

from __future__ import annotations

import csv
import io

from .printed import Printed


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
