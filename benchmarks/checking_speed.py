"""How fast reports are checked: all arithmetic rules over many generated reports, and every rule on one report.

    python benchmarks/checking_speed.py [REPORTS …]

First one line per size (1,000, 10,000 and 100,000 by default), each measured in a process of its own: cells, seconds
of all arithmetic rules (sums, limits, one year against the next), peak memory of the process with the generated
figures in it. One report in twenty has blanks, one in a hundred a wrong figure; for some reports every rule is worked
out again cell by cell and must come out the same. Then one report with a text of some thirty numbers, every rule,
median and best of 50 runs with all caches warm.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from liaocheng_foi.checks import examine
from liaocheng_foi.checks.linear import ABSENT, CELLS, FAIL, STATES, Evaluation, Instance, Numbers, instances
from liaocheng_foi.codebook import EDITIONS, codebook
from liaocheng_foi.grid import TextPart
from liaocheng_foi.measures.cube import APPLICANTS, NOT_ON_FORM
from liaocheng_foi.measures.cube import STATES as PRINTED
from liaocheng_foi.metadata import Metadata
from liaocheng_foi.report import Report, read

YEARS = range(2019, 2026)
PLACE = {key: i for i, key in enumerate(CELLS)}
#: Reports on which every rule is worked out again cell by cell.
AGAIN = 300
RAW = Path(__file__).resolve().parent.parent / "data" / "raw" / "liaocheng-2020.md"
TEXT = """\
2020年，全市共收到政府信息公开申请1054件，上年结转10件，其中自然人申请967件，占91.75%，商业企业29件，占2.75%。
全市办结申请1051件，结转下年度继续办理13件，按期答复率100%。
办理结果中，予以公开632件，占60.13%，部分公开84件，占7.99%，不予公开33件，占3.14%，无法提供269件，占25.59%。
因政府信息公开引起的行政复议28件，其中结果维持15件、其他结果9件、尚未审结4件，没有被纠正的案件。
行政诉讼30件，其中未经复议直接起诉28件，复议后起诉2件。
全年制发规范性文件131件，政府网站公开信息12000余条，政务新媒体公开信息34000条，召开新闻发布会12场。
组织培训4次，参加人员560人次，收取信息处理费0元。"""


def made(reports: int) -> Numbers:
    """Bodies that report on seven years, on both editions; every printed sum is right but for the planted slips."""
    random = np.random.default_rng(20261125)
    year = np.resize(np.array(YEARS), reports)
    edition = np.where(year < EDITIONS[1], *EDITIONS).astype("int16")
    values = np.full((len(CELLS), reports), np.nan)
    states = np.full(values.shape, NOT_ON_FORM, "int8")
    for form in EDITIONS:
        at = np.flatnonzero(edition == form)
        block = np.full((len(CELLS), len(at)), np.nan)
        for key in codebook().cells(form):
            high = 2000 if key[0] == "proactive" else 12 if key[2] == "natural_person" else 3
            block[PLACE[key]] = random.integers(0, high, len(at))
        _close(block, form)
        on_form = [PLACE[key] for key in codebook().cells(form)]
        slips = np.flatnonzero(random.random(len(at)) < 0.01)
        block[PLACE["requests", "granted", "natural_person"], slips] += 1
        blanks = np.flatnonzero(random.random(len(at)) < 0.05)
        block[PLACE["requests", "denied.state_secret", "research"], blanks] = np.nan
        values[:, at] = block
        states[np.ix_(on_form, at)] = PRINTED.index("reported")
        states[PLACE["requests", "denied.state_secret", "research"], at[blanks]] = PRINTED.index("blank")
    return Numbers(values, states, edition, np.where(year == YEARS[0], -1, np.arange(reports) - 1))


def _close(block: np.ndarray, form: int) -> None:
    """Set every total to the sum of its parts, and what was received to what became of it."""
    rows = [row.code for row in codebook().rows("requests", form)]
    outcomes = [row for row in rows if codebook().find("requests", "row", row).parents]
    for who in APPLICANTS:
        handled = block[[PLACE["requests", row, who] for row in outcomes]].sum(axis=0)
        forward, carried = (block[PLACE["requests", row, who]] for row in ("carried_forward", "carried_in"))
        np.minimum(carried, handled, out=carried)
        block[PLACE["requests", "outcome_total", who]] = handled
        block[PLACE["requests", "received_new", who]] = handled + forward - carried
    for row in rows:
        block[PLACE["requests", row, "total"]] = block[[PLACE["requests", row, who] for who in APPLICANTS]].sum(axis=0)
    for row in codebook().select("reviews", "row"):
        parts = [PLACE["reviews", row.code, column] for column in ("upheld", "corrected", "other", "pending")]
        block[PLACE["reviews", row.code, "total"]] = block[parts].sum(axis=0)


def again(numbers: Numbers, evaluation: Evaluation) -> None:
    """Every rule on some of the reports, cell by cell, against what the matrices gave."""
    for report in range(0, len(numbers.edition), max(1, len(numbers.edition) // AGAIN)):
        for n, instance in enumerate(instances()):
            state = evaluation.states[n, report]
            if STATES[state] in ("pass", "fail", "pass_if_blank_is_zero"):
                assert (state == FAIL) == _broken(instance, numbers, report), (instance, report)
            else:
                assert state == ABSENT or numbers.previous[report] < 0 or numbers.edition[report] == EDITIONS[1]


def _broken(instance: Instance, numbers: Numbers, report: int) -> bool:
    sides = []
    for terms in (instance.left, instance.right):
        total = 0.0
        for term in terms:
            at = numbers.previous[report] if term.previous else report
            total += term.sign * sum(np.nan_to_num(numbers.printed[PLACE[key], at]) for key in term.cells)
        sides.append(total)
    left, right = sides
    return {"=": left != right, "<=": left > right, ">=": left < right}[instance.sign]


def measure(reports: int) -> None:
    """One size: figures made, rules timed, some of them worked out again."""
    numbers = made(reports)
    Evaluation(made(10))
    # what is timed is all that checking does with a block of figures, blanks and derived totals included
    start = time.perf_counter()
    numbers = Numbers(numbers.printed, numbers.states, numbers.edition, numbers.previous)
    evaluation = Evaluation(numbers)
    failed = evaluation.counts["fail"]
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = int((numbers.states != NOT_ON_FORM).sum())
    again(numbers, evaluation)
    print(f"{reports:>7} reports {cells:>10} cells {seconds:8.3f} s {peak:8.0f} MB {failed:>7} findings")


def one_report() -> None:
    """Every rule on one report, statements included."""
    figures = read(RAW)
    parts = [TextPart("overview", line) for line in TEXT.split("\n")]
    known = Metadata("聊城市人民政府", 2020, "region-wide")
    seconds = []
    for _ in range(60):
        report = Report(figures.cells(), figures.edition, known, paragraphs=parts, problems=figures.problems)
        start = time.perf_counter()
        (examined,) = examine(report)
        assert examined.findings
        seconds.append(time.perf_counter() - start)
    count = len(report.numbers_in_text)
    median, least = (1000 * of(seconds[10:]) for of in (statistics.median, min))
    print(f"one report, {count} numbers in its text: {median:.1f} ms, at best {least:.1f} ms")


def main() -> None:
    """Each size in its own process, so that peak memory is that size's own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        measure(options.reports[0])
        return
    for reports in options.reports:
        subprocess.run([sys.executable, __file__, str(reports), "--alone"], check=True)
    one_report()


if __name__ == "__main__":
    main()
