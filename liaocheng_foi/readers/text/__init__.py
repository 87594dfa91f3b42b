"""Markdown, plain text and CSV → grids and paragraphs.

A table in a text is a run of lines whose cells are set apart by tabs, by bars, or by two or more blanks; beside such
lines, and beside others of their kind, also lines of short words or of a label and figures with single blanks between.
CSV is one grid per run of filled lines.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Sequence

from ...grid import Document, Grid, Paragraph
from ...problems import Problem, ReadError
from ..encoding import decode, is_binary
from ..figures import FIGURE
from ..limits import Limits, Tally
from ..workbook.sheets import Sheet, blocks
from .cut_cells import WITHIN, whole_rows
from .monospaced import parts, untabbed

_BARS = re.compile("[│┃｜║¦]")
#: Also those that word processors put within a paragraph.
_LINE_ENDS = ("\r\n", "\r", "\v", "\u2028", "\u2029")
#: Marks without width, which programs put around figures.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_RULE = re.compile(r"[\s|:+\-=_─━═┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬]*")
_STROKES = re.compile(r"[-=_─━═]{2}")
_GAP = re.compile(r"[ \u00a0\u3000]{2,}|\u3000")
#: Labels beside each other: wide gaps, and blanks before the number that a label begins with.
_LABELS = re.compile(r"[ \u00a0\u3000]{2,}|[ \u3000](?=[（(][一二三四五六七八九十]{1,2}[）)]|\d{1,2}[.、．])|\u3000")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_SENTENCE = re.compile(r"[。；，,：:！!？?“”《》]")
_WORD = re.compile(r"[^ \u3000]+")
#: So many figures at the end of a line make it a row, as OCR and copied text leave it.
_FEWEST_FIGURES = 5
#: A line of single blanks is a row only with so many words, none of them longer.
_MOST_WORDS, _LONGEST_WORD = 15, 20
_MADE_UP = re.compile(r"(?:(?:col(?:umn)?|c|field|unnamed|列|字段)[ _.:：-]*\d{1,3}(?:_level_\d)?)?", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|strong|em|span|font|sup|sub|p|center)\b[^<>]*>", re.IGNORECASE)
#: How exporters keep a spreadsheet program from taking a text for a number or date.
_AS_TEXT = re.compile(r'\A\s*="([^"]*)"\s*\Z')
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_HTML_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read Markdown or plain text.

    Raises :class:`ReadError` when the file holds no text or is over a limit.
    """
    text, problems = _text(data, name, limits)
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


