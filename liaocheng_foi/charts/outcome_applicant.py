"""Applicants crossed with outcomes: what the Chinese form alone publishes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..codebook import codebook
from ..measures.composition import OUTCOMES
from ..measures.composition import outcomes as printed
from ..report import Report
from .chart import chart
from .outcomes import sentence as of_all
from .sheet import empty, heading, note
from .style import FAINT, HATCH, INK, MUTED, bare, boxes, left_of
from .words import SMALL, applicant, listed, number, outcome, share, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Face, edge and hatch of a cell.
_Look = tuple[str | tuple[float, float, float], str, str | None]


@lru_cache(maxsize=1)
def _counts(report: Report) -> pd.DataFrame:
    """Applicants × outcomes, as printed; the same for drawing, table and sentence."""
    frame = printed(report.requests).pivot(index="applicant", columns="item", values="count")
    who = [column.code for column in codebook().columns("requests", report.edition)]
    return frame.reindex(index=who, columns=list(OUTCOMES))


def table(report: Report, lang: str = "zh") -> pd.DataFrame:
    """Counts as printed, a row per applicant type, a column per outcome."""
    frame = _counts(report).copy()
    frame.index = frame.index.map(lambda who: applicant(who, lang, report.edition))
    frame.columns = frame.columns.map(lambda item: outcome(item, lang, report.edition))
    return frame.rename_axis(index=word("applicant", lang), columns=None)


def sentence(report: Report, lang: str = "zh") -> str:
    """The most frequent outcome of each applicant type with at least 30 requests, and no more outcomes than these.

    In counts alone for all types where none has 30.
    """
    large = _most_frequent(report, lang, SMALL)
    said = large or _most_frequent(report, lang, 1)
    if not said:
        return of_all(report, lang)
    if lang == "zh":
        return ("办理满30件的申请人中：" if large else "办理不足30件的申请人中：") + "；".join(said) + "。"
    which = "at least 30 requests" if large else "under 30 requests"
    return f"Most frequent outcome where {which} were handled – " + "; ".join(said) + "."


def _most_frequent(report: Report, lang: str, least: float) -> list[str]:
    counts = _counts(report)
    said = []
    for who in counts.index[:-1]:
        handled = report.value("requests", "outcome_total", who)
        line = counts.loc[who]
        if handled is None or handled < least or line.isna().any() or not 0 < line.sum() <= handled:
            continue
        top = int(line.max())
        leaders = [outcome(item, lang, report.edition) for item in OUTCOMES if line[item] == top]
        label, rate = applicant(who, lang, report.edition), share(top, handled) if handled >= SMALL else ""
        if lang == "zh":
            each = "各" if len(leaders) > 1 else ""
            counted = f"{each}{number(top)}件" + (f"，{rate}" if rate else "")
            said.append(f"{label}{number(handled)}件中最多的是{listed(leaders, lang)}（{counted}）")
        else:
            each = " each" if len(leaders) > 1 else ""
            counted = f"{number(top)}{each} of {number(handled)}" + (f", {rate}" if rate else "")
            said.append(f"{label.lower()}: {listed(leaders, lang)} ({counted})")
    return said


@chart(8.6, 4.1, table, sentence)
def outcome_applicant(report: Report, ax: Axes, lang: str = "zh") -> None:
    """Heatmap: a row per applicant type, a column per outcome, counts written in.

    Colour is the share of the outcome among that applicant's requests. Zeros are grey, blanks hatched, rows of
    fewer than 30 requests outlined instead of filled.
    """
    counts = _counts(report)
    title = word("outcome_applicant", lang)
    if counts.isna().all(axis=None):
        empty(ax, title, lang)
        return
    labels, places = [], []
    cells: dict[_Look, list[tuple[float, float]]] = {}
    for i, who in enumerate(counts.index):
        y = i + 0.18 * (who == "total")
        handled = report.value("requests", "outcome_total", who)
        labels.append(f"{applicant(who, lang, report.edition)}  {number(handled, lang)}")
        places.append(y)
        for x, item in enumerate(OUTCOMES):
            count = _float(counts.at[who, item])
            if count is not None:
                _figure(ax, x, y, count, handled)
            cells.setdefault(_look(count, _part(count, handled)), []).append((x - 0.48, y - 0.46))
    for (face, edge, hatch), corners in cells.items():
        boxes(ax, corners, 0.96, 0.92, facecolor=face, edgecolor=edge, hatch=hatch, linewidth=1)
    ax.set_xlim(-0.5, len(OUTCOMES) - 0.5)
    ax.set_ylim(places[-1] + 0.5, -0.5)
    left_of(ax, places, labels)
    # English names are longer than a column is wide
    names = [outcome(item, lang, report.edition).replace(" ", "\n") for item in OUTCOMES]
    ax.set_xticks(range(len(OUTCOMES)), names)
    ax.xaxis.tick_top()
    bare(ax)
    ax.spines["top"].set_visible(False)
    heading(ax, title, above=18 if lang == "zh" else 30)
    note(ax, word("row_share", lang))


def _float(count: object) -> float | None:
    import pandas as pd

    return None if pd.isna(count) else float(count)  # type: ignore[arg-type]


def _part(count: float | None, handled: float | None) -> float | None:
    """The share of an outcome in an applicant's requests; None where these are under 30, or fewer than it."""
    return None if count is None or not handled or handled < SMALL or count > handled else count / handled


def _look(count: float | None, part: float | None) -> _Look:
    face = "#f3f4f5" if count == 0 else "white" if part is None else _shade(part)
    return face, FAINT if part is None else "white", HATCH if count is None else None


def _figure(ax: Axes, x: float, y: float, count: float, handled: float | None) -> None:
    style: dict[str, Any] = {"ha": "center", "va": "center", "color": INK if count else MUTED, "in_layout": False}
    if not handled or not _part(count, handled):
        ax.text(x, y, number(count), **style)
        return
    ax.text(x, y - 0.15, number(count), **style)
    ax.text(x, y + 0.24, share(count, handled, 1), **style, fontsize=7.5)


def _shade(part: float) -> tuple[float, float, float]:
    """From nearly white to a blue on which dark print can be read; lightness falls evenly, also in grey."""
    low, high = (0.93, 0.96, 0.985), (0.33, 0.60, 0.83)
    red, green, blue = (a + (b - a) * part for a, b in zip(low, high, strict=True))
    return red, green, blue
