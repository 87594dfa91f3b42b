"""Hostile and broken documents, made on the spot: what each is called, its file name and its bytes."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import struct
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from media import MEDIA
from printed import printed, random_figures

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006/relationships"
MB = 2**20


@dataclass(frozen=True)
class Case:
    """One document that should do harm."""

    name: str
    file: str
    make: Callable[[], bytes]
    says: str = ""
    """Words of the error; none where it is read after all, or where either will do (``*``)."""
    heavy: bool = False
    """Whether it belongs to the benchmark alone: it is large, or takes long to make."""


CASES: dict[str, Case] = {}


def case(file: str, says: str = "", heavy: bool = False):
    """Register the builder of a case under its own name."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        name = make.__name__.replace("_", " ").strip()
        CASES[name] = Case(name, file, make, says, heavy)
        return make

    return register


@cache
def form(medium: str) -> bytes:
    """An ordinary report."""
    return MEDIA[medium](printed(random_figures(random.Random(7), 2021), 2021).document())


def around(html: bytes) -> bytes:
    """An ordinary report behind hostile markup."""
    head, body, rest = form("html").partition(b"<body>")
    return head + body + html + rest


# ---- HTML ----


@case("a.html")
def html_spans_of_a_thousand_million():
    return around(b"<table><tr><td colspan=1000000000 rowspan=1000000000>1<td>2<tr><td>3</table>")


@case("a.html", "max_cells")
def html_rowspans_over_all_rows():
    return around(b"<table>" + b"<tr><td colspan=64 rowspan=65534>1" * 5000 + b"</table>")


@case("a.html", "max_steps")
def html_nested_marks_100000():
    return around(b"<div>" * 100_000)


@case("a.html", "max_steps")
def html_nested_tables_100000():
    return around(b"<table><tr><td>" * 100_000)


@case("a.html", "max_depth")
def html_nested_tables_3000():
    return around(b"<table><tr><td>1<td>" * 3000)


@case("a.html", "max_steps")
def html_nested_styles_100000():
    return around(b"<b><i>" * 50_000 + b"<p>" * 1000)


@case("a.html", "max_steps")
def html_crossed_styles():
    return around(b"<a><b><p>" * 20_000)


@case("a.html", "max_")
def html_tables_100000():
    return b"<table>" * 100_000


@case("a.html", "max_", heavy=True)
def html_tables_of_one_cell_1000000():
    return around(b"<table><tr><td>1</table>" * 1_000_000)


@case("a.html", "max_", heavy=True)
def html_cells_4000000():
    return around(b"<table>" + (b"<tr>" + b"<td>1" * 100) * 40_000 + b"</table>")


@case("a.html", "max_")
def html_attributes_100000():
    return around(b"<p " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">")


@case("a.html", "max_steps")
def html_attributes_behind_a_quotation_mark():
    return around(b'<p " ' + b" ".join(b"a%d" % i for i in range(100_000)) + b">")


@case("a.html", "max_styles", heavy=True)
def html_styles_that_all_differ():
    return around(b"".join(b'<p style="color:#%06x">1</p>' % i for i in range(400_000)))


@case("a.html", "max_styles", heavy=True)
def html_white_cells():
    return around(b"<table>" + (b"<tr>" + b'<td style="color:#ffffff">1</td>' * 20) * 20_000 + b"</table>")


@case("a.html", "*")
def html_hidden_marks():
    return around(b"<div hidden><table><tr><td>1<td>2</table>" * 1000)


@case("a.html", "*")
def html_raised_and_typed_marks():
    return around(b"<sup>1" * 2000 + b"<pre>1\n" * 2000)


