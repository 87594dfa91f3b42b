import random
from collections import Counter
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import grid as unfold
from printed import proactive_rows, random_figures, requests_rows, reviews_rows, section, told
from verdicts import verdicts

import liaocheng_foi as foi
from liaocheng_foi.grid import PICTURE, Grid, Paragraph
from liaocheng_foi.readers import Limits, html
from liaocheng_foi.readers.html import markup


def blocks(markup, **limits):
    data = markup.encode() if isinstance(markup, str) else markup
    return html.read(data, name="page.html", limits=Limits(**limits)).blocks


def cells(markup, **limits):
    (grid,) = [block for block in blocks(markup, **limits) if isinstance(block, Grid)]
    return grid.cells


def shown(markup):
    return [block.cells if isinstance(block, Grid) else block.text for block in blocks(markup)]


def table(rows):
    return "<table>" + "".join("<tr>" + "".join(row) + "</tr>" for row in rows) + "</table>"


def markup_of(rows):
    return table([[f'<td colspan="{w}" rowspan="{h}">{escape(t)}</td>' for t, w, h in row] for row in rows])


def page(figures, edition, change=lambda text: text):
    tables = (("proactive", proactive_rows), ("requests", requests_rows), ("reviews", reviews_rows))
    body = "".join(f"<p>{section(code, edition)}</p>{markup_of(rows(figures, edition))}" for code, rows in tables)
    title = f"某某市人民政府{2020 if edition == 2019 else 2022}年政府信息公开工作年度报告"
    return change(
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"
    )


def read(text, encoding="utf-8", **given):
    return foi.read(text.encode(encoding), name="page.html", **given)


@pytest.mark.parametrize("edition", [2019, 2021])
@pytest.mark.parametrize("seed", range(5))
def test_the_form_as_a_page(edition, seed):
    figures = random_figures(random.Random(seed), edition)
    report = read(page(figures, edition))
    assert {cell.key: cell.raw for cell in report.cells()} == figures
    assert report.problems == () and report.organ == "某某市人民政府"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "gbk"), ("gb18030", "utf-8"), ("utf-8", "gb2312"),
        ("utf-8-sig", "gbk"), ("utf-16", "utf-8"), ("gb18030", ""), ("utf-16-le", ""),
    ],
)  # fmt: skip
def test_whatever_encoding_is_declared(encoding, declared):
    figures = random_figures(random.Random(4), 2021)
    text = page(figures, 2021).replace("<meta charset=utf-8>", f"<meta charset={declared}>" if declared else "")
    report = read(text.replace("某某市", "镕喆市"), encoding)
    assert {cell.key: cell.raw for cell in report.cells()} == figures
    assert report.organ == "镕喆市人民政府"


def test_a_foot_in_another_encoding_is_damaged_and_the_rest_is_read():
    figures = random_figures(random.Random(4), 2021)
    data = (
        page(figures, 2021).encode() + "<p>版权所有：某某市人民政府办公室，承办：某某市大数据中心</p>".encode("gbk") * 3
    )
    report = foi.read(data, name="page.html")
    assert {cell.key: cell.raw for cell in report.cells()} == figures
    assert "encoding-replaced" in [problem.code for problem in report.problems]


def test_spans_are_unfolded_as_browsers_do():
    rows = [["<td rowspan=2>a<td colspan=2>b"], ["<td>c<td>d"], ["<td>e"]]
    assert cells(table(rows)) == [["a", "b", "b"], ["a", "c", "d"], ["e", None, None]]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([["<td rowspan=9>a<td>b"], ["<td>c"]], [["a", "b"], ["a", "c"]]),
        ([["<td rowspan=0>a<td>b"], ["<td>c"]], [["a", "b"], ["a", "c"]]),
        ([["<td colspan=x>a<td colspan=-3>b"]], [["a", "b"]]),
        ([["<td colspan='2%'>a<td>b"]], [["a", "a", "b"]]),
        ([["<td><form><td>b"]], [["", "b"]]),
    ],
)
def test_broken_spans(rows, shown):
    assert cells(table(rows)) == shown


def test_enormous_spans_cost_nothing():
    found = cells(table([["<td colspan=1000000000 rowspan=1000000000>a<td>b"], ["<td>c"]]))
    assert len(found[0]) <= Limits().max_span + 1


