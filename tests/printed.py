"""The official form printed from any figures, as grids, and what page cuts, typists and scanners do to it.

Independent of the package's own writers: the proof of the reader must not share their mistakes.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from liaocheng_foi.codebook import codebook
from liaocheng_foi.grid import Document, Grid, Paragraph

BOOK = codebook()
Key = tuple[str, str, str]
#: (text, columns, rows) of one printed cell.
Spanned = tuple[str, int, int]


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


@dataclass
class Printed:
    """A report as printed: title, and the three tables as grids."""

    edition: int
    proactive: list[Grid]
    requests: list[Grid]
    reviews: list[Grid]
    headings: bool = True

    def document(self) -> Document:
        blocks: list[Grid | Paragraph] = [Paragraph("某某市人民政府2020年政府信息公开工作年度报告")]
        for code in ("proactive", "requests", "reviews"):
            if self.headings:
                blocks.append(Paragraph(section(code, self.edition)))
            blocks += getattr(self, code)
        if self.headings:
            blocks.append(Paragraph(section("shortcomings", self.edition)))
        return Document(blocks, "html", "printed.html")


def printed(figures: dict[Key, str], edition: int, make: Callable[[list[list[Spanned]]], Grid] = grid) -> Printed:
    return Printed(
        edition,
        [make(proactive_rows(figures, edition))],
        [make(requests_rows(figures, edition))],
        [make(reviews_rows(figures, edition))],
    )


# ---- what happens to tables: each change takes (rng, printed) and alters it in place ----


def _sub(whole: Grid, rows: range, repeat: int = 0) -> Grid:
    """A piece of a grid as a grid of its own, its first ``repeat`` rows put on top."""
    chosen = [*range(repeat), *[r for r in rows if r >= repeat]]
    at = {old: new for new, old in enumerate(chosen)}
    cells = [list(whole.cells[r]) for r in chosen]
    anchors = []
    for r in chosen:
        line = []
        for r0, c0 in whole.anchors[r]:
            top = next(q for q in chosen if q >= r0)
            line.append((at[top], c0))
        anchors.append(line)
    return Grid(cells, anchors, ruled=whole.ruled)


def cut_pages(rng: random.Random, report: Printed) -> None:
    for name, repeat in (("proactive", 0), ("requests", 0), ("reviews", 0)):
        (whole,) = getattr(report, name)
        rows = whole.shape[0]
        points = sorted(rng.sample(range(1, rows), min(rng.randint(1, 3), rows - 1)))
        edges = [0, *points, rows]
        setattr(
            report, name, [_sub(whole, range(a, b), repeat if a else 0) for a, b in zip(edges, edges[1:], strict=False)]
        )


def repeat_headers(rng: random.Random, report: Printed) -> None:
    (whole,) = report.requests
    point = rng.randint(4, whole.shape[0] - 1)
    report.requests = [_sub(whole, range(point)), _sub(whole, range(point, whole.shape[0]), 3)]


def drop_headings(rng: random.Random, report: Printed) -> None:
    report.headings = False


def _each_text(report: Printed, change: Callable[[str], str]) -> None:
    for name in ("proactive", "requests", "reviews"):
        for g in getattr(report, name):
            g.cells = [[None if t is None else change(t) for t in row] for row in g.cells]


def _is_label(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text) and text != "无"


def blanks_in_labels(rng: random.Random, report: Printed) -> None:
    def change(text: str) -> str:
        if not _is_label(text):
            return text
        return "".join(c + (rng.choice((" ", "\n", "\u3000", "\u200b")) if rng.random() < 0.2 else "") for c in text)

    _each_text(report, change)


def full_width(rng: random.Random, report: Printed) -> None:
    wide = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    _each_text(report, lambda text: text.translate(wide))


def half_width_punctuation(rng: random.Random, report: Printed) -> None:
    narrow = str.maketrans("（），、“”：", '(),,"":')
    _each_text(report, lambda text: text.translate(narrow) if _is_label(text) else text)


def thousands(rng: random.Random, report: Printed) -> None:
    _each_text(report, lambda text: f"{int(text):,}" if text.isdigit() else text)


def suffixes(rng: random.Random, report: Printed) -> None:
    _each_text(report, lambda text: f"{text}件" if text.isdigit() and rng.random() < 0.0 else f" {text} ")


def renumber(rng: random.Random, report: Printed) -> None:
    def change(text: str) -> str:
        return text.replace("1.", "①").replace("2.", "2、").replace("（一）", "(1)") if _is_label(text) else text

    _each_text(report, change)


def no_numbering(rng: random.Random, report: Printed) -> None:
    import re

    _each_text(report, lambda t: re.sub(r"^(（[一-七]）|[一二三四]、|\d\.)", "", t) if _is_label(t) else t)


def traditional(rng: random.Random, report: Printed) -> None:
    table = str.maketrans("属国密执机办请数总计业务组织", "屬國密執機辦請數總計業務組織")
    _each_text(report, lambda text: text.translate(table) if _is_label(text) else text)


def short_partly(rng: random.Random, report: Printed) -> None:
    _each_text(report, lambda text: text.split("（区分")[0] if "区分处理" in text else text)


def reorder_rows(rng: random.Random, report: Printed) -> None:
    (g,) = report.requests
    body = list(range(5, g.shape[0] - 1))
    flat = Grid.from_rows([list(row) for row in g.cells])
    order = [0, 1, 2, 3, 4, *rng.sample(body, len(body)), g.shape[0] - 1]
    flat.cells = [flat.cells[r] for r in order]
    flat.anchors = _anchors_of(g, order)
    report.requests = [flat]


def _anchors_of(g: Grid, order: list[int]) -> list[list[tuple[int, int]]]:
    """Row spans cut, column spans kept, for rows put in another order; the header keeps its spans."""
    anchors = []
    for new, old in enumerate(order):
        if old < 3:
            anchors.append(list(g.anchors[old]))
        else:
            anchors.append([(new, c0) for _, c0 in g.anchors[old]])
    return anchors


def reorder_columns(rng: random.Random, report: Printed) -> None:
    (g,) = report.requests
    organisations = list(range(4, 9))
    order = [0, 1, 2, 3, *rng.sample(organisations, 5), 9]
    cells = [[row[c] for c in order] for row in g.cells]
    anchors = []
    for row in g.anchors:
        spanned = row[4][1] == row[8][1]
        anchors.append([(row[old][0], row[old][1] if old < 4 or spanned else new) for new, old in enumerate(order)])
    report.requests = [Grid(cells, anchors, ruled=g.ruled)]


def layout_around(rng: random.Random, report: Printed) -> None:
    menu = Grid.from_rows([["首页", "政务公开", "办事服务"], ["行政许可", "行政处罚", "其他"]])
    other = Grid.from_rows([["序号", "标题", "数量"], ["1", "政策文件", "12"], ["2", "行政处罚", "9"]])
    report.proactive = [menu, *report.proactive]
    report.reviews = [*report.reviews]
    report.requests = [*report.requests]
    report.proactive.insert(0, other)


def blank_cells(rng: random.Random, report: Printed) -> None:
    for g in report.requests:
        for r in range(3 if g is report.requests[0] else 0, g.shape[0]):
            for c in range(g.shape[1]):
                text = g.cells[r][c]
                if text == "0" and rng.random() < 0.5:
                    g.cells[r][c] = rng.choice(("", "/", "-", "—"))


def shift_right(rng: random.Random, report: Printed) -> None:
    """Some rows of the requests table stand one column further in, blanks at the end or the start."""
    (g,) = report.requests
    flat = []
    for r, row in enumerate(g.cells):
        line = [row[c] if g.is_anchor(r, c) or c >= 3 else "" for c in range(g.shape[1])]
        if r > 3 and rng.random() < 0.3:
            labels, figures = line[:3], line[3:]
            kept = [text for text in labels if text]
            line = [*kept, *figures, *[""] * (3 - len(kept))]
        flat.append(line)
    found = Grid.from_rows(flat)
    found.ruled = False
    report.requests = [found]


def split_labels(rng: random.Random, report: Printed) -> None:
    """A row label is cut in two by a page break: the rest of it stands alone on the next page."""
    (g,) = report.requests
    candidates = [r for r in range(5, g.shape[0] - 1) if len(g.cells[r][2] or "") > 8]
    r = rng.choice(candidates)
    text = g.cells[r][2] or ""
    point = rng.randint(4, len(text) - 2)
    above = _sub(g, range(r + 1))
    below = _sub(g, range(r, g.shape[0]))
    blank = [*[""] * 2, *[""] * 8]
    figures_above = rng.random() < 0.5
    last, first = above.shape[0] - 1, 0
    for c in range(g.shape[1]):
        if g.anchors[r][c][1] == g.anchors[r][2][1]:
            above.cells[last][c], below.cells[first][c] = text[:point], text[point:]
        elif c >= 3:
            (below if figures_above else above).cells[first if figures_above else last][c] = blank[c]
    report.requests = [above, below]


def one_grid_per_row(rng: random.Random, report: Printed) -> None:
    for name in ("proactive", "requests"):
        (g,) = getattr(report, name)
        header = 3 if name == "requests" else 0
        pieces = [_sub(g, range(header))] if header else []
        setattr(report, name, pieces + [_sub(g, range(r, r + 1)) for r in range(header, g.shape[0])])


CHANGES: dict[str, Callable[[random.Random, Printed], None]] = {
    change.__name__: change
    for change in (
        cut_pages, repeat_headers, drop_headings, blanks_in_labels, full_width, half_width_punctuation, thousands,
        suffixes, renumber, no_numbering, traditional, short_partly, reorder_rows, reorder_columns, layout_around,
        blank_cells, shift_right, split_labels, one_grid_per_row,
    )
}  # fmt: skip
