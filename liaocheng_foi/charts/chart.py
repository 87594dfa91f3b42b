"""What a chart is: a drawing, the table behind it, and what it shows in words."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from .given import a_report
from .lettering import FONT, register_font
from .saving import save
from .style import SETTINGS, settings_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


class Chart:
    """One kind of chart: called, it draws; it also gives the table behind it and what it shows, in words.

    ``data`` is a :class:`liaocheng_foi.Report`, or what the kind's own description says; ``options`` are those of
    the kind. All charts speak ``lang`` ``"zh"`` or ``"en"``; they raise :class:`SelectionError` for other data.
    """

    def __init__(
        self,
        draw: Callable[..., None],
        table: Callable[..., pd.DataFrame],
        sentence: Callable[..., str],
        width: float,
        height: float | Callable[..., float],
        given: Callable[[Any], Any],
    ) -> None:
        functools.update_wrapper(self, draw)
        self._draw, self._table, self._sentence = draw, table, sentence
        self._width, self._height, self._given = width, height, given

    def __repr__(self) -> str:
        return f"<chart {self._draw.__name__}>"

    def __call__(
        self,
        data: Any,
        ax: Axes | None = None,
        lang: str = "zh",
        *,
        style: Mapping[str, Any] | None = None,
        source: str = "",
        **options: Any,
    ) -> Axes:
        """Draw on ``ax``, or on a figure of its own; the Axes, which Jupyter shows.

        ``style`` holds settings of matplotlib that go before those of the package. ``source``, a line under the
        chart such as the body and year of the report, needs a figure of its own.
        """
        from matplotlib.text import Text

        from .sheet import Drawing, Sheet

        _known(lang)
        data = self._given(data)
        register_font()
        with settings_of(SETTINGS | dict(style or {})):
            if ax is None:
                height = self._height(data, **options) if callable(self._height) else self._height
                sheet = Sheet(self._width, height)
                ax = sheet.add_subplot(axes_class=Drawing)
                self._draw(data, ax, lang, **options)
                sheet.description = self._sentence(data, lang, **options)
                if source:
                    sheet.write_below(source)
            else:
                self._draw(data, ax, lang, **options)
                # what the axes had before
                for text in ax.findobj(Text):
                    text.set_fontfamily(FONT)
            # labels of ticks are made when the figure is drawn
            ax.tick_params(labelfontfamily=FONT, length=0)
        return ax

    def table(self, data: Any, lang: str = "zh", **options: Any) -> pd.DataFrame:
        """The numbers the chart shows, labelled; what has no number is missing."""
        _known(lang)
        return self._table(self._given(data), lang, **options)

    def sentence(self, data: Any, lang: str = "zh", **options: Any) -> str:
        """What the chart shows, in words: its alternative text."""
        _known(lang)
        return self._sentence(self._given(data), lang, **options)

    def render(self, data: Any, format: str = "svg", lang: str = "zh", **options: Any) -> bytes:
        """The chart as a file, see :func:`save`; ``options`` as when it is called."""
        return save(self(data, None, lang, **options), format)


def chart(
    width: float,
    height: float | Callable[..., float],
    table: Callable[..., pd.DataFrame],
    sentence: Callable[..., str],
    given: Callable[[Any], Any] = a_report,
) -> Callable[[Callable[..., None]], Chart]:
    """Make a drawing function ``draw(data, ax, lang, **options)`` a :class:`Chart`.

    ``width`` and ``height`` in inches, of the figure that is made where no axes are given: its width and the
    height of the plot, to which title, key and notes are added; the height may be a function of the data. ``given``
    is what the chart is drawn from (:mod:`.given`).
    """
    return lambda draw: Chart(draw, table, sentence, width, height, given)


def _known(lang: str) -> None:
    if lang not in ("zh", "en"):
        raise ValueError(f"lang is {lang!r}; it must be 'zh' or 'en'")
