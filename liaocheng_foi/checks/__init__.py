"""Findings: the rules of the catalogue (``rules.csv``) asked of a report, of several, of a panel.

:func:`check` gives the ``findings`` table, :func:`examine` the same as records with all that was compared.
"""

from .catalogue import Rule, rules
from .examination import Examination, check, examine
from .finding import Finding, frame
from .surroundings import reports_of

__all__ = ["Examination", "Finding", "Rule", "check", "examine", "frame", "reports_of", "rules"]
