"""Bodies compared without a league table: who lies outside of what chance gives at its size."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..measures.indicator import dictionary
from ..measures.intervals import funnel as limits
from ..measures.rounding import half_up
from . import given
from .chart import chart
from .lettering import width, wrapped
from .sheet import across, empty, heading, note
from .style import GRID, HALO, INK, MUTED, PAPER, PLAIN, SMALL_PRINT, WRONG, bare, beside
from .words import SMALL, TINY, number, share, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: More names than this would hide the dots.
_NAMES = 8
_HEIGHT, _GREY = 4.0, "#a4abb1"


def _name(indicator: str, lang: str) -> str:
    known = dictionary()[indicator]
    return known.zh if lang == "zh" else known.en[:1].upper() + known.en[1:]


def _bodies(peers: pd.DataFrame) -> pd.DataFrame:
    """Bodies with a rate, from ten cases on, in order of size."""
    return peers[peers["value"].notna() & (peers["denominator"] >= TINY)].sort_values("denominator", kind="stable")


def _called(organ: object, names: Mapping[str, str] | None) -> str:
    return (names or {}).get(str(organ), str(organ))


def table(
    peers: pd.DataFrame,
    lang: str = "zh",
    indicator: str = "disclosure_rate",
    names: Mapping[str, str] | None = None,
    highlight: str | None = None,
) -> pd.DataFrame:
    """Numerator, denominator, rate in percent of each body, and whether it lies beyond the 99.8 % limits."""
    import pandas as pd

    rate = [None if v != v or n < TINY else float(half_up(v)) for v, n in peers[["value", "denominator"]].to_numpy()]
    columns: dict[str, object] = {
        word("numerator", lang): peers["numerator"].astype("Int64").array,
        word("denominator", lang): peers["denominator"].astype("Int64").array,
        word("rate", lang): pd.array(rate, "Float64"),
        word("beyond", lang): (peers["position"] == "outside_998").array,
    }
    index = pd.Index([_called(organ, names) for organ in peers["organ"]], name=word("body", lang))
    return pd.DataFrame(columns, index=index)


def sentence(
    peers: pd.DataFrame,
    lang: str = "zh",
    indicator: str = "disclosure_rate",
    names: Mapping[str, str] | None = None,
    highlight: str | None = None,
) -> str:
    """The rate of all bodies together, and how many lie beyond the 99.8 % limits."""
    bodies, name = _bodies(peers), _name(indicator, lang)
    if bodies.empty:
        return f"{name}：没有可以比较的机关。" if lang == "zh" else f"{name}: no bodies to compare."
    outside = bodies[bodies["position"] == "outside_998"]
    pooled = f"{half_up(float(bodies['pooled'].iloc[0]))}%"
    if lang == "zh":
        text = f"{name}：{len(bodies)}个机关合计{pooled}，{len(outside)}个在99.8%控制限之外。"
    else:
        text = f"{name}: {pooled} over {len(bodies)} bodies together, {len(outside)} beyond the 99.8 % limits."
    own = bodies[bodies["organ"].astype("str") == highlight]
    if len(own):
        line = own.iloc[0]
        counts = f"{number(line['numerator'])}/{number(line['denominator'])}"
        rate, called = share(line["numerator"], line["denominator"]), _called(highlight, names)
        text += f"{called}{rate}（{counts}）。" if lang == "zh" else f" {called}: {rate} ({counts})."
    return text


@chart(8.6, _HEIGHT, table, sentence, given.peers)
def funnel(
    peers: pd.DataFrame,
    ax: Axes,
    lang: str = "zh",
    indicator: str = "disclosure_rate",
    names: Mapping[str, str] | None = None,
    highlight: str | None = None,
) -> None:
    """Rates over the number of cases, with the limits that chance keeps at 95 % and 99.8 %.

    ``peers`` is the frame of :func:`liaocheng_foi.measures.funnels.peers`, ``indicator`` what it was made of.
    ``names`` are the names of organ codes, ``highlight`` the code of a body to point out; bodies beyond the outer
    limits are named as far as there is room. Bodies with under ten cases are left out, under 30 grey.
    """
    bodies, title = _bodies(peers), word("funnel", lang, label=_name(indicator, lang))
    if bodies.empty:
        empty(ax, title, lang)
        return
    import numpy as np

    pooled = float(bodies["pooled"].iloc[0])
    left, right = float(bodies["denominator"].min()) / 1.5, float(bodies["denominator"].max()) * 1.5
    sizes = np.geomspace(left, right, 200)
    for level, style in ((0.95, (0, (4, 3))), (0.998, "-")):
        for line in limits(pooled / 100, sizes, level):
            ax.plot(sizes, 100 * np.asarray(line), color=MUTED, linewidth=0.8, linestyle=style, zorder=1)
    ax.axhline(pooled, color=INK, linewidth=0.9, zorder=1)
    middle = word("pooled", lang, rate=f"{half_up(pooled)}%")
    beside(ax, middle, 1, pooled, of=ax.get_yaxis_transform(), fontsize=SMALL_PRINT)
    own = bodies["organ"].astype("str") == highlight
    outside = (bodies["position"] == "outside_998") & ~own
    for line in bodies.itertuples():
        marked = str(line.organ) == highlight
        colour = WRONG if marked else _GREY if line.denominator < SMALL else PLAIN
        filled = line.position != "outside_998"
        ax.plot(
            [line.denominator], [line.value], "D" if marked else "o", markersize=8 if marked else 6.5,
            color=colour if filled else PAPER, markeredgecolor=colour, markeredgewidth=1.6, zorder=5 if marked else 4,
        )  # fmt: skip
    low, high = _range(bodies["value"])
    ax.set_xscale("log")
    ax.set_xlim(left, right)
    ticks = _ticks(left, right)
    ax.set_xticks(ticks, [number(tick) for tick in ticks])
    ax.minorticks_off()
    ax.set_ylim(low - 0.02 * (high - low), high + 0.02 * (high - low))
    step = 20 if high - low > 50 else 10
    ax.set_yticks(range(low, high + 1, step), [f"{tick}%" for tick in range(low, high + 1, step)])
    ax.grid(axis="y", color=GRID)
    ax.set_axisbelow(True)
    bare(ax, bottom=True)
    far = bodies[outside].assign(_far=(bodies["value"] - pooled).abs()).sort_values("_far", ascending=False)
    room = across(ax, [f"{high}%"], middle), 72 * _HEIGHT * 0.9
    _names(ax, [*bodies[own].itertuples(), *far.itertuples()], names, room, math.log(right / left), 1.04 * (high - low))
    heading(ax, title, word("funnel_note", lang))
    few = int((peers["value"].notna() & (peers["denominator"] < TINY)).sum())
    remarks = [word("funnel_axis", lang), *([word("left_out", lang, n=few)] if few else [])]
    note(ax, word("semicolon", lang).join(remarks))


def _range(values: pd.Series) -> tuple[int, int]:
    """Tens of percent around all rates, at least a fifth of the scale."""
    low, high = 10 * int((values.min() - 3) // 10), 10 * int(-(-(values.max() + 3) // 10))
    if high - low < 20:
        low, high = low - 10, high + 10
    return max(low, 0), min(high, 100)


def _ticks(left: float, right: float) -> list[int]:
    """Round numbers between two others, few enough for their labels."""
    steps = (1, 2, 5) if right / left < 100 else (1, 3) if right / left < 30000 else (1,)
    return [tick for power in range(1, 10) for step in steps if left <= (tick := step * 10**power) <= right]


def _names(
    ax: Axes, lines: list, names: Mapping[str, str] | None, room: tuple[float, float], decades: float, percents: float
) -> None:
    """Names beside dots, those of the first bodies in the list first, none on top of another."""
    taken: list[tuple[float, float, float, float]] = []
    start = math.log(ax.get_xlim()[0])
    for line in lines:
        x = (math.log(line.denominator) - start) / decades * room[0]
        y = (line.value - ax.get_ylim()[0]) / percents * room[1]
        side = 1 if x < room[0] / 2 else -1
        free = (room[0] - x if side > 0 else x) - 12
        text = wrapped(_called(line.organ, names), SMALL_PRINT, min(free, 210))
        wide, tall = width(text, SMALL_PRINT), 13 * (1 + text.count("\n"))
        box = (min(x, x + side * (wide + 12)), y - tall / 2, max(x, x + side * (wide + 12)), y + tall / 2)
        apart = (box[2] < o[0] or o[2] < box[0] or box[3] < o[1] or o[3] < box[1] for o in taken)
        if len(taken) < _NAMES and box[1] > -6 and box[3] < room[1] + 6 and all(apart):
            taken.append(box)
            beside(
                ax, text, line.denominator, line.value, 8 * side, fontsize=SMALL_PRINT, linespacing=1.1, bbox=HALO,
                zorder=3,
            )  # fmt: skip
