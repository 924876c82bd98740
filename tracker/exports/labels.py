"""What the ids in an export stand for: a pseudonym for a person, a role for an account, a number for a thing."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from tracker.exports import naming, roles
from tracker.exports.lookups import Lookups, Names
from tracker.exports.times import Times
from tracker.models.access.access_logs import AccessLog
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.eliminations import Elimination
from tracker.models.access.whereabouts import Whereabouts
from tracker.models.case.assessments import Assessment
from tracker.models.disclosure.captures import Capture
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.copies import Copy
from tracker.models.disclosure.derivations import Derivation
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.findings.findings import Finding
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.interviews import Interview
from tracker.models.inquiry.press_contacts import PressContact

NUMBERED: tuple[Any, ...] = (
    Version, Copy, Disclosure, Material, Claim, Capture, Interview, Exhibit, Hypothesis, SubjectStatus, Elimination,
    Finding, Assessment, Outcome,
)  # fmt: skip


class Labels(Lookups):
    """Every kind of label that a table of an export may show, and the times as it writes them."""

    KINDS: ClassVar[Mapping[str, Callable[[Any], Names]]] = {
        "people": naming.people,
        "names": naming.names,
        "identifier": naming.identifier,
        "identifiers": naming.identifiers,
        "materials": naming.materials,
        "versions": naming.versions,
        "version_materials": naming.version_materials,
        "claim_disclosures": naming.claim_disclosures,
        "disclosure_origins": naming.origins_of(Derivation.disclosure_id, Derivation.claim_id.is_(None)),
        "claim_origins": naming.origins_of(Derivation.claim_id, Derivation.claim_id.is_not(None)),
        "access_log_numbers": naming.numbers(AccessLog),
        "access_record_numbers": naming.corrected_numbers(AccessRecord),
        "whereabouts_numbers": naming.corrected_numbers(Whereabouts),
        "press_contact_numbers": naming.corrected_numbers(PressContact),
        "subjects": naming.subjects,
        "texts": naming.texts,
        "accounts": roles.accounts,
        "actors": roles.actors,
        "things": naming.things,
        **{f"{model.__tablename__}_numbers": naming.numbers(model) for model in NUMBERED},
    }

    def __init__(self, connection: sa.Connection, case_id: int | None, *, names: bool) -> None:
        super().__init__(connection, case_id, names=names)
        self.times = Times()
