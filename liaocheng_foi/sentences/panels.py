"""What several reports say together: one body over its years, several bodies in one year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from ..codebook import codebook
from ..measures.cube import Cube
from ..measures.decomposition import standardised_rates
from ..measures.indicator import Indicator, dictionary, indicators, status_words
from ..measures.restated import continuity as restated
from ..measures.rounding import half_up
from ..measures.series import Break, breaks, find
from ..measures.years import concerns
from ..panel import Panel
from ..plural import Count
from ..report import Report
from .words import TINY, growth, joined, number, quantity, rate, sentence, signed


def coverage(panel: Panel, lang: str = "zh") -> str:
    """On which years a body has reports, which are missing between, and which hold only part of the form."""
    frame = panel.coverage().sort_values("year")
    years = sorted(set(frame["year"].dropna().astype(int)))
    gaps = [year for year in range(years[0], years[-1] + 1) if year not in years] if years else []
    partial = [
        (int(line.year), f"{number(line.reported + line.text_zero)}/{number(line.expected)}")
        for line in frame.itertuples()
        if line.completeness < 1
    ]
    if lang == "zh":
        said = [f"共有{len(frame)}份报告：{'、'.join(map(str, years))}年"]
        said += [f"中间没有{'、'.join(map(str, gaps))}年的报告"] if gaps else []
        said += [f"{year}年只有{cells}格有数字" for year, cells in partial]
        return "；".join(said) + "。"
    there = "is" if len(frame) == 1 else "are"
    said = [f"There {there} {Count(len(frame)):report|reports}: {joined([*map(str, years)])}"]
    said += [f"none on {joined([*map(str, gaps)])} between them"] if gaps else []
    said += [f"that on {year} has figures in {Count(cells):cell|cells} only" for year, cells in partial]
    return "; ".join(said) + "."


def series(reports: Iterable[Report], lang: str = "zh", name: str = "requests/received_new") -> str:
    """One figure over the years of a body: every figure, each step between comparable years, what breaks the series."""
    cube = _of_one_body(reports)
    found = find(name)
    years, values = cube.year.tolist(), found.read(cube).values.tolist()
    label = _label(name, lang, int(cube.edition[-1]) if len(cube) else 2021)
    told = [_figure(year, value, found.unit, lang) for year, value in zip(years, values, strict=True)]
    text = f"{label}：{'，'.join(told)}。" if lang == "zh" else f"{label[:1].upper() + label[1:]}: {', '.join(told)}."
    known = [(year, value) for year, value in zip(years, values, strict=True) if value == value]
    steps, barred = [], []
    for (before, old), (after, new) in zip(known, known[1:], strict=False):
        if any(one.kind == "step" and one.concerns(found) and before < one.year <= after for one in breaks()):
            barred.append((before, after))
        else:
            steps.append(_step(before, old, after, new, found.unit, lang))
    if steps:
        text += "；".join(steps) + "。" if lang == "zh" else f" {steps[0][:1].upper()}{'; '.join(steps)[1:]}."
    crossed = [one for one in breaks() if one.concerns(found) and _inside(one, years)]
    if barred:
        pairs = [f"{before}年与{after}年" if lang == "zh" else f"{before} and {after}" for before, after in barred]
        text += f"{'、'.join(pairs)}不相比较。" if lang == "zh" else f" {joined(pairs)} are not compared."
    if crossed:
        words = [one.zh if lang == "zh" else one.en for one in crossed]
        text += f"注意：{'；'.join(words)}。" if lang == "zh" else f" Note: {'; '.join(words)}."
    return text


def _of_one_body(reports: Iterable[Report]) -> Cube:
    frames = [report.figures.assign(organ="", scope="") for report in reports]
    return Cube(pd.concat(frames, ignore_index=True))


def _inside(one: Break, years: Sequence[int]) -> bool:
    return one.year in years if one.kind == "year" else min(years) < one.year <= max(years)


def _label(name: str, lang: str, edition: int) -> str:
    """What a sentence calls a series."""
    found, book = find(name), codebook()
    label = book.short(found.table, found.row, lang, edition)
    if found.table == "proactive":
        label += " · " + book.short("proactive", found.column, lang, edition)
    elif found.column != "total":
        axis = "group" if found.column == "legal_person" else "column"
        label += " · " + book.label(found.table, axis, found.column, lang, edition)
    return label


def _figure(year: int, value: float, unit: str, lang: str) -> str:
    if value != value:
        return f"{year}年没有数字" if lang == "zh" else f"no figure for {year}"
    return f"{year}年{quantity(value, unit, lang)}" if lang == "zh" else f"{quantity(value, unit, lang)} in {year}"


def _step(before: int, old: float, after: int, new: float, unit: str, lang: str) -> str:
    """From one year to another: more, less, or the same."""
    difference = new - old
    size = quantity(abs(difference), unit, lang)
    percent = growth(old, new)
    if lang == "zh":
        verb = "不变" if not difference else f"{'增加' if difference > 0 else '减少'}{size}"
        return f"{before}年至{after}年{verb}" + (f"（{percent}）" if difference and percent else "")
    verb = "no change" if not difference else f"{size} {'more' if difference > 0 else 'less'}"
    return f"from {before} to {after}: {verb}" + (f" ({percent})" if difference and percent else "")


def rates(
    panel: Panel, lang: str = "zh", ids: Sequence[str] = ("disclosure_rate", "substantive_disclosure_rate")
) -> str:
    """Rates of one body year by year, each with its counts; the steps between those that may be compared."""
    frame = indicators(panel, ids)
    frame = frame[frame["applicant"] == "total"]
    said = []
    for id in ids:
        known = dictionary()[id]
        lines = frame[frame["indicator"] == id].sort_values("year", kind="stable")
        told = [_rate(line, lang) for line in lines.itertuples()]
        label = known.zh if lang == "zh" else known.en[:1].upper() + known.en[1:]
        text = f"{label}：{'，'.join(told)}" if lang == "zh" else f"{label}: {', '.join(told)}"
        large = lines[lines["value"].notna() & (lines["denominator"].fillna(0) >= TINY)]
        steps = [
            _points(one, other, _between(known, one.year, other.year), lang)
            for one, other in zip(large.itertuples(), large.iloc[1:].itertuples(), strict=False)
        ]
        text += ("；" if lang == "zh" else "; ") + ("，" if lang == "zh" else ", ").join(steps) if steps else ""
        said.append(text + ("。" if lang == "zh" else "."))
    return ("" if lang == "zh" else " ").join(said)


def _rate(line: Any, lang: str) -> str:
    if line.status != "computed":
        why = status_words(str(line.status), lang)
        return f"{line.year}年无法计算（{why}）" if lang == "zh" else f"not computed for {line.year} ({why})"
    shown = rate(line.value, line.numerator, line.denominator, lang)
    return f"{line.year}年{shown}" if lang == "zh" else f"{shown} in {line.year}"


def _between(indicator: Indicator, before: int, after: int) -> list[Break]:
    """What keeps the rates of two years from being compared."""
    steps = (one for one in breaks() if one.kind == "step" and concerns(one, indicator))
    return [one for one in steps if before < one.year <= after]


def _points(one: Any, other: Any, barred: list[Break], lang: str) -> str:
    if barred and lang == "zh":
        return f"{one.year}年与{other.year}年不相比较（{'；'.join(each.zh for each in barred)}）"
    if barred:
        return f"{one.year} and {other.year} are not compared ({'; '.join(each.en for each in barred)})"
    points = signed(other.value - one.value, 2)
    if lang == "zh":
        return f"{one.year}年至{other.year}年{points}个百分点"
    return f"{points} percentage points from {one.year} to {other.year}"


def continuity(panel: Panel, lang: str = "zh") -> str:
    """What each report says again of the year before, and where it differs from that year's own report."""
    frame = restated(panel)
    counts = frame["status"].value_counts()
    agrees, differs = (int(counts.get(status, 0)) for status in ("agrees", "differs"))
    unknown = len(frame) - agrees - differs
    if not len(frame):
        zh, en = "没有相邻两年的报告可以衔接。", "There are no reports of consecutive years to hold against each other."
        return zh if lang == "zh" else en
    wrong = [_differs(line, lang) for line in frame[frame["status"] == "differs"].itertuples()]
    if lang == "zh":
        text = f"相邻两年应当衔接的数字中，{agrees}项相符，{differs}项不符，{unknown}项缺数字无法核对。"
        return text + (f"不符的：{'；'.join(wrong)}。" if wrong else "")
    text = f"Of the figures that carry over from one year to the next, {agrees} agree, {differs} differ, "
    text += f"{unknown} cannot be checked."
    return text + (f" Differing: {'; '.join(wrong)}." if wrong else "")


