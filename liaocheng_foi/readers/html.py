"""Web pages → grids and paragraphs, as a browser would lay them out.

The tree is the one browsers build (Lexbor); spans are unfolded here by the rules of HTML, with bounds, so that a
span of a thousand million columns costs nothing. The walk keeps its own stack: depth is not a danger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..grid import Document, Grid, Paragraph
from ..problems import Problem, ReadError
from .encoding import decode, is_binary
from .limits import Limits

#: Nothing in these is text of the page.
_SILENT = frozenset(
    ("script", "style", "template", "noscript", "head", "title", "meta", "link", "iframe", "object", "svg", "select",
     "textarea", "option", "button", "math", "col", "colgroup", "-comment", "_comment")
)  # fmt: skip
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header",
     "footer", "main", "nav", "aside", "center", "form", "fieldset", "blockquote", "pre", "hr", "address", "figure",
     "figcaption", "body", "caption", "details", "summary", "table", "thead", "tbody", "tfoot", "tr", "td", "th")
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LEADING_NUMBER = re.compile(r"\s*\+?(\d+)")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None) | {0xA0: " "}


@dataclass(slots=True)
class _Cell:
    columns: int
    rows: int
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    row: list[_Cell] | None = None
    cell: _Cell | None = None
    nested: bool = False
    """Whether a cell of it holds a table."""


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a web page.

    Raises :class:`ReadError` when it holds no text or is over a limit.
    """
    limits.check("max_bytes", len(data), "the file's size in bytes", name)
    text, replaced = decode(data)
    if not text.strip():
        raise ReadError(f"{name}: the page holds no text.")
    if is_binary(text):
        raise ReadError(f"{name}: this is not a web page but binary data.")
    parser = LexborHTMLParser(text)
    walk = _Walk(name, limits)
    root = parser.body or parser.root
    if root is not None:
        walk.run(root)
    problems = walk.problems
    if replaced:
        problems = [Problem("encoding-replaced", details={"count": replaced}), *problems]
    title, meta = _head(parser)
    return Document(walk.blocks(), "html", name, title, meta, problems)


def _head(parser: LexborHTMLParser) -> tuple[str | None, dict[str, str]]:
    head = parser.head
    if head is None:
        return None, {}
    title = head.css_first("title")
    meta = {}
    for tag in head.css("meta"):
        attributes = tag.attributes
        key = attributes.get("name") or attributes.get("property")
        if key and attributes.get("content"):
            meta[key] = str(attributes["content"])
    return (title.text(strip=True) or None) if title is not None else None, meta


