"""Text columns of long frames as codes: a few words repeated millions of times, stored once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


def coded(codes: np.ndarray, words: Sequence[str]) -> pd.Categorical:
    """A column from the place of each row's word in ``words``; words that are not used are left out."""
    import pandas as pd

    used = np.bincount(codes, minlength=len(words)) > 0
    place = (np.cumsum(used) - 1).astype("int16")
    return pd.Categorical.from_codes(place[codes], [word for word, there in zip(words, used, strict=True) if there])


def repeated(words: Sequence[str], count: int) -> pd.Categorical:
    """The whole list of words, ``count`` times over."""
    different = list(dict.fromkeys(words))
    place = {word: i for i, word in enumerate(different)}
    return coded(np.tile(np.array([place[word] for word in words], "int16"), count), different)


def joined(bits: np.ndarray, words: Sequence[str]) -> pd.Categorical:
    """A column of notes: bit i set says ``words[i]``; several joined by ``|``, none the empty text."""
    used = np.flatnonzero(np.bincount(bits, minlength=1))
    texts = ["|".join(word for i, word in enumerate(words) if mask >> i & 1) for mask in used.tolist()]
    place = np.zeros(int(used.max(initial=0)) + 1, "int16")
    place[used] = np.arange(len(used))
    return coded(place[bits], texts)
