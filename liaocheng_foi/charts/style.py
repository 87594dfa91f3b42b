"""One visual language for all charts: font, colours, sizes, what a chart is, and saving.

Nothing here changes matplotlib's settings outside of the drawing of a chart.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .words import word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONT = "Noto Sans SC"
#: Colour of each outcome and result: told apart by people with any colour vision, and by lightness in grey.
COLOURS = {
    "granted": "#0b4f8a",
    "partly_granted": "#5fa8d8",
    "denied": "#b3401f",
    "unavailable": "#e0a33a",
    "not_processed": "#8b6aa8",
    "other": "#8d9499",
    "carried_forward": "#d9dcde",
    "upheld": "#0b4f8a",
    "corrected": "#b3401f",
    "pending": "#d9dcde",
    "mandatory": "#8f2d13",
    "discretionary": "#e0a33a",
    "redirect": "#8d9499",
}
#: Those that white print is read on; the others take dark print.
DARK = ("granted", "denied", "not_processed", "upheld", "corrected", "mandatory")
INK, MUTED, FAINT, GRID, PAPER = "#1c2126", "#5d666d", "#c9ced2", "#e6e8ea", "white"
PLAIN, UP, DOWN = "#3b6e8f", "#3b6e8f", "#d59a5b"
HATCH = "////"

_SETTINGS: Any = {
    "font.family": [FONT],
    "font.size": 10,
    "axes.titlesize": 12.5,
    "axes.titleweight": "normal",
    "axes.titlelocation": "left",
    "axes.titlepad": 14,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "text.color": INK,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "hatch.linewidth": 0.7,
    "svg.hashsalt": "liaocheng_foi",
}
_CLOCKLESS: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}


class Chart:
    """One kind of chart: called, it draws; it also gives the table behind it and what it shows, in words.

    ``data`` is a :class:`liaocheng_foi.Report`, or what the kind's own description says; ``options`` are those of
    the kind. All charts speak ``lang`` ``"zh"`` or ``"en"``.
    """

    def __init__(
        self,
        draw: Callable[..., None],
        table: Callable[..., pd.DataFrame],
        sentence: Callable[..., str],
        width: float,
        height: float | Callable[..., float],
    ) -> None:
        functools.update_wrapper(self, draw)
        self._draw, self._table, self._sentence = draw, table, sentence
        self._width, self._height = width, height

    def __repr__(self) -> str:
        return f"<chart {self._draw.__name__}>"

    def __call__(self, data: Any, ax: Axes | None = None, lang: str = "zh", **options: Any) -> Axes:
        """Draw on ``ax``, or on a figure of its own; the Axes."""
        from matplotlib import pyplot

        _known(lang)
        return self._drawn(data, ax, pyplot.figure, lang, **options)

    def table(self, data: Any, lang: str = "zh", **options: Any) -> pd.DataFrame:
        """The numbers the chart shows, labelled; what has no number is missing."""
        _known(lang)
        return self._table(data, lang, **options)

    def sentence(self, data: Any, lang: str = "zh", **options: Any) -> str:
        """What the chart shows, in words: its alternative text."""
        _known(lang)
        return self._sentence(data, lang, **options)

    def render(self, data: Any, format: str = "svg", lang: str = "zh", **options: Any) -> bytes:
        """The chart as a file, see :func:`save`; no figure stays open. An SVG carries the sentence as its title."""
        from matplotlib.figure import Figure

        _known(lang)
        ax = self._drawn(data, None, Figure, lang, **options)
        return save(ax, format, self.sentence(data, lang, **options))

    def _drawn(self, data: Any, ax: Axes | None, figure: Callable[..., Figure], lang: str, **options: Any) -> Axes:
        import matplotlib as mpl
        from matplotlib.text import Text

        register_font()
        with mpl.rc_context(_SETTINGS):
            if ax is None:
                height = self._height(data, **options) if callable(self._height) else self._height
                ax = figure(figsize=(self._width, height), layout="constrained").add_subplot()
            self._draw(data, ax, lang, **options)
            # what the axes had before, and labels of ticks, which are made when the figure is drawn
            for text in ax.findobj(Text):
                text.set_fontfamily(FONT)
            ax.tick_params(labelfontfamily=FONT, length=0)
        return ax


def chart(
    width: float,
    height: float | Callable[..., float],
    table: Callable[..., pd.DataFrame],
    sentence: Callable[..., str],
) -> Callable[[Callable[..., None]], Chart]:
    """Make a drawing function ``draw(data, ax, lang, **options)`` a :class:`Chart`.

    ``width`` and ``height`` in inches, of the figure that is made where no axes are given; the height may be a
    function of the data.
    """
    return lambda draw: Chart(draw, table, sentence, width, height)


def _known(lang: str) -> None:
    if lang not in ("zh", "en"):
        raise ValueError(f"lang is {lang!r}; it must be 'zh' or 'en'")


@functools.cache
def register_font() -> None:
    """Make the package's own font known to matplotlib, once."""
    from matplotlib import font_manager

    path = files("liaocheng_foi").joinpath("fonts", "NotoSansSC-subset.ttf")
    font_manager.fontManager.addfont(str(path))


