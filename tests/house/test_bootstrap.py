"""The installer says in one sentence what a machine lacks, and does nothing where nothing changed."""

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.gate("the installer alone")
SCRIPT = Path(__file__).parents[2] / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """The installer of an empty checkout: no uv on the path, and each program it would start is noted instead."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in module.SOURCES:
        (tmp_path / name).write_text(name)
    venv = tmp_path / ".venv"
    places = {"ROOT": tmp_path, "VENV": venv, "PYTHON": venv / "bin/python", "STAMP": venv / "installed"}
    for name, value in places.items():
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    module.started = []
    monkeypatch.setattr(module, "run", lambda *command: started(module, command))
    return module


def started(module, command):
    module.started.append(" ".join(command))
    if "venv" in command:
        (module.VENV / "bin").mkdir(parents=True, exist_ok=True)
        (module.VENV / "bin" / "tracker").touch()


def test_an_old_python_is_refused_by_name(bootstrap, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer"):
        bootstrap.main(dev=False)
    assert bootstrap.started == []


def test_a_python_without_venv_is_told_what_to_install(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"sudo apt-get install python3\.\d+-venv"):
        bootstrap.main(dev=False)
    assert bootstrap.started == []


def test_only_what_the_list_holds_is_installed(bootstrap):
    bootstrap.main(dev=False)
    made, libraries, product = bootstrap.started
    assert "-m venv" in made
    assert libraries.endswith(f"--require-hashes -r {bootstrap.ROOT / 'requirements.lock'}")
    assert "--no-deps --no-build-isolation" in product


def test_a_second_run_does_nothing_until_a_list_changes(bootstrap):
    bootstrap.main(dev=True)
    del bootstrap.started[:]
    bootstrap.main(dev=True)
    bootstrap.main(dev=False)
    assert bootstrap.started == []
    (bootstrap.ROOT / "requirements.lock").write_text("changed")
    bootstrap.main(dev=False)
    assert bootstrap.started


def test_the_tools_are_added_to_an_environment_without_them(bootstrap):
    bootstrap.main(dev=False)
    del bootstrap.started[:]
    bootstrap.main(dev=True)
    assert any("requirements-dev.lock" in command for command in bootstrap.started)


def test_a_failed_step_ends_with_one_sentence(bootstrap, monkeypatch):
    monkeypatch.undo()
    with pytest.raises(SystemExit, match="this step failed"):
        bootstrap.run(sys.executable, "-c", "raise SystemExit(1)")


def test_the_lines_an_old_python_reads_are_ones_it_can_read():
    assert ast.parse(SCRIPT.read_text(), feature_version=(3, 6))
