"""Rival facts: all of a case, and what another source says about one field of one thing."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import SelectField

from tracker.actions import rivals as actions
from tracker.exports.columns import instant, label, plain, text
from tracker.fields import Line, Text, WordField, needed
from tracker.forms import FilterForm, RecordForm
from tracker.guard import Area, me
from tracker.models.cases import Case
from tracker.models.contested import FIELDS, located, named, things_of
from tracker.models.rivals import RivalFact, kind_of
from tracker.models.words.rivals import Confidence
from tracker.policy import Permission
from tracker.web.lists import register
from tracker.web.places import address, go

area = Area("rivals", __name__)


class RivalFilter(FilterForm):
    """Narrow the list of rival facts."""

    q = Line("Value or source")
    confidence = WordField("Confidence", Confidence, empty="Any")

    def by_q(self, select: Any, text: str) -> Any:
        """Part of what is said, or of who says it."""
        return select.where(
            RivalFact.value.icontains(text, autoescape=True) | RivalFact.source.icontains(text, autoescape=True)
        )

    def by_confidence(self, select: Any, confidence: Confidence) -> Any:
        """How far the source is trusted."""
        return select.where(RivalFact.confidence == confidence)


class RivalForm(RecordForm):
    """What another source says."""

    field = SelectField("Field")
    value = Text(
        "Conflicting value",
        [needed("Enter the value that the source gives.")],
        longest=2000,
        description="In the words of the source, without names of people. Everyone on the case can read it.",
    )
    source = Line("Source", [needed("Enter the source, such as a news agency report or an exhibit.")])
    confidence = WordField("Confidence in this source", Confidence, default=Confidence.MEDIUM)


register(
    area, RivalFact, "rivals", noun="conflicting source", filter=RivalFilter, template="rivals/list.html",
    sorts={"number": RivalFact.number, "at": RivalFact.at, "source": RivalFact.source},
    load=(joinedload(RivalFact.by),),
    also=lambda _case, listing: {"about": _about(listing.rows), "fields": FIELDS},
    columns=(
        plain("number", RivalFact.number),
        label("thing", "things", RivalFact.thing, RivalFact.thing_id),
        plain("field", RivalFact.field),
        text("value", RivalFact.value),
        text("source", RivalFact.source),
        plain("confidence", RivalFact.confidence),
        label("by", "accounts", RivalFact.by_id),
        instant("at", RivalFact.at),
        instant("withdrawn", RivalFact.withdrawn_at),
    ),
)  # fmt: skip


@area.form("/cases/<ref:case>/rivals/new", needs=Permission.RECORD_RIVAL, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Another source says otherwise: about `thing` and `field` of the address."""
    thing = located(me(), case, request.args.get("thing", "case")) or abort(404)
    form = RivalForm()
    form.field.choices = list(FIELDS[kind_of(thing)].items())
    if not form.is_submitted() and request.args.get("field") in FIELDS[kind_of(thing)]:
        form.field.data = request.args["field"]
    return form.takes(
        actions.record_rival, thing, "rivals/new.html", named=named(thing),
        to=lambda rival: redirect(_path(thing, rival.field), 303),
    )  # fmt: skip


@area.post("/cases/<ref:case>/rivals/<number:number>/withdrawal", needs=Permission.RECORD_RIVAL, of=RivalFact)
def withdraw(rival_fact: RivalFact) -> ResponseReturnValue:
    """Take one back."""
    actions.withdraw_rival(me(), rival_fact)
    return go(".listed", rival_fact.case)


def _about(facts: list[RivalFact]) -> dict[tuple[str, int], tuple[str, str]]:
    """What each fact is about: its name and its page, by kind and id."""
    return {key: (named(thing), _path(thing)) for key, thing in things_of(facts).items()}


def _path(thing: Any, field: str | None = None) -> str:
    """The page on which the thing, and what is said under its fields, stands."""
    if field == "interviews":
        return url_for("interviews.listed", case=thing.case.reference)  # where they are counted
    return address(thing)
