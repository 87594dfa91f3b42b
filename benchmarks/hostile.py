"""What hostile and broken documents cost: case, seconds, processor seconds, peak memory, exit status and message.

    python benchmarks/hostile.py [WORD …]

Each case of tests/hostile.py is written to a file and given to ``foi read`` in a process of its own. The bars are
10 seconds, 1 GB, exit status 0 or 2, and one sentence; WORDs choose the cases whose names hold one of them.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from hostile import CASES, Case  # noqa: E402

SECONDS, MEGABYTES = 10.0, 1024.0
FOI = (sys.executable, "-m", "liaocheng_foi", "read")


def main() -> int:
    words = sys.argv[1:]
    failed = 0
    print(f"{'case':48}{'file MB':>8}{'seconds':>9}{'cpu':>7}{'peak MB':>9}{'exit':>5}  message")
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES.values():
            if words and not any(word in case.name for word in words):
                continue
            failed += not _measured(case, Path(folder))
    print(f"{failed} over the bar" if failed else "all within the bar")
    return min(failed, 1)


def _measured(case: Case, folder: Path) -> bool:
    path = folder / case.file
    path.write_bytes(case.make())
    seconds, busy, megabytes, status, said = run(path, folder)
    last = [line for line in said.splitlines() if line.startswith("foi read: ")]
    message = last[-1].removeprefix("foi read: ") if last else ""
    good = seconds <= SECONDS and megabytes <= MEGABYTES and status in (0, 2) and "Traceback" not in said
    if case.says not in ("", "*"):
        good = good and any(re.search(re.escape(part), message) for part in case.says.split("|"))
    if not good and not message:
        message = said[-200:]
    size = path.stat().st_size / 2**20
    name = case.name if good else f"OVER {case.name}"
    print(f"{name[:47]:48}{size:8.1f}{seconds:9.2f}{busy:7.2f}{megabytes:9.0f}{status:5}  {message[:150]}", flush=True)
    path.unlink()
    return good


def run(path: Path, folder: Path) -> tuple[float, float, float, int, str]:
    """(seconds, processor seconds, peak megabytes of it or of a child, exit status, stderr) of ``foi read``."""
    import resource

    errors = folder / "stderr"
    begun = time.perf_counter()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_AS, (8 * 2**30, 8 * 2**30))
        out = os.open(os.devnull, os.O_WRONLY)
        err = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.execvp("timeout", ["timeout", "--signal=KILL", "100", *FOI, str(path)])
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - begun
    said = errors.read_text(encoding="utf-8", errors="replace")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status), said


if __name__ == "__main__":
    sys.exit(main())
