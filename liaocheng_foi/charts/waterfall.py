"""From the requests handled in one year to those of another, outcome by outcome."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ..measures.growth import contributions
from ..measures.rounding import half_up, percent
from ..report import Report
from . import given
from .chart import chart
from .figures import Figures, broken, together
from .sheet import empty, heading, note
from .style import DOWN, INK, MUTED, UNKNOWN, UP, bare, beside, rows
from .words import TINY, listed, number, outcome, signed, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


@lru_cache(maxsize=1)
def _parts(base: Report, report: Report) -> pd.DataFrame:
    return contributions(together([base, report]), base.year or 0, report.year or 0)


def _label(part: str, lang: str, edition: int) -> str:
    return word(part, lang) if part == "unexplained" else outcome(part, lang, edition)


def _ends(reports: tuple[Report, Report]) -> tuple[Report, Report, float | None, float | None]:
    base, report = reports
    return base, report, Figures(base)("outcome_total"), Figures(report)("outcome_total")


def table(reports: tuple[Report, Report], lang: str = "zh") -> pd.DataFrame:
    """One row per outcome: both years, difference, and its part in the growth of the whole in percentage points.

    The last row is the whole.
    """
    import pandas as pd

    base, report, before, after = _ends(reports)
    lines = [
        (_label(line.part, lang, report.edition), line.base, line.value, line.difference, line.contribution)
        for line in _parts(base, report).itertuples()
    ]
    moved = None if before is None or after is None else after - before
    lines.append((word("outcome_total", lang), before, after, moved, None))
    years = [word("before", lang, year=one.year) for one in (base, report)]
    names = [word("outcome", lang), *years, *(word(name, lang) for name in ("difference", "points"))]
    frame = pd.DataFrame(lines, columns=names).set_index(names[0])
    points = [None if pd.isna(v) else float(half_up(v)) for v in frame[names[4]]]
    return frame.astype(dict.fromkeys(names[1:4], "Int64")).assign(**{names[4]: pd.array(points, "Float64")})


def sentence(reports: tuple[Report, Report], lang: str = "zh") -> str:
    """By how much the requests handled changed, and which outcome moved most."""
    base, report, before, after = _ends(reports)
    if before is None or after is None:
        zh, en = "办理数缺少一年的数字，无法比较。", "The number of requests handled is missing for one of the years."
        return zh if lang == "zh" else en
    rate = percent(after - before, before) if before >= TINY else None
    growth = "" if rate is None else f"{signed(float(rate), 2)}%"
    frame = _parts(base, report).dropna(subset=["difference"])
    sizes = frame["difference"].abs()
    most = frame[(sizes == sizes.max()) & (sizes > 0)]
    counted = "{}（{}件）" if lang == "zh" else "{} ({})"
    moved = [
        counted.format(_label(line.part, lang, report.edition), signed(line.difference)) for line in most.itertuples()
    ]
    if lang == "zh":
        text = f"办理数由{base.year}年的{number(before)}件变为{report.year}年的{number(after)}件"
        if before == after:
            text, growth = f"{base.year}年与{report.year}年办理数同为{number(after)}件", ""
        text += f"（{growth}）" if growth else ""
        text += f"，变动最大的是{listed(moved, lang)}" if moved else ""
        return text + "。"
    text = f"Requests handled went from {number(before)} in {base.year} to {number(after)} in {report.year}"
    if before == after:
        text, growth = f"Requests handled were {number(after)} in {base.year} and {report.year} alike", ""
    text += f" ({growth})" if growth else ""
    text += f"; what moved most: {listed(moved, lang)}" if moved else ""
    return text + "."


def _height(reports: tuple[Report, Report]) -> float:
    return 0.2 + 0.36 * (len(_parts(*reports)) + 2)


@chart(8.6, _height, table, sentence, given.two_reports)
def waterfall(reports: tuple[Report, Report], ax: Axes, lang: str = "zh") -> None:
    """The requests handled in two years of one body, and what each outcome added or took away between them.

    In brackets what it gave to the growth of the whole, in percentage points, from ten requests on. ``reports``
    are the two reports. Raises :class:`SelectionError` when they are not two, of two years.
    """
    base, report, before, after = _ends(reports)
    title = word("waterfall", lang, base=base.year, year=report.year)
    if before is None or after is None:
        empty(ax, title, lang)
        return
    parts = list(_parts(base, report)[["part", "difference", "contribution"]].itertuples(index=False, name=None))
    labels = [word("before", lang, year=base.year), *(_label(part, lang, report.edition) for part, _, _ in parts)]
    labels.append(word("before", lang, year=report.year))
    ax.barh(0, before, 0.62, color=MUTED)
    beside(ax, number(before), before, 0)
    level, reached = before, [0.0, before, after]
    for y, (part, difference, contribution) in enumerate(parts, start=1):
        if difference != difference:
            beside(ax, word("missing", lang), level, y, color=MUTED)
            continue
        looks = UNKNOWN if part == "unexplained" else {"color": UP if difference > 0 else DOWN}
        if difference:
            ax.barh(y, difference, 0.62, level, **looks)
        ax.plot([level, level], [y - 1, y], color=MUTED, linewidth=0.6, zorder=0)
        points = word("in_points", lang, n=signed(float(half_up(contribution)), 2)) if before >= TINY else ""
        beside(ax, signed(difference) + points, max(level, level + difference), y)
        level += difference
        reached.append(level)
    ax.plot([level, level], [len(parts), len(parts) + 1], color=MUTED, linewidth=0.6, zorder=0)
    ax.barh(len(parts) + 1, after, 0.62, color=MUTED)
    beside(ax, number(after), after, len(parts) + 1)
    rows(ax, labels)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set_xlim(min(reached), max(*reached, 1))
    ax.set_xticks([])
    bare(ax)
    heading(ax, title, word("waterfall_note", lang) if before >= TINY else "")
    why = broken("requests/outcome_total", base.year, report.year, lang)
    if why:
        note(ax, word("break", lang, why=word("semicolon", lang).join(why)))
