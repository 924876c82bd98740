"""Cases, disclosures and materials as files, column by column."""

from typing import Any

import sqlalchemy as sa

from tracker.exports.columns import Table, instant, label, moment, plain, text
from tracker.models.cases import Case
from tracker.models.disclosures import Capture, Claim, ClaimCheck, Disclosure
from tracker.models.duties import Assignment
from tracker.models.materials import Copy, Coverage, Material, Version
from tracker.models.words import Duty, Question


def _has_lead() -> Any:
    lead = sa.exists().where(
        Assignment.case_id == Case.id, Assignment.duty == Duty.LEAD, Assignment.ended_at.is_(None)
    )
    return sa.case((lead, Duty.LEAD.value), else_="")


def _answer(question: Question) -> Any:
    answer = sa.select(ClaimCheck.answer).where(ClaimCheck.claim_id == Claim.id, ClaimCheck.question == question)
    return answer.scalar_subquery()


CASES = Table(
    "cases",
    lambda case: sa.select(Case).where(Case.id == case.id),
    (Case.id,),
    (
        plain("reference", Case.reference),
        text("title", Case.title),
        text("marking", Case.marking),
        plain("stage", Case.stage),
        text("question", Case.question),
        text("why_opened", Case.why_opened),
        text("requested_by", Case.requested_by),
        instant("opened", Case.opened),
        plain("lead", _has_lead()),
        plain("happened", Case.happened),
        plain("breach", Case.breach),
        plain("source", Case.source),
        instant("closed", Case.closed),
        text("legal_hold", Case.legal_hold),
    ),
)

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

MATERIALS = Table(
    "materials",
    Material.of,
    (Material.number,),
    (
        text("identifier", Material.identifier),
        text("title", Material.title),
        text("originator", Material.originator),
        text("custodian", Material.custodian),
        text("marking", Material.marking),
        moment("created", Material),
        plain("number", Material.number),
        text("retention", Material.retention),
    ),
)

VERSIONS = Table(
    "versions",
    Version.of,
    (Version.material_id, Version.number),
    (
        label("material", "materials", Version.material_id),
        text("label", Version.label),
        moment("made", Version),
        text("author", Version.author),
        text("changes", Version.changes),
        plain("text_sha256", Version.text_sha256),
        plain("number", Version.number),
        text("identifier", Version.identifier),
        text("file_name", Version.file_name),
        plain("file_sha256", Version.file_sha256),
        plain("file_size", Version.file_size),
        text("store_reason", Version.store_reason),
        plain("holders_known", Version.holders_known),
        plain("holders", Version.holders),
        label("corrects", "version_numbers", Version.corrects_id),
    ),
)

COPIES = Table(
    "copies",
    Copy.of,
    (Copy.material_id, Copy.number),
    (
        label("material", "materials", Copy.material_id),
        label("version", "versions", Copy.version_id),
        plain("number", Copy.number),
        plain("form", Copy.form),
        text("holder", Copy.holder),
        text("mark", Copy.mark),
        text("label", Copy.label),
    ),
)

COVERAGE = Table(
    "coverage",
    Coverage.of,
    (Coverage.material_id, Coverage.number),
    (
        label("material", "materials", Coverage.material_id),
        label("version", "versions", Coverage.version_id),
        plain("number", Coverage.number),
        plain("point", Coverage.point),
        text("note", Coverage.note),
        instant("resolved", Coverage.resolved_at),
        text("resolution", Coverage.resolution),
    ),
)
