"""One body, one year: metadata, figures, statements and the problems met while reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .codebook import TABLES, codebook
from .grid import TextPart
from .label import Cell, label
from .label.cells import Key
from .label.lines import in_rows
from .metadata import Metadata, find
from .plural import Count
from .problems import FoiError, Problem, ReadError, SelectionError, place_in_words, shown
from .readers import Limits, Source, read_document
from .sections import sectioned

if TYPE_CHECKING:
    import pandas as pd

    from .measures.cube import Cube
    from .statements import Statement

#: Problems after which some printed figure is not among the figures, or is not certain.
UNSURE = frozenset(
    (
        "label-unknown",
        "not-a-number",
        "not-placed",
        "table-twice",
        "row-twice",
        "sums-differ",
        "total-missing",
        "page-without-text",
        "page-recognised",
        "cell-spans-rows",
        "year-unclear",
        "styles-unread",
    )
)

#: figures column -> column of the table a user works with.
_TIDY = {
    "proactive": {"row": "item", "column": "measure"},
    "requests": {"row": "item", "column": "applicant", "value": "count"},
    "reviews": {"row": "proceeding", "column": "result", "value": "count"},
}


class Report:
    """What one annual report says.

    Frames are built and validated when first asked for; see :mod:`liaocheng_foi.schemas` for their columns.
    """

    def __init__(
        self,
        cells: Iterable[Cell],
        edition: int,
        metadata: Metadata,
        *,
        subtotals: Iterable[Cell] = (),
        paragraphs: Sequence[TextPart] = (),
        problems: Iterable[Problem] = (),
        name: str = "",
    ) -> None:
        self.edition = edition
        """Edition of the form the report is on, 2019 or 2021."""
        self.metadata = metadata
        self.paragraphs = tuple(paragraphs)
        """The text outside of the tables, each paragraph with its section."""
        self.problems = tuple(problems)
        """What was doubtful while reading."""
        self.name = name
        """File name of the document."""
        self.panel: Any = None
        """The :class:`~liaocheng_foi.panel.Panel` that it was taken from; None for a report read by itself."""
        self._cells: dict[Key, Cell] = {cell[:3]: cell for cell in cells}
        self._subtotals = tuple(subtotals)

    def __getattr__(self, name: str) -> Any:
        if name in Metadata.__dataclass_fields__:
            return getattr(self.metadata, name)
        raise AttributeError(f"a Report has no {name!r}")

    @property
    def id(self) -> str:
        """``<organ>-<year>``: the name of the report in commands and file names."""
        return f"{self.organ or 'unknown'}-{self.year or 'unknown'}"

    def __repr__(self) -> str:
        found = f"{Count(sum(cell.value is not None for cell in self._cells.values())):figure|figures}"
        return f"<Report {self.organ or '?'} {self.year or '?'}, form of {self.edition}, {found}>"

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Every printed cell of the form, one row each, with the place where it was printed."""
        return self._frame(self._cells.values())

    @cached_property
    def cube(self) -> Cube:
        """The figures as one block of numbers; what indicators and charts are computed on."""
        from .measures.cube import Cube

        return Cube(self.figures)

    @cached_property
    def subtotals(self) -> pd.DataFrame:
        """Printed sums that the form does not ask for, columns as :attr:`figures`."""
        return self._frame(self._subtotals)

    @cached_property
    def proactive(self) -> pd.DataFrame:
        """Part two, one row per item and measure."""
        return tidy(self.figures, "proactive")

    @cached_property
    def requests(self) -> pd.DataFrame:
        """Part three, one row per item and applicant."""
        return tidy(self.figures, "requests")

    @cached_property
    def reviews(self) -> pd.DataFrame:
        """Part four, one row per proceeding and result."""
        return tidy(self.figures, "reviews")

    @cached_property
    def numbers_in_text(self) -> tuple[Statement, ...]:
        """The numeric statements of the text with their places."""
        from .statements import extract

        return tuple(extract(self.paragraphs, self.edition, self.year))

    def saying(self, statements: Iterable[Statement]) -> Report:
        """The same report with these numbers of its text, for where they are known and the text itself is not."""
        other = copy(self)
        other.__dict__ |= {"numbers_in_text": tuple(statements)}
        other.__dict__.pop("statements", None)
        return other

    @cached_property
    def statements(self) -> pd.DataFrame:
        """The numbers in the text, each with its quote and the cells it speaks of."""
        from .statements import frame

        return frame(self.numbers_in_text, self.organ, self.year, self.scope)

    def cells(self) -> Iterator[Cell]:
        """The printed cells, in the form's order."""
        return iter(self._cells.values())

    def added(self) -> Iterator[Cell]:
        """Printed sums that the form does not ask for."""
        return iter(self._subtotals)

    def cell(self, table: str, row: str, column: str = "total") -> Cell | None:
        """A cell of the form; None when it was not found, and for a heading, which has no cells.

        Raises :class:`SelectionError` for a code that is on no edition of the form.
        """
        found = self._cells.get((table, row, column))
        if found is None:
            codebook().require(table, row, column)
        return found

    def value(self, table: str, row: str, column: str = "total") -> float | None:
        """The number printed in a cell; None when none was printed or the cell was not found.

        Raises as :meth:`cell`, as do the others that ask for one.
        """
        cell = self.cell(table, row, column)
        return None if cell is None else cell.value

    def raw(self, table: str, row: str, column: str = "total") -> str | None:
        """The cell as printed; None when the cell was not found."""
        cell = self.cell(table, row, column)
        return None if cell is None else cell.raw

    def status(self, table: str, row: str, column: str = "total") -> str | None:
        """What was printed in a cell; None when the cell was not found."""
        cell = self.cell(table, row, column)
        return None if cell is None else cell.status

    def locate(self, table: str, row: str, column: str = "total", lang: str = "zh") -> str:
        """In words, where a figure was printed and how.

        Raises :class:`SelectionError` when the cell was not printed.
        """
        cell = self.cell(table, row, column)
        if cell is None:
            raise SelectionError(f"{self.id}: the cell {table}/{row}/{column} was not printed.")
        book = codebook()
        labels = (book.name(table, row, lang, self.edition), book.label(table, "column", column, lang, self.edition))
        place = place_in_words(cell.page, cell.grid or None, cell.grid_row or None, cell.grid_column or None, lang)
        raw = shown(cell.raw, lang)
        if lang == "zh":
            printed = f"印为“{raw}”" if raw else "空白"
            return "，".join(filter(None, (self.name, "“{}”行“{}”列".format(*labels), place, printed)))
        printed = f'printed "{raw}"' if raw else "printed blank"
        return ", ".join(filter(None, (self.name, 'row "{}", column "{}"'.format(*labels), place, printed)))

    def official(self, table: str, lang: str = "zh") -> pd.DataFrame:
        """One table as the form prints it, blanks as blanks."""
        from .form import official

        return official(self, table, lang)

    def _repr_html_(self) -> str:
        from .form import report_html

        return report_html(self)

    def to_html(self, path: str | Path | None = None, lang: str = "zh") -> str:
        """The official form of the report's edition, filled, as a page; written to ``path`` when it is given."""
        from .filled.forms import to_html

        return to_html(self, path, lang)

    def to_markdown(self, path: str | Path | None = None, lang: str = "zh") -> str:
        """The official form, filled, as Markdown."""
        from .filled.forms import to_markdown

        return to_markdown(self, path, lang)

    def to_csv(self, path: str | Path | None = None, lang: str = "zh") -> str:
        """The official form, filled, as CSV in the layout of the form."""
        from .filled.forms import to_csv

        return to_csv(self, path, lang)

    def to_docx(self, path: str | Path | None = None, lang: str = "zh") -> bytes:
        """The official form, filled, as a Word document."""
        from .filled.forms import to_docx

        return to_docx(self, path, lang)

    def to_xlsx(self, path: str | Path | None = None, lang: str = "zh") -> bytes:
        """The official form, filled, as an Excel workbook."""
        from .filled.forms import to_xlsx

        return to_xlsx(self, path, lang)

    @property
    def unsure(self) -> tuple[Problem, ...]:
        """The problems after which a printed figure is missing or not certain."""
        return tuple(problem for problem in self.problems if problem.code in UNSURE)

    def _frame(self, cells: Iterable[Cell]) -> pd.DataFrame:
        import pandas as pd

        from .schemas import REGISTRY, validate

        who = (self.organ, self.year, self.edition, self.scope)
        lines = [(*who, *cell) for cell in cells]
        return validate(pd.DataFrame(lines, columns=list(REGISTRY["figures"].columns)), "figures")

    @classmethod
    def from_figures(cls, figures: pd.DataFrame, name: str = "", **metadata: object) -> Report:
        """A report from a figures frame of one body and year.

        Raises :class:`SchemaError` when the frame breaks its schema, :class:`SelectionError` when it holds
        several reports.
        """
        from .schemas import validate

        return cls.of_stored(validate(figures, "figures"), name, **metadata)

    @classmethod
    def of_stored(cls, frame: pd.DataFrame, name: str = "", **metadata: object) -> Report:
        """A report from a figures frame that was validated, as those in data/processed were before they were written.

        Raises :class:`SelectionError` when the frame holds several reports.
        """
        who = frame[["organ", "year", "edition", "scope"]].drop_duplicates()
        if len(who) != 1:
            raise SelectionError(f"one report is needed, the frame holds {len(who)}.")
        organ, year, edition, scope = (None if v != v or v is None else v for v in _plain(who.iloc[0]))
        found = Metadata(organ, year and int(year), scope).override(**metadata)
        columns = [frame[name].to_numpy(object, na_value=None) for name in Cell._fields]
        cells = [Cell(*line) for line in zip(*columns, strict=True)]
        made = cls(cells, int(who["edition"].iloc[0]), found, name=name)
        if (found.organ, found.year, found.scope) == (organ, year and int(year), scope):
            made.figures = frame
        return made


