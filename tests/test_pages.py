"""Pages in a real browser: headless Chromium, driven by playwright."""

import shutil
from urllib.parse import unquote

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not on this machine"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def browser():
    sync = pytest.importorskip("playwright.sync_api")
    with sync.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


LANGUAGES = ("zh", "en")


class Tab:
    """A tab of the browser: the start of its process costs more than all pages that it shows one after the other."""

    def __init__(self, browser, **options):
        self.said, self.asked = [], []
        self.page = browser.new_page(**options)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path, part="", viewport=DESKTOP, scheme="light"):
        """The page, opened anew; what it says and asks for is heard from here on."""
        self.page.goto("about:blank")
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(media="null", color_scheme=scheme)
        self.said.clear()
        self.asked.clear()
        self.page.goto(path.as_uri() + part)
        return self.page

    @property
    def outside(self):
        return [url for url in self.asked if not url.startswith(("file:", "data:"))]


@pytest.fixture(scope="module")
def tab(browser):
    return Tab(browser)


@pytest.fixture(scope="module")
def phones(site, tab):
    """File name → what each page says, asks for and shows on a phone."""
    return {name: _on_a_phone(tab, path) for name, path in site.items()}


def _on_a_phone(tab, path):
    page, seen = tab.open(path, viewport=PHONE), {}
    seen["fonts"] = page.evaluate("document.fonts.ready.then(f => [...f].map(x => x.family + ':' + x.status))")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for lang in LANGUAGES:
        page.evaluate(f"location.hash = '{lang}'")
        seen[lang] = page.locator(f"#{lang}").is_visible(), page.evaluate("document.documentElement.scrollWidth")
    return seen | {"said": list(tab.said), "outside": tab.outside}


def test_no_message_no_request_and_the_font_is_the_pages_own(phones):
    for name, seen in phones.items():
        assert any("Noto Sans SC" in font and font.endswith("loaded") for font in seen["fonts"]), name
        assert seen["said"] == [] and seen["outside"] == [], name


def test_a_phone_scrolls_in_one_direction_only(phones):
    for name, seen in phones.items():
        for lang in LANGUAGES:
            visible, width = seen[lang]
            assert visible and width <= 360, (name, lang)


def test_languages_are_switched_without_a_script(site, browser, tab):
    page = Tab(browser, java_script_enabled=False).open(site["suqian-2024.html"])
    assert page.locator("#zh h1").is_visible() and not page.locator("#en").is_visible()
    page.locator("#zh .languages a", has_text="English").click()
    assert page.locator("#en h1").is_visible() and not page.locator("#zh").is_visible()
    page.locator("#en-denials").scroll_into_view_if_needed()
    page.locator("#en-denials .same").click()
    assert page.locator("#zh-denials").is_visible() and not page.locator("#en").is_visible()
    page.go_back()
    assert page.locator("#en").is_visible()
    page.close()
    page = tab.open(site["suqian-2024.html"], "#en-downloads")
    assert page.locator("#en-downloads").is_visible() and not page.locator("#zh").is_visible()


def test_the_table_of_a_chart_is_one_key_away_and_files_are_saved(site, tab):
    page = tab.open(site["suqian-2024.html"])
    figure = page.locator("#zh-denials-chart")
    assert not figure.locator("table").is_visible()
    figure.locator("summary").focus()
    page.keyboard.press("Enter")
    assert figure.locator("table").is_visible()
    for ending in ("csv", "svg"):
        with page.expect_download() as saved:
            figure.locator(f"a[download$='.{ending}']").click()
        assert saved.value.suggested_filename == f"suqian-2024-denials.{ending}"
        content = saved.value.path().read_bytes()
        wanted = figure.locator(f"a[download$='.{ending}']").get_attribute("href").split(",", 1)[1]
        assert content.decode("utf-8").lstrip("\ufeff") == unquote(wanted).lstrip("\ufeff")
    assert tab.said == [] and tab.outside == []


def test_the_keyboard_reaches_skip_link_languages_and_contents(site, tab):
    page, seen = tab.open(site["suqian-2024.html"]), []
    for _ in range(6):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert seen[0] == "#zh-main" and "#en" in seen and "#zh-headlines" in seen
    page.locator(".skip").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "zh-main"


#: What axe need not see, beside the language that is not shown: inside a picture there is nothing but what its label
#: says, and of the rows of a table, which are alike, three stand for all.
ALIKE = "svg > *, tbody > tr:nth-child(n + 4)"


@pytest.mark.parametrize(
    ("name", "lang", "scheme"),
    [
        ("suqian-2024.html", "en", "light"), ("suqian-2025.html", "en", "dark"),
        ("suqian-2024-suqian-2025.html", "zh", "light"), ("index.html", "zh", "light"),
    ],
)  # fmt: skip
def test_axe_finds_no_violation(site, tab, name, lang, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = tab.open(site[name], f"#{lang}", scheme=scheme)
    page.evaluate("document.querySelectorAll('figure details').forEach(d => d.open = true)")
    page.evaluate(f"document.querySelectorAll('{ALIKE}, body > :not(#{lang})').forEach(e => e.remove())")
    # in the dark only colours are others
    rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    found = axe.run(page, options={"resultTypes": ["violations"], **rules})
    assert found.violations_count == 0, found.generate_report()


def test_dark_is_dark_and_paper_is_white(site, tab):
    shade = "getComputedStyle(document.body).backgroundColor"
    page = tab.open(site["index.html"], scheme="dark")
    assert page.evaluate(shade) == "rgb(26, 26, 26)"
    page.emulate_media(media="print")
    assert page.evaluate(shade) == "rgb(255, 255, 255)"


def test_it_prints_on_a4_with_its_own_font_and_nothing_to_click(site, tab):
    pdfium = pytest.importorskip("pypdfium2")
    page = tab.open(site["suqian-2024.html"])
    printed = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert 4 <= len(printed) <= 16
    assert {tuple(round(side) for side in page.get_size()) for page in printed} == {(595, 842)}
    text = "".join(page.get_textpage().get_text_range() for page in printed)
    assert "宿迁市人民政府2024年" in text and "English" not in text and "CSV" not in text
