"""The index is written in the transaction of the change itself, from the rows that its entry names."""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.audit.search.documents import TABLE, Rows, difference, models, ranges

AT_ONCE = 500  # rows of the record


def write_index(connection: sa.Connection, named: Collection[str]) -> None:
    """Bring the index to what these records, named like `claim:12`, have become; to be asked before the commit."""
    changed: dict[str, list[int]] = {}
    for name in named:
        kind, _, key = name.partition(":")
        if kind in models() or kind in followers():
            changed.setdefault(kind, []).append(int(key))
    for kind, keys in changed.items():
        for model, column in followers().get(kind, ()):
            found = connection.scalars(sa.select(model.id).where(column.in_(keys)))
            changed_here = changed.get(model.__tablename__, [])
            _write(connection, model, [key for key in found if key not in changed_here])
        if kind in models():
            _write(connection, models()[kind], keys)


def rebuild(connection: sa.Connection) -> int:
    """Make the index anew from the record; gives the number of its rows."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    known = TABLE.c.part.in_(list(models()))
    connection.execute(sa.delete(TABLE).where(~known))
    for model in models().values():
        for rows in ranges(connection, model, AT_ONCE):
            _bring(connection, model, rows)
    return connection.scalar(sa.select(sa.func.count()).select_from(TABLE)) or 0


@cache
def followers() -> dict[str, list[tuple[Any, Any]]]:
    """By table, the models that are read again with a row of it, and their column with its id."""
    found: dict[str, list[tuple[Any, Any]]] = {}
    for model in models().values():
        for name in {searched.follows for searched in model.SEARCHED if searched.follows}:
            column = model.__table__.c[name]
            (pointer,) = column.foreign_keys
            found.setdefault(pointer.column.table.name, []).append((model, column))
    return found


def _write(connection: sa.Connection, model: Any, keys: Collection[int]) -> None:
    for some in _in_turn(keys):
        _bring(connection, model, Rows.of(some))


def _bring(connection: sa.Connection, model: Any, rows: Rows) -> None:
    found = difference(connection, model, rows)
    for some in _in_turn(found.surplus):
        connection.execute(sa.delete(TABLE).where(TABLE.c.id.in_(some)))
    if found.lacks:
        connection.execute(sa.insert(TABLE), [document._asdict() for document in found.lacks])


def _in_turn(keys: Collection[int]) -> Iterator[list[int]]:
    listed = list(keys)
    return (listed[first : first + AT_ONCE] for first in range(0, len(listed), AT_ONCE))
