"""How requests flowed: received and carried in, on hand, to outcomes, grounds, and the year to come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..codebook import codebook
from ..measures.composition import OUTCOMES
from ..report import Report
from ..sentences import requests as sentence
from .chart import chart
from .figures import Figures
from .lettering import width, wrapped
from .sheet import empty, heading
from .style import COLOURS, FAINT, HALO, HATCH, INK, MUTED, PLAIN, SMALL_PRINT, bare, pale, spread
from .words import number, outcome, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

#: Inches: the width of the figure, the room of a line of a label.
_WIDTH, _LINE = 10.5, 0.17
#: Left and right edges of the four columns of nodes. Labels of the inner two stand inside, those of the others beside.
_COLUMNS = ((0.0, 0.012), (0.13, 0.22), (0.36, 0.53), (0.65, 0.66))
#: Points for the labels of each column.
_ROOM = (86, 58, 112, 250)
_SOURCES = ("received_new", "carried_in")


@dataclass
class _Node:
    """A bar that flows run into and out of."""

    code: str
    value: float
    colour: str
    label: str
    hatch: str | None = None
    leaves: list[_Node] = field(default_factory=list)
    y: float = 0.0
    """Its middle, in inches from the top."""

    @property
    def room(self) -> float:
        return _LINE * (1 + self.label.count("\n")) + 0.03


def _nodes(report: Report, lang: str) -> tuple[list[_Node], list[_Node]]:
    """Sources and sinks, only those that something flows through; what does not add up is a node of its own."""
    figures = Figures(report)
    edition = report.edition

    def node(code: str, colour: str, room: float) -> _Node:
        value = figures(code) or 0.0
        return _Node(code, value, colour, wrapped(f"{_called(code, lang, edition)} {number(value)}", SMALL_PRINT, room))

    sources = [node(code, PLAIN, _ROOM[0]) for code in _SOURCES]
    sinks = [node(code, COLOURS[code], _ROOM[2]) for code in (*OUTCOMES, "carried_forward")]
    for sink in sinks:
        children = codebook().children("requests", sink.code, edition)
        sink.leaves = [leaf for child in children if (leaf := node(child.code, sink.colour, _ROOM[3])).value]
        # a report may print the one row of a group that its form splits
        if sum(leaf.value for leaf in sink.leaves) != sink.value:
            sink.leaves = []
    rest = sum(s.value for s in sources) - sum(s.value for s in sinks)
    label = wrapped(f"{word('unexplained', lang)} {number(abs(rest))}", SMALL_PRINT, _ROOM[0])
    (sinks if rest > 0 else sources).append(_Node("unexplained", abs(rest), "white", label, HATCH))
    return [s for s in sources if s.value], [s for s in sinks if s.value]


def _called(code: str, lang: str, edition: int) -> str:
    """What a node is called: what goes in and comes out by its short name."""
    if code in (*_SOURCES, "carried_forward"):
        short = codebook().short("requests", code, lang, edition)
        return short[:1].upper() + short[1:]
    return outcome(code, lang, edition)


def table(report: Report, lang: str = "zh") -> pd.DataFrame:
    """The flows: from, to, count."""
    import pandas as pd

    sources, sinks = _nodes(report, lang)
    figures, whole = Figures(report), word("workload", lang)

    def name(node: _Node) -> str:
        named = node.code != "unexplained"
        return _called(node.code, lang, figures.edition) if named else word("unexplained", lang)

    lines = [(name(s), whole, s.value) for s in sources] + [(whole, name(s), s.value) for s in sinks]
    lines += [(name(s), name(leaf), leaf.value) for s in sinks for leaf in s.leaves]
    names = [word(column, lang) for column in ("source", "target", "count")]
    return pd.DataFrame(lines, columns=names).astype({names[2]: "Int64"}).set_index(names[0])


def _plot(leaves: int) -> float:
    """Height of the plot in inches that leaves room for the labels and for the flows."""
    return max(4.2, 2.6 + 0.22 * leaves)


def _height(report: Report) -> float:
    _, sinks = _nodes(report, "zh")
    return _plot(sum(len(sink.leaves) for sink in sinks))


@chart(_WIDTH, _height, table, sentence)
def flow(report: Report, ax: Axes, lang: str = "zh") -> None:
    """Sources, requests on hand, outcomes and their grounds; widths are proportional to counts.

    The form does not say which request had which outcome, so all flow through one bar. A hatched band holds what
    the printed figures leave unexplained; what is 0 is left out.
    """
    title = word("flow", lang)
    sources, sinks = _nodes(report, lang)
    figures = Figures(report)
    if None in (figures(code) for code in (*_SOURCES, "outcome_total", "carried_forward")) or not sources:
        empty(ax, title, lang)
        return
    leaves = [leaf for sink in sinks for leaf in sink.leaves]
    whole = sum(source.value for source in sources)
    plot = _plot(len(leaves))
    scale = min(_scale(column, plot) for column in (sources, sinks, leaves) if column)
    _stack(sinks, scale)
    middle = sum(sink.y for sink in sinks) / len(sinks)
    for column, places in ((sources, _inside(middle, sources, scale)), (leaves, _leaf_places(sinks, scale))):
        steps = [0.0, *((_slot(a, scale) + _slot(b, scale)) / 2 for a, b in zip(column, column[1:], strict=False))]
        for node, y in zip(column, spread(places, steps), strict=True):
            node.y = y
    hub = _Node("workload", whole, INK, f"{word('workload', lang)}\n{number(whole)}", y=middle)
    for node, y in zip(sources, _inside(middle, sources, scale), strict=True):
        _ribbon(ax, 0, node.y, y, node, scale)
    for node, y in zip(sinks, _inside(middle, sinks, scale), strict=True):
        _ribbon(ax, 1, y, node.y, node, scale)
        for leaf, start in zip(node.leaves, _inside(node.y, node.leaves, scale), strict=True):
            _ribbon(ax, 2, start, leaf.y, leaf, scale)
    for i, column in enumerate((sources, [hub], sinks, leaves)):
        for node in column:
            _bar(ax, i, node, scale)
    everything = [*sources, hub, *sinks, *leaves]
    ax.set_xlim(-0.14, 1.0)
    low = min(node.y - max(node.value * scale, node.room) / 2 for node in everything)
    high = max(node.y + max(node.value * scale, node.room) / 2 for node in everything)
    ax.set_ylim(max(high, low + plot), low)
    ax.set(xticks=[], yticks=[])
    bare(ax)
    heading(ax, title, word("flow_note", lang))


def _slot(node: _Node, scale: float) -> float:
    return max(node.value * scale, node.room) + 0.04


def _scale(column: list[_Node], plot: float) -> float:
    """Inches per request at which the nodes of a column, with room for their labels, fill the plot."""
    low, high = 0.0, plot / max(node.value for node in column)
    for _ in range(60):
        half = (low + high) / 2
        low, high = (half, high) if sum(_slot(node, half) for node in column) <= plot else (low, half)
    return low


def _stack(column: list[_Node], scale: float) -> None:
    top = 0.0
    for node in column:
        node.y = top + _slot(node, scale) / 2
        top += _slot(node, scale)


def _inside(middle: float, parts: list[_Node], scale: float) -> list[float]:
    """Middles of the parts of a bar, one on top of the other without gaps."""
    top = middle - sum(part.value for part in parts) * scale / 2
    places = []
    for part in parts:
        places.append(top + part.value * scale / 2)
        top += part.value * scale
    return places


def _leaf_places(sinks: list[_Node], scale: float) -> list[float]:
    return [y for sink in sinks for y in _inside(sink.y, sink.leaves, scale)]


def _ribbon(ax: Axes, column: int, start: float, end: float, node: _Node, scale: float) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    x0, x1 = _COLUMNS[column][1], _COLUMNS[column + 1][0]
    bend, half = (x0 + x1) / 2, node.value * scale / 2
    upper = [(x0, start - half), (bend, start - half), (bend, end - half), (x1, end - half)]
    lower = [(x1, end + half), (bend, end + half), (bend, start + half), (x0, start + half)]
    curve = [Path.CURVE4] * 3
    path = Path([*upper, *lower, upper[0]], [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])
    hatched = node.hatch is not None
    ax.add_patch(
        PathPatch(
            path, facecolor=node.colour, alpha=1 if hatched else 0.32, edgecolor=MUTED if hatched else "none",
            hatch=node.hatch, linewidth=0.4, zorder=1,
        )
    )  # fmt: skip


def _bar(ax: Axes, column: int, node: _Node, scale: float) -> None:
    from matplotlib.patches import Rectangle

    (left, right), height = _COLUMNS[column], node.value * scale
    inside = column in (1, 2)
    face = node.colour if column != 2 or node.hatch else pale(node.colour)
    edge = MUTED if node.hatch else FAINT if node.code == "carried_forward" else node.colour
    # a bar lower than its label is drawn as its two ends, with the label between them
    low = inside and height < node.room
    ends = [(left, left + 0.008), (right - 0.008, right)] if low else [(left, right)]
    for x0, x1 in ends:
        ax.add_patch(
            Rectangle(
                (x0, node.y - height / 2), x1 - x0, height, facecolor=face, edgecolor=edge, linewidth=0.6,
                hatch=node.hatch, zorder=2,
            )
        )  # fmt: skip
    place = (left + right) / 2 if inside else left - 0.008 if column == 0 else right + 0.008
    align = "center" if inside else "right" if column == 0 else "left"
    colour = "white" if column == 1 else INK
    size = SMALL_PRINT * min(1, _ROOM[column] / width(node.label, SMALL_PRINT)) if column == 1 else SMALL_PRINT
    ax.text(
        place, node.y, node.label, ha=align, va="center", fontsize=size, color=colour, linespacing=1.4, zorder=3,
        bbox=HALO if node.hatch else None,
    )  # fmt: skip
