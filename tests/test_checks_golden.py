"""The findings on real reports are the true ones, and no others: every one was held against the printed report."""

import pytest
from panels import panel

import liaocheng_foi as foi
from liaocheng_foi.checks import examine

#: report -> (rule, cell it is filed under) of every error and warning; see ../shared/reports/README.md and
#: section 6 of the domain dossier.
GRAVE = {
    "liaocheng-2020.md": [
        ("PR04", "proactive/coercion/items_change"),
        ("PR04", "proactive/fee/items_change"),
        ("PR04", "proactive/penalty/items_change"),
        ("TX07", "reviews/reconsideration/total"),
    ],
    "shanghai-go-2019.html": [
        ("CE01", "requests/received_new/research"),
        ("CE06", "proactive/procurement/procurement_amount"),
        ("PC05", "requests/granted/total"),
        ("RQ06", "requests/granted/total"),
        ("RV05", "reviews/reconsideration/pending"),
        ("TX04", "requests/granted/total"),
        ("TX04", "requests/unavailable/total"),
        ("TX06", "requests/granted/total"),
    ],
    "hongze-2023.pdf": [
        ("RV01", "reviews/litigation_after_reconsideration/total"),
        ("RV01", "reviews/reconsideration/total"),
    ],
    "huaian-2024.pdf": [],
    "hangzhou-2025.html": [],
}
#: The same of what only asks for a look.
LIGHT = {
    "liaocheng-2020.md": [
        ("PC03", "requests/other/total"),
        ("ST08", ""),
        ("ST10", ""),
        ("ST10", ""),
    ],
    "shanghai-go-2019.html": [("PC02", "requests/denied/total"), ("ST08", "")],
    "hongze-2023.pdf": [("ST08", ""), ("ST10", ""), ("ST10", ""), ("ST15", "")],
    "huaian-2024.pdf": [("ST10", ""), ("ST10", "")],
    "hangzhou-2025.html": [("ST15", "")],
}


def named(findings):
    return sorted((finding.rule, "/".join(finding.cells[0]) if finding.cells else "") for finding in findings)


@pytest.mark.parametrize("name", GRAVE)
def test_every_finding_on_a_real_report_is_true(shared, name):
    (examined,) = examine(foi.read(shared / name))
    grave = [finding for finding in examined.failed if finding.severity != "info"]
    light = [finding for finding in examined.failed if finding.severity == "info" and finding not in grave]
    assert named(grave) == sorted(GRAVE[name])
    assert named(light) == sorted(LIGHT[name])


def test_what_each_says_is_in_the_report(shared):
    (examined,) = examine(foi.read(shared / "shanghai-go-2019.html"))
    found = {(finding.rule, finding.found, finding.expected) for finding in examined.failed}
    assert {("TX04", 258, 275), ("TX04", 265, 337), ("PC02", 4.34, 4.3478), ("TX06", 90.74, 100)} <= found
    for finding in examined.failed:
        if finding.statement is not None:
            paragraph = examined.report.paragraphs[finding.statement.paragraph].text
            assert "".join(paragraph[slice(*finding.statement.span)].split()) == finding.evidence


def test_the_figures_of_years_without_their_text():
    """Suqian 2023 to 2025: three years that follow on each other; that of 2025 is a part of the report."""
    examined = examine(panel())
    found = {each.report.id: named(f for f in each.failed if f.severity != "info") for each in examined}
    assert found["suqian-2023"] == found["suqian-2024"] == found["huaian-2024"] == found["hangzhou-2025"] == []
    assert found["suqian-2025"] == [
        ("ST02", "proactive/license/decisions"),
        ("ST02", "requests/carried_in/natural_person"),
    ]
    of_2024 = next(each for each in examined if each.report.id == "suqian-2024")
    chained = {(f.rule, f.state) for f in of_2024.findings if f.rule in ("XY01", "XY02")}
    assert chained == {("XY01", "pass"), ("XY02", "pass")}
