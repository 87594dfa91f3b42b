"""One notebook + parameters → executed notebook → one self-contained page."""

from __future__ import annotations

import ast
import asyncio
import sys
import tempfile
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..problems import FoiError

# jupyter pulls in a checker of web addresses that builds its grammars on import, 0.8 s each time, and that nothing
# here uses; jsonschema does without it
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Of the extra ``notebooks``; the package can be had without.
_NEEDED = ("nbformat", "nbclient", "nbconvert", "ipykernel")


class NotebookError(FoiError):
    """A notebook could not be run; the text names notebook, cell and cause."""


def parameters(path: Path) -> dict[str, Any]:
    """The parameters of a notebook with the values it is committed with.

    Raises :class:`NotebookError` when it cannot be read or has no single cell tagged ``parameters``.
    """
    notebook, place = _read(path)
    return _assigned(notebook.cells[place].source)


def load(path: Path, given: dict[str, Any]) -> NotebookNode:
    """A notebook with the ``given`` parameters put in a cell behind the one tagged ``parameters``.

    Raises :class:`NotebookError` when it cannot be read, has no such cell, or does not know a parameter.
    """
    import nbformat

    notebook, place = _read(path)
    known = _assigned(notebook.cells[place].source)
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise NotebookError(f"{path.name}: unknown parameters {', '.join(unknown)}; known: {', '.join(sorted(known))}.")
    source = "\n".join(f"{name} = {value!r}" for name, value in sorted(given.items()))
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["given"]}, id="given-parameters")
    notebook.cells.insert(place + 1, cell)
    return notebook


def _read(path: Path) -> tuple[NotebookNode, int]:
    """The notebook and the place of its parameters."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise NotebookError(
            f"notebooks need {', '.join(missing)}; run: pip install 'liaocheng_foi[notebooks]', or leave notebooks out "
            "(--no-notebooks)."
        )
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise NotebookError(f"{path.name}: there is no such notebook.") from None
    except Exception as error:  # nbformat raises whatever its JSON and schema layers raise
        raise NotebookError(f"{path.name}: not a readable notebook ({error.__class__.__name__}).") from None
    tagged = [i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise NotebookError(f'{path.name}: one cell tagged "parameters" is needed, {len(tagged)} were found.')
    return notebook, tagged[0]


def _assigned(source: str) -> dict[str, Any]:
    """The names that a cell assigns, with their values where these are plain."""
    found: dict[str, Any] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                found[node.targets[0].id] = ast.literal_eval(node.value)
            except ValueError:
                found[node.targets[0].id] = None
    return found


def execute(notebook: NotebookNode, name: str, folder: Path) -> NotebookNode:
    """Run all cells in ``folder``; the notebook with its outputs.

    Raises :class:`NotebookError` naming notebook, cell and cause when a cell fails.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    # sockets in a folder of our own: no port on the network, whatever folder the kernel works in
    with tempfile.TemporaryDirectory(prefix="foi-") as sockets:
        kernel = {"transport": "ipc", "ip": f"{sockets}/kernel"}
        client = NotebookClient(
            notebook,
            timeout=300,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": str(folder)}},
            config=Config({"KernelManager": kernel, "AsyncKernelManager": kernel}),
        )
        try:
            # a loop of its own, closed again, in whatever thread this runs
            asyncio.run(client.async_execute())
        except CellExecutionError as error:
            # as its author counts them, without the one that load() puts in
            written = [cell for cell in notebook.cells if "given" not in cell.metadata.get("tags", [])]
            number = next(i for i, cell in enumerate(written, start=1) if _failed(cell))
            raise NotebookError(f"{name}, cell {number}: {error.ename}: {error.evalue}") from None
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            raise NotebookError(f"{name}: the kernel gave no answer ({error.__class__.__name__}).") from None
    return notebook


def _failed(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", []))


def title(notebook: NotebookNode, lang: str) -> str:
    """The first heading in a language."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and of_language(cell, lang):
            for line in cell.source.splitlines():
                if line.startswith("# "):
                    return line[2:].strip()
    return ""


def of_language(cell: NotebookNode, lang: str) -> bool:
    """Whether a cell is in a language: it is tagged with it, or with none."""
    return {"zh": "en", "en": "zh"}[lang] not in cell.metadata.get("tags", [])


def to_page(notebook: NotebookNode, lang: str, about: str, command: str, data_hash: str, home: str, other: str) -> str:
    """The page of an executed notebook, through the package's nbconvert template.

    ``about`` is what it was run for, ``home`` the address of the index, ``other`` that of the page in the other
    language, empty where there is none.
    """
    from nbconvert import HTMLExporter

    notebook.metadata["liaocheng_foi"] = {
        "lang": lang,
        "about": about,
        "home": home,
        "other": other,
        "colophon": {"hash": data_hash, "command": command, "version": __version__},
    }
    templates = str(files("liaocheng_foi").joinpath("publication", "templates"))
    exporter = HTMLExporter(template_name="liaocheng_foi", extra_template_basedirs=[templates])
    page, _ = exporter.from_notebook_node(notebook)
    return page