def _differs(line: Any, lang: str) -> str:
    table = "requests" if line.row == "carried_in" else "proactive"
    parts = [codebook().short(table, line.row, lang)]
    parts += [] if line.column == "total" else [codebook().short(table, line.column, lang)]
    expected, found, step = number(line.expected), number(line.found), signed(line.difference)
    if lang == "zh":
        return f"{line.year}年{' · '.join(parts)}应为{expected}，印为{found}（{step}）"
    return f"{line.year} {' · '.join(parts)}: expected {expected}, printed {found} ({step})"


def bodies(panel: Panel, lang: str = "zh") -> str:
    """Which bodies have a report in a panel of one year, and which known ones have none."""
    reports = panel.reports
    years = sorted(set(reports["year"].dropna().astype(int)))
    there = [panel.organ_name(organ, lang) for organ in sorted(set(reports["organ"].dropna()))]
    none = sorted(set(panel.gaps().query("kind == 'no_report'")["organ"]) - set(reports["organ"]))
    absent = [panel.organ_name(organ, lang) for organ in none]
    when = joined([*map(str, years)], lang)
    if lang == "zh":
        text = f"{when}年有{len(there)}个机关的报告：{'、'.join(there)}。"
        return text + (f"没有这一年报告的：{'、'.join(absent)}。" if absent else "")
    text = f"{len(there)} {'body has' if len(there) == 1 else 'bodies have'} a report on {when}: {joined(there)}."
    return text + (f" Without one: {joined(absent)}." if absent else "")


