"""``foi indicators``: named rates and counts of reports, each with numerator, denominator, or why there is no value."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..problems import FoiError
from .columns import lines
from .command import OK, UNREADABLE, command, print_csv

if TYPE_CHECKING:
    import pandas as pd

    from ..panel import Panel
    from ..report import Report


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "indicators",
        run,
        "compute the indicators of reports, or list the dictionary",
        "foi indicators liaocheng-2020 --lang en\n  foi indicators --list",
    )
    parser.add_argument("report", nargs="*", help="an id such as liaocheng-2020, BODY:YEAR, or a document")
    parser.add_argument("--list", action="store_true", help="list the indicators with formula, unit, editions")
    parser.add_argument("--id", action="append", metavar="ID", help="only this indicator; may be given several times")
    parser.add_argument("--each", action="store_true", help="in the text, each type of applicant and not only all")
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the text (default: zh)")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status: 2 when a report could not be used."""
    if options.list or not options.report:
        _print_dictionary(options)
        return OK
    from ..lookup import report_for, stored

    panel, status, found = stored(), OK, []
    for asked in options.report:
        try:
            report = report_for(asked, panel)
            found.append((report, _computed(report, panel, options.id)))
        except FoiError as error:
            print(f"foi indicators: {error}", file=sys.stderr)
            status = UNREADABLE
    if options.format == "text":
        for report, frame in found:
            _print_text(report, frame, panel, options)
    elif found:
        _print_frame([frame for _, frame in found], options.format)
    return status


def _computed(report: Report, panel: Panel | None, ids: list[str] | None) -> pd.DataFrame:
    from ..checks import examine
    from ..lookup import with_year_before
    from ..measures.indicator import indicators, with_intervals
    from ..quality import quality

    figures = with_year_before(report, panel)
    known = quality(examine(report, organs=None if panel is None else panel.organs))
    known["organ"] = figures["organ"].iloc[-1]
    frame = with_intervals(indicators(figures, ids, known))
    return frame[frame["year"] == report.year] if report.year is not None else frame


def _print_dictionary(options: argparse.Namespace) -> None:
    from ..codebook import unit_words
    from ..measures.indicator import describe, dictionary

    if options.format != "text":
        _print_frame([describe()], options.format)
        return
    zh = options.lang == "zh"
    rows = [
        (
            one.id,
            one.zh if zh else one.en,
            one.numerator + (f" / ({one.denominator})" if one.denominator else ""),
            unit_words(one.unit, options.lang),
        )
        for one in dictionary().values()
    ]
    print("\n".join(lines(rows, indent="")))


def _print_text(report: Report, frame: pd.DataFrame, panel: Panel | None, options: argparse.Namespace) -> None:
    from ..measures.indicator import dictionary

    lang = options.lang
    organ = report.organ or ("未具名机关" if lang == "zh" else "unnamed body")
    name = organ if panel is None else panel.organ_name(organ, lang)
    print(f"{name} {report.year or ''}".rstrip())
    shown = frame if options.each else frame[frame["applicant"] == "total"]
    families = dict.fromkeys(one.family for one in dictionary().values())
    rows = {family: list(_rows(shown, family, report, lang)) for family in families}
    every = [row for of_family in rows.values() for row in of_family]
    set_out = iter(lines(every, right=(1,))) if every else iter(())
    for of_family in rows.values():
        if of_family:
            print()
        for _ in of_family:
            print(next(set_out))


def _rows(frame: pd.DataFrame, family: str, report: Report, lang: str) -> Iterator[tuple[str, str, str, str]]:
    """Label, value with unit, numerator and denominator, remark of each indicator of a family."""
    from ..codebook import codebook, unit_words
    from ..measures.indicator import NOTE, dictionary, status_words
    from ..measures.rounding import half_up
    from ..sentences.words import number

    index = int(lang != "zh")
    for line in frame.itertuples():
        known = dictionary()[str(line.indicator)]
        if known.family != family:
            continue
        label = known.zh if lang == "zh" else known.en
        if line.applicant != "total":
            axis = "group" if line.applicant == "legal_person" else "column"
            label += f" · {codebook().label('requests', axis, str(line.applicant), lang, report.edition)}"
        remarks = [NOTE[code][index] for code in filter(None, str(line.note).split("|"))]
        value = counts = ""
        if line.status == "computed":
            whole, tiny = not known.denominator, "tiny_denominator" in str(line.note)
            shown = number(line.value) if whole else f"{half_up(line.value):,}"
            value = "" if tiny else f"{shown} {unit_words(known.unit, lang)}".rstrip()
            counts = "" if whole else f"{number(line.numerator)}/{number(line.denominator)}"
            if line.low == line.low and not tiny:
                counts += f" [{half_up(line.low)}, {half_up(line.high)}]"
        else:
            remarks.insert(0, status_words(str(line.status), lang))
        yield label, value, counts, ("；", "; ")[index].join(remarks)


def _print_frame(frames: list[pd.DataFrame], format_name: str) -> None:
    import pandas as pd

    frame = pd.concat(frames, ignore_index=True)
    if format_name == "csv":
        print_csv(frame)
    else:
        print(frame.to_json(orient="records", force_ascii=False, indent=1, double_precision=15))
