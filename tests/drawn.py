"""Tables drawn into a PDF in several manners, page by page; nothing but matplotlib is needed."""

from __future__ import annotations

import io

from matplotlib import font_manager
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from liaocheng_foi.charts.style import register_font
from liaocheng_foi.grid import Grid

WIDTH, HEIGHT, MARGIN, ROW = 595, 842, 40, 24


def draw(pages: list[list[Grid | str]], manner: str = "strokes", rotate: bool = False) -> bytes:
    """A PDF of pages of grids and lines of text.

    ``manner``: ``strokes``, ``rectangles`` (thin filled ones), ``boxes`` (one per cell), ``open`` (no outer lines at the
    sides), ``none`` (no lines at all).
    """
    register_font()
    font = font_manager.FontProperties(family="Noto Sans SC", size=7)
    target = io.BytesIO()
    settings = {"pdf.fonttype": 42}
    import matplotlib

    with matplotlib.rc_context(settings), PdfPages(target, metadata={"CreationDate": None}) as book:
        for blocks in pages:
            figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72))
            axes = figure.add_axes((0, 0, 1, 1))
            axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
            axes.axis("off")
            y = HEIGHT - MARGIN
            for block in blocks:
                if isinstance(block, str):
                    axes.text(MARGIN, y - 10, block, fontproperties=font, va="center")
                    y -= ROW
                else:
                    y = _table(axes, block, y, manner, font) - ROW
            assert y > 0, "the page is too short"
            book.savefig(figure)
    return target.getvalue()


def _table(axes, grid: Grid, top: float, manner: str, font) -> float:
    rows, columns = grid.shape
    wide = [1.0] * columns
    if columns == 10:
        wide[1:3] = [2.0, 3.0]
    unit = (WIDTH - 2 * MARGIN) / sum(wide)
    xs = [MARGIN]
    for each in wide:
        xs.append(xs[-1] + each * unit)
    ys = [top - ROW * r for r in range(rows + 1)]
    for r in range(rows):
        for c in range(columns):
            if not grid.is_anchor(r, c):
                continue
            bottom = next((q for q in range(r, rows) if grid.anchors[q][c] != (r, c)), rows)
            right = next((q for q in range(c, columns) if grid.anchors[r][q] != (r, c)), columns)
            box = (xs[c], ys[bottom], xs[right], ys[r])
            _lines(axes, box, manner, c == 0, right == columns)
            text = grid.cells[r][c]
            if text:
                shown = _wrapped(text, int((box[2] - box[0]) / 7.4))
                axes.text((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, shown, fontproperties=font, ha="center",
                          va="center", linespacing=1.0)  # fmt: skip
    return ys[-1]


def _wrapped(text: str, width: int) -> str:
    width = max(width, 2)
    if text.replace(".", "").replace("-", "").isdigit() and len(text) <= 2 * width:
        return text
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


def _lines(axes, box, manner: str, first: bool, last: bool) -> None:
    left, bottom, right, top = box
    if manner == "none":
        return
    if manner == "boxes":
        axes.add_patch(Rectangle((left, bottom), right - left, top - bottom, fill=False, linewidth=0.6))
        return
    edges = [((left, right), (top, top)), ((left, right), (bottom, bottom))]
    if not (manner == "open" and first):
        edges.append(((left, left), (bottom, top)))
    if not (manner == "open" and last):
        edges.append(((right, right), (bottom, top)))
    for (x0, x1), (y0, y1) in edges:
        if manner == "rectangles":
            size = (x1 - x0 or 0.75, y1 - y0 or 0.75)
            axes.add_patch(Rectangle((x0, y0), *size, facecolor="black", linewidth=0))
        else:
            axes.plot([x0, x1], [y0, y1], color="black", linewidth=0.6)
