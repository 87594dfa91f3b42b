"""Repairs: the fewest slips that explain sums that fail; proposals only, deterministic, and they stay small."""

from dataclasses import astuple

import numpy as np
import pytest
import slips
from cases import FLOWS, case
from panels import balanced, framed, real
from papers import PAPERS
from plants import FIGURES, OTHERS
from surroundings import AROUND

from liaocheng_foi import Report, repairs
from liaocheng_foi.checks.facts import Facts
from liaocheng_foi.checks.repairs.search import explanations
from liaocheng_foi.checks.repairs.system import system
from liaocheng_foi.cli import main
from liaocheng_foi.codebook import EDITIONS
from liaocheng_foi.grid import TextPart

HANDLED = {
    "natural_person": {"granted": 631, "denied.process_information": 12, "unavailable.not_held": 237},
    "business": {"granted": 13, "partly_granted": 4, "unavailable.not_held": 12},
    "research": {"granted": 5},
    "legal_service": {"granted": 20, "unavailable.not_held": 13},
}


def form(edition=2021, /, **changed):
    """A correct form, with cells changed: ``granted__business=12`` in the requests table."""
    cells = balanced(HANDLED, edition, carried_in=10, carried_forward=13)
    for name, value in changed.items():
        row, column = name.split("__")
        cells["requests", row.replace("9", "."), column] = value
    return cells


def report(cells, edition=2021, paragraphs=()):
    made = Report.of_stored(framed(cells, edition=edition, year=edition + 1))
    return Report(made.cells(), edition, made.metadata, paragraphs=[TextPart("overview", text) for text in paragraphs])


def told(found):
    """(kind, {cell: (printed, proposed)}) of the slips of an explanation."""
    return [(s.kind, {change.cell[1:]: (change.printed, change.proposed) for change in s.changes}) for s in found.slips]


def first(cells, edition=2021, **given):
    (found, *_) = repairs(report(cells, edition, **given))
    return found


# ---- by hand ----


def test_two_totals_left_at_zero_in_hongze():
    found = [repair for repair in repairs(Report.from_figures(real("hongze-2023"))) if repair.rank == 1]
    assert [told(repair) for repair in found] == [
        [("left_out", {("reconsideration", "total"): (0, 11)})],
        [("left_out", {("litigation_after_reconsideration", "total"): (0, 5)})],
    ]
    (line,) = found[0].corrections()
    assert astuple(line)[:6] == ("hongze-2023", "reviews", "reconsideration", "total", "0", "11")
    assert line.reason == found[0].message("zh") and not line.evidence


def test_the_check_of_a_document_proposes_what_no_rule_reports(tmp_path, capsys):
    document = tmp_path / "hongze.html"
    Report.from_figures(real("hongze-2023")).to_html(document)
    main(["check", str(document), "--lang", "en"])
    proposals = [line for line in capsys.readouterr().out.splitlines() if "proposal" in line]
    assert len(proposals) == 2 and all("perhaps" in line and "not filled in" in line for line in proposals)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"granted__natural_person": 613}, "transposed"),
        ({"granted__natural_person": 63}, "digit"),
        ({"granted__natural_person": 6310}, "digit"),
        ({"granted__natural_person": 681}, "digit"),
        ({"granted__natural_person": 94}, "number"),
        ({"granted__total": 0}, "left_out"),
        ({"outcome_total__total": 0}, "left_out"),
        ({"granted__natural_person": ""}, "left_out"),
    ],
)
def test_one_cell_in_the_row_and_the_column_that_fail_alike(edition, changed, kind):
    cells = form(edition)
    ((name, value),) = changed.items()
    row, column = name.split("__")
    right = cells["requests", row, column]
    cells["requests", row, column] = "blank" if value == "" else float(value)
    found = repairs(report(cells, edition))
    assert told(found[0]) == [(kind, {(row, column): (None if value == "" else value, right)})]
    assert len(found) == 1 and found[0].among == 1 and found[0].contradicted == 0


def test_a_number_split_over_two_cells():
    cells = form(denied9process_information__natural_person=1, denied9process_information__business=2)
    assert told(first(cells)) == [
        (
            "split",
            {
                ("denied.process_information", "natural_person"): (1, 12),
                ("denied.process_information", "business"): (2, 0),
            },
        )
    ]