class _Walk:
    """One pass over the tree in document order."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.problems: list[Problem] = []
        self.found: list[Paragraph | _Table] = []
        self.tables: list[_Table] = []
        self.line: list[str] = []
        self.cells = 0

    def run(self, root: LexborNode) -> None:
        node: LexborNode | None = root.child
        depth = 0
        path: list[tuple[LexborNode, str]] = []
        while node is not None or path:
            if node is None:
                node, tag = path.pop()
                self._leave(tag)
                depth -= tag == "table"
                node = node.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "")
                node = node.next
            elif tag in _SILENT:
                node = node.next
            elif tag == "br":
                self._break()
                node = node.next
            elif self._hidden(node):
                self._note_hidden(node)
                node = node.next
            else:
                if tag == "table":
                    depth += 1
                    self.limits.check("max_depth", depth, "the depth of tables within tables", self.name)
                self._enter(node, tag)
                path.append((node, tag))
                node = node.child
        self._flush()

    def _hidden(self, node: LexborNode) -> bool:
        attributes = node.attributes
        if not attributes:
            return False
        style = attributes.get("style")
        return "hidden" in attributes or (style is not None and _HIDDEN.search(style) is not None)

    def _note_hidden(self, node: LexborNode) -> None:
        if node.css_first("table") is not None or node.tag == "table":
            self.problems.append(Problem("hidden-markup", details={"raw": f"<{node.tag}> display:none"}))

    def _text(self, text: str) -> None:
        table = self.tables[-1] if self.tables else None
        if table is not None and table.cell is not None:
            table.cell.text.append(text)
        else:
            self.line.append(text)

    def _break(self) -> None:
        table = self.tables[-1] if self.tables else None
        if table is not None and table.cell is not None:
            table.cell.text.append("\v")
        else:
            self._flush()

    def _flush(self) -> None:
        if self.line:
            shown = _shown("".join(self.line))
            self.line.clear()
            if shown:
                self.found.append(Paragraph(shown))

    def _enter(self, node: LexborNode, tag: str) -> None:
        if tag == "table":
            self._flush()
            if self.tables:
                self.tables[-1].nested = True
            opened = _Table()
            self.found.append(opened)
            self.tables.append(opened)
            return
        if not self.tables:
            if tag in _BLOCKS:
                self._flush()
            return
        table = self.tables[-1]
        if tag == "tr":
            table.row = []
            table.rows.append(table.row)
            table.cell = None
        elif tag in ("td", "th"):
            attributes = node.attributes
            table.cell = _Cell(
                min(_span(attributes.get("colspan"), 1), self.limits.max_span), _span(attributes.get("rowspan"), 0)
            )
            if table.row is None:
                table.row = []
                table.rows.append(table.row)
            table.row.append(table.cell)
        elif tag == "caption":
            self._flush()
        elif tag in _BLOCKS and table.cell is not None:
            table.cell.text.append("\v")

    def _leave(self, tag: str) -> None:
        table = self.tables[-1] if self.tables else None
        if tag == "table":
            self._flush()
            self.tables.pop()
        elif table is None:
            if tag in _BLOCKS:
                self._flush()
        elif tag in ("td", "th"):
            table.cell = None
        elif tag == "tr":
            table.row = None
        elif tag in _BLOCKS:
            if table.cell is not None:
                table.cell.text.append("\v")
            else:
                self._flush()

    def blocks(self) -> list[Grid | Paragraph]:
        """Paragraphs and grids; a table that holds tables is a frame, its own texts are paragraphs."""
        blocks: list[Grid | Paragraph] = []
        for block in self.found:
            if isinstance(block, Paragraph):
                blocks.append(block)
            elif block.nested and not _is_grid(block):
                for row in block.rows:
                    blocks += [Paragraph(text) for cell in row if (text := _shown("".join(cell.text)))]
            elif any(block.rows):
                blocks.append(self._grid(block))
        return blocks

    def _grid(self, table: _Table) -> Grid:
        """Spans unfolded by HTML's rules for forming a table, bounded."""
        height = len(table.rows)
        cells: list[list[str | None]] = [[] for _ in range(height)]
        anchors: list[list[tuple[int, int]]] = [[] for _ in range(height)]
        width = 0
        #: column -> (rows still covered, text, corner) of cells that reach down from above
        reaching: dict[int, tuple[int, str, tuple[int, int]]] = {}
        for r, row in enumerate(table.rows):
            line: dict[int, tuple[str, tuple[int, int]]] = {}
            for c, (left, text, corner) in list(reaching.items()):
                line[c] = (text, corner)
                if left == 1:
                    del reaching[c]
                else:
                    reaching[c] = (left - 1, text, corner)
            column = 0
            for cell in row:
                while column in line:
                    column += 1
                text = _shown("".join(cell.text))
                rows = height - r if cell.rows == 0 else min(cell.rows, height - r)
                for c in range(column, column + cell.columns):
                    if c in line and c != column:
                        break
                    line[c] = (text, (r, column))
                    if rows > 1:
                        reaching[c] = (rows - 1, text, (r, column))
                column += cell.columns
            row_width = max(line, default=-1) + 1
            width = max(width, row_width)
            self.cells += row_width
            self.limits.check("max_cells", self.cells, "the number of table cells", self.name)
            cells[r] = [line[c][0] if c in line else None for c in range(row_width)]
            anchors[r] = [line[c][1] if c in line else (r, c) for c in range(row_width)]
        for r in range(height):
            short = len(cells[r])
            cells[r] += [None] * (width - short)
            anchors[r] += [(r, c) for c in range(short, width)]
        return Grid(cells, anchors)


def _is_grid(table: _Table) -> bool:
    """Whether a table with a table in it is still a table of data: most rows have several filled cells."""
    filled = [sum(bool("".join(cell.text).strip()) for cell in row) for row in table.rows]
    return sum(count >= 2 for count in filled) * 2 > len(filled)


def _span(value: str | None, zero: int) -> int:
    """A span as browsers take it: leading digits; 1 where there are none; 0 means ``zero``."""
    match = _LEADING_NUMBER.match(value) if value else None
    if match is None:
        return 1
    number = int(match[1][:9])
    return number or zero


def _shown(text: str) -> str:
    """Text with runs of blanks as one, marks of breaks as line ends, unseen characters gone."""
    shown = _BLANKS.sub(" ", text.translate(_UNSEEN))
    if "\v" not in shown:
        return shown.strip()
    return "\n".join(line for part in shown.split("\v") if (line := part.strip()))
