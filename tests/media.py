"""A printed document in any medium, from its grids, and in the many manners that a medium is written in."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable
from html import escape

import xlsxwriter
from drawn import MANNERS as MANNERS_OF_DRAWING
from drawn import draw
from screen import screen

from liaocheng_foi.grid import Document, Grid


def _boxes(grid: Grid):
    """(row, column, rows, columns, text) of each printed cell."""
    height, width = grid.shape
    for r in range(height):
        for c in range(width):
            if not grid.is_anchor(r, c) or grid.cells[r][c] is None:
                continue
            down = 1
            while r + down < height and grid.anchors[r + down][c] == (r, c):
                down += 1
            across = 1
            while c + across < width and grid.anchors[r][c + across] == (r, c):
                across += 1
            yield r, c, down, across, grid.cells[r][c]


def html(document: Document) -> bytes:
    parts = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            parts.append(f"<p>{escape(block.text)}</p>")
            continue
        lines: list[list[str]] = [[] for _ in range(block.shape[0])]
        for r, _, down, across, text in _boxes(block):
            shown = escape(text).replace("\n", "<br>")
            spans = f' colspan="{across}"' * (across > 1) + f' rowspan="{down}"' * (down > 1)
            lines[r].append(f"<td{spans}>{shown}</td>")
        parts.append("<table>" + "".join(f"<tr>{''.join(line)}</tr>" for line in lines) + "</table>")
    return f"<meta charset=utf-8><body>{''.join(parts)}".encode()


def _flat(grid: Grid) -> list[list[str]]:
    rows = [[""] * grid.shape[1] for _ in range(grid.shape[0])]
    for r, c, _, _, text in _boxes(grid):
        rows[r][c] = " ".join(text.split("\n"))
    return rows


def text(document: Document) -> bytes:
    parts = []
    for block in document.blocks:
        if isinstance(block, Grid):
            parts.append("\n".join("\t".join(row) for row in _flat(block)))
        else:
            parts.append(block.text)
    return "\n\n".join(parts).encode()


def markdown(document: Document) -> bytes:
    parts = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            parts.append(f"## {block.text}")
            continue
        rows = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in _flat(block)]
        parts.append("\n".join([rows[0], "|" + "---|" * block.shape[1], *rows[1:]]))
    return "\n\n".join(parts).encode()


def table(document: Document) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    for block in document.blocks:
        if isinstance(block, Grid):
            writer.writerows(_flat(block))
        else:
            writer.writerow([block.text])
        target.write("\r\n")
    return target.getvalue().encode()


def xlsx(document: Document) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    at = 0
    for block in document.blocks:
        if not isinstance(block, Grid):
            sheet.write_string(at, 0, block.text)
            at += 2
            continue
        for r, c, down, across, content in _boxes(block):
            if down * across > 1:
                sheet.merge_range(at + r, c, at + r + down - 1, c + across - 1, content)
            else:
                sheet.write_string(at + r, c, content)
        at += block.shape[0] + 1
    book.close()
    return target.getvalue()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(document: Document) -> bytes:
    parts = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            parts.append(_paragraph(block.text))
            continue
        rows = []
        for r in range(block.shape[0]):
            cells, c = [], 0
            while c < block.shape[1]:
                if block.cells[r][c] is None:
                    c += 1
                    continue
                corner = block.anchors[r][c]
                across = 1
                while c + across < block.shape[1] and block.anchors[r][c + across] == corner:
                    across += 1
                reaches = r + 1 < block.shape[0] and block.anchors[r + 1][c] == corner
                merge = '<w:vMerge w:val="restart"/>' if corner[0] == r and reaches else ""
                merge = "<w:vMerge/>" if corner[0] != r else merge
                shown = (block.cells[r][c] or "") if corner[0] == r else ""
                cells.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/>{merge}</w:tcPr>{_paragraph(shown)}</w:tc>')
                c += across
            rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
        parts.append(f"<w:tbl>{''.join(rows)}</w:tbl>")
    return _docx(
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{"".join(parts)}</w:body></w:document>'
    )


def _docx(body: str) -> bytes:
    types = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", body)
    return target.getvalue()


def _paragraph(text: str) -> str:
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:p><w:r>{runs}</w:r></w:p>"


def pdf(document: Document) -> bytes:
    """One page for each grid, headings before it."""
    pages: list[list[Grid | str]] = [[]]
    for block in document.blocks:
        if isinstance(block, Grid):
            pages[-1].append(block)
            pages.append([])
        else:
            pages[-1].append(block.text)
    return draw([page for page in pages if page])


# ---- manners: the same medium as other programs and people write it ----


def html_of_a_portal(document: Document, rng: random.Random) -> bytes:
    """A page as content management systems serve it: menus, layout tables, Word's markup, broken spans, GBK."""
    parts = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            parts.append(f'<p class="MsoNormal" style="text-indent:32pt"><span>{escape(block.text)}&nbsp;</span></p>')
            continue
        lines: list[list[str]] = [[] for _ in range(block.shape[0])]
        for r, _, down, across, text in _boxes(block):
            shown = escape(text).replace("\n", "<br/>")
            inside = rng.choice(("{}", "<p>{}</p>", "<p><span lang=EN-US>&nbsp;{}</span></p>", "<div>\n{}\n</div>"))
            tag = "th" if rng.random() < 0.1 else "td"
            # a span over the last rows reaches further than the table
            tall = down + 5 if r + down == block.shape[0] and down > 1 else down
            spans = f' rowspan="{tall}"' * (down > 1) + f' colspan="{across}"' * (across > 1)
            closed = f"</{tag}>" if rng.random() < 0.8 else ""
            lines[r].append(f'<{tag} width="89" style="border:1px"{spans}>{inside.format(shown)}{closed}')
        rows = "".join(f"<tr style='height:23px'>{''.join(line)}" + "</tr>" * (rng.random() < 0.7) for line in lines)
        parts.append(
            f"<div><table border=1 cellspacing=0><colgroup><col><col></colgroup><tbody>{rows}</tbody></table></div>"
        )
    menu = "<ul><li><a href=/>首页</a><li>政务公开<li>行政许可 12<li>行政处罚</ul>"
    script = "<script>document.write('<table><tr><td>行政许可</td><td>3</td></tr></table>')</script>"
    around = "<table width=1000><tr><td width=200>{menu}<td><table><tr><td>当前位置：首页 &gt; 年报<tr><td>{body}</table></table>"
    plain = "<div class=con>{menu}{body}</div>"
    body = rng.choice((around, plain)).format(menu=menu, body="".join(parts))
    encoding, declared = rng.choice(
        (("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-8-sig", "gbk"))
    )
    return f"<html><head><meta charset={declared}>{script}</head><body>{body}<!-- 5 --></body></html>".encode(encoding)


