"""What the documentation says is run: its examples, its links."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

DOCS = ROOT / "docs"
#: Paths of this repository that the pages name.
_NAMED = re.compile(r"`((?:data|liaocheng_foi|tests|benchmarks|docs|notebooks)/[\w./-]+\.\w+)`")


@pytest.mark.parametrize("page", sorted(p.name for p in DOCS.glob("*.md") if ">>>" in p.read_text(encoding="utf-8")))
def test_the_examples_of_a_page_give_what_it_says(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(DOCS / page), module_relative=False, encoding="utf-8")
    assert result.attempted and not result.failed


@pytest.mark.parametrize("page", ["README.md", *sorted(f"docs/{p.name}" for p in DOCS.glob("*.md"))])
def test_every_file_that_a_page_names_is_there(page):
    for name in _NAMED.findall((ROOT / page).read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), name


@pytest.mark.filterwarnings("ignore")
def test_the_site_builds_without_a_warning(tmp_path, capsys):
    """In this process, which has imported most of what the pages document."""
    sphinx = pytest.importorskip("sphinx.cmd.build")
    status = sphinx.build_main(["-q", "-W", "--keep-going", "-b", "html", str(DOCS), str(tmp_path / "site")])
    assert status == 0, capsys.readouterr().err
    start = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "从这里开始" in start and "http://" not in re.sub(r'xmlns="[^"]*"', "", start)


def sessions(text):
    """(command, what it prints) of each session in a page's console blocks."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield command, printed


def test_the_sessions_of_the_readme_print_what_it_shows():
    found = list(sessions((ROOT / "README.md").read_text(encoding="utf-8")))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command, printed in found:
        run = subprocess.run(["bash", "-c", command], cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True)
        assert run.stdout.decode("utf-8") == printed, command
    assert found
