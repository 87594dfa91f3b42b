"""Which edition of the form the labels of a document are of, and what its cells are there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from ..codebook import EDITIONS, TABLES, codebook
from ..problems import Problem
from .cells import Cell, Key, Sheet, label_of

#: The first year reported on the form of 2021.
_FIRST_YEAR_OF_2021 = 2021


def settle(sheet: Sheet, year: int | None) -> int:
    """The edition of a document; what is not on its form becomes a problem or a subtotal, what is missing a problem."""
    edition = next((known for known in EDITIONS if sheet.cells.keys() == _form(known).keys()), None)
    if edition is None:
        # not the whole form and nothing else
        edition = _edition(sheet, year)
        _settle_other(sheet, edition)
        _refuse_strangers(sheet, edition)
        _report_missing(sheet, edition)
    if year is not None and edition != _expected(year):
        sheet.problem("edition-unusual", year=year, edition=edition)
    return edition


def in_order(cells: dict[Key, Cell], edition: int) -> list[Cell]:
    """The cells in the form's order, then those that are not on it."""
    form = _form(edition)
    found = [cell for key in form if (cell := cells.get(key)) is not None]
    if len(found) < len(cells):
        found += [cell for key, cell in cells.items() if key not in form]
    return found


def _expected(year: int) -> int:
    """The edition that the report of a year should be on."""
    return EDITIONS[0] if year < _FIRST_YEAR_OF_2021 else EDITIONS[1]


@cache
def _form(edition: int) -> dict[Key, None]:
    """The cells of the form, in its order."""
    return dict.fromkeys(codebook().cells(edition))


@cache
def _of_one_edition(table: str, axis: str) -> dict[str, int]:
    """The codes that are on the form of one edition alone, with that edition."""
    return {code.code: code.editions[0] for code in codebook().select(table, axis) if len(code.editions) == 1}


def _edition(sheet: Sheet, year: int | None) -> int:
    """The edition whose own rows and columns were printed; without any, the year's, else the one in force."""
    votes = dict.fromkeys(EDITIONS, 0)
    tables: dict[int, set[str]] = {edition: set() for edition in EDITIONS}
    own = {table: (_of_one_edition(table, "row"), _of_one_edition(table, "column")) for table in TABLES}
    for table, row, column in sheet.cells:
        if table == "reviews" or row == "other.rest":
            continue
        rows, columns = own[table]
        for edition in (rows.get(row), columns.get(column)):
            if edition is not None:
                votes[edition] += 1
                tables[edition].add(table)
    if all(votes.values()):
        said = ", ".join(f"{edition}: {'+'.join(sorted(tables[edition]))}" for edition in EDITIONS)
        sheet.problem("edition-mixed", raw=said)
    if votes[EDITIONS[0]] != votes[EDITIONS[1]]:
        return max(EDITIONS, key=lambda edition: votes[edition])
    if year is not None:
        return _expected(year)
    only_requests = ("requests", "other") in sheet.rows_read and not any(votes.values())
    return EDITIONS[0] if only_requests else EDITIONS[1]


def _settle_other(sheet: Sheet, edition: int) -> None:
    """Other handling is one row on one edition and a heading over three on the other; reports mix them."""
    whole = [key for key in sheet.cells if key[:2] == ("requests", "other")]
    rest = [key for key in sheet.cells if key[:2] == ("requests", "other.rest")]
    parts = codebook().children("requests", "other", edition)
    if not parts:
        if rest and ("requests", "other") not in sheet.rows_read:
            # the one row of this edition with its label shortened
            for key in rest:
                cell = sheet.cells.pop(key)
                sheet.cells["requests", "other", key[2]] = cell._replace(row="other")
            sheet.problems[:] = [
                replace(problem, row="other") if (problem.table, problem.row) == ("requests", "other.rest") else problem
                for problem in sheet.problems
            ]
            sheet.problem(
                "label-nearest", table="requests", row="other", raw=label_of("requests", "other.rest"),
                label=label_of("requests", "other"),
            )  # fmt: skip
    elif whole and any(key[1].startswith("other.") for key in sheet.cells):
        sheet.subtotals.extend(sheet.cells.pop(key) for key in whole)
    elif whole:
        sheet.problem("other-in-one-row", table="requests", row="other", label=label_of("requests", "other"))


def _refuse_strangers(sheet: Sheet, edition: int) -> None:
    """Cells that are not on this edition's form cannot be figures of it: they become problems.

    These name the row, whose other figures may have been given to the columns beside their own.
    """
    form = _form(edition)
    for key in [key for key in sheet.cells if key not in form and key[1] != "other"]:
        cell = sheet.cells.pop(key)
        if cell.status != "blank":
            where = (cell.page, cell.grid, cell.grid_row, cell.grid_column)
            sheet.problems.append(Problem("not-placed", *key[:2], None, *where, {"raw": cell.raw}))


def _report_missing(sheet: Sheet, edition: int) -> None:
    if sheet.cells.keys() >= _form(edition).keys():
        return
    book = codebook()
    in_one_row = any(key[:2] == ("requests", "other") for key in sheet.cells)
    for table in TABLES:
        present = {key[1:] for key in sheet.cells if key[0] == table}
        if not present:
            sheet.problem("table-missing", table=table, label=book.label("form", "section", table))
            continue
        lost = set()
        if table != "proactive":
            lost = {c.code for c in book.columns(table, edition)} - {column for _, column in present}
            for code in sorted(lost):
                sheet.problem("column-missing", table=table, column=code, label=label_of(table, code, edition))
        for row in book.rows(table, edition):
            if in_one_row and "other" in row.parents:
                continue
            wanted = [c.code for c in book.columns(table, edition, row.code) if c.code not in lost]
            missing = [column for column in wanted if (row.code, column) not in present]
            name = label_of(table, row.code, edition)
            if wanted and len(missing) == len(wanted):
                sheet.problem("row-missing", table=table, row=row.code, label=name)
            else:
                for column in missing:
                    sheet.problem("cell-missing", table=table, row=row.code, column=column, label=name)
