"""How tables show themselves in a notebook: the form as printed, frames with labels in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .codebook import codebook
from .form import table_html
from .report import Report
from .schemas import FIELDS

if TYPE_CHECKING:
    import pandas as pd

#: Columns of computed frames that no declared table has.
_WORDS = {
    "share": ("占比（%）", "share (%)"),
    "base": ("基数", "base"),
    "difference": ("差", "difference"),
    "percent": ("变化（%）", "change (%)"),
    "base_share": ("基数占比（%）", "share of base (%)"),
    "value_share": ("占比（%）", "share (%)"),
    "points": ("占比之差（百分点）", "difference of shares (percentage points)"),
    "denominator": ("分母", "denominator"),
}
_NOTES = {
    "new": ("由0增加", "from 0"),
    "both_zero": ("前后均为0", "0 before and after"),
    "missing": ("数字缺失", "figure missing"),
    "small_base": ("基数小于10", "base under 10"),
}
_CODED = ("table", "item", "applicant", "row", "column", "measure", "proceeding", "result")
_KEY = ("organ", "year", "edition", "scope")


class Html:
    """Markup that a notebook shows as it is."""

    def __init__(self, markup: str) -> None:
        self.markup = markup

    def _repr_html_(self) -> str:
        return self.markup


def table(report: Report, name: str, lang: str = "zh") -> Html:
    """One table of a report as the form prints it, with the form's spans."""
    return Html(table_html(report, name, lang))


def labelled(frame: pd.DataFrame, lang: str = "zh", edition: int = 2021) -> pd.DataFrame:
    """A frame with labels for its codes and column names, for reading.

    The key columns (body, year, edition, scope) are left out; the first label becomes the index.
    """
    import pandas as pd

    shown = frame.drop(columns=[column for column in _KEY if column in frame]).reset_index(drop=True)
    index = int(lang != "zh")
    for column in shown.columns:
        if column in _CODED:
            shown[column] = [_label(code, lang, edition) for code in shown[column]]
        elif column == "note":
            shown[column] = [_NOTES[note][index] if note else "" for note in shown[column]]
        elif pd.api.types.is_float_dtype(shown[column]):
            shown[column] = [_number(value) for value in shown[column]]
    names = {c: _WORDS[c][index] if c in _WORDS else getattr(FIELDS[c], lang) if c in FIELDS else c for c in shown}
    shown = shown.rename(columns=names)
    return shown.set_index(shown.columns[0])


def _number(value: float) -> str:
    if value != value:
        return ""
    return f"{value:,.0f}" if value == int(value) and abs(value) >= 100 else f"{value:,.2f}".removesuffix(".00")


def _label(code: str, lang: str, edition: int) -> str:
    for known in codebook().codes:
        if known.code == code and known.axis in ("row", "group", "column", "section"):
            return known.label(lang, edition)
    return code
