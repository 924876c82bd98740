"""Imports go down: each floor knows those below it, and no two files of the package need each other."""

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = [  # from the ground
    {"base", "analysis", "pictures", "serving"},
    {"models"},
    {"policy", "gates"},
    {"audit", "migrations"},
    {"actions"},
    {"exports", "imports", "backup"},
    {"web"},
    {"views"},
    {"__init__"},
    {"cli", "demo"},
]
FLOOR = {name: height for height, names in enumerate(FLOORS) for name in names}


@cache
def modules() -> dict[str, Path]:
    """Every module by its dotted name; a package by its own."""
    paths = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in ROOT.glob("tracker/**/*.py")}
    return {name.removesuffix(".__init__"): path for name, path in paths.items()}


def imported(tree: ast.AST, package: str, *, late: bool) -> Iterator[str]:
    """Every module named by an import, or only those that run with the file; not what only a type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*parents, node.module or ""]).strip(".")
            for name in node.names:
                yield f"{module}.{name.name}" if f"{module}.{name.name}" in modules() else module
        elif late or not isinstance(node, ast.FunctionDef):
            yield from imported(node, package, late=late)


@cache
def imports(*, late: bool = True) -> dict[str, set[str]]:
    found = {}
    for name, path in modules().items():
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        found[name] = set(imported(ast.parse(path.read_text()), package, late=late)) & set(modules()) - {name}
    return found


def floor(module: str) -> int:
    return FLOOR[module.split(".")[1] if "." in module else "__init__"]


def test_every_file_has_a_floor():
    assert {name.split(".")[1] for name in modules() if "." in name} <= set(FLOOR)


def test_no_import_goes_up():
    assert [f"{name} -> {low}" for name, lows in imports().items() for low in lows if floor(low) > floor(name)] == []


def test_no_two_files_need_each_other():
    try:
        TopologicalSorter(imports(late=False)).prepare()
    except CycleError as circle:
        raise AssertionError(" -> ".join(circle.args[1])) from None


def test_the_layers_are_read_from_the_real_imports():
    assert "tracker.audit.doors" in imports()["tracker.actions.case.cases"]
