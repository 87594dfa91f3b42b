"""Old Word files: converted by LibreOffice where it is installed, shut off from the network, refused in sentences."""

import io
import os
import shutil
import sys
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from conftest import ROOT
from panels import printed_in

import liaocheng_foi as foi
from liaocheng_foi.problems import ReadError
from liaocheng_foi.readers import Limits, legacy, read_document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
TABLE = (
    rb"{\rtf1\ansi before\par \trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000 a\cell\cell 1\cell\row"
    rb"\trowd\cellx1000\cellx2000\cellx3000 b\cell 2\cell 3\cell\row \pard after\par}"
)


def read(data, name="x.doc", **limits):
    return legacy.read(data, name=name, limits=Limits(**limits))


@office
def test_rich_text_with_a_table():
    document = read_document(TABLE, name="x.rtf")
    assert [paragraph.text for paragraph in document.paragraphs()] == ["before", "after"]
    assert [grid.cells for grid in document.grids()] == [[["a", "a", "1"], ["b", "2", "3"]]]


@office
def test_a_form_as_an_old_word_file():
    """A form of ours with many blanks, saved by LibreOffice as .doc; portals serve such files as .wps too."""
    report = foi.read((ROOT / "tests" / "data" / "written-by-office.doc").read_bytes(), name="report.wps")
    assert {cell.key: cell.value for cell in report.cells()} == printed_in("shanghai-go-2019")
    assert report.unsure == ()


@office
def test_no_link_is_followed(tmp_path):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    try:
        document = read(odt(f"http://127.0.0.1:{server.server_port}/x.png", secret.as_uri()), name="x.odt")
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []
    assert [paragraph.text for paragraph in document.paragraphs()] == ["before", "kept"]


def odt(picture, section):
    """A text with a picture and a section from elsewhere."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = f"""<?xml version="1.0"?><office:document-content xmlns:office="{urn}:office:1.0" xmlns:text="{urn}:text:1.0"
    xmlns:draw="{urn}:drawing:1.0" xmlns:svg="{urn}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
    office:version="1.2"><office:body><office:text><text:p>before<draw:frame svg:width="2cm" svg:height="2cm"
    text:anchor-type="as-char"><draw:image xlink:href="{picture}" xlink:type="simple" xlink:show="embed"
    xlink:actuate="onLoad"/></draw:frame></text:p><text:section text:name="S"><text:section-source
    xlink:href="{section}" xlink:type="simple"/><text:p>kept</text:p></text:section></office:text></office:body>
    </office:document-content>"""
    manifest = f"""<?xml version="1.0"?><m:manifest xmlns:m="{urn}:manifest:1.0" m:version="1.2">
    <m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>
    <m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>"""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return packed.getvalue()


@office
def test_what_cannot_be_converted_is_refused_in_a_sentence():
    with pytest.raises(ReadError, match=r"^x\.doc: .*save it as \.docx"):
        read(OLE + bytes(5000))


def program(folder, monkeypatch, text):
    """A program called soffice, the only one that is found."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.skipif(os.name != "posix", reason="the stand-in for LibreOffice is a script")
def test_a_converter_that_hangs_is_ended_with_its_children(tmp_path, monkeypatch):
    # its child holds the other end of a pipe: the pipe closes when the child is gone
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    program(
        tmp_path, monkeypatch,
        f"import subprocess, sys, time\n"
        f"subprocess.Popen([sys.executable, '-c', 'import time; print(1, flush=True); time.sleep(600)'], stdout=open({str(pipe)!r}, 'w'))\n"
        "time.sleep(600)\n",
    )  # fmt: skip
    with pytest.raises(ReadError, match="timeout"):
        read(TABLE, name="x.rtf", timeout=1)
    os.set_blocking(reader, True)
    while os.read(reader, 100):
        pass
    os.close(reader)


@pytest.mark.skipif(os.name != "posix", reason="the stand-in for LibreOffice is a script")
def test_the_converter_works_in_a_folder_of_its_own_that_is_gone_afterwards(tmp_path, monkeypatch):
    log = tmp_path / "log"
    program(
        tmp_path, monkeypatch,
        f"import os, sys\nopen({str(log)!r}, 'w').write('\\n'.join([os.getcwd(), os.environ['HOME'], sys.argv[-1]]))\n",
    )  # fmt: skip
    with pytest.raises(ReadError, match="could not convert"):
        read(TABLE, name="../../etc/evil name;$(x).rtf")
    folder, home, source = log.read_text(encoding="utf-8").split("\n")
    assert folder == home
    assert source == os.path.join(folder, "document.rtf")
    assert not os.path.exists(folder)


def test_without_libreoffice_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        ReadError, match=r"^x\.doc: .*install it, or open the file in Word or WPS and save it as \.docx"
    ):
        read(OLE + bytes(600))


def test_a_password_is_named():
    with pytest.raises(ReadError, match="password"):
        read(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"))


def test_the_size_is_bounded():
    with pytest.raises(ReadError, match="max_bytes"):
        read(TABLE, max_bytes=10)
