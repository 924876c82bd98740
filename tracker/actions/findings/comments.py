"""Comments: a remark about one passage of one text of a finding, and somebody else's answer to it."""

from tracker.actions.checks import add_numbered, must_say
from tracker.audit.doors import Refused, action, now
from tracker.models.case.independence import is_same
from tracker.models.findings.comments import Comment
from tracker.models.findings.findings import TEXTS, Finding, stands_in
from tracker.models.register.accounts import Account
from tracker.policy import Permission


@action(Permission.COMMENT_FINDING, "comment.made")
def comment_on(commenter: Account, finding: Finding, *, field: str, text: str, passage: str = "") -> Comment:
    """Remark on words of a part of the text as it is now, or on the whole part."""
    if not stands_in(passage, finding.part(field)):
        raise Refused(f"These words are not in this part of the text: {TEXTS[field]}. Copy them exactly.")
    must_say(text, "Enter your comment.", "text")
    return add_numbered(
        Comment, finding=finding, revision=finding.revision, field=field, passage=passage, text=text, by=commenter
    )


@action(Permission.COMMENT_FINDING, "comment.answered")
def answer_comment(answerer: Account, comment: Comment, *, answer: str) -> None:
    """Answer a comment: once, and not by the person who made it."""
    if comment.answered_at is not None:
        raise Refused("This comment is already answered. Add another comment to say more.")
    if is_same(answerer, comment.by_id):
        raise Refused("Someone else must answer this comment. Add another comment to say more.")
    must_say(answer, "Enter the answer.", "answer")
    comment.answer, comment.answered_by, comment.answered_at = answer, answerer, now()
