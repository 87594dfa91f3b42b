"""One sheet of a workbook → paragraphs and grids: merged cells unfolded, tables told from the text around them.

A sheet has no marks between a heading, a sentence and a table; blank rows and rows of a single cell are all there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ...grid import Grid, Paragraph
from ...problems import Problem
from ..figures import FIGURE
from ..limits import Limits

Place = tuple[int, int]
#: First and last place.
Area = tuple[Place, Place]
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
#: Names that programs give; any other name of a sheet is a heading.
_UNNAMED = re.compile(r"(?:sheet|table|工作表|表)?[\s\d()（）_-]*", re.IGNORECASE)
_WORDS = re.compile("[\u4e00-\u9fff]")
#: So many rows with words at its left edge make a table.
_LABELS = 3
#: With more blank columns than these it is a converter that left them.
_GAPS = 12


@dataclass(slots=True)
class Sheet:
    """The cells of one sheet, places 0-based (row, column)."""

    name: str
    cells: dict[Place, str] = field(default_factory=dict)
    """Texts; blank where nothing but a border is drawn, which makes a blank cell a cell of a table."""
    merges: list[Area] = field(default_factory=list)
    """(top left, bottom right) of each merged cell."""
    visible: bool = True
    hidden: list[str] = field(default_factory=list)
    """Texts that are not shown."""


def place_of(reference: str) -> Place | None:
    """``B3`` → (2, 1)."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def area_of(reference: str) -> Area | None:
    """``A1:B3`` → ((0, 0), (2, 1))."""
    start, _, end = reference.partition(":")
    first, last = place_of(start), place_of(end or start)
    return None if first is None or last is None else (first, last)


@dataclass(slots=True)
class _Shown:
    """A sheet as it is seen: merged cells have their text and corner at every place they cover."""

    texts: dict[Place, str]
    corners: dict[Place, Place]
    bottoms: dict[Place, int]
    """corner → last row of its cell"""
    hidden: list[str]
    """Texts that are not shown, also those behind merged cells."""


def blocks(sheet: Sheet, name: str, limits: Limits) -> tuple[list[Grid | Paragraph], list[Problem]]:
    """The paragraphs and grids of a sheet from top to bottom, and the texts that it hides."""
    shown = _unfold(sheet, name, limits)
    found: list[Grid | Paragraph] = []
    if not _UNNAMED.fullmatch(sheet.name.strip()) and any(shown.texts.values()):
        found.append(Paragraph(sheet.name.strip()))
    for part in _side_by_side(shown):
        found += _blocks(part, sheet.name, name, limits)
    problems = [Problem("hidden-markup", details={"raw": text[:80]}) for text in shown.hidden if _has_digit(text)]
    return found, problems


def _blocks(shown: _Shown, sheet: str, name: str, limits: Limits) -> list[Grid | Paragraph]:
    found: list[Grid | Paragraph] = []
    filled: dict[int, list[int]] = {}
    for row, column in shown.texts:
        filled.setdefault(row, []).append(column)
    left = min((min(columns) for columns in filled.values()), default=0)
    area = 0
    for run in _runs(sorted(filled)):
        alone = _paragraphs(run, filled, shown)
        for rows in _runs([row for row in run if row not in alone], [row for row in run if row in alone]):
            if rows[0] in alone:
                found += [Paragraph(alone[row]) for row in rows if alone[row]]
                continue
            right = max(max(filled[row]) for row in rows)
            area += len(rows) * (right + 1 - left)
            limits.check(
                "max_cells", area, f"the number of cells of {f'sheet {sheet}' if sheet else 'the table'}", name
            )
            if any(shown.texts[row, column] for row in rows for column in filled[row]):
                found.append(_grid(shown, rows, left, right, sheet))
    return found


def _side_by_side(shown: _Shown) -> list[_Shown]:
    """The parts of a sheet in which tables stand beside each other, from the left; mostly one.

    Blank columns part them, where on either side of these stands a table with labels and figures of its own.
    """
    if len(shown.texts) < 2 * _LABELS:
        return [shown]
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in shown.texts.items():
        if text:
            rows.setdefault(row, {})[column] = text
    rows = {row: texts for row, texts in rows.items() if _only(list(texts), row, shown) is None}
    used = sorted({column for texts in rows.values() for column in texts})
    gaps = [(before, column) for before, column in pairwise(used) if column > before + 1]
    starts: list[int] = []
    first = 0
    for before, column in gaps if len(gaps) <= _GAPS else ():
        if _is_table(rows, first, before) and _is_table(rows, column, used[-1]):
            starts.append(column)
            first = column
    if not starts:
        return [shown]
    return [
        replace(
            shown,
            texts={
                place: text
                for place, text in shown.texts.items()
                if left <= place[1] < right and left <= shown.corners.get(place, place)[1]
            },
        )
        for left, right in pairwise([0, *starts, used[-1] + 1])
    ]