def test_a_number_split_that_pushed_its_row_on():
    values = (63, 1, 13, 5, 0, 20, 0)
    columns = (
        "natural_person",
        "business",
        "research",
        "public_interest",
        "legal_service",
        "other_organisation",
        "total",
    )
    cells = form(**{f"granted__{c}": v for c, v in zip(columns, values, strict=True)})
    ((kind, changes),) = told(first(cells))
    assert kind == "split"
    assert [changes["granted", c][1] for c in columns[:3]] == [631, 13, 5]
    assert changes["granted", "total"] == (0, 669)


def test_a_case_filed_in_the_neighbouring_column():
    """Rows hold, two columns fail by 1: as many explanations as rows from which the case may come."""
    cells = form(granted__natural_person=630, granted__business=14)
    found = repairs(report(cells))
    assert {repair.slips[0].kind for repair in found} == {"misfiled"} and len(found) == found[0].among
    assert [("misfiled", {("granted", "natural_person"): (630, 631), ("granted", "business"): (14, 13)})] in map(
        told, found
    )
    rows = {change.cell[1] for repair in found for change in repair.changes}
    assert rows == {"granted", "partly_granted", "unavailable.not_held"}, "rows in which a business has a case"
    assert "（3种可能之一）" in found[0].message("zh") and "(one of 3 explanations)" in found[0].message("en")


def test_what_last_year_carried_forward_and_what_the_text_says_decide():
    """The reviews row fails by 2; three cells could be wrong, the text names the right one."""
    cells = form()
    cells["reviews", "reconsideration", "other"] = 3.0
    alone = repairs(report(cells))
    assert alone[0].among == 3
    said = "行政复议5件，其中结果维持3件，结果纠正1件，其他结果1件，尚未审结0件。"
    assert told(first(cells, paragraphs=["因政府信息公开工作被申请" + said])) == [
        ("digit", {("reconsideration", "other"): (3, 1)})
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([("granted", "natural_person")], [("granted", "business")]),
        ([("granted", "business")], [("granted", "total")]),
        (
            [("carried_in", c) for c in ("natural_person", "total")],
            [("granted", c) for c in ("natural_person", "total")],
        ),
    ],
)
def test_figures_swapped(one, other):
    cells = form()
    right = dict(cells)
    for a, b in zip(one, other, strict=True):
        cells["requests", *a], cells["requests", *b] = cells["requests", *b], cells["requests", *a]
    found = first(cells)
    proposed = {change.cell: change.proposed for change in found.changes}
    assert proposed == {key: right[key] for key in cells if cells[key] != right[key]}
    assert {slip.kind for slip in found.slips} == {"swapped"}


def test_a_run_of_figures_shifted():
    cells = form()
    rows = [key[1] for key in cells if key[0] == "requests" and key[2] == "natural_person"][2:-2]
    values = [cells["requests", row, "natural_person"] for row in rows]
    assert values[-1] == 0
    for row, value in zip(rows, [0.0, *values[:-1]], strict=True):
        cells["requests", row, "natural_person"] = value
    ((kind, changes),) = told(first(cells))
    assert kind == "shifted" and changes["granted", "natural_person"] == (0, 631)


def test_the_fifteen_figures_of_reviews_misaligned():
    cells = form()
    keys = [key for key in cells if key[0] == "reviews"]
    assert cells[keys[-2]] == 0
    cells |= dict(zip(keys[:-1], [0.0, *[cells[key] for key in keys[:-2]]], strict=True))
    found = first(cells)
    assert [slip.kind for slip in found.slips] == ["shifted"] and found.row is None
    assert {change.proposed for change in found.changes} <= {3.0, 1.0, 0.0, 5.0}


def test_totals_left_blank_are_replaced_by_their_parts_and_stay_blank():
    cells = form(granted__business=12)
    cells |= {key: "blank" for key in cells if key[0] == "requests" and key[2] == "total" and key[1] not in FLOWS}
    assert told(first(cells)) == [("digit", {("granted", "business"): (12, 13)})]


def test_an_added_subtotal_is_a_sum_too():
    made = report(form())
    line = next(made.cells())._replace(table="requests", row="unavailable", column="total", value=226.0, raw="226")
    found = repairs(Report(made.cells(), 2021, made.metadata, subtotals=[line]))
    assert told(found[0]) == [("transposed", {("unavailable", "total"): (226, 262)})]


