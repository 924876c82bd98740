"""Rows of the record against the audit log: each must still be what the newest entry that names it says it became.

Every entry carries, of each row that it changed, SHA-256(salt + all columns of the row afterwards, as far as they
existed under the schema of that entry). A column that came later has the value that its migration gave it until an
entry of a later schema names the row. Rows of imports are held against their own hashes (`imports.py`), and columns
that follow from others are recomputed (`derived.py`). What no entry commits to cannot be compared, and is left out
here by name:

- an access log while a worker is at it (`AT_WORK`), whose progress is no action; the next action commits to it again;
- what an entry changed of more than `entries.MANY` objects: such an entry names them in its detail alone;
- entries whose salt was erased; and the tables of `ELSEWHERE`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.audit import schema
from tracker.audit.entries import commitment, dumps, name_of_column, recorded_columns, since
from tracker.base.db import Base
from tracker.models import all as _every_model  # noqa: F401  # so that no row is missed
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Identifier, Person
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.register.audit_log import AuditDetail, AuditEntry

ELSEWHERE = {
    "audit", "audit_detail",  # the audit log itself: its lines and their details are held against each other
    "sealed_text",  # held against the entries that sealed it
    "login_session", "login_attempt", "form_token", "import_mapping",  # housekeeping: no content, no entry
}  # fmt: skip
MODELS: dict[str, Any] = {
    mapper.class_.__tablename__: mapper.class_
    for mapper in sorted(Base.registry.mappers, key=lambda one: one.class_.__tablename__)
    if mapper.class_.__tablename__ not in ELSEWHERE
}
KEYS = {name: sa.inspect(model).primary_key[0].key for name, model in MODELS.items()}
IMPORTED: dict[str, sa.ColumnElement[bool]] = {  # rows that came with an import, without an entry of their own
    "access_record": AccessRecord.log_id.is_not(None),
    "whereabouts": Whereabouts.log_id.is_not(None),
    "person": Person.came_with_id.is_not(None),
    "identifier": Identifier.came_with_id.is_not(None),
}
AT_WORK = {
    "access_log.check_asked": True,
    "access_log.started": True,
    "access_log.changed": None,
}  # None: as it was before
UNREADABLE = (AttributeError, LookupError, TypeError, ValueError)  # no value of its column
AT_ONCE = 500


class LoggedRow(NamedTuple):
    """What the newest entry about a record says of it; without a hash, only that the record exists."""

    seq: int
    schema: str
    salt: str | None
    sha256: str | None


class Import(NamedTuple):
    """What the entry of an import says of its rows."""

    seq: int
    schema: str
    rows_sha256: str


@dataclass
class LoggedState:
    """What the audit log says of every record, by table and key. `unknown`: records or tables it says nothing of."""

    rows: dict[str, dict[int, LoggedRow]] = field(default_factory=lambda: {kind: {} for kind in MODELS})
    unknown: set[str] = field(default_factory=set)
    at_work: set[int] = field(default_factory=set)
    imports: dict[int, Import] = field(default_factory=dict)  # by the id of the log
    removed: dict[str, tuple[int, str]] = field(default_factory=dict)  # of an import: the id of its log, and its hash

    def add_entry(self, seq: int, line: dict[str, Any], salt: str | None, values: str | None) -> None:
        """Add the next entry, in the order of the audit log."""
        details, revision = line["d"], line.get("schema", schema.BASELINE)
        record = details.get("record", {})
        for name in record if values is None else json.loads(values):
            kind, _, key = name.partition(":")
            if kind in MODELS:
                self._set_row(kind, int(key), LoggedRow(seq, revision, salt, record.get(name)))
                self._set_work(line["act"], kind, int(key))
        for name in details.get("fields", {}).keys() - record.keys():  # changed, and no state after it: it was removed
            kind, _, key = name.partition(":")
            self.rows.get(kind, {}).pop(int(key), None)
        self.removed |= {name: (log, sha256) for name, (log, sha256) in details.get("removed", {}).items()}
        if "rows_sha256" in details:
            self.imports[int(line["obj"].partition(":")[2])] = Import(seq, revision, details["rows_sha256"])
        if salt is None:
            self.unknown.update(details.get("counts", ()))

    def _set_row(self, kind: str, key: int, logged: LoggedRow) -> None:
        """An entry replaces those before it; when its salt was erased, nothing is known of the record."""
        self.unknown.discard(f"{kind}:{key}")
        self.rows[kind][key] = logged
        if logged.salt is None:
            del self.rows[kind][key]
            self.unknown.add(f"{kind}:{key}")

    def _set_work(self, action: str, kind: str, key: int) -> None:
        if kind == "access_log" and (works := AT_WORK.get(action, False)) is not None:
            (self.at_work.add if works else self.at_work.discard)(key)

    def covers(self, kind: str, key: int) -> bool:
        """Whether an entry created or changed the record, or might have done so."""
        return key in self.rows[kind] or bool(self.unknown & {kind, f"{kind}:{key}"})


def faults(connection: sa.Connection, log: LoggedState) -> Iterator[tuple[int | None, str]]:
    """Entry and sentence for every record that is missing, was changed, or that no entry created; in batches."""
    for kind in MODELS:
        yield from changed_rows(connection, kind, log)
        yield from _unknown_rows(connection, kind, log)


def read_log(connection: sa.Connection) -> LoggedState:
    """Read the audit log once, from its first entry to its last."""
    log = LoggedState()
    lines = (
        sa.select(AuditEntry.seq, AuditEntry.line, AuditDetail.salt, AuditDetail.values)
        .join(AuditDetail, AuditDetail.seq == AuditEntry.seq, isouter=True)
        .where(AuditEntry.line.contains('"detail":', autoescape=True))
        .order_by(AuditEntry.seq)
    )
    for seq, line, salt, values in connection.execute(lines, execution_options={"yield_per": AT_ONCE}):
        log.add_entry(seq, json.loads(line), salt, values)
    return log


def changed_rows(connection: sa.Connection, kind: str, log: LoggedState) -> Iterator[tuple[int, str]]:
    """Entry and sentence for every record of a table that is missing or is not as its last entry says."""
    wanted = [] if kind in log.unknown else sorted(log.rows[kind])
    for keys in (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE)):
        found = _states(connection, kind, keys)
        for key in keys:
            logged = log.rows[kind][key]
            if key not in found:
                yield logged.seq, f"{kind}:{key} is missing; this entry was the last to change it."
            elif not (kind == "access_log" and key in log.at_work) and not _is_as_logged(kind, found[key], logged):
                yield logged.seq, f"{kind}:{key} was changed after this entry, outside the program."


def _states(connection: sa.Connection, kind: str, keys: list[int]) -> dict[int, dict[str, Any]]:
    """The records with these keys, like `state_of`; empty for a record that cannot be read."""
    columns = {name_of_column(one): one.columns[0] for one in recorded_columns(MODELS[kind])}
    select = sa.select(*columns.values()).where(columns[KEYS[kind]].in_(keys))
    try:
        states = (dict(zip(columns, row, strict=True)) for row in connection.execute(select))
        return {state[KEYS[kind]]: state for state in states}
    except UNREADABLE:
        if len(keys) == 1:
            return {keys[0]: {}}
        return {key: state for one in keys for key, state in _states(connection, kind, [one]).items()}


def _is_as_logged(kind: str, state: dict[str, Any], logged: LoggedRow) -> bool:
    later = {
        name_of_column(one): one.columns[0]
        for one in recorded_columns(MODELS[kind])
        if since(one.columns[0]) > logged.schema
    }
    then = {name: value for name, value in state.items() if name not in later}
    try:
        if logged.sha256 not in {None, commitment(logged.salt or "", dumps(then))}:
            return False
        return all(is_as_added(column, state[name], state) for name, column in later.items())
    except UNREADABLE:
        return False


def is_as_added(column: sa.Column[Any], value: Any, row: dict[str, Any]) -> bool:
    """Whether a column that came later still has the value its migration gave to this row."""
    was = column.info["was"]
    return dumps(value) == dumps(was(row) if callable(was) else was)


def _unknown_rows(connection: sa.Connection, kind: str, log: LoggedState) -> Iterator[tuple[None, str]]:
    key: Any = getattr(MODELS[kind], KEYS[kind])
    for found in connection.scalars(sa.select(key).where(~IMPORTED.get(kind, sa.false())).order_by(key)).all():
        if not log.covers(kind, found):
            yield None, f"{kind}:{found} exists, but no entry of the audit log created it."
