"""Assessments: what came out, as the lead sees it over the claims; and the reviewer's answer to exactly that."""

from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions.case import assessments as actions
from tracker.base import db
from tracker.models.case.assessed_claims import assessed_sha256, claims_of, open_questions
from tracker.models.case.assessments import Assessment
from tracker.models.case.cases import Case
from tracker.models.disclosure.words import Question
from tracker.models.findings.reviews import Review
from tracker.models.findings.words import Happened
from tracker.models.words import Answer
from tracker.policy import Permission
from tracker.views.findings.reviews import VerdictForm
from tracker.web.fields import LongText, WordField, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.places import to
from tracker.web.rendering import page

area = Area("assessments", __name__)
register(
    area, Assessment, "assessments",
    columns=(
        "number", "happened", "reason", "damage", "damage_reason", "text_sha256", "by", "at",
    ),
)  # fmt: skip
HERE = "/cases/<ref:case>/assessments"


class AssessmentForm(RecordForm):
    """The lead's answer to two questions: was there a disclosure, and would looking further add damage?"""

    happened = WordField(
        "What happened (proposed)",
        Happened,
        empty="Not yet known",
        description="No disclosure, authorised release or already public: the case goes straight to review.",
    )
    reason = LongText(
        "Reason",
        [needed("Enter the reason in one or two sentences.")],
        longest=5000,
        description="If the case goes straight to review, this reason also answers the hypotheses.",
    )
    damage = WordField(
        "Would further inquiry add damage?", Answer, empty="Choose", validators=[needed("Choose an answer.")]
    )
    damage_reason = LongText(
        "Reason for the answer on damage", [needed("Enter the reason for your answer.")], longest=5000
    )


@area.route(HERE, needs=Permission.READ_CASE, of=Case)
def list_page(case: Case) -> ResponseReturnValue:
    """Every assessment, the newest first: it alone counts."""
    those = Assessment.of(case).order_by(Assessment.number.desc()).options(joinedload(Assessment.by))
    reviewed = selectinload(Assessment.reviews).joinedload(Review.reviewer)
    return page("case/assessments/list.html", assessments=db.session().scalars(those.options(reviewed)).all())


@area.form(f"{HERE}/new", needs=Permission.ASSESS_CASE, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Appraise what came out."""
    claims = claims_of(case)
    return AssessmentForm().takes(actions.assess_case, case, "case/assessments/new.html", claims=claims, **_words())


@area.route(f"{HERE}/<number:number>", needs=Permission.READ_CASE, of=Assessment)
def show(assessment: Assessment) -> ResponseReturnValue:
    """One assessment, over the claims as they are now."""
    return page("case/assessments/show.html", **_read(assessment))


@area.form(f"{HERE}/<number:number>/approval", needs=Permission.REVIEW_ASSESSMENT, of=Assessment, fresh=True)
def review(assessment: Assessment) -> ResponseReturnValue:
    """Agree to it, or return it."""
    form = VerdictForm()
    if answer := form.act(actions.review_assessment, assessment, to=lambda _: to(assessment)):
        return answer
    read = _read(assessment)
    return page("case/assessments/review.html", form.carry(text_sha256=read["text_sha256"]), **read)


def _read(assessment: Assessment) -> dict[str, Any]:
    claims = claims_of(assessment.case)
    current = assessed_sha256(assessment, claims)
    about = {"claims": claims, "text_sha256": current, "is_current": current == assessment.text_sha256}
    return {**about, **_words()}


def _words() -> dict[str, Any]:
    return {"questions": Question, "unanswered": open_questions}
