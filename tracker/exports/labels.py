"""What the ids in an export stand for: a pseudonym for a person, a duty for an account, a number for a thing."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from tracker.exports import duties, naming
from tracker.exports.lookups import Lookups, Names
from tracker.exports.times import Times
from tracker.models.accesses import Access
from tracker.models.appraisals import Appraisal
from tracker.models.captures import Capture
from tracker.models.claims import Claim
from tracker.models.contacts import Contact
from tracker.models.copies import Copy
from tracker.models.designations import Designation
from tracker.models.disclosures import Disclosure
from tracker.models.exclusions import Exclusion
from tracker.models.exhibits import Exhibit
from tracker.models.findings import Finding
from tracker.models.hypotheses import Hypothesis
from tracker.models.interviews import Interview
from tracker.models.logs import AccessLog
from tracker.models.materials import Material
from tracker.models.outcomes import Outcome
from tracker.models.versions import Version
from tracker.models.whereabouts import Whereabouts


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
        "version_numbers": naming.numbers(Version),
        "copy_numbers": naming.numbers(Copy),
        "disclosure_numbers": naming.numbers(Disclosure),
        "material_numbers": naming.numbers(Material),
        "claim_disclosures": naming.claim_disclosures,
        "claim_numbers": naming.numbers(Claim),
        "capture_numbers": naming.numbers(Capture),
        "log_numbers": naming.numbers(AccessLog),
        "corrected_access": naming.corrected(Access),
        "corrected_whereabouts": naming.corrected(Whereabouts),
        "corrected_contacts": naming.corrected(Contact),
        "interview_numbers": naming.numbers(Interview),
        "exhibit_numbers": naming.numbers(Exhibit),
        "hypothesis_numbers": naming.numbers(Hypothesis),
        "designation_numbers": naming.numbers(Designation),
        "exclusion_numbers": naming.numbers(Exclusion),
        "finding_numbers": naming.numbers(Finding),
        "appraisal_numbers": naming.numbers(Appraisal),
        "outcome_numbers": naming.numbers(Outcome),
        "subjects": naming.subjects,
        "texts": naming.texts,
        "accounts": duties.accounts,
        "actors": duties.actors,
        "things": naming.things,
    }

    def __init__(self, connection: sa.Connection, case_id: int | None, *, names: bool) -> None:
        super().__init__(connection, case_id, names=names)
        self.times = Times()
