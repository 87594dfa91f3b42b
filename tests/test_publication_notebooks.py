"""Notebooks: parameters, failing cells, and the template that nbconvert finds by its name."""

import json
import re
import sys

import lxml.html
import pytest
from conftest import ROOT

import liaocheng_foi as foi
from liaocheng_foi.publication import books as module
from liaocheng_foi.publication import site
from liaocheng_foi.publication.books import books_of
from liaocheng_foi.publication.notebooks import NotebookError, load, parameters

NOTEBOOKS = ROOT / "notebooks"


@pytest.fixture(scope="module")
def panel():
    return foi.load(ROOT / "data" / "processed")


def small_notebook(path, *sources, given='report = "liaocheng-2020"\nlang = "zh"\ndata = None'):
    import nbformat

    code = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    zh, en = (
        nbformat.v4.new_markdown_cell(f"# {text}", metadata={"tags": [lang]}, id=lang)
        for lang, text in (("zh", "标题"), ("en", "Heading"))
    )
    first = nbformat.v4.new_code_cell(given, metadata={"tags": ["parameters"]}, id="given")
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=[zh, en, first, *code], metadata=kernel), path)
    return path


def test_notebooks_are_committed_without_outputs_and_with_one_parameters_cell():
    for path in NOTEBOOKS.glob("*.ipynb"):
        book = json.loads(path.read_text(encoding="utf-8"))
        code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
        assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
        assert {"lang", "data"} <= set(parameters(path)), path.name


def test_an_unknown_parameter_is_refused_with_the_known_ones(tmp_path):
    path = small_notebook(tmp_path / "small.ipynb")
    with pytest.raises(NotebookError, match="unknown parameters rapport; known: data, lang, report"):
        load(path, {"rapport": "x"})


def test_what_is_no_notebook_is_refused(tmp_path):
    (tmp_path / "x.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(NotebookError, match=r"x\.ipynb: not a readable notebook"):
        books_of(tmp_path, [], None)
    with pytest.raises(NotebookError, match="there is no such notebook"):
        load(tmp_path / "y.ipynb", {})


def test_without_jupyter_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "nbclient", None)
    with pytest.raises(NotebookError, match=r"need nbclient; run: pip install 'liaocheng_foi\[notebooks\]'"):
        parameters(next((ROOT / "notebooks").glob("*.ipynb")))


def test_a_notebook_runs_for_the_reports_named_or_for_its_own(tmp_path, panel):
    small_notebook(tmp_path / "1.ipynb")
    small_notebook(tmp_path / "2.ipynb", given='report = "nowhere-2020"\nlang = "zh"')
    small_notebook(tmp_path / "3.ipynb", given='lang = "zh"')
    first = panel.reports["report"].iloc[0]
    assert [book.report for book in books_of(tmp_path, [], panel)] == ["liaocheng-2020", first, None]
    named = ["suqian-2023", "suqian-2024"]
    assert [book.report for book in books_of(tmp_path, named, panel)] == [*named, *named, None]


def test_given_parameters_are_put_in_behind_those_of_the_notebook(tmp_path):
    cells = load(small_notebook(tmp_path / "small.ipynb", "print(report)"), {"report": "x<'y"}).cells
    assert [cell.source for cell in cells[-2:]] == ['report = "x<\'y"', "print(report)"]
    assert "parameters" in cells[-3].metadata["tags"]


def test_a_failing_cell_is_named_and_the_other_pages_are_made(panel, tmp_path, monkeypatch):
    """Also what a page of a notebook, one of the package's own, looks like: the report given, one language, charts
    with ids of their own, text as text."""
    import nbformat

    monkeypatch.setattr(site, "_brief", lambda *_: "<p>whole</p>")
    books = tmp_path / "notebooks"
    books.mkdir()
    book = nbformat.read(NOTEBOOKS / "02_requests.ipynb", as_version=4)
    chart = "foi.charts.denials(r, lang=lang)"
    more = ("print(report, '<', lang)", "Markdown('<script>alert(1)</script>')", chart, chart)
    book.cells += [nbformat.v4.new_code_cell(source, id=f"more-{n}") for n, source in enumerate(more)]
    nbformat.write(book, books / "a.ipynb")
    small_notebook(books / "b.ipynb", "1 / 0")
    made, failed = foi.publish_all(["hongze-2023"], "en", tmp_path / "out", books, panel)
    names = [path.name for path in made]
    assert names == ["hongze-2023.html", "hongze-2023-a.en.html", "index.html"]
    assert [str(error) for error in failed] == ["b (hongze-2023, en), cell 4: ZeroDivisionError: division by zero"]
    index, text = (made[i].read_text(encoding="utf-8") for i in (2, 1))
    assert "hongze-2023-b.en.html" not in index and "hongze-2023-a.en.html" in index
    assert str(tmp_path) not in text and str(ROOT) not in text
    page = lxml.html.document_fromstring(text)
    assert not list(page.iter("script")) and "<script>alert(1)</script>" in page.text_content()
    headings = [h.text_content().strip("¶ ") for h in page.iter("h1")]
    assert headings == ["Requests received and handled"] and page.get("lang") == "en"
    assert "hongze-2023 < en\n" in [printed.text_content() for printed in page.iter("pre")]
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert len(page.xpath("//*[local-name()='svg'][@role='img']")) == 2 + 2 and page.xpath("//table")
    assert "Hongze District Government" in page.text_content()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_nbconvert_finds_the_template_by_its_name(tmp_path, monkeypatch):
    """What ``jupyter nbconvert`` runs, with nothing said about where the template is."""
    from nbconvert.nbconvertapp import NbConvertApp

    small_notebook(tmp_path / "small.ipynb", "1 + 1")
    monkeypatch.chdir(tmp_path)
    app = NbConvertApp()
    app.initialize(["--to", "html", "--template", "liaocheng_foi", "small.ipynb"])
    app.start()
    text = (tmp_path / "small.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in text and "<script" not in text and "Noto Sans SC" in text
    assert "标题" in text and "Heading" not in text
    assert not re.findall(r"url\((?!data:|#)", text)


def test_the_page_of_a_notebook_leads_to_its_other_language(panel, monkeypatch):
    monkeypatch.setattr(module, "execute", lambda notebook, *_: notebook)
    (book,) = (book for book in books_of(NOTEBOOKS, [], panel) if book.path.stem == "02_requests")
    page = lxml.html.document_fromstring(book.page(panel, "zh", ("zh", "en"), "0" * 64, "index.html"))
    assert {book.file("en"), "index.html#zh"} <= {a.get("href") for a in page.iter("a")}
