"""One visual language for all charts: colours, sizes, and what marks have in common.

Nothing here changes matplotlib's settings outside of the drawing of a chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any

from .lettering import FONT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Transform

#: Colour of each outcome and result: told apart by people with any colour vision, and by lightness in grey; print on
#: each is readable in white or in :data:`INK` (see :func:`ink_on`).
COLOURS = {
    "granted": "#0b4f8a",
    "partly_granted": "#5fa8d8",
    "denied": "#a8381a",
    "unavailable": "#e9b653",
    "not_processed": "#a98cc4",
    "other": "#a9b0b5",
    "carried_forward": "#d9dcde",
    "upheld": "#0b4f8a",
    "corrected": "#b3401f",
    "pending": "#d9dcde",
    "mandatory": "#8f2d13",
    "discretionary": "#e9b653",
    "redirect": "#d0d4d7",
}
INK, MUTED, FAINT, GRID, BAND, PAPER = "#1c2126", "#5d666d", "#c9ced2", "#e6e8ea", "#f3f4f5", "white"
PLAIN, UP, DOWN, WRONG = "#3b6e8f", "#3b6e8f", "#d59a5b", "#b3401f"
HATCH = "////"
#: How what no figure explains is drawn.
UNKNOWN: dict[str, Any] = {"facecolor": "white", "edgecolor": MUTED, "hatch": HATCH, "linewidth": 0.5}
#: What lies between a text and the lines behind it.
HALO: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
#: Heights of print in points: title, text, small print.
TITLE, TEXT, SMALL_PRINT = 13, 10, 9

SETTINGS: dict[str, Any] = {
    "font.family": [FONT],
    "font.size": TEXT,
    # a name is text, also with dollar signs in it
    "text.parse_math": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": MUTED,
    "xtick.labelsize": SMALL_PRINT,
    "ytick.color": INK,
    "text.color": INK,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "hatch.linewidth": 0.7,
    "hatch.color": MUTED,
}

_ONE_AT_A_TIME = RLock()


@contextmanager
def settings_of(changed: Any) -> Iterator[None]:
    """Changed settings of matplotlib; they hold for all threads, so that one draws while the others wait."""
    import matplotlib as mpl

    with _ONE_AT_A_TIME, mpl.rc_context(changed):
        yield


def ink_on(colour: Any) -> str:
    """White or :data:`INK`, whichever is easier to read on a colour."""
    light = _luminance(colour)
    return PAPER if 1.05 / (light + 0.05) > (light + 0.05) / (_luminance(INK) + 0.05) else INK


def _luminance(colour: Any) -> float:
    """Relative luminance, as the contrast rules of WCAG define it."""
    from matplotlib.colors import to_rgb

    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def pale(colour: str, by: float = 0.55) -> tuple[float, float, float]:
    """A colour mixed with white."""
    from matplotlib.colors import to_rgb

    red, green, blue = (part + (1 - part) * by for part in to_rgb(colour))
    return red, green, blue


def bare(ax: Axes, left: bool = False, bottom: bool = False) -> None:
    """Hide the frame's lines that say nothing."""
    ax.spines["left"].set_visible(left)
    ax.spines["bottom"].set_visible(bottom)


def beside(
    ax: Axes, text: str, x: float, y: float, points: float = 6, of: Transform | None = None, **style: Any
) -> None:
    """Text beside a mark at ``x, y`` of the data or of other coordinates: to the right, or to the left where
    ``points`` is negative.
    """
    from matplotlib.transforms import offset_copy

    # half the work of an annotation
    at = offset_copy(of or ax.transData, ax.get_figure(root=True), points, units="points")
    ax.text(x, y, text, transform=at, **({"va": "center", "ha": "left" if points >= 0 else "right"} | style))


def boxes(ax: Axes, corners: Sequence[tuple[float, float]], width: float, height: float, **style: Any) -> None:
    """Boxes of one size and style, each from its corner on: one patch, however many they are."""
    import numpy as np
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    around = np.array([(0, 0), (width, 0), (width, height), (0, height), (0, 0)])
    path = Path(
        (np.array(corners)[:, None] + around).reshape(-1, 2),
        [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(corners),
    )
    ax.add_artist(PathPatch(path, **style))


def rows(ax: Axes, labels: Sequence[str], least: int = 1) -> None:
    """One labelled row per mark from the top down, room for ``least`` so that few marks do not grow fat."""
    left_of(ax, range(len(labels)), labels)
    ax.set_ylim(max(len(labels), least) - 0.5, -0.5)


def left_of(ax: Axes, places: Iterable[float], labels: Sequence[str]) -> None:
    """Labels at the left of the plot; ticks, each of five parts, would take twice the time."""
    ax.set_yticks([])
    for place, label in zip(places, labels, strict=True):
        beside(ax, label, 0, place, -3.5, ax.get_yaxis_transform(), va="center_baseline")


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
