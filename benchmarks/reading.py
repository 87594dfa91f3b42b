"""Time and memory of the readers, as ratios to their floors and beside other libraries.

    python benchmarks/reading.py [--rounds 15]

Floors and peers take turns with us, round by round, and the least processor time of each is kept, so that a busy
machine matters little. Everything is read from bytes in memory, warm, in this process; memory is that of a fresh
process. The
published reports are taken from ../shared/reports; what needs them is left out where that folder is absent.
"""

from __future__ import annotations

import argparse
import io
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from conftest import SHARED  # noqa: E402
from media import MANNERS  # noqa: E402
from printed import printed, random_figures, told  # noqa: E402

import liaocheng_foi as foi  # noqa: E402
from liaocheng_foi.label import label  # noqa: E402
from liaocheng_foi.readers import read_document  # noqa: E402

Calls = dict[str, Callable[[], object]]


def least(calls: Calls, rounds: int) -> dict[str, float]:
    """name → least time in ms, every call in turn in each round."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.process_time()
            call()
            best[name] = min(best[name], time.process_time() - start)
    return {name: seconds * 1000 for name, seconds in best.items()}


def tell(what: str, found: float, bar: float, at_least: bool = False) -> bool:
    """Print one ratio beside its bar."""
    good = found >= bar if at_least else found <= bar
    sign = "≥" if at_least else "≤"
    print(f"{what:66}{found:9.2f}  bar {sign} {bar:g}{'' if good else '   MISSED'}")
    return good


def figures(data: bytes, name: str) -> Callable[[], object]:
    """From bytes to named figures with their places."""
    return lambda: list(foi.read(data, name=name).cells())


# ---- PDF ----


def pdfium_floor(data: bytes) -> Callable[[], object]:
    """What PDFium needs to load the pages and give their text."""
    import pypdfium2

    def run() -> list[str]:
        document = pypdfium2.PdfDocument(data)
        texts = [page.get_textpage().get_text_range() for page in document]
        document.close()
        return texts

    return run


def pdfplumber_tables(data: bytes) -> Callable[[], object]:
    import pdfplumber

    def run() -> list[object]:
        with pdfplumber.open(io.BytesIO(data)) as book:
            return [page.extract_tables() for page in book.pages]

    return run


# ---- HTML ----


def bare_parse(data: bytes) -> Callable[[], object]:
    from selectolax.lexbor import LexborHTMLParser

    return lambda: LexborHTMLParser(data)


def parse_and_touch(data: bytes) -> Callable[[], object]:
    """Parsed, every element and every cell's text looked at once, and nothing done with it."""
    from selectolax.lexbor import LexborHTMLParser

    def run() -> object:
        tree = LexborHTMLParser(data)
        seen = [node.tag_id for node in tree.root.traverse()] if tree.root else []
        cells = [node.text() for node in tree.css("td,th")]
        return seen, cells, tree.body.text(separator="\n") if tree.body else ""

    return run


def pandas_grids(data: bytes) -> Callable[[], object]:
    import pandas as pd

    text = data.decode()
    return lambda: pd.read_html(io.StringIO(text))


def cms_page(size: int) -> bytes:
    """A report in a page of a content management system: menus, lists of links, scripts, styles."""
    form = printed(told(random_figures(random.Random(1), 2021)), 2021)
    page = MANNERS["html"](form.document(), random.Random(1)).decode()
    head, body = page.split("<body>")
    rng = random.Random(2)
    words = ("政务公开", "办事服务", "互动交流", "新闻动态", "通知公告", "部门文件", "规划计划", "财政预算")
    script = "<script>var config={menu:[1,2,3],url:'/col/col123/index.html'};function go(a){return a<3}</script>"
    style = "<style>.nav li{float:left;width:89px} .nav a:hover{color:#c00}</style>"
    noise: list[str] = []
    total = len(page.encode())
    while total < size:
        item = rng.choice(
            (
                f'<li class="nav-item" data-id="{rng.randint(1, 9999)}"><a href="/art/{rng.randint(1, 9999)}.html" '
                f'target="_blank" title="{rng.choice(words)}">{rng.choice(words)}</a><span>2024-01-03</span></li>',
                f'<div class="box"><p style="text-indent:2em">{rng.choice(words) * 6}</p></div>',
                script,
                style,
            )
        )
        noise.append(item)
        total += len(item.encode())
    half = len(noise) // 2
    before, behind = ("".join(part) for part in (noise[:half], noise[half:]))
    return f"{head}<body><div class=nav><ul>{before}</ul></div><div id=zoom>{body}</div><ul>{behind}</ul>".encode()


# ---- DOCX ----


def direct_walk(data: bytes) -> Callable[[], object]:
    """zip and lxml alone: the texts of the cells of each table, spans unfolded by grid column."""
    from lxml import etree

    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

    def run() -> list[list[list[str]]]:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(resolve_entities=False))
        tables = []
        for table in root.iter(f"{w}tbl"):
            rows: list[list[str]] = []
            for line in table.iter(f"{w}tr"):
                row: list[str] = []
                for cell in line.iter(f"{w}tc"):
                    text = "\n".join("".join(t.text or "" for t in p.iter(f"{w}t")) for p in cell.iter(f"{w}p")).strip()
                    properties = cell.find(f"{w}tcPr")
                    span = None if properties is None else properties.find(f"{w}gridSpan")
                    merge = None if properties is None else properties.find(f"{w}vMerge")
                    if merge is not None and merge.get(f"{w}val", "continue") == "continue" and rows:
                        text = rows[-1][len(row)] if len(row) < len(rows[-1]) else ""
                    row += [text] * (1 if span is None else int(span.get(f"{w}val", "1")))
                rows.append(row)
            tables.append(rows)
        return tables

    return run


