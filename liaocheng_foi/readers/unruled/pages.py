"""Tables without drawn lines on pages that follow each other: what the page before tells of one that goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...grid import Grid
from ..letters import TextLine
from .alignment import PAGE_NUMBER, header_at_end, tables
from .placing import NOTHING, Above


class Pages:
    """The pages of a document."""

    def __init__(self) -> None:
        self._page = 0
        self._above = NOTHING

    def tables(self, lines: Sequence[TextLine], page: int) -> Iterator[tuple[int, int, Grid]]:
        """The tables of the next page as those of :func:`alignment.tables`."""
        found = list(tables(lines, page, self._above if self._page == page - 1 else NOTHING))
        rest = list(lines[found[-1].last if found else 0 :])
        if rest and PAGE_NUMBER.fullmatch(rest[-1].text):
            rest.pop()
        self._page = page
        self._above = Above(found[-1].spans) if found and not rest else Above(header=header_at_end(rest))
        yield from ((table.first, table.last, table.grid) for table in found)
