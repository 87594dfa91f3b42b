"""Documents without the tables of the form: the refusal says where they may be and what to do."""

import io
import zipfile

import pytest
from drawn import draw
from media import docx

import liaocheng_foi as foi
from liaocheng_foi.grid import Document, Paragraph


def refusal(data, name):
    with pytest.raises(foi.ReadError) as caught:
        foi.read(data, name=name)
    return str(caught.value)


@pytest.mark.parametrize("text", ["", "<h1>年度报告</h1>"])
@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<iframe src='a.html'></iframe>", "frames a.html"), ("<iframe srcdoc='&lt;table>'></iframe>", "iframe srcdoc"),
        ("<embed src=a.pdf>", "file a.pdf"), ("<object data='a.pdf'></object>", "file a.pdf"),
        ("<a href='/b/a.docx?x=1'>附件</a>", "/b/a.docx?x=1"), ("<form><input type=password></form>", "sign in"),
        ("<script>var a = '<table>'</script>", "in a script"), ("<template><table></template>", "in a script"),
        ("<noscript><table></noscript>", "in a script"), ("<p>404 Not Found", "notice of an error"),
        ("<meta http-equiv=Refresh content='0;url=b.html'>", "leads on to another (0;url=b.html)"),
        ("<img src=a.png><img src=b.png>", "2 picture(s)"),
    ],
)  # fmt: skip
def test_a_page_says_where_its_tables_are(markup, words, text):
    assert words in refusal(f"<html><body>{text}{markup}".encode(), "page.html")


def test_a_page_of_frames():
    assert "frames a.html" in refusal(
        b"<html><frameset cols='1,*'><frame src=a.html><frame src=b.html></frameset>", "x.html"
    )


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("word/embeddings/a.xlsx", "another file (word/embeddings/a.xlsx)"),
        ("word/media/a.png", "1 picture(s)"),
        ("word/afchunk.mht", "takes in another document (word/afchunk.mht)"),
        ("a", "is this"),
    ],
)
@pytest.mark.parametrize("blocks", [[], [Paragraph("年度报告")]])
def test_a_word_document_says_what_it_holds_instead(part, words, blocks):
    packed = io.BytesIO(docx(Document(blocks, "docx", "x")))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr(part, b"")
    assert words in refusal(packed.getvalue(), "x.docx")


def test_a_word_document_with_columns_set_by_tabs():
    row = "<w:p><w:r><w:t>规章</w:t><w:tab/><w:t>3</w:t><w:tab/><w:t>5</w:t></w:r></w:p>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        archive.writestr("word/document.xml", f"<w:document {spaces}><w:body>{row * 10}</w:body></w:document>")
    assert "set with tabs" in refusal(packed.getvalue(), "x.docx")


def test_a_pdf_whose_fonts_name_no_letters():
    data = draw([["二、主动公开政府信息情况", "行政许可"]]).replace(b"/ToUnicode 6 0 R", b"")
    assert "run OCR on it first" in refusal(data, "x.pdf")
    assert "is this the report" in refusal(draw([["二、主动公开政府信息情况", "行政许可"]]), "x.pdf")


def test_archives_are_named_and_not_read_in_part():
    for files, words in ((["a.pdf", "b.pdf"], "archive (a.pdf, b.pdf)"), (["OFD.xml"], "OFD"), ([*"abcdef"], "e, …")):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for file in files:
                archive.writestr(file, b"%PDF-1.4")
        assert words in refusal(packed.getvalue(), "x.zip")
    assert "archive" in refusal(b"Rar!\x1a\x07\x00abc", "x.rar") and "archive" in refusal(b"7z\xbc\xaf\x27\x1c", "x.7z")
