"""The numbers in the text of a report: each with its words, unit, exactness and the cells it speaks of.

``收到政府信息公开申请12件`` becomes a :class:`Statement` that refers to ``requests/received_new/total``; a
share, a change over last year, a part of a list and a plain ``没有发生行政复议`` become statements too.
Nothing is compared here: :mod:`liaocheng_foi.checks` does that. The grammar of ``refers_to`` is in
:mod:`liaocheng_foi.statements.references`, the words in :mod:`liaocheng_foi.statements.vocabulary`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..grid import TextPart
from .clauses import Draft, Reader
from .numbers import Tight
from .references import PREVIOUS, Reference, expand_term, parse_reference
from .stored import frame, restored

__all__ = ["PREVIOUS", "Reference", "Statement", "expand_term", "extract", "frame", "parse_reference", "restored"]


class Statement(NamedTuple):
    """One number in the text."""

    section: str | None
    """Part of the report it stands in: a ``form``/``section`` code of the codebook."""
    quote: str
    """The clause it stands in, exactly as in the paragraph: ``paragraphs[paragraph].text[slice(*span)]``."""
    value: float
    """As printed (10.3 for 10.3万条); 0 for a clause that says that there was none."""
    unit: str | None
    """As printed, with its scale (万条); None where there is none."""
    approximate: bool
    """Whether it is printed with 余, 近, 约, 多, 超过 and the like, or as the end of a range."""
    refers_to: str | None
    """The cells it speaks of, in the grammar of :mod:`.references`; None where no cell counts this."""
    kind: str
    """``count``; ``share`` of a whole; ``rate`` that has a name (答复率); ``growth`` in % or times;
    ``difference`` from last year; ``percent`` of something else; ``zero``, said in words; ``all_upheld``,
    when the cells it refers to must be 0."""
    alternatives: tuple[str, ...]
    """What the same words may also refer to (收到 with or without what was carried in)."""
    amount: float
    """The value with its scale taken out: 103000 for 10.3万条, in 元 for money."""
    decimals: int
    """Printed decimals."""
    bound: str | None
    """``over`` (余, 多, 超过), ``under`` (近, 不足), ``about`` (约, 左右); None when exact."""
    direction: str | None
    """``up`` or ``down`` for growth and difference."""
    population: str | None
    """Whose count it is said to be: ``region`` (全市), ``own`` (本级), ``parts`` (各县), ``filed`` (备案),
    ``applicants`` (自然人申请中: of one kind of them); None where nothing is said. ``own`` and ``filed`` may be
    another population than the table's."""
    topic: str | None
    """What it counts beside the form: ``channel/online``, ``fee/processing``."""
    subject: str
    """The words before the number in its quote, without blanks."""
    parts: tuple[int, ...]
    """Positions in the list of the counts it restates: of a share, growth or difference one, of 两项合计 several."""
    whole: int | None
    """For a share: position in the list of the count it is a share of."""
    head: int | None
    """For a member of a list (其中): position in the list of the count that it is a part of."""
    paragraph: int
    """Position of the paragraph."""
    span: tuple[int, int]
    """Of the quote in the paragraph's text."""
    number: tuple[int, int]
    """Of the number with its unit in the paragraph's text; the quote's own span where no digit is printed."""
    page: int | None


def extract(paragraphs: Sequence[TextPart], edition: int, year: int | None = None) -> list[Statement]:
    """The statements of the paragraphs in reading order.

    ``edition`` decides the columns of the proactive table that documents are tied to. ``year``, the report's
    own, lets figures of another year be told apart from this year's. Any text is accepted; raises nothing.
    """
    statements: list[Statement] = []
    about_requests = False
    for run in _runs(paragraphs):
        if run.may_count():
            tight = Tight(run.text)
            drafts = Reader(tight, edition, year, about_requests).read()
        else:
            drafts = []
        about_requests = len(run.text) < _HEADING and "申请" in run.text
        if not drafts:
            continue
        position = {id(draft): len(statements) + n for n, draft in enumerate(drafts)}
        statements += [_finished(draft, run, tight, paragraphs, position) for draft in drafts]
    return statements


# -- runs of text: a sentence that a page break cut in two is read as one --------------------------------