def text_aligned(document: Document, rng: random.Random) -> bytes:
    """Columns set below each other with blanks, as copied from a screen or printed by ``pdftotext -layout``."""
    parts = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            parts.append(block.text)
            continue
        rows = _flat(block)
        widths = [max(_cells(row[c]) for row in rows) + 2 for c in range(block.shape[1])]
        parts.append(
            "\n".join(
                "".join(text + " " * (width - _cells(text)) for text, width in zip(row, widths, strict=True)).rstrip()
                for row in rows
            )
        )
    return "\n\n".join(parts).encode()


def _cells(text: str) -> int:
    """Places on a screen that a text takes."""
    return sum(1 if c.isascii() else 2 for c in text)


def text_of_a_scanner(document: Document, rng: random.Random) -> bytes:
    """Cells of a row with single blanks between, blank cells gone, blanks within words: OCR."""
    parts = []
    for block in document.blocks:
        if isinstance(block, Grid):
            parts.append(
                "\n".join(" ".join(text.replace(" ", "") for text in row if text.strip()) for row in _flat(block))
            )
        else:
            parts.append(block.text)
    return "\n\n".join(parts).encode()


def text_unspaced(document: Document, rng: random.Random) -> bytes:
    """One cell a line: what remains of a table when a page is copied as plain text."""
    parts = []
    for block in document.blocks:
        if isinstance(block, Grid):
            parts += [text for row in _flat(block) for text in row if text.strip()]
        else:
            parts.append(block.text)
    return "\n".join(parts).encode()


def markdown_of_pieces(document: Document, rng: random.Random) -> bytes:
    """Each row a small table of its own, under column names that say nothing; headings sometimes lost."""
    parts = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            if rng.random() < 0.7:
                parts.append(f"**{block.text}**")
            continue
        for row in _flat(block):
            names = "| " + " | ".join(f"Col{c + 1}" for c in range(len(row))) + " |"
            cells = "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
            parts.append("\n".join([names, "|" + " --- |" * len(row), cells]))
    return "\n\n".join(parts).encode()


def markdown_with_markup(document: Document, rng: random.Random) -> bytes:
    """Bold labels, ``<br>`` in cells, no bars at the ends, some tables as HTML."""
    parts = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            parts.append(f"### {block.text}")
        elif rng.random() < 0.3:
            parts.append(re.sub("^.*?<body>", "", html(Document([block], "html", "x")).decode(), flags=re.DOTALL))
        else:
            rows = [
                [f"**{t}**" if t and rng.random() < 0.2 and not t[-1].isdigit() else t for t in row]
                for row in _flat(block)
            ]
            # without a bar at its start, a row could not begin with a blank cell
            ends = rng.random() < 0.5 or not all(row[0] for row in rows)
            lines = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
            lines.insert(1, "|".join([":---:"] * block.shape[1]))
            parts.append("\n".join(f"|{line}|" if ends else f"{line} |" for line in lines))
    return "\n\n".join(parts).encode()


