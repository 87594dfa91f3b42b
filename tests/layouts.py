"""What page breaks, typists, converters and scanners do to the printed form: a catalogue of changes.

A change takes ``(rng, report)`` and alters the report in place. Those of :data:`TEXTS` alter how a figure is written,
those of :data:`LABELS` how a label is, those of :data:`TABLES` where cells stand. What was printed in the end is
found in the grids themselves: each figure there is a :class:`Figure` that knows its cell and its value.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable

from printed import BOOK, Figure, Printed, heading, regrid, squares

from liaocheng_foi.grid import Grid, Paragraph

TABLE_NAMES = ("proactive", "requests", "reviews")
#: Rows above the figures of each table, and columns of labels left of them.
HEAD = {"requests": 3, "reviews": 3}
LABEL_COLUMNS = 3


def _figures(report: Printed) -> Iterable[tuple[list, int, Figure]]:
    """(row, place in it, figure) of each figure printed, for changing it there."""
    for name in TABLE_NAMES:
        for grid in getattr(report, name):
            for row in grid.cells:
                for place, text in enumerate(row):
                    if isinstance(text, Figure):
                        yield row, place, text


def _rewrite(report: Printed, change: Callable[[Figure], Figure | None]) -> None:
    """Each figure written anew; None leaves it as it is. Equal places of a spanned cell change together."""
    done: dict[int, Figure] = {}
    for row, place, figure in list(_figures(report)):
        if id(figure) not in done:
            changed = change(figure)
            done[id(figure)] = figure if changed is None else changed
        row[place] = done[id(figure)]


def _relabel(report: Printed, change: Callable[[str], str]) -> None:
    for name in TABLE_NAMES:
        for grid in getattr(report, name):
            same: dict[str, dict[tuple[int, int], str]] = {}
            for row, anchors in zip(grid.cells, grid.anchors, strict=True):
                for place, text in enumerate(row):
                    if text and not isinstance(text, Figure):
                        corner = anchors[place]
                        row[place] = same.setdefault(text, {}).setdefault(corner, change(text))


def _only(report: Printed, name: str) -> list[list]:
    """The one grid of a table as squares that can be moved about; ValueError where there are several."""
    (grid,) = getattr(report, name)
    return squares(grid)


def _standard(report: Printed, name: str) -> list[list]:
    """:func:`_only` of a table that still has the form's columns and header; ValueError where others changed them."""
    rows = _only(report, name)
    width, head = {"proactive": (4, 2), "requests": (10, 3), "reviews": (15, 3)}[name]
    labels = LABEL_COLUMNS if name == "requests" else 0
    first = next((i for i, row in enumerate(rows) if any(isinstance(text, Figure) for _, text in row)), None)
    if any(len(row) != width for row in rows) or first != head:
        raise ValueError("an earlier change left other columns or another header")
    if any(isinstance(text, Figure) for row in rows for _, text in row[:labels]):
        raise ValueError("an earlier change moved the columns")
    return rows


def _upright(report: Printed, name: str) -> list[list]:
    """:func:`_standard` of a table whose header stands over its columns; ValueError where it was moved."""
    rows = _standard(report, name)
    if any(text is None for row in rows for _, text in row):
        raise ValueError("an earlier change moved the header")
    return rows


def _set(report: Printed, name: str, *tables: list[list]) -> None:
    ruled = getattr(report, name)[0].ruled
    setattr(report, name, [regrid(table, ruled) for table in tables])


def _cell(text: str | None) -> tuple[object, str | None]:
    return object(), text


def _spanning(text: str, width: int) -> list:
    return [_cell(text)] * width


def _body_rows(rows: list[list]) -> list[int]:
    return [i for i, row in enumerate(rows) if any(isinstance(text, Figure) for _, text in row)]


# ---- how figures are written ----


def thousands(rng: random.Random, report: Printed) -> None:
    comma = rng.choice((",", "，", "\u2009", "\u00a0"))
    _rewrite(report, lambda f: f.written(f"{int(f):,}".replace(",", comma)) if f.isdecimal() else None)


def full_width(rng: random.Random, report: Printed) -> None:
    wide = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    _rewrite(report, lambda f: f.written(f.translate(wide)) if f.value is not None else None)


def suffixes(rng: random.Random, report: Printed) -> None:
    _rewrite(
        report,
        lambda f: f.written(f"{f}{f.unit}") if f.isdecimal() and f.unit != "万元" and rng.random() < 0.5 else None,
    )


def blanks_around(rng: random.Random, report: Printed) -> None:
    blank = rng.choice((" ", "\u00a0", "\u3000", "\u200b", "\n"))
    _rewrite(report, lambda f: f.written(f"{blank}{f}{blank}"))


