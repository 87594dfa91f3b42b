"""Time of foi.load() in a fresh process, and of every export of data/processed.

    python benchmarks/load_and_export.py [--bodies N]

Load: fresh processes, the interpreter's start left out, what was imported counted in; the ways take turns, the
fastest and the middle of eleven rounds. ``pandas alone`` is what no first table can go below; the rest is ours.
Export: warm, once each; ``--bodies`` exports N bodies that report the same figures for 7 years instead.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROCESSED = ROOT / "data" / "processed"

STEPS = {
    "pandas alone": "import pandas",
    "load()": "import liaocheng_foi as foi; foi.load({folder!r})",
    "load().reports": "import liaocheng_foi as foi; foi.load({folder!r}).reports",
    "load().figures": "import liaocheng_foi as foi; foi.load({folder!r}).figures",
    "load().requests": "import liaocheng_foi as foi; foi.load({folder!r}).requests",
    "load().table('findings')": "import liaocheng_foi as foi; foi.load({folder!r}).table('findings')",
}


ROUNDS = 11


def fresh(code: str) -> float:
    """Milliseconds of some code in a new process, without the start of the interpreter."""
    timed = f"import time; s = time.perf_counter(); {code}; print(time.perf_counter() - s)"
    run = subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True)
    return 1000 * float(run.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bodies", type=int, default=0, help="export this many bodies instead")
    bodies = parser.parse_args().bodies
    rounds = [[fresh(code.format(folder=str(PROCESSED))) for code in STEPS.values()] for _ in range(ROUNDS)]
    for what, spent in zip(STEPS, zip(*rounds, strict=True), strict=True):
        print(f"{what:<28} {min(spent):6.0f} ms fastest {statistics.median(spent):6.0f} ms middle   (bar 500)")
    import liaocheng_foi as foi
    from liaocheng_foi.release import FORMATS

    if bodies:
        import pandas as pd

        one = foi.load(PROCESSED).report("suqian-2024").figures
        many = [one.assign(organ=f"body{n:05}", year=year) for n in range(bodies) for year in range(2021, 2028)]
        panel = foi.Panel.from_figures(pd.concat(many, ignore_index=True).astype({"year": "Int16"}))
        print(f"{len(panel.figures)} figures of {bodies} bodies")
    else:
        panel = foi.load(PROCESSED)
    with tempfile.TemporaryDirectory() as folder:
        for to in FORMATS:
            if bodies and to in ("docx", "xlsx"):
                continue
            target = Path(folder) / f"out.{to}" if to in ("xlsx", "duckdb") else Path(folder) / to
            start = time.perf_counter()
            written = foi.export(panel, to, target)
            size = sum(path.stat().st_size for path in written) / 1e6
            print(f"export {to:<21} {1000 * (time.perf_counter() - start):8.0f} ms   {size:8.2f} MB")


if __name__ == "__main__":
    main()
