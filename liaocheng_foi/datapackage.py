"""Tables as a Data Package (v2): each table's files, and the descriptor made from the tables' own declarations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from . import __version__
from .schemas import REGISTRY, Table, resource
from .tablefiles import DESCRIPTOR, FORMATS

if TYPE_CHECKING:
    import pandas as pd

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
NAME = "liaocheng-foi"
TITLE = "政府信息公开工作年度报告数据 · Government-information-disclosure annual reports"
LICENCE = {"name": "MIT", "path": "https://opensource.org/license/mit", "title": "MIT License"}
_DESCRIPTION = (
    "Every printed figure of the official form, cell by cell, with status and place of printing; nothing computed is "
    "among the figures."
)
_KEYWORDS = ["freedom of information", "open government", "official statistics", "China", "政府信息公开"]
#: (columns, table whose rows they name, columns there); the first that fits counts for each other table.
FOREIGN_KEYS = (
    (("organ", "year", "scope"), "reports", ("organ", "year", "scope")),
    (("organ", "year"), "reports", ("organ", "year")),
    (("report",), "reports", ("report",)),
    (("organ",), "organs", ("code",)),
    (("indicator",), "dictionary", ("id",)),
)


def package(
    tables: Mapping[str, pd.DataFrame],
    formats: Sequence[str] = ("csv", "parquet"),
    declared: Mapping[str, Table] = REGISTRY,
) -> Iterator[tuple[str, bytes]]:
    """(file name, bytes) of every table in every format, then of the descriptor.

    ``declared`` holds the declaration of each table. A table is one resource, its file that of the first format; the
    files of the other formats stand beside it as properties named by their format. A table without a row has no JSON
    file: a list of nothing has no columns, which validators refuse.
    """
    tables = {name: frame for name, frame in tables.items() if len(frame) or formats[0] != "json"}
    resources = []
    named = cache(lambda table, columns: _values(tables[table], columns))
    for name, frame in tables.items():
        written = {}
        for kind in formats:
            file, data = f"{name}.{kind}", FORMATS[kind][0](frame)
            written[kind] = _file(file, data)
            yield file, data
        resources.append(_resource(declared[name], written, _foreign_keys(name, tables, named)))
    described = {
        "$schema": PROFILE,
        "name": NAME,
        "title": TITLE,
        "description": _DESCRIPTION,
        "version": __version__,
        "keywords": _KEYWORDS,
        "licenses": [LICENCE],
        "sources": list(_sources(tables)),
        "resources": resources,
    }
    yield DESCRIPTOR, (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _file(name: str, data: bytes) -> dict[str, Any]:
    described: dict[str, Any] = {"path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    if name.endswith(".csv"):
        # of other files frictionless does not count the bytes and takes the number for wrong
        described["bytes"] = len(data)
    return described


def _sources(tables: Mapping[str, pd.DataFrame]) -> Iterator[dict[str, str]]:
    if "reports" not in tables:
        return
    for line in tables["reports"].to_dict("records"):
        title, address = line.get("title"), line.get("address")
        yield {"title": title if isinstance(title, str) else line["report"]} | (
            {"path": address} if isinstance(address, str) else {}
        )


def _resource(table: Table, written: Mapping[str, dict[str, Any]], keys: dict[str, Any]) -> dict[str, Any]:
    kind, *others = written
    return {
        "name": table.name,
        "type": "table",
        **written[kind],
        "title": table.zh,
        "description": table.en,
        "format": kind,
        "mediatype": FORMATS[kind][1],
        **({"encoding": "utf-8"} if kind != "parquet" else {}),
        "schema": resource(table) | keys,
        # not resources of their own: the table would be there twice, and few validators read Parquet
        **{other: written[other] for other in others},
    }


def _foreign_keys(
    name: str, tables: Mapping[str, pd.DataFrame], named: Callable[[str, tuple[str, ...]], set[tuple]]
) -> dict[str, Any]:
    """The foreign keys that a table has and that hold: a store may know bodies that organs.csv does not.

    ``named`` gives the rows that columns of a table name.
    """
    keys: dict[str, dict[str, Any]] = {}
    for columns, other, there in FOREIGN_KEYS:
        fits = other in tables and other not in (name, *keys) and set(columns) <= set(tables[name])
        if fits and named(name, columns) <= named(other, there):
            keys[other] = {"fields": list(columns), "reference": {"resource": other, "fields": list(there)}}
    return {"foreignKeys": list(keys.values())} if keys else {}


def _values(frame: pd.DataFrame, columns: Sequence[str]) -> set[tuple]:
    there = frame[list(columns)].drop_duplicates()
    return {tuple(map(str, values)) for values in there.itertuples(index=False, name=None)}
