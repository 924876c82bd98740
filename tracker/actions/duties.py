"""Duties: the lead proposes, the other accepts and declares; who is outside the team is replaced with a reason.

A closed case keeps them: people come and go while it is kept, somebody must be able to read it, and its decider to
reopen it.
"""

from tracker import db, wall
from tracker.actions.combining import NEW_LINK, able, conflict, has_key_from_team, is_walled
from tracker.actions.required import must_say
from tracker.audit.doors import Refused, action, note, now
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.duties import Assignment, WallMatch
from tracker.models.words.accounts import Kind
from tracker.models.words.duties import Duty, MatchState
from tracker.policy import Permission
from tracker.policy.roles import OUTSIDE


@action(Permission.ASSIGN_DUTY, "duty.proposed", when_closed=True)
def assign_user(lead: User, case: Case, *, email: str, duty: Duty) -> Assignment:
    """Propose a duty to a member; it begins when she accepts and declares no conflict."""
    user = db.session().scalar(User.by_email(email))
    if user is None or user.kind is not Kind.MEMBER or user.disabled_at:
        raise Refused("Enter the email address of a member account that is not disabled.")
    if duty is Duty.LEAD:
        raise Refused("A case has only one lead investigator. Hand over the lead role instead.")
    if any(one.user_id == user.id and one.duty is duty and not one.is_over for one in case.assignments):
        raise Refused("This member already has this role, or an offer of it.")
    if sentence := conflict(case, user, duty):
        raise Refused(sentence)
    _must_be_free(case, duty)
    return _proposed(lead, case, user, duty)


@action(Permission.ASSIGN_DUTY, "duty.lead_handed_over", when_closed=True)
def hand_over_lead(lead: User, case: Case, *, email: str) -> Assignment:
    """Make a working investigator the lead; the former lead stays as investigator."""
    user = db.session().scalar(User.by_email(email))
    held = [one for one in case.assignments if user is not None and one.user_id == user.id and one.is_working]
    own = next((one for one in held if one.duty is Duty.INVESTIGATOR), None)
    if own is None or not own.user.is_active or is_walled(case, own.user):
        raise Refused("Enter the email address of an active investigator of this case.")
    for one in case.assignments:
        if one.duty is Duty.LEAD and one.ended_at is None:
            _end(one, "handed over")
            db.session().add(_working(case, one.user, Duty.INVESTIGATOR, lead, one.declaration))
    _end(own, "became lead")
    new = _working(case, own.user, Duty.LEAD, lead, own.declaration)
    db.session().add(new)
    note(lead=own.user.uid)
    return new


@action(Permission.ANSWER_DUTY, "duty.accepted", when_closed=True)
def accept_duty(user: User, assignment: Assignment, *, declaration: str) -> None:
    """Accept, declaring no conflict of interest in one's own words; the wall is matched once more."""
    _must_wait(assignment)
    must_say(declaration, "Enter your declaration that you have no conflict of interest, in your own words.")
    if sentence := conflict(assignment.case, user, assignment.duty):
        raise Refused(sentence)
    _must_be_free(assignment.case, assignment.duty)
    wall.match_user(user)
    if is_walled(assignment.case, user):
        raise Refused("This role cannot begin.")
    assignment.accepted_at, assignment.declaration = now(), declaration


@action(Permission.ANSWER_DUTY, "duty.declined", when_closed=True)
def decline_duty(user: User, assignment: Assignment, *, reason: str = "") -> None:
    """Decline, for instance because there is a conflict; the reason need not tell what it is."""
    _must_wait(assignment)
    assignment.declined_at, assignment.end_reason = now(), reason


@action(Permission.ASSIGN_DUTY, "duty.ended", when_closed=True)
def end_duty(lead: User, assignment: Assignment, *, reason: str) -> None:
    """End a duty from the next request on, or withdraw a proposal; that it was held stays readable."""
    _must_last(assignment)
    _must_tell(assignment, reason)
    _end(assignment, reason)


@action(Permission.ANSWER_DUTY, "duty.stepped_down", when_closed=True)
def step_down(user: User, assignment: Assignment, *, reason: str) -> None:
    """Give up one's own duty, for instance because a conflict has come up."""
    _must_last(assignment)
    if not assignment.accepted_at:
        raise Refused("Decline the offer instead.")
    _must_tell(assignment, reason)
    _end(assignment, reason)


