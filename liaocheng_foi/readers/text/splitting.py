"""A line of text → its cells, told apart by bars, tabs, wide gaps, or by figures at its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from ..figures import FIGURE
from .cut_cells import WITHIN

_GAP = re.compile(r"[ \u00a0\u3000]{2,}|\u3000")
#: Labels beside each other: wide gaps, and blanks before the number that a label begins with.
_LABELS = re.compile(r"[ \u00a0\u3000]{2,}|[ \u3000](?=[（(][一二三四五六七八九十]{1,2}[）)]|\d{1,2}[.、．])|\u3000")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_SENTENCE = re.compile(r"[。；，,：:！!？?“”《》]")
_WORD = re.compile(r"[^ \u3000]+")
#: So many figures at the end of a line make it a row, as OCR and copied text leave it.
_FEWEST_FIGURES = 5
#: A line of single blanks is a row only with so many words, none of them longer.
_MOST_WORDS, _LONGEST_WORD = 15, 20
#: The longest cell between wide gaps.
_LONGEST_CELL = 60
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|strong|em|span|font|sup|sub|p|center)\b[^<>]*>", re.IGNORECASE)

#: The texts of a row.
Cells = list[str | None]
#: How the cells of a line are told apart; None where it is no such row.
Split = Callable[[str], "Cells | None"]


def split(line: str, among_bars: bool) -> tuple[Cells | None, Split | None]:
    """The cells of a line that is a row without doubt, and how they were told apart; one bar will do among others."""
    if among_bars and "|" in line:
        return _between_bars(line), by_bars
    for kind in (by_bars, by_tabs, by_figures, by_gaps):
        cells = kind(line)
        if cells is not None:
            return cells, kind
    return None, None


def by_bars(line: str) -> Cells | None:
    """Two bars, or one at the start."""
    shown = line.strip()
    if shown.count("|") < 2 and not (shown.startswith("|") and len(shown) > 1):
        return None
    return _between_bars(line)


def _between_bars(line: str) -> Cells:
    shown = line.strip()
    body = shown.removeprefix("|")
    return _apart(body.removesuffix("|") if not body.endswith("\\|") else body)


def _apart(body: str) -> Cells:
    """The cells with a bar between each two."""
    return [plain(cell.replace("\\|", "|").strip()) for cell in re.split(r"(?<!\\)\|", body)]


def whole_bars(lines: Collection[str]) -> list[Cells]:
    """The rows of lines with as many bars each, where a bar at an end of some but not all has a blank cell outside it.

    Nothing where the number differs.
    """
    shown = [line.strip() for line in lines]
    if len({line.count("|") for line in shown}) != 1:
        return []
    if all(line.startswith("|") for line in shown):
        shown = [line[1:] for line in shown]
    if all(line.endswith("|") and not line.endswith("\\|") for line in shown):
        shown = [line[:-1] for line in shown]
    return [_apart(line) for line in shown]


def by_tabs(line: str) -> Cells | None:
    """A tab, beside other letters."""
    return (
        [plain(cell.strip()).replace(WITHIN, "\n") for cell in line.split("\t")]
        if "\t" in line.strip("\n") and line.strip()
        else None
    )


def by_figures(line: str) -> Cells | None:
    """Labels, and figures with blanks between."""
    line = line.strip()
    words = list(_WORD.finditer(line))
    first = len(words)
    while first and FIGURE.fullmatch(words[first - 1][0]):
        first -= 1
    figures = [word[0] for word in words[first:]]
    if len(figures) < _FEWEST_FIGURES:
        return None
    label = line[: words[first - 1].end()] if first else ""
    if label and label[-1] in "0123456789,.，":  # the end of the label may be the first of the figures
        return None
    return [*filter(None, (part.strip() for part in _LABELS.split(label))), *figures]


def by_blanks(line: str) -> Cells | None:
    """Short words, or a label and figures, with single blanks between."""
    words = line.split()
    if (
        not 2 <= len(words) <= _MOST_WORDS
        or _SENTENCE.search(_BRACKETS.sub("", line))
        or max(map(len, words)) > _LONGEST_WORD
    ):
        return None
    figures = [bool(FIGURE.fullmatch(word)) for word in words]
    if any(word[0].isdigit() for word, is_figure in zip(words, figures, strict=True) if not is_figure):
        return None
    return list(words) if figures == sorted(figures) and not figures[0] else None


def by_gaps(line: str) -> Cells | None:
    """Wide gaps between cells that are no sentences."""
    cells = [cell.strip() for cell in _GAP.split(line.strip()) if cell.strip()]
    return list(cells) if len(cells) > 1 and max(map(len, cells)) <= _LONGEST_CELL else None


def plain(cell: str) -> str:
    """A cell or line without Markdown emphasis and HTML marks; ``<br>`` is a line break."""
    if "<" in cell:
        cell = _TAG.sub("", _BREAK.sub("\n", cell)).replace("&nbsp;", " ")
    for mark in ("**", "__"):
        if mark in cell:
            cell = _without_pairs(cell, mark)
    return cell.strip()


def _without_pairs(text: str, mark: str) -> str:
    """Without the marks that stand in pairs around words."""
    parts = text.split(mark)
    ends = [bool(part) and not part[-1].isspace() for part in parts[:-1]]
    last = max((i for i, is_end in enumerate(ends) if is_end), default=0)
    shown = [parts[0]]
    is_open = False
    for number, after in enumerate(parts[1:]):
        changes = ends[number] if is_open else number < last and after and not after[0].isspace()
        is_open ^= bool(changes)
        shown.append(after if changes else mark + after)
    return "".join(shown)
