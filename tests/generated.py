"""One document after another, made from random figures, changes of layout and a manner of writing, and read.

``benchmarks/accuracy.py`` counts thousands of them, a test a few.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from layouts import CHANGES, TEXTS
from media import MANNERS
from printed import Printed, printed, random_figures, told
from verdicts import verdicts

import liaocheng_foi as foi


@dataclass
class Outcome:
    """What became of one generated document."""

    number: int
    manner: str
    changes: tuple[str, ...]
    counts: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    refused: str = ""


def generated(seed: int, number: int) -> Outcome:
    """Make, print and read one document; ``number`` and ``seed`` decide everything about it."""
    rng = random.Random(f"{seed} {number}")
    edition = rng.choice((2019, 2021))
    manner = rng.choice(list(MANNERS))
    while True:
        try:
            form, changes = changed(rng, edition)
            data = MANNERS[manner](form.document(), rng)
        except ValueError:
            continue  # changes that exclude each other, or a font without a letter
        break
    return judged(Outcome(number, manner, changes), form, data)


def changed(rng: random.Random, edition: int) -> tuple[Printed, tuple[str, ...]]:
    """A form of random figures with none, one or two changes of layout, and their names.

    Raises :class:`ValueError` where these exclude each other.
    """
    form = printed(told(random_figures(rng, edition)), edition)
    changes = rng.sample(list(CHANGES), rng.choice((0, 1, 1, 1, 2, 2, 2, 2)))
    # what is written comes before where it stands
    changes.sort(key=lambda change: change not in TEXTS)
    for change in changes:
        CHANGES[change](rng, form)
    return form, tuple(changes)


def judged(outcome: Outcome, form: Printed, data: bytes) -> Outcome:
    """The outcome with what became of each cell of a document."""
    figures = form.figures()
    try:
        report = foi.read(
            data,
            name=f"generated.{outcome.manner.split('-')[0]}",
            organ="x",
            year=2020 if form.edition == 2019 else 2022,
        )
    except foi.ReadError as error:
        outcome.refused = str(error)
        outcome.counts["missing"] = len(figures)
        return outcome
    found = verdicts(figures, report.cells(), report.problems)
    outcome.counts.update(found.values())
    for key, verdict in found.items():
        if verdict == "silent":
            cell = next((cell for cell in report.cells() if cell.key == key), None)
            read = "nothing" if cell is None else f"{cell.value} {cell.raw!r}"
            outcome.silent.append(f"{'/'.join(key)}: printed {figures.get(key)!r}, read {read}")
    return outcome


def plain(manner: str, edition: int) -> dict[tuple[str, str, str], str]:
    """Verdicts on a document whose layout is the form's own."""
    rng = random.Random(f"{manner} {edition}")
    form = printed(told(random_figures(rng, edition)), edition)
    data = MANNERS[manner](form.document(), rng)
    report = foi.read(data, name=f"plain.{manner.split('-')[0]}", organ="x", year=2020 if edition == 2019 else 2022)
    return verdicts(form.figures(), report.cells(), report.problems)
