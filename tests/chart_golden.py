"""The pictures of tests/data/charts, one of each kind: ``python tests/chart_golden.py`` draws them anew.

Look at every one that changed before it is committed.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from chart_cases import inputs

from liaocheng_foi import charts

FOLDER = Path(__file__).parent / "data" / "charts"
#: kind -> the case it is drawn from, and the language.
CASES = {
    "flow": ("shanghai-go-2019", "en"),
    "outcomes": ("liaocheng-2020", "zh"),
    "outcome_shares": ("liaocheng-2020", "en"),
    "outcome_applicant": ("liaocheng-2020", "zh"),
    "rates": ("liaocheng-2020", "en"),
    "denials": ("hangzhou-2025", "zh"),
    "reviews": ("broken-2021", "en"),
    "proactive": ("liaocheng-2020", "zh"),
    "stock_flow": ("suqian (two years)", "en"),
    "change": ("liaocheng-2020", "zh"),
    "quality": ("drawn-2", "zh"),
    "waterfall": ("suqian (two years)", "en"),
    "slope": ("suqian (two years)", "zh"),
    "series": ("all", "en"),
    "funnel": ("mixed", "zh"),
}
#: Dots per inch, and the mean difference of a pixel (of 255) that another machine may give.
DPI, TOLERANCE = 40, 2.0


def drawn(kind: str, case: str = "", form: str = "png") -> bytes:
    """The picture of a kind, of another case when one is given."""
    name, lang = CASES[kind]
    make, options = inputs(kind)[case or name]
    return charts.save(getattr(charts, kind)(make(), lang=lang, **options), form, dpi=DPI)


def files(kinds: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of the drawing of each kind, and of one in the other forms."""
    for kind in kinds:
        yield f"{kind}.svg", drawn(kind, form="svg")
    for form in ("png", "pdf"):
        yield f"outcomes.{form}", drawn("outcomes", form=form)


def difference(one: bytes, other: bytes) -> float:
    """Mean difference of the pixels of two pictures, of 255; infinite when they are of two sizes."""
    from matplotlib.image import imread

    a, b = (255 * imread(io.BytesIO(png), format="png")[..., :3].astype(float) for png in (one, other))
    return float(np.abs(a - b).mean()) if a.shape == b.shape else float("inf")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for kind in sys.argv[1:] or CASES:
        (FOLDER / f"{kind}.png").write_bytes(drawn(kind))
