"""What can go wrong when a form is filled in or read, how common it is, and how it is put into words.

The smallest explanation has the fewest slips; of those with as many, the one that disagrees with the fewest numbers
of the text and of last year's report; of those, the one of the least cost. Costs say which slips are common:
1 a number that was not filled in; 2 one slip of the pen, of the eye or of the reader of the document; 3 the same less
near at hand; 4 any other number in a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...codebook import codebook
from ..finding import Key, cell_words, column_label, number

LEFT_OUT, SLIP, FARTHER, ANYTHING = 1, 2, 3, 4
#: Cells of one slip that are named one by one.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of a proposal."""

    cell: Key
    printed: float | None
    """The printed number, which stays; None for a blank."""
    proposed: float


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of slip."""

    rule: dict[str, str]
    """Table -> the rule that reports it; tables without one have none."""
    zh: str
    en: str


KINDS = {
    "left_out": Kind(
        {"requests": "RQ07"},
        "{cell}印为{printed}，应填的{proposed}疑未填",
        "{cell} is printed {printed}: perhaps {proposed} was not filled in",
    ),
    "transposed": Kind(
        {"requests": "CE08", "reviews": "CE08"},
        "{cell}印为{printed}，疑为{proposed}的数字颠倒",
        "{cell} is printed {printed}: perhaps {proposed} with digits transposed",
    ),
    "digit": Kind(
        {"requests": "RQ07"},
        "{cell}印为{printed}，疑应为{proposed}（错、漏或多印一位数字）",
        "{cell} is printed {printed}: perhaps {proposed} with a digit wrong, dropped or added",
    ),
    "number": Kind(
        {"requests": "RQ07"},
        "{cell}印为{printed}，疑应为{proposed}",
        "{cell} is printed {printed}: perhaps {proposed}",
    ),
    "misfiled": Kind(
        {"requests": "RQ08"},
        "有{moved}件疑填错一格：{change}",
        "{moved} may be filed in the wrong cell: {change}",
    ),
    "swapped": Kind(
        {"requests": "RQ08"},
        "两格（列、行）的数字疑似互换：{change}",
        "two cells, columns or rows may be swapped: {change}",
    ),
    "split": Kind(
        {"requests": "CE07", "reviews": "CE07"},
        "相邻两格的数字疑为一个数被拆开：{change}",
        "the figures of two neighbouring cells may be one number cut in two: {change}",
    ),
    "shifted": Kind(
        {"requests": "RQ16", "reviews": "RV02"},
        "一段数字疑似整体错开一格：{change}",
        "a run of figures may be shifted by one cell: {change}",
    ),
}


def of_cell(printed: int, proposed: int, empty: bool) -> tuple[str, int]:
    """(kind, cost) of one cell that should hold another number; ``empty`` for a blank or a total printed 0."""
    if empty:
        return "left_out", LEFT_OUT
    one, other = str(printed), str(proposed)
    if len(one) == len(other):
        apart = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(apart) == 1:
            return "digit", SLIP
        i = apart[0]
        if apart == [i, i + 1] and one[i : i + 2] == other[i : i + 2][::-1]:
            return "transposed", SLIP
    elif abs(len(one) - len(other)) == 1:
        short, long = sorted((one, other), key=len)
        if any(long[:i] + long[i + 1 :] == short for i in range(len(long))):
            return "digit", SLIP
    return "number", ANYTHING


def words(kind: str, changes: Sequence[Change], edition: int) -> Callable[[str], str]:
    """One slip in a sentence without its full stop."""

    def said(lang: str) -> str:
        first = changes[0]
        known = {
            "cell": cell_words(first.cell, edition)(lang),
            "printed": _printed(first, lang),
            "proposed": number(first.proposed),
            "moved": number(abs(first.proposed - (first.printed or 0))),
            "change": _changes(changes, edition, lang),
        }
        return (KINDS[kind].zh if lang == "zh" else KINDS[kind].en).format_map(known)

    return said


def _printed(change: Change, lang: str) -> str:
    return number(change.printed) if change.printed is not None else "空白" if lang == "zh" else "blank"


def _changes(changes: Sequence[Change], edition: int, lang: str) -> str:
    """``“予以公开”行“自然人”列3→4、…``; of many cells where they stand."""
    if len(changes) > _NAMED:
        return _where([change.cell for change in changes], edition, lang)
    shown = []
    for change in changes:
        cell = cell_words(change.cell, edition)(lang)
        shown.append(f"{cell}{'' if lang == 'zh' else ' '}{_printed(change, lang)}→{number(change.proposed)}")
    return ("、" if lang == "zh" else "; ").join(shown)


def _where(cells: Sequence[Key], edition: int, lang: str) -> str:
    """The first and the last row and column of cells in the form's order."""
    table, book = cells[0][0], codebook()
    rows = [book.name(table, row, lang, edition) for _, row, _ in (cells[0], cells[-1])]
    columns = [code.code for code in book.columns(table, edition) if code.code in {cell[2] for cell in cells}]
    columns = [column_label(table, column, lang, edition) for column in (columns[0], columns[-1])]
    if lang == "zh":
        ends = (
            "至".join(f"“{name}”{axis}" for name in dict.fromkeys(of)) for of, axis in ((rows, "行"), (columns, "列"))
        )
        return "，".join(ends) + f"，共{len(cells)}格"
    ends = (" to ".join(f'"{name}"' for name in dict.fromkeys(of)) for of in (rows, columns))
    return "rows {}, columns {}, {} cells in all".format(*ends, len(cells))
