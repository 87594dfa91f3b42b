"""Web pages saved as one file."""

import random
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from media import html
from printed import printed, random_figures, told

import liaocheng_foi as foi


def saved(*pages):
    """The file that a browser makes of a page and the frames in it."""
    file = MIMEMultipart("related")
    for page in pages:
        file.attach(MIMEText(page, "html", "gb18030"))
    return file


@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page"])
def test_the_page_in_the_file(name):
    form = printed(told(random_figures(random.Random(4), 2021)), 2021)
    data = saved(html(form.document()).decode(), "<p>a frame</p>").as_bytes()
    report = foi.read(data, name=name)
    assert {cell.key: cell.raw for cell in report.cells()} == form.figures()


def test_the_sheets_of_a_workbook_saved_as_a_page():
    form = printed(told(random_figures(random.Random(5), 2021)), 2021)
    sheets = html(form.document()).decode().split("</table>")
    frames = "<html><head><title>x</title></head><frameset><frame src=sheet001.htm></frameset></html>"
    report = foi.read(saved(frames, "", *(f"{sheet}</table>" for sheet in sheets[:3])).as_bytes(), name="book.mht")
    assert {cell.key: cell.raw for cell in report.cells()} == form.figures()


def test_a_report_in_a_frame_of_a_page_with_tables_of_its_own():
    form = printed(told(random_figures(random.Random(6), 2021)), 2021)
    around = "<title>x</title><table><tr><td>menu<td>12</table><iframe src=cid:frame-2></iframe>"
    report = foi.read(saved(around, html(form.document()).decode()).as_bytes(), name="page.mhtml")
    assert {cell.key: cell.raw for cell in report.cells()} == form.figures()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (saved().as_bytes(), "no web page"),
        (saved("x").as_bytes() + b"\n--x" * 20_000, "max_parts"),
        (b"".join(b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(3000)), "max_depth"),
        (saved("x").as_bytes()[:150], "no web page"),
    ],
)  # fmt: skip
def test_files_that_hold_none_or_too_much(data, said):
    with pytest.raises(foi.ReadError, match=said):
        foi.read(data, name="page.mht")
