"""People: the list, one person with identifiers, accesses and whereabouts, adding and changing one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload
from werkzeug import Response
from wtforms import ValidationError

from tracker.actions.access import people as actions
from tracker.actions.access.reveals import view_name
from tracker.analysis.identifiers.lists import IdentifierFault, read_identifiers
from tracker.analysis.identifiers.uses import Use, overlaps
from tracker.base import db
from tracker.exports.columns import Column, Values, label
from tracker.exports.labels import Labels
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.identifier_uses import uses_of
from tracker.models.access.people import Person, number_of
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.access.words import IdentifierKind, Involvement
from tracker.models.case.assignments import RecusalMatch
from tracker.models.case.cases import Case
from tracker.models.case.words import MatchState
from tracker.models.disclosure.conflicts import conflicts_of
from tracker.policy import Permission
from tracker.policy.mask import people_like, sees_names, shown_to
from tracker.views.findings.subject_status import subjects
from tracker.views.inquiry.interviews import interviews_of
from tracker.views.inquiry.press_contacts import first_press_contacts
from tracker.web.choices import MOST_OFFERED, asked_text, people_offered
from tracker.web.fields import LongText, ShortText, WordField
from tracker.web.forms import EditForm, FilterForm
from tracker.web.guard import Area, keyed_hash, me
from tracker.web.lists import Tab, register
from tracker.web.places import to
from tracker.web.rendering import page

area = Area("people", __name__)
FIRST = 20


class PersonFilter(FilterForm):
    """Narrow the list of people. Names and identifiers are searched only for whoever may see them."""

    model = Person
    q = ShortText("Pseudonym, post or unit")
    involvement = WordField("Involvement", Involvement, empty="Any")

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        if sees_names(me(), case):
            self.q.label.text = "Pseudonym, name, identifier, post or unit"

    def by_q(self, select: Any, text: str) -> Any:
        """A pseudonym, or part of what is said of the person."""
        number = number_of(text)
        return select.where(people_like(me(), self.case, text) if number is None else Person.number == number)


class PersonForm(EditForm):
    """What is said of a person."""

    name = ShortText("Name", longest=200, description="Only lead, investigators and counsel can see the name.")
    post = ShortText("Post at the time", longest=200)
    unit = ShortText("Unit at the time", longest=200)
    involvement = WordField("Involvement", Involvement, default=Involvement.RECIPIENT)


class NewPersonForm(PersonForm):
    """A person and what systems call them."""

    identifiers = LongText(
        "Identifiers",
        longest=5000,
        description="An e-mail address or an account name, one per line. Write others as kind:value; the kinds are "
        "email, account, badge, phone and other. Access logs are matched by identifiers.",
    )

    def validate_identifiers(self, field: Any) -> None:
        """Kind and value each."""
        try:
            self.pairs = read_identifiers(field.data or "", IdentifierKind)
        except IdentifierFault as fault:
            raise ValidationError(str(fault)) from fault

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return super().values() | {"identifiers": self.pairs}


def _involvements(labels: Labels, values: Sequence[Values]) -> Iterable[Values]:
    """The role as recorded; `subject` while a subject status is in force."""
    return [list(map(labels.of("subjects").get, *values))]


LIST = register(
    area, Person, "people", tab=Tab.ACCESS, title="People", noun="person", filter=PersonFilter,
    sorts={"number": Person.number, "post": Person.post, "unit": Person.unit}, template="access/people/list.html",
    load=(selectinload(Person.identifiers),),
    also=lambda case, listing: {
        "subjects": subjects(case, listing.rows),
        "mains": {one.person_id: one.number for one in db.session().execute(PersonMerge.mains(listing.rows))},
    },
    columns=(
        label("person", "people", Person.id),
        label("name", "names", Person.id),
        "post", "unit",
        Column(("involvement",), (Person.id, Person.involvement), _involvements),
        label("identifiers", "identifiers", Person.id),
    ),
)  # fmt: skip


@area.form("/cases/<ref:case>/people/new", needs=Permission.RECORD_PERSON, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Add a person."""
    return NewPersonForm().takes(actions.add_person, case, "access/people/new.html", to=to_person)


@area.route("/cases/<ref:case>/people/choices", needs=Permission.READ_CASE, of=Case)
def choices(case: Case) -> ResponseReturnValue:
    """The piece of a page that offers people to a field: those whom its text fits."""
    return render_template("_macros/choices.html", choices=people_offered(case, asked_text())[:MOST_OFFERED])


