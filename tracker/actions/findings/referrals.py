"""Referrals: handing the case, or a part of it, to another authority, and what came of it."""

from tracker.actions.checks import add_numbered, change, is_before, must_have_been, must_say
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, action
from tracker.models.case.cases import Case
from tracker.models.findings.referrals import Referral
from tracker.models.register.accounts import Account
from tracker.policy import Permission

TO = "Enter the authority to which the case is referred."


@action(Permission.REFER_CASE, "referral.recorded")
def record_referral(who: Account, case: Case, *, to: str, sent: Moment, reason: str, reference: str = "") -> Referral:
    """Record to whom the case was referred, when, why, and under which reference of theirs."""
    _must_fit(to, sent, reason)
    about = {"to": to, "reference": reference, "sent": sent, "reason": reason, "resulted": Moment.of()}
    return add_numbered(Referral, case=case, by=who, **about)


@action(Permission.REFER_CASE, "referral.changed", edits=True)
def edit_referral(who: Account, referral: Referral, *, to: str, sent: Moment, reason: str, reference: str) -> None:
    """Change what is said of a referral; old values stay in the audit log."""
    _must_fit(to, sent, reason)
    change(referral, to=to, reference=reference, sent=sent, reason=reason)


@action(Permission.REFER_CASE, "referral.answered", edits=True, when_closed=True)
def record_referral_result(who: Account, referral: Referral, *, result: str, resulted: Moment) -> None:
    """Record what came of it; that may come when the case is long closed, and may be corrected."""
    must_say(result, "Enter the result. If there was no answer, say so.", "result")
    must_have_been(resulted, "The time of the result", "resulted")
    if is_before(resulted, referral.sent):
        raise Refused("The result cannot have come before the referral was sent. Correct the time.", "resulted")
    change(referral, result=result, resulted=resulted)


def _must_fit(to: str, sent: Moment, reason: str) -> None:
    must_say(to, TO, "to")
    must_say(reason, "Enter the reason for the referral.", "reason")
    must_have_been(sent, "The time sent", "sent")
