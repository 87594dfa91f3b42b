"""Hostile and broken input: one clear sentence that names the limit, or an ordinary reading; nothing else is touched.

The documents are made in ``hostile.py`` and read there in a process with little memory; the largest ones, and the
seconds and megabytes of each, are in ``benchmarks/hostile.py``.
"""

import io
import json
import os
import random
import re
import subprocess
import sys
import zipfile
import zlib

import hostile
import pytest
from conftest import ROOT
from hostile import CASES, docx, form, package, pdf, stream, xlsx

import liaocheng_foi as foi
from liaocheng_foi import files, matching
from liaocheng_foi.cli import main
from liaocheng_foi.label import reviews
from liaocheng_foi.readers import Limits, read_document
from liaocheng_foi.readers.pdf import hazard

LIGHT = [case for case in CASES.values() if not case.heavy]


@pytest.fixture(scope="module")
def outcomes():
    """What came of each case, all read in one process of their own."""
    run = subprocess.run(
        [sys.executable, hostile.__file__], capture_output=True, text=True, check=True, cwd=ROOT / "tests"
    )
    return {found["name"]: found for found in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("case", LIGHT, ids=[case.name for case in LIGHT])
def test_a_hostile_document_ends_in_a_reading_or_one_sentence(case, outcomes):
    found = outcomes[case.name]
    assert found["status"] in (0, 2), found["said"]
    assert not found["touched"], "a file was written or the network asked"
    errors = [line for line in found["said"].splitlines() if line.startswith("foi read: ")]
    assert len(errors) <= 1 and "Traceback" not in found["said"]
    if case.says in ("", "*"):
        return
    assert found["status"] == 2 and len(errors) == 1
    assert errors[0].startswith(f"foi read: {case.file}: ") and errors[0].endswith((".", "?"))
    assert any(words in errors[0] for words in case.says.split("|")), errors[0]
    if "max_" in errors[0]:
        assert re.search(r"limits=Limits\((max_\w+)=…\)(, or --limit \1=…, if|\.)", errors[0]), (
            "the message says how the limit is changed"
        )


@pytest.mark.parametrize("medium", ["html", "docx", "xlsx", "md", "csv", "txt", "pdf"])
def test_a_limit_is_the_callers(medium):
    data = form(medium)
    with pytest.raises(foi.ReadError, match=rf"form\.{medium}: .* over the limit of 1,?000; .*max_bytes"):
        foi.read(data, name=f"form.{medium}", limits=Limits(max_bytes=1000))
    with pytest.raises(foi.ReadError, match="max_cells"):
        foi.read(data, name=f"form.{medium}", limits=Limits(max_cells=100))
    assert (
        foi.read(data, name=f"form.{medium}", limits=Limits(max_bytes=10**9, max_cells=10**6)).value(
            "requests", "granted"
        )
        is not None
    )


def test_a_limit_is_set_on_the_command_line(capsys, tmp_path):
    path = tmp_path / "form.csv"
    path.write_bytes(form("csv"))
    assert main(["read", str(path), "--limit", "max_cells=100"]) == 2
    assert "--limit max_cells=…" in capsys.readouterr().err
    assert main(["read", str(path), "--limit", "max_cells=1000", "--limit", "max_seconds=2.5"]) == 0
    for wrong, words in (
        ("cells=1", "known: max_bytes"),
        ("max_cells=x", "positive number"),
        ("max_cells=-1", "positive"),
    ):
        assert main(["read", str(path), "--limit", wrong]) == 2
        assert words in capsys.readouterr().err


# ---- what is given to read ----


def test_any_buffer_and_any_binary_file_object(tmp_path):
    data = form("csv")
    path = tmp_path / "form.csv"
    path.write_bytes(data)
    want = {cell.key: cell.value for cell in foi.read(path).cells()}
    reader, writer = os.pipe()
    os.write(writer, data)
    os.close(writer)
    with open(path, "rb") as file, open(reader, "rb", buffering=0) as pipe:
        for source in (
            data,
            bytearray(data),
            memoryview(data),
            io.BytesIO(data),
            file,
            pipe,
            os.fsencode(path).decode(),
        ):
            found = foi.read(source, name="form.csv")
            assert {cell.key: cell.value for cell in found.cells()} == want


class _Broken(io.RawIOBase):
    def read(self, size=-1):
        raise OSError("the disk is gone")


def _closed():
    file = io.BytesIO(b"1")
    file.close()
    return file


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (5, "not int"),
        (None, "not NoneType"),
        ([b"a"], "not list"),
        (io.StringIO("a"), "binary mode"),
        (_closed(), "could not be read"),
        (_Broken(), "the disk is gone"),
        ("a\0b.html", "could not be opened"),
        ("x" * 5000, "could not be opened"),
        (b"", "empty"),
    ],
)
def test_what_cannot_be_read_from_is_said(source, words):
    with pytest.raises(foi.ReadError, match=words) as error:
        foi.read(source)
    assert len(str(error.value).splitlines()) == 1