def test_head_and_foot_stand_where_they_are_shown():
    found = cells(
        "<table><tfoot><tr><td>3<td>f</tfoot><tbody><tr><td>2<td>b</tbody><thead><tr><td>1<td>h</thead></table>"
    )
    assert [row[0] for row in found] == ["1", "2", "3"]


def test_layout_tables_give_way_to_what_stands_in_them():
    inner = table([["<td>1", "<td>2"], ["<td>3", "<td>4"]])
    found = blocks(f"<table><tr><td>menu</td><td><p>before</p>{inner}<p>after</p></td></tr></table>")
    assert [b.text if isinstance(b, Paragraph) else b.cells for b in found] == [
        "menu",
        "before",
        [["1", "2"], ["3", "4"]],
        "after",
    ]


def test_text_of_a_cell():
    row = [
        "<td>本年新<br>制作数量",
        "<td>&nbsp;12&nbsp;",
        "<td>1\u200b2",
        "<td><p>a</p><p>b</p>",
        "<td>x<script>1</script><!--2-->",
    ]
    assert cells(table([row])) == [["本年新\n制作数量", "12", "12", "a\nb", "x"]]


def test_what_is_hidden_is_left_out_and_said():
    page = f"{table([['<td>a<td>3']])}<div style='display:none'>{table([['<td>1<td>2']])}</div>"
    document = html.read(page.encode(), name="p", limits=Limits())
    assert [grid.cells for grid in document.grids()] == [[["a", "3"]]]
    assert [p.code for p in document.problems] == ["hidden-markup"]


@pytest.mark.parametrize(
    "style",
    [
        "visibility:hidden", "color:red; OPACITY : 0.0", "visibility: collapse !important", "FONT-SIZE: 0px", "font-size:0",
        "color:transparent", "position:absolute; left:-9999px", "text-indent: -999em", "clip: rect(0 0 0 0);position:absolute",
        "position:fixed;clip:rect(1px, 1px, 1px, 1px)", "clip-path:inset(50%)", "opacity: 5%",
    ],
)  # fmt: skip
def test_what_cannot_be_seen_keeps_its_place_and_says_nothing(style):
    hidden = f'style="{style}"'
    page = f"<table><tr><td {hidden}>7<td>12<span {hidden}>9</span><tr {hidden}><td>5<td>6</table><p {hidden}>8</p>"
    assert shown(page) == [[["", "12"], ["", ""]]]


@pytest.mark.parametrize(
    ("columns", "shown_as"),
    [
        ("<col><col style='visibility:collapse'>", [["a", "c", "c"], ["1", "3", "4"]]),
        ("<colgroup><col></colgroup><colgroup span=2 style='visibility: collapse'>", [["a", "c"], ["1", "4"]]),
        ("<col span=3 style='visibility:hidden'>", [["a", "b", "c", "c"], ["1", "2", "3", "4"]]),
    ],
)
def test_collapsed_columns_are_left_out(columns, shown_as):
    assert shown(f"<table>{columns}<tr><td>a<td>b<td colspan=2>c<tr><td>1<td>2<td>3<td>4</table>") == [shown_as]


def test_what_is_struck_out_or_raised_by_its_style_is_no_part_of_a_number():
    struck, raised = "style='text-decoration: line-through'", "style='font-size:7pt; vertical-align:super'"
    assert shown(f"<table><tr><td>1<span {struck}>9</span><td>2<span {raised}>3</span><td {struck}>4</table>") == [
        [["1", "2³", ""]]
    ]
    document = html.read(f"<p>a<table><tr><td>1<td {struck}>4".encode(), name="page.html", limits=Limits())
    assert [(p.code, p.details["raw"]) for p in document.problems] == [("hidden-markup", "<td>4")]


def test_what_is_typed_into_a_field_is_no_part_of_the_number_before_it():
    assert shown("<table><tr><td>12<input value=3><td><input value=4><td><input type=hidden value=5>6</table>") == [
        [["12 3", "4", "6"]]
    ]


