"""The bars of the house, as tests: sizes, one place that commits, no blanket except, strict pages, fair words."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted(path for path in ROOT.glob("tracker/**/*.py") if "migrations" not in path.parts)
TESTS = sorted(path for folder in ("tests", "benchmarks", "scripts") for path in ROOT.glob(f"{folder}/**/*.py"))
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
# Never used for a person (so "suspected compromise", of a thing, is no breach).
UNFAIR = re.compile(r"\b(suspects?|leakers?|culprits?|guilty|moles?)\b", re.IGNORECASE)
INLINE = {
    "a style element or attribute": re.compile(r"<style\b|<[^>]*\sstyle\s*=\s*[\"']", re.IGNORECASE),
    "a script in the page": re.compile(r"<script\b(?![^>]*\ssrc\s*=)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "an address that is a script": re.compile(r"javascript:", re.IGNORECASE),
    "markup let through unescaped": re.compile(r"\|\s*safe\b|\bautoescape\s+false\b", re.IGNORECASE),
}


def named(path: Path, line: int | None = None) -> str:
    return f"{path.relative_to(ROOT)}{f':{line}' if line else ''}"


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(paths: list[Path]) -> Iterator[tuple[str, int]]:
    """Every function by its place and its length, from `def` on: decorators are not counted."""
    for path in paths:
        for node in ast.walk(tree(path)):
            if isinstance(node, FUNCTION):
                yield named(path, node.lineno), (node.end_lineno or node.lineno) - node.lineno + 1


def found(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    texts = {path: path.read_text() for path in paths}
    return [
        named(path, text.count("\n", 0, hit.start()) + 1)
        for path, text in texts.items()
        for hit in pattern.finditer(text)
    ]


@pytest.mark.parametrize(
    ("paths", "most"), [(CODE, 250), (TESTS, 250), (TEMPLATES, 150)], ids=["code", "tests", "pages"]
)
def test_no_file_is_too_long_to_read_at_once(paths, most):
    assert {named(path): lines(path) for path in paths if lines(path) > most} == {}


@pytest.mark.parametrize(("paths", "most"), [(CODE, 80), (TEMPLATES, 40)], ids=["code", "pages"])
def test_half_of_the_files_are_short(paths, most):
    assert median(map(lines, paths)) <= most


def test_the_package_has_few_folders_and_its_rooms_few_files():
    """At most 16 folders and 3 files in it, beside `__init__`; at most 15 files in a room, beside its own."""
    package = ROOT / "tracker"
    rooms = {path.parent for path in CODE}
    assert len({room.relative_to(package).parts[0] for room in rooms - {package}}) <= 16
    assert len([path for path in CODE if path.parent == package and path.stem != "__init__"]) <= 3
    count = {named(room): len([path for path in room.glob("*.py") if path.stem != "__init__"]) for room in rooms}
    assert {room: files for room, files in count.items() if files > 15} == {}


def test_helpers_of_tests_stand_in_rooms():
    """Beside what every test stands on: those that build a case, those that read pages, the machinery under them."""
    helpers = {
        room: len([path for path in TESTS if path.parent.name == room and path.stem[:5] != "test_"])
        for room in ("tests", "builders", "readers", "machinery")
    }
    assert helpers.pop("tests") == 2  # conftest and world
    assert max(helpers.values()) <= 15


def test_every_floor_with_the_nouns_has_the_same_rooms():
    floors = ("tracker/models", "tracker/actions", "tracker/views", "templates")
    rooms = [
        {path.name for path in (ROOT / floor).iterdir() if path.is_dir() and path.name[0] != "_"} for floor in floors
    ]
    nouns = {"case", "disclosure", "access", "inquiry", "findings", "register"}
    assert rooms == [nouns, *[nouns | {"answers"}] * 3]  # answers are computed of nouns, and are none


@pytest.mark.slow("reads every file of the program")
@pytest.mark.parametrize("paths", [CODE, TESTS], ids=["code", "tests"])
def test_no_function_is_longer_than_forty_lines(paths):
    assert {place: length for place, length in functions(paths) if length > 40} == {}


def test_functions_are_short():
    lengths = [length for _, length in functions(CODE)]
    assert median(lengths) <= 8
    assert quantiles(lengths, n=10)[8] <= 20


def test_only_the_three_doors_of_the_audit_log_commit():
    commits = [
        named(path, node.lineno)
        for path in CODE
        if not path.is_relative_to(ROOT / "tracker/cli") and path.name != "cli.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]
    assert [place.partition(":")[0] for place in commits] == ["tracker/audit/doors.py"] * 3


def test_no_except_swallows_what_it_does_not_know():
    blanket = [
        named(path, node.lineno)
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    ]
    assert blanket == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """A bare except or one of all exceptions; to clean up and raise it on is no swallowing."""
    names = {"BaseException", "Exception"} & {
        node.id for node in ast.walk(handler.type or handler) if isinstance(node, ast.Name)
    }
    last = handler.body[-1]
    raised_on = isinstance(last, ast.Raise) and last.exc is None and names == {"BaseException"}
    return (handler.type is None or bool(names)) and not raised_on


@pytest.mark.parametrize("what", INLINE)
def test_no_page_holds(what):
    assert found(TEMPLATES, INLINE[what]) == []


def test_no_word_in_code_or_pages_calls_a_person_guilty():
    assert found([*CODE, *TEMPLATES, *ROOT.glob("templates/**/*.t*")], UNFAIR) == []


def test_no_work_is_left_for_later():
    assert found([*CODE, *TESTS, *TEMPLATES], re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")) == []
