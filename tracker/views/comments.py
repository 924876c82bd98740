"""Comments: a remark about a passage of a finding, and its answer."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.actions import comments as actions
from tracker.exports.columns import instant, label, plain, text
from tracker.fields import CHOOSE, Text, needed
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.models.comments import Comment
from tracker.models.findings import TEXTS, Finding
from tracker.policy import Permission
from tracker.rendering import page
from tracker.web.lists import register

area = Area("comments", __name__)
register(
    area, Comment, "comments", order=(Comment.finding_id, Comment.number),
    columns=(
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
    passage = Text(
        "Passage", longest=5000, description="Copy the words exactly. Leave it empty to comment on the whole part."
    )
    text = Text("Comment", [needed("Enter your comment.")], longest=5000)


class AnswerForm(RecordForm):
    """What somebody else says to a comment."""

    answer = Text("Answer", [needed("Enter the answer.")], longest=5000)


@area.form(f"{LIST}/new", needs=Permission.COMMENT_FINDING, of=Finding)
def new(finding: Finding) -> ResponseReturnValue:
    """Remark on a passage."""
    form = CommentForm()
    if form.validate_on_submit():
        with form.conflicts():
            return _to(actions.comment_on(me(), finding, **form.values()))
    if not form.is_submitted() and request.args.get("field") in TEXTS:
        form.field.data = request.args["field"]
    return page("comments/new.html", form=form, finding=finding, case=finding.case, texts=TEXTS)


@area.form(f"{LIST}/<number:part>/answer", needs=Permission.COMMENT_FINDING, of=Comment)
def answer(comment: Comment) -> ResponseReturnValue:
    """Answer a remark that somebody else made."""
    form = AnswerForm()
    if form.validate_on_submit():
        with form.conflicts():
            actions.answer_comment(me(), comment, answer=form.answer.data)
            return _to(comment)
    return page("comments/answer.html", form=form, comment=comment, finding=comment.finding, case=comment.case)


def _to(comment: Comment) -> Response:
    finding = comment.finding
    here = url_for("findings.show", case=finding.case.reference, number=finding.number)
    return redirect(f"{here}#comment-{comment.number}", 303)
