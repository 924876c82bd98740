"""Identifiers of a person: what systems call them, added and removed."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import people as actions
from tracker.analysis.identifiers import LONGEST
from tracker.fields import Line, WordField, needed
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.models.people import Identifier, Person
from tracker.models.words.people import IdentifierKind
from tracker.policy import Permission
from tracker.rendering import page
from tracker.views.people import to_person

area = Area("identifiers", __name__)
PERSON = "/cases/<ref:case>/people/<number:number>"


class IdentifierForm(RecordForm):
    """What one system calls a person."""

    kind = WordField("Kind", IdentifierKind, empty="Choose", validators=[needed("Choose the kind of identifier.")])
    value = Line(
        "Identifier", [needed("Enter the identifier as the access logs write it.")], longest=LONGEST,
        description="As the access logs write it. Capitals make no difference.", render_kw={"autocomplete": "off"},
    )  # fmt: skip


@area.form(f"{PERSON}/identifiers/new", needs=Permission.RECORD_PERSON, of=Person)
def new(person: Person) -> ResponseReturnValue:
    """Say what one system calls a person."""
    form = IdentifierForm()
    if form.validate_on_submit():
        with form.conflicts():
            actions.add_identifier(me(), person, **form.values())
            return to_person(person)
    return page("people/identify.html", form=form, case=person.case, person=person)


@area.post(f"{PERSON}/identifiers/<number:identifier>/remove", needs=Permission.RECORD_PERSON, of=Identifier)
def remove(identifier: Identifier) -> ResponseReturnValue:
    """Take away an identifier that was added by mistake."""
    person = identifier.person
    actions.remove_identifier(me(), identifier)
    return redirect(url_for("people.show", case=person.case.reference, number=person.number), 303)
