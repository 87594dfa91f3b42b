"""The generated pages of docs/ are what the declarations say."""

import pytest
from conftest import ROOT

from liaocheng_foi.cli import COMMANDS, main
from liaocheng_foi.cli.reference import PAGES, page


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_up_to_date(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == page(name), "run: foi reference"


def test_the_command_writes_them_all(tmp_path):
    assert main(["reference", "-o", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == set(PAGES)


def test_every_command_stands_in_the_page_of_commands_with_an_example():
    text = page("commands.md")
    for command in COMMANDS:
        section = text.split(f"## foi {command}\n")[1].split("\n## ")[0]
        assert f"$ foi {command}" in section
