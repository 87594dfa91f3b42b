"""One notebook + parameters → executed notebook → one self-contained page."""

from __future__ import annotations

import ast
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..problems import FoiError

# jupyter pulls in a checker of web addresses that builds its grammars on import, 0.8 s each time, and that nothing
# here uses; jsonschema does without it
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Runs first in every kernel: charts as SVG with text as text, the same bytes each time.
_SETUP = """\
import matplotlib
from matplotlib_inline.backend_inline import set_matplotlib_formats
from matplotlib_inline.config import InlineBackend
matplotlib.rcParams["svg.fonttype"] = "none"
matplotlib.rcParams["svg.hashsalt"] = "liaocheng_foi"
InlineBackend.instance().print_figure_kwargs = {"bbox_inches": "tight", "metadata": {"Date": None, "Creator": None}}
set_matplotlib_formats("svg")
"""


class NotebookError(FoiError):
    """A notebook could not be run; the text names notebook, cell and cause."""


def load(path: Path, parameters: dict[str, Any]) -> NotebookNode:
    """A notebook with ``parameters`` put in a cell behind the one tagged ``parameters``.

    Text cells tagged with the other language than the parameter ``lang`` are left out.
    Raises :class:`NotebookError` when it cannot be read, has no such cell, or does not know a parameter.
    """
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise NotebookError(f"{path.name}: there is no such notebook.") from None
    except Exception as error:  # nbformat raises whatever its JSON and schema layers raise
        raise NotebookError(f"{path.name}: not a readable notebook ({error.__class__.__name__}).") from None
    tagged = [i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise NotebookError(f"{path.name}: one cell tagged “parameters” is needed, {len(tagged)} were found.")
    known = assigned(notebook.cells[tagged[0]].source)
    unknown = sorted(set(parameters) - known)
    if unknown:
        raise NotebookError(f"{path.name}: unknown parameters {', '.join(unknown)}; known: {', '.join(sorted(known))}.")
    given = "\n".join(f"{name} = {value!r}" for name, value in sorted(parameters.items()))
    cell = nbformat.v4.new_code_cell(given, metadata={"tags": ["setup"]}, id="given-parameters")
    notebook.cells.insert(tagged[0] + 1, cell)
    other = {"zh": "en", "en": "zh"}.get(str(parameters.get("lang")))
    notebook.cells = [each for each in notebook.cells if other not in each.metadata.get("tags", [])]
    return notebook


def assigned(source: str) -> set[str]:
    """The names that a cell assigns."""
    return {
        target.id
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def execute(notebook: NotebookNode, name: str, folder: Path) -> NotebookNode:
    """Run all cells in ``folder``; the notebook with its outputs.

    Raises :class:`NotebookError` naming notebook, cell and cause when a cell fails.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    notebook.cells.insert(0, nbformat.v4.new_code_cell(_SETUP, id="setup"))
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
            client.execute()
        except CellExecutionError as error:
            number = next(i for i, cell in enumerate(notebook.cells) if _failed(cell))
            raise NotebookError(f"{name}, cell {number}: {error.ename}: {error.evalue}") from None
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            raise NotebookError(f"{name}: the kernel gave no answer ({error.__class__.__name__}).") from None
    del notebook.cells[0]
    return notebook


def _failed(cell: NotebookNode) -> bool:
    return any(output.output_type == "error" for output in cell.get("outputs", []))


def to_page(notebook: NotebookNode, title: str, lang: str, crumbs: str, colophon: str) -> str:
    """The page of an executed notebook, through the package's nbconvert template."""
    from nbconvert import HTMLExporter

    from .fonts import font_face

    notebook.metadata.update(
        {"title": title, "lang": "zh-CN" if lang == "zh" else "en", "crumbs": crumbs, "colophon": colophon}
    )
    notebook.metadata.pop("widgets", None)
    templates = str(files("liaocheng_foi").joinpath("publication", "templates"))
    exporter = HTMLExporter(template_name="liaocheng_foi", extra_template_basedirs=[templates])
    page, _ = exporter.from_notebook_node(notebook)
    notebook.metadata["font_face"] = font_face(page)
    page, _ = exporter.from_notebook_node(notebook)
    return page
