"""What the tables hold, in short: to see that something changed nothing."""

import hashlib
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.audit.doors import HOUSEKEEPING
from tracker.base import db
from tracker.models import all as _every_model  # noqa: F401  # so that no table is missed
from tracker.models.register.audit_log import AuditDetail, AuditEntry, NamedRecord

ASIDE = {AuditEntry.__tablename__, AuditDetail.__tablename__, NamedRecord.__tablename__, *HOUSEKEEPING}


def digests() -> dict[str, str]:
    """A hash of every table of the record, but for the audit log and housekeeping."""
    db.session().rollback()
    connection = db.session().connection()
    return {
        name: hashlib.sha256(repr(sorted(map(repr, connection.exec_driver_sql(select)))).encode()).hexdigest()
        for name, select in _selects()
    }


@cache
def _selects() -> list[tuple[str, str]]:
    """What to ask of each table: the bare values, as the database has them."""
    tables = [table for table in db.Base.metadata.sorted_tables if table.name not in ASIDE]
    return [(table.name, str(sa.select(table))) for table in tables]


VERSIONS = {"lock_version", "changed_at", "changed"}


def without_versions() -> dict[str, list[dict[str, Any]]]:
    """Every row of the record, but for the columns that say how often and when it was changed."""
    db.session().rollback()
    return {
        table.name: [
            {name: value for name, value in row.items() if name not in VERSIONS}
            for row in db.session().execute(sa.select(table).order_by(*table.primary_key)).mappings()
        ]
        for table in db.Base.metadata.sorted_tables
        if table.name not in ASIDE
    }
