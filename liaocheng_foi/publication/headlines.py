"""The five figures a reader should leave with: each with its counts, its change and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..charts.figures import Figures
from ..charts.words import signed
from ..measures.indicator import TINY, dictionary, status_words
from ..measures.rounding import half_up
from ..measures.series import breaks
from .exhibit import number
from .subject import Subject
from .words import BADGES, pick, said

#: Indicators, in the order shown. Two denominators of disclosure stand side by side.
CHOSEN = (
    "workload",
    "completion_rate",
    "disclosure_rate",
    "substantive_disclosure_rate",
    "recon_correction_rate",
)


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure."""

    label: str
    value: str
    """As people read it: ``1,064`` or ``68.13%``; counts only where the denominator is small."""
    counts: str
    """Numerator and denominator in words; why there is no value, where there is none."""
    change: str
    """Against the year before; empty without a report of it."""
    badge: str
    """How far it can be trusted."""
    sound: bool
    """Whether nothing speaks against it."""
    doubtful: bool
    """Whether the sums it belongs to do not agree."""


def headlines(subject: Subject, lang: str) -> list[Headline]:
    """The chosen figures of a report."""
    return [headline(subject, id, lang) for id in CHOSEN]


def headline(subject: Subject, id: str, lang: str) -> Headline:
    """One of them."""
    line = subject.indicator(id)
    known = dictionary()[id]
    label = known.zh if lang == "zh" else known.en[:1].upper() + known.en[1:]
    if line["status"] != "computed":
        return Headline(label, "—", status_words(str(line["status"]), lang), "", "", False, False)
    top, bottom = line["numerator"], line["denominator"]
    counts = f"{number(top)} / {number(bottom)}" if known.denominator else _parts(subject, lang)
    if not known.denominator:
        value = number(line["value"])
    elif bottom < TINY:
        value, counts = counts, ""
    else:
        value = f"{half_up(line['value'])}%"
    flags = [flag for flag in BADGES if flag in str(line["note"]).split("|")]
    badge = pick(lang, "；", "; ").join(said(BADGES, flag, lang) for flag in flags)
    agree = pick(lang, "合计相符", "sums agree")
    return Headline(
        label, value, counts, _change(subject, id, lang), badge or agree, not flags, "identity_fails" in flags
    )


def _parts(subject: Subject, lang: str) -> str:
    """What the requests on hand are made of."""
    figures = Figures(subject.report)
    new, carried = figures("received_new"), figures("carried_in")
    if new is None or carried is None:
        return ""
    return pick(lang, f"新收{number(new)}，结转{number(carried)}", f"{number(new)} new, {number(carried)} carried in")


def _change(subject: Subject, id: str, lang: str) -> str:
    if subject.changes is None or subject.previous is None:
        return ""
    lines = subject.changes
    line = lines[(lines["indicator"] == id) & (lines["applicant"] == "total")].iloc[0]
    flags = str(line["note"]).split("|")
    before = f"{subject.previous.year}年" if lang == "zh" else f"{subject.previous.year}"
    if line["difference"] != line["difference"] or "tiny_denominator" in flags:
        return f"与{before}无法比较" if lang == "zh" else f"no comparison with {before}"
    text = f"{_difference(line, lang)}（{before}）" if lang == "zh" else f"{_difference(line, lang)} on {before}"
    broken = [pick(lang, one.zh, one.en) for one in breaks() if one.kind == "step" and one.id in flags]
    return pick(lang, "；", "; ").join([text, *broken])


def _difference(line: Any, lang: str) -> str:
    """``+25`` with its percentage for a count, percentage points for a share."""
    if line["unit"] == "%":
        points = signed(float(half_up(line["difference"])), 2)
        return f"{points}个百分点" if lang == "zh" else f"{points} points"
    growth = line["percent"]
    shown = "" if growth != growth or line["base"] < TINY else f"{signed(float(half_up(growth)), 2)}%"
    step = signed(line["difference"])
    if not shown:
        return step
    return f"{step}（{shown}）" if lang == "zh" else f"{step} ({shown})"
