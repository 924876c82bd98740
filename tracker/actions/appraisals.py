"""Appraisals: the lead says what came out, over the claims as they stand; a reviewer agrees to exactly that."""

import sqlalchemy as sa

from tracker import db
from tracker.actions.numbering import next_number
from tracker.actions.reviewing import CHANGED, answer
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, action, note, now
from tracker.models.accounts import User
from tracker.models.appraisals import Appraisal
from tracker.models.appraised import appraised_sha256, claims_of
from tracker.models.cases import Case
from tracker.models.reviews import Review
from tracker.models.words import Answer
from tracker.models.words.outcomes import Happened
from tracker.models.words.reviews import Verdict
from tracker.policy import Permission


@action(Permission.APPRAISE_CASE, "appraisal.made")
def appraise_case(
    lead: User, case: Case, *, happened: Happened | None, reason: str, damage: Answer, damage_reason: str
) -> Appraisal:
    """Appraise what came out. A newer appraisal takes the place of the one before, which stays readable."""
    if not says(reason) or not says(damage_reason):
        raise Refused("Enter both reasons. The reviewer approves or returns them.")
    appraisal = Appraisal(
        case=case, number=next_number(Appraisal, case_id=case.id), happened=happened, reason=reason, damage=damage,
        damage_reason=damage_reason, by=lead, at=now(),
    )  # fmt: skip
    appraisal.text_sha256 = appraised_sha256(appraisal, claims_of(case))
    db.session().add(appraisal)
    note(text_sha256=appraisal.text_sha256)
    return appraisal


@action(Permission.REVIEW_APPRAISAL, "appraisal.reviewed")
def review_appraisal(reviewer: User, appraisal: Appraisal, *, verdict: Verdict, note: str, text_sha256: str) -> Review:
    """Agree to an appraisal over exactly these claims, or return it with what is to be mended."""
    newest = sa.select(sa.func.max(Appraisal.number)).where(Appraisal.case_id == appraisal.case_id)
    if db.session().scalar(newest) != appraisal.number:
        raise Refused("Review the newest preliminary assessment. This assessment no longer counts.")
    if appraisal.reviews:
        raise Refused("This preliminary assessment was already reviewed.")
    current = appraised_sha256(appraisal, claims_of(appraisal.case))
    if current != appraisal.text_sha256:
        raise Refused("A claim has changed since this assessment. The lead must add a new assessment.")
    if text_sha256 != current:
        raise Refused(CHANGED)
    return answer(reviewer, appraisal, 1, current, verdict=verdict, words=note)