def zeros_as_marks(rng: random.Random, report: Printed) -> None:
    marks = {"": "blank", "/": "not_applicable", "—": "dash", "-": "dash", "——": "dash", "无": "text_zero"}

    def change(figure: Figure) -> Figure | None:
        if figure != "0" or rng.random() < 0.4:
            return None
        text = rng.choice(list(marks))
        return Figure(text, figure.key, 0.0 if text == "无" else None, marks[text])

    _rewrite(report, change)


def a_whole_column_of_marks(rng: random.Random, report: Printed) -> None:
    column = rng.choice(("research", "public_interest", "legal_service"))
    text, status = rng.choice((("", "blank"), ("/", "not_applicable"), ("-", "dash")))
    _rewrite(report, lambda f: Figure(text, f.key, None, status) if f.key[2] == column and f in ("0", "") else None)


def many_blanks(rng: random.Random, report: Printed) -> None:
    share = rng.choice((0.1, 0.3, 0.5, 0.8))
    _rewrite(report, lambda f: Figure("", f.key, None, "blank") if rng.random() < share else None)


def notes_in_cells(rng: random.Random, report: Printed) -> None:
    note = rng.choice(("（注1）", "*", "①", "(含上年)", "[1]"))
    _rewrite(report, lambda f: f.written(f"{f}{note}") if f.isdecimal() and rng.random() < 0.02 else None)


def split_digits(rng: random.Random, report: Printed) -> None:
    blank = rng.choice((" ", "\n"))
    _rewrite(
        report,
        lambda f: f.written(f"{f[:-2]}{blank}{f[-2:]}") if len(f) > 2 and f.isdecimal() and f[0] != "0" else None,
    )


def letters_for_digits(rng: random.Random, report: Printed) -> None:
    wrong = str.maketrans({"0": "O", "1": "l", "5": "S", "8": "B"})

    def change(figure: Figure) -> Figure | None:
        text = figure.translate(wrong)
        # what stands there is no number any more; the value is still the one that was meant
        return figure.written(text) if text != figure and rng.random() < 0.05 else None

    _rewrite(report, change)


def yuan(rng: random.Random, report: Printed) -> None:
    """Money in 元 instead of 万元, as the cell says."""

    def change(figure: Figure) -> Figure | None:
        if figure.unit != "万元" or figure.value is None:
            return None
        return figure.written(f"{round(figure.value * 10000)}元")

    _rewrite(report, change)


def yuan_in_header(rng: random.Random, report: Printed) -> None:
    _relabel(report, lambda text: text.replace("万元", "元"))
    _rewrite(
        report, lambda f: f.written(str(round(f.value * 10000))) if f.unit == "万元" and f.value is not None else None
    )


# ---- how labels are written ----


def blanks_in_labels(rng: random.Random, report: Printed) -> None:
    blanks = (" ", "\n", "\u3000", "\u200b", "\u00a0")
    _relabel(report, lambda text: "".join(c + (rng.choice(blanks) if rng.random() < 0.2 else "") for c in text))


def half_width_punctuation(rng: random.Random, report: Printed) -> None:
    _relabel(report, lambda text: text.translate(str.maketrans("（），、“”：", '(),,"":')))


def renumbered(rng: random.Random, report: Printed) -> None:
    circled = "①②③④⑤⑥⑦⑧⑨"
    style = rng.choice(("{}、", "（{}）", "({})", "{}．", "{} ", "{})", "circled", "{}。", "{}"))

    def change(text: str) -> str:
        match = re.match(r"(\d)\.", text)
        if match is None:
            return text
        sign = circled[int(match[1]) - 1] if style == "circled" else style.format(match[1])
        return sign + text[2:]

    _relabel(report, change)


def renumbered_groups(rng: random.Random, report: Printed) -> None:
    numerals = "一二三四五六七八九"
    style = rng.choice(("({})", "{}、", "{}.", "（{}）、", "({})．", "{}"))
    arabic = rng.random() < 0.5

    def change(text: str) -> str:
        match = re.match(r"（([一-九])）", text)
        if match is None or match[1] not in numerals:
            return text
        sign = str(numerals.index(match[1]) + 1) if arabic and style != "{}" else match[1]
        return style.format(sign) + text[3:]

    _relabel(report, change)


def no_numbering(rng: random.Random, report: Printed) -> None:
    _relabel(report, lambda text: re.sub(r"^(（[一二三四五六七]）|[一二三四]、|\d\.)", "", text))


