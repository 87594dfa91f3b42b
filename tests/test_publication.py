import json
import re
import shutil

import nbformat
import pytest
from conftest import ROOT

import liaocheng_foi as foi
from liaocheng_foi.publication import pages
from liaocheng_foi.publication.notebooks import NotebookError, execute, load

NOTEBOOKS = ROOT / "notebooks"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def panel():
    return foi.load(ROOT / "data" / "processed")


@pytest.fixture(scope="module")
def published(panel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    written, failed = pages.publish(folder=folder, notebooks=NOTEBOOKS, panel=panel)
    assert failed == []
    return {path.name: path for path in written}


def small_notebook(folder, source, parameters='report = ""\nlang = "zh"\ndata = None'):
    book = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="a"),
            nbformat.v4.new_code_cell(source, id="b"),
        ],
        metadata={"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
    )
    path = folder / "small.ipynb"
    nbformat.write(book, path)
    return path


def test_a_page_for_each_notebook_and_language_and_an_index(published):
    assert set(published) == {
        "index.html",
        *(f"liaocheng-2020-{name}.{lang}.html" for name in pages.NOTEBOOKS for lang in ("zh", "en")),
    }


def test_pages_ask_for_nothing_from_elsewhere(published):
    for path in published.values():
        page = path.read_text(encoding="utf-8")
        assert "default-src 'none'" in page and "<script" not in page
        fetched = re.findall(r"""(?:src|href)\s*=\s*["']?(?!data:|#|mailto:)([a-z]+:)?//""", page)
        links = re.findall(r'<a href="https?://[^"]*"', page)
        assert len(fetched) == len(links), path.name
        assert not re.search(r"url\((?!data:|#)", page), path.name


def test_pages_name_body_year_data_and_no_machine(published):
    for name, path in published.items():
        page = path.read_text(encoding="utf-8")
        assert "sha256" in page and "make publish" in page
        assert str(ROOT) not in page and str(path.parent) not in page
        if name.endswith(".zh.html"):
            assert "聊城市人民政府2020年" in page
        if name.endswith(".en.html"):
            assert "Liaocheng Municipal Government, 2020" in page


def test_figures_of_the_report_stand_in_the_pages(published):
    page = published["liaocheng-2020-02_requests.zh.html"].read_text(encoding="utf-8")
    for figure in ("1,054", "60.13%", ">233<", ">1051<"):
        assert figure in page
    english = published["liaocheng-2020-02_requests.en.html"].read_text(encoding="utf-8")
    text = re.sub(r"<style.*?</style>|<details.*?</details>|<[^>]+>", " ", english, flags=re.DOTALL)
    assert "60.13%" in text
    assert set(re.findall("[\u4e00-\u9fff]+", text)) <= {"中文"}


def test_publishing_again_gives_the_same_bytes(published, panel, tmp_path):
    again, _ = pages.publish(["liaocheng-2020"], "zh", tmp_path, NOTEBOOKS, panel)
    for path in again:
        if path.name != "index.html":
            assert path.read_bytes() == published[path.name].read_bytes()


def test_notebooks_are_committed_without_outputs_and_with_one_parameters_cell():
    for path in NOTEBOOKS.glob("*.ipynb"):
        book = json.loads(path.read_text(encoding="utf-8"))
        code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
        assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
        assert sum("parameters" in cell["metadata"].get("tags", []) for cell in code) == 1
        assert path.stem in pages.NOTEBOOKS


def test_an_unknown_parameter_is_refused_with_the_known_ones():
    with pytest.raises(NotebookError, match="unknown parameters rapport; known: data, lang, report"):
        load(NOTEBOOKS / "02_requests.ipynb", {"rapport": "x"})


def test_a_failing_cell_is_named_and_the_other_pages_are_made(panel, tmp_path, monkeypatch):
    for name in pages.NOTEBOOKS:
        shutil.copy(NOTEBOOKS / f"{name}.ipynb", tmp_path / f"{name}.ipynb")
    shutil.copy(small_notebook(tmp_path, "1 / 0"), tmp_path / "03_reviews.ipynb")
    monkeypatch.setattr(pages, "NOTEBOOKS", {k: pages.NOTEBOOKS[k] for k in ("02_requests", "03_reviews")})
    written, failed = pages.publish(["liaocheng-2020"], "en", tmp_path / "out", tmp_path, panel)
    assert [path.name for path in written] == ["liaocheng-2020-02_requests.en.html", "index.html"]
    assert re.fullmatch(r"03_reviews \(liaocheng-2020, en\), cell \d+: ZeroDivisionError: .*", str(failed[0]))
    assert "03_reviews" not in written[-1].read_text(encoding="utf-8")


def test_execution_gives_the_value_of_the_given_parameters(tmp_path):
    path = small_notebook(tmp_path, "print(report)")
    done = execute(load(path, {"report": "x<y"}), "small", tmp_path)
    assert done.cells[-1].outputs[0].text == "x<y\n"


def test_unknown_reports_and_languages_are_refused_before_anything_runs(panel, tmp_path):
    with pytest.raises(foi.SelectionError, match="known: liaocheng-2020"):
        pages.publish(["liaocheng-1999"], folder=tmp_path, notebooks=NOTEBOOKS, panel=panel)
    with pytest.raises(foi.SelectionError, match="zh, en or both"):
        pages.publish(lang="fr", folder=tmp_path, notebooks=NOTEBOOKS, panel=panel)
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("chromium is not on this machine")
    sync = pytest.importorskip("playwright.sync_api")
    with sync.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_in_a_browser_no_request_no_message_and_the_code_is_one_click_away(published, browser):
    for name, path in published.items():
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        said, asked = [], []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri())
        assert said == [] and [u for u in asked if not u.startswith(("file:", "data:"))] == [], name
        if name != "index.html":
            fold = page.locator("details.code").last
            assert not fold.locator("pre").is_visible()
            fold.locator("summary").click()
            assert fold.locator("pre").is_visible()
            assert page.locator("figure svg, .table table").count() >= 2
            fonts = page.evaluate("document.fonts.ready.then(f => [...f].map(x => x.family + ':' + x.status))")
            assert any("Noto Sans SC" in font and font.endswith("loaded") for font in fonts)
        page.close()
