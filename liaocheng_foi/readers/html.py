"""Web pages → grids and paragraphs, as a browser would lay them out.

The tree is the one browsers build (Lexbor). It is prepared where it stands: what is not shown is taken out, elements
within a line give way to their text, and each table, the innermost first, to a mark that stands for it. Then every
piece of text is a line or block of its own, and what remains are the paragraphs in reading order. Thus almost all
work is done in the parser's own code, nothing recurses, and no text is met twice. Spans are unfolded by the rules of
HTML, with bounds, so that a span of a thousand million columns costs nothing.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable
from itertools import repeat
from typing import NamedTuple

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from ..grid import PICTURE, RAISED, Document, Grid, Paragraph
from ..problems import Problem, ReadError
from . import style_rules
from .elements import outermost
from .elsewhere import elsewhere
from .encoding import decode, is_binary
from .limits import Limits, Tally
from .markup import check_cost

_Block = Grid | Paragraph
#: What elements mean for the text; those not named stand within a line.
_APART, _INLINE, _TABLE, _NOT_SHOWN, _STRUCK, _RAISED, _TYPED, _LINES, _TITLE, _META, _PICTURE = range(11)
_TURNING, _FORMULA, _FONT = range(11, 14)
_MEANINGS = {
    _APART: "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main nav aside center form "
    "fieldset legend blockquote address figure figcaption details summary hgroup dialog menu dir textarea br hr "
    "listing xmp plaintext html head body caption colgroup col thead tbody tfoot tr td th",
    _TABLE: "table",
    _NOT_SHOWN: "script style template noscript noembed noframes audio video datalist rt rp",
    _PICTURE: "img svg canvas object embed iframe select button meter progress",
    _STRUCK: "del s strike",
    _RAISED: "sup sub",
    _TYPED: "input",
    _LINES: "pre",
    _TITLE: "title",
    _META: "meta",
    _TURNING: "bdo",
    _FORMULA: "math",
    _FONT: "font",
}
_ANY = LexborHTMLParser("<p><!---->")
#: The parser's number for a tag, which is cheaper to have than its name → what it means.
_MEANING = {_ANY.create_node(tag).tag_id: meaning for meaning, tags in _MEANINGS.items() for tag in tags.split()}
_MEANING[_ANY.css("p")[0].first_child.tag_id] = _NOT_SHOWN  # type: ignore[union-attr]  # comments
#: In texts: the end of a line or block, and the beginning of the mark that stands for a table.
_BREAK, _MARK = "\v", "\x02"
_NOT_DISPLAYED = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.IGNORECASE)
#: What keeps its place and shows nothing there, and what is struck out.
_EMPTIED = re.compile(
    r"(?:^|[;\s])(?:visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0(?:\.0*)?[a-z%]*\s*(?:;|!|$)"
    r"|opacity\s*:\s*0?\.0\d|font-size\s*:\s*[01]?(?:\.\d+)?p[xt]\s*(?:;|!|$)|transform\s*:\s*scale[xy]?\(0\)"
    r"|content-visibility\s*:\s*hidden|filter\s*:\s*opacity\(0(?:\.0*)?%?\)|text-indent\s*:\s*-\d{3}"
    r"|text-decoration[-\w]*\s*:[^;:]*line-through"
    r"|(?:-webkit-text-fill-)?color\s*:\s*(?:transparent|rgba\((?:[^,);]*,){3}\s*0(?:\.0*)?\s*\))"
    r"|(?:left|top)\s*:\s*-\d{4}|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]|clip-path\s*:\s*inset\((?:50|100)%)",
    re.IGNORECASE,
)
#: Both together show nothing.
_NO_ROOM = re.compile(r"(?:^|[;\s])(?:max-)?(?:height|width)\s*:\s*0[a-z]*\s*(?:;|$)", re.IGNORECASE)
_OVERFLOWING = re.compile(r"overflow\s*:\s*hidden", re.IGNORECASE)
_WHITE = re.compile(
    r"(?:^|[;\s])color\s*:\s*(?:#?(?:fff|f[d-f]f[d-f]f[d-f])|white|rgba?\((?:255,\s*){2}255(?:,\s*1)?\))\s*(?:;|!|$)",
    re.IGNORECASE,
)
_DECLARED = re.compile(r"(?:^|;)\s*(color|background|background-color)\s*:\s*([^;!]+)", re.IGNORECASE)
#: A size of nothing is the parent's where what stands in it has one of its own.
_SIZED = "[style],[class],font,table"
_RAISED_BY_STYLE = re.compile(r"(?:^|[;\s])vertical-align\s*:\s*super", re.IGNORECASE)
#: Words for values that stand elsewhere.
_OF_OTHERS = frozenset(("inherit", "initial", "unset", "revert", "revert-layer"))
#: What stands somewhere else than it is written, or runs the other way.
_PLACED = re.compile(
    r"(?:^|[;\s])(?:float\s*:\s*(?:left|right)|position\s*:\s*(?:absolute|relative|fixed|sticky)|order\s*:\s*-?[1-9]"
    r"|transform\s*:\s*(?:translate|rotate|scale|matrix)|(?:margin|padding)-(?:left|right)\s*:\s*-?[1-9]"
    r"|vertical-align\s*:\s*-?[1-9]|display\s*:\s*(?:block|inline-block|list-item|table|flow-root))",
    re.IGNORECASE,
)
_LIFTED = re.compile(r"(?:^|[;\s])(?:position\s*:\s*relative|vertical-align\s*:)", re.IGNORECASE)
_TURNED = re.compile(r"unicode-bidi\s*:\s*(?:bidi|isolate)-override", re.IGNORECASE)
_SPREAD = re.compile(r"display\s*:\s*(?:inline-)?(?:flex|grid)", re.IGNORECASE)
#: The style sheet puts text before or after it.
_GENERATED = re.compile(r"(?:^|[;\s])content\s*:", re.IGNORECASE)
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
#: Scripts and elements in cells that may put a figure there.
_FILLING = "td>script"
_LATER = frozenset(("noscript", "template"))
_FILLED, _FILLED_MARK = "[data-value],[data-val]", b"data-val"
_FORMULAS = "mfrac,msup,msub,msubsup,mroot,mover,munder,munderover"
_ROW = _ANY.create_node("tr").tag_id
_CELLS = frozenset(_ANY.create_node(tag).tag_id for tag in ("td", "th"))
_GROUPS = frozenset(("tbody", "thead", "tfoot"))
_SPANNING = "[colspan],[rowspan]"
_UNSPANNED = (1, 1)
_DIGITS = frozenset("0123456789")
_LEADING_NUMBER = re.compile(r"\s*\+?([0-9]{1,9})")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
#: Soft hyphen, zero-width space and joiners, word joiner, byte-order mark; a no-break space is a blank.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None) | {0xA0: " "}
_WRITABLE = frozenset(("", "text", "number", "tel"))


class _Row(NamedTuple):
    """One row of a table as it is written."""

    texts: list[str | None]
    """What each cell shows, beside tables in it; None where it shows nothing but tables."""
    blocks: dict[int, list[_Block]]
    """All that stands in the cells with tables in them, by their place."""
    spans: dict[int, tuple[int, int]]
    """Columns and rows (0: to the end of its group of rows) of the cells that span several, by their place."""


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a web page.

    Raises :class:`ReadError` when it holds no text or is over a limit.
    """
    limits.check("max_text", len(data), "the page's size in bytes", name)
    text, replaced, encoding = decode(data)
    if is_binary(text) or replaced * 5 > len(text):
        raise ReadError(f"{name}: this is not a web page but binary data; give the page as saved by a browser.")
    markup = data.removeprefix(BOM_UTF8) if encoding == "utf-8" and not replaced else text.encode("utf-8")
    del text  # the tree of a large page needs the room of the copies
    page = _Page(markup, name, limits)
    advice = "" if any(isinstance(block, Grid) for block in page.blocks) else elsewhere(markup)
    if not page.blocks:
        advice = advice or "open it in a browser and save it once it is shown in full"
        raise ReadError(f"{name}: the page holds no text; {advice}.")
    problems = page.problems
    if replaced:
        problems = [Problem("encoding-replaced", details={"count": replaced}), *problems]
    return Document(page.blocks, "html", name, page.title, page.meta, problems, advice and f"{advice}.")


