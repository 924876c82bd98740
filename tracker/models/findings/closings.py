"""What the record held when a case was closed: kept with the outcome, since a reopened case goes on and changes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import object_session

from tracker.base.text import dumps
from tracker.models.access.access_records import AccessRecord
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import Conclusion, FindingState
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.interviews import Interview

COUNTED: dict[str, Any] = {
    "disclosures": Disclosure, "claims": Claim, "people": Person, "access records": AccessRecord,
    "interviews": Interview, "exhibits": Exhibit, "findings": Finding,
}  # fmt: skip


@dataclass(frozen=True)
class ClosedPerson:
    """Whom it was about."""

    pseudonym: str


@dataclass(frozen=True)
class ClosedFinding:
    """One finding as it stood; its text is that of the revision."""

    number: int
    person: ClosedPerson | None
    conclusion: Conclusion | None
    state: FindingState
    revision: int
    text_sha256: str


@dataclass(frozen=True)
class Closing:
    """The findings and the counts of the day on which a case was closed."""

    findings: list[ClosedFinding]
    counts: dict[str, int]


def record_of(case: Case, findings: Iterable[Finding]) -> str:
    """What there is in the case now, in the spelling that is kept with its outcome."""
    session: Any = object_session(case)
    counts = (model.of(case).with_only_columns(sa.func.count()).scalar_subquery() for model in COUNTED.values())
    there = dict(zip(COUNTED, session.execute(sa.select(*counts)).one(), strict=True))
    rows = [
        [one.number, one.person and one.person.pseudonym, one.conclusion, one.state, one.revision, one.text_sha256]
        for one in findings
    ]
    return dumps({"findings": rows, "counts": there})


def closing_of(text: str) -> Closing:
    """That spelling, read."""
    said = json.loads(text)
    findings = [
        ClosedFinding(
            number,
            ClosedPerson(person) if person else None,
            Conclusion(word) if word else None,
            FindingState(state),
            revision,
            sha256,
        )
        for number, person, word, state, revision, sha256 in said["findings"]
    ]
    return Closing(findings, said["counts"])
