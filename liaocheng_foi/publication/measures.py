"""Indicators as tables for people: each rate with its counts, each with the note a reader needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..charts.figures import Figures
from ..charts.words import applicant
from ..codebook import codebook
from ..measures.indicator import NOTE, TINY, dictionary, status_words
from ..measures.rounding import half_up
from ..measures.rounding import percent as share
from .exhibit import Table, number
from .headlines import CHOSEN
from .subject import Subject
from .words import pick

#: Rates of the remedies; of cases concluded and of all cases side by side.
REMEDIES = (
    "recon_correction_rate", "recon_correction_incl", "recon_upheld_rate", "recon_pending_share",
    "litig_loss_rate", "recon_per_1000", "litig_per_1000",
)  # fmt: skip


def applicants(subject: Subject, lang: str) -> Table:
    """Each type of applicant: received, handled, disclosed, with shares."""
    figures, rows = Figures(subject.report), []
    whole = figures("received_new")
    for column in codebook().columns("requests", subject.report.edition):
        received, rate = figures("received_new", column.code), subject.indicator("disclosure_rate", column.code)
        mix = "" if received is None or whole is None or whole < TINY else str(share(received, whole))
        counts = count(rate["denominator"]), count(rate["numerator"]), percent(rate)
        name = applicant(column.code, lang, subject.report.edition)
        rows.append((name, "" if received is None else count(received), mix, *counts))
    zh = ("申请人", "新收", "占新收（%）", "办结", "公开（含部分）", "公开率（%）")
    en = ("Applicant", "Received", "Share (%)", "Handled", "Disclosed, in full or in part", "Disclosure rate (%)")
    return Table(pick(lang, "各类申请人", "Applicants"), pick(lang, zh, en), tuple(rows))


def remedies(subject: Subject, lang: str, ids: Sequence[str] = REMEDIES) -> Table:
    """Rates of reconsideration and litigation with their counts."""
    rows = []
    for id in ids:
        line = subject.indicator(id)
        counts = count(line["numerator"]), count(line["denominator"])
        rows.append((named(id, lang), *counts, _value(line), _note(line, lang)))
    head = pick(
        lang, ("指标", "分子", "分母", "值", "说明"), ("Indicator", "Numerator", "Denominator", "Value", "Note")
    )
    return Table(pick(lang, "复议和诉讼指标", "Rates of reconsideration and litigation"), head, tuple(rows))


def definitions(lang: str) -> Table:
    """Every indicator that a brief shows: its formula over the codes of the form, its caveat."""
    rows = []
    for id in dict.fromkeys((*CHOSEN, "applicant_share", *REMEDIES)):
        one = dictionary()[id]
        formula = f"({one.numerator}) / ({one.denominator})" if one.denominator else one.numerator
        rows.append((named(id, lang), formula, pick(lang, one.caveat_zh, one.caveat_en)))
    head = pick(lang, ("指标", "公式", "注意"), ("Indicator", "Formula", "Caveat"))
    return Table(pick(lang, "指标的定义", "How indicators are defined"), head, tuple(rows))


def named(id: str, lang: str) -> str:
    """An indicator's name."""
    one = dictionary()[id]
    return one.zh if lang == "zh" else one.en[:1].upper() + one.en[1:]


def count(value: float) -> str:
    """A count; empty where there is none."""
    return "" if value != value else number(float(value))


def percent(line: Any) -> str:
    """A computed share to two decimals; empty under ten cases and without a value."""
    return "" if line["status"] != "computed" or line["denominator"] < TINY else str(half_up(line["value"]))


def _value(line: Any) -> str:
    if line["status"] != "computed" or (dictionary()[line["indicator"]].interval and line["denominator"] < TINY):
        return ""
    return f"{half_up(line['value'])}{'%' if line['unit'] == '%' else ''}"


def _note(line: Any, lang: str) -> str:
    if line["status"] != "computed":
        return status_words(str(line["status"]), lang)
    notes = [pick(lang, *words) for flag, words in NOTE.items() if flag in str(line["note"]).split("|")]
    return pick(lang, "；", "; ").join(notes)