def traditional(rng: random.Random, report: Printed) -> None:
    pairs = str.maketrans("属国密执机办请数总计业务组织处罚规许讼", "屬國密執機辦請數總計業務組織處罰規許訟")
    _relabel(report, lambda text: text.translate(pairs))


def short_partly(rng: random.Random, report: Printed) -> None:
    _relabel(report, lambda text: text.split("（区分")[0] if "区分处理" in text else text)


def shortened_other(rng: random.Random, report: Printed) -> None:
    _relabel(report, lambda text: re.sub(r"、?行政机关不再处理其政府信息公开申请$", "", text))


def misprinted(rng: random.Random, report: Printed) -> None:
    """One label of a row has one character wrong, lost or twice."""
    rows = [r.label("zh", report.edition) for t in TABLE_NAMES[:2] for r in BOOK.rows(t, report.edition)]
    label = rng.choice([text for text in rows if len(text) > 5])
    at = rng.randrange(3, len(label))
    wrong = label[:at] + rng.choice(("", "某", label[at] * 2)) + label[at + 1 :]
    _relabel(report, lambda text: wrong if text == label else text)


def misread_letters(rng: random.Random, report: Printed) -> None:
    """Characters that a scanner takes for others, and stray marks."""
    alike = {"未": "末", "已": "己", "人": "入", "日": "曰", "本": "木", "大": "太", "申": "甲", "密": "蜜", "然": "燃"}

    def change(text: str) -> str:
        if rng.random() > 0.3 or len(text) < 5:
            return text
        text = "".join(alike[c] if c in alike and rng.random() < 0.5 else c for c in text)
        return text.replace("1.", "l.") if rng.random() < 0.5 else text + rng.choice((".", "'", "·", "~", ""))

    _relabel(report, change)


def groups_in_labels(rng: random.Random, report: Printed) -> None:
    """The group's heading stands before each of its labels: 不予公开：1.属于国家秘密."""
    rows = _standard(report, "requests")
    groups = {g.label("zh", report.edition) for g in BOOK.select("requests", "group")}
    for row in rows[HEAD["requests"] :]:
        (_, group), (_, leaf) = row[1], row[2]
        if group in groups and leaf != group:
            row[2] = _cell(f"{group}{rng.choice(('', '-', '：'))}{leaf}")
    _set(report, "requests", rows)


# ---- where cells stand ----


def cut_pages(rng: random.Random, report: Printed) -> None:
    for name in TABLE_NAMES:
        rows = _only(report, name)
        points = sorted(rng.sample(range(1, len(rows)), min(rng.randint(1, 3), len(rows) - 1)))
        _set(report, name, *(rows[a:b] for a, b in zip([0, *points], [*points, len(rows)], strict=True)))


def repeat_headers(rng: random.Random, report: Printed) -> None:
    rows = _standard(report, "requests")
    point = rng.randint(4, len(rows) - 1)
    # the second header is drawn anew
    head = squares(regrid(rows[:3]))
    _set(report, "requests", rows[:point], head + rows[point:])


def drop_headings(rng: random.Random, report: Printed) -> None:
    report.headings = False


def reorder_rows(rng: random.Random, report: Printed) -> None:
    rows = _standard(report, "requests")
    first = HEAD["requests"] + 2
    body = rows[first:]
    rng.shuffle(body)
    _set(report, "requests", rows[:first] + body)


def total_first(rng: random.Random, report: Printed) -> None:
    rows = _standard(report, "requests")
    (at,) = [
        i for i, row in enumerate(rows) if row[-1][1] and getattr(row[-1][1], "key", ("",) * 3)[1] == "outcome_total"
    ]
    rows.insert(HEAD["requests"] + 2, rows.pop(at))
    _set(report, "requests", rows)


def reorder_columns(rng: random.Random, report: Printed) -> None:
    rows = _upright(report, "requests")
    order = [0, 1, 2, 3, *rng.sample(range(4, 9), 5), 9]
    _set(report, "requests", [[row[c] for c in order] for row in rows])


def total_column_first(rng: random.Random, report: Printed) -> None:
    rows = _upright(report, "requests")
    _set(report, "requests", [[*row[:3], row[9], *row[3:9]] for row in rows])


def other_tables_around(rng: random.Random, report: Printed) -> None:
    menu = Grid.from_rows([["首页", "政务公开", "办事服务"], ["行政许可", "行政处罚", "其他"]])
    other = Grid.from_rows([["序号", "标题", "数量"], ["1", "政策文件", "12"], ["2", "行政处罚", "9"]])
    hits = Grid.from_rows([["信息内容", "数量"], ["总计", "55"]])
    report.before += rng.sample([menu, other, hits], 2)
    report.after += rng.sample([menu, other, hits], 2)


