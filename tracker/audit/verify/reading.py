"""Reading a million rows: past the ORM and its types, in batches, as the database holds them."""

from collections.abc import Callable, Generator
from itertools import count
from typing import Any

import sqlalchemy as sa

AT_ONCE = 5_000
Progress = Callable[[str, int], None]  # what is being read, and how many rows of it were read just now
_names = count()


def silent(_what: str, _rows: int) -> None:
    """Tell nobody."""


def one_moment(dialect: sa.Dialect) -> dict[str, Any]:
    """The options under which a transaction sees the record of one moment. On SQLite each does so by itself."""
    return {"isolation_level": "REPEATABLE READ"} if dialect.name == "postgresql" else {}


def stream(
    connection: sa.Connection, select: str, what: str = "", progress: Progress = silent
) -> Generator[tuple[Any, ...], None, None]:
    """The rows of a statement, which names nothing but tables, columns and numbers of ours."""
    if not connection.in_transaction():
        connection.begin()
    driver: Any = connection.connection.driver_connection
    on_server = connection.dialect.name == "postgresql"  # where a cursor without a name would hold all rows at once
    cursor = driver.cursor(name=f"verify_{next(_names)}") if on_server else driver.cursor()
    try:
        cursor.execute(select)
        while batch := cursor.fetchmany(AT_ONCE):
            yield from batch
            progress(what, len(batch))
    finally:
        cursor.close()