def bare(ax: Axes, left: bool = False, bottom: bool = False) -> None:
    """Hide the frame's lines that say nothing."""
    ax.spines["left"].set_visible(left)
    ax.spines["bottom"].set_visible(bottom)


def titled(ax: Axes, title: str, subtitle: str = "", above: float = 0) -> None:
    """Title at the left, with a quieter line below it; ``above`` points higher where something stands between."""
    ax.set_title(title, pad=above + (26 if subtitle else 12))
    if subtitle:
        ax.annotate(
            subtitle, (0, 1), (0, above + 10), xycoords="axes fraction", textcoords="offset points",
            color=MUTED, fontsize=9.5, va="bottom",
        )  # fmt: skip


def key(
    ax: Axes, entries: Sequence[tuple[str, str, str | None]], columns: int | None = None, edge: str = PAPER
) -> None:
    """Above the plot, in the order of the marks: (label, colour, hatch) of each."""
    from matplotlib.patches import Patch

    handles = [Patch(facecolor=colour, edgecolor=edge, hatch=hatch, label=label) for label, colour, hatch in entries]
    ax.legend(
        handles=handles, ncols=columns or len(handles), frameon=False, loc="lower left", bbox_to_anchor=(0, 1),
        handlelength=1.1, handleheight=0.9, handletextpad=0.5, columnspacing=1.4, borderpad=0, borderaxespad=0.5,
        fontsize=9.5,
    )  # fmt: skip


def note(ax: Axes, text: str, below: float = 8) -> None:
    """A quiet line under the plot."""
    ax.annotate(
        text, (0, 0), (0, -below), xycoords="axes fraction", textcoords="offset points", color=MUTED,
        fontsize=9, va="top",
    )  # fmt: skip


def beside(ax: Axes, text: str, x: float, y: float, points: float = 6, **style: Any) -> None:
    """Text beside a mark at ``x, y``: to the right, or to the left where ``points`` is negative."""
    align = "left" if points >= 0 else "right"
    ax.annotate(text, (x, y), (points, 0), textcoords="offset points", va="center", ha=align, **style)


def empty(ax: Axes, title: str, lang: str) -> None:
    """A chart that has nothing to show says so."""
    titled(ax, title)
    ax.text(0.5, 0.5, word("no_figures", lang), transform=ax.transAxes, ha="center", va="center", color=MUTED)
    ax.set(xticks=[], yticks=[])
    bare(ax)


def rows(ax: Axes, labels: Sequence[str], least: int = 1) -> None:
    """One labelled row per mark from the top down, room for ``least`` so that few marks do not grow fat."""
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(max(len(labels), least) - 0.5, -0.5)


def pale(colour: str, by: float = 0.55) -> tuple[float, float, float]:
    """A colour mixed with white."""
    from matplotlib.colors import to_rgb

    red, green, blue = (part + (1 - part) * by for part in to_rgb(colour))
    return red, green, blue


def spread(places: Sequence[float], pitches: Sequence[float] | float) -> list[float]:
    """Rising places moved apart, as little as possible, so that neighbours keep their pitch.

    ``pitches`` is the least distance of each place to the one before (the first is ignored), or one for all.
    """
    steps = [pitches] * len(places) if isinstance(pitches, (int, float)) else list(pitches)
    offsets = [sum(steps[1 : i + 1]) for i in range(len(places))]
    # least squares under an order: pool neighbours that violate it
    pools: list[tuple[float, int]] = []
    for place, offset in zip(places, offsets, strict=True):
        total, count = place - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            earlier, members = pools.pop()
            total, count = total + earlier, count + members
        pools.append((total, count))
    means: Iterable[float] = (total / count for total, count in pools for _ in range(count))
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def save(ax: Any, format: str = "svg", title: str = "") -> bytes:
    """The figure of a chart as ``svg``, ``png`` or ``pdf``; the same bytes for the same chart.

    Text in SVG stays text: show it where the font is, as the package's own pages do. ``title`` goes into the
    file's description.
    """
    import matplotlib as mpl

    if format not in _CLOCKLESS:
        raise ValueError(f"format is {format!r}; it must be one of {', '.join(_CLOCKLESS)}")
    described = {"Title": title} if title else {}
    target = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "liaocheng_foi", "svg.fonttype": "none", "pdf.fonttype": 42}):
        ax.figure.savefig(target, format=format, dpi=160, metadata=_CLOCKLESS[format] | described)
    return target.getvalue()
