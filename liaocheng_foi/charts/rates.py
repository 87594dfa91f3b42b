"""One rate for every type of applicant, with how far it would move by chance at that volume."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ..measures.indicator import dictionary, indicators, with_intervals
from ..measures.rounding import half_up
from ..problems import SelectionError
from ..report import Report
from .chart import chart
from .sheet import empty, heading, note
from .style import FAINT, GRID, INK, MUTED, PLAIN, bare, beside, rows
from .words import SMALL, TINY, applicant, number, share, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


@lru_cache(maxsize=1)
def _rates(report: Report, indicator: str) -> pd.DataFrame:
    """The indicator of each applicant type that has a denominator, highest rate first, all of them in front."""
    known = dictionary().get(indicator)
    if known is not None and (known.applicants != "each" or known.interval != "wilson"):
        raise SelectionError(f"{indicator} is not a share by applicant; take for example disclosure_rate.")
    frame = with_intervals(indicators(report, [indicator]))
    frame = frame[frame["denominator"].fillna(0) > 0]
    order = frame.assign(_part=frame["applicant"] != "total", _small=frame["denominator"] < TINY, _rate=-frame["value"])
    return frame.loc[order.sort_values(["_part", "_small", "_rate"], kind="stable").index]


def _name(indicator: str, lang: str) -> str:
    known = dictionary()[indicator]
    return known.zh if lang == "zh" else known.en[:1].upper() + known.en[1:]


def table(report: Report, lang: str = "zh", indicator: str = "disclosure_rate") -> pd.DataFrame:
    """Numerator, denominator, rate and interval in percent for each applicant type; under ten no rate."""
    import pandas as pd

    frame = _rates(report, indicator)
    enough = frame["denominator"] >= TINY
    columns: dict[str, object] = {word(n, lang): frame[n].astype("Int64") for n in ("numerator", "denominator")}
    for shown, name in (("rate", "value"), ("low", "low"), ("high", "high")):
        rounded = [None if v != v else float(half_up(v)) for v in frame[name].where(enough)]
        columns[word(shown, lang)] = pd.array(rounded, "Float64")
    labels = [applicant(str(who), lang, report.edition) for who in frame["applicant"]]
    return pd.DataFrame(columns).set_axis(pd.Index(labels, name=word("applicant", lang)))


def sentence(report: Report, lang: str = "zh", indicator: str = "disclosure_rate") -> str:
    """The rate of all, and the highest and lowest of the types with at least 30 cases."""
    frame = _rates(report, indicator)
    name = _name(indicator, lang)
    total = frame[frame["applicant"] == "total"]
    if not len(total) or total["value"].isna().any():
        return f"{name}：没有可用的数字。" if lang == "zh" else f"{name}: no figures."

    def said(line: pd.Series) -> str:
        counts = f"{number(line['numerator'])}/{number(line['denominator'])}"
        if line["denominator"] < TINY:
            return counts
        rate = share(line["numerator"], line["denominator"])
        return f"{rate}（{counts}）" if lang == "zh" else f"{rate} ({counts})"

    text = f"{name}：总计{said(total.iloc[0])}" if lang == "zh" else f"{name}: all {said(total.iloc[0])}"
    large = frame[(frame["denominator"] >= SMALL) & (frame["applicant"] != "total") & frame["value"].notna()]
    if len(large) > 1:
        first, last = large.iloc[0], large.iloc[-1]
        names = [applicant(str(line["applicant"]), lang, report.edition) for line in (first, last)]
        if lang == "zh":
            text += f"；满30件的申请人中，最高为{names[0]}{said(first)}，最低为{names[1]}{said(last)}"
        else:
            text += f"; of applicants with at least 30, highest {names[0].lower()} {said(first)}, "
            text += f"lowest {names[1].lower()} {said(last)}"
    return text + ("。" if lang == "zh" else ".")


def _height(report: Report, indicator: str = "disclosure_rate") -> float:
    return 0.5 + 0.36 * len(_rates(report, indicator))


@chart(8.6, _height, table, sentence)
def rates(report: Report, ax: Axes, lang: str = "zh", indicator: str = "disclosure_rate") -> None:
    """Dots with 95 % process-variation intervals (Wilson), a line at the rate of all.

    Under ten cases no rate is drawn, under 30 it is grey; organisations together stand among the types.
    ``indicator`` is a share by applicant. Raises :class:`SelectionError` for another.
    """
    frame = _rates(report, indicator)
    title = word("rates", lang, label=_name(indicator, lang))
    if frame["value"].isna().all():
        empty(ax, title, lang)
        return
    labels = []
    for y, line in enumerate(frame.itertuples()):
        labels.append(applicant(str(line.applicant), lang, report.edition))
        counts = f"{number(line.numerator, lang)}/{number(line.denominator)}"
        tiny = line.denominator < TINY or line.value != line.value
        if not tiny:
            small = line.denominator < SMALL
            ax.plot([line.low, line.high], [y, y], color=FAINT if small else PLAIN, linewidth=2, zorder=2)
            ax.plot([line.value], [y], "o", color=MUTED if small else PLAIN, markersize=7.5, zorder=3)
            counts = f"{share(line.numerator, line.denominator)}   {counts}"
            if line.applicant == "total":
                ax.axvline(line.value, color=INK, linewidth=0.8, zorder=1)
        colour = MUTED if tiny or line.denominator < SMALL else INK
        beside(ax, counts, 1, y, 10, ax.get_yaxis_transform(), color=colour)
    rows(ax, labels)
    ax.set_xlim(-1, 101)
    ax.set_xticks(range(0, 101, 20), [f"{tick}%" for tick in range(0, 101, 20)])
    ax.grid(axis="x", color=GRID, linewidth=0.8)
    ax.set_axisbelow(True)
    bare(ax)
    heading(ax, title)
    note(ax, word("rates_note", lang))
