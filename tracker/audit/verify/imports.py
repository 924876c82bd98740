"""Rows of imports: each against the hash it came with, and all of a log against the one hash of its entry.

An import lays out up to a million rows and has one entry. So they are read as the database holds them, once, in the
order of their lines; a row that a later entry names is held against that entry instead (`records.py`).
"""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from tracker.audit.entries import since
from tracker.audit.rows import RowHash, RowsHash, columns_of
from tracker.audit.verify.records import CAME, MODELS, Import, Told, is_as_added
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.words import LogState

AT_ONCE = 5_000
CAME_BY = {"access_record": ("log_id", "line"), "whereabouts": ("log_id", "line"),
           "person": ("came_with_id", "id"), "identifier": ("came_with_id", "id")}  # fmt: skip
HAVING_ROWS = (LogState.STAGING, LogState.VISIBLE, LogState.REVERTED)
Faults = Iterator[tuple[int | None, str]]


def broken(connection: sa.Connection, told: Told) -> Faults:
    """Entry and sentence for every imported row that was changed, and for every log whose rows are not those it has."""
    having = sa.select(AccessLog.id).where(AccessLog.state.in_(HAVING_ROWS))
    for kind, (log_id, _) in CAME_BY.items():
        model: Any = MODELS[kind]
        lost = sa.select(model.id).where(CAME[kind], getattr(model, log_id).not_in(having)).order_by(model.id)
        for key in connection.scalars(lost):
            yield None, f"{kind}:{key} came with an access log that has no rows."
    logs = sa.select(AccessLog.id, AccessLog.salt).where(AccessLog.state.in_((LogState.VISIBLE, LogState.REVERTED)))
    for log, salt in connection.execute(logs.order_by(AccessLog.id)).all():
        if (said := told.imports.get(log)) is None:
            yield None, f"access_log:{log} is imported, and no entry of the audit log imported it."
        else:
            yield from _of_log(connection, log, salt, said, told)


def _of_log(connection: sa.Connection, log: int, salt: str, said: Import, told: Told) -> Faults:
    total = RowsHash()
    for kind in CAME_BY:
        removed = {int(name.partition(":")[2]): sha256 for name, (of, sha256) in told.removed.items()
                   if of == log and name.partition(":")[0] == kind}  # fmt: skip
        yield from _of_kind(connection, kind, log, RowHash(salt, kind).of, said, told, total, removed)
    for table in ("access_record", "whereabouts"):
        total.add_corrections(connection.execute(sa.text(CORRECTIONS.format(table)), {"log": log}))
    if total.sha256 != said.rows_sha256:
        yield said.seq, f"the rows that came with access_log:{log} are not those that it imported."


CORRECTIONS = (
    "SELECT a.line, b.line, a.why_corrected FROM {0} a JOIN {0} b ON b.id = a.corrects_id "
    "WHERE a.log_id = :log ORDER BY a.line"
)  # two names of ours


def _of_kind(
    connection: sa.Connection, kind: str, log: int, hashed: Callable[[list[Any]], str], said: Import, told: Told,
    total: RowsHash, removed: dict[int, str],
) -> Faults:  # fmt: skip
    columns, later = columns_of(MODELS[kind], said.schema), _later(kind, said.schema)
    before = 0
    for key, sha256, *values in _rows(connection, kind, log, [*columns, *(one.name for one in later)]):
        if not told.speaks_of(kind, key) and (key < before or not _is_so(values, columns, later, hashed, sha256)):
            yield said.seq, f"{kind}:{key} is not what came with access_log:{log}."
        total.add(removed.pop(one) for one in sorted(removed) if one < key)
        total.add([sha256 or ""])
        before = key
    total.add(removed[one] for one in sorted(removed))


def _is_so(
    values: list[Any], columns: list[str], later: list[sa.Column[Any]], hashed: Callable[[list[Any]], str], sha256: str
) -> bool:
    if hashed(values[: len(columns)]) != sha256:
        return False
    row = dict(zip([*columns, *(one.name for one in later)], values, strict=True))
    return all(is_as_added(column, row[column.name], row) for column in later)


def _later(kind: str, revision: str) -> list[sa.Column[Any]]:
    now = columns_of(MODELS[kind], "9999")
    return [one for one in MODELS[kind].__table__.columns if one.name in now and since(one) > revision]


def _rows(connection: sa.Connection, kind: str, log: int, names: list[str]) -> Iterator[Any]:
    """Key, hash and these columns of every row of a log, past our types."""
    log_id, order = CAME_BY[kind]
    wanted = ", ".join(f'"{name}"' for name in ("id", "row_sha256", *names))
    select = f"SELECT {wanted} FROM {kind} WHERE {log_id} = :log ORDER BY {order}"  # noqa: S608  # names of ours
    with connection.execute(sa.text(select), {"log": log}, execution_options={"yield_per": AT_ONCE}) as result:
        yield from result
