"""Figures of other years, which reports print beside their own: taken out of the tables before these are named.

A year stands before the figures of a row, over those of a column, or in words over a whole table. Comparisons of years
(增减, 同比) and shares (占比) beside them are figures of no year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, pairwise, product, takewhile

from ..grid import Document, Grid, Paragraph
from ..problems import Problem
from ..sections import section_of
from ..values import INVISIBLE, is_figure_like
from .cells import Sheet
from .rows import Row, evidence

Place = tuple[int, int]

#: A text that names a year and nothing else, and one that names a comparison or share.
_YEAR = re.compile(
    r"(?:(?P<number>(?:20)?\d\d)年|(?P<own>[本今当]年|本期)|(?P<other>(?:上一?|去|前)年|上期))度?(?:同期|全年|实际|累计)?"
    r"(?:数|数据|数量|件数|情况)?(?:\(件\))?"
)
_COMPARED = re.compile(
    r"(?:同比|环比|[比较](?:上|20\d\d)年|与?上年相?比)?(?:增减|增长|增加|变化|变动|升降|增幅)(?:率|幅度|情况|数|量|值)?(?:\(件\))?"
    r"(?:\(?%\)?)?|同比(?:\(?%\)?)?|(?:所?占)?(?:比例?|比重|百分比)(?:\(?%\)?)?|(?:历年)?累计(?:数|件数)?"
)
#: The year before one that a label means.
_MISTAKEN = (("上年", "本年"), ("本年", "下年"), ("本年", "下年度"))
#: Digits of a year in Chinese.
_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_NAMED = re.compile(r"(20\d\d)年")
_NUMBERING = re.compile(r"^(?:附?[表件]?\(?[一二三四五六七八九十\d]{1,2}[)、.:])")
#: What stands over a table has at most so many letters, and is no sentence and no date.
_LONGEST = 40
_SENTENCE = re.compile("[。;,月比较与]|如下")


@lru_cache(maxsize=8192)
def _tight(text: str) -> str:
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8192)
def _is_own(text: str, year: int | None) -> bool | None:
    """Whether a text names the report's year; None where it is no name of a year or comparison."""
    shown = _tight(text)
    named = _YEAR.fullmatch(shown) or _YEAR.fullmatch(shown.translate(_NUMERALS))
    if named is None:
        return False if _COMPARED.fullmatch(shown.replace("/", "")) else None
    return bool(named["own"]) or (named["number"] is not None and str(year).endswith(named["number"]))


@lru_cache(maxsize=4096)
def _caption_is_own(text: str, year: int | None) -> bool | None:
    """:func:`_is_own` of words over a table, which may say what it is of."""
    shown = _tight(text)
    if len(shown) > _LONGEST or _SENTENCE.search(shown):
        return None
    years = set(_NAMED.findall(shown))
    if years:
        return years == {str(year)} if len(years) == 1 else None
    return _is_own(_NUMBERING.sub("", shown), year)


@dataclass
class Years:
    """What is known of the years of a document's figures."""

    document: Document
    """The document without the rows and columns of other years."""
    over: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    """Number of a grid → (first row, words) of what names another year over it; no words where its own begins."""
    cut: dict[int, set[int]] = field(default_factory=dict)
    """Width of the table above → those of its columns that are of another year, which the end of a page may cut."""
    doubtful: dict[int, str] = field(default_factory=dict)
    """Number of a grid → words that give all of its rows or columns, or a label of the form, to another year."""

    def words_over(self, row: Row) -> str:
        """The words that name another year over a row."""
        return next((words for first, words in reversed(self.over.get(row.grid.number, ())) if first <= row.index), "")

    def own(self, table: str, rows: list[Row], sheet: Sheet) -> list[Row]:
        """The rows of a table that no words over them give to another year; all of them where these give most."""
        grids = {row.grid.number: row.grid for row in rows}
        for number in sorted(grids.keys() & self.doubtful):
            _doubt(sheet, table, grids[number], self.doubtful[number])
        others = [row for row in rows if self.words_over(row)]
        if not others:
            return rows
        own = [row for row in rows if not self.words_over(row)]
        # less rows than of the other year are those of a table cut by it
        is_told = sum(bool(row.figures) for row in own) >= sum(bool(row.figures) for row in others)
        if is_told:
            sheet.problem("other-year", others[0], table=table, raw=self.words_over(others[0]))
            return own
        _doubt(sheet, table, others[0].grid, self.words_over(others[0]))
        return rows


def _doubt(sheet: Sheet, table: str, grid: Grid, words: str) -> None:
    """Doubt all figures of a table."""
    raw = " ".join(words.split())
    sheet.problems.append(Problem("year-unclear", table, None, None, grid.page, grid.number, details={"raw": raw}))