def _plain(values: Iterable[Any]) -> list[Any]:
    """Python values: missing ones None, numpy and pandas integers int."""
    import pandas as pd

    return [None if pd.isna(v) else v.item() if hasattr(v, "item") else v for v in values]


def tidy(figures: pd.DataFrame, table: str) -> pd.DataFrame:
    """The frame of one table with the column names a user works with: as its schema asks if ``figures`` is."""
    from .schemas import REGISTRY

    part = figures[figures["table"] == table].rename(columns=_TIDY[table])
    if table != "proactive":
        part = part.assign(count=part["count"].astype("Int64"))
    return part[list(REGISTRY[table].columns)].reset_index(drop=True)


def read(
    source: Source,
    *,
    organ: str | None = None,
    year: int | None = None,
    scope: str | None = None,
    name: str | None = None,
    limits: Limits | None = None,
) -> Report:
    """Read one annual report in any medium: HTML, PDF, DOCX, XLSX, CSV, Markdown or plain text.

    ``source`` is a path, bytes or a binary file object. Organ, year and scope are found in the document;
    what is given here goes before what was found. Raises :class:`ReadError` when the document cannot be read or
    holds none of the form's tables; all lesser troubles are in :attr:`Report.problems`.
    """
    document = read_document(source, name=name, limits=limits)
    metadata, problems = find(document)
    metadata = metadata.override(organ=organ, year=year, scope=scope)
    problems = [p for p in problems if not _answered(p, organ, year)]
    labelled = label(document, metadata.year)
    if not labelled.cells:
        document = in_rows(document)
        labelled = label(document, metadata.year)
    if not labelled.cells:
        titles = "、".join(codebook().label("form", "section", table) for table in TABLES)
        advice = document.advice or "is this the report?"
        raise ReadError(f"{document.name}: no table of the annual report was found ({titles}); {advice}")
    return Report(
        labelled.cells,
        labelled.edition,
        metadata,
        subtotals=labelled.subtotals,
        paragraphs=sectioned(document.paragraphs()),
        problems=[*document.problems, *problems, *labelled.problems],
        name=document.name,
    )


