"""Word documents (DOCX) → grids and paragraphs, as they print once every tracked change is accepted.

One walk over the body with its own stack. Spans are unfolded by grid column, with bounds. Word keeps no pages, so
pages are None; headers, footers, notes and automatic numbers of paragraphs are not part of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ...grid import PICTURE, RAISED, Document, Grid, Paragraph
from ...problems import Problem, ReadError
from ..figures import FIGURE
from ..limits import Limits, Tally
from ..ooxml import Package, shown
from .looks import Look, Looks, TableLooks, child, is_of_pictures, is_on, is_raised, is_unseen, shift
from .numbering import Level, unseen_numbers
from .tables import Cell, Row, Table

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

#: What the walk does at an element; one that is not here is only walked through.
_KINDS = {
    **{_W + tag: tag for tag in ("p", "r", "t", "tc", "tr", "tbl", "txbxContent", "sym", "altChunk", "subDoc")},
    **{_W + tag: "break" for tag in ("br", "cr")},
    **{_W + tag: "tab" for tag in ("tab", "ptab")},
    **{_W + tag: "picture" for tag in ("drawing", "pict", "object", "contentPart", "pgNum", "fldSimple")},
    _W + "noBreakHyphen": "hyphen",
    _W + "fldChar": "field",
    _M + "t": "t",
    # what a formula sets above, below, beside or under a sign
    **dict.fromkeys(
        (_W + "bdo", *(_M + tag for tag in (
            "den", "sup", "sub", "deg", "mr", "eqArr", "d", "groupChr", "bar", "acc", "borderBox", "phant", "lim",
        ))),
        "apart",
    ),
    _MC + "AlternateContent": "alternatives",
    # properties are read where their owner begins; the others print nothing in the final state
    **dict.fromkeys(
        (_W + tag for tag in (
            "pPr", "rPr", "tcPr", "trPr", "tblPr", "tblPrEx", "tblGrid", "sdtPr", "sdtEndPr", "sectPr", "del",
            "moveFrom", "delText", "instrText", "delInstrText", "rt", "binData",
        )),
        "silent",
    ),
}  # fmt: skip
#: Namespaces of what Word knows; of alternatives it prints the first that asks for no other.
_KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
#: How the names of documents end that Word takes in when it opens the one that holds them.
_TAKEN_IN = (".mht", ".mhtml", ".htm", ".html", ".rtf", ".docx")
#: So many tabs outside of tables set columns.
_OF_COLUMNS = 20
#: Rows as low as this, in twentieths of a point, show nothing.
_FLAT = 40
_DELETED = (_W + "del", _W + "moveFrom")
_VALUE, _TEXT, _NUMBERED = _W + "val", _W + "t", _W + "numId"
_OF_CELL, _OF_ROW = _W + "tcPr", _W + "trPr"
#: What the properties of a cell say of where it begins and ends.
_EXTENTS = {_W + tag: tag for tag in ("gridSpan", "vMerge", "cellMerge", "hMerge", "cellDel")}


def read(data: bytes, *, name: str, limits: Limits) -> Document:
    """Read a Word document.

    Raises :class:`ReadError` when it is no DOCX, damaged, protected, holds no text or is over a limit.
    """
    if data.startswith(_OLE):
        raise ReadError(f"{name}: this is an old or a protected Word file, not DOCX; open it and save it as .docx.")
    package = Package(data, name, limits)
    part = package.main("word/document.xml")
    inside = package.read(part)
    if inside is None:
        raise ReadError(f"{name}: the file holds no Word document (word/document.xml); save it again as .docx.")
    root = package.parsed(inside, part)
    walk = _Walk(name, limits, Looks(package, part, root, inside), unseen_numbers(package))
    walk.run(root)
    blocks = walk.blocks()
    advice = "" if any(isinstance(block, Grid) for block in blocks) else _advice(package, walk.tabs)
    if not blocks:
        raise ReadError(f"{name}: the document holds no text; {advice or 'is this the report?'}")
    return Document(blocks, "docx", name, package.title(), problems=walk.problems, advice=advice)


def _advice(package: Package, tabs: int) -> str:
    """What to do about a document without tables, with so many tabs; nothing where its parts do not tell."""
    for part in package.parts():
        if part.startswith("word/embeddings/"):
            return f"it holds another file ({part}); open that in Word, save it as a file of its own and give that."
        if part.endswith(_TAKEN_IN):
            return f"it takes in another document ({part}); open it in Word, save it again and give that."
    if tabs >= _OF_COLUMNS:
        return "its columns are set with tabs and not in a table; save it as plain text (.txt) and give that."
    pictures = sum(part.startswith("word/media/") for part in package.parts())
    return f"it shows {pictures} picture(s); if the report is one of them, run OCR on it first." if pictures else ""


class _Walk:
    """One pass over the body in document order."""

    def __init__(self, name: str, limits: Limits, looks: Looks, unseen_numbers: set[Level]) -> None:
        self.name = name
        self.limits = limits
        self.problems: list[Problem] = []
        self.found: list[Paragraph | Table] = []
        #: tables begun and not ended, the innermost last
        self.tables: list[Table] = []
        #: how many there are outside of tables
        self.tabs = 0
        #: where text goes: the paragraph outside of tables, then the cells and text boxes begun
        self.texts: list[list[str]] = [[]]
        self.tally = Tally(limits, name)
        self.paragraphs_open = 0
        #: whether the result has begun of each field begun; until then stands what it is to show, not what it shows
        self.fields: list[bool] = []
        self.looks = looks
        #: how what stands in the cells, text boxes and paragraphs begun looks, where anything is unseen or raised
        self.under: list[Look] = [looks.default]
        self.table_looks: list[TableLooks] = []
        #: whether the end of any paragraph is deleted, and whether any has an automatic number
        self.deletes = self.numbers = False
        self.unseen_numbers = unseen_numbers

    def run(self, root: etree._Element) -> None:
        """Walk through a document."""
        self.numbers = self.looks.numbers or next(root.iter(_NUMBERED), None) is not None
        self.deletes = next(root.iter(*_DELETED), None) is not None
        path: list[tuple[Iterator[etree._Element], etree._Element | None, str | None]] = [(iter(root), None, None)]
        while path:
            children, owner, of_owner = path[-1]
            for node in children:
                kind = _KINDS.get(node.tag)
                if kind == "silent":
                    continue
                if kind == "t":
                    if all(self.fields):
                        self.texts[-1].append(node.text or "")
                    continue
                if kind == "tc" and not (self.tables and self.tables[-1].rows):
                    kind = None  # a cell outside of rows is but a place for text
                if kind == "alternatives":
                    path.append((_printed_branch(node), None, None))
                    break
                if kind is None or self._enter(node, kind):
                    path.append((iter(node), node, kind))
                    break
            else:
                path.pop()
                if owner is not None:
                    self._leave(owner, of_owner)
        self._end_paragraph()

    def _enter(self, node: etree._Element, kind: str) -> bool:
        """Whether what is inside prints."""
        text = self.texts[-1]
        if kind == "tc":
            return self._enter_cell(node)
        if kind == "r":
            if not self.paragraphs_open:
                self._end_line()
            return not (self.looks.telling and self._marked(node))
        if kind == "p":
            if self.paragraphs_open:
                self._end_line()
            self.paragraphs_open += 1
            if self.numbers and self._is_value() and self.looks.number(node) not in self.unseen_numbers:
                words = shown("".join(part.text or "" for part in node.iter(_TEXT)))
                # before words a number counts them; before a figure it would seem to be a part of it
                text.append("^" if FIGURE.fullmatch(words) else "" if words else PICTURE)
            if self.looks.telling:
                self.under.append(self.looks.of_paragraph(self.under[-1], node))
            return True
        if kind == "tab":
            text.append("\t")
            self.tabs += not self.tables
        elif kind == "break":
            self._end_line()
        elif kind == "hyphen":
            text.append("-")
        elif kind == "picture":
            if self.tables:
                text.append(PICTURE)
        elif kind == "sym":
            text.append(_symbol(node))
        elif kind == "field":
            self._field(node.get(_W + "fldCharType"))
        elif kind == "apart":
            text.append("^")
        elif kind in ("altChunk", "subDoc"):
            self.problems.append(Problem("hidden-markup", details={"raw": f"<{kind}>"}))
        elif kind == "tbl":
            self._enter_table(node)
        elif kind == "tr" and self.tables:
            return self._enter_row(node)
        elif kind == "txbxContent":
            self.under.append({})  # its ground is that of its shape
            if self.tables:
                self._end_line()
            else:
                self.texts.append([])
        return True

    def _leave(self, node: etree._Element, kind: str | None) -> None:
        if kind == "p":
            self.paragraphs_open -= 1
            self.fields.clear()
            if self.looks.telling:
                self.under.pop()
            if not (self.deletes and _mark_deleted(node)):
                self._end_line()
        elif kind == "r" and not self.paragraphs_open:
            self._end_line()
        elif kind == "tc":
            self.texts.pop()
            self.under.pop()
        elif kind == "tbl":
            self.tables.pop()
            self.table_looks.pop()
        elif kind == "txbxContent":
            self.under.pop()
            self._end_line()
            if not self.tables:
                self.texts.pop()

    def _is_value(self) -> bool:
        """Whether this is in a table, and not in the first cell of a row, where a number would count the rows."""
        rows = self.tables[-1].rows if self.tables else []
        return bool(rows) and len(rows[-1].cells) > 1

    def _end_line(self) -> None:
        if self.tables:
            self.texts[-1].append("\n")
        else:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        text = shown("".join(self.texts[-1]))
        self.texts[-1].clear()
        if text:
            self.tally.add_paragraphs()
            self.found.append(Paragraph(text))

    def _enter_table(self, node: etree._Element) -> None:
        self.limits.check("max_depth", len(self.tables) + 1, "the depth of tables within tables", self.name)
        if self.tables:
            self.tables[-1].nested = True
        else:
            self._end_paragraph()
        table = Table()
        self.found.append(table)
        self.tables.append(table)
        self.table_looks.append(self.looks.of_table(node))

    def _enter_row(self, node: etree._Element) -> bool:
        row = Row(is_last=self.looks.telling and next(node.itersiblings(node.tag), None) is None)
        properties = child(node, _OF_ROW)
        if properties is not None:
            if child(properties, _W + "del") is not None:
                return False
            if is_on(child(properties, _W + "hidden")) or _is_flat(child(properties, _W + "trHeight")):
                self._note(node)
                return False
            row.before = self._count(child(properties, _W + "gridBefore"), least=0)
        self.tables[-1].rows.append(row)
        return True

    def _enter_cell(self, node: etree._Element) -> bool:
        cell = Cell()
        row = self.tables[-1].rows[-1]
        properties = child(node, _OF_CELL)
        for mark in () if properties is None else properties:
            kind = _EXTENTS.get(mark.tag)
            if kind is None:
                continue
            if kind == "gridSpan":
                cell.columns = self._count(mark, least=1)
            elif kind == "vMerge":
                cell.reaches_down = True
                cell.continues = mark.get(_VALUE, "continue") == "continue"
            elif kind == "cellMerge" and mark.get(_W + "vMerge"):
                cell.reaches_down = True
                cell.continues = mark.get(_W + "vMerge") == "cont"
            elif kind == "hMerge" and mark.get(_VALUE, "continue") == "continue" and row.cells:
                row.cells[-1].columns += 1
                self._note(node)
                return False
            elif kind == "cellDel":
                return False
        row.cells.append(cell)
        self.texts.append(cell.text)
        self.under.append(self._look_of_cell(node, properties))
        return True

    def _look_of_cell(self, node: etree._Element, properties: etree._Element | None) -> Look:
        if not self.looks.telling:
            return self.looks.default
        rows = self.tables[-1].rows
        is_last = next(node.itersiblings(node.tag), None) is None
        place = len(rows) - 1, len(rows[-1].cells) - 1, rows[-1].is_last, is_last
        own = self.table_looks[-1].at(*place)
        under = self.looks.default | own if own else self.looks.default
        return self.looks.of_cell(under, properties)

    def _count(self, mark: etree._Element | None, least: int) -> int:
        value = mark.get(_VALUE, "") if mark is not None else ""
        return min(max(int(value[:9]), least), self.limits.max_span) if value.isdecimal() else least

    def _field(self, mark: str | None) -> None:
        """A field begins, its result begins, or it ends; one that was never worked out shows something unknown."""
        if mark == "begin":
            self.fields.append(False)
        elif mark == "separate" and self.fields:
            self.fields[-1] = True
        elif mark == "end" and self.fields and not self.fields.pop() and self.tables:
            self.texts[-1].append(PICTURE)

    def _marked(self, run: etree._Element) -> bool:
        """Whether a run is dealt with: unseen, shifted, raised as the marks of notes are, or of pictures."""
        properties = child(run, _W + "rPr")
        look = self.under[-1] if properties is None else self.looks.of_run(self.under[-1], properties)
        if is_unseen(look, properties):
            self._note(run)
            return True
        texts = [part.text or "" for part in run.iter(_TEXT)]
        if is_raised(look, run):
            self.texts[-1] += [text.translate(RAISED) for text in texts]
        elif moved := shift(run):
            begins, ends = (moved != shift(beside) for beside in (run.getprevious(), run.getnext()))
            self.texts[-1] += [" " * begins, *texts, " " * ends]
        elif is_of_pictures(properties):
            self.texts[-1].append(PICTURE)
        else:
            return False
        return True

    def _note(self, node: etree._Element) -> None:
        """A problem where something that does not print holds a digit."""
        self._note_text(" ".join(part.text or "" for part in node.iter(_TEXT)))

    def _note_text(self, text: str) -> None:
        text = shown(text)
        if any(character.isdigit() for character in text):
            self.problems.append(Problem("hidden-markup", details={"raw": text[:80]}))

    def blocks(self) -> list[Grid | Paragraph]:
        """Paragraphs and grids; a table that only frames tables gives its own texts as paragraphs."""
        blocks: list[Grid | Paragraph] = []
        for block in self.found:
            if isinstance(block, Paragraph):
                blocks.append(block)
            elif block.is_frame:
                texts = (cell.shown() for row in block.rows for cell in row.cells if not cell.continues)
                blocks += [Paragraph(text) for text in texts if text]
            elif any(row.cells for row in block.rows):
                self.tally.add_cells(len(block.rows), block.width)
                blocks.append(block.grid(self._note_text))
        return blocks


def _is_flat(height: etree._Element | None) -> bool:
    """Whether a row is too low for its text to be seen."""
    value = "" if height is None else height.get(_VALUE, "")
    return height is not None and height.get(_W + "hRule") == "exact" and value.isdecimal() and int(value[:9]) <= _FLAT


def _printed_branch(alternatives: etree._Element) -> Iterator[etree._Element]:
    """The one of several branches that Word prints."""
    for branch in alternatives:
        asked = branch.get("Requires", "").split()
        if all((branch.nsmap.get(prefix) or "").startswith(_KNOWN) for prefix in asked):
            return iter((branch,))
    return iter(())


def _mark_deleted(paragraph: etree._Element) -> bool:
    """Whether the end of the paragraph is deleted, so that the next one goes on in it."""
    properties = child(paragraph, _W + "pPr")
    mark = None if properties is None else child(properties, _W + "rPr")
    return mark is not None and child(mark, *_DELETED) is not None


def _symbol(node: etree._Element) -> str:
    """The character of a symbol font; the font Symbol has digits and ASCII marks in a private range."""
    try:
        code = int(node.get(_W + "char", ""), 16)
        if node.get(_W + "font") == "Symbol" and 0xF020 <= code <= 0xF07E:
            code -= 0xF000
        character = chr(code)
    except (ValueError, OverflowError):
        return ""
    return "" if "\ud800" <= character <= "\udfff" else character
