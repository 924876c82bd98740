"""What came of hashing an exhibit's file again, as the ledger remembers it: an alarm stands until a hash is right."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker.models.audit import AuditEvent
from tracker.models.exhibits import Exhibit

HASHED = ("exhibit.read", "exhibit.verified", "file.damaged")


def damaged(session: Any, exhibits: Iterable[Exhibit]) -> dict[int, datetime]:
    """When the file of each exhibit (by id) was found damaged; only of those where no hash was right since."""
    names = {f"exhibit:{one.id}": one.id for one in exhibits if one.has_file}
    if not names:
        return {}
    newest = (
        sa.select(sa.func.max(AuditEvent.seq))
        .where(AuditEvent.obj.in_(names), AuditEvent.act.in_(HASHED))
        .group_by(AuditEvent.obj)
    )
    failed = sa.select(AuditEvent.obj, AuditEvent.at).where(AuditEvent.seq.in_(newest), AuditEvent.out == "failed")
    return {names[obj]: datetime.fromisoformat(at) for obj, at in session.execute(failed)}
