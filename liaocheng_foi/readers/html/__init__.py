"""Web pages → grids and paragraphs, as a browser would lay them out.

The tree is the one browsers build (Lexbor). It is prepared where it stands: what is not shown is taken out, elements
within a line give way to their text, and each table, the innermost first, to a mark that stands for it. Then every
piece of text is a line or block of its own, and what remains are the paragraphs in reading order. Thus almost all
work is done in the parser's own code, nothing recurses, and no text is met twice.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from ...grid import PICTURE, RAISED, Document, Grid, Paragraph
from ...problems import Problem, ReadError
from ..encoding import decode, is_binary
from ..limits import Limits, Tally
from ..spans import Row, collapsed, in_order, spans, unfold, without
from . import elements, style_rules
from .elements import CELLS, MEANING, ROW, outermost, rewrite
from .elsewhere import elsewhere
from .markup import check_cost
from .visibility import TURNED, UNKNOWN, leave_out, left_out

_Block = Grid | Paragraph
#: In texts: the end of a line or block, and the beginning of the mark that stands for a table.
_BREAK, _MARK = "\v", "\x02"
_FORMULAS = "mfrac,msup,msub,msubsup,mroot,mover,munder,munderover"
_GROUPS = frozenset(("tbody", "thead", "tfoot"))
#: Scripts and elements in cells that may put a figure there.
_FILLING = "td>script"
_LATER = frozenset(("noscript", "template"))
#: Blank elements in cells that scripts know by a name, which is no bookmark, or by what they are to show.
_FILLED = (
    "td :empty:is(span,div,label,output,b,i)[id]:not([id^=_],[id^=OLE_]),"
    "td :empty:is([data-value],[data-val],[data-bind],[v-text],[v-html],[ng-bind])"
)
#: Elements in cells that may show figures which are no text of theirs.
_TELLING = "td ol:not([style*=none]),th ol:not([style*=none]),td iframe,th iframe,td svg:has(text),th svg:has(text)"
#: A template that is shown where it stands.
_SHADOW = "shadowrootmode"
_BLANKS = re.compile(r"[ \t\r\n\f]+")
#: Soft hyphen, zero-width space and joiners, word joiner, byte-order mark; a no-break space is a blank.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None) | {0xA0: " "}
_WRITABLE = frozenset(("", "text", "number", "tel"))


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
        self.tally = Tally(limits, name)
        #: mark in the text -> what the table there gave, and how deep tables stand in it
        self.taken: dict[str, tuple[list[_Block], int]] = {}
        check_cost(markup, name, limits)
        tree = LexborHTMLParser(markup, scripting=True, options=LexborDocumentOptions.WO_EVENTS)
        _mark_filled(tree)
        self.problems = style_rules.apply(tree, len(markup))
        tree.strip_tags(["script", "style"])
        self.problems += leave_out(tree, self.name, self.limits)
        tables = self._prepare(tree)
        self._take_out(tables)
        root = tree.body or tree.root
        text = _text(root) if root is not None else ""
        # the memory of a large page is given back before its paragraphs are made
        del tree, root, tables
        lines = text.split(_BREAK)
        del text
        self.blocks = self._blocks(lines)[0]

    def _prepare(self, tree: LexborHTMLParser) -> list[LexborNode]:
        """Make each piece of text a line or block as it is shown; gives the tables, outer ones first."""
        found: tuple[list[LexborNode], ...] = tuple([] for _ in range(elements.KINDS))
        meaning_of = MEANING.get
        for node in tree.root.traverse():  # type: ignore[union-attr]
            meaning = meaning_of(node.tag_id, elements.INLINE)
            if meaning:
                found[meaning].append(node)
        for node in found[elements.META]:
            self._note_meta(node)
        for node in found[elements.TITLE][:1]:
            self.title = _tidy(node.text_lexbor()) or None
        apart = (*found[elements.PICTURED], *found[elements.NUMBERED])
        telling = {node.mem_id for node in tree.css(_TELLING)} if apart else set()
        for node in apart:
            if node.mem_id in telling:
                node.insert_before(UNKNOWN)
            elif node.tag != "ol":
                node.insert_before(PICTURE)
        for node in found[elements.NOT_SHOWN]:
            around = node.parent
            if around is not None and around.tag_id in CELLS and node.tag in _LATER:
                node.insert_before(PICTURE)
            if node.tag == "template" and _SHADOW in node.attributes:
                node.insert_before(UNKNOWN)
        for node in found[elements.TURNING]:
            node.insert_before(TURNED)
        for node in outermost(found[elements.FORMULA]):
            for part in node.css(_FORMULAS):
                if part.last_child is not None:
                    part.last_child.insert_before("^")
        for node in (*found[elements.NOT_SHOWN], *found[elements.PICTURED], *found[elements.TITLE]):
            node.decompose(recursive=False)
        for node in reversed(found[elements.STRUCK]):
            self.problems += left_out(node)
            node.decompose(recursive=False)
        for node in found[elements.TYPED]:
            attributes = node.attributes
            value = attributes.get("value")
            entry = (attributes.get("type") or "").lower()
            if value and entry in _WRITABLE:
                node.insert_before(f" {value} ")
            elif entry not in _WRITABLE | {"hidden"} or attributes.get("placeholder"):
                node.insert_before(PICTURE)
        rewrite(outermost(found[elements.LINES]), lambda text: text.replace("\n", _BREAK))
        rewrite(outermost(found[elements.RAISED_TEXT]), lambda text: text.translate(RAISED))
        for kind in (elements.INLINE, elements.RAISED_TEXT, elements.TYPED, elements.TURNING, elements.FORMULA):
            for node in found[kind]:
                node.unwrap(delete_empty=True)
        tree.merge_text_nodes()
        return found[elements.TABLE]

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

    def _table(self, table: LexborNode) -> tuple[list[_Block], int]:
        """The table as a grid, or what it holds where it serves only to place things on the page; and its depth."""
        spanning = spans(table, self.limits.max_span)
        found: list[_Block] = []
        groups: list[tuple[str, list[Row]]] = []
        hidden: list[bool] = []
        depth = 0
        for group in table.iter():
            tag = group.tag or ""
            if tag in _GROUPS:
                rows = []
                for line in group.iter():
                    if line.tag_id == ROW:
                        row, inner = self._row(line, spanning.get(line.mem_id))
                        rows.append(row)
                        depth = max(depth, inner)
                groups.append((tag, rows))
            elif tag == "colgroup":
                hidden += collapsed(group, self.limits.max_span)
            elif tag == "caption":
                blocks, depth = self._blocks(_text(group).split(_BREAK))
                found += blocks
        self.limits.check("max_depth", depth + 1, "the depth of tables within tables", self.name)
        rows, ends = in_order(groups)
        inside = [block for row in rows for blocks in row.blocks.values() for block in blocks]
        if not inside or _is_data(rows):
            grid = unfold(rows, ends, self.tally)
            if any(hidden):
                self.problems.append(Problem("hidden-markup", details={"raw": "<col>"}))
                grid = without(grid, hidden)
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

    def _row(self, line: LexborNode, spanning: dict[int, tuple[int, int]] | None) -> tuple[Row, int]:
        """A row of a table, and how deep tables stand in it."""
        # forms and fields may stand between cells
        nodes = [node for node in line.iter() if node.tag_id in CELLS]
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
        wide = {i: spanning[node.mem_id] for i, node in enumerate(nodes) if node.mem_id in spanning} if spanning else {}
        return Row(texts, blocks, wide), depth

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
                if number > self.limits.max_paragraphs:
                    break
        self.tally.add_paragraphs(number)
        return blocks, depth


def _mark_filled(tree: LexborHTMLParser) -> None:
    """What a script puts into a cell is not known, and no blank."""
    for node in tree.css(_FILLING):
        node.insert_before(PICTURE)
    for node in tree.css(_FILLED):
        node.insert_child(PICTURE)


def _text(node: LexborNode) -> str:
    """The text of an element, with a break between the pieces that stand apart."""
    only = node.first_child
    if only is None:
        return ""
    if only.is_text_node and only.next is None:
        return only.text_content or ""
    return node.text(True, _BREAK, False, True)  # deep, separator, strip, skip_empty: by place they cost less


def _is_data(rows: list[Row]) -> bool:
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
