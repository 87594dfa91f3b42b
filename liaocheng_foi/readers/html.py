"""Web pages → grids and paragraphs, as a browser would lay them out.

The tree is the one browsers build (Lexbor). It is written out again as the well-formed markup it stands for and
read from there in one pass, which takes a fifth of the time of visiting its nodes and cannot recurse. Spans are
unfolded by the rules of HTML, with bounds, so that a span of a thousand million columns costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from ..grid import Document, Grid, Paragraph
from ..problems import Problem, ReadError
from .encoding import decode
from .limits import Limits
from .markup import check_cost, pieces

#: What a container holds, in reading order; ``_BREAK`` in a text is the end of a line or block.
_Part = str | Grid | Paragraph
_BREAK = "\v"

#: What a tag does; all others stand within a line.
_BLOCK, _CELL, _OUT_OF_CELL, _ROW, _ROWS, _TABLE, _END_TABLE, _SILENT, _TITLE, _META, _INPUT, _MODE = range(12)
_TAGS: dict[str, int] = dict.fromkeys(
    ("script", "style", "template", "noscript", "iframe", "noembed", "noframes", "xmp", "plaintext", "object", "svg",
     "math", "canvas", "audio", "video", "select", "datalist", "button", "del", "s", "strike"), _SILENT,
) | {
    "td": _CELL, "th": _CELL, "/td": _OUT_OF_CELL, "/th": _OUT_OF_CELL, "tr": _ROW, "thead": _ROWS, "tbody": _ROWS,
    "tfoot": _ROWS, "table": _TABLE, "/table": _END_TABLE, "title": _TITLE, "meta": _META, "input": _INPUT,
    "caption": _BLOCK, "br": _BLOCK, "hr": _BLOCK, "pre": _MODE, "/pre": _MODE, "sup": _MODE, "/sup": _MODE,
}  # fmt: skip
for _name in (
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header",
    "footer", "main", "nav", "aside", "center", "form", "fieldset", "legend", "blockquote", "address", "figure",
    "figcaption", "body", "details", "summary", "hgroup", "dialog", "menu", "dir", "listing", "textarea",
):  # fmt: skip
    _TAGS[_name] = _TAGS["/" + _name] = _BLOCK

#: The content of these is no markup, so that their like cannot open in them.
_RAW = frozenset(("script", "style", "iframe", "noembed", "noframes", "xmp", "plaintext"))
_STRUCK = frozenset(("del", "s", "strike"))
#: Hidden, these hide nothing (void), or only until a script has run (the whole page).
_NEVER_HIDDEN = frozenset(("html", "body", "br", "hr", "img", "input", "meta", "link", "col", "wbr", "embed", "area"))
_ATTRIBUTE = re.compile(r'([^\s=]+)="([^"]*)"')
_NOT_DISPLAYED = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.IGNORECASE)
_LEADING_NUMBER = re.compile(r"\s*\+?([0-9]{1,9})")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
#: Soft hyphen, zero-width space and joiners, word joiner, byte-order mark.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TYPED = frozenset(("", "text", "number", "tel"))


@dataclass(slots=True)
class _Cell:
    parts: list[_Part]
    columns: int = 1
    rows: int = 1
    """0 for a cell that reaches to the end of its group of rows."""


@dataclass(slots=True)
class _Table:
    outside: list[_Part] = field(default_factory=list)
    """Its caption."""
    groups: list[tuple[str, list[list[_Cell]]]] = field(default_factory=list)
    """Tag and rows of thead, tbody, tfoot."""
    holds_grids: bool = False


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a web page.

    Raises :class:`ReadError` when it holds no text or is over a limit.
    """
    limits.check("max_bytes", len(data), "the file's size in bytes", name)
    text, replaced = decode(data)
    if text.count("\x00") * 20 > len(text) or replaced * 5 > len(text):
        raise ReadError(f"{name}: this is not a web page but binary data; give the page as saved by a browser.")
    page = _Page(name, limits)
    page.read(text)
    if not page.blocks:
        raise ReadError(f"{name}: the page holds no text; open it in a browser and save it once it is shown in full.")
    problems = page.problems
    if replaced:
        problems = [Problem("encoding-replaced", details={"count": replaced}), *problems]
    return Document(page.blocks, "html", name, page.title, page.meta, problems)


def fragment(markup: str, *, name: str, limits: Limits) -> list[Grid | Paragraph]:
    """The blocks of a piece of HTML inside another medium; none where it holds no text."""
    page = _Page(name, limits)
    page.read(markup)
    return page.blocks


