"""Applicants crossed with outcomes: what the Chinese form alone publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..changes import OUTCOMES, outcomes
from ..codebook import codebook
from ..report import Report
from .style import FAINT, INK, MUTED, SMALL, bare, chart, empty, name, number, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@chart(8.4, 4.4)
def outcome_applicant(report: Report, ax: Axes, lang: str = "zh") -> None:
    """Heatmap: a row per applicant type, a column per outcome, counts written in.

    Colour is the share of the outcome among that applicant's requests. Zeros are grey, blanks hatched, rows of
    fewer than 30 requests outlined instead of filled.
    """
    import pandas as pd
    from matplotlib.patches import Rectangle

    title = word("outcome_applicant", lang)
    table = outcomes(report.requests).pivot(index="applicant", columns="item", values="count")
    if table.isna().all(axis=None):
        empty(ax, title, lang)
        return
    applicants = [c.code for c in codebook().columns("requests", report.edition) if c.code in table.index]
    labels = []
    for y, applicant in enumerate(applicants):
        handled = report.value("requests", "outcome_total", applicant)
        labels.append(f"{name('requests', applicant, lang, report.edition, 'column')}  {number(handled, lang)}")
        for x, item in enumerate(OUTCOMES):
            count = table.at[applicant, item] if item in table.columns else pd.NA
            share = None if pd.isna(count) or not handled else float(count) / handled
            pale = handled is None or handled < SMALL
            face: str | tuple[float, float, float] = "white"
            hatch = None
            if pd.isna(count):
                hatch = "////"
            elif count == 0:
                face = "#f3f4f5"
            elif not pale and share is not None:
                face = _shade(share)
            edge = FAINT if pale or hatch else "white"
            ax.add_patch(Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, facecolor=face, edgecolor=edge, hatch=hatch))
            dark = share is not None and share > 0.5 and not pale
            colour = "white" if dark else MUTED if not pd.isna(count) and count == 0 else INK
            text = "" if pd.isna(count) else number(float(count), lang)
            ax.text(x, y, text, ha="center", va="center", color=colour)
    ax.set_xlim(-0.5, len(OUTCOMES) - 0.5)
    ax.set_ylim(len(applicants) - 0.5, -0.5)
    ax.set_yticks(range(len(applicants)), labels)
    # English names are longer than a column is wide
    names = [name("requests", item, lang, report.edition).replace(" ", "\n") for item in OUTCOMES]
    ax.set_xticks(range(len(OUTCOMES)), names)
    ax.xaxis.tick_top()
    bare(ax)
    ax.spines["top"].set_visible(False)
    ax.set_title(title, pad=30 if lang == "zh" else 42)
    ax.annotate(
        word("row_share", lang), (0, 0), (0, -8), xycoords="axes fraction", textcoords="offset points",
        color=MUTED, fontsize=9, va="top",
    )  # fmt: skip


def _shade(share: float) -> tuple[float, float, float]:
    """From pale to dark blue; lightness falls evenly, so that the order holds in grey."""
    pale, dark = (0.90, 0.94, 0.97), (0.04, 0.31, 0.54)
    return tuple(a + (b - a) * share for a, b in zip(pale, dark, strict=True))  # type: ignore[return-value]
