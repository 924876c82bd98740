"""The schema: bring a database to head, and say whether it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tracker import seals
from tracker.db import Unusable
from tracker.paths import PACKAGE


def config(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    made = Config()
    made.set_main_option("script_location", str(PACKAGE / "migrations").replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to a revision; it needs the rights of the schema's owner."""
    with _owner(url) as connection:
        command.upgrade(config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision."""
    with _owner(url) as connection:
        command.downgrade(config(connection), revision)


def grant(url: str, role: str) -> None:
    """Give the program's role its rights; asked of the schema's owner."""
    with _owner(url) as connection:
        seals.grant(connection, role)


def current(connection: sa.Connection) -> str | None:
    """The revision of a database, None when it has no schema."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The revision this program needs."""
    return ScriptDirectory.from_config(config()).get_current_head()


def must_be_head(engine: sa.Engine) -> None:
    """Refuse a schema that is not this program's; raises Unusable with a sentence for the operator."""
    with engine.connect() as connection:
        found = current(connection)
    if found != head():
        what = "has no schema" if found is None else f"has the schema {found}, and this program needs {head()}"
        raise Unusable(f"The database {what}; make a backup, then run 'tracker init'.")


@contextmanager
def _owner(url: str) -> Iterator[sa.Connection]:
    """A connection of migrations: it may write and alter, and the program's own guards are not on it."""
    from tracker import db

    options: dict[str, Any] = {"module": db.sqlite} if url.startswith("sqlite") else {}
    engine = sa.create_engine(url, **options)
    try:
        with engine.begin() as connection:
            if url.startswith("sqlite"):
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            yield connection
    finally:
        engine.dispose()
