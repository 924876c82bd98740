"""What an assessment is about: the claims of a case and every answer to them, spelt so that a later change shows."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, object_session

from tracker.models.case.assessments import Assessment
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.versions import Version
from tracker.models.disclosure.words import Question

ASKED = (Question.ALREADY_PUBLIC, Question.CLEARANCE, Question.BRIEFING_POSSIBLE)  # before anybody is asked anything


def claims_of(case: Case) -> list[Claim]:
    """Every claim of the case with its disclosure, its version and its answers, in the order of their numbers."""
    session: Any = object_session(case)
    version = joinedload(Claim.version).joinedload(Version.material)
    those = sa.select(Claim).where(Claim.case_id == case.id).join(Claim.disclosure)
    whole = those.options(contains_eager(Claim.disclosure), version, joinedload(Claim.checks))
    ordered = whole.order_by(Disclosure.number, Claim.number)
    return list(session.scalars(ordered.execution_options(populate_existing=True)).unique())  # also a moment ago's


def spell(claim: Claim) -> list[Any]:
    """A claim as it is assessed: its words, what is said of it, and each question with its answer."""
    said = ("quote", "locator", "protected", "authority", "accuracy", "accuracy_basis", "wording")
    answers = [
        [question, (checked := claim.checked(question)).answer, checked.at, checked.source, checked.note]
        for question in Question
        if claim.check(question) is not None
    ]
    version = [claim.version.material.identifier, claim.version.label] if claim.version else None
    return [claim.disclosure.number, claim.number, *(getattr(claim, name) for name in said), version, answers]


def assessed_sha256(assessment: Assessment, claims: list[Claim]) -> str:
    """SHA-256 of the assessment over the claims as they are now: its own, in whichever format, if nothing changed."""
    found = [
        assessment.compute_sha256(form, fields, [spell(claim) for claim in claims])
        for form, (fields, spell) in FORMATS.items()
    ]
    return assessment.text_sha256 if assessment.text_sha256 in found else found[-1]


FORMATS = {"assessment/1": (("number", "happened", "reason", "damage", "damage_reason"), spell)}  # the newest last


NEEDED = len(ASKED) + 1  # answers of a claim that a gate asks for: those, and how accurate it is


def open_questions(claim: Claim) -> list[str]:
    """What is still to be said of a claim. That it is unknown is an answer."""
    accuracy = ["How accurate is it?"] if claim.accuracy is None else []
    return [*accuracy, *(question.label for question in ASKED if claim.checked(question).answer is None)]
