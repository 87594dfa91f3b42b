import importlib.util
import random
import re
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache

import chart_golden
import matplotlib
import pandas as pd
import pytest
from chart_audit import contrast, faults, texts
from chart_cases import LONG, bodies, inputs
from conftest import ROOT
from matplotlib.figure import Figure
from matplotlib.text import Text

import liaocheng_foi as foi
from liaocheng_foi import charts
from liaocheng_foi.charts.lettering import width, wrapped
from liaocheng_foi.charts.style import COLOURS, ink_on, settings_of
from liaocheng_foi.codebook import codebook
from liaocheng_foi.measures.rounding import half_up, percent

matplotlib.use("Agg")

KINDS = [*charts.OF_A_REPORT, *(kind for kind in charts.OF_TWO_YEARS if kind != "stock_flow"), *charts.OF_MANY]
#: Cases that the tests draw, every other one in Chinese; benchmarks/charts.py draws all there are in both languages.
HARD = [
    "huge-2019", "drawn-2", "break (two years)", "gaps (two years)", "all", "one-form", "long-names", "extreme",
]  # fmt: skip
NUMBER = re.compile(r"[−+]?\d[\d,]*(?:\.\d+)?%?")


def cases(kind, *names):
    return {name: given for name, given in inputs(kind).items() if name in (names or HARD)}


@cache
def home():
    return foi.load(ROOT / "data" / "processed").report("liaocheng-2020")


def shown(ax):
    return [text.get_text() for text in texts(ax)]


def numbers(text):
    """What a text says in figures, without the signs around them: 1,064 → 1064.0."""
    found = NUMBER.findall(text)
    return [float(one.replace("−", "-").replace(",", "").replace("+", "").rstrip("%")) for one in found]


@cache
def drawn(kind, name, lang):
    make, options = inputs(kind)[name]
    return getattr(charts, kind)(make(), lang=lang, source=LONG, **options)


@pytest.mark.parametrize("kind", KINDS)
def test_all_text_can_be_read_and_nothing_overlaps(kind):
    for i, name in enumerate(cases(kind)):
        lang = ("en", "zh")[i % 2]
        assert not list(faults(drawn(kind, name, lang))), (name, lang)


def test_the_check_of_the_pictures_finds_what_it_looks_for():
    ax = charts.outcomes(home())
    ax.text(0.5, 0.5, "under", transform=ax.transAxes, ha="center", color="#cccccc")
    ax.text(0.5, 0.5, "over", transform=ax.transAxes, ha="center")
    ax.text(1.0, 1.0, "far away from here", transform=ax.transAxes).set_in_layout(False)
    found = "\n".join(faults(ax))
    assert "cut off: 'far away" in found and "overlap: 'under', 'over'" in found and "pale: 'under'" in found


def tabled(kind, data, options):
    """Every number that the table of a chart holds."""
    table = getattr(charts, kind).table(data, "en", **options).reset_index()
    columns = [table[name] for name in table if pd.api.types.is_numeric_dtype(table[name])]
    return {float(v) for column in columns for v in column.dropna()}


def derived(kind, data, known):
    """What follows from the numbers of a table: sums of two, shares of those handled, one decimal less."""
    found = {float(half_up(v, 1)) for v in known} | {-v for v in known} | {a + b for a in known for b in known}
    if kind in charts.OF_A_REPORT and isinstance(data, foi.Report):
        cells = codebook().columns("requests", data.edition)
        handled = {data.value("requests", "outcome_total", column.code) for column in cells}
        found |= {v for v in handled if v}
        found |= {float(percent(a, n, d)) for a in known | found for n in handled if n and 0 <= a <= n for d in (1, 2)}
    if kind == "denials":
        table = charts.denials.table(data, "en")
        kinds = {float(v) for v in table.groupby("kind")["count"].sum()}
        found |= kinds | {float(percent(v, total)) for v in kinds if (total := sum(kinds))} | {sum(kinds)}
    return found


#: Numbers that are no figures: years, and those of rules and limits.
SAID = {0.0, 1.0, 10.0, 30.0, 95.0, 99.8, 100.0, 14.0, 15.0, 16.0, 36.0, *map(float, range(2018, 2031))}
CAUSES = re.compile(r"因为|由于|导致|因此|because|due to|caus|led to|thanks|therefore")


@pytest.mark.parametrize("kind", KINDS)
def test_chart_sentence_and_table_give_the_same_numbers(kind):
    chart = getattr(charts, kind)
    for name, (make, options) in cases(kind).items():
        data = make()
        known = tabled(kind, data, options)
        more = known | derived(kind, data, known) | SAID
        ax = drawn(kind, name, "en")
        ticks = [] if kind in ("funnel", "rates", "proactive") else ax.get_yticklabels()
        for text in (t.get_text().replace("× 10,000", "") for t in (*ax.texts, *ticks)):
            if not re.match(r"On hand|all |.*body|\d\. ", text):
                assert set(numbers(text)) <= more, (name, text)
        for lang in ("zh", "en"):
            said = chart.sentence(data, lang, **options)
            assert said.endswith(("。", ".")) and "nan" not in said and "None" not in said, (name, said)
            assert not CAUSES.search(said), (name, said)
            if kind not in ("funnel", "series", "proactive", "quality", "waterfall", "slope"):
                assert set(numbers(said)) <= more, (name, said)


