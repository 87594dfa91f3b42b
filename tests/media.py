"""A printed document in any medium, from its grids."""

from __future__ import annotations

import csv
import io
import zipfile
from html import escape

import xlsxwriter
from drawn import draw

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
            lines[r].append(f'<td colspan="{across}" rowspan="{down}">{shown}</td>')
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
    body = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{"".join(parts)}</w:body></w:document>'
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


MEDIA = {"html": html, "md": markdown, "txt": text, "csv": table, "xlsx": xlsx, "docx": docx, "pdf": pdf}
