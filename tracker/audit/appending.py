"""Appending an entry: it is chained to the one before it, and written past the ORM while others wait for their turn."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.audit.entries import Entry
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.register.audit_log import GENESIS, AuditDetail, AuditEntry, NamedRecord

CHAIN_LOCK = 0x7472636B  # one number for all programs that append to this audit log
_tables: tuple[Any, ...] = (AuditEntry.__table__, AuditDetail.__table__, NamedRecord.__table__, Case.__table__)
_entries, _details, _named, _cases = _tables
_last = sa.select(sa.func.max(_entries.c.cseq)).where(_entries.c.case_ref == sa.bindparam("case")).scalar_subquery()
# composed once: each of these runs with every entry
HEAD = sa.select(_entries.c.seq, _entries.c.entry_hash, _last.label("cseq")).order_by(_entries.c.seq.desc()).limit(1)
ADD_ENTRY, ADD_DETAIL, ADD_NAMED = sa.insert(_entries), sa.insert(_details), sa.insert(_named)
MARK_CHANGED = sa.update(_cases).where(_cases.c.reference == sa.bindparam("case"))


def of_record(name: str, sha256: str | None) -> dict[str, Any]:
    """`claim:12` and the commitment to it, as a row of the table that says which entries name a record."""
    kind, _, key = name.partition(":")
    return {"kind": kind, "record_id": int(key), "sha256": sha256}


def append(session: Session, entry: Entry, clock: Callable[[], datetime]) -> None:
    """Write the entry in the transaction of the session, but do not commit.

    On PostgreSQL the lock of the chain is taken here, so as late as possible. The clock is read after it: entries that
    come at once have their times in the order of the chain.
    """
    connection = session.connection()
    db.take_turns(session, CHAIN_LOCK)
    at = clock()
    head = connection.execute(HEAD, {"case": entry.case}).first()
    seq, prev, of_case = (head.seq + 1, head.entry_hash, head.cseq or 0) if head else (1, GENESIS, 0)
    row, detail, named = entry.complete(seq, prev, of_case + 1 if entry.case is not None else None, at)
    connection.execute(ADD_ENTRY, row)
    if detail:
        connection.execute(ADD_DETAIL, {"seq": seq, **detail})
        connection.execute(ADD_NAMED, [{"seq": seq, **of_record(*one)} for one in named.items()])
    if detail and entry.changes:
        connection.execute(MARK_CHANGED, {"case": entry.case, "changed": at})
