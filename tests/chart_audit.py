"""What is wrong with a drawn chart: text that is cut off, covered, missing, or too pale to read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text

#: Least contrast of text with what is behind it (WCAG AA).
CONTRAST = 4.5


def texts(ax: Axes) -> list[Text]:
    """What is written on the figure."""
    return [t for t in ax.figure.findobj(Text) if t.get_visible() and t.get_text().strip() and _shown(t)]


def _shown(text: Text) -> bool:
    clipped = text.get_clip_on() and text.get_clip_box() is not None
    return not clipped or text.get_window_extent().overlaps(text.get_clip_box())


def faults(ax: Axes) -> Iterator[str]:
    """Every fault of a chart, in words."""
    canvas = FigureCanvasAgg(ax.figure)
    # the picture without a letter: what lies under each text
    renderer = canvas.get_renderer()
    renderer.draw_text = lambda *_, **__: None
    ax.figure.draw(renderer)
    picture = np.asarray(canvas.buffer_rgba())[..., :3] / 255
    width, height = canvas.get_width_height()
    written = [(text, Text.get_window_extent(text, renderer)) for text in texts(ax)]
    for text, box in written:
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height:
            yield f"cut off: {text.get_text()!r} {box.x0:.0f} {box.y0:.0f} {width - box.x1:.0f} {height - box.y1:.0f}"
    for i, (one, a) in enumerate(written):
        for other, b in written[i + 1 :]:
            across = min(a.x1, b.x1) - max(a.x0, b.x0)
            down = min(a.y1, b.y1) - max(a.y0, b.y0)
            if across > 0 and down > 0:
                yield f"overlap: {one.get_text()!r}, {other.get_text()!r} by {across:.0f} × {down:.0f}"
    for text, box in written:
        under = picture[int(height - box.y1) : int(height - box.y0) + 1, int(box.x0) : int(box.x1) + 1].reshape(-1, 3)
        if len(under) and (found := worst(to_rgb(text.get_color()), under)) < CONTRAST:
            yield f"pale: {text.get_text()!r} with contrast {found:.1f}"


def contrast(one: object, other: object) -> float:
    """Contrast of two colours (WCAG)."""
    return worst(to_rgb(one), np.array([to_rgb(other)]))


def worst(colour: tuple[float, float, float], under: np.ndarray) -> float:
    """Contrast with all but the tenth of the ground that is worst, for thin lines that cross it."""
    ink, ground = luminance(np.array([colour])), luminance(under)
    light, dark = np.maximum(ink, ground), np.minimum(ink, ground)
    return float(np.quantile((light + 0.05) / (dark + 0.05), 0.1))


def luminance(colours: np.ndarray) -> np.ndarray:
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])