def standardised(panel: Panel, lang: str = "zh") -> str:
    """Disclosure rates as if every body had been asked by the same mix of applicants."""
    said = []
    for line in standardised_rates(panel).itertuples():
        name = panel.organ_name(str(line.organ), lang)
        if line.standardised != line.standardised:
            said.append(f"{name}缺数字无法计算" if lang == "zh" else f"{name}: not computed, figures are missing")
            continue
        if line.denominator < TINY:
            counts = f"{number(line.numerator)}/{number(line.denominator)}"
            said.append(f"{name}{counts}，件数太少不计" if lang == "zh" else f"{name}: {counts}, too few for a rate")
            continue
        own, common = f"{half_up(line.rate)}%", f"{half_up(line.standardised)}%"
        step = signed(line.standardised - line.rate, 2)
        if lang == "zh":
            said.append(f"{name}{own}，标准化后{common}（{step}个百分点）")
        else:
            said.append(f"{name} {own}, standardised {common} ({step} percentage points)")
    if lang == "zh":
        return f"按所有机关合计的申请人构成标准化公开率：{'；'.join(said)}。"
    return f"Disclosure rates with the mix of applicants of all bodies together: {'; '.join(said)}."


def tree(panel: Panel, lang: str = "zh") -> str:
    """For each body that stands above others: whose reports a sum would hold, who is missing, who counts already."""
    year = int(panel.reports["year"].max())
    above = sorted(set(panel.organs["parent"].dropna()) & set(panel.organs["code"]))
    if not above:
        return "没有登记机关的上下级关系。" if lang == "zh" else "No body is listed below another."
    return ("" if lang == "zh" else " ").join(_below(panel, organ, year, lang) for organ in above)


def _below(panel: Panel, organ: str, year: int, lang: str) -> str:
    members = panel.members(organ, year)
    of_role = {
        role: [panel.organ_name(code, lang) for code in dict.fromkeys(members.loc[members["role"] == role, "organ"])]
        for role in ("summed", "whole", "no_report", "inside", "not_valid")
    }
    name = panel.organ_name(organ, lang)
    words = _ROLES_ZH if lang == "zh" else _ROLES_EN
    said = [template.format(joined(of_role[role], lang)) for role, template in words.items() if of_role[role]]
    if lang == "zh":
        return sentence(f"{name}之下（{year}年）：{'；'.join(said)}", lang)
    return sentence(f"below {name} ({year}): {'; '.join(said)}", lang)


_ROLES_ZH = {
    "whole": "{}的报告已是全区域汇总，不再与下级相加",
    "summed": "可以相加的有{}",
    "no_report": "没有报告的有{}",
    "inside": "已含在上级汇总之内的有{}",
    "not_valid": "当年不应有报告的有{}",
}
_ROLES_EN = {
    "whole": "the report of {} is region-wide and is not added to those below",
    "summed": "to be added up: {}",
    "no_report": "without a report: {}",
    "inside": "already within the sum of a body above: {}",
    "not_valid": "with a report although they did not exist then: {}",
}
