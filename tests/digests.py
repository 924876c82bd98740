"""What the tables hold, in short: to see that something changed nothing."""

import hashlib

import sqlalchemy as sa

from tracker import db
from tracker.ledger import HOUSEKEEPING
from tracker.models import all as _every_model  # noqa: F401  # so that no table is missed
from tracker.models.audit import AuditDetail, AuditEvent

ASIDE = {AuditEvent.__tablename__, AuditDetail.__tablename__, *HOUSEKEEPING}


def digests() -> dict[str, str]:
    """A hash of every table of the record, but for the ledger and housekeeping."""
    db.session().rollback()
    return {
        table.name: hashlib.sha256(repr(sorted(map(repr, db.session().execute(sa.select(table))))).encode()).hexdigest()
        for table in db.Base.metadata.sorted_tables
        if table.name not in ASIDE
    }
