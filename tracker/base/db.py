"""The database: one engine, one session a thread, and connections that only read until the audit log says otherwise."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapper, Session, composite, mapped_column, scoped_session, sessionmaker
from sqlcipher3 import dbapi2 as sqlite

from tracker.analysis.moments import Moment, from_sql_text, sql_text
from tracker.base import trouble

R = TypeVar("R")
ROOM: dict[str, Any] = {"pool_size": 10, "max_overflow": 20}  # an export keeps its connection until it is read
OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL file when two connections write and checkpoint at once
LARGEST_WAL = 64 << 20  # bytes; the log of SQLite grows while somebody reads, and is cut when nobody does
PRAGMAS = (
    "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY", "busy_timeout = 8000",
    "trusted_schema = OFF", "secure_delete = ON", f"journal_size_limit = {LARGEST_WAL}",
)  # fmt: skip
EVER_BEFORE, EVER_AFTER = "0001-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z"
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Unusable(Exception):
    """The database cannot be used as it is; the text is one sentence for the operator."""


class Base(DeclarativeBase):
    """What every noun of the record is built on."""

    metadata = sa.MetaData(naming_convention=NAMES)


class UTC(sa.types.TypeDecorator[datetime]):
    """An aware moment in UTC, kept as fixed-width ISO 8601 text so that both databases sort and print it alike."""

    impl = sa.String(27, collation="C")
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """SQLite compares bytes anyway and knows no collation of that name."""
        return dialect.type_descriptor(sa.String(27, collation="C" if dialect.name == "postgresql" else None))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        """Naive times are a mistake of ours and raise."""
        return None if value is None else sql_text(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> datetime | None:
        """Back to an aware datetime."""
        return None if value is None else from_sql_text(value)


class Bound(UTC):
    """One end of a Moment; an end that is not known is stored as the end of time, so that comparing needs no NULL."""

    cache_ok = True

    def __init__(self, unknown: str) -> None:
        super().__init__()
        self.unknown = unknown

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        """None means not known."""
        return self.unknown if value is None else sql_text(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> datetime | None:
        """The end of time means not known."""
        return None if value is None or value == self.unknown else from_sql_text(value)


def moment(name: str) -> Any:
    """Columns `name_earliest`, `_latest`, `_offset`, `_precision`, mapped together as one Moment."""
    return composite(
        Moment.of,
        mapped_column(f"{name}_earliest", Bound(EVER_BEFORE), nullable=False),
        mapped_column(f"{name}_latest", Bound(EVER_AFTER), nullable=False),
        mapped_column(f"{name}_offset", sa.String(64)),
        mapped_column(f"{name}_precision", sa.String(8), nullable=False, default="unknown"),
    )


def index_of_few(name: str, column: str, where: str) -> sa.Index:
    """An index of the few rows for which something has to be done, among all that ever were."""
    return sa.Index(name, column, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


@event.listens_for(Mapper, "mapper_configured")
def _remember_old_values(mapper: Mapper[Any], cls: type) -> None:
    """Old values are evidence: load them before they are overwritten, also when the row had expired."""
    for attribute in mapper.column_attrs:
        getattr(cls, attribute.key).impl.active_history = True


sessions = scoped_session(sessionmaker(expire_on_commit=False))


def session() -> Session:
    """The session of this thread; it reads, and only the audit log makes it write."""
    return sessions()


def engine() -> sa.Engine:
    """The engine that the sessions are bound to."""
    return sessions.session_factory.kw["bind"]


def open_engine(url: str) -> sa.Engine:
    """Connect to the record; raises Unusable when the SQLite of this machine is too old to be trusted."""
    if not url.startswith("sqlite"):
        engine = sa.create_engine(url, pool_pre_ping=True, **ROOM)
        event.listen(engine, "connect", _connect_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    if sqlite.sqlite_version_info < OLDEST_SQLITE:
        raise Unusable(
            f"SQLite {sqlite.sqlite_version} is too old. Install the sqlcipher3 wheel (SQLite 3.51.3 or newer)."
        )
    engine = sa.create_engine(url, module=sqlite, connect_args={"timeout": 8, "check_same_thread": False}, **ROOM)
    event.listen(engine, "connect", _connect_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def bind(url: str) -> sa.Engine:
    """Open the engine and give it to the sessions."""
    release()
    engine = open_engine(url)
    file = sqlite_file(engine)
    trouble.watch(file.parent if file else None)
    sessions.configure(bind=engine)
    return engine


def release() -> None:
    """Close this thread's session and every connection that is idle."""
    sessions.remove()
    if (engine := sessions.session_factory.kw.get("bind")) is not None:
        engine.dispose()


@contextmanager
def best_effort() -> Iterator[None]:
    """Around what nothing depends on: it is left undone where the machine has a fault."""
    try:
        yield
    except trouble.FAULTS as fault:
        if trouble.trouble_of(fault) is None:
            raise
        session().rollback()


def _connect_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # BEGIN is said by _begin_sqlite, which knows whether it writes
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(_authorize)


def _begin_sqlite(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    writing = options.get("writing")
    if "patience" in options:
        _say(connection, f"PRAGMA busy_timeout = {int(options['patience'] * 1000)}")
    ((reading,),) = _say(connection, "PRAGMA query_only")
    if bool(reading) is bool(writing):  # to set it, even to what it is, makes SQLite forget every statement it knows
        _say(connection, f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
    _say(connection, "BEGIN IMMEDIATE" if writing else "BEGIN")


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
OK, DENY = int(sqlite.SQLITE_OK), int(sqlite.SQLITE_DENY)
WRITES = {sqlite.SQLITE_UPDATE, sqlite.SQLITE_DELETE}
LOOKED_AT = WRITES | REFUSED | {sqlite.SQLITE_PRAGMA}


def _authorize(act: int, name: str | None, _detail: str | None, _database: str | None, _trigger: str | None) -> int:
    """What SQLite lets this connection do: never touch the sealed tables' rows, nor the schema that guards them."""
    if act not in LOOKED_AT:  # SQLite asks of each column of each statement
        return OK
    if act in WRITES:
        return DENY if name in SEALED else OK
    return DENY if act in REFUSED or name == "writable_schema" else OK


def take_turns(session: Session, what: int) -> None:
    """Hold `what`, a number that stands for it, until the transaction ends. SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(what)))


def try_again(once: Callable[[], R]) -> R:
    """Do it, and after a deadlock do it once more."""
    try:
        return once()
    except sa.exc.OperationalError as fault:
        if getattr(fault.orig, "sqlstate", "") not in {"40P01", "40001"}:
            raise
        return once()


def sqlite_file(engine: sa.Engine) -> Path | None:
    """Where the database lies, if it is a file of ours."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name not in {None, ":memory:"} else None
