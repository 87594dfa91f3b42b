import io
import json

import pandas as pd
import pytest
from conftest import ROOT, SHARED
from hypothesis import given
from hypothesis import strategies as st
from panels import balanced, cells_of, framed, panel, real

import liaocheng_foi as foi
from liaocheng_foi import grid
from liaocheng_foi.cli import main
from liaocheng_foi.comparison import Comparison, compare
from liaocheng_foi.report import Report
from liaocheng_foi.similarity import letters, similarity


@pytest.fixture(scope="module")
def every():
    return panel()


@pytest.fixture(scope="module")
def suqian(every):
    return compare("suqian:2023", "suqian:2024", panel=every)


def test_every_cell_of_two_years_is_there(suqian):
    cells = suqian.cells[suqian.cells["kind"] == "cell"]
    assert len(cells) == 200 and set(cells["state"]) == {"compared"}
    other = suqian.cells[(suqian.cells["row"] == "other") & (suqian.cells["column"] == "total")].iloc[0]
    assert (other["base"], other["value"], other["difference"], other["kind"]) == (341, 469, 128, "sum")
    assert other["state"] == "compared"
    rate = suqian.indicators.set_index(["indicator", "applicant"]).loc[("disclosure_rate", "total")]
    assert (round(rate["base"], 2), round(rate["value"], 2), round(rate["difference"], 2)) == (43.57, 54.02, 10.44)
    assert set(suqian.continuity["status"]) == {"agrees"} and len(suqian.continuity) == 9


def test_equal_cells_with_and_without_zeros(suqian):
    frame = suqian.equal.set_index("table")
    counted = frame[["equal", "cells", "nonzero_equal", "nonzero"]].astype(int).values.tolist()
    assert counted == [[1, 10, 1, 10], [98, 175, 4, 81], [1, 15, 0, 14]]
    assert frame.loc["requests", "share"] == 56 and round(frame.loc["requests", "nonzero_share"], 2) == 4.94


def test_what_appears_and_what_vanishes(every):
    later = compare(every.report("suqian", 2024), every.report("suqian", 2025)).cells
    states = later[later["kind"] == "cell"]["state"].value_counts()
    assert states.to_dict() == {"vanished": 172, "compared": 28}
    back = compare(every.report("suqian", 2025), every.report("suqian", 2024)).cells
    assert back[back["kind"] == "cell"]["state"].value_counts().to_dict() == {"appeared": 172, "compared": 28}


def test_two_years_may_be_given_in_either_order(every, suqian):
    back = compare(every.report("suqian", 2024), every.report("suqian", 2023))
    assert back.cells["difference"].tolist() == (-suqian.cells["difference"]).tolist()
    assert "law_2024" in set(back.cells["note"].str.split("|").explode())


def test_two_forms(every):
    cells = compare(every.report("liaocheng", 2020), every.report("suqian", 2023)).cells
    lacking = cells[cells["state"] == "not_comparable"]
    assert lacking["difference"].isna().all() and len(lacking) == 43
    stock = cells[cells["row"] == "normative_document"].set_index("column")["state"]
    assert stock.to_dict() == {
        "issued": "compared", "published_new": "not_comparable", "published_total": "not_comparable",
        "repealed": "not_comparable", "in_force": "not_comparable",
    }  # fmt: skip


def test_two_bodies_are_not_two_years_of_one(every):
    cells = compare(every.report("huaian", 2024), every.report("suqian", 2024))
    assert set(cells.cells["state"]) == {"compared"} and cells.continuity.empty
    assert not cells.cells["note"].str.contains("_20").any()


def test_one_report_with_itself(every):
    report = every.report("suqian", 2023)
    itself = compare(report, report)
    assert (itself.cells["difference"] == 0).all() and (itself.equal["share"] == 100).all()


def test_a_region_is_not_compared_with_an_organ_unless_asked(every):
    reports = every.report("liaocheng", 2020), every.report("shanghai-go", 2019)
    with pytest.raises(foi.SelectionError, match="liaocheng-2020 is region-wide and shanghai-go-2019 is organ"):
        compare(*reports)
    cells = compare(*reports, mixed_scopes=True).cells
    granted = cells[(cells["row"] == "granted") & (cells["column"] == "total")].iloc[0]
    assert (granted["base"], granted["value"], granted["status"]) == (632, 272, "blank")
    assert granted["note"] == "blank_as_zero|total_derived|mixed_2019"


