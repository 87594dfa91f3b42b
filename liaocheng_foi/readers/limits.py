"""How large a document may be before it is refused: hostile files end with a sentence, not with a full memory."""

from __future__ import annotations

from dataclasses import dataclass

from ..problems import ReadError


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a reader will take in; pass your own to ``foi.read(…, limits=Limits(max_pages=2000))``."""

    max_bytes: int = 64 * 2**20
    """Size of the file."""
    max_unpacked: int = 64 * 2**20
    """Size of what is read of a packed file (DOCX, XLSX), once unpacked."""
    max_marks: int = 3_000_000
    """Tags and attributes of one XML part of a packed file: what its tree costs in memory."""
    max_pages: int = 500
    """Pages of a PDF."""
    max_objects: int = 200_000
    """Drawn objects, and characters, on one page of a PDF."""
    max_cells: int = 500_000
    """Cells of all tables together, spans unfolded."""
    max_span: int = 64
    """Columns one HTML or Word cell may span; more is taken for this many (the form has 15)."""
    max_depth: int = 200
    """Depth of tables within tables and of nested marks."""
    max_steps: int = 1_000_000_000
    """Work that the tags of an HTML page may ask of its parser; an ordinary page asks for a few million."""
    timeout: float = 60.0
    """Seconds an outside converter (LibreOffice, for .doc and .wps) may take."""

    def check(self, limit: str, found: int, what: str, document: str) -> None:
        """Raise :class:`ReadError` when ``found`` is over the limit called ``limit``; names limit and remedy."""
        allowed = getattr(self, limit)
        if found > allowed:
            raise ReadError(
                f"{document}: {what} is {found:,}, over the limit of {allowed:,}; "
                f"pass limits=Limits({limit}=…) if this is meant."
            )
