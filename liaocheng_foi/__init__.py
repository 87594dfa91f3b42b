"""Read, check, compare and publish Chinese government-information-disclosure annual reports.

>>> import liaocheng_foi as foi
>>> report = foi.read("some-report.pdf")
>>> report.requests

Names are loaded when first used, so that the import itself costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

#: public name -> module that holds it.
_PUBLIC = {
    "Report": "report",
    "read": "report",
    "read_all": "report",
    "Limits": "readers",
    "load": "panel",
    "Panel": "panel",
    "shares": "measures.composition",
    "indicators": "measures.indicator",
    "change": "measures.years",
    "compare": "comparison",
    "figure": "show",
    "table": "show",
    "labelled": "show",
    "check": "checks",
    "examine": "checks",
    "proofread": "publication",
    "publish": "publication",
    "export": "release",
    "publish_all": "publication",
    "Codebook": "codebook",
    "FoiError": "problems",
    "Problem": "problems",
    "ReadError": "problems",
    "SchemaError": "problems",
    "SelectionError": "problems",
    "SourceError": "problems",
    "Repair": "checks.repairs",
    "repairs": "checks.repairs",
    "validate": "schemas",
}

#: public submodules -> where they stand.
_MODULES = {name: name for name in ("changes", "charts", "sentences")} | {
    name: f"measures.{name}"
    for name in ("decomposition", "funnels", "growth", "indicator", "intervals", "restated", "rounding", "series")
}

__all__ = ["__version__", *_PUBLIC, *_MODULES]

if TYPE_CHECKING:
    from . import changes, charts, sentences
    from .checks import check, examine
    from .checks.repairs import Repair, repairs
    from .codebook import Codebook
    from .comparison import compare
    from .measures import decomposition, funnels, growth, indicator, intervals, restated, rounding, series
    from .measures.composition import shares
    from .measures.indicator import indicators
    from .measures.years import change
    from .panel import Panel, load
    from .problems import FoiError, Problem, ReadError, SchemaError, SelectionError, SourceError
    from .publication import proofread, publish, publish_all
    from .readers import Limits
    from .release import export
    from .report import Report, read, read_all
    from .schemas import validate
    from .show import figure, labelled, table


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f".{_MODULES[name]}", __name__)
    module = _PUBLIC.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
