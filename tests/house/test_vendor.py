"""The front-end files that are not ours: as vendor.json says, from a lock without addresses, and no icon missing."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "static" / "vendor"
PACKAGES = json.loads((VENDOR / "vendor.json").read_text())["packages"]
WANTED = json.loads((ROOT / "package.json").read_text())["devDependencies"]
DIGESTS = {target: digest for package in PACKAGES for target, digest in package["sha256"].items()}
MADE_HERE = {"vendor.json"}


@pytest.mark.parametrize("target", DIGESTS)
def test_a_vendored_file_is_what_vendor_json_says(target):
    assert hashlib.sha256((ROOT / target).read_bytes()).hexdigest() == DIGESTS[target]


def test_every_vendored_file_is_in_vendor_json():
    there = {
        path.relative_to(ROOT).as_posix()
        for folder in (VENDOR, ROOT / "tests" / "vendor")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".gz" and path.name not in MADE_HERE
    }
    assert there == set(DIGESTS) - {"templates/_macros/icons.html"}


def test_a_packed_file_unpacks_to_the_one_beside_it():
    packed = sorted(VENDOR.rglob("*.gz"))
    assert [path.name for path in packed] == ["htmx.min.js.gz", "tabler.min.css.gz"]
    assert all(gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes() for path in packed)


def test_versions_are_pinned_and_are_the_ones_vendored():
    assert {package["name"]: package["version"] for package in PACKAGES} == WANTED


def test_every_package_has_a_licence_beside_it():
    texts = {package["name"]: [name for name in package["sha256"] if "licence" in name] for package in PACKAGES}
    assert [name for name, files in texts.items() if len(files) != 1] == []
    assert {package["licence"] for package in PACKAGES} == {"MIT", "BSD-0-Clause", "OFL-1.1", "MPL-2.0"}


def test_the_lock_of_the_front_end_names_no_registry():
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in locked.items() if "resolved" in entry] == []
    assert all(entry["integrity"].startswith("sha512-") for name, entry in locked.items() if name)


def test_no_file_asks_for_a_source_map():
    scripts = [
        path for path in [*ROOT.glob("static/**/*.*"), *ROOT.glob("tests/vendor/*")] if path.suffix in {".js", ".css"}
    ]
    assert len(scripts) >= 6
    assert [path.name for path in scripts if "sourceMappingURL" in path.read_text()] == []


def test_every_icon_that_a_page_names_is_there():
    drawn = set(re.findall(r"name == '([a-z0-9-]+)'", (ROOT / "templates/_macros/icons.html").read_text()))
    pages = {path: path.read_text() for path in ROOT.glob("templates/**/*.html") if path.name != "icons.html"}
    named = re.compile(r"""(?:\b(?:icon|draw)\(|\bicon=|['"]icon['"]: *)(['"])([a-z0-9-]+)\1""")
    missing = {f"{path.name}: {name}" for path, text in pages.items() for _, name in named.findall(text)}
    assert {line for line in missing if line.split(": ")[1] not in drawn} == set()
    assert len(missing) > 5