def shift_right(rng: random.Random, report: Printed) -> None:
    """Copied text: some rows of the requests table stand columns further left, blanks at the end."""
    rows = _standard(report, "requests")
    whole = regrid(rows)
    flat = []
    for r, row in enumerate(whole.cells):
        line = [row[c] if whole.is_anchor(r, c) or c >= 3 else "" for c in range(whole.shape[1])]
        if r > 3 and rng.random() < 0.3:
            kept = [text for text in line[:3] if text]
            line = [*kept, *line[3:], *[""] * (3 - len(kept))]
        flat.append(line)
    report.requests = [_loose(flat)]


def _loose(rows: list[list]) -> Grid:
    found = Grid.from_rows(rows)
    found.ruled = False
    return found


def spans_lost(rng: random.Random, report: Printed) -> None:
    """Each text once, blanks elsewhere."""
    for name in TABLE_NAMES:
        whole = regrid(_only(report, name))
        setattr(report, name, [_loose([
            [text if whole.is_anchor(r, c) else "" for c, text in enumerate(row)] for r, row in enumerate(whole.cells)
        ])])  # fmt: skip


def covered_cells_dropped(rng: random.Random, report: Printed) -> None:
    """Each text once and no cell where it reaches, as spans simply left away."""
    for name in TABLE_NAMES:
        whole = regrid(_only(report, name))
        setattr(report, name, [Grid.from_rows([
            [text for c, text in enumerate(row) if whole.is_anchor(r, c)] for r, row in enumerate(whole.cells)
        ])])  # fmt: skip


def spans_as_blanks(rng: random.Random, report: Printed) -> None:
    """Blanks beside a text that is wide; below one that reaches down nothing, so that the rest moves left."""
    for name in TABLE_NAMES:
        whole = regrid(_only(report, name))
        setattr(report, name, [Grid.from_rows([
            [text if whole.is_anchor(r, c) else "" for c, text in enumerate(row) if whole.anchors[r][c][0] == r]
            for r, row in enumerate(whole.cells)
        ])])  # fmt: skip


def spans_repeated(rng: random.Random, report: Printed) -> None:
    """Labels repeated in each cell they would cover, as ``pandas.read_html`` gives them; figures too."""
    for name in TABLE_NAMES[1:]:
        setattr(report, name, [Grid.from_rows([list(row) for row in regrid(_only(report, name)).cells])])


def empty_columns_dropped(rng: random.Random, report: Printed) -> None:
    """A column without any number is left away with its header."""
    rows = _upright(report, "requests")
    width = len(rows[0])
    lost = [
        c for c in range(LABEL_COLUMNS, width)
        if all(row[c][1] in ("0", "") for row in rows[HEAD["requests"] :])
    ]  # fmt: skip
    for row in rows[HEAD["requests"] :]:
        for c in lost:
            row[c] = _cell("")
    _set(report, "requests", [[cell for c, cell in enumerate(row) if c not in lost] for row in rows])


def empty_cells_dropped(rng: random.Random, report: Printed) -> None:
    """Blank cells vanish and those behind move up: the row is shorter, with or without blanks at its end."""
    zeros_as_marks(rng, report)
    rows = _standard(report, "requests")
    whole = regrid(rows)
    # under a header as wide as the table, blanks at the end would make the shift impossible to see
    fill = rng.random() < 0.5 and all(text for row in whole.cells[: HEAD["requests"]] for text in row)
    flat = []
    for r, row in enumerate(whole.cells):
        kept = [
            text for c, text in enumerate(row)
            if whole.is_anchor(r, c) and (r < HEAD["requests"] or text or not isinstance(text, Figure))
        ]  # fmt: skip
        flat.append(kept + [""] * ((len(row) - len(kept)) if fill else 0))
    report.requests = [_loose(flat)]
    report.lost |= {f.key for row in rows for _, f in row if isinstance(f, Figure) and not f}


def extra_empty_columns(rng: random.Random, report: Printed) -> None:
    """A converter's empty columns between the others, also in the middle of spans."""
    for name in TABLE_NAMES:
        rows = _standard(report, name)
        for _ in range(rng.randint(1, 2)):
            at = rng.randint(1, len(rows[0]))
            for row in rows:
                spans = (
                    0 < at < len(row)
                    and row[at - 1][0] is row[at][0]
                    or row[at - 1][0] == row[min(at, len(row) - 1)][0]
                )
                row.insert(at, row[at - 1] if spans else _cell(""))
        _set(report, name, rows)


