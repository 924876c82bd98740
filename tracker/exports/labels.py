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

NUMBERED: tuple[Any, ...] = (
    Version, Copy, Disclosure, Material, Claim, Capture, Interview, Exhibit, Hypothesis, Designation, Exclusion,
    Finding, Appraisal, Outcome,
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
        "log_numbers": naming.numbers(AccessLog),
        "corrected_access": naming.corrected(Access),
        "corrected_whereabouts": naming.corrected(Whereabouts),
        "corrected_contacts": naming.corrected(Contact),
        "subjects": naming.subjects,
        "texts": naming.texts,
        "accounts": duties.accounts,
        "actors": duties.actors,
        "things": naming.things,
        **{f"{model.__tablename__}_numbers": naming.numbers(model) for model in NUMBERED},
    }

    def __init__(self, connection: sa.Connection, case_id: int | None, *, names: bool) -> None:
        super().__init__(connection, case_id, names=names)
        self.times = Times()
