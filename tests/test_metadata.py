"""Who reports, on which year, since when: found in texts as websites and clerks leave them."""

import pytest

from liaocheng_foi import metadata
from liaocheng_foi.grid import Document, Grid, Paragraph
from liaocheng_foi.metadata import find

PERIOD = "所列数据的统计期限自2023年1月1日至2023年12月31日止。"


def found(*lines, title=None, grids=()):
    blocks = [*grids, *map(Paragraph, lines)]
    return find(Document(blocks, "html", "page.html", title))


@pytest.mark.parametrize(
    ("lines", "organ", "year"),
    [
        (["清河县审计局2023年政府信息公开工作年度报告"], "清河县审计局", 2023),
        (["2023年度清河县审计局政府信息公开工作年度报告"], "清河县审计局", 2023),
        (["清河县审计局二〇二三年政府信息公开年度报告"], "清河县审计局", 2023),
        (["清河县审计局", "2023年", "政府信息公开工作年度报告"], "清河县审计局", 2023),
        (["清 河 县 审 计 局", "2 0 2 3 年政府信息公开", "工作年度报告"], "清河县审计局", 2023),
        (["清河县城市管理局（综合执法局）2023年政府信息公开工作年度报告"], "清河县城市管理局（综合执法局）", 2023),
        (["关于印发《清河县审计局2023年政府信息公开工作年度报告》的通知"], "清河县审计局", 2023),
        (["清河县审计局关于2023年度政府信息公开工作的年度报告"], "清河县审计局", 2023),
        (["清河縣審計局2023年政府信息公開工作年度報告"], "清河縣審計局", 2023),
        (["\ufffd河县审计局2023年政府信息公开工作年度报告", "\ufffd河县审计局", "2024年1月5日"], None, 2023),
        (["清河县审计局2023年政府信息公开年报"], "清河县审计局", 2023),
        (["清河县审计局2023年度政府信息公开工作报告"], "清河县审计局", 2023),
        (["清河县审计局2023年政府信息公开工作", "情况报告"], "清河县审计局", 2023),
        (["关于2023年度政府信息公开工作情况的报告"], None, 2023),
        (["清河县审计局关于2023年度政府信息公开工作的报告"], "清河县审计局", 2023),
        (["清河县审计局政府信息公开工作2023年度报告"], "清河县审计局", 2023),
        (["清河县审计局政府信息公开", "2023年度报告"], "清河县审计局", 2023),
        (["清河县审计局政府信息公开工作年度报告（2023年度）"], "清河县审计局", 2023),
        (["清河县审计局政府信息公开工作年度报告", "（2023）"], "清河县审计局", 2023),
        (["〔2023年〕清河县审计局政府信息公开工作年度报告"], "清河县审计局", 2023),
        (["清河县审计局2023年度政务信息公开工作年度报告"], "清河县审计局", 2023),
        (["2023年清河县人民政府信息公开工作年度报告"], "清河县人民政府", 2023),
        (["首页 > 政府信息公开 > 年报", "2023年政府信息公开工作年度报告"], None, 2023),
        (["2023年清河县政府信息公开工作报告制度"], None, None),
        (["清河县水利局、清河县农业局2023年政府信息公开工作年度报告"], "清河县水利局、清河县农业局", 2023),
        (["一、清河县水利局2023年政府信息公开工作年度报告"], "清河县水利局", 2023),
        (["清河县审计局2023年政府信息", "公开工作年", "度报告"], "清河县审计局", 2023),
        (["二\u039f二三年清河县审计局政府信息公开工作年度报告"], "清河县审计局", 2023),
        (["清河县审计局关于报送2023年政府信息公开工作年度报告的函"], "清河县审计局", 2023),
        (["清河县审计局202\ue003年政府信息公开工作年度报告", "清河县审计局", "2024年1月5日"], "清河县审计局", None),
        (["清河县人民政府办公室关于印发清河县2023年政府信息公开工作年度报告的通知"], "清河县", 2023),
        (["清河县12345热线中心2023年政府信息公开工作年度报告"], "清河县12345热线中心", 2023),
        (["清河县“一带一路”办公室2023年政府信息公开工作年度报告"], "清河县“一带一路”办公室", 2023),
        (["附件2 清河县审计局2023年政府信息公开工作年度报告"], "清河县审计局", 2023),
        (["3 清河县审计局2023年政府信息公开工作年度报告"], "清河县审计局", 2023),
        (["清河县审计局政府信息公开工作年度报告", "2023年"], "清河县审计局", 2023),
        (["2023年我局政府信息公开工作年度报告"], None, 2023),
        (["清河县审计局23年政府信息公开工作年度报告"], None, None),
        (["清河学院2022-2023学年信息公开工作年度报告"], None, None),
    ],
)
def test_titles(lines, organ, year):
    metadata, _ = found(*lines)
    assert (metadata.organ, metadata.year) == (organ, year)


