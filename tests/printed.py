"""The official form printed from any figures, as grids.

Independent of the package's own writers: the proof of the reader must not share their mistakes. What happens to the
form on its way to the reader stands in :mod:`layouts`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from liaocheng_foi.codebook import codebook
from liaocheng_foi.grid import Document, Grid, Paragraph

BOOK = codebook()
Key = tuple[str, str, str]
#: (text, columns, rows) of one printed cell.
Spanned = tuple[str, int, int]


class Figure(str):
    """The printed text of one cell of the form, with what it says."""

    key: Key
    value: float | None
    status: str

    def __new__(cls, text: str, key: Key, value: float | None, status: str) -> Figure:
        figure = super().__new__(cls, text)
        figure.key, figure.value, figure.status = key, value, status
        return figure

    @property
    def unit(self) -> str:
        return BOOK.unit(*self.key)

    def written(self, text: str) -> Figure:
        """The same figure in other characters."""
        return Figure(text, self.key, self.value, self.status)


def told(figures: dict[Key, str]) -> dict[Key, Figure]:
    """Plain numbers as figures that know their cell."""
    return {key: Figure(text, key, float(text), "reported") for key, text in figures.items()}


def section(code: str, edition: int) -> str:
    return BOOK.label("form", "section", code, "zh", edition)


def heading(table: str, code: str, edition: int) -> str:
    return BOOK.label(table, "heading", code, "zh", edition)


def random_figures(rng: random.Random, edition: int) -> dict[Key, str]:
    """Printed text of each cell of a form whose sums hold; some applicants file nothing."""
    figures: dict[Key, str] = {}
    for table, row, column in BOOK.cells(edition):
        if table == "proactive":
            top = rng.choice((3, 40, 1000, 400000))
            number = rng.randint(-top, top) if column == "items_change" else rng.randint(0, top)
            money = BOOK.unit(table, row, column) == "万元"
            figures[table, row, column] = f"{rng.uniform(0, top):.2f}" if money else str(number)
    applicants = [c.code for c in BOOK.columns("requests", edition) if c.code != "total"]
    outcomes = [
        r.code for r in BOOK.rows("requests", edition)
        if r.code not in ("received_new", "carried_in", "outcome_total", "carried_forward")
    ]  # fmt: skip
    counts: dict[tuple[str, str], int] = {}
    for applicant in applicants:
        busy = rng.choice((0, 2, 300)) if applicant != "natural_person" else rng.choice((5, 900))
        for outcome in outcomes:
            counts[outcome, applicant] = rng.randint(0, busy) if rng.random() < 0.6 else 0
        total = sum(counts[outcome, applicant] for outcome in outcomes)
        forward = rng.randint(0, max(1, busy // 10)) if busy else 0
        carried = min(rng.randint(0, max(1, busy // 10)), total + forward) if busy else 0
        counts |= {
            ("outcome_total", applicant): total, ("carried_forward", applicant): forward,
            ("carried_in", applicant): carried, ("received_new", applicant): total + forward - carried,
        }  # fmt: skip
    for row in BOOK.rows("requests", edition):
        for applicant in applicants:
            figures["requests", row.code, applicant] = str(counts[row.code, applicant])
        figures["requests", row.code, "total"] = str(sum(counts[row.code, a] for a in applicants))
    for row in BOOK.rows("reviews", edition):
        parts = [rng.randint(0, rng.choice((1, 30))) for _ in range(4)]
        for column, number in zip(BOOK.columns("reviews", edition), (*parts, sum(parts)), strict=True):
            figures["reviews", row.code, column.code] = str(number)
    return figures


def proactive_rows(figures: dict[Key, str], edition: int) -> list[list[Spanned]]:
    width = 4
    rows: list[list[Spanned]] = []
    for block in BOOK.select("proactive", "block", edition):
        rows.append([(block.label("zh", edition), width, 1)])
        items = [r for r in BOOK.rows("proactive", edition) if block.code in r.parents]
        measures = BOOK.columns("proactive", edition, items[0].code)
        spans = [1] * (len(measures) - 1) + [width - len(measures)]
        head = [(m.label("zh", edition), span, 1) for m, span in zip(measures, spans, strict=True)]
        rows.append([(heading("proactive", "item", edition), 1, 1), *head])
        for item in items:
            cells = [
                (figures["proactive", item.code, m.code], span, 1) for m, span in zip(measures, spans, strict=True)
            ]
            rows.append([(item.label("zh", edition), 1, 1), *cells])
    return rows


def requests_rows(figures: dict[Key, str], edition: int) -> list[list[Spanned]]:
    columns = BOOK.columns("requests", edition)
    organisations = [c for c in columns if "legal_person" in c.parents]
    label = {c.code: c.label("zh", edition) for c in columns}
    rows: list[list[Spanned]] = [
        [(heading("requests", "identity", edition), 3, 3), (heading("requests", "applicants", edition), 7, 1)],
        [
            (label["natural_person"], 1, 2),
            (BOOK.label("requests", "group", "legal_person"), 5, 1),
            (label["total"], 1, 2),
        ],
        [(c.label("zh", edition), 1, 1) for c in organisations],
    ]
    outcomes = [
        r for r in BOOK.rows("requests", edition) if r.code not in ("received_new", "carried_in", "carried_forward")
    ]
    first, seen = True, set()
    for row in BOOK.rows("requests", edition):
        cells = [(figures["requests", row.code, c.code], 1, 1) for c in columns]
        text = row.label("zh", edition)
        if row not in outcomes:
            rows.append([(text, 3, 1), *cells])
            continue
        line: list[Spanned] = [(heading("requests", "outcomes", edition), 1, len(outcomes))] if first else []
        first = False
        group = next((p for p in row.parents if p != "outcome_total"), None)
        if group is None:
            line.append((text, 2, 1))
        else:
            if group not in seen:
                size = sum(group in r.parents for r in outcomes)
                axis = "row" if group == "other" else "group"
                line.append((BOOK.label("requests", axis, group, "zh", edition), 1, size))
                seen.add(group)
            line.append((text, 1, 1))
        rows.append([*line, *cells])
    return rows


def reviews_rows(figures: dict[Key, str], edition: int) -> list[list[Spanned]]:
    results = BOOK.columns("reviews", edition)
    proceedings = BOOK.rows("reviews", edition)
    names = [c.label("zh", edition) for c in results]
    first, *litigation = proceedings
    return [
        [(first.label("zh", edition), 5, 1), (BOOK.label("reviews", "group", "litigation"), 10, 1)],
        [*((name, 1, 2) for name in names), *((row.label("zh", edition), 5, 1) for row in litigation)],
        [(name, 1, 1) for _ in litigation for name in names],
        [(figures["reviews", row.code, c.code], 1, 1) for row in proceedings for c in results],
    ]


def grid(rows: list[list[Spanned]], page: int | None = None) -> Grid:
    """Spans unfolded."""
    width = sum(columns for _, columns, _ in rows[0])
    cells: list[list[str | None]] = [[None] * width for _ in rows]
    anchors = [[(r, c) for c in range(width)] for r in range(len(rows))]
    for r, row in enumerate(rows):
        c = 0
        for text, columns, depth in row:
            while c < width and cells[r][c] is not None:
                c += 1
            for y in range(r, min(r + depth, len(rows))):
                for x in range(c, min(c + columns, width)):
                    cells[y][x], anchors[y][x] = text, (r, c)
            c += columns
    return Grid(cells, anchors, page=page)


def loose(rows: list[list[Spanned]]) -> Grid:
    """Spans lost: each text once, blanks elsewhere, as copied text leaves a table."""
    whole = grid(rows)
    cells = [
        [whole.cells[r][c] if whole.is_anchor(r, c) else "" for c in range(whole.shape[1])]
        for r in range(whole.shape[0])
    ]
    found = Grid.from_rows(cells)
    found.ruled = False
    return found


Square = tuple[object, str | None]


def squares(table: Grid) -> list[list[Square]]:
    """The places of a grid as (cell, text); equal cells are one printed cell. They can be moved about freely."""
    cells: dict[tuple[int, int], object] = {}
    return [
        [(cells.setdefault(corner, object()), text) for corner, text in zip(corners, texts, strict=True)]
        for corners, texts in zip(table.anchors, table.cells, strict=True)
    ]


def regrid(rows: list[list[Square]], ruled: bool = True) -> Grid:
    """A grid from squares: what is still a rectangle of one cell is one cell, what was torn apart is several."""
    width = max(map(len, rows))
    rows = [[*row, *((object(), None) for _ in range(width - len(row)))] for row in rows]
    anchors: list[list[tuple[int, int]]] = []
    above: dict[tuple[object, int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        line: list[tuple[int, int]] = []
        here: dict[tuple[object, int, int], tuple[int, int]] = {}
        start = 0
        while start < len(row):
            end = start + 1
            while end < len(row) and row[end][0] is row[start][0]:
                end += 1
            run = (row[start][0], start, end)
            here[run] = above.get(run, (r, start))
            line += [here[run]] * (end - start)
            start = end
        anchors.append(line)
        above = here
    return Grid([[text for _, text in row] for row in rows], anchors, ruled=ruled)


@dataclass
class Printed:
    """A report as printed: title, and the three tables as grids."""

    edition: int
    proactive: list[Grid]
    requests: list[Grid]
    reviews: list[Grid]
    headings: bool = True
    before: list[Grid] = field(default_factory=list)
    """Other tables that stand above the report, and below it."""
    after: list[Grid] = field(default_factory=list)
    between: Callable[[], Paragraph] | None = None
    """What stands between two pieces of a table."""
    lost: set[Key] = field(default_factory=set)
    """Cells that are on the form but not on paper any more."""

    def document(self) -> Document:
        year = 2020 if self.edition == 2019 else 2022
        blocks: list[Grid | Paragraph] = [*self.before, Paragraph(f"某某市人民政府{year}年政府信息公开工作年度报告")]
        for code in ("proactive", "requests", "reviews"):
            if self.headings:
                blocks.append(Paragraph(section(code, self.edition)))
            for number, piece in enumerate(getattr(self, code)):
                if number and self.between:
                    blocks.append(self.between())
                blocks.append(piece)
        if self.headings:
            blocks.append(Paragraph(section("shortcomings", self.edition)))
        return Document([*blocks, *self.after], "html", "printed.html")

    def figures(self) -> dict[Key, Figure]:
        """What is printed in each cell; of figures printed twice the first."""
        found: dict[Key, Figure] = {}
        for code in ("proactive", "requests", "reviews"):
            for piece in getattr(self, code):
                for row in piece.cells:
                    for text in row:
                        if isinstance(text, Figure) and text.key not in self.lost:
                            found.setdefault(text.key, text)
        return found


def printed(figures: dict[Key, str], edition: int, make: Callable[[list[list[Spanned]]], Grid] = grid) -> Printed:
    return Printed(
        edition,
        [make(proactive_rows(figures, edition))],
        [make(requests_rows(figures, edition))],
        [make(reviews_rows(figures, edition))],
    )
