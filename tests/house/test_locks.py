"""The locked lists: hashes for every file, no address of any index, and still what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.gate("the locked lists are asked of a release")
ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
GROUPS = PYPROJECT["dependency-groups"]
EXTRAS = PYPROJECT["project"]["optional-dependencies"].values()
RUNTIME = [*PYPROJECT["project"]["dependencies"], *(name for extra in EXTRAS for name in extra)]
LISTS = {
    "requirements.lock": [*RUNTIME, *GROUPS["build"]],
    "requirements-dev.lock": [*RUNTIME, *GROUPS["build"], *(name for name in GROUPS["dev"] if isinstance(name, str))],
}
COMPILED = {"cryptography", "sqlcipher3", "psycopg-binary", "markupsafe", "cffi", "argon2-cffi-bindings", "rapidfuzz"}
ENTRY = re.compile(r"^([\w.-]+)==(\S+)[^\n]*((?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)+)$", re.MULTILINE)


def locked(name: str) -> dict[str, tuple[str, int]]:
    """Each distribution of a list: its version, and how many files it may come as."""
    return {
        name: (version, hashes.count("--hash")) for name, version, hashes in ENTRY.findall((ROOT / name).read_text())
    }


@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_no_address(name):
    assert not re.findall(r"^.*(?:://|--(?:extra-)?index-url|--find-links).*$", (ROOT / name).read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", LISTS)
def test_every_line_of_a_list_belongs_to_a_hashed_entry(name):
    assert ENTRY.sub("", (ROOT / name).read_text()).strip() == ""


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_what_pyproject_asks_for(name):
    versions = locked(name)
    for asked in map(Requirement, LISTS[name]):
        version, _ = versions[canonicalize_name(asked.name)]
        assert asked.specifier.contains(version), f"{name} holds {asked.name} {version}: run `make lock`"


def test_compiled_distributions_are_locked_for_other_machines_too():
    few = {name: files for name, (_, files) in locked("requirements.lock").items() if name in COMPILED and files < 5}
    assert not few


def test_the_list_of_the_tests_holds_the_list_of_the_product():
    product, tests = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: tests.get(name) for name in product} == product
