"""Frames as files: CSV, Parquet and JSON whose bytes depend on the frame alone."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from .spreadsheets import harmless

if TYPE_CHECKING:
    import pandas as pd

#: The file that describes a folder of tables (Data Package); a folder that has it is a store.
DESCRIPTOR = "datapackage.json"


def to_csv(frame: pd.DataFrame) -> bytes:
    """CSV of a frame: UTF-8, LF, whole numbers without a fraction, missing values empty.

    A text that a spreadsheet program would run as a formula gets an apostrophe before it; lines within a text end in
    LF too, since what follows a bare CR, which is written without quotes, would be taken for a new row.
    """
    import pandas as pd

    shown = _plain(frame)
    for column in frame.select_dtypes(exclude=["number", "bool", "boolean"]):
        texts = frame[column].unique()
        marked = {text: harmless(text).replace("\r\n", "\n").replace("\r", "\n") for text in texts[~pd.isna(texts)]}
        if any(text != same for text, same in marked.items()):
            shown[column] = frame[column].astype("str").map(marked, na_action="ignore")
    return shown.to_csv(index=False, lineterminator="\n").encode("utf-8")


def to_parquet(frame: pd.DataFrame) -> bytes:
    """Parquet of a frame."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), target, compression="zstd")
    return target.getvalue()


def to_json(frame: pd.DataFrame) -> bytes:
    """A JSON list of one object a row, a row a line, missing values null."""
    records = _plain(frame).astype(object).where(frame.notna(), None).to_dict("records")
    rows = [json.dumps(record, ensure_ascii=False) for record in records]
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode("utf-8")


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Whole numbers of float columns as such."""
    import numpy as np
    import pandas as pd

    plain: dict[str, Any] = {}
    for column in frame.select_dtypes("float64"):
        values = frame[column].to_numpy()
        missing = np.isnan(values)
        whole = missing | (values == np.round(values)) & (np.abs(values) < 2**53)
        if whole.any():
            integers = pd.arrays.IntegerArray(np.where(whole & ~missing, values, 0).astype("int64"), missing)
            plain[column] = integers if whole.all() else np.where(whole, integers.astype(object), values.astype(object))
    return frame.assign(**plain)


#: format -> (how it is written, its media type).
FORMATS = {
    "csv": (to_csv, "text/csv"),
    "parquet": (to_parquet, "application/vnd.apache.parquet"),
    "json": (to_json, "application/json"),
}
