"""Shared by all tests: where the real reports are, and the truth about them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "reports"


def truth(report: str) -> dict[tuple[str, str, str], float | None]:
    """Every printed cell of a real report, typed by hand."""
    with open(SHARED / "truth" / f"{report}.csv", encoding="utf-8", newline="") as handle:
        return {
            (line["table"], line["row"], line["column"]): float(line["value"]) if line["value"] else None
            for line in csv.DictReader(handle)
        }


#: Files whose tests share what takes long to make.
_TOGETHER = ("test_pages.py", "test_publication.py", "test_export_data.py", "test_hostile.py")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Tests go to whichever worker is free; those of :data:`_TOGETHER` go to one, a file at a time."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::")[0]
            return file if file.endswith(_TOGETHER) else nodeid

    return Scheduling(config, log)


@pytest.fixture
def shared() -> Path:
    """The folder of real reports; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the real reports (../shared/reports) are not on this machine")
    return SHARED
