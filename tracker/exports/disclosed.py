"""Disclosures and what belongs to them as files, column by column."""

from typing import Any

import sqlalchemy as sa

from tracker.exports.columns import Table, label, moment, plain, text
from tracker.models.captures import Capture
from tracker.models.claims import Claim, ClaimCheck
from tracker.models.disclosures import Disclosure
from tracker.models.words import Answer
from tracker.models.words.claims import Question


def _answer(question: Question) -> Any:
    answer = sa.select(ClaimCheck.answer).where(ClaimCheck.claim_id == Claim.id, ClaimCheck.question == question)
    return sa.func.coalesce(sa.type_coerce(answer.scalar_subquery(), sa.String), Answer.UNKNOWN.value)


DISCLOSURES = Table(
    "disclosures",
    Disclosure.of,
    (Disclosure.number,),
    (
        plain("number", Disclosure.number),
        text("outlet", Disclosure.outlet),
        text("title", Disclosure.title),
        text("author", Disclosure.author),
        plain("medium", Disclosure.medium),
        text("url", Disclosure.url),
        moment("published", Disclosure),
        moment("first_seen", Disclosure),
        moment("comment_requested", Disclosure),
        text("sourcing", Disclosure.sourcing),
        plain("form", Disclosure.form),
        label("derived_from", "disclosure_numbers", Disclosure.derived_from_id),
        plain("text_sha256", Disclosure.text_sha256),
    ),
)

CLAIMS = Table(
    "claims",
    Claim.of,
    (Claim.disclosure_id, Claim.number),
    (
        label("disclosure", "disclosure_numbers", Claim.disclosure_id),
        plain("number", Claim.number),
        text("quote", Claim.quote),
        text("locator", Claim.locator),
        plain("protected", Claim.protected),
        text("authority", Claim.authority),
        plain("accuracy", Claim.accuracy),
        text("accuracy_basis", Claim.accuracy_basis),
        label("version", "versions", Claim.version_id),
        plain("wording", Claim.wording),
        plain("already_public", _answer(Question.ALREADY_PUBLIC)),
        plain("clearance", _answer(Question.CLEARANCE)),
        plain("declassified", _answer(Question.DECLASSIFIED)),
        plain("briefing_possible", _answer(Question.BRIEFING_POSSIBLE)),
        plain("precursor", _answer(Question.PRECURSOR)),
        label("material", "version_materials", Claim.version_id),
    ),
)

CHECKS = Table(
    "checks",
    ClaimCheck.of,
    (ClaimCheck.claim_id, ClaimCheck.id),
    (
        label("disclosure", "claim_disclosures", ClaimCheck.claim_id),
        label("claim", "claim_numbers", ClaimCheck.claim_id),
        plain("question", ClaimCheck.question),
        plain("answer", ClaimCheck.answer),
        moment("at", ClaimCheck),
        text("source", ClaimCheck.source),
        text("note", ClaimCheck.note),
    ),
)

CAPTURES = Table(
    "captures",
    Capture.of,
    (Capture.disclosure_id, Capture.number),
    (
        label("disclosure", "disclosure_numbers", Capture.disclosure_id),
        plain("number", Capture.number),
        text("name", Capture.name),
        plain("sha256", Capture.sha256),
        plain("size", Capture.size),
        text("note", Capture.note),
        label("corrects", "capture_numbers", Capture.corrects_id),
        label("by", "accounts", Capture.by_id),
    ),
)
