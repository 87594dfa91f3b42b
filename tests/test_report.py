import io
import re

import pandas as pd
import pytest
from conftest import ROOT, truth

import liaocheng_foi as foi

LIAOCHENG = ROOT / "data" / "raw" / "liaocheng-2020.md"


@pytest.fixture(scope="module")
def report():
    return foi.read(LIAOCHENG, organ="liaocheng", year=2020, scope="region-wide")


def test_all_cells_of_the_home_case(report):
    assert report.edition == 2019
    assert {name: len(getattr(report, name)) for name in ("proactive", "requests", "reviews")} == {
        "proactive": 22,
        "requests": 161,
        "reviews": 15,
    }
    # the closing figures of the published report
    flow = [report.value("requests", row) for row in ("received_new", "carried_in", "outcome_total", "carried_forward")]
    assert flow == [1054, 10, 1051, 13]
    assert report.value("proactive", "license", "items_change") == -540
    assert report.value("proactive", "procurement", "procurement_amount") == 1278848.63


def test_the_committed_text_equals_the_truth(shared, report):
    assert {cell.key: cell.value for cell in report.cells()} == truth("liaocheng-2020")


def test_organ_year_and_dates_are_found_in_the_whole_document(shared):
    whole = foi.read(shared / "liaocheng-2020.md")
    assert (whole.organ, whole.year, whole.scope) == ("聊城市人民政府", 2020, "region-wide")
    assert whole.period == ("2020-01-01", "2020-12-31")
    assert whole.published == "2021-03-09"
    assert {part.section for part in whole.paragraphs} >= {"overview", "shortcomings", "other_matters"}


def test_a_file_that_lacks_organ_and_year_says_so():
    said = {p.details["label"] for p in foi.read(LIAOCHENG, name="x.md").problems if p.code == "metadata-missing"}
    assert said == {"organ", "year"}


def test_every_figure_knows_where_it_was_printed(report):
    assert report.figures[["grid", "grid_row", "grid_column"]].notna().all(axis=None)
    assert "“632”" in report.locate("requests", "granted", "total")
    assert "row" in report.locate("requests", "granted", "total", "en")
    with pytest.raises(foi.SelectionError, match="was not printed"):
        report.locate("requests", "other.rest", "total")


def test_the_form_as_it_prints_it(report):
    requests = report.official("requests")
    assert requests.shape == (23, 7)
    assert requests.loc[("（三）不予公开", "4.保护第三方合法权益"), "自然人"] == "6"
    assert report.official("reviews", "en").shape == (1, 15)
    assert report.official("proactive").shape == (22, 1)
    shown = report._repr_html_()
    assert shown.count("<table") == 3 and "1278848.63" in shown


def test_blanks_are_shown_as_blanks():
    frame = foi.read(LIAOCHENG, organ="x", year=2020).figures
    where = (frame["row"] == "granted") & (frame["column"] == "total")
    frame.loc[where, ["value", "status", "raw"]] = [None, "blank", ""]
    report = foi.Report.from_figures(frame)
    assert report.value("requests", "granted", "total") is None
    assert report.official("requests").iloc[2, 6] == ""
    assert report.requests.query("item == 'granted' and applicant == 'total'")["count"].isna().all()


def test_a_report_made_from_figures_equals_the_one_read(report):
    again = foi.Report.from_figures(report.figures)
    pd.testing.assert_frame_equal(again.figures, report.figures)


def test_path_bytes_and_file_object_give_the_same(report):
    data = LIAOCHENG.read_bytes()
    for source in (data, io.BytesIO(data), str(LIAOCHENG)):
        got = foi.read(source, name="liaocheng-2020.md", organ="liaocheng", year=2020, scope="region-wide")
        pd.testing.assert_frame_equal(got.figures, report.figures)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.md", "the file is empty"),
        (b"  \n", "blank.md", "the file is empty"),
        (b"no table here", "prose.md", "no table of the annual report was found"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "scan.pdf", "picture"),
        (b"just words", "report.pdf", "not a PDF"),
        (bytes(range(256)) * 40, "noise.txt", "not a text file"),
    ],
)
def test_what_cannot_be_read_says_why(content, name, words):
    with pytest.raises(foi.ReadError, match=words) as caught:
        foi.read(content, name=name)
    assert str(caught.value).startswith(name)


def test_a_missing_file_a_folder_and_a_device(tmp_path):
    with pytest.raises(foi.ReadError, match="there is no such file"):
        foi.read(tmp_path / "none.pdf")
    with pytest.raises(foi.ReadError, match="this is a folder"):
        foi.read(tmp_path)
    with pytest.raises(foi.ReadError, match="not a regular file"):
        foi.read("/dev/null")


