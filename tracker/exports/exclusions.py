"""Exclusions as a file, with who confirmed each."""

from typing import Any

import sqlalchemy as sa

from tracker.exports.columns import Table, instant, label, plain, text
from tracker.models.exclusions import Exclusion
from tracker.models.reviews import Review
from tracker.models.words.reviews import Verdict


def _confirmed_by() -> Any:
    """Whoever confirmed the exclusion last, as `Exclusion.confirmation` has it: no return since, not withdrawn."""
    later = sa.orm.aliased(Review)
    answered = sa.exists().where(later.exclusion_id == Exclusion.id, later.id > Review.id)
    confirmed = sa.select(Review.reviewer_id).where(
        Review.exclusion_id == Exclusion.id, Review.verdict == Verdict.APPROVED, ~answered,
        Exclusion.withdrawn_at.is_(None),
    )  # fmt: skip
    return confirmed.correlate(Exclusion).scalar_subquery()


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
