"""Shared by all tests: where the real reports are, and the truth about them."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# the same examples each time; benchmarks/ tries many more, other ones each time
settings.register_profile("suite", max_examples=40, deadline=None, derandomize=True)
settings.load_profile("suite")

# jsonschema does without it; its grammar takes every process that validates a second to import
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "reports"


def truth(report: str) -> dict[tuple[str, str, str], float | None]:
    """Every printed cell of a real report, typed by hand."""
    with open(SHARED / "truth" / f"{report}.csv", encoding="utf-8", newline="") as handle:
        return {
            (line["table"], line["row"], line["column"]): float(line["value"]) if line["value"] else None
            for line in csv.DictReader(handle)
        }


#: Files whose tests share what takes long to make → the worker's task that they are.
_TOGETHER = {
    "test_pages.py": "site",
    "test_publication.py": "site",
    "test_export_data.py": "exports",
    "test_hostile.py": "hostile",
    "test_walls.py": "walls",
}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Tests go to whichever worker is free; those of one task of :data:`_TOGETHER` go to one, in their order."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _TOGETHER.get(nodeid.split("::")[0].rsplit("/", 1)[-1], nodeid)

    return Scheduling(config, log)


@pytest.fixture
def shared() -> Path:
    """The folder of real reports; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the real reports (../shared/reports) are not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> dict[str, Path]:
    """File name → page: two briefs, the second of a partial report, their comparison, the index; in both languages."""
    import liaocheng_foi as foi

    panel = foi.load(ROOT / "data" / "processed")
    folder = tmp_path_factory.mktemp("site")
    written, failed = foi.publish_all(["suqian-2024", "suqian-2025"], "both", folder, notebooks=None, panel=panel)
    assert failed == []
    return {path.name: path for path in written}
