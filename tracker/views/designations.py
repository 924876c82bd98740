"""Designations: how a person becomes a subject by two signatures, for thirty days, and everything that ever was."""

from collections.abc import Sequence
from datetime import datetime

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import HiddenField

from tracker import db
from tracker.actions import designations as actions
from tracker.actions.exposures import must_be_screened
from tracker.audit.doors import now
from tracker.exports.columns import instant, label, plain, text, texts
from tracker.fields import Text, needed
from tracker.forms import ReasonForm, RecordForm
from tracker.gates import shut_for_persons
from tracker.guard import Area, me
from tracker.models.cases import Case
from tracker.models.citations import Citation
from tracker.models.designations import Designation
from tracker.models.people import Person
from tracker.policy import Permission
from tracker.rendering import page
from tracker.web.lists import register
from tracker.web.places import go, to

area = Area("designations", __name__)
register(
    area, Designation, "designations", screened=True,
    columns=(
        plain("number", Designation.number),
        label("person", "people", Designation.person_id),
        *texts(Designation.allegation, Designation.alternatives, Designation.notice_plan),
        label("by", "accounts", Designation.by_id),
        instant("at", Designation.at),
        label("signed_by", "accounts", Designation.signed_by_id),
        instant("signed", Designation.signed_at),
        instant("until", Designation.until),
        instant("ended", Designation.ended_at),
        label("ended_by", "accounts", Designation.ended_by_id),
        text("why_ended", Designation.why_ended),
        plain("seal", Designation.seal),
    ),
)  # fmt: skip
ALL = "/cases/<ref:case>/people/<number:number>/designations"
ONE = f"{ALL}/<number:part>"
SIGNERS = (joinedload(Designation.by), joinedload(Designation.signed_by), joinedload(Designation.ended_by))


class ProposeForm(RecordForm):
    """What is alleged, what else it could be, and how the person will be told."""

    allegation = Text("Allegation", [needed("Enter the exact allegation.")], longest=5000)
    alternatives = Text(
        "Alternative explanations", [needed("Enter what else could explain the evidence.")], longest=5000,
        description="What else could explain the evidence, and what was done to test it.",
    )  # fmt: skip
    notice_plan = Text(
        "Notice plan", [needed("Enter when and how the person will be told.")], longest=2000,
        description="When and how the person will be told, and by whom.",
    )  # fmt: skip


class SignForm(RecordForm):
    """The second signature, for the text and the citations on this page."""

    text_sha256 = HiddenField()


@area.route(ALL, needs=Permission.READ_CASE, of=Person)
def listed(person: Person) -> ResponseReturnValue:
    """Every designation of a person there ever was; the sentence of the screen while it is shut."""
    shut = shut_for_persons(person.case)
    mine = Designation.of(person.case).where(Designation.person_id == person.id).options(*SIGNERS)
    found = [] if shut else db.session().scalars(mine.order_by(Designation.number.desc())).all()
    return page("designations/list.html", designations=found, shut=shut, now=now())


@area.form(f"{ALL}/new", needs=Permission.DESIGNATE_SUBJECT, of=Person)
def new(person: Person) -> ResponseReturnValue:
    """Propose that a person becomes a subject. While the screen is shut the form says so, and keeps what was typed."""
    form = ProposeForm()
    with form.conflicts():
        must_be_screened(person.case)
        if form.validate_on_submit():
            return to(actions.propose_designation(me(), person, **form.values()))
    return page("designations/new.html", form)


@area.route(ONE, needs=Permission.READ_CASE, of=Designation)
def show(designation: Designation) -> ResponseReturnValue:
    """One designation with what it rests on, and both signatures."""
    must_be_screened(designation.case)
    return page("designations/show.html", **_whole(designation))


@area.form(f"{ONE}/signature", needs=Permission.SIGN_DESIGNATION, of=Designation, fresh=True)
def sign(designation: Designation) -> ResponseReturnValue:
    """Counsel signs what stands on this page."""
    must_be_screened(designation.case)
    form = SignForm(obj=designation)
    if form.validate_on_submit():
        with form.conflicts():
            actions.sign_designation(me(), designation, **form.values())
            return to(designation)
        form.text_sha256.data = designation.text_sha256
    return page("designations/sign.html", form, **_whole(designation))


@area.form(f"{ONE}/end", needs=Permission.END_DESIGNATION, of=Designation)
def end(designation: Designation) -> ResponseReturnValue:
    """End a designation, take a proposal back or decline it: possible while the screen is shut, too."""
    form, person = ReasonForm.asking("Enter the reason.", longest=2000), designation.person
    return form.takes(
        actions.end_designation, designation, "designations/end.html", to=lambda _: go(".listed", person), person=person
    )


def subjects(case: Case, people: Sequence[Person]) -> dict[int, Designation]:
    """The designation in force of each of these people (by id) who has one; nobody's while the screen is shut."""
    if not people:
        return {}
    those = Designation.person_id.in_([person.id for person in people])
    screens = joinedload(Designation.case).joinedload(Case.screens)  # what the gate will ask for
    select = Designation.of(case).where(those, Designation.in_force(now())).options(*SIGNERS, screens)
    found = db.session().scalars(select.order_by(Designation.until)).unique().all()
    if not found or shut_for_persons(case):
        return {}
    return {one.person_id: one for one in found}


@area.app_template_filter()
def day(moment: datetime) -> str:
    """`5 Apr 2018`."""
    return f"{moment.day} {moment:%b %Y}"


def _whole(designation: Designation) -> dict[str, object]:
    cited = db.session().scalars(Citation.of_thing(designation)).all()
    return {"person": designation.person, "citations": cited, "now": now(), "state": designation.state_at(now())}