def of_the_year(document: Document, year: int | None, sheet: Sheet) -> Years:
    """Take rows and columns of other years out of the grids of a document, and find those of whole tables."""
    years = Years(document)
    blocks: list[Grid | Paragraph] = []
    words = ""
    for block in document.blocks:
        if isinstance(block, Grid):
            words = _note_captions(block, words, year, years)
            own = _own_part(block, year, years, sheet)
            worded = _in_words(own, year)
            _doubt_labels(own, worded, years)
            blocks.append(worded)
            continue
        blocks.append(block)
        is_own = _caption_is_own(block.text, year)
        if is_own is not None or section_of(block.text):
            words = block.text if is_own is False else ""
    if any(new is not old for new, old in zip(blocks, document.blocks, strict=True)):
        years.document = replace(document, blocks=blocks)
    return years


def _note_captions(grid: Grid, words: str, year: int | None, years: Years) -> str:
    """Put down what names years over a grid and in rows of its own; ``words`` stand above. Gives the last of these."""
    if grid.sheet:
        is_own = _caption_is_own(grid.sheet if "年" in grid.sheet else f"{grid.sheet}年", year)
        words = words if is_own is None else grid.sheet if is_own is False else ""
    found = [(0, words)] if words else []
    for index, texts in enumerate(grid.cells):
        shown = {text for text in texts if text and text.strip()}
        text = shown.pop() if len(shown) == 1 else ""
        is_own = _caption_is_own(text, year) if text else _is_own(_corner(grid, index), year)
        if is_own is not None:
            text = text or _corner(grid, index)
            words = "" if is_own else text
            found.append((index, words))
    if found:
        years.over[grid.number] = found
    return words


def _corner(grid: Grid, index: int) -> str:
    """What stands before the names of columns in a row of a header, where only labels stand below."""
    text = grid.cells[index][0] or ""
    is_over_labels = not _has_figures(grid, index) and not any(is_figure_like(texts[0]) for texts in grid.cells)
    return text if is_over_labels and grid.is_anchor(index, 0) else ""


def _own_part(grid: Grid, year: int | None, years: Years, sheet: Sheet) -> Grid:
    """A grid without rows and columns of other years, and without the names of its own among them."""
    words = {text for texts in grid.cells for text in texts if text and not text.isdecimal()}
    of_years = {text: is_own for text in words if (is_own := _is_own(text, year)) is not None}
    goes_on = years.cut.get(grid.shape[1], set()) if years.cut and _has_figures(grid, 0) else set()
    if all(of_years.values()) and not goes_on:
        years.cut.clear()
        return grid
    names = {
        (r, c): of_years[text]
        for r, c in _places(grid)
        if (text := grid.cells[r][c]) in of_years and grid.anchors[r][c] == (r, c)
    }
    of_rows = {place for place in names if _is_before_figures(grid, place)}
    of_rows |= {(r, c) for r, c in names if c in {c for _, c in of_rows}}
    of_columns = {place for place in names.keys() - of_rows if _is_over_figures(grid, place)}
    gone: set[Place] = set() if of_columns else set(product(range(grid.shape[0]), goes_on))
    first: dict[bool, Place] = {}
    for place in sorted(of_rows | of_columns):
        if not names[place]:
            first.setdefault(place in of_rows, place)
            covered = [(r, c) for r, c in _places(grid) if grid.anchors[r][c] == place]
            reach = {r for r, _ in covered} if place in of_rows else _reach(grid, place[0], of_columns)
            across = range(grid.shape[1]) if place in of_rows else {c for _, c in covered}
            gone.update((r, c) for r in reach for c in across)
    if not any(is_figure_like(grid.cells[r][c]) for r, c in _places(grid) if (r, c) not in gone):
        for r, c in first.values():
            years.doubtful[grid.number] = grid.cells[r][c] or ""
        return grid
    for r, c in first.values():
        where = (grid.page, grid.number, r + 1 + grid.row_offset, c + 1 + grid.column_offset)
        raw = " ".join((grid.cells[r][c] or "").split())
        sheet.problems.append(Problem("other-year", None, None, None, *where, {"raw": raw}))
    of_last = {c for r, c in gone if r == grid.shape[0] - 1}
    years.cut = {grid.shape[1]: of_last} if of_columns or goes_on else {}
    own = {place for place in of_rows | of_columns if names[place]}
    return _without(_filled_down(grid, sorted(of_rows)), gone, own & of_rows, own & of_columns)


def _places(grid: Grid) -> Iterator[Place]:
    return product(range(grid.shape[0]), range(grid.shape[1]))


def _has_figures(grid: Grid, row: int) -> bool:
    return any(map(is_figure_like, grid.cells[row]))


