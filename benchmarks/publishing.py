"""How long pages take, and how much memory: one brief in a warm process, then all pages as ``foi publish`` makes them.

    python benchmarks/publishing.py [--workers N]

Bars: one brief at most 3 s, all pages at most 60 s on 2 cores, at most 1 GB in all processes together, a page at most
1.5 MB and seen within 1 s in a browser.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

import liaocheng_foi as foi

ROOT = Path(__file__).resolve().parent.parent


def brief(panel, id):
    """Seconds for one brief in both languages, the best of three, and its size in kB."""
    report, best = panel.report(id), float("inf")
    for _ in range(3):
        start = time.perf_counter()
        page = foi.publish(report, panel=panel)
        best = min(best, time.perf_counter() - start)
    return best, len(page.html.encode("utf-8")) / 1000


def first_paint(panel, id):
    """Milliseconds until Chromium has painted something of the page from disk, the median of five."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "page.html"
        foi.publish(panel.report(id), path, panel=panel)
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        times = []
        for _ in range(5):
            page = browser.new_page()
            page.goto(path.as_uri())
            times.append(page.evaluate(_PAINT))
            page.close()
        browser.close()
    return statistics.median(times)


_PAINT = "performance.getEntriesByType('paint').find(e => e.name == 'first-contentful-paint').startTime"


def site(workers):
    """Seconds, pages, and the peak of memory of all processes together in MB, as ``foi publish`` in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "liaocheng_foi", "publish", "-o", folder, "--workers", str(workers)]
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT)
        peak = Peak(process.pid)
        status = process.wait()
        seconds = time.perf_counter() - start
        return seconds, len(list(Path(folder).glob("*.html"))), peak.stop(), status


class Peak:
    """The largest sum of the memory of a process and its children (what they share counted once each by its part)."""

    def __init__(self, pid):
        self._pid, self._most, self._running = pid, 0, True
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self):
        while self._running:
            try:
                root = psutil.Process(self._pid)
                family = [root, *root.children(recursive=True)]
                self._most = max(self._most, sum(_memory(each) for each in family))
            except psutil.Error:
                pass
            time.sleep(0.2)

    def stop(self):
        self._running = False
        self._thread.join()
        return self._most / 1e6


def _memory(process):
    try:
        full = process.memory_full_info()
        return getattr(full, "pss", full.rss)
    except psutil.Error:
        return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    panel = foi.load(ROOT / "data" / "processed")
    foi.publish(panel.report("suqian-2025"), panel=panel)
    for id in ("liaocheng-2020", "suqian-2024"):
        seconds, size = brief(panel, id)
        print(f"brief of {id}: {seconds:.2f} s, {size:,.0f} kB")
    if shutil.which("chromium"):
        print(f"first paint of suqian-2024: {first_paint(panel, 'suqian-2024'):.0f} ms")
    seconds, pages, memory, status = site(options.workers)
    print(f"foi publish, {options.workers} workers: {seconds:.1f} s, {pages} pages, {memory:,.0f} MB, exit {status}")


if __name__ == "__main__":
    main()
