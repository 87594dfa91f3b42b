"""The six parts of a report: headings found, paragraphs filed under them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from .codebook import codebook
from .grid import Paragraph, TextPart
from .matching import bare, matcher, similarity, spellings

_NUMERALS = "一二三四五六"
_NUMBERED = re.compile(rf"^[#\s*]*[（(]?([{_NUMERALS}])[)）]?\s*[、.．,，:：]?")
#: A heading with the right number may be worded this differently from the form's.
_ALIKE = 0.4
_LONGEST = 40
#: A heading that the text goes on behind, in the same paragraph, must be worded nearly as on the form.
_RUN_IN = re.compile(rf"([{_NUMERALS}]\s*[、.．][^。；;：:，,]{{3,{_LONGEST}}})[。：:]\s*\S")
_NEARLY = 0.7
#: Characters that stand for others: numbers in circles and brackets, Roman numerals, radicals, full-width letters.
_OTHER_FORMS = (
    r"\u00b2\u00b3\u00b9\u2070-\u209f\u2150-\u218f\u2460-\u24ff\u2e80-\u2fdf\u3200-\u33ff\uf900-\ufaff\uff00-\uffef"
)


@cache
def _letters_of_headings() -> re.Pattern[str]:
    """Matches what may be a heading worded as on the form: signs, digits and the letters of such headings alone."""
    codes = codebook().select("form", "section")
    headings = "".join(text for code in codes for text in (*code.labels.values(), *code.aliases))
    letters = "".join(sorted(set(spellings(headings))))
    return re.compile(rf"[\W\d_{_NUMERALS}{letters}{_OTHER_FORMS}]*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def section_of(text: str) -> str | None:
    """The section code that a line is the heading of, or None when it is no such heading."""
    line = text.strip()
    run_in = _RUN_IN.match(line)
    if run_in is not None:
        line = run_in[1]
    if not line or len(line) > _LONGEST:
        return None
    if line.lstrip("#* ")[:1] in "（(":
        # a heading within a part, though it may have the name of another part
        return None
    numbered = _NUMBERED.match(line)
    if numbered is None and not _letters_of_headings().fullmatch(line):
        return None
    sections = codebook().select("form", "section")
    exact = matcher("form", "section").exact(line.lstrip("#* "))
    if exact is not None and not run_in:
        return exact.code
    if numbered is None or line.endswith(("。", "；", ";")):
        return None
    key = bare(line.lstrip("#* "))
    section = sections[_NUMERALS.index(numbered[1])]
    best = max(similarity(key, bare(label)) for label in (*section.labels.values(), *section.aliases))
    return section.code if best >= (_NEARLY if run_in else _ALIKE) else None


def sectioned(paragraphs: Iterable[Paragraph]) -> tuple[TextPart, ...]:
    """Each paragraph with the part of the report it stands in; the headings themselves are kept too."""
    parts = []
    section: str | None = None
    for paragraph in paragraphs:
        section = section_of(paragraph.text) or section
        parts.append(TextPart(section, paragraph.text, paragraph.page))
    return tuple(parts)
