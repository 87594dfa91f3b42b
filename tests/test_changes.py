import pytest
from conftest import ROOT

import liaocheng_foi as foi
from liaocheng_foi.changes import own_change


@pytest.fixture(scope="module")
def report():
    return foi.load(ROOT / "data" / "processed").report("liaocheng-2020")


def changed(report, row, column, value, table="requests"):
    frame = report.figures.copy()
    where = (frame["table"] == table) & (frame["row"] == row) & (frame["column"] == column)
    frame.loc[where, ["value", "status"]] = [value, "reported" if value is not None else "blank"]
    return foi.Report.from_figures(frame)


def test_the_changes_that_the_report_states(report):
    frame = own_change(report).set_index(["row", "column"])
    licences = frame.loc[("license", "items_previous")]
    assert licences[["base", "value", "difference", "percent"]].tolist() == [1373, 833, -540, -39.33]
    carried = frame.loc[("carried_in", "total")]
    assert carried[["base", "value", "difference", "percent"]].tolist() == [10, 13, 3, 30.0]
    # 10 and 13 of 1064 on hand: 0.94 % and 1.22 %, 0.28 points apart
    assert carried[["base_share", "value_share", "points"]].tolist() == [0.94, 1.22, 0.28]
    assert frame.loc[("carried_in", "business"), "note"] == "both_zero"


@pytest.mark.parametrize(
    ("base", "value", "difference", "growth", "note"),
    [
        (0, 5, 5, None, "new"),
        (0, 0, 0, 0, "both_zero"),
        (4, 6, 2, 50.0, "small_base"),
        (20, 15, -5, -25.0, ""),
        (None, 5, None, None, "missing"),
        (5, None, None, None, "missing"),
    ],
)
def test_zero_missing_and_small_bases(report, base, value, difference, growth, note):
    given = changed(changed(report, "carried_in", "total", base), "carried_forward", "total", value)
    line = own_change(given).set_index(["row", "column"]).loc[("carried_in", "total")]
    got = [None if line[name] != line[name] else line[name] for name in ("difference", "percent")]
    assert got == [difference, growth] and line["note"] == note
