"""What was printed in every cell of the form, and which cells the rules object to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..codebook import Code, codebook
from ..plural import Count
from ..report import Report
from .chart import chart
from .lettering import width, wrapped
from .sheet import Mark, heading
from .style import FAINT, HATCH, MUTED, PAPER, WRONG, bare, boxes, ink_on
from .words import STATUS, number, outcome, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: A cell of the form: table, row, column.
Key = tuple[str, str, str]
#: Face, hatch and sign of each status.
_LOOKS: dict[str, tuple[str, str | None, str]] = {
    "reported": ("#c3d8e8", None, ""),
    "text_zero": ("#c3d8e8", None, "0"),
    "blank": ("white", HATCH, ""),
    "not_applicable": ("#eeeff0", None, "/"),
    "dash": ("#eeeff0", None, "—"),
    "illegible": ("#8f2d13", None, "?"),
    "in_one_row": ("#eeeff0", None, "∑"),
    "not_found": ("white", None, "×"),
}
#: Points: height of print, a row, a column; at most as much for a label above a column.
_PRINT, _TALL, _BROAD, _LABEL = 8, 14.5, 21, 72


def _failed(findings: pd.DataFrame | None) -> Counter[Key]:
    """How many rules each cell fails."""
    if findings is None:
        return Counter()
    wrong = findings[findings["state"] == "fail"].dropna(subset=["table", "row", "column"])
    return Counter(wrong[["table", "row", "column"]].itertuples(index=False, name=None))


def _statuses(report: Report) -> dict[Key, str]:
    found = {}
    for table, row, column in codebook().cells(report.edition):
        in_one_row = row.startswith("other.") and report.status("requests", "other", column) is not None
        absent = "in_one_row" if in_one_row else "not_found"
        found[table, row, column] = report.status(table, row, column) or absent
    return found


def _row(table: str, row: str, lang: str, edition: int) -> str:
    return outcome(row, lang, edition) if table == "requests" else codebook().label(table, "row", row, lang, edition)


def table(report: Report, lang: str = "zh", findings: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per cell of the form: table, row, column, status in words, number of rules it fails."""
    import pandas as pd

    failed, book, index = _failed(findings), codebook(), int(lang != "zh")
    lines = [
        (
            book.label("form", "section", name, lang, report.edition),
            _row(name, row, lang, report.edition),
            book.label(name, "column", column, lang, report.edition),
            STATUS[status][index],
            failed[name, row, column],
        )
        for (name, row, column), status in _statuses(report).items()
    ]
    names = [word(column, lang) for column in ("table", "row", "column", "status", "failed")]
    return pd.DataFrame(lines, columns=names).set_index(names[0])


def sentence(report: Report, lang: str = "zh", findings: pd.DataFrame | None = None) -> str:
    """How many cells the form has, what was printed in them, how many the rules object to."""
    statuses, index = _statuses(report), int(lang != "zh")
    counts = Counter(statuses.values())
    parts = [f"{STATUS[status][index]}{' ' * index}{number(counts[status])}" for status in STATUS if counts[status]]
    wrong = len(_failed(findings))
    if lang == "zh":
        text = f"表格共{len(statuses)}个单元格：" + "，".join(parts)
        return text + ("" if findings is None else f"；{wrong}个单元格有规则未通过") + "。"
    text = f"The form has {len(statuses)} cells: " + ", ".join(parts)
    return text + ("" if findings is None else f"; {Count(wrong):cell fails|cells fail} a rule") + "."


class _Block(NamedTuple):
    """One table of the form: where its grid begins and what stands around it, all in points."""

    name: str
    room: float
    left: float
    top: float
    rows: tuple[Code, ...]
    columns: tuple[Code, ...]


def _height(report: Report, findings: pd.DataFrame | None = None) -> float:
    return (_above(report.edition, "en") + _TALL * len(codebook().rows("requests", report.edition)) + 4) / 72


def _above(edition: int, lang: str) -> float:
    """Points that the labels above the columns take."""
    columns = [c for name in ("requests", "reviews") for c in codebook().columns(name, edition)]
    return max(width(wrapped(column.label(lang, edition), _PRINT, _LABEL), _PRINT) for column in columns) + 10