@pytest.mark.parametrize(
    "style", ["opacity:0.9", "visibility:visible", "font-size:0.8em", "margin-left:-9px", "overflow:hidden;height:20px"]
)
def test_styles_that_hide_nothing(style):
    gap = "<td style='font-size:0'><span style='font-size:14px'>8</span>"
    assert shown(f"<table><tr><td style='{style}'>7{gap}</table>") == [[["7", "8"]]]


def test_rules_of_the_page_hide_strike_out_and_raise():
    rules = """/* .c{display:none} */ @media print{.c{display:none} td{display:none}} @import "a.css"; .c:hover{display:none}
        .n, .m i {DISPLAY : none !important} .pane{display:none} .pane.on{display:block} td.x{visibility:hidden}
        .old{text-decoration:line-through} .up{vertical-align:super} .z{font-size:0} .c{color:red;vertical-align:middle}"""
    row = (
        "<td class=c>1<i class=n>9</i><td class=m>2<i>9</i><td><b class=pane>9</b><b class='pane on'>3</b>"
        "<td class=x>9<td>4<span class=old>9</span><td>5<span class=up>6</span><td>7<span class=z>9</span>"
        "<td><b class=pane style='display:inline'>8</b>"
    )
    page = f"<style>{rules}</style><p class=n>x</p><table><tr>{row}<tr class=n><td>9<td>9</table><table><tr><td>1<td>2</table>"
    assert shown(page) == [[["1", "2", "3", "", "4", "5⁶", "7", "8"]], [["1", "2"]]]
    document = html.read(page.encode(), name="page.html", limits=Limits())
    assert {p.details["raw"] for p in document.problems} == {"<tr>9 9", "<td>9", "<span>9"}


@pytest.mark.parametrize(
    ("cell", "shown_as"),
    [
        ("<td>12<span style='color:#FFF'>9</span>", "12"), ("<td><p>12<b style='color: white;'>9</b>", "12"),
        ("<td style='background:blue'>12<span style='color:#fff'>9</span>", "129"),
        ("<td>12<span style='color:#fff;background-color:red'>9</span>", "129"), ("<td style='color:#fff'>9", "9\ufffd"),
        ("<td bgcolor=navy>1<span style='color:white'>9</span>", "19"), ("<td class=c>1<i style='color:white'>9</i>", "1"),
        ("<td background=a.gif>1<span style='color:white'>9</span>", "19"),
        ("<td class=c>1<i style='color:white'>9</i><link rel=stylesheet href=a.css>", "19\ufffd"),
        ("<td>12<span style='color:#fffaaa'>9</span>", "129"),
    ],
)  # fmt: skip
def test_white_text_beside_dark_text_is_not_seen(cell, shown_as):
    document = html.read(f"<p>a<table><tr><td>a{cell}".encode(), name="page.html", limits=Limits())
    (grid,) = document.grids()
    assert grid.cells == [["a", shown_as]]
    assert bool(document.problems) == (shown_as in ("1", "12"))


@pytest.mark.parametrize(
    ("cell", "shown_as"),
    [
        ("1<span style='float:right'>23</span>", "1 23"), ("<b style='float:left'>12</b>", "12"),
        ("1<b style='position:relative;top:-3pt'>2</b><b style='position:relative;top:-3pt'>3</b>", "1 23"),
        ("<b style='float:right'>1</b><b style='float:right'>2</b>", "1 2"), ("1<b style='vertical-align:5px'>2</b>", "1 2"),
        ("1<b style='margin-left:40px'>2</b>", "1 2"), ("1<b style='margin-left:0'>2</b>", "12"),
        ("<span style='display:flex'><b style='order:2'>1</b><b>2</b></span>", "1 2"), ("<bdo dir=rtl>12</bdo>", "\u202e12"),
        ("<b style='direction:rtl;unicode-bidi:bidi-override'>12</b>", "12\u202e"),
        ("<math><msup><mn>1</mn><mn>2</mn></msup></math>", "1^2"), ("<math><mn>12</mn></math>", "12"),
    ],
)  # fmt: skip
def test_what_is_placed_apart_is_read_apart(cell, shown_as):
    assert shown(f"<table><tr><td>a<td>{cell}</table>") == [[["a", shown_as]]]