def read_csv(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read comma, semicolon or tab separated values in the layout of the form.

    Spreadsheet programs make all rows as long as the longest, so that headings and sentences are told from the rows
    of a table as in a sheet.
    """
    text, problems = _text(data, name, limits)
    lines = text[:4096].splitlines()
    # the one that stands in most lines: numbers and sentences hold commas as well
    delimiter = max(",;\t|", key=lambda mark: (sum(mark in line for line in lines), text.count(mark, 0, 4096)))
    tally = Tally(limits, name)
    found: list[Grid | Paragraph] = []
    cells: dict[tuple[int, int], str] = {}
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    is_header, as_text = False, '="' in text
    #: rows that follow each other, and how wide the widest of them is
    run = width = 0
    try:
        for number, row in enumerate(reader):
            if as_text:
                row = [_AS_TEXT.sub(r"\1", cell) for cell in row]
            filled = [cell for cell in row if cell.strip()]
            if len(row) == 1:
                found += _sheet(cells, tally)
                cells = {}
                found += [Paragraph(cell.strip()) for cell in filled]
                tally.add_paragraphs(len(filled))
            elif filled or is_header:
                # a row of blanks below a header is one of figures
                tally.add_cells(1, len(row))
                run, width = run + 1, max(width, len(row))
                limits.check("max_cells", run * width, "the number of cells of the table", name)
                cells |= {(number, column): cell for column, cell in enumerate(row)}
            if not filled or len(row) == 1:
                run = width = 0
            is_header = len(filled) > 1 and not any(FIGURE.fullmatch(cell.strip()) for cell in filled)
    except csv.Error as error:
        raise ReadError(
            f"{name}: not a readable CSV file at line {reader.line_num:,}, perhaps for a quote that is not closed "
            f"({error}); save it again as CSV UTF-8."
        ) from None
    found += _sheet(cells, tally)
    return Document(found, "csv", name, problems=problems)


def _sheet(cells: dict[tuple[int, int], str], tally: Tally) -> list[Grid | Paragraph]:
    if cells:
        tally.add_table()
    found, _ = blocks(Sheet("", cells), tally.document, tally.limits)
    # cells come in order, so that the last one of each row tells where it ends
    ends = {row: column + 1 for row, column in cells}
    for block in found:
        if isinstance(block, Grid):
            block.ruled = False
            block.sheet = None
            for number, row in enumerate(block.cells, start=block.row_offset):
                end = max(0, ends.get(number, 0) - block.column_offset)
                row[end:] = [None] * len(row[end:])
    return found


class _Rows:
    """The rows of a table until it ends."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.rows: list[list[str | None]] = []
        self.width = 0

    def add(self, row: list[str | None]) -> None:
        self.width = max(self.width, len(row))
        self.rows.append(row)
        self.tally.check_cells(len(self.rows), self.width)

    def end(self, ruled: bool = False, counted: bool = False) -> Iterator[Grid]:
        """The table, if there is one."""
        if self.rows:
            self.tally.add_cells(len(self.rows), self.width)
            yield Grid.from_rows(self.rows, ruled=ruled, counted=counted)
        self.rows, self.width = [], 0


def _text(data: bytes, name: str, limits: Limits) -> tuple[str, list[Problem]]:
    limits.check("max_text", len(data), "the text's size in bytes", name)
    text, replaced, _ = decode(data)
    if not text.strip():
        raise ReadError(f"{name}: the file holds no text.")
    if is_binary(text) or replaced * 5 > len(text):
        raise ReadError(f"{name}: this is not a text file; give HTML, PDF, DOCX, XLSX, CSV, Markdown or text.")
    problems = [Problem("encoding-replaced", details={"count": replaced})] if replaced else []
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    return text, problems


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
        for block in _runs(lines, tally):
            if is_aligned and isinstance(block, Grid) and block.counted and not _has_figures(block):
                # words beside a table in aligned columns name none of its columns
                yield from (Paragraph(" ".join(filter(None, row))) for row in block.cells)
            else:
                yield block
        lines = []
        if part is not None:
            tally.add_cells(*part.shape)
            yield part


def _has_figures(grid: Grid) -> bool:
    return any(FIGURE.fullmatch(cell or "") for row in grid.cells for cell in row)


def _runs(lines: Sequence[str], tally: Tally) -> Iterator[Grid | Paragraph]:
    """Runs of lines of one kind become grids, other lines paragraphs; a blank line ends a grid."""
    kind: _Split | None = None
    table = _Rows(tally)
    #: lines that are rows only if others beside them are: (as written, cells, whether figures stand in it)
    weak: list[tuple[str, list[str | None], bool]] = []
    #: place of a row → its line, where bars set its cells apart
    barred: dict[int, str] = {}

    def end() -> Iterator[Grid | Paragraph]:
        """The table so far; weak lines are a table if figures follow words or other figures in them."""
        kept = 0
        for place, cells in zip(barred, _whole_bars(barred.values()), strict=False):
            table.rows[place] = cells
            table.width = max(table.width, len(cells))
        barred.clear()
        if weak and (table.rows or len(weak) > 1):
            kept = max((i + 1 for i, (_, _, has_figures) in enumerate(weak) if has_figures), default=0)
        for _, cells, _ in weak[:kept]:
            table.add(cells)
        yield from table.end(kind is _by_bars, counted=kind not in (_by_bars, _by_tabs))
        for raw, _, _ in weak[kept:]:
            yield from _paragraph(raw, tally)
        weak.clear()

    for raw in lines:
        if not raw or raw.isspace():
            yield from end()
            continue
        line = _BARS.sub("|", raw)
        if _RULE.fullmatch(line) and _STROKES.search(line):
            if "|" in line and len(table.rows) == 1 and _says_nothing(table.rows[0]):
                table.rows.clear()
                barred.clear()
            continue
        cells, found = _split(line, kind is _by_bars and bool(table.rows))
        if cells is None:
            cells = _by_blanks(line)
            if cells is None or kind in (_by_bars, _by_tabs) and table.rows:
                yield from end()
                yield from _paragraph(raw, tally)
            else:
                kind = kind if table.rows else _by_gaps
                weak.append((raw, cells, any(FIGURE.fullmatch(cell or "") for cell in cells)))
            continue
        if found is not kind and not _alike(found, kind):
            yield from end()
        for _, held, _ in weak:
            table.add(held)
        weak.clear()
        kind = found
        if kind is _by_bars:
            barred[len(table.rows)] = line
        table.add(cells)
    yield from end()


_Split = Callable[[str], "list[str | None] | None"]


def _split(line: str, among_bars: bool) -> tuple[list[str | None] | None, _Split | None]:
    """The cells of a line that is a row without doubt, and how they were told apart; one bar will do among others."""
    if among_bars and "|" in line:
        return _between_bars(line), _by_bars
    for split in (_by_bars, _by_tabs, _by_figures, _by_gaps):
        cells = split(line)
        if cells is not None:
            return cells, split
    return None, None


def _paragraph(raw: str, tally: Tally) -> Iterator[Paragraph]:
    shown = _plain(raw.strip().lstrip("#").strip())
    if shown:
        tally.add_paragraphs()
        yield Paragraph(shown)


def _says_nothing(names: list[str | None]) -> bool:
    """Whether column names were made up by a converter: ``Col1``, ``Unnamed: 0``, blank, or a count of the columns."""
    numbers = [name for name in names if name and name.isdecimal()]
    if len(numbers) == len(names) > 1:
        return [int(number) - int(numbers[0]) for number in numbers] == list(range(len(names)))
    return all(_MADE_UP.fullmatch(name or "") for name in names)


def _alike(one: object, other: object) -> bool:
    """Lines split at wide gaps and lines of figures stand in the same table."""
    return {one, other} <= {_by_gaps, _by_figures}


def _by_bars(line: str) -> list[str | None] | None:
    shown = line.strip()
    if shown.count("|") < 2 and not (shown.startswith("|") and len(shown) > 1):
        return None
    return _between_bars(line)


def _between_bars(line: str) -> list[str | None]:
    shown = line.strip()
    body = shown.removeprefix("|")
    return _apart(body.removesuffix("|") if not body.endswith("\\|") else body)


def _apart(body: str) -> list[str | None]:
    """The cells with a bar between each two."""
    return [_plain(cell.replace("\\|", "|").strip()) for cell in re.split(r"(?<!\\)\|", body)]


def _whole_bars(lines: Collection[str]) -> list[list[str | None]]:
    """The rows of lines with as many bars each, where a bar at an end of some but not all has a blank cell outside it.

    Nothing where the number differs.
    """
    shown = [line.strip() for line in lines]
    if len({line.count("|") for line in shown}) != 1:
        return []
    if all(line.startswith("|") for line in shown):
        shown = [line[1:] for line in shown]
    if all(line.endswith("|") and not line.endswith("\\|") for line in shown):
        shown = [line[:-1] for line in shown]
    return [_apart(line) for line in shown]


def _by_tabs(line: str) -> list[str | None] | None:
    return (
        [_plain(cell.strip()).replace(WITHIN, "\n") for cell in line.split("\t")]
        if "\t" in line.strip("\n") and line.strip()
        else None
    )


def _by_figures(line: str) -> list[str | None] | None:
    line = line.strip()
    words = list(_WORD.finditer(line))
    first = len(words)
    while first and FIGURE.fullmatch(words[first - 1][0]):
        first -= 1
    figures = [word[0] for word in words[first:]]
    if len(figures) < _FEWEST_FIGURES:
        return None
    label = line[: words[first - 1].end()] if first else ""
    if label and label[-1] in "0123456789,.，":  # the end of the label may be the first of the figures
        return None
    return [*filter(None, (part.strip() for part in _LABELS.split(label))), *figures]


def _by_blanks(line: str) -> list[str | None] | None:
    """Short words, or a label and figures, with single blanks between."""
    words = line.split()
    if (
        not 2 <= len(words) <= _MOST_WORDS
        or _SENTENCE.search(_BRACKETS.sub("", line))
        or max(map(len, words)) > _LONGEST_WORD
    ):
        return None
    figures = [bool(FIGURE.fullmatch(word)) for word in words]
    if any(word[0].isdigit() for word, is_figure in zip(words, figures, strict=True) if not is_figure):
        return None
    return list(words) if figures == sorted(figures) and not figures[0] else None


def _by_gaps(line: str) -> list[str | None] | None:
    cells = [cell.strip() for cell in _GAP.split(line.strip()) if cell.strip()]
    return list(cells) if len(cells) > 1 and max(map(len, cells)) <= 60 else None


def _plain(cell: str) -> str:
    """A cell or line without Markdown emphasis and HTML marks; ``<br>`` is a line break."""
    if "<" in cell:
        cell = _TAG.sub("", _BREAK.sub("\n", cell)).replace("&nbsp;", " ")
    for mark in ("**", "__"):
        if mark in cell:
            cell = _without_pairs(cell, mark)
    return cell.strip()


def _without_pairs(text: str, mark: str) -> str:
    """Without the marks that stand in pairs around words."""
    parts = text.split(mark)
    ends = [bool(part) and not part[-1].isspace() for part in parts[:-1]]
    last = max((i for i, is_end in enumerate(ends) if is_end), default=0)
    shown = [parts[0]]
    is_open = False
    for number, after in enumerate(parts[1:]):
        changes = ends[number] if is_open else number < last and after and not after[0].isspace()
        is_open ^= bool(changes)
        shown.append(after if changes else mark + after)
    return "".join(shown)
