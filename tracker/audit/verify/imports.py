"""Imported rows: each against its own hash, and all rows of a log against the one hash of its entry.

An import lays out up to a million rows and has one entry. So they are read as the database holds them, once, in the
order in which they were laid out: that of their keys, and of their numbers in the case. A row that a later entry names
is compared with that entry instead (`records.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.audit.entries import since
from tracker.audit.rows import RowHash, RowsHash, columns_of
from tracker.audit.verify.facts import Facts, Import
from tracker.audit.verify.logged import is_as_added
from tracker.audit.verify.reading import Progress, silent, stream
from tracker.audit.verify.records import IMPORTED, MODELS
from tracker.audit.verify.scope import EVERYTHING, Scope
from tracker.models.access.words import LogState

NUMBERED = ("access_record", "whereabouts", "press_contact")  # in the order in which they came
HAVING_ROWS = (LogState.STAGING, LogState.VISIBLE, LogState.REVERTED)
CORRECTIONS = (  # also of a row that has a reason, and corrects nothing: an import lays out none
    "SELECT a.line, b.line, a.why_corrected FROM {0} a LEFT JOIN {0} b ON b.id = a.corrects_id "
    "WHERE a.log_id = {1} AND (a.corrects_id IS NOT NULL OR a.why_corrected <> '') ORDER BY a.line"
)
Faults = Iterator[tuple[int | None, str]]


@dataclass
class _Log:
    """An imported log: its id, the salt of its rows, what its entry says, and which records entries name since."""

    id: int
    salt: str
    entry: Import
    named: dict[str, set[int]]
    total: RowsHash


def faults(connection: sa.Connection, facts: Facts, scope: Scope = EVERYTHING, progress: Progress = silent) -> Faults:
    """Entry and sentence for every imported row that was changed, and every log with other rows than it imported."""
    having = ", ".join(f"'{one.value}'" for one in HAVING_ROWS)
    for kind, log_id in IMPORTED.items():
        without = f"{log_id} IS NOT NULL AND {log_id} NOT IN (SELECT id FROM access_log WHERE state IN ({having}))"
        for (key,) in stream(connection, f"SELECT id FROM {kind} WHERE {without} ORDER BY id"):
            yield None, f"{kind}:{key} names an access log that has no rows."
    named = {kind: {key for (key,) in stream(connection, NAMED.format(kind))} for kind in IMPORTED}
    done = (
        f"state IN ('{LogState.VISIBLE.value}', '{LogState.REVERTED.value}') AND {scope.condition('access_log', 'id')}"
    )
    for log, salt in list(stream(connection, f"SELECT id, salt FROM access_log WHERE {done} ORDER BY id")):
        if (entry := facts.imports.get(log)) is None:
            yield None, f"access_log:{log} is imported, but no entry of the audit log imported it."
        else:
            yield from _log_faults(connection, _Log(log, salt, entry, named, RowsHash()), facts, progress)


NAMED = "SELECT DISTINCT record_id FROM audit_record WHERE kind = '{}'"


def _log_faults(connection: sa.Connection, log: _Log, facts: Facts, progress: Progress) -> Faults:
    for kind in IMPORTED:
        removed = {int(name.partition(":")[2]): sha256 for name, (of, sha256) in facts.removed.items()
                   if of == log.id and name.partition(":")[0] == kind}  # fmt: skip
        yield from _table_faults(connection, kind, log, removed, progress)
    for table in NUMBERED:
        log.total.add_corrections(stream(connection, CORRECTIONS.format(table, log.id)))
    if log.total.sha256 != log.entry.rows_sha256:
        yield log.entry.seq, f"the rows that came with access_log:{log.id} are not the rows that this entry imported."


def _table_faults(
    connection: sa.Connection, kind: str, log: _Log, removed: dict[int, str], progress: Progress
) -> Faults:
    columns, later = columns_of(MODELS[kind], log.entry.schema), _later_columns(kind, log.entry.schema)
    hash_row, named, total, before = RowHash(log.salt, kind).of, log.named[kind], log.total, 0
    wide, missing = len(columns), sorted(removed)
    number = columns.index("number") if kind in NUMBERED else None
    for key, sha256, *values in _read_rows(
        connection, kind, log.id, [*columns, *(one.name for one in later)], progress
    ):
        place = key if number is None else values[number]
        if key not in named and (
            place <= before or hash_row(values[:wide] if later else values) != sha256
            or (later and not _are_as_added(values, columns, later))
        ):  # fmt: skip
            yield log.entry.seq, f"{kind}:{key} is not as imported with access_log:{log.id}."
        while missing and missing[0] < key:
            total.add([removed[missing.pop(0)]])
        total.add((sha256 or "",))
        before = place
    total.add(removed[one] for one in missing)


def _are_as_added(values: list[Any], columns: list[str], later: list[sa.Column[Any]]) -> bool:
    row = dict(zip([*columns, *(one.name for one in later)], values, strict=True))
    return all(is_as_added(column, row[column.name], row) for column in later)


def _later_columns(kind: str, revision: str) -> list[sa.Column[Any]]:
    now = columns_of(MODELS[kind], "9999")
    return [one for one in MODELS[kind].__table__.columns if one.name in now and since(one) > revision]


def _read_rows(
    connection: sa.Connection, kind: str, log: int, names: list[str], progress: Progress
) -> Iterator[tuple[Any, ...]]:
    """Key, hash and these columns of every row of a log, past our types; by key, in the range of its keys alone."""
    mine = f"SELECT min(id), max(id) FROM {kind} WHERE {IMPORTED[kind]} = {log}"
    ((first, last),) = list(stream(connection, mine))
    if first is not None:
        wanted = ", ".join(f'"{name}"' for name in ("id", "row_sha256", *names))
        within = f"id BETWEEN {first} AND {last} AND +{IMPORTED[kind]} = {log}"  # the plus: not by the index of the log
        yield from stream(connection, f"SELECT {wanted} FROM {kind} WHERE {within} ORDER BY id", kind, progress)
