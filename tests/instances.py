"""An instance of the tracker on disk: made, copied with its database, opened, and let go of."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from tests.browse import Browser
from tests.database import ON_POSTGRESQL, drop_database, new_database
from tracker import create_app, db
from tracker.config import Settings


class Compiled(BytecodeCache):
    """Templates are compiled once for all the programs that tests make."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.known:
            bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def in_haste(connection: Any, record: object) -> None:
    """A connection of the program that does not wait for the disk: what a test records need not outlive the machine."""
    _carefully(connection, record)
    connection.execute("PRAGMA synchronous = OFF")


_carefully, db._connect_sqlite = db._connect_sqlite, in_haste


def copied(built: Settings, folder: Path) -> Settings:
    """A copy of the instance, its key and its database below `folder`."""
    instance = folder / "instance"
    shutil.copytree(built.instance, instance, ignore=shutil.ignore_patterns("*-wal", "*-shm", "*.turn"))
    shutil.copy2(built.storage_key_file, folder / "instance.key")
    url = new_database(built.database_url) if ON_POSTGRESQL else f"sqlite:///{instance / 'tracker.db'}"
    return replace(built, instance=instance, database_url=url)


@contextmanager
def opened(settings: Settings) -> Iterator[Flask]:
    """The program over an instance, with its context pushed."""
    released()
    made = create_app(settings)
    made.test_client_class = Browser
    made.jinja_env.bytecode_cache = COMPILED
    with made.app_context():
        yield made
    released()


def gone(settings: Settings) -> None:
    """Remove a copy."""
    shutil.rmtree(settings.instance.parent)
    if ON_POSTGRESQL:
        drop_database(settings.database_url)


def released() -> None:
    """Let go of the database of this thread's session, so that its files or its server's side can go."""
    bind = db.sessions.session_factory.kw.get("bind")
    db.sessions.remove()
    if bind is not None:
        bind.dispose()