@pytest.mark.parametrize(
    "cell",
    [
        "<script>document.write(5)</script>", "<noscript>5</noscript>",
        "<span data-value=5></span>", "<b id=n5></b>", "<i v-text='n.five'></i>", "<template>5</template>", "<input placeholder=5>", "<input type=checkbox value=5>",
    ],
)  # fmt: skip
def test_a_cell_that_a_script_or_hand_fills_is_not_blank(cell):
    assert shown(f"<table><tr><td>a<td>{cell}<td>7{cell}</table>") == [[["a", PICTURE, "7"]]]


def test_a_mark_within_a_blank_cell_is_no_figure():
    marks = (
        "<a id=_GoBack></a>",
        "<a name=OLE_LINK1></a>",
        "<span id=_baidu_bookmark_start_0 style='display:none'>\u200d</span>",
        "<span id=__kindeditor_bookmark_start_0__></span>",
        "<span id=OLE_LINK1></span>",
    )
    assert [shown(f"<table><tr><td>a<td>{mark}</table>") for mark in marks] == [[[["a", ""]]]] * len(marks)


@pytest.mark.parametrize(
    "mark",
    [
        "<font color=#FFFFFF>9</font>", "<b style='color:rgba(255, 255, 255, 1)'>9</b>", "<b style='color:#fefefe'>9</b>",
        "<b style='color:red;background-color:RED'>9</b>", "<b style='color:rgba(0,0,0,0)'>9</b>",
        "<b style='font-size:1px'>9</b>", "<b style='opacity:.01'>9</b>", "<b style='transform:scale(0)'>9</b>",
    ],
)  # fmt: skip
def test_what_cannot_be_told_from_its_ground_is_not_seen(mark):
    document = html.read(f"<p>a<table><tr><td>a<td>12{mark}".encode(), name="page.html", limits=Limits())
    assert [grid.cells for grid in document.grids()] == [[["a", "12"]]] and document.problems


@pytest.mark.parametrize(
    "style",
    [
        "color:inherit;background-color:inherit",
        "color:rgb(0,0,0)",
        "color:rgba(1,0,0)",
        "font-size:1.5em",
        "opacity:1.0",
    ],
)
def test_paint_that_is_seen(style):
    assert shown(f"<table><tr><td>a<td>1<b style='{style}'>2</b></table>") == [[["a", "12"]]]


@pytest.mark.parametrize(
    ("rule", "shown_as"),
    [
        (".a{color:#fff}", "1"), (".a{float:right}", "1 2"), ("td > .a{position:absolute;left:-9999px}", "1"),
        (".a{color:#fff !important} .a{color:red}", "1"), ("#a{opacity:0} i.a{opacity:1}", "1"), ("p > .a{opacity:0}", "12"),
        ("@media screen{.a{opacity:0}}", "1"), ("@media print{.a{opacity:0}}", "12"), ("td{.a{opacity:0}}", "1"),
        (".a:first-child{opacity:0}", "1"), (".a:hover{opacity:0}", "12"), (".a:not(.b){opacity:0}", "1"),
        ("b ~ .a{opacity:0}", "12"), (":root{--w:#fff} .a{color:var(--w)}", "1"), (".a{background:#000}", "1"),
        (".a{background:#000;color:#fff}", "12"), ("td{background:navy} .a{color:#fff}", "12"), (".a{margin:0 -1em}", "1 2"),
        (".a{letter-spacing:-1em}", "12\ufffd"), (".a{letter-spacing:-.1pt;position:relative;z-index:1}", "12"), (".a{transform:rotate(180deg)}", "1 2\ufffd"), (".a{width:9px}", "12"),
        ("body{background:#000;color:#fff} .a{color:#fff}", "12"), ("body{background:#fff} .a{color:#fff}", "1"),
        ("td{vertical-align:super}", "12"), (".a{vertical-align:super}", "1²"), ("td{width:0;overflow:hidden}", "12"),
        (".a{width:0;overflow:hidden}", "12"), (".a{max-width:0;overflow:hidden;display:inline-block}", "1"),
        (".a{height:100%;overflow:hidden;display:inline-block}", "1 2"),
        ("b+b+i,td+td i{opacity:0}", "1"),
    ],
)  # fmt: skip
def test_style_sheets_count_as_in_a_browser(rule, shown_as):
    page = f"<style>{rule}</style><p class=a>x<table><tr><td>a<td>1<i class=a id=a>2</i></table>"
    assert shown(page) == ["x", [["a", shown_as]]]
    other = f"<style media=print>{rule}</style>{page[page.index('<p') :]}"
    assert shown(other) == ["x", [["a", "12"]]]


