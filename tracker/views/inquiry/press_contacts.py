"""Contacts with whoever published: the list, one contact, writing one down, correcting one."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from tracker.actions.inquiry import press_contacts as actions
from tracker.base import db
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.inquiry.words import Basis
from tracker.models.words import Answer
from tracker.policy import Permission
from tracker.views.access.occurrence_forms import AboutPersonForm, CorrectedFilter, WhyCorrected
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.guard import Area
from tracker.web.lists import Tab, register
from tracker.web.moment_field import MomentField
from tracker.web.rendering import page

area = Area("press_contacts", __name__)
SHOWN = ("with_whom", "at", "minutes", "channel", "basis", "content_known", "content", "explanation", "source")
LONGEST = 527_040  # minutes in a year: more is no contact


class PressContactFilter(CorrectedFilter):
    """Narrow the list of contacts."""

    model = PressContact
    searched = (PressContact.with_whom, PressContact.content, PressContact.explanation, PressContact.source)
    q = ShortText("Words in the contact")
    basis = WordField("Basis", Basis, empty="Any")
    content_known = WordField("Content known", Answer, empty="Any")


class PressContactForm(AboutPersonForm):
    """One contact of a person with somebody outside."""

    with_whom = ShortText(
        "Contact with", [needed("Enter an outlet or a post.")], longest=200,
        description="An outlet or a post, not a name. For example, a journalist at The Courier.",
    )  # fmt: skip
    at = MomentField("Time of contact", required=True)
    minutes = IntegerField(
        "Length in minutes", [Optional(), NumberRange(0, LONGEST, f"Enter whole minutes, 0 to {LONGEST:,}.")],
        description="Leave empty if unknown.",
    )  # fmt: skip
    channel = ShortText("Channel", longest=80, description="For example: telephone, message or meeting.")
    basis = WordField(
        "Basis", Basis, empty="Choose", validators=[needed("Choose how the contact became known.")],
        description="How the contact became known. Declining to give a record is not evidence.",
    )  # fmt: skip
    content_known = WordField("Is it known what was said?", Answer, default=Answer.UNKNOWN)
    content = LongText("Content", description="What was said. Needed if it is known.")
    explanation = LongText("Person's explanation")
    source = ShortText("Source", description="For example: a bill, an exhibit or an interview.")


class CorrectionForm(WhyCorrected, PressContactForm):
    """The same contact as it should read, and why."""


register(
    area, PressContact, "press-contacts",
    tab=Tab.INQUIRY, title="Press contacts", noun="press contact", filter=PressContactFilter,
    sorts={"number": PressContact.number, "at": PressContact.__table__.c.at_earliest}, sort="at",
    template="inquiry/press_contacts/list.html",
    load=(joinedload(PressContact.person), selectinload(PressContact.corrected_by)),
    columns=(
        "number", "person", "with_whom", "at", "minutes", "channel", "basis", "content_known", "content",
        "explanation", "source", "corrects", "why_corrected", "by", "recorded",
    ),
)  # fmt: skip


def first_press_contacts(person: Person, most: int) -> list[PressContact]:
    """The first contacts of a person that stand, and one more."""
    columns: Any = PressContact
    rows = PressContact.of(person.case).where(PressContact.person_id == person.id, PressContact.uncorrected())
    return list(db.session().scalars(rows.order_by(columns.at_earliest, PressContact.id).limit(most + 1)))


@area.form("/cases/<ref:case>/press-contacts/new", needs=Permission.RECORD_PRESS_CONTACT, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Write down one contact."""
    form = PressContactForm(data={"person": request.args.get("person")})
    return form.takes(actions.record_press_contact, case, "inquiry/press_contacts/new.html")


@area.route("/cases/<ref:case>/press-contacts/<number:number>", needs=Permission.READ_CASE, of=PressContact)
def show(press_contact: PressContact) -> ResponseReturnValue:
    """One contact."""
    return page("inquiry/press_contacts/show.html", press_contact=press_contact)


@area.form(
    "/cases/<ref:case>/press-contacts/<number:number>/correct", needs=Permission.RECORD_PRESS_CONTACT, of=PressContact
)
def correct(press_contact: PressContact) -> ResponseReturnValue:
    """Say it anew; the old row stays readable, struck through."""
    shown = {name: getattr(press_contact, name) for name in SHOWN} | {"person": press_contact.person.pseudonym}
    return CorrectionForm(data=shown).takes(
        actions.correct_press_contact, press_contact, "inquiry/press_contacts/correct.html"
    )
