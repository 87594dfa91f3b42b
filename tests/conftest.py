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


@pytest.fixture
def shared() -> Path:
    """The folder of real reports; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the real reports (../shared/reports) are not on this machine")
    return SHARED
