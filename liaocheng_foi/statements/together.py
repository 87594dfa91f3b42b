"""Sums said in words: ``两项合计716件``, ``上述三类共占29.6%`` speak of the counts before them, together.

Only where it is plain which counts are meant: neighbours of one kind in one sentence, as many as the words say, and
none more beside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from . import vocabulary as words
from .draft import Draft
from .references import PREVIOUS

_SHARE = re.compile(words.JOINT_SHARE)
_COUNT = re.compile(words.JOINT_COUNT)
_MANY = {numeral: n for n, numeral in enumerate("二三四五六七八九", 2)} | {"两": 2}
#: Kinds of counts that can be added; of the flows only what was received and what was carried in.
_FAMILIES = ("outcome", "applicant", "result", "proceeding", "channel", "flow")


def of_share(before: str) -> re.Match[str] | None:
    """Whether the words between two numbers make the second a share of several counts; ``many``, ``whole``."""
    return _SHARE.fullmatch(before)


def of_count(before: str) -> re.Match[str] | None:
    """Whether they make it a sum of several counts; ``many``."""
    return _COUNT.fullmatch(before)


def parts(counts: Sequence[Draft], draft: Draft, many: str | None) -> tuple[Draft, ...]:
    """The counts before a number that says their sum; empty where it is open which are meant."""
    counts = [one for one in counts if not any(PREVIOUS in cell for cell in one.cells)]
    last = counts[-1] if counts else None
    if last is None or last.sentence != draft.sentence or last.number is None:
        return ()
    found = list(takewhile(lambda one: _beside(one, last), reversed(counts)))[::-1]
    if any(one is other.head for one in found for other in found):
        return ()
    near = [one for one in found if one.half == last.half]
    wanted = (_MANY[many],) if many else range(2, len(counts) + 1)
    chosen = next((group for group in (found, near) if len(group) in wanted), [])
    if not many and (chosen != near or last.half != draft.half):
        return ()
    cells = [cell for one in chosen for cell in one.cells]
    if last.family == "flow" and set(cells) != set(words.WORKLOAD):
        return ()
    return tuple(chosen) if len(set(cells)) == len(cells) else ()


def _beside(one: Draft, last: Draft) -> bool:
    """Whether a count may be added to the last one: of the same kind, neither a sum itself nor read in two ways."""
    same = (one.sentence, one.counter, one.head) == (last.sentence, last.counter, last.head)
    listed = one.head is not None and one.family not in ("flow", "proactive")
    alike = one.family == last.family and one.family in _FAMILIES
    return same and (alike or listed) and not one.parts and (not one.alternatives or one.family == "flow")


def cells(parts: Sequence[Draft]) -> tuple[str, ...]:
    """Those of all parts; none where some part has none."""
    return tuple(cell for part in parts for cell in part.cells) if all(part.cells for part in parts) else ()


def head(parts: Sequence[Draft]) -> Draft | None:
    """The count that parts are listed under; of a sum, that of its parts."""
    heads = {id(part.head): part.head for part in parts}
    if len(heads) == 1 and (only := parts[0].head) is not None:
        return only
    return head(parts[0].parts) if len(parts) == 1 and parts[0].parts else None
