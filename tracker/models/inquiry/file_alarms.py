"""What came of hashing an exhibit's file again, by the audit log: an alarm stands until a hash is right."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import object_session

from tracker.models.case.cases import Case
from tracker.models.inquiry.exhibits import FAILING, Exhibit
from tracker.models.register.audit_log import AuditEntry


def find_damaged(session: Any, exhibits: Iterable[Exhibit]) -> dict[int, datetime]:
    """When the file of each exhibit (by id) was found damaged; only of those where no hash was right since."""
    ids = [one.id for one in exhibits if one.has_file]
    if not ids:
        return {}
    standing = sa.select(Exhibit.id, AuditEntry.at).join(Exhibit.alarm).where(Exhibit.id.in_(ids))
    return {key: datetime.fromisoformat(at) for key, at in session.execute(standing)}


def alarms_in(case: Case) -> dict[int, datetime]:
    """The same for every exhibit of a case: one statement where no alarm was ever raised in it."""
    session: Any = object_session(case)
    raised = sa.select(AuditEntry.record).where(AuditEntry.case_ref == case.reference, AuditEntry.action.in_(FAILING))
    names = set(session.scalars(raised.where(AuditEntry.outcome == "failed")))
    ids = [int(name.removeprefix("exhibit:")) for name in names if name.startswith("exhibit:")]
    return find_damaged(session, session.scalars(sa.select(Exhibit).where(Exhibit.id.in_(ids)))) if ids else {}
