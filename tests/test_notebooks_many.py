"""The notebooks: cells run for any report, body and year, in both languages, without a kernel."""

import ast
import json

import pytest
from conftest import ROOT
from matplotlib.axes import Axes

from liaocheng_foi.show import Pictured


def cells(name):
    return json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]


def ran(name, **parameters):
    """What the code cells end with."""
    names, shown = {}, []
    for cell in cells(name):
        if cell["cell_type"] != "code":
            continue
        lines = ast.parse("".join(cell["source"]))
        last = lines.body.pop() if isinstance(lines.body[-1], ast.Expr) else None
        exec(compile(lines, name, "exec"), names)
        if last is not None:
            shown.append(eval(compile(ast.Expression(last.value), name, "eval"), names))
        if "parameters" in cell["metadata"].get("tags", []):
            names |= {"data": ROOT / "data" / "processed"} | parameters
    return shown


@pytest.mark.parametrize(
    ("name", "parameters", "charts"),
    [
        ("01_proactive_disclosure", {"report": "huaian-2024", "lang": "en"}, 2),
        ("02_requests", {"report": "shanghai-go-2019", "lang": "en"}, 2),
        ("03_reviews", {"report": "hongze-2023", "lang": "zh"}, 1),
        ("05_quality", {"lang": "en"}, 1),
        ("90_gallery", {"lang": "zh"}, 11),
        ("04_years", {"organ": "Suqian Municipal Government", "lang": "en"}, 7),
        # one report only: its figures, and a sentence where two would be needed
        ("04_years", {"organ": "liaocheng", "lang": "zh"}, 4),
        ("06_bodies", {"lang": "zh"}, 2),
        ("06_bodies", {"year": 2019, "organ": "shanghai-go", "lang": "en"}, 2),
    ],
)
def test_cells_run_for_any_body_and_year(name, parameters, charts):
    shown = ran(name, **parameters)
    assert sum(isinstance(each, (Pictured, Axes)) for each in shown) == charts
    for each in shown:
        drawn = each._repr_svg_() if isinstance(each, Axes) else None
        text = drawn or getattr(each, "data", None) or getattr(each, "markup", None) or each.to_html()
        assert text.strip() and "NaN" not in text and "None" not in text and ">nan<" not in text


@pytest.mark.parametrize("name", ["04_years", "06_bodies"])
def test_committed_without_outputs_in_both_languages(name):
    code = [cell for cell in cells(name) if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    tags = [tag for cell in cells(name) for tag in cell["metadata"].get("tags", [])]
    assert tags.count("zh") == tags.count("en") > 3 and tags.count("parameters") == 1
