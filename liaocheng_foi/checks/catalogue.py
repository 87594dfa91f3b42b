"""The rules as data: what each asks, how grave its breach is, on which edition, in which words, on what it rests.

``rules.csv`` holds one line per rule, or two where the severity differs over cells. A line with a ``formula`` is
linear and evaluated by :mod:`.linear`; the others are functions of the family's module, registered under the id with
:func:`rule`. A line with neither is a remark: it says what is not, or cannot be, checked.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from .facts import Facts
    from .finding import Outcome

#: The modules that hold the functions.
FAMILIES = (
    "structure", "cells", "proactive", "requests", "reviews", "across", "years", "levels", "text", "percentages",
    "plausibility", "repairs",
)  # fmt: skip

#: The first letters of a rule's id -> what the family is about, zh and en.
FAMILY_NAMES = {
    "ST": ("结构、日期、版本", "structure, dates, edition"),
    "CE": ("单元格", "cells"),
    "PR": ("主动公开表", "proactive disclosure"),
    "RQ": ("申请表", "requests"),
    "RV": ("复议诉讼表", "reconsideration and litigation"),
    "XT": ("表与表之间", "table against table"),
    "XY": ("与上年报告", "year against year"),
    "XL": ("区域与所属单位", "region against units"),
    "TX": ("正文与表", "text against table"),
    "PC": ("百分比", "percentages"),
    "PL": ("合理性", "plausibility"),
    "WV": ("豁免", "waivers"),
}

Function = Callable[["Facts"], "Iterator[Outcome]"]
_FUNCTIONS: dict[str, Function] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of rules.csv."""

    rule: str
    """Its id, such as ``RQ01``."""
    severity: str
    editions: tuple[int, ...]
    formula: str
    """For a linear rule: sums of cells on both sides of ``=``, ``<=`` or ``>=``; ``*`` runs over all rows or
    columns, ``@previous`` is the report of the year before."""
    over: str
    """``applicants`` where ``*`` leaves the total out."""
    title_zh: str
    title_en: str
    message_zh: str
    message_en: str
    source_zh: str
    source_en: str
    """The clause it rests on."""

    def source(self, lang: str) -> str:
        """The clause it rests on."""
        return self.source_zh if lang == "zh" else self.source_en

    def title(self, lang: str) -> str:
        """What it asks for."""
        return self.title_zh if lang == "zh" else self.title_en

    @property
    def kind(self) -> str:
        """``linear``, ``function`` or ``remark``."""
        return "linear" if self.formula else "function" if self.message_zh else "remark"


@cache
def rules() -> tuple[Rule, ...]:
    """The catalogue in its order."""
    source = files(__package__).joinpath("rules.csv").read_text(encoding="utf-8")
    return tuple(_rule(line) for line in csv.DictReader(source.splitlines()))


def _rule(line: dict[str, str]) -> Rule:
    known: dict[str, Any] = dict(line)
    known["editions"] = tuple(int(edition) for edition in line["editions"].split("|"))
    return Rule(**known)


def catalogue_frame() -> pd.DataFrame:
    """The catalogue as a frame, one row per line: rule, severity, editions, kind, formula, titles, messages, source."""
    import pandas as pd

    names = [field.name for field in fields(Rule) if field.name != "over"]
    names.insert(names.index("formula"), "kind")
    frame = pd.DataFrame([[getattr(rule, column) for column in names] for rule in rules()], columns=names)
    return frame.assign(editions=["|".join(map(str, rule.editions)) for rule in rules()])


@cache
def by_id() -> dict[str, Rule]:
    """Each rule by its id; of two lines the first."""
    found: dict[str, Rule] = {}
    for each in rules():
        found.setdefault(each.rule, each)
    return found


def rule(name: str) -> Callable[[Function], Function]:
    """Register a function of :class:`Facts` as the rule of that id.

    It yields one :class:`Outcome` per breach, or one that says that it could not be assessed; nothing is a pass.
    """

    def register(function: Function) -> Function:
        _FUNCTIONS[name] = function
        return function

    return register


@cache
def functions() -> dict[str, Function]:
    """Every registered function by rule id, in the order of rules.csv, whichever module was imported first."""
    for family in FAMILIES:
        import_module(f".{family}", __package__)
    return {name: _FUNCTIONS[name] for name in by_id() if name in _FUNCTIONS}
