"""From the requests handled in one year to those of another, outcome by outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..growth import contributions
from ..report import Report
from ..rounding import half_up, percent
from .figures import Figures, together, two
from .style import DOWN, HATCH, INK, MUTED, PLAIN, UP, bare, beside, chart, empty, rows, titled
from .words import TINY, number, outcome, signed, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def _parts(base: Report, report: Report) -> pd.DataFrame:
    return contributions(together([base, report]), base.year or 0, report.year or 0)


def _label(part: str, lang: str, edition: int) -> str:
    return word(part, lang) if part == "unexplained" else outcome(part, lang, edition)


def _ends(reports: Sequence[Report]) -> tuple[Report, Report, float | None, float | None]:
    base, report = two(reports)
    return base, report, Figures(base)("outcome_total"), Figures(report)("outcome_total")


def table(reports: Sequence[Report], lang: str = "zh") -> pd.DataFrame:
    """One row per outcome: both years, difference, and its part in the growth of the whole in percentage points."""
    import pandas as pd

    base, report, _, _ = _ends(reports)
    frame = _parts(base, report)
    index = pd.Index([_label(part, lang, report.edition) for part in frame["part"]], name=word("outcome", lang))
    points = [None if v != v else float(half_up(v)) for v in frame["contribution"]]
    columns: dict[str, object] = {
        word("before", lang, year=base.year): frame["base"].astype("Int64").array,
        word("before", lang, year=report.year): frame["value"].astype("Int64").array,
        word("difference", lang): frame["difference"].astype("Int64").array,
        word("points", lang): pd.array(points, "Float64"),
    }
    return pd.DataFrame(columns, index=index)


def sentence(reports: Sequence[Report], lang: str = "zh") -> str:
    """By how much the requests handled changed, and which outcome moved most."""
    base, report, before, after = _ends(reports)
    if before is None or after is None:
        zh, en = "办理数缺少一年的数字，无法比较。", "The number of requests handled is missing for one of the years."
        return zh if lang == "zh" else en
    rate = percent(after - before, before) if before >= TINY else None
    growth = "" if rate is None else f"{signed(float(rate), 2)}%"
    frame = _parts(base, report).dropna(subset=["difference"])
    most = frame.loc[frame["difference"].abs().idxmax()] if len(frame) else None
    if lang == "zh":
        text = f"办理数由{base.year}年的{number(before)}件变为{report.year}年的{number(after)}件"
        text += f"（{growth}）" if growth else ""
        if most is not None and most["difference"]:
            text += f"，变动最大的是{_label(most['part'], lang, report.edition)}（{signed(most['difference'])}件）"
        return text + "。"
    text = f"Requests handled went from {number(before)} in {base.year} to {number(after)} in {report.year}"
    text += f" ({growth})" if growth else ""
    if most is not None and most["difference"]:
        text += f"; the outcome that moved most: {_label(most['part'], lang, report.edition)} "
        text += f"({signed(most['difference'])})"
    return text + "."


@chart(8.6, 4.6, table, sentence)
def waterfall(reports: Sequence[Report], ax: Axes, lang: str = "zh") -> None:
    """The requests handled in two years of one body, and what each outcome added or took away between them.

    ``reports`` are the two reports. Raises :class:`SelectionError` when they are not two, of two years.
    """
    base, report, before, after = _ends(reports)
    title = word("waterfall", lang, base=base.year, year=report.year)
    if before is None or after is None:
        empty(ax, title, lang)
        return
    parts = list(_parts(base, report)[["part", "difference"]].itertuples(index=False, name=None))
    labels = [word("before", lang, year=base.year), *(_label(part, lang, report.edition) for part, _ in parts)]
    labels.append(word("before", lang, year=report.year))
    ax.barh(0, before, 0.62, color=PLAIN)
    beside(ax, number(before), before, 0)
    level, reached = before, [0.0, before, after]
    for y, (part, difference) in enumerate(parts, start=1):
        if difference != difference:
            beside(ax, word("missing", lang), level, y, color=MUTED)
            continue
        hatch = HATCH if part == "unexplained" else None
        ax.barh(y, difference, 0.62, level, color=UP if difference > 0 else DOWN, hatch=hatch, edgecolor="white")
        ax.plot([level, level], [y - 1, y], color=MUTED, linewidth=0.6, zorder=0)
        beside(ax, signed(difference), max(level, level + difference), y)
        level += difference
        reached.append(level)
    ax.plot([level, level], [len(parts), len(parts) + 1], color=MUTED, linewidth=0.6, zorder=0)
    ax.barh(len(parts) + 1, after, 0.62, color=PLAIN)
    beside(ax, number(after), after, len(parts) + 1)
    rows(ax, labels)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set_xlim(min(reached), max(*reached, 1) * 1.12)
    ax.set_xticks([])
    bare(ax)
    titled(ax, title)
