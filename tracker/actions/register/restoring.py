"""A register that was restored: what was open when the backup was made is ended."""

from typing import Any

import sqlalchemy as sa

from tracker.audit.doors import action, note, now
from tracker.base import db
from tracker.models.register.accounts import Invitation
from tracker.models.register.sessions import LoginSession
from tracker.policy import Permission


@action(Permission.FOUND_REGISTER, "register.restored")
def resume_register(program: Any, register: None, **facts: Any) -> tuple[int, int]:
    """End every session and every unused invitation, and note where the audit log ended; gives how many there were."""
    sessions = db.session().scalars(sa.select(LoginSession).where(LoginSession.ended_at.is_(None))).all()
    invitations = db.session().scalars(sa.select(Invitation).where(Invitation.used_at.is_(None))).all()
    for session in sessions:
        session.ended_at = now()
    for invitation in invitations:
        invitation.used_at = now()
    note(sessions=len(sessions), invitations=len(invitations), **facts)
    return len(sessions), len(invitations)
