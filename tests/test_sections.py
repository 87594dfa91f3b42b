"""Headings of the six parts as they are printed."""

import pytest

from liaocheng_foi.grid import Paragraph
from liaocheng_foi.sections import section_of, sectioned


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("一、总体情况", "overview"),
        ("①总体情况", "overview"),
        ("一、總體情況", "overview"),
        ("三、依申请公开情况", "requests"),
        ("五、存在的不足及改进情况：", "shortcomings"),
        ("（一）主动公开情况", None),
        ("四、结转下年度继续办理", None),
        ("五、存在的主要问题及改进情况：一是队伍建设有待加强，二是更新不够及时，三是解读形式单一，将逐项改进。", "shortcomings"),
        ("一、总体情况。2023年，本机关收到政府信息公开申请12件，均按期办结，未发生行政复议和行政诉讼的情形。", "overview"),
        ("一、主动公开。全年主动公开政府信息12条。", None),
    ],
)  # fmt: skip
def test_headings(line, section):
    assert section_of(line) == section


def test_paragraphs_are_filed_under_the_last_heading():
    lines = ["标题", "一、总体情况。2023年，收到申请12件。", "其余正常。", "六、其他需要报告的事项", "无。"]
    found = [part.section for part in sectioned(map(Paragraph, lines))]
    assert found == [None, "overview", "overview", "other_matters", "other_matters"]
