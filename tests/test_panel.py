import re

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from panels import REAL, balanced, cells_of, framed, panel, real

import liaocheng_foi as foi
from liaocheng_foi.measures.indicator import indicators
from liaocheng_foi.measures.rounding import half_up
from liaocheng_foi.schemas import validate

PROCESSED = ROOT / "data" / "processed"


def tree(*lines):
    columns = ["code", "zh", "en", "level", "parent", "valid_from", "valid_to"]
    rows = [(code, code, code, "city", parent, *(dates or (None, None))) for code, parent, *dates in lines]
    return pd.DataFrame(rows, columns=columns)


def jiangsu(*more):
    return tree(
        ("jiangsu", None, None, None),
        ("suqian", "jiangsu", None, None),
        ("huaian", "jiangsu", None, None),
        ("hongze", "huaian", None, None),
        *more,
    )


def test_the_stored_panel():
    stored = foi.load(PROCESSED)
    assert stored.folder == PROCESSED and len(stored) == len(stored.reports)
    report = stored.report("liaocheng", 2020)
    assert report.value("requests", "received_new") == 1054
    assert stored.report("liaocheng-2020").figures.equals(report.figures)
    assert {"report", "origin", "hand", "missing"} <= set(stored.provenance)
    assert stored.cube is stored.cube
    assert "liaocheng-2020" in repr(stored)


def test_no_data_no_panel(tmp_path):
    with pytest.raises(foi.SourceError, match="foi build"):
        foi.load(tmp_path)


def test_a_panel_of_reports_is_that_of_their_figures():
    reports = [panel().report("suqian", year) for year in (2023, 2024)]
    made = foi.Panel.of(reports)
    pd.testing.assert_frame_equal(indicators(made), indicators(real("suqian-2023", "suqian-2024")))
    assert len(made.requests) == 2 * 175 and made.statements.empty
    with pytest.raises(foi.SelectionError, match="in memory"):
        _ = made.folder
    with pytest.raises(foi.SelectionError, match="at least one"):
        foi.Panel.of([])


def test_a_report_given_again():
    report = panel().report("suqian", 2024)
    assert len(foi.Panel.of([report, report]).requests) == 175
    cells = cells_of("suqian-2024")
    cells["requests", "granted", "total"] += 1
    other = foi.Panel.from_figures(framed(cells, "suqian", 2024)).report("suqian", 2024)
    with pytest.raises(foi.SelectionError, match="suqian-2024 stands twice with different figures"):
        foi.Panel.of([report, other])


def test_a_body_by_its_names():
    columns = ["code", "zh", "en", "level", "parent", "valid_from", "valid_to"]
    names = [("suqian", "宿迁市人民政府", "Suqian Municipal Government"), ("huaian", "淮安市", "Huai'an")]
    organs = pd.DataFrame([(*each, "city", None, None, None) for each in names], columns=columns)
    every = panel("suqian-2024", "huaian-2024", organs=organs)
    for name in ("suqian", "宿迁市人民政府", "宿迁市", "Suqian Municipal Government"):
        assert every.organ_code(name) == "suqian" and every.report(name, 2024).organ == "suqian"
    assert every.organ_code("淮安市人民政府") == "huaian" and every.organ_code("聊城市") is None
    twice = foi.Panel.from_figures(real("suqian-2024"), pd.concat([organs, organs.assign(code=["a", "b"])]))
    assert twice.organ_code("宿迁市") is None


def test_reports_of_which_body_and_year_are_not_known():
    nameless = foi.Panel.from_figures(real("suqian-2024").assign(organ=None, year=None, scope=None))
    (report,) = nameless
    assert report.value("requests", "granted") == 1431 and nameless.reports["report"].tolist() == ["unknown-unknown"]


