"""Every single slip that explains sums that fail, by trying them all: the plain way, to hold the package's search to.

Shares no code with it but the words of its cost model (:mod:`liaocheng_foi.checks.repairs.kinds`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from cases import APPLICANTS, BOOK, FLOWS, RESULTS, Case, Key

COLUMNS = (*APPLICANTS, "total")
Changes = dict[Key, int]


def tables(case: Case) -> dict[str, list[list[Key]]]:
    """The cells of the two tables that add up, row by row."""
    return {
        "requests": [[("requests", r.code, c) for c in COLUMNS] for r in BOOK.rows("requests", case.edition)],
        "reviews": [[("reviews", r.code, c) for c in (*RESULTS, "total")] for r in BOOK.rows("reviews", case.edition)],
    }


def sums(case: Case) -> list[dict[Key, int]]:
    """Each sum as cells with 1 or −1; the sum is to be 0."""
    found = []
    rows = [r.code for r in BOOK.rows("requests", case.edition)]
    for c in COLUMNS:
        signs = (1, 1, -1, -1)
        found.append({("requests", row, c): sign for row, sign in zip(FLOWS, signs, strict=True)})
        parts = {("requests", row, c): -1 for row in rows if row not in FLOWS}
        found.append({("requests", "outcome_total", c): 1, **parts})
    for row in rows:
        found.append({("requests", row, c): 1 if c == "total" else -1 for c in COLUMNS})
    for row in BOOK.rows("reviews", case.edition):
        found.append({("reviews", row.code, c): 1 if c == "total" else -1 for c in (*RESULTS, "total")})
    return found


def numbers(case: Case) -> dict[Key, int]:
    """The figures of both tables, blanks as 0."""
    every = [key for grid in tables(case).values() for row in grid for key in row]
    return {key: int(case.cells[key]) if case.cells[key].isdigit() else 0 for key in every}


def failing(case: Case) -> list[dict[Key, int]]:
    figures = numbers(case)
    return [each for each in sums(case) if sum(sign * figures[key] for key, sign in each.items())]


def total_blank(case: Case) -> bool:
    """Whether a total is left blank, which an explanation may leave so: more than is tried here."""
    return any(
        not raw.isdigit() and (key[2] == "total" or key[1] == "outcome_total") for key, raw in case.cells.items()
    )


def explanations(case: Case, table: str) -> dict[tuple[tuple[Key, int], ...], int]:
    """Every single slip in a table after which all its sums hold: {changed cells with their figures: least cost}."""
    figures = numbers(case)
    of_table = [each for each in sums(case) if next(iter(each))[0] == table]
    off = [sum(sign * figures[key] for key, sign in each.items()) for each in of_table]
    first = next(i for i, by in enumerate(off) if by)
    where: dict[Key, list[tuple[int, int]]] = {}
    for i, each in enumerate(of_table):
        for key, sign in each.items():
            where.setdefault(key, []).append((i, sign))
    found: dict[tuple[tuple[Key, int], ...], int] = {}
    for cost, changes in _slips(case, table, figures, of_table, off):
        needed = of_table[first]
        if off[first] + sum(needed.get(key, 0) * (new - figures[key]) for key, new in changes.items()):
            continue
        left = list(off)
        for key, new in changes.items():
            for i, sign in where.get(key, ()):
                left[i] += sign * (new - figures[key])
        if not any(left) and all(new >= 0 for new in changes.values()):
            known = tuple(sorted((key, new) for key, new in changes.items() if new != figures[key]))
            found[known] = min(cost, found.get(known, cost))
    return found


def _slips(case: Case, table: str, figures: Changes, of_table: list, off: list[int]) -> Iterator[tuple[int, Changes]]:
    grid = tables(case)[table]
    columns = [list(column) for column in zip(*grid, strict=True)]
    yield from _cells(case, figures, of_table, off)
    gaps = sorted({abs(by) for by in off} - {0})
    for line in (*grid, *columns):
        yield from _misfiled(line, figures, gaps)
        yield from _turned(line, figures)
    for row in grid:
        for i, j in combinations(range(len(row)), 2):
            yield (2 if j == i + 1 else 3), {row[i]: figures[row[j]], row[j]: figures[row[i]]}
        yield from _split(case, row, figures, table)
    for above, below in zip(grid, grid[1:], strict=False):
        for a, b in zip(above, below, strict=True):
            yield 2, {a: figures[b], b: figures[a]}
    for i, j in combinations(range(len(grid)), 2):
        yield (2 if j == i + 1 else 3), _swapped(grid[i], grid[j], figures)
    for one, two in combinations(columns, 2):
        for i in range(len(one) - 1):
            yield 2, _swapped(one[i:], two[i:], figures)
            yield 2, _swapped(one[: i + 1], two[: i + 1], figures)
    for i in range(len(grid)):
        for j in range(i + 2, len(grid) + 1):
            for order in ([*range(i + 1, j), i], [j - 1, *range(i, j - 1)]):
                if not any(figures[key] for key in grid[order[-1] if order[-1] == i else order[0]]):
                    moved = zip(range(i, j), order, strict=True)
                    yield 2, {a: figures[b] for to, at in moved for a, b in zip(grid[to], grid[at], strict=True)}
    if table == "reviews":
        yield from _turned([key for row in grid for key in row], figures)


def _swapped(one: list[Key], two: list[Key], figures: Changes) -> Changes:
    return {a: figures[b] for a, b in zip([*one, *two], [*two, *one], strict=True)}


def _cells(case: Case, figures: Changes, of_table: list, off: list[int]) -> Iterator[tuple[int, Changes]]:
    for each, by in zip(of_table, off, strict=True):
        for key, sign in each.items() if by else ():
            new = figures[key] - sign * by
            if new >= 0:
                yield _cost(case.cells[key], figures[key], new, key), {key: new}


def _cost(raw: str, old: int, new: int, key: Key) -> int:
    if not raw.isdigit() or (old == 0 and (key[2] == "total" or key[1] == "outcome_total")):
        return 1
    one, two = str(old), str(new)
    near = {one[:i] + one[i + 1 :] for i in range(len(one))}
    near |= {one[:i] + d + one[i:] for i in range(len(one) + 1) for d in "0123456789"}
    near |= {one[:i] + d + one[i + 1 :] for i in range(len(one)) for d in "0123456789"}
    near |= {one[:i] + one[i + 1] + one[i] + one[i + 2 :] for i in range(len(one) - 1)}
    return 2 if two in near else 4


def _misfiled(line: list[Key], figures: Changes, gaps: list[int]) -> Iterator[tuple[int, Changes]]:
    for i, j in combinations(range(len(line)), 2):
        if any(key[2] == "total" or key[1] == "outcome_total" for key in (line[i], line[j])):
            continue
        for source, target in ((line[i], line[j]), (line[j], line[i])):
            for gap in gaps:
                if figures[source] >= gap:
                    yield 2 + (j - i > 1) + (gap > 1), {source: figures[source] - gap, target: figures[target] + gap}


def _turned(line: list[Key], figures: Changes) -> Iterator[tuple[int, Changes]]:
    for i in range(len(line)):
        for j in range(i + 3, len(line) + 1):
            run = line[i:j]
            values = [figures[key] for key in run]
            if not values[0]:
                yield 2, dict(zip(run, [*values[1:], 0], strict=True))
            if not values[-1]:
                yield 2, dict(zip(run, [0, *values[:-1]], strict=True))


def _split(case: Case, row: list[Key], figures: Changes, table: str) -> Iterator[tuple[int, Changes]]:
    values = [figures[key] for key in row]
    for i in range(len(row) - 1):
        a, b = case.cells[row[i]], case.cells[row[i + 1]]
        joined = int(a + b) if a.isdigit() and b.isdigit() and not a.startswith("0") else None
        if joined is not None:
            yield 2, {row[i]: joined, row[i + 1]: 0}
            yield 2, {row[i]: 0, row[i + 1]: joined}
        if table == "requests":
            for head in ([joined] if joined is not None else [], [] if values[i] else None):
                if head is not None and (head or not values[i]):
                    rest = [*values[:i], *head, *values[i + 1 + len(head) :]]
                    yield 2, dict(zip(row, [*rest, sum(rest)], strict=True))
