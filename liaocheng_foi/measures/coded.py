"""Long frames without waste: text columns as codes (a few words, millions of times), blocks laid out row by row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

#: Columns turned at a time, so that both layouts of a block fit into the processor's cache.
_BLOCK = 256


def coded(codes: np.ndarray, words: Sequence[str]) -> pd.Categorical:
    """A column from the place of each row's word in ``words``."""
    import pandas as pd

    return pd.Categorical.from_codes(codes, list(words), validate=False)


def repeated(words: Sequence[str], count: int) -> pd.Categorical:
    """The whole list of words, ``count`` times over."""
    different = list(dict.fromkeys(words))
    place = {word: i for i, word in enumerate(different)}
    small = "int8" if len(different) < 128 else "int16"
    return coded(np.tile(np.array([place[word] for word in words], small), count), different)


def joined(bits: np.ndarray, words: Sequence[str]) -> pd.Categorical:
    """A column of notes: bit i set says ``words[i]``; several joined by ``|``, none the empty text."""
    used = np.flatnonzero(np.bincount(bits, minlength=1))
    texts = ["|".join(word for i, word in enumerate(words) if mask >> i & 1) for mask in used.tolist()]
    place = np.zeros(int(used.max(initial=0)) + 1, "int16")
    place[used] = np.arange(len(used))
    return coded(place[bits], texts)


def turned(rows: np.ndarray) -> np.ndarray:
    """A block of quantities × reports as one column, all quantities of the first report first."""
    flat = np.empty(rows.shape[::-1], rows.dtype)
    for start in range(0, rows.shape[1], _BLOCK):
        flat[start : start + _BLOCK] = rows[:, start : start + _BLOCK].T
    return flat.reshape(-1)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame as JSON holds it: one mapping per row, None for what is missing."""
    return json.loads(frame.to_json(orient="records", force_ascii=False, double_precision=15))
