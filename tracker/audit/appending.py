"""Appending an entry: it is chained to the one before it, and written past the ORM while others wait for their turn."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.audit.entries import Entry
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.register.audit_log import GENESIS, AuditDetail, AuditEntry

CHAIN_LOCK = 0x7472636B  # one number for all programs that append to this audit log
_tables: tuple[Any, Any, Any] = (AuditEntry.__table__, AuditDetail.__table__, Case.__table__)
_entries, _details, _cases = _tables
_last = sa.select(sa.func.max(_entries.c.cseq)).where(_entries.c.case_ref == sa.bindparam("case")).scalar_subquery()
# composed once: each of these runs with every entry
HEAD = sa.select(_entries.c.seq, _entries.c.entry_hash, _last.label("cseq")).order_by(_entries.c.seq.desc()).limit(1)
ADD_ENTRY, ADD_DETAIL = sa.insert(_entries), sa.insert(_details)
MARK_CHANGED = sa.update(_cases).where(_cases.c.reference == sa.bindparam("case"))


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
    row, detail = entry.complete(seq, prev, of_case + 1 if entry.case is not None else None, at)
    connection.execute(ADD_ENTRY, row)
    if detail:
        connection.execute(ADD_DETAIL, {"seq": seq, **detail})
    if detail and entry.changes:
        connection.execute(MARK_CHANGED, {"case": entry.case, "changed": at})
