"""A statement in the making."""

from __future__ import annotations

from dataclasses import dataclass

from .numbers import Number
from .subjects import Subject


@dataclass(slots=True, eq=False)
class Draft:
    """A statement in the making; places are in the tight text."""

    kind: str
    start: int
    end: int
    number: Number | None
    sentence: int
    """Number of its sentence."""
    half: int = 0
    """Semicolons before it in its sentence."""
    words: str = ""
    subject: Subject | None = None
    cells: tuple[str, ...] = ()
    over: tuple[str, ...] | None = None
    minus: tuple[str, ...] | None = None
    alternatives: tuple[tuple[str, ...], ...] = ()
    topic: str | None = None
    parts: tuple[Draft, ...] = ()
    whole: Draft | None = None
    head: Draft | None = None
    direction: str | None = None
    population: str | None = None
    time: str | None = None
    """``this`` year, ``previous`` or another (``other``), where its words or those before it in the sentence say so."""

    @property
    def counter(self) -> str | None:
        """Unit without its scale."""
        return self.number.counter if self.number else None

    @property
    def family(self) -> str | None:
        """Kind of what it counts; results and parts of results are one family."""
        return self.subject.kind.removesuffix("_part") if self.subject else None
