"""The schema: bring a database to head, and say whether it is there, down to its columns.

Alembic is loaded only to change a schema: a start asks the database itself, and is a quarter of a second quicker.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tracker.base.connections import Unusable, make_engine
from tracker.base.db import Base
from tracker.base.paths import PACKAGE

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = PACKAGE / "migrations"
BASELINE = "0001"
KINDS = ("table", "column", "index")


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

    with owner(url) as connection:
        command.upgrade(config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to a revision."""
    from alembic import command

    with owner(url) as connection:
        command.downgrade(config(connection), revision)


def current(connection: sa.Connection) -> str | None:
    """The revision of a database, None when it has no schema."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def head() -> str:
    """The revision this program needs: migrations are numbered and in one line. Every entry of the log names it."""
    return _newest(MIGRATIONS)


@cache
def _newest(migrations: Path) -> str:
    return max(path.name.partition("_")[0] for path in (migrations / "versions").glob("[0-9]*_*.py"))


def must_be_head(engine: sa.Engine) -> None:
    """Refuse a schema that is not this program's; raises Unusable with a sentence for the operator."""
    with engine.connect() as connection:
        found = current(connection)
    if found != head():
        raise Unusable(_advice(found))


def _advice(found: str | None) -> str:
    if found is None:
        return "The database holds no register. Restore a backup with 'tracker restore', or begin with 'tracker init'."
    what = f"The database has the schema {found}, and this program needs {head()}."
    if found > head():
        return f"{what} Run the version of the tracker that made it."
    return f"{what} Make a backup with the version that made it, then run 'tracker init'."


def first_difference(connection: sa.Connection, metadata: sa.MetaData = Base.metadata) -> str | None:
    """The first table, column or index in which the database differs from the models; None when it differs in none.

    Every model must have been imported. Two statements ask for all of it: this is part of every start.
    """
    wanted, found = _schema_of_models(connection, metadata), _schema_of_database(connection)
    for name in sorted(wanted.keys() | found.keys(), key=lambda name: (KINDS.index(name.split()[0]), name)):
        if name not in found:
            return f"{name} is missing"
        if name not in wanted:
            return f"{name} is not known"
        if wanted[name] != found[name]:
            return f"{name} is {found[name]}, not {wanted[name]}"
    return None


def _schema_of_models(connection: sa.Connection, metadata: sa.MetaData) -> dict[str, str]:
    """`table person` -> "", `column person.number` -> its type, `index ix_...` -> its table and columns."""
    wanted = {}
    for table in metadata.sorted_tables:
        wanted[f"table {table.name}"] = ""
        for column in table.columns:
            kind = column.type.compile(connection.dialect).partition(" COLLATE")[0]
            wanted[f"column {table.name}.{column.name}"] = _type_name(kind, nullable=bool(column.nullable))
        for index in table.indexes:
            columns = ", ".join(column.name for column in index.columns)
            wanted[f"index {index.name}"] = f"on {table.name} ({columns})"
    return wanted


def _schema_of_database(connection: sa.Connection) -> dict[str, str]:
    """The same, from the database itself."""
    columns, indexes = QUERIES[connection.dialect.name]
    found = {}
    for table, column, kind, nullable in connection.exec_driver_sql(columns):
        found[f"table {table}"] = ""
        found[f"column {table}.{column}"] = _type_name(kind, nullable=bool(nullable))
    parts: dict[str, tuple[str, list[str]]] = {}
    for index, table, column in connection.exec_driver_sql(indexes):
        parts.setdefault(index, (table, []))[1].append(column)
    return found | {f"index {name}": f"on {table} ({', '.join(names)})" for name, (table, names) in parts.items()}


def _type_name(kind: str, *, nullable: bool) -> str:
    plain = kind.upper().replace("CHARACTER VARYING", "VARCHAR")
    return f"{plain} that may be empty" if nullable else plain


QUERIES = {
    "sqlite": (
        (
            'SELECT t.name, c.name, c.type, c."notnull" = 0 FROM sqlite_master t, pragma_table_info(t.name) c '
            "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'alembic_version' "
            "AND t.name NOT LIKE 'search_index%'"  # what the database keeps for itself: audit/search/schema.py
        ),
        (
            "SELECT i.name, i.tbl_name, c.name FROM sqlite_master i, pragma_index_info(i.name) c "
            "WHERE i.type = 'index' AND i.sql IS NOT NULL ORDER BY i.name, c.seqno"
        ),
    ),
    "postgresql": (
        (
            "SELECT t.relname, c.attname, format_type(c.atttypid, c.atttypmod), NOT c.attnotnull FROM pg_class t "
            "JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped AND c.attgenerated = '' "
            "WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND t.relname <> 'alembic_version'"
        ),
        (
            "SELECT i.relname, t.relname, c.attname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
            "JOIN pg_class t ON t.oid = x.indrelid "
            "CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(attnum, at) "
            "JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = k.attnum "
            "WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> 'alembic_version' "
            "AND i.relname <> 'search_index' "
            "AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.oid) ORDER BY i.relname, k.at"
        ),
    ),
}


@contextmanager
def owner(url: str) -> Iterator[sa.Connection]:
    """A connection of the schema's owner: it may write and alter, and the program's own guards are not on it."""
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            if url.startswith("sqlite"):
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            yield connection
    finally:
        engine.dispose()
