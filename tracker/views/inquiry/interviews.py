"""Interviews: the list, planning one, one with its statement, ending it."""

from typing import Any

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import contains_eager, joinedload
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.actions.inquiry import interviews as actions
from tracker.actions.inquiry.interview_rules import open_points
from tracker.base import db
from tracker.exports.columns import plain
from tracker.models.access.people import Person
from tracker.models.access.person_merges import PersonMerge
from tracker.models.case.cases import Case
from tracker.models.disclosure.conflicts import conflicts_of
from tracker.models.inquiry.addenda import Addendum
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.words import Capacity, InterviewState
from tracker.models.register.standard_texts import StandardText
from tracker.models.register.words import TextKind
from tracker.policy import Permission
from tracker.views.access.occurrence_forms import AboutPersonFilter
from tracker.views.inquiry.interview_forms import CancelForm, NewInterviewForm, StopForm
from tracker.web.fields import WordField
from tracker.web.guard import Area, me
from tracker.web.lists import Tab, register
from tracker.web.places import go
from tracker.web.rendering import page

area = Area("interviews", __name__)
LIST = "/cases/<ref:case>/interviews"
ONE = f"{LIST}/<number:number>"


class InterviewFilter(AboutPersonFilter):
    """Narrow the list of interviews."""

    model = Interview
    state = WordField("State", InterviewState, empty="Any")
    questions = SelectField("Class", default="", choices=lambda _form, _field: _classes())
    capacity = WordField("Capacity", Capacity, empty="Any")

    def by_questions(self, select: Any, key: str) -> Any:
        """Those of one class, whichever version of its core questions was put."""
        return select.where(Interview.questions.has(StandardText.key == key))


def _classes() -> list[SelectChoice]:
    texts = db.session().scalars(StandardText.newest(TextKind.QUESTIONS))
    return [SelectChoice("", "Any"), *(SelectChoice(text.key, text.name) for text in texts)]


register(
    area, Interview, "interviews",
    tab=Tab.INQUIRY, title="Interviews", noun="interview", filter=InterviewFilter,
    sorts={"number": Interview.number, "person": Person.number, "started": Interview.__table__.c.started_earliest},
    template="inquiry/interviews/list.html", joins=(Interview.person,),
    load=(*Interview.in_short(), contains_eager(Interview.person), joinedload(Interview.questions)),
    also=lambda case, _listing: {"conflicts": conflicts_of(case), "held": count_held(case)},
    columns=(
        "number", "person", "capacity", "voluntary", "advisement", "acknowledged", "place", "mode", "started",
        "ended", "state", "signed",
        plain("statement_sha256", Interview.seal),
        "planned_for", "notice_given", "offered", "companion", "declination", "questions", "whistleblower",
        "break_minutes", "recording", "read_back", "signature", "by", "at", "counsel_text",
    ),
)  # fmt: skip


@area.form(f"{LIST}/new", needs=Permission.RECORD_INTERVIEW, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Plan an interview."""
    form = NewInterviewForm(data={"person": request.args.get("person")})
    goes_on = "statements.engagement" if "continue" in request.form else "interviews.show"
    return form.takes(actions.plan_interview, case, "inquiry/interviews/new.html", to=lambda made: go(goes_on, made))


@area.route(ONE, needs=Permission.READ_INTERVIEW, of=Interview)
def show(interview: Interview) -> ResponseReturnValue:
    """One interview: what is said in it, then what was added. That it was read is recorded."""
    actions.read_interview(me(), interview)
    addenda = sa.select(Addendum).where(Addendum.interview_id == interview.id).order_by(Addendum.number)
    return page(
        "inquiry/interviews/show.html",
        addenda=db.session().scalars(addenda.options(joinedload(Addendum.by))).all(),
        missing=open_points(interview) if interview.is_open else [],
        handed_over=_find_handed_over(interview) if interview.is_open else [],
    )


@area.form(f"{ONE}/cancellation", needs=Permission.RECORD_INTERVIEW, of=Interview)
def cancel(interview: Interview) -> ResponseReturnValue:
    """Say that it is not held."""
    if request.method == "GET":
        actions.must_not_have_begun(interview)
    return CancelForm(obj=interview).takes(actions.cancel_interview, interview, "inquiry/interviews/cancel.html")


@area.form(f"{ONE}/stop", needs=Permission.RECORD_INTERVIEW, of=Interview)
def stop(interview: Interview) -> ResponseReturnValue:
    """Stop it, and hand over."""
    if request.method == "GET":
        actions.must_be_unsigned(interview)
    return StopForm(over=interview).takes(actions.stop_interview, interview, "inquiry/interviews/stop.html")


def _find_handed_over(interview: Interview) -> Any:
    """Numbers of the interviews of the same person that were stopped: what came up there is not asked again."""
    stopped = Interview.of(interview.case).where(
        Interview.person_id == interview.person_id, Interview.state == InterviewState.STOPPED
    )
    return db.session().scalars(stopped.with_only_columns(Interview.number).order_by(Interview.number)).all()


def count_held(case: Case) -> Any:
    """How many were held, with how many people, and how many were not."""
    count, held = sa.func.count, Interview.was_held()
    merged = sa.and_(PersonMerge.person_id == Interview.person_id, PersonMerge.in_force())
    person = sa.func.coalesce(PersonMerge.same_as_id, Interview.person_id)
    select = (
        Interview.of(case)
        .outerjoin(PersonMerge, merged)
        .with_only_columns(
            count().filter(held).label("interviews"),
            count(person.distinct()).filter(held).label("people"),
            count().filter(~held).label("others"),
        )
    )
    return db.session().execute(select).one()


def interviews_of(person: Person, first: int) -> list[Interview]:
    """The first interviews of a person and one more, for the page of the person."""
    rows = Interview.of(person.case).where(Interview.person_id == person.id).order_by(Interview.number)
    return list(db.session().scalars(rows.limit(first + 1).options(*Interview.in_short())))
