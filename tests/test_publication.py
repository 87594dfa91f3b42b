"""Pages made from data alone, read back: what they say, that all of it is text, that the bytes are the same."""

import base64
import copy
import csv
import hashlib
import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
from urllib.parse import unquote

import chart_golden
import lxml.html
import pandas as pd
import pytest
from conftest import ROOT
from panels import balanced, framed, real

import liaocheng_foi as foi
from liaocheng_foi.charts.figures import Figures
from liaocheng_foi.cli import main
from liaocheng_foi.codebook import TABLES
from liaocheng_foi.publication import site as site_module
from liaocheng_foi.publication.brief import SECTIONS
from liaocheng_foi.publication.subject import Subject

HOSTILE = """<script>alert(1)</script>"><img src=x onerror=alert(2)>&lt;'"""


@pytest.fixture(scope="module")
def panel():
    return foi.load(ROOT / "data" / "processed")


@pytest.fixture(scope="module")
def liaocheng(panel):
    return foi.publish(panel.report("liaocheng-2020"))


@pytest.fixture(scope="module")
def document(liaocheng):
    return lxml.html.document_fromstring(liaocheng.html)


def read_back(path):
    return lxml.html.document_fromstring(path.read_text(encoding="utf-8"))


def part(document, lang):
    return document.get_element_by_id(lang)


def text_of(element):
    return re.sub(r"\s+", " ", element.text_content()).strip()


def numbers(text):
    return set(re.findall(r"\d[\d,]*(?:\.\d+)?", text))


def downloads(element):
    """File name -> content of every file of a page."""
    return {
        link.get("download"): unquote(link.get("href").split(",", 1)[1])
        for link in element.iter("a")
        if link.get("download")
    }


def test_every_section_stands_in_both_languages_in_order(document):
    for lang in ("zh", "en"):
        found = [h.get("id") for h in part(document, lang).iter("h2") if h.get("id")]
        assert found == [f"{lang}-{section.id}" for section in SECTIONS]
    assert [part(document, lang).get("lang") for lang in ("zh", "en")] == ["zh-CN", "en"]
    assert "聊城市人民政府2020年" in text_of(part(document, "zh"))
    assert "Liaocheng Municipal Government, 2020" in text_of(part(document, "en"))


def test_the_english_part_marks_what_is_chinese(document):
    english = copy.deepcopy(part(document, "en"))
    for element in english.xpath(".//*[@lang='zh-CN']"):
        element.drop_tree()
    assert re.findall("[\u4e00-\u9fff]+", text_of(english)) == []


def test_headlines_are_the_counts_of_the_table(document, panel):
    figures = Figures(panel.report("liaocheng-2020"))
    new, carried, handled = (figures(row) for row in ("received_new", "carried_in", "outcome_total"))
    disclosed = figures("granted") + figures("partly_granted")
    cards = [text_of(card) for card in part(document, "en").xpath(".//ul[@class='cards']/li")]
    assert f"{new + carried:,.0f}" in cards[0] and f"{new:,.0f} new, {carried:.0f} carried in" in cards[0]
    assert f"{handled:,.0f} / {new + carried:,.0f}" in cards[1]
    assert f"{100 * disclosed / handled:.2f}%" in cards[2] and f"{disclosed:,.0f} / {handled:,.0f}" in cards[2]
    assert f"{disclosed:,.0f} / {disclosed + figures('denied'):,.0f}" in cards[3]
    assert "under 30" in cards[4] and "0 / 24" in cards[4]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_numbers_agree_between_picture_table_and_file(document, lang):
    """What is written on a chart stands in its table; the table is the file that is offered."""
    figures = part(document, lang).xpath(".//figure")
    assert len(figures) >= 8
    for figure in figures:
        rows = [[text_of(cell) for cell in row.iter("th", "td")] for row in figure.iter("tr")]
        file = next(text for name, text in downloads(figure).items() if name.endswith(".csv"))
        lines = list(csv.reader(io.StringIO(file.lstrip("\ufeff"))))
        assert len(lines) == len(rows), figure.get("id")
        shown = numbers(" ".join(cell for row in rows for cell in row))
        filed = numbers(" ".join(cell for line in lines for cell in line))
        assert {n.replace(",", "").removesuffix(".00") for n in shown} <= {_whole(n) for n in filed} | shown & {"0"}, (
            figure.get("id")
        )
    bars = part(document, lang).get_element_by_id(f"{lang}-denials-chart")
    drawn = numbers(" ".join(text.text_content() for text in bars.xpath(".//*[local-name()='text']")))
    table = numbers(" ".join(text_of(cell) for cell in bars.iter("th", "td")))
    law = {"14", "15", "16", "36"}
    assert drawn - law <= table


