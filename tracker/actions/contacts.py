"""Contacts with whoever published: that two people spoke says nothing of what they said, unless that is known."""

from typing import Any

from tracker.actions.accesses import must_be_newest
from tracker.actions.belonging import must_belong
from tracker.actions.fairness import must_be_fair
from tracker.actions.numbering import add_numbered
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
    must_say(why_corrected, "Enter the reason for the correction.")
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
    must_have_been(at, "The time of contact")
    if content_known is Answer.YES:
        must_say(content, "Enter what was said, or choose that the content is not known.")
    elif says(content):
        raise Refused("Leave the content empty, or choose that it is known what was said.")
    return add_numbered(
        Contact, case=case, person=person, with_whom=with_whom, at=at, content_known=content_known, content=content,
        by=investigator, recorded=now(), **about,
    )  # fmt: skip