def extra_column_in_rows(rng: random.Random, report: Printed) -> None:
    """In some rows a blank cell too many: the figures behind it stand one further right."""
    rows = _standard(report, "requests")
    for row in rows:
        row.append(_cell(""))
    for row in rows[HEAD["requests"] :]:
        # a row whose last figure is blank would look as if nothing had happened
        if row[-2][1] and rng.random() < 0.2:
            row.insert(rng.randint(LABEL_COLUMNS, 9), _cell(""))
            row.pop()
    _set(report, "requests", rows)


def split_labels(rng: random.Random, report: Printed) -> None:
    """A row is cut by a page break: the rest of its label stands on the next page, its figures on either."""
    rows = _standard(report, "requests")
    candidates = [r for r in range(5, len(rows) - 1) if len(rows[r][2][1] or "") > 8]
    r = rng.choice(candidates)
    corner, text = rows[r][2]
    point = rng.randint(2, len(text) - 2)
    above, below = list(rows[r]), list(rows[r])
    figures_below = rng.random() < 0.5
    upper, lower = _cell(text[:point]), _cell(text[point:])
    for c in range(len(rows[r])):
        if rows[r][c][0] == corner:
            above[c], below[c] = upper, lower
        elif c >= LABEL_COLUMNS:
            (above if figures_below else below)[c] = _cell("")
    _set(report, "requests", [*rows[:r], above], [below, *rows[r + 1 :]])


def labels_in_several_rows(rng: random.Random, report: Printed) -> None:
    """Some labels take two rows of the table, their figures in the first or the last."""
    rows = _standard(report, "requests")
    found = rows[:5]
    for row in rows[5:]:
        corner, text = row[2]
        if len(text or "") < 8 or rng.random() < 0.7:
            found.append(row)
            continue
        point = rng.randint(3, len(text) - 3)
        parts = [list(row), list(row)]
        blank = rng.randint(0, 1)
        halves = _cell(text[:point]), _cell(text[point:])
        for c in range(len(row)):
            if row[c][0] == corner:
                parts[0][c], parts[1][c] = halves
            elif c >= LABEL_COLUMNS:
                parts[blank][c] = _cell("")
        found += parts
    _set(report, "requests", found)


def one_grid_per_row(rng: random.Random, report: Printed) -> None:
    for name, head in (("proactive", 0), ("requests", 3)):
        rows = _standard(report, name)
        _set(report, name, *([rows[:head]] if head else []), *([row] for row in rows[head:]))


def no_groups(rng: random.Random, report: Printed) -> None:
    """The columns of the groups' headings are left away: one column of labels."""
    rows = _standard(report, "requests")
    _set(report, "requests", [row[2:] for row in rows])


def groups_as_rows(rng: random.Random, report: Printed) -> None:
    """One column of labels; a group's heading stands in a row of its own above its labels."""
    rows = _standard(report, "requests")
    if not all(row[2][1] for row in rows[3:]):
        raise ValueError("an earlier change took the labels out of the last column of labels")
    found = rows[:3]
    groups = {g.label("zh", report.edition) for g in BOOK.select("requests", "group")}
    groups |= {heading("requests", "outcomes", report.edition), BOOK.label("requests", "row", "other", "zh", 2021)}
    said: list[str | None] = []
    for row in rows[3:]:
        for _, text in row[:2]:
            if text in groups and text not in said and text != row[2][1]:
                said.append(text)
                found.append([_cell(text)] * 3 + [_cell("") for _ in row[3:]])
        found.append([row[2]] * 3 + row[3:])
    _set(report, "requests", [row[2:] for row in found])


def group_rows_with_sums(rng: random.Random, report: Printed) -> None:
    """A row of sums is added above or below the rows of a group."""
    rows = _standard(report, "requests")
    below = rng.random() < 0.5
    groups = [g for g in BOOK.select("requests", "group") if g.code != "legal_person"]
    for group in groups:
        label = group.label("zh", report.edition)
        places = [i for i, row in enumerate(rows) if row[1][1] == label]
        if not places:
            raise ValueError("the groups were changed")
        sums = [sum(float(rows[i][c][1] or 0) for i in places) for c in range(3, 10)] if _plain(rows, places) else None
        if sums is None:
            raise ValueError("figures are not plain")
        row = [rows[places[0]][0], rows[places[0]][1], _cell("小计"), *(_cell(f"{n:g}") for n in sums)]
        rows.insert(places[-1] + 1 if below else places[0], row)
    _set(report, "requests", rows)


def _plain(rows: list[list], places: list[int]) -> bool:
    return all(
        (rows[i][c][1] or "0").isascii() and (rows[i][c][1] or "0").isdigit() for i in places for c in range(3, 10)
    )


