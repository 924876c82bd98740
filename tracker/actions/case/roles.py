"""Roles: the lead proposes, the other accepts and declares; who is outside the team is replaced with a reason.

A closed case keeps them: people come and go while it is kept, somebody must be able to read it, and its deciding
official to reopen it.
"""

from tracker.actions.access import recusal
from tracker.actions.case.role_conflicts import NEW_LINK, can_act, conflict, has_key_from_team
from tracker.actions.checks import must_say, next_number
from tracker.audit.doors import Refused, action, note, now
from tracker.base import db
from tracker.models.case.assignments import Assignment, RecusalMatch
from tracker.models.case.cases import Case
from tracker.models.case.staffing import is_recused
from tracker.models.case.words import MatchState, Role
from tracker.models.register.accounts import Account
from tracker.models.register.words import Kind
from tracker.policy import Permission
from tracker.policy.roles import OUTSIDE


@action(Permission.OFFER_ROLE, "role.offered", when_closed=True)
def offer_role(lead: Account, case: Case, *, email: str, role: Role) -> Assignment:
    """Propose a role to a member; it begins when they accept and declare no conflict."""
    account = db.session().scalar(Account.by_email(email))
    if account is None or account.kind is not Kind.MEMBER or account.disabled_at:
        raise Refused("Enter the email address of a member account that is not disabled.")
    if role is Role.LEAD:
        raise Refused("A case has only one lead investigator. Hand over the lead role instead.")
    if any(one.account_id == account.id and one.role is role and not one.is_over for one in case.assignments):
        raise Refused("This member already has this role, or an offer of it.")
    if sentence := conflict(case, account, role):
        raise Refused(sentence)
    _must_be_free(case, role)
    return _offer(lead, case, account, role)


@action(Permission.OFFER_ROLE, "lead.handed_over", when_closed=True)
def hand_over_lead(lead: Account, case: Case, *, email: str) -> Assignment:
    """Make a working investigator the lead; the former lead stays as investigator."""
    account = db.session().scalar(Account.by_email(email))
    held = [one for one in case.assignments if account is not None and one.account_id == account.id and one.is_working]
    own = next((one for one in held if one.role is Role.INVESTIGATOR), None)
    if own is None or not own.account.is_active or is_recused(own.account, case):
        raise Refused("Enter the email address of an active investigator of this case.")
    for one in case.assignments:
        if one.role is Role.LEAD and one.ended_at is None:
            _end(one, "handed over")
            db.session().add(_begin(case, one.account, Role.INVESTIGATOR, lead, one.declaration))
    _end(own, "became lead")
    new = _begin(case, own.account, Role.LEAD, lead, own.declaration)
    db.session().add(new)
    note(lead=own.account.uid)
    return new


@action(Permission.ANSWER_OFFER, "role.accepted", when_closed=True)
def accept_role(account: Account, assignment: Assignment, *, declaration: str) -> None:
    """Accept, declaring no conflict of interest in one's own words; the recusal is matched once more."""
    _must_wait(assignment)
    must_say(
        declaration, "Enter your declaration that you have no conflict of interest, in your own words.", "declaration"
    )
    if sentence := conflict(assignment.case, account, assignment.role):
        raise Refused(sentence)
    _must_be_free(assignment.case, assignment.role)
    recusal.match_account(account)
    if is_recused(account, assignment.case):
        raise Refused("This role cannot begin.")
    assignment.accepted_at, assignment.declaration = now(), declaration


@action(Permission.ANSWER_OFFER, "role.declined", when_closed=True)
def decline_role(account: Account, assignment: Assignment, *, reason: str = "") -> None:
    """Decline, for instance because there is a conflict; the reason need not tell what it is."""
    _must_wait(assignment)
    assignment.declined_at, assignment.end_reason = now(), reason


@action(Permission.OFFER_ROLE, "assignment.ended", when_closed=True)
def end_assignment(lead: Account, assignment: Assignment, *, reason: str) -> None:
    """End a role from the next request on, or withdraw a proposal; that it was held stays readable."""
    _must_last(assignment)
    _must_tell(assignment, reason)
    _end(assignment, reason)


@action(Permission.ANSWER_OFFER, "assignment.left", when_closed=True)
def step_down(account: Account, assignment: Assignment, *, reason: str) -> None:
    """Give up one's own role, for instance because a conflict has come up."""
    _must_last(assignment)
    if not assignment.accepted_at:
        raise Refused("Decline the offer instead.")
    _must_tell(assignment, reason)
    _end(assignment, reason)


