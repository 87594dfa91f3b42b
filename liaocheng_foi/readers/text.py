"""Markdown, plain text and CSV → grids and paragraphs.

A table in a text is a run of lines whose cells are set apart by tabs, by bars, or by two or more blanks. CSV is
one grid per run of filled lines.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator

from ..grid import Document, Grid, Paragraph
from ..problems import Problem, ReadError
from .encoding import decode, is_binary
from .limits import Limits

_BARS = str.maketrans({"│": "|", "┃": "|", "｜": "|", "║": "|", "¦": "|"})
_RULE = re.compile(r"[\s|:+\-=_─━═┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬]*[-=_─━═]{2,}[\s|:+\-=_─━═┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬]*")
_GAP = re.compile(r"[ \u00a0\u3000]{2,}|\u3000")
#: A label and then figures, single blanks between: as OCR and copied text leave a row.
_FIGURE = r"(?:[+\-−]?[\d,，.]+(?:元|万元|件|项)?|[/／—–-]{1,2}|无)"
_LINE_OF_FIGURES = re.compile(
    rf"(?P<label>.*?[^\d\s,.，])??[ \u3000]+(?P<figures>{_FIGURE}(?:[ \u3000]+{_FIGURE}){{4,}})\s*"
)
_ONLY_FIGURES = re.compile(rf"\s*(?P<figures>{_FIGURE}(?:[ \u3000]+{_FIGURE}){{4,}})\s*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|strong|em|span|font|sup|sub|p|center)\b[^<>]*>", re.IGNORECASE)
_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read Markdown or plain text.

    Raises :class:`ReadError` when the file holds no text or is over a limit.
    """
    text, problems = _text(data, name, limits)
    blocks: list[Grid | Paragraph] = []
    position = 0
    for table in _HTML_TABLE.finditer(text):
        blocks += _blocks(text[position : table.start()])
        blocks += _html_grids(table[0], name, limits)
        position = table.end()
    blocks += _blocks(text[position:])
    _check_cells(blocks, name, limits)
    medium = "markdown" if name.lower().endswith((".md", ".markdown")) else "text"
    return Document(blocks, medium, name, problems=problems)


def read_csv(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read comma, semicolon or tab separated values in the layout of the form."""
    text, problems = _text(data, name, limits)
    head = text[:4096]
    delimiter = max(",;\t", key=head.count)
    blocks: list[Grid | Paragraph] = []
    pending: list[list[str | None]] = []

    def flush() -> None:
        if pending:
            blocks.append(Grid.from_rows(pending, ruled=False))
            pending.clear()

    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter):
            filled = [cell for cell in row if cell.strip()]
            if not filled and (len(row) < 2 or not pending):
                flush()
            elif len(filled) == 1 and len(row) == 1:
                flush()
                blocks.append(Paragraph(filled[0].strip()))
            else:
                pending.append(list(row))
    except csv.Error as error:
        raise ReadError(f"{name}: not a readable CSV file ({error}); save it again as CSV UTF-8.") from None
    flush()
    _check_cells(blocks, name, limits)
    return Document(blocks, "csv", name, problems=problems)


def _text(data: bytes, name: str, limits: Limits) -> tuple[str, list[Problem]]:
    limits.check("max_bytes", len(data), "the file's size in bytes", name)
    text, replaced = decode(data)
    if not text.strip():
        raise ReadError(f"{name}: the file holds no text.")
    if is_binary(text) or replaced * 5 > len(text):
        raise ReadError(f"{name}: this is not a text file; give HTML, PDF, DOCX, XLSX, CSV, Markdown or text.")
    problems = [Problem("encoding-replaced", details={"count": replaced})] if replaced else []
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems


def _html_grids(markup: str, name: str, limits: Limits) -> list[Grid | Paragraph]:
    from .html import fragment

    return fragment(markup, name=name, limits=limits)


def _check_cells(blocks: list[Grid | Paragraph], name: str, limits: Limits) -> None:
    cells = sum(block.shape[0] * block.shape[1] for block in blocks if isinstance(block, Grid))
    limits.check("max_cells", cells, "the number of table cells", name)


def _blocks(text: str) -> Iterator[Grid | Paragraph]:
    """Runs of lines of one kind become grids, other lines paragraphs; a blank line ends a grid."""
    kind: Callable[[str], list[str | None] | None] | None = None
    pending: list[list[str | None]] = []
    for raw in text.split("\n"):
        line = raw.translate(_BARS)
        if _RULE.fullmatch(line):
            continue
        cells: list[str | None] | None = None
        found = None
        for split in (_by_bars, _by_tabs, _by_figures, _by_gaps):
            cells = split(line)
            if cells is not None:
                found = split
                break
        if pending and (cells is None or (found is not kind and not _alike(found, kind))):
            yield Grid.from_rows(pending, ruled=kind is _by_bars)
            pending = []
        if cells is None or found is None:
            shown = _plain(raw.strip().lstrip("#").strip())
            if shown:
                yield Paragraph(shown)
            continue
        kind = found
        pending.append(cells)
    if pending:
        yield Grid.from_rows(pending, ruled=kind is _by_bars)


def _alike(one: object, other: object) -> bool:
    """Lines split at wide gaps and lines of figures stand in the same table."""
    return {one, other} <= {_by_gaps, _by_figures}


def _by_bars(line: str) -> list[str | None] | None:
    shown = line.strip()
    if shown.count("|") < 2 and not (shown.startswith("|") and len(shown) > 1):
        return None
    body = shown.removeprefix("|")
    body = body.removesuffix("|") if not body.endswith("\\|") else body
    return [_plain(cell.replace("\\|", "|").strip()) for cell in re.split(r"(?<!\\)\|", body)]


def _by_tabs(line: str) -> list[str | None] | None:
    return [_plain(cell.strip()) for cell in line.split("\t")] if "\t" in line.strip("\n") and line.strip() else None


def _by_figures(line: str) -> list[str | None] | None:
    match = _ONLY_FIGURES.fullmatch(line)
    if match is not None:
        return list(match["figures"].split())
    match = _LINE_OF_FIGURES.fullmatch(line)
    if match is None:
        return None
    label = (match["label"] or "").strip()
    return [*(part.strip() for part in _GAP.split(label)), *match["figures"].split()]


def _by_gaps(line: str) -> list[str | None] | None:
    cells = [cell.strip() for cell in _GAP.split(line.strip()) if cell.strip()]
    return list(cells) if len(cells) > 1 and max(map(len, cells)) <= 60 else None


def _plain(cell: str) -> str:
    """A cell or line without Markdown emphasis and HTML marks; ``<br>`` is a line break."""
    if "<" in cell:
        cell = _TAG.sub("", _BREAK.sub("\n", cell)).replace("&nbsp;", " ")
    return _EMPHASIS.sub(r"\2", cell).strip()