class _Page:
    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.blocks: list[Grid | Paragraph] = []
        self.title: str | None = None
        self.meta: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.places = 0

    def read(self, text: str) -> None:
        """One pass over the tags, in document order."""
        check_cost(text, self.name, self.limits)
        tags = pieces(_well_formed(text))
        parts: list[_Part] = []
        document = parts
        table = _Table()
        rows: list[list[_Cell]] = []
        row: list[_Cell] = []
        outer: list[tuple[_Table, list[list[_Cell]], list[_Cell], list[_Part]]] = []
        modes = {"pre": 0, "sup": 0}
        in_mode = False
        kind_of = _TAGS.get
        for piece in tags:
            tag, _, text = piece.partition(">")
            attributes = ""
            if " " in tag:
                tag, _, attributes = tag.partition(" ")
                if ("none" in attributes or "hidden" in attributes) and _hidden(tag, attributes):
                    text = self._pass_over(tag, attributes, tags, text)
                    tag = ""
            kind = kind_of(tag)
            if kind is None:
                if tag.startswith("!--"):
                    text = _after_comment(piece, tags)
            elif kind == _CELL:
                parts = []
                cell = _Cell(parts)
                if "span=" in attributes:
                    cell.columns, cell.rows = self._spans(attributes)
                row.append(cell)
            elif kind == _OUT_OF_CELL:
                parts = table.outside
            elif kind == _BLOCK:
                parts.append(_BREAK)
            elif kind == _ROW:
                row = []
                rows.append(row)
            elif kind == _ROWS:
                rows = []
                table.groups.append((tag, rows))
            elif kind == _TABLE:
                outer.append((table, rows, row, parts))
                self.limits.check("max_depth", len(outer), "the depth of tables within tables", self.name)
                table = _Table()
                parts = table.outside
            elif kind == _END_TABLE:
                found = self._close(table)
                table, rows, row, parts = outer.pop()
                table.holds_grids |= any(isinstance(block, Grid) for block in found)
                parts += found or [_BREAK]
            elif kind == _MODE:
                modes[tag.removeprefix("/")] += -1 if tag[0] == "/" else 1
                in_mode = any(modes.values())
                if tag.endswith("pre"):
                    parts.append(_BREAK)
            elif kind == _SILENT:
                text = self._pass_over(tag, attributes, tags, text)
            elif kind == _TITLE:
                self.title = self.title or _tidy(_plain(text)) or None
                text = ""
            elif kind == _META:
                self._note_meta(attributes)
            elif kind == _INPUT:
                text = _typed(attributes) + text
            if text:
                if "&" in text:
                    text = _plain(text)
                if in_mode:
                    text = text.replace("\n", _BREAK) if modes["pre"] else text
                    text = text.translate(_RAISED) if modes["sup"] else text
                parts.append(text)
        self.blocks = _blocks(document)

    def _spans(self, attributes: str) -> tuple[int, int]:
        found = _attributes(attributes)
        columns = _span(found.get("colspan"), zero=1)
        return min(columns, self.limits.max_span), _span(found.get("rowspan"), zero=0)

    def _note_meta(self, attributes: str) -> None:
        found = _attributes(attributes)
        key = found.get("name") or found.get("property")
        if key and found.get("content"):
            self.meta.setdefault(unescape(key), unescape(found["content"]))

    def _pass_over(self, tag: str, attributes: str, tags: Iterator[str], text: str) -> str:
        """Leave an element out; gives the text behind it. A hidden table, cell or struck text is recorded."""
        depth = 1
        end, again = "/" + tag, tag + " "
        notable = tag in _STRUCK or tag not in _TAGS or _TAGS[tag] != _SILENT
        with_table = tag in ("table", "tr", "td", "th", *_STRUCK)
        said = [text]
        for piece in tags:
            head, _, text = piece.partition(">")
            if head == end:
                depth -= 1
                if not depth:
                    break
            elif tag not in _RAW:
                depth += head == tag or head.startswith(again)
                with_table |= head == "table" or head.startswith("table ")
            said.append(text)
        else:
            text = ""
        if notable and with_table and (words := _tidy(_plain(" ".join(said)))):
            opening = f"{tag} {attributes}".strip()[:60]
            self.problems.append(Problem("hidden-markup", details={"raw": f"<{opening}>{words[:40]}"}))
        return text

    def _close(self, table: _Table) -> list[Grid | Paragraph]:
        """The table as a grid, or what it holds where it serves only to place things on the page."""
        found = _blocks(table.outside)
        rows, ends = _in_order(table.groups)
        if not table.holds_grids or _is_data(rows):
            grid = self._grid(rows, ends)
            if grid.shape[1] > 1:
                if any(text for line in grid.cells for text in line):
                    found.append(grid)
                if table.holds_grids:
                    found += [part for row in rows for cell in row for part in cell.parts if _stands_alone(part)]
                return found
        for row in rows:
            for cell in row:
                found += _blocks(cell.parts)
        return found

    def _grid(self, rows: list[list[_Cell]], ends: list[int]) -> Grid:
        """Spans unfolded by HTML's rules for forming a table; where two cells overlap the first keeps the place."""
        cells: list[list[str | None]] = [[] for _ in rows]
        corners: list[list[tuple[int, int] | None]] = [[] for _ in rows]
        for r, row in enumerate(rows):
            line, marks = cells[r], corners[r]
            column = 0
            for cell in row:
                while column < len(marks) and marks[column] is not None:
                    column += 1
                text = _text(cell.parts)
                if cell.columns == 1 == cell.rows:
                    if column == len(marks):
                        line.append(text)
                        marks.append((r, column))
                    else:
                        line[column] = text
                        marks[column] = (r, column)
                    column += 1
                    continue
                end = min(r + cell.rows, ends[r]) if cell.rows else ends[r]
                self._count(cell.columns * (end - r))
                for below in range(r, end):
                    _cover(cells[below], corners[below], column, column + cell.columns, text, (r, column))
                column += cell.columns
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


