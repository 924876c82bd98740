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
from tracker.audit.entries import commitment, dumps, name_of_column, since, told_of
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
CAME: dict[str, sa.ColumnElement[bool]] = {  # rows that came with an import, without an entry of their own
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


class Said(NamedTuple):
    """What the newest entry about a row says of it; without a hash that it is there, and no more."""

    seq: int
    schema: str
    salt: str | None
    sha256: str | None


class Import(NamedTuple):
    """What the entry of an import says of all that came with it."""

    seq: int
    schema: str
    rows_sha256: str


@dataclass
class Told:
    """What the audit log says of every row: by table and key. `loose` are rows, or whole tables, it cannot speak of."""

    rows: dict[str, dict[int, Said]] = field(default_factory=lambda: {kind: {} for kind in MODELS})
    loose: set[str] = field(default_factory=set)
    at_work: set[int] = field(default_factory=set)
    imports: dict[int, Import] = field(default_factory=dict)  # by the id of the log
    removed: dict[str, tuple[int, str]] = field(default_factory=dict)  # of an import: the id of its log, and its hash

    def hear(self, seq: int, line: dict[str, Any], salt: str | None, values: str | None) -> None:
        """One entry more, in the order of the audit log."""
        details, revision = line["d"], line.get("schema", schema.BASELINE)
        record = details.get("record", {})
        for name in record if values is None else json.loads(values):
            kind, _, key = name.partition(":")
            if kind in MODELS:
                self._row(kind, int(key), Said(seq, revision, salt, record.get(name)))
                self._work(line["act"], kind, int(key))
        for name in details.get("fields", {}).keys() - record.keys():  # changed, and no state after it: it was removed
            kind, _, key = name.partition(":")
            self.rows.get(kind, {}).pop(int(key), None)
        self.removed |= {name: (log, sha256) for name, (log, sha256) in details.get("removed", {}).items()}
        if "rows_sha256" in details:
            self.imports[int(line["obj"].partition(":")[2])] = Import(seq, revision, details["rows_sha256"])
        if salt is None:
            self.loose.update(details.get("counts", ()))

    def _row(self, kind: str, key: int, said: Said) -> None:
        """With its salt an entry takes the place of those before it; without, nothing can be said of the row."""
        self.loose.discard(f"{kind}:{key}")
        self.rows[kind][key] = said
        if said.salt is None:
            del self.rows[kind][key]
            self.loose.add(f"{kind}:{key}")

    def _work(self, act: str, kind: str, key: int) -> None:
        if kind == "access_log" and (works := AT_WORK.get(act, False)) is not None:
            (self.at_work.add if works else self.at_work.discard)(key)

    def speaks_of(self, kind: str, key: int) -> bool:
        """Whether an entry made or changed the row, or might have done so."""
        return key in self.rows[kind] or bool(self.loose & {kind, f"{kind}:{key}"})


def broken(connection: sa.Connection, told: Told) -> Iterator[tuple[int | None, str]]:
    """Entry and sentence for every row that is gone, was changed, or that no entry made; in batches."""
    for kind in MODELS:
        yield from changed(connection, kind, told)
        yield from _unheard_of(connection, kind, told)


def heard(connection: sa.Connection) -> Told:
    """All that the audit log says, read once from its first entry to its last."""
    told = Told()
    lines = (
        sa.select(AuditEntry.seq, AuditEntry.line, AuditDetail.salt, AuditDetail.values)
        .join(AuditDetail, AuditDetail.seq == AuditEntry.seq, isouter=True)
        .where(AuditEntry.line.contains('"detail":', autoescape=True))
        .order_by(AuditEntry.seq)
    )
    for seq, line, salt, values in connection.execute(lines, execution_options={"yield_per": AT_ONCE}):
        told.hear(seq, json.loads(line), salt, values)
    return told


def changed(connection: sa.Connection, kind: str, told: Told) -> Iterator[tuple[int, str]]:
    """Entry and sentence for every row of a table that is gone or is not what its last entry says."""
    wanted = [] if kind in told.loose else sorted(told.rows[kind])
    for keys in (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE)):
        found = _states(connection, kind, keys)
        for key in keys:
            said = told.rows[kind][key]
            if key not in found:
                yield said.seq, f"{kind}:{key}, which it was the last to change, is gone."
            elif not (kind == "access_log" and key in told.at_work) and not _is_so(kind, found[key], said):
                yield said.seq, f"{kind}:{key}, which it was the last to change, was changed since."


def _states(connection: sa.Connection, kind: str, keys: list[int]) -> dict[int, dict[str, Any]]:
    """The rows with these keys as `state_of` tells them; empty for one that cannot even be read."""
    columns = {name_of_column(one): one.columns[0] for one in told_of(MODELS[kind])}
    select = sa.select(*columns.values()).where(columns[KEYS[kind]].in_(keys))
    try:
        states = (dict(zip(columns, row, strict=True)) for row in connection.execute(select))
        return {state[KEYS[kind]]: state for state in states}
    except UNREADABLE:
        if len(keys) == 1:
            return {keys[0]: {}}
        return {key: state for one in keys for key, state in _states(connection, kind, [one]).items()}


def _is_so(kind: str, state: dict[str, Any], said: Said) -> bool:
    later = {
        name_of_column(one): one.columns[0] for one in told_of(MODELS[kind]) if since(one.columns[0]) > said.schema
    }
    then = {name: value for name, value in state.items() if name not in later}
    try:
        if said.sha256 not in {None, commitment(said.salt or "", dumps(then))}:
            return False
        return all(is_as_added(column, state[name], state) for name, column in later.items())
    except UNREADABLE:
        return False


def is_as_added(column: sa.Column[Any], value: Any, row: dict[str, Any]) -> bool:
    """Whether a column that came later still has the value its migration gave to this row."""
    was = column.info["was"]
    return dumps(value) == dumps(was(row) if callable(was) else was)


def _unheard_of(connection: sa.Connection, kind: str, told: Told) -> Iterator[tuple[None, str]]:
    key: Any = getattr(MODELS[kind], KEYS[kind])
    for found in connection.scalars(sa.select(key).where(~CAME.get(kind, sa.false())).order_by(key)).all():
        if not told.speaks_of(kind, found):
            yield None, f"{kind}:{found} is there, and no entry of the audit log made it."
