import random

import matplotlib
import pytest
from conftest import ROOT
from printed import BOOK, random_figures

import liaocheng_foi as foi
from liaocheng_foi import charts
from liaocheng_foi.label.cells import Cell
from liaocheng_foi.metadata import Metadata

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

KINDS = ("outcomes", "outcome_applicant", "reviews", "proactive", "change")


def generated(seed, edition, blank=0.0):
    rng = random.Random(seed)
    cells = []
    for key, text in random_figures(rng, edition).items():
        gone = rng.random() < blank
        cells.append(
            Cell(
                *key,
                None if gone else float(text),
                BOOK.unit(*key),
                "blank" if gone else "reported",
                "" if gone else text,
                None,
                1,
                1,
                1,
            )
        )
    return foi.Report(cells, edition, Metadata("x", 2020 if edition == 2019 else 2022, "region-wide"))


@pytest.fixture
def home():
    return foi.load(ROOT / "data" / "processed").report("liaocheng-2020")


@pytest.fixture(autouse=True)
def closed():
    yield
    pyplot.close("all")


def texts(ax):
    return [t for t in ax.figure.findobj(matplotlib.text.Text) if t.get_visible() and t.get_text().strip()]


def boxes(ax):
    ax.figure.canvas.draw()
    renderer = ax.figure.canvas.get_renderer()
    return [(t.get_text(), t.get_window_extent(renderer)) for t in texts(ax)]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", ["home", 1, 2, 3, 4])
def test_no_text_is_clipped_or_overlaps(kind, lang, case, home):
    report = home if case == "home" else generated(case, 2019 if case % 2 else 2021, blank=0.2 * (case > 2))
    ax = getattr(charts, kind)(report, lang=lang)
    found = boxes(ax)
    assert found
    width, height = ax.figure.canvas.get_width_height()
    for text, box in found:
        assert box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1, text
    for i, (one, a) in enumerate(found):
        for other, b in found[i + 1 :]:
            across = min(a.x1, b.x1) - max(a.x0, b.x0)
            down = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert across <= 1 or down <= 1, (one, other)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_chart_gives_the_same_bytes(kind, home):
    for form in ("svg", "png", "pdf"):
        first, second = (charts.save(getattr(charts, kind)(home), form) for _ in range(2))
        assert first == second


def test_the_figures_stand_in_the_chart(home):
    shown = {t.get_text() for t in texts(charts.outcomes(home))}
    assert any("632" in t and "60.13%" in t for t in shown)
    assert {"597", "239"} <= {t.get_text() for t in texts(charts.outcome_applicant(home))}
    assert any(
        "1,373" in t and "833" in t and "−39.33" in t for t in (x.get_text() for x in texts(charts.change(home)))
    )


def test_svg_text_is_text_and_chinese(home):
    svg = charts.save(charts.outcomes(home), "svg").decode()
    assert "予以公开" in svg and "Noto Sans SC" in svg


def test_blanks_are_not_drawn_as_zero():
    blank = generated(5, 2019, blank=1.0)
    for kind in KINDS:
        shown = {t.get_text() for t in texts(getattr(charts, kind)(blank))}
        assert not any(t == "0" for t in shown), kind


def test_axes_given_are_used_and_settings_left_alone(home):
    before = dict(matplotlib.rcParams)
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(16, 5))
    assert charts.outcomes(home, ax=left) is left
    assert charts.reviews(home, ax=right, lang="en") is right
    assert dict(matplotlib.rcParams) == before
    with pytest.raises(ValueError, match="zh"):
        charts.outcomes(home, lang="fr")


def test_every_character_of_our_data_is_in_the_font():
    from fontTools.ttLib import TTFont

    with TTFont(ROOT / "liaocheng_foi" / "fonts" / "NotoSansSC-subset.ttf") as font:
        known = set(font.getBestCmap())
    wanted = set()
    for path in [
        ROOT / "liaocheng_foi" / "codebook.csv",
        *(ROOT / "data").rglob("*.csv"),
        *(ROOT / "notebooks").glob("*.ipynb"),
    ]:
        wanted |= set(path.read_text(encoding="utf-8"))
    for code in range(0xB0A1, 0xF7FF):
        try:
            wanted.add(code.to_bytes(2, "big").decode("gb2312"))
        except UnicodeDecodeError:
            continue
    assert not {c for c in wanted if ord(c) >= 0x20 and ord(c) not in known}
    assert (ROOT / "liaocheng_foi" / "fonts" / "OFL.txt").exists()