# ---- what it never does ----


def test_nothing_is_proposed_where_every_sum_holds():
    for name in ("liaocheng-2020", "huaian-2024", "suqian-2024", "hangzhou-2025", "shanghai-go-2019"):
        assert repairs(Report.from_figures(real(name))) == []


def test_no_figure_is_changed_and_the_order_is_always_the_same():
    cells = form(granted__natural_person=630, granted__business=14, received_new__total=0)
    made = report(cells)
    before = list(made.cells())
    found = repairs(made)
    assert list(made.cells()) == before
    assert found == repairs(report(cells)) and [repair.rank for repair in found] == list(range(1, len(found) + 1))
    orders = [(repair.contradicted, repair.cost) for repair in found]
    assert orders == sorted(orders)


@pytest.mark.parametrize("figure", [1.0, 7.0, 1e15, 3e200])
def test_figures_that_make_no_sense_end_in_few_words(figure):
    """Every cell the same; or far beyond any count."""
    cells = dict.fromkeys(form(), figure)
    assert len(repairs(report(cells))) <= 40
    rng = np.random.default_rng(1)
    assert isinstance(repairs(report({key: float(rng.integers(0, 50)) for key in cells})), list)


def test_a_mark_beside_a_figure_is_no_digit_of_it():
    made = report(form(granted__business=12))
    marked = [cell._replace(raw=cell.raw + "²") for cell in made.cells()]
    assert told(repairs(Report(marked, 2021, made.metadata))[0]) == [("digit", {("granted", "business"): (12, 13)})]


def test_three_slips_far_apart_are_told_one_by_one():
    cells = form(granted__business=12, received_new__research=8, unavailable9not_held__legal_service=31)
    found = repairs(report(cells))
    assert len(found) == 1 and {kind for kind, _ in told(found[0])} == {"digit", "transposed"}
    proposed = {change.cell: change.proposed for change in found[0].changes}
    right = form()
    assert proposed == {key: right[key] for key in cells if cells[key] != right[key]} and len(proposed) == 3


def test_illegible_cells_are_left_alone():
    cells = form(granted__natural_person="illegible", partly_granted__business=5)
    for repair in repairs(report(cells)):
        assert ("requests", "granted", "natural_person") not in {change.cell for change in repair.changes}


# ---- planted errors, held to the plain way of trying every slip ----


def planted(name, seed, tries=400, **given):
    """(as printed, as it should be, rules that must find it)."""
    rng = np.random.default_rng([17, *map(ord, name), seed])
    for _ in range(tries):
        made = case(rng, **given)
        right = dict(made.cells)
        rules = PLANTS[name](made, rng)
        if rules is not None:
            return made, right, rules - {""}
    raise AssertionError(f"no place for {name}")


PLANTS = FIGURES | OTHERS | AROUND | PAPERS
#: Rules that say what the error may be; several explanations may be as good.
HINTS = {"CE07", "CE08", "RQ07", "RQ08", "RQ16", "RV02"}


def test_correct_reports_have_no_error_and_no_warning():
    for seed in range(40):
        made = case(np.random.default_rng([18, seed]))
        wrong = [f"{f.rule} {f.zh}" for f in made.examined().failed if f.severity != "info" and f.rule != "CE01"]
        assert not wrong, f"report {seed}"


@pytest.mark.parametrize("name", PLANTS)
def test_every_planted_error_is_found(name):
    """In one report; benchmarks/checks.py plants each in many."""
    made, _, rules = planted(name, 0)
    assert rules - HINTS <= {finding.rule for finding in made.examined().failed}


@pytest.mark.parametrize("name", FIGURES)
def test_the_search_finds_every_single_slip_and_its_cost(name):
    """Held to the plain way, which tries them all."""
    cases = (planted(name, seed, text=False)[0] for seed in range(9))
    made = next(made for made in cases if slips.failing(made) and not slips.total_blank(made))
    table = next(iter(slips.failing(made)[0]))[0]
    sums = system(Facts(made.report()))
    found = {
        tuple(sorted((sums.keys[place], int(sums.figures[place]) + by) for place, by in slip.changes)): slip.cost
        for (slip,) in explanations(sums, table, most_slips=1)
    }
    assert found == slips.explanations(made, table)
