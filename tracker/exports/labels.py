"""What the ids in an export stand for: a pseudonym for a person, a duty for an account, a number for a thing."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from tracker.exports import duties, naming
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

Names = dict[Any, Any]


class Labels:
    """The labels of a case (None: of the register), read in the export's own transaction once they are asked for.

    `names` says whether names and identifiers leave; without them nothing here gives one.
    """

    def __init__(self, connection: sa.Connection, case_id: int | None, *, names: bool) -> None:
        self.connection, self.case_id, self.names, self.times = connection, case_id, names, Times()
        self._kept: dict[str, Names] = {}

    def of(self, kind: str) -> Names:
        """id -> label; `kind` is one of KINDS."""
        if kind not in self._kept:
            self._kept[kind] = KINDS[kind](self)
        return self._kept[kind]

    def read(self, *columns: Any, model: Any) -> list[Any]:
        """Columns of the rows of a model that belong to the case."""
        return list(self.connection.execute(sa.select(*columns).where(model.case_id == self.case_id)))


KINDS: dict[str, Callable[[Labels], Names]] = {
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
