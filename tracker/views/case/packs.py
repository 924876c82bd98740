"""Packs: the page on which a case leaves as documents to print and hand over."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from tracker.exports.pack.packing import start_pack
from tracker.exports.pack.printing import fonts_in
from tracker.exports.pack.wishes import Wish
from tracker.models.access.people import read_number
from tracker.models.case.cases import Case
from tracker.models.register.words import Profile
from tracker.policy import Permission
from tracker.web.fields import LongText, ShortText, needed
from tracker.web.forms import NamesForm
from tracker.web.guard import Area, ask_again, is_fresh, me, settings
from tracker.web.limits.export_turns import take_turn
from tracker.web.lists import must_be_asked_here, sent
from tracker.web.rendering import page

area = Area("packs", __name__)


class PackForm(NamesForm):
    """Whom the documents are for, and who is named in them."""

    profile = RadioField(
        "Profile",
        [needed("Choose whom the pack is for.")],
        choices=[SelectChoice(one.value, one.label) for one in Profile],
    )
    person = ShortText("Person concerned", description="A pseudonym, such as P-014. Only for that profile.")
    separate = BooleanField("Start each record on a new page")
    names = BooleanField("Include the names of the people it is about")
    purpose = LongText("Purpose", longest=2000, description="Required if the pack includes names.")
    recipient = ShortText("Recipient", description="The post of the recipient. Required if the pack includes names.")

    def validate_person(self, field: Any) -> None:
        """One person, in the profile that is for one."""
        is_for_one = self.profile.data == Profile.PERSON.value
        if is_for_one and read_number(field.data or "") is None:
            raise ValidationError("Enter the person. Write a pseudonym, such as P-014.")
        if not is_for_one and field.data:
            raise ValidationError("Leave the person empty, or choose the profile for the person concerned.")

    def validate_names(self, field: Any) -> None:
        """Names leave in two profiles, for a purpose, to somebody."""
        if field.data and self.profile.data not in {Profile.FULL.value, Profile.PERSON.value}:
            raise ValidationError("Leave the names out. A pack for the reviewer or for publication names nobody.")

    @property
    def wish(self) -> Wish:
        """What is asked for."""
        return Wish(Profile(self.profile.data), read_number(self.person.data or ""), bool(self.separate.data))


@area.before_request
def only_from_here() -> None:
    """No page of another site leads here."""
    must_be_asked_here(next(iter((request.view_args or {}).values()), None))


@area.form("/cases/<ref:case>/pack", needs=Permission.EXPORT_CASE, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Choose whom the documents are for; then they leave as a zip."""
    form = PackForm()
    if form.validate_on_submit():
        if form.names.data and not is_fresh():
            return ask_again()
        with form.conflicts(), take_turn():
            given = {"names": form.names.data, "purpose": form.purpose.data, "recipient": form.recipient.data}
            return sent(*start_pack(me(), case, form.wish, **given, fonts=fonts_in(settings().instance)))
    return page("case/packs/new.html", form=form, case=case)