def _whole(number):
    value = float(number.replace(",", ""))
    return f"{value:.2f}".removesuffix(".00")


def test_every_number_of_the_form_stands_in_the_page_as_printed(document, panel):
    report = panel.report("liaocheng-2020")
    tables = part(document, "zh").xpath(".//table[contains(@class, 'form')]")
    assert len(tables) == len(TABLES)
    for name, table in zip(("requests", "reviews", "proactive"), tables, strict=True):
        printed = [text_of(cell) for cell in table.iter("td")]
        assert sorted(printed) == sorted(c.raw.strip() for c in report.cells() if c.table == name)


def test_the_files_are_complete_and_the_stated_hash_is_that_of_the_figures(document, panel):
    files = downloads(part(document, "en"))
    report = panel.report("liaocheng-2020")
    names = {f"liaocheng-2020-{name}" for name in ("figures.csv", "figures.json", "indicators.csv", "findings.csv")}
    assert names | {"codebook.csv"} <= set(files)
    figures = files["liaocheng-2020-figures.csv"].removeprefix("\ufeff")
    assert len(list(csv.DictReader(io.StringIO(figures)))) == len(report.figures)
    assert len(json.loads(files["liaocheng-2020-figures.json"])) == len(report.figures)
    digest = hashlib.sha256(figures.encode("utf-8")).hexdigest()
    assert digest in text_of(part(document, "en")) and digest in text_of(part(document, "zh"))
    assert foi.__version__ in text_of(part(document, "en")) and "foi publish liaocheng-2020" in text_of(document)


def test_nothing_is_fetched_and_no_script_stands_in_the_page(liaocheng, document):
    assert "default-src 'none'" in liaocheng.html
    assert not list(document.iter("script", "link", "iframe", "object", "embed"))
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), (element.tag, name)
            if name in ("src", "href", "srcset", "data", "action", "poster") and element.tag != "a":
                assert value.startswith(("#", "data:")), (element.tag, value)
    styles = "".join(style.text_content() for style in document.iter("style"))
    assert re.findall(r"url\((?!data:|#)", styles) == [] and "@import" not in styles
    assert len(liaocheng.html.encode("utf-8")) <= 1_500_000


def test_ids_are_unique_and_every_link_in_the_page_leads_somewhere(document):
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = [a.get("href")[1:] for a in document.iter("a") if a.get("href").startswith("#")]
    assert targets and set(targets) <= set(ids)
    references = re.findall(r"url\(#([^)]+)\)", lxml.html.tostring(document, encoding="unicode"))
    assert references and set(references) <= set(ids)


def test_tables_say_what_their_headings_head(document):
    for table in document.iter("table"):
        for head in table.iter("th"):
            assert head.get("scope") in ("col", "row", "colgroup", "rowgroup")


def hostile_report(panel):
    figures = panel.report("hongze-2023").figures
    frame = figures.assign(organ=HOSTILE)
    blank = frame["value"].isna() | ((frame["table"] == "proactive") & (frame["row"] == "fee"))
    frame.loc[blank, ["value", "status"]] = [None, "illegible"]
    frame.loc[blank, "raw"] = HOSTILE
    return foi.Report.from_figures(frame, name=HOSTILE, title=HOSTILE, publisher=HOSTILE)


