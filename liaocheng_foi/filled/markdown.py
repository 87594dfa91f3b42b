"""The form as Markdown with pipe tables, which know no spans: one header row, labels in the first columns.

The blocks of part two are tables of their own, part four has a row per proceeding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..codebook import codebook
from .printed import Part, Printed

_MARKS = re.compile(r"([*_`|\[\]#~])")


def escaped(text: str) -> str:
    """A text of a document as mere text: neither markup of Markdown nor of HTML."""
    return _MARKS.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def document(form: Printed, edition: int) -> str:
    """The whole document."""
    lines = [f"# {form.title}"]
    for part in form.parts:
        lines += ["", f"## {part.heading}"]
        lines += (
            {"proactive": _blocks, "requests": _requests}[part.table](part)
            if part.table != "reviews"
            else (_reviews(part, form.lang, edition))
        )
        if part.note:
            lines += ["", part.note]
    return "\n".join(lines) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], labels: int) -> Iterator[str]:
    yield ""
    yield _line(head)
    yield _line([":---"] * labels + ["---:"] * (len(head) - labels))
    yield from map(_line, rows)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _blocks(part: Part) -> Iterator[str]:
    starts = [number for number, row in enumerate(part.rows) if row[0].kind == "block"]
    for start, end in zip(starts, [*starts[1:], len(part.rows)], strict=True):
        heading, head, *rows = part.rows[start:end]
        yield from ("", f"### {heading[0].text}")
        yield from _table([box.text for box in head], [[box.text for box in row] for row in rows], 1)


def _requests(part: Part) -> Iterator[str]:
    first = next(number for number, row in enumerate(part.rows) if any(box.key for box in row))
    matrix = part.matrix()
    head = [next((text for text in reversed(texts) if text), "") for texts in zip(*matrix[:first], strict=True)]
    labels = part.width - sum(box.key is not None for box in part.rows[first])
    yield from _table(head, matrix[first:], labels)


def _reviews(part: Part, lang: str, edition: int) -> Iterator[str]:
    book = codebook()
    results = book.columns(part.table, edition)
    rows = []
    begun: set[str] = set()
    for proceeding in book.rows(part.table, edition):
        label = proceeding.label(lang, edition)
        group = next(iter(proceeding.parents), None)
        labels = [label, ""] if group is None else ["", label]
        if group is not None and group not in begun:
            begun.add(group)
            labels[0] = book.label(part.table, "group", group, lang, edition)
        rows.append([*labels, *(part.text((part.table, proceeding.code, result.code)) for result in results)])
    yield from _table(["", "", *(result.label(lang, edition) for result in results)], rows, 2)
