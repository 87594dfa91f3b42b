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


class Opened:
    """A page with all it said and asked for."""

    def __init__(self, browser, path, viewport, **options):
        self.said, self.asked = [], []
        self.page = browser.new_page(viewport=viewport, **options)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.page.close()

    @property
    def outside(self):
        return [url for url in self.asked if not url.startswith(("file:", "data:"))]


@pytest.fixture(scope="module")
def phones(site, browser):
    """File name → each page on a phone."""
    opened = {name: Opened(browser, path, PHONE) for name, path in site.items()}
    yield opened
    for each in opened.values():
        each.page.close()


def test_no_message_no_request_and_the_font_is_the_pages_own(phones):
    for name, opened in phones.items():
        fonts = opened.page.evaluate("document.fonts.ready.then(f => [...f].map(x => x.family + ':' + x.status))")
        assert any("Noto Sans SC" in font and font.endswith("loaded") for font in fonts), name
        assert opened.said == [] and opened.outside == [], name


def test_a_phone_scrolls_in_one_direction_only(phones):
    for name, opened in phones.items():
        opened.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for lang in LANGUAGES:
            opened.page.evaluate(f"location.hash = '{lang}'")
            assert opened.page.locator(f"#{lang}").is_visible()
            assert opened.page.evaluate("document.documentElement.scrollWidth") <= 360, (name, lang)


def test_languages_are_switched_without_a_script(site, browser):
    with Opened(browser, site["suqian-2024.html"], DESKTOP, java_script_enabled=False) as opened:
        page = opened.page
        assert page.locator("#zh h1").is_visible() and not page.locator("#en").is_visible()
        page.locator("#zh .languages a", has_text="English").click()
        assert page.locator("#en h1").is_visible() and not page.locator("#zh").is_visible()
        page.locator("#en-denials").scroll_into_view_if_needed()
        page.locator("#en-denials .same").click()
        assert page.locator("#zh-denials").is_visible() and not page.locator("#en").is_visible()
        page.go_back()
        assert page.locator("#en").is_visible()
    english = site["suqian-2024.html"].as_uri() + "#en-downloads"
    page = browser.new_page()
    page.goto(english)
    assert page.locator("#en-downloads").is_visible() and not page.locator("#zh").is_visible()
    page.close()


def test_the_table_of_a_chart_is_one_key_away_and_files_are_saved(site, browser):
    with Opened(browser, site["suqian-2024.html"], DESKTOP) as opened:
        page = opened.page
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
        assert opened.said == [] and opened.outside == []


def test_the_keyboard_reaches_skip_link_languages_and_contents(site, browser):
    with Opened(browser, site["suqian-2024.html"], DESKTOP) as opened:
        page, seen = opened.page, []
        for _ in range(6):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.getAttribute('href')"))
        assert seen[0] == "#zh-main" and "#en" in seen and "#zh-headlines" in seen
        page.locator(".skip").first.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "zh-main"


#: What axe need not see, beside the language that is not shown: inside a picture there is nothing but what its label
#: says, and of the rows of a table, which are alike, three stand for all.
ALIKE = "svg > g, tbody > tr:nth-child(n + 4)"


@pytest.mark.parametrize(
    ("name", "lang", "scheme"),
    [
        ("suqian-2024.html", "en", "light"), ("suqian-2025.html", "en", "dark"),
        ("suqian-2024-suqian-2025.html", "zh", "light"), ("index.html", "zh", "dark"),
    ],
)  # fmt: skip
def test_axe_finds_no_violation(site, browser, name, lang, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    # the page forbids scripts; axe is one
    with Opened(browser, site[name], DESKTOP, bypass_csp=True, color_scheme=scheme) as opened:
        opened.page.goto(f"{site[name].as_uri()}#{lang}")
        opened.page.evaluate("document.querySelectorAll('figure details').forEach(d => d.open = true)")
        opened.page.evaluate(f"document.querySelectorAll('{ALIKE}, body > :not(#{lang})').forEach(e => e.remove())")
        found = axe.run(opened.page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()


def test_dark_is_dark_and_paper_is_white(site, browser):
    shade = "getComputedStyle(document.body).backgroundColor"
    with Opened(browser, site["suqian-2024.html"], DESKTOP, color_scheme="dark") as opened:
        assert opened.page.evaluate(shade) == "rgb(26, 26, 26)"
        opened.page.emulate_media(media="print")
        assert opened.page.evaluate(shade) == "rgb(255, 255, 255)"


def test_it_prints_on_a4_with_its_own_font_and_nothing_to_click(site, browser):
    pdfium = pytest.importorskip("pypdfium2")
    with Opened(browser, site["suqian-2024.html"], DESKTOP) as opened:
        printed = pdfium.PdfDocument(opened.page.pdf(prefer_css_page_size=True))
    assert 4 <= len(printed) <= 16
    assert {tuple(round(side) for side in page.get_size()) for page in printed} == {(595, 842)}
    text = "".join(page.get_textpage().get_text_range() for page in printed)
    assert "宿迁市人民政府2024年" in text and "English" not in text and "CSV" not in text
