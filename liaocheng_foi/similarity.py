"""How alike two texts are: without digits, punctuation and the form's own words, the same both ways.

Copied reports stand out; a repeated sentence does not count twice.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from .codebook import codebook
from .grid import TextPart
from .sections import section_of


def letters(text: str) -> str:
    """The characters that count when texts are compared: no digits, no punctuation, no blanks, one width."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalpha())


def similarity(a: str, b: str) -> float | None:
    """How alike two texts are, from 0 to 100, the same both ways; None when either has no letters.

    Twice the pairs of neighbouring characters they share over all they have (Dice 1945), each pair as often as it
    stands: 依法公开 and itself written three times share 3 of 3 and 11 pairs, 42.9.
    """
    first, second = _neighbours(letters(a)), _neighbours(letters(b))
    if not first or not second:
        return None
    return 200 * (first & second).total() / (first.total() + second.total())


def _neighbours(text: str) -> Counter[str]:
    return Counter([text] if len(text) == 1 else [text[i : i + 2] for i in range(len(text) - 1)])


def own_texts(paragraphs: Iterable[TextPart]) -> dict[str, str]:
    """A report's own words per section, without the form's headings and labels."""
    texts: dict[str, list[str]] = {}
    for part in paragraphs:
        if part.section and section_of(part.text) is None and not _of_form(part.text):
            texts.setdefault(part.section, []).append(part.text)
    return {section: "\n".join(own) for section, own in texts.items()}


def _of_form(text: str) -> bool:
    # no label is long: most paragraphs need no second look
    return len(text) < 2 * max(map(len, _form_words())) and letters(text) in _form_words()


@cache
def _form_words() -> frozenset[str]:
    """Every label the form itself prints."""
    labels = (label for code in codebook().codes for label in (*code.labels.values(), *code.aliases))
    return frozenset(letters(label) for label in labels)