def group_headings_with_sums(rng: random.Random, report: Printed) -> None:
    """The group's own row carries its sums, as （三）不予公开 12."""
    rows = _standard(report, "requests")
    for group in [g for g in BOOK.select("requests", "group") if g.code != "legal_person"]:
        label = group.label("zh", report.edition)
        places = [i for i, row in enumerate(rows) if row[1][1] == label]
        if not places or not _plain(rows, places):
            raise ValueError("figures or groups are not plain")
        sums = [sum(float(rows[i][c][1] or 0) for i in places) for c in range(3, 10)]
        own = _cell(label)
        rows.insert(places[0], [rows[places[0]][0], own, own, *(_cell(f"{n:g}") for n in sums)])
    _set(report, "requests", rows)


def organisations_subtotal(rng: random.Random, report: Printed) -> None:
    """A column 小计 under 法人或其他组织, before or behind the five."""
    rows = _upright(report, "requests")
    at = rng.choice((4, 9))
    for number, row in enumerate(rows):
        if number < 2:
            row.insert(at, row[5])
        elif number == 2:
            row.insert(at, _cell(rng.choice(("小计", "合计"))))
        else:
            parts = row[4:9]
            if not all(text.isascii() and text.isdigit() for _, text in parts):
                raise ValueError("figures are not plain")
            row.insert(at, _cell(str(sum(int(text) for _, text in parts))))
    _set(report, "requests", rows)


def other_in_one_row(rng: random.Random, report: Printed) -> None:
    """Other handling as a single row on the form of 2021."""
    if report.edition != 2021:
        raise ValueError("the form of 2019 has one row")
    rows = _standard(report, "requests")
    label = BOOK.label("requests", "row", "other", "zh", 2021)
    places = [i for i, row in enumerate(rows) if row[1][1] == label]
    if len(places) != len(BOOK.children("requests", "other", 2021)) or not _plain(rows, places):
        raise ValueError("figures are not plain, or the group lost its span")
    own = _cell(label)
    figures = []
    for c in range(3, 10):
        total = sum(int(rows[i][c][1] or 0) for i in places)
        column = rows[places[0]][c][1].key[2]
        figures.append((object(), Figure(str(total), ("requests", "other", column), float(total), "reported")))
    row = [rows[places[0]][0], own, own, *figures]
    _set(report, "requests", [*rows[: places[0]], row, *rows[places[-1] + 1 :]])


def row_missing(rng: random.Random, report: Printed) -> None:
    name = rng.choice(("requests", "proactive"))
    rows = _only(report, name)
    del rows[rng.choice(_body_rows(rows))]
    _set(report, name, rows)


def column_missing(rng: random.Random, report: Printed) -> None:
    rows = _upright(report, "requests")
    lost = rng.randint(3, 9)
    _set(report, "requests", [row[:lost] + row[lost + 1 :] for row in rows])


def table_missing(rng: random.Random, report: Printed) -> None:
    setattr(report, rng.choice(TABLE_NAMES), [])


def table_twice(rng: random.Random, report: Printed) -> None:
    """A table stands again further down with other figures: last year's, or a mistake of the web page."""
    name = rng.choice(TABLE_NAMES)
    rows = _only(report, name)
    again = [[(id_, f"{int(text) + 1}" if isinstance(text, Figure) and text.isdecimal() else str(text or "")) for id_, text in row]
             for row in rows]  # fmt: skip
    _set(report, name, rows, again)


def unknown_row(rng: random.Random, report: Printed) -> None:
    """A row that no form has."""
    rows = _standard(report, "requests")
    at = rng.randint(7, len(rows) - 2)
    rows.insert(
        at, [*rows[at][:2], _cell("9.按特殊规定办理的情形"), *(_cell(str(rng.randint(1, 9))) for _ in range(7))]
    )
    _set(report, "requests", rows)


def note_rows(rng: random.Random, report: Printed) -> None:
    for name in TABLE_NAMES:
        rows = _only(report, name)
        width = len(rows[0])
        rows.insert(0, _spanning(rng.choice(("单位：件", "附表2", "2020年度统计表（单位：件、万元）")), width))
        rows.append(
            _spanning(rng.choice(("注：本表数据截至12月31日。", "说明：1.本表含12个部门；2.不含垂直管理单位。")), width)
        )
        _set(report, name, rows)


def page_numbers_inside(rng: random.Random, report: Printed) -> None:
    rows = _only(report, "requests")
    at = rng.randint(4, len(rows) - 1)
    rows.insert(at, _spanning(rng.choice(("- 5 -", "第5页 共9页", "5", "—5—", "5 / 9")), len(rows[0])))
    _set(report, "requests", rows)


