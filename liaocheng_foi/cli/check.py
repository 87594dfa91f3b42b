"""``foi check``: what does not hold in one or more reports, errors first."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..plural import Count
from ..problems import FoiError
from .command import FOUND, OK, UNREADABLE, command, document_paths, print_csv, progress

if TYPE_CHECKING:
    from ..checks import Examination, Finding
    from ..report import Report


def add(commands: Any) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "check",
        run,
        "check sums, text, and one year against the next; print what does not hold",
        "foi check report-2023.pdf report-2024.pdf --lang en",
    )
    parser.add_argument(
        "file", nargs="+", help="a document, a folder of documents, or a folder of processed data (data/processed)"
    )
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the text (default: zh)")
    parser.add_argument("--all", action="store_true", help="print every outcome, not only what does not hold")
    parser.add_argument(
        "--raw", metavar="DIR", help="folder with organs.csv, corrections.csv and waivers.csv, such as data/raw"
    )
    parser.add_argument("--organ", help="the body, where the document does not name it")
    parser.add_argument("--year", type=int, help="the year reported on, where the document does not say it")


def run(options: argparse.Namespace) -> int:
    """Run it; the exit status: 1 when an error is not waived, 2 when a document could not be read."""
    from ..checks import examine

    reports, status = _reports(options)
    stored = [folder for folder in options.file if _is_stored(folder)]
    examined = examine(reports, **(_decisions(options.raw) if options.raw else _stored_decisions(stored)))
    if options.format == "text":
        _print_text(examined, options.lang, options.all)
    else:
        _print_lines(examined, options.format, options.all)
    if status == OK and any(each.errors for each in examined):
        return FOUND
    return status


def _is_stored(folder: str) -> bool:
    """Whether a folder holds processed data."""
    from ..tablefiles import DESCRIPTOR

    return (Path(folder) / DESCRIPTOR).exists()


def _reports(options: argparse.Namespace) -> tuple[list[Report], int]:
    """(the reports, the exit status so far); what cannot be read is told on stderr."""
    from ..checks import reports_of
    from ..panel import load
    from ..report import read

    stored = [each for each in options.file if _is_stored(each)]
    reports = [report for folder in stored for report in reports_of(load(folder))]
    status, given = OK, [each for each in options.file if each not in stored]
    paths = document_paths(given) if given else []
    for path in progress(paths) if len(paths) > 1 else paths:
        try:
            reports.append(read(path, organ=options.organ, year=options.year))
        except FoiError as error:
            print(f"foi check: {error}", file=sys.stderr)
            status = UNREADABLE
    return reports, status


def _decisions(folder: str) -> dict[str, Any]:
    """What a person has written down: the bodies, what is accepted, what is corrected."""
    from dataclasses import asdict

    import pandas as pd

    from .. import sources

    raw = Path(folder)
    bodies = pd.DataFrame([asdict(body) for body in sources.organs(raw)])
    return {"organs": bodies, "waivers": sources.waivers(raw), "corrections": sources.corrections(raw)}


def _stored_decisions(folders: Sequence[str]) -> dict[str, Any]:
    """The same as processed data keep it."""
    if not folders:
        return {}
    import pandas as pd

    from ..checks.finding import number
    from ..panel import load
    from ..sources import Correction, Waiver

    panels = [load(folder) for folder in folders]

    def records(name: str, kind: Any) -> list[Any]:
        frame = pd.concat([panel.table(name) for panel in panels], ignore_index=True).astype(object)
        lines = frame.where(frame.notna(), "").drop_duplicates().itertuples(index=False)
        return [kind(*(number(cell) if isinstance(cell, float) else cell for cell in line)) for line in lines]

    bodies = pd.concat([panel.organs for panel in panels], ignore_index=True).drop_duplicates("code")
    return {
        "organs": bodies,
        "waivers": records("waivers", Waiver),
        "corrections": records("corrections", Correction),
    }


def _chosen(examined: Examination, every: bool) -> list[Finding]:
    return list(examined.findings) if every else [*examined.failed, *examined.waived]


def _print_lines(examined: Sequence[Examination], format_name: str, every: bool) -> None:
    from ..checks import frame

    findings = [(finding, each.report.name) for each in examined for finding in _chosen(each, every)]
    lines = frame(finding for finding, _ in findings).assign(file=[name for _, name in findings])
    if format_name == "csv":
        print_csv(lines)
    else:
        print(lines.to_json(orient="records", force_ascii=False, indent=1))


_STYLES = {"error": "\033[1;31m", "warning": "\033[33m", "info": "\033[36m", "faint": "\033[2m", "title": "\033[1m"}
_SEVERITIES = {
    "zh": {"error": "错误", "warning": "警告", "info": "提示"},
    "en": {"error": "error", "warning": "warning", "info": "info"},
}


def _print_text(examined: Sequence[Examination], lang: str, every: bool) -> None:
    coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ

    def style(text: str, name: str) -> str:
        return f"{_STYLES[name]}{text}\033[0m" if coloured else text

    for number, each in enumerate(examined):
        if number:
            print()
        print(style(_title(each, lang), "title"))
        print(f"  {_summary(each, lang)}")
        for finding in _chosen(each, every):
            label = _SEVERITIES[lang][finding.severity]
            print(f"  {style(label, finding.severity)} {finding.rule}  {finding.message(lang)}")
            for line in _beside(finding, each.report, lang):
                print(style(f"      {line}", "faint"))
        for repair in each.facts.repairs:
            if repair.rank == 1 and not repair.reported:
                print(f"  {style('建议' if lang == 'zh' else 'proposal', 'info')}  {repair.message(lang)}")


def _title(each: Examination, lang: str) -> str:
    report = each.report
    body = each.facts.body.en if each.facts.body and lang == "en" else each.facts.name
    name = " ".join(filter(None, (body, str(report.year or ""))))
    title = name or ("机关、年度未知" if lang == "zh" else "body and year unknown")
    form = f"{report.edition}版格式" if lang == "zh" else f"form of {report.edition}"
    return f"{title}（{form}，{report.name}）" if lang == "zh" else f"{title} ({form}, {report.name})"


def _summary(each: Examination, lang: str) -> str:
    """What was checked."""
    held, sums = each.sums
    agreeing, figures = each.figures_in_text
    unsure = sum(finding.state == "not_assessable" for finding in each.findings)
    zeros = each.blanks_as_zero
    if lang == "zh":
        parts = [f"{sums}项勾稽中{held}项相符" + (f"（{zeros}项以空白为0）" if zeros else "")]
        parts += [f"正文{figures}个数字与表核对，{agreeing}个相符"] if figures else []
        parts += [f"{len(each.waived)}条已豁免"] if each.waived else []
        return "；".join([*parts, f"{unsure}项因缺数据无法核对"]) + "。"
    parts = [f"{held} of {Count(sums):sum holds|sums hold}" + (f" ({zeros} with blanks as 0)" if zeros else "")]
    parts += [f"{agreeing} of {figures} figures in the text agree with the tables"] if figures else []
    parts += [f"{Count(len(each.waived)):finding|findings} waived"] if each.waived else []
    return "; ".join([*parts, f"{Count(unsure):check lacks|checks lack} data"]) + "."


def _beside(finding: Finding, report: Report, lang: str) -> Iterator[str]:
    """Where it stands, who accepted it and why, what a person holds to be right."""
    from ..checks.finding import corrected_words

    place = finding.place(report, lang)
    if place:
        yield place
    if finding.waived:
        yield f"已豁免：{finding.waived}" if lang == "zh" else f"waived: {finding.waived}"
    for correction in finding.corrections:
        yield ("更正：" if lang == "zh" else "corrected: ") + corrected_words(correction)
