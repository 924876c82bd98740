"""Designations: the lead proposes, counsel signs, and it lapses. Nobody becomes a subject in any other way."""

import sqlalchemy as sa

from tracker import db
from tracker.actions.exposures import must_be_screened
from tracker.actions.numbering import add_numbered
from tracker.actions.required import must_say
from tracker.audit.doors import Refused, action, note, now, seal
from tracker.gates.evidence import damage
from tracker.models.accounts import User
from tracker.models.designations import LASTS, Designation
from tracker.models.hashing import alarms_in
from tracker.models.people import Person
from tracker.models.words.citations import Bearing
from tracker.policy import Permission

ACCESS_ALONE = (
    "Access alone makes nobody a subject. Cite a sealed interview, an exhibit, or a press contact whose content is "
    "known. It must support the allegation. Withdrawn or corrected evidence does not count."
)


@action(Permission.DESIGNATE_SUBJECT, "designation.proposed")
def propose_designation(
    lead: User, person: Person, *, allegation: str, alternatives: str, notice_plan: str
) -> Designation:
    """Propose that a person becomes a subject: what is alleged, what else it could be, how the person will be told."""
    must_be_screened(person.case)
    for text, missing in (
        (allegation, "Enter the exact allegation."),
        (alternatives, "Enter what else could explain the evidence."),
        (notice_plan, "Enter when and how the person will be told."),
    ):
        must_say(text, missing)
    waiting = sa.select(Designation.number).where(
        Designation.person_id == person.id, Designation.signed_at.is_(None), Designation.ended_at.is_(None)
    )
    if (known := db.session().scalar(waiting)) is not None:
        raise Refused(f"Subject status {known} of {person.pseudonym} is already proposed. Withdraw it first.")
    return add_numbered(
        Designation, person=person, allegation=allegation, alternatives=alternatives, notice_plan=notice_plan, by=lead,
        at=now(),
    )  # fmt: skip


@action(Permission.SIGN_DESIGNATION, "designation.signed")
def sign_designation(counsel: User, designation: Designation, *, text_sha256: str) -> None:
    """The second signature, for exactly the text and the citations that counsel was shown; for thirty days."""
    must_be_screened(designation.case)
    if designation.is_sealed:
        raise Refused("This subject status is already signed.")
    if designation.ended_at is not None:
        raise Refused("This proposal was ended. The lead investigator must propose subject status again.")
    if text_sha256 != designation.text_sha256:
        raise Refused("The proposal or its evidence has changed since you opened it. Read the current text below.")
    if not any(one.carries and one.bearing is Bearing.SUPPORTS for one in designation.citations):
        raise Refused(ACCESS_ALONE)
    if damaged := damage(designation.citations, alarms_in(designation.case)):
        raise Refused(damaged)
    moment = now()
    designation.signed_by, designation.signed_at, designation.until = counsel, moment, moment + LASTS
    note(text_sha256=text_sha256)
    seal(designation)


@action(Permission.END_DESIGNATION, "designation.ended")
def end_designation(signer: User, designation: Designation, *, reason: str) -> None:
    """Either of the two ends it before it lapses, takes the proposal back or declines it; it stays readable."""
    if (state := designation.state_at(now())) in {"ended", "lapsed"}:
        raise Refused(f"This subject status has already {state}.")
    must_say(reason, "Enter the reason.")
    designation.ended_at, designation.ended_by, designation.why_ended = now(), signer, reason