def _is_table(rows: dict[int, dict[int, str]], first: int, last: int) -> bool:
    """Whether figures stand in a range of columns behind labels at its left edge."""
    parts = [{c: text for c, text in texts.items() if first <= c <= last} for texts in rows.values()]
    edge = min((column for part in parts for column in part), default=first)
    labelled = [part for part in parts if _WORDS.search(part.get(edge, ""))]
    # the labels of a header alone stand over the rest of a table that begins further left
    return len(labelled) >= _LABELS and any(FIGURE.fullmatch(text) for part in labelled for text in part.values())


def _unfold(sheet: Sheet, name: str, limits: Limits) -> _Shown:
    shown = _Shown(dict(sheet.cells), {}, {}, list(sheet.hidden))
    if not sheet.merges or not sheet.cells:
        return shown
    ends = [*sheet.cells, *(end for start, end in sheet.merges if start in sheet.cells)]
    last_row, last_column = (max(end[axis] for end in ends) for axis in (0, 1))
    area = 0
    for one, other in sheet.merges:
        top, left = min(one[0], other[0]), min(one[1], other[1])
        bottom, right = min(max(one[0], other[0]), last_row), min(max(one[1], other[1]), last_column)
        area += max(bottom + 1 - top, 0) * max(right + 1 - left, 0)
        limits.check("max_cells", area, f"the number of merged cells of sheet {sheet.name}", name)
        text = sheet.cells.get((top, left))
        shown.bottoms[top, left] = bottom
        for place in ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)):
            if place in shown.corners:
                continue
            shown.corners[place] = (top, left)
            behind = shown.texts.pop(place, None)
            if behind is not None and place != (top, left):
                shown.hidden.append(behind)
            if text is not None:
                shown.texts[place] = text
    return shown


def _paragraphs(run: Sequence[int], filled: dict[int, list[int]], shown: _Shown) -> dict[int, str]:
    """row → text of the rows that are no part of a table; a text over several rows stands at the first.

    A row of a single cell is a heading or a sentence where no row of several cells stands above it in the run, or
    where it holds a sentence or stands right above one, or where it ends the table across its whole width. Elsewhere
    it is a row of the table whose figures are blank.
    """
    corner = {row: _only(filled[row], row, shown) for row in run}
    #: first row → (corner, all rows) of each cell that stands alone in them
    single: dict[int, tuple[Place, list[int]]] = {}
    for row, place in corner.items():
        if place is not None and place[0] == row:
            rows = list(range(row, shown.bottoms.get(place, row) + 1))
            if all(corner.get(r) == place for r in rows):
                single[row] = place, rows
    covered = {row for _, rows in single.values() for row in rows}
    several = [row for row in run if row not in covered and any(shown.texts[row, c] for c in filled[row])]
    first, last = (several[0], several[-1]) if several else (run[-1] + 1, run[-1] + 1)
    width = len({column for row in several for column in filled[row]})
    found: dict[int, str] = {}
    for row, (place, rows) in reversed(single.items()):
        text = shown.texts[place]
        above_sentence = "。" in found.get(rows[-1] + 1, "")
        across = row > last and sum(shown.corners.get((row, c)) == place for c in filled[row]) >= max(width, 2)
        if row < first or "。" in text or above_sentence or across:
            found |= dict.fromkeys(rows, "") | {row: text}
    return found


def _only(columns: Sequence[int], row: int, shown: _Shown) -> Place | None:
    """Corner of the one cell with a text in a row; None where there are several or none."""
    corners = {shown.corners.get((row, column), (row, column)) for column in columns if shown.texts[row, column]}
    return corners.pop() if len(corners) == 1 else None


def _grid(shown: _Shown, rows: Sequence[int], left: int, right: int, sheet: str) -> Grid:
    top = rows[0]
    cells: list[list[str | None]] = []
    anchors: list[list[Place]] = []
    for row in rows:
        places = [(row, column) for column in range(left, right + 1)]
        cells.append([shown.texts.get(place, "") for place in places])
        corners = [shown.corners.get(place, place) for place in places]
        anchors.append([(max(r, top) - top, max(c, left) - left) for r, c in corners])
    return Grid(cells, anchors, row_offset=top, column_offset=left, sheet=sheet)


def _runs(*groups: Sequence[int]) -> Iterator[list[int]]:
    """Runs of consecutive rows of one group, from top to bottom."""
    group = {row: number for number, rows in enumerate(groups) for row in rows}
    run: list[int] = []
    for row in sorted(group):
        if run and (row != run[-1] + 1 or group[row] != group[run[-1]]):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
