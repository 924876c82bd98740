"""What becomes of the program itself is an entry: start, stop, another version, another schema, a step of the clock."""

import time
from typing import Any

import sqlalchemy as sa

from tracker.audit import floods, schema
from tracker.audit.doors import now, witness
from tracker.base import db
from tracker.models.register.audit_log import AuditEntry
from tracker.policy import SYSTEM

STARTED, STOPPED, STEP = "program.started", "program.stopped", 120.0  # seconds of a step that are nothing


def note_start(version: str) -> None:
    """The program begins to serve. `after` says so if it did not stop before, `clock.stepped` if time went back."""
    last, head = _last(STARTED, STOPPED), _last()
    behind = (head.moment - now()).total_seconds() if head is not None else 0.0
    if behind > STEP:
        witness("clock.stepped", SYSTEM, outcome="ok", seconds=-round(behind))
    started = _last(STARTED)
    was = started.details.get("version") if started is not None else None
    if was not in {None, version}:
        witness("version.changed", SYSTEM, outcome="ok", version=version, was=was)
    cut: dict[str, Any] = (
        {"after": "a stop that was not recorded"} if last is not None and last.action == STARTED else {}
    )
    witness(STARTED, SYSTEM, outcome="ok", version=version, **cut)


def note_stop(version: str) -> None:
    """The program has been told to stop, and serves nobody any more: what was counted so far is written first."""
    floods.write_counts(also_running=True)
    witness(STOPPED, SYSTEM, outcome="ok", version=version)


def note_migration() -> None:
    """The schema was brought to another revision, if the newest entry was written under an older one."""
    last = _last()
    if last is not None and last.schema != schema.head():
        witness("schema.migrated", SYSTEM, outcome="ok", was=last.schema, to=schema.head())


def _last(*actions: str) -> AuditEntry | None:
    """The newest entry; the newest with one of these actions."""
    newest = sa.select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)
    return db.session().scalar(newest.where(AuditEntry.action.in_(actions)) if actions else newest)


class Clock:
    """Watches the clock of the machine against one that nobody can set."""

    def __init__(self) -> None:
        self._ahead = _ahead()

    def look(self) -> None:
        """An entry if the clock was set by more than two minutes since the last look that found so."""
        step = (ahead := _ahead()) - self._ahead
        if abs(step) > STEP:
            witness("clock.stepped", SYSTEM, outcome="ok", seconds=round(step))
            self._ahead = ahead


def _ahead() -> float:
    """How far the clock is ahead of the time since the machine was started, its sleep included where that is known."""
    steady = time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
    return time.time() - steady
