"""Imported rows: each against its own hash, and all rows of a log against the one hash of its entry.

An import lays out up to a million rows and has one entry. So they are read as the database holds them, once, in the
order of their lines; a row that a later entry names is compared with that entry instead (`records.py`).
"""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from tracker.audit.entries import since
from tracker.audit.rows import RowHash, RowsHash, columns_of
from tracker.audit.verify.records import IMPORTED, MODELS, Import, LoggedState, is_as_added
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.words import LogState

AT_ONCE = 5_000
IMPORT_COLUMNS = {"access_record": ("log_id", "line"), "whereabouts": ("log_id", "line"),
           "person": ("came_with_id", "id"), "identifier": ("came_with_id", "id")}  # fmt: skip
HAVING_ROWS = (LogState.STAGING, LogState.VISIBLE, LogState.REVERTED)
Faults = Iterator[tuple[int | None, str]]


def faults(connection: sa.Connection, state: LoggedState) -> Faults:
    """Entry and sentence for every imported row that was changed, and every log with other rows than it imported."""
    having = sa.select(AccessLog.id).where(AccessLog.state.in_(HAVING_ROWS))
    for kind, (log_id, _) in IMPORT_COLUMNS.items():
        model: Any = MODELS[kind]
        lost = sa.select(model.id).where(IMPORTED[kind], getattr(model, log_id).not_in(having)).order_by(model.id)
        for key in connection.scalars(lost):
            yield None, f"{kind}:{key} names an access log that has no rows."
    logs = sa.select(AccessLog.id, AccessLog.salt).where(AccessLog.state.in_((LogState.VISIBLE, LogState.REVERTED)))
    for log, salt in connection.execute(logs.order_by(AccessLog.id)).all():
        if (entry := state.imports.get(log)) is None:
            yield None, f"access_log:{log} is imported, but no entry of the audit log imported it."
        else:
            yield from _log_faults(connection, log, salt, entry, state)


def _log_faults(connection: sa.Connection, log: int, salt: str, entry: Import, state: LoggedState) -> Faults:
    total = RowsHash()
    for kind in IMPORT_COLUMNS:
        removed = {int(name.partition(":")[2]): sha256 for name, (of, sha256) in state.removed.items()
                   if of == log and name.partition(":")[0] == kind}  # fmt: skip
        yield from _table_faults(connection, kind, log, RowHash(salt, kind).of, entry, state, total, removed)
    for table in ("access_record", "whereabouts"):
        total.add_corrections(connection.execute(sa.text(CORRECTIONS.format(table)), {"log": log}))
    if total.sha256 != entry.rows_sha256:
        yield entry.seq, f"the rows that came with access_log:{log} are not the rows that this entry imported."


CORRECTIONS = (
    "SELECT a.line, b.line, a.why_corrected FROM {0} a JOIN {0} b ON b.id = a.corrects_id "
    "WHERE a.log_id = :log ORDER BY a.line"
)  # two names of ours


def _table_faults(
    connection: sa.Connection, kind: str, log: int, hash_row: Callable[[list[Any]], str], entry: Import,
    state: LoggedState, total: RowsHash, removed: dict[int, str],
) -> Faults:  # fmt: skip
    columns, later = columns_of(MODELS[kind], entry.schema), _later_columns(kind, entry.schema)
    before = 0
    for key, sha256, *values in _read_rows(connection, kind, log, [*columns, *(one.name for one in later)]):
        if not state.covers(kind, key) and (
            key < before or not _is_as_imported(values, columns, later, hash_row, sha256)
        ):
            yield entry.seq, f"{kind}:{key} is not as imported with access_log:{log}."
        total.add(removed.pop(one) for one in sorted(removed) if one < key)
        total.add([sha256 or ""])
        before = key
    total.add(removed[one] for one in sorted(removed))


def _is_as_imported(
    values: list[Any],
    columns: list[str],
    later: list[sa.Column[Any]],
    hash_row: Callable[[list[Any]], str],
    sha256: str,
) -> bool:
    if hash_row(values[: len(columns)]) != sha256:
        return False
    row = dict(zip([*columns, *(one.name for one in later)], values, strict=True))
    return all(is_as_added(column, row[column.name], row) for column in later)


def _later_columns(kind: str, revision: str) -> list[sa.Column[Any]]:
    now = columns_of(MODELS[kind], "9999")
    return [one for one in MODELS[kind].__table__.columns if one.name in now and since(one) > revision]


def _read_rows(connection: sa.Connection, kind: str, log: int, names: list[str]) -> Iterator[Any]:
    """Key, hash and these columns of every row of a log, past our types."""
    log_id, order = IMPORT_COLUMNS[kind]
    wanted = ", ".join(f'"{name}"' for name in ("id", "row_sha256", *names))
    select = f"SELECT {wanted} FROM {kind} WHERE {log_id} = :log ORDER BY {order}"  # noqa: S608  # names of ours
    with connection.execute(sa.text(select), {"log": log}, execution_options={"yield_per": AT_ONCE}) as result:
        yield from result
