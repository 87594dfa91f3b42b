import random

import pytest
from conftest import truth
from printed import BOOK, CHANGES, Printed, grid, loose, printed, random_figures

from liaocheng_foi.label import label
from liaocheng_foi.report import UNSURE, read
from liaocheng_foi.values import parse

EDITIONS = (2019, 2021)


def expected(report: Printed, figures):
    return {
        key: parse(text, "万元" if BOOK.unit(*key) == "万元" else None, BOOK.signed(key[0], key[2])).value
        for key, text in figures.items()
    }


def silent_errors(report: Printed, figures, blank_means_missing=False):
    """Cells read otherwise than printed although no problem says so."""
    labelled = label(report.document())
    want = expected(report, figures)
    got = {cell.key: cell.value for cell in labelled.cells}
    unsure = any(p.code in UNSURE or p.code.endswith("-missing") for p in labelled.problems)
    wrong = {key: (want.get(key), got.get(key)) for key in want.keys() | got.keys() if want.get(key) != got.get(key)}
    return {} if unsure and all(got.get(key) is None for key in wrong) else wrong


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("make", [grid, loose], ids=["spans", "no spans"])
def test_the_form_as_printed_is_read_cell_by_cell(edition, make):
    for seed in range(20):
        figures = random_figures(random.Random(seed), edition)
        labelled = label(printed(figures, edition, make).document())
        assert labelled.edition == edition
        assert {c.key: c.raw for c in labelled.cells} == figures
        assert labelled.problems == []


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("change", CHANGES)
def test_no_change_of_layout_makes_a_silent_wrong_figure(edition, change):
    for seed in range(25):
        rng = random.Random(seed)
        figures = random_figures(rng, edition)
        report = printed(figures, edition)
        CHANGES[change](rng, report)
        if change == "blank_cells":
            figures = figures | {k: "" for k, v in figures.items() if v == "0" and k[0] == "requests"}
            labelled = label(report.document())
            got = {c.key: c for c in labelled.cells}
            assert all(got[k].value in ((None, 0) if v == "" else (float(v),)) for k, v in figures.items())
            continue
        assert silent_errors(report, figures) == {}


@pytest.mark.parametrize(
    "change",
    [c for c in CHANGES if c not in ("blank_cells",)],
)
def test_these_changes_cost_no_figure_at_all(change):
    for seed in range(10):
        rng = random.Random(seed)
        figures = random_figures(rng, 2019)
        report = printed(figures, 2019)
        CHANGES[change](rng, report)
        labelled = label(report.document())
        assert {c.key: c.value for c in labelled.cells} == expected(report, figures)


@pytest.mark.parametrize(
    "report", ["liaocheng-2020", "huaian-2024", "hongze-2023", "hangzhou-2025", "shanghai-go-2019"]
)
def test_the_real_reports_equal_their_truth(shared, report):
    (path,) = shared.glob(f"{report}.*")
    got = {cell.key: cell.value for cell in read(path).cells()}
    assert got == pytest.approx(truth(report), nan_ok=True) or got == truth(report)