def test_every_figure_of_the_table_stands_in_the_chart():
    for kind, make in [(kind, lambda: home()) for kind in ("outcomes", "outcome_applicant", "reviews", "denials")]:
        table = getattr(charts, kind).table(make(), "en").select_dtypes("Int64")
        there = {n for text in shown(getattr(charts, kind)(make(), lang="en")) for n in numbers(text)}
        assert {float(v) for v in table.to_numpy().ravel() if v} <= there, kind


def test_the_figures_of_liaocheng_2020():
    there = "\n".join(shown(charts.outcomes(home())))
    assert "632  ·  60.13%" in there and "1,051" in there
    assert {"597\n" in f"{t}\n" for t in shown(charts.outcome_applicant(home()))} >= {True}
    assert any("1,373" in t and "833" in t and "−39.33" in t for t in shown(charts.change(home())))
    assert charts.outcomes.sentence(home(), "en").startswith("Of 1,051 requests handled, the most frequent outcome was")
    flow = charts.flow.table(home(), "en").reset_index()
    assert flow.loc[flow["to"] == "On hand", "count"].tolist() == [1054, 10]


def test_blanks_are_not_drawn_as_zero_and_a_chart_without_figures_is_small():
    make, _ = inputs("outcomes")["blank-2021"]
    for kind in charts.OF_A_REPORT:
        ax = getattr(charts, kind)(make(), lang="en")
        if kind == "stock_flow" or kind == "quality":
            continue
        assert not any(numbers(text) for text in shown(ax)), kind
        assert "no figures" in shown(ax) and ax.figure.get_figheight() < 1.2, kind


def test_no_share_of_under_ten_and_pale_under_thirty():
    few, _ = inputs("outcomes")["n=9"]
    more, _ = inputs("outcomes")["n=29"]
    for kind in ("outcomes", "outcome_shares", "outcome_applicant", "rates", "denials"):
        assert not any(re.search(r"\d\.\d+%", text) for text in shown(getattr(charts, kind)(few()))), kind
    bold = {charts.outcomes(home()).patches[0].get_facecolor()}
    assert charts.outcomes(more()).patches[0].get_facecolor() not in bold
    assert any("29" in t for t in shown(charts.outcomes(more())))


def test_what_does_not_add_up_is_said():
    make, _ = inputs("flow")["broken-2021"]
    assert any(t.startswith("Unexplained") for t in shown(charts.flow(make(), lang="en")))
    assert any(t.startswith("≠") for t in shown(charts.reviews(make(), lang="en")))
    pair, _ = inputs("waterfall")["broken (two years)"]
    assert "Unexplained" in shown(charts.waterfall(pair(), lang="en"))
    stock, _ = inputs("stock_flow")["drawn (two years)"]
    assert "Unexplained difference" in shown(charts.stock_flow(stock(), lang="en"))


def test_a_variant_of_the_form_is_not_shown_as_incomplete():
    said = charts.quality.sentence(foi.load(ROOT / "data" / "processed").report("hongze-2023"), "en")
    assert said == "The form has 200 cells: number 179, in one row 21."


def test_no_line_crosses_a_break():
    make, _ = inputs("slope")["break (two years)"]
    ax = charts.slope(make(), lang="en")
    assert all(line.get_linestyle() == "None" for line in ax.lines)
    assert any(t.startswith("not joined") for t in shown(ax))
    same, _ = inputs("slope")["law (two years)"]
    assert any(line.get_linestyle() == "-" for line in charts.slope(same()).lines)
    years, options = inputs("series")["reviews"]
    ax = charts.series(years(), lang="en", **options)
    joined = {
        tuple(map(int, line.get_xdata()))
        for line in ax.lines
        if len(line.get_xdata()) == 2 and line.get_linewidth() > 2
    }
    assert joined == {(2019, 2020), (2021, 2022), (2022, 2023), (2024, 2025)}
    assert sum(t[0] in "①②③" and len(t) > 1 for text in shown(ax) for t in text.split("\n")) == 3


def test_outliers_are_hollow_and_the_few_are_left_out():
    make, options = inputs("funnel")["mixed"]
    peers = make()
    ax = charts.funnel(peers, lang="en", **options)
    dots = [line for line in ax.lines if line.get_marker() in "oD"]
    assert len(dots) == int((peers["denominator"] >= 10).sum())
    assert sum(line.get_marker() == "D" for line in dots) == 1
    assert any("left out for under 10" in t for t in shown(ax))


def test_names_from_outside_are_text_only():
    names = {"body000": '<script>alert(1)</script> & "$x^2$"', "body001": "a\nb"}
    peers = bodies(2, lambda rng, i: {"granted": 400 * i, "unavailable.not_held": 400 * (1 - i)})
    svg = charts.funnel.render(peers, "svg", "en", names=names, highlight="body001").decode()
    assert "<script>" not in svg and "&lt;script&gt;alert(1)" in svg and "$x^2$" in svg


