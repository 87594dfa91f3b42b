"""data/raw → data/processed: every listed report read, every table validated and written, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from . import files, sources
from .datapackage import write_descriptor
from .problems import SourceError
from .report import Report, read

if TYPE_CHECKING:
    import pandas as pd

#: The tables written, in this order; each as Parquet and CSV.
WRITTEN = ("reports", "organs", "figures", "proactive", "requests", "reviews")


def build(
    raw: str | Path = "data/raw",
    processed: str | Path = "data/processed",
    progress: Callable[[Iterable], Iterable] = iter,
) -> dict[str, pd.DataFrame]:
    """Read every report of ``raw`` and write all tables to ``processed``; the tables by name.

    Nothing is written unless all reports were read. Raises :class:`SourceError` for a file that is not the one
    listed, a report that disagrees with its line in the manifest, or a correction that matches nothing.
    """
    source = Path(raw)
    entries = sources.manifest(source)
    bodies = sources.organs(source)
    accepted = sources.corrections(source)
    known = {organ.code for organ in bodies}
    reports: list[tuple[sources.Entry, Report]] = []
    for entry in progress(entries):
        if entry.organ not in known:
            raise SourceError(f"{sources.MANIFEST}: the body {entry.organ!r} of {entry.report} is not in organs.csv.")
        reports.append((entry, _read(source, entry)))
    tables = _tables(reports, bodies)
    sources.check_corrections(accepted, tables["figures"])
    _write(tables, Path(processed), entries)
    return tables


def _read(folder: Path, entry: sources.Entry) -> Report:
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
    return report


def _tables(reports: list[tuple[sources.Entry, Report]], bodies: list[sources.Organ]) -> dict[str, pd.DataFrame]:
    import pandas as pd

    from .schemas import REGISTRY, validate

    manifest = pd.DataFrame(
        [{column: getattr(entry, column) for column in REGISTRY["reports"].columns} for entry, _ in reports]
    ).astype({"year": "Int16", "edition": "Int16"})
    tables = {"reports": manifest, "organs": pd.DataFrame([asdict(organ) for organ in bodies])}
    tables = {name: frame.replace("", None) for name, frame in tables.items()}
    for name in ("figures", "proactive", "requests", "reviews"):
        tables[name] = pd.concat([getattr(report, name) for _, report in reports], ignore_index=True)
    return {name: validate(_sorted(tables[name], REGISTRY[name].key), name) for name in WRITTEN}


def _sorted(frame: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    return frame.sort_values(list(key), kind="stable", ignore_index=True)


def _write(tables: dict[str, pd.DataFrame], folder: Path, entries: list[sources.Entry]) -> None:
    for name, frame in tables.items():
        files.write(folder / f"{name}.csv", to_csv(frame))
        files.write(folder / f"{name}.parquet", to_parquet(frame))
    write_descriptor(folder, list(tables), entries)


def to_csv(frame: pd.DataFrame) -> str:
    """CSV of a frame: UTF-8, LF, whole numbers without a fraction, missing values empty."""
    import pandas as pd

    shown = frame.copy()
    for column in shown.select_dtypes("float64"):
        values = [None if v != v else int(v) if v == int(v) else v for v in shown[column]]
        shown[column] = pd.Series(values, index=shown.index, dtype=object)
    return shown.to_csv(index=False, lineterminator="\n")


def to_parquet(frame: pd.DataFrame) -> bytes:
    """Parquet bytes of a frame, the same for the same frame and library versions."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = io.BytesIO()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table, target, compression="zstd")
    return target.getvalue()
