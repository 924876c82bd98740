"""A backup that was made, and an empty place to restore it into."""

import os
import shutil

import pytest

from tests.machinery.database import ON_POSTGRESQL, drop_database, new_database, programs
from tracker.base import db

PASSPHRASE = "four grey herons at dusk"


@pytest.fixture
def client_programs(monkeypatch):
    """pg_dump and pg_restore of the server that the tests run on."""
    if ON_POSTGRESQL and not shutil.which("pg_dump"):
        monkeypatch.setenv("PATH", f"{programs()}:{os.environ['PATH']}")


@pytest.fixture
def passphrase(tmp_path):
    """The option that names a file with the passphrase."""
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    return "--passphrase-file", str(path)


@pytest.fixture
def empty_place(tmp_path, monkeypatch, client_programs):
    """Let commands lead to an empty place; gives the folder."""
    made = []

    def go():
        db.release()
        folder = tmp_path / f"restored-{len(made)}" / "instance"
        folder.parent.mkdir()
        url = new_database() if ON_POSTGRESQL else f"sqlite:///{folder / 'tracker.db'}"
        made.append(url)
        monkeypatch.setenv("TRACKER_INSTANCE", str(folder))
        monkeypatch.setenv("TRACKER_DATABASE_URL", url)
        return folder

    yield go
    db.release()
    for url in made if ON_POSTGRESQL else ():
        drop_database(url)
