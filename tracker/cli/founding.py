"""Setting up: the instance folder, its secret, the key of the file store, and the schema of the database."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import sqlalchemy as sa

from tracker.audit import guards, keys, schema
from tracker.audit.program import note_migration
from tracker.base import connections, db
from tracker.base.config import Settings
from tracker.base.damage import sentence_for_damage
from tracker.base.files import open_privately
from tracker.base.in_use import must_be_whole, using
from tracker.base.keys import make_key
from tracker.cli.base import shell
from tracker.models.register.accounts import Account

NAME_ONE = "Name the first administrator: tracker init --admin EMAIL"


def prepare(instance: Path, *, unfinished: bool = False, founds: bool = True) -> Settings:
    """Make what is missing and bring the schema to head. Safe to run again; nothing that is there is overwritten.

    `unfinished` is for the restore of a register, which ends later. Before anything is made it raises Damaged or
    Unusable when the register there knows another key or is half restored, and UsageError when there is none and
    `founds` forbids one.
    """
    secret = instance / "secret_key"
    new = "" if secret.exists() or "TRACKER_SECRET_KEY" in os.environ else secrets.token_urlsafe(48)
    settings = Settings.load(os.environ | ({"TRACKER_SECRET_KEY": new} if new else {}), instance)
    if not unfinished:
        must_be_whole(settings.instance)
    with sentence_for_damage(), _present(settings) as connection:
        if not founds and (connection is None or schema.current(connection) is None):
            raise click.UsageError(NAME_ONE)
        keys.must_not_clash(connection, settings)
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    if new:
        with open(secret, "x", encoding="ascii", opener=open_privately) as out:
            out.write(new + "\n")
    make_key(settings.storage_key_file)
    with using(settings.instance, unfinished=unfinished), sentence_for_damage():
        _bring_to_head(settings)
    return settings


def is_founded() -> bool:
    """Whether the register has an account."""
    return bool(db.session().scalar(sa.select(sa.func.count(Account.id))))


def _bring_to_head(settings: Settings) -> None:
    url = settings.database_owner_url or settings.database_url
    schema.upgrade(url)
    with schema.owner(url) as owner:
        guards.must_match_models(owner)
        if settings.database_owner_url and (role := sa.engine.make_url(settings.database_url).username):
            guards.grant(owner, role)
    if settings.is_sqlite and (path := sa.engine.make_url(settings.database_url).database):
        Path(path).chmod(0o600)
    engine = db.bind(settings.database_url)
    db.session().info["origin"] = shell()
    note_migration()
    with engine.connect() as connection:
        keys.record_key(connection, settings)
    db.release()


@contextmanager
def _present(settings: Settings) -> Iterator[sa.Connection | None]:
    """The database as it is, to be read; None when there is none, which must not be made by looking."""
    url = sa.engine.make_url(settings.database_url)
    file = Path(url.database or "")
    if settings.is_sqlite and not file.exists() and not connections.log_beside(file).exists():
        yield None
        return
    engine = connections.open_engine(settings.database_url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
