"""Fair treatment: interviews of one class against each other, and class against class."""

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from tracker import db
from tracker.analysis.treatment import Treated, against_each_other, amount, compare, length_of, notice_of
from tracker.guard import Area
from tracker.models.cases import Case
from tracker.models.interviews import Interview
from tracker.policy import Permission
from tracker.rendering import page
from tracker.views.interviews import held_in

area = Area("treatment", __name__)


@area.route("/cases/<ref:case>/interviews/fairness", needs=Permission.READ_INTERVIEW, of=Case)
def show(case: Case) -> ResponseReturnValue:
    """Fair treatment, class by class."""
    asked = Interview.of(case).where(Interview.was_held()).options(
        *Interview.in_short(), joinedload(Interview.person), joinedload(Interview.questions),
        joinedload(Interview.advisement),
    )  # fmt: skip
    classes = compare(map(_treated, db.session().scalars(asked)))
    between, held = against_each_other(classes), held_in(case)
    return page("interviews/fairness.html", classes=classes, between=between, held=held, words=amount)


def _treated(interview: Interview) -> Treated:
    words = {name: getattr(interview, name) for name in ("mode", "recording", "companion", "signature")}
    return Treated(
        number=interview.number,
        person=interview.person.pseudonym,
        klass=interview.klass,
        length=length_of(interview.started, interview.ended, interview.break_minutes),
        notice=notice_of(interview.notice_given, interview.started),
        advisement=interview.advisement.name if interview.advisement else "None",
        **{name: word.label if word is not None else None for name, word in words.items()},
    )
