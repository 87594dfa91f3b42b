"""The description of a folder of tables as a Data Package (v2), made from the tables' own declarations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import __version__, files
from .schemas import REGISTRY, resource
from .sources import Entry

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FILE_NAME = "datapackage.json"

#: table -> its columns that name rows of another table: (columns, other table, columns there).
FOREIGN_KEYS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "reports": (("organ", "organs", "code"),),
    "figures": (("organ", "organs", "code"),),
    "proactive": (("organ", "organs", "code"),),
    "requests": (("organ", "organs", "code"),),
    "reviews": (("organ", "organs", "code"),),
}


def descriptor(folder: Path, tables: Sequence[str], entries: Sequence[Entry]) -> dict[str, Any]:
    """The descriptor of the CSV files of ``tables`` in ``folder``; Parquet files of the same name go with them."""
    return {
        "$schema": PROFILE,
        "name": "liaocheng-foi",
        "title": "政府信息公开工作年度报告数据 · Government-information-disclosure annual reports",
        "description": (
            "Every printed figure of the official form, cell by cell, with status and place of printing; "
            "nothing computed is among the figures."
        ),
        "version": __version__,
        "licenses": [{"name": "MIT", "path": "https://opensource.org/license/mit", "title": "MIT License"}],
        "sources": [
            {"title": entry.title or entry.report, "path": entry.address} if entry.address else {"title": entry.title}
            for entry in entries
        ],
        "resources": [_resource(folder, name, tables) for name in tables],
    }


def _resource(folder: Path, name: str, tables: Sequence[str]) -> dict[str, Any]:
    table = REGISTRY[name]
    schema = resource(name)
    keys = [
        {"fields": [column], "reference": {"resource": other, "fields": [there]}}
        for column, other, there in FOREIGN_KEYS.get(name, ())
        if other in tables
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": name,
        "type": "table",
        **_file(folder / f"{name}.csv"),
        "title": table.zh,
        "description": table.en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
        # the same table for faster reading; not a resource of its own, since few validators read Parquet
        "parquet": _file(folder / f"{name}.parquet"),
    }


def _file(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"path": path.name, "bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def write_descriptor(folder: Path, tables: Sequence[str], entries: Sequence[Entry]) -> Path:
    """Write datapackage.json for the tables already in ``folder``."""
    content = json.dumps(descriptor(folder, tables, entries), ensure_ascii=False, indent=2) + "\n"
    return files.write(folder / FILE_NAME, content)
