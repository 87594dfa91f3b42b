"""Figures of other years, which reports print beside their own: taken out of the tables before these are named.

A year stands before the figures of a row, over those of a column, or in words over a whole table. Comparisons of years
(增减, 同比) and shares (占比) beside them are figures of no year.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import chain, pairwise, product

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
        over = self.over.get(row.grid.number, ())
        place = bisect_right(over, row.index, key=lambda each: each[0])
        return over[place - 1][1] if place else ""

    def own(self, table: str, rows: list[Row], sheet: Sheet) -> list[Row]:
        """The rows of a table that no words over them give to another year; all of them where these give most."""
        if not self.over and not self.doubtful:
            return rows
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
    changed: dict[int, Grid] = {}
    above: list[str] = []
    words = ""
    for place, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            above.append(block.text)
            continue
        words = _note_captions(block, _words_above(above, words, year), year, years)
        above.clear()
        own = _in_words(_own_part(block, year, years, sheet), year, years)
        if own is not block:
            changed[place] = own
    if changed:
        years.document = replace(document, blocks=[changed.get(i, block) for i, block in enumerate(document.blocks)])
    return years


def _words_above(above: Sequence[str], words: str, year: int | None) -> str:
    """What names another year in the lines above a table, nearest to it; ``words`` where these do not tell."""
    for text in reversed(above):
        is_own = _caption_is_own(text, year)
        if is_own is not None or section_of(text):
            return text if is_own is False else ""
    return words


def _note_captions(grid: Grid, words: str, year: int | None, years: Years) -> str:
    """Put down what names years over a grid and in rows of its own; ``words`` stand above. Gives the last of these."""
    if grid.sheet:
        is_own = _caption_is_own(grid.sheet if "年" in grid.sheet else f"{grid.sheet}年", year)
        words = words if is_own is None else grid.sheet if is_own is False else ""
    found = [(0, words)] if words else []
    corners: list[tuple[int, str]] = []
    for index, texts in enumerate(grid.cells):
        shown = {text for text in set(texts) if text and text.strip()}
        text = shown.pop() if len(shown) == 1 else texts[0] or ""
        is_own = _is_own(text, year) if shown else _caption_is_own(text, year) if text else None
        if is_own is not None:
            (corners if shown else found).append((index, "" if is_own else text))
    if corners and not any(is_figure_like(texts[0]) for texts in grid.cells):
        # a year before the names of columns, where only labels stand below it
        own = [corner for corner in corners if grid.is_anchor(corner[0], 0) and not _has_figures(grid, corner[0])]
        found = sorted([*found, *own], key=lambda each: each[0])
    if found:
        years.over[grid.number] = found
        words = found[-1][1]
    return words


def _own_part(grid: Grid, year: int | None, years: Years, sheet: Sheet) -> Grid:
    """A grid without rows and columns of other years, and without the names of its own among them."""
    texts = dict.fromkeys(chain.from_iterable(grid.cells))
    of_years = {
        text: is_own for text in texts if text and not text.isdecimal() and (is_own := _is_own(text, year)) is not None
    }
    goes_on = years.cut.get(grid.shape[1], set()) if years.cut and _has_figures(grid, 0) else set()
    if all(of_years.values()) and not goes_on:
        years.cut.clear()
        return grid
    named = _Named(grid, of_years)
    gone = set() if named.columns else set(product(range(grid.shape[0]), goes_on))
    gone |= named.of_others()
    others = [next(iter(each), None) for each in (named.others(named.rows), named.others(named.columns))]
    first = [place for place in others if place is not None]
    if not any(is_figure_like(grid.cells[r][c]) for r, c in named.places if (r, c) not in gone):
        for r, c in first:
            years.doubtful[grid.number] = grid.cells[r][c] or ""
        return grid
    for r, c in sorted(first):
        where = (grid.page, grid.number, r + 1 + grid.row_offset, c + 1 + grid.column_offset)
        raw = " ".join((grid.cells[r][c] or "").split())
        sheet.problems.append(Problem("other-year", None, None, None, *where, {"raw": raw}))
    of_last = {c for r, c in gone if r == grid.shape[0] - 1}
    years.cut = {grid.shape[1]: of_last} if named.columns or goes_on else {}
    return named.without(gone)


class _Named:
    """A grid some of whose cells name years or comparisons, by the places where these begin."""

    def __init__(self, grid: Grid, of_years: dict[str, bool]) -> None:
        self.grid = grid
        self.places = list(product(range(grid.shape[0]), range(grid.shape[1])))
        #: where a name begins → all its places
        self.covered: dict[Place, list[Place]] = {}
        for r, c in self.places:
            if grid.cells[r][c] in of_years:
                self.covered.setdefault(grid.anchors[r][c], []).append((r, c))
        self.is_own = {(r, c): of_years[grid.cells[r][c] or ""] for r, c in self.covered}
        before = {place for place in self.covered if self._is_before_figures(place)}
        names_rows = {c for _, c in before}
        self.rows = sorted(place for place in self.covered if place in before or place[1] in names_rows)
        self.columns = sorted(place for place in self.covered.keys() - set(self.rows) if self._is_over_figures(place))

    def others(self, places: Iterable[Place]) -> list[Place]:
        """Those of the places that name no year of the report's own."""
        return [place for place in places if not self.is_own[place]]

    def of_others(self) -> set[Place]:
        """The places of other years: whole rows, and columns from the header that names them to the next."""
        rows = {r for place in self.others(self.rows) for r, _ in self.covered[place]}
        begins = sorted({self._tops[r] for r, _ in self.columns})
        ends = dict(zip(begins, [*begins[1:], self.grid.shape[0]], strict=False))
        columns = {(self._tops[place[0]], c) for place in self.others(self.columns) for _, c in self.covered[place]}
        gone = set(product(rows, range(self.grid.shape[1])))
        return gone.union((r, c) for top, c in columns for r in range(top, ends[top]))

    def without(self, gone: Collection[Place]) -> Grid:
        """The grid some of whose places are no cells; what reached over them begins behind them.

        Names of its own year are no cells before rows, and what stands above the columns that they name reaches down.
        """
        of_rows, of_columns = ({place for place in each if self.is_own[place]} for each in (self.rows, self.columns))
        cells = self._filled_down()
        labels = self._labels(cells)
        anchors = [list(corners) for corners in self.grid.anchors]
        begins: dict[Place, Place] = {}
        for r, c in self.places:
            corner = anchors[r][c]
            if corner in of_columns and r and cells[r - 1][c]:
                cells[r][c], anchors[r][c] = cells[r - 1][c], anchors[r - 1][c]
            elif (r, c) in gone or (corner in of_rows and labels[corner[0]] - {corner}):
                cells[r][c], anchors[r][c] = None, (r, c)
            else:
                anchors[r][c] = begins.setdefault(corner, (r, c))
        return replace(self.grid, cells=cells, anchors=anchors)

    def _filled_down(self) -> list[list[str | None]]:
        """The cells where each row of a year has the labels printed once, before the first of the years."""
        cells = [list(texts) for texts in self.grid.cells]
        for (above, _), (row, column) in pairwise(self.rows):
            if above == row - 1 and cells[row][column] != cells[self.rows[0][0]][self.rows[0][1]]:
                cells[row][:column] = [
                    own if own is None or own.strip() else before
                    for own, before in zip(cells[row][:column], cells[above][:column], strict=True)
                ]
        return cells

    def _is_before_figures(self, place: Place) -> bool:
        """Whether a cell stands before all figures of its rows."""
        firsts = [first for r, _ in self.covered[place] if (first := self._firsts[r]) is not None]
        return bool(firsts) and place[1] < min(firsts)

    def _is_over_figures(self, place: Place) -> bool:
        """Whether a cell stands beside others and over figures, in a table whose columns are told by their place."""
        row, column = place
        if self.grid.aligned or self.grid.counted or self._firsts[row] is not None:
            return False
        return self._printed[row] != {place} and row < self._lasts[column]

    @cached_property
    def _printed(self) -> list[set[Place]]:
        return self._labels(self.grid.cells)

    @cached_property
    def _firsts(self) -> list[int | None]:
        """The column of the first figure of each row."""
        return [next((c for c, text in enumerate(row) if is_figure_like(text)), None) for row in self.grid.cells]

    @cached_property
    def _lasts(self) -> list[int]:
        """The row of the last figure, or share, of each column; -1 where it has none."""
        lasts = [-1] * self.grid.shape[1]
        for r, texts in enumerate(self.grid.cells):
            for c, text in enumerate(texts):
                if is_figure_like(text) or (text or "").strip().endswith(("%", "％")):
                    lasts[c] = r
        return lasts

    def _labels(self, cells: list[list[str | None]]) -> list[set[Place]]:
        """Where the cells with words before all figures of each row begin."""
        return [
            {corner for text, corner in zip(texts[:first], corners, strict=False) if text and text.strip()}
            for texts, corners, first in zip(cells, self.grid.anchors, self._firsts, strict=True)
        ]

    @cached_property
    def _tops(self) -> list[int]:
        """The first row of the header that each row is of: all below the last figures above."""
        tops = [0]
        for r, first in enumerate(self._firsts):
            tops.append(tops[-1] if first is None else r + 1)
        return tops