@action(Permission.REACTIVATE_ROLE, "assignment.reactivated", when_closed=True)
def reactivate_role(waker: Account, assignment: Assignment) -> None:
    """Let a role, or a proposal, work again that became inactive when its account was reset or disabled."""
    if assignment.inactive_since is None or assignment.is_over:
        raise Refused("This role is not inactive.")
    if not assignment.account.is_active:
        raise Refused("This account cannot sign in yet. Reactivate the role when its owner has a new password.")
    if assignment.role in OUTSIDE and has_key_from_team(assignment.case, assignment.account):
        raise Refused(f"A team member created the link to this account, so the role stays inactive. {NEW_LINK}")
    if sentence := conflict(assignment.case, assignment.account, assignment.role):
        raise Refused(sentence)
    assignment.inactive_since = None


@action(Permission.NAME_LEAD, "lead.named", when_closed=True)
def name_lead(namer: Account, case: Case, *, email: str) -> Assignment:
    """Name a lead when there is none who can act; counsel and deciding official come before an administrator.

    An administrator sees the reference alone, so one sentence answers for every member who cannot lead.
    """
    if namer.kind is Kind.ADMINISTRATOR and can_act(case, {Role.COUNSEL, Role.DECIDING_OFFICIAL}):
        raise Refused("Counsel or the deciding official of this case must name the new lead.")
    account = db.session().scalar(Account.by_email(email))
    if account is None or account.kind is not Kind.MEMBER or not account.is_active:
        raise Refused("Enter the email address of a member account that can sign in.")
    for one in case.assignments:
        if one.role is Role.LEAD and not one.is_over:
            _end(one, "another lead was named")
    new = _offer(namer, case, account, Role.LEAD)
    if conflict(case, account, Role.LEAD) or is_recused(account, case):
        raise Refused("This member cannot lead this case. Name somebody else.")
    note(lead=account.uid)
    return new


@action(Permission.SETTLE_RECUSAL, "recusal.settled", when_closed=True)
def settle_recusal(settler: Account, match: RecusalMatch, *, state: MatchState, reason: str) -> None:
    """Say whether the account is that person. Confirmed, the account stays recused; rejected, the recusal ends."""
    if state is MatchState.OPEN:
        raise Refused("Choose whether it is the same person.")
    if state is match.state:
        raise Refused("This decision is already recorded.")
    recusal.settle(match, state, reason, settler)


def _offer(by: Account, case: Case, account: Account, role: Role) -> Assignment:
    number = next_number(Assignment, case_id=case.id)
    assignment = Assignment(case=case, number=number, account=account, role=role, by_id=by.id, proposed_at=now())
    db.session().add(assignment)
    db.session().flush()  # the recusal looks at everybody with a role, this one included
    recusal.match_account(account)
    return assignment


def _must_be_free(case: Case, role: Role) -> None:
    """One reviewer, one counsel, one deciding official: a second beside it would be a replacement without a reason."""
    held = next((one for one in case.assignments if one.role is role and one.accepted_at and not one.is_over), None)
    if role in OUTSIDE and held is not None:
        raise Refused(f"{held.account.name} has this role. End that assignment first, with the reason.")


def _must_wait(assignment: Assignment) -> None:
    if not assignment.is_waiting:
        raise Refused("This offer was already answered or withdrawn.")
    if assignment.inactive_since:
        raise Refused("This offer is inactive since your account was reset. Ask the lead to reactivate it.")


def _must_last(assignment: Assignment) -> None:
    if assignment.is_over:
        raise Refused("This assignment has already ended.")
    if assignment.role is Role.LEAD:
        raise Refused("Hand over the lead role instead of ending the assignment.")


def _must_tell(assignment: Assignment, reason: str) -> None:
    """Why a reviewer, counsel or deciding official leaves is printed, whoever ends the role."""
    if assignment.role in OUTSIDE and assignment.accepted_at:
        must_say(reason, "Enter the reason. It is printed on the closing memo.", "reason")


def _begin(case: Case, account: Account, role: Role, by: Account, declaration: str) -> Assignment:
    about = {"by_id": by.id, "proposed_at": now(), "accepted_at": now(), "declaration": declaration}
    return Assignment(case=case, number=next_number(Assignment, case_id=case.id), account=account, role=role, **about)


def _end(assignment: Assignment, reason: str) -> None:
    assignment.ended_at, assignment.end_reason = now(), reason
