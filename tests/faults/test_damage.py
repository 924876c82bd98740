"""A database that is damaged, cut, foreign or gone: `serve` does not start, `check` ends in a sentence.

Pages are overwritten and files cut at random too: whatever the bytes say, no command ends in a traceback. The control
leaves the database as it is: `serve` starts, and `check` finds nothing.
"""

import os
import random
import shutil

import pytest

from tests.machinery.database import FULL, ON_POSTGRESQL
from tracker.audit import schema
from tracker.base import db
from tracker.cli import server

pytestmark = [
    pytest.mark.skipif(ON_POSTGRESQL, reason="these are damages to the file of a SQLite database"),
    pytest.mark.gate("damages a database in many ways"),
]
TRIES = 1500 if FULL else 15
PAGE = 4096


@pytest.fixture
def path(app, settings):
    """The file of the database, with all that was written in it."""
    with db.engine().connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.release()
    return settings.instance / "tracker.db"


@pytest.fixture
def starts(command, monkeypatch):
    """Whether `serve` would serve, and what it says."""
    served = []
    monkeypatch.setattr(server, "serve", lambda *_: served.append(True))
    monkeypatch.setattr(server, "end_on_signals", lambda: None)

    def start():
        served.clear()
        code, printed = command("serve", "--port", "0")
        db.release()
        return bool(served), code, printed

    return start


def overwrite(path, place, data):
    with path.open("r+b") as file:
        file.seek(place)
        file.write(data)


def alter(path, statement):
    with schema.owner(f"sqlite:///{path}") as owner:
        owner.exec_driver_sql(statement)


DAMAGES = {
    "pages of rows": lambda path: overwrite(path, 20 * PAGE, b"\x5a" * 30 * PAGE),
    "zeros in every page": lambda path: [overwrite(path, at, b"\0" * 64) for at in range(PAGE, size(path), PAGE)],
    "the page of the schema": lambda path: overwrite(path, 100, b"\xff" * 2000),
    "the head of the file": lambda path: overwrite(path, 0, b"not a database at all"),
    "cut in the middle": lambda path: os.truncate(path, size(path) // 2),
    "cut within a page": lambda path: os.truncate(path, size(path) - 1000),
    "empty": lambda path: os.truncate(path, 0),
    "some other file": lambda path: path.write_text("dear diary\n" * 10_000),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "gone": lambda path: path.unlink(),
    "a table less": lambda path: alter(path, "DROP TABLE form_token"),
    "a column more": lambda path: alter(path, "ALTER TABLE person ADD COLUMN shoe_size INTEGER"),
    "no guard": lambda path: alter(path, "DROP TRIGGER audit_next"),
    "a later schema": lambda path: alter(path, "UPDATE alembic_version SET version_num = '0999'"),
    "the folder gone": lambda path: shutil.rmtree(path.parent),
}
ADVICE = ("estore", "tracker init", "version of the tracker", "TRACKER_INSTANCE", "See that it is there")


def size(path):
    return path.stat().st_size


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_database_is_not_served_and_the_operator_is_told_what_to_do(command, path, starts, how):
    DAMAGES[how](path)
    served, code, printed = starts()
    assert (served, code) == (False, 1)
    code, checked = command("check")
    assert code == 1
    for said in (printed, checked):
        assert "Traceback" not in said
        assert any(word in said for word in ADVICE)


def test_a_sound_database_is_served_and_a_switch_of_tests_is_no_secret(command, path, starts, monkeypatch):
    monkeypatch.setenv("TRACKER_TEST_EASY", "1")
    served, _, printed = starts()
    assert served
    assert "TRACKER_TEST_EASY is ignored" in printed
    assert "SQLite's own check says ok" in command("check")[1]


def test_a_database_that_does_not_answer_is_no_damage(command, path, starts, monkeypatch):
    monkeypatch.setenv("TRACKER_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    for said in (starts()[2], command("check")[1], command("init")[1]):
        assert "The database cannot be used: connection failed" in said
        assert "damaged" not in said


def test_no_command_ends_in_a_traceback_whatever_the_bytes_say(command, path, starts, tmp_path):
    kept, chance = tmp_path / "kept.db", random.Random(20)
    shutil.copy(path, kept)
    refused = 0
    for _ in range(TRIES):
        for left in path.parent.glob("tracker.db*"):
            left.unlink()
        shutil.copy(kept, path)
        for _ in range(chance.choice([1, 1, 5, 50])):
            length = chance.choice([1, 8, 64, PAGE])
            overwrite(path, chance.randrange(size(path) - length), chance.randbytes(length))
        if chance.random() < 0.2:
            os.truncate(path, chance.randrange(size(path)))
        for words in (("check",), ("audit", "verify"), ("init",)):
            code, printed = command(*words)
            db.release()
            assert code in {0, 1}
            assert printed
        refused += not starts()[0]
    assert refused >= TRIES // 4