def test_markup_in_a_report_is_text_in_its_page(panel, tmp_path):
    report = hostile_report(panel)
    assert HOSTILE in set(report.figures["raw"])
    pages = [
        foi.publish(report, tmp_path / "x.html", lang="en"),
        foi.publish(foi.compare(report, panel.report("suqian-2024")), lang="en"),
        foi.proofread(report, lang="zh"),
    ]
    assert (tmp_path / "x.html").read_text(encoding="utf-8") == pages[0].html
    for page in pages:
        for markup in (page.html, page._repr_html_()):
            document = lxml.html.document_fromstring(markup)
            assert not list(document.iter("script")) and not document.xpath("//*[@onerror]")
        assert HOSTILE in lxml.html.document_fromstring(page.html).text_content()


def test_a_partial_report_says_in_a_sentence_what_it_lacks(panel, site):
    page = read_back(site["suqian-2025.html"])
    absent = {h.get("id") for h in page.xpath("//section[@class='absent']/h2")}
    assert absent >= {"en-flow", "en-outcomes", "en-denials", "en-text"}
    for section in page.xpath("//section[@class='absent']"):
        assert len(section.xpath("./p")) == 1 and not section.xpath(".//figure")
    accepted = [line.reason for line in panel.table("waivers").itertuples() if line.report == "suqian-2025"]
    assert accepted and all(reason in text_of(part(page, "en")) for reason in accepted)


def test_a_body_stands_among_its_peers_with_their_table_and_file():
    bodies = {
        f"body-{n}": balanced({"natural_person": {"granted": 40 * n, "denied.state_secret": 30}}) for n in range(1, 5)
    }
    peers = foi.Panel.from_figures(pd.concat([framed(cells, organ) for organ, cells in bodies.items()]))
    page = lxml.html.document_fromstring(foi.publish(peers.report("body-2-2023"), panel=peers, lang="en").html)
    section = page.get_element_by_id("en-peers").getparent()
    assert [text_of(row.find("th")) for row in section.xpath(".//tbody/tr")] == list(bodies)
    rows = list(csv.reader(io.StringIO(downloads(section)["body-2-2023-funnel.csv"].lstrip("\ufeff"))))
    assert [row[:3] for row in rows[1:]] == [[f"body-{n}", str(40 * n), str(40 * n + 30)] for n in range(1, 5)]


def test_a_chart_with_nothing_to_show_is_its_sentence():
    """A body without a single request in two years has no shares to compare."""
    years = foi.Panel.from_figures(pd.concat([framed(balanced({}), "quiet", year) for year in (2022, 2023)]))
    page = lxml.html.document_fromstring(foi.publish(years.report("quiet-2023"), panel=years, lang="en").html)
    assert not page.xpath("//*[@id='en-slope-chart']") and page.xpath("//*[@id='en-waterfall-chart']")
    assert text_of(page).count("There are no shares to compare.") == 1
    absent = [text_of(p) for p in page.xpath("//section[@class='absent']/p")]
    assert absent.count("No request was handled this year.") == 3 and "no usable figures" not in text_of(page)


def test_a_report_with_text_is_compared_with_its_tables(shared):
    report = foi.read(shared / "shanghai-go-2019.html")
    page = lxml.html.document_fromstring(foi.publish(report, lang="zh").html)
    rows = page.xpath("//table[@class='remarks']/tbody/tr")
    verdicts = {text_of(row.xpath(".//td")[-1]) for row in rows}
    assert {"相符", "不符"} <= verdicts
    for row in rows:
        cells = [text_of(cell) for cell in row.iter("td")]
        if cells[-1] == "不符" and cells[1]:
            assert numbers(cells[0]) != numbers(cells[1]), text_of(row)


def test_numbers_of_the_text_are_english_in_english_and_quotes_are_marked(document):
    """Also of a stored report, whose text is not at hand."""
    rows = part(document, "en").xpath(".//table[@class='remarks']/tbody/tr")
    assert len(rows) > 20 and {text_of(row.xpath(".//td")[0]) for row in rows} >= {"131", "1,064", "60.13%"}
    for said, counted, verdict in ([text_of(cell) for cell in row.iter("td")] for row in rows):
        assert said != counted or verdict != "disagrees", said
    for element in part(document, "en").xpath(".//*[@lang='zh-CN']"):
        assert re.search("[\u4e00-\u9fff]", element.text_content()), element.text_content()


