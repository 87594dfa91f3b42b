"""What the figures say, in one or two sentences each, true for any figures; zh and en.

A sentence reports; it does not explain. Every share stands with its count and denominator.
"""

from .comparisons import of_peers, of_two
from .panels import bodies, continuity, coverage, rates, series, standardised, tree
from .report import applicants, changes, outcomes, proactive, requests, reviews

__all__ = [
    "applicants", "bodies", "changes", "continuity", "coverage", "of_peers", "of_two", "outcomes", "proactive",
    "rates", "requests", "reviews", "series", "standardised", "tree",
]  # fmt: skip
