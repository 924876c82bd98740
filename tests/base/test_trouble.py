"""What is wrong with the machine: told from what is wrong with the program, and remembered until it is over."""

import errno
import sqlite3
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from tracker.audit import schema
from tracker.base import db, trouble
from tracker.base.connections import Unusable
from tracker.base.damage import sentence_for_damage
from tracker.base.trouble import AWAY, BROKEN, DAMAGED, FULL, HELD, READ_ONLY, Held, trouble_of


def sqlite(code):
    return sa.exc.OperationalError("INSERT", {}, SimpleNamespace(sqlite_errorcode=code))


def postgresql(state):
    return sa.exc.OperationalError("INSERT", {}, SimpleNamespace(sqlstate=state))


@pytest.fixture(autouse=True)
def _well():
    yield
    trouble.watch(None)


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (sqlite(sqlite3.SQLITE_FULL), FULL),
        (sqlite(sqlite3.SQLITE_BUSY), HELD),
        (sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), HELD),
        (sqlite(sqlite3.SQLITE_READONLY_DBMOVED), READ_ONLY),
        (sqlite(sqlite3.SQLITE_IOERR_FSYNC), BROKEN),
        (sqlite(sqlite3.SQLITE_CANTOPEN), AWAY),
        (sqlite(sqlite3.SQLITE_CORRUPT), DAMAGED),
        (sqlite(sqlite3.SQLITE_CONSTRAINT), None),
        (postgresql("53100"), FULL),
        (postgresql("55P03"), HELD),
        (postgresql("25006"), READ_ONLY),
        (postgresql("57P01"), AWAY),
        (postgresql("08006"), AWAY),
        (postgresql(None), AWAY),
        (postgresql("42501"), None),
        (sa.exc.TimeoutError(), HELD),
        (Held(), HELD),
        (OSError(errno.ENOSPC, "No space left"), FULL),
        (OSError(errno.EDQUOT, "Quota exceeded"), FULL),
        (FileNotFoundError(errno.ENOENT, "No such file"), None),
        (sa.exc.IntegrityError("INSERT", {}, SimpleNamespace(sqlstate=None)), None),
        (ValueError(), None),
    ],
    ids=str,
)
def test_a_cause_is_named(fault, cause):
    assert trouble_of(fault) is cause


def test_an_error_of_a_disk_without_room_is_a_full_disk(tmp_path, monkeypatch):
    trouble.watch(tmp_path)
    assert trouble_of(sqlite(sqlite3.SQLITE_IOERR_WRITE)) is BROKEN
    monkeypatch.setattr(trouble, "free_bytes", lambda _folder: 4096)
    assert trouble_of(sqlite(sqlite3.SQLITE_IOERR_WRITE)) is FULL
    with pytest.raises(Unusable, match="disk of the server is full"), sentence_for_damage():
        raise sqlite(sqlite3.SQLITE_IOERR_SHMSIZE)


def test_a_fault_of_the_database_is_told_without_the_words_that_were_to_be_written(app, settings):
    """It stands in the log of the program with its statement."""
    said = sa.text("INSERT INTO nowhere VALUES (:words)").bindparams(words="what the witness said")
    with schema.owner(settings.database_url) as owner:
        for one in (db.engine().connect(), db.writer().connect(), owner):
            with one as connection, pytest.raises(sa.exc.DBAPIError, match="nowhere") as fault:
                connection.execute(said)
            assert "witness" not in str(fault.value)


def test_who_comes_after_somebody_who_waited_in_vain_does_not_wait_as_long():
    assert trouble.patience() == trouble.PATIENCE
    trouble.note(Held(), trouble.PATIENCE)
    assert (trouble.current(), trouble.patience()) == (HELD, trouble.SHORT_PATIENCE)
    trouble.note(ValueError(), 60)
    assert trouble.current() is HELD
    trouble.clear()
    assert (trouble.current(), trouble.patience()) == (None, trouble.PATIENCE)
    trouble.note(sqlite(sqlite3.SQLITE_FULL), 60)
    assert trouble.patience() == trouble.PATIENCE, "a full disk makes nobody wait"