@pytest.mark.parametrize(
    ("outer", "inner", "shown_as"),
    [
        ("visibility:hidden", "visibility:visible", "2"), ("font-size:0", "font-size:14px", "2"), ("font-size:0", "font-size:2em", ""),
        ("color:transparent", "color:#000", "2"), ("color:#fff", "color:red", "2"), ("opacity:0", "opacity:1", ""),
        ("background:#000;color:#000", "color:red", "2"), ("background:#000", "color:#fff", "2"), ("color:red", "background:red", "12"),
        ("text-decoration:line-through", "text-decoration:none", ""), ("background:url(a.png)", "color:#fff", "12"),
    ],
)  # fmt: skip
def test_what_is_seen_within_what_is_not(outer, inner, shown_as):
    cell = f"3<b style='{outer}'>1<i style='{inner}'>2</i></b>"
    assert shown(f"<table><tr><td>a<td>{cell}</table>")[0][0][1].replace(" ", "") == f"3{shown_as}"


@pytest.mark.parametrize(
    "white",
    [
        "hsl(0, 0%, 100%)", "rgb(255 255 255 / 1)", "rgb(100%,100%,100%)", "#ffff", "#FdFdFdff", "Snow", "hsla(9 9% 9% / 0)",
        "rgb(0 0 0 / 0%)", "#0000",
    ],
)  # fmt: skip
def test_white_and_no_colour_however_they_are_written(white):
    assert shown(f"<table><tr><td>a<td>12<b style='color: {white}'>9</b></table>") == [[["a", "12"]]]


@pytest.mark.parametrize(
    "cell",
    [
        "<ol start=2><li></ol>", "<iframe srcdoc=2></iframe>", "<svg><text>2</text></svg>",
        "<div><template shadowrootmode=open>2</template></div>",
    ],
)  # fmt: skip
def test_figures_that_are_shown_and_not_written_are_not_left_out(cell):
    ((row,),) = shown(f"<table><tr><td>a<td>{cell}<td>1{cell}</table>")
    assert all("\ufffd" in text for text in row[1:])


@pytest.mark.parametrize(
    "sheet",
    [
        f"a{'b' * 200_000}{{{'&' * 200_000}{{opacity:0}}}}",
        f":root{{--a:{'b' * 200_000}}}{'a{color:var(--a)}' * 20_000}",
    ],
    ids=["nested", "variables"],
)
def test_a_style_sheet_takes_no_more_room_than_its_length(sheet):
    assert shown(f"<style>{sheet}</style><table><tr><td>1<td>2</table>") == [[["1", "2"]]]


@pytest.mark.parametrize(
    "sheet",
    [
        "@a",
        "/*",
        "{",
        "a{b:",
        "@m{a{}",
        "a{display:none;",
        "a{color:#fff}",
        "a{{b",
        "a,",
        ":is(",
        "--",
        "var(--a",
        "a{color:rgb(",
    ],
)
def test_a_style_sheet_costs_no_more_than_its_length(sheet):
    assert shown(f"<p>a<style>none {sheet * 10_000}{{opacity:0}}</style><table><tr><td>1<td>2</table>") == [
        "a",
        [["1", "2"]],
    ]


def test_a_selector_costs_no_more_than_its_length():
    steps, depth = "b " + "div " * 30 + "td", 150
    rules = f"{steps}, tr:nth-child(2n) {{display:none}} {'td+' * 9}td{{display:none}} {'b~' * 20}td{{display:none}}"
    page = f"<style>{rules}</style>{'<div>' * depth}<table>{'<tr><td>1<td>2' * 3_000}</table>"
    ((*rows,),) = shown(page)
    assert rows == [["1", "2"]] * 1_500
    rules = ".a td, .b > .c{display:none} .a .a{opacity:0}"
    cells = "<td class='a b'>1<i class=a>9</i><td>2<span class=b>3<i><b class=c>9</b></i></span><td class=c>4"
    assert shown(f"<style>{rules}</style><table><tr>{cells}</table><table class=a><tr><td>9<td>9</table>") == [
        [["1", "239", "4"]]
    ]


