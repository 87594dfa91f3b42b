"""Web pages → grids and paragraphs, as a browser would lay them out.

The tree is the one browsers build (Lexbor). It is prepared where it stands: what is not shown is taken out, ends
of lines and blocks are marked in the text, and each table, the innermost first, gives way to a mark that stands
for it. What text remains are the paragraphs in reading order. Thus almost all work is done in the parser's own
code, nothing recurses, and no text is met twice. Spans are unfolded by the rules of HTML, with bounds, so that a
span of a thousand million columns costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..grid import Document, Grid, Paragraph
from ..problems import Problem, ReadError
from .encoding import decode, is_binary
from .limits import Limits, Tally
from .markup import check_cost

_Block = Grid | Paragraph
#: What tags mean for the text; all others stand within a line.
_BLOCK, _TABLE, _NOT_SHOWN, _STRUCK, _RAISED, _TYPED, _LINES, _TITLE, _META = range(9)
_TAGS = {
    tag: meaning
    for meaning, tags in {
        _BLOCK: "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main nav aside center form "
        "fieldset legend blockquote address figure figcaption details summary hgroup dialog menu dir textarea "
        "br hr listing xmp plaintext",
        _TABLE: "table",
        _NOT_SHOWN: "script style template noscript iframe noembed noframes object svg math canvas audio video "
        "select datalist button",
        _STRUCK: "del s strike",
        _RAISED: "sup",
        _TYPED: "input",
        _LINES: "pre",
        _TITLE: "title",
        _META: "meta",
    }.items()
    for tag in tags.split()
}
_BLOCKS = frozenset(tag for tag, meaning in _TAGS.items() if meaning == _BLOCK)
#: Elements whose ends end a line anyway.
_HOLDERS = _BLOCKS - {"br", "hr"} | {"body", "td", "th"}
#: In texts: the end of a line or block, and the beginning of the mark that stands for a table.
_BREAK, _MARK = "\v", "\x02"
_HIDDEN = '[hidden],[style*="display" i]'
_NOT_DISPLAYED = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.IGNORECASE)
_CELLS = frozenset(("td", "th"))
_SPANNING = "[colspan],[rowspan]"
_UNSPANNED = (1, 1)
_LEADING_NUMBER = re.compile(r"\s*\+?([0-9]{1,9})")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
#: Soft hyphen, zero-width space and joiners, word joiner, byte-order mark; a no-break space is a blank.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None) | {0xA0: " "}
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WRITABLE = frozenset(("", "text", "number", "tel"))


#: What a cell shows (text; blocks where tables stand in it), columns, rows (0: to the end of its group of rows).
_Cell = tuple[str | list[_Block], int, int]


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a web page.

    Raises :class:`ReadError` when it holds no text or is over a limit.
    """
    limits.check("max_text", len(data), "the page's size in bytes", name)
    text, replaced = decode(data)
    if is_binary(text) or replaced * 5 > len(text):
        raise ReadError(f"{name}: this is not a web page but binary data; give the page as saved by a browser.")
    markup = text.encode("utf-8")
    if markup == data:
        markup = data
    del text  # the tree of a large page needs the room of the copies
    page = _Page(markup, name, limits)
    if not page.blocks:
        raise ReadError(f"{name}: the page holds no text; open it in a browser and save it once it is shown in full.")
    problems = page.problems
    if replaced:
        problems = [Problem("encoding-replaced", details={"count": replaced}), *problems]
    return Document(page.blocks, "html", name, page.title, page.meta, problems)


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
        tree = LexborHTMLParser(markup, scripting=True)
        self._leave_out_hidden(tree)
        tables = self._prepare(tree)
        self._take_out(tables, tree)
        root = tree.body or tree.root
        text = root.text_lexbor() if root is not None else ""
        del tree, root, tables
        self.blocks = self._blocks(text)[0]

    def _leave_out_hidden(self, tree: LexborHTMLParser) -> None:
        """A page hidden as a whole is one that a script shows, so the body stays."""
        for node in reversed(tree.css(_HIDDEN)):
            attributes = node.attributes
            if node.tag in ("html", "body"):
                continue
            if "hidden" in attributes or _NOT_DISPLAYED.search(attributes.get("style") or ""):
                if node.tag in ("tr", "td", "th") or node.css_first("table") is not None:
                    self._note_left_out(node)
                node.decompose(recursive=False)

    def _note_left_out(self, node: LexborNode) -> None:
        words = " ".join(node.text(separator=" ").split())
        if words:
            self.problems.append(Problem("hidden-markup", details={"raw": f"<{node.tag}>{words[:60]}"}))

    def _prepare(self, tree: LexborHTMLParser) -> list[LexborNode]:
        """Make the text of each element what is shown of it; gives the tables, outer ones first."""
        found: dict[int, list[LexborNode]] = {meaning: [] for meaning in range(9)}
        meaning_of = _TAGS.get
        for node in tree.root.traverse():  # type: ignore[union-attr]
            meaning = meaning_of(node.tag)  # type: ignore[arg-type]
            if meaning is None:
                continue
            if meaning == _BLOCK:
                _set_apart(node)
            else:
                found[meaning].append(node)
        for node in found[_META]:
            self._note_meta(node)
        for node in found[_TITLE][:1]:
            self.title = _tidy(node.text_lexbor()) or None
        for node in (*found[_NOT_SHOWN], *found[_TITLE]):
            node.decompose(recursive=False)
        for node in reversed(found[_STRUCK]):
            self._note_left_out(node)
            node.decompose(recursive=False)
        for node in found[_TYPED]:
            attributes = node.attributes
            value = attributes.get("value")
            if value and (attributes.get("type") or "").lower() in _WRITABLE:
                node.insert_before(value)
        for node in found[_LINES]:
            node.insert_before(_BREAK)
            node.insert_after(_BREAK)
        _rewrite(found[_LINES], "pre", lambda text: text.replace("\n", _BREAK))
        _rewrite(found[_RAISED], "sup", lambda text: text.translate(_RAISED_DIGITS))
        return found[_TABLE]

    def _note_meta(self, node: LexborNode) -> None:
        attributes = node.attributes
        key, content = attributes.get("name") or attributes.get("property"), attributes.get("content")
        if key and content:
            self.meta.setdefault(key, content)

    def _take_out(self, tables: list[LexborNode], tree: LexborHTMLParser) -> None:
        """Innermost first, as they stand behind the tables around them."""
        spans = {node.mem_id: self._spans(node.attributes) for node in tree.css(_SPANNING)} if tables else {}
        for number in range(len(tables) - 1, -1, -1):
            blocks, depth = self._table(tables[number], spans)
            mark = f"{_MARK}{number}"
            self.taken[mark] = (blocks, depth)
            tables[number].replace_with(f"{_BREAK}{mark}{_BREAK}")

    def _spans(self, attributes: dict[str, str | None]) -> tuple[int, int]:
        columns = _span(attributes.get("colspan"), zero=1)
        return min(columns, self.limits.max_span), _span(attributes.get("rowspan"), zero=0)

    def _table(self, table: LexborNode, spans: dict[int, tuple[int, int]]) -> tuple[list[_Block], int]:
        """The table as a grid, or what it holds where it serves only to place things on the page; and its depth."""
        found: list[_Block] = []
        groups: list[tuple[str, list[list[_Cell]]]] = []
        depth = 0
        for group in table.iter():
            tag = group.tag
            if tag in ("tbody", "thead", "tfoot"):
                rows = []
                for line in group.iter():
                    if line.tag != "tr":
                        continue
                    row: list[_Cell] = []
                    for cell in line.iter():
                        if cell.tag not in _CELLS:  # comments, and forms and fields that stand between cells
                            continue
                        text = cell.text_lexbor()
                        columns, height = spans.get(cell.mem_id, _UNSPANNED)
                        if text.isalnum():
                            row.append((text, columns, height))
                        elif _MARK in text:
                            blocks, inner = self._blocks(text)
                            depth = max(depth, inner)
                            row.append((blocks, columns, height))
                        else:
                            row.append((_tidy(text), columns, height))
                    rows.append(row)
                groups.append((tag, rows))
            elif tag == "caption":
                blocks, depth = self._blocks(group.text_lexbor())
                found += blocks
        self.limits.check("max_depth", depth + 1, "the depth of tables within tables", self.name)
        rows, ends = _in_order(groups)
        inside = [block for row in rows for cell in row if isinstance(cell[0], list) for block in cell[0]]
        if not inside or _is_data(rows):
            grid = self._grid(rows, ends)
            if grid.shape[1] > 1:
                if any(text for line in grid.cells for text in line):
                    found.append(grid)
                return found + [block for block in inside if _stands_alone(block)], depth + 1
        for row in rows:
            for content, _, _ in row:
                if isinstance(content, str):
                    content = [Paragraph(line) for line in content.split("\n") if line]
                found += content
        return found, depth + 1

    def _blocks(self, text: str) -> tuple[list[_Block], int]:
        """A paragraph for each line or block of the text, tables at their marks; and how deep they are."""
        blocks: list[_Block] = []
        depth = 0
        for line in text.split(_BREAK):
            if line in self.taken:
                inner, inner_depth = self.taken.pop(line)
                blocks += inner
                depth = max(depth, inner_depth)
            elif shown := _tidy(line):
                self.tally.add_paragraphs()
                blocks.append(Paragraph(shown))
        return blocks, depth

    def _grid(self, rows: list[list[_Cell]], ends: list[int]) -> Grid:
        """Spans unfolded by HTML's rules for forming a table; where two cells overlap the first keeps the place."""
        cells: list[list[str | None]] = [[] for _ in rows]
        corners: list[list[tuple[int, int] | None]] = [[] for _ in rows]
        for r, row in enumerate(rows):
            line, marks = cells[r], corners[r]
            column = 0
            for content, columns, height in row:
                while column < len(marks) and marks[column] is not None:
                    column += 1
                text = content if isinstance(content, str) else _text_beside(content)
                if column == len(marks) and columns == 1 == height:
                    line.append(text)
                    marks.append((r, column))
                    column += 1
                    continue
                end = min(r + height, ends[r]) if height else ends[r]
                self._count(columns * (end - r))
                for below in range(r, end):
                    _cover(cells[below], corners[below], column, column + columns, text, (r, column))
                column += columns
        width = max(map(len, cells), default=0)
        self._count(width * len(rows))
        for r, (line, marks) in enumerate(zip(cells, corners, strict=True)):
            short = width - len(line)
            line += [None] * short
            marks += [None] * short
            if None in marks:
                corners[r] = [mark or (r, c) for c, mark in enumerate(marks)]
        return Grid(cells, corners)  # type: ignore[arg-type]

    def _count(self, places: int) -> None:
        self.places += places
        self.limits.check("max_cells", self.places, "the number of table cells", self.name)


