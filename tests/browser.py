"""Documents printed to PDF by a browser, in any style: all in one go, then taken apart."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import media
import pypdfium2

from liaocheng_foi.grid import Document

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FONT = Path(__file__).parent.parent / "liaocheng_foi" / "fonts" / "NotoSansSC-subset.ttf"
#: Stands at the head of each document.
_FIRST = "第一页"


def printed_by_browser(documents: Sequence[tuple[Document, str]], folder: Path) -> list[bytes]:
    """The PDF of each document, whose tables have the style beside it (declarations, then rules of what is inside)."""
    page = [f"<meta charset=utf-8><style>@font-face{{font-family:own;src:url({FONT.as_uri()})}}"]
    page += [f"#s{number}{{font-family:own;break-after:page;{style}}}" for number, (_, style) in enumerate(documents)]
    page.append("</style>")
    for number, (document, _) in enumerate(documents):
        page.append(f"<div id=s{number}><p>{_FIRST}</p>{media.html(document).decode()}</div>")
    (folder / "page.html").write_text("".join(page), encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--print-to-pdf={folder / 'page.pdf'}", str(folder / "page.html")], check=True, capture_output=True
    )
    whole = pypdfium2.PdfDocument(folder / "page.pdf")
    texts = ["".join(printed.get_textpage().get_text_range().split()) for printed in whole]
    firsts = [number for number, text in enumerate(texts) if text.startswith(_FIRST)]
    assert len(firsts) == len(documents)
    parts = []
    for first, end in zip(firsts, [*firsts[1:], len(whole)], strict=True):
        part, data = pypdfium2.PdfDocument.new(), io.BytesIO()
        part.import_pages(whole, list(range(first, end)))
        part.save(data)
        parts.append(data.getvalue())
    return parts
