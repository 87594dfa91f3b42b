"""The shares of the outcomes in two years of one body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..report import Report
from ..rounding import half_up
from ..series import breaks
from ..years import change
from .figures import together, two
from .style import COLOURS, FAINT, bare, chart, empty, note, spread, titled
from .words import listed, outcome, signed, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Share of each outcome in the requests handled.
RATES = {
    "full_grant_rate": "granted",
    "partial_rate": "partly_granted",
    "denial_rate": "denied",
    "unavailable_rate": "unavailable",
    "not_processed_rate": "not_processed",
    "other_rate": "other",
}


def _shares(reports: Sequence[Report]) -> tuple[Report, Report, pd.DataFrame]:
    """The two reports and, per outcome, base, value, difference and note; null where a year has under ten requests."""
    base, report = two(reports)
    frame = change(together([base, report]), base.year, report.year, of="indicators", ids=list(RATES))
    frame = frame[frame["applicant"] == "total"]
    frame = frame.set_index(frame["indicator"].astype("str").map(RATES))
    wanted = frame.loc[list(RATES.values()), ["base", "value", "difference", "note"]]
    wanted.loc[wanted["note"].astype("str").str.contains("tiny"), ["base", "value", "difference"]] = float("nan")
    return base, report, wanted


def _percent(value: float) -> str:
    return f"{half_up(value)}%"


def _broken(notes: pd.Series, lang: str) -> list[str]:
    """What makes the two years incomparable, in words."""
    said = set("|".join(notes.astype("str")).split("|"))
    return [one.zh if lang == "zh" else one.en for one in breaks() if one.kind == "step" and one.id in said]


def table(reports: Sequence[Report], lang: str = "zh") -> pd.DataFrame:
    """Share of each outcome in both years in percent, and the difference in percentage points."""
    import pandas as pd

    base, report, frame = _shares(reports)
    names = [word("before", lang, year=one.year) for one in (base, report)]
    rounded = {
        shown: pd.array([None if v != v else float(half_up(v)) for v in frame[name]], "Float64")
        for shown, name in zip([*names, word("points", lang)], ("base", "value", "difference"), strict=True)
    }
    index = [outcome(code, lang, report.edition) for code in frame.index]
    return pd.DataFrame(rounded, index=pd.Index(index, name=word("outcome", lang)))


def sentence(reports: Sequence[Report], lang: str = "zh") -> str:
    """Which share moved most, and whether the years may be compared."""
    base, report, frame = _shares(reports)
    known = frame.dropna(subset=["difference"])
    if known.empty:
        zh, en = "没有可以比较的占比。", "There are no shares to compare."
        return zh if lang == "zh" else en
    most = known.loc[known["difference"].abs().idxmax()]
    label, points = outcome(str(most.name), lang, report.edition), signed(float(half_up(most["difference"])), 2)
    before, after = _percent(most["base"]), _percent(most["value"])
    why = _broken(frame["note"], lang)
    if lang == "zh":
        text = f"{base.year}年到{report.year}年，占比变动最大的是{label}：由{before}变为{after}（{points}个百分点）。"
        return text + (f"注意：{'；'.join(why)}。" if why else "")
    text = f"From {base.year} to {report.year} the share that moved most is {label}: {before} to {after} "
    text += f"({points} percentage points)."
    return text + (f" Note: {listed(why, lang)}." if why else "")


@chart(7.6, 5.2, table, sentence)
def slope(reports: Sequence[Report], ax: Axes, lang: str = "zh") -> None:
    """The share of each outcome in two years, joined by a line unless the form or the law changed between them.

    ``reports`` are two reports of one body. Raises :class:`SelectionError` when they are not two, of two years.
    """
    base, report, frame = _shares(reports)
    title = word("slope", lang, base=base.year, year=report.year)
    known = frame.dropna(subset=["base", "value"])
    if known.empty:
        empty(ax, title, lang)
        return
    why = _broken(frame["note"], lang)
    top = max(known["base"].max(), known["value"].max(), 1)
    for x, name in ((0, "base"), (1, "value")):
        order = known.sort_values(name, kind="stable")
        for (code, line), y in zip(order.iterrows(), spread(order[name].tolist(), top * 0.062), strict=True):
            label = outcome(str(code), lang, report.edition)
            text = f"{label}  {_percent(line[name])}"
            if x:
                text = f"{_percent(line[name])}  {label}（{signed(float(half_up(line['difference'])), 2)}）"
                text = text if lang == "zh" else text.replace("（", " (").replace("）", ")")
            _name(ax, x, line[name], y, text)
    for code, line in known.iterrows():
        colour = COLOURS[str(code)]
        if not why:
            ax.plot([0, 1], [line["base"], line["value"]], color=colour, linewidth=2.2, zorder=2)
        ax.plot([0, 1], [line["base"], line["value"]], "o", color=colour, markersize=7, zorder=3)
    ax.set_xlim(-0.75, 1.95)
    ax.set_xticks([0, 1], [str(base.year), str(report.year)])
    ax.set_yticks([])
    bare(ax)
    titled(ax, title, word("slope_note", lang))
    if why:
        note(ax, word("broken", lang, why=word("semicolon", lang).join(why)), 24)


def _name(ax: Axes, x: int, value: float, y: float, text: str) -> None:
    side = 1 if x else -1
    ax.plot([x + 0.03 * side, x + 0.09 * side], [value, y], color=FAINT, linewidth=0.8, zorder=1)
    ax.text(x + 0.1 * side, y, text, ha="left" if x else "right", va="center", fontsize=9.5)
