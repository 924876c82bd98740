"""What somebody gets who installs the wheel: the commands, the pages and their stylesheets, far from any checkout."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.gate("builds the wheel and installs it")
ROOT = Path(__file__).parents[2]
VISIT = """
import re, tracker
print(tracker.__file__)
client = tracker.create_app().test_client()
page = client.get("/", follow_redirects=True)
print(page.status_code, page.mimetype)
for address in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text):
    print(client.get(address).status_code, client.get(address).mimetype)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    return next(folder.glob("tracker-*.whl"))


@pytest.fixture(scope="module")
def venv(wheel, tmp_path_factory):
    """A new environment with the wheel in it; what the wheel needs is seen where the tests have it."""
    home = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", home)
    python = home / "bin" / "python"
    run(sys.executable, "-m", "uv", "pip", "install", "--offline", "--no-deps", "--python", python, wheel)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n" + sysconfig.get_path("platlib"))
    return home


def run(*command, cwd=None, **environment):
    """Run a program without the settings of this machine; its output, or its complaint as the failure."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("TRACKER_", "PYTHON", "COVERAGE"))}
    done = subprocess.run(command, check=False, cwd=cwd, env=kept | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_the_product_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"tracker"}
    assert {"tracker/__init__.py", "tracker/templates/layout.html", "tracker/static/css/tracker.css"} <= set(names)
    assert "tracker/exports/pack/document.typ" in names


def test_the_wheel_names_its_licence_and_holds_it(wheel):
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    (licence,) = (name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE"))
    assert "License-Expression: MIT\n" in archive.read(metadata).decode()
    assert archive.read(licence) == (ROOT / "LICENSE").read_bytes()


def test_the_source_archive_holds_its_licence_and_how_it_is_built(tmp_path):
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=ROOT)
    (path,) = tmp_path.glob("tracker-*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "bootstrap.py", "pyproject.toml"} <= names


@pytest.mark.slow("starts an installed program")
def test_an_installed_tracker_is_founded_and_serves_its_pages(venv, tmp_path):
    setting = {"TRACKER_INSTANCE": str(tmp_path / "instance")}
    founded = run(venv / "bin" / "tracker", "init", "--admin", "ada@register.example", cwd=tmp_path, **setting)
    assert "/invitations/" in founded
    where, page, *styles = run(venv / "bin" / "python", "-c", VISIT, cwd=tmp_path, **setting).splitlines()
    assert Path(where).is_relative_to(venv)
    assert page == "200 text/html"
    assert styles
    assert set(styles) == {"200 text/css"}


@pytest.mark.slow("starts an installed program")
def test_the_command_says_what_it_can_do(venv, tmp_path):
    help_page = run(venv / "bin" / "tracker", "--help", cwd=tmp_path)
    assert all(
        command in help_page for command in ("init", "serve", "demo", "account", "import", "export", "audit", "check")
    )
