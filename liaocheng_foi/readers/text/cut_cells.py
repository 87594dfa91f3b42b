"""Rows of pasted text whose cells hold line ends → one line each; the line ends within cells become :data:`WITHIN`.

Spreadsheet programs put such a cell in quotes. Word processors do not: there a line of figures goes on with the row of
a label before it, and lines are pieces of one row where all rows of a table have as many tabs, and the pieces together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..figures import FIGURE

#: A line end within a cell.
WITHIN = "\v"
#: Characters of the longest text that is looked through; a report has a twentieth of them.
_LONGEST = 2_000_000
_QUOTED = re.compile(r'(?:(?<=\t)|^)"([^"\t]*(?:""[^"\t]*)*)"(?=\t|$)', re.MULTILINE)
_WORDS = re.compile("[\u4e00-\u9fff]")


def whole_rows(text: str) -> str:
    """The text with each row of its tables on one line, as far as that is sure."""
    if "\t" not in text or len(text) > _LONGEST:
        return text
    text = _QUOTED.sub(_unquoted, text)
    return "\n".join(_joined(text.split("\n")))


def _unquoted(cell: re.Match[str]) -> str:
    return cell[1].replace('""', '"').replace("\n", WITHIN) if "\n" in cell[1] else cell[0]


def _joined(lines: list[str]) -> Iterator[str]:
    """Lines between blank ones are those of one table."""
    begun: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            begun.append(line)
            continue
        yield from _rows(begun)
        begun = []
        yield line


def _rows(lines: list[str]) -> list[str]:
    """The rows of a table."""
    most = max((line.count("\t") for line in lines), default=0)
    if not most:
        return lines
    rows = [WITHIN.join(row) for row in _grouped(lines, most, _is_rest)]
    tabs = [row.count("\t") for row in rows]
    if tabs.count(most) * 2 <= len(rows) or tabs.count(most) == len(rows):
        return rows
    whole = [WITHIN.join(row) for row in _grouped(rows, most, _belong)]
    return whole if all(row.count("\t") == most for row in whole) else rows


def _grouped(lines: list[str], most: int, goes_on: Callable[[list[str], str], bool]) -> list[list[str]]:
    """The lines of each row, of at most so many tabs together."""
    rows: list[list[str]] = []
    tabs = 0
    for line in lines:
        more = line.count("\t")
        if rows and tabs + more <= most and goes_on(rows[-1], line):
            rows[-1].append(line)
            tabs += more
        else:
            rows.append([line])
            tabs = more
    return rows


def _is_rest(row: list[str], line: str) -> bool:
    """Whether a line of figures without a label goes on with the figure at the end of a row with one."""
    figures = [cell.strip() for cell in line.split("\t")]
    return (
        "\t" in row[0]
        and _WORDS.search(row[0]) is not None
        and FIGURE.fullmatch(_last(row)) is not None
        and FIGURE.fullmatch(figures[0]) is not None
        and all(not cell or FIGURE.fullmatch(cell) for cell in figures)
    )


def _belong(row: list[str], line: str) -> bool:
    """Whether the last cell of a row goes on in the first of a line: both are words, or both are digits."""
    last, first = _last(row), line.split("\t", 1)[0].strip()
    if FIGURE.fullmatch(last):
        return FIGURE.fullmatch(first) is not None
    return "\t" in line and _WORDS.search(last) is not None and _WORDS.search(first) is not None


def _last(row: list[str]) -> str:
    return row[-1].rsplit("\t", 1)[-1].rsplit(WITHIN, 1)[-1].strip()
