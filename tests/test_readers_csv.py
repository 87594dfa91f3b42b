"""CSV as spreadsheet programs write it: every row as long as the longest."""

import csv
import io
import random

import pytest
from media import _flat
from printed import printed, random_figures, told

import liaocheng_foi as foi
from liaocheng_foi.grid import Grid

SENTENCE = "统计期限自2022年1月1日至12月31日，队伍建设有待加强。"


def saved(form, delimiter=","):
    rows = []
    for block in form.document().blocks:
        rows += [*_flat(block), []] if isinstance(block, Grid) else [[block.text]]
    rows += [[SENTENCE], ["测试市审计局"], ["2023年1月20日"]]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(row + [""] * (15 - len(row)) for row in rows)
    return file.getvalue().encode("gb18030")


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_headings_sentences_and_tables_are_told_apart(delimiter, blank):
    figures = told(random_figures(random.Random(3), 2021))
    if blank:
        figures = {key: figure.written("") for key, figure in figures.items()}
    form = printed(figures, 2021)
    report = foi.read(saved(form, delimiter), name="report.csv")
    assert {cell.key: cell.raw for cell in report.cells()} == figures
    assert report.organ and (report.year, report.publisher, report.published) == (2022, "测试市审计局", "2023-01-20")
    assert [part.section for part in report.paragraphs if part.text == SENTENCE] == ["shortcomings"]
    assert report.problems == ()