def _refused(capsys, path) -> str:
    status = main(["read", str(path)])
    out, err = capsys.readouterr()
    assert status == 2 and out == "" and len(err.splitlines()) == 1, err
    return err


def test_paths_that_are_no_files(capsys, tmp_path):
    loop, pipe = tmp_path / "loop.html", tmp_path / "pipe.html"
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    assert "loop.html" in _refused(capsys, loop)
    assert "not a regular file" in _refused(capsys, pipe)
    assert "not a regular file" in _refused(capsys, "/dev/zero")
    assert "no such file" in _refused(capsys, tmp_path / "none.pdf")
    with pytest.raises(foi.ReadError, match="this is a folder"):
        foi.read(tmp_path)


def test_a_folder_with_links_to_itself_is_read_once(tmp_path):
    (tmp_path / "form.csv").write_bytes(form("csv"))
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "linked.csv").symlink_to(tmp_path / "form.csv")
    reports, errors = foi.read_all(tmp_path)
    assert len(reports) == 1 and not errors


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="for root every file is readable")
def test_a_file_without_permission(capsys, tmp_path):
    path = tmp_path / "closed.csv"
    path.write_bytes(form("csv"))
    path.chmod(0)
    assert "permissions" in _refused(capsys, path)


def test_a_name_of_any_bytes_is_printed_on_one_line(capsys, tmp_path):
    path = os.fsencode(tmp_path) + b"/a\nb\xff.md"
    with open(path, "wb") as file:
        file.write(form("md"))
    assert main(["read", os.fsdecode(path)]) == 0
    assert "a?b?.md" in capsys.readouterr().out


# ---- PDFs that would keep PDFium busy ----


def _form_xobject(content: bytes) -> bytes:
    return stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")


UNUSUAL = {
    "forms within forms": pdf([b"/X Do"], [_form_xobject(b"/X Do")]),
    "forms within forms, a word in their dictionary": pdf(
        [b"/X Do"], [stream(b"/X Do", b"/Type /XObject /Subtype /Form /T (obj)")]
    ),
    "forms within forms, a wrong checksum": pdf([b"/X Do"], [_form_xobject(b"/X Do")]).replace(
        zlib.compress(b"/X Do", 9), zlib.compress(b"/X Do", 9)[:-1] + b"?"
    ),
    "a stream within a stream": pdf(
        [b"q Q"], [b"<< /Length 9 >>\nstream\n" + _form_xobject(b"/X Do") + b"\nendstream"]
    ),
    "packed twice": pdf([b"q Q"]).replace(b"/FlateDecode", b"/FlateDecode /FlateDecode"),
    "another packing": pdf([b"q Q"]).replace(b"/FlateDecode", b"/LZWDecode"),
    "a name in disguise": pdf([b"q Q"]).replace(b"/FlateDecode", b"/Fl#61teDecode"),
    "encrypted": pdf([b"q Q"]).replace(b"/Root", b"/Encrypt 9 0 R /Root"),
    "one stream again and again": pdf([b"q Q " * 25_000]).replace(
        b"/Contents 11 0 R", b"/Contents [" + b"11 0 R " * 60 + b"]"
    ),
    "nothing again and again": pdf([b""]).replace(b"/Contents 11 0 R", b"/Contents [" + b"11 0 R " * 10_000 + b"]"),
    "one stream again and again, with blanks that only PDFium knows": pdf([b"q Q " * 25_000]).replace(
        b"/Contents 11 0 R", b"/Contents [" + b"11\xff0\x80R " * 60 + b"]"
    ),
    "streams of 5 MB": pdf([b"q Q " * (5 * 2**18)]),
    "a stream of 5 MB that says it is a picture": pdf([b"q Q"], [stream(b"q Q " * (5 * 2**18), b"/X /DCTDecode")]),
    "a form that annotations show": pdf([b"q Q"], [b"<< /AP << /N 13 0 R >> >>", _form_xobject(b"q Q")]),
    "a form shown too often": pdf([b"/X Do " * 10_000], [_form_xobject(b"q Q " * 100_000)]),
}


@pytest.mark.parametrize("data", UNUSUAL.values(), ids=UNUSUAL)
def test_a_pdf_of_unusual_make_is_told(data):
    assert not hazard.look(data, 1).ordinary


def test_a_drawn_pdf_is_ordinary():
    assert hazard.look(form("pdf"), 3).ordinary


