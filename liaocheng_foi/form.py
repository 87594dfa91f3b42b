"""The official form as a layout: its tables with spans, headings and cells, from the codebook alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Literal, Protocol

from .codebook import TABLES, Code, codebook

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, str, str]
Kind = Literal["block", "column", "row", "figure"]


class Filled(Protocol):
    """What the form is filled from: a report."""

    edition: int

    def raw(self, table: str, row: str, column: str) -> str | None:
        """The cell as printed; None when it was not printed."""


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of the printed form."""

    text: str
    columns: int = 1
    rows: int = 1
    key: Key | None = None
    """The cell of the form, for a figure; None for a label."""
    kind: Kind = "figure"
    """A figure, or a label: over a block, over columns, of rows."""


def layout(table: str, edition: int, lang: str = "zh", in_one_row: bool = False) -> list[list[Box]]:
    """The rows of one table of the form; figures are boxes with a key and no text.

    ``in_one_row`` prints other handling as one row on an edition that has it as a heading.
    """
    if table == "proactive":
        return _proactive(edition, lang)
    return _requests(edition, lang, in_one_row) if table == "requests" else _reviews(edition, lang)


def _proactive(edition: int, lang: str) -> list[list[Box]]:
    book = codebook()
    width = 4
    rows: list[list[Box]] = []
    for block in book.select("proactive", "block", edition):
        items = [row for row in book.rows("proactive", edition) if block.code in row.parents]
        measures = book.columns("proactive", edition, items[0].code)
        spans = [*[1] * (len(measures) - 1), width - len(measures)]
        rows.append([Box(block.label(lang, edition), width, kind="block")])
        head = [Box(_measure(m, lang, edition), s, kind="column") for m, s in zip(measures, spans, strict=True)]
        rows.append([Box(book.label("proactive", "heading", "item", lang, edition), kind="column"), *head])
        for item in items:
            cells = [Box("", s, key=("proactive", item.code, m.code)) for m, s in zip(measures, spans, strict=True)]
            rows.append([Box(item.label(lang, edition), kind="row"), *cells])
    return rows


def _measure(code: Code, lang: str, edition: int) -> str:
    """The label, with the unit of money, which the Chinese labels hold."""
    label = code.label(lang, edition)
    return f"{label} (10,000 yuan)" if lang == "en" and code.unit == "万元" else label


def _requests(edition: int, lang: str, in_one_row: bool) -> list[list[Box]]:
    book = codebook()
    columns = book.columns("requests", edition)
    organisations = [c for c in columns if "legal_person" in c.parents]

    def box(axis: str, code: str, across: int = 1, down: int = 1, kind: Kind = "column") -> Box:
        return Box(book.label("requests", axis, code, lang, edition), across, down, kind=kind)

    rows = [
        [box("heading", "identity", 3, 3, "row"), box("heading", "applicants", len(columns))],
        [
            box("column", "natural_person", 1, 2),
            box("group", "legal_person", len(organisations)),
            box("column", "total", 1, 2),
        ],
        [box("column", c.code) for c in organisations],
    ]
    lines = list(book.rows("requests", edition))
    if in_one_row:
        first = next(i for i, row in enumerate(lines) if "other" in row.parents)
        kept = [row for row in lines if "other" not in row.parents]
        lines = [*kept[:first], book.find("requests", "row", "other"), *kept[first:]]
    outcomes = [row for row in lines if row.code == "outcome_total" or row.parents]
    begun: set[str] = set()
    for row in lines:
        cells = [Box("", key=("requests", row.code, c.code)) for c in columns]
        if row not in outcomes:
            rows.append([box("row", row.code, 3, kind="row"), *cells])
            continue
        line = [] if "outcomes" in begun else [box("heading", "outcomes", 1, len(outcomes), "row")]
        begun.add("outcomes")
        group = next((p for p in row.parents if p != "outcome_total"), None)
        if group is None:
            line.append(box("row", row.code, 2, kind="row"))
        else:
            if group not in begun:
                axis = "row" if group == "other" else "group"
                line.append(box(axis, group, 1, sum(group in other.parents for other in outcomes), "row"))
                begun.add(group)
            leaf = box("row", row.code, kind="row")
            line.append(replace(leaf, text=_within_group(leaf.text, lang)))
        rows.append([*line, *cells])
    return rows


def _within_group(label: str, lang: str) -> str:
    """The label of an outcome beside that of its group, which the English one says again."""
    return label if lang == "zh" else label.partition(": ")[2].capitalize()


def _reviews(edition: int, lang: str) -> list[list[Box]]:
    book = codebook()
    results = [c.label(lang, edition) for c in book.columns("reviews", edition)]
    first, *litigation = book.rows("reviews", edition)
    across = len(results)
    return [
        [
            Box(first.label(lang, edition), across, kind="column"),
            Box(book.label("reviews", "group", "litigation", lang, edition), across * len(litigation), kind="column"),
        ],
        [
            *(Box(text, 1, 2, kind="column") for text in results),
            *(Box(row.label(lang, edition), across, kind="column") for row in litigation),
        ],
        [Box(text, kind="column") for _ in litigation for text in results],
        [
            Box("", key=("reviews", row.code, c.code))
            for row in (first, *litigation)
            for c in book.columns("reviews", edition)
        ],
    ]


