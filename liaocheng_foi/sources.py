"""data/raw and its bookkeeping: manifest, other tables, bodies, corrections, waivers; what is not listed is refused."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from .problems import SourceError

if TYPE_CHECKING:
    import pandas as pd

MANIFEST, TABLES, ORGANS = "manifest.csv", "tables.csv", "organs.csv"
CORRECTIONS, WAIVERS = "corrections.csv", "waivers.csv"
#: What a report holds beside the form that tables.csv may list, each a table of its own.
OTHER_TABLES = ("statements", "catalogue", "policy_documents", "consultations")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of manifest.csv: one report and where its file comes from."""

    report: str
    """``<organ code>-<year>``."""
    file: str
    organ: str
    """Code in organs.csv."""
    year: str
    edition: str
    scope: str
    title: str
    origin: str
    """What the file is: published text, figures typed from a rendering, …"""
    hand: str
    """``first`` from the published document, ``second`` from somebody's rendering of it."""
    publisher: str
    address: str
    published: str
    """ISO date; empty when not known."""
    retrieved: str
    """ISO date; empty when not known."""
    licence: str
    missing: str
    """What the file lacks of the published report."""
    sha256: str


@dataclass(frozen=True, slots=True)
class OtherTable:
    """One line of tables.csv: what else a report of the manifest holds as a table, typed as short labels."""

    report: str
    table: str
    """One of :data:`OTHER_TABLES`."""
    file: str
    origin: str
    missing: str
    """What the file lacks of what the report holds."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Organ:
    """One line of organs.csv: a body, its place in the tree, and from when to when it bore the name."""

    code: str
    zh: str
    en: str
    level: str
    """``province``, ``city``, ``county``, ``township`` or ``department``."""
    parent: str
    """Code of the body above; empty at the top of what is known."""
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of corrections.csv: a person's decision that a printed value is wrong, with the reason.

    The printed value stays in the figures; the correction stands beside it.
    """

    report: str
    table: str
    row: str
    column: str
    old_value: str
    """The printed value; it must be what the file says."""
    new_value: str
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """One line of waivers.csv: a person's decision to accept a finding, with the reason. It stays listed, as waived."""

    report: str
    rule: str
    """Id of the rule."""
    cell: str
    """``table/row/column`` that the finding is filed under; empty where it is filed under none."""
    found: str
    """The figure that was accepted, so that another one is not accepted with it; empty accepts any."""
    reason: str


_Record = TypeVar("_Record", Entry, OtherTable, Organ, Correction, Waiver)


def _records(path: Path, kind: type[_Record]) -> list[_Record]:
    names = [field.name for field in fields(kind)]
    return [kind(**line) for line in _lines(path, names)]


