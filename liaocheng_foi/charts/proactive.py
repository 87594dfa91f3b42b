"""The proactive table: documents, items and decisions, from one to hundreds of thousands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..codebook import Code, codebook, unit_words
from ..report import Report
from ..sentences import proactive as sentence
from .chart import chart
from .sheet import empty, heading
from .style import FAINT, GRID, MUTED, PLAIN, bare, beside, left_of
from .words import number, quantity, signed, word

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


class _Line(NamedTuple):
    """One figure: where it stands, and the change that is printed with it."""

    y: float
    value: float
    step: float | None
    unit: str

    @property
    def leads(self) -> float | None:
        """Where the change leads; None without one, or where that would be below nothing."""
        return None if self.step is None or self.value + self.step < 0 else self.value + self.step


def _layout(report: Report) -> list[tuple[Code, list[Code]]]:
    """Each item of the edition with its measures; a signed one is drawn with the measure before it."""
    book = codebook()
    return [
        (item, list(book.columns("proactive", report.edition, item.code)))
        for item in book.rows("proactive", report.edition)
    ]


def table(report: Report, lang: str = "zh") -> pd.DataFrame:
    """Every figure of the table in the form's order, with its unit."""
    import pandas as pd

    lines = [
        (
            item.label(lang, report.edition),
            _short(column.label(lang, report.edition)),
            report.value("proactive", item.code, column.code),
            unit_words(column.unit, lang),
        )
        for item, columns in _layout(report)
        for column in columns
    ]
    names = [word(name, lang) for name in ("item", "measure", "number", "unit")]
    return pd.DataFrame(lines, columns=names).astype({names[2]: "Float64"}).set_index(names[0])


def _height(report: Report) -> float:
    layout = _layout(report)
    lines = sum(1 for _, columns in layout for column in columns if not column.signed)
    return 0.3 + 0.24 * (lines + 1.3 * len(layout))


@chart(8.6, _height, table, sentence)
def proactive(report: Report, ax: Axes, lang: str = "zh") -> None:
    """One line per figure in the form's order, its size on a logarithmic scale, the figure written beside it.

    The unit stands with each figure; zeros stand at the left edge, blanks have no mark. A change that the form
    asks for beside a number of items is written with it, and a hollow dot stands where it leads.
    """
    title = word("proactive", lang)
    layout = _layout(report)
    printed = [
        value
        for item, columns in layout
        for column in columns
        if (value := report.value("proactive", item.code, column.code)) is not None
    ]
    if not printed:
        empty(ax, title, lang)
        return
    top = max(*printed, 10)
    lines: list[_Line] = []
    labels, places, y = [], [], 0.0
    for item, columns in layout:
        ax.text(0, y, item.label(lang, report.edition), va="center", fontsize=10.5)
        change = next((column for column in columns if column.signed), None)
        for column in columns:
            if column is change:
                continue
            y += 1
            places.append(y)
            labels.append(_short(column.label(lang, report.edition)))
            value = report.value("proactive", item.code, column.code)
            with_change = change if column.code == "items_previous" else None
            step = None if with_change is None else report.value("proactive", item.code, with_change.code)
            if value is None:
                beside(ax, word("blank", lang), 0, y, 4, color=MUTED)
            else:
                lines.append(_Line(y, value, step, column.unit))
        y += 1.3
    _draw(ax, lines, lang)
    ax.set_xscale("symlog", linthresh=1)
    ax.set_xlim(-0.08, top * 60)
    left_of(ax, places, labels)
    ax.set_ylim(places[-1] + 0.7, -1.1)
    ticks = [t for t in (0, *(10**power for power in range(12))) if t <= top]
    ax.set_xticks(ticks, [_tick(t, lang) for t in ticks])
    ax.minorticks_off()
    ax.grid(axis="x", color=GRID, linewidth=0.8)
    ax.set_axisbelow(True)
    bare(ax)
    changes = {c.label(lang, report.edition) for _, columns in layout for c in columns if c.signed}
    remarks = [word("log", lang), *(word("in_brackets", lang, label=label) for label in sorted(changes))]
    heading(ax, title, word("semicolon", lang).join(remarks))


def _draw(ax: Axes, lines: Sequence[_Line], lang: str) -> None:
    places, values = [line.y for line in lines], [line.value for line in lines]
    ax.hlines(places, 0, values, color=FAINT, linewidth=1.6, zorder=1)
    ax.plot(values, places, "o", color=PLAIN, markersize=6, zorder=3)
    led = [(line.y, line.value, line.leads) for line in lines if line.leads is not None]
    ax.hlines(
        [y for y, _, _ in led], [a for _, a, _ in led], [b for _, _, b in led], color=PLAIN, linewidth=1.2, zorder=2
    )
    ax.plot(
        [b for _, _, b in led],
        [y for y, _, _ in led],
        "o",
        color="white",
        markeredgecolor=PLAIN,
        markersize=5.5,
        zorder=3,
    )
    for line in lines:
        text = quantity(line.value, line.unit, lang)
        if line.step is not None:
            text += f"（{signed(line.step)}）" if lang == "zh" else f" ({signed(line.step)})"
        beside(ax, text, max(line.value, line.leads or 0), line.y, 8)


def _tick(value: int, lang: str) -> str:
    """Short enough that neighbours never touch."""
    for size, zh, en in ((10**8, "亿", None), (10**6, None, "m"), (10**4, "万", None), (10**3, None, "k")):
        suffix = zh if lang == "zh" else en
        if suffix and value >= size:
            return f"{value // size:,}{suffix}"
    return number(value)


def _short(label: str) -> str:
    """A measure's label without the unit in brackets, which stands with the figure."""
    return label.split("（")[0]