@case("a.html", "*", heavy=True)
def html_one_line_of_23_mb():
    return around(b"<p>" + b"1,234 " * (23 * MB // 6))


@case("a.html", "*")
def html_one_cell_of_1_mb():
    return around(b"<table><tr><td>" + "政府信息公开".encode() * (MB // 18) + b"<td>1<td>2</table>")


@case("a.html", "*")
def html_long_cell_over_many_places():
    text = "政府信息公开行政复议".encode() * 3000
    return around(b"<table>" + b"<tr><td rowspan=900 colspan=60>" + text + b"<tr><td>1" * 900 + b"</table>")


@case("a.html", "*", heavy=True)
def html_paragraphs_900000():
    return around(b"<p>1" * 900_000)


@case("a.html", "*", heavy=True)
def html_of_23_mb():
    return around("<div class='a b'><a href='/x'>要闻要闻</a></div>\n".encode() * (23 * MB // 54))


@case("a.html", "max_bytes", heavy=True)
def html_of_200_mb():
    return around(b"<p>1 2 3</p>\n" * (200 * MB // 13))


@case("a.html")
def html_entities_and_doctype():
    entities = b"".join(b'<!ENTITY a%d "%b">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10))
    return (
        b'<!DOCTYPE html [<!ENTITY a0 "lol">'
        + entities
        + b'<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'
        + around(b"&a9;&x;")
    )


@case("a.html")
def html_refers_to_the_network():
    return around(
        b"<base href=http://127.0.0.1:9/><link rel=stylesheet href=a.css><iframe src=//127.0.0.1:9/></iframe>"
        b"<img src=http://127.0.0.1:9/x><script src=x.js></script><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>"
    )


@case("a.html", "*")
def html_of_open_angles():
    return around(b"<" * (MB // 4))


@case("a.html", "*")
def html_unclosed_comment_and_quotes():
    return around(b"<!--" * 50_000) + b"<p a='" * 30_000


# ---- text, Markdown, CSV ----


@case("a.md", "*")
def text_rule_that_breaks_at_its_end():
    return form("md") + b"\n" + b"-" * (MB // 2) + b"x\n"


@case("a.txt", "*")
def text_line_of_dashes():
    return form("txt") + b"\n" + b"- " * (MB // 8) + b"x\n"


@case("a.md", "*")
def text_unclosed_emphasis():
    return form("md") + b"\n" + b"**a " * (MB // 16) + b"\n" + b"__a " * (MB // 16)


@case("a.md", "*")
def text_unclosed_tables():
    return form("md") + b"\n" + b"<table " * (MB // 16) + b"\n" + b"<br" * (MB // 16) + b"<span" * (MB // 16)


@case("a.txt", "max_cells")
def text_wide_row_over_many_rows():
    return b"1\t" * 20_000 + b"\n" + b"1\t2\n" * 20_000


@case("a.csv", "max_cells")
def csv_wide_row_over_many_rows():
    return b"1," * 20_000 + b"\n" + b"1,2\n" * 20_000


@case("a.txt", "max_", heavy=True)
def text_lines_6000000():
    return b"1\t2\n" * 6_000_000


@case("a.txt", "max_", heavy=True)
def text_paragraphs_12000000():
    return b"a\n" * 12_000_000


@case("a.txt", "*")
def text_with_blanks_at_the_ends_of_lines():
    return form("txt") + (b"a" + b" " * (MB // 16) + b"\n") * 2


@case("a.csv", "*")
def csv_with_blanks_behind_a_label():
    return form("csv") + "予以公开".encode() + b" " * (MB // 32) + b"*" * (MB // 32) + b"x,1\n"


@case("a.txt", "*", heavy=True)
def text_one_line_of_23_mb():
    return "政府信息公开".encode() * (23 * MB // 18)


@case("a.txt", "*", heavy=True)
def text_of_23_mb():
    return form("txt") + ("收到政府信息公开申请12件，予以公开3件。" * 3 + "\n").encode() * (23 * MB // 172)


@case("a.txt", "max_bytes", heavy=True)
def text_of_200_mb():
    return b"1\t2\t3\n" * (200 * MB // 6)


@case("a.txt", "no table")
def text_of_digits():
    return b"1" * MB


@case("a.txt", "no table")
def text_of_blanks():
    return b"a" + b" " * MB + b"1"


@case("a.csv", "*")
def csv_with_zero_bytes():
    return form("csv").replace(b",0,", b",\x000,", 3)


@case("a.csv", "not a readable CSV")
def csv_quote_never_closed():
    return form("csv") + b'"' + b"1,2,3\n" * 100_000


@case("a.csv", "max_bytes", heavy=True)
def csv_of_200_mb():
    return b"1,2,3\n" * (200 * MB // 6)


@case("a.csv", "*", heavy=True)
def csv_of_23_mb():
    return form("csv") + b"\r\n\r\n".join([b"1,2,3", b"a"] * (23 * MB // 14))


@case("a.txt")
def text_utf16_without_mark():
    return form("txt").decode().encode("utf-16-le")


@case("a.txt", "*")
def text_with_lone_surrogates():
    return form("txt").replace(b"\t", b"\t\xed\xa0\x80", 3)


@case("a.txt", "not a text file")
def noise_as_text():
    return random.Random(3).randbytes(300_000)


@case("a", "")
def form_without_an_ending():
    return form("html")


# ---- what the name says and what it is ----


@case("a.html", "not a web page")
def noise_as_html():
    return random.Random(4).randbytes(300_000)


@case("a.pdf", "not a PDF")
def noise_as_pdf():
    return random.Random(5).randbytes(300_000)


@case("a.docx", "")
def noise_as_docx():
    return random.Random(6).randbytes(300_000)


@case("a.pdf", "picture (PNG)")
def picture_as_pdf():
    return b"\x89PNG\r\n\x1a\n" + bytes(1000)


@case("a.docx", "protected by a password")
def protected_docx():
    return _ole("EncryptedPackage")


@case("a.xlsx", "protected by a password")
def protected_xlsx():
    return _ole("EncryptedPackage")


@case("a.txt", "empty")
def nothing():
    return b""


@case("a.html", "empty")
def zeros():
    return bytes(MB)


def _ole(stream: str) -> bytes:
    """The beginning of an OLE file that has a stream of this name."""
    name = stream.encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + name + bytes(128 - len(name)) + bytes(2048)


# ---- packed documents ----


def package(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method, compresslevel=1 if method else None) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(body: bytes, **parts: bytes) -> bytes:
    return package({"word/document.xml": _document(body), **parts})


def _document(body: bytes, before: bytes = b"") -> bytes:
    return b'<?xml version="1.0"?>%b<w:document xmlns:w="%b"><w:body>%b</w:body></w:document>' % (
        before,
        _W.encode(),
        body,
    )


def xlsx(sheet: bytes, strings: bytes = b"", before: bytes = b"") -> bytes:
    s = _S.encode()
    links = (
        b'<Relationships xmlns="%b"><Relationship Id="r1" Type="%b/worksheet" Target="sheet.xml"/>'
        b'<Relationship Id="r2" Type="%b/sharedStrings" Target="strings.xml"/></Relationships>'
    ) % (_P.encode(), _R.encode(), _R.encode())
    return package({
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": b'<workbook xmlns="%b" xmlns:r="%b"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>' % (s, _R.encode()),
        "xl/_rels/workbook.xml.rels": links,
        "xl/sheet.xml": before + b'<worksheet xmlns="%b">%b</worksheet>' % (s, sheet),
        "xl/strings.xml": b'<sst xmlns="%b">%b</sst>' % (s, strings),
    })  # fmt: skip


_CELL = b"<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"


@case("a.docx", "max_unpacked")
def docx_zip_bomb():
    return package({"word/document.xml": bytes(80 * MB)})


@case("a.docx", "max_unpacked", heavy=True)
def docx_zip_bomb_of_1_gb():
    return _bomb("word/document.xml", 1024)


@case("a.docx", "damaged", heavy=True)
def docx_zip_bomb_that_lies_about_its_size():
    data = _bomb("word/document.xml", 200)
    return data.replace(struct.pack("<I", 200 * MB), struct.pack("<I", 1000))


@case("a.docx", "*")
def docx_zip_bomb_that_lies_a_little():
    data = _bomb("word/document.xml", 70)
    return data.replace(struct.pack("<I", 70 * MB), struct.pack("<I", 1000))


@case("a.docx", "holds no Word document")
def docx_nested_archives():
    inner = package({"a": bytes(4 * MB)})
    for _ in range(5):
        inner = package({f"{i}.zip": inner for i in range(10)})
    return package({"word/x.zip": inner})


@case("a.docx", "*")
def docx_overlapping_parts():
    """All entries quote one another's bytes, as the bombs of D. Fifield do: only what is read is unpacked."""
    return _overlapping("word/document.xml", 2000)


@case("a.xlsx", "max_unpacked|sound XML")
def xlsx_many_parts_that_are_large_together():
    big = b"<sst xmlns='%b'>" % _S.encode() + b" " * (40 * MB) + b"</sst>"
    data = xlsx(b"<sheetData/>")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return package(parts | {"xl/strings.xml": big, "xl/sheet.xml": big.replace(b"sst", b"worksheet")})


@case("a.docx", "max_parts")
def docx_parts_30000():
    return _overlapping("word/document.xml", 30_000)


@case("a.docx", "sound XML|document type")
def docx_entity_bomb():
    entities = b"".join(b'<!ENTITY a%d "%b">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10))
    kinds = b'<!DOCTYPE w [<!ENTITY a0 "lol">%b]>' % entities
    return package({"word/document.xml": _document(b"<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", kinds)})


@case("a.docx", "document type|sound XML")
def docx_external_entity():
    kinds = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.1:9/">]>'
    return package({"word/document.xml": _document(b"<w:p><w:r><w:t>&x;&y;</w:t></w:r></w:p>", kinds)})


@case("a.docx", "document type|sound XML")
def docx_external_document_type():
    return package({"word/document.xml": _document(b"<w:p/>", b'<!DOCTYPE w SYSTEM "http://127.0.0.1:9/w.dtd">')})


@case("a.xlsx", "document type|sound XML")
def xlsx_external_entity():
    return xlsx(
        b'<sheetData><row><c t="inlineStr"><is><t>&x;</t></is></c></row></sheetData>',
        before=b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    )


@case("a.docx", "*")
def docx_long_entity_many_times():
    kinds = b'<!DOCTYPE w [<!ENTITY x "%b">]>' % (b"1" * 50_000)
    return package({"word/document.xml": _document(b"<w:p><w:r><w:t>%b</w:t></w:r></w:p>" % (b"&x;" * 50_000), kinds)})


@case("a.docx", "*")
def docx_spans_of_a_thousand_million():
    span = b'<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc>'
    return docx(b"<w:tbl><w:tr>" + span * 3 + _CELL + b"</w:tr></w:tbl>")


@case("a.docx", "max_depth|sound XML")
def docx_nested_tables_100000():
    return docx(b"<w:tbl><w:tr><w:tc>" * 100_000 + b"</w:tc></w:tr></w:tbl>" * 100_000)


@case("a.docx", "*")
def docx_nested_tables_60():
    return docx(b"<w:tbl><w:tr><w:tc>" * 60 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 60)


@case("a.docx", "*")
def docx_deep_vertical_merge():
    merge = b"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc>" + _CELL + b"</w:tr>"
    return docx(b"<w:tbl>" + merge * 3000 + b"</w:tbl>")


@case("a.docx", "max_", heavy=True)
def docx_cells_1000000():
    return docx(b"<w:tbl>" + (b"<w:tr>" + _CELL * 50 + b"</w:tr>") * 20_000 + b"</w:tbl>")


@case("a.docx", "max_", heavy=True)
def docx_paragraphs_1000000():
    return docx(b"<w:p><w:r><w:t>1</w:t></w:r></w:p>" * 1_000_000)


@case("a.docx", "*")
def docx_marks_without_text_30000():
    return docx(b"<w:p/>" * 30_000)


@case("a.docx", "max_cells")
def docx_wide_row_over_many_rows():
    return docx(b"<w:tbl><w:tr>" + _CELL * 5000 + b"</w:tr>" + (b"<w:tr>" + _CELL + b"</w:tr>") * 5000 + b"</w:tbl>")


@case("a.docx", "max_bytes", heavy=True)
def docx_of_200_mb():
    return package(
        {"word/document.xml": _document(b"<w:p/>"), "word/media/a": random.Random(1).randbytes(200 * MB)},
        zipfile.ZIP_STORED,
    )


@case("a.docx", "damaged")
def docx_cut_off():
    return form("docx")[:-400]


@case("a.docx", "*")
def docx_without_document():
    return package({"word/styles.xml": b"<a/>"})


@case("a.xlsx", "max_cells")
def xlsx_merge_over_the_whole_sheet():
    return xlsx(
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )


@case("a.xlsx", "*")
def xlsx_cells_in_opposite_corners():
    return xlsx(
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )


@case("a.xlsx", "*")
def xlsx_diagonal():
    rows = b"".join(b'<row r="%d"><c r="%b%d"><v>1</v></c></row>' % (i + 1, _column(i), i + 1) for i in range(5000))
    return xlsx(b"<sheetData>" + rows + b"</sheetData>")


@case("a.xlsx", "max_", heavy=True)
def xlsx_cells_1000000():
    return xlsx(b"<sheetData>" + (b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>") * 10_000 + b"</sheetData>")


@case("a.xlsx", "*")
def xlsx_long_string_many_times():
    rows = (b"<row>" + b'<c t="s"><v>0</v></c>' * 10 + b"</row>") * 1000
    return xlsx(b"<sheetData>" + rows + b"</sheetData>", b"<si><t>" + "政府信息公开".encode() * 50_000 + b"</t></si>")


@case("a.xlsx", "*")
def xlsx_merges_20000():
    merges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (i, i + 1) for i in range(1, 20_000))
    return xlsx(
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>' + merges + b"</mergeCells>"
    )


@case("a.xls", "*")
def ods_rows_repeated():
    space = b"urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        b'<office:document-content xmlns:office="%boffice:1.0" xmlns:table="%btable:1.0" xmlns:text="%btext:1.0"><office:body>'
        b'<office:spreadsheet><table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
        b'<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell>'
        b"</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    ) % (space, space, space)
    return package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _column(number: int) -> bytes:
    letters = b""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = bytes([65 + rest]) + letters
    return letters


def _bomb(name: str, megabytes: int) -> bytes:
    """An archive with one part of zeros, unpacked never held in memory."""
    target = io.BytesIO()
    archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
    with archive, archive.open(name, "w") as part:
        for _ in range(megabytes):
            part.write(bytes(MB))
    return target.getvalue()


def _overlapping(name: str, count: int) -> bytes:
    """Entries whose data all lie at the same place."""
    kernel = zlib.compress(bytes(MB), 9)[2:-4]
    crc = zlib.crc32(bytes(MB))
    head = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, crc, len(kernel), MB, len(name), 0) + name.encode()
    central = b"".join(
        struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, crc, len(kernel), MB, len(each), 0, 0, 0, 0, 0, 0
        )
        + each.encode()
        for each in chain([name], (f"word/{i}" for i in range(count)))
    )
    start, size, number = len(head) + len(kernel), len(central), count + 1
    wide = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, number, number, size, start)
    locator = struct.pack("<IIQI", 0x07064B50, 0, start + size, 1)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return head + kernel + central + wide + locator + end


# ---- PDF ----


def pdf(
    pages: list[bytes], objects: list[bytes] | None = None, resources: bytes = b"", media: bytes = b"0 0 595 842"
) -> bytes:
    """A PDF of pages with these content streams; ``objects`` follow from number 10 + 2 × pages."""
    bodies = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    kids = b" ".join(b"%d 0 R" % (10 + 2 * i) for i in range(len(pages)))
    bodies[2] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(pages))
    bodies[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    for i, content in enumerate(pages):
        bodies[10 + 2 * i] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%b] /Contents %d 0 R /Resources << /Font << /F 3 0 R >> %b >> >>"
            % (media, 11 + 2 * i, resources)
        )
        bodies[11 + 2 * i] = stream(content)
    for i, body in enumerate(objects or (), start=10 + 2 * len(pages)):
        bodies[i] = body
    out, places = [b"%PDF-1.7\n"], {}
    length = len(out[0])
    for number, body in bodies.items():
        places[number] = length
        out.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        length += len(out[-1])
    size = max(bodies) + 1
    table = b"".join(b"%010d 00000 n \n" % places[i] if i in places else b"0000000000 65535 f \n" for i in range(size))
    return b"".join(
        [
            *out,
            b"xref\n0 %d\n%btrailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, table, size, length),
        ]
    )


def stream(content: bytes, extra: bytes = b"", layers: int = 1) -> bytes:
    for _ in range(layers):
        content = zlib.compress(content, 9)
    filters = b" ".join([b"/FlateDecode"] * layers)
    return b"<< /Length %d /Filter [%b] %b >>\nstream\n%b\nendstream" % (len(content), filters, extra, content)


_TEXT = b"BT /F 9 Tf 50 700 Td (12345) Tj ET "


@case("a.pdf", "max_pages")
def pdf_pages_10000():
    return pdf([_TEXT] * 10_000)


@case("a.pdf", "*")
def pdf_pages_counted_as_a_thousand_million():
    return pdf([_TEXT]).replace(b"/Count 1 ", b"/Count 999999999 ")


@case("a.pdf", "damaged|page")
def pdf_cut_off():
    data = form("pdf")
    return data[: len(data) // 5]


@case("a.pdf", "protected by a password")
def pdf_encrypted():
    code = b"<28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A>"
    data = pdf([_TEXT], [b"<< /Filter /Standard /V 1 /R 2 /O %b /U %b /P -4 >>" % (code, code)])
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 12 0 R /ID [<00><00>]")


@case("a.pdf", "max_objects")
def pdf_paths_400000():
    return pdf([_TEXT + b"0 0 m 9 9 l S " * 400_000])


@case("a.pdf", "max_objects")
def pdf_characters_400000():
    return pdf([b"BT /F 9 Tf 50 700 Td " + (b"(" + b"1" * 1000 + b") Tj ") * 400 + b"ET"])


@case("a.pdf", "*")
def pdf_one_path_of_many_pieces():
    return pdf([_TEXT + b"0 0 m " + b"9 9 l 500 700 l " * 200_000 + b"S"])


@case("a.pdf", "*")
def pdf_lines_crossing_150000():
    lines = b"".join(b"%d 0 m %d 90000 l S 0 %d m 90000 %d l S " % (i, i, i, i) for i in range(0, 90_000, 6)[:15_000])
    return pdf([_TEXT + lines], media=b"0 0 90000 90000")


@case("a.pdf", "*")
def pdf_figures_far_and_wide():
    words = b"".join(b"1 0 0 1 %d %d Tm (1) Tj " % (i * 12, i * 12) for i in range(1000))
    row = b"".join(b"1 0 0 1 %d 20000 Tm (1) Tj " % (i * 12) for i in range(20_000))
    return pdf([b"BT /F 9 Tf " + row + words + b"ET"], media=b"0 0 250000 90000")


@case("a.pdf", "*")
def pdf_forms_within_forms():
    links = [_form(b"/X%d Do" % (i + 1), i + 1) for i in range(3000)]
    return pdf([_TEXT + b"/X0 Do"], [_form(b"/X0 Do", 0), *links], b"/XObject << /X0 12 0 R >>")


def _form(content: bytes, inner: int) -> bytes:
    return stream(
        content,
        b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X%d %d 0 R >> >>"
        % (inner, 12 + inner),
    )


@case("a.pdf", "max_seconds|max_memory", heavy=True)
def pdf_form_that_holds_itself():
    return pdf([_TEXT + b"/X0 Do"], [_form(b"0 0 m 9 9 l S /X0 Do /X0 Do", 0)], b"/XObject << /X0 12 0 R >>")


@case("a.pdf", "max_seconds|max_memory", heavy=True)
def pdf_forms_that_multiply():
    links = [_form(b"/X%d Do " % (i + 1) * 20, i + 1) for i in range(8)] + [_form(b"0 0 m 9 9 l S", 0)]
    return pdf([_TEXT + b"/X0 Do"], links, b"/XObject << /X0 12 0 R >>")


@case("a.pdf", "*", heavy=True)
def pdf_stream_of_1_gb():
    return _pdf_bomb(1)


@case("a.pdf", "*", heavy=True)
def pdf_stream_packed_twice():
    return _pdf_bomb(2)


def _pdf_bomb(layers: int) -> bytes:
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b"0 0 m 9 9 l n " * 75_000) for _ in range(1000)) + packer.flush()
    if layers == 2:
        content = zlib.compress(content, 9)
    filters = b" ".join([b"/FlateDecode"] * layers)
    data = pdf([b"PLACE"])
    begin = data.index(b"11 0 obj")
    end = data.index(b"endobj", begin)
    body = b"11 0 obj\n<< /Length %d /Filter [%b] >>\nstream\n%b\nendstream\n" % (len(content), filters, content)
    return data[:begin] + body + data[end:]


@case("a.pdf", "*")
def pdf_gigantic_string():
    return pdf([b"BT /F 9 Tf 50 700 Td (" + b"(" * 500_000 + b"1" * 3_000_000 + b")" * 500_000 + b") Tj ET"])


def _long_texts(size: int) -> bytes:
    return pdf([b"BT /F 9 Tf 50 700 Td " + b"(%b) Tj " % (b"1" * 200) * (size // 208)])


@case("a.pdf", "max_objects", heavy=True)
def pdf_page_of_2_mb_of_text():
    return _long_texts(2_000_000)


@case("a.pdf", "max_memory|max_seconds", heavy=True)
def pdf_page_of_30_mb_of_text():
    return _long_texts(30_000_000)


@case("a.pdf", "max_seconds|max_objects|max_memory", heavy=True)
def pdf_annotations_that_show_one_form():
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [10 10 50 50] /AP << /N 13 0 R >> >>"
    form = stream(b"BT /F 9 Tf (1) Tj ET " * 1000, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf([_TEXT], [note, form]).replace(
        b"/Contents 11 0 R", b"/Contents 11 0 R /Annots [" + b"12 0 R " * 9999 + b"]"
    )


@case("a.pdf", "*")
def pdf_deep_arrays():
    return pdf([_TEXT]).replace(b"/Type /Catalog", b"/Type /Catalog /A " + b"[" * 200_000 + b"]" * 200_000)


@case("a.pdf", "*")
def pdf_page_tree_that_holds_itself():
    return pdf([_TEXT]).replace(b"/Kids [10 0 R]", b"/Kids [2 0 R 10 0 R 2 0 R]")


@case("a.pdf", "no text layer")
def pdf_without_text():
    return pdf([b"0 0 m 9 9 l S"] * 3)


@case("a.pdf", "*")
def pdf_with_file_and_network_actions():
    return pdf([_TEXT]).replace(
        b"/Type /Catalog",
        b"/Type /Catalog /OpenAction << /S /URI /URI (http://127.0.0.1:9/) >> /AA << /WC << /S /Launch /F (x) >> >>",
    )


@case("a.pdf", "max_bytes", heavy=True)
def pdf_of_200_mb():
    return form("pdf") + bytes(200 * MB)


@case("a.pdf", "*", heavy=True)
def pdf_pages_500_full():
    text = b"".join(b"BT /F 6 Tf 20 %d Td (%b) Tj ET " % (10 * i, b"1234567890 " * 12) for i in range(80))
    rules = b"".join(b"10 %d m 580 %d l S %d 10 m %d 800 l S " % (10 * i, 10 * i, 7 * i, 7 * i) for i in range(80))
    return pdf([text + rules] * 500)


# ---- reading them all in this process, watched: ``python tests/hostile.py`` ----

#: Address space for everything, the libraries included.
_SPACE = 2 * 2**30


def main() -> None:
    """One line of JSON for each case that is not heavy: what came of it, and what it touched outside."""
    import resource

    from liaocheng_foi.cli import main as foi

    resource.setrlimit(resource.RLIMIT_AS, (_SPACE, _SPACE))
    sys.dont_write_bytecode = True  # modules are imported while it watches for files that are written
    touched: list[str] = []
    folder = Path(tempfile.mkdtemp())

    def watch(event: str, details: tuple) -> None:
        if event.startswith(("socket.connect", "socket.getaddrinfo", "urllib.", "os.system", "os.remove", "shutil.")):
            touched.append(event)
        if (
            event == "open"
            and isinstance(details[0], (str, bytes))
            and details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            and watching
        ):
            touched.append(f"open {details[0]}")

    watching = False
    sys.addaudithook(watch)
    for each in CASES.values():
        if each.heavy:
            continue
        path = folder / each.file
        path.write_bytes(each.make())
        touched.clear()
        said = io.StringIO()
        begun = time.process_time()
        with redirect_stdout(io.StringIO()), redirect_stderr(said):
            watching = True
            try:
                status = foi(["read", str(path)])
            except Exception:
                status = -1
                said.write(traceback.format_exc())
            watching = False
        found = {"name": each.name, "status": status, "said": said.getvalue(), "touched": list(touched)}
        print(json.dumps(found | {"cpu": round(time.process_time() - begun, 2)}), flush=True)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
