"""Make a backup: the database as of one moment, and every file that it names, while the register is served."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tracker.audit import schema
from tracker.audit.doors import now, witness
from tracker.audit.keys import find_known_key
from tracker.audit.verify.files import named_files
from tracker.backup.container import ABOUT, DATABASE, Hashing, Writer, write_backup
from tracker.backup.databases import copy_database
from tracker.backup.secrets import Secret
from tracker.base.config import Settings
from tracker.base.files import FileStore
from tracker.models.register.audit_log import AuditEntry
from tracker.policy import SYSTEM

FORMAT = "tracker-backup/1"


@dataclass(frozen=True)
class Head:
    """The last entry of an audit log."""

    seq: int
    entry_hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.entry_hash}"


@dataclass(frozen=True)
class Backup:
    """What was put into a backup, and the SHA-256 and size of its file."""

    head: Head
    files: int
    missing: list[str]
    sha256: str
    size: int


def make_backup(settings: Settings, store: FileStore, out: Any, secret: Secret) -> Backup:
    """Write a backup into `out`, with an entry before and after it.

    A file that is named and not there is left out, and listed. Raises Unusable when the database is damaged.
    """
    witness("backup.started", SYSTEM, outcome="ok")
    hashing = Hashing(out)
    with store.aside() as place:
        assert place is not None
        about, names, missing = _gather(settings, store, place)
        with write_backup(hashing, secret) as writer:
            writer.add_json(ABOUT, about | {"files": len(names), "missing": missing})
            _add(writer, DATABASE, place / DATABASE)
            for name in names:
                _add(writer, f"files/{name[:2]}/{name}", place / name)
    head = Head(*about["head"])
    sha256, size = hashing.sum
    witness("backup.made", SYSTEM, outcome="ok", head=str(head), files=len(names), sha256=sha256, size=size)
    return Backup(head, len(names), missing, sha256, size)


def find_head(connection: sa.Connection) -> Head:
    """The last entry of the audit log."""
    columns = sa.select(AuditEntry.seq, AuditEntry.entry_hash)
    seq, entry_hash = connection.execute(columns.order_by(AuditEntry.seq.desc()).limit(1)).one()
    return Head(seq, entry_hash)


def _gather(settings: Settings, store: FileStore, place: Path) -> tuple[dict[str, Any], list[str], list[str]]:
    """Copy the database, and link the files that it names: nobody removes one until both is done."""
    with store.hold(), copy_database(settings, place / DATABASE) as connection:
        names, missing = [], []
        for name in sorted(named_files(connection)):
            try:
                os.link(store.path(name), place / name)
                names.append(name)
            except FileNotFoundError:
                missing.append(name)
        known, head = find_known_key(connection), find_head(connection)
    about = {
        "format": FORMAT,
        "made": now().isoformat(timespec="seconds"),
        "database": "sqlite" if settings.is_sqlite else "postgresql",
        "schema": schema.head(),
        "head": [head.seq, head.entry_hash],
        "key": known.fingerprint if known else None,
        "settings": dict(settings.printable()),
    }
    return about, names, missing


def _add(writer: Writer, name: str, path: Path) -> None:
    with path.open("rb") as stream:
        writer.add(name, stream, os.fstat(stream.fileno()).st_size)
    path.unlink()
