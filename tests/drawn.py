"""Tables drawn into a PDF in several manners, page by page, written out by hand: fast, and free of any library's habits."""

from __future__ import annotations

import io
import random
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import liaocheng_foi
from liaocheng_foi.grid import Grid

WIDTH, HEIGHT, MARGIN, ROW, SIZE = 595, 842, 40, 24, 7
MANNERS = ("strokes", "rectangles", "boxes", "open", "gaps", "none")


def draw(
    pages: list[list[Grid | str]],
    manner: str = "strokes",
    *,
    rotate: int = 0,
    letters: bool = False,
    misnamed: dict[str, int] | None = None,
    layer: str = "page",
    rng: random.Random | None = None,
) -> bytes:
    """A PDF of pages of grids and lines of text; a table that does not fit goes on on the next page.

    ``manner``: ``strokes``, ``rectangles`` (thin filled ones), ``boxes`` (one per cell), ``open`` (no outer lines at
    the sides), ``gaps`` (some edges inside are missing, as ``rng`` will), ``none`` (no lines at all). ``letters`` sets
    each letter for itself, in any order. ``rotate`` turns the paper, as scanned and landscape pages are. ``misnamed``
    are letters that look as they should and that the file calls by another code. ``layer``: ``page``, ``field`` (all of
    it filled into a field of a form), ``recognised`` (unseen, over a picture).
    """
    rng = rng or random.Random(0)
    streams = []
    for blocks in pages:
        streams += _Pages(manner, letters, rng).of(blocks)
    return _file(streams, rotate, misnamed or {}, layer)


