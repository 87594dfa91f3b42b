"""Tables without drawn lines, from letters set by hand."""

from liaocheng_foi.grid import Grid
from liaocheng_foi.readers.letters import Character, lines
from liaocheng_foi.readers.pdf.layout import blocks_of


def row(middle, *cells):
    """A line of 10 points: (left, text), Chinese letters 10 wide, others 5.5, in a font that is 14 high."""
    characters = []
    for left, words in cells:
        for letter in words:
            width = 10 if letter >= "\u2e80" else 5.5
            characters.append(Character(letter, left, left + width, middle, 14.0))
            left += width
    return lines(characters)[0]


def test_close_columns_without_lines():
    printed = [
        row(790, (30, "2025/1/1"), (200, "年度报告"), (400, "第一页"), (500, "3")),
        row(700, (40, "信息内容"), (130, "制"), (159, "现行")),
        row(680, (40, "规章"), (130, "3"), (159, "74")),
        row(660, (58, "行政规范性文件"), (130, "13612"), (159, "252")),
        row(640, (48, "行政许可数量一共"), (130, "11398"), (159, "88")),
        row(610, (40, "三、另外一个表")),
        row(580, (40, "结果"), (104, "甲乙"), (135, "丙丁")),
        row(560, (40, "维持"), (104, "9"), (135, "10")),
        row(540, (40, "纠正"), (104, "8"), (135, "20")),
    ]
    found = list(blocks_of([letter for line in printed for letter in line.characters], [], [], 1, 800.0))
    assert [block.cells if isinstance(block, Grid) else block.text for block in found] == [
        "2025/1/1 年度报告 第一页 3",
        [
            ["", "信息内容", "制", "现行"], ["", "规章", "3", "74"], ["", "行政规范性文件", "13612", "252"],
            ["", "行政许可数量一共", "11398", "88"],
        ],
        "三、另外一个表",
        [["", "结果", "甲乙", "丙丁"], ["", "维持", "9", "10"], ["", "纠正", "8", "20"]],
    ]  # fmt: skip
