import pandas as pd
import pytest

from liaocheng_foi.problems import SchemaError
from liaocheng_foi.schemas import REGISTRY, resource, validate


def line(**changes):
    base = {
        "organ": "x", "year": 2020, "edition": 2019, "scope": "region-wide", "table": "requests", "row": "granted",
        "column": "total", "value": 5.0, "unit": "件", "status": "reported", "raw": "5", "page": None, "grid": 1,
        "grid_row": 2, "grid_column": 3,
    }  # fmt: skip
    return base | changes


def failures(*lines):
    with pytest.raises(SchemaError) as caught:
        validate(pd.DataFrame(list(lines)), "figures")
    return str(caught.value)


def test_a_good_frame_keeps_its_values_and_gets_its_types():
    frame = validate(pd.DataFrame([line(), line(column="business", value=None, status="blank", raw="")]), "figures")
    assert list(frame.columns) == list(REGISTRY["figures"].columns)
    assert str(frame["year"].dtype) == "Int16"
    assert frame["value"].tolist()[0] == 5.0 and pd.isna(frame["value"].tolist()[1])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": 5.5}, "not a whole number"),
        ({"value": -5.0}, "negative"),
        ({"value": None}, "status"),
        ({"status": "guessed"}, "not one of the known values"),
        ({"row": "grantd"}, "not one of the known values"),
        ({"unit": "条"}, "not one of the known values"),
        ({"year": 1999}, "below 2008"),
        ({"value": "many"}, "right type"),
        ({"edition": None}, "missing"),
    ],
)
def test_each_broken_cell_is_named(change, words):
    said = failures(line(**change))
    assert words in said
    assert "granted" in said or "grantd" in said


def test_all_failures_are_told_at_once():
    said = failures(line(value=5.5), line(column="business", value=-1.0), line(column="research", status="x"))
    assert "granted/total" in said and "granted/business" in said and "granted/research" in said


def test_a_key_that_stands_twice_is_refused():
    assert "x/2020/region-wide/requests/granted/total: stands more than once" in failures(line(), line())


def test_missing_and_added_columns_are_named():
    with pytest.raises(SchemaError, match="raw: is a missing column"):
        validate(pd.DataFrame([line()]).drop(columns="raw"), "figures")
    with pytest.raises(SchemaError, match="score: is a column that the table does not have"):
        validate(pd.DataFrame([line()]).assign(score=1), "figures")


def test_the_change_of_items_may_be_negative():
    ok = line(table="proactive", row="license", column="items_change", unit="项", value=-540.0)
    assert validate(pd.DataFrame([ok]), "figures")["value"].tolist() == [-540.0]


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_the_table_schema_is_made_from_the_same_declaration(name):
    described = resource(REGISTRY[name])
    assert [field["name"] for field in described["fields"]] == list(REGISTRY[name].columns)
    assert all(field["title"] and field["description"] for field in described["fields"])
    assert set(described.get("primaryKey", [])) <= set(REGISTRY[name].columns)