def test_shown_in_a_notebook():
    organs = jiangsu(("oldtown", "jiangsu", None, "2023-03-01"))
    figures = pd.concat([real("suqian-2023", "suqian-2025"), real("hongze-2023").assign(organ="oldtown")])
    html = foi.Panel.from_figures(figures, organs)._repr_html_()
    assert "3份报告，2个机关 · 3 reports, 2 bodies" in html
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in html.split("</tr>")[:3]]
    assert rows == [
        ["", "2023", "2024", "2025"],
        ["oldtown", "100% (2021)", "—", "—"],
        ["suqian", "100% (2021)", "", "14% (2021)"],
    ]
    many = foi.Panel.from_figures(pd.concat([real("suqian-2025").assign(organ=f"<{i}>") for i in range(42)]))
    assert "另有2个机关 · and 2 more" in many._repr_html_() and "<0>" not in many._repr_html_()


def test_selecting():
    every = panel()
    assert len(every) == len(REAL)
    assert set(every.sel(organ="suqian").reports["year"]) == {2023, 2024, 2025}
    part = every.sel(organ=["suqian", "huaian"], year=2024)
    assert len(part) == 2 and len(part.requests) == 350 and set(part.figures["year"]) == {2024}
    assert len(every.sel(scope="organ")) == 1
    assert len(part.sel(organ="suqian").reviews) == 15
    assert len(every.sel(year=np.int16(2020))) == 1
    stored = foi.load(PROCESSED).sel(organ=["宿迁市人民政府", "Huai'an Municipal Government"])
    assert set(stored.reports["organ"]) == {"suqian", "huaian"}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"organ": "atlantis"}, "no report of organ 'atlantis'; there are: .*suqian"),
        ({"year": [2023, 1999]}, "no report of year 1999"),
        ({"year": 0}, "no report of year 0"),
        ({"organ": []}, "no organ to select"),
        ({"scope": "galaxy"}, "no report of scope 'galaxy'"),
        ({"year": "2024"}, "no report of year '2024'; there are: 2019"),
        ({"year": 2024.5}, "no report of year 2024.5"),
    ],
)
def test_selecting_what_is_not_there(wanted, words):
    with pytest.raises(foi.SelectionError, match=words):
        panel().sel(**wanted)


def test_a_report_that_is_not_there_or_twice():
    every = panel()
    with pytest.raises(foi.SelectionError, match="'suqian-1999'; known: .*suqian-2023"):
        every.report("suqian", 1999)
    both = foi.Panel.from_figures(pd.concat([real("suqian-2023"), real("suqian-2023").assign(scope="organ")]))
    with pytest.raises(foi.SelectionError, match="2 times .* say which scope"):
        both.report("suqian", 2023)
    assert both.report("suqian", 2023, "organ").scope == "organ"
    gone = panel("suqian-2023", organs=jiangsu(("oldtown", "jiangsu", None, "2023-03-01")))
    with pytest.raises(foi.SelectionError, match="oldtown exists under this name to 2023-03-01"):
        gone.report("oldtown", 2024)


def test_coverage():
    frame = panel().coverage().set_index(["organ", "year"])
    assert frame.loc[("suqian", 2023), ["expected", "reported", "completeness"]].tolist() == [200, 200, 1]
    assert frame.loc[("suqian", 2025), ["reported", "not_found", "completeness"]].tolist() == [28, 172, 0.14]
    assert frame.loc[("shanghai-go", 2019), ["expected", "blank"]].tolist() == [198, 135]
    # other handling printed in one row of seven instead of three
    assert frame.loc[("hongze", 2023), ["expected", "reported", "not_found", "in_one_row"]].tolist() == [
        186,
        186,
        0,
        21,
    ]
    assert frame.loc[("hongze", 2023), "completeness"] == 1


