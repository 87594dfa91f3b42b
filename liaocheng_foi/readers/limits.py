"""How large a document may be before it is refused: hostile files end with a sentence, not with a full memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ..problems import ReadError, SelectionError


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a reader will take in; pass your own to ``foi.read(…, limits=Limits(max_pages=2000))``."""

    max_bytes: int = 64 * 2**20
    """Size of the file."""
    max_text: int = 24 * 2**20
    """Bytes of a web page or a text file, which are markup and words alone."""
    max_unpacked: int = 64 * 2**20
    """Size of what is read of a packed file (DOCX, XLSX), once unpacked."""
    max_parts: int = 10_000
    """Parts of a packed file."""
    max_marks: int = 2_000_000
    """Tags and attributes of one XML part of a packed file: what its tree costs in memory."""
    max_pages: int = 500
    """Pages of a PDF."""
    max_objects: int = 300_000
    """Characters and drawn objects of a PDF."""
    max_frames: int = 200
    """Ruled tables and frames on one page of a PDF."""
    max_cells: int = 500_000
    """Cells of all tables together, spans unfolded."""
    max_tables: int = 20_000
    """Tables of a CSV file, and of HTML inside a Markdown file; each is read by itself."""
    max_paragraphs: int = 300_000
    """Paragraphs outside of tables."""
    max_span: int = 64
    """Columns one HTML or Word cell may span; more is taken for this many (the form has 15)."""
    max_depth: int = 200
    """Depth of tables within tables and of nested marks."""
    max_steps: int = 1_000_000_000
    """Work that the tags of an HTML page may ask of its parser; an ordinary page asks for a few million."""
    max_styles: int = 100_000
    """Different styles of a web page, and elements that they may hide."""
    max_seconds: float = 6.0
    """Seconds that reading may take where it is done in a process of its own: old workbooks, PDFs of unusual make."""
    max_memory: int = 768 * 2**20
    """Bytes of memory for such a process."""
    timeout: float = 60.0
    """Seconds an outside converter (LibreOffice, for .doc and .wps) may take."""

    @classmethod
    def of(cls, settings: Iterable[str]) -> Limits:
        """The usual limits but for settings such as ``max_pages=2000``.

        Raises :class:`SelectionError` for a name that is none, or a value that is not a positive number.
        """
        known: dict[str, type] = {name: type(value) for name, value in asdict(cls()).items()}
        changed: dict[str, Any] = {}
        for setting in settings:
            name, _, value = setting.partition("=")
            if name not in known:
                raise SelectionError(f"there is no limit {name!r}; known: {', '.join(known)}.")
            try:
                changed[name] = known[name](value)
            except ValueError:
                changed[name] = 0
            if not changed[name] > 0:
                raise SelectionError(f"the limit {name} must be a positive number, not {value!r}.")
        return cls(**changed)

    def check(self, limit: str, found: int, what: str, document: str) -> None:
        """Raise :class:`ReadError` when ``found`` is over the limit called ``limit``; names limit and remedy."""
        allowed = getattr(self, limit)
        if found > allowed:
            raise ReadError(
                f"{document}: {what[:150]} is {found:,}, over the limit of {allowed:,}; "
                f"pass limits=Limits({limit}=…), or --limit {limit}=…, if this is meant."
            )


class Tally:
    """What a document has held so far, held against its limits before it takes up memory."""

    def __init__(self, limits: Limits, document: str) -> None:
        self.limits = limits
        self.document = document
        self.cells = self.paragraphs = self.tables = self.objects = 0

    def check_cells(self, rows: int, columns: int) -> None:
        """Raise :class:`ReadError` when a table of this size would be too much; it counts when it is ended."""
        found = self.cells + rows * columns
        if found > self.limits.max_cells:
            self.limits.check("max_cells", found, "the number of table cells", self.document)

    def add_cells(self, rows: int, columns: int) -> None:
        """Count the cells of a table."""
        self.check_cells(rows, columns)
        self.cells += rows * columns

    def add_paragraphs(self, number: int = 1) -> None:
        """Count paragraphs."""
        self.paragraphs += number
        if self.paragraphs > self.limits.max_paragraphs:
            self.limits.check("max_paragraphs", self.paragraphs, "the number of paragraphs", self.document)

    def add_objects(self, number: int) -> None:
        """Count characters or drawn objects of a PDF."""
        self.objects += number
        self.limits.check("max_objects", self.objects, "the number of characters and drawn objects", self.document)

    def add_table(self) -> None:
        """Count a table that is parsed by itself."""
        self.tables += 1
        self.limits.check("max_tables", self.tables, "the number of tables", self.document)