@pytest.mark.parametrize(
    ("sheet", "is_said"),
    [
        ("td:has(i){display:none}", True), (f".{'b' * 300} td{{opacity:0}}", True),
        (f":is({'a,' * 200}td){{visibility:hidden}}", True), ("a{" * 6 + "td{display:none}" + "}" * 6, True),
        ("td{color:#fff;opacity:0;top:0;left:0;right:0;bottom:0;filter:a;scale:a;zoom:a;float:a;order:a}" * 5_000, True), ("td~td~td{opacity:0}", True), ("td:has(i){color:#c00}", False),
        ("td:hover:has(i){display:none}", False), ("@media print{td:has(i){display:none}}", False), ("td{", False),
    ],
    ids=["has", "long", "list", "deep", "many", "beside", "red", "hover", "print", "open"],
)  # fmt: skip
def test_rules_of_style_that_are_not_looked_up_are_said(sheet, is_said):
    page = f"<style>{sheet}</style><table><tr><td>a<td>1<td>2</table>"
    document = html.read(page.encode(), name="a.html", limits=Limits())
    assert [problem.code for problem in document.problems] == ["styles-unread"] * is_said
    assert "compare the figures" in "".join(problem.message("en") for problem in document.problems) or not is_said


@pytest.mark.parametrize(
    ("rule", "is_said"),
    [
        (".a::before{content:'12'}", True), ("td .a:after{content:attr(title)}", True), (".a:before{content:'\\e601'}", False),
        (".a::before{content:''}", False), (".a:after{content:'020';visibility:hidden;height:0}", False), (".b::before{content:'12'}", False),
    ],
)  # fmt: skip
def test_text_in_a_style_sheet_is_not_known_and_not_left_out(rule, is_said):
    page = f"<style>{rule}</style><table><tr><td>a<td><i class=a></i><td>3<i class=a></i></table>"
    assert shown(page) == [[["a", "\ufffd", "3\ufffd"] if is_said else ["a", "", "3"]]]


def test_what_a_rule_hides_with_all_tables_in_it_is_shown_by_a_script():
    assert shown("<style>#main{display:none}</style><div id=main><table><tr><td>1<td>2</table></div>") == [[["1", "2"]]]


@pytest.mark.parametrize(
    "waiting", ["display:none", "visibility: hidden; opacity: 0", "position:absolute;left:-9999px"]
)
def test_panels_that_hide_all_figures_of_a_page_are_shown_by_a_script(waiting):
    panels = [f"<div style='{waiting}'>{table([[f'<td>a<td>{n}']])}</div>" for n in (1, 2)]
    menu = "<table><tr><td>menu<td>search</table>"
    assert shown(f"{menu}<div>x</div>{''.join(panels)}")[1:] == ["x", [["a", "1"]], [["a", "2"]]]
    assert shown(f"<div style='{waiting}'>{panels[0]}{table([['<td>b<td>3']])}</div>")[-1] == [["b", "3"]]
    panel = f"<div style='{waiting}'>{table([['<td>a<td>1'], ['<td>b<td>2']])}</div>"
    assert shown(f"<table><tr><td>menu<td>{panel}</table>") == ["menu", [["a", "1"], ["b", "2"]]]
    document = html.read(f"{menu}{panel}".encode(), name="a.html", limits=Limits())
    assert [problem.message("en") for problem in document.problems] == [
        "<div>a 1 b 2 is not shown until a script of the page runs; the tables in it were read"
    ]


def test_readings_and_notes_below_the_line_are_no_part_of_a_number():
    assert shown("<table><tr><td><ruby>12<rp>(</rp><rt>3</rt><rp>)</rp></ruby><td>12<sub>3</sub></table>") == [
        [["12", "12³"]]
    ]


@pytest.mark.parametrize(
    "chosen", ["<select><option>5<option selected>6</select>", "<button>5</button>", "<meter>5</meter>"]
)
def test_a_cell_with_a_control_alone_is_not_blank(chosen):
    assert shown(f"<table><tr><td>{chosen}<td>7{chosen}</table>") == [[[PICTURE, "7"]]]