def test_gaps():
    organs = jiangsu(("newtown", "jiangsu", "2024-05-01", None), ("oldtown", "jiangsu", None, "2023-03-01"))
    frame = panel("suqian-2023", "suqian-2025", "hongze-2023", organs=organs).gaps()
    assert frame[frame["kind"] == "no_report"][["organ", "year"]].values.tolist() == [
        ["hongze", 2024], ["hongze", 2025], ["huaian", 2023], ["huaian", 2024], ["huaian", 2025],
        ["jiangsu", 2023], ["jiangsu", 2024], ["jiangsu", 2025], ["newtown", 2024], ["newtown", 2025],
        ["oldtown", 2023], ["suqian", 2024],
    ]  # fmt: skip
    partly = frame[frame["kind"] != "no_report"]
    assert partly[["organ", "kind", "cells"]].values.tolist() == [
        ["hongze", "cells_in_one_row", 21],
        ["suqian", "cells_not_found", 172],
    ]


def test_series_over_two_forms():
    figures = pd.concat([framed(cells_of("liaocheng-2020"), "suqian", 2020, 2019), real("suqian-2023", "suqian-2024")])
    every = foi.Panel.from_figures(figures)
    frame = every.series("requests/other")
    assert frame[["year", "value", "segment"]].values.tolist() == [[2020, 24, 0], [2023, 341, 2021], [2024, 469, 2021]]
    assert frame["note"].tolist() == ["", "form_2021|fee_2021", ""]
    assert every.series("reviews/reconsideration/upheld")["note"].tolist() == ["", "form_2021", "law_2024"]
    assert every.series("requests/granted/legal_person")["value"].iloc[0] == 35
    with pytest.raises(foi.SelectionError, match="no series"):
        every.series("requests/nothing")
    blank = panel("shanghai-go-2019").series("requests/granted").iloc[0]
    assert (blank["value"], blank["status"]) == (272, "blank")
    assert blank["note"] == "blank_as_zero|total_derived|mixed_2019"


def test_who_enters_a_sum():
    members = panel("suqian-2024", "huaian-2024", organs=jiangsu()).members("jiangsu", 2024)
    assert members.values.tolist() == [["suqian", "region-wide", "summed", ""], ["huaian", "region-wide", "summed", ""]]
    # a district inside of a city that reports for its whole region is not counted again
    figures = pd.concat([real("huaian-2024"), framed(cells_of("hongze-2023"), "hongze", 2024)])
    inside = foi.Panel.from_figures(figures, jiangsu()).members("jiangsu", 2024)
    assert inside.values.tolist() == [
        ["suqian", "", "no_report", ""],
        ["huaian", "region-wide", "summed", ""],
        ["hongze", "region-wide", "inside", "huaian"],
    ]
    gone = jiangsu(("oldtown", "jiangsu", None, "2023-03-01"))
    figures = pd.concat([real("suqian-2024", "huaian-2024"), framed(cells_of("hongze-2023"), "oldtown", 2024)])
    late = foi.Panel.from_figures(figures, gone)
    assert late.members("jiangsu", 2024).values.tolist()[-1] == ["oldtown", "region-wide", "not_valid", ""]
    assert set(late.sum("jiangsu", 2024)["of"]) == {2}
    loop = tree(("a", "b", None, None), ("b", "a", None, None))
    with pytest.raises(foi.SelectionError, match="a stands above itself"):
        foi.Panel.from_figures(real("suqian-2024"), loop).members("a", 2024)
    with pytest.raises(foi.SelectionError, match="no body 'atlantis'"):
        panel("suqian-2024", organs=jiangsu()).members("atlantis", 2024)


def test_a_body_with_two_scopes_counts_once():
    figures = pd.concat([real("huaian-2024"), real("huaian-2024").assign(scope="own-level")])
    roles = foi.Panel.from_figures(figures, jiangsu()).members("jiangsu", 2024)
    assert roles.loc[roles["organ"] == "huaian", ["scope", "role"]].values.tolist() == [
        ["region-wide", "summed"],
        ["own-level", "inside"],
    ]


