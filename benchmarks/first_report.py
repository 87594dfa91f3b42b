"""Time of the import, of reading the home report, and of the two make targets.

    python benchmarks/first_report.py [--make]

Medians of warm runs, in milliseconds; ``--make`` also times ``make publish`` and ``make test`` once each.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIAOCHENG = ROOT / "data" / "raw" / "liaocheng-2020.md"


def median(action, runs: int = 20) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def import_time() -> float:
    code = "import time; s = time.perf_counter(); import liaocheng_foi; print(time.perf_counter() - s)"
    found = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(7)
    ]
    return 1000 * statistics.median(found)


def main() -> None:
    print(f"import liaocheng_foi            {import_time():8.1f} ms   (bar 100)")
    import liaocheng_foi as foi

    median(lambda: foi.read(LIAOCHENG), runs=1)
    print(f"read the home report            {median(lambda: foi.read(LIAOCHENG)):8.1f} ms   (bar 20)")
    print(f"read it and validate its frames {median(lambda: foi.read(LIAOCHENG).requests):8.1f} ms")
    if "--make" in sys.argv:
        for target, bar in (("publish", 60), ("test", 120)):
            start = time.perf_counter()
            subprocess.run(["make", "-s", target], cwd=ROOT, check=True, capture_output=True)
            print(f"make {target:8}                  {time.perf_counter() - start:8.1f} s    (bar {bar})")


if __name__ == "__main__":
    main()