@pytest.mark.parametrize("picture", ["<img src=a.png alt=5>", "<svg><path></svg>", "<p><canvas>5</canvas></p>"])
def test_a_cell_with_a_picture_alone_is_not_blank(picture):
    page = f"<p>{picture}</p><table><tr><td>{picture}<td>5{picture}<td>{picture}{picture}<td></table>"
    assert shown(page) == [[[PICTURE, "5", PICTURE, ""]]]
    assert shown(f"x<table><tr><td>{picture}<td>{picture}</table>") == ["x"]


def test_paragraphs_in_reading_order():
    found = blocks("<div>one<p>two <b>bold</b></p>three<ul><li>four</ul></div>" + table([["<td>1<td>2"]]) + "five")
    assert [b.text if isinstance(b, Paragraph) else "grid" for b in found] == [
        "one",
        "two bold",
        "three",
        "four",
        "grid",
        "five",
    ]


def test_noise_around_the_report():
    figures = random_figures(random.Random(6), 2021)
    noise = "<script>var a='<table><tr><td>行政许可</td><td>1</td></tr></table>'</script>" * 200
    menu = table([["<td>行政许可<td>行政处罚<td>12"], ["<td>首页<td>其他<td>总计"]])
    report = read(
        page(figures, 2021, lambda text: text.replace("<body>", f"<body>{noise}{menu}<table><tr><td>{menu}<td>x"))
    )
    assert {cell.key: cell.raw for cell in report.cells()} == figures


def test_markup_in_texts_stays_text():
    figures = random_figures(random.Random(6), 2021)
    report = read(page(figures, 2021, lambda text: text.replace("某某市", "&lt;script&gt;alert(1)&lt;/script&gt;市")))
    assert "<script>" not in report._repr_html_()


@pytest.mark.parametrize(
    "made",
    [
        lambda: "<div>" * 100_000 + "x",
        lambda: "<b>" * 3000 + "<p>" * 3000 + "x",
        lambda: "<table><tr><td>" * 3000 + "x",
        lambda: "<table>" * 100_000,
        lambda: "<td colspan=1000>" * 20_000,
        lambda: "<a " + " ".join(f"a{i}=1" for i in range(100_000)) + ">x",
        lambda: "<a " + " ".join(f"a{i}='<'" for i in range(300_000)) + ">x",
        lambda: "<a " + "".join(f"a{i}='>'" for i in range(300_000)) + ">x",
        lambda: "\x00" * 5000 + "<p>",
        lambda: "<",
    ],
    ids=[
        "deep",
        "styles",
        "tables",
        "open tables",
        "wide",
        "attributes",
        "attributes with <",
        "attributes with >",
        "binary",
        "one sign",
    ],
)
def test_hostile_pages_end_quickly_with_a_document_or_a_sentence(made):
    try:
        html.read(made().encode(), name="hostile.html", limits=Limits())
    except foi.ReadError as error:
        assert str(error).startswith("hostile.html: ")


@given(st.binary(max_size=400))
def test_no_bytes_break_it(data):
    try:
        html.read(data, name="noise.html", limits=Limits())
    except foi.ReadError:
        return


@st.composite
def layouts(draw):
    """A rectangle cut into cells with spans, row by row."""
    height, width = draw(st.integers(1, 5)), draw(st.integers(2, 5))
    taken = [[False] * width for _ in range(height)]
    rows, number = [], 0
    for r in range(height):
        row = []
        for c in range(width):
            if taken[r][c]:
                continue
            across = 1
            while c + across < width and not taken[r][c + across] and draw(st.booleans()):
                across += 1
            down = draw(st.integers(1, height - r))
            for y in range(r, r + down):
                for x in range(c, c + across):
                    taken[y][x] = True
            number += 1
            row.append((f"t{number}", across, down))
        rows.append(row)
    return rows


@given(layouts())
def test_any_layout_of_spans_comes_out_as_it_was(rows):
    expected = unfold([*rows]) if rows[0] else None
    if expected is None or any(None in line for line in expected.cells):
        return
    (found,) = [block for block in blocks(markup_of(rows)) if isinstance(block, Grid)]
    assert found.cells == expected.cells and found.anchors == expected.anchors


