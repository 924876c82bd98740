"""Upkeep: what the program does beside its pages, once a second, in a thread of its own.

Counts of floods are written, the log of SQLite is cut, the clock is watched. In vain is tried again a second later.
"""

import fcntl
import logging
import threading
from collections.abc import Callable
from pathlib import Path

from tracker.audit import floods
from tracker.audit.doors import housekeeping, now
from tracker.audit.program import Clock
from tracker.base import db, trouble, turns
from tracker.models.register.sessions import FormToken

EVERY = 1.0
logger = logging.getLogger(__name__)


def why_nothing_is_written() -> trouble.Trouble | None:
    """Try to write, in the place of one form; what stands against it, or None."""
    with db.best_effort(), housekeeping(trouble.SHORT_PATIENCE) as record:
        record.merge(FormToken(token="health", at=now()))  # noqa: S106  # no secret: nobody sends it
    return trouble.current()


class Upkeep:
    """The thread; one process of several looks after what all have together."""

    def __init__(self, instance: Path) -> None:
        self._end, self._clock = threading.Event(), Clock()
        self._lock = (instance / "upkeep.lock").open("w")
        self._thread = threading.Thread(target=self._go_on, name="upkeep", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and write what was counted so far."""
        self._end.set()
        self._thread.join()
        attempt(lambda: floods.write_counts(also_running=True))
        self._lock.close()

    def _go_on(self) -> None:
        while not self._end.wait(EVERY):
            attempt(floods.write_counts)
            if self._is_first():
                attempt(self._clock.look)
                attempt(lambda: turns.bound_log(db.engine()))
            db.sessions.remove()

    def _is_first(self) -> bool:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def attempt(duty: Callable[[], None]) -> None:
    """Do it if it can be done now; a fault of the machine is said, and stops nothing."""
    try:
        duty()
    except trouble.FAULTS as fault:
        db.session().rollback()
        logger.warning("Nothing could be written in the audit log: %s", fault)