def test_other_reports_in_the_menus_are_not_this_one():
    menu = [f"清河县{year}年政府信息公开工作年度报告" for year in (2023, 2022, 2021)]
    own = "清河县审计局2023年政府信息公开工作年度报告"
    metadata, problems = found("首页", *menu[1:], "正文", own, PERIOD)
    assert (metadata.organ, metadata.year, metadata.title, problems) == ("清河县审计局", 2023, own, [])
    metadata, problems = found(*menu, own, PERIOD, title=f"{own}_清河县人民政府")
    assert (metadata.organ, metadata.year, problems) == ("清河县审计局", 2023, [])


def test_a_year_that_contradicts_the_period_is_said():
    metadata, problems = found("清河县审计局2022年政府信息公开工作年度报告", PERIOD)
    assert metadata.year == 2022 and [problem.code for problem in problems] == ["metadata-conflict"]


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("清河县审计局2023年政府信息公开工作年度报告", "organ"),
        ("清河县第一中学2023年信息公开工作年度报告", "organ"),
        ("清河县公安局交通警察大队2023年政府信息公开工作年度报告", "organ"),
        ("清河县人民政府2023年政府信息公开工作年度报告", "region-wide"),
        ("清河县2023年政府信息公开工作年度报告（本级）", "own-level"),
        ("清河县人民政府本级2023年政府信息公开工作年度报告", "own-level"),
    ],
)
def test_for_whom_a_report_speaks(title, scope):
    metadata, _ = found(title, "全县各部门公开信息。")
    assert metadata.scope == scope


@pytest.mark.parametrize(
    "end",
    [
        ["清河县审计局", "2024年1月25日"],
        ["清河县审计局    2024年1月25日"],
        ["2024年1月25日", "清河县审计局"],
        ["清河县审计局", "二○二四年一月二十五日"],
        ["清河县审计局", "（2024年元月25日）"],
        [
            "清河县审计局",
            "2024年1月25日",
            "附件：报告.pdf",
            "版权所有：清河县人民政府办公室",
            "主办单位：清河县人民政府",
        ],
    ],
)
def test_who_signed_and_when(end):
    metadata, _ = found("清河县2023年政府信息公开工作年度报告", "正文。", *end)
    assert (metadata.publisher, metadata.published) == ("清河县审计局", "2024-01-25")


def test_particulars_of_an_article_above_it():
    rows = [["索引号", "004/2024-1", "发布机构：", "清河县审计局"], ["生成日期", "2024-01-25", "", ""]]
    lines = "清河县2023年政府信息公开工作年度报告", "正文。", "清河县", "2024年1月2日"
    metadata, _ = found(*lines, grids=[Grid.from_rows(rows)])
    assert (metadata.publisher, metadata.published) == ("清河县审计局", "2024-01-25")
    metadata, _ = found(*lines, grids=[Grid.from_rows([*rows, ["发布日期", "2024-1-2 15:30", "", ""]])])
    assert metadata.published == "2024-01-02"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("成文日期：2024年1月15日 发布日期：2024年1月22日", "2024-01-22"), ("成文日期：2024年1月15日", "2024-01-15"),
        ("发布时间：2024-1-2 15:30:10 来源：本站", "2024-01-02"), ("发布时间：2024-01-22 9:30", "2024-01-22"),
        ("【发布日期】2024-01-22", "2024-01-22"), ("日期：2024/1/22 浏览次数：123", "2024-01-22"), ("有效时间：2024/1/22", None),
    ],
)  # fmt: skip
def test_the_day_of_publication_as_websites_print_it(line, published):
    metadata, _ = found("清河县审计局2023年政府信息公开工作年度报告", line, "正文。")
    assert metadata.published == published


def test_a_title_at_the_head_of_a_table():
    rows = [["清河县审计局2023年政府信息公开工作年度报告", ""], ["单位：件", ""], ["规章", "3"]]
    metadata, _ = found(grids=[Grid.from_rows(rows)])
    assert (metadata.organ, metadata.year) == ("清河县审计局", 2023)


def test_only_the_head_of_a_table_is_looked_at_for_titles():
    """A sheet may show one long text in thousands of rows."""
    assert list(metadata._texts(Grid.from_rows([["一"], ["二"], ["长" * 300], ["三"]]))) == ["一", "二"]
    assert len(list(metadata._texts(Grid.from_rows([["一"]] * 100)))) == 10
