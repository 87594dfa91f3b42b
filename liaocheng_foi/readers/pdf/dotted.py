"""Dots in a row, as browsers draw dotted rules: each row is one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .ruled import NEAR, Line

#: Fewer dots are no line.
_FEWEST = 6
#: Dots this close to a line are of it; the finest dots are three quarters of a point wide.
_STEP = 0.5


def dotted(dots: Iterable[tuple[float, float]]) -> tuple[list[Line], list[Line]]:
    """The horizontal and the vertical lines that dots (x, y) make."""
    places = list(dots)
    return list(_rows((y, x) for x, y in places)), list(_rows(places))


def _rows(dots: Iterable[tuple[float, float]]) -> Iterator[Line]:
    """Lines along the second coordinate."""
    levels: dict[int, list[tuple[float, float]]] = {}
    for at, along in dots:
        levels.setdefault(round(at / _STEP), []).append((along, at))
    for level in levels.values():
        level.sort()
        first = 0
        for i in range(1, len(level) + 1):
            if i == len(level) or level[i][0] - level[i - 1][0] > NEAR:
                if i - first >= _FEWEST:
                    yield Line(level[first][1], level[first][0], level[i - 1][0])
                first = i
