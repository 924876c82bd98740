"""Duties: the lead proposes, the other accepts and declares; the wall and a reset overrule both."""

import sqlalchemy as sa

from tracker import db, wall
from tracker.ledger import Refused, action, note, now
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.duties import TEAM, Assignment, WallMatch
from tracker.models.words import Duty, Kind, MatchState
from tracker.policy import Permission

APART = (
    (TEAM, frozenset({Duty.REVIEWER, Duty.DECIDER, Duty.COUNSEL})),
    (frozenset({Duty.REVIEWER}), frozenset({Duty.DECIDER})),
)
SENTENCE = {
    Duty.REVIEWER: "review it",
    Duty.DECIDER: "decide it",
    Duty.COUNSEL: "screen it as counsel",
    Duty.LEAD: "lead it",
    Duty.INVESTIGATOR: "investigate it",
}


@action(Permission.ASSIGN_DUTY, "duty.proposed")
def assign_user(lead: User, case: Case, *, email: str, duty: Duty) -> Assignment:
    """Propose a duty to a member; it begins when she accepts and declares no conflict."""
    user = db.session().scalar(User.by_email(email))
    if user is None or user.kind is not Kind.MEMBER or user.disabled_at:
        raise Refused("Enter the address of a member account that is not disabled.")
    if duty is Duty.LEAD:
        raise Refused("A case has one lead; hand over the lead instead.")
    return _propose(lead, case, user, duty)


@action(Permission.ASSIGN_DUTY, "duty.lead_handed_over")
def hand_over_lead(lead: User, case: Case, *, email: str) -> Assignment:
    """Make a working investigator the lead; the former lead stays as investigator."""
    user = db.session().scalar(User.by_email(email))
    held = [one for one in case.assignments if user is not None and one.user_id == user.id and one.is_working]
    if not any(one.duty is Duty.INVESTIGATOR for one in held):
        raise Refused("Enter the address of a working investigator of this case.")
    for one in case.assignments:
        if one.duty is Duty.LEAD and one.ended_at is None:
            _end(one, "handed over")
            db.session().add(_working(case, one.user, Duty.INVESTIGATOR, lead, one.declaration))
    for one in held:
        if one.duty is Duty.INVESTIGATOR:
            _end(one, "became lead")
    new = _working(case, held[0].user, Duty.LEAD, lead, held[0].declaration)
    db.session().add(new)
    return new


@action(Permission.ANSWER_DUTY, "duty.accepted")
def accept_duty(user: User, assignment: Assignment, *, declaration: str) -> None:
    """Accept, declaring no conflict of interest in one's own words; the wall is matched once more."""
    _must_wait(assignment)
    _must_combine(assignment.case, user, assignment.duty)
    wall.match_user(user)
    _must_not_be_walled(assignment.case, user)
    assignment.accepted_at, assignment.declaration = now(), declaration


@action(Permission.ANSWER_DUTY, "duty.declined")
def decline_duty(user: User, assignment: Assignment, *, reason: str) -> None:
    """Decline, for instance because there is a conflict; the reason need not tell what it is."""
    _must_wait(assignment)
    assignment.declined_at, assignment.end_reason = now(), reason


@action(Permission.ASSIGN_DUTY, "duty.ended")
def end_duty(lead: User, assignment: Assignment, *, reason: str) -> None:
    """End a duty from the next request on; that it was held stays readable."""
    if assignment.ended_at:
        raise Refused("This duty has ended already.")
    if assignment.duty is Duty.LEAD:
        raise Refused("Hand over the lead instead of ending it.")
    _end(assignment, reason)


@action(Permission.WAKE_DUTY, "duty.woken")
def wake_duty(waker: User, assignment: Assignment) -> None:
    """Let a duty work again that fell asleep when its account was reset."""
    if assignment.asleep_at is None or assignment.ended_at:
        raise Refused("This duty does not sleep.")
    assignment.asleep_at = None


@action(Permission.NAME_LEAD, "duty.lead_named")
def name_lead(namer: User, case: Case, *, email: str) -> Assignment:
    """Name a lead for a case whose lead is walled, disabled or gone; counsel and decider come before an administrator."""
    if namer.kind is Kind.ADMINISTRATOR and _able(case, {Duty.COUNSEL, Duty.DECIDER}):
        raise Refused("Counsel or the decider of this case names the new lead.")
    user = db.session().scalar(User.by_email(email))
    if user is None or user.kind is not Kind.MEMBER or not user.is_active:
        raise Refused("Enter the address of a member account that can sign in.")
    _must_combine(case, user, Duty.LEAD)
    for one in case.assignments:
        if one.duty is Duty.LEAD and one.ended_at is None:
            _end(one, "another lead was named")
    new = _propose(namer, case, user, Duty.LEAD)
    note(lead=user.uid)
    return new


@action(Permission.SETTLE_WALL, "wall.settled")
def settle_wall(settler: User, match: WallMatch, *, state: MatchState, reason: str) -> None:
    """Say whether the user is that person. Confirmed, she stays shut out; rejected, the wall comes down."""
    if match.state is not MatchState.OPEN and state is match.state:
        raise Refused("This was settled so already.")
    match.state, match.reason, match.settled_at, match.settled_by = state, reason, now(), settler


def _propose(by: User, case: Case, user: User, duty: Duty) -> Assignment:
    if any(
        one.user_id == user.id and one.duty is duty and (one.is_working or one.is_waiting) for one in case.assignments
    ):
        raise Refused("This member has, or was offered, that duty already.")
    _must_combine(case, user, duty)
    assignment = Assignment(case=case, user=user, duty=duty, by_id=by.id, proposed_at=now())
    db.session().add(assignment)
    db.session().flush()  # the wall looks at everybody with a duty, this one included
    wall.match_user(user)
    return assignment


def _must_wait(assignment: Assignment) -> None:
    if not assignment.is_waiting:
        raise Refused("This proposal was answered or withdrawn already.")


def _must_combine(case: Case, user: User, duty: Duty) -> None:
    """Lead and investigator do not review, screen or decide; the reviewer does not decide. History counts."""
    held = {one.duty for one in case.assignments if one.user_id == user.id and one.accepted_at}
    for one, other in (pair for left, right in APART for pair in ((left, right), (right, left))):
        if duty in one and held & other:
            had = sorted(held & other)[0]
            raise Refused(f"Whoever is or was to {SENTENCE[had]} cannot also {SENTENCE[duty]}; choose somebody else.")


def _must_not_be_walled(case: Case, user: User) -> None:
    if db.session().scalar(sa.select(WallMatch.standing(sa.literal(case.id), user.id))):
        raise Refused("This duty cannot begin; the lead has been told.")


def _working(case: Case, user: User, duty: Duty, by: User, declaration: str) -> Assignment:
    return Assignment(
        case=case, user=user, duty=duty, by_id=by.id, proposed_at=now(), accepted_at=now(), declaration=declaration
    )


def _end(assignment: Assignment, reason: str) -> None:
    assignment.ended_at, assignment.end_reason = now(), reason


def _able(case: Case, duties: set[Duty]) -> bool:
    return any(one.duty in duties and one.is_working and one.user.is_active for one in case.assignments)