def page_numbers_between(rng: random.Random, report: Printed) -> None:
    cut_pages(rng, report)
    report.between = lambda: Paragraph(rng.choice(("- 5 -", "5", "第 5 页", "—5—", "5/9")))


def serial_numbers(rng: random.Random, report: Printed) -> None:
    """A first column that counts the rows."""
    rows = _standard(report, "requests")
    counter = _cell("序号")
    for number, row in enumerate(rows):
        row.insert(0, counter if number < 3 else _cell(str(number - 2)))
    _set(report, "requests", rows)


def remarks_column(rng: random.Random, report: Printed) -> None:
    for name in ("proactive", "requests"):
        rows = _standard(report, name)
        remark = _cell("备注")
        for number, row in enumerate(rows):
            row.append(
                remark if number < 3 and name == "requests" or not number else _cell(rng.choice(("", "", "含镇街")))
            )
        _set(report, name, rows)


def header_in_one_row(rng: random.Random, report: Printed) -> None:
    rows = _standard(report, "requests")
    _set(report, "requests", rows[2:])


def header_in_two_rows(rng: random.Random, report: Printed) -> None:
    rows = _standard(report, "requests")
    _set(report, "requests", rows[1:])


def header_spans_lost(rng: random.Random, report: Printed) -> None:
    """In the header each text stands once, blanks below and beside it."""
    for name in TABLE_NAMES[1:]:
        rows = _standard(report, name)
        said: list[object] = []
        for row in rows[: HEAD[name]]:
            for c, (corner, _) in enumerate(row):
                if corner in said:
                    row[c] = _cell("")
                said.append(corner)
        _set(report, name, rows)


def header_without_rowspan(rng: random.Random, report: Printed) -> None:
    """Cells that should reach down end in the first row; those below are not there, so the rest moves left."""
    for name in TABLE_NAMES[1:]:
        rows = _standard(report, name)
        said: list[object] = []
        for row in rows[: HEAD[name]]:
            row[:] = [cell for cell in row if cell[0] not in said]
            said += [corner for corner, _ in row]
            row += [_cell(None) for _ in range(len(rows[-1]) - len(row))]
        _set(report, name, rows)


def header_lost(rng: random.Random, report: Printed) -> None:
    name = rng.choice(TABLE_NAMES[1:])
    rows = _standard(report, name)
    _set(report, name, rows[HEAD[name] :])


def header_text_blank(rng: random.Random, report: Printed) -> None:
    text = rng.choice(("", "单位：件", "项目", "情况"))
    label = heading("requests", "identity", report.edition)
    _relabel(report, lambda printed: text if printed == label else printed)


def merged_headings(rng: random.Random, report: Printed) -> None:
    """All tables in one, the titles of the parts as rows of it."""
    width = 15
    whole: list[list] = []
    for name in TABLE_NAMES:
        rows = _only(report, name)
        if rng.random() < 0.8 and report.headings:
            whole.append(_spanning(BOOK.label("form", "section", name, "zh", report.edition), width))
        whole += [row + [row[-1]] * (width - len(row)) for row in rows]
    _set(report, "proactive", whole)
    report.requests, report.reviews = [], []
    report.headings = False


def proactive_without_articles(rng: random.Random, report: Printed) -> None:
    rows = _standard(report, "proactive")
    articles = {b.label("zh", report.edition) for b in BOOK.select("proactive", "block")}
    _set(report, "proactive", [row for row in rows if row[0][1] not in articles])


def proactive_one_header(rng: random.Random, report: Printed) -> None:
    """Headers only where the measures change."""
    rows = _standard(report, "proactive")
    item = heading("proactive", "item", report.edition)
    found, last = [], None
    for row in rows:
        if row[0][1] == item:
            texts = [text for _, text in row]
            if texts == last:
                continue
            last = texts
        found.append(row)
    _set(report, "proactive", found)


def proactive_articles_beside(rng: random.Random, report: Printed) -> None:
    """The article stands left of its block, in a cell over its rows."""
    rows = _standard(report, "proactive")
    articles = {b.label("zh", report.edition) for b in BOOK.select("proactive", "block")}
    found, article = [], _cell("")
    for row in rows:
        if row[0][1] in articles:
            article = _cell(row[0][1])
        else:
            found.append([article, *row])
    _set(report, "proactive", found)