@area.route("/cases/<ref:case>/people/<number:number>", needs=Permission.READ_CASE, of=Person)
def show(person: Person) -> ResponseReturnValue:
    """One person: the identifiers and their use, then what the rows say. To see a revealed name is recorded."""
    revealed, merges = view_name(me(), person), _merges_of(person)
    shown = shown_to(me(), person, revealed)
    uses = uses_of(person, shown.identifiers)
    return page(
        "access/people/show.html",
        person=shown,
        uses=uses,
        overlapping=overlaps([*(use for _, use in uses), *_uses_of_others(person, merges)]),
        access_records=_first_rows(
            AccessRecord, person, joinedload(AccessRecord.material), joinedload(AccessRecord.version)
        ),
        whereabouts=_first_rows(Whereabouts, person),
        interviews=interviews_of(person, FIRST),
        press_contacts=first_press_contacts(person, FIRST),
        first=FIRST,
        conflicts=conflicts_of(person),
        merges=merges,
        subject=subjects(person.case, [person]).get(person.id),
        revealed=revealed,
        names=shown.in_clear,
        sign=sign,
    )


def sign(identifier_id: int) -> str:
    """What a form says of the identifier that it is about: places move when one before it is removed."""
    return keyed_hash("identifier", str(identifier_id))[:16]


@area.form("/cases/<ref:case>/people/<number:number>/edit", needs=Permission.RECORD_PERSON, of=Person)
def edit(person: Person) -> ResponseReturnValue:
    """Change what is said of a person."""
    shown = shown_to(me(), person)
    form = PersonForm(obj=shown)
    if form.validate_on_submit():
        with form.conflicts(shown):
            actions.edit_person(me(), person, **form.values())
            return to(person)
    return page("access/people/edit.html", form)


def _merges_of(person: Person) -> list[PersonMerge]:
    """The merges that name a person; their identifiers come in the same statement."""
    asked = PersonMerge.about(person).options(joinedload(Person.identifiers), *_MERGED)
    return [merge for _, merge in db.session().execute(asked).unique() if merge is not None]


_MERGED = (
    joinedload(PersonMerge.person).selectinload(Person.identifiers),
    *map(joinedload, (PersonMerge.same_as, PersonMerge.by, PersonMerge.parted_by)),
)


def _uses_of_others(person: Person, merges: Iterable[PersonMerge]) -> list[Use]:
    """The identifiers of everybody who counts as this person, with their use: somebody may hold several badges."""
    others = [one.person for one in merges if one.same_as_id == person.id and one.parted_at is None]
    return [
        replace(use, says=f"{use.says} of {other.pseudonym}")
        for other in others
        for _, use in uses_of(other, shown_to(me(), other).identifiers)
    ]


def _first_rows(model: Any, person: Person, *options: Any) -> list[Any]:
    """The first rows about a person and one more, along the index of the person: with a million rows still at once."""
    rows = model.of(person.case).where(model.person_id == person.id, model.uncorrected())
    rows = rows.order_by(model.since_earliest, model.id).limit(FIRST + 1)
    return list(db.session().scalars(rows.options(joinedload(model.log), *options)))


def to_person(person: Person) -> Response:
    """To the person's page, saying whom the recusal shuts out; to the cases, when that is whoever asks."""
    return say_recused([person]) or to(person)


def say_recused(people: Sequence[Person]) -> Response | None:
    """Say how many of the team new people recuse. To the cases, if whoever added them is recused themselves."""
    case = people[0].case
    if db.session().scalar(Case.locate(me(), case=case.reference)) is None:
        flash("You may be a person in that case. You cannot open it until the match is settled.", "warning")
        return redirect(url_for("cases.list_page"), 303)
    found = sa.select(sa.func.count(RecusalMatch.account_id.distinct()))
    found = found.where(
        RecusalMatch.person_id.in_([one.id for one in people]),
        RecusalMatch.state == MatchState.OPEN,
        RecusalMatch.of_holders(),
    )
    if count := db.session().scalar(found):
        who = "1 team member is" if count == 1 else f"{count} team members are"
        whom = people[0].pseudonym if len(people) == 1 else "among these people"
        flash(f"{who} now recused, because they may be {whom}. Somebody else settles this under Team.", "warning")
    return None
