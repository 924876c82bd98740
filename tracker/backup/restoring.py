"""Restore a backup into an empty place: everything is compared with its manifest before the register can be used."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import sqlalchemy as sa

from tracker.audit import schema
from tracker.backup.container import ABOUT, DATABASE, Sums, read_backup
from tracker.backup.databases import must_be_empty, put_database
from tracker.backup.making import FORMAT, Head
from tracker.backup.secrets import Secret
from tracker.base.config import Settings
from tracker.base.connections import Unusable
from tracker.base.files import Damaged, open_privately
from tracker.base.in_use import restore_mark
from tracker.base.keys import fingerprint, read_key
from tracker.base.sealing import CHUNK
from tracker.models.register.audit_log import AuditEntry

OTHER_KEY = (
    "The key in {} is not the one of this backup: its fingerprint is {}, and the backup needs {}. Find the key with "
    "that fingerprint: after a rotation the former key was kept beside the new key."
)


@dataclass(frozen=True)
class About:
    """What a backup says of itself."""

    made: str
    head: Head
    files: int
    key: str
    database: str
    missing: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, stream: BinaryIO) -> "About":
        """Read it; raises Unusable when this version of the program cannot restore such a backup."""
        found: dict[str, Any] = json.loads(stream.read())
        if found["format"] != FORMAT or found["schema"] > schema.head():
            raise Unusable("A newer version of the tracker made this backup. Restore it with that version.")
        kept = {name: found[name] for name in ("made", "files", "key", "database", "missing", "settings")}
        return cls(head=Head(*found["head"]), **kept)


def verify_backup(file: Path, secret: Secret) -> tuple[About, Sums]:
    """Read a whole backup and compare it with its manifest; raises Damaged or Unusable with a sentence."""
    read: list[About] = []

    def take(name: str, stream: BinaryIO) -> None:
        if name == ABOUT:
            read.append(About.read(stream))

    with file.open("rb") as stream:
        sums = read_backup(stream, secret, take)
    return read[0], sums


def must_be_restorable(settings: Settings) -> None:
    """Refuse a place that is not empty; raises Unusable. Nothing is ever overwritten."""
    if settings.instance.exists() and any(settings.instance.iterdir()):
        raise Unusable(f"{settings.instance} is not empty. Empty it, or name another folder in TRACKER_INSTANCE.")
    must_be_empty(settings)


def unpack_backup(
    file: Path, secret: Secret, settings: Settings, find_key: Callable[[About], Path], progress: Callable[[int], None]
) -> About:
    """Put files and database into their places; `find_key` is asked where the store's key is before anything is written.

    A mark is left there, which the caller removes when all is done: every command refuses what was left half-way.
    """
    about: list[About] = []

    def take(name: str, stream: BinaryIO) -> None:
        if name == ABOUT:
            about.append(_read_about(stream, settings, find_key))
            return
        if not restore_mark(settings.instance).exists():
            settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
            restore_mark(settings.instance).touch(0o600)
        path = settings.instance / (".restored" if name == DATABASE else name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(path, "xb", opener=open_privately) as out:
            shutil.copyfileobj(stream, out, CHUNK)
        progress(backup.tell())

    with file.open("rb") as backup:
        read_backup(backup, secret, take)
    os.sync()
    put_database(settings, settings.instance / ".restored")
    os.sync()
    return about[0]


def compare_heads(connection: sa.Connection, expected: Head, found: Head) -> str | None:
    """A warning in words when the restored audit log does not hold the entry that was expected."""
    if found.seq < expected.seq:
        return (
            f"This backup is older than expected: it ends with entry {found.seq}, and entry {expected.seq} was known. "
            f"What entries {found.seq + 1} to {expected.seq} recorded is missing."
        )
    entry_hash = connection.scalar(sa.select(AuditEntry.entry_hash).where(AuditEntry.seq == expected.seq))
    if entry_hash == expected.entry_hash:
        return None
    return f"This backup is of another history: its entry {expected.seq} is not the one that was expected."


def _read_about(stream: BinaryIO, settings: Settings, find_key: Callable[[About], Path]) -> About:
    about = About.read(stream)
    here = "sqlite" if settings.is_sqlite else "postgresql"
    if about.database != here:
        raise Unusable(f"The backup is of a {about.database} database. Set TRACKER_DATABASE_URL to an empty one.")
    path = find_key(about)
    if (found := fingerprint(read_key(path))) != about.key:
        raise Damaged(OTHER_KEY.format(path, found, about.key))
    return about
