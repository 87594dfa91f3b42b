"""Fuzz a reader: no exception but our own, no hang, no full memory, no wrong figure.

    python benchmarks/fuzz.py [READER …] [--minutes 30] [--seed 0] [--keep DIR]

READER is one of html, pdf, docx, xlsx, old (XLS, ODS), text, sniff; none means each in turn, for a few seconds. Atheris
(the extra ``fuzz``) chooses by the coverage of the package what to change next; the changes are made to the marks of
the medium, not only to its bytes. Seeds are forms printed from random figures, and the published reports where they
are. Two oracles guard the figures: whatever is read from a spoilt document must stand in its text, and a form to
which only harmless noise was added must give exactly its figures, or a problem that tells of doubt.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaocheng_foi.grid import Document
    from liaocheng_foi.readers import Limits

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import noise  # noqa: E402

READERS = ("html", "pdf", "docx", "xlsx", "old", "text", "sniff")
#: Processor seconds for one input, on a machine with other work, instrumented.
SLOW = 8.0
MEMORY_MB = 1500
LONGEST = 400_000


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("readers", nargs="*", metavar="READER", choices=[*READERS, []])
    ask.add_argument("--minutes", type=float, default=0.1)
    ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--keep", metavar="DIR", help="folder for what is found; default: a new temporary one")
    ask.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = ask.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("atheris is not installed: pip install -e .[fuzz]")
        return 0
    if options.child:
        child(options.readers[0], Path(options.keep), options.seed, options.minutes * 60)
        return 0
    keep = Path(options.keep or tempfile.mkdtemp(prefix="foi-fuzz-"))
    found = [
        supervise(reader, keep / reader, options.seed, options.minutes * 60) for reader in options.readers or READERS
    ]
    return min(sum(found), 1)


# ---- the process that watches: a reader's own crash ends only the process that fuzzes ----


def supervise(reader: str, keep: Path, seed: int, seconds: float) -> int:
    (keep / "corpus").mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + seconds
    runs = 0
    with open(keep / "log.txt", "a", encoding="utf-8") as log:
        while (left := end - time.monotonic()) > 1 and runs < 500:
            command = [sys.executable, __file__, reader, "--child", "--minutes", str(left / 60), "--keep", str(keep)]
            subprocess.run([*command, "--seed", str(seed + runs)], stdout=log, stderr=log, check=False)
            runs += 1
    counts = [json.loads(line) for line in (keep / "counts.jsonl").read_text().splitlines()]
    last = {c["run"]: c for c in counts}
    total = {key: sum(c[key] for c in last.values()) for key in ("executions", "read", "refused", "noisy", "exact")}
    finds = sorted(
        p.name
        for p in keep.iterdir()
        if p.name.startswith(("find-", "crash-", "timeout-", "oom-")) and "find-doubt" not in p.name
    )
    shown = ", ".join(f"{value:,} {key}" for key, value in total.items())
    print(f"{reader}: {seconds / 60:g} minutes, {shown}; {runs} processes; finds: {len(finds)} {' '.join(finds[:20])}")
    return len(finds)


# ---- the process that fuzzes ----


def child(reader: str, keep: Path, seed: int, seconds: float) -> None:
    import atheris

    with atheris.instrument_imports(include=["liaocheng_foi.readers"]):
        from liaocheng_foi import label, metadata, report  # noqa: F401
        from liaocheng_foi.readers import html, legacy, pdf, text, word, workbook  # noqa: F401
        from liaocheng_foi.readers.workbook import ods  # noqa: F401

    if reader == "sniff":  # the converter is tested by itself; here it would take all the time
        legacy.shutil.which = lambda program: None  # type: ignore[assignment]
    if reader == "pdf":
        read_apart_here(pdf)
    target = Target(reader, keep, seed)
    for number, data in enumerate(noise.seeds(reader)):
        (keep / "corpus" / f"seed-{number:03}").write_bytes(data)
    arguments = [
        sys.argv[0], str(keep / "corpus"), f"-max_total_time={int(seconds)}", f"-seed={seed + 1}",
        f"-max_len={LONGEST}", "-timeout=30", f"-rss_limit_mb={MEMORY_MB}", f"-artifact_prefix={keep}/",
        "-print_final_stats=1", "-len_control=0",
    ]  # fmt: skip
    atheris.Setup(arguments, target, custom_mutator=target.mutated)
    atheris.Fuzz()


def read_apart_here(pdf: ModuleType) -> None:
    """Have a PDF read in this process where only its pages must be drawn: a process of its own is not watched."""
    apart = pdf.apart.read

    def read(reader: Callable[..., Document], data: bytes, *, name: str, limits: Limits) -> Document:
        if pdf.look(data, 1).ordinary:
            return reader(data, name=name, limits=limits)
        return apart(reader, data, name=name, limits=limits)

    pdf.apart.read = read


class Target:
    """Reads one input, judges what came out, and keeps what should not have."""

    def __init__(self, reader: str, keep: Path, seed: int) -> None:
        self.reader, self.keep = reader, keep
        self.rng = random.Random(seed)
        self.counts = dict.fromkeys(("executions", "read", "refused", "noisy", "exact"), 0)
        self.run = f"{os.getpid()}-{seed}"
        self.known = {p.name for p in keep.glob("find-*")}
        self.written = time.monotonic()

    def mutated(self, data: bytes, longest: int, seed: int) -> bytes:
        import atheris

        rng = random.Random(seed)
        if rng.random() < 0.15:
            return atheris.Mutate(data, longest)
        return noise.spoilt(self.reader, data, rng)[:longest]

    def __call__(self, data: bytes) -> None:
        self.counts["executions"] += 1
        self.judge(data, noise.name_for(self.reader, data), None)
        if self.counts["executions"] % (40 if self.reader == "pdf" else 10) == 0:
            figures, data, name = noise.noisy(self.reader, self.rng)
            self.counts["noisy"] += 1
            self.judge(data, name, figures)
        if time.monotonic() - self.written > 3:
            self.written = time.monotonic()
            with open(self.keep / "counts.jsonl", "a", encoding="utf-8") as out:
                out.write(json.dumps({"run": self.run, **self.counts}) + "\n")

    def judge(self, data: bytes, name: str, figures: dict | None) -> None:
        import liaocheng_foi as foi

        begun = time.process_time()
        try:
            report = foi.read(data, name=name, organ="x", year=2020)
        except foi.FoiError as error:
            self.counts["refused"] += 1
            message = str(error)
            if "\n" in message or len(message) > 600 or not message.startswith(name):
                self.find("message", message[:40], data, message)
            if figures is not None:
                self.find("refused", re.sub(r"\d+", "N", message), data, message)
            return
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            place = next((f for f in reversed(frames) if "liaocheng_foi" in f.filename), frames[-1])
            self.find(type(error).__name__, f"{Path(place.filename).name}:{place.lineno}", data, traceback.format_exc())
            return
        finally:
            spent = time.process_time() - begun
            if spent > SLOW:
                self.find("slow", str(len(data)), data, f"{spent:.1f} s for {len(data)} bytes")
        self.counts["read"] += 1
        doubts = noise.doubts(report)
        if figures is None:
            wrong = noise.not_in_text(self.reader, data, name, report)
        elif doubts:
            wrong = []
            self.find("doubt", doubts[0], data, repr(doubts))
        else:
            wrong = noise.differing(report, figures)
            self.counts["exact"] += not wrong
        if wrong:
            self.find("figure", f"{bool(figures)}{wrong[0]}", data, repr(wrong[:20]))

    def find(self, kind: str, what: str, data: bytes, words: str) -> None:
        """Keep one input for each kind and place."""
        name = f"find-{kind}-" + re.sub(r"[^\w.]+", "_", what)[:60]
        if name in self.known or sum(n.startswith(f"find-{kind}") for n in self.known) > 60:
            return
        self.known.add(name)
        (self.keep / name).write_bytes(data)
        (self.keep / f"words-{name}.txt").write_text(words, encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
