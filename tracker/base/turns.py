"""The turn to write: one writer at a time on this host, because SQLite's own waiting is not fair."""

import fcntl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import IO, Any

import sqlalchemy as sa

from tracker.base import trouble
from tracker.base.connections import LARGEST_WAL, log_beside, sqlite_file
from tracker.base.files import open_privately
from tracker.base.trouble import Held

Aside = Callable[[], AbstractContextManager[None]]
BETWEEN = 0.002  # seconds between two looks for the turn that another process has
_turn = threading.RLock()


@contextmanager
def turn_to_write(engine: sa.Engine, patience: float, aside: Aside = nullcontext) -> Iterator[None]:
    """Have the turn; PostgreSQL needs none. `aside` is entered while it does not come at once.

    Raises Held when the turn does not come within so many seconds.
    """
    if (file := sqlite_file(engine)) is None:
        yield
        return
    end = time.monotonic() + patience
    _wait(lambda seconds: _turn.acquire(timeout=seconds), end, aside)
    try:
        with open(f"{file}.turn", "w", opener=open_privately) as lock:
            _wait(lambda seconds: _locks_within(lock, seconds), end, aside)
            yield
    finally:
        _turn.release()


def _wait(comes: Callable[[float], bool], end: float, aside: Aside) -> None:
    if comes(0):
        return
    with aside():
        if not comes(max(0.0, end - time.monotonic())):
            raise Held


def _locks_within(lock: IO[str], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not _locks(lock):
        if time.monotonic() >= end:
            return False
        time.sleep(BETWEEN)
    return True


def _locks(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def bound_log(engine: sa.Engine) -> None:
    """Bring a log of SQLite that has grown into the database and cut it, unless somebody still reads what is in it."""
    file = sqlite_file(engine)
    log = file and log_beside(file)
    if log and log.exists() and log.stat().st_size > LARGEST_WAL:
        with turn_to_write(engine, trouble.SHORT_PATIENCE), engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.execute(f"PRAGMA busy_timeout = {int(trouble.SHORT_PATIENCE * 1000)}")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