def test_a_report_brings_the_panel_that_it_was_taken_from(panel):
    """So do the pages of the other tests, made without naming it."""
    report = panel.report("suqian-2024")
    told, brought = Subject(report, panel), Subject(report, None)
    assert brought.panel is told.panel is panel and brought.name("en") == "Suqian Municipal Government"
    assert [other.id for other in brought.years] == ["suqian-2023", "suqian-2024", "suqian-2025"]
    assert "Hongze District Government" in foi.proofread(panel.report("hongze-2023"), lang="en").html


def test_the_page_shows_itself_in_a_notebook_in_a_frame(liaocheng):
    frame = liaocheng._repr_html_()
    assert frame.startswith("<iframe ") and html.unescape(re.search(r'srcdoc="([^"]*)"', frame)[1]) == liaocheng.html


def test_a_comparison_has_its_sentences_charts_tables_and_files(panel, tmp_path, monkeypatch):
    """Written by the command."""
    monkeypatch.chdir(ROOT)
    path = tmp_path / "comparison.html"
    assert main(["compare", "suqian:2023", "suqian:2024", "-o", str(path)]) == 0
    page, comparison = read_back(path), foi.compare("suqian-2023", "suqian-2024", panel=panel)
    titles = {"zh": "宿迁市人民政府：2023年与2024年", "en": "Suqian Municipal Government: 2023 and 2024"}
    for lang, title in titles.items():
        shown = part(page, lang)
        assert title in text_of(shown)
        for sentence in comparison.sentences(lang):
            assert re.sub(r"\s+", " ", sentence) in text_of(shown)
        assert len(shown.xpath(".//figure")) == 3
        assert "suqian-2023-suqian-2024-cells.csv" in downloads(shown)


def test_a_site_has_a_page_of_each_report_and_of_consecutive_years_and_an_index(site):
    assert set(site) == {"suqian-2024.html", "suqian-2025.html", "suqian-2024-suqian-2025.html", "index.html"}
    index = read_back(site["index.html"])
    linked = {a.get("href").split("#")[0] for a in index.iter("a")} - {""}
    assert linked == set(site) - {"index.html"}


def test_unknown_reports_and_languages_are_refused_before_anything_is_written(panel, tmp_path):
    with pytest.raises(foi.SelectionError, match="known: .*liaocheng-2020"):
        foi.publish_all(["liaocheng-1999"], folder=tmp_path, panel=panel)
    with pytest.raises(foi.SelectionError, match="zh, en or both"):
        foi.publish_all(lang="fr", folder=tmp_path, panel=panel)
    with pytest.raises(foi.SelectionError, match="zh, en or both"):
        foi.publish(panel.report("liaocheng-2020"), lang="fr")
    assert not list(tmp_path.iterdir())


def test_a_page_that_fails_costs_itself_only(panel, tmp_path, monkeypatch):
    """Also where the fault is ours."""

    def broken(panel, id, *_):
        return "<p>whole</p>" if id == "hongze-2023" else 1 / 0

    monkeypatch.setattr(site_module, "_brief", broken)
    made, failed = foi.publish_all(["liaocheng-2020", "hongze-2023"], "zh", tmp_path, None, panel)
    assert [path.name for path in made] == ["hongze-2023.html", "index.html"]
    assert [str(error) for error in failed] == [
        "liaocheng-2020.html: the page could not be made (ZeroDivisionError: division by zero)."
    ]
    assert "liaocheng-2020.html" not in made[1].read_text(encoding="utf-8")