def test_a_pdf_that_never_ends_is_stopped():
    forms = [hostile._form(b"/X%d Do " % (i + 1) * 20, i + 1) for i in range(8)] + [hostile._form(b"q Q", 0)]
    data = pdf([b"/X0 Do"], forms, b"/XObject << /X0 12 0 R >>")
    with pytest.raises(foi.ReadError, match=r"longer than 0\.5 seconds.*max_seconds"):
        foi.read(data, name="a.pdf", limits=Limits(max_seconds=0.5))


def test_a_pdf_that_asks_for_memory_is_stopped():
    data = pdf([b"BT /F 9 Tf (1) Tj ET " + b"0 0 m 1 1 l n " * (3 * 2**20)])
    with pytest.raises(foi.ReadError, match="max_memory"):
        foi.read(data, name="a.pdf", limits=Limits(max_memory=100 * 2**20))


def test_a_pdf_read_apart_reads_as_it_does_here():
    data = form("pdf")
    here = foi.read(data, name="form.pdf")
    apart = foi.read(data.replace(b"%PDF", b"%/Encrypt\n%PDF", 1), name="form.pdf")
    assert {c.key: c.value for c in apart.cells()} == {c.key: c.value for c in here.cells()} != {}


# ---- what the fuzzer found (benchmarks/fuzz.py) ----


def test_comments_between_cells_are_no_cells():
    data = form("html").replace(b"</td>", b"</td><!-- 7 -->").replace(b"<tr>", b"<tr><!-- 8 -->")
    assert _figures(data, "a.html") == _figures(form("html"), "a.html")


def test_a_page_of_text_in_a_cell_is_not_compared_with_every_label(monkeypatch):
    def distance(one, other, known=matching.distance):
        assert len(one) < 200 and len(other) < 200
        return known(one, other)

    monkeypatch.setattr(matching, "distance", distance)
    prose = "收到公开申请的统计情况" * 300
    text = form("csv").decode().replace("规章,", f"{prose},", 1).replace(",其他,", f",{prose},")
    assert foi.read(text.encode(), name="a.csv").unsure


def test_a_long_rule_and_unclosed_marks_cost_no_more_than_their_length():
    text = "-" * 200_000 + "x\n" + "**a " * 50_000 + "\n" + "<table " * 50_000 + "\n" + "- " * 100_000 + "x\n"
    assert _figures(form("md") + b"\n\n" + text.encode(), "a.md") == _figures(form("md"), "a.md")


def test_a_paragraph_within_a_paragraph_begins_a_line():
    cell = b"<w:tc><w:p><w:r><w:t>1</w:t></w:r><w:p><w:r><w:t>2</w:t></w:r></w:p></w:p></w:tc>"
    (grid,) = read_document(docx(b"<w:tbl><w:tr>" + cell * 2 + b"</w:tr></w:tbl>"), name="a.docx").grids()
    assert grid.cells == [["1\n2", "1\n2"]]


def test_a_run_outside_of_paragraphs_is_a_line_of_its_own():
    cell = b"<w:tc><w:r><w:t>8</w:t></w:r><w:p><w:r><w:t>13</w:t></w:r><w:r><w:t>9</w:t></w:r></w:p></w:tc>"
    (grid,) = read_document(docx(b"<w:tbl><w:tr>" + cell * 2 + b"</w:tr></w:tbl>"), name="a.docx").grids()
    assert grid.cells == [["8\n139", "8\n139"]]
    cell = b'<w:tc><w:sym w:char="F031" w:font="Symbol"/><w:r><w:t>912</w:t></w:r></w:tc>'
    (grid,) = read_document(docx(b"<w:tbl><w:tr>" + cell * 2 + b"</w:tr></w:tbl>"), name="a.docx").grids()
    assert grid.cells == [["1\n912", "1\n912"]]


@pytest.mark.parametrize(
    "body",
    [
        b"<w:p><w:r><w:txbxContent><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:txbxContent></w:r></w:p>",
        b"<w:tbl><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tbl>",
        b"<w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>",
    ],
)
def test_cells_and_rows_in_the_wrong_place_are_text(body):
    document = read_document(docx(body + b"<w:p><w:r><w:t>2</w:t></w:r></w:p>"), name="a.docx")
    assert "2" in [block.text for block in document.paragraphs()][-1]


def test_a_merge_written_from_its_end():
    sheet = b'<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="2"><c r="C2"><v>4</v></c></row></sheetData>'
    (grid,) = read_document(xlsx(sheet + b'<mergeCells><mergeCell ref="B2:A1"/></mergeCells>'), name="a.xlsx").grids()
    assert grid.cells == [["1", "1", "3"], ["1", "1", "4"]]


