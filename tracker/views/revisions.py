"""Revisions: every text of a finding that was saved, and what it changed."""

from flask.typing import ResponseReturnValue

from tracker.actions.findings import read_revision
from tracker.guard import Area, me
from tracker.models.findings import FindingRevision
from tracker.policy import Permission
from tracker.rendering import page
from tracker.views.reading import compared, revision_of, whole

area = Area("revisions", __name__)


@area.route(
    "/cases/<ref:case>/findings/<number:number>/revisions/<number:revision>",
    needs=Permission.READ_CASE,
    of=FindingRevision,
)
def show(finding_revision: FindingRevision) -> ResponseReturnValue:
    """One text as it was saved, against the one before; that it was read is recorded."""
    kept, finding = finding_revision, whole(finding_revision.finding)
    read_revision(me(), kept)
    before = revision_of(finding, kept.revision - 1) if kept.revision > 1 else kept
    return page("findings/revision.html", kept=kept, finding=finding, case=finding.case, parts=compared(before, kept))