def _answered(problem: Problem, organ: str | None, year: int | None) -> bool:
    """Whether the caller gave what the document lacks."""
    given = {"organ": organ, "year": year}
    return problem.code.startswith("metadata-") and given.get(str(problem.details.get("label"))) is not None


#: Endings of the files that a folder is searched for.
ENDINGS = (
    ".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".pdf", ".docx", ".docm", ".dotx", ".doc", ".dot", ".wps",
    ".wpt", ".rtf", ".odt", ".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".et", ".ods", ".csv", ".tsv", ".md",
    ".markdown", ".txt",
)  # fmt: skip


def documents(folder: str | Path) -> list[Path]:
    """The documents in a folder and its subfolders, sorted by name; hidden ones and links are left out."""
    root = Path(folder)
    if not root.is_dir():
        raise ReadError(f"{root.name}: there is no such folder.")
    return sorted(
        p
        for p in root.rglob("*")
        if p.suffix.lower() in ENDINGS
        and not any(part.startswith(".") for part in p.relative_to(root).parts)
        and p.is_file()
        and not p.is_symlink()
    )


def read_all(
    sources: str | Path | Iterable[Source], *, organ: str | None = None, limits: Limits | None = None
) -> tuple[list[Report], dict[str, FoiError]]:
    """Read several documents, or all in a folder: (reports by organ and year, errors by path).

    The paths are those within the folder, or as they were given; without one, ``document 1`` and so on.
    """
    folder = Path(sources) if isinstance(sources, (str, Path)) else None
    found: Iterable[Source] = sources if folder is None else documents(folder)  # type: ignore[assignment]
    reports: list[Report] = []
    errors: dict[str, FoiError] = {}
    for number, source in enumerate(found, start=1):
        try:
            reports.append(read(source, organ=organ, limits=limits))
        except FoiError as error:
            shown = f"document {number}"
            if isinstance(source, (str, Path)):
                shown = (Path(source).relative_to(folder) if folder else Path(source)).as_posix()
            errors[shown] = error
    return sorted(reports, key=lambda report: (report.organ or "", report.year or 0)), errors
