"""What stands around a plot: title, key and notes, at the edge of the figure and never on top of anything.

A chart drawn without axes gets a :class:`Sheet`: a figure of its own that grows by what is written above and below
the plot. On axes of the caller the same lines stand above and below these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D, Bbox, ScaledTranslation

from .lettering import LEADING, width, wrapped
from .saving import save
from .style import FAINT, INK, MUTED, SMALL_PRINT, TEXT, TITLE, bare
from .words import word

if TYPE_CHECKING:
    from matplotlib.text import Text
    from matplotlib.transforms import Transform

#: Points: edge of the figure, from the head to the plot, size of a mark of the key and what stands around it.
_MARGIN, _GAP, _MARK, _AFTER_MARK, _AFTER_LABEL = 6, 8, 10, 5, 16
#: Points around the plot with its labels.
_PAD = 3


class Mark(NamedTuple):
    """An entry of a key."""

    label: str
    colour: Any
    hatch: str | None = None
    edge: str | None = None


class Drawing(Axes):
    """Axes that Jupyter shows, without pyplot: nothing stays open."""

    def _repr_svg_(self) -> str:
        return save(self).decode()


class Sheet(Figure):
    """A figure with one plot, ``plot`` inches high, and room above and below for what is written there."""

    def __init__(self, width: float, plot: float) -> None:
        super().__init__(figsize=(width, plot), layout="none")  # type: ignore[arg-type]
        self.description = ""
        """What the chart shows, in words."""
        self._plot, self._head, self._foot = plot, 0.0, 0.0
        self._notes: list[Any] = []
        self._fit()

    @property
    def room(self) -> float:
        """Points between the edges."""
        return 72 * float(self.get_figwidth()) - 2 * _MARGIN

    def shrink(self, plot: float) -> None:
        """Make the plot ``plot`` inches high."""
        self._plot = plot
        self._fit()

    def reserve(self, points: float) -> None:
        """Keep room above the plot."""
        self._head += points
        self._fit()

    def write_below(self, text: str, **style: Any) -> None:
        """Add lines at the foot."""
        text = wrapped(text, SMALL_PRINT, self.room)
        height = SMALL_PRINT * LEADING * len(text.split("\n"))
        for above in self._notes:
            above.set_y(above.get_position()[1] + height)
        at = points(self, self.transFigure, 0, 0)
        line = self.text(
            _MARGIN, _MARGIN, text, transform=at, fontsize=SMALL_PRINT, va="bottom", linespacing=1.2, **style
        )
        self._notes.append(line)
        self._foot += height
        self._fit()

    def _fit(self) -> None:
        self.set_figheight(self._plot + (self._head + self._below) / 72)

    @property
    def _below(self) -> float:
        return self._foot + _MARGIN if self._foot else 0

    def draw(self, renderer: Any) -> None:
        """As any figure, once the plot is as large as its labels allow; a layout engine would draw it twice."""
        for ax in self.axes:
            self._fill(ax, renderer)
        super().draw(renderer)

    def _fill(self, ax: Axes, renderer: Any) -> None:
        """Make axes, with all that is written around them, reach from edge to edge."""
        width, height = self.get_size_inches() * 72
        edge = np.array([(_PAD, _PAD + self._below), (width - _PAD, height - _PAD - self._head)]) * self.dpi / 72
        written = [text for text in _written(ax) if text.get_visible() and text.get_in_layout() and text.get_text()]
        # measured once: what stands beside a mark moves with it, and is where it will be the third time
        boxes = [text.get_window_extent(renderer).get_points() - _place(text) for text in written]
        for _ in range(3):
            plot = ax.bbox.get_points()
            around = np.concatenate([plot, *(box + _place(text) for box, text in zip(boxes, written, strict=True))])
            room = edge + plot - (around.min(axis=0), around.max(axis=0))
            ax.set_position(Bbox(room).transformed(self.transFigure.inverted()))


def _written(ax: Axes) -> Iterator[Text]:
    """What is written on and around a plot."""
    yield from (ax.title, *ax.texts)
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        for label, place in zip(axis.get_ticklabels(), axis.get_ticklocs(), strict=True):
            if low <= place <= high:
                yield label


def _place(text: Text) -> Any:
    """Where on the figure a text is fixed."""
    return text.get_transform().transform(text.get_position())


def points(figure: Any, of: Any, x: float, y: float) -> Transform:
    """Points right of and above a place."""
    return Affine2D().scale(1 / 72) + figure.dpi_scale_trans + ScaledTranslation(x, y, of)


def heading(ax: Axes, title: str, subtitle: str = "", marks: Sequence[Mark] = (), above: float = 0) -> None:
    """Title, a quieter line, and the key of the marks in their order; wrapped as the width asks for.

    ``above`` points are left free on axes of the caller, for labels that stand on top of the plot.
    """
    figure: Any = ax.get_figure(root=True)
    own = isinstance(figure, Sheet)
    room = figure.room if own else 72 * ax.get_position().width * figure.get_figwidth()
    lines = [(line, TITLE, INK) for line in wrapped(title, TITLE, room).split("\n")]
    if subtitle:
        lines += [(line, SMALL_PRINT, MUTED) for line in wrapped(subtitle, SMALL_PRINT, room).split("\n")]
    legend = _flowed(marks, room)
    height = sum(size * LEADING for _, size, _ in lines) + 1.6 * SMALL_PRINT * len(legend)
    if own:
        left, top, at = float(_MARGIN), float(-_MARGIN), points(figure, figure.transFigure, 0, 1)
        figure.reserve(_MARGIN + height + _GAP)
    else:
        left, top, at = 0.0, height + _GAP + above, points(figure, ax.transAxes, 0, 1)
    on: Any = figure if own else ax
    for text, size, colour in lines:
        top -= size * LEADING
        on.text(left, top, text, transform=at, fontsize=size, color=colour, va="baseline", clip_on=False)
    for row in legend:
        top -= 1.6 * SMALL_PRINT
        for x, mark in row:
            edge = mark.edge or (MUTED if mark.hatch else FAINT)
            drawn = Rectangle(
                (left + x, top - 1), _MARK, 9, transform=at, facecolor=mark.colour, edgecolor=edge, hatch=mark.hatch,
                linewidth=1.6 if mark.edge else 0.5, clip_on=False,
            )  # fmt: skip
            on.add_artist(drawn)
            place = left + x + _MARK + _AFTER_MARK
            on.text(place, top, mark.label, transform=at, fontsize=SMALL_PRINT, clip_on=False)


def _flowed(marks: Sequence[Mark], room: float) -> list[list[tuple[float, Mark]]]:
    """The marks of a key in rows, each with its place from the left."""
    found: list[list[tuple[float, Mark]]] = []
    x = room
    for mark in marks:
        wide = _MARK + _AFTER_MARK + width(mark.label, SMALL_PRINT)
        if not found or x + wide > room:
            found.append([])
            x = 0.0
        found[-1].append((x, mark))
        x += wide + _AFTER_LABEL
    return found


def across(ax: Axes, labels: Sequence[str], beyond: str = "") -> float:
    """Points that a plot is wide, about, with labels at its left and a text at its right."""
    figure: Any = ax.get_figure(root=True)
    if not isinstance(figure, Sheet):
        return 72 * ax.get_position().width * figure.get_figwidth()
    return figure.room - max(width(label, TEXT) for label in labels) - width(beyond, TEXT) - 16


def note(ax: Axes, text: str) -> None:
    """A quiet line under the plot."""
    figure = ax.get_figure(root=True)
    if isinstance(figure, Sheet):
        figure.write_below(text, color=MUTED)
    else:
        ax.set_xlabel(text, loc="left", color=MUTED, fontsize=SMALL_PRINT)


def empty(ax: Axes, title: str, lang: str) -> None:
    """A chart that has nothing to show says so, and takes little room."""
    figure = ax.get_figure(root=True)
    if isinstance(figure, Sheet):
        figure.shrink(0.4)
    heading(ax, title)
    ax.text(0, 0.5, word("no_figures", lang), transform=ax.transAxes, va="center", color=MUTED)
    ax.set(xticks=[], yticks=[])
    bare(ax)
