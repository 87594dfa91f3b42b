"""Single XML files of office programs, and pages packed as servers send them: what they are taken for."""

import gzip
import io

import pytest
import xlsxwriter

from liaocheng_foi.problems import ReadError
from liaocheng_foi.readers import Limits, legacy, read_document

WORD = b"""<?xml version="1.0"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>"""
EXCEL = b"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>"""
TEXT = b"""<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text"/>"""
SHEETS = TEXT.replace(b".text", b".spreadsheet")
PAGE = b"""<?xml version="1.0"?><html xmlns:x="urn:schemas-microsoft-com:office:spreadsheet"><p>a<table><td>1<td>2</html>"""


@pytest.mark.parametrize(
    ("data", "ending", "becomes"),
    [(WORD, ".xml", "docx"), (EXCEL, ".xml", "xlsx"), (TEXT, ".fodt", "docx"), (SHEETS, ".fods", "xlsx")],
)
def test_single_xml_files_are_converted(monkeypatch, data, ending, becomes):
    asked = []

    def converted(data, *kinds):
        asked.append(kinds[:2])
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        book.add_worksheet().write_row(0, 0, ["a", 1])
        book.close()
        return stream.getvalue()

    monkeypatch.setattr(legacy, "_converted", converted)
    if becomes == "xlsx":
        assert read_document(data, name="report.xls").medium == "xlsx"
    else:
        with pytest.raises(ReadError, match="holds no text"):
            read_document(data, name="report.doc")
    assert asked == [(ending, becomes)]


def test_a_page_that_names_office_is_a_page():
    assert read_document(PAGE, name="report.xls").medium == "html"


def test_a_packed_page_is_unpacked():
    packed = gzip.compress(b"<p>a<table><tr><td>1<td>2</table>", mtime=0)
    (grid,) = read_document(packed, name="page.html.gz").grids()
    assert grid.cells == [["1", "2"]]
    with pytest.raises(ReadError, match="unpacked size in bytes"):
        read_document(gzip.compress(b"<p>" + b"a" * 10_000, mtime=0), name="page.html", limits=Limits(max_bytes=5000))
    with pytest.raises(ReadError, match="damaged"):
        read_document(packed[:3] + b"\xff" * 40, name="page.html")
