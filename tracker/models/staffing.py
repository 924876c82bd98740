"""Who can act in which case: the duties in force, asked once for a page, and the cases that nobody leads."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session, object_session

from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.duties import HELD, Assignment, WallMatch
from tracker.models.words.accounts import Kind
from tracker.models.words.duties import Duty


def lead_name() -> sa.Label[str | None]:
    """The name of whoever leads a case now, as a column `lead_name` for a select of cases."""
    leading = (HELD.case_id == Case.id, HELD.duty == Duty.LEAD, HELD.accepted_at.is_not(None), HELD.ended_at.is_(None))
    name = sa.select(User.name).where(*leading, User.id == HELD.user_id).order_by(HELD.id).limit(1)
    return name.correlate(Case).scalar_subquery().label("lead_name")


def duties_of(user: User, case: Case) -> frozenset[Duty]:
    """The duties in force of `user` in `case`: none behind a wall. Asked once a transaction."""
    session = object_session(case)
    if session is None or user.kind is not Kind.MEMBER:
        return frozenset()
    known: dict[tuple[int, int], frozenset[Duty]] = session.info.setdefault("duties", {})
    if (user.id, case.id) not in known:
        held = sa.select(Assignment.duty).where(
            Assignment.user_id == user.id,
            Assignment.case_id == case.id,
            *Assignment.in_force(Assignment),
            ~WallMatch.standing(Assignment.case_id, user.id),
        )
        known[user.id, case.id] = frozenset(session.scalars(held))
    return known[user.id, case.id]


def know_duties(session: Session, cases: Iterable[Case]) -> None:
    """Ask once for the duties in force of everybody in these cases, so that `duties_of` need not ask for each."""
    holders = {(held.user_id, case.id): set[Duty]() for case in cases for held in case.assignments}
    held = (
        sa.select(Assignment.user_id, Assignment.case_id, Assignment.duty)
        .join(User, User.id == Assignment.user_id)
        .where(
            Assignment.case_id.in_([case.id for case in cases]),
            Assignment.id.in_(_in_force()),
            User.kind == Kind.MEMBER,
        )
    )
    for user_id, case_id, duty in session.execute(held):
        holders[user_id, case_id].add(duty)
    session.info.setdefault("duties", {}).update({key: frozenset(found) for key, found in holders.items()})


def know_duties_from(session: Session, case: Case, held: Iterable[Assignment], walls: Iterable[WallMatch]) -> None:
    """The same of one case whose duties and standing walls were read already: nothing need be asked."""
    walled, found = {match.user_id for match in walls}, dict[int, set[Duty]]()
    for one in held:
        works = one.is_working and one.user_id not in walled and one.user.kind is Kind.MEMBER
        found.setdefault(one.user_id, set()).update({one.duty} if works else ())
    known = {(user_id, case.id): frozenset(duties) for user_id, duties in found.items()}
    session.info.setdefault("duties", {}).update(known)


def headless() -> sa.Select[Case]:
    """The cases in which neither lead nor counsel nor decider can act, closed ones too: an administrator names one."""
    return sa.select(Case).where(Case.id.not_in(able_in(Duty.LEAD, Duty.COUNSEL, Duty.DECIDER)))


def able_in(*duties: Duty) -> sa.Select[int]:
    """Ids of the cases in which somebody with one of these duties can act: it works, no wall, may sign in."""
    able = sa.select(Assignment.case_id).join(User, User.id == Assignment.user_id)
    return able.where(
        Assignment.id.in_(_in_force()),
        Assignment.duty.in_(duties),
        User.disabled_at.is_(None),
        User.password_hash.is_not(None),
    )


def _in_force() -> sa.Select[int]:
    """Ids of the duties that work, none of them behind a wall."""
    return sa.select(Assignment.id).where(
        *Assignment.in_force(Assignment), ~WallMatch.standing(Assignment.case_id, Assignment.user_id)
    )
