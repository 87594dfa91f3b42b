"""The tables as a DuckDB database, each with its key; comments say what tables and columns mean."""

from __future__ import annotations

import os
import struct
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..problems import FoiError
from ..schemas import Table
from .words import about, notes

if TYPE_CHECKING:
    import pandas as pd

    from .tables import Release

#: Column kind -> SQL type.
_TYPES = {
    "text": "VARCHAR", "verbatim": "VARCHAR", "date": "DATE", "year": "SMALLINT", "integer": "BIGINT",
    "number": "DOUBLE", "flag": "BOOLEAN",
}  # fmt: skip
#: The first header of a file, and the bytes of the identifier in it.
_HEADER, _IDENTIFIER = 4096, slice(124, 140)


def write_database(release: Release, path: Path) -> Path:
    """Write the database in one step; tables ``about`` and ``notes`` say what it is.

    Raises :class:`FoiError` where duckdb is not installed or cannot write.
    """
    try:
        import duckdb
    except ImportError:
        raise FoiError("duckdb is not installed; run: pip install 'liaocheng_foi[export]'") from None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            made = Path(folder) / "made.duckdb"
            with duckdb.connect() as base:
                # one thread: several would lay long tables out anew each time
                base.execute("SET threads = 1")
                # the smallest blocks: most tables are short
                base.execute(f"ATTACH {_text(str(made))} AS made (BLOCK_SIZE 16384)")
                base.execute("USE made")
                base.begin()
                for name, frame in release.tables.items():
                    _fill(base, release.declared[name], frame)
                _words(base, "about", ("topic", "zh", "en"), about(release))
                _words(base, "notes", ("topic", "code", "zh", "en"), notes())
                base.commit()
            _forget_identifier(made)
            os.replace(made, path)
    except (duckdb.Error, OSError) as error:
        raise FoiError(f"{path.name}: could not be written ({error}).") from None
    return path


def _forget_identifier(path: Path) -> None:
    """Zeros for the random identifier of a new file, which only encryption needs; the same tables, the same bytes.

    It stands in the first header, which begins with the sum of its other bytes. A header of another layout stays.
    """
    with path.open("r+b") as file:
        header = bytearray(file.read(_HEADER))
        if header[:8] == _sum_of(header):
            header[_IDENTIFIER] = bytes(16)
            header[:8] = _sum_of(header)
            file.seek(0)
            file.write(header)


def _sum_of(header: bytearray) -> bytes:
    """The sum that the engine keeps of a header: its words, each times a constant, joined by exclusive or."""
    found = 5381
    for (word,) in struct.iter_unpack("<Q", header[8:]):
        found ^= word * 0xBF58476D1CE4E5B9 % 2**64
    return struct.pack("<Q", found)


def _fill(base: Any, table: Table, frame: pd.DataFrame) -> None:
    import pyarrow as pa

    columns = [f"{_name(column)} {_TYPES[table.field(column).kind]}" for column in table.columns]
    if table.key and frame[list(table.key)].notna().all(axis=None):
        columns.append(f"PRIMARY KEY ({', '.join(map(_name, table.key))})")
    base.execute(f"CREATE TABLE {_name(table.name)} ({', '.join(columns)})")
    base.register("given", pa.Table.from_pandas(frame[list(table.columns)], preserve_index=False))
    base.execute(f"INSERT INTO {_name(table.name)} SELECT * FROM given")
    base.unregister("given")
    said = [f"COMMENT ON TABLE {_name(table.name)} IS {_text(f'{table.zh} · {table.en}')}"]
    for column in table.columns:
        field = table.field(column)
        meaning = f"{field.zh} · {field.en}" + (f" ({field.unit})" if field.unit else "")
        said.append(f"COMMENT ON COLUMN {_name(table.name)}.{_name(column)} IS {_text(meaning)}")
    base.execute(";".join(said))


def _words(base: Any, name: str, columns: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> None:
    base.execute(f"CREATE TABLE {name} ({', '.join(f'{column} VARCHAR' for column in columns)})")
    base.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", lines)


def _name(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