@pytest.mark.parametrize("digits", ["8" * 5000, "一" * 5000, f"({'9' * 400})", "12345678901234567"])
def test_more_digits_than_a_figure_has_are_a_problem(digits):
    figures = form("csv").decode().split("\n")
    row = next(i for i, line in enumerate(figures) if line.startswith("规章,"))
    label, _, *rest = figures[row].split(",")
    figures[row] = ",".join([label, digits, *rest])
    report = foi.read("\n".join(figures).encode(), name="a.csv")
    assert report.value("proactive", "regulation", "made_new") is None
    assert "not-a-number" in {problem.code for problem in report.unsure}


def test_headers_again_and_again_cost_no_more_than_their_length(monkeypatch):
    looked_at = []

    def stacks(header, known=reviews.stacks):
        looked_at.append(len(header))
        return known(header)

    monkeypatch.setattr(reviews, "stacks", stacks)
    lines = "四、政府信息公开行政复议、行政诉讼情况\n" + "".join(
        f"行政复议\t行政诉讼\t{n}号\n甲\t5\n\n" for n in range(100)
    )
    foi.read(form("csv").replace(b",", b"\t") + lines.encode(), name="a.tsv")
    assert 100 < sum(looked_at) < 100 * 40


def test_the_reason_of_a_parser_is_cut_to_one_short_line():
    for junk in (b"\x00", b"<w:p/>" * 5000, b"&x;" * 5000):
        body = b"<w:document xmlns:w='" + junk
        with pytest.raises(foi.ReadError) as error:
            foi.read(package({"word/document.xml": body}), name="a.docx")
        assert len(str(error.value).splitlines()) == 1 and len(str(error.value)) < 400


def _figures(data: bytes, name: str) -> dict:
    return {cell.key: cell.value for cell in foi.read(data, name=name).cells()}


def test_random_spoiling_ends_in_a_reading_or_an_error_of_ours():
    """A little of what benchmarks/fuzz.py does for half an hour."""
    import noise

    for reader in ("html", "docx", "xlsx", "text"):
        for seed in range(15):
            rng = random.Random(seed)
            data = noise.spoilt(reader, rng.choice(_seeds(reader)), rng)
            try:
                report = foi.read(data, name=noise.name_for(reader, data))
            except foi.FoiError as error:
                assert len(str(error).splitlines()) == 1
            else:
                assert not noise.not_in_text(reader, data, "", report)
        figures, data, name = noise.noisy(reader, random.Random(1))
        report = foi.read(data, name=name)
        assert noise.doubts(report) or not noise.differing(report, figures)


def _seeds(reader: str) -> list[bytes]:
    import noise

    return [noise.made(medium, random.Random(3))[1] for medium in noise._MADE[reader]]


# ---- bad input of every day ----


def test_a_table_that_stands_twice_is_named_and_the_first_is_kept(capsys, tmp_path):
    path = tmp_path / "twice.csv"
    path.write_bytes(form("csv") + b"\r\n" + form("csv"))
    once = foi.read(form("csv"), name="once.csv")
    assert main(["read", str(path)]) == 2
    out, err = capsys.readouterr()
    assert err.count("[table-twice]") == 3
    assert "twice.csv, table" in err and 'the table "三、收到和处理政府信息公开申请情况" stands twice' in err
    assert len(out.splitlines()) == 1 + len(list(once.cells()))


@pytest.mark.parametrize("manifest", ['"report,fi', "\x00", '"a"b,c\n', "report\n1"])
def test_a_spoilt_manifest_is_one_sentence(capsys, tmp_path, manifest):
    (tmp_path / "manifest.csv").write_text(manifest, encoding="utf-8")
    assert main(["build", "--raw", str(tmp_path), "--processed", str(tmp_path / "made")]) == 2
    err = capsys.readouterr().err
    assert err.startswith("foi build: manifest.csv") and len(err.splitlines()) == 1
    assert not (tmp_path / "made").exists()


def test_what_cannot_be_written_whole_is_not_written(tmp_path, monkeypatch):
    target = tmp_path / "figures.csv"
    target.write_text("before", encoding="utf-8")
    for error in (OSError(28, "No space left on device"), KeyboardInterrupt()):

        def fail(*_, error=error):
            raise error

        monkeypatch.setattr(os, "replace", fail)
        with pytest.raises((foi.FoiError, KeyboardInterrupt)):
            files.write(target, "after")
        assert [path.name for path in tmp_path.iterdir()] == ["figures.csv"] and target.read_text() == "before"


def test_an_archive_that_is_no_document():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("report.html", form("html"))
    with pytest.raises(foi.ReadError, match="unpack it"):
        foi.read(target.getvalue(), name="reports.zip")
