"""Reviews of findings: one reviewer's sealed answer to exactly the text that was shown to her."""

from tracker.actions.findings import CHANGED
from tracker.actions.reviewing import answer
from tracker.ledger import Refused, action
from tracker.models.accounts import User
from tracker.models.findings import Finding
from tracker.models.words.findings import FindingState
from tracker.models.words.reviews import Verdict
from tracker.policy import Permission

MEND = "Give the reasons, so that the authors know what to change."


@action(Permission.REVIEW_FINDING, "finding.approved")
def approve_finding(reviewer: User, finding: Finding, *, revision: int, text_sha256: str, reasons: str = "") -> None:
    """Vouch for the text of this revision, whose SHA-256 was shown."""
    _answer(reviewer, finding, Verdict.APPROVED, revision, text_sha256, reasons)
    finding.state = FindingState.APPROVED


@action(Permission.REVIEW_FINDING, "finding.returned")
def return_finding(reviewer: User, finding: Finding, *, revision: int, text_sha256: str, reasons: str) -> None:
    """Give the text back to its authors, with reasons."""
    _answer(reviewer, finding, Verdict.RETURNED, revision, text_sha256, reasons)
    finding.state = FindingState.RETURNED


def _answer(reviewer: User, finding: Finding, verdict: Verdict, revision: int, text_sha256: str, reasons: str) -> None:
    """Seal the verdict, if the text made anew from the locked rows is the one that was shown."""
    if (finding.revision, finding.made_sha256()) != (revision, text_sha256):
        raise Refused(CHANGED)
    if finding.state is not FindingState.SUBMITTED:
        raise Refused("Only a submitted finding is approved or returned; this one is not, or not any more.")
    answer(reviewer, finding, revision, text_sha256, verdict=verdict, words=reasons, mend=MEND)
