"""Appraisals: what came out, as the lead sees it over the claims; and the reviewer's answer to exactly that."""

from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload
from wtforms import HiddenField

from tracker import db
from tracker.actions import appraisals as actions
from tracker.exports.columns import instant, label, plain, text
from tracker.fields import Text, WordField, needed
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.models.appraisals import Appraisal
from tracker.models.appraised import appraised_sha256, claims_of, unanswered
from tracker.models.cases import Case
from tracker.models.reviews import Review
from tracker.models.words import Answer
from tracker.models.words.claims import Question
from tracker.models.words.outcomes import Happened
from tracker.models.words.reviews import Verdict
from tracker.policy import Permission
from tracker.rendering import page
from tracker.web.lists import register
from tracker.web.places import to

area = Area("appraisals", __name__)
register(
    area, Appraisal, "appraisals",
    columns=(
        plain("number", Appraisal.number),
        plain("happened", Appraisal.happened),
        text("reason", Appraisal.reason),
        plain("damage", Appraisal.damage),
        text("damage_reason", Appraisal.damage_reason),
        plain("text_sha256", Appraisal.text_sha256),
        label("by", "accounts", Appraisal.by_id),
        instant("at", Appraisal.at),
    ),
)  # fmt: skip
HERE = "/cases/<ref:case>/appraisals"


class AppraisalForm(RecordForm):
    """The lead's answer to two questions: was there a disclosure, and would looking further add damage?"""

    happened = WordField(
        "What happened (proposed)",
        Happened,
        empty="Not yet known",
        description="No disclosure, authorised release or already public: the case goes straight to review.",
    )
    reason = Text(
        "Reason",
        [needed("Enter the reason in one or two sentences.")],
        longest=5000,
        description="If the case goes straight to review, this reason also answers the hypotheses.",
    )
    damage = WordField(
        "Would further inquiry add damage?", Answer, empty="Choose", validators=[needed("Choose an answer.")]
    )
    damage_reason = Text("Reason for the answer on damage", [needed("Enter the reason for your answer.")], longest=5000)


class VerdictForm(RecordForm):
    """A reviewer's answer to the text of this page."""

    verdict = WordField("Your verdict", Verdict, empty="Choose", validators=[needed("Choose a verdict.")])
    note = Text("Reasons", longest=5000, description="If you return the assessment, say what must be corrected.")
    text_sha256 = HiddenField()


@area.route(HERE, needs=Permission.READ_CASE, of=Case)
def listed(case: Case) -> ResponseReturnValue:
    """Every appraisal, the newest first: it alone counts."""
    those = Appraisal.of(case).order_by(Appraisal.number.desc()).options(joinedload(Appraisal.by))
    reviewed = selectinload(Appraisal.reviews).joinedload(Review.reviewer)
    return page("appraisals/list.html", appraisals=db.session().scalars(those.options(reviewed)).all())


@area.form(f"{HERE}/new", needs=Permission.APPRAISE_CASE, of=Case)
def new(case: Case) -> ResponseReturnValue:
    """Appraise what came out."""
    claims = claims_of(case)
    return AppraisalForm().takes(actions.appraise_case, case, "appraisals/new.html", claims=claims, **_words())


@area.route(f"{HERE}/<number:number>", needs=Permission.READ_CASE, of=Appraisal)
def show(appraisal: Appraisal) -> ResponseReturnValue:
    """One appraisal, over the claims as they are now."""
    return page("appraisals/show.html", **_read(appraisal))


@area.form(f"{HERE}/<number:number>/approval", needs=Permission.REVIEW_APPRAISAL, of=Appraisal, fresh=True)
def review(appraisal: Appraisal) -> ResponseReturnValue:
    """Agree to it, or return it."""
    form, read = VerdictForm(), _read(appraisal)
    if form.validate_on_submit():
        with form.conflicts():
            actions.review_appraisal(me(), appraisal, **form.values())
            return to(appraisal)
        read = _read(appraisal)
    form.text_sha256.data = read["text_sha256"]  # of the text that this very page shows
    return page("appraisals/review.html", form=form, **read)


def _read(appraisal: Appraisal) -> dict[str, Any]:
    claims = claims_of(appraisal.case)
    current = appraised_sha256(appraisal, claims)
    about = {"claims": claims, "text_sha256": current, "is_current": current == appraisal.text_sha256}
    return {**about, **_words()}


def _words() -> dict[str, Any]:
    return {"questions": Question, "unanswered": unanswered}
