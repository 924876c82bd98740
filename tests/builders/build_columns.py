"""One of every noun of the inquiry in LK-AAAA, with something in every column: for tests that look at columns.

It is told by an action of the tests, past what the rooms ask for; what is sealed there is sealed here. Every text
begins with `mark` and goes on with its table and column, like `=interview.account`, so that it is known wherever it
turns up.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tests import world
from tests.builders import build_material
from tests.builders.everything.inquiry import kept
from tracker.actions.access import access_records
from tracker.actions.disclosure import claims, disclosures
from tracker.analysis.moments import stated
from tracker.audit.doors import action, now, seal
from tracker.base import db
from tracker.models.access.eliminations import Elimination
from tracker.models.access.person_merges import PersonMerge
from tracker.models.access.reveals import Reveal
from tracker.models.access.snapshots import Snapshot
from tracker.models.access.words import Level
from tracker.models.case.assessments import Assessment
from tracker.models.case.cases import Case
from tracker.models.case.privileged_notes import PrivilegedNote
from tracker.models.case.protection_checks import ProtectionAnswers, ProtectionCheck
from tracker.models.case.stages import ReviewWaiver, StageMove, Suspension
from tracker.models.case.step_times import StepTime
from tracker.models.findings.citations import Citation
from tracker.models.findings.comments import Comment
from tracker.models.findings.decisions import Decision
from tracker.models.findings.findings import Finding
from tracker.models.findings.known_sources import KnownSource, KnownSources
from tracker.models.findings.outcomes import Outcome
from tracker.models.findings.recommendations import Recommendation
from tracker.models.findings.referrals import Referral
from tracker.models.findings.replies import Reply
from tracker.models.findings.reviews import Review
from tracker.models.findings.revisions import FindingRevision
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import FindingState, Source
from tracker.models.inquiry.addenda import Addendum, Evaluation
from tracker.models.inquiry.custody import CustodyEntry, Disposal
from tracker.models.inquiry.exhibits import Exhibit
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.interviews import Interview, Presence
from tracker.models.inquiry.lines_of_inquiry import LineOfInquiry
from tracker.models.inquiry.press_contacts import PressContact
from tracker.models.inquiry.words import ExhibitForm
from tracker.models.register.standard_texts import StandardText
from tracker.models.sealed import Sealed
from tracker.policy import Permission

FIRST = 90  # ten hypotheses stand in every case already
WHEN = stated("2018-03-21 10:00", "UTC")


def told(mark: str = "A ") -> dict[str, Any]:
    """One of every noun by the name of its table; a second review and three more citations under names of their own."""
    ines, case = world.person("ines"), world.case()
    person = build_material.person(name=f"{mark}person.name")
    disclosure = disclosures.record_disclosure(ines, case, outlet="The Paper")
    claim = claims.record_claim(ines, disclosure, quote="What came out.")
    access = access_records.record_access(
        ines, case, person=person, material=build_material.material("TOLD"), level=Level.E3, channel=None, since=WHEN,
        until=WHEN, source="", note="",
    )  # fmt: skip
    return tell(ines, case, person=person, disclosure=disclosure, claim=claim, access=access, mark=mark)


@action(Permission.READ_CASE, "trial.told")
def tell(teller: Any, case: Case, *, person: Any, disclosure: Any, claim: Any, access: Any, mark: str) -> Any:
    """Add the rows one after the other, since later ones point to earlier ones; then seal what is sealed."""
    rows: dict[str, Any] = {}

    def add(model: Any, name: str = "", **facts: Any) -> Any:
        if "number" in sa.inspect(model).column_attrs:
            facts["number"] = FIRST + sum(isinstance(row, model) for row in rows.values())
        row = rows[name or model.__tablename__] = filled(model, teller, case, mark, **facts)
        db.session().add(row)
        db.session().flush()
        return row

    whom, lasting, hypothesis = {"person_id": person.id}, now() + timedelta(days=30), add(Hypothesis)
    interview = add(Interview, **whom, **dict.fromkeys(("advisement_id", "counsel_text_id"), add(StandardText).id))
    for model in (Presence, Addendum, Evaluation):
        add(model, interview_id=interview.id)
    exhibit = add(Exhibit, form=ExhibitForm.FILE, sha256="e" * 64, size=1)
    add(CustodyEntry, exhibit_id=exhibit.id)
    add(Disposal, exhibit_id=exhibit.id)
    press_contact = add(PressContact, **whom)
    add(LineOfInquiry, hypothesis_id=hypothesis.id, owner_id=teller.id)
    finding = add(Finding, **whom, state=FindingState.APPROVED, revision=1)
    subject_status = add(SubjectStatus, **whom, signed_by_id=world.person("cora").id, signed_at=now(), until=lasting)
    elimination = add(Elimination, **whom, disclosure_id=disclosure.id, claim_id=claim.id)
    add(Citation, finding_id=finding.id, exhibit_id=exhibit.id)
    add(Citation, "citation of a claim", subject_status_id=subject_status.id, claim_id=claim.id)
    add(Citation, "citation of an access", hypothesis_id=hypothesis.id, access_record_id=access.id)
    add(Citation, "citation of a contact", hypothesis_id=hypothesis.id, press_contact_id=press_contact.id)
    finding.text_sha256 = finding.compute_sha256()
    about = {"finding_id": finding.id, "revision": 1}
    add(FindingRevision, **about, text=finding.text(), text_sha256=finding.text_sha256)
    add(Comment, finding_id=finding.id)
    add(Reply, finding_id=finding.id)
    rhea = world.person("rhea").id
    add(Review, **about, reviewer_id=rhea, text_sha256=finding.text_sha256)
    add(Review, "review of an elimination", reviewer_id=rhea, elimination_id=elimination.id, text_sha256="b" * 64)
    _tell_judgement(add, person)
    for row in [row for row in rows.values() if isinstance(row, Sealed)]:
        seal(row)
    return rows


def _tell_judgement(add: Any, person: Any) -> None:
    """How the case is judged and moves, and what is for few."""
    for model in (
        Assessment,
        Decision,
        StageMove,
        Suspension,
        ReviewWaiver,
        PrivilegedNote,
        Referral,
        Recommendation,
        StepTime,
    ):
        add(model)
    add(Outcome, as_it_stood="", closed_at=now(), closed_by_id=world.person("dora").id)
    file = kept(1)["file"]
    add(Snapshot, sha256=file.sha256, size=file.size)
    add(PersonMerge, person_id=person.id, same_as_id=person.id)
    add(Reveal, person_id=person.id)
    add(ProtectionAnswers, protection_check_id=add(ProtectionCheck).id)


def filled(model: Any, teller: Any, case: Case, mark: str, **facts: Any) -> Any:
    """A row with something in every column; what points to other rows, and what may not have come yet, is told."""
    mapper = sa.inspect(model)
    found = {one.key: WHEN for one in mapper.composites}
    inside = {part.key for one in mapper.composites for part in one.props}
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        if attribute.key not in inside and not column.primary_key and attribute.key not in {"seal", "lock_version"}:
            found[attribute.key] = _value(attribute.key, column, teller, case, mark)
    return model(**{name: value for name, value in {**found, **facts}.items() if value is not None})


def _value(name: str, column: Any, teller: Any, case: Case, mark: str) -> Any:
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column.table.name
        return {"cases": case.id, "account": teller.id}.get(target) if not column.nullable else None
    if isinstance(column.type, KnownSources):
        return (KnownSource(Source.NOT_IDENTIFIED, f"{mark}{column.table.name}.{name}"),)
    if isinstance(column.type, sa.Enum):
        return next(iter(column.type.enum_class))
    if isinstance(column.type, sa.Boolean):
        return False
    if isinstance(column.type, sa.Integer):
        return 1
    if not isinstance(column.type, sa.String):
        return None if column.nullable else now()
    return "a" * 64 if name == "text_sha256" else f"{mark}{column.table.name}.{name}"[: column.type.length]
