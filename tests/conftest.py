"""Shared by all tests: where the real reports are, and the truth about them."""

from __future__ import annotations

import csv
import gc
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "reports"


def truth(report: str) -> dict[tuple[str, str, str], float | None]:
    """Every printed cell of a real report, typed by hand."""
    with open(SHARED / "truth" / f"{report}.csv", encoding="utf-8", newline="") as handle:
        return {
            (line["table"], line["row"], line["column"]): float(line["value"]) if line["value"] else None
            for line in csv.DictReader(handle)
        }


def pytest_configure(config) -> None:
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        return  # this process gives the tests to others
    from hypothesis import settings

    # the same examples each time; benchmarks/ tries many more, other ones each time
    settings.register_profile("suite", max_examples=20, deadline=None, derandomize=True)
    settings.load_profile("suite")


#: The files that take longest, which come first, so that all workers end at about the same time.
_LONGEST = (
    "test_pages", "test_publication", "test_charts", "test_export_data", "test_hostile", "test_readers_pdf",
    "test_repairs", "test_readers_legacy", "test_docs", "test_filled", "test_publication_notebooks",
    "test_comparison", "test_sentences", "test_accuracy", "test_label", "test_readers_spreadsheet", "test_readers_html",
    "test_years", "test_indicator", "test_build", "test_notebooks_many", "test_panel",
)  # fmt: skip
#: The files whose tests share the :func:`site`.
_OF_THE_SITE = ("test_pages", "test_publication")


def _file(nodeid: str) -> str:
    return nodeid.split("::")[0].rsplit("/", 1)[-1].removesuffix(".py")


def pytest_collection_modifyitems(items) -> None:
    rank = {name: place for place, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: rank.get(_file(item.nodeid), len(rank)))


def pytest_collection_finish() -> None:
    # what is loaded by now stays, and charts and frames are made of thousands of small objects: looking for garbage
    # in all of it, as often as is usual, takes a tenth of the time
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem) -> bool | None:
    """A worker tells of each test once, not of its setting up and tidying up too, unless these failed."""
    if not hasattr(item.config, "workerinput"):
        return None
    for report in runtestprotocol(item, nextitem=nextitem, log=False):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


def pytest_sessionfinish() -> None:
    # nothing is looked for in what the process leaves behind
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """The tests of a file go to one worker, since they share what takes long to make."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            name = _file(nodeid)
            return "site" if name in _OF_THE_SITE else name

    config.option.loadscopereorder = False
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
