"""Revisions: every text of a finding that was saved, and what it changed."""

from flask.typing import ResponseReturnValue

from tracker.actions.findings.findings import read_revision
from tracker.models.findings.revisions import FindingRevision
from tracker.policy import Permission
from tracker.views.findings.finding_texts import compare_texts, saved_texts, whole
from tracker.web.guard import Area, me
from tracker.web.lists import register
from tracker.web.rendering import page

area = Area("revisions", __name__)
register(
    area, FindingRevision, "finding-revisions", order=(FindingRevision.finding_id, FindingRevision.revision),
    columns=(
        "finding", "revision", "text_sha256", "by", "at",
    ),
)  # fmt: skip


@area.route(
    "/cases/<ref:case>/findings/<number:number>/revisions/<number:revision>",
    needs=Permission.READ_CASE,
    of=FindingRevision,
)
def show(finding_revision: FindingRevision) -> ResponseReturnValue:
    """One text as it was saved, against the one before; that it was read is recorded."""
    read_revision(me(), finding_revision)
    finding = whole(finding_revision.finding)
    texts = saved_texts(finding, finding_revision.revision - 1, finding_revision.revision)
    parts = compare_texts(texts[0], texts[-1])
    return page("findings/findings/revision.html", kept=texts[-1], finding=finding, parts=parts)