@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_is_as_it_was(kind):
    wanted = (chart_golden.FOLDER / f"{kind}.png").read_bytes()
    assert chart_golden.difference(chart_golden.drawn(kind), wanted) < chart_golden.TOLERANCE


def test_another_picture_is_told_apart():
    wanted = (chart_golden.FOLDER / "outcomes.png").read_bytes()
    assert chart_golden.difference(chart_golden.drawn("outcomes", "huaian-2024"), wanted) > chart_golden.TOLERANCE


def test_an_svg_carries_text_and_its_finding():
    svg = charts.outcomes.render(home()).decode()
    assert codebook().name("requests", "granted") in svg and "Noto Sans SC" in svg
    assert charts.outcomes.sentence(home()) in svg
    assert charts.outcomes(home())._repr_svg_() == svg
    outlines = charts.save(charts.outcomes(home()), outlines=True)
    assert b"<text" not in outlines and b"<use" in outlines


def test_charts_stay_out_of_pyplot():
    from matplotlib import pyplot

    before = dict(matplotlib.rcParams)
    charts.outcomes(home())
    charts.outcomes.render(home(), "png")
    assert not pyplot.get_fignums() and dict(matplotlib.rcParams) == before
    sources = (ROOT / "liaocheng_foi" / "charts").glob("*.py")
    assert not [path.name for path in sources if "import pyplot" in path.read_text(encoding="utf-8")]


def test_threads_draw_one_chart_at_a_time():
    """Settings of matplotlib hold for all threads."""
    usual = charts.rates.render(home())
    with ThreadPoolExecutor(1) as pool:
        with settings_of({"font.size": 30}):
            other = pool.submit(charts.rates.render, home())
            assert not wait([other], timeout=0.2).done
        assert other.result() == usual


def test_axes_and_styles_of_the_caller_are_used():
    figure = Figure(figsize=(17, 9), layout="constrained")
    axes = figure.subplots(2, 2)
    assert charts.outcomes(home(), axes[0, 0]) is axes[0, 0]
    charts.reviews(home(), axes[0, 1], "en")
    charts.outcome_applicant(home(), axes[1, 0], "en")
    charts.rates(home(), axes[1, 1], "zh")
    assert not list(faults(axes[0, 0]))
    dark = charts.outcomes(home(), style={"figure.facecolor": "none", "text.color": "#123456"}).figure
    assert dark.get_facecolor()[3] == 0
    assert {t.get_color() for t in dark.findobj(Text) if "60.13%" in t.get_text()} == {"#123456"}
    with pytest.raises(ValueError, match="zh"):
        charts.outcomes(home(), lang="fr")
    with pytest.raises(ValueError, match="svg"):
        charts.outcomes.render(home(), "gif")


def test_print_can_be_read_on_every_colour():
    for colour in COLOURS.values():
        assert contrast(ink_on(colour), colour) >= 4.5, colour


def test_lines_are_broken_between_words_and_characters():
    rng = random.Random(1)
    pieces = ["行政复议", "（一）", "12,345件", "Litigation and", "99.8%", "“三安全”", "−5"]
    for _ in range(200):
        text = "、".join(rng.choices(pieces, k=12))
        lines = wrapped(text, 9, 90).split("\n")
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
        assert not any(line.startswith(tuple("，。、）”%")) for line in lines[1:])
        assert all(width(line, 9) <= 90 for line in lines)


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


def test_the_gallery_shows_the_charts_as_they_are():
    spec = importlib.util.spec_from_file_location("make_gallery", ROOT / "tools" / "make_gallery.py")
    gallery = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gallery)
    assert gallery.PAGE.read_text(encoding="utf-8") == gallery.page(), "run: python tools/make_gallery.py"
    assert set(gallery.SHOWN) == set(KINDS)
    for name in re.findall(r"\((gallery/.*?)\)", gallery.page()):
        assert (ROOT / "docs" / name).exists(), name


def test_what_a_chart_is_not_drawn_from_is_said():
    report = home()
    for given in ("liaocheng-2020", None, 5, report.figures, [report, "x"]):
        for kind in KINDS:
            chart = getattr(charts, kind)
            for use in (chart, chart.table, chart.sentence):
                with pytest.raises(foi.SelectionError, match="this chart is drawn from"):
                    use(given)
    with pytest.raises(foi.SelectionError, match="two reports, not 1"):
        charts.slope([report])
    assert charts.series.table(iter([report])).equals(charts.series.table([report]))


def test_tables_are_labelled_and_typed():
    for kind in KINDS:
        make, options = next(iter(cases(kind, chart_golden.CASES[kind][0]).values()))
        data = make()
        for lang in ("zh", "en"):
            table = getattr(charts, kind).table(data, lang, **options)
            assert isinstance(table, pd.DataFrame) and len(table) and table.index.name, kind
