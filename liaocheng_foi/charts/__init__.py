"""Charts: data in, matplotlib Axes out, Chinese and English, readable without colour and without a Chinese font.

>>> import liaocheng_foi as foi
>>> foi.charts.outcomes(report, lang="zh")  # Axes; Jupyter shows them
>>> foi.charts.outcomes.table(report)  # the numbers behind it
>>> foi.charts.outcomes.sentence(report)  # what it shows, in words
>>> foi.charts.outcomes.render(report, "svg")  # bytes, the same each time
"""

from .change import change
from .chart import Chart
from .denials import denials
from .flow import flow
from .funnel import funnel
from .outcome_applicant import outcome_applicant
from .outcome_shares import outcome_shares
from .outcomes import outcomes
from .proactive import proactive
from .quality import quality
from .rates import rates
from .reviews import reviews
from .saving import save
from .series import series
from .slope import slope
from .stock_flow import stock_flow
from .waterfall import waterfall

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
    "stock_flow": stock_flow,
    "change": change,
    "quality": quality,
}
#: Charts of two reports of one body.
OF_TWO_YEARS: dict[str, Chart] = {"waterfall": waterfall, "slope": slope, "stock_flow": stock_flow}
#: Charts of many reports: of one body over years, of many bodies in one year.
OF_MANY: dict[str, Chart] = {"series": series, "funnel": funnel}

__all__ = ["OF_A_REPORT", "OF_MANY", "OF_TWO_YEARS", "Chart", "save", *{**OF_A_REPORT, **OF_TWO_YEARS, **OF_MANY}]
