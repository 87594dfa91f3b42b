"""What the checks find of errors planted in correct reports, what they say where nothing is wrong, what repairs tell.

    python benchmarks/checks.py [--reports 1500] [--seed 20261125] [--misses]

Correct reports first: findings that are not true of them, per 1,000 (the bar: no error). Then every kind of planted
error, one at a time and in pairs: how often each rule that must find it does. Last the repairs: how often the planted
error is undone by the first explanation, of all that were planted and of those that are identifiable: where no other
single slip explains the sums at the same cost or a lower. That is decided by trying every slip (tests/slips.py), not
by the search that is measured. ``--misses`` names the report of every miss.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import slips  # noqa: E402
from cases import Case, case  # noqa: E402
from papers import PAPERS  # noqa: E402
from plants import FIGURES, OTHERS, SWEEPING  # noqa: E402
from surroundings import AROUND  # noqa: E402

from liaocheng_foi.checks import Examination  # noqa: E402
from liaocheng_foi.checks.catalogue import by_id, functions  # noqa: E402

PLANTS = FIGURES | OTHERS | AROUND | PAPERS
#: How often a place for an error is looked for before the next kind's turn.
TRIES = 200


def correct(reports: int, seed: int, misses: bool) -> None:
    """Findings on correct reports; of blanks and slashes that were left on purpose they are true."""
    counts: Counter[tuple[str, str]] = Counter()
    spent = 0.0
    for number in range(reports):
        made = case(np.random.default_rng([seed, 0, number]))
        true = {"CE01" if raw == "" else "CE02" for raw in set(made.cells.values()) & {"", "/"}} | {"RQ15"}
        examination = made.examined()
        start = time.process_time()
        failed = [finding for finding in examination.failed if finding.rule not in true]
        spent += time.process_time() - start
        counts.update((finding.severity, finding.rule) for finding in failed)
        for finding in failed:
            if misses and finding.severity != "info":
                print(f"  report {number}: {finding.rule} {finding.en}")
    print(f"{reports} correct reports, {1000 * spent / reports:.1f} ms each")
    for severity in ("error", "warning", "info"):
        rules = {rule: count for (kind, rule), count in counts.items() if kind == severity}
        said = ", ".join(f"{rule} {1000 * count / reports:.1f}" for rule, count in sorted(rules.items()))
        print(f"  {severity + 's':9}{1000 * sum(rules.values()) / reports:8.1f} per 1,000   {said}")


class Planted(NamedTuple):
    """A random report with errors in different cells."""

    printed: Case
    right: Case
    """As it should be."""
    rules: set[str]
    """Those that must find the errors."""
    alone: list[Case]
    """With each of the errors alone."""


def with_errors(names: tuple[str, ...], rng: np.random.Generator) -> Planted | None:
    for _ in range(TRIES):
        made = case(rng)
        right = made.copy()
        rules: set[str] = set()
        written: list[object] = []
        alone = []
        for name in names:
            before = made.copy()
            made.cells, made.slots = Noted(made.cells), Noted(made.slots)
            found = PLANTS[name](made, rng)
            if found is None:
                break
            rules |= found - {""}
            written += [key for known in (made.cells, made.slots) for key in getattr(known, "written", known)]
            changed = {key: raw for key, raw in made.cells.items() if raw != before.cells.get(key)}
            alone.append(right.copy())
            alone[-1].cells |= changed
        else:
            if len(set(written)) == len(written):
                return Planted(made, right, rules, alone)
    return None


class Noted(dict):
    """A dict that notes which keys were written."""

    def __init__(self, known: dict) -> None:
        super().__init__(known)
        self.written: set[object] = set()

    def __setitem__(self, key: object, value: object) -> None:
        self.written.add(key)
        super().__setitem__(key, value)

    def __delitem__(self, key: object) -> None:
        self.written.add(key)
        super().__delitem__(key)

    def __ior__(self, other: dict) -> Noted:
        self.written |= other.keys()
        super().update(other)
        return self


#: Rules that name the likeliest slip; with two errors another explanation may be as small.
HINTS = frozenset(("CE07", "CE08", "RQ07", "RQ08", "RQ16", "RV02"))


def why_not(rule: str, examination: Examination) -> str:
    """What hides an error from a rule when another error is there."""
    if any(finding.rule == rule and finding.state == "not_assessable" for finding in examination.findings):
        return "not assessable: the other error took a figure away"
    if rule in HINTS and examination.facts.repairs:
        return "another explanation of both has no more slips"
    return "no longer so: the other error changed what the rule compares"


def recall(reports: int, seed: int, pairs: bool, misses: bool) -> dict[str, list[int]]:
    """Rule -> [errors planted that it must find, found]; why it did not find the others is printed."""
    names = [name for name in PLANTS if not (pairs and name in SWEEPING)]
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    reasons: Counter[str] = Counter()
    for number in range(reports):
        rng = np.random.default_rng([seed, 1 + pairs, number])
        chosen = tuple(rng.choice(names, 2, replace=False)) if pairs else (names[number % len(names)],)
        made = with_errors(chosen, rng)
        if made is None:
            continue
        printed, rules = made.printed, made.rules
        examination = printed.examined()
        found = {finding.rule for finding in examination.failed}
        for rule in rules:
            counts[rule][0] += 1
            counts[rule][1] += rule in found
        reasons.update(why_not(rule, examination) for rule in sorted(rules - found))
        if misses and rules - found:
            print(f"  report {number}, {' and '.join(chosen)}: {', '.join(sorted(rules - found))} not found")
    for reason, count in reasons.most_common():
        print(f"  {'two errors' if pairs else 'one error'}, {count} not found: {reason}")
    return counts


def print_recall(single: dict[str, list[int]], double: dict[str, list[int]]) -> None:
    print(f"\n{'rule':6}{'one error':>12}{'found':>8}{'recall':>9}{'two errors':>13}{'found':>8}{'recall':>9}")
    for rule in by_id():
        line = f"{rule:6}"
        if rule not in single and rule not in double:
            asked = by_id()[rule].formula or rule in functions()
            print(f"{line}   {'not planted' if asked else 'a remark: nothing is asked of a report'}")
            continue
        for known, width in ((single.get(rule, [0, 0]), 12), (double.get(rule, [0, 0]), 13)):
            share = f"{100 * known[1] / known[0]:.1f} %" if known[0] else ""
            line += f"{known[0]:{width}}{known[1]:8}{share:>9}"
        print(line)


def undone(printed: Case, right: Case) -> tuple[bool, bool]:
    """Whether the first explanations put back what should stand there, whether some explanation does."""
    now, true = slips.numbers(printed), slips.numbers(right)
    wrong = {key: true[key] for key in now if now[key] != true[key]}
    parts: dict[tuple[str, str | None], list[dict]] = defaultdict(list)
    for repair in printed.examined().facts.repairs:
        parts[repair.table, repair.row].append({change.cell: change.proposed for change in repair.changes})
    first = {key: new for explained in parts.values() for key, new in explained[0].items()}
    some = all(any(known.get(key) == new for part in parts.values() for known in part) for key, new in wrong.items())
    return first == wrong, bool(parts) and some


def identifiable(printed: Case, right: Case) -> bool:
    """Whether the planted error is the only single slip of its cost or a lower one that explains the sums."""
    if slips.total_blank(printed):
        return False
    now, true = slips.numbers(printed), slips.numbers(right)
    wrong = tuple(sorted((key, true[key]) for key in now if now[key] != true[key]))
    known = slips.explanations(printed, wrong[0][0][0])
    return wrong in known and all(cost > known[wrong] for other, cost in known.items() if other != wrong)


def repairs(reports: int, seed: int, misses: bool) -> None:
    """One line per kind of error in the figures, planted alone; then pairs of them."""
    heads = ("reports", 9), ("sums fail", 11), ("first", 8), ("identifiable", 14), ("first", 8), ("rate", 9)
    print(f"\n{'planted in the figures':26}" + "".join(f"{head:>{width}}" for head, width in heads))
    total = np.zeros(5, int)
    per_kind = max(1, reports // len(FIGURES))
    for name in FIGURES:
        line = np.zeros(5, int)
        for number in range(per_kind):
            made = with_errors((name,), np.random.default_rng([seed, 3, list(FIGURES).index(name), number]))
            if made is None:
                continue
            printed, right = made.printed, made.right
            line[0] += 1
            if slips.failing(printed):
                first, _ = undone(printed, right)
                alone = identifiable(printed, right)
                line[1:] += (1, first, alone, first and alone)
                if misses and alone and not first:
                    print(f"  {name}, report {number}: not first")
        total += line
        print(f"{name:26}{_counts(line)}")
    print(f"{'all':26}{_counts(total)}")
    several = np.zeros(5, int)
    for number in range(reports // 4):
        rng = np.random.default_rng([seed, 4, number])
        made = with_errors(tuple(rng.choice(list(FIGURES), 2, replace=False)), rng)
        if made is not None and slips.failing(made.printed):
            first, some = undone(made.printed, made.right)
            each = all(slips.failing(one) and identifiable(one, made.right) for one in made.alone)
            several += (1, first, some, each, each and first)
    count, first, some, both, told = several.tolist()
    print(f"pairs of them: {count} reports; both undone by the first explanations {_share(first, count)},")
    print(f"each undone by one of those listed {_share(some, count)};")
    print(f"of the {both} whose errors are each identifiable alone, both by the first {_share(told, both)}")


def _counts(line: np.ndarray) -> str:
    planted, fail, first, alone, both = line
    return f"{planted:9}{fail:11}{_share(first, fail):>8}{alone:14}{both:8}{_share(both, alone):>9}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1500, help="how many reports for each of the tables")
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--misses", action="store_true", help="name every miss")
    given = parser.parse_args()
    correct(given.reports, given.seed, given.misses)
    print_recall(*(recall(given.reports, given.seed, pairs, given.misses) for pairs in (False, True)))
    repairs(given.reports, given.seed, given.misses)


if __name__ == "__main__":
    main()
