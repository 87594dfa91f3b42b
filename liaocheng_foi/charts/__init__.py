"""Charts: data in, matplotlib Axes out, Chinese and English, readable without colour and without a Chinese font.

>>> import liaocheng_foi as foi
>>> foi.charts.outcomes(report, lang="zh")
"""

from .change import change
from .outcome_applicant import outcome_applicant
from .outcomes import outcomes
from .proactive import proactive
from .reviews import reviews
from .style import save

__all__ = ["change", "outcome_applicant", "outcomes", "proactive", "reviews", "save"]