@chart(10.6, _height, table, sentence)
def quality(report: Report, ax: Axes, lang: str = "zh", findings: pd.DataFrame | None = None) -> None:
    """The cells of the three tables as the form lays them out, each by what was printed in it.

    Cells that fail a rule of ``findings`` (the frame of the checks) are outlined.
    """
    statuses, failed, book, edition = _statuses(report), _failed(findings), codebook(), report.edition
    blocks, above = [], _above(edition, lang)
    edge = 0.0
    for names in (("requests",), ("proactive", "reviews")):
        labels = [_row(name, row.code, lang, edition) for name in names for row in book.rows(name, edition)]
        room = max(width(label, _PRINT) for label in labels) + 5
        edge += room
        top, broad = above, 0
        for name in names:
            # the measures of the proactive table differ from row to row: none stands above its columns
            columns = book.columns(name, edition) if name != "proactive" else ()
            blocks.append(_Block(name, room, edge, top, book.rows(name, edition), columns))
            broad = max(broad, *(len(book.columns(name, edition, row.code)) for row in book.rows(name, edition)))
            top += _TALL * len(book.rows(name, edition)) + above
        edge += _BROAD * broad + 24
    for block in blocks:
        _draw(ax, block, lang, edition, statuses, failed)
    ax.set_xlim(0, edge)
    ax.set_ylim(above + _TALL * len(blocks[0].rows) + 1, 0)
    ax.set(xticks=[], yticks=[])
    bare(ax)
    counts = Counter(statuses.values())
    marks = [
        Mark(f"{STATUS[status][lang != 'zh']} {number(counts[status])}", face, hatch)
        for status, (face, hatch, _) in _LOOKS.items()
        if counts[status]
    ]
    if failed:
        marks.append(Mark(f"{word('fails', lang)} {number(len(failed))}", PAPER, None, WRONG))
    heading(ax, word("quality", lang), "", marks)


def _draw(
    ax: Axes, block: _Block, lang: str, edition: int, statuses: Mapping[Key, str], failed: Mapping[Key, int]
) -> None:
    section = codebook().label("form", "section", block.name, lang, edition)
    for i, column in enumerate(block.columns):
        label = column.label(lang, edition)
        ax.text(
            block.left + (i + 0.5) * _BROAD, block.top - 4, wrapped(label, _PRINT, _LABEL), rotation=90,
            ha="center", va="bottom", fontsize=_PRINT, color=MUTED, linespacing=1.0,
        )  # fmt: skip
    title = wrapped(section, _PRINT, block.room - 5)
    style: dict[str, Any] = {"ha": "right", "va": "bottom", "color": MUTED, "fontsize": _PRINT, "linespacing": 1.1}
    ax.text(block.left - 5, block.top - 6, title, **style)
    broad, tall = _BROAD - 1.5, _TALL - 1.5
    cells: dict[str, list[tuple[float, float]]] = {}
    wrong = []
    for i, row in enumerate(block.rows):
        y = block.top + i * _TALL
        label = _row(block.name, row.code, lang, edition)
        ax.text(block.left - 5, y + _TALL / 2, label, ha="right", va="center", fontsize=_PRINT)
        for j, column in enumerate(codebook().columns(block.name, edition, row.code)):
            x, cell = block.left + j * _BROAD, (block.name, row.code, column.code)
            cells.setdefault(statuses[cell], []).append((x, y))
            face, _, sign = _LOOKS[statuses[cell]]
            if sign:
                ax.text(
                    x + broad / 2, y + tall / 2, sign, ha="center", va="center", fontsize=_PRINT, color=ink_on(face),
                    in_layout=False,
                )  # fmt: skip
            if failed.get(cell):
                wrong.append((x + 1.2, y + 1.2))
    for status, corners in cells.items():
        face, hatch, _ = _LOOKS[status]
        boxes(ax, corners, broad, tall, facecolor=face, edgecolor=FAINT, hatch=hatch, linewidth=0.6)
    if wrong:
        boxes(ax, wrong, broad - 2.4, tall - 2.4, fill=False, edgecolor=WRONG, linewidth=1.8)
