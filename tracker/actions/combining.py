"""Which duties one member may hold, or have held, in the same case."""

import sqlalchemy as sa

from tracker import db
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.duties import TEAM, WallMatch
from tracker.models.independence import same_people
from tracker.models.staffing import duties_of
from tracker.models.words.duties import Duty

APART = (
    (TEAM, frozenset({Duty.REVIEWER, Duty.DECIDER, Duty.COUNSEL})),
    (frozenset({Duty.REVIEWER}), frozenset({Duty.DECIDER})),
)


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
    if not held & apart:
        return None
    had = min(held & apart)
    return f"Whoever is or was {had.value} of this case cannot be its {duty.value}; choose somebody else."


def is_walled(case: Case, user: User) -> bool:
    """Whether the recusal wall stands between the two."""
    return bool(db.session().scalar(sa.select(WallMatch.standing(sa.literal(case.id), user.id))))


def able(case: Case, duties: set[Duty]) -> bool:
    """Whether somebody with one of the duties can act today: working, not walled, and able to sign in."""
    return any(one.user.is_active and duties & duties_of(one.user, case) for one in case.assignments)
