"""How a panel shows itself in a notebook: which body reported on which year, and how much of the form."""

from __future__ import annotations

from html import escape
from typing import Any

from .measures.tree import valid

#: More bodies than this are counted, not shown.
ROWS = 40

_STYLE = "padding:2px 10px;border:1px solid #d9dcde;text-align:center;white-space:nowrap"
_LEGEND = (
    "有数字的单元格占比（格式版本）；* 二手；空 没有报告；— 当年尚无或已无此机关",
    "share of cells with a number (edition of the form); * second hand; empty: no report; "
    "—: the body did not exist then",
)


def html(panel: Any) -> str:
    """Bodies down, years across; each cell has the share of the form's cells with a number, and its edition."""
    reports = panel.reports
    organs = list(dict.fromkeys(reports["organ"].dropna().sort_values()))
    years = range(int(reports["year"].min()), int(reports["year"].max()) + 1) if reports["year"].notna().any() else ()
    shown = organs[:ROWS]
    part = panel if len(shown) == len(organs) else panel.sel(organ=shown)
    complete = {(line.organ, line.year, line.scope): line.completeness for line in part.coverage().itertuples()}
    cells: dict[tuple[str, int], list[str]] = {}
    for line in part.reports.itertuples():
        share = f"{int(100 * complete[line.organ, line.year, line.scope])}%"
        second = "*" if getattr(line, "hand", "") == "second" else ""
        cells.setdefault((line.organ, line.year), []).append(f"{share}{second} ({line.edition})")
    bodies = {line.code: line for line in panel.organs.itertuples()}
    head = "".join(f"<th style='{_STYLE}'>{year}</th>" for year in years)
    rows = [f"<tr><th style='{_STYLE}'></th>{head}</tr>"]
    for organ in shown:
        names = dict.fromkeys(panel.organ_name(organ, lang) for lang in ("zh", "en"))
        said = [cells.get((organ, year), [_none(bodies, organ, year)]) for year in years]
        line = "".join(f"<td style='{_STYLE}'>{'<br>'.join(map(escape, each))}</td>" for each in said)
        rows.append(f"<tr><th style='{_STYLE};text-align:left'>{'<br>'.join(map(escape, names))}</th>{line}</tr>")
    zh = f"{len(reports)}份报告，{len(organs)}个机关"
    bodies_en = "body" if len(organs) == 1 else "bodies"
    en = f"{len(reports)} report{'' if len(reports) == 1 else 's'}, {len(organs)} {bodies_en}"
    more = len(organs) - len(shown)
    rest = f"<p>另有{more}个机关 · and {more} more</p>" if more else ""
    legend = "<br>".join(map(escape, _LEGEND))
    return f"<p><b>{zh} · {en}</b></p><table>{''.join(rows)}</table>{rest}<p><small>{legend}</small></p>"


def _none(bodies: dict[str, Any], organ: str, year: int) -> str:
    return "" if organ not in bodies or valid(bodies[organ], year) else "—"
