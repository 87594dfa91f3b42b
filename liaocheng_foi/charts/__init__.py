"""Charts: data in, matplotlib Axes out, Chinese and English, readable without colour and without a Chinese font.

>>> import liaocheng_foi as foi
>>> foi.charts.outcomes(report, lang="zh")  # Axes
>>> foi.charts.outcomes.table(report)  # the numbers behind it
>>> foi.charts.outcomes.sentence(report)  # what it shows, in words
>>> foi.charts.outcomes.render(report, "svg")  # bytes, the same each time
"""

from .change import change
from .denials import denials
from .flow import flow
from .outcome_applicant import outcome_applicant
from .outcome_shares import outcome_shares
from .outcomes import outcomes
from .proactive import proactive
from .rates import rates
from .reviews import reviews
from .style import Chart, save

#: Charts of one report, in the order a reader meets them.
OF_A_REPORT: dict[str, Chart] = {
    "flow": flow,
    "outcomes": outcomes,
    "outcome_shares": outcome_shares,
    "outcome_applicant": outcome_applicant,
    "rates": rates,
    "denials": denials,
    "reviews": reviews,
    "proactive": proactive,
    "change": change,
}

__all__ = ["OF_A_REPORT", "Chart", "save", *OF_A_REPORT]
