import csv
import io
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from liaocheng_foi import files
from liaocheng_foi.cli import main

LIAOCHENG = ROOT / "data" / "raw" / "liaocheng-2020.md"


def run(capsys, *arguments):
    status = main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_read_prints_one_figure_a_line(capsys):
    status, out, _ = run(capsys, "read", LIAOCHENG)
    lines = list(csv.DictReader(io.StringIO(out)))
    assert status == 0 and len(lines) == 198
    assert out.startswith("table,row,column,value,unit,status,raw")
    assert [line["value"] for line in lines if line["row"] == "procurement"] == ["3894", "1278848.63"]


def test_read_as_json(capsys):
    status, out, _ = run(capsys, "read", LIAOCHENG, "--format", "json", "--organ", "liaocheng", "--year", 2020)
    cells = json.loads(out)
    assert status == 0 and len(cells) == 198
    assert {cell["organ"] for cell in cells} == {"liaocheng"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the file is empty"),
        ("nothing of the kind", "no table of the annual report was found"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_status_2(capsys, tmp_path, content, words):
    path = tmp_path / "bad.md"
    path.write_text(content, encoding="utf-8")
    status, out, err = run(capsys, "read", path)
    assert (status, out) == (2, "")
    assert err.startswith("foi read: bad.md: ") and words in err and err.count("\n") == 1


def test_the_package_runs_as_the_command(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["foi", "read", "none.md"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("liaocheng_foi", run_name="__main__")
    assert ended.value.code == 2 and capsys.readouterr().err.startswith("foi read: none.md: ")


def test_a_missing_file_and_an_empty_folder(capsys, tmp_path):
    assert run(capsys, "read", tmp_path / "none.md")[0] == 2
    status, _, err = run(capsys, "read", tmp_path)
    assert status == 2 and "holds no document" in err
    status, _, err = run(capsys, "read", "")
    assert status == 2 and "name a file or a folder" in err


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("\t632\t", "\t6E2\t", "not-a-number"),
        ("2. 重 复申 请", "8. 全新的情形甲乙丙", "label-unknown"),
    ],
)
def test_a_doubtful_figure_names_file_and_place_keeps_the_rest_and_is_status_2(capsys, tmp_path, old, new, code):
    text = LIAOCHENG.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "doubtful.md"
    path.write_text(text.replace(old, new), encoding="utf-8")
    status, out, err = run(capsys, "read", path)
    assert status == 2 and f"[{code}]" in err and "doubtful.md, table" in err
    assert len(out.splitlines()) > 185


def test_a_folder_is_read_file_by_file(capsys, tmp_path):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(LIAOCHENG.read_bytes())
    (tmp_path / "c.md").write_text("no table", encoding="utf-8")
    status, out, err = run(capsys, "read", tmp_path)
    assert status == 2 and "c.md" in err
    assert {line["file"] for line in csv.DictReader(io.StringIO(out))} == {"a.md", "b.md"}


def test_a_build_of_nothing_is_refused(capsys, tmp_path):
    status, _, err = run(capsys, "build", "--raw", tmp_path / "nothing", "--processed", tmp_path / "x")
    assert status == 2 and "manifest.csv is missing" in err


def test_publish_refuses_an_unknown_report(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, _, err = run(capsys, "publish", "nowhere-1999", "--processed", ROOT / "data" / "processed")
    assert status == 2 and "known: " in err and "liaocheng-2020" in err and not list(tmp_path.iterdir())


def test_every_command_has_help_with_an_example(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = capsys.readouterr().out
    for command in ("read", "build", "publish", "codebook", "reference"):
        assert command in listed
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert f"example:\n  foi {command}" in capsys.readouterr().out


def test_codebook(capsys):
    status, out, _ = run(capsys, "codebook", "--table", "reviews")
    assert status == 0 and "结果维持" in out and "granted" not in out


def test_a_pipe_gets_the_same_bytes_whatever_the_locale_and_a_full_disk_is_said():
    command = [sys.executable, "-m", "liaocheng_foi", "codebook", "--table", "form"]
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)}
    assert "一、".encode() in subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    if Path("/dev/full").exists():
        with open("/dev/full", "wb") as full:
            environment["PYTHONIOENCODING"] = "ascii"
            ended = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, text=True)
        assert ended.returncode == 2 and ended.stderr.startswith("foi codebook: the output could not be written (")
        assert ended.stderr.count("\n") == 1


def test_what_is_written_goes_through_links_and_into_pipes(tmp_path):
    true, link, pipe = (tmp_path / name for name in ("true.txt", "link.txt", "pipe"))
    true.write_text("before")
    link.symlink_to(true)
    files.write(link, "behind")
    assert link.is_symlink() and true.read_text() == "behind"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.write(pipe, "through")
    assert os.read(reader, 10) == b"through" and pipe.is_fifo()
    os.close(reader)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "pipe", "true.txt"]
