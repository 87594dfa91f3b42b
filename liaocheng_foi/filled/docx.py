"""The form as a Word document on A4, after the template of the General Office of the State Council.

The parts of the container are written as they are: a template's document carries a clock and fonts of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from ..form import Box, placed
from .printed import Part, Printed, is_left, widths
from .zipped import zipped

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_FILL = "C6D9F1"
_LATIN = "Times New Roman"

_CONTENT_TYPES = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>\
<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
</Types>"""
_RELATIONS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>\
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>\
</Relationships>"""
_DOCUMENT_RELATIONS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>\
<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>\
</Relationships>"""
_SETTINGS = f"""{_HEAD}<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/><w:autoHyphenation/>\
<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" \
w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"""


def document(form: Printed) -> bytes:
    """The whole document; the same bytes for the same form."""
    return zipped(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": _document(form),
            "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
            "word/styles.xml": _styles(form.lang),
            "word/settings.xml": _SETTINGS,
            "docProps/core.xml": _core(form),
        }
    )


def _core(form: Printed) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(form.title)}</dc:title></cp:coreProperties>'
    )


def _styles(lang: str) -> str:
    def fonts(east: str) -> str:
        names = {"ascii": _LATIN, "hAnsi": _LATIN, "eastAsia": east, "cs": _LATIN}
        return "<w:rFonts" + "".join(f' w:{kind}="{name}"' for kind, name in names.items()) + "/>"

    def style(id: str, name: str, paragraph: str, run: str, based: str = ' w:customStyle="1"') -> str:
        return (
            f'<w:style w:type="paragraph"{based} w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
            f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )

    languages = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    size = 20 if lang == "zh" else 14
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts("宋体")}'
        f'<w:sz w:val="21"/><w:szCs w:val="21"/>{languages}</w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        + style(
            "Title", "Title", '<w:spacing w:after="360"/><w:jc w:val="center"/>',
            f'{fonts("宋体")}<w:b/><w:bCs/><w:sz w:val="36"/><w:szCs w:val="36"/>', "",
        )
        + style(
            "Heading1", "heading 1", '<w:keepNext/><w:spacing w:before="240" w:after="160"/><w:outlineLvl w:val="0"/>',
            f'{fonts("黑体")}<w:sz w:val="24"/><w:szCs w:val="24"/>', "",
        )
        + style(
            "FormCell", "Form Cell", '<w:snapToGrid w:val="0"/>', f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        )
        + style("FormNote", "Form Note", '<w:spacing w:before="60"/>', '<w:sz w:val="18"/><w:szCs w:val="18"/>')
        + "</w:styles>"
    )  # fmt: skip


def _document(form: Printed) -> str:
    body = [_paragraph("Title", form.title)]
    for part in form.parts:
        # the long table has a page of its own
        body.append(_paragraph("Heading1", part.heading, "<w:pageBreakBefore/>" if part.table == "requests" else ""))
        body.append(_table(part, form.lang))
        body.append(_paragraph("FormNote", part.note))
    body.append(
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1083" w:bottom="907" w:left="1083" '
        'w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
    )
    return f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'


def _paragraph(style: str, text: str, properties: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{run}</w:p>'


def _table(part: Part, lang: str) -> str:
    wide = widths(part.table, lang)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (("top", 15), ("left", 20), ("bottom", 15), ("right", 20))
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in wide)
    rows = "".join(_row(part, row, wide) for row in range(len(part.rows)))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(wide)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(part: Part, number: int, wide: Sequence[int]) -> str:
    cells = [(column, row, box) for row, column, box in placed(part.rows) if row <= number < row + box.rows]
    header = part.table == "requests" and not any(box.key for _, _, box in cells)
    marks = f'<w:cantSplit/><w:trHeight w:val="340"/>{"<w:tblHeader/>" if header else ""}'
    printed = "".join(
        _cell(part.table, sum(wide[column : column + box.columns]), row < number, box)
        for column, row, box in sorted(cells, key=lambda cell: cell[0])
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{printed}</w:tr>"


def _cell(table: str, width: int, below: bool, box: Box) -> str:
    span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    merge = ("<w:vMerge/>" if below else '<w:vMerge w:val="restart"/>') if box.rows > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_FILL}"/>' if box.kind == "block" else ""
    # the short table is not cut by the end of a page
    together = "<w:keepNext/>" if table == "reviews" else ""
    properties = f'{together}{_indent(box, width)}<w:jc w:val="{"left" if is_left(box, table) else "center"}"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph('FormCell', '' if below else box.text, properties)}</w:tc>"
    )


def _indent(box: Box, width: int) -> str:
    """Room at both sides of a block or row label, and so that narrow column labels break after two characters."""
    if box.kind == "column" and width < 700 and not box.text.isascii():
        return '<w:ind w:left="80" w:right="80"/>'
    return '<w:ind w:left="40" w:right="20"/>' if box.kind in ("block", "row") else ""
