"""Seconds and memory of reading as documents grow: both must grow with the size, not with its square.

    python benchmarks/linear.py [MEDIUM …]

Forms and sentences, again and again, up to the limits; each document is read in a process of its own. The last column
is the power of the size that the seconds grow with from the second largest to the largest: 1 is linear. The program
ends with status 1 where it is above 1.4.
"""

from __future__ import annotations

import math
import os
import pickle
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from hostile import docx, pdf, xlsx  # noqa: E402
from media import MEDIA  # noqa: E402
from printed import printed, random_figures  # noqa: E402

STEEPEST = 1.4
PROSE = "收到政府信息公开申请1234件，同比增长2.5%，其中予以公开1003件，不予公开20件。"


def _form(medium: str) -> bytes:
    return MEDIA[medium](printed(random_figures(random.Random(7), 2021), 2021).document())


def html(times: int) -> bytes:
    return _form("html") + (f"<p>{PROSE}</p>" * 40 + "<table><tr><td>1<td>2</table>").encode() * times


def forms_html(times: int) -> bytes:
    return _form("html") * (times // 5)


def md(times: int) -> bytes:
    return (_form("md") + f"\n\n{PROSE}\n\n".encode()) * (times // 8)


def txt(times: int) -> bytes:
    return _form("txt") + (PROSE + "\n").encode() * 40 * times


def csv(times: int) -> bytes:
    return (_form("csv") + b"\r\n\r\n") * (times // 8)


def word(times: int) -> bytes:
    cell = b"<w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc>"
    prose = f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p>".encode()
    return docx((prose * 20 + b"<w:tbl>" + (b"<w:tr>" + cell * 10 + b"</w:tr>") * 10 + b"</w:tbl>") * (times // 8))


def excel(times: int) -> bytes:
    row = b"<row>" + b"<c><v>12</v></c>" * 10 + b"</row>"
    return xlsx(b"<sheetData>" + (row * 30 + b"<row/>") * (times // 4) + b"</sheetData>")


def pages(times: int) -> bytes:
    lines = b"".join(b"BT /F 8 Tf 40 %d Td (%b) Tj ET " % (60 + 12 * i, b"12 345 6 " * 5) for i in range(20))
    rules = b"".join(
        b"40 %d m 540 %d l S %d 400 m %d 800 l S " % (400 + 20 * i, 400 + 20 * i, 40 + 25 * i, 40 + 25 * i)
        for i in range(21)
    )
    return pdf([lines + rules] * (times // 16))


MAKERS: dict[str, tuple[Callable[[int], bytes], str]] = {
    "html": (html, "a.html"), "html forms": (forms_html, "a.html"), "md": (md, "a.md"), "txt": (txt, "a.txt"),
    "csv": (csv, "a.csv"), "docx": (word, "a.docx"), "xlsx": (excel, "a.xlsx"), "pdf": (pages, "a.pdf"),
}  # fmt: skip
SIZES = (500, 1000, 2000, 4000)


def main() -> int:
    steep = 0
    print(f"{'medium':12}{'size MB':>9}{'seconds':>9}{'peak MB':>9}{'power':>7}")
    for name, (make, file) in MAKERS.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        before, power = 0.0, 0.0
        for times in SIZES:
            data = make(times)
            seconds, megabytes = measured(data, file)
            power = math.log2(seconds / before) if before else 0.0
            before = seconds
            print(f"{name:12}{len(data) / 2**20:9.2f}{seconds:9.3f}{megabytes:9.0f}{power:7.2f}", flush=True)
        steep += power > STEEPEST
    return min(steep, 1)


def measured(data: bytes, name: str) -> tuple[float, float]:
    """(processor seconds, megabytes above those of the bare process) of reading, the better of two runs."""
    found = [_once(data, name) for _ in range(2)]
    return min(seconds for seconds, _ in found), min(megabytes for _, megabytes in found)


def _once(data: bytes, name: str) -> tuple[float, float]:
    import resource

    with tempfile.TemporaryFile() as answer:
        child = os.fork()
        if not child:
            import liaocheng_foi as foi

            base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            begun = time.process_time()
            try:
                foi.read(data, name=name, organ="x", year=2022)
            except foi.ReadError as error:
                if "no table" not in str(error):
                    print(error, file=sys.stderr)
            used = time.process_time() - begun
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            answer.write(pickle.dumps((used, (peak - base) / 1024)))
            answer.flush()
            os._exit(0)
        os.waitpid(child, 0)
        answer.seek(0)
        return pickle.load(answer)


if __name__ == "__main__":
    sys.exit(main())
