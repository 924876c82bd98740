"""Exposure is read, never changed; but who read it, and when, is evidence in its own right."""

from tracker.audit.doors import Refused, action
from tracker.gates import shut_for_persons
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.claims import Claim
from tracker.models.disclosures import Disclosure
from tracker.policy import Permission


@action(Permission.READ_EXPOSURE, "exposure.read", changes=False)
def read_exposure(reader: User, subject: Disclosure | Claim) -> None:
    """Note that somebody opens the answer; while the protected-disclosure screen blocks it, nobody does."""
    must_be_screened(subject.case)


def must_be_screened(case: Case) -> None:
    """Refuse an answer about a person while the protected-disclosure screen is shut."""
    if sentence := shut_for_persons(case):
        raise Refused(sentence)