class _Pages:
    """The content streams of what stands one below the other, on as many pages as it takes."""

    def __init__(self, manner: str, letters: bool, rng: random.Random) -> None:
        self.manner, self.letters, self.rng = manner, letters, rng
        self.streams: list[list[str]] = [[]]
        self.y: float = HEIGHT - MARGIN
        self.drawn: dict[tuple[float, ...], bool] = {}

    def of(self, blocks: list[Grid | str]) -> list[str]:
        for block in blocks:
            if isinstance(block, str):
                for line in (block[i : i + 70] for i in range(0, len(block), 70)):
                    self._room(ROW)
                    self._text(line, MARGIN, self.y - ROW / 2, centred=False)
                    self.y -= ROW
            else:
                self._table(block)
                self.y -= ROW / 2
        return ["\n".join(stream) for stream in self.streams]

    def _room(self, height: float) -> bool:
        if self.y - height >= MARGIN:
            return True
        self.streams.append([])
        self.y = HEIGHT - MARGIN
        return False

    def _table(self, grid: Grid) -> None:
        rows, columns = grid.shape
        wide = [1.0] * columns
        for column in range(1, columns):
            texts = [row[column] for row in grid.cells]
            if columns < 13 and any(text and len(text) > 12 for text in texts[5:]):
                wide[column] = 2.5
        xs = [float(MARGIN)]
        for each in wide:
            xs.append(xs[-1] + each * (WIDTH - 2 * MARGIN) / sum(wide))
        heights = [self._height(grid, r, xs) for r in range(rows)]
        first = 0
        while first < rows:
            self._room(heights[first])
            last, y = first, self.y
            ys = [y]
            while last < rows and y - heights[last] >= MARGIN:
                y -= heights[last]
                ys.append(y)
                last += 1
            if last == first:
                raise ValueError("a row is higher than the page")
            self._piece(grid, first, last, xs, ys)
            first, self.y = last, y

    def _height(self, grid: Grid, r: int, xs: list[float]) -> float:
        lines = 1
        for c, text in enumerate(grid.cells[r]):
            if text and grid.is_anchor(r, c) and (r + 1 == len(grid.cells) or grid.anchors[r + 1][c] != (r, c)):
                right = next((q for q in range(c, len(xs) - 1) if grid.anchors[r][q] != (r, c)), len(xs) - 1)
                lines = max(lines, len(_wrapped(text, xs[right] - xs[c])))
        return max(18, 8 + lines * (SIZE + 1))

    def _piece(self, grid: Grid, first: int, last: int, xs: list[float], ys: list[float]) -> None:
        columns = grid.shape[1]
        for r in range(first, last):
            for c in range(columns):
                if grid.cells[r][c] is None:
                    continue
                corner = grid.anchors[r][c]
                if not (corner[1] == c and (corner[0] == r or r == first)):
                    continue
                bottom = next((q for q in range(r, last) if grid.anchors[q][c] != corner), last)
                right = next((q for q in range(c, columns) if grid.anchors[r][q] != corner), columns)
                box = (xs[c], ys[bottom - first], xs[right], ys[r - first])
                self._edges(box, c == 0, right == columns, r == first, bottom == last)
                if grid.cells[r][c] and corner[0] == r:
                    shown = _wrapped(grid.cells[r][c], box[2] - box[0])
                    middle = (box[1] + box[3]) / 2 + (len(shown) - 1) * (SIZE + 1) / 2
                    for number, line in enumerate(shown):
                        self._text(line, (box[0] + box[2]) / 2, middle - number * (SIZE + 1), centred=True)

    def _edges(self, box: tuple[float, ...], left_end: bool, right_end: bool, top_end: bool, bottom_end: bool) -> None:
        left, bottom, right, top = box
        if self.manner == "none":
            return
        out = self.streams[-1]
        if self.manner == "boxes":
            out.append(f"0.6 w {left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re S")
            return
        edges = [(left, top, right, top, top_end), (left, bottom, right, bottom, bottom_end)]
        if not (self.manner == "open" and left_end):
            edges.append((left, bottom, left, top, left_end))
        if not (self.manner == "open" and right_end):
            edges.append((right, bottom, right, top, right_end))
        for x0, y0, x1, y1, outer in edges:
            if self.manner == "gaps" and not outer:
                place = (len(self.streams), round(x0 + x1), round(y0 + y1))
                if not self.drawn.setdefault(place, self.rng.random() > 0.02):
                    continue
            if self.manner == "rectangles":
                out.append(f"{x0:.2f} {y0:.2f} {x1 - x0 or 0.75:.2f} {y1 - y0 or 0.75:.2f} re f")
            else:
                out.append(f"0.6 w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")

    def _text(self, text: str, x: float, middle: float, *, centred: bool) -> None:
        left = x - _width(text) / 2 if centred else x
        pieces = [(left, text)]
        if self.letters:
            pieces = []
            for character in text:
                pieces.append((left, character))
                left += _width(character)
            self.rng.shuffle(pieces)
        for at, piece in pieces:
            glyphs = _font().glyphs
            # blanks that the font lacks are not drawn, as nothing is seen of them
            seen = [c for c in piece if c in glyphs or (c.isprintable() and not c.isspace())]
            if not glyphs.keys() >= set(seen):
                raise ValueError(f"the font lacks a letter of {piece}")
            code = "".join(f"{glyphs[c]:04x}" for c in seen)
            self.streams[-1].append(f"BT /F {SIZE} Tf {at:.2f} {middle - SIZE * 0.35:.2f} Td <{code}> Tj ET")


def _width(text: str) -> float:
    return sum(SIZE / 2 if 0x20 <= ord(c) < 0x7F else SIZE for c in text)


def _wrapped(text: str, room: float) -> list[str]:
    """Lines that fit; a number is never cut."""
    lines = [""]
    for part in text.split("\n"):
        if lines != [""]:
            lines.append("")
        for c in part:
            if lines[-1] and _width(lines[-1] + c) > room - 2 and not part.isascii():
                lines.append("")
            lines[-1] += c
    return [line for line in lines if line.strip()]


def _stream(data: bytes, of: str = "") -> bytes:
    packed = zlib.compress(data)
    return b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (of.encode(), len(packed), packed)


