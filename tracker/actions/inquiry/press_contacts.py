"""Contacts with whoever published: that two people spoke says nothing of what they said, unless that is known."""

from typing import Any

from tracker.actions.checks import must_be_correctable, must_be_fair, must_belong, must_have_been, must_say
from tracker.analysis.letters import says
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, action, now
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.register.accounts import Account
from tracker.models.words import Answer
from tracker.policy import Permission


@action(Permission.RECORD_PRESS_CONTACT, "press_contact.recorded")
def record_press_contact(investigator: Account, case: Case, *, person: Person, **facts: Any) -> PressContact:
    """Write down one contact; facts: with_whom, at, minutes, channel, basis, content_known, content, explanation."""
    return _add(investigator, case, person=person, **facts)


@action(Permission.RECORD_PRESS_CONTACT, "press_contact.corrected")
def correct_press_contact(
    investigator: Account, press_contact: PressContact, *, why_corrected: str, **facts: Any
) -> PressContact:
    """Say it anew in a row that names this one, with the reason; this one stays readable, struck through."""
    must_be_correctable(press_contact, why_corrected)
    return _add(investigator, press_contact.case, corrects=press_contact, why_corrected=why_corrected, **facts)


def _add(
    investigator: Account,
    case: Case,
    *,
    person: Person,
    with_whom: str,
    at: Moment,
    content_known: Answer,
    content: str = "",
    **about: Any,
) -> PressContact:
    must_belong(case, person)
    must_be_fair(with_whom)
    must_have_been(at, "The time of contact", "at")
    if content_known is Answer.YES:
        must_say(content, "Enter what was said, or choose that the content is not known.", "content")
    elif says(content):
        raise Refused("Leave the content empty, or choose that it is known what was said.")
    case.press_contacts_numbered += 1
    contact = PressContact(
        case=case, number=case.press_contacts_numbered, person=person, with_whom=with_whom, at=at,
        content_known=content_known, content=content, by=investigator, recorded=now(), **about,
    )  # fmt: skip
    db.session().add(contact)
    return contact
