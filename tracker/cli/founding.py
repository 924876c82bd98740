"""Setting up: the instance folder, its secret, the key of the file store, and the schema of the database."""

import os
import secrets
from pathlib import Path

import sqlalchemy as sa

from tracker.audit import guards, schema
from tracker.base import db
from tracker.base.config import Settings
from tracker.base.files import make_key
from tracker.models.register.accounts import Account


def prepare(instance: Path) -> Settings:
    """Make what is missing and bring the schema to head. Safe to run again; nothing that is there is overwritten."""
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = instance / "secret_key"
    if not secret.exists() and "TRACKER_SECRET_KEY" not in os.environ:
        with open(secret, "x", encoding="ascii", opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
            out.write(secrets.token_urlsafe(48) + "\n")
    settings = Settings.load(os.environ, instance)
    make_key(settings.storage_key_file)
    url = settings.database_owner_url or settings.database_url
    schema.upgrade(url)
    with schema.owner(url) as owner:
        guards.must_match_models(owner)
        if settings.database_owner_url and (role := sa.engine.make_url(settings.database_url).username):
            guards.grant(owner, role)
    if settings.is_sqlite and (path := sa.engine.make_url(settings.database_url).database):
        Path(path).chmod(0o600)
    return settings


def is_founded() -> bool:
    """Whether the register has an account."""
    return bool(db.session().scalar(sa.select(sa.func.count(Account.id))))
