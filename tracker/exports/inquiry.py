"""What the inquiry pursues as files: contacts, lines, hypotheses, citations, exclusions, designations, reveals."""

from typing import Any

import sqlalchemy as sa

from tracker.exports.columns import Table, instant, label, moment, plain, text
from tracker.models.citations import MODELS, Citation
from tracker.models.contacts import Contact
from tracker.models.designations import Designation
from tracker.models.disclosures import Disclosure
from tracker.models.exclusions import Exclusion
from tracker.models.judging import Cited, Verdict
from tracker.models.leads import Hypothesis, LineOfInquiry
from tracker.models.reveals import Reveal
from tracker.models.reviews import Review
from tracker.policy import Permission


def _cited() -> Any:
    """`exhibit:3`, `claim:1/2`: what is cited, as addresses name it."""
    found = []
    for kind in Cited:
        model, key = MODELS[kind], getattr(Citation, f"{kind.value}_id")
        number: Any = sa.cast(model.number, sa.String)
        if kind is Cited.CLAIM:
            of = sa.select(Disclosure.number).where(Disclosure.id == model.disclosure_id).scalar_subquery()
            number = sa.cast(of, sa.String) + "/" + number
        named = sa.select(sa.literal(f"{kind.value}:", sa.String) + number).where(model.id == key)
        found.append((key.is_not(None), named.scalar_subquery()))
    return sa.case(*found)


def _confirmed_by() -> Any:
    """Whoever confirmed the exclusion last, as `Exclusion.confirmation` has it: no return since, not withdrawn."""
    later = sa.orm.aliased(Review)
    answered = sa.exists().where(later.exclusion_id == Exclusion.id, later.id > Review.id)
    confirmed = sa.select(Review.reviewer_id).where(
        Review.exclusion_id == Exclusion.id, Review.verdict == Verdict.APPROVED, ~answered,
        Exclusion.withdrawn_at.is_(None),
    )  # fmt: skip
    return confirmed.correlate(Exclusion).scalar_subquery()


CONTACTS = Table(
    "contacts",
    Contact.of,
    (Contact.number,),
    (
        plain("number", Contact.number),
        label("person", "people", Contact.person_id),
        text("with_whom", Contact.with_whom),
        moment("at", Contact),
        plain("minutes", Contact.minutes),
        text("channel", Contact.channel),
        plain("basis", Contact.basis),
        plain("content_known", Contact.content_known),
        text("content", Contact.content),
        text("explanation", Contact.explanation),
        text("source", Contact.source),
        label("corrects", "corrected_contacts", Contact.corrects_id),
        text("why_corrected", Contact.why_corrected),
        label("by", "accounts", Contact.by_id),
        instant("recorded", Contact.recorded),
    ),
)

LINES = Table(
    "lines-of-inquiry",
    LineOfInquiry.of,
    (LineOfInquiry.number,),
    (
        plain("number", LineOfInquiry.number),
        text("question", LineOfInquiry.question),
        plain("direction", LineOfInquiry.direction),
        label("owner", "accounts", LineOfInquiry.owner_id),
        moment("due", LineOfInquiry),
        plain("state", LineOfInquiry.state),
        text("result", LineOfInquiry.result),
        label("hypothesis", "hypothesis_numbers", LineOfInquiry.hypothesis_id),
        label("by", "accounts", LineOfInquiry.by_id),
        instant("at", LineOfInquiry.at),
    ),
)

HYPOTHESES = Table(
    "hypotheses",
    Hypothesis.of,
    (Hypothesis.number,),
    (
        plain("number", Hypothesis.number),
        text("text", Hypothesis.text),
        plain("state", Hypothesis.state),
        text("reason", Hypothesis.reason),
    ),
)

CITATIONS = Table(
    "citations",
    Citation.of,
    (Citation.number,),
    (
        plain("number", Citation.number),
        label("finding", "finding_numbers", Citation.finding_id),
        label("hypothesis", "hypothesis_numbers", Citation.hypothesis_id),
        label("designation", "designation_numbers", Citation.designation_id),
        plain("cited", _cited()),
        plain("bearing", Citation.bearing),
        text("note", Citation.note),
        label("by", "accounts", Citation.by_id),
        instant("at", Citation.at),
        instant("withdrawn", Citation.withdrawn_at),
        label("withdrawn_by", "accounts", Citation.withdrawn_by_id),
        text("why_withdrawn", Citation.why_withdrawn),
    ),
)

EXCLUSIONS = Table(
    "exclusions",
    Exclusion.of,
    (Exclusion.number,),
    (
        label("person", "people", Exclusion.person_id),
        label("disclosure", "disclosure_numbers", Exclusion.disclosure_id),
        label("claim", "claim_numbers", Exclusion.claim_id),
        plain("ground", Exclusion.ground),
        text("evidence", Exclusion.evidence),
        plain("strength", Exclusion.strength),
        label("proposed_by", "accounts", Exclusion.by_id),
        label("confirmed_by", "accounts", _confirmed_by()),
        plain("number", Exclusion.number),
        instant("proposed", Exclusion.at),
        instant("withdrawn", Exclusion.withdrawn_at),
        label("withdrawn_by", "accounts", Exclusion.withdrawn_by_id),
        text("why_withdrawn", Exclusion.why_withdrawn),
        plain("seal", Exclusion.seal),
    ),
    screened=True,
)

DESIGNATIONS = Table(
    "designations",
    Designation.of,
    (Designation.number,),
    (
        plain("number", Designation.number),
        label("person", "people", Designation.person_id),
        text("allegation", Designation.allegation),
        text("alternatives", Designation.alternatives),
        text("notice_plan", Designation.notice_plan),
        label("by", "accounts", Designation.by_id),
        instant("at", Designation.at),
        label("signed_by", "accounts", Designation.signed_by_id),
        instant("signed", Designation.signed_at),
        instant("until", Designation.until),
        instant("ended", Designation.ended_at),
        label("ended_by", "accounts", Designation.ended_by_id),
        text("why_ended", Designation.why_ended),
        plain("seal", Designation.seal),
    ),
    screened=True,
)

REVEALS = Table(
    "reveals",
    Reveal.of,
    (Reveal.id,),
    (
        label("person", "people", Reveal.person_id),
        label("by", "accounts", Reveal.user_id),
        text("reason", Reveal.reason),
        instant("at", Reveal.at),
        instant("until", Reveal.until),
    ),
    needs=Permission.READ_CASE_LEDGER,
)
