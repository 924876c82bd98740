"""Damage to a database: looked for at the start, and told in a sentence that says what to do, however it shows."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from tracker.base.connections import Unusable, sqlite
from tracker.base.trouble import FULL, trouble_of

SHOWS_AS = (  # what reading damaged bytes can raise: by the driver, or by whoever makes values of what it read
    sa.exc.SQLAlchemyError, sqlite.Error, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
    MemoryError, RecursionError, StopIteration,
)  # fmt: skip
OF_DAMAGE = ("malformed", "not a database", "corrupt", "invalid page", "could not decode", "could not read block")
STEPS = 20_000  # of SQLite's machine between two looks at the clock
RESTORE = "Stop the program and keep a copy of the data folder. Then restore a backup with 'tracker restore'."
MAKE_ROOM = "The disk of the server is full. Make room where the data folder lies."
REACH = "See that it is there, that it answers, and that it lets the account of the tracker in."


@contextmanager
def sentence_for_damage(what: str = "The database") -> Iterator[None]:
    """Whatever damage raises inside becomes Unusable; what is no damage (nobody answers, a lock) is said as it is."""
    try:
        yield
    except SHOWS_AS as fault:
        said = str(getattr(fault, "orig", None) or fault).strip().partition("\n")[0].rstrip(".")
        from_driver = isinstance(fault, sa.exc.DBAPIError | sqlite.Error)
        if from_driver and trouble_of(fault) is FULL:
            raise Unusable(MAKE_ROOM) from fault
        if from_driver and not any(word in said.lower() for word in OF_DAMAGE):
            raise Unusable(f"{what} cannot be used: {said}. {REACH}") from fault
        raise Unusable(f"{what} is damaged ({said or type(fault).__name__}). {RESTORE}") from fault


def find_damage(connection: sa.Connection, seconds: float | None = None) -> str | None:
    """The first fault that SQLite's own check finds, within so many seconds if they are given; None if none.

    PostgreSQL checks its pages as they are read, if its cluster was made with checksums.
    """
    if connection.dialect.name != "sqlite":
        return None
    driver: Any = connection.connection.dbapi_connection
    if seconds is not None:
        end = time.monotonic() + seconds
        driver.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        answer = str(driver.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite.OperationalError as fault:
        if "interrupted" not in str(fault):
            raise
        return None  # what it has seen is sound, and `tracker check` sees the rest
    finally:
        driver.set_progress_handler(None, STEPS)
    return None if answer == "ok" else answer


def must_be_undamaged(connection: sa.Connection, seconds: float | None = None) -> None:
    """Refuse a database in which damage is found; raises Unusable."""
    if (found := find_damage(connection, seconds)) is not None:
        raise Unusable(f"The database is damaged ({found.partition(chr(10))[0]}). {RESTORE}")