def test_reports_without_a_body_or_a_year():
    frame = framed(balanced({"natural_person": {"granted": 4}})).assign(organ=None, year=None)
    nameless = Report.from_figures(frame)
    cells = compare(nameless, nameless).cells
    assert (cells["difference"].dropna() == 0).all() and len(cells) == 228


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("依法公开。", "依法公开。", 100),
        # 3 pairs against 11: 2·3 of 14
        ("依法公开。", "依法公开。" * 3, 600 / 14),
        # punctuation, digits, width and blanks say nothing
        ("依法公开12件；其中：Ａ类", "依法 公开，34件其中a类", 100),
        # one character of eight changed: 5 of 7 pairs stay
        ("积极推进政务公开", "积极推动政务公开", 500 / 7),
        ("依法公开", "严格审查", 0),
        ("公", "公", 100),
        ("公", "开", 0),
        ("", "依法公开", None),
        ("2024。", "依法公开", None),
    ],
)
def test_similarity_by_hand(a, b, expected):
    assert similarity(a, b) == (None if expected is None else pytest.approx(expected))
    assert similarity(b, a) == similarity(a, b)


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_symmetric_and_between_0_and_100(a, b):
    found = similarity(a, b)
    assert found == similarity(b, a)
    assert found is None or 0 <= found <= 100
    assert similarity(a, a) == (100 if letters(a) else None)


def told(year, **texts):
    """A report whose sections hold these texts, headings of the form included."""
    parts = [grid.TextPart("overview", "一、总体情况"), grid.TextPart(None, "年度报告")]
    parts += [grid.TextPart(section, text) for section, text in texts.items()]
    made = panel().report("suqian", year)
    return Report(made.cells(), 2021, made.metadata, paragraphs=parts)


def test_texts_are_compared_by_section_without_the_words_of_the_form():
    one = told(2023, overview="收到申请12件，依法办理。", shortcomings="公开意识不强。")
    two = told(2024, overview="收到申请34件，依法办理。", other_matters="没有其他事项。")
    frame = Comparison(one, two).text.set_index("section")
    assert frame.loc["overview", ["base_length", "length", "similarity"]].tolist() == [9, 9, 100]
    assert frame.loc["shortcomings", "length"] == 0 and frame["similarity"].isna().tolist() == [False, True, True]
    assert list(frame.index) == ["overview", "shortcomings", "other_matters"]


def test_shown_in_a_notebook(suqian, every):
    assert "公开率：2023年43.57%（1,519/3,486），2024年54.02%（1,902/3,521）" in suqian._repr_html_()
    assert "suqian-2023" in repr(suqian)
    assert "suqian与1个同类机关（2024年）" in compare("suqian:2024", every)._repr_html_()


def test_either_side_by_id_by_body_and_year_or_as_a_document(every, tmp_path):
    expected = compare(every.report("suqian", 2023), every.report("suqian", 2024)).cells
    assert compare("suqian-2023", "suqian:2024", panel=every).cells.equals(expected)
    document = tmp_path / "report.csv"
    every.report("suqian", 2024).to_csv(document)
    found = compare("suqian:2023", document, panel=every)
    assert found.cells["value"].tolist() == expected["value"].tolist()
    for asked, words in [("suqian:1999", "no report 'suqian-1999'"), ("suqian:x", "BODY:YEAR"), ("nothing", "Nor is")]:
        with pytest.raises(foi.SelectionError, match=words):
            compare(asked, "suqian:2024", panel=every)


def said(comparison, lang):
    return "\n".join(comparison.sentences(lang))


def test_what_it_says_of_two_years(suqian):
    zh, en = said(suqian, "zh"), said(suqian, "en")
    assert suqian.title("en") == "suqian: 2023 and 2024"
    assert "新收：由2023年的3,511件增至2024年的3,525件（+14件，+0.40%）" in zh
    assert "New requests rose from 3,511 in 2023 to 3,525 in 2024 (+14, +0.40%)" in en
    assert "相差+10.44个百分点（95%波动区间+8.11至+12.76）" in zh and "200格两边都有数字。" in zh
    assert "相同的格：100/200；不计两边都为0的格：5/105。" in zh and "9 agree." in en
    assert "注意：2024年起对不予公开须先复议再起诉。" in zh