def test_real_pages_have_the_tables_of_the_form(shared):
    for name, shapes in (
        ("hangzhou-2025", [(14, 4), (28, 10), (4, 15)]),
        ("shanghai-go-2019", [(18, 5), (26, 10), (4, 15)]),
    ):
        document = html.read((shared / f"{name}.html").read_bytes(), name=name, limits=Limits())
        assert [grid.shape for grid in document.grids()] == shapes


@pytest.mark.parametrize(
    ("label", "spans", "broken"),
    [
        ("申请人情况", "7 1", "9 1"), ("申请人情况", "7 1", "6 1"), ("（三）不予公开", "1 8", "1 9"),
        ("（三）不予公开", "1 8", "1 7"), ("三、本年度办理结果", "1 22", "1 23"), ("（本列数据", "3 3", "3 4"),
        ("法人或其他组织", "5 1", "4 1"), ("法人或其他组织", "5 1", "6 1"), ("法人或其他组织", "5 1", "7 1"),
        ("未经复议直接起诉", "5 1", "6 1"), ("未经复议直接起诉", "5 1", "4 1"), ("行政诉讼", "10 1", "11 1"),
        ("三、本年度办理结果", "1 22", "1 20"),
    ],
)  # fmt: skip
def test_spans_of_the_form_too_long_or_too_short(label, spans, broken):
    """Browsers push cells aside for them; a figure is read where it belongs, or a problem names it."""
    figures = told(random_figures(random.Random(8), 2021))
    old, new = ('<td colspan="{}" rowspan="{}">'.format(*size.split()) + label for size in (spans, broken))
    markup = page(figures, 2021)
    assert markup.count(old) == 1
    report = read(markup.replace(old, new))
    found = Counter(verdicts(figures, report.cells(), report.problems).values())
    assert found["silent"] == found["wrong"] == 0
    if broken != "1 20":
        assert found["right"] == len(figures)


@pytest.mark.parametrize("mark", ["b", "I", "big", "CODE", "em", "Font", "s", "small", "strike", "STRONG", "tt", "u"])
def test_marks_of_style_left_open_are_counted_however_they_are_written(mark):
    with pytest.raises(foi.ReadError, match="max_steps"):
        blocks("".join(f"<{mark} id={n}>" for n in range(200)) + "<p>x" * 200, max_steps=30_000_000)


def test_what_is_closed_is_not_counted_one_by_one(monkeypatch):
    """Pages written by Word hold thousands of marks of style, long lists thousands of elements."""
    monkeypatch.delattr(markup, "_steps")
    assert (
        len(blocks('<div class="a"><ul><li><a href=/x>1<br/></a></li></ul></div>' * 2000, max_steps=15_000_000)) == 2000
    )
    with pytest.raises(NameError):
        blocks("<div><ul><li><a>1</a></ul>" * 2000, max_steps=15_000_000)
    marks = '<p><font face="x">1</font><B><span lang=zh>2</span>, <i>3</i><br></B>' * 200
    assert len(blocks(marks, max_steps=20_000_000)) == 200
    with pytest.raises(NameError):
        blocks(marks.replace("</font>", ""), max_steps=20_000_000)
    # what seems to end them stands in a value
    with pytest.raises(NameError):
        blocks(marks.replace('face="x">1', 'face="x>1</font>"><p'), max_steps=20_000_000)


@pytest.mark.parametrize("quote", ["", '"', "'", "x='>' "])
def test_attributes_of_one_tag_are_counted_as_html_cuts_them(quote):
    """A quotation mark that stands before no value is a part of a name."""
    with pytest.raises(foi.ReadError, match="max_steps"):
        blocks(f"<table><tr><td {quote} {' '.join(f'x{n}' for n in range(2000))}>1", max_steps=1_500_000)


@pytest.mark.parametrize("style", ["color:#0000{:02x}", "opacity:0;left:0"])
def test_styles_and_what_they_hide_are_counted(style):
    page = "".join(f'<p style="{style.format(number)}">1</p>' for number in range(60)).encode()
    with pytest.raises(foi.ReadError, match=r"a\.html: .* over the limit of 50; .*max_styles"):
        html.read(page, name="a.html", limits=Limits(max_styles=50))
