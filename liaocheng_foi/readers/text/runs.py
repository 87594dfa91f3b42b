"""Lines of text → the tables that lines of one kind make, and paragraphs.

Lines of short words, or of a label and figures with single blanks between, are rows where others beside them are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...grid import Grid, Paragraph
from ..figures import FIGURE
from ..limits import Tally
from .splitting import Cells, Split, by_bars, by_blanks, by_figures, by_gaps, by_tabs, plain, split, whole_bars

_BARS = re.compile("[│┃｜║¦]")
_RULE = re.compile(r"[\s|:+\-=_─━═┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬]*")
_STROKES = re.compile(r"[-=_─━═]{2}")
_MADE_UP = re.compile(r"(?:(?:col(?:umn)?|c|field|unnamed|列|字段)[ _.:：-]*\d{1,3}(?:_level_\d)?)?", re.IGNORECASE)


def runs(lines: Sequence[str], tally: Tally) -> Iterator[Grid | Paragraph]:
    """Runs of lines of one kind become grids, other lines paragraphs; a blank line ends a grid."""
    run = _Run(tally)
    for raw in lines:
        if not raw or raw.isspace():
            yield from run.end()
            continue
        line = _BARS.sub("|", raw)
        if _RULE.fullmatch(line) and _STROKES.search(line):
            if "|" in line:
                run.drop_names_made_up()
            continue
        cells, kind = split(line, run.kind is by_bars and bool(run.rows))
        if cells is not None:
            yield from run.take(line, cells, kind)
            continue
        cells = by_blanks(line)
        if cells is None or (run.rows and run.kind in (by_bars, by_tabs)):
            yield from run.end()
            yield from _paragraph(raw, tally)
        else:
            run.hold(raw, cells)
    yield from run.end()


class _Run:
    """Lines of one kind, as far as they follow each other."""

    def __init__(self, tally: Tally) -> None:
        self.kind: Split | None = None
        self.rows: list[Cells] = []
        self._tally = tally
        self._width = 0
        #: lines that are rows only if others beside them are: (as written, cells)
        self._held: list[tuple[str, Cells]] = []
        #: place of a row → its line, where bars set its cells apart
        self._barred: dict[int, str] = {}

    def take(self, line: str, cells: Cells, kind: Split | None) -> Iterator[Grid | Paragraph]:
        """Add a row, and those held before it; one of another kind ends the table above."""
        if kind is not self.kind and not {kind, self.kind} <= {by_gaps, by_figures}:
            yield from self.end()
        for _, held in self._held:
            self._add(held)
        self._held.clear()
        self.kind = kind
        if kind is by_bars:
            self._barred[len(self.rows)] = line
        self._add(cells)

    def hold(self, line: str, cells: Cells) -> None:
        """Keep a line until it is known whether it is a row."""
        if not self.rows:
            self.kind = by_gaps
        self._held.append((line, cells))

    def drop_names_made_up(self) -> None:
        """Forget a header that says nothing."""
        if len(self.rows) == 1 and _says_nothing(self.rows[0]):
            self.rows.clear()
            self._barred.clear()

    def end(self) -> Iterator[Grid | Paragraph]:
        """The table so far; lines held are of it where figures follow words or other figures in them."""
        for place, cells in zip(self._barred, whole_bars(self._barred.values()), strict=False):
            self.rows[place] = cells
            self._width = max(self._width, len(cells))
        kept = 0
        if self.rows or len(self._held) > 1:
            kept = max((i for i, (_, cells) in enumerate(self._held, start=1) if has_figures(cells)), default=0)
        for _, cells in self._held[:kept]:
            self._add(cells)
        if self.rows:
            self._tally.add_cells(len(self.rows), self._width)
            yield Grid.from_rows(self.rows, ruled=self.kind is by_bars, counted=self.kind not in (by_bars, by_tabs))
        for line, _ in self._held[kept:]:
            yield from _paragraph(line, self._tally)
        self.rows, self._width, self._held, self._barred = [], 0, [], {}

    def _add(self, row: Cells) -> None:
        self._width = max(self._width, len(row))
        self.rows.append(row)
        self._tally.check_cells(len(self.rows), self._width)


def has_figures(cells: Cells) -> bool:
    """Whether figures are among the texts of a row."""
    return any(FIGURE.fullmatch(cell or "") for cell in cells)


def _paragraph(line: str, tally: Tally) -> Iterator[Paragraph]:
    shown = plain(line.strip().lstrip("#").strip())
    if shown:
        tally.add_paragraphs()
        yield Paragraph(shown)


def _says_nothing(names: Cells) -> bool:
    """Whether column names were made up by a converter: ``Col1``, ``Unnamed: 0``, blank, or a count of the columns."""
    numbers = [name for name in names if name and name.isdecimal()]
    if len(numbers) == len(names) > 1:
        return [int(number) - int(numbers[0]) for number in numbers] == list(range(len(names)))
    return all(_MADE_UP.fullmatch(name or "") for name in names)
