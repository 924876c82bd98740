"""Texts of a finding: whatever changes what a reviewer reads makes a new revision, and a draft of the finding."""

from collections.abc import Collection

import sqlalchemy as sa

from tracker.audit.doors import note, now
from tracker.base import db
from tracker.models.findings.findings import Finding
from tracker.models.findings.revisions import FindingRevision
from tracker.models.findings.words import FindingState
from tracker.models.register.accounts import Account


def save_revision(writer: Account, finding: Finding) -> None:
    """Inside an action: keep the text as it is now under the next revision, unless it is the one that is kept already.

    An approval or a return of the text before stays readable and holds no longer.
    """
    if _save(writer, finding):
        note(revision=finding.revision, text_sha256=finding.text_sha256)


def save_revisions(writer: Account, ids: Collection[int]) -> None:
    """Inside an action: the same for each of these findings, when something else is said now of what they cite."""
    if not ids:
        return
    findings = db.session().scalars(sa.select(Finding).where(Finding.id.in_(ids)).order_by(Finding.number)).all()
    if anew := [finding.number for finding in findings if _save(writer, finding)]:
        note(findings=anew)


def _save(writer: Account, finding: Finding) -> bool:
    db.session().flush()  # citations that were added or withdrawn belong to the text
    db.session().expire(finding, ["citations"])
    sha256 = finding.compute_sha256()
    if sha256 == finding.text_sha256:
        return False
    finding.revision += 1
    finding.text_sha256, finding.state = sha256, FindingState.DRAFT
    kept = FindingRevision(
        case=finding.case, finding=finding, revision=finding.revision, text=finding.text(), text_sha256=sha256,
        by=writer, at=now(),
    )  # fmt: skip
    db.session().add(kept)
    return True