@action(Permission.WAKE_DUTY, "duty.woken", when_closed=True)
def wake_duty(waker: User, assignment: Assignment) -> None:
    """Let a duty, or a proposal, work again that fell asleep when its account was reset or disabled."""
    if assignment.asleep_at is None or assignment.is_over:
        raise Refused("This role is not inactive.")
    if not assignment.user.is_active:
        raise Refused("This account cannot sign in yet. Reactivate the role when its owner has a new password.")
    if assignment.duty in OUTSIDE and has_key_from_team(assignment.case, assignment.user):
        raise Refused(f"A team member created the link to this account, so the role stays inactive. {NEW_LINK}")
    if sentence := conflict(assignment.case, assignment.user, assignment.duty):
        raise Refused(sentence)
    assignment.asleep_at = None


@action(Permission.NAME_LEAD, "duty.lead_named", when_closed=True)
def name_lead(namer: User, case: Case, *, email: str) -> Assignment:
    """Name a lead when there is none who can act; counsel and decider come before an administrator.

    An administrator sees the reference alone, so one sentence answers for every member who cannot lead.
    """
    if namer.kind is Kind.ADMINISTRATOR and able(case, {Duty.COUNSEL, Duty.DECIDER}):
        raise Refused("Counsel or the deciding official of this case must name the new lead.")
    user = db.session().scalar(User.by_email(email))
    if user is None or user.kind is not Kind.MEMBER or not user.is_active:
        raise Refused("Enter the email address of a member account that can sign in.")
    for one in case.assignments:
        if one.duty is Duty.LEAD and not one.is_over:
            _end(one, "another lead was named")
    new = _proposed(namer, case, user, Duty.LEAD)
    if conflict(case, user, Duty.LEAD) or is_walled(case, user):
        raise Refused("This member cannot lead this case. Name somebody else.")
    note(lead=user.uid)
    return new


@action(Permission.SETTLE_WALL, "wall.settled", when_closed=True)
def settle_wall(settler: User, match: WallMatch, *, state: MatchState, reason: str) -> None:
    """Say whether the user is that person. Confirmed, she stays shut out; rejected, the wall comes down."""
    if state is MatchState.OPEN:
        raise Refused("Choose whether it is the same person.")
    if state is match.state:
        raise Refused("This decision is already recorded.")
    match.state, match.reason, match.settled_at, match.settled_by = state, reason, now(), settler


def _proposed(by: User, case: Case, user: User, duty: Duty) -> Assignment:
    assignment = Assignment(case=case, user=user, duty=duty, by_id=by.id, proposed_at=now())
    db.session().add(assignment)
    db.session().flush()  # the wall looks at everybody with a duty, this one included
    wall.match_user(user)
    return assignment


def _must_be_free(case: Case, duty: Duty) -> None:
    """One reviewer, one counsel, one decider: a second one beside the first would be a replacement without a reason."""
    held = next((one for one in case.assignments if one.duty is duty and one.accepted_at and not one.is_over), None)
    if duty in OUTSIDE and held is not None:
        raise Refused(f"{held.user.name} has this role. End that assignment first, with the reason.")


def _must_wait(assignment: Assignment) -> None:
    if not assignment.is_waiting:
        raise Refused("This offer was already answered or withdrawn.")
    if assignment.asleep_at:
        raise Refused("This offer is inactive since your account was reset. Ask the lead to reactivate it.")


def _must_last(assignment: Assignment) -> None:
    if assignment.is_over:
        raise Refused("This assignment has already ended.")
    if assignment.duty is Duty.LEAD:
        raise Refused("Hand over the lead role instead of ending the assignment.")


def _must_tell(assignment: Assignment, reason: str) -> None:
    """Why a reviewer, counsel or decider leaves is printed, whoever ends the duty."""
    if assignment.duty in OUTSIDE and assignment.accepted_at:
        must_say(reason, "Enter the reason. It is printed on the closing memo.")


def _working(case: Case, user: User, duty: Duty, by: User, declaration: str) -> Assignment:
    return Assignment(
        case=case, user=user, duty=duty, by_id=by.id, proposed_at=now(), accepted_at=now(), declaration=declaration
    )


def _end(assignment: Assignment, reason: str) -> None:
    assignment.ended_at, assignment.end_reason = now(), reason