def test_what_it_says_of_two_bodies_is_no_rise_or_fall(every):
    found = compare("huaian:2024", "suqian:2024", panel=every)
    assert "新收：huaian3,119件，suqian3,525件（suqian多406件）" in said(found, "zh")
    assert "new requests: huaian 3,119, suqian 3,525 (406 more in suqian)" in said(found, "en").lower()
    assert not any(word in said(found, "en") for word in ("rose", "fell")) and "增至" not in said(found, "zh")


def test_what_it_says_of_figures_that_are_not_there(every):
    found = compare("suqian:2024", "suqian:2025", panel=every)
    assert "办结：2024年3,521件，2025年没有数字" in said(found, "zh")
    assert "requests handled: 3,521 in 2024, no figure for 2025" in said(found, "en")
    assert "2025年无法计算（报告中没有找到该单元格）" in said(
        found, "zh"
    ) and "not computed (the cell was not found" in said(found, "en")
    assert "172格只有前者有数字" in said(found, "zh") and "only on the earlier side: 172" in said(found, "en")


def test_what_it_says_of_a_year_that_does_not_follow(every):
    cells = cells_of("suqian-2024")
    cells["requests", "carried_in", "total"] = 120
    wrong = foi.Panel.from_figures(framed(cells, "suqian", 2024)).report("suqian", 2024)
    found = compare(every.report("suqian", 2023), wrong)
    assert "8项相符，1项不符：上年结转应为121，印为120。" in said(found, "zh")
    assert "8 agree, 1 differs: carried in expected 121, printed 120." in said(found, "en")


def test_tables_for_reading(suqian):
    tables = suqian.tables("en")
    assert list(tables) == ["headline", "indicators", "cells", "equal", "continuity"]
    line = tables["headline"].loc["Other handling"]
    assert line[["2023", "2024", "difference", "change (%)"]].tolist() == ["341", "469", "+128", "+37.54"]
    assert len(tables["cells"]) == 200 + 28
    for lang in ("zh", "en"):
        for table in suqian.tables(lang).values():
            assert not table.isna().any(axis=None) and table.columns.is_unique


def test_a_body_beside_its_peers(every):
    figures = pd.concat([real("suqian-2024", "huaian-2024"), framed(cells_of("hongze-2023"), "hongze", 2024)])
    found = compare("suqian:2024", foi.Panel.from_figures(figures), panel=every)
    assert [peer.organ for peer in found.peers] == ["hongze", "huaian"]
    line = found.indicators.set_index(["indicator", "applicant"]).loc[("disclosure_rate", "total")]
    # 12 of 21 and 1816 of 3050 together, not the mean of the two rates
    hongze = every.report("hongze", 2023)
    granted = sum(hongze.value("requests", row) for row in ("granted", "partly_granted"))
    handled = hongze.value("requests", "outcome_total") + 3050
    assert (line["pooled_numerator"], line["pooled_denominator"]) == (granted + 1816, handled)
    assert line["difference"] == pytest.approx(line["value"] - 100 * (granted + 1816) / handled)
    assert line["low"] < line["difference"] < line["high"] and line["peers"] == 2
    cell = found.cells.set_index(["row", "column"]).loc[("received_new", "total")]
    assert (cell["value"], cell["peers"], cell["high"], cell["low"]) == (3525, 2, 3119, 21)
    # what is no sum over bodies has no pooled value; counts neither
    assert found.indicators.set_index("indicator").loc[["workload", "reason_hhi"], "pooled"].isna().all()
    assert "suqian与2个机关合计相比：hongze、huaian。" in said(found, "zh")
    assert list(found.tables("en")) == ["headline", "indicators", "cells"]


def test_a_body_without_peers(every):
    with pytest.raises(foi.SelectionError, match="liaocheng-2020 has no peers: no other body has a report on 2020"):
        compare("liaocheng:2020", every, panel=every)
    organ = framed(cells_of("huaian-2024"), "huaian", 2024, scope="organ")
    mixed = foi.Panel.from_figures(pd.concat([real("suqian-2024"), organ]))
    with pytest.raises(foi.SelectionError, match="on 2024 of scope region-wide"):
        compare("suqian:2024", mixed, panel=mixed)
    assert len(compare("suqian:2024", mixed, panel=mixed, mixed_scopes=True).peers) == 1


