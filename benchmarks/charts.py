"""Draws every chart from every case of tests/chart_cases.py in both languages: faults, and time taken.

python benchmarks/charts.py [KIND …]
"""

from __future__ import annotations

import sys
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from chart_audit import faults  # noqa: E402
from chart_cases import inputs  # noqa: E402

from liaocheng_foi import charts  # noqa: E402


def main(kinds: list[str]) -> int:
    """Number of charts with faults."""
    warnings.simplefilter("error")
    wrong = 0
    for kind in kinds:
        spent, drawn = 0.0, 0
        for name, (make, options) in inputs(kind).items():
            data = make()
            for lang in ("zh", "en"):
                started = time.perf_counter()
                getattr(charts, kind).render(data, "svg", lang, **options)
                spent, drawn = spent + time.perf_counter() - started, drawn + 1
                found = list(faults(getattr(charts, kind)(data, lang=lang, **options)))
                wrong += bool(found)
                for fault in found:
                    print(f"{kind}, {name}, {lang}: {fault}")
        print(f"{kind}: {drawn} charts, {1000 * spent / drawn:.0f} ms each as SVG")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:] or list(charts.OF_A_REPORT | charts.OF_TWO_YEARS | charts.OF_MANY))))
