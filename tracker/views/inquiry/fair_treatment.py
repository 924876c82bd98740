"""Fair treatment: interviews of one class against each other, and class against class."""

import sqlalchemy as sa
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from tracker.analysis.fair_treatment import (
    InterviewTreatment,
    against_each_other,
    amount,
    compare,
    length_of,
    notice_of,
)
from tracker.base import db
from tracker.models.access.people import Person, pseudonym
from tracker.models.access.person_merges import PersonMerge
from tracker.models.case.cases import Case
from tracker.models.inquiry.interviews import Interview
from tracker.policy import Permission
from tracker.views.inquiry.interviews import count_held
from tracker.web.guard import Area
from tracker.web.rendering import page

area = Area("fair_treatment", __name__)


@area.route("/cases/<ref:case>/interviews/fair-treatment", needs=Permission.READ_INTERVIEW, of=Case)
def show(case: Case) -> ResponseReturnValue:
    """Fair treatment, class by class."""
    asked = Interview.of(case).where(Interview.was_held()).options(
        *Interview.in_short(), joinedload(Interview.questions), joinedload(Interview.advisement),
    )  # fmt: skip
    interviewed = sa.select(Interview.person_id).where(Interview.case_id == case.id)
    counts_as = dict(db.session().execute(PersonMerge.numbers(case).where(Person.id.in_(interviewed))).all())
    classes = compare(_interview_treatment(one, counts_as[one.person_id]) for one in db.session().scalars(asked))
    between, held = against_each_other(classes), count_held(case)
    return page("inquiry/interviews/fair_treatment.html", classes=classes, between=between, held=held, words=amount)


def _interview_treatment(interview: Interview, person: int) -> InterviewTreatment:
    """One interview, with the number that its person counts as."""
    words = {name: getattr(interview, name) for name in ("mode", "recording", "companion", "signature")}
    return InterviewTreatment(
        number=interview.number,
        person=pseudonym(person),
        klass=interview.klass,
        length=length_of(interview.started, interview.ended, interview.break_minutes),
        notice=notice_of(interview.notice_given, interview.started),
        advisement=interview.advisement.name if interview.advisement else "None",
        **{name: word.label if word is not None else None for name, word in words.items()},
    )