def ran(capsys, *arguments):
    status = main([*map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def here(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_the_command_says_it_and_shows_the_first_table(capsys, here):
    status, out, _ = ran(capsys, "compare", "suqian:2023", "suqian:2024", "--lang", "en")
    lines = out.splitlines()
    assert status == 0 and lines[0] == "Suqian Municipal Government: 2023 and 2024"
    other = next(line for line in lines if line.startswith("  Other handling"))
    assert other.split()[-4:] == ["341", "469", "+128", "+37.54"]
    assert max(map(len, lines[2:4])) > 60 and len(lines) < 45
    status, out, _ = ran(capsys, "compare", "suqian-2024", "peers")
    assert status == 0 and out.startswith("宿迁市人民政府与1个同类机关（2024年）")


def test_the_command_gives_every_cell_and_everything(capsys, here):
    status, out, _ = ran(capsys, "compare", "suqian:2023", "suqian:2024", "--format", "csv")
    frame = pd.read_csv(io.StringIO(out))
    assert status == 0 and (frame["kind"] == "cell").sum() == 200
    status, out, _ = ran(capsys, "compare", "suqian:2023", "suqian:2024", "--format", "json")
    found = json.loads(out)
    assert (found["base"], found["to"]) == ("suqian-2023", "suqian-2024")
    assert [set(found["sentences"]), len(found["continuity"]), len(found["cells"])] == [{"zh", "en"}, 9, 228]


def test_the_command_with_what_cannot_be_compared(capsys, here):
    status, out, err = ran(capsys, "compare", "liaocheng:2020", "shanghai-go:2019")
    assert (status, out) == (2, "") and "--mixed-scopes" in err and err.count("\n") == 1
    assert ran(capsys, "compare", "liaocheng:2020", "shanghai-go:2019", "--mixed-scopes")[0] == 0
    assert ran(capsys, "compare", "suqian:2023", "nowhere")[0] == 2
    assert ran(capsys, "compare", "liaocheng:2020", "peers")[0] == 2
    status, _, err = ran(capsys, "compare", "suqian:2024", "peers", "-o", "comparison.html")
    assert status == 2 and "name the second" in err


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports (../shared/reports) are not on this machine")
def test_real_texts():
    report = foi.read(SHARED / "liaocheng-2020.md", organ="liaocheng")
    other = foi.read(SHARED / "shanghai-go-2019.html", organ="shanghai-go")
    same = compare(report, report).text
    assert (same["similarity"] == 100).all() and {"overview", "shortcomings"} <= set(same["section"])
    apart = compare(report, other, mixed_scopes=True).text.set_index("section")
    assert (apart["similarity"].dropna() < 40).all()
    assert apart["similarity"].dropna().tolist() == (
        compare(other, report, mixed_scopes=True).text.set_index("section")["similarity"].dropna().tolist()
    )


def test_peers():
    figures = real("suqian-2024", "huaian-2024", "liaocheng-2020")
    frame = foi.funnels.peers(figures, 2024).set_index("organ")
    assert set(frame.index) == {"suqian", "huaian"}
    assert frame["pooled"].round(2).tolist() == [56.58, 56.58]
    assert frame["position"].to_dict() == {"huaian": "outside_998", "suqian": "outside_95"}
    assert (frame["low_998"] < frame["low_95"]).all() and (frame["high_998"] > frame["high_95"]).all()
    with pytest.raises(foi.SelectionError, match="no report of 2022"):
        foi.funnels.peers(figures, 2022)
    with pytest.raises(foi.SelectionError, match="not a share"):
        foi.funnels.peers(figures, 2024, "workload")
    with pytest.raises(foi.SelectionError, match="no indicator"):
        foi.funnels.peers(figures, 2024, "nothing")


def test_peers_of_several_scopes():
    organ = framed(cells_of("huaian-2024"), "huaian", 2024, scope="organ")
    both = foi.Panel.from_figures(pd.concat([real("suqian-2024"), organ]))
    with pytest.raises(foi.SelectionError, match="several scopes"):
        foi.funnels.peers(both, 2024)
    alone = foi.funnels.peers(both, 2024, scope="organ")
    assert alone["organ"].tolist() == ["huaian"] and alone["position"].tolist() == ["within"]
    empty = foi.funnels.peers(framed(dict.fromkeys(balanced({}), None)), 2023)
    assert empty["value"].isna().all() and empty["position"].tolist() == [""]