def csv_of_excel(document: Document, rng: random.Random) -> bytes:
    """Semicolons or tabs, GBK, rows of equal length, all texts in quotes or none."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=rng.choice(";\t,"), quoting=rng.choice((csv.QUOTE_ALL, csv.QUOTE_MINIMAL)))
    width = max(block.shape[1] for block in document.grids())
    for block in document.blocks:
        rows = _flat(block) if isinstance(block, Grid) else [[block.text]]
        for row in rows:
            writer.writerow([*row, *[""] * (width - len(row))])
    return target.getvalue().encode(rng.choice(("gb18030", "utf-8-sig", "utf-16")))


def xlsx_of_numbers(document: Document, rng: random.Random) -> bytes:
    """Numbers as numbers, sums as formulas, a table in the middle of its sheet, each part on a sheet of its own."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    border = book.add_format({"border": 1})
    sheet, at = book.add_worksheet(), 2
    for block in document.blocks:
        if not isinstance(block, Grid):
            if at > 20 and rng.random() < 0.7:
                sheet, at = book.add_worksheet(), 1
            sheet.write_string(at, 1, block.text)
            at += 1
            continue
        for r, c, down, across, content in _boxes(block):
            number = re.fullmatch(r"-?\d+(\.\d+)?", content) is not None
            if down * across > 1:
                sheet.merge_range(at + r, c + 1, at + r + down - 1, c + across, content, border)
                if number:
                    sheet.write_number(at + r, c + 1, float(content), border)
            elif number and rng.random() < 0.2:
                sheet.write_formula(at + r, c + 1, "=A1+0", border, float(content))
            elif number:
                sheet.write_number(at + r, c + 1, float(content), border)
            else:
                sheet.write_string(at + r, c + 1, content, border) if content else sheet.write_blank(
                    at + r, c + 1, None, border
                )
        at += block.shape[0] + rng.randint(1, 2)
    book.close()
    return target.getvalue()


def docx_of_word(document: Document, rng: random.Random) -> bytes:
    """Runs cut anywhere, changes tracked, tables inside of a layout table, a text box, a content control."""

    def revised(match: re.Match[str]) -> str:
        text = match[1]
        cut = rng.randint(0, len(text))
        runs = [
            f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{part}</w:t></w:r>'
            for part in (text[:cut], text[cut:])
        ]
        if "&" in text or not text:
            return match[0]
        if rng.random() < 0.1:
            runs.insert(1, '<w:del w:id="1" w:author="a"><w:r><w:delText>99</w:delText></w:r></w:del>')
            runs[0] = f'<w:ins w:id="2" w:author="a">{runs[0]}</w:ins>'
        return "".join(runs)

    body = zipfile.ZipFile(io.BytesIO(docx(document))).read("word/document.xml").decode()
    body = re.sub(r'<w:r><w:t xml:space="preserve">([^<]*)</w:t></w:r>', revised, body)
    if rng.random() < 0.3:
        body = re.sub(
            r"(<w:tbl>.*?</w:tbl>)", r"<w:tbl><w:tr><w:tc>\1<w:p/></w:tc></w:tr></w:tbl>", body, flags=re.DOTALL
        )
    elif rng.random() < 0.3:
        body = re.sub(r"(<w:tbl>.*?</w:tbl>)", r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>", body, flags=re.DOTALL)
    return _docx(body)


def pdf_drawn(manner: str) -> Callable[[Document, random.Random], bytes]:
    """Blocks one below the other, tables cut where pages end."""

    def write(document: Document, rng: random.Random) -> bytes:
        blocks = [block if isinstance(block, Grid) else block.text for block in document.blocks]
        return draw([blocks], manner, rng=rng, letters=rng.random() < 0.3, rotate=rng.choice((0, 0, 0, 90, 180, 270)))

    return write


MEDIA = {"html": html, "md": markdown, "txt": text, "csv": table, "xlsx": xlsx, "docx": docx, "pdf": pdf}

#: name, beginning with the ending of the file → a function of the document and a source of chance.
MANNERS: dict[str, Callable[[Document, random.Random], bytes]] = {
    **{name: (lambda document, rng, write=write: write(document)) for name, write in MEDIA.items()},
    "html-portal": html_of_a_portal,
    "txt-aligned": text_aligned,
    "txt-screen": screen,
    "txt-ocr": text_of_a_scanner,
    "txt-lines": text_unspaced,
    "md-pieces": markdown_of_pieces,
    "md-markup": markdown_with_markup,
    "csv-excel": csv_of_excel,
    "xlsx-numbers": xlsx_of_numbers,
    "docx-word": docx_of_word,
    **{f"pdf-{manner}": pdf_drawn(manner) for manner in MANNERS_OF_DRAWING},
}