@dataclass
class _Font:
    """A part of the package's font, large enough for the form and the tests."""

    file: bytes
    glyphs: dict[str, int]
    widths: str
    unicode: bytes


@cache
def _font() -> _Font:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    package = Path(liaocheng_foi.__file__).parent
    sources = [package / "codebook.csv", *Path(__file__).parent.glob("*.py")]
    wanted = set("".join(map(chr, range(0x20, 0x7F)))).union(*(path.read_text(encoding="utf-8") for path in sources))
    wanted |= set(map(chr, range(0xFF01, 0xFF5F)))
    (file,) = (package / "fonts").glob("*.ttf")
    font = TTFont(file)
    subsetter = Subsetter(Options(layout_features=[], hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=map(ord, wanted))
    subsetter.subset(font)
    target = io.BytesIO()
    font.save(target)
    order = {name: number for number, name in enumerate(font.getGlyphOrder())}
    glyphs = {chr(code): order[name] for code, name in font.getBestCmap().items()}
    unit = font["head"].unitsPerEm / 1000
    widths = " ".join(f"{order[name]} [{width / unit:.0f}]" for name, (width, _) in font["hmtx"].metrics.items())
    pairs = sorted((glyph, ord(c)) for c, glyph in glyphs.items() if ord(c) < 0x10000)
    parts = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    ranges = "\n".join(
        f"{len(part)} beginbfchar\n" + "\n".join(f"<{glyph:04x}> <{code:04x}>" for glyph, code in part) + "\nendbfchar"
        for part in parts
    )
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{ranges}\nendcmap end end"
    )
    return _Font(_stream(target.getvalue()), glyphs, widths, unicode.encode())


#: degrees the page is turned when shown → what turns its content the other way, width and height of the paper.
_TURNS = {
    0: ("", WIDTH, HEIGHT),
    90: (f"0 1 -1 0 {HEIGHT} 0 cm", HEIGHT, WIDTH),
    180: (f"-1 0 0 -1 {WIDTH} {HEIGHT} cm", WIDTH, HEIGHT),
    270: (f"0 -1 1 0 0 {WIDTH} cm", HEIGHT, WIDTH),
}


#: A picture of one dot.
_DOT = "BI /W 1 /H 1 /CS /G /BPC 8 ID ~ EI"


def _file(streams: list[str], rotate: int, misnamed: dict[str, int], layer: str) -> bytes:
    count, font = len(streams), _font()
    unicode = font.unicode
    for letter, code in misnamed.items():
        line = f"<{font.glyphs[letter]:04x}> <%04x>"
        unicode = unicode.replace((line % ord(letter)).encode(), (line % code).encode())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{8 + 2 * i} 0 R' for i in range(count))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Noto /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Noto /FontDescriptor 5 0 R /DW 1000 /W [{font.widths}]"
        " /CIDToGIDMap /Identity /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>".encode(),
        b"<< /Type /FontDescriptor /FontName /Noto /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 /FontFile2 7 0 R >>",
        _stream(unicode),
        font.file,
    ]
    for number, stream in enumerate(streams):
        turn, width, height = _TURNS[rotate]
        paper, fonts = f"[0 0 {width} {height}]", "/Resources << /Font << /F 3 0 R >> >>"
        content = f"/Contents {9 + 2 * number} 0 R"
        if layer == "field":
            seen = f"/Rect {paper} /F 4 /AP << /N {9 + 2 * number} 0 R >>"
            content = f"/Annots [<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) {seen} >>]"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox {paper} /Rotate {rotate} {content} {fonts} >>".encode())
        over = f"q {width} 0 0 {height} 0 0 cm {_DOT} Q 3 Tr\n" if layer == "recognised" else ""
        objects.append(
            _stream(f"{turn}\n{over}{stream}".encode(), f"/Type /XObject /Subtype /Form /BBox {paper} {fonts}")
        )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