_ENDED = re.compile(r"[。！？；：:;!?]\s*[”’）)】]*\s*$")
_BEGINS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．](?!\d)|第[一二三四五六七八九十\d]|附件|[#*|!>\-•■●])"
)
_NUMBERING = re.compile(r"\s*[（(]?\d{1,2}(?:[)）、]|[.．](?=\s*\D|20\d\d\s*年|\d+\s*[个项]))")
_PAGE_NUMBER = re.compile(r"[\s\-—–_·第页共/\d]*")
_COUNTABLE = re.compile(r"\d|[一二三四五六七八九十百千零〇两]\s*[件次起宗例场期篇条]|[未没无零]|百分之|均|全部")


#: A paragraph shorter than this is a heading over the next one.
_HEADING = 40


class _Run(NamedTuple):
    text: str
    starts: tuple[int, ...]
    paragraphs: tuple[int, ...]

    def may_count(self) -> bool:
        return _COUNTABLE.search(self.text) is not None

    def place(self, start: int, end: int, anchor: int) -> tuple[int, int, int]:
        """(paragraph, start, end), cut to the paragraph that the anchor stands in."""
        n = bisect_right(self.starts, anchor) - 1
        begin = self.starts[n]
        stop = self.starts[n + 1] - 1 if n + 1 < len(self.starts) else len(self.text)
        return self.paragraphs[n], max(start, begin) - begin, min(end, stop) - begin


def _runs(paragraphs: Sequence[TextPart]) -> Iterator[_Run]:
    texts: list[str] = []
    numbers: list[int] = []
    for n, part in enumerate(paragraphs):
        if numbers and _PAGE_NUMBER.fullmatch(part.text):
            continue
        if numbers and not _goes_on(paragraphs[numbers[-1]], part):
            yield _run(texts, numbers)
            texts, numbers = [], []
        texts.append(part.text)
        numbers.append(n)
    if numbers:
        yield _run(texts, numbers)


def _goes_on(previous: TextPart, part: TextPart) -> bool:
    """Whether a paragraph goes on with the sentence of the one before it."""
    if previous.section != part.section or not part.text:
        return False
    return len(previous.text) > 12 and not _ENDED.search(previous.text[-6:]) and not _BEGINS.match(part.text)


def _run(texts: list[str], numbers: list[int]) -> _Run:
    starts = [0]
    for text in texts[:-1]:
        starts.append(starts[-1] + len(text) + 1)
    numbered = _NUMBERING.match(texts[0])
    if numbered:
        # 1.35个部门: the numbering is not part of the number
        texts = ["※" * numbered.end() + texts[0][numbered.end() :], *texts[1:]]
    return _Run("\n".join(texts), tuple(starts), tuple(numbers))


def _finished(
    draft: Draft, run: _Run, tight: Tight, paragraphs: Sequence[TextPart], position: dict[int, int]
) -> Statement:
    number = draft.number
    start, end = tight.place(draft.start, draft.end)
    number_start, number_end = tight.place(number.start, number.end) if number else (start, end)
    paragraph, *span = run.place(start, end, number_start)
    _, *inner = run.place(number_start, number_end, number_start)
    part = paragraphs[paragraph]

    def at(other: Draft | None) -> int | None:
        return position.get(id(other)) if other is not None else None

    return Statement(
        section=part.section,
        quote=part.text[span[0] : span[1]],
        value=number.value if number else 0.0,
        unit=number.unit if number else None,
        approximate=number is not None and number.bound is not None,
        refers_to=_reference(draft),
        kind=draft.kind,
        alternatives=tuple(" + ".join(cells) for cells in draft.alternatives),
        amount=number.amount if number else 0.0,
        decimals=number.decimals if number else 0,
        bound=number.bound if number else None,
        direction=draft.direction,
        population=draft.population,
        topic=draft.topic,
        subject=draft.words,
        parts=tuple(position[id(part)] for part in draft.parts if id(part) in position),
        whole=at(draft.whole),
        head=at(draft.head),
        paragraph=paragraph,
        span=(span[0], span[1]),
        number=(inner[0], inner[1]),
        page=part.page,
    )


def _reference(draft: Draft) -> str | None:
    if not draft.cells:
        return None
    cells = " + ".join(draft.cells)
    if draft.over is not None:
        return f"{cells} / {' + '.join(draft.over)}"
    return f"{cells} - {' + '.join(draft.minus)}" if draft.minus is not None else cells