def _is_before_figures(grid: Grid, place: Place) -> bool:
    """Whether a cell stands before all figures of its rows."""
    row, column = place
    own = takewhile(lambda below: grid.anchors[below][column] == place, range(row, grid.shape[0]))
    filled = [number for below in own for number, text in enumerate(grid.cells[below]) if is_figure_like(text)]
    return bool(filled) and column < min(filled)


def _is_over_figures(grid: Grid, place: Place) -> bool:
    """Whether a cell stands beside others and over figures, in a table whose columns are told by their place."""
    row, column = place
    if grid.aligned or grid.counted or _has_figures(grid, row):
        return False
    is_alone = all(corner == place for text, corner in zip(grid.cells[row], grid.anchors[row], strict=True) if text)
    return not is_alone and any(_may_be_figure(texts[column]) for texts in grid.cells[row + 1 :])


def _may_be_figure(text: str | None) -> bool:
    return is_figure_like(text) or (text or "").strip().endswith(("%", "％"))


def _reach(grid: Grid, row: int, names: Collection[Place]) -> range:
    """The rows of a header that names years in a row, and of the figures below it, up to the next such header."""
    ends = [_top(grid, below) for below in {r for r, _ in names} if _top(grid, below) > row]
    return range(_top(grid, row), min(ends, default=grid.shape[0]))


def _top(grid: Grid, row: int) -> int:
    """The first row of the header that a row is of: all below the last figures above."""
    return next((above + 1 for above in range(row - 1, -1, -1) if _has_figures(grid, above)), 0)


def _in_words(grid: Grid, year: int | None) -> Grid:
    """A grid whose labels say 本年, 上年 and 下年, as the form does, for the numbers of these years."""
    if year is None:
        return grid
    words = {str(year - 1): "上年", str(year): "本年", str(year + 1): "下年"}
    worded = [[_worded(text, words) if text and "年" in text else text for text in texts] for texts in grid.cells]
    return grid if worded == grid.cells else replace(grid, cells=worded)


def _doubt_labels(printed: Grid, worded: Grid, years: Years) -> None:
    """Doubt a table one of whose labels is the form's but for its year."""
    if printed is worded:
        return
    for text, label in zip(chain(*printed.cells), chain(*worded.cells), strict=True):
        if not text or not label or text == label or evidence(label):
            continue
        if any(evidence(label.replace(said, meant)) for said, meant in _MISTAKEN):
            years.doubtful.setdefault(printed.number, text)


def _worded(text: str, words: Mapping[str, str]) -> str:
    """A label in other words for years; a sentence, a date, or the name of a year alone is none."""
    if len(text) > _LONGEST or _SENTENCE.search(text) or _YEAR.fullmatch(_tight(text)):
        return text
    return _NAMED.sub(lambda found: words.get(found[1], found[0]), text)


def _filled_down(grid: Grid, names: Sequence[Place]) -> Grid:
    """A grid in which each row of a year has the labels printed once, before the first of the years."""
    cells = [list(texts) for texts in grid.cells]
    for (above, _), (row, column) in pairwise(names):
        if above == row - 1 and cells[row][column] != cells[names[0][0]][names[0][1]]:
            cells[row][:column] = [
                own if own is None or own.strip() else before
                for own, before in zip(cells[row][:column], cells[above][:column], strict=True)
            ]
    return replace(grid, cells=cells)


def _has_label_beside(grid: Grid, place: Place) -> bool:
    """Whether other words than the name of a year stand before the figures of a row."""
    row, column = place
    before = takewhile(lambda other: not is_figure_like(grid.cells[row][other]), range(grid.shape[1]))
    return any(grid.anchors[row][other] != (row, column) and (grid.cells[row][other] or "").strip() for other in before)


def _without(grid: Grid, gone: Collection[Place], of_rows: Collection[Place], of_columns: Collection[Place]) -> Grid:
    """A grid some of whose places are no cells; what reached over them begins behind them.

    Names of its own year are no cells before rows, and what stands above the columns that they name reaches down.
    """
    cells = [list(texts) for texts in grid.cells]
    anchors = [list(corners) for corners in grid.anchors]
    begins: dict[Place, Place] = {}
    for r, c in _places(grid):
        corner = anchors[r][c]
        if corner in of_columns and r and cells[r - 1][c]:
            cells[r][c], anchors[r][c] = cells[r - 1][c], anchors[r - 1][c]
        elif (r, c) in gone or (corner in of_rows and _has_label_beside(grid, corner)):
            cells[r][c], anchors[r][c] = None, (r, c)
        else:
            anchors[r][c] = begins.setdefault(corner, (r, c))
    return replace(grid, cells=cells, anchors=anchors)