def _has_figures(grid: Grid, row: int) -> bool:
    return any(map(is_figure_like, grid.cells[row]))


def _in_words(grid: Grid, year: int | None, years: Years) -> Grid:
    """A grid whose labels say 本年, 上年 and 下年, as the form does, for the numbers of these years.

    A table one of whose labels is the form's but for its year is doubted.
    """
    texts = (text for text in dict.fromkeys(chain.from_iterable(grid.cells)) if text and "年" in text)
    worded = {text: label for text in texts if (label := _worded(text, year)) != text}
    if not worded:
        return grid
    for text, label in worded.items():
        meant = (label.replace(said, other) for said, other in _MISTAKEN)
        if not evidence(label) and any(map(evidence, meant)):
            years.doubtful.setdefault(grid.number, text)
    return replace(grid, cells=[[worded.get(text, text) if text else text for text in texts] for texts in grid.cells])


@lru_cache(maxsize=8192)
def _worded(text: str, year: int | None) -> str:
    """A label in other words for years; a sentence, a date, or the name of a year alone is none."""
    if year is None or len(text) > _LONGEST or _SENTENCE.search(text) or _YEAR.fullmatch(_tight(text)):
        return text
    words = {str(year - 1): "上年", str(year): "本年", str(year + 1): "下年"}
    return _NAMED.sub(lambda found: words.get(found[1], found[0]), text)
