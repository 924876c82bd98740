"""Comments: a remark about a passage of a finding, and its answer."""

from flask import request
from flask.typing import ResponseReturnValue
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.actions.findings import comments as actions
from tracker.models.findings.comments import Comment
from tracker.models.findings.findings import TEXTS, Finding
from tracker.policy import Permission
from tracker.web.fields import CHOOSE, LongText, needed
from tracker.web.forms import RecordForm
from tracker.web.guard import Area
from tracker.web.lists import register
from tracker.web.places import to

area = Area("comments", __name__)
register(
    area, Comment, "comments", order=(Comment.finding_id, Comment.number),
    columns=(
        "finding", "number", "revision", "field", "passage", "text", "by", "at", "answer", "answered_by", "answered",
    ),
)  # fmt: skip
LIST = "/cases/<ref:case>/findings/<number:number>/comments"


class PartField(SelectField):
    """One of the parts of a finding's text."""

    def pre_validate(self, form: object) -> None:
        """What is no part of the text is refused in words."""
        if self.data not in TEXTS:
            raise ValidationError(CHOOSE)


class CommentForm(RecordForm):
    """Which words of which part, and what is to be said of them."""

    field = PartField("Part", choices=[SelectChoice(name, label) for name, label in TEXTS.items()])
    passage = LongText(
        "Passage", longest=5000, description="Copy the words exactly. Leave it empty to comment on the whole part."
    )
    text = LongText("Comment", [needed("Enter your comment.")], longest=5000)


class AnswerForm(RecordForm):
    """What somebody else says to a comment."""

    answer = LongText("Answer", [needed("Enter the answer.")], longest=5000)


@area.form(f"{LIST}/new", needs=Permission.COMMENT_FINDING, of=Finding)
def new(finding: Finding) -> ResponseReturnValue:
    """Remark on a passage."""
    form = CommentForm()
    if form.is_fresh and request.args.get("field") in TEXTS:
        form.field.data = request.args["field"]
    return form.takes(actions.comment_on, finding, "findings/comments/new.html", to=_to, texts=TEXTS)


@area.form(f"{LIST}/<number:part>/answer", needs=Permission.COMMENT_FINDING, of=Comment)
def answer(comment: Comment) -> ResponseReturnValue:
    """Answer a remark that somebody else made."""
    return AnswerForm().takes(
        actions.answer_comment, comment, "findings/comments/answer.html", to=_to, finding=comment.finding
    )


def _to(comment: Comment) -> ResponseReturnValue:
    return to(comment.finding, _anchor=f"comment-{comment.number}")