def boxes(report: Filled, table: str, lang: str = "zh") -> list[list[Box]]:
    """The layout of the report's edition with every figure as it was printed."""
    in_one_row = report.raw("requests", "other", "total") is not None
    only_row = not codebook().children("requests", "other", report.edition)
    rows = layout(table, report.edition, lang, in_one_row and not only_row)
    return [[box if box.key is None else replace(box, text=report.raw(*box.key) or "") for box in row] for row in rows]


def placed(rows: Sequence[Sequence[Box]]) -> Iterator[tuple[int, int, Box]]:
    """(row, column, box) of each box, 0-based, where its upper left corner comes to lie."""
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for box in row:
            while (r, column) in covered:
                column += 1
            if box.rows > 1:
                below = range(r + 1, r + box.rows)
                covered.update((down, column + across) for down in below for across in range(box.columns))
            yield r, column, box
            column += box.columns


def official(report: Filled, table: str, lang: str = "zh") -> pd.DataFrame:
    """One table as the form prints it: figures as printed, blanks as blanks.

    ``requests`` and ``reviews`` have the form's labels as index and columns; ``proactive``, whose blocks have
    headers of their own, is indexed by block, item and measure. Raises :class:`SelectionError` for another table.
    """
    import pandas as pd

    book = codebook()
    if table not in TABLES:
        book.find(table, "table", table)
    if table == "proactive":
        return _official_proactive(report, lang)
    keys = [box.key for row in boxes(report, table, lang) for box in row if box.key]
    rows = list(dict.fromkeys(key[1] for key in keys))
    columns = [c.code for c in book.columns(table, report.edition)]
    cells = [[report.raw(table, row, column) or "" for column in columns] for row in rows]
    row_names = [book.label(table, "row", row, lang, report.edition) for row in rows]
    column_names = [book.label(table, "column", column, lang, report.edition) for column in columns]
    if table == "reviews":
        flat = [[text for line in cells for text in line]]
        index = pd.MultiIndex.from_product([row_names, column_names])
        return pd.DataFrame(flat, columns=index, index=[""])
    return pd.DataFrame(cells, index=_outcome_index(rows, row_names, report, lang), columns=column_names)


def _outcome_index(rows: list[str], names: list[str], report: Filled, lang: str) -> pd.MultiIndex:
    import pandas as pd

    book = codebook()
    levels = []
    for code, name in zip(rows, names, strict=True):
        parents = book.find("requests", "row", code).parents
        group = next((p for p in parents if p != "outcome_total"), "")
        axis = "row" if group == "other" else "group"
        heading = book.label("requests", axis, group, lang, report.edition) if group else ""
        levels.append((heading, _within_group(name, lang) if group else name))
    return pd.MultiIndex.from_tuples(levels)


def _official_proactive(report: Filled, lang: str) -> pd.DataFrame:
    import pandas as pd

    book = codebook()
    levels, cells = [], []
    for row in book.rows("proactive", report.edition):
        block = next(b for b in book.select("proactive", "block", report.edition) if b.code in row.parents)
        for column in book.columns("proactive", report.edition, row.code):
            levels.append(tuple(code.label(lang, report.edition) for code in (block, row, column)))
            cells.append(report.raw("proactive", row.code, column.code) or "")
    return pd.DataFrame({"": cells}, index=pd.MultiIndex.from_tuples(levels))


def rows_html(rows: Sequence[Sequence[Box]]) -> str:
    """Boxes as the rows of an HTML table with the form's spans; all text escaped."""
    lines = []
    for row in rows:
        cells = []
        for box in row:
            spans = "".join(
                f' {name}="{size}"' for name, size in (("colspan", box.columns), ("rowspan", box.rows)) if size > 1
            )
            if box.kind == "figure":
                cells.append(f"<td{spans}>{escape(box.text)}</td>")
            else:
                cells.append(f'<th class="{box.kind}"{spans}>{escape(box.text)}</th>')
        lines.append(f"<tr>{''.join(cells)}</tr>\n")
    return "".join(lines)


def table_html(report: Filled, table: str, lang: str = "zh") -> str:
    """One table of the form, filled, as an HTML table with its section heading as caption."""
    caption = escape(codebook().label("form", "section", table, lang, report.edition))
    return f'<table class="foi-form"><caption>{caption}</caption>\n{rows_html(boxes(report, table, lang))}</table>'


def report_html(report: Filled, lang: str = "zh") -> str:
    """The three tables of a report, one below the other, as Jupyter shows a report."""
    style = (
        "<style>.foi-form{border-collapse:collapse;margin:0 0 1.2em;font-size:90%}"
        ".foi-form caption{text-align:left;font-weight:600;padding:.3em 0}"
        ".foi-form th,.foi-form td{border:1px solid #bbb;padding:.25em .5em;text-align:center;font-weight:normal}"
        ".foi-form td{text-align:right;font-variant-numeric:tabular-nums}</style>"
    )
    return style + "".join(table_html(report, table, lang) for table in TABLES)
