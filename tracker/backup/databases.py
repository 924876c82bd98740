"""The database of a backup: copied as of one moment while others write, and put into an empty place.

SQLite is copied by its own backup interface, PostgreSQL by pg_dump and pg_restore. Passwords reach those in the
environment: arguments can be read by everybody on the machine.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from tracker.audit import guards, schema
from tracker.base.config import Settings
from tracker.base.connections import Unusable, log_beside, make_engine, sqlite
from tracker.base.files import open_privately

KEPT_AS_IT_IS = ("--no-owner", "--no-privileges")


@contextmanager
def copy_database(settings: Settings, place: Path) -> Iterator[sa.Connection]:
    """Copy the database to `place`; gives a connection that reads the same moment. Raises Unusable."""
    os.close(open_privately(str(place), os.O_CREAT | os.O_WRONLY))
    copy = _copy_sqlite if settings.is_sqlite else _dump_postgresql
    with copy(settings, place) as connection:
        yield connection


def must_be_empty(settings: Settings) -> None:
    """Refuse a database that holds something; raises Unusable."""
    if settings.is_sqlite:
        file = database_path(settings)
        empty = not (file.exists() or log_beside(file).exists())
    else:
        with _connect(owner_url(settings)) as connection:
            empty = not sa.inspect(connection).get_table_names()
    if not empty:
        raise Unusable("The database in TRACKER_DATABASE_URL is not empty. Name an empty one: nothing is overwritten.")


def put_database(settings: Settings, copy: Path) -> None:
    """Put the copy of a database in its place, and remove it where it was. Raises Unusable."""
    if settings.is_sqlite:
        copy.replace(database_path(settings))
        return
    whole = ("--exit-on-error", "--single-transaction")
    _run("pg_restore", owner_url(settings), *KEPT_AS_IT_IS, *whole, str(copy))
    if settings.database_owner_url and (role := sa.engine.make_url(settings.database_url).username):
        with schema.owner(settings.database_owner_url) as owner:
            guards.grant(owner, role)
    copy.unlink()


def database_path(settings: Settings) -> Path:
    """The file of a SQLite database."""
    return Path(str(sa.engine.make_url(settings.database_url).database))


def owner_url(settings: Settings) -> str:
    """The address of the database for whoever may read and make all of it."""
    return settings.database_owner_url or settings.database_url


@contextmanager
def _copy_sqlite(settings: Settings, place: Path) -> Iterator[sa.Connection]:
    with (
        closing(sqlite.connect(database_path(settings), timeout=10)) as source,
        closing(sqlite.connect(place)) as target,
    ):
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        ((answer, *_),) = target.execute("PRAGMA quick_check(1)")
    if answer != "ok":
        raise Unusable(f"The database is damaged, so that no backup of it is worth anything: {answer}.")
    with _connect(f"sqlite:///{place}") as connection:
        yield connection


@contextmanager
def _dump_postgresql(settings: Settings, place: Path) -> Iterator[sa.Connection]:
    with _connect(settings.database_url) as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        moment = connection.scalar(sa.text("SELECT pg_export_snapshot()"))
        form = ("--format=custom", "--compress=1", f"--snapshot={moment}", f"--file={place}")
        _run("pg_dump", owner_url(settings), *KEPT_AS_IT_IS, *form)
        yield connection


@contextmanager
def _connect(url: str) -> Iterator[sa.Connection]:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _run(tool: str, url: str, *options: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise Unusable(f"{tool} is missing. Install the client programs of PostgreSQL, and let PATH name their folder.")
    address = sa.engine.make_url(url)
    environ = dict(os.environ) | ({"PGPASSWORD": address.password} if address.password else {})
    database = address.set(drivername="postgresql", password=None).render_as_string()
    # the program is found by its name, and every option is ours
    done = subprocess.run(  # noqa: S603
        [program, f"--dbname={database}", *options], env=environ, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise Unusable(f"{tool} failed: {done.stderr.strip().partition(chr(10))[0]}")
