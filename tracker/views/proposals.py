"""What a member does about their own role: answer an offer, or step down. An offer shows nothing of the case."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from tracker.actions import duties as actions
from tracker.fields import Text, needed
from tracker.forms import RecordForm
from tracker.guard import Area, me
from tracker.models.duties import Assignment
from tracker.policy import Permission
from tracker.rendering import page
from tracker.web.places import go

area = Area("proposals", __name__)
ACCEPT, DECLINE = "accept", "decline"


class AnswerForm(RecordForm):
    """Accept, with the declaration in one's own words, or decline."""

    answer = RadioField(
        "Your answer",
        [needed("Choose whether you accept the role.")],
        choices=[
            SelectChoice(ACCEPT, "I accept the role and declare below that I have no conflict of interest"),
            SelectChoice(DECLINE, "I decline the role"),
        ],
    )
    words = Text(
        "Declaration or reason for declining",
        description="To accept, declare that you had no access to the material. To decline, give the reason.",
    )

    def validate_words(self, field: Any) -> None:
        """Nobody begins without a declaration."""
        if self.answer.data == ACCEPT and not field.data:
            raise ValidationError("Enter your declaration that you have no conflict of interest, in your own words.")


class StepDownForm(RecordForm):
    """Why a duty is given up."""

    reason = Text("Reason", [needed("Enter the reason. “Conflict of interest” is enough.")])


@area.form("/cases/<ref:case>/team/<number:number>/answer", needs=Permission.ANSWER_DUTY, of=Assignment)
def answer(assignment: Assignment) -> ResponseReturnValue:
    """A proposal: reference, title and marking of the case, and nothing else of it."""
    if not assignment.is_waiting:
        return redirect(url_for("team.listed", case=assignment.case.reference), 303)
    form = AnswerForm()
    if form.validate_on_submit():
        with form.conflicts():
            return redirect(_answered(assignment, accept=form.answer.data == ACCEPT, words=form.words.data), 303)
    return page("team/answer.html", form=form, case=None)


def _answered(assignment: Assignment, *, accept: bool, words: str) -> str:
    if accept:
        actions.accept_duty(me(), assignment, declaration=words)
        return url_for("cases.show", case=assignment.case.reference)
    actions.decline_duty(me(), assignment, reason=words)
    flash("You have declined the role. The lead is told.", "success")
    return url_for("start.home")


@area.form("/cases/<ref:case>/team/<number:number>/step-down", needs=Permission.ANSWER_DUTY, of=Assignment)
def step_down(assignment: Assignment) -> ResponseReturnValue:
    """Give up a duty of one's own."""
    return StepDownForm().takes(
        actions.step_down, assignment, "team/step_down.html", case=None, done="Your role has ended.",
        to=lambda _: go("start.home"),
    )  # fmt: skip
