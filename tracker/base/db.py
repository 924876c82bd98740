"""The database: one engine, one session a thread, and connections that only read until the audit log says otherwise."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapper, Session, composite, mapped_column, scoped_session, sessionmaker

from tracker.analysis.moments import Moment, from_sql_text, sql_text
from tracker.base import connections, trouble

R = TypeVar("R")
EVER_BEFORE, EVER_AFTER = "0001-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z"
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


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


class OneOrOther(Session):
    """Reads by one engine and, while `info["writing"]` is set, writes by another."""

    def __init__(self, bind: sa.Engine | None = None, writer: sa.Engine | None = None, **options: Any) -> None:
        super().__init__(bind, **options)
        self._writer = writer

    def get_bind(self, *about: Any, **more: Any) -> Any:
        """The engine of what the session is doing."""
        return self._writer if self.info.get("writing") else super().get_bind(*about, **more)


sessions: scoped_session[Session] = scoped_session(sessionmaker(class_=OneOrOther, expire_on_commit=False))


def session() -> Session:
    """The session of this thread; it reads, and only the audit log makes it write."""
    return sessions()


def engine() -> sa.Engine:
    """The engine by which the sessions read."""
    return sessions.session_factory.kw["bind"]


def writer() -> sa.Engine:
    """The engine by which the audit log writes."""
    return sessions.session_factory.kw["writer"]


def bind(url: str) -> sa.Engine:
    """Open the engines and give them to the sessions; gives the one that reads."""
    release()
    engine = connections.open_engine(url)
    file = connections.sqlite_file(engine)
    # SQLite forgets every statement it knows when a connection is told that it may write now, or may no longer
    writer = connections.open_engine(url, writing=True) if file else engine.execution_options(writing=True)
    trouble.watch(file.parent if file else None)
    sessions.configure(bind=engine, writer=writer)
    return engine


def release() -> None:
    """Close this thread's session and every connection that is idle."""
    sessions.remove()
    close_idle()


def close_idle() -> None:
    """Close every connection that nobody uses now."""
    for name in ("bind", "writer"):
        if (engine := sessions.session_factory.kw.get(name)) is not None:
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
