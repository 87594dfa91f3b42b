"""The three walls of the architecture, read from the imports themselves."""

import ast
import subprocess
import sys
from functools import cache

import pytest
from conftest import ROOT

PACKAGE = ROOT / "liaocheng_foi"

#: The layer of each module or subpackage: it imports only from layers below, or from its own package.
LAYERS = [
    {"plural"},
    {"problems"},
    {"grid", "files", "spreadsheets", "values"},
    {"codebook", "readers", "tablefiles"},
    {"matching", "schemas", "sources", "form"},
    {"sections", "metadata", "statements", "datapackage", "filled", "measures"},
    {"label", "typed", "similarity"},
    {"report"},
    {"overview"},
    {"panel", "workspace"},
    {"checks"},
    {"changes", "lookup", "quality"},
    {"build"},
    {"sentences"},
    {"charts", "show", "reference"},
    {"peers"},
    {"comparison"},
    {"release"},
    {"publication"},
    {"cli", "__init__"},
    {"__main__"},
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


@cache
def nodes(path):
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path):
    """(imported top module inside the package or outside, whether inside) of all imports of a file."""
    depth = len(path.relative_to(PACKAGE).parts)
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {(alias.name.split(".")[0], False) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level == 0:
                found.add(((node.module or "").split(".")[0], False))
            elif node.level >= depth:
                names = [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
                found |= {(name, True) for name in names}
    return found


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).parts
        yield parts[0].removesuffix(".py"), path


def test_a_module_imports_only_from_smaller_layers():
    for name, path in modules():
        assert name in RANK, f"{name} has no layer: add it to LAYERS"
        for imported, inside in imports(path):
            if inside and imported in RANK and imported != name and name not in ("__init__", "cli"):
                assert RANK[imported] < RANK[name], f"{path.relative_to(PACKAGE)} imports {imported}"


def test_readers_know_nothing_of_the_form():
    for path in (PACKAGE / "readers").rglob("*.py"):
        inside = {name for name, ours in imports(path) if ours}
        assert inside <= {"problems", "grid", "readers"} | {p.stem for p in path.parent.glob("*.py")}, path.name


def test_only_label_reads_printed_labels():
    users = {name for name, path in modules() if ("matching", True) in imports(path)}
    assert users <= {"label", "sections"}


@pytest.mark.parametrize(
    ("library", "allowed"),
    [
        ("nbformat", {"publication"}), ("nbconvert", {"publication"}), ("nbclient", {"publication"}),
        ("selectolax", {"readers"}), ("pypdfium2", {"readers"}), ("xlrd", {"readers"}),
        ("matplotlib", {"charts", "publication"}),
    ],
)  # fmt: skip
def test_each_heavy_library_stays_in_its_room(library, allowed):
    users = {name for name, path in modules() if (library, False) in imports(path)}
    assert users <= allowed


def test_nothing_below_imports_a_reader():
    for name in ("panel", "measures", "changes", "comparison", "charts"):
        for module, path in modules():
            if module == name:
                assert ("readers", True) not in imports(path), path.name


def test_the_import_is_light():
    heavy = ["pandas", "numpy", "matplotlib", "pandera", "pyarrow", "lxml", "jupyter_client", "tqdm"]
    code = f"import sys, liaocheng_foi; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def strings(path):
    """String constants of a module that are not docstrings."""
    documented = {
        node.body[0].value
        for node in nodes(path)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documented:
            yield node.value


def test_labels_of_the_form_stand_in_the_codebook_alone():
    from liaocheng_foi.codebook import codebook
    from liaocheng_foi.matching import bare

    labels = {bare(label) for code in codebook().codes for label in (*code.labels.values(), *code.aliases)}
    labels = {label for label in labels if len(label) >= 4}
    for name, path in modules():
        if name == "statements":
            continue  # the words of the prose, which contain the form's
        said = "\n".join(map(bare, strings(path)))
        found = {label for label in labels if label in said}
        assert not found, f"{path.name}: {', '.join(sorted(found))}"
