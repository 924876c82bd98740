"""Contacts with whoever published: the list, one contact, writing one down, correcting one."""

from typing import Any

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload
from wtforms import IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional

from tracker import db
from tracker.actions import contacts as actions
from tracker.exports.columns import instant, label, moment, plain, plains, text, texts
from tracker.fields import Line, Text, WordField, needed
from tracker.guard import Area
from tracker.models.cases import Case
from tracker.models.contacts import Contact
from tracker.models.people import Person
from tracker.models.words import Answer
from tracker.models.words.contacts import Basis
from tracker.moment_field import MomentField
from tracker.policy import Permission
from tracker.rendering import page
from tracker.views.occurrences import AboutPersonFilter, AboutPersonForm, WhyCorrected
from tracker.web.lists import Tab, register

area = Area("contacts", __name__)
SHOWN = ("with_whom", "at", "minutes", "channel", "basis", "content_known", "content", "explanation", "source")
LONGEST = 527_040  # minutes in a year: more is no contact


class ContactFilter(AboutPersonFilter):
    """Narrow the list of contacts."""

    model, lasting = Contact, True
    searched = (Contact.with_whom, Contact.content, Contact.explanation, Contact.source)
    q = Line("Words in the contact")
    basis = WordField("Basis", Basis, empty="Any")
    content_known = WordField("Content known", Answer, empty="Any")
    state = SelectField(
        "Records",
        default="",
        choices=[SelectChoice("", "All"), SelectChoice("uncorrected", "Without corrected records")],
    )

    def by_state(self, select: Any, _state: str) -> Any:
        """Leave out what a later row corrects."""
        return select.where(_standing())


def _standing() -> Any:
    newer = sa.orm.aliased(Contact)
    return ~sa.exists().where(newer.corrects_id == Contact.id)


class ContactForm(AboutPersonForm):
    """One contact of a person with somebody outside."""

    with_whom = Line(
        "Contact with", [needed("Enter an outlet or a post.")], longest=200,
        description="An outlet or a post, not a name. For example, a journalist at The Courier.",
    )  # fmt: skip
    at = MomentField("Time of contact", required=True)
    minutes = IntegerField(
        "Length in minutes", [Optional(), NumberRange(0, LONGEST, f"Enter whole minutes, 0 to {LONGEST:,}.")],
        description="Leave empty if unknown.",
    )  # fmt: skip
    channel = Line("Channel", longest=80, description="For example: telephone, message or meeting.")
    basis = WordField(
        "Basis", Basis, empty="Choose", validators=[needed("Choose how the contact became known.")],
        description="How the contact became known. Declining to give a record is not evidence.",
    )  # fmt: skip
    content_known = WordField("Is it known what was said?", Answer, default=Answer.UNKNOWN)
    content = Text("Content", description="What was said, only if it is known.")
    explanation = Text("Person's explanation")
    source = Line("Source", description="For example: a bill, an exhibit or an interview.")


class CorrectionForm(WhyCorrected, ContactForm):
    """The same contact as it should read, and why."""


register(
    area, Contact, "contacts",
    tab=Tab.INQUIRY, title="Press contacts", noun="press contact", filter=ContactFilter,
    sorts={"number": Contact.number, "at": Contact.__table__.c.at_earliest}, sort="at", template="contacts/list.html",
    load=(joinedload(Contact.person), selectinload(Contact.corrected_by)),
    columns=(
        plain("number", Contact.number),
        label("person", "people", Contact.person_id),
        text("with_whom", Contact.with_whom),
        moment("at", Contact),
        plain("minutes", Contact.minutes),
        text("channel", Contact.channel),
        *plains(Contact.basis, Contact.content_known),
        *texts(Contact.content, Contact.explanation, Contact.source),
        label("corrects", "corrected_contacts", Contact.corrects_id),
        text("why_corrected", Contact.why_corrected),
        label("by", "accounts", Contact.by_id),
        instant("recorded", Contact.recorded),
    ),
)  # fmt: skip


def first_contacts(person: Person, most: int) -> list[Contact]:
    """The first contacts of a person that stand, and one more."""
    columns: Any = Contact
    rows = Contact.of(person.case).where(Contact.person_id == person.id, _standing())
    return list(db.session().scalars(rows.order_by(columns.at_earliest, Contact.id).limit(most + 1)))


@area.form("/cases/<ref:case>/contacts/new", needs=Permission.RECORD_CONTACT, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Write down one contact."""
    form = ContactForm(case, data={"person": request.args.get("person")})
    return form.takes(actions.record_contact, case, "contacts/new.html")


@area.route("/cases/<ref:case>/contacts/<number:number>", needs=Permission.READ_CASE, of=Contact)
def show(contact: Contact) -> ResponseReturnValue:
    """One contact."""
    return page("contacts/show.html", contact=contact)


@area.form("/cases/<ref:case>/contacts/<number:number>/correct", needs=Permission.RECORD_CONTACT, of=Contact)
def correct(contact: Contact) -> ResponseReturnValue:
    """Say it anew; the old row stays readable, struck through."""
    shown = {name: getattr(contact, name) for name in SHOWN} | {"person": contact.person.pseudonym}
    return CorrectionForm(contact.case, data=shown).takes(actions.correct_contact, contact, "contacts/correct.html")
