"""What "who had access?" is asked of: disclosures and claims."""

import sqlalchemy as sa

from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.words import Protected


def first_subject(case: Case) -> tuple[Disclosure, Claim | None] | None:
    """What is shown unless something was chosen: the first protected claim with its disclosure, else the first one."""
    claims = sa.select(Claim).join(Claim.disclosure).where(Disclosure.case_id == case.id)
    claims = claims.where(Claim.protected == Protected.PROTECTED).order_by(Disclosure.number, Claim.number)
    claim = db.session().scalars(claims.limit(1)).first()
    first = Disclosure.of(case).order_by(Disclosure.number).limit(1)
    disclosure = claim.disclosure if claim else db.session().scalars(first).first()
    return (disclosure, claim) if disclosure else None
