"""Every computed frame has labels in both languages: no code and no missing value is left for a reader."""

import re

import pytest
from panels import panel, real
from test_panel import jiangsu

import liaocheng_foi as foi
from liaocheng_foi.panel import Panel


@pytest.fixture(scope="module")
def every():
    return Panel.from_figures(real("suqian-2023", "suqian-2024", "suqian-2025", "huaian-2024"), jiangsu())


FRAMES = {
    "shares": foi.shares,
    "indicators": lambda p: foi.indicator.with_intervals(foi.indicators(p)),
    "change": foi.change,
    "rates": lambda p: foi.change(p, of="indicators", level=0.95),
    "own": lambda p: foi.changes.own_change(panel("liaocheng-2020").report("liaocheng-2020")),
    "index": lambda p: foi.growth.index(p, "requests/granted", 2023),
    "contributions": lambda p: foi.growth.contributions(p, 2023, 2024),
    "bodies": lambda p: foi.growth.contributions(p, 2023, 2024, "organ"),
    "decompositions": foi.decomposition.decompositions,
    "decompose": lambda p: foi.decomposition.decompose(p.report("suqian", 2023), p.report("suqian", 2024)),
    "standardised": lambda p: foi.decomposition.standardised_rates(p, 2024),
    "continuity": foi.restated.continuity,
    "peers": lambda p: foi.funnels.peers(p, 2024),
    "series": lambda p: p.series("reviews/reconsideration/upheld").drop(columns="series"),
    "coverage": lambda p: p.coverage(),
    "gaps": lambda p: p.gaps(),
    "members": lambda p: p.members("jiangsu", 2024),
    "sum": lambda p: p.sum("jiangsu", 2024),
    "requests": lambda p: p.requests,
    "reviews": lambda p: p.reviews,
    "proactive": lambda p: p.proactive,
}


@pytest.mark.parametrize("name", FRAMES)
def test_every_frame_speaks_both_languages(name, every):
    frame = FRAMES[name](every)
    assert len(frame)
    zh, en = (foi.labelled(frame, lang, organs=lambda code, _: code.upper()) for lang in ("zh", "en"))
    for shown, stranger in ((zh, r"[a-z]{3}"), (en, r"[\u4e00-\u9fff]")):
        cells = [*shown.columns, shown.index.name, *shown.index, *shown.to_numpy().reshape(-1)]
        wrong = [cell for cell in cells if re.search(rf"{stranger}|_|nan|None|<NA>", str(cell))]
        assert set(wrong) <= {"printed 无"}
