"""The key of the file store, as the audit log knows it: by the fingerprint in the newest entry about keys.

Nothing starts with another key than the one the log names, and nothing is made: files under two keys could be opened by
none alone. A rotation is announced by an entry before the first file is sealed anew, and ended by another.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.audit.doors import witness
from tracker.base.config import Settings
from tracker.base.connections import Unusable
from tracker.base.files import Damaged, FileStore, sync_folder
from tracker.base.keys import fingerprint, former_key, make_key, next_key, read_key
from tracker.models.register.audit_log import AuditEntry
from tracker.policy import SYSTEM

RECORDED, STARTED, ROTATED = "key.recorded", "key.rotation_started", "key.rotated"
UNKNOWN = "This register does not know the key of its file store yet. Run 'tracker init'."
INTERRUPTED = "A rotation of the key was interrupted. Run 'tracker key rotate' to finish it."
LOST = "{} holds files, and the database knows no register. Restore the database. Nothing was made or changed."
MIXED = "The key in {} does not open every stored file. Restore the right key. Nothing was made or changed."
OTHER = (
    "The key in {} is not the key of this register: its fingerprint is {}, and the register needs {}. "
    "Restore the right key, or set TRACKER_KEY_FILE. Nothing was made or changed."
)


@dataclass(frozen=True)
class KnownKey:
    """What the newest entry about keys says: the fingerprint, and the former one while a rotation is under way."""

    fingerprint: str
    former: str | None = None


def find_known_key(connection: sa.Connection) -> KnownKey | None:
    """The key that the register knows; None when no entry names one, or there is no audit log."""
    if not sa.inspect(connection).has_table(AuditEntry.__tablename__):
        return None
    newest = (
        sa.select(AuditEntry.line)
        .where(AuditEntry.action.in_([RECORDED, STARTED, ROTATED]))
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    line = connection.scalar(newest)
    details: dict[str, Any] = json.loads(line)["d"] if line else {}
    return KnownKey(details["fingerprint"], details.get("former")) if line else None


def must_be_right(connection: sa.Connection, settings: Settings) -> None:
    """Refuse to work without the key that the register knows; raises Damaged or Unusable with a sentence."""
    known, key = find_known_key(connection), read_key(settings.storage_key_file)
    if known is None:
        raise Unusable(UNKNOWN)
    if known.former:
        raise Unusable(INTERRUPTED)
    if fingerprint(key) != known.fingerprint:
        raise Damaged(OTHER.format(settings.storage_key_file, fingerprint(key), known.fingerprint))


def must_not_clash(connection: sa.Connection | None, settings: Settings) -> None:
    """Refuse to set up where another key is known or needed: asked before anything is made.

    `connection` is None when there is no database yet.
    """
    files = settings.instance / "files"
    stored = files.is_dir() and any(files.glob("??/*"))
    if connection is not None and find_known_key(connection):
        must_be_right(connection, settings)
    elif stored and (connection is None or not _has_entries(connection)):
        raise Unusable(LOST.format(files))
    elif stored:
        store = FileStore(files, read_key(settings.storage_key_file))
        if not all(store.opens(sha256) for sha256 in store.names()):
            raise Damaged(MIXED.format(settings.storage_key_file))


def record_key(connection: sa.Connection, settings: Settings) -> None:
    """Let the register know its key, unless it does."""
    if find_known_key(connection) is None:
        key = read_key(settings.storage_key_file)
        connection.rollback()  # ends the read, which would be in the way of the entry
        witness(RECORDED, SYSTEM, outcome="ok", fingerprint=fingerprint(key))


def rotate_key(connection: sa.Connection, settings: Settings) -> Iterator[str | None]:
    """Seal every file anew under a new key; gives None for each file, or its SHA-256 if it opens with neither key.

    The instance must be used by nobody else. Killed at any step, it is finished by running it again: the new key lies
    beside the former one until every file is under it, and then takes its place.
    """
    place, known = settings.storage_key_file, find_known_key(connection)
    if known is None:
        raise Unusable(UNKNOWN)
    connection.rollback()
    if known.former is None:
        must_be_right(connection, settings)
        connection.rollback()
        make_key(next_key(place))
        known = KnownKey(fingerprint(read_key(next_key(place))), known.fingerprint)
        witness(STARTED, SYSTEM, outcome="ok", fingerprint=known.fingerprint, former=known.former)
    files, damaged = 0, 0
    if fingerprint(read_key(place)) != known.fingerprint:  # else only the last entry is missing
        for sha256 in _seal_anew(settings, known):
            files, damaged = files + 1, damaged + (sha256 is not None)
            yield sha256
        _put_in_place(place)
    witness(ROTATED, SYSTEM, outcome="ok", fingerprint=known.fingerprint, files=files, damaged=damaged)


def _seal_anew(settings: Settings, known: KnownKey) -> Iterator[str | None]:
    place = settings.storage_key_file
    key, former = read_key(next_key(place)), read_key(place)
    for path, one, wanted in ((next_key(place), key, known.fingerprint), (place, former, known.former)):
        if fingerprint(one) != wanted:
            raise Damaged(OTHER.format(path, fingerprint(one), wanted))
    new, old = (FileStore(settings.instance / "files", one) for one in (key, former))
    for sha256 in new.names():
        try:
            if not new.opens(sha256):
                new.put(old.open(sha256), declared=sha256)
            yield None
        except Damaged:
            yield sha256


def _put_in_place(place: Path) -> None:
    """The former key is kept under its fingerprint; the new one takes its name."""
    kept = former_key(place, read_key(place))
    kept.unlink(missing_ok=True)
    kept.hardlink_to(place)
    next_key(place).replace(place)
    sync_folder(place.parent)


def _has_entries(connection: sa.Connection) -> bool:
    if not sa.inspect(connection).has_table(AuditEntry.__tablename__):
        return False
    return connection.scalar(sa.select(AuditEntry.seq).limit(1)) is not None