def proactive_figures_unmerged(rng: random.Random, report: Printed) -> None:
    """A figure that spans columns stands in the first of them, the others blank."""
    rows = _standard(report, "proactive")
    for row in rows:
        said: list[object] = []
        for c, (corner, text) in enumerate(row):
            if corner in said and isinstance(text, Figure):
                row[c] = _cell("")
            said.append(corner)
    _set(report, "proactive", rows)


def reviews_by_rows(rng: random.Random, report: Printed) -> None:
    """Three rows of five figures, the proceeding at the left."""
    rows = _standard(report, "reviews")
    names = [r.label("zh", report.edition) for r in BOOK.rows("reviews", report.edition)]
    results = [text for _, text in rows[1][:5]]
    figures = rows[-1]
    group = _cell(BOOK.label("reviews", "group", "litigation"))
    first = _cell(names[0])
    found = [[_cell(""), _cell(""), *(_cell(text) for text in results)]]
    for number, name in enumerate(names):
        labels = [first, first] if not number else [group, _cell(name)]
        found.append([*labels, *figures[5 * number : 5 * number + 5]])
    _set(report, "reviews", found)


def reviews_reordered(rng: random.Random, report: Printed) -> None:
    rows = _upright(report, "reviews")
    inside = rng.sample(range(5), 5)
    order = [5 * block + c for block in range(3) for c in inside]
    _set(report, "reviews", rows[:1] + [[row[c] for c in order] for row in rows[1:]])


def reviews_header_flat(rng: random.Random, report: Printed) -> None:
    """Only the lowest row of the header is left: fifteen results without their proceedings."""
    rows = _standard(report, "reviews")
    _set(report, "reviews", rows[2:])


def reviews_label_column(rng: random.Random, report: Printed) -> None:
    rows = _standard(report, "reviews")
    corner = _cell("")
    for number, row in enumerate(rows):
        row.insert(0, corner if number < 3 else _cell(rng.choice(("数量", "件数", ""))))
    _set(report, "reviews", rows)


def proactive_reordered(rng: random.Random, report: Printed) -> None:
    """Blocks in another order."""
    rows = _standard(report, "proactive")
    articles = {b.label("zh", report.edition) for b in BOOK.select("proactive", "block")}
    blocks: list[list[list]] = []
    for row in rows:
        if row[0][1] in articles:
            blocks.append([])
        elif not blocks:
            raise ValueError("an earlier change took the articles away")
        blocks[-1].append(row)
    rng.shuffle(blocks)
    _set(report, "proactive", [row for block in blocks for row in block])


def quarter_figures_beside(rng: random.Random, report: Printed) -> None:
    """Last year's figures stand in a second column of each applicant's total."""
    rows = _standard(report, "requests")
    for number, row in enumerate(rows):
        row.append(_cell("上年" if number == 0 else "") if number < 3 else _cell(str(rng.randint(0, 99))))
    _set(report, "requests", rows)


def _catalogue(
    *changes: Callable[[random.Random, Printed], None],
) -> dict[str, Callable[[random.Random, Printed], None]]:
    return {change.__name__: change for change in changes}


TEXTS = _catalogue(
    thousands, full_width, suffixes, blanks_around, zeros_as_marks, a_whole_column_of_marks, many_blanks,
    notes_in_cells,
    split_digits, letters_for_digits, yuan, yuan_in_header,
)  # fmt: skip
LABELS = _catalogue(
    blanks_in_labels, half_width_punctuation, renumbered, renumbered_groups, no_numbering, traditional, short_partly,
    shortened_other, misprinted, misread_letters, header_text_blank,
)  # fmt: skip
TABLES = _catalogue(
    cut_pages, repeat_headers, drop_headings, reorder_rows, total_first, reorder_columns, total_column_first,
    other_tables_around, shift_right, spans_lost, covered_cells_dropped, spans_as_blanks, spans_repeated, empty_columns_dropped,
    empty_cells_dropped, extra_empty_columns, extra_column_in_rows, split_labels, labels_in_several_rows,
    one_grid_per_row, groups_in_labels, no_groups, groups_as_rows, group_rows_with_sums, group_headings_with_sums,
    organisations_subtotal, other_in_one_row, row_missing, column_missing, table_missing, table_twice, unknown_row,
    note_rows, page_numbers_inside, page_numbers_between, serial_numbers, remarks_column, header_in_one_row,
    header_in_two_rows, header_spans_lost, header_without_rowspan, header_lost, merged_headings,
    proactive_without_articles, proactive_one_header, proactive_articles_beside, proactive_figures_unmerged,
    proactive_reordered, reviews_by_rows, reviews_reordered, reviews_header_flat, reviews_label_column,
    quarter_figures_beside,
)  # fmt: skip
CHANGES = TABLES | LABELS | TEXTS
