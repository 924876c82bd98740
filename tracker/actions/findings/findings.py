"""Findings: the standard first, then the text; submitted when nothing is missing, judged at exactly the text read."""

from typing import Any

from tracker.actions.checks import add_numbered, change, must_be_among, must_belong, must_say
from tracker.actions.findings.revisions import save_revision
from tracker.audit.doors import Refused, action, note, now
from tracker.gates.evidence import missing_evidence
from tracker.models.access.people import Person
from tracker.models.case.cases import Case
from tracker.models.findings.findings import TEXTS, Finding
from tracker.models.findings.revisions import FindingRevision
from tracker.models.findings.words import FindingState, Standard
from tracker.models.inquiry.file_alarms import alarms_in
from tracker.models.register.accounts import Account
from tracker.policy import Permission

CHANGED = "The text has changed since you read it. Read the current text, then decide."
AGAINST = "Enter the evidence against the allegation. If nothing was found, say where you looked."
EDITED = TEXTS.keys() - {"standard"}
WEIGH = "Say how the reply was weighed, or that no response was received."
NOT_NOW = {
    FindingState.SUBMITTED: "This finding is already submitted.",
    FindingState.APPROVED: "The current text of this finding is already approved.",
    FindingState.RETURNED: "A reviewer returned this text. Change it to answer the reasons, then submit it again.",
}


@action(Permission.WRITE_FINDING, "finding.drafted")
def draft_finding(
    writer: Account, case: Case, *, standard: Standard, allegation: str, person: Person | None = None
) -> Finding:
    """Begin a finding: what is alleged, and the standard of proof, which is chosen before anything else and stays."""
    must_belong(case, person)
    must_say(allegation, "Enter the allegation in one or two sentences.", "allegation")
    finding = add_numbered(
        Finding, case=case, standard=standard, allegation=allegation, person=person, author=writer, at=now()
    )
    save_revision(writer, finding)
    return finding


@action(Permission.WRITE_FINDING, "finding.changed", edits=True)
def edit_finding(writer: Account, finding: Finding, **texts: Any) -> None:
    """Change parts of the text, by their names; the standard stays. Another text is another revision, and a draft."""
    must_be_among(texts, EDITED)
    change(finding, **texts)
    save_revision(writer, finding)


@action(Permission.SUBMIT_FINDING, "finding.submitted")
def submit_finding(lead: Account, finding: Finding, *, revision: int) -> None:
    """Put the text before a reviewer; `revision` is the one the lead has read."""
    if finding.revision != revision:
        raise Refused(CHANGED)
    if sentences := open_points(finding):
        raise Refused(" ".join(sentences))
    finding.state, finding.submitted_at = FindingState.SUBMITTED, now()
    note(revision=finding.revision, text_sha256=finding.text_sha256)


@action(Permission.SUBMIT_FINDING, "finding.withdrawn")
def withdraw_finding(lead: Account, finding: Finding) -> None:
    """Take a submission back before a reviewer has answered; the finding is a draft again."""
    if finding.state is not FindingState.SUBMITTED:
        raise Refused("Only a submitted finding can be withdrawn.")
    finding.state = FindingState.DRAFT


@action(Permission.READ_CASE, "finding.read", changes=False)
def read_finding(reader: Account, finding: Finding) -> None:
    """Note that somebody reads it, and which revision."""
    note(revision=finding.revision)


@action(Permission.READ_CASE, "revision.read", changes=False)
def read_revision(reader: Account, kept: FindingRevision) -> None:
    """Note that somebody reads an earlier text of it."""
    note(revision=kept.revision)


def open_points(finding: Finding) -> list[str]:
    """What must be done before it can be submitted, one sentence each; nothing when it can be."""
    if finding.state in NOT_NOW:
        return [NOT_NOW[finding.state]]
    if finding.returned is not None:
        return [NOT_NOW[FindingState.RETURNED]]
    said = {TEXTS["evidence_against"]: AGAINST}
    missing = [said.get(part, f"Fill in: {part.lower()}.") for part in finding.missing_parts]
    missing += [WEIGH] if finding.must_weigh else []
    return missing + missing_evidence(finding, alarms_in(finding.case))
