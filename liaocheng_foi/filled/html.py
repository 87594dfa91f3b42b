"""The form as a page: one file, nothing fetched, printed on A4."""

from __future__ import annotations

from html import escape

from ..form import rows_html
from .printed import Printed, widths

_STYLE = """\
@page { size: A4; margin: 18mm 16mm; }
body { max-width: 175mm; margin: 2em auto; padding: 0 1em; color: #000; background: #fff;
  font-family: "Times New Roman", "Liberation Serif", "SimSun", "宋体", "Songti SC", "Noto Serif CJK SC", serif;
  line-height: 1.4; }
h1 { font-size: 18pt; text-align: center; margin: 0 0 1.2em; }
h2 { font-size: 12pt; margin: 1.6em 0 .6em; break-after: avoid; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 46em; font-size: 10pt; }
:lang(en) table { font-size: 7pt; min-width: 70em; }
th, td { border: 1px solid #000; padding: .25em .35em; font-weight: normal; text-align: center; }
td { font-variant-numeric: tabular-nums; height: 1.3em; padding: .25em .05em; }
th { overflow-wrap: break-word; hyphens: auto; text-wrap: balance; }
th.block { background: #c6d9f1; text-align: left; }
th.row { text-align: left; }
.proactive th.row { text-align: center; }
.column { padding: .25em .1em; }
tr { break-inside: avoid; }
.note { font-size: 9pt; }
@media screen and (max-width: 40em) {
  :lang(zh) table { font-size: 8pt; }
}
@media print {
  body { margin: 0; padding: 0; max-width: none; }
  .scroll { overflow: visible; }
  h2:nth-of-type(2) { break-before: page; }
  table, :lang(en) table { min-width: 0; }
}
"""


def page(form: Printed) -> str:
    """The whole page; every text of the document escaped."""
    language = "zh-CN" if form.lang == "zh" else "en"
    heading = escape(form.title)
    lines = [
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{heading}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<h1>{heading}</h1>",
    ]
    for part in form.parts:
        # office programs take the lines from the attribute
        lines.append(f'<h2>{escape(part.heading)}</h2>\n<div class="scroll">\n<table class="{part.table}" border="1">')
        lines.append(f"{_columns(part.table, form.lang)}\n{rows_html(part.rows)}</table>\n</div>")
        if part.note:
            lines.append(f'<p class="note">{escape(part.note)}</p>')
    lines.append("</body>\n</html>\n")
    return "\n".join(lines)


def _columns(table: str, lang: str) -> str:
    wide = widths(table, lang)
    columns = "".join(f'<col style="width:{width / sum(wide):.2%}">' for width in wide)
    return f"<colgroup>{columns}</colgroup>"
