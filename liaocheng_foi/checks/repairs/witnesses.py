"""What else tells a figure: exact counts in the text, and what last year's report carried forward."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ...codebook import codebook
from ...statements import PREVIOUS, Statement, parse_reference
from ..facts import Facts
from ..finding import Key
from ..text import bounds, elsewhere

_CARRIED_IN, _CARRIED_FORWARD = ("requests", "carried_in"), ("requests", "carried_forward")


class Witnesses:
    """Those of one report; asked how many disagree with its figures once some are changed."""

    def __init__(self, facts: Facts) -> None:
        self._agree: list[Callable[[Mapping[Key, int]], bool]] = []
        self._of_cell: dict[Key, set[int]] = {}
        for statement in facts.report.numbers_in_text:
            if statement.kind == "count" and statement.refers_to and not elsewhere(statement, facts):
                self._add_count(statement, facts)
        for column in codebook().columns("requests", facts.report.edition):
            key = (*_CARRIED_IN, column.code)
            expected, now = facts.before(*_CARRIED_FORWARD, column.code), facts.value(*key)
            if expected is not None and now is not None:
                self._add([key], lambda by, key=key, gap=expected - now: by.get(key, 0) == gap)  # type: ignore[misc]
        self._disagree = {n for n, agrees in enumerate(self._agree) if not agrees({})}

    def _add(self, cells: Sequence[Key], agrees: Callable[[Mapping[Key, int]], bool]) -> None:
        for cell in cells:
            self._of_cell.setdefault(cell, set()).add(len(self._agree))
        self._agree.append(agrees)

    def _add_count(self, statement: Statement, facts: Facts) -> None:
        readings: list[tuple[list[Key], float]] = []
        for text in (statement.refers_to or "", *statement.alternatives):
            reference = parse_reference(text)
            if reference.over or reference.minus or any(term.endswith(PREVIOUS) for term in reference.terms):
                return
            value = facts.text.sum(reference.terms)
            if value is not None:
                cells = [cell for term in reference.terms for cell in facts.cells(*_split(term))]
                readings.append((cells, value))

        def agrees(by: Mapping[Key, int]) -> bool:
            now = (value + sum(by.get(cell, 0) for cell in cells) for cells, value in readings)
            return any(bounds(statement, statement.amount, value) for value in now)

        if readings:
            self._add([cell for cells, _ in readings for cell in cells], agrees)

    def disagreeing(self, by: Mapping[Key, int]) -> int:
        """How many disagree after the figures change by so much."""
        asked = set().union(*(self._of_cell.get(cell, ()) for cell in by))
        return len(self._disagree - asked) + sum(not self._agree[n](by) for n in asked)


def _split(term: str) -> Key:
    table, row, column = term.split("/")
    return table, row, column
