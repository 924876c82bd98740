"""Which duties one member may hold, or have held, in the same case."""

import sqlalchemy as sa

from tracker import db
from tracker.analysis.moments import sql_text
from tracker.models.accounts import User
from tracker.models.audit import AuditEvent
from tracker.models.cases import Case
from tracker.models.duties import OUTSIDE, TEAM, WallMatch
from tracker.models.independence import same_people, workers_of
from tracker.models.staffing import duties_of
from tracker.models.words.duties import Duty

APART = ((TEAM, OUTSIDE), (frozenset({Duty.REVIEWER}), frozenset({Duty.DECIDER})))


def conflict(case: Case, user: User, duty: Duty) -> str | None:
    """Why a member may not take up a duty: the team does not review, screen or decide, and the reviewer not decide.

    History counts, and people are compared, not accounts: whoever investigated last year does not review today.
    """
    holders = {one.user_id for one in case.assignments if one.accepted_at}
    same = same_people(db.session(), user, holders)
    held = {one.duty for one in case.assignments if one.user_id in same and one.accepted_at}
    apart: set[Duty] = set()
    for left, right in APART:
        apart |= (right if duty in left else frozenset[Duty]()) | (left if duty in right else frozenset[Duty]())
    if held & apart:
        had = min(held & apart)
        return f"Whoever is or was {had.value} of this case cannot be its {duty.value}; choose somebody else."
    if duty in OUTSIDE and _made_by_team(case, user):
        return f"Somebody of the team made this account after the case was opened, so it cannot be its {duty.value}."
    return None


def _made_by_team(case: Case, user: User) -> bool:
    """Whether a person of the team, with an administrator's account, invited the member while the case was under way.

    Whoever invites could have set the password. Accounts that were there before the case were not made for it.
    """
    invited = sa.select(AuditEvent.actor).where(
        AuditEvent.act == "account.invited",
        AuditEvent.at >= sql_text(case.opened),
        AuditEvent.line.contains(f'"account":"{user.uid}"', autoescape=True),
    )
    inviters = db.session().scalars(sa.select(User).where(User.uid.in_(invited))).all()
    team = workers_of(case, TEAM)
    return any(same_people(db.session(), one, team) for one in inviters)


def is_walled(case: Case, user: User) -> bool:
    """Whether the recusal wall stands between the two."""
    return bool(db.session().scalar(sa.select(WallMatch.standing(sa.literal(case.id), user.id))))


def able(case: Case, duties: set[Duty]) -> bool:
    """Whether somebody with one of the duties can act today: working, not walled, and able to sign in."""
    return any(one.user.is_active and duties & duties_of(one.user, case) for one in case.assignments)
