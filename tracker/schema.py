"""The schema: bring a database to head, and say whether it is there.

Alembic is loaded only to change a schema: a start asks the database itself, and is a quarter of a second quicker.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tracker.audit import guards
from tracker.db import Unusable
from tracker.paths import PACKAGE

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = PACKAGE / "migrations"


def config(connection: sa.Connection | None = None) -> "Config":
    """Alembic's configuration, without a file."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to a revision; it needs the rights of the schema's owner."""
    from alembic import command

    with _owner(url) as connection:
        command.upgrade(config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision."""
    from alembic import command

    with _owner(url) as connection:
        command.downgrade(config(connection), revision)


def grant(url: str, role: str) -> None:
    """Give the program's role its rights; asked of the schema's owner."""
    with _owner(url) as connection:
        guards.grant(connection, role)


def current(connection: sa.Connection) -> str | None:
    """The revision of a database, None when it has no schema."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def head() -> str | None:
    """The revision this program needs: migrations are numbered and in one line."""
    return max((path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py")), default=None)


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
