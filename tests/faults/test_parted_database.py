"""The file of a SQLite database parted from the log beside it, in which its newest changes lie.

As after a kill or a power cut, the log holds what was acknowledged last. Whoever connects to a file that is missing or
empty makes SQLite remove that log; so nobody does, and the changes are there when the file is back. The control leaves
both as they are.
"""

import shutil

import pytest

from tests import world
from tests.machinery.database import ON_POSTGRESQL
from tracker.actions.case import cases
from tracker.audit import schema
from tracker.base import connections, db
from tracker.cli import server

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="a server keeps its own files")
COMMANDS = (
    ("check",), ("audit", "verify"), ("serve", "--port", "0"), ("init",), ("init", "--admin", "new@tracker.example"),
    ("account", "list"), ("key", "rotate"), ("audit", "reindex"),
)  # fmt: skip


@pytest.fixture
def register(app, settings, tmp_path, monkeypatch):
    """The database with a log beside it that is not in it yet, as a killed program leaves them."""
    monkeypatch.setattr(server, "serve", lambda *_: None)
    monkeypatch.setattr(server, "end_on_signals", lambda: None)
    file, left = settings.instance / "tracker.db", tmp_path / "left"
    with db.engine().connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    cases.edit_case(world.person("lena"), world.case(), lock_version=world.case().lock_version, title="Renamed at last")
    left.mkdir()
    for name in (file, connections.log_beside(file)):
        shutil.copy(name, left)
    db.release()
    for name in left.iterdir():
        name.replace(file.parent / name.name)
    return file


def title(command):
    db.release()
    assert command("audit", "verify")[0] == 0
    return world.case().title


def parted_by_moving(file, away):
    file.replace(away)
    return lambda: away.replace(file)


def parted_by_emptying(file, away):
    shutil.copy(file, away)
    file.write_bytes(b"")
    return lambda: away.replace(file)


@pytest.mark.parametrize("part", [parted_by_moving, parted_by_emptying])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_loses_the_changes_in_a_log_whose_database_is_gone(register, command, tmp_path, part, words):
    put_back = part(register, tmp_path / "away.db")
    log = connections.log_beside(register)
    kept = log.read_bytes()
    code, printed = command(*words)
    db.release()
    assert (code, log.read_bytes() == kept) == (1, True)
    assert f"its newest changes are in {log}. Put it back" in " ".join(printed.split())
    put_back()
    assert title(command) == "Renamed at last"


def test_a_database_and_its_log_together_hold_every_change(register, command):
    assert title(command) == "Renamed at last"


def test_to_look_for_a_register_makes_none(register, command):
    register.unlink()
    connections.log_beside(register).unlink()
    for words in COMMANDS[:3]:
        code, printed = command(*words)
        db.release()
        assert (code, register.exists()) == (1, False)
        assert "See that it is there" in printed


def test_nothing_is_restored_beside_the_log_of_another_database(register, settings):
    from tracker.backup.databases import must_be_empty

    register.unlink()
    with pytest.raises(connections.Unusable, match="not empty"):
        must_be_empty(settings)


def test_a_schema_is_not_made_beside_the_log_of_another_database(register, settings):
    register.unlink()
    with pytest.raises(Exception, match="its newest changes are in"):
        schema.upgrade(settings.database_url)
