"""Subject status: the lead proposes, counsel signs, and it lapses. Nobody becomes a subject in any other way."""

import sqlalchemy as sa

from tracker.actions.checks import add_numbered, must_be_available, must_say
from tracker.audit.doors import Refused, action, note, now, seal
from tracker.base import db
from tracker.gates.evidence import damage
from tracker.models.access.people import Person
from tracker.models.findings.subject_status import LASTS, SubjectStatus
from tracker.models.findings.words import Bearing
from tracker.models.inquiry.file_alarms import alarms_in
from tracker.models.register.accounts import Account
from tracker.policy import Permission

ACCESS_ALONE = (
    "Access alone makes nobody a subject. Cite a sealed interview, an exhibit, or a press contact whose content is "
    "known. It must support the allegation. Withdrawn or corrected evidence does not count."
)


@action(Permission.PROPOSE_SUBJECT_STATUS, "subject_status.proposed")
def propose_subject_status(
    lead: Account, person: Person, *, allegation: str, alternatives: str, notice_plan: str
) -> SubjectStatus:
    """Propose that a person becomes a subject: what is alleged, what else it could be, how the person will be told."""
    must_be_available(person.case)
    for text, missing in (
        (allegation, "Enter the exact allegation."),
        (alternatives, "Enter what else could explain the evidence."),
        (notice_plan, "Enter when and how the person will be told."),
    ):
        must_say(text, missing)
    waiting = sa.select(SubjectStatus.number).where(
        SubjectStatus.person_id == person.id, SubjectStatus.signed_at.is_(None), SubjectStatus.ended_at.is_(None)
    )
    if (known := db.session().scalar(waiting)) is not None:
        raise Refused(f"Subject status {known} of {person.pseudonym} is already proposed. Withdraw it first.")
    return add_numbered(
        SubjectStatus, person=person, allegation=allegation, alternatives=alternatives, notice_plan=notice_plan,
        by=lead,
    )  # fmt: skip


@action(Permission.SIGN_SUBJECT_STATUS, "subject_status.signed")
def sign_subject_status(counsel: Account, subject_status: SubjectStatus, *, text_sha256: str) -> None:
    """The second signature, for exactly the text and the citations that counsel was shown; for thirty days."""
    must_be_available(subject_status.case)
    if subject_status.is_sealed:
        raise Refused("This subject status is already signed.")
    if subject_status.ended_at is not None:
        raise Refused("This proposal was ended. The lead investigator must propose subject status again.")
    if text_sha256 != subject_status.text_sha256:
        raise Refused("The proposal or its evidence has changed since you opened it. Read the current text below.")
    if not any(one.carries and one.bearing is Bearing.SUPPORTS for one in subject_status.citations):
        raise Refused(ACCESS_ALONE)
    if damaged := damage(subject_status.citations, alarms_in(subject_status.case)):
        raise Refused(damaged)
    moment = now()
    subject_status.signed_by, subject_status.signed_at, subject_status.until = counsel, moment, moment + LASTS
    note(text_sha256=text_sha256)
    seal(subject_status)


@action(Permission.END_SUBJECT_STATUS, "subject_status.ended")
def end_subject_status(signer: Account, subject_status: SubjectStatus, *, reason: str) -> None:
    """Either of the two ends it before it lapses, takes the proposal back or declines it; it stays readable."""
    if (state := subject_status.state_at(now())) in {"ended", "lapsed"}:
        raise Refused(f"This subject status has already {state}.")
    must_say(reason, "Enter the reason.", "reason")
    subject_status.ended_at, subject_status.ended_by, subject_status.why_ended = now(), signer, reason
