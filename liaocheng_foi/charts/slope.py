"""The shares of the outcomes in two years of one body."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ..measures.rounding import half_up
from ..measures.years import change
from ..report import Report
from . import given
from .chart import chart
from .figures import broken, together
from .sheet import empty, heading, note, points
from .style import COLOURS, FAINT, INK, MUTED, bare, pale, spread
from .words import listed, outcome, signed, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_WHOLE = "requests/outcome_total"
#: Share of each outcome in the requests handled.
RATES = {
    "full_grant_rate": "granted",
    "partial_rate": "partly_granted",
    "denial_rate": "denied",
    "unavailable_rate": "unavailable",
    "not_processed_rate": "not_processed",
    "other_rate": "other",
}


@lru_cache(maxsize=1)
def _shares(base: Report, report: Report) -> pd.DataFrame:
    """Per outcome: base, value, difference and note; null where a year has under ten requests."""
    frame = change(together([base, report]), base.year, report.year, of="indicators", ids=list(RATES))
    frame = frame[frame["applicant"] == "total"]
    frame = frame.set_index(frame["indicator"].astype("str").map(RATES))
    wanted = frame.loc[list(RATES.values()), ["base", "value", "difference", "note"]]
    wanted.loc[wanted["note"].astype("str").str.contains("tiny"), ["base", "value", "difference"]] = float("nan")
    return wanted


def _points(value: float) -> str:
    return signed(float(half_up(value)), 2)


def _percent(value: float) -> str:
    return f"{half_up(value)}%"


def table(reports: tuple[Report, Report], lang: str = "zh") -> pd.DataFrame:
    """Share of each outcome in both years in percent, and the difference in percentage points."""
    import pandas as pd

    base, report = reports
    frame = _shares(base, report)
    names = [word("before", lang, year=one.year) for one in (base, report)]
    rounded = {
        shown: pd.array([None if v != v else float(half_up(v)) for v in frame[name]], "Float64")
        for shown, name in zip([*names, word("points", lang)], ("base", "value", "difference"), strict=True)
    }
    index = [outcome(code, lang, report.edition) for code in frame.index]
    return pd.DataFrame(rounded, index=pd.Index(index, name=word("outcome", lang)))


def sentence(reports: tuple[Report, Report], lang: str = "zh") -> str:
    """Which share moved most, and whether the years may be compared."""
    base, report = reports
    frame = _shares(base, report)
    known = frame.dropna(subset=["difference"])
    if known.empty:
        zh, en = "没有可以比较的占比。", "There are no shares to compare."
        return zh if lang == "zh" else en
    sizes = known["difference"].abs()
    counted = "{}：由{}变为{}（{}个百分点）" if lang == "zh" else "{}: {} to {} ({} percentage points)"
    moved = [
        counted.format(outcome(str(code), lang, report.edition), _percent(base), _percent(value), _points(difference))
        for code, base, value, difference in known.loc[
            sizes >= sizes.max() - 1e-9, ["base", "value", "difference"]
        ].itertuples(name=None)
    ]
    why = broken(_WHOLE, base.year, report.year, lang, "step")
    if lang == "zh":
        text = f"{base.year}年到{report.year}年，占比变动最大的是{'；'.join(moved)}。"
        if not sizes.max():
            text = f"{base.year}年到{report.year}年，各项占比不变。"
        return text + (f"注意：{'；'.join(why)}。" if why else "")
    verb = "share that moved most is" if len(moved) == 1 else "shares that moved most are"
    text = f"From {base.year} to {report.year} the {verb} {'; '.join(moved)}."
    if not sizes.max():
        text = f"From {base.year} to {report.year} no share moved."
    return text + (f" Note: {listed(why, lang)}." if why else "")


@chart(7.6, 4.3, table, sentence, given.two_reports)
def slope(reports: tuple[Report, Report], ax: Axes, lang: str = "zh") -> None:
    """The share of each outcome in two years, joined by a line unless the form or the law changed between them.

    ``reports`` are two reports of one body. Raises :class:`SelectionError` when they are not two, of two years.
    """
    base, report = reports
    frame = _shares(base, report)
    title = word("slope", lang, base=base.year, year=report.year)
    known = frame.dropna(subset=["base", "value"])
    if known.empty:
        empty(ax, title, lang)
        return
    why = broken(_WHOLE, base.year, report.year, lang, "step")
    small = known["note"].astype("str").str.contains("small").any()
    top = max(known["base"].max(), known["value"].max(), 1)
    for x, name in ((0, "base"), (1, "value")):
        order = known.sort_values(name, kind="stable")
        texts = []
        for code, line in order.iterrows():
            label = outcome(str(code), lang, report.edition)
            moved = word("in_points", lang, n=_points(line["difference"]))
            texts.append(f"{_percent(line[name])}  {label}{moved}" if x else f"{label}  {_percent(line[name])}")
        _names(ax, x, order[name].tolist(), texts, top * 0.066, MUTED if small else INK)
    for code, line in known.iterrows():
        colour = pale(COLOURS[str(code)]) if small else COLOURS[str(code)]
        if not why:
            ax.plot([0, 1], [line["base"], line["value"]], color=colour, linewidth=2.2, zorder=2)
        ax.plot([0, 1], [line["base"], line["value"]], "o", color=colour, markersize=7, zorder=3)
    ax.set_xlim(-0.06, 1.06)
    ax.set_xticks([0, 1], [str(base.year), str(report.year)])
    ax.set_yticks([])
    bare(ax)
    remarks = [word("slope_note", lang), *([word("slope_small", lang)] if small else [])]
    heading(ax, title, word("semicolon", lang).join(remarks))
    if why:
        note(ax, word("broken", lang, why=word("semicolon", lang).join(why)))
    elif mixed := broken(_WHOLE, base.year, report.year, lang):
        note(ax, word("break", lang, why=word("semicolon", lang).join(mixed)))


def _names(ax: Axes, x: int, values: list[float], texts: list[str], pitch: float, colour: str) -> None:
    """Names beside the ends of lines, moved apart and joined to their ends."""
    from matplotlib.collections import LineCollection
    from matplotlib.transforms import blended_transform_factory

    side, places = 1 if x else -1, spread(values, pitch)
    at = blended_transform_factory(points(ax.get_figure(root=True), ax.transData, x, 0), ax.transData)
    joints = [((7 * side, value), (22 * side, y)) for value, y in zip(values, places, strict=True)]
    ax.add_artist(LineCollection(joints, colors=FAINT, linewidths=0.8, transform=at, clip_on=False))
    for y, text in zip(places, texts, strict=True):
        ax.text(24 * side, y, text, transform=at, va="center", ha="left" if x else "right", color=colour, fontsize=9.5)
