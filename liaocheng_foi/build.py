"""data/raw → data/processed: every listed file read, every table validated and written, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from . import files, sources, typed
from .checks import examine, frame
from .datapackage import package
from .measures.indicator import indicators
from .panel import Panel
from .problems import SourceError
from .quality import quality
from .report import Report, read
from .schemas import REGISTRY, in_order, validate

if TYPE_CHECKING:
    import pandas as pd

    from .statements import Statement

#: The tables written, in this order; each as Parquet and CSV.
WRITTEN = (
    "reports", "organs", "figures", "proactive", "requests", "reviews", "statements", "findings", "indicators",
    "corrections", "waivers", "catalogue", "policy_documents", "consultations",
)  # fmt: skip


def build(
    raw: str | Path = "data/raw",
    processed: str | Path = "data/processed",
    progress: Callable[[Iterable], Iterable] = iter,
) -> dict[str, pd.DataFrame]:
    """Read every report and table that ``raw`` lists and write all tables to ``processed``; the tables by name.

    Nothing is written unless everything was read. Raises :class:`SourceError` for a file that is not the one
    listed, a report that disagrees with its line in the manifest or holds a figure that is not certain, a typed
    number that its words do not say, a correction that matches nothing; :class:`SchemaError` for a typed table that
    breaks its declaration.
    """
    source = Path(raw)
    entries = sources.manifest(source)
    if not entries:
        raise SourceError(f"{sources.MANIFEST} lists no report; put one in with: foi add FILE")
    bodies = sources.organs(source)
    others = sources.other_tables(source, entries)
    unknown = [entry for entry in entries if entry.organ not in {organ.code for organ in bodies}]
    if unknown:
        raise SourceError(
            f"{sources.MANIFEST}: the body {unknown[0].organ!r} of {unknown[0].report} is not in {sources.ORGANS}."
        )
    corrections, waivers = sources.corrections(source), sources.waivers(source)
    listed: dict[str, list] = {"reports": entries, "organs": bodies, "corrections": corrections, "waivers": waivers}
    tables = {name: _listed(name, lines) for name, lines in listed.items()}
    typed_tables, said = _typed(source, entries, others)
    reports = [_read(source, entry, said.get(entry.report)) for entry in progress(entries)]
    panel = Panel.of(reports, tables["organs"])
    sources.check_corrections(corrections, panel.figures)
    sources.check_waivers(waivers, entries)
    for name in ("figures", "proactive", "requests", "reviews", "statements"):
        tables[name] = getattr(panel, name)
    examined = examine(reports, organs=tables["organs"], waivers=waivers, corrections=corrections)
    tables["findings"] = frame(finding for each in examined for finding in each.findings)
    tables["indicators"] = _steady(indicators(panel, external=quality(examined)))
    tables |= typed_tables
    tables = {name: in_order(validate(tables[name], name), name) for name in WRITTEN}
    for name, data in list(package(tables)):
        files.write(Path(processed) / name, data)
    return tables


def _read(folder: Path, entry: sources.Entry, said: list[Statement] | None) -> Report:
    report = read(
        sources.verified(folder, entry),
        name=entry.file,
        organ=entry.organ,
        year=int(entry.year),
        scope=entry.scope,
    )
    if report.edition != int(entry.edition):
        raise SourceError(
            f"{entry.file}: its labels are those of the form of {report.edition}, "
            f"{sources.MANIFEST} says {entry.edition}."
        )
    if report.unsure:
        lines = "\n".join(f"  {problem.place('en')}: {problem.message('en')}" for problem in report.unsure)
        raise SourceError(f"{entry.file}: not every figure could be read\n{lines}")
    # as a report of the stored panel is: what a person listed goes before what the document says of itself
    stated = {"title": entry.title, "publisher": entry.publisher, "published": entry.published}
    report.metadata = report.metadata.override(**{name: text for name, text in stated.items() if text})
    return report if said is None else report.saying(said)


def _steady(frame: pd.DataFrame) -> pd.DataFrame:
    """Values to twelve digits: how numpy adds up, and so the last bit, depends on the processor."""
    return frame.assign(value=[float(f"{value:.12g}") for value in frame["value"]])


def _listed(name: str, lines: list) -> pd.DataFrame:
    """A file of the bookkeeping as its table."""
    import pandas as pd

    columns = list(REGISTRY[name].columns)
    records = [{column: value for column, value in asdict(line).items() if column in columns} for line in lines]
    return validate(pd.DataFrame(records, columns=columns, dtype=object).replace("", None), name)


def _typed(
    folder: Path, entries: list[sources.Entry], others: list[sources.OtherTable]
) -> tuple[dict[str, pd.DataFrame], dict[str, list[Statement]]]:
    """The typed tables of all reports, empty where none is listed, and the statements by report."""
    import pandas as pd

    by_report = {entry.report: entry for entry in entries}
    frames = {name: [typed.frame(name, [], "", 0)] for name in sources.OTHER_TABLES if name != "statements"}
    said = {}
    for other in others:
        entry = by_report[other.report]
        lines = sources.lines_of(folder, other, typed.columns(other.table))
        if other.table == "statements":
            said[entry.report] = typed.statements(lines, int(entry.edition), int(entry.year), other.file)
        else:
            frames[other.table].append(typed.frame(other.table, lines, entry.organ, int(entry.year)))
    return {name: pd.concat(parts, ignore_index=True) for name, parts in frames.items()}, said
