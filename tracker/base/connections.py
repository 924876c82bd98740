"""Connections to the database: each reads or writes, and may do no more than the record allows."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlcipher3 import dbapi2 as sqlite

from tracker.base import trouble

ROOM: dict[str, Any] = {"pool_size": 10, "max_overflow": 20}  # an export keeps its connection until it is read
OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL file when two connections write and checkpoint at once
LARGEST_WAL = 64 << 20  # bytes; the log of SQLite grows while somebody reads, and is cut when nobody does
PRAGMAS = (
    "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY", "busy_timeout = 8000",
    "trusted_schema = OFF", "secure_delete = ON", f"journal_size_limit = {LARGEST_WAL}",
)  # fmt: skip


class Unusable(Exception):
    """The database cannot be used as it is; the text is one sentence for the operator."""


def make_engine(url: str, **options: Any) -> sa.Engine:
    """An engine of a register's database, as bare as the driver makes it.

    What is wrong with a statement stands in the log of the program: without its values, which are words of a record.
    """
    driver: dict[str, Any] = {"module": sqlite} if url.startswith("sqlite") else {}
    engine = sa.create_engine(url, hide_parameters=True, **driver, **options)
    if driver:
        event.listen(engine, "do_connect", _must_not_be_parted)
    return engine


def open_engine(url: str, *, writing: bool = False) -> sa.Engine:
    """Connect to the record; raises Unusable when the SQLite of this machine is too old to be trusted."""
    if not url.startswith("sqlite"):
        engine = make_engine(url, pool_pre_ping=True, **ROOM)
        event.listen(engine, "connect", _connect_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        raise Unusable(
            f"SQLite {sqlite.sqlite_version} is too old. Install the sqlcipher3 wheel (SQLite 3.51.3 or newer)."
        )
    patient = {"timeout": 8, "check_same_thread": False}
    engine = make_engine(url, connect_args=patient, execution_options={"writing": writing}, **ROOM)
    event.listen(engine, "do_connect", _make_nothing)
    event.listen(engine, "connect", lambda connection, _record: _connect_sqlite(connection, writing=writing))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def log_beside(file: Path) -> Path:
    """Where SQLite keeps what was acknowledged and is not in the database's own file yet."""
    return file.with_name(f"{file.name}-wal")


def _must_not_be_parted(_dialect: object, _record: object, where: list[str], _how: object) -> None:
    """Leave a log alone whose database was moved or emptied: SQLite removes it once somebody connects to nothing."""
    file, log = Path(where[0]), log_beside(Path(where[0]))
    if log.exists() and log.stat().st_size and not (file.exists() and file.stat().st_size):
        raise sqlite.OperationalError(f"{file} is missing or empty, and its newest changes are in {log}. Put it back")


def _make_nothing(dialect: sa.Dialect, _record: object, where: list[str], how: dict[str, Any]) -> Any:
    """Connect to a file that is there: to look for a register must not make one."""
    return dialect.connect(f"file:{quote(where[0])}?mode=rw", uri=True, **how)


def _connect_sqlite(connection: Any, *, writing: bool) -> None:
    connection.isolation_level = None  # BEGIN is said by _begin_sqlite, which knows whether it writes
    for pragma in PRAGMAS if writing else (*PRAGMAS, "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(_authorize)  # last: from here on nobody takes any of these back


def _begin_sqlite(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    if "patience" in options:
        _say(connection, f"PRAGMA busy_timeout = {int(options['patience'] * 1000)}")
    _say(connection, "BEGIN IMMEDIATE" if options["writing"] else "BEGIN")


def _say(connection: sa.Connection, statement: str) -> Any:
    """Say it past SQLAlchemy, which may have been asked for a server-side cursor; a fault is one of SQLAlchemy."""
    driver: Any = connection.connection.dbapi_connection
    try:
        return driver.execute(statement)
    except connection.dialect.loaded_dbapi.Error as fault:
        raise sa.exc.OperationalError(statement, None, fault) from fault


KEEPS = (  # what is acknowledged is on the disk, whatever the server does for others
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)


def _connect_postgresql(connection: Any, _record: object) -> None:
    connection.autocommit = True  # in a transaction it would end with that
    connection.execute(f"SET lock_timeout = {int(trouble.PATIENCE * 1000)}")
    connection.execute(KEEPS)
    connection.autocommit = False


def _begin_postgresql(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    if options.get("patience", trouble.PATIENCE) != trouble.PATIENCE:
        _say(connection, f"SET LOCAL lock_timeout = {max(1, int(options['patience'] * 1000))}")
    if not options.get("writing"):
        _say(connection, "SET TRANSACTION READ ONLY")


SEALED = {"audit", "audit_record", "sealed_text"}  # no connection of the program may change or remove a row of these
DROPS = ("INDEX", "TABLE", "TRIGGER", "TEMP_TRIGGER", "VIEW")
NEVER_DONE = ("ALTER_TABLE", "ATTACH", "CREATE_TRIGGER", "CREATE_TEMP_TRIGGER", *(f"DROP_{name}" for name in DROPS))
REFUSED = {getattr(sqlite, f"SQLITE_{name}") for name in NEVER_DONE}
SETTLED = {"query_only", "foreign_keys", "trusted_schema", "secure_delete"}  # for as long as the connection lasts
OK, DENY = int(sqlite.SQLITE_OK), int(sqlite.SQLITE_DENY)
WRITES = {sqlite.SQLITE_UPDATE, sqlite.SQLITE_DELETE}
LOOKED_AT = WRITES | REFUSED | {sqlite.SQLITE_PRAGMA}


def _authorize(act: int, name: str | None, detail: str | None, _database: str | None, _trigger: str | None) -> int:
    """What SQLite lets this connection do: never touch rows of the sealed tables, nor what guards them.

    `detail` of a PRAGMA is the value that it is to have, None where it is only asked for.
    """
    if act not in LOOKED_AT:  # SQLite asks of each column of each statement
        return OK
    if act in WRITES:
        return DENY if name in SEALED else OK
    settles = name == "writable_schema" or (name in SETTLED and detail is not None)
    return DENY if act in REFUSED or settles else OK


def sqlite_file(engine: sa.Engine) -> Path | None:
    """Where the database lies, if it is a file of ours."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name not in {None, ":memory:"} else None
