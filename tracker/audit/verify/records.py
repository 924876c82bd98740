"""Rows of the record against the audit log: each must still be what the newest entry that names it says it became.

Every entry commits to each row that it changed: SHA-256(salt + all columns of the row afterwards, as far as they
existed under the schema of that entry). A column that came later has the value that its migration gave it until an
entry of a later schema names the row. Rows of imports are held against their own hashes (`imports.py`), and columns
that follow from others are recomputed (`derived.py`). What cannot be compared is left out here by name:

- an access log while a worker is at it, whose progress is no action; the next action commits to it again;
- a record whose newest entry had its values erased, but for that it is there; and the tables of `ELSEWHERE`.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from tracker.audit import schema
from tracker.audit.entries import HOUSEKEEPING, commitment, name_of_column, recorded_columns
from tracker.audit.verify.logged import AT_WORK, BESIDE_WORK, UNREADABLE, is_as_added, later_columns
from tracker.audit.verify.reading import Progress, silent, stream
from tracker.audit.verify.scope import EVERYTHING, Scope
from tracker.base.db import UTC, Base, Bound
from tracker.base.text import dumps
from tracker.models import all as _every_model  # noqa: F401  # so that no row is missed
from tracker.models.findings.known_sources import KnownSources

ELSEWHERE = {
    "audit", "audit_detail", "audit_record",  # the audit log itself: these are held against each other
    "sealed_text",  # held against the entries that sealed it
    *HOUSEKEEPING,  # no content, no entry
}  # fmt: skip
MODELS: dict[str, Any] = {
    mapper.class_.__tablename__: mapper.class_
    for mapper in sorted(Base.registry.mappers, key=lambda one: one.class_.__tablename__)
    if mapper.class_.__tablename__ not in ELSEWHERE
}
KEYS = {name: model.__table__.primary_key.columns[0].name for name, model in MODELS.items()}
IMPORTED = {
    "access_record": "log_id", "whereabouts": "log_id", "press_contact": "log_id", "person": "came_with_id",
    "identifier": "came_with_id",
}  # fmt: skip
NAMED = (  # a record, the newest entry that names it, and what that says
    "SELECT n.record_id, n.seq, r.sha256, d.salt, a.line FROM "
    "(SELECT record_id, max(seq) AS seq FROM audit_record WHERE kind = '{kind}' AND {within} GROUP BY record_id) n "
    "JOIN audit_record r ON r.seq = n.seq AND r.kind = '{kind}' AND r.record_id = n.record_id "
    "JOIN audit a ON a.seq = n.seq LEFT JOIN audit_detail d ON d.seq = n.seq ORDER BY n.record_id"
)
# of plain values, under the names of columns, which come in order
_spell = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode
_END = (1 << 63,)
Faults = Iterator[tuple[int | None, str]]


def faults(connection: sa.Connection, scope: Scope = EVERYTHING, progress: Progress = silent) -> Faults:
    """Entry and sentence for every record that is missing, was changed, or that no entry created; in batches."""
    for kind in MODELS:
        yield from table_faults(connection, kind, scope, progress)


def table_faults(
    connection: sa.Connection, kind: str, scope: Scope = EVERYTHING, progress: Progress = silent
) -> Faults:
    """The same of one table: its rows, and the records that entries name, both in the order of their keys."""
    compare, at_work = _Rows(kind, connection.dialect), _logs_at_work(connection) if kind == "access_log" else set()
    named = stream(connection, NAMED.format(kind=kind, within=scope.condition(kind, "record_id")))
    rows = stream(connection, _select_rows(kind, compare.names, scope), kind, progress)
    row, upcoming = next(rows, _END), next(named, _END)
    while row is not _END or upcoming is not _END:
        if row[0] < upcoming[0]:
            yield None, f"{kind}:{row[0]} exists, but no entry of the audit log created it."
            row = next(rows, _END)
        elif row[0] > upcoming[0]:
            if upcoming[2] is not None:
                yield upcoming[1], f"{kind}:{upcoming[0]} is missing; this entry was the last to change it."
            upcoming = next(named, _END)
        else:
            key, seq, sha256, salt, line = upcoming
            if sha256 is None:
                yield None, f"{kind}:{key} exists, but no entry of the audit log created it."
            elif salt is not None and key not in at_work and not compare.is_as_logged(row, sha256, salt, line):
                yield seq, f"{kind}:{key} was changed after this entry, outside the program."
            row, upcoming = next(rows, _END), next(named, _END)


def _select_rows(kind: str, names: list[str], scope: Scope) -> str:
    """Every row of a table, key first, but those that came with an import and that no entry names since."""
    columns = ", ".join(f'"{name}"' for name in (KEYS[kind], *names))
    mine = f"{KEYS[kind]} IN (SELECT record_id FROM audit_record WHERE kind = '{kind}')"
    own = f"({IMPORTED[kind]} IS NULL OR {mine})" if kind in IMPORTED else "1 = 1"
    within = scope.condition(kind, KEYS[kind])
    return f'SELECT {columns} FROM "{kind}" WHERE {own} AND {within} ORDER BY {KEYS[kind]}'


def _logs_at_work(connection: sa.Connection) -> set[int]:
    """The access logs at which a worker is, by the newest entry that says so or otherwise."""
    select = (
        "SELECT r.record_id, a.action FROM audit_record r JOIN audit a ON a.seq = r.seq "
        f"WHERE r.kind = 'access_log' AND a.action <> '{BESIDE_WORK}' ORDER BY r.seq"
    )
    last = {key: action for key, action in stream(connection, select)}  # noqa: C416  # a row is no pair to mypy
    return {key for key, action in last.items() if action in AT_WORK}


class _Rows:
    """Hashes rows of a table as `state_of` does, from what the database holds."""

    def __init__(self, kind: str, dialect: sa.Dialect) -> None:
        columns = {name_of_column(one): one.columns[0] for one in recorded_columns(MODELS[kind])}
        self.model, self.names = MODELS[kind], sorted(columns)
        found = ((name, _reader(column.type, dialect)) for name, column in columns.items())
        self.readers = [(name, read) for name, read in found if read is not None]
        self.spell = _spell if all(_is_plain(one.type) for one in columns.values()) else dumps
        self.revisions: dict[str, dict[str, sa.Column[Any]]] = {}

    def is_as_logged(self, row: tuple[Any, ...], sha256: str, salt: str, line: str) -> bool:
        """Whether a row, key first, is what an entry says."""
        state = dict(zip(self.names, row[1:], strict=True))
        try:
            for name, read in self.readers:
                state[name] = read(state[name])
            later = self._later(line)
            then = {name: value for name, value in state.items() if name not in later} if later else state
            text = self.spell(then)
            if commitment(salt, dumps(then) if "\\u" in text else text) != sha256:
                return False
            return all(is_as_added(column, state[name], state) for name, column in later.items())
        except UNREADABLE:
            return False

    def _later(self, line: str) -> dict[str, sa.Column[Any]]:
        """The columns that came after the schema of an entry; no text of a line holds its key unescaped."""
        at = line.rfind('"schema":"') + 10
        revision = line[at : line.find('"', at)] if at > 9 else schema.BASELINE
        if (found := self.revisions.get(revision)) is None:
            found = self.revisions[revision] = later_columns(self.model, revision)
        return found


def _is_plain(kind: Any) -> bool:
    """Whether the values of a type are texts and numbers, which have no keys or parts of their own."""
    return not isinstance(kind, sa.JSON) and (isinstance(kind, UTC) or not isinstance(kind, sa.types.TypeDecorator))


def _reader(kind: Any, dialect: sa.Dialect) -> Callable[[Any], Any] | None:
    """What makes of a value as the database holds it the one that an entry holds; None where it is the same."""
    if isinstance(kind, Bound):
        return lambda value: None if value == kind.unknown else value
    if isinstance(kind, sa.Boolean):
        return lambda value: {0: False, 1: True}.get(value, value)
    if isinstance(kind, (sa.JSON, KnownSources)):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    if isinstance(kind, sa.types.TypeDecorator) and not isinstance(kind, UTC):  # a time is kept as an entry spells it
        return lambda value: kind.process_result_value(value, dialect)
    return None
