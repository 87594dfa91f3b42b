"""Tables of a Word document as they are read, row by row, and the grids that they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ...grid import PICTURE, Grid
from ..ooxml import shown


@dataclass(slots=True)
class Cell:
    """One cell as it is written; the parts of one that reaches over several rows are cells of their own."""

    columns: int = 1
    continues: bool = False
    """Whether it is the lower part of the cell above."""
    reaches_down: bool = False
    """Whether the cell below may be a part of it."""
    text: list[str] = field(default_factory=list)

    def shown(self) -> str:
        """What is seen in it."""
        text = shown("".join(self.text))
        return text if PICTURE not in text else text.replace(PICTURE, "").strip() or PICTURE


@dataclass(slots=True)
class Row:
    """One row."""

    before: int = 0
    """Grid columns left empty at its start."""
    is_last: bool = False
    """Whether no row stands below it, where that matters."""
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """One table."""

    rows: list[Row] = field(default_factory=list)
    nested: bool = False
    """Whether a cell of it holds a table."""

    @property
    def width(self) -> int:
        """Its grid columns."""
        return max(row.before + sum(cell.columns for cell in row.cells) for row in self.rows)

    @property
    def is_frame(self) -> bool:
        """Whether it only frames tables that stand in it: few of its rows have several filled cells."""
        if not self.nested:
            return False
        filled = [sum(bool(cell.shown()) for cell in row.cells) for row in self.rows]
        return sum(count >= 2 for count in filled) * 2 <= len(filled)

    def grid(self, note: Callable[[str], None]) -> Grid:
        """Spans unfolded by grid column; ``note`` takes text of lower parts of cells, which is not shown."""
        width = self.width
        cells: list[list[str | None]] = []
        anchors: list[list[tuple[int, int]]] = []
        #: grid column → (text, corner) of the cells of the row above that may reach down
        above: dict[int, tuple[str, tuple[int, int]]] = {}
        for r, row in enumerate(self.rows):
            line: list[str | None] = [None] * row.before
            corners = [(r, c) for c in range(row.before)]
            below = {}
            for cell in row.cells:
                column = len(line)
                text = cell.shown()
                corner = (r, column)
                if cell.continues and column in above:
                    note(text)
                    text, corner = above[column]
                if cell.reaches_down:
                    below[column] = text, corner
                line += [text] * cell.columns
                corners += [corner] * cell.columns
            cells.append(line + [None] * (width - len(line)))
            anchors.append(corners + [(r, c) for c in range(len(line), width)])
            above = below
        return Grid(cells, anchors)