# ---- memory ----


PEAK = """
import sys, time
import liaocheng_foi as foi
from selectolax.lexbor import LexborHTMLParser

def most():
    return int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])

def read(path):
    foi.read(path, limits=foi.Limits(max_steps=10**15))

def parse(path):
    with open(path, "rb") as file:
        LexborHTMLParser(file.read())

do = {"read": read, "parse": parse}[sys.argv[1]]
do(sys.argv[2])
before = most()
start = time.process_time()
do(sys.argv[3])
spent = time.process_time() - start
print((most() - before) * 1024, spent)
"""


def peak(page: bytes, what: str = "read") -> tuple[float, float]:
    """(times its size that reading a page takes, seconds), or only parsing it, in a process that does nothing else."""
    # VmHWM, since ru_maxrss of a new process begins at what its parent had
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.html"), Path(folder, "large.html")
        small.write_bytes(cms_page(20_000))
        large.write_bytes(page)
        command = [sys.executable, "-c", PEAK, what, str(small), str(large)]
        grown, spent = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return int(grown) / len(page), float(spent)


def padded(unit: str, size: int) -> bytes:
    """A report in a page that holds the same piece of markup again and again."""
    return cms_page(20_000).replace(b"<body>", b"<body>" + unit.encode() * (size // len(unit.encode())))


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rounds", type=int, default=15)
    rounds = ask.parse_args().rounds
    good = []

    if SHARED.is_dir():
        data = (SHARED / "huaian-2024.pdf").read_bytes()
        calls: Calls = {"foi": figures(data, "huaian-2024.pdf"), "PDFium": pdfium_floor(data)}
        try:
            calls["pdfplumber"] = pdfplumber_tables(data)
        except ImportError:
            print("pdfplumber is not installed")
        ms = least(calls, rounds)
        print("huaian-2024.pdf: " + ", ".join(f"{name} {value:.1f} ms" for name, value in ms.items()))
        good.append(tell("huaian-2024.pdf, times PDFium's load and text", ms["foi"] / ms["PDFium"], 3))
        if "pdfplumber" in ms:
            ratio = ms["pdfplumber"] / ms["foi"]
            good.append(tell("huaian-2024.pdf, times as fast as pdfplumber", ratio, 8, at_least=True))

        data = (SHARED / "hangzhou-2025.html").read_bytes()
        ms = least(
            {"foi": figures(data, "hangzhou-2025.html"), "Lexbor": bare_parse(data), "pandas": pandas_grids(data)},
            rounds,
        )
        print("hangzhou-2025.html: " + ", ".join(f"{name} {value:.2f} ms" for name, value in ms.items()))
        ratio = ms["pandas"] / ms["foi"]
        good.append(tell("hangzhou-2025.html, times as fast as pandas.read_html", ratio, 1.5, at_least=True))

        data = (SHARED / "form-2021-blank.docx").read_bytes()
        ms = least({"foi": figures(data, "form-2021-blank.docx"), "walk": direct_walk(data)}, rounds)
        print("form-2021-blank.docx: " + ", ".join(f"{name} {value:.2f} ms" for name, value in ms.items()))
        good.append(tell("form-2021-blank.docx, times the direct walk", ms["foi"] / ms["walk"], 2))

        data = (SHARED / "liaocheng-2020.md").read_bytes()
        ms = least({"foi": figures(data, "liaocheng-2020.md")}, rounds)
        good.append(tell("liaocheng-2020.md, ms", ms["foi"], 10))
    else:
        print("the published reports are not on this machine")

    data = cms_page(100_000)
    document = read_document(data, name="page.html")
    ms = least(
        {
            "foi": figures(data, "page.html"),
            "Lexbor": bare_parse(data),
            "parsed and touched": parse_and_touch(data),
            "as a document": lambda: read_document(data, name="page.html"),
            "its tables named": lambda: label(document),
        },
        rounds,
    )
    print("page of 100 KB: " + ", ".join(f"{name} {value:.2f} ms" for name, value in ms.items()))
    good.append(tell("page of 100 KB, times its bare parse", ms["foi"] / ms["Lexbor"], 3))
    least_of_all = (ms["parsed and touched"] + ms["its tables named"]) / ms["Lexbor"]
    print(f"{'page of 100 KB, touched once and named, and nothing else':66}{least_of_all:9.2f}")

    sizes = (5_000_000, 10_000_000, 20_000_000)
    found = [peak(cms_page(size)) for size in sizes]
    for size, (times, spent) in zip(sizes, found, strict=True):
        print(f"page of {size / 1e6:g} MB: {times:.1f} times its size in memory, {spent:.2f} s")
    good.append(tell("page of 20 MB, peak memory as times its size", found[-1][0], 12))
    pieces = {
        "words": f"<p>{'public disclosure ' * 20}</p>",
        "links": '<a href="/art/2024/1234.html">政务公开</a>',
        "words with styles": '<p class="MsoNormal"><span style="font-size:16.0pt">政务公开</span></p>',
    }
    for name, unit in pieces.items():
        page = padded(unit, 20_000_000)
        (times, spent), (floor, _) = peak(page), peak(page, "parse")
        print(f"20 MB of {name}: {times:.1f} times its size in memory, {floor:.1f} to parse it alone, {spent:.2f} s")
    good.append(tell("page of 20 MB, time per MB as times that of 5 MB", found[-1][1] / found[0][1] / 4, 1.5))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
