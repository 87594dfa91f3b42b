"""A document as its readers leave it: paragraphs and grids in reading order, nothing known of the form yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .problems import PICTURE as PICTURE
from .problems import Problem

#: How raised digits are written: they are marks of notes, no part of a number.
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Grid:
    """One printed table (or the piece of it on one page) as a full rectangle of text.

    A cell that spans several rows or columns has its text at each place it covers, and ``anchors`` names the
    place of its top left corner there, so that a spanned value is one value. Text keeps its line breaks as
    ``\\n``. ``None`` means that there is no cell at all (a row shorter than the others).
    """

    cells: list[list[str | None]]
    anchors: list[list[tuple[int, int]]]
    """Same shape as ``cells``: (row, column), 0-based, of the corner of the cell that covers the place."""
    number: int = 0
    """1-based position among the grids of the document; set by :class:`Document`."""
    page: int | None = None
    """1-based page; None where the medium has no pages."""
    ruled: bool = True
    """False where columns were found by alignment or separators, not from drawn or marked-up cells."""
    aligned: bool = False
    """True where cells were told from where texts stand below each other: in prints without lines, and in text."""
    counted: bool = False
    """True where cells were only told apart along a line: equal places in two rows need not be one column."""
    row_offset: int = 0
    """Rows of the sheet before this grid, where a spreadsheet holds several tables."""
    column_offset: int = 0
    """Columns of the sheet left of this grid."""
    sheet: str | None = None
    """Name of the spreadsheet's sheet."""

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Sequence[str | None]],
        page: int | None = None,
        ruled: bool = True,
        aligned: bool = False,
        counted: bool = False,
    ) -> Grid:
        """A grid without spans from rows that may differ in length; the missing ends are None."""
        kept = [list(row) for row in rows]
        width = max((len(row) for row in kept), default=0)
        cells = [row + [None] * (width - len(row)) for row in kept]
        anchors = [[(r, c) for c in range(width)] for r in range(len(kept))]
        return cls(cells, anchors, page=page, ruled=ruled, aligned=aligned, counted=counted)

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return len(self.cells), len(self.cells[0]) if self.cells else 0

    def is_anchor(self, row: int, column: int) -> bool:
        """Whether the cell that covers this place begins here."""
        return self.anchors[row][column] == (row, column)


@dataclass(slots=True)
class Paragraph:
    """A run of text outside of tables, blanks at its ends removed."""

    text: str
    page: int | None = None


@dataclass(slots=True)
class TextPart:
    """A paragraph and the part of the report it stands in."""

    section: str | None
    """Section code of the codebook; None before part one."""
    text: str
    page: int | None = None


@dataclass(slots=True)
class Document:
    """One document read: its blocks in reading order."""

    blocks: list[Grid | Paragraph]
    medium: str
    """``html``, ``pdf``, ``docx``, ``xlsx``, ``csv``, ``markdown`` or ``text``."""
    name: str
    """File name without folder, for messages; never a path."""
    title: str | None = None
    """Title in the medium's own metadata (``<title>``, document properties), not from the text."""
    meta: dict[str, str] = field(default_factory=dict)
    """Other metadata of the medium by name, such as the ``<meta>`` tags of a content management system."""
    problems: list[Problem] = field(default_factory=list)
    advice: str = ""
    """Where it has no grid: what it says of where its tables may be, and what to do."""

    def __post_init__(self) -> None:
        for number, grid in enumerate(self.grids(), start=1):
            grid.number = number

    def grids(self) -> Iterator[Grid]:
        """The grids, in reading order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs, in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))
