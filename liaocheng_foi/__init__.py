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
    "shares": "changes",
    "outcomes": "changes",
    "applicant_shares": "changes",
    "own_change": "changes",
    "indicators": "indicator",
    "with_intervals": "indicator",
    "change": "years",
    "index": "growth",
    "contributions": "growth",
    "continuity": "restated",
    "decompose": "decomposition",
    "decompositions": "decomposition",
    "standardised_rates": "decomposition",
    "compare": "comparison",
    "peers": "funnels",
    "table": "show",
    "labelled": "show",
    "publish": "publication",
    "Codebook": "codebook",
    "FoiError": "problems",
    "Problem": "problems",
    "ReadError": "problems",
    "SchemaError": "problems",
    "SelectionError": "problems",
    "SourceError": "problems",
    "validate": "schemas",
}

#: public submodules.
_MODULES = ("charts", "indicator", "sentences", "series")

__all__ = ["__version__", *_PUBLIC, *_MODULES]

if TYPE_CHECKING:
    from . import charts, indicator, sentences, series
    from .changes import applicant_shares, outcomes, own_change, shares
    from .codebook import Codebook
    from .comparison import compare
    from .decomposition import decompose, decompositions, standardised_rates
    from .funnels import peers
    from .growth import contributions, index
    from .indicator import indicators, with_intervals
    from .panel import Panel, load
    from .problems import FoiError, Problem, ReadError, SchemaError, SelectionError, SourceError
    from .publication import publish
    from .readers import Limits
    from .report import Report, read, read_all
    from .restated import continuity
    from .schemas import validate
    from .show import labelled, table
    from .years import change


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f".{name}", __name__)
    module = _PUBLIC.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
