"""A line of letters without drawn lines around → its cells, told by the gaps between the letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from ..figures import FIGURE
from ..letters import Character, TextLine

#: A gap wider than this many letters parts two cells; digits of one number stand closer than words.
_GAP, _GAP_OF_DIGITS = 0.8, 0.08
#: Figures that a program printed closer behind other cells may be out of their places.
_GAP_OF_PACKED = 1.05
#: No letter is taken to be narrower than a point: characters this close, in points, are of one cell.
_LEAST = 0.08
#: Labels of neighbouring columns may stand closer, where a number begins or the figures below tell them apart.
_GAP_OF_COLUMNS = 0.25
_NUMBER_OF_LABEL = re.compile("[\u2e80-\uffff][0-9]{1,2}[.．、]")
#: A figure in its column stands at least so far behind a label, and labels from each other.
_GAP_OF_FIGURE = 0.1
#: Letters of one label mostly stand closer than this.
_TIGHT = 0.05
#: A letter of other scripts is about so wide, in widths of a Chinese one.
_NARROW = 0.55
#: A line longer than this without a gap, or what may be close behind another cell, is prose.
_LONGEST = 25
_MAY_HAVE_GAPS = re.compile(rf" |{_NUMBER_OF_LABEL.pattern}|[\d/／—–-]$")
#: From here on letters are as wide as they are high.
_FIRST_WIDE = "\u2e80"
_WIDE_SIGNS = frozenset("“”‘’—…·")

#: The left and right edge of a column.
Span = tuple[float, float]


def cells(line: TextLine) -> list[TextLine]:
    """The cells of a line; itself where it is in one piece."""
    if len(line.text) > _LONGEST and not _MAY_HAVE_GAPS.search(line.text):
        return [line]
    cuts = [
        i
        for i, (before, behind) in enumerate(pairwise(line.characters), start=1)
        if behind.left - before.right > _LEAST and _are_apart(line, i)
    ]
    parts = [line.part(first, last) for first, last in pairwise([0, *cuts, len(line.characters)])]
    if len(line.text) <= _LONGEST or any(FIGURE.fullmatch(part.text) for part in parts):
        parts = [piece for part in parts for piece in _without_figure(part)]
    return parts if len(parts) > 1 else [line]


def _are_apart(line: TextLine, i: int) -> bool:
    """Whether another cell begins with a character."""
    before, character = line.characters[i - 1 : i + 1]
    gap = _GAP
    if character.text.isdigit():
        gap = _GAP_OF_PACKED if line.packed else _GAP
        if before.text.isdigit():
            gap = _GAP_OF_PACKED if line.packed else _GAP_OF_DIGITS
        elif _NUMBER_OF_LABEL.match("".join(c.text for c in line.characters[i - 1 : i + 3])):
            gap = _GAP_OF_COLUMNS  # another label may begin, with its number, right behind one
    return character.left - before.right > gap * _letter(line, before, character)


def _without_figure(cell: TextLine) -> list[TextLine]:
    """A label and the figure close behind it, or what is neither in one piece."""
    characters = cell.characters
    for i in range(len(characters) - 1, 0, -1):
        before, behind = characters[i - 1], characters[i]
        if is_wide(before):
            apart = behind.left - before.right > _closest(cell, behind) * _letter(cell, before, behind)
            figure = FIGURE.fullmatch("".join(c.text for c in characters[i:]))
            return [cell.part(0, i), cell.part(i)] if apart and figure else [cell]
    return [cell]


def by_columns(cell: TextLine, spans: Sequence[Span], begin: float | None = None) -> list[TextLine]:
    """The labels that stand over several columns each, cut where a gap lies between two columns.

    The columns begin with the first of figures, or before it where others are blank.
    """
    if not spans:
        return [cell]
    begin = spans[0][0] if begin is None else begin
    pairs = list(pairwise(cell.characters))
    gaps = [(behind.left - before.right) / _letter(cell, before, behind) for before, behind in pairs]
    # where most letters touch each other, others are of two labels, or of two words over one column
    is_tight = 2 * sum(gap >= _TIGHT for gap in gaps) <= len(gaps)
    cuts = [
        i
        for i, (gap, (before, behind)) in enumerate(zip(gaps, pairs, strict=True), start=1)
        if gap > _closest(cell, behind)
        and (
            (is_tight and behind.right > begin)
            or (gap > _GAP_OF_COLUMNS and _parts_columns(before, behind, spans))
            or _begins_figure(before, behind, spans)
        )
    ]
    parts = [cell.part(first, last) for first, last in pairwise([0, *cuts, len(cell.characters)])] if cuts else [cell]
    if cell.right > spans[0][0]:
        parts[-1:] = _without_figure(parts[-1])
    return parts


def cut_before(cell: TextLine, edge: float) -> list[TextLine]:
    """The cell cut before what stands right of an edge; in one piece where no gap is there."""
    i = next((i for i, character in enumerate(cell.characters) if character.left >= edge), 0)
    if not i:
        return [cell]
    before, behind = cell.characters[i - 1 : i + 1]
    apart = behind.left - before.right > _GAP_OF_FIGURE * _letter(cell, before, behind)
    return [cell.part(0, i), cell.part(i)] if apart else [cell]


def figures_behind(cell: TextLine) -> list[TextLine]:
    """A cell and the figures at its end that only a blank parts from it and from each other."""
    label = words = cell.text.split(" ")
    while label and FIGURE.fullmatch(label[-1]):
        label = label[:-1]
    if len(label) == len(words) or len(words) == 1:
        return [cell]
    begin = [0, *accumulate(map(len, words))]
    behind = [cell.part(first, last) for first, last in pairwise(begin[len(label) :])]
    return [cell.part(0, begin[len(label)]), *behind] if label else behind


def _closest(line: TextLine, behind: Character) -> float:
    """How many letters behind another cell the one that begins with a character stands at least."""
    return _GAP_OF_PACKED if line.packed and behind.text.isdigit() else _GAP_OF_FIGURE


def _parts_columns(before: Character, behind: Character, spans: Sequence[Span]) -> bool:
    return any(left < behind.left and before.right < right for (_, left), (right, _) in pairwise(spans))


def _begins_figure(before: Character, behind: Character, spans: Sequence[Span]) -> bool:
    """Whether a figure stands in a column of figures, right behind a label."""
    may_begin = is_wide(before) and FIGURE.fullmatch(behind.text) is not None
    return may_begin and any(left - 1 <= behind.left and behind.right <= right + 1 for left, right in spans)


def is_wide(character: Character) -> bool:
    """Whether a character is about as wide as it is high."""
    return character.text >= _FIRST_WIDE or character.text in _WIDE_SIGNS


def _letter(line: TextLine, *characters: Character) -> float:
    """How wide a Chinese letter is beside some characters; the heights of fonts say less of it."""
    return max(line.least_letter, *[(c.right - c.left) / (1 if is_wide(c) else _NARROW) for c in characters])
