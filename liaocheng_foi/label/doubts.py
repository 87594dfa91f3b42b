"""What casts doubt on cells that were read: figures left over beside them, blanks that may be gaps, sums that fail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..codebook import codebook
from ..matching import bare
from ..values import is_figure_like, parse
from .cells import Named, Sheet, adds_up, label_of
from .columns import Columns
from .rows import Piece, Row, figures_in, is_blank

#: The rest of a figure stands at most so many lines away, the figures of a label set on several lines at most so many.
_SPLIT, _CUT = 2, 10
#: So many totals that are no sums are no mere mistakes of a report.
_AGAINST = {"requests": 3, "reviews": 2}
#: A dash or stroke for no figure.
_MARKS = tuple("-–—/／")

#: Column → cell of those that have a total of their own.
Part = dict[str | None, Piece | None]


def doubt_row(
    sheet: Sheet,
    table: str,
    code: str | None,
    row: Row,
    label: str,
    columns: Columns[Any],
    parts: Iterable[Sequence[Named]],
) -> None:
    """Doubt the cells of a row whose blanks may be gaps or whose figures may be cut; each part has a total of its own.

    So it is where two figures in one cell, or those beside a blank below no name of their own, do not add up; and in a
    table without lines where several stand in one place, or a blank may be none. Figures below their own names that do
    not add up are a mistake of the report, which the checks tell.
    """
    if not row.figures and not row.is_print:
        return
    known = list(map(dict, parts))
    cells = [cell for part in known for cell in part.values()]
    if all(cell and cell.begins and cell.text.isdecimal() for cell in cells):
        return
    may_have_gaps = not columns.are_certain(row, cells)
    lacking = next(filter(_lacks_total, known), None)
    if lacking is not None:
        name = label_of(table, code) if code else row.text()
        sheet.problem("total-blank", row, lacking["total"], table=table, row=code, label=name)
    elif (
        any(_has_moved(part, may_have_gaps) for part in known)
        or (not row.grid.ruled and any(map(_holds_several, cells)))
        or (row.is_print and any(map(is_blank, cells)) and _may_be_no_blank(row, label, columns, known))
    ):
        sheet.problem("not-placed", row, table=table, row=code, raw=row.text())


def _lacks_total(part: Part) -> bool:
    return "total" in part and is_blank(part["total"]) and not all(map(is_blank, part.values()))


def _has_moved(part: Part, may_have_gaps: bool) -> bool:
    """Whether figures beside what may be a gap, or two in one cell, do not add up; two may be those of a blank too."""
    cells = [cell for column, cell in part.items() if column is not None]
    # one that reaches down from above may stand for a cell that was lost
    has_blank = any(cell is None or not cell.begins or is_blank(cell) for cell in cells)
    has_two = any(cell and parse(cell.text).problem == "number-split" for cell in cells)
    if "total" not in part or all(map(is_blank, cells)) or not (has_two or (has_blank and may_have_gaps)):
        return False
    return (has_blank and has_two) or not adds_up(part.items())


def _holds_several(cell: Piece | None) -> bool:
    return cell is not None and figures_in(cell) > 1 and parse(cell.text).value is None


def _may_be_no_blank(row: Row, label: str, columns: Columns[Any], parts: Sequence[Part]) -> bool:
    """Whether the figure for a blank of a print seems to stand behind the label or among words, or in another place."""
    cells = [cell for part in parts for cell in part.values()]
    is_beside = _ends_in_figure(label) or any(map(_hides_figure, cells))
    return is_beside or (columns.grid is not row.grid and any(_has_unknown_place(row, part) for part in parts))


def _has_unknown_place(row: Row, part: Part) -> bool:
    """Whether figures stand beside a blank on a page no row of which shows a column for each."""
    cells = [cell for column, cell in part.items() if column is not None and cell is not None]
    if not row.figures or not any(map(is_blank, cells)):
        return False
    return not any(all(is_figure_like(texts[cell.left]) for cell in cells) for texts in row.grid.cells)


def _ends_in_figure(label: str) -> bool:
    return label.endswith(_MARKS) or any(map(str.isdigit, bare(label)))


def _hides_figure(cell: Piece | None) -> bool:
    return cell is not None and cell.kind in ("other", "words") and any(map(str.isdigit, cell.text))


def doubt_neighbours(sheet: Sheet) -> None:
    """Doubt rows beside figures that were given to none.

    They may be those of a blank row, whose label is then a part of theirs. In a table without drawn lines they may also
    belong to a row with blanks next to them, or be the rest of figures set on two lines.
    """
    figures, blanks = (
        {cell[:2] for cell in sheet.cells.values() if (cell.status == "blank") is blank} if sheet.spare else set()
        for blank in (False, True)
    )
    for table, row, is_rest in sheet.spare:
        near = _beside(sheet, table, row, _SPLIT) if not row.grid.ruled else set()
        for code in sorted(_beside(sheet, table, row, _CUT)):
            if (table, code) not in figures or (code in near and (is_rest or (table, code) in blanks)):
                sheet.problem("not-placed", row, table=table, row=code, raw=row.text())


def _beside(sheet: Sheet, table: str, row: Row, reach: int) -> set[str]:
    """The rows of the form that were read so many lines away, or nearer, also in the grids above and below."""
    grid = row.grid
    # grid → what a row of it is counted from; those of a sheet may be counted on
    counted = {grid.number: (row.number,), grid.number + 1: (row.index - len(grid.cells) + 1, row.number)}
    own = [cell for cell in sheet.cells.values() if cell.table == table]
    above = [cell.grid_row for cell in own if cell.grid == grid.number - 1]
    if above:
        # a label may go on above its figures at the head of the next grid
        counted[grid.number - 1] = max(above) + row.index + 1, row.number
    return {
        cell.row for cell in own if any(abs(cell.grid_row - start) <= reach for start in counted.get(cell.grid, ()))
    }


def doubt_sums(sheet: Sheet) -> None:
    """Doubt the columns of a table where nearly all totals are not the sum of their parts, or none is read.

    A row with less than three numbers proves nothing: one stands in it twice, whatever their columns. A total of
    nought was forgotten, as real reports do.
    """
    rows: dict[tuple[str, str], dict[str, float]] = {}
    for (table, row, column), cell in sheet.cells.items():
        if table in _AGAINST and cell.value:
            rows.setdefault((table, row), {})[column] = cell.value
    for table, fewest in _AGAINST.items():
        filled = [values for (known, _), values in rows.items() if known == table]
        totals = [values for values in filled if "total" in values]
        against = [values for values in totals if 2 * values["total"] != sum(values.values())]
        proven = sum(len(values) > 2 for values in totals) - sum(len(values) > 2 for values in against)
        label = codebook().label("form", "section", table)
        if not totals:
            if filled and all(cell.value != 0 for cell in sheet.cells.values() if cell.key[::2] == (table, "total")):
                sheet.problem("total-missing", table=table, label=label)
        elif len(against) >= fewest and len(against) > 3 * proven:
            sheet.problem("sums-differ", table=table, label=label)
