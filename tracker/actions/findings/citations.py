"""Citations: what a finding, a hypothesis or a subject status rests on. A citation is withdrawn, never removed."""

from typing import Any

from tracker.actions.checks import add_numbered, must_be_available, must_belong, must_say
from tracker.actions.findings.revisions import save_revision
from tracker.actions.inquiry.hypotheses import check_not_sole_citation
from tracker.audit.doors import Refused, action, now
from tracker.base import db
from tracker.models.case.cases import Case
from tracker.models.disclosure.claims import Claim
from tracker.models.disclosure.disclosures import Disclosure
from tracker.models.findings.citations import MODELS, Citation
from tracker.models.findings.findings import Finding
from tracker.models.findings.subject_status import SubjectStatus
from tracker.models.findings.words import Bearing, Cited
from tracker.models.inquiry.hypotheses import Hypothesis
from tracker.models.inquiry.words import InterviewState
from tracker.models.register.accounts import Account
from tracker.policy import Permission

UNSEALED = "A finding or a subject status can only cite a sealed interview. Sign and seal this interview first."
NOT_HELD = frozenset({InterviewState.PLANNED, InterviewState.CANCELLED})


def find_cited(case: Case, kind: Cited, number: str) -> Any:
    """The thing of this case that is named by kind and number; a claim is named like `1/2`, after its disclosure."""
    model, (first, _, second) = MODELS[kind], number.partition("/")
    found = model.of(case).where(model.number == int(second or first))
    if second:
        found = found.join(Disclosure, Disclosure.id == Claim.disclosure_id).where(Disclosure.number == int(first))
    thing: Any = db.session().scalar(found)
    if thing is None:
        raise Refused(f"There is no {kind.label.lower()} {number} in this case.")
    return thing


@action(Permission.WRITE_FINDING, "citation.added")
def cite(writer: Account, citing: Any, *, kind: Cited, thing: Any, bearing: Bearing, note: str = "") -> Citation:
    """Cite one thing of the case for or against a finding, a hypothesis or a subject status."""
    _must_be_open(citing)
    must_belong(citing.case, thing)
    if getattr(thing, "corrected_by", None) is not None:
        raise Refused("This record was corrected. Cite the newer record.")
    if kind is Cited.SNAPSHOT:
        must_be_available(citing.case)
    if kind is Cited.INTERVIEW and thing.state in NOT_HELD:
        raise Refused("This interview was not held, so it cannot be cited.")
    if kind is Cited.INTERVIEW and thing.state is not InterviewState.SIGNED and not isinstance(citing, Hypothesis):
        raise Refused(UNSEALED)
    for old in db.session().scalars(Citation.of_thing(citing)):
        if old.stands and old.kind is kind and old.thing.id == thing.id and old.bearing is bearing:
            raise Refused("This evidence is already cited here.")
    citation = add_numbered(
        Citation, case=citing.case, bearing=bearing, note=note, by=writer,
        **{citing.__tablename__: citing, kind.value: thing},
    )  # fmt: skip
    _keep(writer, citing)
    return citation


@action(Permission.WRITE_FINDING, "citation.withdrawn")
def withdraw_citation(writer: Account, citation: Citation, *, reason: str) -> None:
    """Withdraw a citation, with the reason; that it was made stays readable."""
    if not citation.stands:
        raise Refused("This citation was already withdrawn.")
    citing = citation.whole
    _must_be_open(citing)
    if isinstance(citing, Hypothesis):
        check_not_sole_citation(citing, citation)
    must_say(reason, "Enter the reason for the withdrawal.", "reason")
    citation.withdrawn_at, citation.withdrawn_by_id, citation.why_withdrawn = now(), writer.id, reason
    _keep(writer, citing)


def _must_be_open(citing: Any) -> None:
    if not isinstance(citing, SubjectStatus):
        return
    must_be_available(citing.case)
    if citing.is_sealed or citing.ended_at is not None:
        raise Refused("This subject status is signed or ended. Its citations can no longer change.")


def _keep(writer: Account, citing: Any) -> None:
    if isinstance(citing, Finding):
        save_revision(writer, citing)
