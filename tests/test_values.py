import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaocheng_foi.values import chinese_number, parse


@pytest.mark.parametrize(
    ("raw", "value", "status"),
    [
        ("0", 0, "reported"),
        ("1054", 1054, "reported"),
        (" 1054 \n", 1054, "reported"),
        ("1,054", 1054, "reported"),
        ("1，054", 1054, "reported"),
        ("１０５４", 1054, "reported"),
        ("٣٤", 34, "reported"),
        ("5件", 5, "reported"),
        ("12.00", 12, "reported"),
        ("十二", 12, "reported"),
        ("三", 3, "reported"),
        ("\u200b7\u00a0", 7, "reported"),
        ("无", 0, "text_zero"),
        ("", None, "blank"),
        ("\u3000", None, "blank"),
        (None, None, "blank"),
        ("NaN", None, "blank"),
        ("//", None, "not_applicable"),
        ("/", None, "not_applicable"),
        ("／", None, "not_applicable"),
        ("N/A", None, "not_applicable"),
        ("-", None, "dash"),
        ("——", None, "dash"),
    ],
)
def test_what_a_cell_says(raw, value, status):
    read = parse(raw)
    assert (read.value, read.status, read.problem) == (value, status, None)


@pytest.mark.parametrize(
    ("raw", "value", "problem"),
    [
        ("1054（含上年结转10件）", 1054, "note-in-cell"),
        ("12①", 12, "note-in-cell"),
        ("12²", 12, "note-in-cell"),
        ("12₃", 12, "note-in-cell"),
        ("12*", 12, "note-in-cell"),
        ("1 054", 1054, "number-split"),
        ("10\n54", 1054, "number-split"),
    ],
)
def test_a_number_with_something_beside_it_is_read_and_noted(raw, value, problem):
    assert (parse(raw).value, parse(raw).problem) == (value, problem)


@pytest.mark.parametrize(
    "raw",
    ["O", "1O", "l2", "12%", "12.5", "-5", "数据缺失", "1,27", "1.054.2", "一", "3/4", "1:2", "\u202e21", "\ufffc"],
)
def test_what_is_no_count_is_illegible_and_a_problem(raw):
    assert parse(raw).value is None
    assert (parse(raw).status, parse(raw).problem) == ("illegible", "not-a-number")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("-540", -540),
        ("–540", -540),
        ("\u2010540", -540),
        ("－540", -540),
        ("−540", -540),
        ("减540", -540),
        ("↓540", -540),
        ("+103", 103),
        ("增103", 103),
    ],
)
def test_signs_where_the_form_allows_them(raw, value):
    assert parse(raw, None, True).value == value


@pytest.mark.parametrize(
    ("raw", "header", "value", "problem"),
    [
        ("1278848.63", "万元", 1278848.63, None),
        ("251000元", "万元", 25.1, "unit-in-cell"),
        ("251000", "元", 25.1, None),
        ("1.5亿元", "万元", 15000, "unit-in-cell"),
        ("25.1万元", "万元", 25.1, None),
        ("1,278,848.63", "万元", 1278848.63, None),
    ],
)
def test_money_is_in_wan_yuan(raw, header, value, problem):
    assert (parse(raw, header).value, parse(raw, header).problem) == (value, problem)


@given(st.integers(0, 10**9))
def test_any_count_reads_as_itself_in_every_dress(number):
    for dress in (str, "{:,}".format, lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))):
        read = parse(dress(number))
        assert (read.value, read.status, read.problem) == (number, "reported", None)


@given(st.text(max_size=12))
def test_no_text_breaks_it_and_a_number_always_comes_from_digits(text):
    read = parse(text)
    assert (read.value is None) == (read.status not in ("reported", "text_zero"))
    if read.status == "reported":
        assert any(c.isdecimal() or c in "〇零一二三四五六七八九十百千万两" for c in text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("二十一", 21),
        ("一百零五", 105),
        ("一千零五十", 1050),
        ("二〇", 20),
        ("三万二千", 32000),
        ("十元", None),
        ("", None),
    ],
)
def test_chinese_numerals(text, number):
    assert chinese_number(text) == number