def _set_apart(node: LexborNode) -> None:
    """Mark the ends of a block; a mark costs memory, so that none stands where another block begins or ends too."""
    before, behind = node.prev, node.next
    if before is None or behind is None:
        parent = node.parent
        within = parent is not None and parent.tag in _HOLDERS
    if before is not None or not within:
        node.insert_before(_BREAK)
    if (not within) if behind is None else behind.tag not in _BLOCKS:
        node.insert_after(_BREAK)


def _rewrite(nodes: list[LexborNode], tag: str, change: Callable[[str], str]) -> None:
    """Change the texts inside of elements of one kind; those within others of their kind are met with these."""
    inner: set[int] = set()
    for node in nodes:
        if node.mem_id in inner:
            continue
        inner.update(other.mem_id for other in node.css(tag))
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
    short = behind - len(line)
    if short > 0:
        line += [None] * short
        marks += [None] * short
    for column in range(first, behind):
        if marks[column] is None:
            line[column] = text
            marks[column] = corner


def _in_order(groups: list[tuple[str, list[list[_Cell]]]]) -> tuple[list[list[_Cell]], list[int]]:
    """Rows as shown (the first head above, the first foot below), and for each where its group ends."""
    tags = [tag for tag, _ in groups]
    if "tfoot" in tags:
        groups.append(groups.pop(tags.index("tfoot")))
    if "thead" in tags:
        groups.insert(0, groups.pop([tag for tag, _ in groups].index("thead")))
    rows: list[list[_Cell]] = []
    ends: list[int] = []
    for _, group in groups:
        rows += group
        ends += [len(rows)] * len(group)
    return rows, ends


def _is_data(rows: list[list[_Cell]]) -> bool:
    """Whether a table with tables in it has values of its own: two filled cells in more than half of its rows."""
    side_by_side = 0
    for row in rows:
        if not any(_stands_alone(block) for cell in row for block in cell[0]):
            side_by_side += sum(bool(cell[0]) for cell in row) > 1
    return side_by_side * 2 > len(rows)


def _stands_alone(block: _Block | str) -> bool:
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
    """Runs of blanks as one, breaks as line ends. Thin and full-width blanks inside stay: they may group digits."""
    text = text.strip()
    if text.isprintable() and "  " not in text:
        return text
    if _BREAK in text:
        return "\n".join(line for part in text.split(_BREAK) if (line := _tidy(part)))
    return _BLANKS.sub(" ", text.translate(_UNSEEN)).strip()


def _span(value: str | None, *, zero: int) -> int:
    """A span as browsers take it: leading digits; 1 where there are none; 0 means ``zero``."""
    match = _LEADING_NUMBER.match(value or "")
    return int(match[1]) or zero if match else 1
