"""Rival facts: all of a case, and what another source says about one field of one thing."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import SelectField

from tracker.actions.disclosure import conflicts as actions
from tracker.exports.columns import label
from tracker.models.case.cases import Case
from tracker.models.disclosure.conflict_fields import FIELDS, find_thing, name_of, things_of
from tracker.models.disclosure.conflicts import Conflict, kind_of
from tracker.models.disclosure.words import Confidence
from tracker.policy import Permission
from tracker.web.fields import LongText, ShortText, WordField, needed
from tracker.web.forms import FilterForm, RecordForm
from tracker.web.guard import Area, me
from tracker.web.lists import register
from tracker.web.places import address, go

area = Area("conflicts", __name__)


@area.app_template_filter()
def field_label(address: str, field: str) -> str:
    """A field of the thing that this address names, in the words of its form."""
    return FIELDS.get(address.partition(":")[0], {}).get(field, field.replace("_", " ").capitalize())


class ConflictFilter(FilterForm):
    """Narrow the list of conflicts."""

    model, searched = Conflict, (Conflict.value, Conflict.source)
    q = ShortText("Value or source")
    confidence = WordField("Confidence", Confidence, empty="Any")


class ConflictForm(RecordForm):
    """What another source says."""

    field = SelectField("Field")
    value = LongText(
        "Conflicting value",
        [needed("Enter the value that the source gives.")],
        longest=2000,
        description="In the words of the source, without names of people. Everyone on the case can read it.",
    )
    source = ShortText("Source", [needed("Enter the source, such as a news agency report or an exhibit.")])
    confidence = WordField("Confidence in this source", Confidence, default=Confidence.MEDIUM)


register(
    area, Conflict, "conflicts", noun="conflicting source", filter=ConflictFilter,
    template="disclosure/conflicts/list.html",
    sorts={"number": Conflict.number, "at": Conflict.at, "source": Conflict.source},
    load=(joinedload(Conflict.by),),
    also=lambda _case, listing: {"about": _about(listing.rows), "fields": FIELDS},
    columns=(
        "number",
        label("thing", "things", Conflict.thing, Conflict.thing_id),
        "field", "value", "source", "confidence", "by", "at", "withdrawn",
    ),
)  # fmt: skip


@area.form("/cases/<ref:case>/conflicts/new", needs=Permission.RECORD_CONFLICT, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Another source says otherwise: about `thing` and `field` of the address."""
    thing = find_thing(me(), case, request.args.get("thing", "case")) or abort(404)
    form = ConflictForm()
    form.field.choices = list(FIELDS[kind_of(thing)].items())
    if form.is_fresh and request.args.get("field") in FIELDS[kind_of(thing)]:
        form.field.data = request.args["field"]
    return form.takes(
        actions.record_conflict, thing, "disclosure/conflicts/new.html", named=name_of(thing),
        to=lambda conflict: redirect(_path(thing, conflict.field), 303),
    )  # fmt: skip


@area.post("/cases/<ref:case>/conflicts/<number:number>/withdrawal", needs=Permission.RECORD_CONFLICT, of=Conflict)
def withdraw(conflict: Conflict) -> ResponseReturnValue:
    """Take one back."""
    actions.withdraw_conflict(me(), conflict)
    return go(".list_page", conflict.case)


def _about(facts: list[Conflict]) -> dict[tuple[str, int], tuple[str, str]]:
    """What each fact is about: its name and its page, by kind and id."""
    return {key: (name_of(thing), _path(thing)) for key, thing in things_of(facts).items()}


def _path(thing: Any, field: str | None = None) -> str:
    """The page on which the thing, and what is said under its fields, stands."""
    if field == "interviews":
        return url_for("interviews.list_page", case=thing.case.reference)  # where they are counted
    return address(thing)
