"""Markdown, plain text and CSV → grids and paragraphs.

Plain text: :mod:`.decoded` → :mod:`.cut_cells` puts each row on one line → :mod:`.monospaced` finds tables in aligned
columns → in the other lines :mod:`.runs` finds tables, whose cells :mod:`.splitting` tells apart. CSV:
:mod:`.separated`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...grid import Document, Grid, Paragraph
from ..limits import Limits, Tally
from .cut_cells import whole_rows
from .decoded import decoded
from .monospaced import parts, untabbed
from .runs import has_figures, runs

#: Marks without width, which programs put around figures.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_HTML_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read Markdown or plain text.

    Raises :class:`ReadError` when the file holds no text or is over a limit.
    """
    text, problems = decoded(data, name, limits)
    text = whole_rows(untabbed(_UNSEEN.sub("", text)))
    tally = Tally(limits, name)
    blocks: list[Grid | Paragraph] = []
    position = 0
    for start, end in _html_tables(text):
        blocks += _blocks(text[position:start], tally)
        blocks += _html_grids(text[start:end], tally)
        position = end
    blocks += _blocks(text[position:], tally)
    medium = "markdown" if name.lower().endswith((".md", ".markdown")) else "text"
    return Document(blocks, medium, name, problems=problems)


def _html_tables(text: str) -> Iterator[tuple[int, int]]:
    """Where each table written in HTML begins and ends."""
    position = 0
    while (start := _HTML_TABLE.search(text, position)) and (end := _HTML_TABLE_END.search(text, start.end())):
        yield start.start(), end.end()
        position = end.end()


def _html_grids(markup: str, tally: Tally) -> list[Grid | Paragraph]:
    from ..html import fragment

    tally.add_table()
    blocks = fragment(markup, name=tally.document, limits=tally.limits)
    for block in blocks:
        if isinstance(block, Grid):
            tally.add_cells(*block.shape)
        else:
            tally.add_paragraphs()
    return blocks


def _blocks(text: str, tally: Tally) -> Iterator[Grid | Paragraph]:
    """Tables in aligned columns, and what the other lines are by themselves."""
    lines: list[str] = []
    found = list(parts(text))
    is_aligned = any(isinstance(part, Grid) for part in found)
    for part in [*found, None]:
        if isinstance(part, str):
            lines.append(part)
            continue
        for block in runs(lines, tally):
            if is_aligned and isinstance(block, Grid) and block.counted and not any(map(has_figures, block.cells)):
                # words beside a table in aligned columns name none of its columns
                yield from (Paragraph(" ".join(filter(None, row))) for row in block.cells)
            else:
                yield block
        lines = []
        if part is not None:
            tally.add_cells(*part.shape)
            yield part
