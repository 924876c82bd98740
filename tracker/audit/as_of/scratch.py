"""A database of one case alone, in a file without a name: the tables of the register without what guards them.

It is SQLite over either database. Its one connection reads, and the file is gone with it.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlite

from tracker.audit.as_of.undoing import tables

PRAGMAS = ("journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE", "temp_store = MEMORY",
           "cache_size = -65536")  # fmt: skip


class Scratch:
    """The database, and the engine that sessions are bound to."""

    def __init__(self, folder: Path) -> None:
        handle, name = tempfile.mkstemp(dir=folder)  # which only this account may read
        os.close(handle)
        self._driver: Any = sqlite.connect(name, check_same_thread=False, isolation_level=None)
        try:
            for pragma in PRAGMAS:
                self._driver.execute(f"PRAGMA {pragma}")
            for statement in _tables():
                self._driver.execute(statement)
        finally:
            Path(name).unlink()  # open it stays, and nobody else finds it
        self.engine = sa.create_engine("sqlite://", module=sqlite, creator=lambda: self._driver, poolclass=StaticPool)

    def put(self, table: sa.Table, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows; their values are in the order of the columns, as a database holds them."""
        marks = ", ".join("?" * len(table.columns))
        self._driver.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608  # our names

    def empty(self, table: sa.Table) -> None:
        """Take all rows of a table away."""
        self._driver.execute(f'DELETE FROM "{table.name}"')  # noqa: S608  # our names

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Until the end it can be written; all of it is there then, or nothing. From then on it is only read."""
        self._driver.execute("PRAGMA query_only = OFF")
        self._driver.execute("BEGIN")
        try:
            yield
            self._driver.execute("COMMIT")
        except BaseException:
            self._driver.execute("ROLLBACK")
            raise
        finally:
            self._driver.execute("PRAGMA query_only = ON")

    def put_indexes(self) -> None:
        """What finds rows quickly, once all of them are there."""
        for statement in _indexes():
            self._driver.execute(statement)

    def close(self) -> None:
        """Give the file back."""
        self.engine.dispose()
        self._driver.close()


@cache
def _tables() -> list[str]:
    """No key of another table, no check: rows come in any order, and were right where they come from."""
    kinds, made = sa.create_engine("sqlite://", module=sqlite).dialect, []
    for table in tables():
        columns = [f'"{column.name}" {column.type.compile(kinds)}' for column in table.columns]
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
        made.append(f'CREATE TABLE "{table.name}" ({", ".join(columns)}, PRIMARY KEY ({keys}))')
    return made


@cache
def _indexes() -> list[str]:
    dialect, made = sa.create_engine("sqlite://", module=sqlite).dialect, []
    for table in tables():
        made += [str(sa.schema.CreateIndex(index).compile(dialect=dialect)) for index in table.indexes]
        unique = (one for one in table.constraints if isinstance(one, sa.UniqueConstraint))
        made += [_index_of(table, tuple(one.columns.keys())) for one in unique]
    return made


def _index_of(table: sa.Table, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f'CREATE INDEX "{"_".join((table.name, *columns))}" ON "{table.name}" ({names})'
