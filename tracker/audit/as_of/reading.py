"""Reading a case as it stood: the small database is made once, kept for a while, and read by one page at a time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.analysis.moments import from_sql_text, sql_text
from tracker.audit.as_of.copying import Copying
from tracker.audit.as_of.present import Stood
from tracker.audit.as_of.scratch import Scratch
from tracker.audit.as_of.undoing import undo
from tracker.audit.verify.reading import one_moment, stream
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.register.audit_log import AuditEntry
from tracker.policy.refusals import Refused

MOST, KEPT_FOR = 4, 600.0  # so many at once, and seconds since one was last read
ENDS = (  # the first entry of a case, and the last one by a time
    "SELECT (SELECT min(at) FROM audit WHERE case_ref = '{case}'), (SELECT max(seq) FROM audit WHERE at <= '{at}')"
)


@dataclass(eq=False)
class _Kept:
    scratch: Scratch
    cut: int
    lock: threading.Lock = field(default_factory=threading.Lock)  # its one connection has one reader
    readers: int = 0  # with those who wait
    read: float = 0.0


_kept: dict[Any, _Kept] = {}
_making = threading.Lock()


class NotYet(Refused):
    """The case was not in the register at that time."""


def recorded_since(case: Case) -> datetime:
    """When the record of a case begins: at its first entry."""
    first = sa.select(sa.func.min(AuditEntry.at)).where(AuditEntry.case_ref == case.reference)
    return from_sql_text(db.session().scalars(first).one())


@contextmanager
def as_it_stood(case: Case, at: datetime, folder: Path) -> Iterator[Session]:
    """Until the end `db.session()` reads this case, and no other, as it stood after the last entry by `at`.

    Accounts, roles, recusals and the protected-disclosure check are those of today. Recorded reads go to the register
    (`present.do_now`). `folder` is where the file may lie. Raises NotYet, and Refused where values of then were erased.
    """
    now = db.session()
    kept = _take(case, at, folder)
    try:
        with kept.lock:
            with _snapshot(now) as connection:
                _refresh(kept, connection, case)
            read = Session(kept.scratch.engine, expire_on_commit=False)
            read.info.update(stood=Stood(at, now), origin=now.info.get("origin"))
            now.info["as_of"] = sql_text(at)
            db.sessions.registry.set(read)
            try:
                yield read
            finally:
                db.sessions.registry.set(now)
                read.close()
                now.info.pop("as_of", None)
    finally:
        with _making:
            kept.readers, kept.read = kept.readers - 1, time.monotonic()


def _take(case: Case, at: datetime, folder: Path) -> _Kept:
    """The database that is kept, or a new one; it is made anew when something of the case has changed since."""
    now = db.session()
    key = now.get_bind(), case.id, at, case.changed
    with _making:
        _forget(room=key not in _kept)
        if key not in _kept:
            with now.info.get("aside", nullcontext)(), _snapshot(now) as connection:
                _kept[key] = _make(connection, case, at, folder)
        _kept[key].readers += 1
        return _kept[key]


def _forget(*, room: bool) -> None:
    """Close what nobody reads and was not read for long; with `room` the oldest too, until there is one place."""
    idle = sorted((key for key in _kept if not _kept[key].readers), key=lambda key: _kept[key].read)
    late = time.monotonic() - KEPT_FOR
    for key in idle:
        if _kept[key].read < late or (room and len(_kept) >= MOST):
            _kept.pop(key).scratch.close()


def _make(connection: sa.Connection, case: Case, at: datetime, folder: Path) -> _Kept:
    ((first, cut),) = stream(connection, ENDS.format(case=case.reference, at=sql_text(at)))
    if sql_text(at) < first:
        raise NotYet("The case was not recorded at that time.")
    undone, scratch = undo(connection, case.reference, cut), Scratch(folder)
    try:
        with scratch.writing():
            Copying(connection, scratch, (case.id, case.reference), cut).copy_case(undone)
            scratch.put_indexes()
    except BaseException:
        scratch.close()
        raise
    return _Kept(scratch, cut)


def _refresh(kept: _Kept, connection: sa.Connection, case: Case) -> None:
    """Who may read what is as of today, each time."""
    with kept.scratch.writing():
        Copying(connection, kept.scratch, (case.id, case.reference), kept.cut).copy_today()


@contextmanager
def _snapshot(session: Session) -> Iterator[sa.Connection]:
    """A connection of its own to the register, which reads one state of it."""
    engine: Any = session.get_bind()
    with engine.connect() as connection:
        connection.execution_options(**one_moment(connection.dialect))
        yield connection
