"""Which duties one member may hold, or have held, in the same case."""

import sqlalchemy as sa

from tracker import db
from tracker.analysis.moments import sql_text
from tracker.models.accounts import User
from tracker.models.audit import AuditEvent
from tracker.models.cases import Case
from tracker.models.duties import TEAM, WallMatch
from tracker.models.independence import same_people, workers_of
from tracker.models.staffing import duties_of
from tracker.models.words.duties import Duty
from tracker.policy.roles import OUTSIDE, excluded_by

NEW_LINK = "Ask another administrator to reset the account, or choose somebody else."


def conflict(case: Case, user: User, duty: Duty) -> str | None:
    """Why a member may not take up a duty: the team does not review, screen or decide, and the reviewer not decide.

    History counts, and people are compared, not accounts: whoever investigated last year does not review today.
    """
    holders = {one.user_id for one in case.assignments if one.accepted_at}
    same = same_people(db.session(), user, holders)
    held = {one.duty for one in case.assignments if one.user_id in same and one.accepted_at}
    if clashes := held & excluded_by(duty):
        had = min(clashes)
        return f"A current or past {had.label.lower()} cannot be {duty.label.lower()} here. Choose somebody else."
    if duty in OUTSIDE and has_key_from_team(case, user):
        return f"A team member created the link to this account, so it cannot be {duty.label.lower()}. {NEW_LINK}"
    return None


def has_key_from_team(case: Case, user: User) -> bool:
    """Whether a person of the team, with an administrator's account, made the newest link to the member's account.

    Whoever invites or resets holds the link, and could have set the password. Links from before the case was opened
    were not made for it, and a link made later by somebody else takes the account out of the team's hands.
    """
    link = sa.select(AuditEvent.actor).where(
        AuditEvent.act.in_(("account.invited", "account.reset")),
        AuditEvent.at >= sql_text(case.opened),
        AuditEvent.line.contains(f'"account":"{user.uid}"', autoescape=True),
    )
    newest = link.order_by(AuditEvent.seq.desc()).limit(1).scalar_subquery()
    maker = db.session().scalar(sa.select(User).where(User.uid == newest))
    return maker is not None and bool(same_people(db.session(), maker, workers_of(case, TEAM)))


def is_walled(case: Case, user: User) -> bool:
    """Whether the recusal wall stands between the two."""
    return bool(db.session().scalar(sa.select(WallMatch.standing(sa.literal(case.id), user.id))))


def able(case: Case, duties: set[Duty]) -> bool:
    """Whether somebody with one of the duties can act today: working, not walled, and able to sign in."""
    return any(one.user.is_active and duties & duties_of(one.user, case) for one in case.assignments)