def test_the_same_data_and_bytes_in_another_folder_locale_time_zone_and_hash_seed(site, tmp_path):
    """Only a page from the same data and versions is a page that can be cited."""
    stored = ROOT / "data" / "processed"
    raw, processed = shutil.copytree(ROOT / "data" / "raw", tmp_path / "raw"), tmp_path / "other"
    elsewhere, page = tmp_path / "elsewhere", "suqian-2024.html"
    others = set(chart_golden.CASES) - set(re.findall(r'id="en-(\w+?)(?:-\d)?-chart"', site[page].read_text("utf-8")))
    assert 1 < len(others) < 5
    code = (
        "import liaocheng_foi as foi, sys, pathlib, chart_golden; from liaocheng_foi.cli import main;"
        "assert main(['build', '--raw', sys.argv[1], '--processed', sys.argv[2]]) == 0;"
        "foi.publish_all(['suqian-2024'], 'both', sys.argv[3], None, foi.load(sys.argv[2]));"
        "[(pathlib.Path(sys.argv[3]) / name).write_bytes(data) for name, data in chart_golden.files(sys.argv[4:])]"
    )
    other = {"LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"}
    paths = f"{ROOT}{os.pathsep}{ROOT / 'tests'}"
    environment = other | {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": paths}
    run = [sys.executable, "-c", code, str(raw), str(processed), str(elsewhere), *sorted(others)]
    done = subprocess.run(run, check=True, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert f"figures: {len(foi.load(stored).figures)} rows" in done.stdout
    files = {path.name: path.read_bytes() for path in processed.iterdir()}
    assert files == {path.name: path.read_bytes() for path in stored.iterdir()}
    here = {page: site[page].read_bytes()} | dict(chart_golden.files(sorted(others)))
    for name, made in here.items():
        assert made == (elsewhere / name).read_bytes(), name
        assert not re.search(rb"20\d\d-\d\d-\d\dT", made), name
        for folder in (ROOT, tmp_path):
            assert str(folder).encode() not in made and base64.b64encode(str(folder).encode()) not in made, name


def test_a_proof_marks_the_cells_and_the_numbers_that_do_not_hold(shared, tmp_path):
    report = foi.read(shared / "shanghai-go-2019.html")
    page = lxml.html.document_fromstring(foi.proofread(report, tmp_path / "proof.html", lang="zh").html)
    failed = foi.examine(report)[0].failed
    findings = page.xpath("//ol[@class='findings']/li[starts-with(@id, 'zh-finding-')]")
    assert len(findings) == len(failed)
    marked = {cell.get("id") for cell in page.xpath("//td[@class='error' or @class='warning' or @class='info']")}
    assert marked == {"-".join(("zh", *cell)) for finding in failed for cell in finding.cells} & {
        "-".join(("zh", cell.table, cell.row, cell.column)) for cell in report.cells()
    }
    for cell in page.xpath("//td/a"):
        target = page.get_element_by_id(cell.get("href")[1:])
        assert target.tag == "li" and cell.getparent().get("class") in target.get("class")
    assert {mark.get("class") for mark in page.iter("mark")} == {"agrees", "disagrees", "unsure"}
    said = "".join(page.xpath("//div[@class='proof']")[0].text_content().split())
    for paragraph in {statement.paragraph for statement in report.numbers_in_text}:
        assert "".join(report.paragraphs[paragraph].text.split())[:12] in said
    wrong = page.xpath("//div[@class='proof']//mark[@class='disagrees']")
    assert wrong and all(mark.xpath(".//a[starts-with(@href, '#zh-finding-')]") for mark in wrong)
    assert (tmp_path / "proof.html").exists() and not list(page.iter("script"))


def test_a_proof_proposes_repairs_and_leaves_what_is_printed(panel):
    report = panel.report("hongze-2023")
    page = lxml.html.document_fromstring(foi.proofread(report, lang="en").html)
    proposed = text_of(page.get_element_by_id("en-repairs").getparent())
    for repair in foi.repairs(report):
        assert repair.message("en") in proposed
        for change in repair.changes:
            cell = page.get_element_by_id("-".join(("en", *change.cell)))
            assert text_of(cell) == report.raw(*change.cell)


def test_no_page_is_written_outside_its_folder(tmp_path):
    """A store from elsewhere may name its bodies as it likes."""
    figures = real("suqian-2024").assign(organ="../../x")
    with pytest.raises(foi.SelectionError, match="holds a slash"):
        foi.publish_all(folder=tmp_path, notebooks=None, panel=foi.Panel.from_figures(figures))
    assert not list(tmp_path.iterdir())