def test_a_limit_is_named_and_can_be_raised():
    data = LIAOCHENG.read_bytes()
    with pytest.raises(foi.ReadError, match=r"limits=Limits\(max_bytes=…\)"):
        foi.read(data, name="big.md", limits=foi.Limits(max_bytes=1000))
    assert foi.read(data, name="big.md", limits=foi.Limits(max_bytes=len(data))).edition == 2019


def test_doubtful_cells_are_problems_and_the_rest_is_kept():
    text = LIAOCHENG.read_text(encoding="utf-8")
    text = text.replace("\t632\t", "\t6E2\t").replace("2. 重 复申 请", "2. 全新的一类情形")
    report = foi.read(text.encode(), name="doubtful.md", organ="x", year=2020)
    codes = [p.code for p in report.unsure]
    assert codes.count("not-a-number") == 1 and codes.count("label-unknown") <= 1
    assert report.value("requests", "granted", "total") is None
    assert report.status("requests", "granted", "total") == "illegible"
    assert report.value("requests", "granted", "natural_person") == 597


def test_a_table_twice_is_told_and_the_first_kept():
    text = LIAOCHENG.read_text(encoding="utf-8")
    second = text.replace("\t15\t0\t9\t4\t28", "\t1\t0\t9\t4\t14").replace("967", "966")
    report = foi.read((text + "\n" + second).encode(), name="twice.md", organ="x", year=2020)
    assert {p.table for p in report.problems if p.code == "table-twice"} == {"proactive", "requests", "reviews"}
    assert report.value("requests", "received_new", "natural_person") == 967


def test_a_missing_table_is_a_problem_and_the_rest_is_kept():
    text = LIAOCHENG.read_text(encoding="utf-8")
    report = foi.read(text[: text.index("四、政府信息公开行政复议")].encode(), name="two.md", organ="x", year=2020)
    assert [p.table for p in report.problems if p.code == "table-missing"] == ["reviews"]
    assert len(report.requests) == 161


@pytest.mark.parametrize(
    ("sentences", "period"),
    [
        ("本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。", ("2023-01-01", "2023-12-31")),
        ("2023年1月1日—12月31日", ("2023-01-01", "2023-12-31")),
        ("自2010年1月1日起至2009年12月31日止。", ("2010-01-01", "2009-12-31")),
        ("2021年12月1日至2022年1月15日征求意见。数据统计期限为2021年1月1日至12月31日。", ("2021-01-01", "2021-12-31")),
        ("2023年3月1日至5月31日开展专项行动。", None),
    ],
)
def test_the_period_is_that_of_the_figures(sentences, period):
    tables = (ROOT / "data" / "raw" / "liaocheng-2020.md").read_text(encoding="utf-8")
    assert foi.read(f"{sentences}\n\n{tables}".encode(), name="report.md").period == period


def test_documents_that_cannot_be_read_are_told_apart_by_their_paths(tmp_path):
    for folder in ("2019", "2020"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.html").write_text("nothing of the kind", encoding="utf-8")
    (tmp_path / "good.md").write_bytes(LIAOCHENG.read_bytes())
    reports, errors = foi.read_all(tmp_path)
    assert len(reports) == 1 and list(errors) == ["2019/report.html", "2020/report.html"]
    _, errors = foi.read_all([b"", tmp_path / "none.md"])
    assert list(errors) == ["document 1", (tmp_path / "none.md").as_posix()]


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda report: report.value("requests", "granted_in_full"), "requests has no row 'granted_in_full'; known: "),
        (lambda report: report.value("proactive", "license"), "proactive has no column 'total'"),
        (lambda report: report.locate("answers", "granted"), "the form has no table 'answers'"),
        (lambda report: report.official("requests", "fr"), "it must be zh or en"),
        (lambda _: foi.read(LIAOCHENG, year="2020"), "give a whole number"),
        (lambda _: foi.read(LIAOCHENG, scope="city"), "it must be one of organ, own-level, region-wide"),
        (lambda _: foi.check("liaocheng-2020"), "a report is asked for, not 'liaocheng-2020'"),
        (lambda _: foi.indicators(3), "a report, a panel or its figures are asked for, not 3"),
        (lambda _: foi.publish(3), "give a report, the id of one or the path of a document, not 3"),
    ],
)
def test_what_is_asked_for_by_a_name_that_is_none_is_said(report, ask, words):
    """Never None, as if the cell were blank."""
    with pytest.raises(foi.SelectionError, match=re.escape(words)):
        ask(report)
    # on another edition of the form
    assert report.value("proactive", "license", "decisions") is not None
    assert report.value("requests", "other.overdue_correction") is None
