"""What was printed in every cell of the form, and which cells the rules object to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..codebook import codebook
from ..report import Report
from .style import FAINT, HATCH, INK, MUTED, bare, chart, key, titled
from .words import STATUS, applicant, number, outcome, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Face, hatch and sign of each status.
_LOOKS: dict[str, tuple[str, str | None, str]] = {
    "reported": ("#c3d8e8", None, ""),
    "text_zero": ("#c3d8e8", None, "0"),
    "blank": ("white", HATCH, ""),
    "not_applicable": ("#eeeff0", None, "/"),
    "dash": ("#eeeff0", None, "—"),
    "illegible": ("#8f2d13", None, "?"),
    "not_found": ("white", None, "×"),
}
_FAILED = "#b3401f"
#: Left edge of the second column of tables.
_RIGHT = 15.5


def _failed(findings: pd.DataFrame | None) -> Counter[tuple[str, str, str]]:
    """How many rules each cell fails."""
    if findings is None:
        return Counter()
    wrong = findings[findings["state"] == "fail"].dropna(subset=["table", "row", "column"])
    return Counter(wrong[["table", "row", "column"]].itertuples(index=False, name=None))


def _statuses(report: Report) -> dict[tuple[str, str, str], str]:
    return {cell: report.status(*cell) or "not_found" for cell in codebook().cells(report.edition)}


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
    return text + ("" if findings is None else f"; {wrong} cells fail a rule") + "."


@chart(10, 6.8, table, sentence)
def quality(report: Report, ax: Axes, lang: str = "zh", findings: pd.DataFrame | None = None) -> None:
    """The cells of the three tables as the form lays them out, each by what was printed in it.

    Cells that fail a rule of ``findings`` (the frame of the checks) are outlined.
    """
    statuses, failed, book = _statuses(report), _failed(findings), codebook()
    edition = report.edition
    requests, proactive, reviews = (book.rows(name, edition) for name in ("requests", "proactive", "reviews"))
    _grid(ax, report, "requests", 0, 0, [row.code for row in requests], lang, statuses, failed)
    _grid(ax, report, "proactive", _RIGHT, 0, [row.code for row in proactive], lang, statuses, failed)
    below = len(proactive) + 7.5
    _grid(ax, report, "reviews", _RIGHT, below, [row.code for row in reviews], lang, statuses, failed)
    for x, y, columns in ((0, 0, book.columns("requests", edition)), (_RIGHT, below, book.columns("reviews", edition))):
        for i, column in enumerate(columns):
            label = applicant(column.code, lang, edition) if x == 0 else column.label(lang, edition)
            short = label if lang == "zh" else label.split(" ")[0]
            ax.text(x + i + 0.5, y - 0.2, short, rotation=90, ha="center", va="bottom", fontsize=8, color=MUTED)
    ax.set_xlim(-9.5, _RIGHT + 6)
    ax.set_ylim(len(requests) + 0.2, -5.2 if lang == "zh" else -5.6)
    ax.set(xticks=[], yticks=[])
    bare(ax)
    index, counts = int(lang != "zh"), Counter(statuses.values())
    entries = [
        (f"{STATUS[status][index]} {number(counts[status])}", face, hatch)
        for status, (face, hatch, _) in _LOOKS.items()
        if counts[status]
    ]
    key(ax, entries, edge=FAINT)
    titled(ax, word("quality", lang), above=18)


def _grid(
    ax: Axes, report: Report, name: str, left: float, top: float, codes: list[str], lang: str,
    statuses: dict[tuple[str, str, str], str], failed: Counter[tuple[str, str, str]],
) -> None:  # fmt: skip
    from matplotlib.patches import Rectangle

    for i, row in enumerate(codes):
        y = top + i
        label = _row(name, row, lang, report.edition)
        limit = 17 if lang == "zh" else 34
        label = label if len(label) <= limit else label[: limit - 1] + "…"
        ax.text(left - 0.25, y + 0.5, label, ha="right", va="center", fontsize=8)
        for j, column in enumerate(codebook().columns(name, report.edition, row)):
            cell = (name, row, column.code)
            face, hatch, sign = _LOOKS[statuses[cell]]
            ax.add_patch(
                Rectangle((left + j + 0.04, y + 0.06), 0.92, 0.88, facecolor=face, edgecolor=FAINT, hatch=hatch)
            )
            if sign:
                colour = "white" if statuses[cell] == "illegible" else INK
                ax.text(left + j + 0.5, y + 0.5, sign, ha="center", va="center", fontsize=8, color=colour)
            if failed[cell]:
                ax.add_patch(
                    Rectangle((left + j + 0.08, y + 0.1), 0.84, 0.8, fill=False, edgecolor=_FAILED, linewidth=1.8)
                )
