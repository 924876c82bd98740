"""Assessments: the lead says what came out, over the claims as they stand; a reviewer agrees to exactly that."""

import sqlalchemy as sa

from tracker.actions.checks import next_number
from tracker.actions.findings.verdicts import CHANGED, answer
from tracker.analysis.letters import says
from tracker.audit.doors import Refused, action, note, now
from tracker.base import db
from tracker.models.case.assessed_claims import assessed_sha256, claims_of
from tracker.models.case.assessments import Assessment
from tracker.models.case.cases import Case
from tracker.models.findings.reviews import Review
from tracker.models.findings.words import Happened, Verdict
from tracker.models.register.accounts import Account
from tracker.models.words import Answer
from tracker.policy import Permission


@action(Permission.ASSESS_CASE, "assessment.made")
def assess_case(
    lead: Account, case: Case, *, happened: Happened | None, reason: str, damage: Answer, damage_reason: str
) -> Assessment:
    """Assess what was disclosed. A newer assessment takes the place of the one before, which stays readable."""
    if not says(reason) or not says(damage_reason):
        raise Refused("Enter both reasons. The reviewer approves or returns them.")
    assessment = Assessment(
        case=case, number=next_number(Assessment, case_id=case.id), happened=happened, reason=reason, damage=damage,
        damage_reason=damage_reason, by=lead, at=now(),
    )  # fmt: skip
    assessment.text_sha256 = assessed_sha256(assessment, claims_of(case))
    db.session().add(assessment)
    note(text_sha256=assessment.text_sha256)
    return assessment


@action(Permission.REVIEW_ASSESSMENT, "assessment.reviewed")
def review_assessment(
    reviewer: Account, assessment: Assessment, *, verdict: Verdict, note: str, text_sha256: str
) -> Review:
    """Agree to an assessment over exactly these claims, or return it with what is to be mended."""
    newest = sa.select(sa.func.max(Assessment.number)).where(Assessment.case_id == assessment.case_id)
    if db.session().scalar(newest) != assessment.number:
        raise Refused("Review the newest preliminary assessment. This assessment no longer counts.")
    if assessment.reviews:
        raise Refused("This preliminary assessment was already reviewed.")
    current = assessed_sha256(assessment, claims_of(assessment.case))
    if current != assessment.text_sha256:
        raise Refused("A claim has changed since this assessment. The lead must add a new assessment.")
    if text_sha256 != current:
        raise Refused(CHANGED)
    return answer(reviewer, assessment, 1, current, verdict=verdict, words=note)
