"""Subject status: how a person becomes a subject by two signatures, for thirty days, and everything that ever was."""

from collections.abc import Sequence
from datetime import datetime

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload
from wtforms import HiddenField

from tracker.actions.checks import must_be_available
from tracker.actions.findings import subject_status as actions
from tracker.audit.doors import now
from tracker.base import db
from tracker.gates import withheld_reason
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.findings.citations import Citation
from tracker.models.findings.subject_status import SubjectStatus
from tracker.policy import Permission
from tracker.web.fields import LongText, needed
from tracker.web.forms import ReasonForm, RecordForm
from tracker.web.guard import Area, me
from tracker.web.lists import register
from tracker.web.places import go, to
from tracker.web.rendering import page

area = Area("subject_status", __name__)
register(
    area, SubjectStatus, "subject-status", person_level=True,
    columns=(
        "number", "person", "allegation", "alternatives", "notice_plan", "by", "at", "signed_by", "signed", "until",
        "ended", "ended_by", "why_ended", "seal",
    ),
)  # fmt: skip
ALL = "/cases/<ref:case>/people/<number:number>/subject-status"
ONE = f"{ALL}/<number:part>"
SIGNERS = (joinedload(SubjectStatus.by), joinedload(SubjectStatus.signed_by), joinedload(SubjectStatus.ended_by))


class ProposeForm(RecordForm):
    """What is alleged, what else it could be, and how the person will be told."""

    allegation = LongText("Allegation", [needed("Enter the exact allegation.")], longest=5000)
    alternatives = LongText(
        "Alternative explanations", [needed("Enter what else could explain the evidence.")], longest=5000,
        description="What else could explain the evidence, and what was done to test it.",
    )  # fmt: skip
    notice_plan = LongText(
        "Notice plan", [needed("Enter when and how the person will be told.")], longest=2000,
        description="When and how the person will be told, and by whom.",
    )  # fmt: skip


class SignForm(RecordForm):
    """The second signature, for the text and the citations on this page."""

    text_sha256 = HiddenField()


@area.route(ALL, needs=Permission.READ_CASE, of=Person)
def list_page(person: Person) -> ResponseReturnValue:
    """Every subject status of a person there ever was; the sentence of the screen while it is shut."""
    shut = withheld_reason(person.case)
    mine = SubjectStatus.of(person.case).where(SubjectStatus.person_id == person.id).options(*SIGNERS)
    found = [] if shut else db.session().scalars(mine.order_by(SubjectStatus.number.desc())).all()
    return page("findings/subject_status/list.html", subject_statuses=found, shut=shut, now=now())


@area.form(f"{ALL}/new", needs=Permission.PROPOSE_SUBJECT_STATUS, of=Person)
def new(person: Person) -> ResponseReturnValue:
    """Propose that a person becomes a subject. While the check withholds them the form says so."""
    form = ProposeForm()
    with form.conflicts():
        must_be_available(person.case)
        if form.validate_on_submit():
            return to(actions.propose_subject_status(me(), person, **form.values()))
    return page("findings/subject_status/new.html", form)


@area.route(ONE, needs=Permission.READ_CASE, of=SubjectStatus)
def show(subject_status: SubjectStatus) -> ResponseReturnValue:
    """One subject status with what it rests on, and both signatures."""
    must_be_available(subject_status.case)
    return page("findings/subject_status/show.html", **_whole(subject_status))


@area.form(f"{ONE}/signature", needs=Permission.SIGN_SUBJECT_STATUS, of=SubjectStatus, fresh=True)
def sign(subject_status: SubjectStatus) -> ResponseReturnValue:
    """Counsel signs what stands on this page."""
    must_be_available(subject_status.case)
    form = SignForm()
    if answer := form.act(actions.sign_subject_status, subject_status):
        return answer
    form.carry(text_sha256=subject_status.text_sha256)
    return page("findings/subject_status/sign.html", form, **_whole(subject_status))


@area.form(f"{ONE}/end", needs=Permission.END_SUBJECT_STATUS, of=SubjectStatus)
def end(subject_status: SubjectStatus) -> ResponseReturnValue:
    """End a subject status, take a proposal back or decline it: possible while the check withholds them, too."""
    form, person = ReasonForm.asking("Enter the reason.", longest=2000), subject_status.person
    return form.takes(
        actions.end_subject_status,
        subject_status,
        "findings/subject_status/end.html",
        to=lambda _: go(".list_page", person),
        person=person,
    )


def subjects(case: Case, people: Sequence[Person]) -> dict[int, SubjectStatus]:
    """The subject status in force of each of these people (by id) who has one; none while the check withholds them."""
    if not people:
        return {}
    those = SubjectStatus.person_id.in_([person.id for person in people])
    protection_checks = joinedload(SubjectStatus.case).joinedload(Case.protection_checks)  # what the gate will ask for
    select = SubjectStatus.of(case).where(those, SubjectStatus.in_force(now())).options(*SIGNERS, protection_checks)
    found = db.session().scalars(select.order_by(SubjectStatus.until)).unique().all()
    if not found or withheld_reason(case):
        return {}
    return {one.person_id: one for one in found}


@area.app_template_filter()
def day(moment: datetime) -> str:
    """`5 Apr 2018`."""
    return f"{moment.day} {moment:%b %Y}"


def _whole(subject_status: SubjectStatus) -> dict[str, object]:
    cited = db.session().scalars(Citation.of_thing(subject_status)).all()
    return {"person": subject_status.person, "citations": cited, "now": now(), "state": subject_status.state_at(now())}
