"""Findings and what was said to them as files; of every text that was saved the hash, of the newest the words."""

from tracker.exports.columns import Table, instant, label, moment, plain, text
from tracker.models.comments import Comment
from tracker.models.findings import Finding
from tracker.models.replies import Reply
from tracker.models.reviews import Review
from tracker.models.revisions import FindingRevision

FINDINGS = Table(
    "findings",
    Finding.of,
    (Finding.number,),
    (
        plain("number", Finding.number),
        label("person", "people", Finding.person_id),
        text("allegation", Finding.allegation),
        text("rule", Finding.rule),
        plain("standard", Finding.standard),
        text("evidence_for", Finding.evidence_for),
        text("evidence_against", Finding.evidence_against),
        text("missing", Finding.missing),
        text("reasoning", Finding.reasoning),
        text("reply", Finding.reply),
        plain("conclusion", Finding.conclusion),
        plain("state", Finding.state),
        plain("revision", Finding.revision),
        plain("text_sha256", Finding.text_sha256),
        label("author", "accounts", Finding.author_id),
        instant("at", Finding.at),
        instant("submitted", Finding.submitted_at),
    ),
)

REVISIONS = Table(
    "finding-revisions",
    FindingRevision.of,
    (FindingRevision.finding_id, FindingRevision.revision),
    (
        label("finding", "finding_numbers", FindingRevision.finding_id),
        plain("revision", FindingRevision.revision),
        plain("text_sha256", FindingRevision.text_sha256),
        label("by", "accounts", FindingRevision.by_id),
        instant("at", FindingRevision.at),
    ),
)

COMMENTS = Table(
    "comments",
    Comment.of,
    (Comment.finding_id, Comment.number),
    (
        label("finding", "finding_numbers", Comment.finding_id),
        plain("number", Comment.number),
        plain("revision", Comment.revision),
        text("field", Comment.field),
        text("passage", Comment.passage),
        text("text", Comment.text),
        label("by", "accounts", Comment.by_id),
        instant("at", Comment.at),
        text("answer", Comment.answer),
        label("answered_by", "accounts", Comment.answered_by_id),
        instant("answered", Comment.answered_at),
    ),
)

REPLIES = Table(
    "replies",
    Reply.of,
    (Reply.finding_id, Reply.number),
    (
        label("finding", "finding_numbers", Reply.finding_id),
        plain("number", Reply.number),
        text("passage", Reply.passage),
        text("gist", Reply.gist),
        moment("put_at", Reply),
        plain("days", Reply.days),
        text("answer", Reply.answer),
        moment("answered_at", Reply),
        instant("silent", Reply.silent_at),
        instant("came", Reply.came_at),
        text("response", Reply.response),
        label("responded_by", "accounts", Reply.responded_by_id),
        text("why_extended", Reply.why_extended),
        label("by", "accounts", Reply.by_id),
        instant("at", Reply.at),
    ),
)

REVIEWS = Table(
    "reviews",
    Review.of,
    (Review.number,),
    (
        label("finding", "finding_numbers", Review.finding_id),
        plain("revision", Review.revision),
        label("reviewer", "accounts", Review.reviewer_id),
        plain("verdict", Review.verdict),
        text("note", Review.note),
        plain("text_sha256", Review.text_sha256),
        instant("at", Review.at),
        plain("number", Review.number),
        label("exclusion", "exclusion_numbers", Review.exclusion_id),
        label("appraisal", "appraisal_numbers", Review.appraisal_id),
        label("outcome", "outcome_numbers", Review.outcome_id),
        plain("seal", Review.seal),
    ),
    of_persons=(Review.exclusion_id,),
)