def fragment(markup: str, *, name: str, limits: Limits) -> list[Grid | Paragraph]:
    """The blocks of a piece of HTML inside a document of another medium; none where it holds no text."""
    return _Page(markup.encode("utf-8"), name, limits).blocks


class _Page:
    """One page, its tree taken apart."""

    def __init__(self, markup: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.title: str | None = None
        self.meta: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.places = 0
        self.tally = Tally(limits, name)
        #: mark in the text -> what the table there gave, and how deep tables stand in it
        self.taken: dict[str, tuple[list[_Block], int]] = {}
        check_cost(markup, name, limits)
        tree = LexborHTMLParser(markup, scripting=True, options=LexborDocumentOptions.WO_EVENTS)
        self._leave_out(tree, markup)
        tables = self._prepare(tree)
        self._take_out(tables)
        root = tree.body or tree.root
        text = _text(root) if root is not None else ""
        # the memory of a large page is given back before its paragraphs are made
        del tree, root, tables
        lines = text.split(_BREAK)
        del text
        self.blocks = self._blocks(lines)[0]

    def _leave_out(self, tree: LexborHTMLParser, markup: bytes) -> None:
        """Scripts, styles, and what is hidden; a page hidden as a whole is one that a script shows, so it stays."""
        style_rules.apply(tree, len(markup))
        for node in tree.css(_FILLING):
            node.insert_before(PICTURE)
        for node in tree.css(_FILLED) if _FILLED_MARK in markup else ():
            if node.first_child is None:
                node.insert_child(PICTURE)
        tree.strip_tags(["script", "style"])
        hidden, emptied, raised, placed = _styled(tree)
        gone = set[int]()
        for node in outermost(hidden, gone):
            if node.tag in ("tr", "td", "th") or node.css_first("table") is not None:
                self._note_left_out(node)
            node.decompose(recursive=False)
        emptied = outermost([node for node in emptied if node.mem_id not in gone and not _is_gap(node)])
        for node in emptied:
            self._note_left_out(node)
        _rewrite(emptied, lambda _: "")
        for node, mark in placed:
            if node.mem_id not in gone and node.parent is not None:
                before, after = (_goes_on(node, beside) for beside in (node.prev, node.next))
                if not before or mark != " ":
                    node.insert_before(mark)
                if not after or mark != " ":
                    node.insert_after(mark)
        _rewrite(outermost(raised), lambda text: text.translate(RAISED))

    def _note_left_out(self, node: LexborNode) -> None:
        words = " ".join(node.text(separator=" ").replace(PICTURE, " ").split())
        if words:
            self.problems.append(Problem("hidden-markup", details={"raw": f"<{node.tag}>{words[:60]}"}))

    def _prepare(self, tree: LexborHTMLParser) -> list[LexborNode]:
        """Make each piece of text a line or block as it is shown; gives the tables, outer ones first."""
        found: tuple[list[LexborNode], ...] = tuple([] for _ in range(14))
        meaning_of = _MEANING.get
        for node in tree.root.traverse():  # type: ignore[union-attr]
            meaning = meaning_of(node.tag_id, _INLINE)
            if meaning:
                found[meaning].append(node)
        for node in found[_META]:
            self._note_meta(node)
        for node in found[_TITLE][:1]:
            self.title = _tidy(node.text_lexbor()) or None
        for node in found[_PICTURE]:
            node.insert_before(PICTURE)
        for node in found[_NOT_SHOWN]:
            around = node.parent
            if around is not None and around.tag_id in _CELLS and node.tag in _LATER:
                node.insert_before(PICTURE)
        lengths: dict[int, int] = {}
        for node in found[_FONT]:
            if _WHITE.search(f"color:{node.attributes.get('color')}") and _is_beside_dark(node, lengths):
                self._note_left_out(node)
                _rewrite([node], lambda _: "")
        for node in found[_TURNING]:
            node.insert_before(_OVERRIDE)
        for node in outermost(found[_FORMULA]):
            for part in node.css(_FORMULAS):
                if part.last_child is not None:
                    part.last_child.insert_before("^")
        for node in (*found[_NOT_SHOWN], *found[_PICTURE], *found[_TITLE]):
            node.decompose(recursive=False)
        for node in reversed(found[_STRUCK]):
            self._note_left_out(node)
            node.decompose(recursive=False)
        for node in found[_TYPED]:
            attributes = node.attributes
            value = attributes.get("value")
            entry = (attributes.get("type") or "").lower()
            if value and entry in _WRITABLE:
                node.insert_before(f" {value} ")
            elif entry not in _WRITABLE | {"hidden"} or attributes.get("placeholder"):
                node.insert_before(PICTURE)
        _rewrite(outermost(found[_LINES]), lambda text: text.replace("\n", _BREAK))
        _rewrite(outermost(found[_RAISED]), lambda text: text.translate(RAISED))
        for kind in (_INLINE, _RAISED, _TYPED, _TURNING, _FORMULA, _FONT):
            for node in found[kind]:
                node.unwrap(delete_empty=True)
        tree.merge_text_nodes()
        return found[_TABLE]

    def _note_meta(self, node: LexborNode) -> None:
        attributes = node.attributes
        key, content = attributes.get("name") or attributes.get("property"), attributes.get("content")
        if key and content:
            self.meta.setdefault(key, content)

    def _take_out(self, tables: list[LexborNode]) -> None:
        """Innermost first, as they stand behind the tables around them."""
        for number in range(len(tables) - 1, -1, -1):
            blocks, depth = self._table(tables[number])
            mark = f"{_MARK}{number}"
            self.taken[mark] = (blocks, depth)
            tables[number].replace_with(mark)

    def _spans(self, cell: LexborNode) -> tuple[int, int]:
        attributes = cell.attributes
        columns = min(_span(attributes.get("colspan")) or 1, self.limits.max_span)
        return columns, _span(attributes.get("rowspan"))

    def _table(self, table: LexborNode) -> tuple[list[_Block], int]:
        """The table as a grid, or what it holds where it serves only to place things on the page; and its depth."""
        #: row → cell → columns and rows it spans
        spans: dict[int, dict[int, tuple[int, int]]] = {}
        for cell in table.css(_SPANNING):
            if cell.parent is not None:
                spans.setdefault(cell.parent.mem_id, {})[cell.mem_id] = self._spans(cell)
        found: list[_Block] = []
        groups: list[tuple[str, list[_Row]]] = []
        depth = 0
        for group in table.iter():
            tag = group.tag or ""
            if tag in _GROUPS:
                rows = []
                for line in group.iter():
                    if line.tag_id == _ROW:
                        row, inner = self._row(line, spans.get(line.mem_id))
                        rows.append(row)
                        depth = max(depth, inner)
                groups.append((tag, rows))
            elif tag == "caption":
                blocks, depth = self._blocks(_text(group).split(_BREAK))
                found += blocks
        self.limits.check("max_depth", depth + 1, "the depth of tables within tables", self.name)
        rows, ends = _in_order(groups)
        inside = [block for row in rows for blocks in row.blocks.values() for block in blocks]
        if not inside or _is_data(rows):
            grid = self._grid(rows, ends)
            if grid.shape[1] > 1:
                if any(text and text != PICTURE for line in grid.cells for text in line):
                    found.append(grid)
                return found + [block for block in inside if _stands_alone(block)], depth + 1
        for row in rows:
            for place, text in enumerate(row.texts):
                found += row.blocks.get(place) or [
                    Paragraph(line) for line in (text or "").split("\n") if line.strip(PICTURE)
                ]
        return found, depth + 1

    def _row(self, line: LexborNode, spans: dict[int, tuple[int, int]] | None) -> tuple[_Row, int]:
        """A row of a table, and how deep tables stand in it."""
        # forms and fields may stand between cells
        nodes = [node for node in line.iter() if node.tag_id in _CELLS]
        texts: list[str | None] = []
        blocks: dict[int, list[_Block]] = {}
        depth = 0
        for node in nodes:
            text = _text(node)
            if not text or text.isalnum():
                texts.append(text)
            elif _MARK in text:
                blocks[len(texts)], inner = self._blocks(text.split(_BREAK))
                texts.append(_text_beside(blocks[len(texts)]))
                depth = max(depth, inner)
            else:
                texts.append(_tidy(text))
        wide = {i: spans[node.mem_id] for i, node in enumerate(nodes) if node.mem_id in spans} if spans else {}
        return _Row(texts, blocks, wide), depth

    def _blocks(self, lines: list[str]) -> tuple[list[_Block], int]:
        """A paragraph for each line of text, tables at their marks; and how deep they are."""
        blocks: list[_Block] = []
        depth = number = 0
        taken = self.taken
        for line in lines:
            if line in taken:
                inner, inner_depth = taken.pop(line)
                blocks += inner
                depth = max(depth, inner_depth)
            elif (shown := _tidy(line)) and shown != PICTURE:
                blocks.append(Paragraph(shown))
                number += 1
        self.tally.add_paragraphs(number)
        return blocks, depth

    def _grid(self, rows: list[_Row], ends: list[int]) -> Grid:
        """Spans unfolded by HTML's rules for forming a table; where two cells overlap the first keeps the place."""
        cells: list[list[str | None]] = [[] for _ in rows]
        corners: list[list[tuple[int, int] | None]] = [[] for _ in rows]
        for r, (texts, _, spans) in enumerate(rows):
            line, marks = cells[r], corners[r]
            column = 0
            last = max(spans) if spans else -1
            for i, text in enumerate(texts):
                while column < len(marks) and marks[column] is not None:
                    column += 1
                if i > last and column == len(marks):
                    line += texts[i:]
                    marks += zip(repeat(r), range(column, len(line)))
                    break
                columns, height = spans.get(i, _UNSPANNED)
                end = min(r + height, ends[r]) if height else ends[r]
                self._count(columns * (end - r))
                for below in range(r, end):
                    _cover(cells[below], corners[below], column, column + columns, text, (r, column))
                column += columns
        width = max(map(len, cells), default=0)
        self._count(width * len(rows))
        if any(len(line) < width for line in cells):
            begun = 1 + max((marks[-1][1] for marks in corners if marks and marks[-1]), default=0)
            # behind these a span is wider than the table, as no cell begins there
            cells, corners, width = [line[:begun] for line in cells], [marks[:begun] for marks in corners], begun
        for r, (line, marks) in enumerate(zip(cells, corners, strict=True)):
            short = width - len(line)
            line += [None] * short
            marks += [None] * short
            if None in marks:
                corners[r] = [mark or (r, c) for c, mark in enumerate(marks)]
        return Grid(cells, corners)  # type: ignore[arg-type]

    def _count(self, places: int) -> None:
        self.places += places
        if self.places > self.limits.max_cells:
            self.limits.check("max_cells", self.places, "the number of table cells", self.name)


def _text(node: LexborNode) -> str:
    """The text of an element, with a break between the pieces that stand apart."""
    return node.text(True, _BREAK, False, True)  # deep, separator, strip, skip_empty: by place they cost less


class _Said(NamedTuple):
    """What a style says of an element."""

    hidden: bool
    emptied: bool
    raised: bool
    white: bool
    placed: bool
    spread: bool
    turned: bool
    filled: bool


def _said(style: str) -> _Said | None:
    """What a style says that matters here; mostly nothing."""
    own = ground = None
    if "background" in style.lower():
        declared = {name.lower(): value.strip().lower() for name, value in _DECLARED.findall(style)}
        own = declared.get("color")
        ground = declared.get("background-color", declared.get("background"))
    emptied = bool(_EMPTIED.search(style) or (_OVERFLOWING.search(style) and _NO_ROOM.search(style)))
    others = (_RAISED_BY_STYLE, _WHITE, _PLACED, _SPREAD, _TURNED, _GENERATED)
    said = _Said(
        bool(_NOT_DISPLAYED.search(style)),
        emptied or (own is not None and own == ground and own not in _OF_OTHERS),
        *(bool(pattern.search(style)) for pattern in others),
    )
    return said if any(said) else None


def _styled(
    tree: LexborHTMLParser,
) -> tuple[list[LexborNode], list[LexborNode], list[LexborNode], list[tuple[LexborNode, str]]]:
    """The elements that are hidden, that keep their place and show nothing, that are raised, and that stand elsewhere.

    They come as they stand in the page, some of them twice; the last with what parts them from the text around.
    """
    hidden, emptied, raised = list[LexborNode](), list[LexborNode](), list[LexborNode]()
    placed = list[tuple[LexborNode, str]]()
    #: style -> what it says; most elements share theirs with others
    known: dict[str, _Said | None] = {}
    lengths: dict[int, int] = {}
    for node in tree.css("[hidden],[style]"):
        attributes = node.attributes
        style = attributes.get("style") or ""
        if style not in known:
            known[style] = _said(style)
        said = known[style]
        if ("hidden" in attributes or (said and said.hidden)) and node.tag not in ("html", "body"):
            hidden.append(node)
        if said is None:
            continue
        if said.emptied or (said.white and _is_beside_dark(node, lengths)):
            emptied.append(node)
        if said.raised:
            raised.append(node)
        if said.turned:
            placed.append((node, _OVERRIDE))
        elif said.placed and _is_within_line(node):
            placed.append((node, " "))
        if said.filled:
            node.insert_child(_UNKNOWN)
        if said.spread:
            placed += [(part, " ") for part in node.iter() if _is_within_line(part)]
    return hidden, emptied, raised, placed


def _is_within_line(node: LexborNode) -> bool:
    return _MEANING.get(node.tag_id, _INLINE) in (_INLINE, _FONT, _TURNING)


def _goes_on(node: LexborNode, beside: LexborNode | None) -> bool:
    """Whether an element is as far above or below the line as the one beside it, as the pieces of a word are."""
    style = node.attributes.get("style") or ""
    return beside is not None and beside.attributes.get("style") == style and _LIFTED.search(style) is not None


def _is_beside_dark(node: LexborNode, lengths: dict[int, int]) -> bool:
    """Whether white text stands in a cell without a ground of its own, beside text of another colour.

    ``lengths`` takes up those of the texts of cells, for the next ones in them.
    """
    part: LexborNode | None = node
    cell = None
    while part is not None and part.tag != "table":
        attributes = part.attributes
        if "class" in attributes or "bgcolor" in attributes or "background" in (attributes.get("style") or "").lower():
            return False
        cell = part if part.tag_id in _CELLS else cell
        part = part.parent
    if cell is None:
        return False
    if cell.mem_id not in lengths:
        lengths[cell.mem_id] = len(cell.text().strip())
    return lengths[cell.mem_id] > len(node.text().strip())


def _is_gap(node: LexborNode) -> bool:
    """Whether the size of nothing is only for the blanks between the elements in it."""
    sized = "font-size" in (node.attributes.get("style") or "").lower()
    return sized and any(part.mem_id != node.mem_id for part in node.css(_SIZED))


def _rewrite(nodes: list[LexborNode], change: Callable[[str], str]) -> None:
    """Change the texts inside of elements, none of which stands inside of another."""
    for node in nodes:
        for text in [part for part in node.traverse(include_text=True) if part.is_text_node]:
            old = text.text_content or ""
            new = change(old)
            if new != old:
                text.replace_with(new)


def _cover(
    line: list[str | None],
    marks: list[tuple[int, int] | None],
    first: int,
    behind: int,
    text: str | None,
    corner: tuple[int, int],
) -> None:
    free = first - len(line)
    if free >= 0:
        line += [None] * free + [text] * (behind - first)
        marks += [None] * free + [corner] * (behind - first)
        return
    short = behind - len(line)
    if short > 0:
        line += [None] * short
        marks += [None] * short
    for column in range(first, behind):
        if marks[column] is None:
            line[column] = text
            marks[column] = corner


def _in_order(groups: list[tuple[str, list[_Row]]]) -> tuple[list[_Row], list[int]]:
    """Rows as shown (the first head above, the first foot below), and for each where its group ends."""
    tags = [tag for tag, _ in groups]
    if "tfoot" in tags:
        groups.append(groups.pop(tags.index("tfoot")))
    if "thead" in tags:
        groups.insert(0, groups.pop([tag for tag, _ in groups].index("thead")))
    rows: list[_Row] = []
    ends: list[int] = []
    for _, group in groups:
        rows += group
        ends += [len(rows)] * len(group)
    return rows, ends


def _is_data(rows: list[_Row]) -> bool:
    """Whether a table with tables in it has values of its own: two filled cells in more than half of its rows."""
    side_by_side = 0
    for row in rows:
        if not any(_stands_alone(block) for blocks in row.blocks.values() for block in blocks):
            side_by_side += sum(map(bool, row.texts)) > 1
    return side_by_side * 2 > len(rows)


def _stands_alone(block: _Block) -> bool:
    """Whether a table in a cell is more than a way to write the cell's text."""
    return isinstance(block, Grid) and len(block.cells) > 1


def _text_beside(blocks: list[_Block]) -> str | None:
    """Text beside the grids in a cell; None where there is no other, so that the cell does not pass for blank."""
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif not _stands_alone(block):
            lines.append(" ".join(text for c, text in enumerate(block.cells[0]) if text and block.is_anchor(0, c)))
    return None if blocks and not lines else "\n".join(lines)


def _tidy(text: str) -> str:
    """Runs of blanks as one, breaks as line ends, pictures beside text gone.

    Thin and full-width blanks inside stay: they may group digits.
    """
    if PICTURE in text:
        return _tidy(text.replace(PICTURE, " ")) or PICTURE
    text = text.strip()
    if text.isprintable() and "  " not in text:
        return text
    if _BREAK in text:
        return "\n".join(line for part in text.split(_BREAK) if (line := _tidy(part)))
    return _BLANKS.sub(" ", text.translate(_UNSEEN)).strip()


def _span(value: str | None) -> int:
    """A span as browsers take it: leading digits; 1 where there are none."""
    if not value:
        return 1
    if value in _DIGITS:
        return int(value)
    match = _LEADING_NUMBER.match(value)
    return int(match[1]) if match else 1
