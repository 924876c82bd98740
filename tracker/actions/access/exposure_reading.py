"""Exposure is read, never changed; but who read it, and when, is evidence in its own right."""

from tracker.audit.doors import Refused, action
from tracker.gates import withheld_reason
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.READ_EXPOSURE, "exposure.read", changes=False)
def read_exposure(reader: Account, subject: Disclosure | Claim) -> None:
    """Note that somebody opens the answer; while the protected-disclosure check blocks it, nobody does."""
    must_be_available(subject.case)


def must_be_available(case: Case) -> None:
    """Refuse an answer about a person while the protected-disclosure check is shut."""
    if sentence := withheld_reason(case):
        raise Refused(sentence)
