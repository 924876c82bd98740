"""Before an action writes over a row, the row is compared with what the audit log says of it.

A row that somebody changed in the database would otherwise be committed to with the next honest change of it. So the
action is refused, the entry `integrity.mismatch` names the record, and an auditor acknowledges it with a reason.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.audit.appending import CHAIN_LOCK
from tracker.audit.entries import HOUSEKEEPING, Entry, name_of, name_of_column, recorded_columns
from tracker.audit.lock import inward
from tracker.audit.verify.logged import UNREADABLE, Found, find_mismatch
from tracker.base import db
from tracker.base.db import Base
from tracker.policy.refusals import Refused, Stale


class Mismatch(Refused):
    """A row is not what its newest entry says: nothing is saved over it."""

    def __init__(self, thing: Any, found: Found) -> None:
        name = name_of(thing)
        super().__init__(
            f"The record {name} was changed outside the program, so nothing was saved. "
            "Ask an auditor to look at the change and acknowledge it."
        )
        self.case, self.record, self.found = getattr(thing, "case", None), name, found


def must_be_as_logged(session: Session, entry: Entry) -> None:
    """Compare every row that a flush will write over, once in an action; raises Mismatch.

    The rows were read after the lock, so what is in memory is enough where it fits. If it does not, the row is read
    again while no entry can be added: on PostgreSQL somebody may have saved it in the meantime, which raises Stale.
    """
    for thing in [*filter(_writes, session.dirty), *session.deleted]:
        name = name_of(thing)
        if thing.__tablename__ in HOUSEKEEPING or name in entry.changed or name in entry.compared:
            continue
        entry.compared.add(name)
        connection, key = session.connection(), sa.inspect(thing).identity[0]
        if find_mismatch(connection, type(thing), key, _state_before(thing)) is not None:
            db.take_turns(session, CHAIN_LOCK)
            raise mismatch_of(session, thing) or Stale(thing)


def mismatch_of(session: Session, thing: Any) -> Mismatch | None:
    """How a row, as it is in the database now, differs from what the audit log says of it."""
    connection, model, key = session.connection(), type(thing), sa.inspect(thing).identity[0]
    found = find_mismatch(connection, model, key, read_state(connection, model, key))
    return Mismatch(thing, found) if found else None


def find_thing(session: Session, name: str) -> Any | None:
    """The record that the audit log calls `claim:12`; None when it is gone, cannot be read, or is none."""
    kind, _, key = name.partition(":")
    model = next((one.class_ for one in Base.registry.mappers if one.class_.__tablename__ == kind), None)
    try:
        return session.get(model, int(key), populate_existing=True) if model is not None else None
    except UNREADABLE:
        return None


def read_state(connection: sa.Connection, model: Any, key: int) -> dict[str, Any]:
    """A row as it is in the database, like `state_of`; empty when it is gone or cannot be read."""
    columns = {name_of_column(one): one.columns[0] for one in recorded_columns(model)}
    (primary,) = model.__table__.primary_key
    try:
        row = connection.execute(sa.select(*columns.values()).where(primary == key)).first()
    except UNREADABLE:
        return {}
    return dict(zip(columns, row, strict=True)) if row else {}


def _writes(thing: Any) -> bool:
    """Whether a column of its own row will change."""
    state = sa.inspect(thing)
    return any(state.attrs[key].history.has_changes() for key in state.committed_state.keys() - inward(state.mapper))


def _state_before(thing: Any) -> dict[str, Any]:
    """Every recorded column as it was when it was read, like `state_of`."""
    former = sa.inspect(thing).committed_state
    return {
        name_of_column(one): former[one.key] if one.key in former else getattr(thing, one.key)
        for one in recorded_columns(thing.__class__)
    }
