"""One visual language for all charts: font, colours, sizes, the words around the figures, and saving.

Nothing here changes matplotlib's settings outside of the drawing of a chart.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from ..codebook import codebook

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FONT = "Noto Sans SC"
#: Colour of each outcome and result: told apart by people with any colour vision, and by lightness in grey.
COLOURS = {
    "granted": "#0b4f8a",
    "partly_granted": "#5fa8d8",
    "denied": "#b3401f",
    "unavailable": "#e0a33a",
    "not_processed": "#8b6aa8",
    "other": "#8d9499",
    "upheld": "#0b4f8a",
    "corrected": "#b3401f",
    "pending": "#d9dcde",
}
INK, MUTED, FAINT, GRID = "#1c2126", "#5d666d", "#c9ced2", "#e6e8ea"
PLAIN = "#3b6e8f"
#: Below these numbers shares are not drawn, or drawn pale (domain practice: counts speak for themselves).
TINY, SMALL = 10, 30

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
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "hatch.linewidth": 0.7,
    "svg.hashsalt": "liaocheng_foi",
}

#: Words around the figures, zh and en; labels of the form come from the codebook.
WORDS: dict[str, tuple[str, str]] = {
    "outcomes": ("办理结果", "Outcomes of requests"),
    "handled": ("共办理{n}件", "{n} requests handled"),
    "outcome_applicant": ("各类申请人的办理结果（件）", "Outcomes by applicant (requests)"),
    "row_share": ("颜色越深，在该类申请人中占比越高", "the darker, the larger the share of that applicant's requests"),
    "reviews": ("{first}、{second}的结果（件）", "Results of reconsideration and litigation (cases)"),
    "proactive": ("主动公开：文件、项目与处理决定", "Proactive disclosure: documents, items, decisions"),
    "log": ("对数刻度", "logarithmic scale"),
    "change": ("报告自身所载的变化", "Changes that the report itself states"),
    "percent_change": ("变化（%）", "change (%)"),
    "items": ("{label}项目数", "{label}: items"),
    "carried": ("结转的申请", "Requests carried over"),
    "new": ("由0增至{n}", "from 0 to {n}"),
    "both_zero": ("两年均为0", "0 in both"),
    "missing": ("数字缺失", "figure missing"),
    "blank": ("未填", "blank"),
    "no_figures": ("没有可用的数字", "no figures"),
    "nothing": ("无", "none"),
}

_P = ParamSpec("_P")


def word(key: str, lang: str, **values: object) -> str:
    """One of :data:`WORDS` in a language, filled."""
    return WORDS[key][lang != "zh"].format(**values)


def number(value: float | None, lang: str = "zh") -> str:
    """A count with thousands separators; the word for blank where there is none."""
    if value is None or value != value:
        return word("blank", lang)
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def name(table: str, code: str, lang: str, edition: int, axis: str | None = None) -> str:
    """Label of a code without numbering, short enough for an axis."""
    book = codebook()
    if axis is not None:
        return book.label(table, axis, code, lang, edition)
    return book.name(table, code, lang, edition)


def chart(
    width: float, height: float
) -> Callable[[Callable[Concatenate[Any, Axes, str, _P], None]], Callable[..., Axes]]:
    """Make a drawing function ``draw(data, ax, lang)`` a chart ``draw(data, ax=None, lang="zh") -> Axes``.

    A figure of ``width`` × ``height`` inches is made where no axes are given.
    """

    def decorate(draw: Callable[Concatenate[Any, Axes, str, _P], None]) -> Callable[..., Axes]:
        @functools.wraps(draw)
        def drawn(data: Any, ax: Axes | None = None, lang: str = "zh", *args: _P.args, **kwargs: _P.kwargs) -> Axes:
            import matplotlib as mpl
            from matplotlib import pyplot

            if lang not in ("zh", "en"):
                raise ValueError(f"lang is {lang!r}; it must be 'zh' or 'en'")
            register_font()
            with mpl.rc_context(_SETTINGS):
                if ax is None:
                    _, ax = pyplot.subplots(figsize=(width, height), layout="constrained")
                draw(data, ax, lang, *args, **kwargs)
                # labels of ticks are made when the figure is drawn, outside of these settings
                ax.tick_params(labelfontfamily=FONT, length=0)
            return ax

        return drawn

    return decorate


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


def titled(ax: Axes, title: str, subtitle: str = "") -> None:
    """Title at the left, with a quieter line below it."""
    ax.set_title(title, pad=26 if subtitle else 12)
    if subtitle:
        ax.annotate(
            subtitle, (0, 1), (0, 10), xycoords="axes fraction", textcoords="offset points",
            color=MUTED, fontsize=9.5, va="bottom",
        )  # fmt: skip


def empty(ax: Axes, title: str, lang: str) -> None:
    """A chart that has nothing to show says so."""
    titled(ax, title)
    ax.text(0.5, 0.5, word("no_figures", lang), transform=ax.transAxes, ha="center", va="center", color=MUTED)
    ax.set(xticks=[], yticks=[])
    bare(ax)


def save(ax: Any, format: str = "svg") -> bytes:
    """The figure of a chart as ``svg``, ``png`` or ``pdf``; the same bytes for the same chart.

    Text in SVG stays text: show it where the font is, as the package's own pages do.
    """
    import matplotlib as mpl

    clockless = {
        "svg": {"Date": None, "Creator": None},
        "png": {"Software": None},
        "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
    }
    if format not in clockless:
        raise ValueError(f"format is {format!r}; it must be one of {', '.join(clockless)}")
    target = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "liaocheng_foi", "svg.fonttype": "none", "pdf.fonttype": 42}):
        ax.figure.savefig(target, format=format, dpi=160, metadata=clockless[format])
    return target.getvalue()
