"""Texts of a finding: whatever changes what a reviewer reads makes a new revision, and a draft of the finding."""

from tracker import db
from tracker.ledger import note, now
from tracker.models.accounts import User
from tracker.models.findings import Finding
from tracker.models.revisions import FindingRevision
from tracker.models.words.findings import FindingState


def keep_text(writer: User, finding: Finding) -> None:
    """Inside an action: keep the text as it is now under the next revision, unless it is the one that is kept already.

    An approval or a return of the text before stays readable and holds no longer.
    """
    db.session().flush()  # citations that were added or withdrawn belong to the text
    db.session().expire(finding, ["citations"])
    sha256 = finding.made_sha256()
    if sha256 == finding.text_sha256:
        return
    finding.revision += 1
    finding.text_sha256, finding.state = sha256, FindingState.DRAFT
    kept = FindingRevision(
        case=finding.case, finding=finding, revision=finding.revision, text=finding.text(), text_sha256=sha256,
        by=writer, at=now(),
    )  # fmt: skip
    db.session().add(kept)
    note(revision=finding.revision, text_sha256=sha256)