def _lines(path: Path, names: Sequence[str]) -> list[dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise SourceError(f"{path.name} is missing in {path.parent.name}/; it must stand beside the reports.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name}: not readable as UTF-8 text ({error.__class__.__name__}).") from None
    reader = csv.DictReader(text.splitlines(), strict=True)
    try:
        missing = [name for name in names if name not in (reader.fieldnames or ())]
        if missing:
            raise SourceError(
                f"{path.name}: the columns {', '.join(missing)} are missing; expected {', '.join(names)}."
            )
        return [{name: (line[name] or "").strip() for name in names} for line in reader]
    except csv.Error as error:
        raise SourceError(f"{path.name}, line {reader.line_num}: not readable as CSV ({error}).") from None


def manifest(folder: Path) -> list[Entry]:
    """The lines of manifest.csv, each complete and each report once.

    Raises :class:`SourceError` that names file, line and column otherwise.
    """
    entries = _records(folder / MANIFEST, Entry)
    _once(MANIFEST, "report", [entry.report for entry in entries])
    for line, entry in enumerate(entries, start=2):
        for name in ("report", "file", "organ", "year", "edition", "scope", "origin", "hand", "sha256"):
            if not getattr(entry, name):
                raise SourceError(f"{MANIFEST}, line {line}: {name} is empty.")
        if not (entry.year.isdigit() and entry.edition.isdigit()):
            raise SourceError(f"{MANIFEST}, line {line}: year and edition must be whole numbers.")
        if entry.hand not in ("first", "second"):
            raise SourceError(f"{MANIFEST}, line {line}: hand is {entry.hand!r}; it must be first or second.")
        if Path(entry.organ).name != entry.organ or "\\" in entry.organ:
            raise SourceError(f"{MANIFEST}, line {line}: organ is {entry.organ!r}; a code holds no slash.")
        if entry.report != f"{entry.organ}-{entry.year}":
            raise SourceError(f"{MANIFEST}, line {line}: report must be {entry.organ}-{entry.year}.")
    return entries


def organs(folder: Path) -> list[Organ]:
    """The bodies of organs.csv, each once, every parent known."""
    found = _records(folder / ORGANS, Organ)
    _once(ORGANS, "code", [organ.code for organ in found])
    known = {organ.code for organ in found}
    for organ in found:
        if organ.parent and organ.parent not in known:
            raise SourceError(f"{ORGANS}: the parent {organ.parent!r} of {organ.code} is not listed.")
    return found


def corrections(folder: Path) -> list[Correction]:
    """The accepted corrections; the file may hold its header only."""
    return _records(folder / CORRECTIONS, Correction)


def waivers(folder: Path) -> list[Waiver]:
    """The accepted findings, each with its reason; none where there is no file."""
    if not (folder / WAIVERS).exists():
        return []
    found = _records(folder / WAIVERS, Waiver)
    for line, waiver in enumerate(found, start=2):
        for name in ("report", "rule", "reason"):
            if not getattr(waiver, name):
                raise SourceError(f"{WAIVERS}, line {line}: {name} is empty.")
        if waiver.found and not _NUMBER.fullmatch(waiver.found):
            raise SourceError(f"{WAIVERS}, line {line}: found is {waiver.found!r}, which is no number.")
    return found


def other_tables(folder: Path, entries: Iterable[Entry]) -> list[OtherTable]:
    """The lines of tables.csv, each table of a report of the manifest once; none where there is no file."""
    if not (folder / TABLES).exists():
        return []
    found = _records(folder / TABLES, OtherTable)
    _once(TABLES, "table", [f"{other.table} of {other.report}" for other in found])
    known = {entry.report for entry in entries}
    for line, other in enumerate(found, start=2):
        if other.report not in known:
            raise SourceError(f"{TABLES}, line {line}: {MANIFEST} has no report {other.report!r}.")
        if other.table not in OTHER_TABLES:
            raise SourceError(
                f"{TABLES}, line {line}: table is {other.table!r}; it must be {' or '.join(OTHER_TABLES)}."
            )
    return found


def lines_of(folder: Path, other: OtherTable, columns: Sequence[str]) -> list[dict[str, str]]:
    """The lines of a listed table. Raises :class:`SourceError` where the file is another or lacks a column."""
    verified(folder, other)
    return _lines(folder / other.file, columns)


def _once(file: str, column: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for line, value in enumerate(values, start=2):
        if value in seen:
            raise SourceError(f"{file}, line {line}: {column} {value!r} stands twice.")
        seen.add(value)


def verified(folder: Path, entry: Entry | OtherTable) -> bytes:
    """The bytes of a listed file.

    Raises :class:`SourceError` when it is missing or its sha256 is not the one listed.
    """
    listing = MANIFEST if isinstance(entry, Entry) else TABLES
    path = folder / entry.file
    if Path(entry.file).name != entry.file:
        raise SourceError(f"{listing}: {entry.file!r} must be a file name without folders.")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{entry.file}: listed in {listing} but not in {folder.name}/.") from None
    except OSError as error:
        raise SourceError(f"{entry.file}: could not be opened ({error.strerror}).") from None
    found = hashlib.sha256(data).hexdigest()
    if found != entry.sha256:
        raise SourceError(
            f"{entry.file}: its sha256 is {found}, {listing} says {entry.sha256}; raw files never change: "
            f"restore the file, or list the new one as a new line."
        )
    return data


def check_waivers(accepted: Iterable[Waiver], entries: Iterable[Entry]) -> None:
    """Raise :class:`SourceError` for a waiver of a report that the manifest does not list."""
    known = {entry.report for entry in entries}
    for line, waiver in enumerate(accepted, start=2):
        if waiver.report not in known:
            raise SourceError(f"{WAIVERS}, line {line}: {MANIFEST} lists no report {waiver.report!r}.")


def check_corrections(accepted: Iterable[Correction], figures: pd.DataFrame) -> None:
    """Raise :class:`SourceError` for a correction whose cell is not there or whose old value is not printed there."""
    report = figures["organ"] + "-" + figures["year"].astype("str")
    keys = zip(report, figures["table"], figures["row"], figures["column"], strict=True)
    printed = dict(zip(keys, figures["value"], strict=True))
    for line, correction in enumerate(accepted, start=2):
        where = (correction.report, correction.table, correction.row, correction.column)
        if where not in printed:
            raise SourceError(f"{CORRECTIONS}, line {line}: there is no cell {'/'.join(where)}.")
        value = printed[where]
        old = None if not correction.old_value else float(correction.old_value)
        if not (value == old or (old is None and value != value)):
            raise SourceError(
                f"{CORRECTIONS}, line {line}: {'/'.join(where)} is printed {value:g}, not {correction.old_value}."
            )
        if not correction.reason:
            raise SourceError(f"{CORRECTIONS}, line {line}: a reason is needed.")
