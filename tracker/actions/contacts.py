"""Contacts with whoever published: that two people spoke says nothing of what they said, unless that is known."""

from typing import Any

from tracker import db
from tracker.actions.accesses import must_be_newest
from tracker.actions.belonging import must_belong
from tracker.actions.fairness import must_be_fair
from tracker.actions.numbering import next_number
from tracker.actions.required import must_say
from tracker.actions.times import must_have_been
from tracker.analysis.letters import says
from tracker.analysis.moments import Moment
from tracker.audit.doors import Refused, action, now
from tracker.models.accounts import User
from tracker.models.cases import Case
from tracker.models.contacts import Contact
from tracker.models.people import Person
from tracker.models.words import Answer
from tracker.policy import Permission


@action(Permission.RECORD_CONTACT, "contact.recorded")
def record_contact(investigator: User, case: Case, *, person: Person, **facts: Any) -> Contact:
    """Write down one contact; facts: with_whom, at, minutes, channel, basis, content_known, content, explanation."""
    return _add(investigator, case, person=person, **facts)


@action(Permission.RECORD_CONTACT, "contact.corrected")
def correct_contact(investigator: User, contact: Contact, *, why_corrected: str, **facts: Any) -> Contact:
    """Say it anew in a row that names this one, with the reason; this one stays readable, struck through."""
    must_be_newest(contact)
    must_say(why_corrected, "Say why the row is corrected.")
    return _add(investigator, contact.case, corrects=contact, why_corrected=why_corrected, **facts)


def _add(
    investigator: User,
    case: Case,
    *,
    person: Person,
    with_whom: str,
    at: Moment,
    content_known: Answer,
    content: str = "",
    **about: Any,
) -> Contact:
    must_belong(case, person)
    must_be_fair(with_whom)
    must_have_been(at, "When they spoke")
    if content_known is Answer.YES:
        must_say(content, "Write down what was said, or do not say that it is known.")
    elif says(content):
        raise Refused("Write down what was said only if that is known: that two people spoke does not tell it.")
    contact = Contact(
        case=case, number=next_number(Contact, case_id=case.id), person=person, with_whom=with_whom, at=at,
        content_known=content_known, content=content, by=investigator, recorded=now(), **about,
    )  # fmt: skip
    db.session().add(contact)
    return contact
