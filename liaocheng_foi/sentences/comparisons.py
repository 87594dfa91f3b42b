"""What a comparison shows (:mod:`liaocheng_foi.comparison`, :mod:`liaocheng_foi.peers`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..codebook import TABLES, codebook
from ..measures.composition import OUTCOMES
from ..measures.indicator import dictionary, status_words
from ..measures.rounding import half_up
from ..measures.series import breaks
from .words import TINY, joined, number, over_time, rate, sentence, side_by_side, signed

#: Rates told, each beside the one with the other denominator.
_PAIRS = (("disclosure_rate", "substantive_disclosure_rate"), ("recon_correction_rate", "recon_correction_incl"))


def of_two(comparison: Any, lang: str = "zh") -> list[str]:
    """What two reports have in common and where they differ, the most important first."""
    said = [_flows(comparison, lang), _most(comparison, lang)]
    said += [_rate(comparison, one, lang) for pair in _PAIRS for one in pair]
    said += [_reviews(comparison, lang), _cells(comparison, lang), _equal(comparison, lang)]
    said += [_continuity(comparison, lang), _text(comparison, lang), _caveats(comparison, lang)]
    return [each for each in said if each]


def _step(comparison: Any) -> Callable[..., str]:
    return over_time if comparison.one_body else side_by_side


def _sides(comparison: Any, line: Any, lang: str) -> tuple[tuple[str, float | None], tuple[str, float | None]]:
    names = comparison.names(lang)
    return (names[0], line["base"]), (names[1], line["value"])


def _called(table: str, row: str, lang: str, edition: int) -> str:
    """What a sentence calls a row."""
    if lang == "en" and row in _FLOWS_EN:
        return _FLOWS_EN[row]
    label = codebook().short(table, row, lang, edition)
    return label if lang == "zh" else label[:1].lower() + label[1:]


_FLOWS_EN = {
    "received_new": "new requests",
    "outcome_total": "requests handled",
    "carried_forward": "requests carried forward",
}


def _told(comparison: Any, table: str, rows: tuple[str, ...], lang: str) -> list[str]:
    frame = comparison.cells
    frame = frame[(frame["table"] == table) & (frame["column"] == "total")].set_index("row")
    edition = comparison.to.edition
    return [
        _step(comparison)(_called(table, row, lang, edition), "件", *_sides(comparison, frame.loc[row], lang), lang)
        for row in rows
        if row in frame.index
    ]


def _flows(comparison: Any, lang: str) -> str:
    rows = ("received_new", "outcome_total", "carried_forward")
    return sentence(_semicolons(_told(comparison, "requests", rows, lang), lang), lang)


def _reviews(comparison: Any, lang: str) -> str:
    rows = tuple(row.code for row in codebook().select("reviews", "row"))
    return sentence(_semicolons(_told(comparison, "reviews", rows, lang), lang), lang)


def _semicolons(parts: list[str], lang: str) -> str:
    return ("；" if lang == "zh" else "; ").join(parts)


def _most(comparison: Any, lang: str) -> str:
    """The outcome that differs most in number."""
    frame = comparison.cells
    frame = frame[(frame["table"] == "requests") & (frame["column"] == "total") & frame["row"].isin(OUTCOMES)]
    frame = frame.dropna(subset=["difference"])
    if frame.empty or not frame["difference"].any():
        return ""
    sizes = frame["difference"].abs()
    told = _told(comparison, "requests", tuple(frame.loc[sizes == sizes.max(), "row"]), lang)
    first = "outcome that differs" if len(told) == 1 else "outcomes that differ"
    first = "相差最多的办理结果是" if lang == "zh" else f"the {first} most – "
    return sentence(first + _semicolons(told, lang), lang)


def _rate(comparison: Any, indicator: str, lang: str) -> str:
    found = comparison.indicators
    line = found[(found["indicator"] == indicator) & (found["applicant"] == "total")].iloc[0]
    known = dictionary()[indicator]
    label = known.zh if lang == "zh" else known.en
    sides = []
    for name, prefix, value in zip(comparison.names(lang), ("base_", ""), ("base", "value"), strict=True):
        if line[value] != line[value]:
            why = status_words(str(line[f"{prefix}status"]), lang)
            sides.append(f"{name}无法计算（{why}）" if lang == "zh" else f"{name} not computed ({why})")
            continue
        shown = rate(line[value], line[f"{prefix}numerator"], line[f"{prefix}denominator"], lang)
        sides.append(f"{name}{shown}" if lang == "zh" else f"{name} {shown}")
    text = f"{label}：{'，'.join(sides)}" if lang == "zh" else f"{label}: {', '.join(sides)}"
    if line["difference"] == line["difference"] and min(line["base_denominator"], line["denominator"]) >= TINY:
        text += _points(line, lang)
    return sentence(text, lang)


def _points(line: Any, lang: str) -> str:
    points = signed(line["difference"], 2)
    low, high = (signed(line[name], 2) for name in ("low", "high"))
    if lang == "zh":
        return f"，相差{points}个百分点（95%波动区间{low}至{high}）"
    return f", a difference of {points} percentage points (95 % process-variation interval {low} to {high})"


def _cells(comparison: Any, lang: str) -> str:
    frame = comparison.cells
    count = frame.loc[frame["kind"] == "cell", "state"].value_counts()
    words = _STATES_ZH if lang == "zh" else _STATES_EN
    parts = [template.format(number(count[state])) for state, template in words.items() if count.get(state)]
    return sentence("，".join(parts) if lang == "zh" else ", ".join(parts), lang) if parts else ""


_STATES_ZH = {
    "compared": "{}格两边都有数字",
    "appeared": "{}格只有后者有数字",
    "vanished": "{}格只有前者有数字",
    "not_comparable": "{}格因格式不同不可比",
    "no_figure": "{}格两边都没有数字",
}
_STATES_EN = {
    "compared": "cells with figures on both sides: {}",
    "appeared": "only on the later side: {}",
    "vanished": "only on the earlier side: {}",
    "not_comparable": "not comparable between the forms: {}",
    "no_figure": "without a figure on either side: {}",
}


def _equal(comparison: Any, lang: str) -> str:
    frame = comparison.equal.set_index("table").loc[list(TABLES)].sum()
    if not frame["cells"]:
        return ""
    counts = [number(frame[name]) for name in ("equal", "cells", "nonzero_equal", "nonzero")]
    if lang == "zh":
        return "相同的格：{}/{}；不计两边都为0的格：{}/{}。".format(*counts)
    return "Cells with the same figure: {} of {}; leaving out cells that are 0 on both sides: {} of {}.".format(*counts)


def _continuity(comparison: Any, lang: str) -> str:
    """What the later report says again of the earlier."""
    frame = comparison.continuity
    counts = frame["status"].value_counts()
    agrees, differs = (int(counts.get(status, 0)) for status in ("agrees", "differs"))
    if not agrees + differs:
        return ""
    zh = lang == "zh"
    wrong = [
        f"{_continued(line, lang)}{'应为' if zh else ' expected '}{number(line.expected)}"
        f"{'，印为' if zh else ', printed '}{number(line.found)}"
        for line in frame[frame["status"] == "differs"].itertuples()
    ]
    if zh:
        return f"前后年衔接：{agrees}项相符" + (f"，{differs}项不符：{'；'.join(wrong)}" if wrong else "") + "。"
    text = f"Carried from year to year: {agrees} {'agrees' if agrees == 1 else 'agree'}"
    return text + (f", {differs} {'differs' if differs == 1 else 'differ'}: {'; '.join(wrong)}" if wrong else "") + "."


def _continued(line: Any, lang: str) -> str:
    table = "requests" if line.row == "carried_in" else "proactive"
    parts = [codebook().short(table, line.row, lang)]
    if line.column != "total":
        parts.append(codebook().short(table, line.column, lang))
    return " · ".join(parts)


def _text(comparison: Any, lang: str) -> str:
    frame = comparison.text.dropna(subset=["similarity"])
    parts = []
    for line in frame.itertuples():
        label = codebook().label("form", "section", line.section, lang)
        label = label.split("、", 1)[-1] if lang == "zh" else label.split(". ", 1)[-1]
        parts.append(
            f"{label}{half_up(line.similarity, 0)}" if lang == "zh" else f"{label} {half_up(line.similarity, 0)}"
        )
    if not parts:
        return ""
    if lang == "zh":
        return f"文字相似度（0至100）：{'，'.join(parts)}。"
    return f"Similarity of the texts (0 to 100): {', '.join(parts)}."


def _caveats(comparison: Any, lang: str) -> str:
    """What makes the two differ for another reason than what was done."""
    notes = set("|".join(comparison.cells["note"].astype("str").unique()).split("|"))
    said = [one.zh if lang == "zh" else one.en for one in breaks() if one.id in notes]
    editions = sorted({comparison.base.edition, comparison.to.edition})
    if len(editions) > 1 and not comparison.one_body:
        years = joined([str(edition) for edition in editions], lang)
        said.append(
            f"两份报告使用不同格式（{years}年版）" if lang == "zh" else f"the reports are on the forms of {years}"
        )
    if not said:
        return ""
    return f"注意：{'；'.join(said)}。" if lang == "zh" else f"Note: {'; '.join(said)}."


def of_peers(comparison: Any, lang: str = "zh") -> list[str]:
    """Where a body stands beside its peers, rate by rate; who is missing."""
    names = comparison.name(lang), [comparison.peer_name(peer, lang) for peer in comparison.peers]
    if lang == "zh":
        said = [f"{names[0]}与{len(names[1])}个机关合计相比：{'、'.join(names[1])}。"]
    else:
        bodies = "body" if len(names[1]) == 1 else "bodies together"
        said = [f"{names[0]} beside {len(names[1])} {bodies}: {joined(names[1])}."]
    found = comparison.indicators
    for indicator in (one for pair in _PAIRS for one in pair):
        line = found[(found["indicator"] == indicator) & (found["applicant"] == "total")].iloc[0]
        said.append(_beside(line, indicator, lang))
    return said


def _beside(line: Any, indicator: str, lang: str) -> str:
    known = dictionary()[indicator]
    zh = lang == "zh"
    label = known.zh if zh else known.en
    if line["value"] == line["value"]:
        own = rate(line["value"], line["numerator"], line["denominator"], lang)
    else:
        why = status_words(str(line["status"]), lang)
        own = f"无法计算（{why}）" if zh else f"not computed ({why})"
    pooled = "没有可比的合计" if zh else "no figure of the others together"
    if line["pooled"] == line["pooled"]:
        others = rate(line["pooled"], line["pooled_numerator"], line["pooled_denominator"], lang)
        pooled = f"其他机关合计{others}" if zh else f"the others together {others}"
    text = f"{label}：{own}，{pooled}" if zh else f"{label}: {own}, {pooled}"
    if line["difference"] == line["difference"] and min(line["denominator"], line["pooled_denominator"]) >= TINY:
        text += _points(line, lang)
    return sentence(text, lang)
