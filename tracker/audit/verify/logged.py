"""What the audit log says of a record: the newest entry that names it, and whether the row still is what that says.

Rows of imports have no entry of their own until somebody changes them: each is as its own salted hash says (`rows.py`).
"""

import json
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.audit import schema
from tracker.audit.entries import commitment, name_of_column, recorded_columns, since
from tracker.audit.rows import RowHash, columns_of
from tracker.base.text import dumps
from tracker.models.access.access_logs import AccessLog
from tracker.models.register.audit_log import AuditDetail, AuditEntry, NamedRecord

AT_WORK = {"access_log.check_asked", "access_log.started"}  # a worker is at the log, whose progress is no action
BESIDE_WORK = "access_log.changed"  # leaves the worker at it, or not, as before
UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)  # no value of its column
_newest = (
    sa.select(NamedRecord.seq, NamedRecord.sha256, AuditEntry.line, AuditDetail.salt)
    .join(AuditEntry, AuditEntry.seq == NamedRecord.seq)
    .join(AuditDetail, AuditDetail.seq == NamedRecord.seq, isouter=True)
    .where(NamedRecord.kind == sa.bindparam("kind"), NamedRecord.record_id == sa.bindparam("key"))
    .order_by(NamedRecord.seq.desc())
    .limit(1)
)


class LoggedRow(NamedTuple):
    """What the newest entry about a record says of it.

    Without a hash the record was removed; without a salt the values of the entry were erased, and nothing is known.
    """

    seq: int
    schema: str
    salt: str | None
    sha256: str | None


class Found(NamedTuple):
    """A row beside what the log says of it: the entry, the hash that is right, and that of the row as it is.

    Without a right hash no entry says that the record exists.
    """

    entry: int | None
    expected: str | None
    found: str | None


def newest_entry(connection: sa.Connection, kind: str, key: int) -> LoggedRow | None:
    """The newest entry that names a record; None when none does."""
    row = connection.execute(_newest, {"kind": kind, "key": key}).first()
    return row and LoggedRow(row.seq, json.loads(row.line).get("schema", schema.BASELINE), row.salt, row.sha256)


def is_as_logged(model: Any, state: dict[str, Any], logged: LoggedRow) -> bool:
    """Whether the columns of a row, like `state_of`, are what the entry says: each, as far as it existed then."""
    later = later_columns(model, logged.schema)
    try:
        if logged.sha256 != state_hash(state, logged, later):
            return False
        return all(is_as_added(column, state[name], state) for name, column in later.items())
    except UNREADABLE:
        return False


def state_hash(state: dict[str, Any], logged: LoggedRow, later: dict[str, Any]) -> str:
    """The commitment to a row, under the salt and the schema of an entry."""
    return commitment(logged.salt or "", dumps({name: value for name, value in state.items() if name not in later}))


def later_columns(model: Any, revision: str) -> dict[str, sa.Column[Any]]:
    """The recorded columns that came after a schema revision, by name."""
    found = {name_of_column(one): one.columns[0] for one in recorded_columns(model)}
    return {name: column for name, column in found.items() if since(column) > revision}


def is_as_added(column: sa.Column[Any], value: Any, row: dict[str, Any]) -> bool:
    """Whether a column that came later still has the value its migration gave to this row."""
    was = column.info["was"]
    return dumps(value) == dumps(was(row) if callable(was) else was)


def is_at_work(connection: sa.Connection, log: int) -> bool:
    """Whether a worker is at an access log, so that its row may differ from what its newest entry says."""
    named = sa.select(AuditEntry.action).join(NamedRecord, NamedRecord.seq == AuditEntry.seq)
    named = named.where(NamedRecord.kind == AccessLog.__tablename__, NamedRecord.record_id == log)
    last = named.where(AuditEntry.action != BESIDE_WORK).order_by(NamedRecord.seq.desc()).limit(1)
    return connection.scalar(last) in AT_WORK


def find_mismatch(connection: sa.Connection, model: Any, key: int, state: dict[str, Any]) -> Found | None:
    """How a row, given as `state_of` gives it, differs from what the audit log says of it; None if it does not."""
    kind = model.__tablename__
    logged = newest_entry(connection, kind, key)
    if logged is None:
        return _find_import_mismatch(connection, model, key, state)
    if logged.salt is None or is_as_logged(model, state, logged):
        return None
    if model is AccessLog and is_at_work(connection, key):
        return None
    try:
        found = state_hash(state, logged, later_columns(model, logged.schema))
    except UNREADABLE:
        found = None
    return Found(logged.seq, logged.sha256, found)


def _find_import_mismatch(connection: sa.Connection, model: Any, key: int, state: dict[str, Any]) -> Found | None:
    """The same of a row that no entry names: it came with an import, or there should be none."""
    log = state.get("log_id", state.get("came_with_id"))
    salt = connection.scalar(sa.select(AccessLog.salt).where(AccessLog.id == log)) if log is not None else None
    entry = sa.select(AuditEntry.seq, AuditEntry.line).where(AuditEntry.action == "access_log.imported")
    imported = connection.execute(entry.where(AuditEntry.record == f"{AccessLog.__tablename__}:{log}")).first()
    if salt is None or imported is None:
        return Found(None, None, None)
    covered = columns_of(model, json.loads(imported.line).get("schema", schema.BASELINE))
    raw = sa.select(*(sa.type_coerce(model.__table__.c[name], sa.types.NullType()) for name in covered))
    values = connection.execute(raw.where(model.__table__.c.id == key)).one()
    found = RowHash(salt, model.__tablename__).of(list(values))
    return None if found == state["row_sha256"] else Found(imported.seq, state["row_sha256"], found)
