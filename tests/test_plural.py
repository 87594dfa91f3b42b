import csv
import re
from string import Formatter

from conftest import ROOT

import liaocheng_foi as foi
from liaocheng_foi.charts.words import WORDS
from liaocheng_foi.plural import Count
from liaocheng_foi.problems import WORDING


def test_words_agree_with_their_number():
    said = "{n:cell is|cells are} blank"
    assert [said.format(n=Count(n)) for n in (0, 1, 2, "1,001")] == [
        "0 cells are blank", "1 cell is blank", "2 cells are blank", "1,001 cells are blank",
    ]  # fmt: skip
    assert f"{Count(1)} of {Count(1):>3}" == "1 of   1"


def test_no_english_template_sets_a_plural_behind_a_bare_number():
    with open(ROOT / "liaocheng_foi" / "checks" / "rules.csv", encoding="utf-8", newline="") as handle:
        templates = [line["message_en"] for line in csv.DictReader(handle)]
    templates += [en for _, en in [*WORDING.values(), *WORDS.values()]]
    counted = [t for t in templates if any(spec and "|" in spec for _, _, spec, _ in Formatter().parse(t))]
    assert len(counted) >= 12
    assert not [t for t in templates if re.search(r"(?<!all )\{(?:count|n)\} (?!is\b)[a-z]+s\b", t)]


def test_a_finding_about_one_cell():
    figures = foi.load(ROOT / "data" / "processed").report("suqian-2024").figures
    one = figures.index[(figures["row"] == "denied.state_secret") & (figures["column"] == "business")]
    figures.loc[one, ["value", "status", "raw"]] = [None, "blank", ""]
    said = foi.check(foi.Report.from_figures(figures)).set_index("rule")["message_en"]["CE01"]
    assert said.startswith("1 cell is blank: ")
