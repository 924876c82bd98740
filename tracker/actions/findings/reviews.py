"""Reviews of findings: one reviewer's sealed answer to exactly the text that was shown to them."""

from tracker.actions.findings.findings import CHANGED
from tracker.actions.findings.verdicts import answer
from tracker.audit.doors import Refused, action
from tracker.gates.evidence import missing_evidence
from tracker.models.findings.findings import Finding
from tracker.models.findings.words import FindingState, Verdict
from tracker.models.inquiry.file_alarms import alarms_in
from tracker.models.register.accounts import Account
from tracker.policy import Permission

LATE = "The reply came after this text was submitted. Return the finding, so that its authors consider the reply."
MEND = "Enter the reasons, so that the authors know what to change."


@action(Permission.REVIEW_FINDING, "finding.approved")
def approve_finding(reviewer: Account, finding: Finding, *, revision: int, text_sha256: str, reasons: str = "") -> None:
    """Vouch for the text of this revision, whose SHA-256 was shown."""
    _must_be_shown(finding, revision, text_sha256)
    if missing := missing_evidence(finding, alarms_in(finding.case)):
        raise Refused(f"Return the finding, so that its authors correct it. {missing[0]}")
    if finding.came_late:
        raise Refused(LATE)
    answer(reviewer, finding, revision, text_sha256, verdict=Verdict.APPROVED, words=reasons)
    finding.state = FindingState.APPROVED


@action(Permission.REVIEW_FINDING, "finding.returned")
def return_finding(reviewer: Account, finding: Finding, *, revision: int, text_sha256: str, reasons: str) -> None:
    """Give the text back to its authors, with reasons."""
    _must_be_shown(finding, revision, text_sha256)
    answer(reviewer, finding, revision, text_sha256, verdict=Verdict.RETURNED, words=reasons, mend=MEND)
    finding.state = FindingState.RETURNED


def _must_be_shown(finding: Finding, revision: int, text_sha256: str) -> None:
    """The text made anew from the locked rows is the one that was shown, and it waits for a verdict."""
    if (finding.revision, finding.text_sha256) != (revision, text_sha256) or not finding.is_kept:
        raise Refused(CHANGED)
    if finding.state is not FindingState.SUBMITTED:
        raise Refused("Only a submitted finding can be approved or returned. This finding is not submitted.")