def test_sums_are_of_counts_and_rates_follow_from_them():
    every = panel("suqian-2024", "huaian-2024", organs=jiangsu())
    total = every.sum("jiangsu", 2024)
    assert len(total) == 200 and set(total["units"]) == {2} and set(total["missing"]) == {""}
    rate = indicators(total, ["disclosure_rate"]).iloc[0]
    # 1816 of 3050 and 1902 of 3521; the mean of the two rates would be 56.78
    assert (rate["numerator"], rate["denominator"], str(half_up(rate["value"]))) == (3718, 6571, "56.58")


def test_a_sum_that_lacks_somebody_is_no_sum():
    every = panel("suqian-2024", "huaian-2024", organs=jiangsu(("nanjing", "jiangsu", None, None)))
    total = every.sum("jiangsu", 2024)
    assert total["value"].isna().all() and set(total["missing"]) == {"nanjing"}
    received = total[(total["row"] == "received_new") & (total["column"] == "total")].iloc[0]
    assert (received["known"], received["units"], received["of"]) == (3119 + 3525, 2, 3)
    assert set(indicators(total, ["disclosure_rate"])["status"]) == {"not_found"}
    with pytest.raises(
        foi.SelectionError, match="no report below jiangsu in 2025 to sum; without one: hongze, huaian, nanj"
    ):
        every.sum("jiangsu", 2025)


def test_a_cell_that_one_body_lacks_is_named():
    cells = cells_of("huaian-2024")
    cells["proactive", "fee", "fee_amount"] = "illegible"
    figures = pd.concat([real("suqian-2024"), framed(cells, "huaian", 2024)])
    total = foi.Panel.from_figures(figures, jiangsu()).sum("jiangsu", 2024)
    lacking = total[total["value"].isna()]
    assert lacking[["row", "column", "units", "missing"]].values.tolist() == [["fee", "fee_amount", 1, "huaian"]]


def test_a_sum_with_other_handling_in_one_row():
    every = panel("suqian-2023", "hongze-2023", organs=jiangsu())
    total = every.sum("jiangsu", 2023)
    other = total[(total["table"] == "requests") & (total["column"] == "total") & total["row"].str.startswith("other")]
    assert other[["row", "known", "units", "missing"]].values.tolist() == [
        ["other.overdue_correction", 40, 1, "hongze|huaian"],
        ["other.overdue_fee", 10, 1, "hongze|huaian"],
        ["other.rest", 291, 1, "hongze|huaian"],
        ["other", 341, 2, "huaian"],
    ]
    alone = panel("suqian-2023", "hongze-2023", organs=tree(("all", None), ("suqian", "all"), ("hongze", "all")))
    rates = indicators(alone.sum("all", 2023), ["other_rate", "fee_deterrence"]).set_index("indicator")
    assert rates.loc[["other_rate"], "numerator"].iloc[0] == 341
    assert set(rates.loc["fee_deterrence", "status"]) == {"in_one_row"}


def test_an_empty_body_leaves_a_sum_alone_but_named():
    empty = framed(dict.fromkeys(balanced({}), None), "empty", 2024)
    organs = jiangsu(("empty", "jiangsu", None, None))
    total = foi.Panel.from_figures(pd.concat([real("suqian-2024", "huaian-2024"), empty]), organs).sum("jiangsu", 2024)
    assert total["value"].isna().all() and set(total["missing"]) == {"empty"}
    assert total["known"].sum() == pytest.approx(
        panel("suqian-2024", "huaian-2024", organs=jiangsu()).sum("jiangsu", 2024)["value"].sum()
    )


@pytest.mark.parametrize("name", ["figures", "proactive", "requests", "reviews"])
def test_the_tables_of_stored_reports_are_as_their_schema_asks(name):
    """They are not validated again when they are asked for."""
    for report in foi.load(PROCESSED):
        frame = getattr(report, name)
        pd.testing.assert_frame_equal(validate(frame, name), frame)
