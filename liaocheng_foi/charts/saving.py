"""A chart as a file: the same bytes for the same chart."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from .lettering import FONT
from .style import settings_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CLOCKLESS: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}


def save(ax: Axes, format: str = "svg", title: str = "", *, outlines: bool = False, dpi: int = 160) -> bytes:
    """The figure of a chart as ``svg``, ``png`` or ``pdf``; the same bytes for the same chart.

    Text in SVG stays text: show it where the font is, as the package's own pages do, or ask for ``outlines``, which
    need no font.
    ``title`` goes into the file's description; without it what the chart shows, in words.
    """
    if format not in _CLOCKLESS:
        raise ValueError(f"format is {format!r}; it must be one of {', '.join(_CLOCKLESS)}")
    figure = ax.get_figure(root=True)
    title = title or getattr(figure, "description", "")
    described = {"Title": title} if title else {}
    fonts = {"svg.fonttype": "path" if outlines else "none", "pdf.fonttype": 42}
    target = io.BytesIO()
    with settings_of({"svg.hashsalt": "liaocheng_foi"} | fonts):
        figure.savefig(target, format=format, dpi=dpi, metadata=_CLOCKLESS[format] | described)  # type: ignore[union-attr]
    content = target.getvalue()
    # where the font is not at hand, letters of the same kind
    return content.replace(f"'{FONT}'".encode(), f"'{FONT}', sans-serif".encode()) if format == "svg" else content
