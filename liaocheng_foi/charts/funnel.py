"""Bodies compared without a league table: who lies outside of what chance gives at its size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..indicator import dictionary
from ..intervals import funnel as limits
from ..rounding import half_up
from .style import FAINT, GRID, INK, MUTED, PLAIN, bare, chart, empty, note, titled
from .words import SMALL, TINY, number, share, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: More names than this would hide the dots.
_NAMES = 8


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


@chart(8.6, 5.2, table, sentence)
def funnel(
    peers: pd.DataFrame,
    ax: Axes,
    lang: str = "zh",
    indicator: str = "disclosure_rate",
    names: Mapping[str, str] | None = None,
    highlight: str | None = None,
) -> None:
    """Rates over the number of cases, with the limits that chance keeps at 95 % and 99.8 %.

    ``peers`` is the frame of :func:`liaocheng_foi.funnels.peers`, ``indicator`` what it was made of. ``names`` are
    the names of organ codes, ``highlight`` the code of a body to point out; bodies beyond the outer limits are
    named as far as there is room. Bodies with under ten cases are left out, under 30 grey.
    """
    bodies, title = _bodies(peers), word("funnel", lang, label=_name(indicator, lang))
    if bodies.empty:
        empty(ax, title, lang)
        return
    import numpy as np

    pooled = float(bodies["pooled"].iloc[0])
    low, high = float(bodies["denominator"].min()) / 1.5, float(bodies["denominator"].max()) * 1.9
    sizes = np.geomspace(low, high, 200)
    for level, style in ((0.95, (0, (4, 3))), (0.998, "-")):
        for line in limits(pooled / 100, sizes, level):
            ax.plot(sizes, 100 * np.asarray(line), color=MUTED, linewidth=0.8, linestyle=style, zorder=1)
    ax.axhline(pooled, color=INK, linewidth=0.9, zorder=1)
    own = bodies["organ"].astype("str") == highlight
    outside = (bodies["position"] == "outside_998") & ~own
    for line in bodies.itertuples():
        marked = str(line.organ) == highlight
        colour = "#b3401f" if marked else FAINT if line.denominator < SMALL else PLAIN
        filled = marked or line.position != "outside_998"
        ax.plot(
            [line.denominator], [line.value], "D" if marked else "o", markersize=8 if marked else 6.5,
            color=colour if filled else "white", markeredgecolor=colour, markeredgewidth=1.6, zorder=4 if marked else 3,
        )  # fmt: skip
    far = bodies[outside].assign(_far=(bodies["value"] - pooled).abs()).sort_values("_far", ascending=False)
    _names(ax, [*bodies[own].itertuples(), *far.itertuples()], names, high / low)
    ax.set_xscale("log")
    ax.set_xlim(low, high)
    ticks = [t for power in range(1, 8) for t in (10**power, 3 * 10**power) if low <= t <= high]
    ax.set_xticks(ticks, [number(tick) for tick in ticks])
    ax.minorticks_off()
    ax.set_ylim(-2, 102)
    ax.set_yticks(range(0, 101, 20), [f"{tick}%" for tick in range(0, 101, 20)])
    ax.grid(axis="y", color=GRID)
    ax.set_axisbelow(True)
    bare(ax, bottom=True)
    titled(ax, title, word("funnel_note", lang))
    note(ax, word("funnel_axis", lang), 24)


def _names(ax: Axes, lines: list, names: Mapping[str, str] | None, ratio: float) -> None:
    """Names beside dots, the first in the list first, none on top of another."""
    import math

    taken: list[tuple[float, float]] = []
    for line in lines:
        x, y = math.log(line.denominator) / math.log(ratio), line.value
        if len(taken) < _NAMES and all(abs(y - other) > 6 or abs(x - at) > 0.4 for at, other in taken):
            taken.append((x, y))
            ax.annotate(
                _called(line.organ, names), (line.denominator, line.value), (8, 0), textcoords="offset points",
                va="center", fontsize=9.5, zorder=5,
            )  # fmt: skip