def _well_formed(text: str) -> str:
    """The page as its tree says it: all tags closed, attributes quoted, ``<`` and ``>`` in texts and values escaped."""
    markup = LexborHTMLParser(text).html or ""
    if not markup.isascii():
        for character in _UNSEEN:
            markup = markup.replace(character, "")
    return markup.replace("&nbsp;", " ")


def _in_order(groups: list[tuple[str, list[list[_Cell]]]]) -> tuple[list[list[_Cell]], list[int]]:
    """Rows as shown (the first head above, the first foot below), and for each where its group ends."""
    if len(groups) > 1:
        tags = [tag for tag, _ in groups]
        first = [groups[tags.index("thead")]] if "thead" in tags else []
        last = [groups[tags.index("tfoot")]] if "tfoot" in tags else []
        groups = first + [group for group in groups if not any(group is end for end in first + last)] + last
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
        if not any(_stands_alone(part) for cell in row for part in cell.parts):
            side_by_side += sum(bool(_text(cell.parts)) for cell in row) > 1
    return side_by_side * 2 > len(rows)


def _stands_alone(part: _Part) -> bool:
    """Whether a table in a cell is more than a way to write the cell's text."""
    return isinstance(part, Grid) and len(part.cells) > 1


def _text(parts: list[_Part]) -> str | None:
    """Text of a cell of data; None where all it holds is a grid of its own, so that it does not pass for blank."""
    if not parts:
        return ""
    first = parts[0]
    if len(parts) == 1 and type(first) is str:
        return _tidy(first)
    words = []
    for part in parts:
        if isinstance(part, str):
            words.append(part)
        elif isinstance(part, Paragraph):
            words += (_BREAK, part.text.replace("\n", _BREAK), _BREAK)
        elif not _stands_alone(part):
            anchors = [text for c, text in enumerate(part.cells[0]) if text and part.is_anchor(0, c)]
            words += (_BREAK, " ".join(anchors), _BREAK)
    return _tidy("".join(words)) or (None if any(map(_stands_alone, parts)) else "")


def _blocks(parts: list[_Part]) -> list[Grid | Paragraph]:
    """Grids, and between them a paragraph per line or block of text."""
    blocks: list[Grid | Paragraph] = []
    run: list[str] = []
    for part in [*parts, None]:
        if isinstance(part, str):
            run.append(part)
            continue
        blocks += [Paragraph(text) for line in "".join(run).split(_BREAK) if (text := _tidy(line))]
        run.clear()
        if part is not None:
            blocks.append(part)
    return blocks


def _tidy(text: str) -> str:
    """Runs of blanks as one, breaks as line ends. Thin and full-width blanks inside stay: they may group digits."""
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    if _BREAK in text:
        return "\n".join(line for part in text.split(_BREAK) if (line := _tidy(part)))
    return _BLANKS.sub(" ", text).strip()


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _after_comment(piece: str, tags: Iterator[str]) -> str:
    while (end := piece.find("-->")) < 0:
        following = next(tags, None)
        if following is None:
            return ""
        piece = following
    return piece[end + 3 :]


def _attributes(text: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(text))


def _hidden(tag: str, attributes: str) -> bool:
    if tag in _NEVER_HIDDEN:
        return False
    found = _attributes(attributes)
    return "hidden" in found or _NOT_DISPLAYED.search(found.get("style", "")) is not None


def _typed(attributes: str) -> str:
    """What a field of a form shows."""
    found = _attributes(attributes)
    return found.get("value", "").replace("&quot;", '"') if found.get("type", "").lower() in _TYPED else ""


def _span(value: str | None, *, zero: int) -> int:
    """A span as browsers take it: leading digits; 1 where there are none; 0 means ``zero``."""
    match = _LEADING_NUMBER.match(value or "")
    return int(match[1]) or zero if match else 1
