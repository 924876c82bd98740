"""Identifiers of a person: what systems call them, added and removed."""

from flask import request
from flask.typing import ResponseReturnValue

from tracker.actions.access import people as actions
from tracker.analysis.identifiers.written import LONGEST
from tracker.audit.doors import Refused
from tracker.models.access.people import Identifier, Person
from tracker.models.access.words import IdentifierKind
from tracker.policy import Permission
from tracker.views.access.people import sign, to_person
from tracker.web.fields import ShortText, WordField, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area, me
from tracker.web.places import to

area = Area("identifiers", __name__)
PERSON = "/cases/<ref:case>/people/<number:number>"


class IdentifierForm(RecordForm):
    """What one system calls a person."""

    kind = WordField("Kind", IdentifierKind, empty="Choose", validators=[needed("Choose the kind of identifier.")])
    value = ShortText(
        "Identifier", [needed("Enter the identifier as the access logs write it.")], longest=LONGEST,
        description="As the access logs write it. Capitals make no difference.", render_kw={"autocomplete": "off"},
    )  # fmt: skip


@area.form(f"{PERSON}/identifiers/new", needs=Permission.RECORD_PERSON, of=Person)
def new(person: Person) -> ResponseReturnValue:
    """Say what one system calls a person."""
    return IdentifierForm().takes(
        actions.add_identifier,
        person,
        "access/people/identify.html",
        to=lambda identifier: to_person(identifier.person),
    )


@area.post(f"{PERSON}/identifiers/<number:identifier>/remove", needs=Permission.RECORD_PERSON, of=Identifier)
def remove(identifier: Identifier) -> ResponseReturnValue:
    """Take away an identifier that was added by mistake."""
    person = identifier.person
    if request.form.get("known") != sign(identifier.id):
        raise Refused("The identifiers of this person have changed. Reload the page, then remove the identifier.")
    actions.remove_identifier(me(), identifier)
    return to(person)
