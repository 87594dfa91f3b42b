"""Spoilt documents for fuzzing: changes that may do anything, and noise that must leave every figure as it is."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import tempfile
import unicodedata
import zipfile
from functools import lru_cache
from html import escape
from pathlib import Path

from conftest import ROOT, SHARED
from lxml import etree
from media import MEDIA
from printed import BOOK, printed, random_figures

from liaocheng_foi.readers.encoding import decode
from liaocheng_foi.values import parse

_ENDINGS = {"html": "html", "pdf": "pdf", "docx": "docx", "xlsx": "xlsx", "old": "xls"}
_NAMES = {
    "text": ("a.txt", "a.md", "a.csv", "a.tsv"),
    "sniff": (
        "a.html", "a.pdf", "a.docx", "a.xlsx", "a.xls", "a.doc", "a.wps", "a.rtf", "a.odt", "a.ods", "a.csv", "a.md",
        "a.txt", "a", "a.", "a.mhtml", "a.et", "a.xlsb",
    ),
}  # fmt: skip
#: Problems that leave no doubt about any figure.
CERTAIN = frozenset(
    ("label-variant", "label-nearest", "edition-unusual", "subtotal-added", "other-in-one-row", "metadata-missing",
     "metadata-conflict", "hidden-markup")
)  # fmt: skip


def name_for(reader: str, data: bytes) -> str:
    names = _NAMES.get(reader)
    return names[(len(data) + sum(data[-8:])) % len(names)] if names else f"a.{_ENDINGS[reader]}"


# ---- seeds ----


def form(rng: random.Random):
    edition = rng.choice((2019, 2021))
    figures = random_figures(rng, edition)
    return figures, printed(figures, edition).document()


def made(medium: str, rng: random.Random) -> tuple[dict, bytes]:
    figures, document = form(rng)
    return figures, (ods if medium == "ods" else MEDIA[medium])(document)


@lru_cache
def drawn(number: int) -> tuple[dict, bytes]:
    """A PDF whose streams are not compressed, so that its marks can be changed."""
    import matplotlib

    with matplotlib.rc_context({"pdf.compression": 0}):
        return made("pdf", random.Random(number))


_MADE = {
    "html": ("html",), "pdf": (), "docx": ("docx",), "xlsx": ("xlsx",), "old": ("ods",),
    "text": ("md", "txt", "csv"), "sniff": ("html", "docx", "xlsx", "md", "csv", "ods"),
}  # fmt: skip
_PUBLISHED = {
    "html": (".html",), "pdf": (".pdf",), "docx": (".docx",), "text": (".md",),
    "sniff": (".html", ".pdf", ".docx", ".md"),
}  # fmt: skip


def seeds(reader: str) -> list[bytes]:
    rng = random.Random(1)
    found = [made(medium, rng)[1] for medium in _MADE[reader] for _ in range(2)]
    if reader in ("pdf", "sniff"):
        found += [drawn(number)[1] for number in range(2 if reader == "pdf" else 1)]
    if reader in ("old", "sniff"):
        found += [path.read_bytes() for path in (ROOT / "tests" / "data").glob("*.xls")]
        found += old_workbooks(made("xlsx", rng)[1])
    if reader == "sniff":
        found += [b"{\\rtf1 \\trowd 1\\cell 2\\cell\\row}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0d\0" * 99]
    if reader in ("html", "text", "sniff"):
        text = made("html" if reader == "html" else "txt", rng)[1].decode()
        found += [text.encode(encoding) for encoding in ("gb18030", "utf-16", "utf-16-be")]
    if SHARED.is_dir():
        found += [p.read_bytes() for p in sorted(SHARED.iterdir()) if p.suffix in _PUBLISHED.get(reader, ())]
    return found


def old_workbooks(data: bytes) -> list[bytes]:
    """A workbook in the formats of old, as LibreOffice writes them; none where it is not installed."""
    if shutil.which("soffice") is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.xlsx").write_bytes(data)
        for kind in ("xls", "ods"):
            profile = (Path(folder) / "profile").as_uri()
            command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "a.xlsx"]
            subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
        return [path.read_bytes() for path in sorted(Path(folder).glob("a.*s"))]


def ods(document) -> bytes:
    """A workbook of LibreOffice, spans as it writes them."""
    from media import _boxes

    from liaocheng_foi.grid import Grid

    rows = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            rows.append(f"<table:table-row>{_ods_cell(block.text)}</table:table-row><table:table-row/>")
            continue
        corners = {(r, c): (down, across, text) for r, c, down, across, text in _boxes(block)}
        for r in range(block.shape[0]):
            cells = []
            for c in range(block.shape[1]):
                if (r, c) in corners:
                    down, across, text = corners[r, c]
                    cells.append(_ods_cell(text, down, across))
                else:
                    cells.append("<table:covered-table-cell/>")
            rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
        rows.append("<table:table-row><table:table-cell/></table:table-row>")
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}office:1.0" '
        f'xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{"".join(rows)}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return packed(
        {"mimetype": kind.encode(), "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()}
    )


def _ods_cell(text: str, down: int = 1, across: int = 1) -> str:
    spans = f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"' if down * across > 1 else ""
    return f'<table:table-cell office:value-type="string"{spans}><text:p>{escape(text)}</text:p></table:table-cell>'


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def unpacked(data: bytes) -> dict[str, bytes] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > 2**22:
                return None
            return {info.filename: archive.read(info) for info in archive.infolist()}
    except Exception:  # whatever is wrong with a spoilt archive, its bytes are changed instead
        return None


# ---- changes that may do anything ----

_NUMBERS = [
    b"0",
    b"-1",
    b"1",
    b"2",
    b"7",
    b"64",
    b"65535",
    b"1000000000",
    b"99999999999999999999",
    b"1e309",
    b"nan",
    b"\xef\xbc\x91",
]
_HTML = [
    b"<table>", b"</table>", b"<tr>", b"</tr>", b"<td>", b"</td>", b"<th>", b"<td colspan=0>", b"<td rowspan=0>",
    b"<td rowspan=99>", b"<td colspan=1000000000>", b"<tbody>", b"<thead>", b"<tfoot>", b"<caption>", b"<br>", b"<p>",
    b"<div>", b"<sup>", b"<del>", b"<pre>", b"<textarea>", b"<select><option>", b"<input value=3>", b"<script>",
    b"</script>", b"<!--", b"-->", b"<![CDATA[", b"<svg>", b"<math>", b"<template>", b"<frameset>", b"<plaintext>",
    b"<form>", b"</form>", b"<a>", b"<b>", b"<font>", b"<body hidden>", b"<td hidden>", b" style=display:none", b"&#0;",
    b"&#xD800;", b"&nbsp;", b"&lt;", b"\x00", b"\x0b", b"\x02" b"1", b"\xef\xbb\xbf", b"<meta charset=utf-16>", b"<base href=//x>",
]  # fmt: skip
_TEXT = [
    b"\t", b"|", b"||", b"\\|", b"\r", b"\n\n", b'"', b"'", b",", b";", b"\x00", b"\xff", b"\xff\xfe", b"\xfe\xff", b"#",
    b"**", b"__", b"|---|---|", b"---", b"\xe3\x80\x80", b"  ", b"<table><tr><td>1</table>", b"<br>", b"&nbsp;",
    b"\xed\xa0\x80", b"\xc2\x85", b"\xe2\x80\xa8", b"\x0c", b"\x1c", b"1 2 3 4 5 6 7",
]  # fmt: skip
_DOCX = [
    b"<w:tbl>", b"</w:tbl>", b"<w:tr>", b"</w:tr>", b"<w:tc>", b"</w:tc>", b"<w:p/>", b"<w:tab/>", b"<w:br/>",
    b'<w:gridSpan w:val="99999999"/>', b"<w:vMerge/>", b'<w:vMerge w:val="restart"/>', b"<w:hMerge/>", b"<w:txbxContent>",
    b"</w:txbxContent>", b'<w:sym w:char="F031" w:font="Symbol"/>', b"<w:del>", b"</w:del>", b"<w:rPr><w:vanish/></w:rPr>",
    b"<w:tcPr><w:cellDel/></w:tcPr>", b"<w:trPr><w:del/></w:trPr>", b'<w:trPr><w:gridBefore w:val="-5"/></w:trPr>',
    b"<w:sdt><w:sdtContent>", b"<w:r><w:t>8</w:t></w:r>", b"&#x1;", b"&x;", b"<!DOCTYPE a>", b"<?x?>", b"<!-- -->",
    b'<w:rPr><w:color w:val="FFFFFF" w:themeColor="accent1" w:themeTint="7F"/></w:rPr>', b'<w:shd w:val="pct50" w:fill="000000"/>',
    b'<w:tblPr><w:tblStyle w:val="a"/><w:tblLook w:val="FFFF"/></w:tblPr>', b'<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
    b'<w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>', b"<w:rPr><w:strike/></w:rPr>", b'<w:pStyle w:val="1"/>',
]  # fmt: skip
_XLSX = [
    b'<c r="XFD1048576"><v>1</v></c>', b'<c t="s"><v>999999</v></c>', b'<c t="s"><v>-1</v></c>', b"<row>", b"</row>",
    b'<mergeCell ref="A1:XFD1048576"/>', b'<mergeCell ref="B2:A1"/>', b'<c t="inlineStr"><is><t>9</t></is></c>',
    b'<c t="e"><v>#N/A</v></c>', b"<f>1+1</f>", b's="1"', b'r="A0"', b'r="ZZZ9999999"', b't="d"', b"<v>1e308</v>",
    b"<v>2958466</v>", b"_xD800_", b"_x0000_", b' state="hidden"', b"<!DOCTYPE a>", b"<is>", b"<rPh>", b'date1904="1"',
    b'<conditionalFormatting sqref="A1:XFD99 B2"><cfRule type="cellIs" dxfId="0" operator="equal"><formula>0</formula></cfRule>'
    b"</conditionalFormatting>", b'<cfRule type="expression" dxfId="9"/>', b'<sheetView showZeros="0"/>', b' hidden="1"', b' ht="0"',
    b'<col min="1" max="16384" width="1"/>', b'<color theme="0" tint="9"/>', b'<numFmt numFmtId="9" formatCode="0;;;@@"/>',
]  # fmt: skip
_ODS = [
    b"<table:table-row/>", b' table:number-columns-repeated="16384"', b' table:number-rows-repeated="1048576"',
    b' office:value-type="float" office:value="1e999"', b"<table:covered-table-cell/>", b"<text:line-break/>", b"<text:s/>",
    b' table:number-columns-spanned="99999"', b' office:value-type="date" office:date-value="x"',
    b' table:visibility="collapse"', b"<text:span text:style-name='T1'>7</text:span>", b' office:value="0"', b"<draw:text-box/>",
]  # fmt: skip
_PDF = [
    b"q ", b"Q ", b"BT ", b"ET ", b"0 0 m 600 0 l S ", b"1 0 0 1 1e9 1e9 cm ", b"0 0 0 0 0 0 cm ", b"/F1 1e9 Tf ", b"0 Tf ",
    b"10 10 500 700 re S ", b"0 0 1e38 1e38 re f ", b"(12345) Tj ", b"[(1) -9999 (2)] TJ ", b"3 Tr ", b"90 Tz ", b"/Rotate 90 ",
    b"/Rotate 45 ", b"/Kids [1 0 R 1 0 R] ", b"/Count 999999999 ", b"/Parent 1 0 R ", b"/Length 99999999 ", b"<< ", b">> ",
    b"endobj ", b"endstream ", b"stream\n", b"/XObject ", b"/Fm0 Do ", b"/UserUnit 1e9 ", b"/MediaBox [0 0 0 0] ",
    b"/MediaBox [-1e9 -1e9 1e9 1e9] ", b"/CropBox [5 5 1 1] ", b"/Filter /FlateDecode ", b"/Encrypt 5 0 R ", b"0 0 0 0 k ",
    b"/Type /ObjStm ", b"-1 0 R ", b"9999999999 0 R ", b"null ",
]  # fmt: skip
_WORDS = {
    "html": _HTML,
    "pdf": _PDF,
    "docx": _DOCX,
    "xlsx": _XLSX,
    "old": _ODS,
    "text": _TEXT,
    "sniff": _HTML + _TEXT,
}
_TOKEN = re.compile(rb"<[^<>]{0,300}>|[0-9.]+|[^\W\d]+|\s+|.", re.DOTALL)
_NUMBER = re.compile(rb"[0-9]+")


def spoilt(reader: str, data: bytes, rng: random.Random) -> bytes:
    """A few changes to the marks of a document; those of a packed one are made inside of it."""
    parts = unpacked(data) if data.startswith(b"PK") and rng.random() < 0.95 else None
    if parts:
        name = rng.choice([name for name in parts if name.endswith((".xml", ".rels"))] or list(parts))
        if rng.random() < 0.7:
            name = max(parts, key=lambda part: len(parts[part]))
        if rng.random() < 0.03:
            del parts[name]
        else:
            parts[name] = _changed(parts[name], _WORDS[reader], rng)
            if rng.random() < 0.8:
                parts[name] = _mended(parts[name]) or parts[name]
        return packed(parts)
    return _changed(data, _WORDS[reader], rng)


def _mended(xml: bytes) -> bytes | None:
    """Sound XML again, so that what is changed reaches the reader."""
    try:
        root = etree.fromstring(xml, etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError:
        return None
    return None if root is None else etree.tostring(root, encoding="utf-8")


def _changed(data: bytes, words: list[bytes], rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        data = _one_change(data, words, rng)
    return data


def _one_change(data: bytes, words: list[bytes], rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    token = _TOKEN.search(data, at)
    kind = rng.randrange(11)
    if token is None or kind == 0:
        return data[:at] + rng.choice(words) * rng.choice((1, 1, 1, 1, 3, 40, 2000)) + data[at:]
    start, end = token.span()
    if kind == 1:
        return data[:start] + data[end:]
    if kind == 2:
        return data[:end] + token[0] * rng.choice((1, 1, 2, 50)) + data[end:]
    if kind == 3:
        return data[:start] + rng.choice(words) + data[end:]
    if kind == 4:
        number = _NUMBER.search(data, at)
        return data if number is None else data[: number.start()] + rng.choice(_NUMBERS) + data[number.end() :]
    if kind == 5:  # a stretch put elsewhere
        stop = min(start + rng.choice((5, 60, 600, 6000)), len(data))
        piece, rest = data[start:stop], data[:start] + data[stop:]
        to = rng.randrange(len(rest) + 1)
        return rest[:to] + piece + rest[to:]
    if kind == 6:  # a stretch lost
        return data[:start] + data[start + rng.choice((1, 5, 60, 600, 6000)) :]
    if kind == 7:
        return data[:at]
    if kind == 8 and len(data) < 200_000:  # a stretch again and again
        stop = min(start + rng.choice((5, 60, 600)), len(data))
        return data[:stop] + data[start:stop] * rng.choice((1, 2, 20)) + data[stop:]
    if kind == 9:
        return data[:start] + bytes([rng.randrange(256)]) + data[start + 1 :]
    return data[:start] + rng.choice(words) + data[start:]


# ---- noise that must leave every figure as it is ----

_CHATTER = (
    "首页 > 政务公开",
    "字号：大 中 小",
    "打印本页",
    "网站地图",
    "联系我们 电话 0635-1234567",
    "2031年1月2日",
    "x" * 300,
)
_ATTRIBUTES = (
    ' class="a b"', " style='color:red'", " id=x1", ' onclick="f(1)"', " data-x='<td>'", ' width="12%"', ' title="9 > 8"', " nowrap",
)  # fmt: skip


def noisy(reader: str, rng: random.Random) -> tuple[dict, bytes, str]:
    """(figures, document, name): a form from random figures with noise that means nothing."""
    if reader == "pdf":
        figures, data = drawn(rng.randrange(4))
        return figures, _noisy_pdf(data, rng), "a.pdf"
    medium = rng.choice(_MADE[reader])
    figures, data = made(medium, rng)
    if medium in ("docx", "xlsx", "ods"):
        parts = unpacked(data) or {}
        parts = {name: _NOISE[medium](content, rng) if _is_body(name) else content for name, content in parts.items()}
        return figures, packed(dict(rng.sample(list(parts.items()), len(parts)))), f"a.{medium}"
    text = _NOISE[medium](data, rng).decode()
    encodings = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]
    encoding = rng.choice(encodings)
    name = rng.choice(("a.htm", "a", "a.txt")) if medium == "html" and reader == "sniff" else f"a.{medium}"
    if encoding != "utf-8":
        text = text.replace(
            "<meta charset=utf-8>", rng.choice(("", "<html><meta charset=gb2312>", "<html><meta charset=utf-8>"))
        )
    return figures, text.encode(encoding), name


def _is_body(name: str) -> bool:
    return name.endswith(("document.xml", "sheet1.xml", "content.xml"))


def _noisy_html(data: bytes, rng: random.Random) -> bytes:
    text = data.decode()
    head, body, rest = text.partition("<body>")

    def tag(match: re.Match[str]) -> str:
        found = match[0]
        if rng.random() < 0.1 and not found.startswith("</"):
            found = found[:-1] + rng.choice(_ATTRIBUTES) + ">"
        if rng.random() < 0.1:
            found = re.sub(r"^</?\w+", lambda m: m[0].upper(), found)
        if found.lstrip("</")[:2].lower() in ("td", "tr") and rng.random() < 0.05:
            found += rng.choice(("\n", "  ", "\t", "<!-- 7 -->", "\r\n"))
        return found

    if rng.random() < 0.3:
        rest = rest.replace("</td>", "")
    if rng.random() < 0.3:
        rest = re.sub(
            r"(<td[^<>]*>)([^<>]*)", lambda m: f"{m[1]}<p><span>{m[2]}</span></p>" if rng.random() < 0.2 else m[0], rest
        )
    if rng.random() < 0.3:
        rest = re.sub(r"(<td[^<>]*>)(\d+)", lambda m: f"{m[1]}&nbsp;{m[2]}&nbsp;" if rng.random() < 0.2 else m[0], rest)
    rest = re.sub(r"</?(?:td|tr|table|p)\b[^<>]*>", tag, rest)
    if rng.random() < 0.3:
        rest = f"<table><tr><td><table><tr><td>{rng.choice(_CHATTER)}</table><td>{rest}</td></tr></table>"
    junk = [
        f"<div>{rng.choice(_CHATTER)}</div>", "<script>var a='<table><tr><td>1</td></tr></table>';</script>", "<style>td{}</style>",
        "<ul><li>1<li>2</ul>", "<!-- <table><tr><td>5</table> -->", "<noscript><table><tr><td>8</table></noscript>",
    ]  # fmt: skip
    before, after = (" ".join(rng.sample(junk, rng.randrange(4))) for _ in range(2))
    return f"{head}{body}{before}{rest}{after}".encode()


def _noisy_text(data: bytes, rng: random.Random) -> bytes:
    lines = data.decode().split("\n")
    lines = [line + rng.choice(("", "", " ", "\u3000")) if not line.endswith("\t") else line for line in lines]
    chatter = [rng.choice(_CHATTER[2:4] + _CHATTER[-1:]) for _ in range(rng.randrange(3))]
    end = rng.choice(("\n", "\r\n"))
    return end.join([*chatter, "", *lines, "", *chatter]).encode()


def _noisy_csv(data: bytes, rng: random.Random) -> bytes:
    text = data.decode()
    if rng.random() < 0.5:
        text = re.sub(r"(?<=,)(\d+)(?=,)", lambda m: f'"{m[1]}"' if rng.random() < 0.3 else m[0], text)
    if rng.random() < 0.5:
        text = text.replace("\r\n", "\n")
    return (rng.choice(("", "打印本页\n\n", "\n\n")) + text + rng.choice(("", "\n", ",,,\n"))).encode()


def _noisy_docx(data: bytes, rng: random.Random) -> bytes:
    text = data.decode()
    run = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">'
    changes = (
        ("<w:tc>", '<w:tc w:rsidR="00AB">'), ("<w:p><w:r>", '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>'),
        ("<w:p><w:r>", '<w:p><w:bookmarkStart w:id="1" w:name="x"/><w:bookmarkEnd w:id="1"/><w:r>'), ("<w:p><w:r>", "<w:p><w:proofErr/><w:r>"),
        ("<w:p><w:r>", "<w:p><w:ins><w:r/></w:ins><w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:r>"),
        ("<w:p>", "<!-- 3 --><w:p>"), ("</w:tr>", "</w:tr>\n"),
        ('<w:r><w:t xml:space="preserve">', run),
    )  # fmt: skip
    for old, new in rng.sample(changes, rng.randrange(1, 5)):
        text = re.sub(re.escape(old), lambda m, new=new: new if rng.random() < 0.2 else m[0], text)
    if rng.random() < 0.5:  # a run cut in two inside of a figure
        text = re.sub(r">(\d)(\d+)</w:t>", lambda m: f">{m[1]}</w:t></w:r><w:r><w:t>{m[2]}</w:t>", text)
    if rng.random() < 0.3:
        text = re.sub(
            r"(<w:tc>.*?</w:tc>)",
            lambda m: f"<w:sdt><w:sdtContent>{m[1]}</w:sdtContent></w:sdt>" if rng.random() < 0.1 else m[0],
            text,
        )
    junk = f"<w:p><w:r><w:t>{rng.choice(_CHATTER)}</w:t></w:r></w:p>"
    return text.replace("<w:body>", f"<w:body>{junk if rng.random() < 0.5 else ''}").encode()


def _noisy_xlsx(data: bytes, rng: random.Random) -> bytes:
    text = data.decode()
    if rng.random() < 0.5:
        text = re.sub(r'(<row r="\d+")', r'\1 ht="20" customHeight="1"', text)
    if rng.random() < 0.5:
        text = re.sub(r'<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>', text)
    if rng.random() < 0.5:
        text = text.replace("<c ", "\n<c ").replace("</row>", "</row><!-- 4 -->")
    if rng.random() < 0.3:
        text = re.sub(r' r="[A-Z]+\d+"', lambda m: m[0].replace('"', "'"), text)
    return text.encode()


def _noisy_ods(data: bytes, rng: random.Random) -> bytes:
    text = data.decode()
    if rng.random() < 0.5:
        text = text.replace(
            "</table:table>",
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"/></table:table-row></table:table>',
        )
    if rng.random() < 0.5:
        text = text.replace("<table:table-row>", '<table:table-row table:style-name="ro1">')
    return text.encode()


def _noisy_pdf(data: bytes, rng: random.Random) -> bytes:
    """More operators that print nothing, or print away from the tables; the lengths and offsets are then wrong."""
    idle = [
        b"q Q\n",
        b"1 0 0 RG 0 0 0 RG\n",
        b"% 12 remark\n",
        b"/P BMC EMC\n",
        b"0.3 w\n1 w\n",
        b"q 5 5 20 20 re W n Q\n",
        b"2 2 m 8 2 l S\n",
    ]
    junk = b"".join(rng.sample(idle, rng.randrange(1, 4)))
    parts = data.split(b"\nendobj")
    at = rng.randrange(1, len(parts))
    parts[at] = rng.choice((b"\n% 1 0 obj", b"", b"\n")) + parts[at] if rng.random() < 0.5 else parts[at]
    data = b"\nendobj".join(parts)
    data = data.replace(b"stream\n1 j", b"stream\n" + junk + b"1 j") if rng.random() < 0.3 else data
    return data + rng.choice((b"", b"\n\n", b"\0" * 100, b"<html>trailing</html>"))


_NOISE = {
    "html": _noisy_html, "md": _noisy_text, "txt": _noisy_text, "csv": _noisy_csv, "docx": _noisy_docx, "xlsx": _noisy_xlsx,
    "ods": _noisy_ods,
}  # fmt: skip


# ---- what is wrong with a reading ----


def doubts(report) -> list[str]:
    """Codes of the problems that tell of doubt about a figure."""
    return [problem.code for problem in report.problems if problem.code not in CERTAIN]


def differing(report, figures: dict) -> list:
    """(key, printed, read) of each figure that is not as printed."""
    got = {cell.key: cell.value for cell in report.cells()}
    want = {
        key: parse(text, "万元" if BOOK.unit(*key) == "万元" else None, BOOK.signed(key[0], key[2])).value
        for key, text in figures.items()
    }
    wrong = [(key, want[key], got.get(key, "missing")) for key in want if got.get(key, "missing") != want[key]]
    return wrong + [(key, "nothing", got[key]) for key in got if key not in want]


_DIGITS = re.compile(r"\d+")


def not_in_text(reader: str, data: bytes, name: str, report) -> list:
    """(key, as read) of each figure whose digits stand nowhere in the text of the document."""
    if any(problem.code == "hidden-markup" for problem in report.problems):
        return []
    text = _squeezed(_text_of(data))
    if text is None:
        return []
    wrong = []
    for cell in report.cells():
        if cell.value is not None and any(
            run not in text for run in _DIGITS.findall(unicodedata.normalize("NFKC", cell.raw))
        ):
            wrong.append((cell.key, cell.raw))
    return wrong


def _squeezed(text: str | None) -> str | None:
    return None if text is None else re.sub(r"[^\w.]", "", unicodedata.normalize("NFKC", text))


def _text_of(data: bytes) -> str | None:
    """All text of a document by another way than the readers go; None where there is none such."""
    if b"%PDF-" in data[:1024]:
        return None
    if data.startswith(b"PK"):
        parts = unpacked(data)
        if not parts:
            return None
        texts = []
        for content in parts.values():
            text = re.sub(r'<w:sym\b[^>]*w:char="F03(\d)"[^>]*>', r"<w:t>\1</w:t>", content.decode("utf-8", "replace"))
            texts.append(_untagged(text))
            # what a spoilt file has beside its runs is not seen
            texts += re.findall(r"<w:t\b[^>]*>([^<]*)", text)
        return "".join(texts)
    if data.startswith(b"\xd0\xcf"):
        return None
    text = decode(data)[0]
    values = "".join(re.findall(r"value\s*=\s*[\"']?([^\"'>]*)", text))
    return text + _untagged(text) + values


def _untagged(text: str) -> str:
    import html

    return html.unescape(re.sub(r"(?s)<!--.*?-->|<[^>]*>", "", text))
